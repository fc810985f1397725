//! E-mail addresses.

use crate::problem::{Code, Problem};
use crate::wire::as_text;

/// The longest address that can be mailed to, in bytes: RFC 5321 §4.5.3.1.3 allows a path of 256 with its brackets.
pub const EMAIL_BYTES_MAX: usize = 254;

/// The longest part before the @, in bytes: RFC 5321 §4.5.3.1.1.
pub const LOCAL_BYTES_MAX: usize = 64;

/// The longest label of a domain, in bytes: RFC 1035 §2.3.4.
const LABEL_BYTES_MAX: usize = 63;

/// An e-mail address: a dot-atom of RFC 5322 §3.2.3, an @, and a domain of at least two labels, in small letters.
///
/// Quoted local parts, comments and addresses in brackets are correct but no one trades under them; letters outside ASCII
/// (RFC 6531) are refused because much mail software still loses them, so a domain such as `münchen.de` is written
/// `xn--mnchen-3ya.de`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(Box<str>);

impl Email {
    /// Reads an address; blanks around it are dropped.
    ///
    /// # Errors
    /// [`Code::EmailMalformed`], or [`Code::TooLong`] beyond [`EMAIL_BYTES_MAX`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.len() > EMAIL_BYTES_MAX {
            return Err(Problem::new(Code::TooLong).with("max", EMAIL_BYTES_MAX));
        }
        match text.split_once('@') {
            Some((local, domain)) if is_local(local) && is_domain(domain) => {
                Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase()).into()))
            }
            _ => Err(Code::EmailMalformed.into()),
        }
    }

    /// The address, as mail is sent to it.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that is unique among accounts: all in small letters. RFC 5321 §2.4 lets a host tell `Ann` from `ann`; none of
    /// note does, and two accounts that differ so are one person or a fraud.
    #[must_use]
    pub fn normal(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The same address in its [`normal`](Self::normal) form.
    #[must_use]
    pub fn in_small_letters(&self) -> Self {
        Self(self.normal().into())
    }

    /// The domain, in small letters.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

as_text!(Email, as_str);

fn is_local(local: &str) -> bool {
    local.len() <= LOCAL_BYTES_MAX
        && local.split('.').all(|atom| {
            !atom.is_empty() && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
        })
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LABEL_BYTES_MAX).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((_, top)) = domain.rsplit_once('.') else { return false };
    // A top level of digits would be an address of a host, not a name.
    domain.split('.').all(is_label) && top.bytes().any(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Email;
    use crate::problem::Code;

    #[test]
    fn addresses_that_people_have() {
        for (text, address) in [
            ("ann@example.com", "ann@example.com"),
            (" Ann.Lee+rfq@Example.COM ", "Ann.Lee+rfq@example.com"),
            ("o'neill_7@mail.cong-ty.com.vn", "o'neill_7@mail.cong-ty.com.vn"),
            ("a@b.co", "a@b.co"),
            ("x@xn--mnchen-3ya.de", "x@xn--mnchen-3ya.de"),
        ] {
            assert_eq!(Email::parse(text).unwrap().as_str(), address);
        }
        assert_eq!(Email::parse("Ann@Example.com").unwrap().normal(), "ann@example.com");
        assert_eq!(Email::parse("Ann@Example.com").unwrap().domain(), "example.com");
    }

    #[test]
    fn what_is_no_address() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long_label = format!("a@{}.com", "b".repeat(64));
        for text in [
            "",
            "@",
            "ann",
            "ann@",
            "@example.com",
            "ann@example",
            "ann@@example.com",
            "a@b@example.com",
            ".ann@example.com",
            "ann.@example.com",
            "a..b@example.com",
            "ann@-a.com",
            "ann@a-.com",
            "ann@a..com",
            "ann@.com",
            "ann@a.com.",
            "ann@127.0.0.1",
            "ann@[127.0.0.1]",
            "\"a b\"@example.com",
            "a b@example.com",
            "ann@exa mple.com",
            "ánn@example.com",
            "ann@exämple.com",
            "ann@example.com\r\nBcc: x@y.zz",
            "a\0@example.com",
            "a,b@example.com",
            "<ann@example.com>",
            &long_local,
            &long_label,
        ] {
            assert_eq!(Email::parse(text).unwrap_err().code, Code::EmailMalformed, "{text:?}");
        }
    }

    #[test]
    fn the_longest() {
        let of = |bytes: usize| {
            let domain = format!("{}.{}.{}", "b".repeat(63), "c".repeat(63), "d".repeat(bytes - 65 - 128));
            Email::parse(&format!("{}@{domain}", "a".repeat(64)))
        };
        assert!(of(254).is_ok());
        assert_eq!(of(255).unwrap_err().code, Code::TooLong);
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s:.){0,20}@?(?s:.){0,20}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
            }
        }
    }
}
