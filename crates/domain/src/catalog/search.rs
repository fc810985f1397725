//! What people type to find a product.

use crate::problem::{Code, Problem};
use crate::text::{Text, fold};

/// How many words one search takes.
pub const SEARCH_WORDS_MAX: usize = 10;

/// The words of a search in their folded form: `Đai ốc` and `dai oc` are one search. A product is found when each of them
/// begins a word of its name, number, MPN, brand or GTIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search(Vec<String>);

impl Search {
    /// Reads a search of 1 to 200 characters.
    ///
    /// # Errors
    /// [`Code::TooShort`], [`Code::TooLong`], [`Code::ControlCharacter`]; [`Code::TooMany`] beyond [`SEARCH_WORDS_MAX`] words.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = Text::<1, 200>::parse(text)?;
        let words: Vec<_> = fold(text.as_str()).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        match words.len() {
            0 => Err(Problem::new(Code::TooShort).with("min", 1)),
            1..=SEARCH_WORDS_MAX => Ok(Self(words)),
            _ => Err(Problem::new(Code::TooMany).with("max", SEARCH_WORDS_MAX)),
        }
    }

    /// The folded words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}
