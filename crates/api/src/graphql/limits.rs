//! How much one document may ask for. Every number that a client can run into stands here.

/// The limits of one GraphQL document and of its answer. A document is checked in one pass before validation, each fragment counted
/// once; an answer while it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the document's text.
    pub document_bytes: usize,
    /// Lexical tokens (GraphQL §2.1.6). A standard introspection query has about 330.
    pub tokens: usize,
    /// Brackets open at once: selection sets, argument lists, lists and objects. Bounds every recursion after it.
    pub nesting: usize,
    /// Operations in one document.
    pub operations: usize,
    /// Fragment definitions in one document.
    pub fragments: usize,
    /// Fields from the root to the deepest leaf. The standard introspection query of graphql-js has 15.
    pub depth: usize,
    /// Aliases of one operation, fragments expanded.
    pub aliases: usize,
    /// Fields of the operation's root, fragments expanded.
    pub root_fields: usize,
    /// Directives of one operation, fragments expanded.
    pub directives: usize,
    /// Selections of one operation with all fragments expanded: what validators and executor walk.
    pub selections: usize,
    /// Lists of types and fields inside one another under `__schema` and `__type`, where each multiplies the answer.
    pub introspection_lists: usize,
    /// Cost of one operation in points, see [`super::guard::estimate`].
    pub cost: u64,
    /// The same for whoever has not signed in: enough for a page of a shop with its prices.
    pub visitor_cost: u64,
    /// Values of one answer: the objects that it loads, times the scalars asked for of the object with most of them.
    pub answer_values: u64,
    /// Bytes of one answer's data as JSON.
    pub answer_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: 64 * 1024,
            tokens: 5_000,
            nesting: 50,
            operations: 20,
            fragments: 100,
            depth: 15,
            aliases: 50,
            root_fields: 20,
            directives: 50,
            selections: 5_000,
            introspection_lists: 2,
            cost: 10_000,
            visitor_cost: 2_500,
            answer_values: 400_000,
            answer_bytes: 16 * 1024 * 1024,
        }
    }
}

impl Limits {
    /// Every limit in words, as clients are told of it.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, u64)> {
        // By name, so that none is forgotten.
        let Self {
            document_bytes,
            tokens,
            nesting,
            operations,
            fragments,
            depth,
            aliases,
            root_fields,
            directives,
            selections,
            introspection_lists,
            cost,
            visitor_cost,
            answer_values,
            answer_bytes,
        } = *self;
        vec![
            ("bytes of a document", count(document_bytes)),
            ("tokens of a document", count(tokens)),
            ("brackets open at once", count(nesting)),
            ("operations in a document", count(operations)),
            ("fragments in a document", count(fragments)),
            ("levels of fields", count(depth)),
            ("aliases of an operation", count(aliases)),
            ("root fields of an operation", count(root_fields)),
            ("directives of an operation", count(directives)),
            ("selections with fragments expanded", count(selections)),
            ("introspected lists inside one another", count(introspection_lists)),
            ("cost points of an operation", cost),
            ("cost points of an operation without a login", visitor_cost),
            ("values of an answer", answer_values),
            ("bytes of an answer", count(answer_bytes)),
        ]
    }
}

/// A limit that a document goes beyond, with the numbers that its author needs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("The document has {found} {limit}, at most {maximum} are allowed.")]
pub struct Breach {
    /// What there is too much of, in words.
    pub limit: &'static str,
    /// How much is allowed.
    pub maximum: u64,
    /// How much there is, or how much was counted before counting stopped.
    pub found: u64,
}

/// `Ok` while `found` is within `maximum`.
pub(super) fn within(limit: &'static str, found: usize, maximum: usize) -> Result<(), Breach> {
    if found <= maximum {
        return Ok(());
    }
    Err(Breach { limit, maximum: count(maximum), found: count(found) })
}

/// A count as the wire shows it.
pub(super) fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
