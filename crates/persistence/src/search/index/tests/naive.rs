//! What a search means, told by looking at every product.

use std::collections::{BTreeMap, BTreeSet};

use tradehall_domain::catalog::Attribute;
use tradehall_domain::number::parse_decimal;
use tradehall_domain::search::{Level, PAIR_POINTS, Question, Reader, Value, Word, entries, private_entries};
use tradehall_domain::text::fold;
use tradehall_domain::unit::Unit;
use uuid::Uuid;

use super::shelf::{Shelf, shows};
use crate::search::index::{Choice, Described, Facet, FilterKey, Order, Query, Sight};

pub struct Expected {
    pub hits: Vec<Uuid>,
    pub forgiven: bool,
    pub counts: BTreeMap<String, u64>,
}

/// The same of those products alone that are `kept`, which is asked when it is known what meets the words.
pub fn find(shelf: &Shelf, sight: &Sight, query: &Query, kept: impl Fn(Uuid) -> bool) -> Expected {
    let visible: Vec<&Described> = shelf.products.iter().filter(|product| shows(sight, product)).collect();
    let question = query.question.as_ref();
    let meet = |forgiven: bool| -> Vec<(u16, &Described)> {
        visible.iter().filter_map(|product| Some((points(product, sight, question, forgiven)?, *product))).collect()
    };
    let mut met = meet(false);
    let forgiven = met.is_empty() && question.is_some();
    if forgiven {
        met = meet(true);
    }
    met.retain(|(_, product)| kept(product.id));
    let meets = |product: &Described, choice: &Choice| choice.keys.iter().any(|key| has(product, key));
    let mut hits: Vec<_> =
        met.iter().filter(|(_, product)| query.choices.iter().all(|choice| meets(product, choice))).collect();
    hits.sort_by_key(|(points, product)| {
        let text = match query.order {
            Order::Relevance => vec![],
            Order::Name => fold(product.details.name.as_str()).into_bytes(),
            Order::Number => product.details.number.as_str().as_bytes().to_vec(),
            Order::Newest => return (0, vec![], u128::MAX - product.id.as_u128()),
        };
        let distance = if query.order == Order::Relevance { u16::MAX - points } else { 0 };
        (distance, text, product.id.as_u128())
    });
    let mut counts = BTreeMap::new();
    for (_, product) in &met {
        for value in values(product) {
            // Choices of the same facet leave each other aside one at a time.
            let own: Vec<_> = query.choices.iter().filter(|choice| choice.facet_name() == value.0).collect();
            let missed = query.choices.iter().filter(|choice| !meets(product, choice)).collect::<Vec<_>>();
            let counted = missed.is_empty() || missed.len() == 1 && own.iter().any(|own| std::ptr::eq(*own, missed[0]));
            if counted {
                *counts.entry(format!("{} = {}", value.0, value.1)).or_insert(0) += 1;
            }
        }
    }
    Expected { hits: hits.iter().map(|(_, product)| product.id).collect(), forgiven, counts }
}

/// The counts of facets in the same form.
pub fn counts(facets: &[Facet]) -> BTreeMap<String, u64> {
    let values = facets.iter().flat_map(|facet| &facet.values);
    values.map(|value| (format!("{} = {}", facet_of(&value.key), value_of(&value.key)), value.count)).collect()
}

fn points(product: &Described, sight: &Sight, question: Option<&Question>, forgiven: bool) -> Option<u16> {
    let names: Vec<&str> = product.categories.iter().map(|category| category.name.as_str()).collect();
    let mut known = entries(&product.details, &names, &product.numbers);
    let mut entries = known.clone();
    for ((reader, text), level) in private_entries(&product.numbers) {
        let own = sight.own;
        let reads = match reader {
            Reader::Knower => true,
            Reader::Holder(holder) => own == Some(holder.uuid()),
            Reader::Owner(owner) => own == Some(owner.uuid()) && sight.unpublished,
        };
        let add = |entries: &mut BTreeMap<String, Level>| {
            let best = entries.get(&text).map_or(level, |known| level.min(*known));
            entries.insert(text.clone(), best);
        };
        if reads {
            add(&mut entries);
        }
        // What must be known whole is not guessed at.
        if reads && reader != Reader::Knower {
            add(&mut known);
        }
    }
    let Some(question) = question else { return Some(0) };
    let levels = question.words().iter().map(|word| level(&entries, &known, word, forgiven).map(Level::points));
    let pairs = question.pairs().filter(|pair| entries.contains_key(pair)).count() as u16;
    levels.sum::<Option<u16>>().map(|points| points + pairs * PAIR_POINTS)
}

