//! Opening accounts.

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::email::Email;
use tradehall_domain::identity::{Digest, NewAccount, PasswordHash, Registration, User};
use tradehall_domain::language::Language;
use tradehall_domain::mail::{Letter, Mail};
use tradehall_domain::problem::Code;
use tradehall_domain::text::Name as NameText;
use tradehall_persistence::{Tx, identity, mail};

use super::super::secret::Minted;
use crate::app::{Command, Error};

/// Notes a sign-up and mails its address. The same rows are written whether the address has an account or not; only the mail,
/// which nobody else reads, says so.
#[derive(Debug)]
pub struct SignUp {
    /// The account that it is to become.
    pub account: NewAccount,
    /// What confirms the address.
    pub token: Minted,
}

impl Command for SignUp {
    const PERMISSION: Permission = Permission::Anyone;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = ();

    async fn run(self, tx: &mut Tx) -> Result<(), Error> {
        let (to, language) = (self.account.email.clone(), self.account.language);
        let letter = match identity::find_by_email(tx, &to).await? {
            Some(_) => Letter::AddressHasAccount,
            None => Letter::ConfirmAddress { full_name: self.account.full_name.clone(), token: self.token.text },
        };
        let registration = Registration::begin(self.account, self.token.digest, tx.now());
        identity::insert_registration(tx, &registration)?;
        mail::queue(tx, &Mail { to, language, letter })?;
        Ok(())
    }
}

/// Mails a fresh link for the last sign-up of an address that still waits, and nothing where none does.
#[derive(Debug)]
pub struct ResendConfirmation {
    /// The address.
    pub email: Email,
    /// What confirms it from now on.
    pub token: Minted,
}

impl Command for ResendConfirmation {
    const PERMISSION: Permission = Permission::Anyone;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = ();

    async fn run(self, tx: &mut Tx) -> Result<(), Error> {
        let account = identity::find_by_email(tx, &self.email).await?;
        let waiting = identity::newest_registration(tx, &self.email).await?;
        let (letter, language) = match (account, waiting) {
            (Some(user), _) => (Letter::AddressHasAccount, user.language),
            (None, Some(mut registration)) => {
                registration.renew(self.token.digest, tx.now())?;
                identity::save_registration(tx, &mut registration)?;
                let NewAccount { full_name, language, .. } = registration.account;
                (Letter::ConfirmAddress { full_name, token: self.token.text }, language)
            }
            (None, None) => (Letter::Nothing, Language::default()),
        };
        mail::queue(tx, &Mail { to: self.email, language, letter })?;
        Ok(())
    }
}

/// Opens the account whose address the token confirms, with the password that its reader chose.
#[derive(Debug)]
pub struct ConfirmAddress {
    /// What is kept of the token.
    pub token: Digest,
    /// What is kept of the password.
    pub password: PasswordHash,
    /// What they are called, if it differs from what the sign-up says.
    pub full_name: Option<NameText>,
}

impl Command for ConfirmAddress {
    const PERMISSION: Permission = Permission::Anyone;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = User;

    async fn run(self, tx: &mut Tx) -> Result<User, Error> {
        let mut registration = identity::lock_registration(tx, self.token).await?.ok_or(Code::TokenInvalid)?;
        registration.confirm(self.full_name, tx.now())?;
        if identity::find_by_email(tx, &registration.account.email).await?.is_some() {
            // Another sign-up with this address was confirmed first.
            return Err(Code::TokenInvalid.into());
        }
        identity::save_registration(tx, &mut registration)?;
        let (user, event) = User::open(&registration.account, false, tx.now());
        identity::insert(tx, &user, &self.password, &event)?;
        Ok(user)
    }
}

/// Opens an account without a mail: whoever runs the server vouches for the address.
#[derive(Debug)]
pub struct OpenAccount {
    /// What it is to be.
    pub account: NewAccount,
    /// What is kept of the password.
    pub password: PasswordHash,
    /// Whether the person works for the market itself.
    pub staff: bool,
}

impl Command for OpenAccount {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Platform);
    type Output = User;

    async fn run(self, tx: &mut Tx) -> Result<User, Error> {
        let (user, event) = User::open(&self.account, self.staff, tx.now());
        identity::insert(tx, &user, &self.password, &event)?;
        Ok(user)
    }
}
