//! Executing an operation: within its time, and without taking the connection down when a resolver panics.

use std::panic::AssertUnwindSafe;

use actix_web::http::{
    StatusCode,
    header::{HeaderValue, RETRY_AFTER},
};
use async_graphql::{Executor as _, Request, Value};
use futures_util::{FutureExt as _, Stream, StreamExt as _};

use super::{
    answer::{Body, internal, settle},
    application::{Application, Caller},
    gateway::Gateway,
    prepare::Prepared,
    record::Record,
    refusal::Refusal,
};
use crate::app::ErrorCode;
use crate::graphql::{answer_budget::AnswerBudget, batching::batched};

impl<A: Application> Gateway<A> {
    /// Executes a query or mutation. Dropping the future stops the work, which is what happens when the client leaves; a
    /// transaction that was not committed by then is rolled back.
    pub(super) async fn execute(
        &self,
        prepared: Prepared,
        session: &A::Session,
        request_id: &str,
        record: Record,
    ) -> (StatusCode, Body) {
        let Prepared { request, kind, document, plain, shape, cost, budget, allowance } = prepared;
        let request = with_session(request, session, budget);
        let limit = self.settings().limits.answer_bytes;
        let known = if plain && document.is_valid() { self.app.unvalidated_schema() } else { None };
        let schema = known.unwrap_or_else(|| self.app.schema());
        let work = AssertUnwindSafe(batched(schema.execute(request))).catch_unwind();
        let (status, body) = match tokio::time::timeout(self.settings().execution_timeout, work).await {
            Ok(Ok(mut response)) => {
                shape.arrange(&mut response.data);
                let (status, body) = settle(response, kind, limit, request_id);
                if !body.is_request_error() {
                    document.found_valid();
                }
                (status, body)
            }
            Ok(Err(_panic)) => panicked(request_id),
            Err(_elapsed) => {
                let refusal = timed_out();
                (refusal.status, refusal.into_body())
            }
        };
        record.finish(status, body.errors());
        let cost = allowance.map_or_else(|| async_graphql::value!({"requested": cost}), |left| left.cost(cost));
        (status, body.extension("cost", cost))
    }

    /// Executes a subscription, until the stream is dropped or ends.
    pub(super) fn subscribe(
        &self,
        prepared: Prepared,
        session: &A::Session,
        request_id: String,
        record: Record,
    ) -> impl Stream<Item = Body> + use<A> {
        let Prepared { request, kind, shape, budget, .. } = prepared;
        let request = with_session(request, session, budget.clone());
        let limit = self.settings().limits.answer_bytes;
        let responses = self.app.schema().execute_stream(request, None);
        let bodies = AssertUnwindSafe(responses).catch_unwind().map(move |response| match response {
            Ok(mut response) => {
                budget.renew();
                shape.arrange(&mut response.data);
                settle(response, kind, limit, &request_id).1
            }
            Err(_panic) => panicked(&request_id).1,
        });
        // The record lives as long as the stream and is finished only when the stream ends by itself.
        let mut record = Some(record);
        bodies.map(Some).chain(futures_util::stream::once(async { None })).filter_map(move |body| {
            if body.is_none()
                && let Some(record) = record.take()
            {
                record.finish(StatusCode::OK, 0);
            }
            std::future::ready(body)
        })
    }
}

/// Each operation has data of its own, because it may hold a read transaction.
fn with_session<S: Caller>(mut request: Request, session: &S, budget: AnswerBudget) -> Request {
    let session = session.renewed();
    request.data = session.clone().into_data();
    request.data.insert(session);
    request.data.insert(budget);
    request
}

/// The panic hook has said what happened; this says to whom.
fn panicked(request_id: &str) -> (StatusCode, Body) {
    tracing::error!(request_id, "a resolver panicked");
    internal(request_id)
}

fn timed_out() -> Refusal {
    Refusal::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Timeout, "The operation took too long and was stopped.")
        .header(RETRY_AFTER, HeaderValue::from_static("1"))
        .detail("retryable", Value::from(true))
}
