//! Facets, filters, orders and pages.

use serde_json::Value;
use tradehall_tests::{Person, World, json, story};

use super::{each, facet, publish, settle};

async fn shelf(world: &World) -> Person {
    let owner = world.seller("Kim khí Việt").await;
    for (number, name, brand, length, material) in [
        ("B-1", "Bolt Ánh", "Bosch", "40", "Thép"),
        ("B-2", "Bolt bền", "BOSCH", "40.0", "inox"),
        ("B-3", "bolt an toàn", "Würth", "100", "thép"),
        ("B-4", "Bolt đen", "Würth", "9.5", "Inox"),
        ("N-1", "Nut", "Bosch", "5", "Thép"),
    ] {
        let attributes = json!([
            { "name": "Chiều dài", "value": length, "unit": "MMT" },
            { "name": "Vật liệu", "value": material },
        ]);
        let product =
            json!({ "number": number, "name": name, "brand": brand, "unit": "C62", "attributes": attributes });
        publish(&owner, product).await;
    }
    settle(world).await;
    owner
}

async fn search(person: &Person, filter: Value) -> Value {
    person.run("productSearch", json!({ "query": "bolt", "filter": filter, "first": 10 })).await.only()
}

fn values(list: &[(&str, u64)]) -> Vec<(String, u64)> {
    list.iter().map(|(label, count)| ((*label).to_owned(), *count)).collect()
}

story! {
    async fn facets_count_and_narrow(world) {
        let owner = shelf(&world).await;
        let length = Some("Chiều dài");
        let found = search(&owner, json!({})).await;
        assert_eq!(found["totalCount"], 4);
        assert_eq!(facet(&found, "BRAND", None), values(&[("BOSCH", 2), ("Würth", 2)]));
        assert_eq!(facet(&found, "OWNER", None), values(&[("Kim khí Việt", 4)]));
        assert_eq!(facet(&found, "ATTRIBUTE", length), values(&[("40", 2), ("9.5", 1), ("100", 1)]));
        assert_eq!(facet(&found, "ATTRIBUTE", Some("Vật liệu")), values(&[("Inox", 2), ("Thép", 2)]));
        let lengths = found["facets"].as_array().unwrap().iter().find(|facet| facet["name"] == "Chiều dài").unwrap();
        assert_eq!((&lengths["unit"], &lengths["min"], &lengths["max"]), (&json!("MMT"), &json!("9.5"), &json!("100")));

        let of = |kind: &str| found["facets"].as_array().unwrap().iter().find(|facet| facet["kind"] == kind).unwrap().clone();
        let owners = json!({ "ownerIds": [of("OWNER")["values"][0]["key"]], "brands": [of("BRAND")["values"][1]["key"]] });
        assert_eq!(each(&search(&owner, owners).await, "number"), ["B-3", "B-4"], "a key is what a filter takes");

        // A facet's own choice is left aside in its counts, and in no others.
        let found = search(&owner, json!({ "brands": ["würth"] })).await;
        assert_eq!(each(&found, "number"), ["B-3", "B-4"]);
        assert_eq!(facet(&found, "BRAND", None), values(&[("BOSCH", 2), ("Würth", 2)]));
        assert_eq!(facet(&found, "ATTRIBUTE", length), values(&[("9.5", 1), ("100", 1)]));
        let both = json!({ "brands": ["Bosch"], "attributes": [{ "name": "vat lieu", "values": ["INOX"] }] });
        let found = search(&owner, both).await;
        assert_eq!(each(&found, "number"), ["B-2"]);
        assert_eq!(facet(&found, "BRAND", None), values(&[("BOSCH", 1), ("Würth", 1)]));
        assert_eq!(facet(&found, "ATTRIBUTE", Some("Vật liệu")), values(&[("inox", 1), ("Thép", 1)]));
        let between = json!({ "attributes": [{ "name": "chiều dài", "unit": "MMT", "min": "9.5", "max": "40" }] });
        assert_eq!(each(&search(&owner, between).await, "number"), ["B-1", "B-2", "B-4"]);
        let nothing = search(&owner, json!({ "brands": ["Makita"] })).await;
        assert_eq!((&nothing["totalCount"], &nothing["didYouMean"]), (&json!(0), &json!(null)));
        assert_eq!(facet(&nothing, "BRAND", None).len(), 2);

        let only = json!({ "query": "bolt", "facets": ["BRAND"], "first": 1 });
        let found = owner.run("productSearch", only).await.only();
        assert_eq!(found["facets"].as_array().unwrap().len(), 1);
        for wrong in [json!([{ "name": "x" }]), json!([{ "name": "x", "values": ["1"], "min": "1" }])] {
            let answer = owner.run("productSearch", json!({ "filter": { "attributes": wrong }, "first": 1 })).await;
            assert_eq!(answer.error(), "BAD_USER_INPUT");
        }
    }
}

