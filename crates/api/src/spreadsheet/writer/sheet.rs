//! A workbook of one sheet (ISO/IEC 29500-1 §18.3), its texts in their cells.

use std::fs::File;
use std::io::{BufWriter, Result, Write as _};

use super::Cell;
use super::archive::{Archive, OpenPart};

/// How many significant digits a spreadsheet keeps of a number; one that has more is written as text.
const DIGITS_KEPT: usize = 15;

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>\
</Types>";

const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
</Relationships>";

const WORKBOOK_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
</Relationships>";

/// A sheet being written.
pub struct SheetWriter {
    part: BufWriter<OpenPart>,
    row: u64,
}

impl SheetWriter {
    /// Begins the sheet, after everything that stands around it.
    pub fn begin(file: File, name: &str) -> Result<Self> {
        let book = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
             <workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
             <sheets><sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            escaped(name)
        );
        let archive = Archive::new(file)
            .part("[Content_Types].xml", TYPES)?
            .part("_rels/.rels", RELATIONS)?
            .part("xl/workbook.xml", &book)?
            .part("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS)?;
        let mut part = BufWriter::new(archive.begin("xl/worksheets/sheet1.xml")?);
        part.write_all(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
              <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
        )?;
        Ok(Self { part, row: 0 })
    }

    /// Writes a row.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        self.row += 1;
        write!(self.part, "<row r=\"{}\">", self.row)?;
        for cell in cells {
            match cell {
                // It keeps the next one in its place.
                Cell::Empty => self.part.write_all(b"<c/>")?,
                Cell::Number(number) if digits(number) <= DIGITS_KEPT => write!(self.part, "<c><v>{number}</v></c>")?,
                Cell::Number(text) => self.text(text)?,
                Cell::Text(text) => self.text(text)?,
            }
        }
        self.part.write_all(b"</row>")
    }

    fn text(&mut self, text: &str) -> Result<()> {
        write!(self.part, "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", escaped(text))
    }

    /// Ends the workbook and answers its file.
    pub fn finish(mut self) -> Result<File> {
        self.part.write_all(b"</sheetData></worksheet>")?;
        let part = self.part.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        part.close()?.finish()
    }
}

fn digits(number: &str) -> usize {
    number.bytes().filter(u8::is_ascii_digit).count()
}

/// A text as XML holds it; what looks like the code of a character is marked as none.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '_' if is_code(text.get(at..).unwrap_or_default()) => out.push_str("_x005F_"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push_str(&format!("_x{:04X}_", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

fn is_code(text: &str) -> bool {
    let code = text.strip_prefix("_x").and_then(|rest| rest.get(..5));
    code.is_some_and(|code| code.ends_with('_') && code.bytes().take(4).all(|byte| byte.is_ascii_hexdigit()))
}
