//! Versions whose time has come: none keeps another waiting, and none is seen to that was put off.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::Value;
use tradehall::app::{Error, RequestMeta, Session};
use tradehall::publishing::HoldCatalogVersion;
use tradehall::worker;
use tradehall_domain::access::{Actor, SystemTask};
use tradehall_domain::problem::Code;
use tradehall_persistence::catalog::product;
use tradehall_persistence::publishing::version as stored;
use tradehall_tests::{Person, World, id_of, json, story};

use super::{add, additions, read, step, version};
use crate::catalog::published;

/// How long a statement may take in a market where one is made to take longer.
const HURRY: Duration = Duration::from_secs(2);

/// A version that goes live by itself in so many seconds.
async fn scheduled(world: &World, owner: &Person, name: &str, seconds: i64) -> Value {
    let made = version(owner, name).await;
    add(owner, &made, additions(&[name])).await;
    step(owner, "submitCatalogVersion", &made).await;
    let at = (world.now() + SignedDuration::from_secs(seconds)).to_string();
    let input = json!({ "input": { "catalogVersionId": made, "publishAt": at } });
    owner.run("scheduleCatalogVersion", input).await.only();
    made
}

story! {
    async fn a_version_that_was_put_off_is_not_held(world) {
        let owner = world.seller("Thép Việt").await;
        let spring = scheduled(&world, &owner, "SPRING", 86_400).await;
        let market = Actor::system(SystemTask::Timers);
        let session = Session::new(world.app.clone(), market, RequestMeta::default(), None);
        let hold = HoldCatalogVersion { version: id_of(&spring), reason: Code::VersionConflicts };
        assert!(matches!(session.execute(hold).await, Err(Error::Refused(_))));
        assert_eq!(read(&owner, &spring).await["status"], "SCHEDULED");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_version_that_takes_too_long_keeps_no_other_from_its_time() {
    let world = World::hurried(HURRY).await;
    let (slow, quick) = (world.seller("Thép Việt").await, world.seller("Nam Á").await);
    let first = scheduled(&world, &slow, "FIRST", 5).await;
    let second = scheduled(&world, &quick, "SECOND", 6).await;
    world.pass(SignedDuration::from_secs(10));
    let mut held = world.transaction(&slow).await;
    stored::lock(&mut held, id_of(&first)).await.unwrap();
    assert!(matches!(worker::step(&world.app).await, Err(Error::Unavailable(_))));
    assert_eq!(read(&quick, &second).await["status"], "LIVE");
    held.commit().await.unwrap();
    worker::step(&world.app).await.unwrap();
    assert_eq!(read(&slow, &first).await["status"], "LIVE");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_publication_may_take_longer_than_other_statements() {
    let world = World::hurried(HURRY).await;
    let owner = world.seller("Thép Việt").await;
    let product = published(&owner, "K-1", "Đai ốc").await;
    let spring = version(&owner, "SPRING").await;
    add(&owner, &spring, json!([{ "withdraw": { "productId": product["id"], "expectedVersion": 2 } }])).await;
    step(&owner, "submitCatalogVersion", &spring).await;
    let mut held = world.transaction(&owner).await;
    product::lock(&mut held, id_of(&product["id"])).await.unwrap();
    let (sender, input) = (owner.clone(), json!({ "input": { "catalogVersionId": spring } }));
    let publishing = tokio::spawn(async move { sender.run("publishCatalogVersion", input).await });
    world.until_waiting(&publishing).await;
    tokio::time::sleep(HURRY + HURRY / 4).await;
    held.commit().await.unwrap();
    assert_eq!(publishing.await.unwrap().only()["catalogVersion"]["status"], "LIVE");
}
