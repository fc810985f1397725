//! The worker: deadlines, receipts, and that it starts and stops.

use jiff::SignedDuration;
use tradehall::worker::{Worker, step};
use tradehall_tests::{Raw, json, story};

use super::{bolts, due};
use crate::rfq::desk::Desk;

story! {
    async fn a_deadline_closes_a_request_once_however_many_look(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "SEALED", &["Thép Việt"]).await;
        world.pass(SignedDuration::from_hours(240) - SignedDuration::from_secs(1));
        assert_eq!(due(&world).await.deadlines, 0);
        world.pass(SignedDuration::from_secs(1));
        let (one, two, three) = tokio::join!(step(&world.app), step(&world.app), step(&world.app));
        assert_eq!([one, two, three].map(|did| did.unwrap().deadlines).iter().sum::<u64>(), 1);
        assert_eq!(desk.buyer.run("rfq", json!({ "id": rfq })).await.only()["status"], "CLOSED");
        let closed = "SELECT count(*) FROM event WHERE kind = 'RFQ_CLOSED'";
        assert_eq!(Raw::open(&world.url).await.integer(closed).await, 1);
    }
}

story! {
    async fn a_request_that_cannot_be_closed_keeps_no_other_open(world) {
        let broken = Desk::open(&world).await;
        broken.publish(bolts(&broken), "SEALED", &["Thép Việt"]).await;
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "SEALED", &["Kim Khí Á Châu"]).await;
        // Something that no program of ours writes, in the request that is due first.
        let mut raw = Raw::open(&world.url).await;
        let sql = "UPDATE rfq SET currency = '???', next_check_at = next_check_at - 1 \
                   WHERE id = (SELECT id FROM rfq ORDER BY id LIMIT 1)";
        assert_eq!(raw.execute(sql).await, 1);
        world.pass(SignedDuration::from_hours(240));
        assert_eq!(due(&world).await.deadlines, 1);
        assert_eq!(desk.buyer.run("rfq", json!({ "id": rfq })).await.only()["status"], "CLOSED");
    }
}

story! {
    async fn receipts_are_kept_for_two_days(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt"]).await;
        let line = desk.seller(0).run("rfq", json!({ "id": rfq })).await.only()["lines"][0]["id"].clone();
        desk.quote(desk.seller(0), &rfq, json!([{ "rfqLineId": line, "unitPrice": "1", "leadTimeDays": 1 }])).await;
        let mut raw = Raw::open(&world.url).await;
        let kept = "SELECT count(*) FROM idempotency_key";
        let before = raw.integer(kept).await;
        assert!(before > 0);
        world.pass(SignedDuration::from_hours(48));
        assert_eq!(due(&world).await.receipts, 0);
        world.pass(SignedDuration::from_secs(1));
        assert_eq!(due(&world).await.receipts, before.cast_unsigned());
        assert_eq!(raw.integer(kept).await, 0);
    }
}

story! {
    async fn a_started_worker_tells_what_happens_and_stops(world) {
        let desk = Desk::open(&world).await;
        let worker = Worker::start(world.app.clone());
        let mut stream = desk.buyer.subscribe("rfqEvents", json!({})).await;
        let rfq = desk.draft(desk.content(bolts(&desk), "OPEN")).await["id"].clone();
        assert_eq!(stream.next().await["rfq"]["id"], rfq);
        worker.stop().await;
        // Nobody numbers any more, so nothing is left to be woken: what is drafted now waits.
        desk.draft(desk.content(bolts(&desk), "OPEN")).await;
        let waiting = "SELECT count(*) FROM event WHERE position IS NULL";
        assert_eq!(Raw::open(&world.url).await.integer(waiting).await, 1);
    }
}
