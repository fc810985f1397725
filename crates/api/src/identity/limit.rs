//! Limits on trying: counted in the database, so that they hold across nodes, and under keys that do not tell whether there is an
//! account.

use sha2::{Digest as _, Sha256};
use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::email::Email;
use tradehall_domain::identity::{Rate, UserId};
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::{Tx, identity};
use uuid::Uuid;

use crate::app::{Command, Error, Session, network};

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    /// The row under which it is counted.
    pub key: Uuid,
    /// How much of it is borne.
    pub rate: Rate,
}

impl Counter {
    /// Guesses at the password of one account.
    pub fn account(session: &Session, email: &Email) -> Self {
        Self::of("account", &email.normal(), session.app().identity().settings().account_rate)
    }

    /// Guesses at the password of somebody who is signed in.
    pub fn person(session: &Session, user: UserId) -> Self {
        Self::of("person", &user.to_string(), session.app().identity().settings().account_rate)
    }

    /// Mails to one address that strangers ask for.
    fn mail(session: &Session, email: &Email) -> Self {
        Self::of("mail", &email.normal(), session.app().identity().settings().mail_rate)
    }

    /// Invitations to one address, from whichever organization.
    pub fn invitation(session: &Session, email: &Email) -> Self {
        Self::of("invitation", &email.normal(), session.app().identity().settings().mail_rate)
    }

    /// Everything that comes from one network address, if it is known.
    pub fn address(session: &Session) -> Option<Self> {
        let rate = session.app().identity().settings().address_rate;
        let network = network(session.meta().remote?);
        Some(Self::of("address", &network.to_string(), rate))
    }

    /// What is counted when a stranger has the market mail somebody.
    pub fn mailed(session: &Session, email: &Email) -> Vec<Self> {
        Self::address(session).into_iter().chain([Self::mail(session, email)]).collect()
    }

    fn of(kind: &str, what: &str, rate: Rate) -> Self {
        let digest = Sha256::digest(format!("{kind}\0{what}").as_bytes());
        let mut key = [0; 16];
        key.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self { key: Uuid::from_bytes(key), rate }
    }
}

/// Takes up one attempt of each counter, before anything is tried.
#[derive(Debug)]
pub struct Attempt {
    /// What is counted.
    pub counters: Vec<Counter>,
}

impl Command for Attempt {
    const PERMISSION: Permission = Permission::Anyone;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = ();

    async fn run(self, tx: &mut Tx) -> Result<(), Error> {
        for counter in self.counters {
            if let Some(time) = identity::admit(tx, counter.key, counter.rate).await? {
                return Err(Problem::new(Code::TooManyAttempts).with("time", whole_second(time)).into());
            }
        }
        Ok(())
    }
}

/// The next whole second: who waits for it has waited long enough.
fn whole_second(time: jiff::Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_second(time.as_second() + 1).unwrap_or(time)
}

/// When an attempt that was refused for its number may be made again.
pub fn retry_at(error: &Error) -> Option<jiff::Timestamp> {
    let Error::Refused(problems) = error else { return None };
    let problem = problems.iter().find(|problem| problem.code == Code::TooManyAttempts)?;
    problem.figures.iter().find(|(name, _)| *name == "time").and_then(|(_, time)| time.parse().ok())
}
