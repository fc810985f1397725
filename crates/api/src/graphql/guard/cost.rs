//! The static cost of an operation: list size × what each item asks for.
//!
//! A page has the size that is asked for. Any other list has the size that [`unpaged`](super::unpaged) takes it to have; inside
//! itself, as in `lines { order { lines } }`, which no client needs, it is taken to be as long as it can be.

use std::collections::HashMap;

use async_graphql::{
    Name, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet},
};

use super::{FragmentOrder, unpaged};

/// Points for each root field of a mutation or subscription, beside what it returns: a transaction or a live stream.
const ROOT_POINTS: u64 = 10;

/// Arguments that say how many items a field returns.
const SIZE_ARGUMENTS: [&str; 3] = ["first", "last", "ids"];

/// Fields of a connection (Relay) that are no objects of their own.
const STRUCTURE: [&str; 2] = ["edges", "pageInfo"];

/// Fields of a page that tell of all its items together, and so are not told once for each.
const SUMMARIES: [&str; 1] = ["facets"];

/// Scalars of one object that are part of its point; each further ones of that number cost another.
const SCALARS_PER_POINT: u64 = 20;

/// What is known of an operation's answer before it is executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// Points: 1 per object with up to 20 scalars, times the size of each list that it stands in. At least 1.
    pub cost: u64,
    /// Scalars of the object that is asked for most of them, at least 1.
    pub scalars: u64,
}

/// What `operation` costs with these variables. The size of a list is said by `first`, `last` or `ids`, literally or through a
/// variable, else it is an assumed one. Saturates instead of overflowing.
#[must_use]
pub fn estimate(
    document: &ExecutableDocument,
    order: &FragmentOrder,
    operation: &OperationDefinition,
    variables: &Variables,
) -> Estimate {
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
    let points = whole.points.saturating_add(whole.summary).saturating_add(whole.scalars / SCALARS_PER_POINT);
    Estimate { cost: points.saturating_add(root), scalars: whole.scalars.max(whole.scalars_below).max(1) }
}

struct Inputs<'a> {
    operation: &'a OperationDefinition,
    variables: &'a Variables,
}

/// What a selection set costs, fragments expanded.
#[derive(Debug, Clone, Copy, Default)]
struct Price {
    points: u64,
    /// Points of [`SUMMARIES`].
    summary: u64,
    /// Fields on its own level.
    fields: u64,
    /// Those of them that are leaves.
    scalars: u64,
    /// The most leaves that any one object below has.
    scalars_below: u64,
    /// The lists without pages in it and below.
    unpaged: unpaged::Set,
}

impl Price {
    /// The price of what stands on the same level.
    const fn beside(self, other: Self) -> Self {
        Self {
            points: self.points.saturating_add(other.points),
            summary: self.summary.saturating_add(other.summary),
            fields: self.fields.saturating_add(other.fields),
            scalars: self.scalars.saturating_add(other.scalars),
            scalars_below: if self.scalars_below > other.scalars_below {
                self.scalars_below
            } else {
                other.scalars_below
            },
            unpaged: self.unpaged.union(other.unpaged),
        }
    }
}

fn of_set(set: &SelectionSet, fragments: &HashMap<&str, Price>, inputs: &Inputs<'_>) -> Price {
    set.items.iter().fold(Price::default(), |sum, selection| {
        sum.beside(match &selection.node {
            Selection::Field(field) => of_field(&field.node, fragments, inputs),
            Selection::InlineFragment(inline) => of_set(&inline.node.selection_set.node, fragments, inputs),
            Selection::FragmentSpread(spread) => {
                fragments.get(spread.node.fragment_name.node.as_str()).copied().unwrap_or_default()
            }
        })
    })
}

fn of_field(field: &Field, fragments: &HashMap<&str, Price>, inputs: &Inputs<'_>) -> Price {
    if field.selection_set.node.items.is_empty() {
        return Price { fields: 1, scalars: 1, ..Price::default() };
    }
    let name = field.name.node.as_str();
    let below = of_set(&field.selection_set.node, fragments, inputs);
    let each = below.points.saturating_add(below.scalars / SCALARS_PER_POINT);
    let asked = SIZE_ARGUMENTS.iter().filter_map(|name| inputs.size(field, name)).max();
    let list = unpaged::list_of(name).filter(|_| asked.is_none());
    // A list's items are objects of their own; a page's are counted by their `node` or `nodes`.
    let points = match list {
        Some((list, place)) => {
            let size = if below.unpaged.has(place) { list.most } else { list.usual };
            size.saturating_mul(each.saturating_add(below.summary).saturating_add(1))
        }
        None => {
            let own = u64::from(!STRUCTURE.contains(&name));
            own.saturating_add(each.saturating_mul(asked.unwrap_or(1))).saturating_add(below.summary)
        }
    };
    let (points, summary) = if SUMMARIES.contains(&name) { (0, points) } else { (points, 0) };
    Price {
        points,
        summary,
        fields: 1,
        scalars: 0,
        scalars_below: below.scalars.max(below.scalars_below),
        unpaged: list.map_or(below.unpaged, |(_, place)| below.unpaged.with(place)),
    }
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
