//! The end: by the clock, by notice in time, for cause; and what was promised and not called off.

use tradehall_tests::{json, story};

use super::{Trade, call_off, one};

story! {
    async fn what_was_promised_and_not_called_off_is_told(world) {
        let trade = Trade::prepare(&world).await;
        let (id, line) = trade.agreed(&trade.content()).await;
        trade.buyer.run("callOff", call_off(&id, &line, "30")).await.ok();
        let seen = trade.seen(&id).await;
        assert_eq!((&seen["lines"][0]["isMet"], &seen["committedAmount"]["amount"]), (&json!(false), &json!("5000000")));
        assert_eq!(trade.pass(364).await.agreements, 0);
        assert_eq!(trade.pass(1).await.agreements, 1);
        assert_eq!(trade.pass(1).await.agreements, 0, "once");
        assert_eq!(trade.told(&id).await[..2], ["AGREEMENT_COMMITMENT_MISSED", "AGREEMENT_EXPIRED"]);
        let told = trade.buyer.run("agreementTimeline", json!({ "id": id, "first": 1 })).await.only();
        let missed = told["timeline"]["edges"][0]["node"]["payload"].clone();
        assert_eq!(missed["committed"]["amount"], "5000000");
        assert_eq!(missed["called_off"]["amount"], "2400000");
        assert_eq!((&missed["lines"][0]["commitment"], &missed["lines"][0]["called_off"]), (&json!("50"), &json!("30")));
    }
}

story! {
    async fn a_kept_promise_is_not_told(world) {
        let trade = Trade::prepare(&world).await;
        let (id, line) = trade.agreed(&trade.content()).await;
        trade.buyer.run("callOff", call_off(&id, &line, "70")).await.ok();
        trade.pass(365).await;
        assert_eq!(trade.told(&id).await[0], "AGREEMENT_EXPIRED");
    }
}

story! {
    async fn either_side_ends_it_for_cause(world) {
        let trade = Trade::prepare(&world).await;
        let (id, line) = trade.agreed(&trade.content()).await;
        let end = |at: Option<String>| json!({ "input": { "agreementId": id, "reason": "Vi phạm", "effectiveAt": at } });
        let past = trade.buyer.run("terminateAgreement", end(Some(trade.in_days(-1).to_string()))).await;
        assert_eq!(past.refusals(), [("IN_PAST".into(), "effectiveAt".into())]);
        let late = trade.buyer.run("terminateAgreement", end(Some(trade.in_days(365).to_string()))).await;
        assert_eq!(late.refusals(), [("AFTER_END".into(), "effectiveAt".into())]);
        let ended = trade.buyer.run("terminateAgreement", end(Some(trade.in_days(10).to_string()))).await.only();
        assert_eq!((&ended["agreement"]["status"], &ended["agreement"]["terminatedBy"]), (&json!("ACTIVE"), &json!("BUYER")));
        assert_eq!(trade.seller().run("terminateAgreement", end(None)).await.refusal(), "TERMINATION_PENDING");
        trade.buyer.run("callOff", call_off(&id, &line, "10")).await.ok();
        trade.pass(10).await;
        assert_eq!(trade.seen(&id).await["status"], "TERMINATED");
        assert_eq!(trade.price(&trade.buyer, "10").await.0, "LIST");
        assert_eq!(trade.told(&id).await[..2], ["AGREEMENT_COMMITMENT_MISSED", "AGREEMENT_TERMINATED"]);

        let (second, line) = trade.agreed(&trade.content()).await;
        assert_eq!(trade.price(&trade.buyer, "10").await.0, "CONTRACT_LINE");
        let now = json!({ "input": { "agreementId": second, "reason": "Vi phạm" } });
        let ended = trade.buyer.run("terminateAgreement", now).await.only();
        assert_eq!(ended["agreement"]["status"], "TERMINATED");
        assert_eq!(trade.price(&trade.buyer, "10").await.0, "LIST");
        assert_eq!(trade.buyer.run("callOff", call_off(&second, &line, "10")).await.refusal(), "AGREEMENT_STATUS");
        assert_eq!(one(trade.seller(), "resumeAgreement", &second).await.refusal(), "AGREEMENT_STATUS");
    }
}

story! {
    async fn notice_is_given_in_time_or_not_at_all(world) {
        let trade = Trade::prepare(&world).await;
        let mut content = trade.content();
        let (plain, _) = trade.agreed(&content).await;
        assert_eq!(one(&trade.buyer, "giveNotice", &plain).await.refusal(), "NOT_RENEWING");
        content["renewalMonths"] = json!(12);
        let (early, _) = trade.agreed(&content).await;
        let (late, _) = trade.agreed(&content).await;
        trade.pass(335).await;
        let given = one(&trade.buyer, "giveNotice", &early).await.only();
        assert_eq!(given["agreement"]["noticeGivenBy"], "BUYER", "the last moment is in time");
        assert_eq!(one(trade.seller(), "giveNotice", &early).await.refusal(), "NOTICE_GIVEN");
        world.pass(jiff::SignedDuration::from_micros(1));
        assert_eq!(one(trade.seller(), "giveNotice", &late).await.refusal(), "NOTICE_TOO_LATE");
        trade.pass(30).await;
        assert_eq!(trade.seen(&early).await["status"], "EXPIRED");
        assert_eq!(trade.seen(&late).await["status"], "RENEWED");
    }
}
