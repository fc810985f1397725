//! The harness: a fresh market for every test, people in it, and the operations that they send.

pub mod client;
pub mod cluster;
pub mod errand;
pub mod live;
pub mod meeting;
pub mod operation;
pub mod person;
pub mod raw;
pub mod tables;
pub mod world;

pub use client::Client;
pub use live::Live;
pub use meeting::id_of;
pub use person::{Answer, Person};
pub use raw::Raw;
pub use serde_json::json;
pub use world::{ENTITLED, World};

/// A story: an async test that runs once on each engine, each time in a market of its own.
///
/// ```ignore
/// story! {
///     async fn a_venue_is_opened(world) { … }
/// }
/// ```
#[macro_export]
macro_rules! story {
    ($(#[$meta:meta])* async fn $name:ident($world:ident) $body:block) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn told($world: $crate::World) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                told($crate::World::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                told($crate::World::postgres().await).await;
            }
        }
    };
}

/// Says that a test did nothing for want of something. Straight to standard error: what is printed by a test that passes is swallowed.
/// The runner must let it through too, see `.config/nextest.toml`.
pub fn skipped(why: &str) {
    use std::io::Write as _;
    // Where nobody listens, nobody is told.
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

/// A client for real requests over HTTP.
pub fn client() -> reqwest::Client {
    tradehall::tls::provide();
    reqwest::Client::new()
}
