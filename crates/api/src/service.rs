//! The market as the transport sees it: the application, its schema and how it is served.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::path::Path;

use actix_web::web;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use tradehall_domain::attachment::MediaType;
use tradehall_domain::identity::Rate as AttemptRate;
use tradehall_persistence::search::index::SearchIndex;
use tradehall_persistence::{PoolSettings, Store};

use crate::app::{App, AuthError, Parts, RequestMeta, Session};
use crate::attachment::{self, FileSettings, Files};
use crate::config::{self, Config};
use crate::graphql::{Schema, build_unvalidated, build_with};
use crate::http::{Application, HttpSettings, Rate, SocketSettings};
use crate::identity::{self, Identity, IdentitySettings, PasswordCost};
use crate::mail::Mailer;

/// A market that can be served. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    app: App,
    schema: Schema,
    unvalidated_schema: Schema,
    settings: HttpSettings,
}

/// Connects to everything that the configuration names; nothing is served and no work is begun yet.
///
/// # Errors
/// What cannot be reached or used, in a sentence.
pub async fn connect(config: &Config) -> Result<App, String> {
    connected(config, None).await
}

/// The same, with the index of products that searches need; one process at a time may follow the database with it.
///
/// # Errors
/// As [`connect`]; an index that cannot be opened.
pub async fn connect_searching(config: &Config) -> Result<App, String> {
    let index = SearchIndex::open(Some(&config.search));
    let index = index.map_err(|error| format!("{}: {error}", config.search.display()))?;
    connected(config, Some(index)).await
}

async fn connected(config: &Config, index: Option<SearchIndex>) -> Result<App, String> {
    let pools = PoolSettings {
        connections: config.database.read_connections.max(config.database.write_connections),
        acquire_timeout: config.database.acquire_timeout,
        statement_timeout: config.database.statement_timeout,
    };
    let store = Store::open(&config.database.url.expose(), pools).await.map_err(|error| error.to_string())?;
    let store = match index {
        Some(index) => store.searching(index),
        None => store,
    };
    let mailer = Mailer::new(&config.mail, &config.http.public_url)?;
    let files = Files::configured(&config.files, file_settings(config)?)?;
    let identity = Identity::new(identity_settings(config)?);
    Ok(App::new(Parts { store, identity, mailer, files }))
}

impl Service {
    /// `app`, served as the configuration says.
    ///
    /// # Errors
    /// Trusted documents that cannot be read.
    pub fn new(app: App, config: &Config) -> Result<Self, String> {
        let schema = build_with(config.http.introspection);
        Ok(Self { app, schema, unvalidated_schema: build_unvalidated(), settings: http_settings(config)? })
    }
}

impl Application for Service {
    type Schema = Schema;
    type Session = Session;

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn unvalidated_schema(&self) -> Option<&Schema> {
        Some(&self.unvalidated_schema)
    }

    fn settings(&self) -> &HttpSettings {
        &self.settings
    }

    async fn authenticate(&self, authorization: Option<&str>, request: RequestMeta) -> Result<Session, AuthError> {
        identity::authenticate(&self.app, authorization, request).await
    }

    async fn ready(&self) -> Result<(), String> {
        self.app.store().ping().await.map_err(|error| error.to_string())
    }

    fn configure(&self, config: &mut web::ServiceConfig) {
        config.app_data(web::Data::new(self.app.clone()));
        config.configure(attachment::routes);
        config.route("/.well-known/jwks.json", web::get().to(jwks));
    }
}

/// The public keys that access tokens are checked with (RFC 7517), for other services.
async fn jwks(app: web::Data<App>) -> actix_web::HttpResponse {
    match identity::jwks(&app).await {
        Ok(keys) => actix_web::HttpResponse::Ok()
            .insert_header(("cache-control", "public, max-age=300"))
            .content_type("application/jwk-set+json")
            .body(keys),
        Err(error) => {
            tracing::error!(%error, "the signing keys cannot be read");
            actix_web::HttpResponse::ServiceUnavailable().finish()
        }
    }
}

fn http_settings(config: &Config) -> Result<HttpSettings, String> {
    let http = &config.http;
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let rate = config.access.rate.as_ref().and_then(|rate| {
        Some(Rate { per_second: NonZeroU32::new(rate.per_second)?, burst: NonZeroU32::new(rate.burst)? })
    });
    Ok(HttpSettings {
        body_limit: http.body_limit_bytes,
        batch_max: number(http.batch_max),
        graphiql: http.graphiql,
        introspection: http.introspection,
        metrics: http.metrics,
        cors_origins: http.cors_origins.clone(),
        proxy_hops: number(http.proxy_hops),
        execution_timeout: http.execution_timeout,
        trusted_documents: http.trusted_documents.as_deref().map(trusted).transpose()?,
        rate,
        socket: SocketSettings {
            connections_per_address: number(http.connections_per_address),
            ..SocketSettings::default()
        },
        workers: http.threads.map(number),
        stop_timeout: http.shutdown_timeout,
        ..HttpSettings::default()
    })
}

/// The documents below a folder by the SHA-256 of their text.
fn trusted(folder: &Path) -> Result<HashMap<String, String>, String> {
    let mut found = HashMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let said = |error: std::io::Error| format!("{}: {error}", folder.display());
        for entry in std::fs::read_dir(&folder).map_err(said)? {
            let path = entry.map_err(said)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "graphql") {
                let text = std::fs::read_to_string(&path).map_err(said)?;
                let hash = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
                found.insert(hash, text);
            }
        }
    }
    Ok(found)
}

fn identity_settings(config: &Config) -> Result<IdentitySettings, String> {
    let access = &config.access;
    let window = span(access.login.window)?;
    let usual = IdentitySettings::default();
    Ok(IdentitySettings {
        issuer: config.http.public_url.clone(),
        access_lifetime: span(access.access_token_lifetime)?,
        refresh_lifetime: span(access.refresh_token_lifetime)?,
        password: PasswordCost {
            memory_kib: access.password_hash.memory_kib,
            iterations: access.password_hash.iterations,
            ..usual.password
        },
        password_slots: usize::try_from(access.password_hash.slots).unwrap_or(usual.password_slots),
        account_rate: AttemptRate { attempts: access.login.failures_per_account, window },
        address_rate: AttemptRate { attempts: access.login.failures_per_address, window },
        ..usual
    })
}

fn file_settings(config: &config::Config) -> Result<FileSettings, String> {
    let mut settings = FileSettings::default();
    settings.uploads.size_max = i64::try_from(config.http.upload_limit_bytes).map_err(|error| error.to_string())?;
    settings.uploads.media_types = config
        .http
        .upload_media_types
        .iter()
        .map(|name| {
            MediaType::ALL
                .iter()
                .copied()
                .find(|known| known.as_str() == name)
                .ok_or_else(|| format!("{name} is no media type that can be inspected"))
        })
        .collect::<Result<_, _>>()?;
    Ok(settings)
}

fn span(duration: std::time::Duration) -> Result<SignedDuration, String> {
    SignedDuration::try_from(duration).map_err(|error| error.to_string())
}
