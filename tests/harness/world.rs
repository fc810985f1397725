//! A market of one test's own.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tradehall::app::{App, Parts};
use tradehall::attachment::{FileSettings, Files};
use tradehall::config::{Mail, MailTransport};
use tradehall::graphql::{Schema, build};
use tradehall::identity::{Identity, IdentitySettings, PasswordCost};
use tradehall::mail::Mailer;
use tradehall_domain::access::{Actor, Permission, PermissionSet, Principal, SystemRole, SystemTask};
use tradehall_domain::id::Id;
use tradehall_domain::language::Language;
use tradehall_domain::organization::{
    Capabilities, Capability, CapabilityStatus, Dossier, Entitlement, OrganizationDraft, OrganizationId, Verification,
};
use tradehall_persistence::migrate::migrate;
use tradehall_persistence::search::follow;
use tradehall_persistence::search::index::SearchIndex;
use tradehall_persistence::{Meter, PoolSettings, Store, Tx, organization};

use crate::Person;
use crate::cluster::{fresh_database, fresh_file};

/// What a verified organization that buys and sells may act as.
pub const ENTITLED: Entitlement = Entitlement {
    capabilities: Capabilities {
        buyer: Some(CapabilityStatus::Granted),
        seller: Some(CapabilityStatus::Granted),
        operator: None,
    },
    verification: Verification::Verified,
};

/// A market with a clock that stands still until the test moves it.
#[derive(Clone)]
pub struct World {
    /// The market.
    pub app: App,
    /// Its schema.
    pub schema: Schema,
    /// Where its database is.
    pub url: String,
    /// Where its mails go.
    pub mail: Arc<TempDir>,
    clock: Arc<AtomicI64>,
    /// How many microseconds pass each time that somebody looks at the clock.
    pace: Arc<AtomicI64>,
}

/// When every test begins.
pub const DAWN: &str = "2026-03-02T08:00:00Z";

impl World {
    /// A market on the embedded database.
    pub async fn sqlite() -> Self {
        Self::open(&fresh_file(async |url| migrated(url).await).await).await
    }

    /// A market on PostgreSQL.
    pub async fn postgres() -> Self {
        Self::open(&fresh_database(async |url| migrated(url).await).await).await
    }

    /// A market on PostgreSQL in which a statement may take only so long.
    pub async fn hurried(statement_timeout: Duration) -> Self {
        let url = fresh_database(async |url| migrated(url).await).await;
        Self::pooled(&url, PoolSettings { connections: 8, statement_timeout, ..PoolSettings::default() }).await
    }

    /// A market on the embedded database that begins at another time than dawn: timers of the transport go by the real one.
    pub async fn sqlite_at(now: Timestamp) -> Self {
        let world = Self::sqlite().await;
        world.clock.store(now.as_microsecond(), Ordering::SeqCst);
        world
    }

    /// The market in a migrated database, at dawn.
    pub async fn open(url: &str) -> Self {
        Self::pooled(url, PoolSettings { connections: 8, ..PoolSettings::default() }).await
    }

