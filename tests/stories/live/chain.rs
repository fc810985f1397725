//! Positions without gaps, and chains in which nothing can be changed unnoticed.

use std::sync::atomic::{AtomicBool, Ordering};

use tradehall_domain::access::SystemTask;
use tradehall_domain::id::Id;
use tradehall_persistence::event::StoredEvent;
use tradehall_persistence::event::relay::{self, Break};
use tradehall_tests::{Raw, World, json, story};

use super::{bolts, due, extend};
use crate::order::{Deal, place};
use crate::rfq::desk::Desk;

/// The places where a chain does not hold; what cannot even be read counts as one.
async fn breaks(world: &World) -> usize {
    let tx = world.system(SystemTask::Audit).await;
    relay::verify(&tx).await.map_or(1, |breaks: Vec<Break>| breaks.len())
}

story! {
    async fn positions_have_no_gaps_whoever_writes_at_once(world) {
        const WRITERS: usize = 20;
        const ROUNDS: usize = 5;
        let deal = Deal::prepare(&world).await;
        let done = AtomicBool::new(false);
        let write = async {
            let writer = async || {
                for _ in 0..ROUNDS {
                    place(&deal.buyer, vec![deal.order(), deal.order()]).await.unwrap();
                }
            };
            futures_util::future::join_all((0..WRITERS).map(|_| writer())).await;
            done.store(true, Ordering::SeqCst);
        };
        let relay = async || {
            while !done.load(Ordering::SeqCst) {
                let mut tx = world.system(SystemTask::Relay).await;
                if relay::number(&mut tx).await.unwrap() > 0 {
                    tx.commit().await.unwrap();
                }
                tokio::task::yield_now().await;
            }
        };
        // Two relays, as two nodes have.
        tokio::join!(write, relay(), relay());
        due(&world).await;
        let mut raw = Raw::open(&world.url).await;
        let positions = raw.integers("SELECT position FROM event ORDER BY position").await;
        assert!(positions.len() >= WRITERS * ROUNDS * 2);
        assert_eq!(positions, (1..=positions.len() as i64).collect::<Vec<_>>());
        assert_eq!(breaks(&world).await, 0);
    }
}

story! {
    async fn whatever_is_changed_in_an_event_is_found(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt"]).await;
        for hours in 1..4 {
            extend(&desk, &rfq, hours).await;
        }
        desk.buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        due(&world).await;
        assert_eq!(breaks(&world).await, 0);

        let mut raw = Raw::open(&world.url).await;
        let other = Id::<StoredEvent>::new().uuid();
        let (uuid, byte) = match raw {
            Raw::Postgres(_) => (format!("'{other}'"), "set_byte(%, 0, (get_byte(%, 0) + 1) % 256)"),
            Raw::Sqlite(_) => (format!("x'{}'", other.simple()), "CAST(substr(%, 2) || x'00' AS BLOB)"),
        };
        let changes = [
            format!("id = {uuid}"),
            "position = position + 1000000".to_owned(),
            format!("organization_id = {uuid}"),
            "organization_id = NULL".to_owned(),
            format!("counterparty_id = {uuid}"),
            "subject_kind = 'OFFER'".to_owned(),
            "subject_kind = 'NOTHING'".to_owned(),
            format!("subject_id = {uuid}"),
            "kind = kind || 'X'".to_owned(),
            "payload = payload || ' '".to_owned(),
            format!("principal_id = {uuid}"),
            "occurred_at = occurred_at + 1".to_owned(),
            "hash = NULL".to_owned(),
            format!("hash = {}", byte.replace("% 256", "& 255").replace('%', "hash")),
            format!("previous_hash = {}", match raw {
                Raw::Postgres(_) => "coalesce(previous_hash, ''::bytea) || '\\x00'::bytea",
                Raw::Sqlite(_) => "CAST(coalesce(previous_hash, x'') || x'00' AS BLOB)",
            }),
        ];
        raw.execute("CREATE TABLE kept AS SELECT * FROM event").await;
        let last = raw.integer("SELECT max(position) FROM event").await;
        for position in [1, last / 2, last - 1, last] {
            for change in &changes {
                assert_eq!(raw.execute(&format!("UPDATE event SET {change} WHERE position = {position}")).await, 1);
                assert!(breaks(&world).await > 0, "{change} at {position} of {last}");
                restore(&mut raw).await;
            }
            if position < last {
                for change in ["DELETE FROM event", "UPDATE event SET position = NULL"] {
                    raw.execute(&format!("{change} WHERE position = {position}")).await;
                    assert!(breaks(&world).await > 0, "{change} at {position} of {last}");
                    restore(&mut raw).await;
                }
            }
        }
        assert_eq!(breaks(&world).await, 0);
    }
}

async fn restore(raw: &mut Raw) {
    raw.execute("DELETE FROM event").await;
    raw.execute("INSERT INTO event SELECT * FROM kept").await;
}
