//! The messages of `graphql-transport-ws`.

use async_graphql::ServerError;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::http::{
    answer::Body,
    params::{self, Params},
};

/// What a client says.
#[derive(Debug)]
pub(super) enum ClientMessage {
    /// Who it is; the payload's `authorization`, if there is one.
    Init { authorization: Authorization },
    /// Are you there?
    Ping { payload: Option<Value> },
    /// I am here.
    Pong,
    /// Execute this.
    Subscribe { id: String, params: Box<Params> },
    /// Stop that.
    Complete { id: String },
}

/// The credentials of a `connection_init` payload.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Authorization {
    /// There are none.
    Anonymous,
    /// As in the HTTP header.
    Credentials(String),
    /// There is something that is no text.
    Malformed,
}

/// Bytes of an operation's id. Clients use UUIDs or counters.
const ID_MAX: usize = 128;

impl ClientMessage {
    /// Reads a message; `None` if it is none of the protocol.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let Value::Object(mut message) = serde_json::from_str(text).ok()? else { return None };
        let payload = message.remove("payload").filter(|payload| !payload.is_null());
        let id = || match message.get("id")? {
            Value::String(id) if (1..=ID_MAX).contains(&id.len()) => Some(id.clone()),
            _ => None,
        };
        match message.get("type")?.as_str()? {
            "connection_init" => Some(Self::Init { authorization: authorization(&object(payload)?) }),
            "ping" => {
                let absent = payload.is_none();
                let payload = object(payload)?;
                Some(Self::Ping { payload: (!absent).then_some(Value::Object(payload)) })
            }
            "pong" => object(payload).map(|_| Self::Pong),
            "subscribe" => {
                let params = params::from_value(payload?).ok()?;
                let says_what = params.query().is_some() || params.document_hash().ok()?.is_some();
                says_what.then_some(Self::Subscribe { id: id()?, params: Box::new(params) })
            }
            "complete" => Some(Self::Complete { id: id()? }),
            _ => None,
        }
    }
}

/// A payload that may be absent and has to be an object otherwise.
fn object(payload: Option<Value>) -> Option<Map<String, Value>> {
    match payload {
        None => Some(Map::new()),
        Some(Value::Object(object)) => Some(object),
        Some(_) => None,
    }
}

/// Clients write the name as in HTTP, in either case.
fn authorization(payload: &Map<String, Value>) -> Authorization {
    let found = payload.iter().find(|(name, value)| name.eq_ignore_ascii_case("authorization") && !value.is_null());
    match found {
        None => Authorization::Anonymous,
        Some((_, Value::String(credentials))) => Authorization::Credentials(credentials.clone()),
        Some(_) => Authorization::Malformed,
    }
}

/// What the server says.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum ServerMessage {
    /// You are known now.
    ConnectionAck,
    /// I am here.
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Value>,
    },
    /// A result.
    Next { id: String, payload: Body },
    /// The operation was not executed, and nothing follows for its id.
    Error { id: String, payload: Vec<ServerError> },
    /// No more results.
    Complete { id: String },
}

impl ServerMessage {
    /// As text. The same holds as for [`Body::to_json`]: it cannot fail.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
