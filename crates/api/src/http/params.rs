//! What a request asks for, read from JSON or from a query string (GraphQL over HTTP, "Request Parameters").

use std::mem;

use async_graphql::Variables;
use serde::Deserialize;
use serde_json::{Map, Value, error::Category};

use super::refusal::Refusal;
use crate::app::ErrorCode;

/// The parameters of one request. Null and empty stand for absent; unknown ones are ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object with `query`")]
pub(super) struct Params {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<Variables>,
    extensions: Option<Map<String, Value>>,
    document_id: Option<String>,
}

/// One request, or several in an array.
#[derive(Debug)]
pub(super) enum Incoming {
    /// The usual case.
    One(Params),
    /// A batch, executed in this order.
    Many(Vec<Params>),
}

impl Params {
    /// The document's text.
    pub(super) fn query(&self) -> Option<&str> {
        present(self.query.as_deref())
    }

    /// Which of the document's operations is meant.
    pub(super) fn operation_name(&self) -> Option<&str> {
        present(self.operation_name.as_deref())
    }

    /// The values of its variables.
    pub(super) fn take_variables(&mut self) -> Variables {
        mem::take(&mut self.variables).unwrap_or_default()
    }

    /// The hexadecimal SHA-256 by which the document is named: `documentId`, as `sha256:…`, or Apollo's
    /// `extensions.persistedQuery`, of which version 1 is known.
    pub(super) fn document_hash(&self) -> Result<Option<&str>, Refusal> {
        if let Some(id) = present(self.document_id.as_deref()) {
            return match id.strip_prefix("sha256:") {
                Some(hash) => Ok(Some(hash)),
                None => Err(Refusal::bad_request("`documentId` has to be `sha256:` and a hash.")),
            };
        }
        let Some(persisted) = self.extensions.as_ref().and_then(|extensions| extensions.get("persistedQuery")) else {
            return Ok(None);
        };
        match (persisted.get("version").and_then(Value::as_u64), persisted.get("sha256Hash").and_then(Value::as_str)) {
            (Some(1), Some(hash)) => Ok(Some(hash)),
            _ if persisted.is_null() => Ok(None),
            _ => Err(Refusal::bad_request(
                "`extensions.persistedQuery` has to be of version 1 and to have a `sha256Hash`.",
            )),
        }
    }
}

fn present(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

/// Reads a JSON body. Anything that is not a request is 400.
pub(super) fn from_json(body: &[u8], batch_max: usize) -> Result<Incoming, Refusal> {
    let text = str::from_utf8(body).map_err(|_| Refusal::bad_request("The body is not UTF-8."))?;
    match text.trim_ascii_start().bytes().next() {
        None => Err(Refusal::bad_request("The body is empty.")),
        Some(b'[') if batch_max > 0 => {
            let many: Vec<Value> = parse(text)?;
            if many.is_empty() {
                return Err(Refusal::bad_request("The batch is empty."));
            }
            if many.len() > batch_max {
                let message = format!("At most {batch_max} requests are allowed in a batch.");
                return Err(Refusal::unprocessable(ErrorCode::LimitExceeded, message));
            }
            many.into_iter().map(one).collect::<Result<_, _>>().map(Incoming::Many)
        }
        Some(b'[') => Err(Refusal::bad_request("Batches are not served here.")),
        Some(b'{') => Ok(Incoming::One(parse(text)?)),
        // Is it JSON of another kind or none? The parser tells.
        Some(_) => parse::<Value>(text).and_then(one).map(Incoming::One),
    }
}

/// Reads one request that is JSON already, such as a `subscribe` message's payload.
pub(super) fn from_value(value: Value) -> Result<Params, Refusal> {
    one(value)
}

fn one(value: Value) -> Result<Params, Refusal> {
    if !value.is_object() {
        return Err(Refusal::bad_request("A request has to be an object with `query`."));
    }
    serde_json::from_value(value).map_err(refuse)
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(refuse)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn refuse(error: serde_json::Error) -> Refusal {
    match error.classify() {
        Category::Data => Refusal::bad_request(format!("The request is not well-formed: {error}.")),
        _ => Refusal::bad_request(format!("The body is not JSON: {error}.")),
    }
}

/// Reads the query string of a GET request.
pub(super) fn from_query_string(query: &str) -> Result<Params, Refusal> {
    let pairs = actix_web::web::Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|_| Refusal::bad_request("The query string is not form-urlencoded."))?
        .into_inner();
    let mut params = Params::default();
    for (name, value) in pairs {
        if value.is_empty() {
            continue;
        }
        let repeated = match name.as_str() {
            "query" => params.query.replace(value).is_some(),
            "operationName" => params.operation_name.replace(value).is_some(),
            "documentId" => params.document_id.replace(value).is_some(),
            "variables" => {
                let repeated = params.variables.is_some();
                params.variables = in_json(&name, &value)?;
                repeated
            }
            "extensions" => {
                let repeated = params.extensions.is_some();
                params.extensions = in_json(&name, &value)?;
                repeated
            }
            _ => false,
        };
        if repeated {
            return Err(Refusal::bad_request(format!("`{name}` stands twice.")));
        }
    }
    Ok(params)
}

/// An object or null, as JSON in a parameter.
fn in_json<'a, T: Deserialize<'a>>(name: &str, value: &'a str) -> Result<T, Refusal> {
    serde_json::from_str(value)
        .map_err(|error| Refusal::bad_request(format!("`{name}` is not a JSON object: {error}.")))
}

#[cfg(test)]
mod tests;
