//! The strings by which a product is found.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::level::{Kind, Level, Place};
use super::piece::{PIECE_MAX, beginnings, joined, parts, pieces};
use crate::catalog::{PartNumber, PartNumberKind, ProductDetails};
use crate::organization::OrganizationId;
use crate::text::ShortText;
use crate::unit::Unit;

/// How many pieces written together are found as one word, where a digit is among them.
const JOINED_MAX: usize = 4;

/// Which beginnings of the words of a longer text are found, in characters.
const LONG_TEXT: (usize, usize) = (3, 10);

/// Which beginnings of other words are found.
const SHORT_TEXT: (usize, usize) = (1, PIECE_MAX);

/// The strings by which everybody finds a product, each with the best level at which it stands there. `categories` are the names of
/// its category and those above it; `numbers` those under which others know it, of which only those count here that all may see.
#[must_use]
pub fn entries(details: &ProductDetails, categories: &[&str], numbers: &[PartNumber]) -> BTreeMap<String, Level> {
    let mut entries = Entries::default();
    entries.number(details.number.as_str(), Place::Number);
    entries.words(details.name.as_str(), Place::Name);
    if let Some(mpn) = &details.mpn {
        entries.number(mpn.as_str(), Place::Number);
    }
    if let Some(gtin) = &details.gtin {
        // A GTIN is kept with zeros before it and printed without.
        entries.number(gtin.as_str(), Place::Number);
        entries.number(gtin.as_str().trim_start_matches('0'), Place::Number);
    }
    for number in numbers.iter().filter(|number| readers(number).is_empty()) {
        entries.number(number.number.as_str(), Place::Reference);
    }
    if let Some(brand) = details.brand.as_ref().map(ShortText::as_str) {
        entries.words(brand, Place::Brand);
    }
    for name in categories {
        entries.words(name, Place::Category);
    }
    for attribute in details.attributes.iter() {
        let symbol = attribute.unit.and_then(symbol).unwrap_or_default();
        entries.words(&format!("{} {symbol}", attribute.value.as_str()), Place::Attribute);
    }
    if let Some(description) = &details.description {
        entries.text(description.as_str());
    }
    entries.0
}

/// Who finds a product by a number that not all may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reader {
    /// Whoever knows the whole number.
    Knower,
    /// The organization whose own number it is.
    Holder(OrganizationId),
    /// Those people of the organization, whose product it is, who read its catalog.
    Owner(OrganizationId),
}

/// The strings by which only some find a product, as [`entries`] for all: the numbers that customers have for it, and those of
/// products whose place it took.
#[must_use]
pub fn private_entries(numbers: &[PartNumber]) -> BTreeMap<(Reader, String), Level> {
    let mut found: BTreeMap<Reader, Entries> = BTreeMap::new();
    for number in numbers {
        for (reader, place) in readers(number) {
            let entries = found.entry(reader).or_default();
            match reader {
                Reader::Knower => entries.whole(number.number.as_str(), place),
                Reader::Holder(_) | Reader::Owner(_) => entries.number(number.number.as_str(), place),
            }
        }
    }
    let each = found.into_iter().flat_map(|(reader, entries)| entries.0.into_iter().map(move |one| (reader, one)));
    each.map(|(reader, (text, level))| ((reader, text), level)).collect()
}

/// Who finds a product by `number`, and what it is to them; nobody in particular where everybody does. A predecessor may not have been
/// shown to the viewer: its number must be known, it is not told by a beginning.
fn readers(number: &PartNumber) -> Vec<(Reader, Place)> {
    let owner = (Reader::Owner(number.owner), Place::Reference);
    match number.kind {
        PartNumberKind::Customer => vec![(Reader::Holder(number.holder), Place::Number), owner],
        PartNumberKind::Predecessor => vec![(Reader::Knower, Place::Reference), owner],
        PartNumberKind::Original | PartNumberKind::Competitor => Vec::new(),
    }
}

/// What people write for a unit, where it is not its code.
fn symbol(unit: Unit) -> Option<&'static str> {
    Some(match unit.code() {
        "MMT" => "mm",
        "CMT" => "cm",
        "MTR" => "m",
        "KGM" => "kg",
        "GRM" => "g",
        "LTR" => "l",
        "MLT" => "ml",
        "MTK" => "m2",
        "MTQ" => "m3",
        "INH" => "inch",
        _ => return None,
    })
}

