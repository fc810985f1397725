//! What a document would cost, counted before anything is validated or executed.
//!
//! Validators and executors walk a fragment again at each place that spreads it: 30 fragments that spread the next one
//! twice are 850 bytes to send and 2³⁰ selections to walk. Here every fragment is measured once, in the order of their
//! dependencies, so that the work is linear in the document's size whatever it describes.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{ExecutableDocument, FragmentDefinition, Selection, SelectionSet},
};

use super::limits::{Breach, Limits, within};

pub use cost::{Estimate, estimate};

mod cost;
#[cfg(test)]
mod tests;
pub mod unpaged;

/// Why a document is refused before validation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GuardError {
    /// It is larger than allowed in one respect.
    #[error(transparent)]
    Breach(#[from] Breach),
    /// A fragment spreads itself, directly or through others (GraphQL §5.5.2.2).
    #[error("Fragment \"{0}\" spreads itself.")]
    Cycle(String),
}

/// The fragments of a document such that each stands after those it spreads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FragmentOrder(Vec<Name>);

/// What is known of a document that is within its limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// In which order its fragments can be measured.
    pub order: FragmentOrder,
    /// Whether it asks for `__schema` or `__type`.
    pub introspects: bool,
}

/// Checks every operation of `document` against `limits`. Linear in the document's size.
pub fn inspect(document: &ExecutableDocument, limits: &Limits) -> Result<Inspection, GuardError> {
    within("operations", document.operations.iter().len(), limits.operations)?;
    within("fragments", document.fragments.len(), limits.fragments)?;
    let order = fragment_order(&document.fragments)?;

    let mut introspects = false;
    let mut fragments = HashMap::with_capacity(order.0.len());
    for name in &order.0 {
        if let Some(fragment) = document.fragments.get(name) {
            let mut extent = measure(&fragment.node.selection_set.node, &fragments, limits)?;
            extent.directives = extent.directives.saturating_add(fragment.node.directives.len());
            // Checked here too: an unused fragment is validated like any other.
            extent.check(limits)?;
            introspects |= extent.introspects;
            fragments.insert(name.as_str(), extent);
        }
    }
    for (_, operation) in document.operations.iter() {
        let mut extent = measure(&operation.node.selection_set.node, &fragments, limits)?;
        extent.directives = extent.directives.saturating_add(operation.node.directives.len());
        extent.check(limits)?;
        within("root fields", extent.fields, limits.root_fields)?;
        introspects |= extent.introspects;
    }
    Ok(Inspection { order, introspects })
}

/// How far a selection set reaches, with its fragments expanded.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    /// Fields from here to the deepest leaf.
    depth: usize,
    /// Selections in all.
    selections: usize,
    aliases: usize,
    directives: usize,
    /// Fields on this level alone.
    fields: usize,
    /// Lists of types or fields inside one another, should this stand under `__schema` or `__type`.
    introspection_lists: usize,
    introspects: bool,
}

impl Extent {
    /// Takes in what stands on the same level: a fragment's selections.
    fn join(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.contain(other);
        self.depth = self.depth.max(other.depth);
        self.introspection_lists = self.introspection_lists.max(other.introspection_lists);
    }

    /// Takes in the sums of what stands below or beside.
    fn contain(&mut self, other: Self) {
        self.selections = self.selections.saturating_add(other.selections);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.introspects |= other.introspects;
    }

    fn check(&self, limits: &Limits) -> Result<(), Breach> {
        within("levels of fields", self.depth, limits.depth)?;
        within("selections with fragments expanded", self.selections, limits.selections)?;
        within("aliases", self.aliases, limits.aliases)?;
        within("directives", self.directives, limits.directives)
    }
}

/// Fields of introspection that list types or fields and lead to types again.
const INTROSPECTION_LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

fn measure(set: &SelectionSet, fragments: &HashMap<&str, Extent>, limits: &Limits) -> Result<Extent, Breach> {
    let mut extent = Extent::default();
    for selection in &set.items {
        extent.selections = extent.selections.saturating_add(1);
        extent.directives = extent.directives.saturating_add(selection.node.directives().len());
        match &selection.node {
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                let below = measure(&field.node.selection_set.node, fragments, limits)?;
                if name == "__schema" || name == "__type" {
                    within("lists inside one another", below.introspection_lists, limits.introspection_lists)?;
                    extent.introspects = true;
                }
                extent.contain(below);
                extent.fields = extent.fields.saturating_add(1);
                extent.depth = extent.depth.max(below.depth.saturating_add(1));
                extent.aliases = extent.aliases.saturating_add(usize::from(field.node.alias.is_some()));
                let lists = below.introspection_lists.saturating_add(usize::from(INTROSPECTION_LISTS.contains(&name)));
                extent.introspection_lists = extent.introspection_lists.max(lists);
            }
            Selection::InlineFragment(inline) => {
                extent.join(measure(&inline.node.selection_set.node, fragments, limits)?);
            }
            Selection::FragmentSpread(spread) => {
                // A spread of a fragment that does not exist is for validation to report.
                if let Some(fragment) = fragments.get(spread.node.fragment_name.node.as_str()) {
                    extent.join(*fragment);
                }
            }
        }
    }
    Ok(extent)
}

/// Kahn's algorithm over "spreads": what is left over when nothing is ready spreads itself.
fn fragment_order(fragments: &HashMap<Name, Positioned<FragmentDefinition>>) -> Result<FragmentOrder, GuardError> {
    let mut waiting_for: HashMap<&str, usize> = HashMap::with_capacity(fragments.len());
    let mut spread_by: HashMap<&str, Vec<&Name>> = HashMap::with_capacity(fragments.len());
    let mut ready = Vec::new();
    for (name, fragment) in fragments {
        let mut spreads = Vec::new();
        collect_spreads(&fragment.node.selection_set.node, &mut spreads);
        spreads.retain(|spread| fragments.contains_key(*spread));
        if spreads.is_empty() {
            ready.push(name);
        }
        waiting_for.insert(name.as_str(), spreads.len());
        for spread in spreads {
            spread_by.entry(spread).or_default().push(name);
        }
    }
    let mut order = Vec::with_capacity(fragments.len());
    while let Some(name) = ready.pop() {
        order.push(name.clone());
        waiting_for.remove(name.as_str());
        for dependent in spread_by.remove(name.as_str()).unwrap_or_default() {
            if let Some(missing) = waiting_for.get_mut(dependent.as_str()) {
                *missing = missing.saturating_sub(1);
                if *missing == 0 {
                    ready.push(dependent);
                }
            }
        }
    }
    // The least name, so that the same document gets the same answer.
    match waiting_for.into_keys().min() {
        Some(name) => Err(GuardError::Cycle(name.to_owned())),
        None => Ok(FragmentOrder(order)),
    }
}

fn collect_spreads<'a>(set: &'a SelectionSet, spreads: &mut Vec<&'a str>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => collect_spreads(&field.node.selection_set.node, spreads),
            Selection::InlineFragment(inline) => collect_spreads(&inline.node.selection_set.node, spreads),
            Selection::FragmentSpread(spread) => spreads.push(spread.node.fragment_name.node.as_str()),
        }
    }
}
