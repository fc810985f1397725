//! Facets: what the hits have in common, counted.

use std::collections::{BTreeMap, HashMap};

use tantivy::DocId;
use tantivy::columnar::BytesColumn;
use tantivy::index::SegmentReader;
use tradehall_domain::catalog::Attribute;
use tradehall_domain::search::Value;
use tradehall_domain::text::fold;
use tradehall_domain::unit::Unit;
use uuid::Uuid;

use super::column::counts;
use super::matching::Candidate;
use super::request::{Choice, FacetKey, Facets, FilterKey, value_bytes};

/// How many facets one search answers.
pub const FACETS_MAX: usize = 20;

/// A facet and its most frequent values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Which.
    pub key: FacetKey,
    /// The attribute's name as it is written; empty for the others.
    pub label: String,
    /// The values, most frequent first, then by key.
    pub values: Vec<FacetValue>,
    /// Whether its own choices narrow its counts, because more would have to be looked at otherwise than there may be.
    pub within_choices: bool,
    /// The least number among the values, in 1/10 000; none where they are texts.
    pub min: Option<i64>,
    /// The largest number among the values, in 1/10 000.
    pub max: Option<i64>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// What to choose for it.
    pub key: FilterKey,
    /// The value as it is written; empty for owners, whose names are not indexed.
    pub label: String,
    /// How many hits have it, this facet's own choice left aside.
    pub count: u64,
}

/// Counts of terms over all segments, by column.
#[derive(Default)]
pub struct Tally {
    category: HashMap<Vec<u8>, u64>,
    brand: HashMap<Vec<u8>, u64>,
    owner: HashMap<Vec<u8>, u64>,
    attribute: HashMap<Vec<u8>, u64>,
}

