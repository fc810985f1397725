//! What whoever runs the server does about accounts.

use tradehall_domain::access::{Actor, SystemTask};
use tradehall_domain::identity::{NewAccount, SignUpDraft, User};
use tradehall_domain::language::Language;
use tradehall_persistence::{Meter, identity};

use super::commands::OpenAccount;
use crate::app::{App, Error, RequestMeta, Session};

/// An account to open from the command line.
#[derive(Clone, Copy)]
pub struct NewUser<'a> {
    /// The e-mail address, which nobody has to confirm.
    pub email: &'a str,
    /// The password.
    pub password: &'a str,
    /// What others call the person.
    pub full_name: &'a str,
    /// The language of the person's mails.
    pub language: Language,
    /// Whether the person works for the market itself.
    pub staff: bool,
}

/// Opens an account without a mail, for `tradehall user create` and the demo.
///
/// # Errors
/// What is wrong with it, [`EmailTaken`](tradehall_domain::problem::Code::EmailTaken) among it.
pub async fn create_user(app: &App, new: NewUser<'_>) -> Result<User, Error> {
    let draft =
        SignUpDraft { email: new.email.to_owned(), full_name: new.full_name.to_owned(), language: new.language };
    let account = NewAccount::parse(&draft)?;
    let password = account.choose(new.password).map_err(|problem| problem.at("password"))?;
    let password = app.identity().hasher.hash(password).await?;
    let session = Session::new(app.clone(), Actor::system(SystemTask::Platform), RequestMeta::default(), None);
    session.execute(OpenAccount { account, password, staff: new.staff }).await
}

/// Forgets logins, sign-ups, resets and counts of attempts that mean nothing any more; the worker calls it now and then. Answers how
/// many rows went.
///
/// # Errors
/// When the database is away.
pub async fn sweep(app: &App) -> Result<u64, Error> {
    let mut tx = app.store().write(Actor::system(SystemTask::Timers), Meter::default()).await?;
    let now = tx.now();
    let swept = identity::sweep(&mut tx, now).await?;
    tx.commit().await?;
    Ok(swept)
}
