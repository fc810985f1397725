//! Who may do what, when, and what a repeated request does.

use tradehall_domain::access::SystemRole;
use tradehall_tests::{Answer, Person, json, story};

use super::Deal;

async fn ask(person: &Person, verb: &str, order: &str) -> Answer {
    let input = match verb {
        "acknowledgeOrder" | "agreeOrderCancellation" => json!({ "orderId": order }),
        "rejectOrder" | "cancelOrder" => json!({ "orderId": order, "reason": "Vì lý do riêng" }),
        "requestOrderCancellation" => {
            json!({ "orderId": order, "reason": "Trễ quá", "idempotencyKey": uuid::Uuid::now_v7() })
        }
        "declineOrderCancellation" => {
            json!({ "orderId": order, "remark": "Đã sản xuất", "idempotencyKey": uuid::Uuid::now_v7() })
        }
        other => panic!("{other}"),
    };
    person.run(verb, json!({ "input": input })).await
}

const OF_BUYER: [&str; 2] = ["cancelOrder", "requestOrderCancellation"];
const OF_SELLER: [&str; 4] = ["acknowledgeOrder", "rejectOrder", "agreeOrderCancellation", "declineOrderCancellation"];

story! {
    async fn a_buyer_cancels_alone_until_the_seller_answers(world) {
        let deal = Deal::prepare(&world).await;
        let first = deal.place().await;
        let cancelled = ask(&deal.buyer, "cancelOrder", &first).await.only()["order"].clone();
        assert_eq!(cancelled["status"], "CANCELLED");
        assert_eq!(cancelled["endReason"], "Vì lý do riêng");
        assert_eq!(cancelled["lines"][1]["openQuantity"], "0");
        assert_eq!(cancelled["lines"][1]["cancelledQuantity"], "2.5");
        assert_eq!(ask(&deal.seller, "acknowledgeOrder", &first).await.refusal(), "ORDER_STATUS");
        // What was ordered stays what was ordered.
        let order = deal.seller.run("order", json!({ "id": first })).await.only();
        assert_eq!(order["total"]["amount"], "208333");

        let second = deal.place().await;
        ask(&deal.seller, "acknowledgeOrder", &second).await.ok();
        assert_eq!(ask(&deal.buyer, "cancelOrder", &second).await.refusal(), "ORDER_STATUS");
    }
}

story! {
    async fn after_that_it_takes_the_consent_of_both(world) {
        let deal = Deal::prepare(&world).await;
        let order = deal.place().await;
        assert_eq!(ask(&deal.buyer, "requestOrderCancellation", &order).await.refusal(), "ORDER_STATUS");
        ask(&deal.seller, "acknowledgeOrder", &order).await.ok();
        assert_eq!(ask(&deal.seller, "agreeOrderCancellation", &order).await.refusal(), "CANCELLATION_NOT_REQUESTED");

        let asked = ask(&deal.buyer, "requestOrderCancellation", &order).await.only()["order"].clone();
        assert_eq!((&asked["status"], &asked["cancellation"]["status"]), (&json!("ACKNOWLEDGED"), &json!("REQUESTED")));
        assert_eq!(ask(&deal.buyer, "requestOrderCancellation", &order).await.refusal(), "CANCELLATION_PENDING");

        let declined = ask(&deal.seller, "declineOrderCancellation", &order).await.only()["order"].clone();
        assert_eq!((&declined["status"], &declined["cancellation"]["answer"]), (&json!("ACKNOWLEDGED"), &json!("Đã sản xuất")));
        ask(&deal.buyer, "requestOrderCancellation", &order).await.ok();
        let agreed = ask(&deal.seller, "agreeOrderCancellation", &order).await.only()["order"].clone();
        assert_eq!((&agreed["status"], &agreed["endReason"]), (&json!("CANCELLED"), &json!("Trễ quá")));
        let seen = deal.buyer.run("order", json!({ "id": order })).await.only();
        assert_eq!((&seen["lines"][0]["openQuantity"], &seen["lines"][0]["cancelledQuantity"]), (&json!("0"), &json!("10")));
    }
}

story! {
    async fn the_verbs_of_a_side_are_its_own(world) {
        let deal = Deal::prepare(&world).await;
        let order = deal.place().await;
        for verb in OF_BUYER {
            assert_eq!(ask(&deal.seller, verb, &order).await.refusal(), "WRONG_SIDE", "{verb}");
        }
        for verb in OF_SELLER {
            assert_eq!(ask(&deal.buyer, verb, &order).await.refusal(), "WRONG_SIDE", "{verb}");
        }
        let stranger = world.stranger().await;
        let auditor = world.member(deal.seller.organization(), SystemRole::Auditor);
        for verb in OF_BUYER.into_iter().chain(OF_SELLER) {
            assert_eq!(ask(&stranger, verb, &order).await.error(), "NOT_FOUND", "{verb}");
            assert_eq!(ask(&auditor, verb, &order).await.error(), "FORBIDDEN", "{verb}");
            assert_eq!(ask(&world.nobody(), verb, &order).await.error(), "UNAUTHENTICATED", "{verb}");
        }
        assert_eq!(stranger.run("order", json!({ "id": order })).await.error(), "NOT_FOUND");
        let staff = world.staff();
        assert_eq!(staff.run("order", json!({ "id": order })).await.error(), "FORBIDDEN");
        let node = "query ($id: ID!) { node(id: $id) { id } }";
        assert_eq!(staff.ask(node, json!({ "id": order })).await.error(), "FORBIDDEN");
        assert_eq!(stranger.ask(node, json!({ "id": order })).await.only(), json!(null));
        assert_eq!(auditor.ask(node, json!({ "id": order })).await.only()["id"], order);
    }
}

