//! The static cost of an operation: list size × what each item asks for.

use std::collections::HashMap;

use async_graphql::{
    Name, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet},
};

use super::FragmentOrder;

/// Points for each root field of a mutation or subscription, beside what it returns: a transaction or a live stream.
const ROOT_POINTS: u64 = 10;

/// Arguments that say how many items a field returns.
const SIZE_ARGUMENTS: [&str; 3] = ["first", "last", "ids"];

/// Fields of a connection (Relay) that are no objects of their own.
const STRUCTURE: [&str; 2] = ["edges", "pageInfo"];

/// Points that `operation` costs: 1 per object, 0 per scalar, times the size of each list that it stands in, as said by
/// `first`, `last` or `ids`, literally or through a variable. At least 1. Saturates instead of overflowing.
#[must_use]
pub fn cost(
    document: &ExecutableDocument,
    order: &FragmentOrder,
    operation: &OperationDefinition,
    variables: &Variables,
) -> u64 {
    let inputs = Inputs { operation, variables };
    let mut fragments = HashMap::with_capacity(order.0.len());
    for name in &order.0 {
        if let Some(fragment) = document.fragments.get(name) {
            let points = of_set(&fragment.node.selection_set.node, &fragments, &inputs);
            fragments.insert(name.as_str(), points);
        }
    }
    let root = match operation.ty {
        OperationType::Query => 1,
        OperationType::Mutation | OperationType::Subscription => {
            let fields = operation.selection_set.node.items.len();
            ROOT_POINTS.saturating_mul(u64::try_from(fields).unwrap_or(u64::MAX))
        }
    };
    of_set(&operation.selection_set.node, &fragments, &inputs).saturating_add(root)
}

struct Inputs<'a> {
    operation: &'a OperationDefinition,
    variables: &'a Variables,
}

fn of_set(set: &SelectionSet, fragments: &HashMap<&str, u64>, inputs: &Inputs<'_>) -> u64 {
    set.items.iter().fold(0, |points: u64, selection| {
        points.saturating_add(match &selection.node {
            Selection::Field(field) => of_field(&field.node, fragments, inputs),
            Selection::InlineFragment(inline) => of_set(&inline.node.selection_set.node, fragments, inputs),
            Selection::FragmentSpread(spread) => {
                fragments.get(spread.node.fragment_name.node.as_str()).copied().unwrap_or(0)
            }
        })
    })
}

fn of_field(field: &Field, fragments: &HashMap<&str, u64>, inputs: &Inputs<'_>) -> u64 {
    if field.selection_set.node.items.is_empty() {
        return 0;
    }
    let own = u64::from(!STRUCTURE.contains(&field.name.node.as_str()));
    let below = of_set(&field.selection_set.node, fragments, inputs);
    let size = SIZE_ARGUMENTS.iter().filter_map(|name| inputs.size(field, name)).max();
    own.saturating_add(below.saturating_mul(size.unwrap_or(1)))
}

impl Inputs<'_> {
    /// The size that an argument asks for; `None` when it is absent, null or not what the schema will accept.
    fn size(&self, field: &Field, argument: &str) -> Option<u64> {
        let written = field.get_argument(argument)?.node.clone();
        match written.into_const_with(|variable| self.value(&variable).cloned().ok_or(())).ok()? {
            Value::Number(number) => number.as_u64(),
            Value::List(items) => u64::try_from(items.len()).ok(),
            _ => None,
        }
    }

    /// The variable's value, else its default.
    fn value(&self, variable: &Name) -> Option<&Value> {
        self.variables.get(variable).or_else(|| {
            let definitions = &self.operation.variable_definitions;
            let definition = definitions.iter().find(|definition| definition.node.name.node == *variable)?;
            definition.node.default_value.as_ref().map(|value| &value.node)
        })
    }
}
