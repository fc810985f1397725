//! One request of one actor: how it reads, and the one way in which it changes anything.

use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use tracing::Instrument;
use tradehall_domain::access::{Actor, Permission, SystemTask};
use tradehall_domain::identity::LoginId;
use tradehall_domain::language::Language;
use tradehall_persistence::idempotency::{self, Receipt};
use tradehall_persistence::{Meter, Tx};

use super::{App, Command, Error, Repeatable, network};

/// What is known of a request before anybody is known behind it.
#[derive(Debug, Clone, Default)]
pub struct RequestMeta {
    /// Names the request in answers and logs.
    pub request_id: String,
    /// The language of messages.
    pub language: Language,
    /// Where it comes from.
    pub remote: Option<IpAddr>,
}

/// One request of one actor. Cheap to clone; clones share the read transaction.
#[derive(Clone)]
pub struct Session {
    app: App,
    actor: Actor,
    meta: RequestMeta,
    expires_at: Option<Timestamp>,
    login: Option<LoginId>,
    meter: Meter,
    reading: Arc<Mutex<Option<Arc<Tx>>>>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("actor", &self.actor).field("meta", &self.meta).finish_non_exhaustive()
    }
}

impl Session {
    /// A request of `actor`, whose credential is good until `expires_at`.
    #[must_use]
    pub fn new(app: App, actor: Actor, meta: RequestMeta, expires_at: Option<Timestamp>) -> Self {
        Self { app, actor, meta, expires_at, login: None, meter: Meter::default(), reading: Arc::default() }
    }

    /// The same request, known to come from `login`.
    #[must_use]
    pub fn in_login(self, login: LoginId) -> Self {
        Self { login: Some(login), ..self }
    }

    /// The same actor's next request: a fresh meter and a fresh read transaction.
    #[must_use]
    pub fn renewed(&self) -> Self {
        self.renewed_as(self.actor)
    }

    /// The same, with what the actor may do by now.
    #[must_use]
    pub fn renewed_as(&self, actor: Actor) -> Self {
        let next = Self::new(self.app.clone(), actor, self.meta.clone(), self.expires_at);
        Self { login: self.login, ..next }
    }

    /// The market.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// Who asks.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What else is known of the request.
    #[must_use]
    pub const fn meta(&self) -> &RequestMeta {
        &self.meta
    }

