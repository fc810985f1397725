//! Documents, parsed and inspected once and kept by their hash.
//!
//! Parsing is the dearest part of a small request: 40 µs for 200 bytes against 1 µs for a copy from here.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{
    Positioned, Variables,
    parser::{
        self,
        types::{BaseType, DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
    },
};
use sha2::{Digest as _, Sha256};

use super::{
    guard::{self, Estimate, GuardError, Inspection},
    lexis,
    limits::{Breach, Limits},
    shape::Shape,
};

/// The SHA-256 of a document's text.
pub type Digest = [u8; 32];

/// The hash under which `text` is kept.
#[must_use]
pub fn digest(text: &str) -> Digest {
    Sha256::digest(text.as_bytes()).into()
}

/// Why a text is not a document that may be validated.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It is beyond a limit, or its fragments go in circles.
    #[error(transparent)]
    Guard(#[from] GuardError),
    /// It is not GraphQL.
    #[error(transparent)]
    Syntax(#[from] parser::Error),
}

impl From<Breach> for DocumentError {
    fn from(breach: Breach) -> Self {
        Self::Guard(breach.into())
    }
}

/// A document within its limits, not validated against a schema.
#[derive(Debug)]
pub struct Document {
    parsed: ExecutableDocument,
    inspection: Inspection,
    bytes: usize,
    valid: AtomicBool,
}

impl Document {
    /// Parses `text` and inspects it. Its size and nesting are checked first, so that the parser cannot run out of stack.
    pub fn parse(text: &str, limits: &Limits) -> Result<Self, DocumentError> {
        lexis::scan(text, limits)?;
        let parsed = parser::parse_query(text)?;
        let inspection = guard::inspect(&parsed, limits)?;
        Ok(Self { parsed, inspection, bytes: text.len(), valid: AtomicBool::new(false) })
    }

    /// A copy for [`async_graphql::Request::set_parsed_query`]. Names and strings are shared, not copied.
    #[must_use]
    pub fn to_executable(&self) -> ExecutableDocument {
        self.parsed.clone()
    }

    /// Whether a schema has found it valid; each process has one schema.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.valid.load(Ordering::Relaxed)
    }

    /// The schema has found it valid.
    pub fn found_valid(&self) {
        self.valid.store(true, Ordering::Relaxed);
    }

    /// Whether it asks for `__schema` or `__type`.
    #[must_use]
    pub const fn introspects(&self) -> bool {
        self.inspection.introspects
    }

    /// The operation that `name` chooses (GraphQL §6.1, GetOperation); without a name there has to be exactly one.
    #[must_use]
    pub fn operation<'a>(&'a self, name: Option<&'a str>) -> Option<Operation<'a>> {
        let (name, definition) = match (&self.parsed.operations, name) {
            (DocumentOperations::Single(definition), None) => (None, definition),
            (DocumentOperations::Single(_), Some(_)) => return None,
            (DocumentOperations::Multiple(named), Some(name)) => (Some(name), named.get(name)?),
            (DocumentOperations::Multiple(named), None) => {
                let (name, definition) = named.iter().next().filter(|_| named.len() == 1)?;
                (Some(name.as_str()), definition)
            }
        };
        Some(Operation { document: self, name, definition })
    }
}

/// One operation of a document.
#[derive(Debug, Clone, Copy)]
pub struct Operation<'a> {
    document: &'a Document,
    /// Its name, if it has one.
    pub name: Option<&'a str>,
    definition: &'a Positioned<OperationDefinition>,
}

impl Operation<'_> {
    /// Query, mutation or subscription.
    #[must_use]
    pub const fn kind(&self) -> OperationType {
        self.definition.node.ty
    }

    /// Whether it can be executed without another validation once its document was found valid: it only reads, so nothing is changed
    /// before a variable is found wrong, and its variables are plain values. Those of an input object, whose names end in `Input` or
    /// `Filter`, are looked into by validation alone.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.definition.node.ty == OperationType::Query
            && self.definition.node.variable_definitions.iter().all(|definition| {
                let name = named(&definition.node.var_type.node.base);
                !name.ends_with("Input") && !name.ends_with("Filter")
            })
    }

    /// What it costs with these variables, see [`guard::estimate`].
    #[must_use]
    pub fn estimate(&self, variables: &Variables) -> Estimate {
        guard::estimate(&self.document.parsed, &self.document.inspection.order, &self.definition.node, variables)
    }

    /// In which order its answer's keys stand.
    #[must_use]
    pub fn shape(&self) -> Shape {
        Shape::of(&self.document.parsed, &self.definition.node)
    }

    /// The variables that must have a value and have none (GraphQL §6.1.2, CoerceVariableValues), with their types.
    pub fn missing_variables(&self, variables: &Variables) -> impl Iterator<Item = (&str, String)> {
        self.definition.node.variable_definitions.iter().filter_map(move |definition| {
            let variable = &definition.node;
            let missing = match variables.get(&variable.name.node) {
                None => variable.default_value.is_none(),
                Some(value) => *value == async_graphql::Value::Null,
            };
            (!variable.var_type.node.nullable && missing)
                .then(|| (variable.name.node.as_str(), variable.var_type.node.to_string()))
        })
    }
}

