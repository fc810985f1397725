//! What a viewer may not see changes nothing in its answers: hits, counts, facets, cursors, suggestions and corrections stay the same to
//! the byte while a seller fills a shop that shows it nothing.

use serde_json::{Value, json};
use tradehall_tests::{Person, World, story};

use super::{facet, numbers, publish, settle};

/// A seller whose shop shows its guests nothing.
async fn closed_shop(world: &World) -> (Person, Value) {
    let seller = world.seller("Kín Đáo").await;
    let venue = json!({ "input": { "name": "Kín Đáo", "model": "SELL_SIDE", "access": "PUBLIC", "guestPolicy": "CUSTOMERS_ONLY" } });
    let venue = seller.run("openVenue", venue).await.only()["venue"].clone();
    (seller, venue)
}

/// Everything that a search tells `person`.
async fn answers(person: &Person) -> Vec<Value> {
    let mut told = Vec::new();
    for query in ["thép", "thep hop", "M8", "bolt", "bolts steel", "theo", "stael", "hinge", "zzz"] {
        for sort in ["RELEVANCE", "NAME", "NUMBER", "NEWEST"] {
            for page in [json!({ "first": 2 }), json!({ "last": 1 })] {
                let mut variables = json!({ "query": query, "sort": sort });
                variables.as_object_mut().unwrap().extend(page.as_object().unwrap().clone());
                told.push(person.run("productSearch", variables).await.json);
            }
        }
        told.push(person.run("productSuggestions", json!({ "prefix": query })).await.json);
    }
    let filter = json!({ "brands": ["Hinge"], "attributes": [{ "name": "size", "values": ["M8", "M9"] }] });
    told.push(person.run("productSearch", json!({ "filter": filter, "first": 5 })).await.json);
    told.push(person.run("productSearch", json!({ "first": 5 })).await.json);
    told
}

fn item(number: &str, name: &str, brand: &str, size: &str) -> Value {
    let attributes = json!([{ "name": "Size", "value": size }]);
    json!({ "number": number, "name": name, "brand": brand, "unit": "C62", "attributes": attributes })
}

story! {
    async fn hidden_goods_change_no_answer(world) {
        let open = world.seller("Cởi Mở").await;
        publish(&open, item("A-1", "Thép hộp M8", "Hinge", "M8")).await;
        publish(&open, item("A-2", "Steel bolt", "Bosch", "M9")).await;
        publish(&open, item("A-3", "Thép tấm", "Bosch", "M8")).await;
        let (closed, venue) = closed_shop(&world).await;
        let guest = world.stranger().await;
        settle(&world).await;
        let before = answers(&guest).await;

        for (number, name, brand) in [
            ("M8", "Thép hộp M8 bolt", "Hinge"),
            ("A-0", "Bolts steel zzz", "BOSCH"),
            ("THEO", "Stael hinges", "Zzz"),
            ("B", "Bolts", "Aaa"),
        ] {
            publish(&closed, item(number, name, brand, "M10")).await;
        }
        settle(&world).await;
        assert_eq!(numbers(&closed, "hinge").await, ["A-1", "M8", "THEO"], "its own people find them");
        for (one, other) in before.iter().zip(answers(&guest).await) {
            assert_eq!(one.to_string(), other.to_string());
        }

        // Customers see them; and as soon as the shop takes nobody but them in, nobody else does.
        let customer = world.seller("Khách").await;
        let part = json!({ "input": { "venueId": venue["id"], "side": "BUYER" } });
        let part = customer.run("applyToVenue", part).await.only()["participation"]["id"].clone();
        assert_eq!(numbers(&customer, "zzz").await, [""; 0]);
        closed.run("approveParticipation", json!({ "input": { "participationId": part } })).await.only();
        assert_eq!(numbers(&customer, "zzz").await, ["A-0", "THEO"], "at once: no product has to be indexed for that");
        let found = customer.run("productSearch", json!({ "query": "thep hop", "first": 5 })).await.only();
        assert_eq!(facet(&found, "BRAND", None), [("Hinge".to_owned(), 2)]);
        closed.run("suspendParticipation", json!({ "input": { "participationId": part } })).await.only();
        assert_eq!(numbers(&customer, "zzz").await, [""; 0]);
    }
}
