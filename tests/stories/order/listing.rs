//! Finding orders: each side its own, narrowed and page by page, at a cost that does not grow with them.

use tradehall::graphql::id::global;
use tradehall_tests::{Person, json, story};

use super::{Deal, a_day, place};

async fn numbers(person: &Person, variables: serde_json::Value) -> Vec<String> {
    let orders = person.run("orders", variables).await.only();
    let edges = orders["edges"].as_array().unwrap().iter();
    edges.map(|edge| edge["node"]["number"].as_str().unwrap().to_owned()).collect()
}

story! {
    async fn each_side_finds_its_own(world) {
        let deal = Deal::prepare(&world).await;
        let other = world.seller("Đinh Ốc Nam").await;
        let first = place(&deal.buyer, vec![deal.order()]).await.unwrap().remove(0);
        world.pass(a_day());
        let second = place(&deal.buyer, vec![deal.order_to(other.organization())]).await.unwrap().remove(0);
        let (one, two) = (first.number.as_str(), second.number.as_str());
        deal.seller.run("rejectOrder", json!({ "input": { "orderId": global(first.id), "reason": "Hết hàng" } })).await.ok();

        let list = |side: &str, filter: serde_json::Value| json!({ "side": side, "filter": filter, "first": 10 });
        let (buyer, seller) = (&deal.buyer, &deal.seller);
        assert_eq!(numbers(buyer, list("BUYER", json!(null))).await, [two, one]);
        assert_eq!(numbers(buyer, list("SELLER", json!(null))).await, [""; 0]);
        assert_eq!(numbers(seller, list("SELLER", json!({}))).await, [one]);
        assert_eq!(numbers(buyer, list("BUYER", json!({ "status": "REJECTED" }))).await, [one]);
        assert_eq!(numbers(buyer, list("BUYER", json!({ "placedFrom": "2026-03-03T08:00:00Z" }))).await, [two]);
        assert_eq!(numbers(buyer, list("BUYER", json!({ "placedBefore": "2026-03-03T08:00:00Z" }))).await, [one]);
        let counterparty = json!({ "counterpartyId": global(other.organization()) });
        assert_eq!(numbers(buyer, list("BUYER", counterparty)).await, [two]);
        let typed = one.to_lowercase().replace('-', " ");
        assert_eq!(numbers(seller, list("SELLER", json!({ "number": typed }))).await, [one]);
        // A number of somebody else's order finds nothing, as one that nobody has.
        assert_eq!(numbers(seller, list("SELLER", json!({ "number": two }))).await, [""; 0]);
        let malformed = seller.run("orders", list("SELLER", json!({ "number": "PO-1" }))).await;
        assert_eq!(malformed.error(), "BAD_USER_INPUT");
        assert_eq!(numbers(&world.stranger().await, list("BUYER", json!(null))).await, [""; 0]);
    }
}

story! {
    async fn pages_follow_each_other_even_within_one_moment(world) {
        let deal = Deal::prepare(&world).await;
        // Seven orders at one time, and two later: the id tells equals apart.
        place(&deal.buyer, (0..7).map(|_| deal.order()).collect()).await.unwrap();
        world.pass(a_day());
        place(&deal.buyer, (0..2).map(|_| deal.order()).collect()).await.unwrap();
        let all = numbers(&deal.seller, json!({ "side": "SELLER", "first": 100 })).await;
        assert_eq!(all.len(), 9);

        let mut forward = Vec::new();
        let mut after = json!(null);
        loop {
            let page = deal.seller.run("orders", json!({ "side": "SELLER", "first": 2, "after": after })).await.only();
            let edges = page["edges"].as_array().unwrap().iter();
            forward.extend(edges.map(|edge| edge["node"]["number"].as_str().unwrap().to_owned()));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(forward, all);

        let last = deal.seller.run("orders", json!({ "side": "SELLER", "last": 3 })).await.only();
        let before = last["pageInfo"]["startCursor"].clone();
        let variables = json!({ "side": "SELLER", "last": 3, "before": before });
        assert_eq!(numbers(&deal.seller, variables).await, all[3..6]);
    }
}

story! {
    async fn a_page_costs_the_same_whatever_it_holds(world) {
        let deal = Deal::prepare(&world).await;
        place(&deal.buyer, vec![deal.order()]).await.unwrap();
        // Orders, their lines, the organizations of both sides, the venues.
        let expected = 4;
        let one = deal.buyer.run("orders", json!({ "side": "BUYER", "first": 100 })).await;
        assert_eq!(one.statements, expected);
        let mut orders = Vec::new();
        for name in ["Đinh Ốc Nam", "Dây Cáp Bắc", "Sơn Miền Trung"] {
            let seller = world.seller(name).await.organization();
            orders.extend((0..10).map(|_| deal.order_to(seller)));
        }
        place(&deal.buyer, orders).await.unwrap();
        let many = deal.buyer.run("orders", json!({ "side": "BUYER", "first": 100 })).await;
        assert_eq!(many.statements, expected);
        assert_eq!(many.only()["edges"].as_array().unwrap().len(), 31);
    }
}
