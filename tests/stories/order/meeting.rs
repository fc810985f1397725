//! Two who act at the same moment: exactly one of them wins.

use tradehall_tests::{Answer, json, story};

use super::Deal;

/// How often two meet; each time is another chance for a wrong order of things.
const MEETINGS: usize = 20;

fn outcome(answer: &Answer) -> &'static str {
    match answer.refusals().as_slice() {
        [] if answer.json.get("errors").is_none() => "done",
        [(code, _)] if code == "ORDER_STATUS" => "refused",
        _ => panic!("{:#}", answer.json),
    }
}

story! {
    async fn an_acknowledgement_meets_a_cancellation(world) {
        let deal = Deal::prepare(&world).await;
        for _ in 0..MEETINGS {
            let order = deal.place().await;
            let (buyer, seller) = (deal.buyer.clone(), deal.seller.clone());
            let cancel = json!({ "input": { "orderId": order, "reason": "Thôi" } });
            let acknowledge = json!({ "input": { "orderId": order } });
            // Tasks of their own, so that they run side by side.
            let cancelled = tokio::spawn(async move { buyer.run("cancelOrder", cancel).await });
            let acknowledged = tokio::spawn(async move { seller.run("acknowledgeOrder", acknowledge).await });
            let outcomes = (outcome(&cancelled.await.unwrap()), outcome(&acknowledged.await.unwrap()));

            let seen = deal.buyer.run("order", json!({ "id": order })).await.only();
            let expected = match outcomes {
                ("done", "refused") => ("CANCELLED", "0"),
                ("refused", "done") => ("ACKNOWLEDGED", "10"),
                other => panic!("exactly one wins, not {other:?}"),
            };
            assert_eq!((seen["status"].as_str().unwrap(), seen["lines"][0]["openQuantity"].as_str().unwrap()), expected);
            assert_eq!(seen["version"], 2);
        }
    }
}

story! {
    async fn the_same_request_twice_at_once_is_done_once(world) {
        let deal = Deal::prepare(&world).await;
        for n in 0..MEETINGS {
            let order = deal.place().await;
            deal.seller.run("acknowledgeOrder", json!({ "input": { "orderId": order } })).await.ok();
            let wish = json!({ "input": { "orderId": order, "reason": "Thôi", "idempotencyKey": format!("wish-{n:04}") } });
            let sent = [deal.buyer.clone(), deal.buyer.clone()].map(|buyer| {
                let wish = wish.clone();
                tokio::spawn(async move { buyer.run("requestOrderCancellation", wish).await })
            });
            for answer in sent {
                let order = answer.await.unwrap().only()["order"].clone();
                assert_eq!(order["cancellation"]["status"], "REQUESTED");
            }
            let seen = deal.buyer.run("order", json!({ "id": order })).await.only();
            assert_eq!(seen["version"], 3, "placed, acknowledged, and asked once");
        }
    }
}
