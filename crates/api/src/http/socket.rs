//! Operations over a WebSocket: what carries the protocol. What the protocol says is in [`protocol`].

mod connection;
mod message;
mod protocol;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{HeaderValue, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION},
    web,
};
use tokio::time::Instant;

use super::{
    application::{Application, RequestMeta},
    gateway::Gateway,
    refusal::Refusal,
};
use connection::Connection;

/// The subprotocol, as the package `graphql-ws` calls it.
const SUBPROTOCOL: &str = "graphql-transport-ws";

/// Answers the handshake (RFC 6455 §4.2) and serves the socket in a task of its own, until either side closes it.
pub(super) fn open<A: Application>(
    request: &HttpRequest,
    payload: web::Payload,
    gateway: &web::Data<Gateway<A>>,
    meta: RequestMeta,
) -> Result<HttpResponse, Refusal> {
    let offered = request.headers().get_all(SEC_WEBSOCKET_PROTOCOL).filter_map(|value| value.to_str().ok());
    if !offered.flat_map(|value| value.split(',')).any(|protocol| protocol.trim() == SUBPROTOCOL) {
        return Err(Refusal::bad_request(format!("The subprotocol has to be {SUBPROTOCOL}."))
            .header(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL)));
    }
    let place = gateway.connect(meta.remote)?;
    let (response, session, frames) =
        actix_ws::handle_with_protocols(request, payload, &[SUBPROTOCOL]).map_err(|error| {
            Refusal::bad_request(format!("This is no WebSocket handshake: {error}."))
                .header(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"))
        })?;
    let limit = gateway.settings().socket.message_limit;
    let frames = frames.max_frame_size(limit).aggregate_continuations().max_continuation_size(limit);
    let connection = Connection::new(web::Data::clone(gateway), session, meta, place);
    actix_web::rt::spawn(connection.run(frames));
    Ok(response)
}

/// When `expires_at` comes, on the clock of timers. The only place where the transport reads the time of day.
pub(super) fn deadline(expires_at: Option<jiff::Timestamp>) -> Option<Instant> {
    let left = expires_at?.duration_since(jiff::Timestamp::now());
    let left = std::time::Duration::try_from(left).unwrap_or_default();
    Instant::now().checked_add(left)
}
