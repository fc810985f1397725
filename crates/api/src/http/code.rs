//! The codes of errors that the transport itself answers with. Resolvers bring their own.

/// The text is not GraphQL.
pub(super) const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The document does not fit the schema.
pub(super) const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";
/// A variable or argument does not fit its type.
pub(super) const BAD_USER_INPUT: &str = "BAD_USER_INPUT";
/// The request is not a GraphQL request.
pub(super) const BAD_REQUEST: &str = "BAD_REQUEST";
/// It is not clear which operation of the document is meant.
pub(super) const OPERATION_RESOLUTION_FAILURE: &str = "OPERATION_RESOLUTION_FAILURE";
/// The credentials are not valid.
pub(super) const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
/// There is nothing at this address.
pub(super) const NOT_FOUND: &str = "NOT_FOUND";
/// The method does not fit the address or the operation.
pub(super) const METHOD_NOT_ALLOWED: &str = "METHOD_NOT_ALLOWED";
/// None of the accepted media types can be served.
pub(super) const NOT_ACCEPTABLE: &str = "NOT_ACCEPTABLE";
/// The body is of another type than JSON.
pub(super) const UNSUPPORTED_MEDIA_TYPE: &str = "UNSUPPORTED_MEDIA_TYPE";
/// The body is too large.
pub(super) const PAYLOAD_TOO_LARGE: &str = "PAYLOAD_TOO_LARGE";
/// The client or the operation took too long.
pub(super) const TIMEOUT: &str = "TIMEOUT";
/// The caller's points are used up.
pub(super) const RATE_LIMITED: &str = "RATE_LIMITED";
/// The operation costs more than any operation may.
pub(super) const QUERY_TOO_COMPLEX: &str = "QUERY_TOO_COMPLEX";
/// The document, batch or socket is beyond another limit.
pub(super) const LIMIT_EXCEEDED: &str = "LIMIT_EXCEEDED";
/// The hash is of no document that is known here; send the text along.
pub(super) const PERSISTED_QUERY_NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";
/// Hashes instead of documents are not served.
pub(super) const PERSISTED_QUERY_NOT_SUPPORTED: &str = "PERSISTED_QUERY_NOT_SUPPORTED";
/// The hash is not that of the text.
pub(super) const PERSISTED_QUERY_MISMATCH: &str = "PERSISTED_QUERY_MISMATCH";
/// Only registered documents run here, and this is none.
pub(super) const DOCUMENT_NOT_TRUSTED: &str = "DOCUMENT_NOT_TRUSTED";
/// Introspection is switched off.
pub(super) const INTROSPECTION_DISABLED: &str = "INTROSPECTION_DISABLED";
/// The server cannot serve at the moment.
pub(super) const UNAVAILABLE: &str = "UNAVAILABLE";
/// The fault is ours.
pub(super) const INTERNAL: &str = "INTERNAL";
