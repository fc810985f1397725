//! What people do about their accounts, from the input to the answer.
//!
//! Each is one command with something slow or outside before it (counting the attempt, hashing) or after it (signing a token).
//! None of that may happen inside the transaction: it would hold locks, and on SQLite the only writer, for as long.

mod account;
mod login;
mod password;

pub use account::{Confirm, confirm_address, resend_confirmation, sign_up};
pub use login::{Grant, SignIn, refresh, sign_in, sign_out, switch_organization};
pub use password::{change_password, request_reset, reset_password};

use tradehall_domain::access::SystemTask;
use tradehall_persistence::Tx;

use crate::app::{Error, Session};

/// A look at what proves an identity, on behalf of whoever asks.
async fn look(session: &Session) -> Result<Tx, Error> {
    let actor = session.actor().at(SystemTask::Authenticate);
    Ok(session.app().store().read(actor, session.meter().clone()).await?)
}
