//! What differs between two states of a product, field by field.

use std::collections::BTreeMap;

use super::Snapshot;

/// One field before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field's name in inputs; `attributes.Thread` for an attribute.
    pub field: String,
    /// What it said; none where there was nothing.
    pub before: Option<String>,
    /// What it says; none where there is nothing any more.
    pub after: Option<String>,
}

/// The fields in which `after` differs from `before`, by name; all of them for a product that was not there before.
#[must_use]
pub fn diff(before: Option<&Snapshot>, after: &Snapshot) -> Vec<FieldChange> {
    differing(&before.map(Snapshot::fields).unwrap_or_default(), &after.fields())
}

fn differing(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<FieldChange> {
    let mut names: Vec<_> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let change = |name: &String| FieldChange {
        field: name.clone(),
        before: before.get(name).cloned(),
        after: after.get(name).cloned(),
    };
    names.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

/// The fields after `changes`. Together with [`diff`] it loses nothing: what differs, applied to the one state, is the other.
#[must_use]
pub fn apply(mut fields: BTreeMap<String, String>, changes: &[FieldChange]) -> BTreeMap<String, String> {
    for change in changes {
        match &change.after {
            Some(after) => fields.insert(change.field.clone(), after.clone()),
            None => fields.remove(&change.field),
        };
    }
    fields
}
