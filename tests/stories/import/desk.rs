//! Somebody who sends tables and waits until they are imported.

use std::io::Write as _;

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_tests::{Answer, Person, json};

/// Asks for the import of a file; `extra` goes into the input.
pub async fn ask(person: &Person, file: &Value, kind: &str, extra: Value) -> Answer {
    let mut input = json!({ "attachmentId": file, "kind": kind, "mode": "KEEP_GOOD_ROWS" });
    input.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    person.run("startImport", json!({ "input": input })).await
}

/// Created, changed, unchanged, rejected.
pub fn counts(run: &Value) -> [i64; 4] {
    ["created", "changed", "unchanged", "rejected"].map(|name| run["counts"][name].as_i64().unwrap())
}

/// Why rows were refused: line, code and column.
pub fn reasons(run: &Value) -> Vec<(i64, String, String)> {
    let rows = run["rows"]["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]);
    rows.flat_map(|row| {
        let line = row["line"].as_i64().unwrap();
        row["errors"].as_array().unwrap().iter().map(move |error| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (line, text(&error["code"]), text(&error["path"][0]))
        })
    })
    .collect()
}

/// Why a file could not be used.
pub fn failure(run: &Value) -> String {
    assert_eq!(run["status"], "FAILED", "{run:#}");
    run["errors"][0]["code"].as_str().unwrap().to_owned()
}

/// The number and name of each product of `person`'s, sorted.
pub async fn products(person: &Person) -> Vec<(String, String)> {
    let owner = global(person.organization());
    let filter = json!({ "filter": { "ownerId": owner }, "first": 100 });
    let found = person.run("products", filter).await.only();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let nodes = found["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]);
    let mut all: Vec<_> = nodes.map(|node| (text(&node["number"]), text(&node["name"]))).collect();
    all.sort();
    all
}

/// A workbook of these parts, besides what every workbook has.
pub fn package(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, bytes) in parts {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        let packed = encoder.finish().unwrap();
        let at = u32::try_from(archive.len()).unwrap();
        let mut fields = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        for number in [crc.sum(), packed.len() as u32, bytes.len() as u32] {
            fields.extend(number.to_le_bytes());
        }
        fields.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        fields.extend([0, 0]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&fields);
        archive.extend(name.as_bytes());
        archive.extend(packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, length, count) = (archive.len() as u32, directory.len() as u32, parts.len() as u16);
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(count.to_le_bytes());
    archive.extend(count.to_le_bytes());
    archive.extend(length.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

/// A workbook with sheets of that XML, each `<row>…</row>`.
pub fn workbook(sheets: &[(&str, String)], strings: &[&str]) -> Vec<u8> {
    let mut list = String::new();
    let mut relations = String::new();
    let mut parts = vec![("[Content_Types].xml", b"<Types/>".to_vec())];
    let names = ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"];
    for (n, (name, _)) in sheets.iter().enumerate() {
        list.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"));
        relations.push_str(&format!(
            "<Relationship Id=\"rId{n}\" Type=\"http://x/relationships/worksheet\" Target=\"worksheets/sheet{}.xml\"/>",
            n + 1
        ));
    }
    let book =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook><workbookPr/><sheets>{list}</sheets></workbook>");
    parts.push(("xl/workbook.xml", book.into_bytes()));
    parts.push(("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>").into_bytes()));
    let styles = "<styleSheet><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts>\
                  <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
    parts.push(("xl/styles.xml", styles.as_bytes().to_vec()));
    let shared: String = strings.iter().map(|text| format!("<si><t xml:space=\"preserve\">{text}</t></si>")).collect();
    parts.push(("xl/sharedStrings.xml", format!("<sst>{shared}</sst>").into_bytes()));
    for ((_, rows), name) in sheets.iter().zip(names) {
        let sheet = format!("<?xml version=\"1.0\"?><worksheet><sheetData>{rows}</sheetData></worksheet>");
        parts.push((name, sheet.into_bytes()));
    }
    package(&parts)
}

/// A row of texts that stand in their cells.
pub fn row(n: usize, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")).collect();
    format!("<row r=\"{n}\">{cells}</row>")
}
