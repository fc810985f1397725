//! A request that ends before anything is executed.

use actix_web::http::{
    StatusCode,
    header::{HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE},
};
use async_graphql::{ErrorExtensionValues, Pos, ServerError, Value, parser};

use super::{answer::Body, application::AuthError};
use tradehall_domain::named::Named as _;

use crate::app::ErrorCode;
use crate::graphql::{document::DocumentError, guard::GuardError};

/// Why a request is refused, in the terms of HTTP and of GraphQL at once.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    /// What HTTP says.
    pub(super) status: StatusCode,
    /// What `extensions.code` says.
    pub(super) code: ErrorCode,
    /// Headers that the status calls for.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    message: String,
    locations: Vec<Pos>,
    details: Vec<(&'static str, Value)>,
}

/// How much of a parser's message is shown: it quotes the line, and a line may be the whole document.
const MESSAGE_MAX: usize = 500;

impl Refusal {
    pub(super) fn new(status: StatusCode, code: ErrorCode, message: impl Into<String>) -> Self {
        let mut message: String = message.into();
        if let Some((end, _)) = message.char_indices().nth(MESSAGE_MAX) {
            message.truncate(end);
            message.push('…');
        }
        Self { status, code, headers: Vec::new(), message, locations: Vec::new(), details: Vec::new() }
    }

    /// 400: this is no GraphQL request.
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, ErrorCode::BadRequest, message)
    }

    /// 422: the request is understood and cannot be executed.
    pub(super) fn unprocessable(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
    }

    /// The same with a number or name in `extensions`.
    pub(super) fn detail(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.details.push((name, value.into()));
        self
    }

    /// The same with a header.
    pub(super) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The error as GraphQL shows it.
    pub(super) fn into_error(self) -> ServerError {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code.name());
        for (name, value) in self.details {
            extensions.set(name, value);
        }
        let mut error = ServerError::new(self.message, None);
        error.locations = self.locations;
        error.extensions = Some(extensions);
        error
    }

    /// A request error result: `errors` and no `data` (GraphQL §7.1).
    pub(super) fn into_body(self) -> Body {
        Body::request_error(vec![self.into_error()])
    }
}

impl From<DocumentError> for Refusal {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::Guard(GuardError::Breach(breach)) => {
                Self::unprocessable(ErrorCode::LimitExceeded, breach.to_string())
                    .detail("limit", breach.limit)
                    .detail("maximum", breach.maximum)
                    .detail("found", breach.found)
            }
            DocumentError::Guard(cycle @ GuardError::Cycle(_)) => {
                Self::unprocessable(ErrorCode::GraphqlValidationFailed, cycle.to_string())
            }
            DocumentError::Syntax(error) => Self::from(error),
        }
    }
}

impl From<parser::Error> for Refusal {
    fn from(error: parser::Error) -> Self {
        let message = error.to_string();
        let mut refusal = match error {
            // Well-formed, but not a valid document (GraphQL §5.2.1, §5.2.2, §5.5.1.1).
            parser::Error::MultipleOperations { .. }
            | parser::Error::OperationDuplicated { .. }
            | parser::Error::FragmentDuplicated { .. } => {
                Self::unprocessable(ErrorCode::GraphqlValidationFailed, message)
            }
            parser::Error::MissingOperation => Self::unprocessable(ErrorCode::OperationResolutionFailure, message),
            _ => Self::new(StatusCode::BAD_REQUEST, ErrorCode::GraphqlParseFailed, message),
        };
        refusal.locations = error.positions().collect();
        refusal
    }
}

impl From<AuthError> for Refusal {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::Invalid | AuthError::Expired => {
                // RFC 6750 §3.1
                let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
                Self::new(StatusCode::UNAUTHORIZED, ErrorCode::Unauthenticated, error.to_string())
                    .header(WWW_AUTHENTICATE, challenge)
            }
            AuthError::Unavailable => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable, error.to_string())
                    .header(RETRY_AFTER, HeaderValue::from_static("1"))
            }
        }
    }
}