/// The type inside any lists.
fn named(base: &BaseType) -> &str {
    match base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => named(&inner.base),
    }
}

/// Documents of a generation, and bytes of their texts. A parsed document takes about thirty times its text.
const GENERATION_DOCUMENTS: usize = 1_000;
const GENERATION_BYTES: usize = 1024 * 1024;

/// A bounded cache of documents. Two generations: what was not asked for while the younger one filled up is forgotten
/// with the older one. That is close to least-recently-used and needs no list.
#[derive(Debug, Default)]
pub struct DocumentCache(Mutex<Generations>);

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Digest, Arc<Document>>,
    young_bytes: usize,
    old: HashMap<Digest, Arc<Document>>,
}

impl DocumentCache {
    /// The document whose text has this hash, if it is known.
    #[must_use]
    pub fn get(&self, digest: &Digest) -> Option<Arc<Document>> {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(document) = generations.young.get(digest) {
            return Some(Arc::clone(document));
        }
        let document = generations.old.remove(digest)?;
        generations.insert(*digest, Arc::clone(&document));
        Some(document)
    }

    /// The document of `text`, parsed at most once while it is kept. What is refused is not kept.
    pub fn get_or_parse(&self, digest: Digest, text: &str, limits: &Limits) -> Result<Arc<Document>, DocumentError> {
        if let Some(document) = self.get(&digest) {
            return Ok(document);
        }
        let document = Arc::new(Document::parse(text, limits)?);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(digest, Arc::clone(&document));
        Ok(document)
    }
}

impl Generations {
    fn insert(&mut self, digest: Digest, document: Arc<Document>) {
        if self.young.len() >= GENERATION_DOCUMENTS || self.young_bytes >= GENERATION_BYTES {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        self.young_bytes = self.young_bytes.saturating_add(document.bytes);
        self.young.insert(digest, document);
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, DocumentCache, GENERATION_DOCUMENTS, digest};
    use crate::graphql::limits::Limits;
    use async_graphql::{Variables, parser::types::OperationType::Query};
    use serde_json::json;

    #[test]
    fn an_operation_is_chosen_by_name_or_by_being_alone() {
        let parse = |text| Document::parse(text, &Limits::default()).unwrap();
        let two = parse("query A { a } query B { b }");
        assert_eq!(two.operation(Some("B")).unwrap().name, Some("B"));
        assert!(two.operation(None).is_none());
        assert!(two.operation(Some("C")).is_none());
        assert_eq!(parse("query A { a }").operation(None).unwrap().name, Some("A"));
        assert_eq!(parse("{ a }").operation(None).unwrap().kind(), Query);
        assert!(parse("{ a }").operation(Some("A")).is_none());
    }

    #[test]
    fn a_variable_without_a_value_is_missing_unless_it_has_a_default_or_may_be_null() {
        let document = Document::parse(
            "query ($a: Int!, $b: Int! = 1, $c: Int, $d: [Int!]!) { f(a: $a, b: $b, c: $c, d: $d) }",
            &Limits::default(),
        )
        .unwrap();
        let missing = |variables| {
            let operation = document.operation(None).unwrap();
            let variables = Variables::from_json(variables);
            operation.missing_variables(&variables).map(|(name, ty)| format!("{name}: {ty}")).collect::<Vec<_>>()
        };
        assert_eq!(missing(json!({})), ["a: Int!", "d: [Int!]!"]);
        assert_eq!(missing(json!({"a": 1, "b": null, "d": []})), ["b: Int!"]);
    }

    #[test]
    fn documents_in_use_stay_and_the_others_go() {
        let (cache, limits) = (DocumentCache::default(), Limits::default());
        let used = "{ used }";
        cache.get_or_parse(digest(used), used, &limits).unwrap();
        let first = "{ f0 }";
        for n in 0..GENERATION_DOCUMENTS * 2 {
            let text = format!("{{ f{n} }}");
            cache.get_or_parse(digest(&text), &text, &limits).unwrap();
            assert!(cache.get(&digest(used)).is_some(), "{n}");
        }
        assert!(cache.get(&digest(first)).is_none());
        let generations = cache.0.lock().unwrap();
        assert!(generations.young.len() + generations.old.len() <= 2 * GENERATION_DOCUMENTS);
    }
}
