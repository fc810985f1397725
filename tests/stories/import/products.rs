//! Products and categories from tables.

use tradehall_tests::tables::XLSX;
use tradehall_tests::{json, story};

use super::desk::{counts, products, reasons, row, workbook};

const TABLE: &str = "number,name,unit,category,attr:Ren,attr:Length [MMT]\n\
                     B-1,Đai ốc thép,C62,NUTS,M8,\n\
                     B-2,Bu lông,C62,TOP/NUTS,M8,40\n\
                     B-3,,C62,,,\n\
                     B-4,Long đền,piece,,,\n\
                     B-1,Đai ốc,C62,,,\n\
                     B-5,Ốc,C62,NONE,,\n";

const TREE: &str = "code,name,parent\nNUTS,Đai ốc,TOP\nTOP,Linh kiện,\n";

story! {
    async fn a_table_of_products_comes_in_with_a_reason_for_each_refused_row(world) {
        let seller = world.seller("Thép Việt").await;
        let tree = world.import_csv(&seller, "CATEGORIES", TREE, json!({})).await;
        assert_eq!((&tree["status"], counts(&tree)), (&json!("COMPLETED"), [2, 0, 0, 0]));
        let run = world.import_csv(&seller, "PRODUCTS", TABLE, json!({})).await;
        assert_eq!((&run["status"], counts(&run)), (&json!("PARTLY"), [2, 0, 0, 4]));
        assert_eq!((&run["rowsDone"], &run["rowsTotal"]), (&json!(6), &json!(6)));
        let expected = [(4, "TOO_SHORT", "name"), (5, "UNKNOWN_UNIT", "unit"), (6, "DUPLICATE", "number"), (7, "KEY_UNKNOWN", "category")];
        assert_eq!(reasons(&run), expected.map(|(line, code, column)| (line, code.to_owned(), column.to_owned())));
        assert_eq!(run["rows"]["edges"][1]["node"]["cells"], json!([{ "column": "unit", "text": "piece" }]));
        let made = [("B-1", "Đai ốc thép"), ("B-2", "Bu lông")].map(|(number, name)| (number.to_owned(), name.to_owned()));
        assert_eq!(products(&seller).await, made);
        let again = world.import_csv(&seller, "PRODUCTS", TABLE, json!({})).await;
        assert_eq!(counts(&again), [0, 0, 2, 4], "the same again changes nothing");
    }
}

story! {
    async fn a_column_that_is_missing_leaves_what_it_would_say(world) {
        let seller = world.seller("Thép Việt").await;
        world.import_csv(&seller, "PRODUCTS", "number,name,unit,brand,attr:Ren\nA,Ốc,C62,X,M8\n", json!({})).await;
        let run = world.import_csv(&seller, "PRODUCTS", "number,name,attr:Dài [MMT]\nA,Ốc,40\n", json!({})).await;
        assert_eq!(counts(&run), [0, 1, 0, 0]);
        let both = "number,name,unit,brand,attr:Ren,attr:Dài [MMT]\nA,Ốc,C62,X,M8,40\n";
        assert_eq!(counts(&world.import_csv(&seller, "PRODUCTS", both, json!({})).await), [0, 0, 1, 0]);
        let emptied = "number,name,brand,attr:Ren\nA,Ốc,,\n";
        assert_eq!(counts(&world.import_csv(&seller, "PRODUCTS", emptied, json!({})).await), [0, 1, 0, 0]);
    }
}

story! {
    async fn a_trial_and_all_or_nothing_keep_nothing_beside_a_bad_row(world) {
        let seller = world.seller("Thép Việt").await;
        let table = "number,name,unit\nA,Ốc,C62\nB,,C62\n";
        let tried = world.import_csv(&seller, "PRODUCTS", table, json!({ "trial": true })).await;
        assert_eq!((&tried["status"], &tried["phase"], counts(&tried)), (&json!("PARTLY"), &json!("CHECKING"), [1, 0, 0, 1]));
        let refused = world.import_csv(&seller, "PRODUCTS", table, json!({ "mode": "ALL_OR_NOTHING" })).await;
        assert_eq!((&refused["status"], &refused["errors"][0]["code"]), (&json!("FAILED"), &json!("ROWS_REFUSED")));
        assert_eq!(products(&seller).await, []);
        let good = "number,name,unit\nA,Ốc,C62\nB,Vít,C62\n";
        let taken = world.import_csv(&seller, "PRODUCTS", good, json!({ "mode": "ALL_OR_NOTHING" })).await;
        assert_eq!((&taken["status"], &taken["phase"], counts(&taken)), (&json!("COMPLETED"), &json!("APPLYING"), [2, 0, 0, 0]));
        assert_eq!(products(&seller).await.len(), 2);
    }
}

story! {
    async fn a_sheet_of_a_workbook_is_read_as_it_is_shown(world) {
        let seller = world.seller("Thép Việt").await;
        let head = row(1, &["number", "name", "unit", "attr:Since", "attr:Price"]);
        let body = "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"inlineStr\"><is><r><t>Đai </t></r><r><t>ốc &amp; vít</t></r></is></c>\
                    <c r=\"C3\" t=\"str\"><f>\"C\"&amp;62</f><v>C62</v></c><c r=\"D3\" s=\"1\"><v>46082</v></c><c r=\"E3\"><v>0.30000000000000004</v></c></row>";
        let book = workbook(&[("Ghi chú", row(1, &["x"])), ("Hàng", format!("{head}{body}"))], &["0012"]);
        let file = world.place(&seller, "hàng.xlsx", XLSX, &book).await;
        let run = world.import(&seller, &file, "PRODUCTS", json!({ "options": { "sheet": "Hàng" } })).await;
        assert_eq!((&run["status"], counts(&run)), (&json!("COMPLETED"), [1, 0, 0, 0]), "{run:#}");
        assert_eq!(products(&seller).await, [("0012".to_owned(), "Đai ốc & vít".to_owned())], "zeros of a text stay");
        let csv = "number,name,unit,attr:Since,attr:Price\n0012,Đai ốc & vít,C62,2026-03-01,0.3\n";
        assert_eq!(counts(&world.import_csv(&seller, "PRODUCTS", csv, json!({})).await), [0, 0, 1, 0]);
        let other = world.import(&seller, &file, "PRODUCTS", json!({ "options": { "sheet": "Giá" } })).await;
        assert_eq!(other["errors"][0]["code"], "SHEET_MISSING");
    }
}