    async fn pooled(url: &str, pools: PoolSettings) -> Self {
        // Faults of ours leave only a request id in the answer: a failed test shows what is logged about them.
        let _ = tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::ERROR)
            .with_test_writer()
            .try_init();
        let dawn: Timestamp = DAWN.parse().unwrap();
        let clock = Arc::new(AtomicI64::new(dawn.as_microsecond()));
        let hands = clock.clone();
        let pace = Arc::new(AtomicI64::new(0));
        let step = pace.clone();
        let tell = Arc::new(move || {
            let now = hands.fetch_add(step.load(Ordering::SeqCst), Ordering::SeqCst);
            Timestamp::from_microsecond(now).unwrap()
        });
        let store = Store::open_with_clock(url, pools, tell).await.unwrap();
        let store = store.searching(SearchIndex::open(None).unwrap());
        let mail = Arc::new(TempDir::new().unwrap());
        let files = Files::open("memory:", FileSettings::default()).unwrap();
        let app = app(store, &mail, files);
        Self { app, schema: build(), url: url.to_owned(), mail, clock, pace }
    }

    /// The same market, with its files kept elsewhere.
    pub fn keeping(self, files: Files) -> Self {
        let app = app(self.app.store().clone(), &self.mail, files);
        Self { app, ..self }
    }

    /// The same market, with its index of products in that folder.
    pub fn searching(self, folder: &Path) -> Self {
        let store = self.app.store().clone().searching(SearchIndex::open(Some(folder)).unwrap());
        let app = app(store, &self.mail, self.app.files().clone());
        Self { app, ..self }
    }

    /// Puts every product of the database into an index of its own, as a node does that has none.
    pub async fn index(&self) {
        while follow(self.app.store()).await.unwrap().more {}
    }

    /// Closes its database, as a process does that ends well.
    pub async fn close(self) {
        self.app.store().clone().close().await.unwrap();
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.app.store().now()
    }

    /// The same market with a clock that, as real ones do, never tells the same time twice: what depends on one time and asks for it twice
    /// is found out.
    pub fn ticking(self) -> Self {
        self.pace.store(1, Ordering::SeqCst);
        self
    }

    /// Moves the clock forward.
    pub fn pass(&self, time: SignedDuration) {
        let micros = i64::try_from(time.as_micros()).unwrap();
        self.clock.fetch_add(micros, Ordering::SeqCst);
    }

    /// A transaction of the market itself.
    pub async fn system(&self, task: SystemTask) -> Tx {
        self.app.store().write(Actor::system(task), Meter::default()).await.unwrap()
    }

    /// A verified organization of that name.
    pub async fn organization(&self, name: &str) -> OrganizationId {
        self.organization_at(name, Verification::Verified).await
    }

    /// An organization that the market's check has brought that far.
    pub async fn organization_at(&self, name: &str, verification: Verification) -> OrganizationId {
        let mut tx = self.system(SystemTask::Import).await;
        let capabilities = vec![Capability::Buyer, Capability::Seller];
        let draft =
            OrganizationDraft { name: name.to_owned(), country: "VN".to_owned(), capabilities, ..Default::default() };
        let (mut dossier, events) = Dossier::found(&draft, tx.now()).unwrap();
        dossier.organization.verification = verification;
        if verification == Verification::Verified {
            dossier.organization.capabilities.seller = Some(CapabilityStatus::Granted);
        }
        organization::insert(&mut tx, &dossier, &events).unwrap();
        tx.commit().await.unwrap();
        dossier.organization.id
    }

    /// Somebody with that role in that organization, which may buy and sell.
    pub fn member(&self, organization: OrganizationId, role: SystemRole) -> Person {
        self.person(Some(organization), role.permissions())
    }

    /// The owner of a verified organization that buys.
    pub async fn buyer(&self) -> Person {
        let organization = self.organization("Bách Hóa Buyer").await;
        self.member(organization, SystemRole::Owner)
    }

    /// The owner of a verified organization that sells.
    pub async fn seller(&self, name: &str) -> Person {
        let organization = self.organization(name).await;
        self.member(organization, SystemRole::Owner)
    }

    /// Platform staff.
    pub fn staff(&self) -> Person {
        self.person(None, PermissionSet::of(&[Permission::PlatformVerify, Permission::PlatformOperate]))
    }

    /// Somebody who is signed in and has nothing to do with anybody.
    pub async fn stranger(&self) -> Person {
        let organization = self.organization("Stranger").await;
        self.member(organization, SystemRole::Owner)
    }

    /// Somebody who is not signed in.
    pub fn nobody(&self) -> Person {
        self.acting(Actor::ANONYMOUS)
    }

    fn person(&self, organization: Option<OrganizationId>, permissions: PermissionSet) -> Person {
        let principal = Principal::User(Id::new());
        let entitlement = if organization.is_some() { ENTITLED } else { Entitlement::NONE };
        self.acting(Actor { principal, organization, entitlement, permissions, task: None })
    }

    /// Whoever that is.
    pub fn acting(&self, actor: Actor) -> Person {
        Person { app: self.app.clone(), schema: self.schema.clone(), actor, language: Language::English }
    }
}

fn app(store: Store, mail: &TempDir, files: Files) -> App {
    let from = "Market <market@example.com>".parse().unwrap();
    let transport = MailTransport::Directory(mail.path().to_owned());
    let mailer = Mailer::new(&Mail { from, transport }, "https://market.example").unwrap();
    // The cheapest hash that is still Argon2id: what it costs is no matter of a story.
    let password = PasswordCost { memory_kib: 64, iterations: 1, lanes: 1 };
    let identity = Identity::new(IdentitySettings { password, ..IdentitySettings::default() });
    App::new(Parts { store, identity, mailer, files })
}

async fn migrated(url: &str) {
    migrate(url).await.unwrap();
}
