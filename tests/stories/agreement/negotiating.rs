//! From a draft over two rounds to an acceptance, and the ways to no result.

use tradehall_domain::access::SystemRole;
use tradehall_tests::{json, story};

use super::{Trade, key, one, organization};

story! {
    async fn two_rounds_lead_to_an_agreement(world) {
        let trade = Trade::prepare(&world).await;
        let (seller, buyer) = (trade.seller(), &trade.buyer);
        let mut content = trade.content();
        let id = trade.drafted(&content).await;
        assert_eq!(buyer.run("agreement", json!({ "id": id })).await.error(), "NOT_FOUND", "a draft is its drafter's");
        assert_eq!(buyer.run("agreements", json!({ "side": "BUYER", "first": 9 })).await.only()["edges"], json!([]));
        content["title"] = json!("Bu lông 2026–27");
        let revise = json!({ "input": { "agreementId": id, "expectedVersion": 1, "content": content } });
        seller.run("reviseAgreementDraft", revise.clone()).await.ok();
        assert_eq!(seller.run("reviseAgreementDraft", revise.clone()).await.refusal(), "STALE");
        assert_eq!(buyer.run("reviseAgreementDraft", revise).await.error(), "NOT_FOUND");

        let first = one(seller, "offerAgreement", &id).await.only()["agreement"].clone();
        assert_eq!((&first["status"], &first["round"]), (&json!("OFFERED"), &json!(1)));
        let accept = |hash: &serde_json::Value| json!({ "input": { "agreementId": id, "hash": hash } });
        assert_eq!(seller.run("acceptAgreement", accept(&first["hash"])).await.refusal(), "WRONG_SIDE");
        assert_eq!(one(buyer, "withdrawAgreementOffer", &id).await.refusal(), "WRONG_SIDE");

        content["lines"][0]["tiers"][0]["unitPrice"] = json!("75000");
        let counter = json!({ "input": { "agreementId": id, "content": content } });
        assert_eq!(seller.run("counterAgreement", counter.clone()).await.refusal(), "WRONG_SIDE");
        let second = buyer.run("counterAgreement", counter).await.only()["agreement"].clone();
        assert_eq!((&second["round"], &second["author"]), (&json!(2), &json!("BUYER")));
        assert_eq!(buyer.run("acceptAgreement", accept(&second["hash"])).await.refusal(), "WRONG_SIDE");
        let stale = seller.run("acceptAgreement", accept(&first["hash"])).await;
        assert_eq!(stale.refusals(), [("STALE".into(), "hash".into())], "what was read is not what is on the table");

        let agreed = seller.run("acceptAgreement", accept(&second["hash"])).await.only()["agreement"].clone();
        assert_eq!((&agreed["status"], &agreed["lines"][0]["remaining"]), (&json!("ACTIVE"), &json!("200")));
        assert_eq!(seller.run("acceptAgreement", accept(&second["hash"])).await.refusal(), "AGREEMENT_STATUS");

        let rounds = buyer.run("agreementVersions", json!({ "id": id })).await.only()["versions"].clone();
        let price = |n: usize| rounds[n]["lines"][0]["tiers"][0]["unitPrice"]["amount"].clone();
        assert_eq!((price(0), price(1)), (json!("80000"), json!("75000")), "each round stays as it was");
        assert_eq!(rounds[1]["hash"], agreed["hash"]);
        let seen = trade.seen(&id).await;
        assert_eq!(seen["terms"]["title"], "Bu lông 2026–27");
        assert_eq!(seen["lines"][0]["terms"]["partNumber"], "BL-8");
        assert_eq!(trade.told(&id).await, ["AGREEMENT_ACCEPTED", "AGREEMENT_COUNTERED", "AGREEMENT_OFFERED"]);
        let own = seller.run("agreementTimeline", json!({ "id": id, "first": 9 })).await.only();
        assert_eq!(own["timeline"]["edges"].as_array().unwrap().len(), 5, "the drafter also reads of its draft");
    }
}

story! {
    async fn the_buyer_drafts_too_and_ends_what_it_does_not_want(world) {
        let trade = Trade::prepare(&world).await;
        let (seller, buyer) = (trade.seller(), &trade.buyer);
        let partner = json!({ "sellerId": organization(seller) });
        let draft = json!({ "input": { "partner": partner, "content": trade.content(), "idempotencyKey": key() } });
        let id = buyer.run("draftAgreement", draft.clone()).await.only()["agreement"]["id"].clone();
        assert_eq!(buyer.run("draftAgreement", draft).await.only()["agreement"]["id"], id, "sent twice, drafted once");
        assert_eq!(one(seller, "offerAgreement", &id).await.error(), "NOT_FOUND");
        one(buyer, "offerAgreement", &id).await.ok();
        let no = json!({ "input": { "agreementId": id, "reason": "Giá thấp quá" } });
        assert_eq!(buyer.run("declineAgreement", no.clone()).await.refusal(), "WRONG_SIDE");
        assert_eq!(seller.run("declineAgreement", no).await.only()["agreement"]["status"], "DECLINED");
        assert_eq!(one(buyer, "offerAgreement", &id).await.refusal(), "AGREEMENT_STATUS");

        let (second, hash) = trade.offered(&trade.content()).await;
        one(seller, "withdrawAgreementOffer", &second).await.ok();
        let accept = json!({ "input": { "agreementId": second, "hash": hash } });
        assert_eq!(buyer.run("acceptAgreement", accept).await.refusal(), "AGREEMENT_STATUS");
        assert_eq!(trade.seen(&second).await["status"], "WITHDRAWN");
        let withdrawn = json!({ "side": "BUYER", "filter": { "status": "WITHDRAWN" }, "first": 9 });
        assert_eq!(buyer.run("agreements", withdrawn).await.only()["edges"].as_array().unwrap().len(), 1);
    }
}

