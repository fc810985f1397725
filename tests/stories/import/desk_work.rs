//! Asking for imports: previews, mappings, progress, calling off, and whose they are.

use tradehall::worker::step;
use tradehall_tests::tables::{CSV, XLSX};
use tradehall_tests::{json, story};

use super::desk::{ask, counts, products, row, workbook};

const PEOPLES: &str = "Mã hàng;Tên hàng;ĐVT;Ghi chú\nA-1;Đai ốc;C62;x\n";

story! {
    async fn a_preview_suggests_a_mapping_that_can_be_kept(world) {
        let seller = world.seller("Thép Việt").await;
        let file = world.place(&seller, "hàng.csv", CSV, PEOPLES.as_bytes()).await;
        let seen = seller.run("importPreview", json!({ "attachmentId": file, "kind": "PRODUCTS" })).await.only();
        assert_eq!((&seen["separator"], &seen["encoding"]), (&json!("SEMICOLON"), &json!("UTF_8")));
        assert_eq!(seen["sampleRows"], json!([{ "line": 2, "cells": ["A-1", "Đai ốc", "C62", "x"] }]));
        let mapping: Vec<_> = seen["columns"].as_array().unwrap().iter()
            .map(|column| json!({ "column": column["name"], "field": column["suggestedField"] })).collect();
        assert_eq!(mapping[3]["field"], json!(null));

        let direct = world.import(&seller, &file, "PRODUCTS", json!({ "mapping": mapping, "trial": true })).await;
        assert_eq!(counts(&direct), [1, 0, 0, 0]);
        let input = json!({ "kind": "PRODUCTS", "name": "Kho", "columns": mapping });
        let kept = seller.run("saveImportMapping", json!({ "input": input })).await.only()["mapping"].clone();
        let again = seller.run("saveImportMapping", json!({ "input": input })).await.only()["mapping"].clone();
        assert_eq!(kept["id"], again["id"], "one of the same name is replaced");
        let by_name = world.import(&seller, &file, "PRODUCTS", json!({ "mappingId": kept["id"] })).await;
        assert_eq!((counts(&by_name), products(&seller).await.len()), ([1, 0, 0, 0], 1));

        let all = seller.run("importMappings", json!({ "kind": "PRODUCTS", "first": 10 })).await.only();
        assert_eq!(all["edges"][0]["node"]["id"], kept["id"]);
        let one = json!({ "id": kept["id"] });
        assert_eq!(seller.run("importMapping", one.clone()).await.only()["name"], "Kho");
        assert_eq!(world.stranger().await.run("importMapping", one.clone()).await.error(), "NOT_FOUND");
        let gone = json!({ "input": { "mappingId": kept["id"] } });
        assert_eq!(seller.run("deleteImportMapping", gone).await.only()["deletedImportMappingId"], kept["id"]);
        assert_eq!(seller.run("importMapping", one).await.error(), "NOT_FOUND");
    }
}

story! {
    async fn a_mapping_that_cannot_be_is_refused_at_once(world) {
        let seller = world.seller("Thép Việt").await;
        let file = world.place(&seller, "a.csv", CSV, PEOPLES.as_bytes()).await;
        for (mapping, code, path) in [
            (json!([{ "column": "Mã hàng", "field": "sku" }]), "FIELD_UNKNOWN", "mapping.0.field"),
            (json!([{ "column": "A", "field": "name" }, { "column": "a" }]), "DUPLICATE", "mapping.1.column"),
            (json!([{ "column": "", "field": "name" }]), "TOO_SHORT", "mapping.0.column"),
        ] {
            let refused = ask(&seller, &file, "PRODUCTS", json!({ "mapping": mapping })).await;
            assert_eq!(refused.refusals()[0], (code.to_owned(), path.to_owned()));
        }
        let missing = json!({ "mapping": [{ "column": "Giá", "field": "name" }] });
        let run = world.import(&seller, &file, "PRODUCTS", missing).await;
        assert_eq!(run["errors"][0]["code"], "COLUMN_MISSING");
    }
}

