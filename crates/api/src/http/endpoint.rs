//! `/graphql`: POST for everything, GET for queries, event streams and sockets.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{ALLOW, CONTENT_ENCODING, HeaderValue, UPGRADE, VARY},
    },
    web,
};
use async_graphql::parser::types::OperationType;

use super::{
    accept::{self, Accepted, MediaType},
    answer::Body,
    application::{Application, RequestMeta},
    body, exchange,
    gateway::Gateway,
    params::{self, Incoming, Params},
    rate::Allowance,
    record::Record,
    refusal::Refusal,
    socket, sse,
};
use crate::app::ErrorCode;

/// Answers smaller than this are sent as they are: compressing them costs more than it saves.
const COMPRESS_MIN_BYTES: usize = 1_024;

/// `POST /graphql`.
pub(super) async fn post<A: Application>(
    request: HttpRequest,
    payload: web::Payload,
    gateway: web::Data<Gateway<A>>,
) -> HttpResponse {
    let asked = Asked { method: Method::POST, meta: exchange::meta(&request, &gateway), gateway };
    let accepted = match accept::negotiate(request.headers()) {
        Ok(accepted) => accepted,
        Err(refusal) => return asked.refuse(MediaType::Json, refusal),
    };
    let incoming = async {
        body::require_json(request.headers())?;
        let settings = asked.gateway.settings();
        let body = body::read(request.headers(), payload, settings.body_limit, settings.body_timeout).await?;
        let session = exchange::authenticate(&request, &asked.gateway, asked.meta.clone()).await?;
        Ok((session, params::from_json(&body, settings.batch_max)?))
    };
    match incoming.await {
        Ok((session, Incoming::One(params))) => asked.one(accepted, params, session).await,
        Ok((session, Incoming::Many(batch))) => asked.many(accepted, batch, session).await,
        Err(refusal) => asked.refuse(accepted.media_type, refusal),
    }
}

/// `GET /graphql`: a query in the query string, or the opening of a socket.
pub(super) async fn get<A: Application>(
    request: HttpRequest,
    payload: web::Payload,
    gateway: web::Data<Gateway<A>>,
) -> HttpResponse {
    let asked = Asked { method: Method::GET, meta: exchange::meta(&request, &gateway), gateway };
    let upgrade = request.headers().get(UPGRADE).and_then(|value| value.to_str().ok());
    if upgrade.is_some_and(|protocol| protocol.eq_ignore_ascii_case("websocket")) {
        return match socket::open(&request, payload, &asked.gateway, asked.meta.clone()) {
            Ok(response) => response,
            Err(refusal) => asked.refuse(MediaType::Json, refusal),
        };
    }
    let accepted = match accept::negotiate(request.headers()) {
        Ok(accepted) => accepted,
        Err(refusal) => return asked.refuse(MediaType::Json, refusal),
    };
    let session = exchange::authenticate(&request, &asked.gateway, asked.meta.clone());
    match session.await.and_then(|session| Ok((session, params::from_query_string(request.query_string())?))) {
        Ok((session, params)) => asked.one(accepted, params, session).await,
        Err(refusal) => asked.refuse(accepted.media_type, refusal),
    }
}

/// Any other method: 405.
pub(super) async fn other_method() -> HttpResponse {
    let message = "GraphQL is asked by POST, or by GET for queries.";
    let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::MethodNotAllowed, message)
        .header(ALLOW, HeaderValue::from_static("GET, POST"));
    refusal_response(MediaType::Json, refusal)
}

/// Any other address: 404.
pub(super) async fn elsewhere() -> HttpResponse {
    let refusal =
        Refusal::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, "There is nothing here; GraphQL is at /graphql.");
    refusal_response(MediaType::Json, refusal)
}

/// A request whose circumstances are known.
struct Asked<A> {
    method: Method,
    meta: RequestMeta,
    gateway: web::Data<Gateway<A>>,
}

