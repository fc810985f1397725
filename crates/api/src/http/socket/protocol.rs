//! The protocol `graphql-transport-ws` as a state machine: a message comes in, a step comes out. It knows nothing of sockets,
//! clocks or schemas.

use std::collections::HashSet;

use serde_json::Value;

use super::message::{Authorization, ClientMessage, ServerMessage};
use crate::http::params::Params;

/// Why the server closes a socket. The numbers are the protocol's, below 4000 those of RFC 6455 §7.4.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Closure {
    pub(super) code: u16,
    pub(super) reason: String,
}

impl Closure {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }

    /// The client said goodbye, and hears it back.
    pub(super) fn echo(code: u16) -> Self {
        Self::new(code, "")
    }

    pub(super) fn going_away() -> Self {
        Self::new(1001, "The server is stopping")
    }

    pub(super) fn silent() -> Self {
        Self::new(1001, "No answer to pings")
    }

    pub(super) fn too_large() -> Self {
        Self::new(1009, "Message too large")
    }

    pub(super) fn try_again() -> Self {
        Self::new(1013, "Credentials cannot be checked at the moment")
    }

    pub(super) fn bad_message() -> Self {
        Self::new(4400, "Invalid message received")
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(4401, "Unauthorized")
    }

    pub(super) fn expired() -> Self {
        Self::new(4401, "Token expired")
    }

    pub(super) fn forbidden() -> Self {
        Self::new(4403, "Forbidden")
    }

    pub(super) fn init_timeout() -> Self {
        Self::new(4408, "Connection initialisation timeout")
    }

    fn duplicate(id: &str) -> Self {
        Self::new(4409, format!("Subscriber for {id} already exists"))
    }

    fn too_many_inits() -> Self {
        Self::new(4429, "Too many initialisation requests")
    }
}

/// What there is to do about a message.
#[derive(Debug)]
pub(super) enum Step {
    /// Nothing.
    Nothing,
    /// Send this.
    Send(ServerMessage),
    /// Find out who this is, then call [`Protocol::authenticated`].
    Authenticate(Option<String>),
    /// Execute this, and call [`Protocol::finished`] when it ends.
    Start { id: String, params: Box<Params> },
    /// Refuse to execute this: too many operations are live.
    Refuse { id: String },
    /// Drop the operation.
    Stop { id: String },
    /// Close the socket.
    Close(Closure),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing has been said.
    Silent,
    /// `connection_init` was received, the answer is being found.
    Authenticating,
    /// `connection_ack` was sent.
    Ready,
}

/// One connection's state.
#[derive(Debug)]
pub(super) struct Protocol {
    phase: Phase,
    live: HashSet<String>,
    operations_max: usize,
}

impl Protocol {
    pub(super) fn new(operations_max: usize) -> Self {
        Self { phase: Phase::Silent, live: HashSet::new(), operations_max }
    }

    /// Whether `connection_init` has still to come.
    pub(super) fn is_silent(&self) -> bool {
        self.phase == Phase::Silent
    }

    /// Takes a text message.
    pub(super) fn receive(&mut self, text: &str) -> Step {
        let Some(message) = ClientMessage::parse(text) else { return Step::Close(Closure::bad_message()) };
        match message {
            ClientMessage::Init { authorization } => self.init(authorization),
            ClientMessage::Ping { payload } => Self::pong(payload),
            ClientMessage::Pong => Step::Nothing,
            ClientMessage::Subscribe { id, params } => self.subscribe(id, params),
            ClientMessage::Complete { id } => {
                // Unknown when the two ends crossed: the last result was under way already.
                if self.live.remove(&id) { Step::Stop { id } } else { Step::Nothing }
            }
        }
    }

    fn init(&mut self, authorization: Authorization) -> Step {
        if self.phase != Phase::Silent {
            return Step::Close(Closure::too_many_inits());
        }
        self.phase = Phase::Authenticating;
        match authorization {
            Authorization::Anonymous => Step::Authenticate(None),
            Authorization::Credentials(credentials) => Step::Authenticate(Some(credentials)),
            Authorization::Malformed => Step::Close(Closure::forbidden()),
        }
    }

    fn pong(payload: Option<Value>) -> Step {
        Step::Send(ServerMessage::Pong { payload })
    }

    fn subscribe(&mut self, id: String, params: Box<Params>) -> Step {
        if self.phase != Phase::Ready {
            return Step::Close(Closure::unauthorized());
        }
        if self.live.contains(&id) {
            return Step::Close(Closure::duplicate(&id));
        }
        if self.live.len() >= self.operations_max {
            return Step::Refuse { id };
        }
        self.live.insert(id.clone());
        Step::Start { id, params }
    }

    /// The client is known: what to send.
    pub(super) fn authenticated(&mut self) -> ServerMessage {
        self.phase = Phase::Ready;
        ServerMessage::ConnectionAck
    }

    /// The operation ended on this side; its id may be used again.
    pub(super) fn finished(&mut self, id: &str) {
        self.live.remove(id);
    }
}

#[cfg(test)]
mod tests;
