//! People and machines that sign in.
//!
//! A request's credential becomes a [`Session`](crate::app::Session) in [`authenticate()`]; everything that a person does about
//! their own account goes through [`flows`], which do the slow and the outside work before and after the one transaction.

mod accounts;
mod admitted;
mod authenticate;
mod commands;
mod flows;
mod keyring;
pub(crate) mod limit;
mod loaders;
mod long_session;
mod mutations;
mod password;
mod queries;
mod rotation;
pub(crate) mod secret;
mod settings;
mod token;
mod types;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

pub use accounts::{NewUser, create_user, sweep};
pub use authenticate::authenticate;
pub use long_session::LongSession;
pub use mutations::{ApiKeyMutation, AuthenticationMutation, PasswordMutation};
pub use queries::IdentityQuery;
pub use rotation::{jwks, rotate_keys};
pub use settings::{IdentitySettings, PasswordCost};
pub use types::{ApiKeyNode, UserNode, Viewer};

use admitted::Admitted;
use keyring::Keyring;
use password::Hasher;

use crate::app::App;

/// What this process keeps for identity: keys, admitted credentials, and the room in which passwords are hashed.
#[derive(Debug)]
pub struct Identity {
    settings: IdentitySettings,
    keyring: Keyring,
    hasher: Hasher,
    admitted: Mutex<Admitted>,
    epoch: AtomicU64,
}

impl Identity {
    /// Nothing is known yet; keys are read, or made, when they are first needed.
    #[must_use]
    pub fn new(settings: IdentitySettings) -> Self {
        let hasher = Hasher::new(settings.password, settings.password_slots, settings.password_wait);
        let admitted = Mutex::new(Admitted::new(settings.admitted_max));
        Self { settings, keyring: Keyring::default(), hasher, admitted, epoch: AtomicU64::new(0) }
    }

    /// What was set.
    #[must_use]
    pub const fn settings(&self) -> &IdentitySettings {
        &self.settings
    }
}

impl Default for Identity {
    fn default() -> Self {
        Self::new(IdentitySettings::default())
    }
}

/// Has every credential looked up again before it is used again in this process: call it after the commit of whatever changed what
/// somebody may do. Other nodes follow within [`IdentitySettings::recheck`].
pub fn forget_access(app: &App) {
    app.identity().epoch.fetch_add(1, Ordering::Release);
}
