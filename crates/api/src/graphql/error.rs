//! The two doors: `userErrors` for what the client can mend, top-level `errors` for everything else.

use async_graphql::{ErrorExtensions, SimpleObject};
use tradehall_domain::language::Language;
use tradehall_domain::named::Named;
use tradehall_domain::problem::{Code, Problem, Problems};

use crate::app::{Error, ErrorCode, Session};

use super::closed::Closed;

/// A rule that the input breaks. Nothing of the mutation was done.
#[derive(Debug, Clone, SimpleObject)]
pub struct UserError {
    /// What is wrong, for programs. A client that meets a code it does not know shows the message.
    pub code: Closed<Code>,
    /// What is wrong and what would be right, for people, in the language of `Accept-Language` (English or Vietnamese).
    pub message: String,
    /// Where in the input, from the outermost field inwards; list positions count from 0. Null when the whole is meant.
    pub path: Option<Vec<String>>,
}

impl UserError {
    fn of(problem: &Problem, language: Language) -> Self {
        let path = (!problem.path.is_empty()).then(|| problem.path.clone());
        Self { code: Closed(problem.code), message: problem.message(language), path }
    }

    /// Every problem, in the order in which they were found.
    #[must_use]
    pub fn all(problems: &Problems, language: Language) -> Vec<Self> {
        problems.iter().map(|problem| Self::of(problem, language)).collect()
    }
}

impl Session {
    /// The top-level error for `error`. Faults of ours are logged here, once, and leave only the request id to see.
    #[must_use]
    pub fn fail(&self, error: Error) -> async_graphql::Error {
        self.fail_shared(&error)
    }

    /// The same for an error that several fields are told of.
    #[must_use]
    pub fn fail_shared(&self, error: &Error) -> async_graphql::Error {
        let code = error.code();
        let vietnamese = self.language() == Language::Vietnamese;
        let message = match error {
            Error::Refused(problems) => {
                problems.iter().next().map_or_else(String::new, |problem| problem.message(self.language()))
            }
            Error::BadInput(message) => message.clone(),
            Error::Conflict(message) | Error::EventsMissed(message) => (*message).to_owned(),
            Error::TooMuch { what, maximum } => {
                format!("The answer has more than {maximum} {what}: ask for fewer things, or for shorter pages.")
            }
            Error::Unauthenticated if vietnamese => "Cần đăng nhập.".to_owned(),
            Error::Unauthenticated => "Sign in first.".to_owned(),
            Error::Forbidden(permission) if vietnamese => format!("Cần quyền {}.", permission.name()),
            Error::Forbidden(permission) => format!("This needs the permission {}.", permission.name()),
            Error::NotFound if vietnamese => "Không tìm thấy.".to_owned(),
            Error::NotFound => "There is nothing here by that id.".to_owned(),
            Error::Unavailable(source) => {
                tracing::error!(request_id = %self.meta().request_id, error = %source, "the database is away");
                "The market cannot answer just now; try again shortly.".to_owned()
            }
            Error::Overloaded => {
                tracing::warn!(request_id = %self.meta().request_id, "more password hashes are asked for than are computed");
                "The market cannot answer just now; try again shortly.".to_owned()
            }
            Error::Internal(chain) => {
                tracing::error!(request_id = %self.meta().request_id, error = %chain, "internal error");
                "Internal error.".to_owned()
            }
        };
        let request_id = self.meta().request_id.clone();
        async_graphql::Error::new(message).extend_with(|_, extensions| {
            extensions.set("code", code.name());
            if matches!(code, ErrorCode::Internal | ErrorCode::Unavailable) {
                extensions.set("requestId", request_id.as_str());
            }
            if let Error::Refused(problems) = error
                && let Some(problem) = problems.iter().next()
            {
                extensions.set("reason", problem.code.name());
            }
            if let Error::Forbidden(permission) = error {
                extensions.set("permission", permission.name());
            }
        })
    }
}
