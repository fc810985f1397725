//! What a workbook says of itself: its sheets, its texts, its formats of dates.

use std::collections::HashMap;

use tradehall_domain::problem::{Code, Problem};

use super::package::{Package, damaged};
use super::xlsx::{Formats, Strings};
use super::xml::{Piece, Xml, attribute};

/// How many sheets are known.
const SHEETS_MAX: usize = 200;

const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";

/// A workbook.
pub struct Workbook {
    /// Its sheets, in their order.
    pub sheets: Vec<NamedSheet>,
    /// What their cells refer to.
    pub context: Context,
}

/// A sheet and the part that holds it.
pub struct NamedSheet {
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub part: String,
}

/// What the cells of a workbook refer to.
#[derive(Default)]
pub struct Context {
    /// The texts that cells share.
    pub strings: Strings,
    /// Which formats of cells show dates.
    pub formats: Formats,
    /// Whether days count from 1904 on, as older programs for Macintosh have it.
    pub since_1904: bool,
}

impl Workbook {
    /// Reads everything but the sheets.
    pub fn read(package: &mut Package) -> Result<Self, Problem> {
        let parts = relations(package)?;
        let (mut sheets, mut since_1904) = (Vec::new(), false);
        let mut xml = Xml::new(package.part(WORKBOOK)?, WORKBOOK);
        loop {
            match xml.next()? {
                Piece::Begin(tag, _) => match tag.local_name().as_ref() {
                    b"sheet" if sheets.len() < SHEETS_MAX => {
                        let name = attribute(&tag, "name").unwrap_or_default();
                        // Sheets that are charts have a part of another kind.
                        let part = attribute(&tag, "id").and_then(|id| parts.get(&id).cloned());
                        sheets.extend(part.map(|part| NamedSheet { name, part }));
                    }
                    b"workbookPr" => {
                        since_1904 = matches!(attribute(&tag, "date1904").as_deref(), Some("1" | "true"));
                    }
                    _ => {}
                },
                Piece::Done => break,
                Piece::End(_) | Piece::Text(_) => {}
            }
        }
        drop(xml);
        let strings = Strings::read(package)?;
        let formats = Formats::read(package)?;
        Ok(Self { sheets, context: Context { strings, formats, since_1904 } })
    }

    /// The sheet of that name, or the first one.
    pub fn sheet(&self, name: Option<&str>) -> Result<&NamedSheet, Problem> {
        match name {
            None => self.sheets.first().ok_or_else(|| damaged(WORKBOOK)),
            Some(name) => self.sheets.iter().find(|sheet| sheet.name == name).ok_or_else(|| {
                let names: Vec<_> = self.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
                Problem::new(Code::SheetMissing).with("sheet", name).with("sheets", names.join(", "))
            }),
        }
    }
}

/// The parts of worksheets by the ids under which the workbook knows them.
fn relations(package: &mut Package) -> Result<HashMap<String, String>, Problem> {
    let mut found = HashMap::new();
    let mut xml = Xml::new(package.part(RELATIONS)?, RELATIONS);
    loop {
        match xml.next()? {
            Piece::Begin(tag, _) if tag.local_name().as_ref() == b"Relationship" && found.len() < SHEETS_MAX => {
                let is_sheet = attribute(&tag, "Type").is_some_and(|kind| kind.ends_with("/worksheet"));
                if let (true, Some(id), Some(target)) = (is_sheet, attribute(&tag, "Id"), attribute(&tag, "Target")) {
                    let part = match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None => format!("xl/{target}"),
                    };
                    found.insert(id, part);
                }
            }
            Piece::Done => return Ok(found),
            _ => {}
        }
    }
}
