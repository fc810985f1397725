//! One open socket: what comes from the client, from its operations and from the clock, one thing at a time.

use std::{collections::HashMap, future::pending};

use actix_web::web;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, CloseReason, ProtocolError};
use async_graphql::parser::types::OperationType;
use futures_util::{
    FutureExt as _, StreamExt as _,
    future::{AbortHandle, BoxFuture, LocalBoxFuture},
    stream::{self, LocalBoxStream, SelectAll},
};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};

use super::{
    deadline,
    message::ServerMessage,
    protocol::{Closure, Protocol, Step},
};
use crate::app::ErrorCode;
use crate::http::{
    answer::Body,
    application::{Application, AuthError, Caller as _, RequestMeta},
    connections::Place,
    gateway::Gateway,
    params::Params,
    record::Record,
    refusal::Refusal,
    settings::SocketSettings,
};

/// Pings that a client may leave without any sign of life.
const SILENT_PINGS_MAX: u8 = 2;

/// A socket and everything that runs on it; dropping it stops all of that.
pub(super) struct Connection<A: Application> {
    gateway: web::Data<Gateway<A>>,
    sender: actix_ws::Session,
    protocol: Protocol,
    meta: RequestMeta,
    /// Who this is, once it is known.
    session: Option<A::Session>,
    authenticating: Option<LocalBoxFuture<'static, Result<A::Session, AuthError>>>,
    operations: SelectAll<LocalBoxStream<'static, (String, Event)>>,
    handles: HashMap<String, AbortHandle>,
    unanswered_pings: u8,
    _place: Place,
}

/// What an operation has to say.
enum Event {
    Result(Body),
    End,
}

/// Why a connection ends: it closes the socket, or the client is gone.
enum End {
    Close(Closure),
    Gone,
}

type Flow = Result<(), End>;

impl<A: Application> Connection<A> {
    pub(super) fn new(
        gateway: web::Data<Gateway<A>>,
        sender: actix_ws::Session,
        meta: RequestMeta,
        place: Place,
    ) -> Self {
        let protocol = Protocol::new(gateway.settings().socket.operations_max);
        Self {
            gateway,
            sender,
            protocol,
            meta,
            session: None,
            authenticating: None,
            operations: SelectAll::new(),
            handles: HashMap::new(),
            unanswered_pings: 0,
            _place: place,
        }
    }

    /// Serves the socket until its end.
    pub(super) async fn run(mut self, frames: AggregatedMessageStream) {
        let end = self.serve(frames).await;
        // The work stops before the farewell, which a slow client may take long to accept.
        self.operations.clear();
        if let End::Close(closure) = end {
            let code = CloseCode::from(closure.code);
            let reason = CloseReason { code, description: Some(closure.reason).filter(|reason| !reason.is_empty()) };
            let send_timeout = self.gateway.settings().socket.send_timeout;
            // Whether it arrives or not, this is the end.
            let _ = timeout(send_timeout, self.sender.clone().close(Some(reason))).await;
        }
    }

    async fn serve(&mut self, mut frames: AggregatedMessageStream) -> End {
        let SocketSettings { init_timeout, ping_interval, .. } = self.gateway.settings().socket.clone();
        let opened = Instant::now();
        let mut pings = interval_at(opened + ping_interval, ping_interval);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut stopping: BoxFuture<'static, ()> = self.gateway.stopping().boxed();
        loop {
            let init_deadline = self.protocol.is_silent().then(|| opened + init_timeout);
            let expiry = self.session.as_ref().and_then(|session| deadline(session.expires_at()));
            let flow = tokio::select! {
                // Time and closing first: a client that never pauses cannot keep them waiting.
                biased;
                () = &mut stopping => Err(End::Close(Closure::going_away())),
                () = until(expiry) => Err(End::Close(Closure::expired())),
                () = until(init_deadline) => Err(End::Close(Closure::init_timeout())),
                _ = pings.tick() => self.ping().await,
                session = finished(&mut self.authenticating) => self.authenticated(session).await,
                frame = frames.recv() => self.receive(frame).await,
                Some((id, event)) = self.operations.next(), if !self.operations.is_empty() => self.report(id, event).await,
            };
            if let Err(end) = flow {
                return end;
            }
        }
    }

    async fn receive(&mut self, frame: Option<Result<AggregatedMessage, ProtocolError>>) -> Flow {
        self.unanswered_pings = 0;
        match frame {
            Some(Ok(AggregatedMessage::Text(text))) => {
                let step = self.protocol.receive(&text);
                self.take(step).await
            }
            Some(Ok(AggregatedMessage::Ping(payload))) => self.sender.pong(&payload).await.map_err(|_| End::Gone),
            Some(Ok(AggregatedMessage::Pong(_))) => Ok(()),
            Some(Ok(AggregatedMessage::Binary(_))) => Err(End::Close(Closure::bad_message())),
            Some(Ok(AggregatedMessage::Close(reason))) => {
                let code = reason.map_or(CloseCode::Normal, |reason| reason.code);
                Err(End::Close(Closure::echo(code.into())))
            }
            Some(Err(ProtocolError::Overflow)) => Err(End::Close(Closure::too_large())),
            Some(Err(ProtocolError::Io(error))) if error.to_string().contains("continuation size") => {
                Err(End::Close(Closure::too_large()))
            }
            // A broken frame, text that is not UTF-8, or a broken connection, where the farewell is in vain.
            Some(Err(_)) => Err(End::Close(Closure::bad_message())),
            None => Err(End::Gone),
        }
    }

