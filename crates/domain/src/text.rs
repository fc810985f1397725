//! Text that people write: trimmed, bounded, and free of characters that hide what is shown.

mod fold;
#[cfg(test)]
mod tests;

pub use fold::fold;

use crate::problem::{Code, Problem};
use crate::wire::as_text;

/// A name of a person, an organization or a thing.
pub type Name = Text<1, 200>;

/// A label, a number of a document, a place.
pub type ShortText = Text<1, 60>;

/// One line of text of `MIN` to `MAX` characters (Unicode scalar values), without white space around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const MIN: usize, const MAX: usize>(Box<str>);

impl<const MIN: usize, const MAX: usize> Text<MIN, MAX> {
    /// Trims and checks `text`.
    ///
    /// # Errors
    /// [`Code::TooShort`], [`Code::TooLong`] or [`Code::ControlCharacter`]; a line break counts as a control character.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        check_length(text, MIN, MAX)?;
        if text.chars().any(hides) {
            return Err(Code::ControlCharacter.into());
        }
        Ok(Self(text.into()))
    }

    /// The text.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }
}

as_text!(Text<MIN, MAX>, as_str, [const MIN: usize, const MAX: usize]);

/// Text of several lines, of 1 to `MAX` characters (Unicode scalar values), without white space around it. Line breaks are
/// kept as `\n`; tabs are allowed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prose<const MAX: usize>(Box<str>);

impl<const MAX: usize> Prose<MAX> {
    /// Trims and checks `text`.
    ///
    /// # Errors
    /// [`Code::TooShort`], [`Code::TooLong`] or [`Code::ControlCharacter`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim().replace("\r\n", "\n").replace('\r', "\n");
        check_length(&text, 1, MAX)?;
        if text.chars().any(|c| !matches!(c, '\n' | '\t') && hides(c)) {
            return Err(Code::ControlCharacter.into());
        }
        Ok(Self(text.into()))
    }

    /// The text.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }
}

as_text!(Prose<MAX>, as_str, [const MAX: usize]);

fn check_length(text: &str, min: usize, max: usize) -> Result<(), Problem> {
    match text.chars().count() {
        length if length < min => Err(Problem::new(Code::TooShort).with("min", min)),
        length if length > max => Err(Problem::new(Code::TooLong).with("max", max)),
        _ => Ok(()),
    }
}

/// Whether a character can make text look like other text: control characters (Unicode category Cc, among them NUL, which
/// PostgreSQL refuses), line and paragraph separators, the byte order mark, and the explicit marks of writing direction that
/// CVE-2021-42574 is about.
fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
