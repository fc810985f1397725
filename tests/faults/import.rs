//! An import that dies between any two of its statements, and goes on where it stood.

use jiff::SignedDuration;
use serde_json::Value;
use tradehall::attachment::{FileSettings, Files};
use tradehall::worker::step;
use tradehall_persistence::migrate::migrate;
use tradehall_tests::cluster::{fresh_database, fresh_file};
use tradehall_tests::errand::Work;
use tradehall_tests::tables::CSV;
use tradehall_tests::{Person, Raw, World, json};

use crate::victim::{End, send_with_files};

/// Three stretches of rows, one of them refused.
const ROWS: i64 = 1_201;

/// How many statements lie between one death and the next: the worker does other work before and after, so that not each is worth one.
const STRIDE: usize = 7;

fn table(n: u64) -> Vec<u8> {
    let mut csv = "number,name,unit\n".to_owned();
    for row in 1..ROWS {
        csv.push_str(&format!("{n}-{row:05},Ốc,C62\n"));
    }
    csv.push_str("bad,,C62\n");
    csv.into_bytes()
}

async fn open(url: &str, files: &str) -> World {
    World::open(url).await.keeping(Files::open(files, FileSettings::default()).unwrap())
}

async fn ask(world: &World, seller: &Person, n: u64) -> Value {
    let file = world.place(seller, "a.csv", CSV, &table(n)).await;
    let input = json!({ "attachmentId": file, "kind": "PRODUCTS", "mode": "KEEP_GOOD_ROWS" });
    seller.run("startImport", json!({ "input": input })).await.only()["import"]["id"].clone()
}

/// What stands in the database, counted by a checker that shares no code with the market.
async fn stands(raw: &mut Raw, n: u64) -> [i64; 3] {
    let products = format!("SELECT count(*) FROM product WHERE number LIKE '{n}-%'");
    let events = "SELECT count(*) FROM event WHERE kind = 'PRODUCT_ADDED'";
    let refused = "SELECT count(*) FROM import_row";
    [raw.integer(&products).await, raw.integer(events).await, raw.integer(refused).await]
}

/// Kills a worker at one statement after the other while it imports; each time a later one finishes with exact counts.
async fn an_import_goes_on_where_it_stood(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let files = format!("file://{}", folder.path().display());
    let world = open(url, &files).await;
    let seller = world.seller("Thép Việt").await.actor;
    world.close().await;
    let (mut died_in_the_middle, mut passed) = (0, SignedDuration::ZERO);
    for (round, stop) in (2..200).step_by(STRIDE).enumerate() {
        let n = stop as u64;
        let world = open(url, &files).await;
        world.pass(passed);
        let import = ask(&world, &world.acting(seller), n).await;
        // The victim's clock stands at dawn, when everything that waits is due.
        world.close().await;
        let mut raw = Raw::open(url).await;
        raw.execute("UPDATE import_run SET due_at = 0 WHERE due_at IS NOT NULL").await;
        let before = stands(&mut raw, n).await;
        let end = send_with_files(url, Some(&files), Work::Step, n).await;
        let half = stands(&mut raw, n).await;
        assert!(half[0] == half[1] - before[1], "killed at {n}: {half:?}, and each product has its event");
        assert!([0, 500, 1_000, 1_200].contains(&half[0]), "killed at {n}: whole stretches only, {half:?}");
        died_in_the_middle += i32::from(half[0] > 0 && half[0] < ROWS - 1);
        drop(raw);

        let world = open(url, &files).await;
        passed += SignedDuration::from_mins(2);
        world.pass(passed);
        step(&world.app).await.unwrap();
        let run = world.acting(seller).run("import", json!({ "id": import })).await.only();
        let rejected = &run["counts"]["rejected"];
        assert_eq!(
            (&run["status"], &run["counts"]["created"], rejected),
            (&json!("PARTLY"), &json!(ROWS - 1), &json!(1))
        );
        world.close().await;
        let finally = stands(&mut Raw::open(url).await, n).await;
        assert_eq!(finally, [ROWS - 1, before[1] + ROWS - 1, before[2] + 1], "killed at {n}, round {round}");
        if matches!(end, End::Done(_)) {
            assert!(died_in_the_middle >= 1, "it never died between two stretches");
            return;
        }
    }
    panic!("the import never ended");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_goes_on_where_it_stood_on_sqlite() {
    an_import_goes_on_where_it_stood(&fresh_file(async |url| assert!(migrate(url).await.unwrap() > 0)).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_goes_on_where_it_stood_on_postgres() {
    an_import_goes_on_where_it_stood(&fresh_database(async |url| assert!(migrate(url).await.unwrap() > 0)).await).await;
}
