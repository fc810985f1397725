//! The order of hits, and the part of it that is asked for.

use tantivy::columnar::BytesColumn;
use tantivy::index::SegmentReader;
use tantivy::{DocId, Searcher};
use tradehall_domain::search::{Level, PAIR_POINTS, WORDS_MAX};
use uuid::Uuid;

use super::column::Ids;
use super::matching::Candidate;
use super::request::Order;

/// More points than any hit has.
const POINTS_MAX: u64 = (Level::BEST.points() + PAIR_POINTS) as u64 * WORDS_MAX as u64;

/// A hit and its place in the order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hit {
    /// What it is ordered by.
    pub key: Key,
    /// The product.
    pub id: Uuid,
}

impl Hit {
    /// The opaque text that a client carries.
    #[must_use]
    pub fn encode(&self) -> String {
        let id = self.id.simple();
        match &self.key {
            Key::Distance(distance) => format!("r{distance:x}.{id}"),
            Key::Text(text) => {
                let hexadecimal: String = text.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("t{hexadecimal}.{id}")
            }
            Key::Newest => format!("n.{id}"),
        }
    }

    /// Which of two hits of one order comes first.
    #[must_use]
    pub fn compare(&self, other: &Self) -> std::cmp::Ordering {
        match (&self.key, &other.key) {
            (Key::Newest, Key::Newest) => other.id.cmp(&self.id),
            (key, other_key) => key.cmp(other_key).then(self.id.cmp(&other.id)),
        }
    }

    /// The place that a client's text names in a list of that order; `None` when no such list made it.
    #[must_use]
    pub fn decode(text: &str, order: Order) -> Option<Self> {
        let (key, id) = text.split_once('.')?;
        let (kind, rest) = key.split_at_checked(1)?;
        let key = match (kind, order) {
            ("r", Order::Relevance) => Key::Distance(u64::from_str_radix(rest, 16).ok()?),
            ("t", Order::Name | Order::Number) => Key::Text(bytes(rest)?),
            ("n", Order::Newest) if rest.is_empty() => Key::Newest,
            _ => return None,
        };
        Some(Self { key, id: Uuid::try_parse(id).ok()? })
    }
}

/// What hexadecimal digits stand for.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    if digits.len().is_multiple_of(2) { digits.as_bytes().chunks(2).map(pair).collect() } else { None }
}

/// What a hit is ordered by, before its id. Smaller comes first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// How far from the best its points are.
    Distance(u64),
    /// Its name or number.
    Text(Vec<u8>),
    /// Nothing: the newest id comes first.
    Newest,
}

/// Which part of the hits is wanted; `P` is what names a place among them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Window<P = Hit> {
    /// How many.
    pub limit: usize,
    /// Those behind this place.
    pub after: Option<P>,
    /// Those before this place.
    pub before: Option<P>,
    /// Whether the last ones are meant.
    pub backward: bool,
}

impl<P> Default for Window<P> {
    /// The first none.
    fn default() -> Self {
        Self { limit: 0, after: None, before: None, backward: false }
    }
}

/// A hit within its segment: numbers that compare as the keys do, the id second.
type Local = (u64, u128, DocId);

/// The wanted part of the hits, in their order, and one more if there are more.
pub fn window(
    searcher: &Searcher,
    hits: &[Vec<Candidate>],
    order: Order,
    window: &Window,
) -> tantivy::Result<Vec<Hit>> {
    let mut found: Vec<Hit> = Vec::new();
    for (segment, hits) in searcher.segment_readers().iter().zip(hits) {
        let ruler = Ruler::of(segment, order)?;
        let after = window.after.as_ref().map(|place| ruler.place(place)).transpose()?;
        let before = window.before.as_ref().map(|place| ruler.place(place)).transpose()?;
        let within = |local: &Local| {
            let at = (local.0, local.1);
            after.is_none_or(|after| at > after) && before.is_none_or(|before| at < before)
        };
        let mut locals: Vec<Local> = hits.iter().map(|hit| ruler.local(hit)).filter(within).collect();
        let wanted = window.limit + 1;
        if locals.len() > wanted {
            let at = if window.backward { locals.len() - wanted } else { wanted };
            locals.select_nth_unstable(at);
            if window.backward { drop(locals.drain(..at)) } else { locals.truncate(at) }
        }
        for local in locals {
            found.push(ruler.hit(local)?);
        }
    }
    found.sort_unstable_by(Hit::compare);
    let wanted = window.limit + 1;
    if window.backward {
        found.drain(..found.len().saturating_sub(wanted));
    } else {
        found.truncate(wanted);
    }
    Ok(found)
}

/// Places hits within a segment.
struct Ruler {
    order: Order,
    ids: Ids,
    column: Option<BytesColumn>,
}

impl Ruler {
    fn of(segment: &SegmentReader, order: Order) -> tantivy::Result<Self> {
        let column = match order {
            Order::Name => segment.fast_fields().bytes("name")?,
            Order::Number => segment.fast_fields().bytes("number")?,
            Order::Relevance | Order::Newest => None,
        };
        Ok(Self { order, ids: Ids::of(segment)?, column })
    }

    fn local(&self, hit: &Candidate) -> Local {
        let id = self.ids.get(hit.document);
        match (self.order, &self.column) {
            (Order::Newest, _) => (0, !id, hit.document),
            (_, Some(column)) => {
                // Even, so that a place between two values has a number as well.
                (column.ords().first(hit.document).unwrap_or(0) * 2 + 2, id, hit.document)
            }
            (_, None) => (POINTS_MAX.saturating_sub(u64::from(hit.points)), id, hit.document),
        }
    }

    fn place(&self, hit: &Hit) -> tantivy::Result<(u64, u128)> {
        let id = hit.id.as_u128();
        Ok(match (&hit.key, &self.column) {
            (Key::Newest, _) => (0, !id),
            (Key::Distance(distance), _) => (*distance, id),
            (Key::Text(text), Some(column)) => match column.dictionary().term_ord(text)? {
                Some(ord) => (ord * 2 + 2, id),
                None => (below(column, text)? * 2 + 1, 0),
            },
            (Key::Text(_), None) => (0, 0),
        })
    }

    fn hit(&self, (at, id, _): Local) -> tantivy::Result<Hit> {
        Ok(match (self.order, &self.column) {
            (Order::Newest, _) => Hit { key: Key::Newest, id: Uuid::from_u128(!id) },
            (_, Some(column)) => {
                let mut text = Vec::new();
                column.ord_to_bytes((at - 2) / 2, &mut text)?;
                Hit { key: Key::Text(text), id: Uuid::from_u128(id) }
            }
            (_, None) => Hit { key: Key::Distance(at), id: Uuid::from_u128(id) },
        })
    }
}

/// How many values of the column sort before `text`, which is none of them.
fn below(column: &BytesColumn, text: &[u8]) -> tantivy::Result<u64> {
    // The dictionary tells no place behind its last value; halving the values by their numbers takes no longer than a few blocks.
    let (mut low, mut high) = (0, column.num_terms() as u64);
    let mut term = Vec::new();
    while low < high {
        let middle = low + (high - low) / 2;
        term.clear();
        column.ord_to_bytes(middle, &mut term)?;
        if term.as_slice() < text { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}
