//! Search: which words stand for a product, and what people ask for.
//!
//! Both sides go through [`fold`](crate::text::fold), so that `đai ốc` and `dai oc` are the same words, and through the same cutting
//! into pieces, so that `BC-M8x40`, `bcm8x40` and `M8 x 40` meet. A product is known by its [`entries`]: strings, each with the best
//! [`Level`] at which it stands for the product. The order of hits follows from levels alone, never from how often a word occurs in
//! the market: otherwise a product that a viewer may not see would move those that it sees.

mod entry;
mod level;
mod piece;
mod question;
mod sort;
#[cfg(test)]
mod tests;
mod value;

pub use entry::{Reader, entries, private_entries};
pub use level::{Kind, Level, PAIR_POINTS, Place};
pub use piece::{PIECE_MAX, pieces, spellings};
pub use question::{QUESTION_MAX, Question, WORDS_MAX, Word};
pub use sort::{FacetKind, SearchOrder};
pub use value::Value;
