//! Prices of price lists as a table.

use serde_json::Value;
use tradehall_domain::access::{Actor, Permission, PermissionSet, SystemRole};
use tradehall_tests::tables::CSV;
use tradehall_tests::{World, json, story};

use super::desk::{ask, counts, reasons};
use crate::export::export;
use crate::pricing::{Prices, pays};

/// A shop with two lists, one of them in force, and three products.
async fn parties(world: &World) -> (Prices, [Value; 3]) {
    let prices = Prices::open(world).await;
    let mut products = [Value::Null, Value::Null, Value::Null];
    for (slot, number) in products.iter_mut().zip(["A-1", "A-2", "A-3"]) {
        *slot = prices.shop.product(number).await;
    }
    // What weighs a kilogram is 40 pieces of it, so that it has prices by weight.
    prices.pack(&products[1], json!([{ "unit": "KGM", "quantity": "40" }])).await.only();
    prices.list("GEN", json!({})).await;
    prices.draft("NEXT", json!({})).await;
    (prices, products)
}

/// How many prices stand in all lists.
async fn standing(world: &World, prices: &Prices) -> i64 {
    export(world, prices.seller(), "PRICES", "CSV", json!({})).await["rowCount"].as_i64().unwrap()
}

const LIST: &str = "list_code,product_number,unit,unit_price,min_quantity,order_minimum,order_multiple,valid_from,valid_until\n\
     GEN,A-1,C62,9.5,,,,,\n\
     GEN,A-1,C62,8.25,10,20,5,,\n\
     NEXT,A-1,C62,7,,,,2030-01-01,2031-01-01\n\
     GEN,A-2,KGM,0.0001,0.5,,,,2040-01-01T00:00:00Z\n\
     NONE,A-1,C62,1,,,,,\n\
     GEN,A-9,C62,1,,,,,\n\
     GEN,A-1,C62,3,10.0,,,,\n\
     GEN,A-1,C62,4,10,,,2030-01-01,\n\
     GEN,A-3,C62,0,,,,,\n\
     GEN,A-3,C62,-1,1,,,,\n\
     GEN,A-3,C62,1,7,8,5,,\n\
     GEN,A-3,C62,1,,,,2031-01-01,2030-01-01\n\
     GEN,A-3,C62,1,,,,,2001-01-01\n\
     GEN,A-3,XXX,x,,,,soon,\n";

story! {
    async fn prices_come_in_with_a_reason_for_each_refused_row(world) {
        let (prices, [first, ..]) = parties(&world).await;
        let buyer = world.buyer().await;
        let run = world.import_csv(prices.seller(), "PRICES", LIST, json!({})).await;
        assert_eq!((&run["status"], counts(&run)), (&json!("PARTLY"), [4, 0, 0, 10]), "{run:#}");
        let expected = [
            (6, "KEY_UNKNOWN", "list_code"),
            (7, "NOT_FOUND", "product_number"),
            (8, "DUPLICATE", "product_number"),
            (9, "PRICE_OVERLAPS", "valid_from"),
            (10, "NOT_POSITIVE", "unit_price"),
            (11, "NOT_POSITIVE", "unit_price"),
            (12, "OFF_MULTIPLE", "min_quantity"),
            (12, "OFF_MULTIPLE", "order_minimum"),
            (13, "ENDS_BEFORE_START", "valid_until"),
            (14, "IN_PAST", "valid_until"),
            (15, "UNKNOWN_UNIT", "unit"),
            (15, "NUMBER_MALFORMED", "unit_price"),
            (15, "DATE_MALFORMED", "valid_from"),
        ];
        assert_eq!(reasons(&run), expected.map(|(line, code, column)| (line, code.to_owned(), column.to_owned())));
        assert_eq!(pays(&buyer, &first, "1").await, "9.50 USD by LIST");
        assert_eq!(pays(&buyer, &first, "20").await, "8.25 USD by TIER");

        let again = world.import_csv(prices.seller(), "PRICES", LIST, json!({})).await;
        assert_eq!(counts(&again), [0, 0, 4, 10]);
        let dearer = "Mã bảng giá;list_code;product_number;unit;unit_price\r\n;GEN;A-1;C62;9.75\r\n";
        let mapping = json!([
            { "column": "list_code", "field": "list_code" }, { "column": "product_number", "field": "product_number" },
            { "column": "unit", "field": "unit" }, { "column": "unit_price", "field": "unit_price" },
        ]);
        let run = world.import_csv(prices.seller(), "PRICES", dearer, json!({ "mapping": mapping })).await;
        assert_eq!(counts(&run), [0, 1, 0, 0], "{run:#}");
        assert_eq!(pays(&buyer, &first, "1").await, "9.75 USD by LIST");
        let tier = "list_code,product_number,unit,unit_price,min_quantity\nGEN,A-1,C62,8,10\n";
        assert_eq!(counts(&world.import_csv(prices.seller(), "PRICES", tier, json!({})).await), [0, 1, 0, 0]);
        let multiple = "list_code,product_number,unit,unit_price,min_quantity,order_minimum,order_multiple\nGEN,A-1,C62,8,10,20,5\n";
        let run = world.import_csv(prices.seller(), "PRICES", multiple, json!({})).await;
        assert_eq!(counts(&run), [0, 0, 1, 0], "a column that is missing leaves what it would say");

        let other = world.seller("Thép Việt").await;
        let run = world.import_csv(&other, "PRICES", "list_code,product_number,unit,unit_price\nGEN,A-1,C62,1\n", json!({})).await;
        let expected = [("KEY_UNKNOWN", "list_code"), ("NOT_FOUND", "product_number")];
        assert_eq!(reasons(&run), expected.map(|(code, column)| (2, code.to_owned(), column.to_owned())));
    }
}

