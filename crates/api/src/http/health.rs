//! Whether the server lives, whether it can serve, and what it counts.

use std::time::Duration;

use actix_web::{HttpResponse, http::header::CONTENT_TYPE, web};

use super::{application::Application, gateway::Gateway};

/// How long the application may take to say that it is ready.
const READY_TIMEOUT: Duration = Duration::from_secs(5);

/// `GET /health/live`: the process answers. A failure calls for a restart.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "status": "live" }))
}

/// `GET /health/ready`: requests can be served now. A failure calls for other servers to take over for a while.
pub(super) async fn ready<A: Application>(gateway: web::Data<Gateway<A>>) -> HttpResponse {
    let state = if gateway.is_stopping() {
        Err("stopping".to_owned())
    } else {
        let ready = tokio::time::timeout(READY_TIMEOUT, gateway.app.ready()).await;
        ready.unwrap_or_else(|_| Err("no answer in time".to_owned()))
    };
    match state {
        Ok(()) => HttpResponse::Ok().json(serde_json::json!({ "status": "ready" })),
        Err(reason) => {
            tracing::warn!(reason, "not ready");
            HttpResponse::ServiceUnavailable().json(serde_json::json!({ "status": "unavailable" }))
        }
    }
}

/// `GET /metrics`.
pub(super) async fn metrics<A: Application>(gateway: web::Data<Gateway<A>>) -> HttpResponse {
    match gateway.metrics.exposition() {
        Ok(exposition) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8"))
            .body(exposition),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}
