//! Going on: by the clock, or by an offer that is answered as any other.

use jiff::SignedDuration;
use tradehall_domain::access::SystemTask;
use tradehall_persistence::agreement;
use tradehall_tests::{json, story};

use super::{Trade, call_off, key, one};

story! {
    async fn it_goes_on_by_itself(world) {
        let trade = Trade::prepare(&world).await;
        let mut content = trade.content();
        content["validUntil"] = json!("2026-08-31T00:00:00Z");
        content["renewalMonths"] = json!(6);
        let (id, line) = trade.agreed(&content).await;
        trade.buyer.run("callOff", call_off(&id, &line, "200")).await.ok();
        assert_eq!(trade.price(&trade.buyer, "10").await.0, "LIST");
        trade.pass(182).await;
        let first = trade.seen(&id).await;
        assert_eq!(first["status"], "RENEWED");
        assert_eq!(trade.told(&id).await[0], "AGREEMENT_RENEWED");
        let next = first["successor"]["id"].clone();
        let seen = trade.seen(&next).await;
        assert_eq!((&seen["status"], &seen["predecessor"]["id"]), (&json!("ACTIVE"), &id));
        assert_eq!(seen["terms"]["validFrom"], "2026-08-31T00:00:00Z");
        assert_eq!(seen["terms"]["validUntil"], "2027-02-28T00:00:00Z", "the last of a shorter month");
        assert_eq!((&seen["lines"][0]["calledOff"], &seen["lines"][0]["remaining"]), (&json!("0"), &json!("200")));
        assert_eq!(trade.price(&trade.buyer, "10").await.0, "CONTRACT_LINE");
        assert_eq!(trade.told(&next).await, ["AGREEMENT_RENEWED_BY_ITSELF"]);
        trade.buyer.run("callOff", call_off(&next, &seen["lines"][0]["id"], "10")).await.ok();
        trade.pass(182).await;
        let third = trade.seen(&trade.seen(&next).await["successor"]["id"]).await;
        assert_eq!(third["terms"]["validUntil"], "2027-08-31T00:00:00Z", "and not the 28th for ever");
    }
}

story! {
    async fn a_successor_is_offered_and_countered(world) {
        let trade = Trade::prepare(&world).await;
        let (id, _) = trade.agreed(&trade.content()).await;
        let until = trade.in_days(700).to_string();
        let renew = json!({ "input": { "agreementId": id, "validUntil": until, "idempotencyKey": key() } });
        let offered = trade.buyer.run("renewAgreement", renew.clone()).await.only()["agreement"].clone();
        assert_eq!((&offered["status"], &offered["predecessor"]["id"]), (&json!("OFFERED"), &id));
        assert_eq!(trade.buyer.run("renewAgreement", renew).await.only()["agreement"]["id"], offered["id"]);
        let twice = json!({ "input": { "agreementId": id, "validUntil": until, "idempotencyKey": key() } });
        assert_eq!(trade.seller().run("renewAgreement", twice.clone()).await.refusal(), "RENEWAL_EXISTS");
        let mut content = trade.content();
        content["validFrom"] = offered["terms"]["validFrom"].clone();
        content["validUntil"] = json!(until);
        content["lines"][0]["tiers"][0]["unitPrice"] = json!("90000");
        let counter = json!({ "input": { "agreementId": offered["id"], "content": content } });
        let countered = trade.seller().run("counterAgreement", counter).await.only()["agreement"].clone();
        let accept = json!({ "input": { "agreementId": offered["id"], "hash": countered["hash"] } });
        let agreed = trade.buyer.run("acceptAgreement", accept).await.only()["agreement"].clone();
        assert_eq!(agreed["status"], "AGREED");
        assert_eq!(trade.seen(&id).await["successor"]["id"], offered["id"]);
        assert_eq!(trade.seller().run("renewAgreement", twice).await.refusal(), "RENEWAL_EXISTS");
        assert_eq!(trade.price(&trade.buyer, "10").await.1, "80000");
        trade.pass(365).await;
        assert_eq!(trade.seen(&id).await["status"], "RENEWED");
        assert_eq!(trade.seen(&offered["id"]).await["status"], "ACTIVE");
        assert_eq!(trade.price(&trade.buyer, "10").await.1, "90000");
    }
}