story! {
    async fn prices_that_are_only_tried_are_not_kept(world) {
        let (prices, _) = parties(&world).await;
        for extra in [json!({ "trial": true }), json!({ "mode": "ALL_OR_NOTHING" })] {
            let run = world.import_csv(prices.seller(), "PRICES", LIST, extra).await;
            assert_eq!(counts(&run), [4, 0, 0, 10]);
            assert_eq!(standing(&world, &prices).await, 0);
        }
    }
}

story! {
    async fn prices_go_out_and_come_back_unchanged(world) {
        let (prices, [first, ..]) = parties(&world).await;
        world.import_csv(prices.seller(), "PRICES", LIST, json!({})).await;
        let ended = prices.list("OLD", json!({})).await;
        prices.enter(&ended, &first, "1", json!({})).await;
        prices.step("endPriceList", &ended).await;
        // What is over stands until it is ended.
        let soon = (world.now() + jiff::SignedDuration::from_hours(1)).to_string();
        let brief = "list_code,product_number,unit,unit_price,valid_until\nGEN,A-3,C62,1,";
        let run = world.import_csv(prices.seller(), "PRICES", &format!("{brief}{soon}\n"), json!({})).await;
        assert_eq!(counts(&run), [1, 0, 0, 0], "{run:#}");
        world.pass(jiff::SignedDuration::from_hours(2));
        for format in ["CSV", "XLSX"] {
            let done = export(&world, prices.seller(), "PRICES", format, json!({})).await;
            assert_eq!(done["rowCount"], 5, "{done:#}");
            let run = world.import(prices.seller(), &done["attachment"]["id"], "PRICES", json!({})).await;
            assert_eq!(counts(&run), [0, 0, 5, 0], "{format}: {run:#}");
        }
    }
}

story! {
    async fn prices_and_customers_are_imported_and_seen_by_those_who_may(world) {
        let (prices, _) = parties(&world).await;
        let organization = prices.seller().organization();
        let file = world.place(prices.seller(), "list.csv", CSV, LIST.as_bytes()).await;
        let catalog = world.member(organization, SystemRole::CatalogManager);
        assert_eq!(ask(&catalog, &file, "PRICES", json!({ "trial": true })).await.only()["import"]["status"], "QUEUED");
        assert_eq!(ask(&catalog, &file, "CUSTOMERS", json!({})).await.error(), "FORBIDDEN");
        tradehall::worker::step(&world.app).await.unwrap();

        let run = world.import(prices.seller(), &file, "PRICES", json!({})).await;
        let done = export(&world, prices.seller(), "PRICES", "CSV", json!({})).await;
        let permissions = PermissionSet::of(&[Permission::CatalogRead, Permission::CatalogManage]);
        let narrow = world.acting(Actor { permissions, ..catalog.actor });
        for kind in ["PRICES", "CUSTOMERS"] {
            let input = json!({ "input": { "kind": kind, "format": "CSV" } });
            assert_eq!(narrow.run("startExport", input).await.error(), "FORBIDDEN");
            assert_eq!(ask(&narrow, &file, kind, json!({})).await.error(), "FORBIDDEN");
        }
        assert_eq!(narrow.run("export", json!({ "id": done["id"] })).await.error(), "FORBIDDEN");
        assert_eq!(narrow.run("import", json!({ "id": run["id"] })).await.error(), "FORBIDDEN");
        let report = json!({ "input": { "kind": "IMPORT_REPORT", "format": "CSV", "filter": { "importId": run["id"] } } });
        assert_eq!(narrow.run("startExport", report).await.error(), "FORBIDDEN");
    }
}
