//! What the endpoints of files answer when they do not do what was asked: problem details (RFC 9457) with a stable code.

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, RETRY_AFTER};
use actix_web::{HttpResponse, Responder};
use tradehall_domain::language::Language;
use tradehall_domain::named::Named;
use tradehall_domain::problem::{Code, Problem};

use crate::app::{Error, ErrorCode};
use crate::attachment::link::LinkError;
use crate::attachment::spool::SpoolError;

/// Why a file was neither taken nor given.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    code: &'static str,
    detail: String,
    allowed: Option<&'static str>,
}

/// After how many seconds a client that met a full or busy server comes back.
const RETRY_SECONDS: &str = "2";

impl Refusal {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), allowed: None }
    }

    /// Only the methods `allowed` lead anywhere here.
    pub fn method(allowed: &'static str) -> Self {
        let detail = format!("Use {allowed} here.");
        let refusal = Self::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", detail);
        Self { allowed: Some(allowed), ..refusal }
    }

    /// The server has as much to do as it can.
    pub fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::Unavailable.name(),
            "Too much is under way just now; try again shortly.",
        )
    }

    /// The bytes come in a form that is not taken.
    pub fn encoded() -> Self {
        let detail = "Send the file as it is, without a Content-Encoding.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "CONTENT_ENCODING", detail)
    }

    /// A rule of ours, said in `language`.
    pub fn rule(problem: &Problem, language: Language) -> Self {
        let status = match problem.code {
            Code::UploadClosed => StatusCode::GONE,
            Code::NotFound => StatusCode::NOT_FOUND,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, problem.code.name(), problem.message(language))
    }

    /// A link that does not work. A forged one and one to nothing look the same.
    pub fn link(error: LinkError) -> Self {
        match error {
            LinkError::Invalid => {
                Self::new(StatusCode::NOT_FOUND, ErrorCode::NotFound.name(), "There is nothing here by that link.")
            }
            LinkError::Expired => {
                Self::new(StatusCode::GONE, "LINK_EXPIRED", "This link has expired; ask for another.")
            }
        }
    }

    /// A file that did not come as it should.
    pub fn spool(error: SpoolError, language: Language) -> Self {
        match error {
            SpoolError::Refused(problem) => Self::rule(&problem, language),
            SpoolError::Interrupted => {
                Self::new(StatusCode::BAD_REQUEST, "INTERRUPTED", "The file broke off before its end.")
            }
            SpoolError::Late => Self::new(StatusCode::REQUEST_TIMEOUT, "TIMEOUT", "The file took too long to come."),
            SpoolError::Fault(error) => Self::app(Error::Internal(format!("cannot spool a file: {error}")), language),
        }
    }

    /// What the application ran into. Faults of ours are logged here, once.
    pub fn app(error: Error, language: Language) -> Self {
        match error {
            Error::Refused(problems) => match problems.iter().next() {
                Some(problem) => Self::rule(problem, language),
                None => Self::link(LinkError::Invalid),
            },
            Error::NotFound => Self::link(LinkError::Invalid),
            Error::Conflict(_) => Self::busy(),
            Error::Unavailable(source) => {
                tracing::error!(error = %source, "the database is away");
                Self::busy()
            }
            other => {
                tracing::error!(error = %other, "a file could not be handled");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::Internal.name(), "Internal error.")
            }
        }
    }

    fn response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response.content_type("application/problem+json").insert_header((CACHE_CONTROL, "no-store"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.insert_header((RETRY_AFTER, RETRY_SECONDS));
        }
        if let Some(allowed) = self.allowed {
            response.insert_header((ALLOW, allowed));
        }
        response.json(serde_json::json!({
            "status": self.status.as_u16(),
            "title": self.status.canonical_reason().unwrap_or_default(),
            "detail": self.detail,
            "code": self.code,
        }))
    }
}

impl Responder for Refusal {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &actix_web::HttpRequest) -> HttpResponse {
        self.response()
    }
}
