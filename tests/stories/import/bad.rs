//! Files that are not what they should be: each has a clear report, and nothing of it is half done.

use serde_json::Value;
use tradehall_tests::tables::{CSV, XLSX};
use tradehall_tests::{Person, World, json, story};

use super::desk::{counts, failure, package, products, reasons, row, workbook};
use crate::attachment::market::Market;
use crate::customer::Shop;

/// A kind of table, the head of a sheet, its only row, and what is refused of it: code and column.
type Sheet = (&'static str, &'static [&'static str], &'static [&'static str], &'static [(&'static str, &'static str)]);

const TEXT: &str = "number;name;unit\r\n1;Đai ốc thép;C62\r\n2;Ống dẫn;C62\r\n";

/// The text in Windows code page 1258: tones are characters of their own behind the vowel.
fn in_1258(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for c in text.chars() {
        match c {
            'Đ' => bytes.push(0xd0),
            'Ố' => bytes.extend([0xd4, 0xec]),
            'ố' => bytes.extend([0xf4, 0xec]),
            'é' => bytes.push(0xe9),
            'ẫ' => bytes.extend([0xe2, 0xde]),
            c => bytes.push(u8::try_from(u32::from(c)).unwrap_or_else(|_| panic!("{c} is not in this text"))),
        }
    }
    bytes
}

async fn read(world: &World, person: &Person, name: &str, bytes: &[u8], extra: Value) -> Value {
    let kind = if name.ends_with("xlsx") { XLSX } else { CSV };
    let file = world.place(person, name, kind, bytes).await;
    world.import(person, &file, "PRODUCTS", extra).await
}

story! {
    async fn a_text_is_read_in_whatever_encoding_it_comes(world) {
        let units: Vec<u16> = TEXT.encode_utf16().collect();
        let wide: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        for bytes in [
            TEXT.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", TEXT.as_bytes()].concat(),
            [b"\xff\xfe", wide.as_slice()].concat(),
            wide,
            in_1258(TEXT),
        ] {
            let seller = world.seller("Thép Việt").await;
            let run = read(&world, &seller, "a.csv", &bytes, json!({})).await;
            assert_eq!((&run["status"], counts(&run)), (&json!("COMPLETED"), [2, 0, 0, 0]), "{run:#}");
            let names = [("1", "Đai ốc thép"), ("2", "Ống dẫn")].map(|(number, name)| (number.to_owned(), name.to_owned()));
            assert_eq!(products(&seller).await, names);
        }
    }
}

story! {
    async fn what_a_person_says_of_a_text_goes_before_what_is_found(world) {
        let seller = world.seller("Thép Việt").await;
        let wrong = json!({ "options": { "separator": "TAB" } });
        assert_eq!(failure(&read(&world, &seller, "a.csv", TEXT.as_bytes(), wrong).await), "SEPARATOR_WRONG");
        let latin = "number;name;unit\nM\u{fc}tter;Mütter;C62\n".chars().map(|c| c as u8).collect::<Vec<_>>();
        let wrong = json!({ "options": { "encoding": "UTF_8" } });
        let run = read(&world, &seller, "a.csv", &latin, wrong).await;
        assert_eq!(reasons(&run)[0].1, "TEXT_NOT_UTF8");
        let run = read(&world, &seller, "a.csv", &latin, json!({ "options": { "encoding": "WINDOWS_1252" } })).await;
        assert_eq!(counts(&run), [1, 0, 0, 0]);
    }
}

story! {
    async fn a_first_row_that_is_none_is_refused_as_a_whole(world) {
        let seller = world.seller("Thép Việt").await;
        for (csv, code) in [
            ("", "COLUMN_MISSING"),
            ("number,unit\n1,C62\n", "COLUMN_MISSING"),
            ("number,name,colour\n1,a,red\n", "COLUMN_UNKNOWN"),
            ("number,name,Number\n1,a,2\n", "DUPLICATE"),
            ("number,name,attr:Length [nonsense]\n1,a,2\n", "COLUMN_UNKNOWN"),
        ] {
            let bytes = if csv.is_empty() { "\n" } else { csv };
            assert_eq!(failure(&read(&world, &seller, "a.csv", bytes.as_bytes(), json!({})).await), code, "{csv}");
        }
        assert_eq!(products(&seller).await, []);
    }
}

story! {
    async fn rows_that_are_too_long_are_refused_one_by_one(world) {
        let seller = world.seller("Thép Việt").await;
        let csv = format!(
            "number,name,unit,description\n1,a,C62,{}\n2,b,C62,{}\n3,c,C62,x,y\n4,d,C62,ok\n",
            "x".repeat(10 * 1024 * 1024),
            "y".repeat(5_000),
        );
        let run = read(&world, &seller, "a.csv", csv.as_bytes(), json!({})).await;
        assert_eq!(counts(&run), [1, 0, 0, 3]);
        let told = [(2, "TOO_LONG", ""), (3, "TOO_LONG", "description"), (4, "ROW_LENGTH", "")];
        assert_eq!(reasons(&run), told.map(|(line, code, column)| (line, code.to_owned(), column.to_owned())));
        let shown = run["rows"]["edges"][1]["node"]["cells"][0]["text"].as_str().unwrap();
        assert_eq!(shown.chars().count(), 81, "a cell is shown shortened");
    }
}

story! {
    async fn a_workbook_with_formulas_is_read_by_what_they_were_worth(world) {
        let seller = world.seller("Thép Việt").await;
        let cells = |n: usize, name: &str| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>{n}</v></c>{name}<c r=\"C{n}\" t=\"inlineStr\"><is><t>C62</t></is></c></row>");
        let sheet = [
            row(1, &["number", "name", "unit"]),
            cells(2, "<c r=\"B2\" t=\"str\"><f>A1&amp;\"x\"</f><v>Tên</v></c>"),
            cells(3, "<c r=\"B3\"><f>A1&amp;\"x\"</f></c>"),
            cells(4, "<c r=\"B4\" t=\"e\"><v>#REF!</v></c>"),
        ];
        let run = read(&world, &seller, "a.xlsx", &workbook(&[("A", sheet.concat())], &[]), json!({})).await;
        assert_eq!(counts(&run), [1, 0, 0, 2]);
        let told = [(3, "FORMULA_WITHOUT_VALUE", "name"), (4, "CELL_ERROR", "name")];
        assert_eq!(reasons(&run), told.map(|(line, code, column)| (line, code.to_owned(), column.to_owned())));
        let said = run["rows"]["edges"][0]["node"]["errors"][0]["message"].as_str().unwrap();
        assert!(said.contains("B3"), "{said}");
    }
}

story! {
    async fn a_million_rows_of_nothing_are_nothing(world) {
        let seller = world.seller("Thép Việt").await;
        let mut sheet = row(1, &["number", "name", "unit"]);
        for n in 2..1_000_000 {
            let cells = if n % 10 == 0 { "<c s=\"1\"/><c s=\"1\"/>" } else { "" };
            sheet.push_str(&format!("<row r=\"{n}\">{cells}</row>"));
        }
        sheet.push_str(&row(1_000_000, &["1", "Ốc", "C62"]));
        let book = workbook(&[("A", sheet)], &[]);
        let run = read(&world, &seller, "a.xlsx", &book, json!({})).await;
        assert_eq!((counts(&run), &run["rowsTotal"]), ([1, 0, 0, 0], &json!(1)), "{run:#}");
    }
}

story! {
    async fn what_only_looks_like_a_workbook_is_refused(world) {
        let seller = world.seller("Thép Việt").await;
        let good = workbook(&[("A", row(1, &["number", "name"]))], &[]);
        let mut damaged = good.clone();
        let middle = damaged.windows(6).position(|bytes| bytes == b"sheet1").unwrap() + 30;
        damaged[middle] ^= 0xff;
        let mut locked = good.clone();
        for at in 0..locked.len() - 10 {
            if locked[at..].starts_with(b"PK\x01\x02") {
                locked[at + 8] |= 1;
            }
        }
        let bomb = workbook(&[("A", format!("{}{}", row(1, &["number", "name"]), "<x></x>".repeat(9_000_000)))], &[]);
        // It lies about its size, so that only unpacking tells.
        let mut liar = bomb.clone();
        for at in 0..liar.len() - 50 {
            if liar[at..].starts_with(b"PK\x01\x02") {
                liar[at + 24..at + 28].copy_from_slice(&1000_u32.to_le_bytes());
            }
        }
        let entities = package(&[
            ("xl/_rels/workbook.xml.rels", b"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>".to_vec()),
            ("xl/workbook.xml", b"<x/>".to_vec()),
        ]);
        let other = b"PK\x03\x04....[Content_Types].xml....xl/workbook.xml....".to_vec();
        for (bytes, code) in [
            (damaged, "FILE_DAMAGED"),
            (locked, "FILE_ENCRYPTED"),
            (bomb, "FILE_EXPANDS"),
            (liar, "FILE_EXPANDS"),
            (entities, "FILE_DAMAGED"),
            (other, "FILE_DAMAGED"),
            (good[..good.len() / 2].to_vec(), "FILE_DAMAGED"),
        ] {
            assert_eq!(failure(&read(&world, &seller, "a.xlsx", &bytes, json!({})).await), code);
        }
        assert_eq!(products(&seller).await, []);
    }
}

story! {
    async fn what_is_no_table_does_not_even_come_in(world) {
        let market = Market::open(world).await;
        let seller = market.world.seller("Thép Việt").await;
        let compound = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 100]].concat();
        for (name, kind, bytes, code) in [
            ("a.xlsx", XLSX, b"number,name\n1,a\n".to_vec(), "CONTENT_MISMATCH"),
            ("a.xlsx", XLSX, compound.clone(), "FILE_ENCRYPTED"),
            ("a.csv", CSV, compound, "CONTENT_MISMATCH"),
            ("a.csv", CSV, workbook(&[("A", row(1, &["number"]))], &[]), "CONTENT_MISMATCH"),
        ] {
            let link = market.ask(&seller, name, kind, bytes.len()).await;
            assert_eq!(market.put(&link, &bytes).await.refusal(), (422, code.to_owned()), "{name}");
        }
        let wide: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [wide, in_1258(TEXT)] {
            let file = market.upload(&seller, "a.csv", CSV, &bytes).await;
            let run = market.world.import(&seller, &file, "PRODUCTS", json!({ "trial": true })).await;
            assert_eq!(counts(&run), [2, 0, 0, 0]);
        }
    }
}