story! {
    async fn an_offer_left_open_gives_way_to_the_clock(world) {
        let trade = Trade::prepare(&world).await;
        let mut content = trade.content();
        content["renewalMonths"] = json!(1);
        let (id, _) = trade.agreed(&content).await;
        let renew = json!({ "input": { "agreementId": id, "validUntil": trade.in_days(700).to_string(), "idempotencyKey": key() } });
        let offered = trade.seller().run("renewAgreement", renew).await.only()["agreement"]["id"].clone();
        trade.pass(365).await;
        assert_eq!(trade.seen(&offered).await["status"], "WITHDRAWN");
        let seen = trade.seen(&id).await;
        assert_eq!(seen["status"], "RENEWED");
        assert_ne!(seen["successor"]["id"], offered);
    }
}

story! {
    async fn an_offer_accepted_between_the_end_and_its_settling_is_what_it_goes_on_by(world) {
        let trade = Trade::prepare(&world).await;
        let mut content = trade.content();
        content["renewalMonths"] = json!(1);
        let (id, _) = trade.agreed(&content).await;
        let renew = json!({ "input": { "agreementId": id, "validUntil": trade.in_days(700).to_string(), "idempotencyKey": key() } });
        let offered = trade.seller().run("renewAgreement", renew).await.only()["agreement"].clone();
        world.pass(SignedDuration::from_hours(24 * 365));
        let accept = json!({ "input": { "agreementId": offered["id"], "hash": offered["hash"] } });
        trade.buyer.run("acceptAgreement", accept).await.only();
        trade.pass(0).await;
        let seen = trade.seen(&id).await;
        assert_eq!((&seen["status"], &seen["successor"]["id"]), (&json!("RENEWED"), &offered["id"]), "{seen:#}");
        assert!(trade.told(&id).await.contains(&"AGREEMENT_RENEWED".to_owned()));
        let next = trade.seen(&offered["id"]).await;
        assert_eq!((&next["status"], &next["successor"]), (&json!("ACTIVE"), &json!(null)));
        let market = world.system(SystemTask::Timers).await;
        assert_eq!(agreement::due(&market, world.now(), 100).await.unwrap(), [], "nothing is tried for ever");
    }
}

story! {
    async fn whoever_was_stopped_is_not_renewed_with(world) {
        let trade = Trade::prepare(&world).await;
        let mut content = trade.content();
        content["renewalMonths"] = json!(12);
        let (id, _) = trade.agreed(&content).await;
        let part = trade.seller().run("customer", json!({ "id": trade.customer })).await.only()["participation"]["id"].clone();
        trade.shop.decide(&part, "suspendParticipation").await;
        trade.pass(365).await;
        assert_eq!(trade.seen(&id).await["status"], "EXPIRED");
        trade.shop.decide(&part, "reinstateParticipation").await;
        assert_eq!(trade.price(&trade.buyer, "10").await.0, "LIST");
        assert_eq!(one(&trade.buyer, "giveNotice", &id).await.refusal(), "AGREEMENT_STATUS");
    }
}

story! {
    async fn what_happens_is_told_to_both(world) {
        let trade = Trade::prepare(&world).await;
        let mut heard = trade.buyer.subscribe("agreementEvents", json!({})).await;
        let mut stranger = world.stranger().await.subscribe("agreementEvents", json!({})).await;
        let (id, _) = trade.agreed(&trade.content()).await;
        tradehall::worker::step(&world.app).await.unwrap();
        let first = heard.next().await;
        assert_eq!((&first["event"]["kind"], &first["agreement"]["id"]), (&json!("AGREEMENT_OFFERED"), &id));
        let second = heard.next().await;
        assert_eq!((&second["event"]["kind"], &second["agreement"]["side"]), (&json!("AGREEMENT_ACCEPTED"), &json!("BUYER")));
        assert!(stranger.told().is_none());
        heard.end().await;
        stranger.end().await;
    }
}