story! {
    async fn only_the_two_and_only_whom_they_let(world) {
        let trade = Trade::prepare(&world).await;
        let (id, hash) = trade.offered(&trade.content()).await;
        let stranger = world.stranger().await;
        let accept = json!({ "input": { "agreementId": id, "hash": hash } });
        assert_eq!(stranger.run("agreement", json!({ "id": id })).await.error(), "NOT_FOUND");
        assert_eq!(stranger.run("acceptAgreement", accept.clone()).await.error(), "NOT_FOUND");
        assert_eq!(one(&stranger, "withdrawAgreementOffer", &id).await.error(), "NOT_FOUND");
        let partner = json!({ "sellerId": organization(trade.seller()) });
        let draft = json!({ "input": { "partner": partner, "content": trade.content() } });
        assert_eq!(stranger.run("draftAgreement", draft).await.refusals(), [("NOT_IN_VENUE".into(), "partner.sellerId".into())]);
        let partner = json!({ "customerId": trade.customer });
        let draft = json!({ "input": { "partner": partner, "content": trade.content() } });
        assert_eq!(stranger.run("draftAgreement", draft).await.refusal(), "NO_SHOP");

        let approver = world.member(trade.buyer.organization(), SystemRole::Approver);
        assert_eq!(approver.run("agreement", json!({ "id": id })).await.only()["status"], "OFFERED");
        assert_eq!(approver.run("acceptAgreement", accept.clone()).await.error(), "FORBIDDEN");
        let part = trade.shop.seller.run("customer", json!({ "id": trade.customer })).await.only()["participation"]["id"].clone();
        trade.shop.decide(&part, "suspendParticipation").await;
        assert_eq!(trade.buyer.run("acceptAgreement", accept).await.refusal(), "NOT_IN_VENUE");
    }
}

story! {
    async fn what_cannot_be_agreed_is_named_with_its_place(world) {
        let trade = Trade::prepare(&world).await;
        let mut content = trade.content();
        content["validUntil"] = json!("2026-03-01T00:00:00Z");
        content["incotermPlace"] = json!(null);
        content["commitment"] = json!("-1");
        let line = content["lines"][0].clone();
        let with = |change: &dyn Fn(&mut serde_json::Value)| {
            let mut line = line.clone();
            change(&mut line);
            line
        };
        let foreign = crate::catalog::published(&trade.buyer, "X-1", "Của người khác").await["id"].clone();
        content["lines"] = json!([
            line,
            line,
            with(&|line| line["productId"] = foreign.clone()),
            with(&|line| { line["unit"] = json!("KGM"); line["tiers"] = json!([{ "minQuantity": "15", "unitPrice": "-1" }]) }),
            with(&|line| { line["unit"] = json!("XCT"); line["tiers"] = json!([{ "unitPrice": "1" }, { "unitPrice": "2" }]) }),
            with(&|line| { line["unit"] = json!("BX"); line["volume"] = json!("5") }),
        ]);
        let partner = json!({ "customerId": trade.customer });
        let input = json!({ "input": { "partner": partner, "content": content } });
        let refusals = trade.seller().run("draftAgreement", input).await.refusals();
        let expected = [
            ("IN_PAST", "content.validUntil"),
            ("REQUIRED", "content.incotermPlace"),
            ("NOT_POSITIVE", "content.commitment"),
            ("NEGATIVE", "content.noticeDays"),
            ("DUPLICATE", "content.lines.1.productId"),
            ("NOT_FOUND", "content.lines.2.productId"),
        ];
        for (code, path) in expected.iter().filter(|(code, _)| *code != "NEGATIVE") {
            assert!(refusals.contains(&((*code).to_owned(), (*path).to_owned())), "{code} at {path}: {refusals:?}");
        }
        let at = |path: &str| refusals.iter().any(|(_, found)| found.starts_with(path));
        for path in ["content.lines.3.tiers.0", "content.lines.4.tiers.1.minQuantity", "content.lines.5"] {
            assert!(at(path), "{path}: {refusals:?}");
        }
    }
}