    async fn take(&mut self, step: Step) -> Flow {
        match step {
            Step::Nothing => Ok(()),
            Step::Send(message) => self.send(message).await,
            Step::Authenticate(authorization) => {
                let (gateway, meta) = (web::Data::clone(&self.gateway), self.meta.clone());
                let work = async move { gateway.authenticate(authorization.as_deref(), meta).await };
                self.authenticating = Some(work.boxed_local());
                Ok(())
            }
            Step::Start { id, params } => self.start(id, *params).await,
            Step::Refuse { id } => {
                let message = "Too many operations are live on this socket.";
                self.refuse(id, Refusal::unprocessable(ErrorCode::LimitExceeded, message)).await
            }
            Step::Stop { id } => {
                if let Some(handle) = self.handles.remove(&id) {
                    handle.abort();
                }
                Ok(())
            }
            Step::Close(closure) => Err(End::Close(closure)),
        }
    }

    async fn authenticated(&mut self, session: Result<A::Session, AuthError>) -> Flow {
        self.authenticating = None;
        match session {
            Ok(session) => {
                self.session = Some(session);
                let acknowledgement = self.protocol.authenticated();
                self.send(acknowledgement).await
            }
            Err(AuthError::Unavailable) => Err(End::Close(Closure::try_again())),
            Err(AuthError::Invalid | AuthError::Expired) => Err(End::Close(Closure::forbidden())),
        }
    }

    async fn start(&mut self, id: String, params: Params) -> Flow {
        // The protocol starts nothing before the acknowledgement.
        let Some(session) = self.session.clone() else { return Err(End::Close(Closure::unauthorized())) };
        // The id of the handshake, which is the one that the session knows.
        let request_id = self.meta.request_id.clone();
        let mut record = Record::begin(&self.gateway.metrics, &request_id);
        let prepared = match self.gateway.prepare(params, &session, &mut record, |_| Ok(())) {
            Ok(prepared) => prepared,
            Err(refusal) => {
                record.refuse(refusal.status, refusal.code);
                self.protocol.finished(&id);
                return self.refuse(id, refusal).await;
            }
        };
        let results: LocalBoxStream<'static, Body> = if prepared.kind == OperationType::Subscription {
            self.gateway.subscribe(prepared, &session, request_id, record).boxed_local()
        } else {
            let gateway = web::Data::clone(&self.gateway);
            stream::once(async move { gateway.execute(prepared, &session, &request_id, record).await.1 }).boxed_local()
        };
        let events = results.map(Event::Result).chain(stream::once(async { Event::End }));
        let (events, handle) = stream::abortable(events);
        self.handles.insert(id.clone(), handle);
        self.operations.push(events.map(move |event| (id.clone(), event)).boxed_local());
        Ok(())
    }

    /// Passes on what an operation says. One that was stopped says nothing any more.
    async fn report(&mut self, id: String, event: Event) -> Flow {
        match event {
            Event::Result(body) if body.is_request_error() => {
                self.forget(&id);
                self.send(ServerMessage::Error { id, payload: body.into_errors() }).await
            }
            Event::Result(payload) => self.send(ServerMessage::Next { id, payload }).await,
            Event::End => {
                self.forget(&id);
                self.send(ServerMessage::Complete { id }).await
            }
        }
    }

    fn forget(&mut self, id: &str) {
        self.protocol.finished(id);
        if let Some(handle) = self.handles.remove(id) {
            handle.abort();
        }
    }

    async fn refuse(&mut self, id: String, refusal: Refusal) -> Flow {
        self.send(ServerMessage::Error { id, payload: vec![refusal.into_error()] }).await
    }

    /// Sends a message, or gives up on a client that does not take it. While it waits, operations are not asked for more.
    async fn send(&mut self, message: ServerMessage) -> Flow {
        let send_timeout = self.gateway.settings().socket.send_timeout;
        match timeout(send_timeout, self.sender.text(message.to_json())).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }

    async fn ping(&mut self) -> Flow {
        if self.unanswered_pings >= SILENT_PINGS_MAX {
            return Err(End::Close(Closure::silent()));
        }
        self.unanswered_pings += 1;
        self.sender.ping(b"").await.map_err(|_| End::Gone)
    }
}

/// Waits for a moment, or forever when there is none.
async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => pending().await,
    }
}

/// Waits for the work, or forever when there is none.
async fn finished<T>(work: &mut Option<LocalBoxFuture<'static, T>>) -> T {
    match work {
        Some(work) => work.await,
        None => pending().await,
    }
}
