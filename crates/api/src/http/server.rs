//! The server: routes, workers, and how it stops.

use std::{io, net::TcpListener, sync::Arc, time::Duration};

use actix_web::{
    App, HttpServer,
    dev::ServerHandle,
    middleware::{Compress, from_fn},
    web,
};
use tokio::sync::watch;

use super::{application::Application, cors, endpoint, envelope, gateway::Gateway, graphiql, health};

/// How long an idle connection is kept for the next request.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// A server that listens. Dropping it without running it closes the listener.
pub struct Server {
    actix: actix_web::dev::Server,
    stop: Stop,
}

/// Stops a server. Clones stop the same one.
#[derive(Clone)]
pub struct Stop {
    actix: ServerHandle,
    stopping: Arc<watch::Sender<bool>>,
}

impl Server {
    /// What stops it.
    #[must_use]
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Serves until it is stopped and all requests in flight are answered, or their time is up.
    pub async fn run(self) -> io::Result<()> {
        self.actix.await
    }
}

impl Stop {
    /// Takes no more connections, closes sockets with 1001, ends event streams, lets requests in flight finish within
    /// [`super::HttpSettings::stop_timeout`], and returns when all is done.
    pub async fn gracefully(&self) {
        self.stopping.send_replace(true);
        self.actix.stop(true).await;
    }
}

/// Serves `app` on `listener`, which is bound already, so that a port of 0 is known before anything runs. The server works
/// once [`Server::run`] is awaited. Signals are left to the caller.
pub fn serve<A: Application>(app: A, listener: TcpListener) -> io::Result<Server> {
    let settings = app.settings().clone();
    let (stopping, watched) = watch::channel(false);
    let gateway = web::Data::new(Gateway::new(app, watched));
    let mut server = HttpServer::new({
        let settings = settings.clone();
        move || {
            let routes = {
                let gateway = gateway.clone();
                let settings = settings.clone();
                move |config: &mut web::ServiceConfig| {
                    config
                        .service(
                            web::resource("/graphql")
                                .route(web::post().to(endpoint::post::<A>))
                                .route(web::get().to(endpoint::get::<A>))
                                .default_service(web::to(endpoint::other_method)),
                        )
                        .service(
                            web::resource("/health/live")
                                .route(web::get().to(health::live))
                                .route(web::head().to(health::live)),
                        )
                        .service(
                            web::resource("/health/ready")
                                .route(web::get().to(health::ready::<A>))
                                .route(web::head().to(health::ready::<A>)),
                        );
                    if settings.metrics {
                        config.route("/metrics", web::get().to(health::metrics::<A>));
                    }
                    if settings.graphiql {
                        graphiql::configure(config);
                    }
                    gateway.app.configure(config);
                }
            };
            App::new()
                .app_data(gateway.clone())
                .configure(routes)
                .default_service(web::to(endpoint::elsewhere))
                // The last one is the outermost.
                .wrap(from_fn(cors::share::<A>))
                .wrap(Compress::default())
                .wrap(from_fn(envelope::seal::<A>))
        }
    })
    .disable_signals()
    .keep_alive(KEEP_ALIVE)
    .client_request_timeout(HEAD_TIMEOUT)
    // A client that is gone is noticed while its operation runs, and the operation is dropped.
    .h1_allow_half_closed(false)
    .shutdown_timeout(settings.stop_timeout.as_secs().max(1))
    .on_connect(move |io, _| limit_unread(io, settings.socket.send_timeout));
    if let Some(workers) = settings.workers {
        server = server.workers(workers);
    }
    let actix = server.listen(listener)?.run();
    let stop = Stop { actix: actix.handle(), stopping: Arc::new(stopping) };
    Ok(Server { actix, stop })
}

/// Has the kernel end a connection whose client stops reading: a sender that waits in user space would never hear of it.
#[cfg(target_os = "linux")]
fn limit_unread(io: &dyn std::any::Any, timeout: Duration) {
    if let Some(stream) = io.downcast_ref::<actix_web::rt::net::TcpStream>()
        && let Err(error) = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(timeout.saturating_mul(3)))
    {
        tracing::debug!(%error, "no time limit for unread data on this connection");
    }
}

#[cfg(not(target_os = "linux"))]
const fn limit_unread(_: &dyn std::any::Any, _: Duration) {}
