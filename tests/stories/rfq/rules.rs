//! Rules of requests, quotes and awards, each broken once.

use jiff::SignedDuration;
use serde_json::Value;
use tradehall_tests::{json, story};

use super::desk::Desk;

story! {
    async fn every_fault_of_a_draft_is_named_with_its_place(world) {
        let desk = Desk::open(&world).await;
        let mut content = desk.content(json!([
            { "description": "", "quantity": "-1", "unit": "C62" },
            { "description": "Sheet", "quantity": "1.5", "unit": "C62", "targetPrice": "0.12345" },
            { "description": "Oil", "quantity": "1", "unit": "nonsense", "incoterm": "DAP" },
            { "quantity": "99999999999999999999", "unit": "C62", "deliveryDate": "2020-01-01" },
        ]), "OPEN");
        content["deadline"] = json!("2020-01-01T00:00:00Z");
        content["title"] = json!("x".repeat(201));
        let answer = desk.buyer.run("draftRfq", json!({ "input": { "content": content } })).await;
        let refused = answer.refusals();
        for (code, path) in [
            ("TOO_LONG", "content.title"),
            ("IN_PAST", "content.deadline"),
            ("TOO_SHORT", "content.lines.0.description"),
            ("NOT_POSITIVE", "content.lines.0.quantity"),
            ("WHOLE_NUMBER_NEEDED", "content.lines.1.quantity"),
            ("TOO_MANY_DECIMALS", "content.lines.1.targetPrice"),
            ("UNKNOWN_UNIT", "content.lines.2.unit"),
            ("REQUIRED", "content.lines.2.incotermPlace"),
            ("REQUIRED", "content.lines.3.description"),
            ("IN_PAST", "content.lines.3.deliveryDate"),
        ] {
            let wanted = (code.to_owned(), path.to_owned());
            assert!(refused.contains(&wanted), "{wanted:?} is missing in {refused:#?}");
        }
        let rfqs = desk.buyer.run("rfqs", json!({ "view": "SENT" })).await.only();
        assert_eq!(rfqs["edges"], json!([]), "nothing was kept");
    }
}

story! {
    async fn a_hundred_thousand_lines_are_refused_before_they_are_read(world) {
        let desk = Desk::open(&world).await;
        let lines: Vec<Value> = (0..100_000).map(|_| json!({ "description": "x", "quantity": "1", "unit": "C62" })).collect();
        let content = desk.content(json!(lines), "OPEN");
        let answer = desk.buyer.run("draftRfq", json!({ "input": { "content": content } })).await;
        assert_eq!(answer.refusals(), [("TOO_MANY".to_owned(), "content.lines".to_owned())]);
    }
}

story! {
    async fn a_quote_comes_before_the_deadline_or_not_at_all(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(desk.lines(&[("Bolt", "100", "C62")]), "OPEN", &["Thép Việt"]).await;
        let seller = desk.seller(0);
        let line = seller.run("rfq", json!({ "id": rfq })).await.only()["lines"][0]["id"].clone();
        let lines = json!([{ "rfqLineId": line, "unitPrice": "1", "leadTimeDays": 1 }]);

        world.pass(SignedDuration::from_hours(240) - SignedDuration::from_millis(1));
        desk.try_quote(seller, &rfq, lines.clone()).await.ok();
        world.pass(SignedDuration::from_millis(2));
        assert_eq!(desk.try_quote(seller, &rfq, lines).await.refusal(), "DEADLINE_PASSED", "a millisecond late");
        let withdrawn = seller.run("rfq", json!({ "id": rfq })).await.only();
        let quote = withdrawn["quotes"][0]["id"].clone();
        let refused = seller.run("withdrawQuote", json!({ "input": { "quoteId": quote } })).await;
        assert_eq!(refused.refusal(), "DEADLINE_PASSED");
    }
}

