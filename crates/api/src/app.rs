//! The application: who asks, how a change is made, and what can go wrong.

mod command;
mod error;
mod network;
mod session;

use std::sync::Arc;

pub use command::{Command, IdempotencyKey, Repeatable, acting_as, check_version, organization_of};
pub use error::{AuthError, Error, ErrorCode};
pub use network::network;
pub use session::{RequestMeta, Session};
use tradehall_persistence::Store;

use crate::attachment::Files;
use crate::feed::Feed;
use crate::identity::Identity;
use crate::mail::Mailer;

/// One running market. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Running>);

struct Running {
    parts: Parts,
    feed: Feed,
}

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
        f.debug_struct("App").field("store", self.store()).finish_non_exhaustive()
    }
}

impl App {
    /// A market of these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Running { parts, feed: Feed::default() }))
    }

    /// What this process keeps for identity.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.0.parts.identity
    }

    /// How mails leave.
    #[must_use]
    pub fn mailer(&self) -> &Mailer {
        &self.0.parts.mailer
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.parts.store
    }

    /// Where uploaded files are kept.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.0.parts.files
    }

    /// Where this process hears of events.
    #[must_use]
    pub fn feed(&self) -> &Feed {
        &self.0.feed
    }
}
