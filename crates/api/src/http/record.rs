//! One line of log and one count per operation, whatever becomes of it.

use std::{sync::Arc, time::Instant};

use actix_web::http::StatusCode;

use tradehall_domain::named::Named;

use super::metrics::{Kind, Metrics};
use crate::app::ErrorCode;

/// Shown when the client left, or a subscription's stream was dropped: nginx's number for it.
const CLIENT_LEFT: u16 = 499;

/// What is logged of an operation: never its text, variables or tokens.
#[derive(Debug)]
pub(super) struct Record {
    metrics: Arc<Metrics>,
    request_id: String,
    started: Instant,
    kind: Kind,
    operation: Option<String>,
    cost: u64,
    outcome: Option<(StatusCode, usize)>,
    code: Option<ErrorCode>,
}

impl Record {
    pub(super) fn begin(metrics: &Arc<Metrics>, request_id: &str) -> Self {
        Self {
            metrics: Arc::clone(metrics),
            request_id: request_id.to_owned(),
            started: Instant::now(),
            kind: Kind::unknown,
            operation: None,
            cost: 0,
            outcome: None,
            code: None,
        }
    }

    /// Notes what is about to be executed.
    pub(super) fn operation(&mut self, kind: Kind, name: Option<&str>, cost: u64) {
        self.kind = kind;
        self.operation = name.map(str::to_owned);
        self.cost = cost;
    }

    /// Ends with an answer that has so many errors.
    pub(super) fn finish(mut self, status: StatusCode, errors: usize) {
        self.outcome = Some((status, errors));
    }

    /// Ends with a refusal.
    pub(super) fn refuse(mut self, status: StatusCode, code: ErrorCode) {
        self.code = Some(code);
        self.outcome = Some((status, 1));
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let elapsed = self.started.elapsed();
        let (status, errors) = self.outcome.map_or((CLIENT_LEFT, 0), |(status, errors)| (status.as_u16(), errors));
        self.metrics.count(self.kind, status, elapsed.as_secs_f64());
        tracing::info!(
            request_id = self.request_id,
            operation = self.operation.as_deref(),
            kind = ?self.kind,
            status,
            errors,
            code = self.code.map(Named::name),
            cost = self.cost,
            duration_us = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX),
            "graphql"
        );
    }
}