fn level(
    entries: &BTreeMap<String, Level>,
    known: &BTreeMap<String, Level>,
    word: &Word,
    forgiven: bool,
) -> Option<Level> {
    let exact = std::iter::once(&word.text).chain(&word.joined).filter_map(|text| entries.get(text).copied());
    let near = known.iter().filter(|(_, level)| forgiven && level.is_exact()).filter_map(|(text, level)| {
        let errors = distance(text, &word.text);
        let forgiven = (1..=usize::from(word.errors_forgiven())).contains(&errors);
        let begins_right = text.chars().next() == word.text.chars().next();
        (forgiven && (errors == 1 || begins_right)).then(|| level.mistyped(errors as u8)).flatten()
    });
    exact.chain(near).min()
}

/// Letters added, left out, replaced, or swapped with their neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(table[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    table[a.len()][b.len()]
}

fn unit(attribute: &Attribute) -> &'static str {
    attribute.unit.map(Unit::code).unwrap_or_default()
}

fn has(product: &Described, key: &FilterKey) -> bool {
    let details = &product.details;
    match key {
        FilterKey::Owner(owner) => product.owner == *owner,
        FilterKey::Category(id) => product.categories.iter().any(|category| category.id == *id),
        FilterKey::Brand(brand) => details.brand.as_ref().is_some_and(|own| fold(own.as_str()) == *brand),
        FilterKey::Attribute { name, unit: of, value } => details.attributes.iter().any(|attribute| {
            fold(attribute.name.as_str()) == *name
                && unit(attribute) == of
                && Value::of(attribute.value.as_str()) == *value
        }),
        FilterKey::Between { name, unit: of, min, max } => details.attributes.iter().any(|attribute| {
            let number = parse_decimal(attribute.value.as_str()).ok();
            let within = number.is_some_and(|number| Value::decimal(*min) <= number && number <= Value::decimal(*max));
            fold(attribute.name.as_str()) == *name && unit(attribute) == of && within
        }),
    }
}

/// What a product counts for, by facet.
fn values(product: &Described) -> BTreeSet<(String, String)> {
    let mut keys = vec![FilterKey::Owner(product.owner)];
    keys.extend(product.categories.iter().map(|category| FilterKey::Category(category.id)));
    keys.extend(product.details.brand.iter().map(|brand| FilterKey::Brand(fold(brand.as_str()))));
    keys.extend(product.details.attributes.iter().map(|attribute| FilterKey::Attribute {
        name: fold(attribute.name.as_str()),
        unit: unit(attribute).to_owned(),
        value: Value::of(attribute.value.as_str()),
    }));
    keys.iter().map(|key| (facet_of(key), value_of(key))).collect()
}

fn facet_of(key: &FilterKey) -> String {
    match key {
        FilterKey::Owner(_) => "owner".to_owned(),
        FilterKey::Category(_) => "category".to_owned(),
        FilterKey::Brand(_) => "brand".to_owned(),
        FilterKey::Attribute { name, unit, .. } | FilterKey::Between { name, unit, .. } => format!("{name} in {unit}"),
    }
}

fn value_of(key: &FilterKey) -> String {
    match key {
        FilterKey::Owner(id) | FilterKey::Category(id) => id.to_string(),
        FilterKey::Brand(brand) => brand.clone(),
        FilterKey::Attribute { value, .. } => format!("{value:?}"),
        FilterKey::Between { .. } => unreachable!("a facet has values"),
    }
}

impl Choice {
    fn facet_name(&self) -> String {
        use crate::search::index::FacetKey;
        match &self.facet {
            FacetKey::Owner => "owner".to_owned(),
            FacetKey::Category => "category".to_owned(),
            FacetKey::Brand => "brand".to_owned(),
            FacetKey::Attribute { name, unit } => format!("{name} in {unit}"),
        }
    }
}
