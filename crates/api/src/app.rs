//! The application: who asks, how a change is made, and what can go wrong.

mod command;
mod error;
mod session;

use std::sync::Arc;

pub use command::{Command, IdempotencyKey, Repeatable, organization_of};
pub use error::{AuthError, Error, ErrorCode};
pub use session::{RequestMeta, Session};
use tradehall_persistence::Store;

use crate::attachment::Files;
use crate::identity::Identity;
use crate::mail::Mailer;

/// One running market. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] is made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// What this process keeps for identity.
    pub identity: Identity,
    /// How mails leave.
    pub mailer: Mailer,
    /// Where uploaded files are kept.
    pub files: Files,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("store", &self.0.store).finish_non_exhaustive()
    }
}

impl App {
    /// A market of these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// What this process keeps for identity.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    /// How mails leave.
    #[must_use]
    pub fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Where uploaded files are kept.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.0.files
    }
}
