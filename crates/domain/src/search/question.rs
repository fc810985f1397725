//! What people type to find a product.

use super::piece::{joined, pieces};
use crate::problem::{Code, Problem};
use crate::text::Text;

/// How many words one search takes; `BC-M8x40` is two.
pub const WORDS_MAX: usize = 10;

/// How long a search may be, in characters.
pub const QUESTION_MAX: usize = 200;

/// From how many letters on one error is forgiven.
const ONE_ERROR_FROM: usize = 4;

/// From how many letters on two errors are forgiven.
const TWO_ERRORS_FROM: usize = 8;

/// The words of a search, each of which must be met.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question(Vec<Word>);

/// One word of a search.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word {
    /// The word, folded.
    pub text: String,
    /// It and its neighbours written together, in which it is met as well: `bu lông` finds `bulong`, and `M8 x 40` finds `M8x40`. All
    /// words written together are among them, so that `BL-M8-40` is met as the whole of a number.
    pub joined: Vec<String>,
}

impl Word {
    /// How many errors are forgiven: none in what has a digit, because another digit is another product; one from four letters on, two
    /// from eight on.
    #[must_use]
    pub fn errors_forgiven(&self) -> u8 {
        if self.text.chars().any(char::is_numeric) {
            return 0;
        }
        match self.text.chars().count() {
            TWO_ERRORS_FROM.. => 2,
            ONE_ERROR_FROM.. => 1,
            _ => 0,
        }
    }
}

impl Question {
    /// Reads a search of 1 to [`QUESTION_MAX`] characters.
    ///
    /// # Errors
    /// [`Code::TooShort`], also when there is no letter and no digit in it; [`Code::TooLong`], [`Code::ControlCharacter`];
    /// [`Code::TooMany`] beyond [`WORDS_MAX`] words.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = Text::<1, QUESTION_MAX>::parse(text)?;
        let words = pieces(text.as_str());
        match words.len() {
            0 => Err(Problem::new(Code::TooShort).with("min", 1)),
            1..=WORDS_MAX => Ok(Self::of(&words)),
            _ => Err(Problem::new(Code::TooMany).with("max", WORDS_MAX)),
        }
    }

    /// The question of words that are folded already.
    #[must_use]
    pub fn of(words: &[String]) -> Self {
        // Of two words, the pair is the whole.
        let whole = (words.len() > 2).then(|| joined(words.iter().map(String::as_str)));
        let neighbours = |n: usize| {
            let pair =
                |first: Option<&String>, second: Option<&String>| Some(joined([first?.as_str(), second?.as_str()]));
            let before = n.checked_sub(1).and_then(|before| pair(words.get(before), words.get(n)));
            before.into_iter().chain(pair(words.get(n), words.get(n + 1))).chain(whole.clone()).collect()
        };
        Self(words.iter().enumerate().map(|(n, text)| Word { text: text.clone(), joined: neighbours(n) }).collect())
    }

    /// Each word written together with the next one.
    pub fn pairs(&self) -> impl Iterator<Item = String> {
        self.0.windows(2).map(|pair| joined(pair.iter().map(|word| word.text.as_str())))
    }

    /// The words, in their order.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.0
    }
}
