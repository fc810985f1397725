//! Cutting text into pieces.

use unicode_normalization::UnicodeNormalization as _;

use crate::text::fold;

/// How many characters of a word count; the rest of a longer one is not looked at, on either side.
pub const PIECE_MAX: usize = 60;

/// The pieces of a text in their folded form: runs of letters and digits. A point or comma between digits is part of the number and
/// becomes a point; `×` is an `x`.
#[must_use]
pub fn pieces(text: &str) -> Vec<String> {
    cut_up(&fold(text))
}

/// The pieces of a text, each with the way in which it is written there, in small letters: `thep` with `thép`. Nothing for a text of
/// which that cannot be told.
#[must_use]
pub fn spellings(text: &str) -> Vec<(String, String)> {
    let folded = pieces(text);
    let written = cut_up(&text.to_lowercase().nfc().collect::<String>());
    if folded.len() != written.len() {
        return Vec::new();
    }
    folded.into_iter().zip(written).filter(|(folded, written)| fold(written) == *folded).collect()
}

/// The runs of letters and digits of a text in small letters.
fn cut_up(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().map(|c| if c == '×' { 'x' } else { c }).collect();
    let digit = |n: Option<usize>| n.and_then(|n| chars.get(n)).is_some_and(char::is_ascii_digit);
    let mut found = Vec::new();
    let mut piece = String::new();
    for (n, c) in chars.iter().enumerate() {
        if c.is_alphanumeric() {
            piece.push(*c);
        } else if matches!(c, '.' | ',') && digit(n.checked_sub(1)) && digit(Some(n + 1)) {
            piece.push('.');
        } else if !piece.is_empty() {
            found.push(cut(&piece));
            piece.clear();
        }
    }
    if !piece.is_empty() {
        found.push(cut(&piece));
    }
    found
}

/// The first [`PIECE_MAX`] characters.
pub(super) fn cut(piece: &str) -> String {
    piece.chars().take(PIECE_MAX).collect()
}

/// The pieces written together, without the points of decimals.
pub(super) fn joined<'a>(pieces: impl IntoIterator<Item = &'a str>) -> String {
    cut(&pieces.into_iter().flat_map(str::chars).filter(|c| *c != '.').collect::<String>())
}

/// A piece where letters and digits change: `m8x40` is `m`, `8`, `x`, `40`.
pub(super) fn parts(piece: &str) -> Vec<&str> {
    let is_number = |c: char| c.is_numeric() || c == '.';
    let mut found = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in piece.char_indices() {
        if before.is_some_and(|before| before != is_number(c)) {
            found.extend(piece.get(start..at));
            start = at;
        }
        before = Some(is_number(c));
    }
    found.extend(piece.get(start..).filter(|part| !part.is_empty()));
    found
}

/// The beginnings of `text` of `min` to `max` characters that are not the whole.
pub(super) fn beginnings(text: &str, min: usize, max: usize) -> impl Iterator<Item = &str> {
    text.char_indices()
        .enumerate()
        .skip(min)
        .take_while(move |(n, _)| *n <= max)
        .filter_map(|(_, (at, _))| text.get(..at))
}
