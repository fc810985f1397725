//! Streams that break off and go on.

use async_graphql::{Request, Variables};
use futures_util::StreamExt as _;
use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall::graphql::loader::loaders;
use tradehall_domain::access::SystemTask;
use tradehall_persistence::event::relay;
use tradehall_tests::operation::operation;
use tradehall_tests::{Raw, World, json, story};

use super::{bolts, due, extend};
use crate::rfq::desk::Desk;

/// The cursor of the first event of the market.
pub async fn first(world: &World) -> Value {
    let tx = world.system(SystemTask::Relay).await;
    let events = relay::after(&tx, 0, 1).await.unwrap();
    json!(global(events[0].id).0)
}

/// The deadline that an event was about.
fn deadline(notice: &Value) -> String {
    notice["event"]["payload"]["deadline"].as_str().unwrap_or_default().to_owned()
}

story! {
    async fn a_stream_goes_on_after_any_cursor_without_loss_or_repetition(world) {
        let desk = Desk::open(&world).await;
        let mut stream = desk.buyer.subscribe("rfqEvents", json!({})).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt"]).await;
        for hours in 1..5 {
            extend(&desk, &rfq, hours).await;
        }
        due(&world).await;
        let mut told = Vec::new();
        // Drafted, one supplier noted, published, told, and put off four times.
        for _ in 0..8 {
            told.push(stream.next().await);
        }
        stream.end().await;
        let cursors: Vec<_> = told.iter().map(|notice| notice["cursor"].clone()).collect();
        let deadlines: Vec<_> = told.iter().map(deadline).collect();
        for (n, cursor) in cursors.iter().enumerate() {
            let mut stream = desk.buyer.subscribe("rfqEvents", json!({ "after": cursor })).await;
            let last = extend(&desk, &rfq, 10 + n as i64).await;
            due(&world).await;
            for expected in &deadlines[n + 1..] {
                assert_eq!(deadline(&stream.next().await), *expected, "after number {n}");
            }
            // Those of the rounds before this one, and at last this one's.
            let mut later = stream.next().await;
            for _ in 0..n {
                later = stream.next().await;
            }
            assert_eq!(deadline(&later), last);
            stream.end().await;
        }
    }
}

story! {
    async fn a_reader_that_breaks_off_again_and_again_hears_each_event_once(world) {
        const EVENTS: i64 = 24;
        let desk = Desk::open(&world).await;
        let mut stream = desk.buyer.subscribe("rfqEvents", json!({})).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt"]).await;
        due(&world).await;
        let mut cursor = json!(null);
        while stream.next().await["event"]["kind"] != "INVITATION_SENT" {}
        extend(&desk, &rfq, 1).await;
        due(&world).await;
        let mut heard = vec![];
        let write = async {
            let mut written = vec![];
            for hours in 2..EVENTS {
                written.push(extend(&desk, &rfq, hours).await);
                due(&world).await;
            }
            written
        };
        let read = async {
            while heard.len() < EVENTS as usize - 1 {
                let notice = stream.next().await;
                cursor = notice["cursor"].clone();
                heard.push(deadline(&notice));
                if heard.len() % 3 == 0 {
                    let next = desk.buyer.subscribe("rfqEvents", json!({ "after": cursor })).await;
                    std::mem::replace(&mut stream, next).end().await;
                }
            }
        };
        let (written, ()) = tokio::join!(write, read);
        assert_eq!(heard[1..], written[..]);
    }
}

story! {
    async fn an_event_without_a_number_can_be_gone_on_after_too(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt"]).await;
        due(&world).await;
        extend(&desk, &rfq, 1).await;
        let newest = "SELECT count(*) FROM event WHERE position IS NULL";
        assert_eq!(Raw::open(&world.url).await.integer(newest).await, 1);
        let tx = world.system(SystemTask::Relay).await;
        let all = tradehall_persistence::event::trail(&tx, &tradehall_persistence::PageRequest::first(1)).await.unwrap();
        drop(tx);
        let mut stream = desk.buyer.subscribe("rfqEvents", json!({ "after": global(all.items[0].id).0 })).await;
        let second = extend(&desk, &rfq, 2).await;
        due(&world).await;
        stream.next().await;
        assert_eq!(deadline(&stream.next().await), second);
    }
}