story! {
    async fn pages_go_on_where_they_stopped_in_every_order(world) {
        let owner = shelf(&world).await;
        let stranger = world.stranger().await;
        for (sort, expected) in [
            ("RELEVANCE", ["B-1", "B-2", "B-3", "B-4"]),
            ("NAME", ["B-3", "B-1", "B-2", "B-4"]),
            ("NUMBER", ["B-1", "B-2", "B-3", "B-4"]),
            ("NEWEST", ["B-4", "B-3", "B-2", "B-1"]),
        ] {
            let ask = async |arguments: Value| {
                let mut variables = json!({ "query": "bolt", "sort": sort });
                variables.as_object_mut().unwrap().extend(arguments.as_object().unwrap().clone());
                stranger.run("productSearch", variables).await.only()
            };
            let first = ask(json!({ "first": 3 })).await;
            assert_eq!(each(&first, "number"), expected[..3], "{sort}");
            assert_eq!(first["pageInfo"]["hasNextPage"], true);
            let cursor = &first["edges"][1]["cursor"];
            let rest = ask(json!({ "first": 3, "after": cursor })).await;
            assert_eq!(each(&rest, "number"), expected[2..], "{sort}");
            assert_eq!((&rest["pageInfo"]["hasNextPage"], &rest["totalCount"]), (&json!(false), &json!(4)));
            let before = ask(json!({ "last": 1, "before": first["edges"][2]["cursor"] })).await;
            assert_eq!(each(&before, "number"), expected[1..2], "{sort}");
            assert_eq!(before["pageInfo"]["hasPreviousPage"], true);
            let last = ask(json!({ "last": 2 })).await;
            assert_eq!(each(&last, "number"), expected[2..], "{sort}");
        }
        let by_name = json!({ "query": "bolt", "sort": "NAME", "first": 1 });
        let cursor = owner.run("productHits", by_name).await.only()["pageInfo"]["endCursor"].clone();
        for (sort, after) in [("RELEVANCE", cursor), ("NAME", json!("nonsense")), ("NEWEST", json!("n.zz"))] {
            let answer = owner.run("productHits", json!({ "query": "bolt", "sort": sort, "first": 1, "after": after })).await;
            assert_eq!(answer.error(), "BAD_USER_INPUT");
        }
    }
}

story! {
    async fn what_is_typed_is_completed(world) {
        let owner = shelf(&world).await;
        let input = json!({ "input": { "code": "B", "name": "Bolts and screws" } });
        let category = owner.run("createCategory", input).await.only()["category"]["id"].clone();
        publish(&owner, json!({ "number": "S", "name": "Screw", "unit": "C62", "categoryId": category })).await;
        settle(&world).await;
        let suggest = async |prefix: &str| {
            let told = owner.run("productSuggestions", json!({ "prefix": prefix, "first": 2 })).await.only();
            let texts = told.as_array().unwrap().iter();
            texts.map(|one| (one["text"].as_str().unwrap().to_owned(), one["count"].as_u64().unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(suggest("bol").await, values(&[("Bolts and screws", 1), ("Bolt Ánh", 1), ("Bolt bền", 1)]));
        assert_eq!(suggest("bosc").await, values(&[("BOSCH", 3), ("Bolt Ánh", 1), ("Bolt bền", 1)]));
        assert_eq!(suggest("zzz").await, []);
    }
}
