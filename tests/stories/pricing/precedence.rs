//! The same price wherever it is asked for, equal to what a plain reading of the rules says.

mod books;

use serde_json::Value;
use tradehall_tests::{Person, json, story};

use super::{Prices, in_words};
use crate::rfq::desk::Desk;
use crate::search::{each, settle};
use books::Books;
pub use books::Dice;

/// What is asked for on every path.
const ASKED: &[(&str, &str, Option<&str>)] = &[
    ("9", "C62", Some("USD")),
    ("10", "C62", None),
    ("10", "C62", Some("VND")),
    ("60", "C62", Some("USD")),
    ("1", "XBX", Some("USD")),
    ("5", "XBX", None),
    ("1", "XPX", Some("USD")),
];

/// What is asked for on the path that a request leads to.
const REQUESTED: &[(&str, &str)] = &[("10", "C62"), ("5", "XBX")];

/// How often the books are changed and everything is asked again.
const ROUNDS: usize = 4;

/// What each product costs `person` on the paths that lead to products: a list, each by itself, and by global ids.
async fn on_every_path(
    person: &Person,
    products: &[Value],
    (quantity, unit, currency): (&str, &str, Option<&str>),
) -> Vec<Vec<String>> {
    let mut arguments = json!({ "quantity": quantity, "unit": unit, "currency": currency, "first": 50 });
    let listed = person.run("productsWithPrices", arguments.clone()).await.only();
    let edges = listed["edges"].as_array().unwrap();
    let in_list = |product: &Value| {
        let edge = edges.iter().find(|edge| edge["node"]["id"] == product["id"]).unwrap();
        per_unit(&edge["node"]["price"])
    };
    arguments["ids"] = products.iter().map(|product| product["id"].clone()).collect();
    let nodes = "query ($ids: [ID!]!, $quantity: Decimal, $unit: UnitCode, $currency: CurrencyCode) { nodes(ids: $ids) { \
                 ... on Product { price(quantity: $quantity, unit: $unit, currency: $currency) { rule unit unitPrice { amount currency } } } } }";
    let nodes = person.ask(nodes, arguments).await.only();
    let mut alone = Vec::new();
    let mut explained = Vec::new();
    for product in products {
        let id = &product["id"];
        let asked = json!({ "id": id, "productId": id, "quantity": quantity, "unit": unit, "currency": currency });
        alone.push(per_unit(&person.run("productPrice", asked.clone()).await.only()["price"]));
        explained.push(per_unit(&person.run("priceExplanation", asked).await.only()["price"]));
    }
    let by_node = nodes.as_array().unwrap().iter().map(|node| per_unit(&node["price"])).collect();
    vec![products.iter().map(in_list).collect(), by_node, alone, explained]
}

/// A price in few words, with what it counts.
fn per_unit(price: &Value) -> String {
    match price {
        Value::Null => String::new(),
        _ => format!("{} per {}", in_words(price), price["unit"].as_str().unwrap()),
    }
}

/// The numbers of what `person` finds that has a price in a currency for so many pieces, the cheapest first.
async fn by_price(person: &Person, quantity: &str, currency: &str) -> Vec<String> {
    let filter = json!({ "price": { "currency": currency, "quantity": quantity } });
    let found = person.run("productHits", json!({ "filter": filter, "sort": "PRICE_ASCENDING", "first": 50 })).await;
    each(&found.only(), "number")
}

story! {
    async fn one_price_on_every_path_and_the_one_that_the_rules_say(world) {
        let prices = Prices::open(&world).await;
        let desk = Desk::open(&world).await;
        let customer = prices.shop.customer(&desk.buyer).await;
        let mut products = Vec::new();
        for n in 0..4 {
            products.push(prices.packed(&format!("P-{n}")).await);
        }
        let segment = prices.shop.segment("S").await;
        let sort = json!({ "input": { "segmentId": segment, "addCustomerIds": [customer] } });
        prices.seller().run("sortCustomers", sort).await.only();
        let guest = world.stranger().await;

        let requested: Vec<_> = REQUESTED.iter().flat_map(|asked| (0..products.len()).map(move |n| (n, *asked))).collect();
        let line = |(n, (quantity, unit)): &(usize, (&str, &str))| {
            json!({ "productId": products[*n]["id"], "quantity": quantity, "unit": unit })
        };
        let lines: Vec<_> = requested.iter().map(line).collect();
        let rfq = desk.draft(desk.content(json!(lines), "OPEN")).await["id"].clone();
        desk.ask(prices.seller(), &rfq).await.only();
        desk.buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();

        let mut books = Books::new(&customer, &segment);
        let mut dice = Dice::new(20_261_122);
        for round in 0..ROUNDS {
            books.grow(&prices, &products, &mut dice).await;
            settle(&world).await;
            for asked in ASKED {
                for (person, is_customer) in [(&desk.buyer, true), (&guest, false)] {
                    let expected: Vec<_> = (0..products.len()).map(|n| books.price(n, *asked, is_customer)).collect();
                    for (path, seen) in on_every_path(person, &products, *asked).await.into_iter().enumerate() {
                        assert_eq!(seen, expected, "round {round}, {asked:?}, path {path}, customer: {is_customer}");
                    }
                    if let (quantity, "C62", Some(currency)) = *asked {
                        let found = by_price(person, quantity, currency).await;
                        let expected: Vec<_> = books.by_price(products.len(), *asked, is_customer).into_iter().map(|n| format!("P-{n}")).collect();
                        assert_eq!(found, expected, "round {round}, {asked:?}, customer: {is_customer}");
                    }
                }
            }
            let seen = prices.seller().run("rfqSuggestedPrices", json!({ "id": rfq })).await.only();
            let suggested: Vec<_> = seen["lines"].as_array().unwrap().iter().map(|line| per_unit(&line["suggestedPrice"])).collect();
            let suggestion = |(n, (quantity, unit)): &(usize, _)| books.price(*n, (*quantity, *unit, Some("USD")), true);
            let expected: Vec<_> = requested.iter().map(suggestion).collect();
            assert_eq!(suggested, expected, "round {round}");
            let bought = desk.buyer.run("rfqSuggestedPrices", json!({ "id": rfq })).await.only();
            assert!(bought["lines"].as_array().unwrap().iter().all(|line| line["suggestedPrice"].is_null()));
        }
        assert!(books.has_seen_all_rules(), "the dice did not try every rule");
    }
}