story! {
    async fn what_is_no_cursor_or_too_old_is_refused(world) {
        let desk = Desk::open(&world).await;
        due(&world).await;
        let rfq = desk.draft(desk.content(bolts(&desk), "OPEN")).await["id"].clone();
        let forged = global(tradehall_domain::id::Id::<tradehall_persistence::event::StoredEvent>::new());
        for cursor in [json!("rubbish"), rfq, json!(forged.0)] {
            let mut stream = desk.buyer.subscribe("rfqEvents", json!({ "after": cursor })).await;
            assert_eq!(stream.error().await, "BAD_USER_INPUT", "{cursor}");
        }
        let after = first(&world).await;
        due(&world).await;
        let newest = "UPDATE event SET position = 20000 WHERE position = (SELECT max(position) FROM event)";
        assert_eq!(Raw::open(&world.url).await.execute(newest).await, 1);
        let mut stream = desk.buyer.subscribe("rfqEvents", json!({ "after": after })).await;
        assert_eq!(stream.error().await, "EVENTS_MISSED");
    }
}

story! {
    async fn who_falls_behind_is_told_so_and_goes_on(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt"]).await;
        due(&world).await;
        // A client that takes one notice, and then none for long.
        let session = desk.buyer.session();
        let request = Request::new(operation("rfqEvents"))
            .variables(Variables::from_json(json!({})))
            .data(loaders(session.clone()))
            .data(session);
        let mut stream = world.schema.execute_stream(request);
        let told = async {
            extend(&desk, &rfq, 1).await;
            // The stream listens once it is asked for something; then it is told.
            while world.app.feed().subscribers() == 0 {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
            due(&world).await;
        };
        let (first, ()) = tokio::join!(stream.next(), told);
        let first = serde_json::to_value(first.unwrap()).unwrap();
        let mut raw = Raw::open(&world.url).await;
        let copies = match &raw {
            Raw::Postgres(_) => "INSERT INTO event (id, organization_id, subject_kind, subject_id, kind, payload, occurred_at) \
                SELECT gen_random_uuid(), organization_id, subject_kind, subject_id, kind, payload, occurred_at \
                FROM event, generate_series(1, 4200) WHERE position = (SELECT max(position) FROM event)",
            Raw::Sqlite(_) => "INSERT INTO event (id, organization_id, subject_kind, subject_id, kind, payload, occurred_at) \
                WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 4200) \
                SELECT randomblob(16), organization_id, subject_kind, subject_id, kind, payload, occurred_at \
                FROM event, n WHERE position = (SELECT max(position) FROM event)",
        };
        assert_eq!(raw.execute(copies).await, 4200);
        // Somebody else, whom none of it concerns, keeps up and hears of what comes after it.
        let other = Desk::open(&world).await;
        let mut prompt = other.buyer.subscribe("rfqEvents", json!({})).await;
        assert!(due(&world).await.events > 4200);
        let drafted = other.draft(other.content(bolts(&other), "OPEN")).await;
        due(&world).await;
        assert_eq!(prompt.next().await["rfq"]["id"], drafted["id"]);
        let late = serde_json::to_value(stream.next().await.unwrap()).unwrap();
        assert_eq!(late["errors"][0]["extensions"]["code"], "EVENTS_MISSED");
        assert!(stream.next().await.is_none());
        let mut again = desk.buyer.subscribe("rfqEvents", json!({ "after": first["data"]["rfqEvents"]["cursor"] })).await;
        assert_eq!(again.kind().await, "RFQ_EXTENDED");
    }
}
