//! Serving, and working in the background.

use std::net::TcpListener;

use tokio::signal::unix::{SignalKind, signal};
use tradehall_persistence::migrate;

use crate::app::App;
use crate::config::{Config, DatabaseUrl};
use crate::demo;
use crate::http;
use crate::search::Follower;
use crate::service::{self, Service};
use crate::worker::{self, Worker};

/// Serves until it is told to stop, then finishes what is in flight.
pub(super) async fn serve(config: &Config) -> Result<(), String> {
    prepare(config).await?;
    let app = service::connect_searching(config).await?;
    listen(app, config).await
}

/// Migrates, seeds and serves a market to look at.
pub(super) async fn demo(config: Config) -> Result<(), String> {
    prepare(&config).await?;
    let app = service::connect_searching(&config).await?;
    demo::seed(&app).await.map_err(|error| error.to_string())?;
    println!("{}", demo::WELCOME.replace("{url}", &config.http.public_url));
    listen(app, &config).await
}

/// Works without serving.
pub(super) async fn work(config: &Config, once: bool) -> Result<(), String> {
    let app = service::connect(config).await?;
    if once {
        let did = worker::step(&app).await.map_err(|error| error.to_string())?;
        println!("{did:?}");
        return Ok(());
    }
    let worker = Worker::start(app);
    stopped().await?;
    worker.stop().await;
    Ok(())
}

/// The embedded database is this process's own, so it brings it up to date; a server's database is migrated on purpose.
async fn prepare(config: &Config) -> Result<(), String> {
    let url = config.database.url.expose();
    if let DatabaseUrl::Sqlite(path) = &config.database.url {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        migrate::migrate(&url).await.map_err(|error| error.to_string())?;
        return Ok(());
    }
    match migrate::pending(&url).await.map_err(|error| error.to_string())? {
        0 => Ok(()),
        n => Err(format!("the database lacks {n} schema changes; run `tradehall migrate` first")),
    }
}

async fn listen(app: App, config: &Config) -> Result<(), String> {
    let listener = TcpListener::bind(config.http.listen).map_err(|error| format!("{}: {error}", config.http.listen))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let server = http::serve(Service::new(app.clone(), config)?, listener).map_err(|error| error.to_string())?;
    let follower = Follower::start(app.clone());
    let worker = config.worker.then(|| Worker::start(app.clone()));
    tracing::info!(%address, worker = config.worker, "serving");
    let stop = server.stop();
    let serving = actix_web::rt::spawn(server.run());
    stopped().await?;
    tracing::info!("stopping: requests in flight are finished");
    stop.gracefully().await;
    serving.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
    follower.stop().await;
    if let Some(worker) = worker {
        worker.stop().await;
    }
    app.store().clone().close().await.map_err(|error| error.to_string())
}

/// Returns when the process is asked to end: SIGTERM, or Ctrl-C.
async fn stopped() -> Result<(), String> {
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted.map_err(|error| error.to_string()),
        _ = terminate.recv() => Ok(()),
    }
}