story! {
    async fn an_award_gives_only_what_was_offered_and_asked_for(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(desk.lines(&[("Bolt", "100", "C62")]), "OPEN", &["Thép Việt", "Kim Khí"]).await;
        let line = desk.seller(0).run("rfq", json!({ "id": rfq })).await.only()["lines"][0]["id"].clone();
        let offer = |quantity: &str| json!([
            { "rfqLineId": line, "quantity": quantity, "unitPrice": "1", "leadTimeDays": 1 }
        ]);
        assert_eq!(desk.try_quote(desk.seller(0), &rfq, offer("101")).await.refusal(), "MORE_THAN_ASKED");
        let large = desk.quote(desk.seller(0), &rfq, offer("80")).await;
        let small = desk.quote(desk.seller(1), &rfq, offer("50")).await;
        let award = |key: &str, picks: Value| json!({ "input": {
            "rfqId": rfq, "idempotencyKey": key, "award": { "lines": picks } } });
        let pick = |quote: &Value, quantity: &str| json!({ "quoteId": quote, "rfqLineId": line, "quantity": quantity });

        let early = desk.buyer.run("awardRfq", award("award-early", json!([pick(&large, "80")]))).await;
        assert_eq!(early.refusal(), "RFQ_STATUS");
        desk.buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        for (picks, code) in [
            (json!([]), "NOTHING_AWARDED"),
            (json!([pick(&large, "81")]), "MORE_THAN_OFFERED"),
            (json!([pick(&large, "80"), pick(&small, "21")]), "MORE_THAN_NEEDED"),
            (json!([pick(&large, "40"), pick(&large, "40")]), "DUPLICATE"),
            (json!([pick(&large, "0")]), "NOT_POSITIVE"),
        ] {
            assert_eq!(desk.buyer.run("awardRfq", award("award-wrong", picks)).await.refusal(), code);
        }
        let by_the_seller = desk.seller(0).run("awardRfq", award("award-other", json!([pick(&large, "80")]))).await;
        assert_eq!(by_the_seller.refusal(), "WRONG_SIDE");
        let orders = desk.buyer.run("orders", json!({ "side": "BUYER", "first": 10 })).await.only();
        assert_eq!(orders["edges"], json!([]), "nothing was placed");

        let (one, other) = tokio::join!(
            desk.buyer.run("awardRfq", award("award-one-1", json!([pick(&large, "80"), pick(&small, "20")]))),
            desk.buyer.run("awardRfq", award("award-two-2", json!([pick(&small, "50"), pick(&large, "50")]))),
        );
        let won = [&one, &other].iter().filter(|answer| answer.json["data"]["awardRfq"]["orders"].is_array()).count();
        assert_eq!(won, 1, "of two awards at once one stands: {:#} {:#}", one.json, other.json);
        let orders = desk.buyer.run("orders", json!({ "side": "BUYER", "first": 10 })).await.only();
        assert_eq!(orders["edges"].as_array().unwrap().len(), 2);
        let other_input = desk.buyer.run("awardRfq", award("award-one-1", json!([pick(&large, "1")]))).await;
        assert!(other_input.json["data"]["awardRfq"].is_null() || other_input.refusals().len() == 1);
    }
}