story! {
    async fn categories_that_stand_below_each_other_are_refused(world) {
        let seller = world.seller("Thép Việt").await;
        let tree = "code,name,parent\nA,a,B\nB,b,A\nC,c,\nD,d,C\nE,e,X\n";
        let run = world.import_csv(&seller, "CATEGORIES", tree, json!({})).await;
        assert_eq!(counts(&run), [2, 0, 0, 3]);
        let told = [(2, "CATEGORY_CYCLE", "parent"), (3, "CATEGORY_CYCLE", "parent"), (6, "KEY_UNKNOWN", "parent")];
        assert_eq!(reasons(&run), told.map(|(line, code, column)| (line, code.to_owned(), column.to_owned())));
        let moved = "code,name,parent\nC,c,D\n";
        let run = world.import_csv(&seller, "CATEGORIES", moved, json!({})).await;
        assert_eq!(reasons(&run), [(2, "CATEGORY_CYCLE".to_owned(), "parent".to_owned())]);
        let deep: String = (0..25).map(|n| format!("L{n},x,{}\n", if n == 0 { String::new() } else { format!("L{}", n - 1) })).collect();
        let run = world.import_csv(&seller, "CATEGORIES", &format!("code,name,parent\n{deep}"), json!({})).await;
        assert_eq!((counts(&run)[0], reasons(&run)[0].1.as_str()), (20, "CATEGORY_TOO_DEEP"));
    }
}

