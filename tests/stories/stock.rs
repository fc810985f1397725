//! Stock: exact for its seller, a word for others.

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall::worker::step;
use tradehall_tests::{Person, json, story};

use crate::catalog::{draft, published};
use crate::import::desk::{counts, reasons};

/// What `person` is told of the products of `seller`, by number.
async fn said_of(person: &Person, seller: &Person) -> Vec<(String, String)> {
    let filter = json!({ "filter": { "ownerId": global(seller.organization()) }, "first": 10 });
    let found = person.run("productAvailability", filter).await.only();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let nodes = found["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]);
    let mut told: Vec<_> = nodes.map(|node| (text(&node["number"]), text(&node["availability"]))).collect();
    told.sort();
    told
}

fn words(said: &[(&str, &str)]) -> Vec<(String, String)> {
    said.iter().map(|(number, word)| ((*number).to_owned(), (*word).to_owned())).collect()
}

const COUNT: &str = "number,location,quantity,unit,low_below,as_of\n\
                     A,HN,10,C62,20,2026-03-01\n\
                     A,SG,0.5,KGM,,\n\
                     A,DN,5,,,\n\
                     B,HN,0,,,\n\
                     C,HN,-1,,,\n\
                     C,SG,100,,,\n\
                     X,HN,1,,,\n\
                     H,HN,1,,,\n\
                     A,HN,11,,,\n";

story! {
    async fn the_seller_sees_quantities_and_others_a_word(world) {
        let (buyer, seller) = (world.buyer().await, world.seller("Thép Việt").await);
        for number in ["A", "B", "C", "D"] {
            published(&seller, number, "Ốc").await;
        }
        draft(&seller, "H", "Bí mật").await;
        let run = world.import_csv(&seller, "STOCK", COUNT, json!({})).await;
        assert_eq!(counts(&run), [5, 0, 0, 4]);
        let expected = [(3, "UNITS_DIFFER", "unit"), (6, "NEGATIVE", "quantity"), (8, "NOT_FOUND", "number"), (10, "DUPLICATE", "location")];
        assert_eq!(reasons(&run), expected.map(|(line, code, column)| (line, code.to_owned(), column.to_owned())));
        let seen = words(&[("A", "LOW"), ("B", "OUT"), ("C", "IN_STOCK"), ("D", "UNKNOWN")]);
        assert_eq!(said_of(&buyer, &seller).await, seen);
        let own = said_of(&seller, &seller).await;
        assert_eq!(own.last(), Some(&("H".to_owned(), "IN_STOCK".to_owned())));

        let mine = seller.run("stock", json!({ "first": 10 })).await.only();
        assert_eq!(mine["edges"].as_array().unwrap().len(), 5);
        let at = |location: &str| {
            let edges = mine["edges"].as_array().unwrap();
            edges.iter().map(|edge| edge["node"].clone()).find(|node| node["location"] == location && node["product"]["number"] == "A").unwrap()
        };
        assert_eq!((&at("HN")["quantity"], &at("HN")["asOf"]), (&json!("10"), &json!("2026-03-01T00:00:00Z")));
        assert_eq!(buyer.run("stock", json!({ "first": 10 })).await.only()["edges"], json!([]));

        let again = world.import_csv(&seller, "STOCK", COUNT, json!({})).await;
        assert_eq!(counts(&again), [0, 0, 5, 4]);
        let more = world.import_csv(&seller, "STOCK", "number,location,quantity\nA,DN,15\nB,HN,1\n", json!({})).await;
        assert_eq!(counts(&more), [0, 2, 0, 0]);
        assert_eq!(said_of(&buyer, &seller).await[..2], words(&[("A", "IN_STOCK"), ("B", "IN_STOCK")]));
    }
}

story! {
    async fn stock_goes_out_and_comes_back_unchanged(world) {
        let seller = world.seller("Thép Việt").await;
        published(&seller, "A", "Ốc").await;
        world.import_csv(&seller, "STOCK", "number,location,quantity,low_below\nA,HN,12,3\nA,SG,0,\n", json!({})).await;
        for format in ["CSV", "XLSX"] {
            let input = json!({ "input": { "kind": "STOCK", "format": format } });
            let started = seller.run("startExport", input).await.only()["export"]["id"].clone();
            step(&world.app).await.unwrap();
            let done = seller.run("export", json!({ "id": started })).await.only();
            let run = world.import(&seller, &done["attachment"]["id"], "STOCK", json!({})).await;
            assert_eq!(counts(&run), [0, 0, 2, 0], "{run:#}");
        }
    }
}