story! {
    async fn a_full_award_is_full_in_any_unit(world) {
        let desk = Desk::open(&world).await;
        let asked = desk.lines(&[("Bolt", "2", "DZN"), ("Nut", "1", "DZN"), ("Wire", "10", "LBR")]);
        let rfq = desk.publish(asked, "OPEN", &["Thép Việt", "Kim Khí", "Đông Sơn"]).await;
        let lines = desk.seller(0).run("rfq", json!({ "id": rfq })).await.only()["lines"].clone();
        let line = |n: usize, quantity: &str, unit: &str| json!({
            "rfqLineId": lines[n]["id"], "quantity": quantity, "unit": unit, "unitPrice": "1", "leadTimeDays": 1 });
        let refused = desk.try_quote(desk.seller(0), &rfq, json!([line(2, "4.5361", "KGM")])).await;
        assert_eq!(refused.refusals(), [("MORE_THAN_ASKED".to_owned(), "content.lines.0.quantity".to_owned())]);
        for (n, kilograms) in ["1.5", "1.5", "1.5359"].into_iter().enumerate() {
            let offered = json!([line(0, "8", "C62"), line(1, "4", "C62"), line(2, kilograms, "KGM")]);
            desk.quote(desk.seller(n), &rfq, offered).await;
        }
        desk.buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();

        let compared = desk.buyer.run("rfqComparison", json!({ "id": rfq })).await.only()["comparison"].clone();
        let mut picks = Vec::new();
        for (line, asked) in compared["lines"].as_array().unwrap().iter().zip(lines.as_array().unwrap()) {
            assert_eq!(line["rfqLine"]["id"], asked["id"], "in the order of the request");
            for offer in line["offers"].as_array().unwrap() {
                assert_eq!(offer["isFullQuantity"], false);
                assert_eq!(offer["comparablePrice"]["currency"], "USD");
                picks.push(json!({ "quoteId": offer["quote"]["id"], "rfqLineId": line["rfqLine"]["id"],
                                   "quantity": offer["quoteLine"]["quantity"] }));
            }
        }
        assert_eq!(picks.len(), 9);
        let award = json!({ "input": { "rfqId": rfq, "idempotencyKey": "award-units", "award": { "lines": picks } } });
        let awarded = desk.buyer.run("awardRfq", award).await.only();
        assert_eq!(awarded["rfq"]["status"], "AWARDED", "24 pieces, 12 pieces and 4.5359 kg are all that was asked for");
        assert_eq!(awarded["orders"].as_array().map(Vec::len), Some(3), "one for each supplier");

        let seen = desk.buyer.ask(AWARDS, json!({ "id": rfq })).await.only();
        let lines_of = |key: &str, list: &serde_json::Value| -> Vec<String> {
            list.as_array().unwrap().iter().map(|one| one[key]["description"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(lines_of("rfqLine", &seen["quotes"][0]["currentVersion"]["lines"]), ["Bolt", "Nut", "Wire"]);
        let mut awards = lines_of("rfqLine", &seen["awards"]);
        awards.sort();
        assert_eq!(awards, ["Bolt", "Bolt", "Bolt", "Nut", "Nut", "Nut", "Wire", "Wire", "Wire"]);
    }
}

/// The lines of a request, as awards and quotes name them.
const AWARDS: &str = "query awards($id: ID!) { rfq(id: $id) { awards { rfqLineId rfqLine { id description } }
    quotes { currentVersion { lines { rfqLineId rfqLine { id description } } } } } }";

story! {
    async fn a_quote_for_all_in_another_unit_is_complete(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(desk.lines(&[("Wire", "10", "LBR")]), "OPEN", &["Thép Việt", "Kim Khí"]).await;
        let line = desk.seller(0).run("rfq", json!({ "id": rfq })).await.only()["lines"][0]["id"].clone();
        let offer = |quantity: &str, price: &str| json!([{ "rfqLineId": line, "quantity": quantity, "unit": "KGM",
                                                           "unitPrice": price, "leadTimeDays": 1 }]);
        desk.quote(desk.seller(0), &rfq, offer("4.5359", "2")).await;
        desk.quote(desk.seller(1), &rfq, offer("4.5358", "1")).await;
        desk.buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        let compared = desk.buyer.run("rfqComparison", json!({ "id": rfq })).await.only()["comparison"].clone();
        let quotes: Vec<_> = compared["quotes"].as_array().unwrap().iter().map(|quote| {
            (quote["isComplete"].clone(), quote["rank"].clone(), quote["comparableTotal"].clone())
        }).collect();
        let total = |amount: &str| json!({ "amount": amount, "currency": "USD" });
        assert_eq!(quotes, [(json!(true), json!(1), total("9.07")), (json!(false), json!(2), total("4.54"))]);
        let award = json!({ "input": { "rfqId": rfq, "idempotencyKey": "award-pounds", "award": {
            "quoteId": compared["quotes"][0]["quote"]["id"] } } });
        assert_eq!(desk.buyer.run("awardRfq", award).await.only()["rfq"]["status"], "AWARDED");
    }
}

story! {
    async fn a_copy_is_a_new_draft_and_available_actions_say_what_is_possible(world) {
        let desk = Desk::open(&world).await;
        let draft = desk.draft(desk.content(desk.lines(&[("Bolt", "100", "C62")]), "OPEN")).await;
        let publish = json!({ "input": { "rfqId": draft["id"] } });
        assert_eq!(desk.buyer.run("publishRfq", publish).await.refusal(), "NOBODY_ASKED");
        let deadline = (world.now() + SignedDuration::from_hours(24)).to_string();
        let cancel = json!({ "input": { "rfqId": draft["id"], "reason": "not needed" } });
        desk.buyer.run("cancelRfq", cancel.clone()).await.ok();
        assert_eq!(desk.buyer.run("cancelRfq", cancel).await.refusal(), "RFQ_STATUS");
        let copy = json!({ "input": { "rfqId": draft["id"], "deadline": deadline, "idempotencyKey": "copy-000001" } });
        let first = desk.buyer.run("copyRfq", copy.clone()).await.only();
        let again = desk.buyer.run("copyRfq", copy).await.only();
        assert_eq!(first["rfq"]["id"], again["rfq"]["id"], "sent twice, copied once");
        assert_eq!(first["rfq"]["status"], "DRAFT");
        assert_eq!(first["rfq"]["lines"][0]["description"], "Bolt");
        let seen = desk.buyer.run("rfq", json!({ "id": draft["id"] })).await.only();
        let action = |name: &str| {
            let actions = seen["availableActions"].as_array().unwrap();
            actions.iter().find(|action| action["action"] == name).unwrap().clone()
        };
        assert_eq!(action("copyRfq")["allowed"], true);
        assert_eq!(action("publishRfq")["reasonCode"], "RFQ_STATUS");
    }
}