impl<A: Application> Asked<A> {
    async fn one(&self, accepted: Accepted, params: Params, session: A::Session) -> HttpResponse {
        let mut record = self.record();
        let prepared = match self.gateway.prepare(params, &session, &mut record, |kind| self.allow(kind, accepted)) {
            Ok(prepared) => prepared,
            Err(refusal) => {
                record.refuse(refusal.status, refusal.code);
                // In a stream, what GraphQL says is said by an event; what HTTP says stays HTTP.
                if accepted.events_preferred && refusal.status == StatusCode::UNPROCESSABLE_ENTITY {
                    return sse::single(&refusal.into_body());
                }
                return refusal_response(accepted.media_type, refusal);
            }
        };
        if prepared.kind == OperationType::Subscription {
            return sse::stream(&self.gateway, prepared, &session, &self.meta, record)
                .unwrap_or_else(|refusal| refusal_response(accepted.media_type, refusal));
        }
        let allowance = prepared.allowance;
        let (status, body) = self.gateway.execute(prepared, &session, &self.meta.request_id, record).await;
        if accepted.events_preferred {
            return sse::single(&body);
        }
        respond(accepted.media_type, status, body.to_json(), allowance)
    }

    /// Answers a batch in its order, one operation after the other. The status says that there are answers, not what they say.
    async fn many(&self, accepted: Accepted, batch: Vec<Params>, session: A::Session) -> HttpResponse {
        let (mut answers, mut allowance) = (Vec::with_capacity(batch.len()), None);
        let in_one_piece = Accepted { events: false, events_preferred: false, ..accepted };
        for params in batch {
            let mut record = self.record();
            let prepared = self.gateway.prepare(params, &session, &mut record, |kind| self.allow(kind, in_one_piece));
            answers.push(match prepared {
                Ok(prepared) => {
                    allowance = prepared.allowance;
                    self.gateway.execute(prepared, &session, &self.meta.request_id, record).await.1
                }
                Err(refusal) => {
                    record.refuse(refusal.status, refusal.code);
                    refusal.into_body()
                }
            });
        }
        respond(accepted.media_type, StatusCode::OK, serde_json::to_vec(&answers).unwrap_or_default(), allowance)
    }

    /// GET only reads, and only an event stream carries a subscription.
    fn allow(&self, kind: OperationType, accepted: Accepted) -> Result<(), Refusal> {
        if kind == OperationType::Mutation && self.method == Method::GET {
            let message = "Mutations are sent by POST.";
            return Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::MethodNotAllowed, message)
                .header(ALLOW, HeaderValue::from_static("POST")));
        }
        if kind == OperationType::Subscription && !accepted.events {
            let message = "Subscriptions are served as text/event-stream, or over a WebSocket.";
            return Err(Refusal::new(StatusCode::NOT_ACCEPTABLE, ErrorCode::NotAcceptable, message));
        }
        Ok(())
    }

    fn record(&self) -> Record {
        Record::begin(&self.gateway.metrics, &self.meta.request_id)
    }

    /// Refuses what was never asked properly.
    fn refuse(&self, media_type: MediaType, refusal: Refusal) -> HttpResponse {
        self.record().refuse(refusal.status, refusal.code);
        refusal_response(media_type, refusal)
    }
}

fn refusal_response(media_type: MediaType, refusal: Refusal) -> HttpResponse {
    let (status, headers) = (refusal.status, refusal.headers.clone());
    let body: Body = refusal.into_body();
    let mut response = respond(media_type, status, body.to_json(), None);
    for (name, value) in headers {
        response.headers_mut().insert(name, value);
    }
    response
}

fn respond(media_type: MediaType, status: StatusCode, body: Vec<u8>, allowance: Option<Allowance>) -> HttpResponse {
    let mut builder = HttpResponse::build(status);
    builder.content_type(media_type.content_type()).insert_header((VARY, "accept"));
    if body.len() < COMPRESS_MIN_BYTES {
        builder.insert_header((CONTENT_ENCODING, "identity"));
    }
    let mut response = builder.body(body);
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    response
}
