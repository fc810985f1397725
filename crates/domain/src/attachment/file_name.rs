//! What a file is called: a name that is safe on every system it may be saved to.

use crate::problem::{Code, Problem};
use crate::wire::as_text;

/// The longest file name, in characters.
pub const FILE_NAME_MAX: usize = 200;

/// A file's name without folders, such as `drawing rev 3.pdf`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(Box<str>);

impl FileName {
    /// The last step of whatever path was sent, freed of what could mislead a person or a file system: control characters and
    /// invisible ones, marks of writing direction (`exe.fdp` shown as `pdf.exe`), characters that Windows reserves, and dots at
    /// either end.
    ///
    /// # Errors
    /// [`Code::Required`] when nothing is left, [`Code::TooLong`] beyond [`FILE_NAME_MAX`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
        let clean: String = last.chars().filter(|c| !misleads(*c)).map(harmless).collect();
        let name = clean.trim_matches(|c: char| c.is_whitespace() || c == '.');
        if name.is_empty() {
            return Err(Code::Required.into());
        }
        if name.chars().count() > FILE_NAME_MAX {
            return Err(Problem::new(Code::TooLong).with("max", FILE_NAME_MAX));
        }
        Ok(Self(name.into()))
    }

    /// The name.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the last dot, in lower case; nothing where there is none.
    #[must_use]
    pub fn extension(&self) -> Option<String> {
        let (_, extension) = self.0.rsplit_once('.')?;
        Some(extension.to_lowercase())
    }
}

as_text!(FileName, as_str);

/// Characters that are not seen, or that turn the order of others round (Unicode categories Cc and the Bidi_Control, zero-width
/// and separator characters).
fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// An underscore in place of what Windows reserves in names.
const fn harmless(c: char) -> char {
    match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, FileName};

    #[test]
    fn a_name_is_the_last_step_without_what_misleads() {
        for (sent, kept) in [
            ("offer.pdf", "offer.pdf"),
            ("  Bản vẽ đai ốc.PDF ", "Bản vẽ đai ốc.PDF"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\windows\\system32\\x.pdf", "x.pdf"),
            ("C:\\fakepath\\price list.xlsx", "price list.xlsx"),
            ("/a/b/../c.csv", "c.csv"),
            (".htaccess", "htaccess"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("a\u{0}b\r\n.pdf", "ab.pdf"),
            ("x\" onload=\"y.png", "x_ onload=_y.png"),
            ("two..dots.txt...", "two..dots.txt"),
            ("zero\u{200b}width.txt", "zerowidth.txt"),
        ] {
            assert_eq!(FileName::parse(sent).unwrap().as_str(), kept, "{sent:?}");
        }
    }

    #[test]
    fn a_name_that_is_nothing_is_refused() {
        for sent in ["", " ", ".", "..", "../", "a/", "/", "\\", "\u{202e}", "a/\u{0}", "...."] {
            assert_eq!(FileName::parse(sent).unwrap_err().code, Code::Required, "{sent:?}");
        }
        assert!(FileName::parse(&"đ".repeat(200)).is_ok());
        assert_eq!(FileName::parse(&"đ".repeat(201)).unwrap_err().code, Code::TooLong);
    }

    #[test]
    fn a_kept_name_parses_to_itself() {
        for sent in ["a.pdf", "../x y.csv", "<b>.png"] {
            let kept = FileName::parse(sent).unwrap();
            assert_eq!(FileName::parse(kept.as_str()), Ok(kept));
        }
    }
}
