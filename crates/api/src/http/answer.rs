//! What an executed or refused request answers with (GraphQL §7.1).

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use async_graphql::{ErrorExtensionValues, Response, ServerError, Value, parser::types::OperationType};
use serde::Serialize;
use tradehall_domain::named::Named as _;

use super::measure::exceeds;
use crate::app::ErrorCode;

/// Errors shown of one request; a document can break a rule at each of its fields.
const ERRORS_MAX: usize = 100;

/// The message of a fault of ours, whatever it was.
const INTERNAL_MESSAGE: &str = "Internal error";

/// A GraphQL response. Without `data` it is a request error: nothing was executed, and the key is absent, not null.
#[derive(Debug, Serialize)]
pub(super) struct Body {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ServerError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: BTreeMap<String, Value>,
}

impl Body {
    /// A request error result.
    pub(super) const fn request_error(errors: Vec<ServerError>) -> Self {
        Self { errors, data: None, extensions: BTreeMap::new() }
    }

    /// Whether nothing was executed.
    pub(super) const fn is_request_error(&self) -> bool {
        self.data.is_none()
    }

    /// How many errors it shows.
    pub(super) const fn errors(&self) -> usize {
        self.errors.len()
    }

    /// Its errors alone, as the `error` message of a socket carries them.
    pub(super) fn into_errors(self) -> Vec<ServerError> {
        self.errors
    }

    /// The same with an entry of `extensions`.
    pub(super) fn extension(mut self, name: &str, value: Value) -> Self {
        self.extensions.insert(name.to_owned(), value);
        self
    }

