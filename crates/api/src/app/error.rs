//! What can go wrong, and by which door the client hears of it.

use tradehall_domain::access::Permission;
use tradehall_domain::named;
use tradehall_domain::named::Named as _;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::{ROWS_MAX, StoreError};

use crate::graphql::conflict;

named! {
    /// The codes of top-level errors, in `extensions.code`.
    pub enum ErrorCode {
        /// The document is not GraphQL.
        GraphqlParseFailed = "GRAPHQL_PARSE_FAILED",
        /// The document asks for what the schema does not have.
        GraphqlValidationFailed = "GRAPHQL_VALIDATION_FAILED",
        /// The request is none of GraphQL.
        BadRequest = "BAD_REQUEST",
        /// It is not clear which operation of the document is meant.
        OperationResolutionFailure = "OPERATION_RESOLUTION_FAILURE",
        /// The hash is of no document that is known here; send its text along.
        PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND",
        /// Hashes in place of documents are not served here.
        PersistedQueryNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED",
        /// The hash is not that of the document.
        PersistedQueryMismatch = "PERSISTED_QUERY_MISMATCH",
        /// Only registered documents run here, and this is none.
        DocumentNotTrusted = "DOCUMENT_NOT_TRUSTED",
        /// Introspection is switched off.
        IntrospectionDisabled = "INTROSPECTION_DISABLED",
        /// The method does not fit the address or the operation.
        MethodNotAllowed = "METHOD_NOT_ALLOWED",
        /// None of the accepted media types can be served.
        NotAcceptable = "NOT_ACCEPTABLE",
        /// The body is of another type or encoding than those that are read.
        UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE",
        /// The body is too large.
        PayloadTooLarge = "PAYLOAD_TOO_LARGE",
        /// The client or the operation took too long.
        Timeout = "TIMEOUT",
        /// A value that no input of this type can have.
        BadUserInput = "BAD_USER_INPUT",
        /// Nobody is signed in, and somebody must be.
        Unauthenticated = "UNAUTHENTICATED",
        /// It can be seen from here, but this role may not do it.
        Forbidden = "FORBIDDEN",
        /// There is nothing of this id, or not for you: the two are not told apart.
        NotFound = "NOT_FOUND",
        /// Something else happened at the same time, or the idempotency key was used for another input.
        Conflict = "CONFLICT",
        /// A stream of events cannot go on without a gap.
        EventsMissed = "EVENTS_MISSED",
        /// More than one request may ask.
        LimitExceeded = "LIMIT_EXCEEDED",
        /// The document costs more than one request may.
        QueryTooComplex = "QUERY_TOO_COMPLEX",
        /// Too many requests; wait as the answer says.
        RateLimited = "RATE_LIMITED",
        /// The database cannot be reached just now; try again.
        Unavailable = "UNAVAILABLE",
        /// A fault of ours; the request id leads to it in the log.
        Internal = "INTERNAL",
    }
}

/// Why a request was not done. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It breaks rules that the client can mend: answered as data.
    #[error("refused: {0}")]
    Refused(Problems),
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// The role does not allow it.
    #[error("needs {}", .0.name())]
    Forbidden(Permission),
    /// It is not there for this actor.
    #[error("not found")]
    NotFound,
    /// The idempotency key stands for another input, or two requests met.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// A stream of events would have a gap; says what to do.
    #[error("events missed: {0}")]
    EventsMissed(&'static str),
    /// An argument that no request can mean.
    #[error("bad input: {0}")]
    BadInput(String),
    /// The answer would hold more than one request may ask for.
    #[error("the answer has more than {maximum} {what}")]
    TooMuch {
        /// Of what there is too much.
        what: &'static str,
        /// How much is allowed.
        maximum: u64,
    },
    /// The database is away.
    #[error("unavailable")]
    Unavailable(#[source] StoreError),
    /// More at once than this process takes on; worth another try shortly.
    #[error("overloaded")]
    Overloaded,
    /// A fault of ours.
    #[error("internal: {0}")]
    Internal(String),
}

/// Why a credential was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    /// It is not one of ours, or was taken back.
    #[error("the credential is not valid")]
    Invalid,
    /// It was one of ours.
    #[error("the credential has expired")]
    Expired,
    /// It could not be checked just now.
    #[error("the credential cannot be checked just now")]
    Unavailable,
}

impl Error {
    /// The code at top level. Refusals travel as data and come here only where a field has no payload to put them in.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(_) | Self::BadInput(_) => ErrorCode::BadUserInput,
            Self::Unauthenticated => ErrorCode::Unauthenticated,
            Self::Forbidden(_) => ErrorCode::Forbidden,
            Self::NotFound => ErrorCode::NotFound,
            Self::Conflict(_) => ErrorCode::Conflict,
            Self::EventsMissed(_) => ErrorCode::EventsMissed,
            Self::TooMuch { .. } => ErrorCode::LimitExceeded,
            Self::Unavailable(_) | Self::Overloaded => ErrorCode::Unavailable,
            Self::Internal(_) => ErrorCode::Internal,
        }
    }

    /// This error with the fields of a part of the input told as being below `step`. What concerns the whole, or the idempotency
    /// key beside that part, stays where it is.
    #[must_use]
    pub fn within(self, step: &str) -> Self {
        let Self::Refused(problems) = self else { return self };
        let mut placed = Problems::new();
        for problem in problems {
            let beside = problem.path.first().is_none_or(|first| first == "idempotencyKey");
            placed.push(if beside { problem } else { problem.at(step) });
        }
        Self::Refused(placed)
    }

    /// This error if it is a refusal, told as being at `step` of the input.
    #[must_use]
    pub fn at(self, step: impl ToString) -> Self {
        match self {
            Self::Refused(problems) => Self::Refused(problems.at(step)),
            // An id in the input that leads nowhere is a problem of that field, not of the request.
            Self::NotFound => Self::Refused(Problem::new(Code::NotFound).at(step).into()),
            other => other,
        }
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Refused(problems)
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem.into())
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::Refused(code.into())
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Stale => Self::Refused(Code::Stale.into()),
            StoreError::Conflict(broken) => match conflict::problem(&broken) {
                Some(problem) => Self::Refused(problem.into()),
                None => Self::Internal(format!("unexpected conflict on {}", broken.constraint)),
            },
            StoreError::Collision => {
                Self::Conflict("another request changed the same things at the same time; try again")
            }
            StoreError::Cursor => Self::BadInput("The cursor was not made by this list.".to_owned()),
            StoreError::TooManyRows => {
                Self::TooMuch { what: "rows of one kind", maximum: u64::try_from(ROWS_MAX).unwrap_or(u64::MAX) }
            }
            StoreError::Unavailable(_) => Self::Unavailable(error),
            StoreError::Corrupt(_) | StoreError::Search(_) | StoreError::Database(_) => {
                Self::Internal(error.to_string())
            }
        }
    }
}
