//! Signing up.

use tradehall_domain::email::Email;
use tradehall_domain::identity::{NewAccount, SignUpDraft, User};
use tradehall_domain::problem::Code;

use super::super::commands::{ConfirmAddress, ResendConfirmation, SignUp};
use super::super::limit::{Attempt, Counter};
use super::super::secret::{self, Minted, Purpose};
use crate::app::{Error, Session};

/// Notes a sign-up and mails its address. The answer, and the work, are the same whether the address has an account.
///
/// # Errors
/// What is wrong with the draft, or [`Code::TooManyAttempts`].
pub async fn sign_up(session: &Session, draft: &SignUpDraft) -> Result<(), Error> {
    let (account, password) = NewAccount::parse(draft)?;
    session.execute(Attempt { counters: Counter::mailed(session, &account.email) }).await?;
    let password = session.app().identity().hasher.hash(password).await?;
    session.execute(SignUp { account, password, token: Minted::new(Purpose::Confirm)? }).await
}

/// Mails the link of a sign-up that still waits once more. The answer is the same where none does.
///
/// # Errors
/// A malformed address, or [`Code::TooManyAttempts`].
pub async fn resend_confirmation(session: &Session, email: &str) -> Result<(), Error> {
    let email = Email::parse(email).map_err(|problem| problem.at("email"))?;
    session.execute(Attempt { counters: Counter::mailed(session, &email) }).await?;
    session.execute(ResendConfirmation { email, token: Minted::new(Purpose::Confirm)? }).await
}

/// Opens the account whose address `token` confirms.
///
/// # Errors
/// [`Code::TokenInvalid`], at `token`.
pub async fn confirm_address(session: &Session, token: &str) -> Result<User, Error> {
    let invalid = || Error::from(Code::TokenInvalid).at("token");
    let token = secret::read(Purpose::Confirm, token).ok_or_else(invalid)?;
    session.execute(ConfirmAddress { token }).await.map_err(|error| error.at("token"))
}
