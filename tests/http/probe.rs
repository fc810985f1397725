//! A small application behind the real transport, and how a test asks it.

mod schema;

use std::{
    future::pending,
    net::{SocketAddr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    thread::JoinHandle,
    time::Duration,
};

use async_graphql::{Data, Schema};
use schema::{Mutation, Query, Ticks};
use serde_json::Value as Json;
use tokio::sync::Notify;
use tradehall::http::{Application, AuthError, Caller, HttpSettings, RequestMeta, Stop, serve};

/// Longer than anything here takes: what is waited for so long will not come.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The application. Clones share what they count.
#[derive(Clone)]
pub struct Probe {
    schema: Schema<Query, Mutation, Ticks>,
    unvalidated_schema: Schema<Query, Mutation, Ticks>,
    settings: HttpSettings,
    pub seen: Arc<Seen>,
}

/// What resolvers saw.
#[derive(Default)]
pub struct Seen {
    pub mutations: AtomicUsize,
    /// Operations that are waiting in `wait` or `endless`.
    pub waiting: AtomicUsize,
    /// Told whenever `waiting` changes.
    pub changed: Notify,
    /// Lets those in `wait` go.
    pub release: Notify,
    pub unready: AtomicUsize,
}

impl Seen {
    /// Waits until so many operations wait.
    pub async fn waiting(&self, expected: usize) {
        let arrived = async {
            loop {
                let changed = self.changed.notified();
                if self.waiting.load(SeqCst) == expected {
                    return;
                }
                changed.await;
            }
        };
        tokio::time::timeout(PATIENCE, arrived).await.expect("the number of waiting operations never came");
    }
}

/// One more that waits, until it is dropped.
struct Waiting(Arc<Seen>);

impl Waiting {
    fn new(seen: &Arc<Seen>) -> Self {
        seen.waiting.fetch_add(1, SeqCst);
        seen.changed.notify_waiters();
        Self(Arc::clone(seen))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, SeqCst);
        self.0.changed.notify_waiters();
    }
}

#[derive(Clone)]
pub struct Guest {
    name: String,
    expires_at: Option<jiff::Timestamp>,
}

/// In request data by `into_data` alone.
struct Fresh(&'static str);

impl Caller for Guest {
    fn is_visitor(&self) -> bool {
        self.name == "anonymous"
    }

    fn rate_key(&self) -> String {
        self.name.clone()
    }

    fn expires_at(&self) -> Option<jiff::Timestamp> {
        self.expires_at
    }

    fn renewed(&self) -> Self {
        self.clone()
    }

    fn into_data(self) -> Data {
        let mut data = Data::default();
        data.insert(Fresh("fresh"));
        data
    }
}

impl Application for Probe {
    type Schema = Schema<Query, Mutation, Ticks>;
    type Session = Guest;

    fn schema(&self) -> &Self::Schema {
        &self.schema
    }

    fn unvalidated_schema(&self) -> Option<&Self::Schema> {
        Some(&self.unvalidated_schema)
    }

    fn settings(&self) -> &HttpSettings {
        &self.settings
    }

    async fn authenticate(&self, authorization: Option<&str>, _: RequestMeta) -> std::result::Result<Guest, AuthError> {
        let guest = |name: &str| Guest { name: name.to_owned(), expires_at: None };
        match authorization {
            None => Ok(guest("anonymous")),
            Some("Bearer good") => Ok(guest("good")),
            Some("Bearer other") => Ok(guest("other")),
            Some("Bearer brief") => {
                let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_millis(300);
                Ok(Guest { expires_at: Some(soon), ..guest("brief") })
            }
            Some("Bearer late") => pending().await,
            Some("Bearer old") => Err(AuthError::Expired),
            Some("Bearer down") => Err(AuthError::Unavailable),
            Some(_) => Err(AuthError::Invalid),
        }
    }

    async fn ready(&self) -> std::result::Result<(), String> {
        if self.seen.unready.load(SeqCst) > 0 { Err("the database at 10.0.0.7 is gone".to_owned()) } else { Ok(()) }
    }
}

/// A running server; dropping it stops it.
pub struct Server {
    pub address: SocketAddr,
    pub seen: Arc<Seen>,
    pub stop: Stop,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

/// Starts the probe with settings that differ from the defaults.
pub fn start_with(change: impl FnOnce(&mut HttpSettings)) -> Server {
    let mut settings =
        HttpSettings { workers: Some(1), stop_timeout: Duration::from_secs(10), ..HttpSettings::default() };
    change(&mut settings);
    let seen = Arc::new(Seen::default());
    let builder = || Schema::build(Query(Arc::clone(&seen)), Mutation(Arc::clone(&seen)), Ticks(Arc::clone(&seen)));
    let (schema, unvalidated_schema) =
        (builder().finish(), builder().validation_mode(async_graphql::ValidationMode::Fast).finish());
    let probe = Probe { schema, unvalidated_schema, settings, seen: Arc::clone(&seen) };

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (started, stop) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
            let server = serve(probe, listener)?;
            started.send(server.stop()).unwrap();
            server.run().await
        })
    });
    Server { address, seen, stop: stop.recv().unwrap(), thread: Some(thread) }
}

/// Starts the probe.
pub fn start() -> Server {
    start_with(|_| {})
}

impl Server {
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A request by POST, as a current client sends it.
    pub fn post(&self) -> reqwest::RequestBuilder {
        tradehall_tests::client()
            .post(self.url("/graphql"))
            .header("content-type", "application/json")
            .header("accept", "application/graphql-response+json")
    }

    pub fn get(&self, path_and_query: &str) -> reqwest::RequestBuilder {
        tradehall_tests::client().get(self.url(path_and_query)).header("accept", "application/graphql-response+json")
    }

    /// The status and answer of a query.
    pub async fn ask(&self, query: &str) -> (u16, Json) {
        self.send(serde_json::json!({ "query": query })).await
    }

    /// The status and answer of a request.
    pub async fn send(&self, request: Json) -> (u16, Json) {
        answer(self.post().body(request.to_string())).await
    }

    /// Returns once the server has stopped by itself or by [`Server::stop`].
    pub fn join(mut self) -> std::io::Result<()> {
        self.thread.take().unwrap().join().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Whoever still waits would keep the server waiting.
        self.seen.release.notify_waiters();
        if let Some(thread) = self.thread.take() {
            let stop = self.stop.clone();
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(stop.gracefully());
            });
            drop(thread);
        }
    }
}

/// Sends a request; its status and its body as JSON.
pub async fn answer(request: reqwest::RequestBuilder) -> (u16, Json) {
    let response = tokio::time::timeout(PATIENCE, request.send()).await.expect("no answer").unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Json::String(text)))
}

/// The code of the first error.
pub fn code(answer: &Json) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}