story! {
    async fn a_preview_of_a_workbook_names_its_sheets(world) {
        let seller = world.seller("Thép Việt").await;
        let book = workbook(&[("Một", row(1, &["number", "name"])), ("Hai", row(1, &["code"]))], &[]);
        let file = world.place(&seller, "a.xlsx", XLSX, &book).await;
        let seen = seller.run("importPreview", json!({ "attachmentId": file, "kind": "PRODUCTS", "options": { "sheet": "Hai" } })).await.only();
        assert_eq!((&seen["sheets"], &seen["sheet"], &seen["columns"][0]["name"]), (&json!(["Một", "Hai"]), &json!("Hai"), &json!("code")));
        let none = seller.run("importPreview", json!({ "attachmentId": file, "kind": "PRODUCTS", "options": { "sheet": "Ba" } })).await.only();
        assert_eq!(none["errors"][0]["code"], "SHEET_MISSING");
        let others = json!({ "attachmentId": file, "kind": "PRODUCTS" });
        assert_eq!(world.stranger().await.run("importPreview", others).await.error(), "NOT_FOUND");
    }
}

story! {
    async fn an_import_tells_how_far_it_has_come(world) {
        let seller = world.seller("Thép Việt").await;
        let mut csv = "number,name,unit\n".to_owned();
        for n in 0..1_200 {
            csv.push_str(&format!("N-{n:04},Ốc,C62\n"));
        }
        let file = world.place(&seller, "a.csv", CSV, csv.as_bytes()).await;
        let import = ask(&seller, &file, "PRODUCTS", json!({})).await.only()["import"]["id"].clone();
        let mut live = seller.subscribe("importEvents", json!({ "importId": import })).await;
        let mut strangers = world.stranger().await.subscribe("importEvents", json!({})).await;
        step(&world.app).await.unwrap();
        let mut kinds = Vec::new();
        loop {
            let notice = live.next().await;
            let kind = notice["event"]["kind"].as_str().unwrap().to_owned();
            kinds.push(kind.clone());
            if kind == "IMPORT_FINISHED" {
                assert_eq!((&notice["import"]["rowsDone"], &notice["import"]["status"]), (&json!(1_200), &json!("COMPLETED")));
                break;
            }
        }
        assert_eq!(kinds, ["IMPORT_QUEUED", "ATTACHMENTS_ATTACHED", "IMPORT_STARTED", "IMPORT_PROGRESSED", "IMPORT_PROGRESSED", "IMPORT_FINISHED"]);
        assert_eq!(strangers.told(), None);
    }
}

story! {
    async fn an_import_is_called_off(world) {
        let seller = world.seller("Thép Việt").await;
        let file = world.place(&seller, "a.csv", CSV, b"number,name,unit\nA,a,C62\n").await;
        let import = ask(&seller, &file, "PRODUCTS", json!({})).await.only()["import"]["id"].clone();
        let input = json!({ "input": { "importId": import } });
        assert_eq!(world.stranger().await.run("cancelImport", input.clone()).await.error(), "NOT_FOUND");
        assert_eq!(seller.run("cancelImport", input.clone()).await.only()["import"]["status"], "CANCELLED");
        assert_eq!(seller.run("cancelImport", input).await.refusal(), "IMPORT_STATUS");
        step(&world.app).await.unwrap();
        assert_eq!(products(&seller).await, []);
        let kept = json!({ "input": { "attachmentId": file } });
        assert_eq!(seller.run("deleteAttachment", kept).await.refusal(), "ATTACHMENT_IN_USE");
    }
}

story! {
    async fn only_so_many_imports_wait_and_only_ones_own_files_are_read(world) {
        let seller = world.seller("Thép Việt").await;
        let file = world.place(&seller, "a.csv", CSV, b"number,name,unit\nA,a,C62\n").await;
        for _ in 0..20 {
            ask(&seller, &file, "PRODUCTS", json!({ "trial": true })).await.ok();
        }
        assert_eq!(ask(&seller, &file, "PRODUCTS", json!({})).await.refusal(), "TOO_MANY_IMPORTS");
        let other = world.seller("Kim Khí").await;
        assert_eq!(ask(&other, &file, "PRODUCTS", json!({})).await.refusals(), [("NOT_FOUND".to_owned(), "attachmentId".to_owned())]);
        assert_eq!(ask(&seller, &file, "ADVENTURE_WORKS", json!({})).await.refusals(), [("INVALID".to_owned(), "kind".to_owned())]);
        let picture = world.place(&seller, "a.pdf", "application/pdf", b"%PDF-1.7").await;
        assert_eq!(ask(&seller, &picture, "PRODUCTS", json!({})).await.refusal(), "MEDIA_TYPE_REFUSED");
    }
}
