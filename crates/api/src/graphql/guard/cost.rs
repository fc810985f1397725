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
            let price = of_set(&fragment.node.selection_set.node, &fragments, &inputs);
            fragments.insert(name.as_str(), price);
        }
    }
    let whole = of_set(&operation.selection_set.node, &fragments, &inputs);
    let root = match operation.ty {
        OperationType::Query => 1,
        OperationType::Mutation | OperationType::Subscription => ROOT_POINTS.saturating_mul(whole.fields),
    };
    whole.points.saturating_add(root)
}

struct Inputs<'a> {
    operation: &'a OperationDefinition,
    variables: &'a Variables,
}

/// What a selection set costs, fragments expanded.
#[derive(Debug, Clone, Copy, Default)]
struct Price {
    points: u64,
    /// Fields on its own level.
    fields: u64,
}

fn of_set(set: &SelectionSet, fragments: &HashMap<&str, Price>, inputs: &Inputs<'_>) -> Price {
    set.items.iter().fold(Price::default(), |sum, selection| {
        let price = match &selection.node {
            Selection::Field(field) => Price { points: of_field(&field.node, fragments, inputs), fields: 1 },
            Selection::InlineFragment(inline) => of_set(&inline.node.selection_set.node, fragments, inputs),
            Selection::FragmentSpread(spread) => {
                fragments.get(spread.node.fragment_name.node.as_str()).copied().unwrap_or_default()
            }
        };
        Price { points: sum.points.saturating_add(price.points), fields: sum.fields.saturating_add(price.fields) }
    })
}

fn of_field(field: &Field, fragments: &HashMap<&str, Price>, inputs: &Inputs<'_>) -> u64 {
    if field.selection_set.node.items.is_empty() {
        return 0;
    }
    let own = u64::from(!STRUCTURE.contains(&field.name.node.as_str()));
    let below = of_set(&field.selection_set.node, fragments, inputs).points;
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
