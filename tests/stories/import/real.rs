//! The real data set, where it is to be had: in `TRADEHALL_DATA_DIR`, or in `shared/data/adventureworks` beside the workspace.

use std::path::{Path, PathBuf};

use crate::search::find;
use tradehall_domain::access::SystemRole;
use tradehall_domain::import::{ImportMode, ImportStatus};
use tradehall_tests::{json, skipped, story};

use super::{counts, load};

fn data() -> Option<PathBuf> {
    let dir = std::env::var_os("TRADEHALL_DATA_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/adventureworks"), PathBuf::from);
    let found = dir.join("products.csv").exists();
    if !found {
        skipped("the AdventureWorks data set is not here; set TRADEHALL_DATA_DIR to its folder");
    }
    found.then_some(dir)
}

story! {
    async fn adventureworks_comes_in_whole_and_once(world) {
        let Some(dir) = data() else { return };
        let report = load(&world, &dir, ImportMode::AllOrNothing).await;
        assert_eq!(report.refusals, []);
        assert_eq!(report.import.status, ImportStatus::Completed);
        let rows = [
            ("product_categories.csv", 4),
            ("product_subcategories.csv", 37),
            ("products.csv", 504),
            ("vendors.csv", 104),
            ("stores.csv", 701),
            ("product_vendors.csv", 460),
        ];
        assert_eq!(counts(&report), rows.map(|(file, rows)| (file, [rows, 0, 0, 0])));
        let again = load(&world, &dir, ImportMode::KeepGoodRows).await;
        assert_eq!(counts(&again), rows.map(|(file, rows)| (file, [0, 0, rows, 0])));

        let maker = world.member(report.import.organization.unwrap(), SystemRole::Purchaser);
        assert_eq!(find(&world, &maker, "br-1 AR 5381").await, [""; 0]);
        let found = find(&world, &maker, "ar-5381").await;
        let seen = maker.run("productsWithOffers", json!({ "filter": { "ids": found }, "first": 5 })).await.only();
        let offers = seen["edges"][0]["node"]["offers"].as_array().unwrap();
        assert_eq!(offers.len(), 1);
        assert_eq!(offers[0]["unitPrice"], json!({ "amount": "47.87", "currency": "USD" }));
        assert_eq!((&offers[0]["unit"], &offers[0]["maxQuantity"]), (&json!("XCS"), &json!("5")));
        let stranger = world.stranger().await;
        let seen = stranger.run("productsWithOffers", json!({ "filter": { "ids": found }, "first": 5 })).await.only();
        assert_eq!(seen["edges"][0]["node"]["offers"], json!([]), "what vendors ask is between them and the maker");

        let runs = maker.run("imports", json!({ "first": 10 })).await.only();
        assert_eq!(runs["edges"].as_array().unwrap().len(), 2);
        assert_eq!(stranger.run("imports", json!({ "first": 10 })).await.only()["edges"], json!([]));
    }
}
