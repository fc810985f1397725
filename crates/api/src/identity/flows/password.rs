//! Changing and replacing passwords.

use tradehall_domain::access::Permission;
use tradehall_domain::email::Email;
use tradehall_domain::identity::{Password, User};
use tradehall_domain::problem::Code;
use tradehall_persistence::identity;

use super::super::commands::{ChangePassword, RequestReset, ResetPassword};
use super::super::forget_access;
use super::super::limit::{Attempt, Counter};
use super::super::password::Verdict;
use super::super::secret::{self, Minted, Purpose};
use super::look;
use crate::app::{Error, Session};

/// Changes the password of whoever asks. Their other logins end.
///
/// # Errors
/// [`Code::PasswordWrong`] at `currentPassword`, what is wrong with the new one at `newPassword`, [`Code::TooManyAttempts`].
pub async fn change_password(session: &Session, current: &str, new: &str) -> Result<User, Error> {
    session.require(Permission::Person)?;
    let id = session.actor().user().ok_or(Error::Unauthenticated)?;
    let tx = look(session).await?;
    let (user, verified) = (identity::load(&tx, id).await?, identity::password(&tx, id).await?);
    drop(tx);
    let current = Password::attempt(current).map_err(|problem| problem.at("currentPassword"))?;
    let new = Password::choose(new, &user.email, user.full_name.as_str());
    let new = new.map_err(|problem| problem.at("newPassword"))?;

    // Whoever found an open screen must not guess the password there either.
    let counter = Counter::person(session, id);
    session.execute(Attempt { counters: vec![counter] }).await?;
    let hasher = &session.app().identity().hasher;
    let Verdict::Right(_) = hasher.verify(current, Some(verified.clone())).await? else {
        return Err(Error::from(Code::PasswordWrong).at("currentPassword"));
    };
    let password = hasher.hash(new).await?;
    let login = session.login();
    let user = session.execute(ChangePassword { user, login, verified, password, counter }).await?;
    forget_access(session.app());
    Ok(user)
}

/// Mails a link that replaces a forgotten password. The answer, and the work, are the same where there is no account.
///
/// # Errors
/// A malformed address, or [`Code::TooManyAttempts`].
pub async fn request_reset(session: &Session, email: &str) -> Result<(), Error> {
    let email = Email::parse(email).map_err(|problem| problem.at("email"))?;
    session.execute(Attempt { counters: Counter::mailed(session, &email) }).await?;
    session.execute(RequestReset { email, token: Minted::new(Purpose::Reset)? }).await
}

/// Replaces a password through a mailed link. Every login of the account ends.
///
/// # Errors
/// [`Code::TokenInvalid`] at `token`, or what is wrong with the password at `newPassword`.
pub async fn reset_password(session: &Session, token: &str, new: &str) -> Result<User, Error> {
    let invalid = || Error::from(Code::TokenInvalid).at("token");
    let token = secret::read(Purpose::Reset, token).ok_or_else(invalid)?;
    let tx = look(session).await?;
    let reset = identity::find_reset(&tx, token).await?.ok_or_else(invalid)?;
    let user = identity::load(&tx, reset.account(tx.now()).map_err(|problem| problem.at("token"))?).await?;
    drop(tx);
    let new = Password::choose(new, &user.email, user.full_name.as_str());
    let new = new.map_err(|problem| problem.at("newPassword"))?;
    let password = session.app().identity().hasher.hash(new).await?;
    let user = session.execute(ResetPassword { token, password }).await.map_err(|error| error.at("token"))?;
    forget_access(session.app());
    Ok(user)
}