impl Tally {
    /// Counts the candidates of a segment: those that meet every choice, and for a facet with a choice also those that meet every
    /// other one.
    pub fn add(
        &mut self,
        segment: &SegmentReader,
        candidates: &[Candidate],
        choices: &[Choice],
        facets: &Facets,
    ) -> tantivy::Result<()> {
        let all = super::answer::all(choices);
        let missing = |missed: u32| {
            candidates
                .iter()
                .filter(move |candidate| candidate.chosen == all & !missed)
                .map(|candidate| candidate.document)
        };
        let columns = [
            (facets.category, "category", &mut self.category),
            (facets.brand, "brand", &mut self.brand),
            (facets.owner, "owner", &mut self.owner),
            (facets.attributes, "attribute", &mut self.attribute),
        ];
        for (wanted, name, tally) in columns {
            let Some(column) = segment.fast_fields().bytes(name)?.filter(|_| wanted) else { continue };
            tell(&column, missing(0), tally, |_| true)?;
            for (n, choice) in choices.iter().enumerate() {
                match &choice.facet {
                    FacetKey::Attribute { name: attribute, unit } if name == "attribute" => {
                        let own = [attribute.as_bytes(), b"\0", unit.as_bytes(), b"\0"].concat();
                        tell(&column, missing(1 << n), tally, |term| term.starts_with(&own))?;
                    }
                    key if key.column() == name && name != "attribute" => {
                        tell(&column, missing(1 << n), tally, |_| true)?;
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// The facets, at most [`FACETS_MAX`], those of attributes by how many hits have them; `wanted` picks among their values.
    pub fn facets(self, values: usize, wanted: impl Fn(&FacetValue) -> bool) -> Vec<Facet> {
        let mut named: Vec<Facet> = Vec::new();
        let id = |term: &[u8]| term.get(..16).and_then(|id| Uuid::from_slice(id).ok());
        let text = |term: &[u8]| String::from_utf8_lossy(term).into_owned();
        let category = |term: &[u8]| Some((FilterKey::Category(id(term)?), text(term.get(16..)?)));
        let owner = |term: &[u8]| Some((FilterKey::Owner(id(term)?), String::new()));
        let brand = |term: &[u8]| {
            let at = term.iter().position(|byte| *byte == 0)?;
            Some((FilterKey::Brand(text(term.get(..at)?)), text(term.get(at + 1..)?)))
        };
        for (key, facet) in [
            (FacetKey::Category, gather(self.category, category)),
            (FacetKey::Brand, gather(self.brand, brand)),
            (FacetKey::Owner, gather(self.owner, owner)),
        ] {
            named.push(finish(key, String::new(), facet, values, &wanted));
        }
        let mut attributes = attributes(self.attribute, values, &wanted);
        named.append(&mut attributes);
        named.retain(|facet| !facet.values.is_empty());
        named.truncate(FACETS_MAX);
        named
    }
}

impl FacetKey {
    const fn column(&self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Brand => "brand",
            Self::Owner => "owner",
            Self::Attribute { .. } => "attribute",
        }
    }
}

/// Adds what `documents` have in a column to `tally`.
fn tell(
    column: &BytesColumn,
    documents: impl Iterator<Item = DocId>,
    tally: &mut HashMap<Vec<u8>, u64>,
    wanted: impl Fn(&[u8]) -> bool,
) -> tantivy::Result<()> {
    let counts = counts(column, documents);
    let mut each = counts.iter();
    column.dictionary().sorted_ords_to_term_cb(counts.iter().map(|(value, _)| *value), |term| {
        let count = each.next().map_or(0, |(_, count)| *count);
        if wanted(term) {
            match tally.get_mut(term) {
                Some(total) => *total += u64::from(count),
                None => drop(tally.insert(term.to_vec(), u64::from(count))),
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// The values by key: written in several ways, it is one value, shown as the first of them in the order of their bytes.
fn gather(
    terms: HashMap<Vec<u8>, u64>,
    read: impl Fn(&[u8]) -> Option<(FilterKey, String)>,
) -> HashMap<FilterKey, (String, u64)> {
    let mut values: HashMap<FilterKey, (String, u64)> = HashMap::new();
    for (term, count) in terms {
        let Some((key, label)) = read(&term) else { continue };
        let value = values.entry(key).or_insert_with(|| (label.clone(), 0));
        value.1 += count;
        if label < value.0 {
            value.0 = label;
        }
    }
    values
}

fn finish(
    key: FacetKey,
    label: String,
    values: HashMap<FilterKey, (String, u64)>,
    limit: usize,
    wanted: &impl Fn(&FacetValue) -> bool,
) -> Facet {
    let mut values: Vec<_> = values
        .into_iter()
        .map(|(key, (label, count))| FacetValue { key, label, count })
        .filter(|value| wanted(value))
        .collect();
    values.sort_by_cached_key(|value| (std::cmp::Reverse(value.count), value.key.term()));
    let number = |value: &FacetValue| match &value.key {
        FilterKey::Attribute { value: Value::Number(units), .. } => Some(*units),
        _ => None,
    };
    let (min, max) = (values.iter().filter_map(number).min(), values.iter().filter_map(number).max());
    values.truncate(limit);
    Facet { key, label, values, within_choices: false, min, max }
}

/// The facets of attributes, those that most hits have first, then by name and unit.
fn attributes(terms: HashMap<Vec<u8>, u64>, limit: usize, wanted: &impl Fn(&FacetValue) -> bool) -> Vec<Facet> {
    type Values = HashMap<FilterKey, (String, u64)>;
    let mut facets: BTreeMap<(String, String), (String, u64, Values)> = BTreeMap::new();
    for (term, count) in terms {
        let Some(read) = AttributeTerm::read(&term) else { continue };
        let key = FilterKey::Attribute { name: read.name.clone(), unit: read.unit.clone(), value: read.value };
        let facet =
            facets.entry((read.name, read.unit)).or_insert_with(|| (read.name_written.clone(), 0, HashMap::new()));
        if read.name_written < facet.0 {
            facet.0 = read.name_written;
        }
        facet.1 += count;
        let value = facet.2.entry(key).or_insert_with(|| (read.value_written.clone(), 0));
        value.1 += count;
        if read.value_written < value.0 {
            value.0 = read.value_written;
        }
    }
    let mut facets: Vec<_> = facets.into_iter().collect();
    facets.sort_by_key(|(_, (_, count, _))| std::cmp::Reverse(*count));
    let facet =
        |((name, unit), (label, _, values))| finish(FacetKey::Attribute { name, unit }, label, values, limit, wanted);
    facets.into_iter().map(facet).collect()
}

/// An attribute as it is kept in a column.
pub struct AttributeTerm {
    name: String,
    unit: String,
    value: Value,
    name_written: String,
    value_written: String,
}

impl AttributeTerm {
    /// Of an attribute.
    pub fn of(attribute: &Attribute) -> Self {
        Self {
            name: fold(attribute.name.as_str()),
            unit: attribute.unit.map(Unit::code).unwrap_or_default().to_owned(),
            value: Value::of(attribute.value.as_str()),
            name_written: attribute.name.as_str().to_owned(),
            value_written: attribute.value.as_str().to_owned(),
        }
    }

    /// What it is filtered by.
    pub fn filter(&self) -> FilterKey {
        FilterKey::Attribute { name: self.name.clone(), unit: self.unit.clone(), value: self.value.clone() }
    }

    /// Name, unit and value as they are compared, then as they are written, a zero byte between each.
    pub fn column(&self) -> Vec<u8> {
        let parts: [&[u8]; 5] = [
            self.name.as_bytes(),
            self.unit.as_bytes(),
            &value_bytes(&self.value),
            self.name_written.as_bytes(),
            self.value_written.as_bytes(),
        ];
        parts.join(&0)
    }

    /// What [`AttributeTerm::column`] wrote.
    fn read(term: &[u8]) -> Option<Self> {
        let (name, rest) = cut(term)?;
        let (unit, rest) = cut(rest)?;
        let (value, rest) = match rest.split_first()? {
            (b'n', rest) => {
                let (units, rest) = rest.split_first_chunk::<8>()?;
                (Value::Number((u64::from_be_bytes(*units) ^ (1 << 63)).cast_signed()), rest.strip_prefix(&[0])?)
            }
            (_, rest) => {
                let (text, rest) = cut(rest)?;
                (Value::Text(written(text)), rest)
            }
        };
        let (name_written, value_written) = cut(rest)?;
        Some(Self {
            name: written(name),
            unit: written(unit),
            value,
            name_written: written(name_written),
            value_written: written(value_written),
        })
    }
}

fn written(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What stands before and behind the first zero byte.
fn cut(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|byte| *byte == 0)?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}