    /// As bytes. A response consists of maps with string keys and of finite numbers, so that this cannot fail.
    pub(super) fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// A fault of ours that ended the whole operation.
pub(super) fn internal(request_id: &str) -> (StatusCode, Body) {
    let mut error = ServerError::new(INTERNAL_MESSAGE, None);
    mask(&mut error, request_id);
    (StatusCode::INTERNAL_SERVER_ERROR, Body::request_error(vec![error]))
}

/// Tells a request error from a result with field errors, and sees to it that each error has a code and says nothing of
/// our insides. Data of more than `limit` bytes is not sent: what a mutation changed has been changed all the same.
pub(super) fn settle(response: Response, kind: OperationType, limit: usize, request_id: &str) -> (StatusCode, Body) {
    let Response { mut data, mut errors, extensions, .. } = response;
    if exceeds(&data, limit) {
        (data, errors) = (Value::Null, vec![too_large(limit)]);
        return (StatusCode::OK, Body { errors, data: Some(data), extensions });
    }
    let executed = data != Value::Null || errors.iter().all(|error| !error.path.is_empty());
    // The library coerces arguments as late as the field that takes them. The specification has it done before anything
    // runs (§6.1.2); where nothing has been changed yet, the answer is the one that it asks for.
    let unchanged = data == Value::Null || kind != OperationType::Mutation;
    if executed && unchanged && errors.iter().any(is_coercion) {
        errors.retain(is_coercion);
    } else if executed {
        errors.truncate(ERRORS_MAX);
        for error in &mut errors {
            complete(error, ErrorCode::Internal, request_id);
        }
        return (StatusCode::OK, Body { errors, data: Some(data), extensions });
    }
    errors.truncate(ERRORS_MAX);
    for error in &mut errors {
        error.path.clear();
        complete(error, ErrorCode::GraphqlValidationFailed, request_id);
    }
    (StatusCode::UNPROCESSABLE_ENTITY, Body { errors, data: None, extensions })
}

fn too_large(limit: usize) -> ServerError {
    let message = format!("The answer has more than {limit} bytes: ask for fewer things, or for shorter pages.");
    let mut error = ServerError::new(message, None);
    set(&mut error, "code", ErrorCode::LimitExceeded.name());
    error
}

/// Gives `error` a code, unless it brings its own.
fn complete(error: &mut ServerError, otherwise: ErrorCode, request_id: &str) {
    let is_ours = match code_of(error) {
        Some(code) => code == ErrorCode::Internal.name(),
        None if is_input(error) => {
            set(error, "code", ErrorCode::BadUserInput.name());
            false
        }
        None if otherwise == ErrorCode::Internal => {
            tracing::error!(request_id, path = ?error.path, fault = %error.message, "a field failed without a code");
            error.message = INTERNAL_MESSAGE.to_owned();
            true
        }
        None => {
            set(error, "code", otherwise.name());
            false
        }
    };
    if is_ours {
        mask(error, request_id);
    }
}

/// Shows the id under which the fault was logged.
fn mask(error: &mut ServerError, request_id: &str) {
    set(error, "code", ErrorCode::Internal.name());
    set(error, "requestId", request_id);
}

fn set(error: &mut ServerError, name: &str, value: &str) {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set(name, value);
}

fn code_of(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

/// Whether an argument or variable did not fit its type, found by a field.
fn is_coercion(error: &ServerError) -> bool {
    code_of(error).is_none_or(|code| code == ErrorCode::BadUserInput.name()) && is_input(error)
}

/// The library has no codes; these are the beginnings of what it says of input values (`InputValueError`, its rule
/// `ArgumentsOfCorrectType`, `Context::var_value`).
fn is_input(error: &ServerError) -> bool {
    ["Failed to parse \"", "Expected input type \"", "Invalid value for argument ", "Variable "]
        .iter()
        .any(|beginning| error.message.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use async_graphql::{
        ErrorExtensionValues, PathSegment, Response, ServerError, Value,
        parser::types::OperationType::{Mutation, Query},
        value,
    };
    use serde_json::json;

    use super::settle;

    fn error(message: &str, path: &[&str], code: Option<&str>) -> ServerError {
        let mut error = ServerError::new(message, None);
        error.path = path.iter().map(|step| PathSegment::Field((*step).to_owned())).collect();
        if let Some(code) = code {
            let mut extensions = ErrorExtensionValues::default();
            extensions.set("code", code);
            error.extensions = Some(extensions);
        }
        error
    }

    fn response(data: Value, error: ServerError) -> Response {
        let mut response = Response::new(data);
        response.errors.push(error);
        response
    }

    #[test]
    fn a_request_error_has_no_data_and_a_null_result_has() {
        let (status, body) = settle(response(Value::Null, error("Unknown field", &[], None)), Query, 1_000, "r");
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            serde_json::to_value(body).unwrap(),
            json!({"errors": [{"message": "Unknown field", "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}}]})
        );
        let (status, body) =
            settle(response(Value::Null, error("Gone", &["rfq"], Some("NOT_FOUND"))), Query, 1_000, "r");
        assert_eq!(status, StatusCode::OK);
        assert_eq!(
            serde_json::to_value(body).unwrap(),
            json!({"errors": [{"message": "Gone", "path": ["rfq"], "extensions": {"code": "NOT_FOUND"}}], "data": null})
        );
    }

    #[test]
    fn data_beyond_the_limit_is_not_sent() {
        let (status, body) = settle(Response::new(value!({"a": "x".repeat(1_000)})), Query, 1_000, "r");
        assert_eq!(status, StatusCode::OK);
        let body = serde_json::to_value(body).unwrap();
        assert_eq!((&body["data"], &body["errors"][0]["extensions"]["code"]), (&json!(null), &json!("LIMIT_EXCEEDED")));
        let (_, body) = settle(Response::new(value!({"a": "x".repeat(900)})), Query, 1_000, "r");
        assert_eq!(body.errors(), 0);
    }

    #[test]
    fn a_fault_without_a_code_is_masked() {
        let (_, body) =
            settle(response(value!({"a": null}), error("SELECT * FROM secret", &["a"], None)), Query, 1_000, "r7");
        assert_eq!(
            serde_json::to_value(body).unwrap()["errors"][0],
            json!({"message": "Internal error", "path": ["a"], "extensions": {"code": "INTERNAL", "requestId": "r7"}})
        );
    }

    #[test]
    fn input_that_does_not_coerce_is_a_request_error_while_nothing_is_changed() {
        let late = || error("Failed to parse \"Date\": rubbish", &["a"], None);
        for (data, kind, status) in [
            (value!({"a": null, "b": 1}), Query, StatusCode::UNPROCESSABLE_ENTITY),
            (Value::Null, Mutation, StatusCode::UNPROCESSABLE_ENTITY),
            (value!({"a": null, "b": 1}), Mutation, StatusCode::OK),
        ] {
            let (found, body) = settle(response(data, late()), kind, 1_000, "r");
            assert_eq!(found, status);
            assert_eq!(serde_json::to_value(body).unwrap()["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
        }
    }
}
