//! The main job: a buyer asks, sellers quote, the buyer awards, orders stand.

mod crowd;
pub mod desk;
mod quoting;
mod rules;
mod sealed;
mod size;
mod timeline;

use desk::{Desk, id};
use tradehall_tests::{json, story};

story! {
    async fn the_cheapest_per_line_wins_and_orders_stand(world) {
        let desk = Desk::open(&world).await;
        let lines = desk.lines(&[("Steel bolt M8", "100", "C62"), ("Steel sheet 2 mm", "12.5", "KGM")]);
        let rfq = desk.publish(lines, "OPEN", &["Thép Việt", "Kim Khí Á Châu"]).await;
        let [viet, asia] = [desk.seller(0), desk.seller(1)];

        let seen = viet.run("rfq", json!({ "id": rfq })).await.only();
        assert_eq!(seen["status"], "PUBLISHED");
        assert_eq!(seen["invitations"].as_array().unwrap().len(), 1, "a seller sees no other invitation");
        let line = |n: usize| seen["lines"][n]["id"].clone();

        let viet_quote = desk.quote(viet, &rfq, json!([
            { "rfqLineId": line(0), "unitPrice": "0.1999", "leadTimeDays": 7 },
            { "rfqLineId": line(1), "unitPrice": "3.40", "leadTimeDays": 14 },
        ])).await;
        let asia_quote = desk.quote(asia, &rfq, json!([
            { "rfqLineId": line(0), "unitPrice": "0.21", "leadTimeDays": 3,
              "tiers": [{ "minimum": "60", "unitPrice": "0.18" }] },
        ])).await;
        assert_eq!(asia.run("quote", json!({ "id": viet_quote })).await.error(), "NOT_FOUND");

        desk.buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        let compared = desk.buyer.run("rfqComparison", json!({ "id": rfq })).await;
        assert_eq!(compared.statements, 6, "rfq, lines, quotes, versions, quote lines, sellers");
        let compared = compared.only()["comparison"].clone();
        assert_eq!(compared["lines"][0]["offers"][0]["quote"]["id"], asia_quote);
        assert_eq!(compared["lines"][0]["offers"][0]["comparablePrice"], json!({ "amount": "0.18", "currency": "USD" }));
        assert_eq!(compared["lines"][1]["missingFrom"][0]["id"], asia_quote);
        assert_eq!(compared["quotes"][0]["seller"]["name"], "Thép Việt");
        assert_eq!(compared["quotes"][0]["total"]["amount"], "62.49", "19.99 and 42.50");
        assert_eq!(compared["quotes"][1]["isComplete"], false);

        let award = json!({ "input": { "rfqId": rfq, "idempotencyKey": "award-0001", "award": { "lines": [
            { "quoteId": asia_quote, "rfqLineId": line(0), "quantity": "60" },
            { "quoteId": viet_quote, "rfqLineId": line(0), "quantity": "40" },
            { "quoteId": viet_quote, "rfqLineId": line(1) },
        ] } } });
        let awarded = desk.buyer.run("awardRfq", award.clone()).await.only();
        assert_eq!(awarded["rfq"]["status"], "AWARDED");
        let totals: Vec<_> = awarded["orders"].as_array().unwrap().iter().map(|o| o["total"]["amount"].clone()).collect();
        assert_eq!(awarded["orders"].as_array().unwrap().len(), 2);
        assert!(totals.contains(&json!("10.80")), "60 at the tier's 0.18: {totals:?}");
        assert!(totals.contains(&json!("50.50")), "40 at 0.1999 is 8.00, and 42.50: {totals:?}");

        let again = desk.buyer.run("awardRfq", award).await.only();
        assert_eq!(again["orders"], awarded["orders"], "the same key answers the first result");
        let order = awarded["orders"].as_array().unwrap().iter().find(|o| o["seller"]["name"] == "Thép Việt").unwrap();
        let order = viet.run("order", json!({ "id": order["id"] })).await.only();
        assert_eq!(order["status"], "PLACED");
        assert_eq!(viet.run("quote", json!({ "id": viet_quote })).await.only()["status"], "PARTLY_AWARDED");
        assert_eq!(id(&order["buyer"]), id(&json!({ "id": desk.buyer_id() })));
    }
}
