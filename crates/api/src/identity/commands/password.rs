//! Changing and replacing passwords.

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::email::Email;
use tradehall_domain::identity::{Digest, LoginEnd, LoginId, PasswordHash, PasswordReset, User, UserEvent};
use tradehall_domain::language::Language;
use tradehall_domain::mail::{Letter, Mail};
use tradehall_domain::problem::Code;
use tradehall_persistence::{Tx, identity, mail};

use super::super::limit::Counter;
use super::super::secret::Minted;
use crate::app::{Command, Error};

/// Changes the password of somebody who knew the present one, and ends their other logins.
#[derive(Debug)]
pub struct ChangePassword {
    /// Who.
    pub user: User,
    /// The login that goes on.
    pub login: Option<LoginId>,
    /// The hash against which the present password was right.
    pub verified: PasswordHash,
    /// What is kept of the new one.
    pub password: PasswordHash,
    /// Counts wrong guesses: forgotten now.
    pub counter: Counter,
}

impl Command for ChangePassword {
    const PERMISSION: Permission = Permission::Person;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = User;

    async fn run(self, tx: &mut Tx) -> Result<User, Error> {
        let (kept, version) = identity::lock_password(tx, self.user.id).await?;
        if kept != self.verified {
            return Err(Code::Stale.into());
        }
        identity::forgive(tx, self.counter.key).await?;
        let event = UserEvent::PasswordChanged;
        identity::save_password(tx, self.user.id, version, &self.password, Some(&event))?;
        identity::end_other_logins(tx, self.user.id, self.login, LoginEnd::PasswordChanged).await?;
        identity::end_resets(tx, self.user.id).await?;
        tell(tx, &self.user)?;
        Ok(self.user)
    }
}

/// Mails a link that replaces the password of the account with an address; where there is none, the same is written and nothing
/// is sent.
#[derive(Debug)]
pub struct RequestReset {
    /// The address.
    pub email: Email,
    /// What replaces the password.
    pub token: Minted,
}

impl Command for RequestReset {
    const PERMISSION: Permission = Permission::Anyone;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = ();

    async fn run(self, tx: &mut Tx) -> Result<(), Error> {
        let user = identity::find_by_email(tx, &self.email).await?;
        let reset = PasswordReset::request(user.as_ref().map(|user| user.id), self.token.digest, tx.now());
        identity::insert_reset(tx, &reset)?;
        let mail = match user {
            Some(user) => {
                identity::record(tx, user.id, &UserEvent::ResetRequested)?;
                let letter = Letter::ResetPassword { token: self.token.text };
                Mail { to: user.email, language: user.language, letter }
            }
            None => Mail { to: self.email, language: Language::default(), letter: Letter::Nothing },
        };
        mail::queue(tx, &mail)?;
        Ok(())
    }
}

/// Replaces a password through a mailed link, and ends every login of the account.
#[derive(Debug)]
pub struct ResetPassword {
    /// What is kept of the token.
    pub token: Digest,
    /// What is kept of the new password.
    pub password: PasswordHash,
}

impl Command for ResetPassword {
    const PERMISSION: Permission = Permission::Anyone;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = User;

    async fn run(self, tx: &mut Tx) -> Result<User, Error> {
        let mut reset = identity::find_reset(tx, self.token).await?.ok_or(Code::TokenInvalid)?;
        let user = identity::load(tx, reset.redeem(tx.now())?).await?;
        let (_, version) = identity::lock_password(tx, user.id).await?;
        identity::save_reset(tx, &mut reset)?;
        let event = UserEvent::PasswordReset;
        identity::save_password(tx, user.id, version, &self.password, Some(&event))?;
        identity::end_other_logins(tx, user.id, None, LoginEnd::PasswordReset).await?;
        identity::end_resets(tx, user.id).await?;
        tell(tx, &user)?;
        Ok(user)
    }
}

/// Whoever did not do it themselves must hear of it.
fn tell(tx: &mut Tx, user: &User) -> Result<(), Error> {
    let mail = Mail { to: user.email.clone(), language: user.language, letter: Letter::PasswordChanged };
    Ok(mail::queue(tx, &mail)?)
}
