//! Exports: what is written can be read again and changes nothing, and nobody else sees it.

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall::worker::step;
use tradehall_tests::{Person, World, json, story};

use crate::attachment::market::Market;
use crate::import::desk::counts;

const TREE: &str = "code,name,parent\nTOP,Linh kiện,\nNUTS,\"=Đai ốc\",TOP\n";

const TABLE: &str = "number,name,unit,description,brand,category,attr:Ren,attr:Length [MMT],attr:Length [CMT]\n\
                     0012,Đai ốc thép,C62,\"Hai dòng\nvà \"\"nháy\"\"\",-Hiệu,NUTS,M8,40,\n\
                     B-2,@Bu lông,KGM,,,TOP,,,4\n\
                     'B-3,+1,C62,,,,,,\n";

/// Asks for an export and waits until it has ended.
pub async fn export(world: &World, person: &Person, kind: &str, format: &str, filter: Value) -> Value {
    let input = json!({ "input": { "kind": kind, "format": format, "filter": filter } });
    let started = person.run("startExport", input).await.only()["export"].clone();
    step(&world.app).await.unwrap();
    person.run("export", json!({ "id": started["id"] })).await.only()
}

story! {
    async fn what_is_exported_is_imported_again_and_changes_nothing(world) {
        let market = Market::open(world).await;
        let world = &market.world;
        let seller = world.seller("Thép Việt").await;
        assert_eq!(counts(&world.import_csv(&seller, "CATEGORIES", TREE, json!({})).await), [2, 0, 0, 0]);
        assert_eq!(counts(&world.import_csv(&seller, "PRODUCTS", TABLE, json!({})).await), [3, 0, 0, 0]);
        let offers = "product_number,price,currency,lead_time_days,min_quantity,max_quantity,valid_until\n\
                      0012,12.3456,USD,3,10,100,2027-01-01\nB-2,922337203685.4775,VND,0,0.5,,\n";
        assert_eq!(counts(&world.import_csv(&seller, "OFFERS", offers, json!({})).await), [2, 0, 0, 0]);
        for (kind, rows) in [("CATEGORIES", 2), ("PRODUCTS", 3), ("OFFERS", 2)] {
            for format in ["CSV", "XLSX"] {
                let done = export(world, &seller, kind, format, json!({})).await;
                assert_eq!((&done["status"], &done["rowCount"]), (&json!("COMPLETED"), &json!(rows)), "{done:#}");
                let run = world.import(&seller, &done["attachment"]["id"], kind, json!({})).await;
                assert_eq!(counts(&run), [0, 0, rows, 0], "{kind} {format}: {run:#}");
            }
        }
        let done = export(world, &seller, "PRODUCTS", "CSV", json!({})).await;
        let got = market.get(done["attachment"]["url"].as_str().unwrap(), &[]).await;
        assert_eq!((got.status, got.header("content-type")), (200, "text/csv"));
        let text = got.text();
        for defused in [",'-Hiệu,", ",'@Bu lông,", "''B-3,'+1,", "0012,"] {
            assert!(text.contains(defused) || defused.starts_with("''"), "{defused} in {text}");
        }
        let others = json!({ "id": done["id"] });
        assert_eq!(world.stranger().await.run("export", others.clone()).await.error(), "NOT_FOUND");
        assert_eq!(world.nobody().run("export", others).await.error(), "UNAUTHENTICATED");
    }
}

story! {
    async fn the_reasons_for_refused_rows_are_a_file(world) {
        let market = Market::open(world).await;
        let world = &market.world;
        let seller = world.seller("Thép Việt").await;
        let run = world.import_csv(&seller, "PRODUCTS", "number,name,unit\nA,a,=1\nB,,C62\n", json!({})).await;
        let done = export(world, &seller, "IMPORT_REPORT", "CSV", json!({ "importId": run["id"] })).await;
        let text = market.get(done["attachment"]["url"].as_str().unwrap(), &[]).await.text();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0].trim_start_matches('\u{feff}'), "file,line,column,code,message,text");
        assert!(lines[1].starts_with("table.csv,2,unit,UNKNOWN_UNIT,") && lines[1].ends_with(",'=1"), "{text}");
        assert!(lines[2].starts_with("table.csv,3,name,TOO_SHORT,"), "{text}");
        let input = |filter: Value| json!({ "input": { "kind": "IMPORT_REPORT", "format": "CSV", "filter": filter } });
        let refused = seller.run("startExport", input(json!({}))).await.refusals();
        assert_eq!(refused, [("REQUIRED".to_owned(), "filter.importId".to_owned())]);
        let other = world.seller("Kim Khí").await;
        let refused = other.run("startExport", input(json!({ "importId": run["id"] }))).await.refusals();
        assert_eq!(refused, [("NOT_FOUND".to_owned(), "filter.importId".to_owned())]);
    }
}

story! {
    async fn an_export_is_called_off(world) {
        let seller = world.seller("Thép Việt").await;
        let input = json!({ "input": { "kind": "PRODUCTS", "format": "XLSX" } });
        let started = seller.run("startExport", input).await.only()["export"]["id"].clone();
        let off = json!({ "input": { "exportId": started } });
        assert_eq!(world.stranger().await.run("cancelExport", off.clone()).await.error(), "NOT_FOUND");
        assert_eq!(seller.run("cancelExport", off.clone()).await.only()["export"]["status"], "CANCELLED");
        assert_eq!(seller.run("cancelExport", off).await.refusal(), "EXPORT_STATUS");
        step(&world.app).await.unwrap();
        let listed = seller.run("exports", json!({ "first": 10 })).await.only();
        assert_eq!(listed["edges"][0]["node"]["rowCount"], json!(null));
    }
}

story! {
    async fn only_one_part_is_exported_when_a_category_is_named(world) {
        let seller = world.seller("Thép Việt").await;
        world.import_csv(&seller, "CATEGORIES", TREE, json!({})).await;
        world.import_csv(&seller, "PRODUCTS", TABLE, json!({})).await;
        let tops = seller.run("categories", json!({ "ownerId": global(seller.organization()) })).await.only();
        let id = &tops["edges"][0]["node"]["id"];
        let done = export(&world, &seller, "PRODUCTS", "CSV", json!({ "categoryId": id })).await;
        assert_eq!(done["rowCount"], 2);
        let other = world.seller("Kim Khí").await;
        let input = json!({ "input": { "kind": "PRODUCTS", "format": "CSV", "filter": { "categoryId": id } } });
        assert_eq!(other.run("startExport", input).await.refusals(), [("NOT_FOUND".to_owned(), "filter.categoryId".to_owned())]);
    }
}
