//! The server as the child process of a run.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use tradehall::app::{App, AuthError, Parts, RequestMeta, Session};
use tradehall::attachment::{FileSettings, Files};
use tradehall::config::{Config, Mail, MailTransport};
use tradehall::graphql::{Schema, build};
use tradehall::http::{Application, HttpSettings};
use tradehall::identity::{Identity, IdentitySettings, authenticate};
use tradehall::mail::Mailer;
use tradehall::telemetry::Telemetry;
use tradehall_persistence::{PoolSettings, Store};

use crate::outcome::Outcome;

/// Connections of the server to the database.
const CONNECTIONS: u32 = 24;

/// The market behind the transport.
#[derive(Clone)]
struct Market {
    app: App,
    schema: Schema,
    settings: Arc<HttpSettings>,
}

impl Application for Market {
    type Schema = Schema;
    type Session = Session;

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn settings(&self) -> &HttpSettings {
        &self.settings
    }

    async fn authenticate(&self, authorization: Option<&str>, request: RequestMeta) -> Result<Session, AuthError> {
        authenticate(&self.app, authorization, request).await
    }

    async fn ready(&self) -> Result<(), String> {
        self.app.store().ping().await.map_err(|error| error.to_string())
    }
}

/// A market on `store` that sends no mail.
pub fn app(store: Store) -> Outcome<App> {
    let transport = MailTransport::Directory(std::env::temp_dir());
    let from = "Market <market@bench.example>".parse()?;
    Ok(App::new(Parts {
        store,
        identity: Identity::new(IdentitySettings::default()),
        mailer: Mailer::new(&Mail { from, transport }, "http://bench.example")?,
        files: Files::open("memory:", FileSettings::default())?,
    }))
}

/// A market on the database at that URL, with as many connections as the server has.
pub async fn open(database: &str) -> Outcome<App> {
    app(Store::open(database, PoolSettings { connections: CONNECTIONS, ..PoolSettings::default() }).await?)
}

/// Serves until the process ends.
pub async fn serve(database: &str, port: u16) -> Outcome<()> {
    // Logs as a server has them by default: one line per operation.
    let telemetry = Telemetry::start(&Config::parse(&|_| None)?.telemetry)?;
    let settings = HttpSettings { rate: None, ..HttpSettings::default() };
    let market = Market { app: open(database).await?, schema: build(), settings: Arc::new(settings) };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    tradehall::http::serve(market, listener)?.run().await?;
    telemetry.stop();
    Ok(())
}
