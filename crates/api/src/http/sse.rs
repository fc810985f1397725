//! Server-sent events: the "distinct connections mode" of the GraphQL over Server-Sent Events protocol. One request is one
//! stream of `next` events that ends with `complete`.

use std::{convert::Infallible, time::Duration};

use actix_web::{
    HttpResponse,
    http::header::{CONTENT_ENCODING, CONTENT_TYPE},
    web::{self, Bytes},
};
use futures_util::{
    StreamExt as _,
    future::{BoxFuture, FutureExt as _},
    stream::{self, BoxStream},
};
use tokio::time::{Instant, sleep_until};

use super::{
    answer::Body,
    application::{Application, Caller as _, RequestMeta},
    connections::Place,
    gateway::Gateway,
    prepare::Prepared,
    record::Record,
    refusal::Refusal,
    socket::deadline,
};

const COMPLETE: Bytes = Bytes::from_static(b"event: complete\ndata:\n\n");
/// A comment, which clients ignore and proxies take for a sign of life.
const ALIVE: Bytes = Bytes::from_static(b":\n\n");
/// How long a stream may be silent.
const ALIVE_EVERY: Duration = Duration::from_secs(12);

/// One result as a stream.
pub(super) fn single(body: &Body) -> HttpResponse {
    let mut events = next(body).to_vec();
    events.extend_from_slice(&COMPLETE);
    head().body(events)
}

/// The results of a subscription, until it ends, the credentials do, or the server stops.
pub(super) fn stream<A: Application>(
    gateway: &web::Data<Gateway<A>>,
    prepared: Prepared,
    session: &A::Session,
    meta: &RequestMeta,
    record: Record,
) -> Result<HttpResponse, Refusal> {
    let place = match gateway.connect(meta.remote) {
        Ok(place) => place,
        Err(refusal) => {
            record.refuse(refusal.status, refusal.code);
            return Err(refusal);
        }
    };
    let events = Events {
        bodies: gateway.subscribe(prepared, session, meta.request_id.clone(), record).boxed(),
        stopping: gateway.stopping().boxed(),
        expiry: deadline(session.expires_at()),
        ended: false,
        _place: place,
    };
    Ok(head().streaming(stream::unfold(events, Events::next)))
}

struct Events {
    bodies: BoxStream<'static, Body>,
    stopping: BoxFuture<'static, ()>,
    expiry: Option<Instant>,
    ended: bool,
    _place: Place,
}

impl Events {
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        if self.ended {
            return None;
        }
        let expired = async {
            match self.expiry {
                Some(expiry) => sleep_until(expiry).await,
                None => std::future::pending().await,
            }
        };
        let frame = tokio::select! {
            body = self.bodies.next() => body.map(|body| next(&body)),
            () = tokio::time::sleep(ALIVE_EVERY) => Some(ALIVE),
            () = &mut self.stopping => None,
            () = expired => None,
        };
        self.ended = frame.is_none();
        Some((Ok(frame.unwrap_or(COMPLETE)), self))
    }
}

/// JSON has no line breaks of its own, so that one `data` line holds it.
fn next(body: &Body) -> Bytes {
    let mut event = b"event: next\ndata: ".to_vec();
    event.extend_from_slice(&body.to_json());
    event.extend_from_slice(b"\n\n");
    event.into()
}

fn head() -> actix_web::HttpResponseBuilder {
    let mut head = HttpResponse::Ok();
    head.insert_header((CONTENT_TYPE, "text/event-stream; charset=utf-8"))
        // A compressor would hold events back.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"));
    head
}
