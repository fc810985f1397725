//! Signing up.

use tradehall_domain::email::Email;
use tradehall_domain::identity::{NewAccount, SignUpDraft, User};
use tradehall_domain::problem::{Code, Problems};
use tradehall_domain::text::Name as NameText;
use tradehall_persistence::identity;

use super::super::commands::{ConfirmAddress, ResendConfirmation, SignUp};
use super::super::limit::{Attempt, Counter};
use super::super::secret::{self, Minted, Purpose};
use super::look;
use crate::app::{Error, Session};

/// Notes a sign-up and mails its address. The answer, and the work, are the same whether the address has an account.
///
/// # Errors
/// What is wrong with the draft, or [`Code::TooManyAttempts`].
pub async fn sign_up(session: &Session, draft: &SignUpDraft) -> Result<(), Error> {
    let account = NewAccount::parse(draft)?;
    session.execute(Attempt { counters: Counter::mailed(session, &account.email) }).await?;
    session.execute(SignUp { account, token: Minted::new(Purpose::Confirm)? }).await
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

/// What the reader of a confirming mail sends in.
#[derive(Clone, Copy)]
pub struct Confirm<'a> {
    /// The mailed token.
    pub token: &'a str,
    /// The password that they choose.
    pub password: &'a str,
    /// What they are called; the sign-up's name when left out.
    pub full_name: Option<&'a str>,
}

/// Opens the account whose address the token confirms. Whoever signed up may have been another: what they sent in decides nothing
/// that its owner does not see here.
///
/// # Errors
/// [`Code::TokenInvalid`] at `token`, or what is wrong at `password` and `fullName`.
pub async fn confirm_address(session: &Session, sent: Confirm<'_>) -> Result<User, Error> {
    let invalid = || Error::from(Code::TokenInvalid).at("token");
    let token = secret::read(Purpose::Confirm, sent.token).ok_or_else(invalid)?;
    let tx = look(session).await?;
    let registration = identity::find_registration(&tx, token).await?.ok_or_else(invalid)?;
    let mut account = registration.waiting(tx.now()).map_err(|problem| problem.at("token"))?.clone();
    drop(tx);
    let mut problems = Problems::new();
    let full_name = problems.take("fullName", sent.full_name.map(NameText::parse).transpose());
    if let Some(Some(full_name)) = &full_name {
        account.full_name = full_name.clone();
    }
    let password = problems.take("password", account.choose(sent.password));
    let (full_name, password) = problems.finish(full_name.zip(password))?;
    let password = session.app().identity().hasher.hash(password).await?;
    session.execute(ConfirmAddress { token, password, full_name }).await.map_err(|error| error.at("token"))
}
