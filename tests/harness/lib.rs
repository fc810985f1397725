//! The harness: a fresh market for every test, people in it, and the operations that they send.

pub mod cluster;
pub mod operation;
pub mod person;
pub mod world;

pub use person::{Answer, Person};
pub use serde_json::json;
pub use world::World;

/// A story: an async test that runs once on each engine, each time in a market of its own.
///
/// It runs on one thread, as each worker of the server does: on several, a loader's task would start beside the fields that still
/// enqueue their keys, and how many statements an answer costs would be chance.
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

            #[tokio::test]
            async fn on_sqlite() {
                told($crate::World::sqlite().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                told($crate::World::postgres().await).await;
            }
        }
    };
}
