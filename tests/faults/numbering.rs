//! A worker that dies while it numbers events.

use serde_json::json;
use tradehall::worker::step;
use tradehall_domain::access::SystemTask;
use tradehall_persistence::event::relay;
use tradehall_persistence::migrate::migrate;
use tradehall_tests::cluster::{fresh_database, fresh_file};
use tradehall_tests::errand::Work;
use tradehall_tests::{Raw, World};

use crate::victim::{End, POINTS_MAX, send};

/// Kills the worker before each of its statements; positions have no gaps and chains hold after each death, and the next worker
/// numbers the rest.
async fn numbering_leaves_no_gap(url: &str) {
    for n in 1..POINTS_MAX {
        let world = World::open(url).await;
        for name in ["Thép Việt", "Kim Khí Á Châu", "Đông Sơn"] {
            world.organization(name).await;
        }
        world.close().await;
        let end = send(url, Work::Step, n).await;
        whole(url).await;
        let world = World::open(url).await;
        step(&world.app).await.unwrap();
        world.close().await;
        assert_eq!(whole(url).await, 0, "killed at {n}, then worked again");
        if let End::Done(answer) = end {
            assert!(n > 5, "the worker sends more statements than {n}");
            assert_ne!(answer["events"], json!(0));
            return;
        }
    }
    panic!("the worker never ended");
}

/// That the numbered events have no gap and their chains hold; how many are not numbered.
async fn whole(url: &str) -> i64 {
    let mut raw = Raw::open(url).await;
    let positions = raw.integers("SELECT position FROM event WHERE position IS NOT NULL ORDER BY position").await;
    assert_eq!(positions, (1..=positions.len() as i64).collect::<Vec<_>>());
    let world = World::open(url).await;
    let tx = world.system(SystemTask::Audit).await;
    assert_eq!(relay::verify(&tx).await.unwrap(), []);
    drop(tx);
    world.close().await;
    raw.integer("SELECT count(*) FROM event WHERE position IS NULL").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbering_leaves_no_gap_on_sqlite() {
    numbering_leaves_no_gap(&fresh_file(async |url| assert!(migrate(url).await.unwrap() > 0)).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbering_leaves_no_gap_on_postgres() {
    numbering_leaves_no_gap(&fresh_database(async |url| assert!(migrate(url).await.unwrap() > 0)).await).await;
}