story! {
    async fn available_actions_say_what_the_verbs_would(world) {
        let deal = Deal::prepare(&world).await;
        let auditor = world.member(deal.seller.organization(), SystemRole::Auditor);
        let actions = async |person: &Person, order: &str| -> Vec<(String, String)> {
            let order = person.run("order", json!({ "id": order })).await.only();
            let actions = order["availableActions"].as_array().unwrap().iter();
            let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_owned();
            actions.map(|action| (text(&action["action"]), text(&action["reasonCode"]))).collect()
        };
        let order = deal.place().await;
        for step in ["", "acknowledgeOrder", "requestOrderCancellation", "declineOrderCancellation"] {
            if !step.is_empty() {
                let person = if OF_BUYER.contains(&step) { &deal.buyer } else { &deal.seller };
                ask(person, step, &order).await.ok();
            }
            for (person, verbs) in [(&deal.buyer, &OF_BUYER[..]), (&deal.seller, &OF_SELLER[..])] {
                let told = actions(person, &order).await;
                assert_eq!(told.iter().map(|(verb, _)| verb.as_str()).collect::<Vec<_>>(), verbs);
                // Those that are refused are tried: they answer what was foretold and change nothing.
                for (verb, reason) in told.iter().filter(|(_, reason)| !reason.is_empty()) {
                    assert_eq!(&ask(person, verb, &order).await.refusal(), reason, "{verb} after {step:?}");
                }
            }
        }
        let told = actions(&auditor, &order).await;
        assert!(told.len() == 4 && told.iter().all(|(_, reason)| reason == "PERMISSION_MISSING"), "{told:?}");
    }
}

story! {
    async fn a_retry_asks_once(world) {
        let deal = Deal::prepare(&world).await;
        let order = deal.place().await;
        ask(&deal.seller, "acknowledgeOrder", &order).await.ok();
        let wish = json!({ "input": { "orderId": order, "reason": "Trễ quá", "idempotencyKey": "wish-0001" } });
        deal.buyer.run("requestOrderCancellation", wish.clone()).await.ok();
        let refusal = json!({ "input": { "orderId": order, "remark": "Không", "idempotencyKey": "refusal-0001" } });
        deal.seller.run("declineOrderCancellation", refusal.clone()).await.ok();

        // The answer to the first request got lost; its retry does not ask again.
        let retried = deal.buyer.run("requestOrderCancellation", wish.clone()).await.only()["order"].clone();
        assert_eq!(retried["cancellation"]["status"], "DECLINED");
        let mut other = wish;
        other["input"]["reason"] = json!("Khác");
        assert_eq!(deal.buyer.run("requestOrderCancellation", other).await.error(), "CONFLICT");

        // The buyer asks again; the retry of the first refusal does not answer the second request.
        ask(&deal.buyer, "requestOrderCancellation", &order).await.ok();
        let retried = deal.seller.run("declineOrderCancellation", refusal).await.only()["order"].clone();
        assert_eq!(retried["cancellation"]["status"], "REQUESTED");

        let short = json!({ "input": { "orderId": order, "reason": "Trễ", "idempotencyKey": "short" } });
        let refused = deal.buyer.run("requestOrderCancellation", short).await;
        assert_eq!(refused.refusals(), [("TOO_SHORT".to_owned(), "idempotencyKey".to_owned())]);
    }
}

story! {
    async fn words_and_promises_are_checked(world) {
        let deal = Deal::prepare(&world).await;
        let order = deal.place().await;
        let lines = deal.seller.run("order", json!({ "id": order })).await.only()["lines"].clone();
        let empty = json!({ "input": { "orderId": order, "reason": " " } });
        assert_eq!(deal.seller.run("rejectOrder", empty).await.refusals(), [("TOO_SHORT".to_owned(), "reason".to_owned())]);
        let long = json!({ "input": { "orderId": order, "reason": "x".repeat(1_001) } });
        assert_eq!(deal.buyer.run("cancelOrder", long).await.refusals(), [("TOO_LONG".to_owned(), "reason".to_owned())]);

        let promise = |line: &serde_json::Value, date: &str| json!({ "orderLineId": line, "date": date });
        let strange = tradehall::graphql::id::global(tradehall_domain::order::OrderLineId::new());
        let promises = json!([promise(&json!(strange), "2026-04-01"), promise(&lines[0]["id"], "2026-02-01")]);
        let wrong = json!({ "input": { "orderId": order, "promises": promises } });
        assert_eq!(
            deal.seller.run("acknowledgeOrder", wrong).await.refusals(),
            [
                ("NOT_FOUND".to_owned(), "promises.0.orderLineId".to_owned()),
                ("IN_PAST".to_owned(), "promises.1.date".to_owned()),
            ]
        );
        let right = json!({ "input": { "orderId": order, "promises": [promise(&lines[1]["id"], "2026-04-10")] } });
        let order = deal.seller.run("acknowledgeOrder", right).await.only()["order"].clone();
        assert_eq!(order["lines"][0]["promisedDate"], json!(null));
        assert_eq!(order["lines"][1]["promisedDate"], "2026-04-10");
    }
}
