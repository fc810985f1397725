//! The maker's catalog and its stores: browsed, searched and priced as the files say.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use tradehall::graphql::id::parse;
use tradehall_domain::access::SystemRole;
use tradehall_domain::id::Id;
use tradehall_domain::import::ImportMode;
use tradehall_tests::{Person, World, json, story};

use super::load;
use super::real::data;
use crate::search::{each, facet, settle};

/// The columns of a file of the data set, row by row, by the header's names.
fn rows(dir: &Path, file: &str) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(dir.join(file)).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let named = |row: csv::StringRecord| -> BTreeMap<String, String> {
        header.iter().zip(row.iter()).map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect()
    };
    reader.records().map(|row| named(row.unwrap())).collect()
}

/// The owner of the store of that name.
async fn store(world: &World, maker: &Person, name: &str) -> Person {
    let mut after = Value::Null;
    loop {
        let page =
            maker.run("customers", json!({ "filter": { "status": "APPROVED" }, "first": 100, "after": after })).await;
        let page = page.only();
        let edges = page["edges"].as_array().unwrap().clone();
        let found = edges.iter().find(|edge| edge["node"]["organization"]["name"] == name);
        if let Some(edge) = found {
            let (_, id) = parse(edge["node"]["organization"]["id"].as_str().unwrap()).unwrap();
            return world.member(Id::from_uuid(id), SystemRole::Owner);
        }
        assert_eq!(page["pageInfo"]["hasNextPage"], true, "there is no store {name}");
        after = page["pageInfo"]["endCursor"].clone();
    }
}

async fn detail(person: &Person, number: &str) -> Value {
    let found = person.run("productHits", json!({ "query": number, "first": 5 })).await.only();
    let edges = found["edges"].as_array().unwrap().clone();
    let hit = edges.iter().find(|edge| edge["node"]["number"] == number).unwrap();
    person.run("productPrice", json!({ "id": hit["node"]["id"], "quantity": "3" })).await.only()
}

story! {
    async fn a_store_browses_searches_and_pays_what_the_files_say(world) {
        let Some(dir) = data() else { return };
        let report = load(&world, &dir, ImportMode::AllOrNothing).await;
        settle(&world).await;
        let maker = world.member(report.import.organization.unwrap(), SystemRole::Owner);
        let (stores, products) = (rows(&dir, "stores.csv"), rows(&dir, "products.csv"));
        let segments = maker.run("segments", json!({ "first": 10 })).await.only();
        let mut counted = BTreeMap::new();
        for segment in segments["edges"].as_array().unwrap() {
            let code = segment["node"]["code"].as_str().unwrap().to_owned();
            let (mut count, mut after) = (0, Value::Null);
            loop {
                let filter = json!({ "filter": { "segmentId": segment["node"]["id"] }, "first": 100, "after": after });
                let page = maker.run("customers", filter).await.only();
                count += page["edges"].as_array().unwrap().len();
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
                after = page["pageInfo"]["endCursor"].clone();
            }
            counted.insert(code, count);
        }
        let mut expected: BTreeMap<String, usize> = BTreeMap::new();
        for row in &stores {
            *expected.entry(row["specialty"].clone()).or_default() += 1;
        }
        assert_eq!(counted, expected);

        let buyer = store(&world, &maker, &stores[0]["name"]).await;
        let guest = world.stranger().await;
        for row in products.iter().step_by(7) {
            let listed: rust_decimal::Decimal = row["list_price"].parse().unwrap();
            let told = detail(&buyer, &row["product_number"]).await;
            let price = &told["price"]["unitPrice"]["amount"];
            match listed.is_zero() {
                true => assert_eq!(told["price"], Value::Null, "{told}"),
                false => assert_eq!(price.as_str().unwrap().parse::<rust_decimal::Decimal>().unwrap(), listed, "{told}"),
            }
            assert_eq!(detail(&guest, &row["product_number"]).await["price"], Value::Null, "prices are for customers");
        }

        let search = json!({ "query": "mountain black", "facets": ["ATTRIBUTE"], "first": 100 });
        let found = buyer.run("productSearch", search.clone()).await.only();
        let meets = |row: &&BTreeMap<String, String>| {
            let words = format!("{} {}", row["name"], row["color"]).to_lowercase();
            ["mountain", "black"].iter().all(|word| words.split(|c: char| !c.is_alphanumeric()).any(|own| own.starts_with(word)))
        };
        let hits: Vec<_> = products.iter().filter(meets).map(|row| row["product_number"].clone()).collect();
        let numbers = each(&found, "number");
        assert!(hits.iter().all(|number| numbers.contains(number)), "{hits:?} of {numbers:?}");
        let colours = facet(&found, "ATTRIBUTE", Some("Color"));
        assert_eq!(colours.iter().map(|(_, count)| count).sum::<u64>(), found["totalCount"].as_u64().unwrap());
        assert_eq!(guest.run("productSearch", search).await.only(), found, "what is found owes nothing to prices");
        let cheap = json!({ "query": "mountain", "sort": "PRICE_ASCENDING", "first": 5, "filter": { "price": { "currency": "USD" } } });
        assert_eq!(each(&buyer.run("productSearch", cheap.clone()).await.only(), "number").len(), 5);
        assert_eq!(guest.run("productSearch", cheap).await.only()["totalCount"], 0, "what costs nothing to say is not said");
    }
}