    /// The language of messages.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.meta.language
    }

    /// When the credential ends.
    #[must_use]
    pub const fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    /// The login of the person who asks; none for a key.
    #[must_use]
    pub const fn login(&self) -> Option<LoginId> {
        self.login
    }

    /// What the request has cost the database so far.
    #[must_use]
    pub const fn meter(&self) -> &Meter {
        &self.meter
    }

    /// The name under which the caller's requests are counted: the organization, the person, else the network that the address is of.
    #[must_use]
    pub fn rate_key(&self) -> String {
        let principal: Option<uuid::Uuid> = self.actor.principal.into();
        match (self.actor.organization, principal, self.meta.remote) {
            (Some(organization), _, _) => organization.to_string(),
            (None, Some(principal), _) => principal.to_string(),
            (None, None, Some(address)) => network(address).to_string(),
            (None, None, None) => "unknown".to_owned(),
        }
    }

    /// Refuses an actor who may not do what `permission` names.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] when nobody is signed in, else [`Error::Forbidden`].
    pub fn require(&self, permission: Permission) -> Result<(), Error> {
        if self.actor.may(permission) {
            Ok(())
        } else if self.actor.is_anonymous() {
            Err(Error::Unauthenticated)
        } else {
            Err(Error::Forbidden(permission))
        }
    }

    /// The request's read transaction, opened when the first field needs it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection is to be had in time.
    pub async fn reading(&self) -> Result<Arc<Tx>, Error> {
        let mut reading = self.reading.lock().await;
        if let Some(tx) = reading.as_ref() {
            return Ok(tx.clone());
        }
        let tx = Arc::new(self.app.store().read(self.actor, self.meter.clone()).await?);
        *reading = Some(tx.clone());
        Ok(tx)
    }

    /// A transaction that reads across tenants for `task`, if the actor may do what `permission` names.
    ///
    /// # Errors
    /// As [`Session::require`] and [`Session::reading`].
    pub async fn reading_across(&self, permission: Permission, task: SystemTask) -> Result<Tx, Error> {
        self.require(permission)?;
        Ok(self.app.store().read(self.actor.at(task), self.meter.clone()).await?)
    }

    /// A transaction that reads what `command` may touch, for its recall.
    async fn begin<C: Command>(&self) -> Result<Tx, Error> {
        self.require(C::PERMISSION)?;
        // What was read before the change is not shown after it.
        *self.reading.lock().await = None;
        let actor = C::ACROSS.map_or(self.actor, |task| self.actor.at(task));
        Ok(self.app.store().write(actor, self.meter.clone()).await?)
    }

    /// Does what `command` asks for, whole or not at all: permission, begin, run, commit.
    ///
    /// # Errors
    /// The command's own, that the actor may not, or that the database is away. Then nothing was kept.
    pub async fn execute<C: Command>(&self, command: C) -> Result<C::Output, Error> {
        let span = tracing::info_span!("command", name = std::any::type_name::<C>());
        async {
            let mut tx = self.begin::<C>().await?;
            let output = command.run(&mut tx).await?;
            tx.commit().await?;
            Ok(output)
        }
        .instrument(span)
        .await
    }

    /// The same, once per idempotency key: the same key and input answers the first result, another input is a conflict.
    ///
    /// # Errors
    /// As [`Session::execute`], and [`Error::Conflict`] when the key stands for something else.
    pub async fn execute_once<C: Repeatable>(&self, command: C) -> Result<C::Output, Error> {
        let Some(key) = command.key().map(|key| key.as_str().to_owned()) else {
            return self.execute(command).await;
        };
        let span = tracing::info_span!("command", name = C::NAME);
        async {
            let fingerprint = fingerprint(&command);
            let tx = self.begin::<C>().await?;
            if let Some(receipt) = idempotency::find(&tx, &key).await? {
                return recall::<C>(&tx, &receipt, &fingerprint).await;
            }
            let error = match once(tx, command, &key, &fingerprint).await {
                Ok(output) => return Ok(output),
                Err(error @ (Error::Unavailable(_) | Error::Overloaded)) => return Err(error),
                Err(error) => error,
            };
            // Whatever stood in the way may be what the same request made on another connection while this one waited: a lock, a
            // status, any unique index. Then that result stands; ours was rolled back.
            let tx = self.begin::<C>().await?;
            let receipt = idempotency::find(&tx, &key).await?.ok_or(error)?;
            recall::<C>(&tx, &receipt, &fingerprint).await
        }
        .instrument(span)
        .await
    }
}

/// Does what `command` asks for and keeps the receipt beside it.
async fn once<C: Repeatable>(mut tx: Tx, command: C, key: &str, fingerprint: &str) -> Result<C::Output, Error> {
    let output = command.run(&mut tx).await?;
    let receipt = Receipt {
        key: key.to_owned(),
        command: C::NAME.to_owned(),
        fingerprint: fingerprint.to_owned(),
        made: C::receipt(&output),
    };
    idempotency::keep(&mut tx, &receipt)?;
    tx.commit().await?;
    Ok(output)
}

async fn recall<C: Repeatable>(tx: &Tx, receipt: &Receipt, fingerprint: &str) -> Result<C::Output, Error> {
    if receipt.command != C::NAME || receipt.fingerprint != fingerprint {
        return Err(Error::Conflict("this idempotency key was used for another request"));
    }
    C::recall(tx, &receipt.made).await
}

/// SHA-256 of the command as it prints: the same values print the same.
fn fingerprint(command: &impl std::fmt::Debug) -> String {
    let digest = Sha256::digest(format!("{command:?}").as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
