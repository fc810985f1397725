//! In which order an answer's keys stand: that of the request (GraphQL §7.2.2).
//!
//! The library answers with the fields in the order in which they were done, so that the same request gets other text each time,
//! and what was asked for last may stand first. Only the order is changed here, never what is said.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Value,
    indexmap::IndexMap,
    parser::types::{ExecutableDocument, FragmentDefinition, OperationDefinition, Selection, SelectionSet},
};

/// The response keys of a selection set in their order, each with those below it (GraphQL §6.3.2, CollectFields).
///
/// Which of several fragments apply depends on the types of the objects. Here all do: a key that an object has not stands nowhere,
/// and only fragments of different types that ask for the same keys in different orders are told apart by nothing.
#[derive(Debug, Clone, Default)]
pub struct Shape(IndexMap<Name, Shape>);

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

impl Shape {
    /// The shape of `operation`. Takes as many steps as it has selections with fragments expanded, which the guard has bounded;
    /// the guard has also seen that no fragment spreads itself.
    #[must_use]
    pub fn of(document: &ExecutableDocument, operation: &OperationDefinition) -> Self {
        let mut shape = Self::default();
        shape.collect(&operation.selection_set.node, &document.fragments);
        shape
    }

    fn collect(&mut self, set: &SelectionSet, fragments: &Fragments) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    // A key that is asked for twice stands where it was asked for first.
                    let below = self.0.entry(field.node.response_key().node.clone()).or_default();
                    below.collect(&field.node.selection_set.node, fragments);
                }
                Selection::InlineFragment(inline) => self.collect(&inline.node.selection_set.node, fragments),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = fragments.get(&spread.node.fragment_name.node) {
                        self.collect(&fragment.node.selection_set.node, fragments);
                    }
                }
            }
        }
    }

    /// Puts the keys of `value` in order.
    pub fn arrange(&self, value: &mut Value) {
        if self.0.is_empty() {
            return;
        }
        match value {
            Value::List(items) => items.iter_mut().for_each(|item| self.arrange(item)),
            Value::Object(fields) => self.arrange_fields(fields),
            _ => {}
        }
    }

    fn arrange_fields(&self, fields: &mut IndexMap<Name, Value>) {
        let mut sorted = true;
        let mut next = 0;
        for (key, shape) in &self.0 {
            if let Some((place, _, value)) = fields.get_full_mut(key) {
                sorted &= place == next;
                next += 1;
                shape.arrange(value);
            }
        }
        if !sorted {
            let mut unsorted = std::mem::take(fields);
            fields.extend(self.0.keys().filter_map(|key| unsorted.swap_remove_entry(key)));
            fields.extend(unsorted);
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Value, parser::parse_query};
    use serde_json::json;

    use super::Shape;

    fn arranged(document: &str, answer: serde_json::Value) -> String {
        let document = parse_query(document).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let mut answer = Value::from_json(answer).unwrap();
        Shape::of(&document, &operation.node).arrange(&mut answer);
        serde_json::to_string(&answer).unwrap()
    }

    #[test]
    fn keys_stand_as_they_were_asked_for() {
        assert_eq!(arranged("{ c a: x b }", json!({"a": 1, "b": 2, "c": 3})), r#"{"c":3,"a":1,"b":2}"#);
        assert_eq!(
            arranged(
                "{ list { z y { q p } } }",
                json!({"list": [{"y": {"p": 1, "q": 2}, "z": 3}, null, {"y": null, "z": 4}]})
            ),
            r#"{"list":[{"z":3,"y":{"q":2,"p":1}},null,{"z":4,"y":null}]}"#
        );
        let two = json!({"nested": [[{"a": 1, "b": 2}]]});
        assert_eq!(arranged("{ nested { b a } }", two), r#"{"nested":[[{"b":2,"a":1}]]}"#);
    }

    #[test]
    fn fragments_stand_where_they_are_spread_and_repeated_keys_where_they_were_first() {
        let document = "{ a { y } ...F ... on Query { d a { x } } } fragment F on Query { c a { w } b }";
        let answer = json!({"a": {"w": 1, "x": 2, "y": 3}, "b": 4, "c": 5, "d": 6});
        assert_eq!(arranged(document, answer), r#"{"a":{"y":3,"w":1,"x":2},"c":5,"b":4,"d":6}"#);
    }

    #[test]
    fn what_is_skipped_leaves_no_gap_and_what_is_a_leaf_stays_as_it_is() {
        assert_eq!(arranged("{ a @skip(if: true) c b }", json!({"b": 1, "c": 2})), r#"{"c":2,"b":1}"#);
        assert_eq!(
            arranged("{ json b }", json!({"b": 1, "json": {"z": 1, "a": 2}})),
            r#"{"json":{"a":2,"z":1},"b":1}"#
        );
    }
}