story! {
    async fn a_text_that_no_column_can_hold_is_refused_for_what_it_is(world) {
        let shop = Shop::open(&world, "OPEN").await;
        let sheets: [Sheet; 6] = [
            ("CATEGORIES", &["code", "name"], &["A_x0000_", "x"], &[("CONTROL_CHARACTER", "code")]),
            ("PRODUCTS", &["number", "name", "unit", "category"], &["A_x0000_", "x", "C62", "_x0000_B"], &[("KEY_UNKNOWN", "category"), ("CONTROL_CHARACTER", "number")]),
            ("OFFERS", &["product_number", "price", "currency", "lead_time_days"], &["A_x0000_", "1", "USD", "1"], &[("NOT_FOUND", "product_number")]),
            ("STOCK", &["number", "location", "quantity"], &["A_x0000_", "HCM", "1"], &[("NOT_FOUND", "number")]),
            ("PRICES", &["list_code", "product_number", "unit", "unit_price"], &["G_x0000_", "A_x0000_", "C62", "1"], &[("KEY_UNKNOWN", "list_code"), ("NOT_FOUND", "product_number")]),
            ("CUSTOMERS", &["number"], &["K_x0000_"], &[("NOT_FOUND", "number")]),
        ];
        for (kind, head, cells, expected) in sheets {
            let bytes = workbook(&[("S", row(1, head) + &row(2, cells))], &[]);
            let file = world.place(&shop.seller, "a.xlsx", XLSX, &bytes).await;
            let run = world.import(&shop.seller, &file, kind, json!({})).await;
            let expected: Vec<_> = expected.iter().map(|(code, column)| (2, (*code).to_owned(), (*column).to_owned())).collect();
            assert_eq!(reasons(&run), expected, "{kind}: {run:#}");
        }
    }
}