/// A run of letters, its last one apart: in `bcm8x40` the `m` belongs to the measure behind it.
fn measure_letter(part: &str) -> impl Iterator<Item = &str> {
    let last = part.char_indices().next_back().map(|(at, _)| at).filter(|at| *at > 0);
    let (run, letter) = match last {
        Some(at) if part.starts_with(char::is_alphabetic) => part.split_at(at),
        _ => (part, ""),
    };
    [run, letter].into_iter().filter(|run| !run.is_empty())
}

#[derive(Default)]
struct Entries(BTreeMap<String, Level>);

impl Entries {
    fn add(&mut self, text: String, kind: Kind, place: Place) {
        let level = Level::new(kind, place);
        match self.0.entry(text) {
            Entry::Vacant(entry) => {
                entry.insert(level);
            }
            Entry::Occupied(mut entry) if level < *entry.get() => {
                entry.insert(level);
            }
            Entry::Occupied(_) => {}
        }
    }

    fn beginnings(&mut self, text: &str, (min, max): (usize, usize), kind: Kind, place: Place) {
        for beginning in beginnings(text, min, max) {
            self.add(beginning.to_owned(), kind, place);
        }
    }

    /// A part number without its signs.
    fn whole(&mut self, text: &str, place: Place) {
        self.add(joined(pieces(text).iter().map(String::as_str)), Kind::Whole, place);
    }

    /// A part number: found as a whole without its signs, by each of its pieces, and by what begins where a piece begins or letters
    /// and digits change.
    fn number(&mut self, text: &str, place: Place) {
        self.whole(text, place);
        let pieces = pieces(text);
        let mut runs: Vec<(Kind, &str)> = Vec::new();
        for piece in &pieces {
            self.add(piece.clone(), Kind::Exact, place);
            self.beginnings(piece, SHORT_TEXT, Kind::Prefix, place);
            for (n, part) in parts(piece).into_iter().flat_map(measure_letter).enumerate() {
                runs.push((if n == 0 { Kind::Prefix } else { Kind::Inside }, part));
            }
        }
        for (n, (kind, _)) in runs.iter().enumerate() {
            let rest = joined(runs.iter().skip(n).map(|(_, run)| *run));
            self.beginnings(&rest, SHORT_TEXT, *kind, place);
            self.add(rest, *kind, place);
        }
    }

    /// The words of a name: each of them and its beginnings, neighbours written together, and the later parts of measures.
    fn words(&mut self, text: &str, place: Place) {
        let pieces = pieces(text);
        for (n, piece) in pieces.iter().enumerate() {
            self.add(piece.clone(), Kind::Exact, place);
            self.beginnings(piece, SHORT_TEXT, Kind::Prefix, place);
            self.inside(piece, place);
            for length in 2..=JOINED_MAX {
                let Some(window) = pieces.get(n..n + length) else { break };
                let has_digit = window.iter().any(|piece| piece.chars().any(char::is_numeric));
                if length == 2 || has_digit {
                    let word = joined(window.iter().map(String::as_str));
                    // While it is typed, from the first letter behind the first piece on.
                    self.beginnings(&word, (piece.chars().count() + 1, PIECE_MAX), Kind::Prefix, place);
                    self.add(word, Kind::Exact, place);
                }
            }
        }
    }

    /// What begins inside a measure such as `M8x40`.
    fn inside(&mut self, piece: &str, place: Place) {
        let runs = parts(piece);
        for n in 1..runs.len() {
            let rest: String = runs.iter().skip(n).copied().collect();
            self.beginnings(&rest, SHORT_TEXT, Kind::Inside, place);
            self.add(rest, Kind::Inside, place);
        }
    }

    /// The words of a longer text and some of their beginnings.
    fn text(&mut self, text: &str) {
        for piece in pieces(text) {
            self.beginnings(&piece, LONG_TEXT, Kind::Prefix, Place::Description);
            self.add(piece, Kind::Exact, Place::Description);
        }
    }
}
