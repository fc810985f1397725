//! The same price wherever it is asked for, equal to what a plain reading of the rules says.

mod books;

use serde_json::Value;
use tradehall_tests::{Person, json, story};

use super::{Prices, in_words};
use crate::rfq::desk::Desk;
use books::{Books, Dice};

/// What is asked for on every path.
const ASKED: &[(&str, Option<&str>)] =
    &[("1", None), ("9", Some("USD")), ("10", Some("USD")), ("10", Some("VND")), ("60", None), ("100", Some("USD"))];

/// How often the books are changed and everything is asked again.
const ROUNDS: usize = 4;

/// What each product costs `person` on the paths that lead to products: a list, each by itself, and by global ids.
async fn on_every_path(
    person: &Person,
    products: &[Value],
    quantity: &str,
    currency: Option<&str>,
) -> Vec<Vec<String>> {
    let mut arguments = json!({ "quantity": quantity, "currency": currency, "first": 50 });
    let listed = person.run("productsWithPrices", arguments.clone()).await.only();
    let edges = listed["edges"].as_array().unwrap();
    let in_list = |product: &Value| {
        let edge = edges.iter().find(|edge| edge["node"]["id"] == product["id"]).unwrap();
        in_words(&edge["node"]["price"])
    };
    arguments["ids"] = products.iter().map(|product| product["id"].clone()).collect();
    let nodes = "query ($ids: [ID!]!, $quantity: Decimal, $currency: CurrencyCode) { nodes(ids: $ids) { \
                 ... on Product { price(quantity: $quantity, currency: $currency) { rule unitPrice { amount currency } } } } }";
    let nodes = person.ask(nodes, arguments).await.only();
    let mut alone = Vec::new();
    let mut explained = Vec::new();
    for product in products {
        let asked =
            json!({ "id": product["id"], "productId": product["id"], "quantity": quantity, "currency": currency });
        alone.push(in_words(&person.run("productPrice", asked.clone()).await.only()["price"]));
        explained.push(in_words(&person.run("priceExplanation", asked).await.only()["price"]));
    }
    let by_node = nodes.as_array().unwrap().iter().map(|node| in_words(&node["price"])).collect();
    vec![products.iter().map(in_list).collect(), by_node, alone, explained]
}

story! {
    async fn one_price_on_every_path_and_the_one_that_the_rules_say(world) {
        let prices = Prices::open(&world).await;
        let desk = Desk::open(&world).await;
        let customer = prices.shop.customer(&desk.buyer).await;
        let mut products = Vec::new();
        for n in 0..4 {
            products.push(prices.shop.product(&format!("P-{n}")).await);
        }
        let segment = prices.shop.segment("S").await;
        let sort = json!({ "input": { "segmentId": segment, "addCustomerIds": [customer] } });
        prices.seller().run("sortCustomers", sort).await.only();
        let guest = world.stranger().await;

        let lines: Vec<_> = products.iter().map(|product| json!({ "productId": product["id"], "quantity": "10", "unit": "C62" })).collect();
        let rfq = desk.draft(desk.content(json!(lines), "OPEN")).await["id"].clone();
        desk.ask(prices.seller(), &rfq).await.only();
        desk.buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();

        let mut books = Books::new(&customer, &segment);
        let mut dice = Dice::new(20_261_122);
        for round in 0..ROUNDS {
            books.grow(&prices, &products, &mut dice).await;
            for (quantity, currency) in ASKED {
                for (person, is_customer) in [(&desk.buyer, true), (&guest, false)] {
                    let expected: Vec<_> = (0..products.len()).map(|n| books.price(n, quantity, *currency, is_customer)).collect();
                    for (path, seen) in on_every_path(person, &products, quantity, *currency).await.into_iter().enumerate() {
                        assert_eq!(seen, expected, "round {round}, {quantity} in {currency:?}, path {path}, customer: {is_customer}");
                    }
                }
            }
            let seen = prices.seller().run("rfqSuggestedPrices", json!({ "id": rfq })).await.only();
            let suggested: Vec<_> = seen["lines"].as_array().unwrap().iter().map(|line| in_words(&line["suggestedPrice"])).collect();
            let expected: Vec<_> = (0..products.len()).map(|n| books.price(n, "10", Some("USD"), true)).collect();
            assert_eq!(suggested, expected, "round {round}");
            let bought = desk.buyer.run("rfqSuggestedPrices", json!({ "id": rfq })).await.only();
            assert!(bought["lines"].as_array().unwrap().iter().all(|line| line["suggestedPrice"].is_null()));
        }
        assert!(books.has_seen_all_rules(), "the dice did not try every rule");
    }
}
