//! Which passwords are taken.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::email::Email;
use crate::problem::{Code, Problem};
use crate::text::fold;

/// The fewest characters of a password. NIST SP 800-63B-4 §3.1.1.2 asks for 8 beside a second factor and 15 without one; 12 with
/// a list of common ones is the usual middle.
pub const PASSWORD_MIN: usize = 12;

/// The most characters of a password; the same section asks that at least 64 be taken.
pub const PASSWORD_MAX: usize = 128;

/// Passwords that guessing starts with, folded; shorter ones are refused by their length. From the shapes that published lists of
/// leaked passwords are full of: rows of the keyboard, counting, and the words of sites and of this one.
const COMMON: &[&str] = &[
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123456789123",
    "1234567891011",
    "0123456789012",
    "112233445566",
    "987654321012",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiop[]",
    "qwerty123456",
    "qwerty1234567",
    "qwertyuiopasdf",
    "asdfghjkl123",
    "asdfghjkl;'1",
    "zxcvbnm12345",
    "abcdefghijkl",
    "abcdefghijklm",
    "abc123abc123",
    "abcd1234abcd",
    "abcd12345678",
    "a1b2c3d4e5f6",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "password123!",
    "password2024",
    "password2025",
    "password2026",
    "mypassword123",
    "passw0rd1234",
    "p@ssw0rd1234",
    "p@ssword1234",
    "p@ssw0rd123!",
    "letmein12345",
    "letmeinletmein",
    "welcome12345",
    "welcome123456",
    "administrator",
    "administrator1",
    "admin1234567",
    "adminadminadmin",
    "iloveyou1234",
    "iloveyou12345",
    "iloveyouiloveyou",
    "changeme1234",
    "changemechangeme",
    "correcthorsebatterystaple",
    "correct horse battery staple",
    "matkhau12345",
    "matkhau123456",
    "matkhaumatkhau",
    "anhyeuem1234",
    "emyeuanh1234",
    "vietnam12345",
    "tradehall1234",
    "tradehall123",
    "tradehalltradehall",
];

/// A password as it is hashed: in Unicode form NFKC, so that it is the same from every keyboard (NIST SP 800-63B-4 §3.1.1.2).
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// A new password for the account of `email`, whose owner is called `full_name`.
    ///
    /// # Errors
    /// [`Code::TooShort`], [`Code::TooLong`], [`Code::PasswordCommon`], or [`Code::PasswordPersonal`] when it is the address, its
    /// part before the @, or the name. Nothing is asked of its characters: rules of that kind make passwords worse.
    pub fn choose(text: &str, email: &Email, full_name: &str) -> Result<Self, Problem> {
        let password: String = bounded(text)?.nfkc().collect();
        if password.chars().count() < PASSWORD_MIN {
            return Err(Problem::new(Code::TooShort).with("min", PASSWORD_MIN));
        }
        let folded = fold(&password);
        let local = email.as_str().split('@').next().unwrap_or_default();
        if [email.as_str(), local, full_name].into_iter().any(|personal| folded == fold(personal)) {
            return Err(Code::PasswordPersonal.into());
        }
        let mut characters = folded.chars();
        let first = characters.next();
        if COMMON.contains(&folded.as_str()) || characters.all(|c| Some(c) == first) {
            return Err(Code::PasswordCommon.into());
        }
        Ok(Self(password))
    }

    /// A password that somebody signs in with; one that nobody can have is refused before it costs a hash.
    ///
    /// # Errors
    /// [`Code::TooLong`].
    pub fn attempt(text: &str) -> Result<Self, Problem> {
        Ok(Self(bounded(text)?.nfkc().collect()))
    }

    /// The bytes to hash.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// NFKC can make a text longer, at most eighteenfold, so the bound is kept before it.
fn bounded(text: &str) -> Result<&str, Problem> {
    if text.chars().take(PASSWORD_MAX + 1).count() > PASSWORD_MAX {
        return Err(Problem::new(Code::TooLong).with("max", PASSWORD_MAX));
    }
    Ok(text)
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What is kept of a password: an Argon2id hash with its salt and parameters, as a PHC string.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// The hash that was computed or stored.
    #[must_use]
    pub const fn new(phc: String) -> Self {
        Self(phc)
    }

    /// The PHC string.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}
