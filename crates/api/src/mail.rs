//! Mails: put into words and sent by the worker, after the change that they tell of was made.

mod deliver;
mod mailer;
mod words;

pub use deliver::deliver;
pub use mailer::Mailer;
use tradehall_domain::email::Email;
use tradehall_domain::language::Language;
use tradehall_domain::mail::{Letter, Mail};
use tradehall_domain::text::Name;
use tradehall_persistence::{StoreError, Tx, mail};

/// Queues the mail by which `organization` asks somebody to become a member, for `inviter`. `token` accepts the invitation.
///
/// # Errors
/// When it cannot be written down.
pub fn invitation(
    tx: &mut Tx,
    to: Email,
    language: Language,
    organization: Name,
    inviter: Name,
    token: String,
) -> Result<(), StoreError> {
    mail::queue(tx, &Mail { to, language, letter: Letter::Invitation { organization, inviter, token } })
}
