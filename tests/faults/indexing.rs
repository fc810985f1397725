//! A node that dies while it brings its index up to the database.

use serde_json::json;
use tempfile::TempDir;
use tradehall::worker::step;
use tradehall_domain::access::SystemRole;
use tradehall_persistence::migrate::migrate;
use tradehall_tests::cluster::{fresh_database, fresh_file};
use tradehall_tests::errand::Work;
use tradehall_tests::{Person, World};

use crate::victim::{End, POINTS_MAX, send};

async fn publish(seller: &Person, number: &str) {
    let input = json!({ "input": { "number": number, "name": "Bu lông", "unit": "C62" } });
    let product = seller.run("createProduct", input).await.only()["product"]["id"].clone();
    seller.run("publishProduct", json!({ "input": { "productId": product } })).await.only();
}

async fn count(person: &Person, query: &str) -> i64 {
    let found = person.run("productHits", json!({ "query": query, "first": 1 })).await.only();
    found["totalCount"].as_i64().unwrap()
}

/// Kills the node before each statement of the relay and of the index, and before and after each commit of the index; after each death
/// the next node finds what was published, once, with the same index.
async fn what_was_committed_is_found(url: &str) {
    let folder = TempDir::new().unwrap();
    let world = World::open(url).await;
    let organization = world.organization("Kim Khí Á Châu").await;
    world.close().await;
    let mut killed = 0;
    for n in 1..POINTS_MAX {
        let world = World::open(url).await;
        publish(&world.member(organization, SystemRole::Owner), &format!("SP-{n}")).await;
        world.close().await;
        let end = send(url, Work::Index(folder.path().to_owned()), n).await;
        let world = World::open(url).await.searching(folder.path());
        step(&world.app).await.unwrap();
        let buyer = world.buyer().await;
        assert_eq!(count(&buyer, &format!("SP-{n}")).await, 1, "killed at {n}, then followed again");
        assert_eq!(count(&buyer, "bu lông").await, i64::try_from(n).unwrap(), "each of them once");
        world.close().await;
        match end {
            End::Killed => killed += 1,
            End::Done(_) => {
                assert!(killed > 8, "relay and index send more statements than {killed}");
                return;
            }
        }
    }
    panic!("the node never ended");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_on_sqlite_goes_on_after_any_death() {
    what_was_committed_is_found(&fresh_file(async |url| migrated(url).await).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_on_postgres_goes_on_after_any_death() {
    what_was_committed_is_found(&fresh_database(async |url| migrated(url).await).await).await;
}

async fn migrated(url: &str) {
    migrate(url).await.unwrap();
}
