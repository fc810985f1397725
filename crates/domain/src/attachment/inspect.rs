//! Whether bytes are what their media type says, told while they stream past.
//!
//! This finds a file that was named wrongly and one that is named wrongly on purpose; it does not find harm inside a file that is
//! what it says.

use super::MediaType;
use crate::problem::Code;

/// How many bytes of a file's beginning are kept to recognise it by.
const HEAD: usize = 16;

/// The longest text that [`Search`] looks for, in bytes.
const NEEDLE_MAX: usize = 32;

/// What a package of Office Open XML has to hold whatever it is (ISO/IEC 29500-2 §10.1.2).
const PACKAGE: &[u8] = b"[Content_Types].xml";

/// How the compound files of older formats begin, in which a package with a password is wrapped ([MS-OFFCRYPTO] §1.3).
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// How files begin that are no tables whatever their encoding: packages, compound files, documents and pictures.
const RENAMED: &[&[u8]] = &[
    b"PK\x03\x04",
    b"PK\x05\x06",
    COMPOUND,
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"II*\0",
    b"MM\0*",
];

/// What such a package holds when it carries macros.
const MACROS: &[u8] = b"vbaProject.bin";

/// Looks at a file's bytes as they come.
#[derive(Debug)]
pub struct Inspector {
    media_type: MediaType,
    head: Vec<u8>,
    text: Option<Text>,
    table: Option<Table>,
    package: Option<Package>,
}

impl Inspector {
    /// For a file that is said to be a `media_type`.
    #[must_use]
    pub fn new(media_type: MediaType) -> Self {
        let text = matches!(media_type, MediaType::Text | MediaType::Step).then(Text::default);
        let table = (media_type == MediaType::Csv).then(Table::default);
        let package = main_part(media_type).map(Package::new);
        Self { media_type, head: Vec::with_capacity(HEAD), text, table, package }
    }

    /// Takes in the next bytes.
    ///
    /// # Errors
    /// [`Code::ContentMismatch`] as soon as they cannot be what they are said to be.
    pub fn update(&mut self, bytes: &[u8]) -> Result<(), Code> {
        let began = self.head.len() == HEAD;
        self.head.extend(bytes.iter().take(HEAD - self.head.len()));
        if !began && self.head.len() == HEAD {
            self.recognise()?;
        }
        if let Some(text) = &mut self.text {
            text.update(bytes)?;
        }
        if let Some(table) = &mut self.table {
            table.update(bytes);
        }
        if let Some(package) = &mut self.package {
            package.update(bytes);
        }
        Ok(())
    }

    /// The file is whole.
    ///
    /// # Errors
    /// [`Code::ContentMismatch`] when it is not what it is said to be, [`Code::FileEncrypted`] for a document with a password.
    pub fn finish(self) -> Result<(), Code> {
        self.recognise()?;
        self.text.map_or(Ok(()), Text::finish)?;
        self.table.map_or(Ok(()), |table| table.finish())?;
        self.package.map_or(Ok(()), |package| package.finish())
    }

    /// By the bytes that files of each kind begin with.
    fn recognise(&self) -> Result<(), Code> {
        let head = self.head.as_slice();
        let begins = |magic: &[u8]| head.starts_with(magic);
        let fits = match self.media_type {
            MediaType::Pdf => begins(b"%PDF-"),
            MediaType::Png => begins(b"\x89PNG\r\n\x1a\n"),
            MediaType::Jpeg => begins(b"\xff\xd8\xff"),
            MediaType::Webp => begins(b"RIFF") && head.get(8..12) == Some(b"WEBP"),
            MediaType::Tiff => begins(b"II*\0") || begins(b"MM\0*"),
            MediaType::Xlsx | MediaType::Docx | MediaType::Pptx if begins(COMPOUND) => {
                return Err(Code::FileEncrypted);
            }
            MediaType::Xlsx | MediaType::Docx | MediaType::Pptx => begins(b"PK\x03\x04"),
            // The second is an archive without any file in it.
            MediaType::Zip => begins(b"PK\x03\x04") || begins(b"PK\x05\x06"),
            MediaType::Step => begins(b"ISO-10303-21;"),
            MediaType::Text => true,
            // A workbook or picture that was only renamed.
            MediaType::Csv => !RENAMED.iter().any(|signature| begins(signature)),
        };
        if fits { Ok(()) } else { Err(Code::ContentMismatch) }
    }
}

/// The part that tells which kind of document a package of Office Open XML is.
const fn main_part(media_type: MediaType) -> Option<&'static [u8]> {
    match media_type {
        MediaType::Xlsx => Some(b"xl/workbook"),
        MediaType::Docx => Some(b"word/document"),
        MediaType::Pptx => Some(b"ppt/presentation"),
        _ => None,
    }
}

/// Valid UTF-8 without NUL, whatever the cuts between the pieces.
#[derive(Debug, Default)]
struct Text {
    /// The beginning of a character whose rest has not come yet; at most 3 bytes.
    cut: Vec<u8>,
}

impl Text {
    fn update(&mut self, bytes: &[u8]) -> Result<(), Code> {
        if bytes.contains(&0) {
            return Err(Code::ContentMismatch);
        }
        let mut rest = bytes;
        while !self.cut.is_empty() {
            let Some((first, tail)) = rest.split_first() else { return Ok(()) };
            self.cut.push(*first);
            rest = tail;
            self.cut = unfinished(&self.cut)?.to_vec();
        }
        self.cut = unfinished(rest)?.to_vec();
        Ok(())
    }

    fn finish(self) -> Result<(), Code> {
        if self.cut.is_empty() { Ok(()) } else { Err(Code::ContentMismatch) }
    }
}

/// Text in whatever encoding tables are written in: bytes without control characters, or UTF-16, whose zeros stand all on one side.
#[derive(Debug, Default)]
struct Table {
    /// Zero bytes at even places.
    even: u64,
    /// Zero bytes at odd places.
    odd: u64,
    controls: bool,
    is_odd: bool,
    head: [u8; 2],
    length: usize,
}

impl Table {
    fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if let Some(first) = self.head.get_mut(self.length) {
                *first = *byte;
                self.length += 1;
            }
            match byte {
                0 if self.is_odd => self.odd += 1,
                0 => self.even += 1,
                1..=8 | 14..=26 | 28..=31 => self.controls = true,
                _ => {}
            }
            self.is_odd = !self.is_odd;
        }
    }

    fn finish(&self) -> Result<(), Code> {
        let (even, odd) = (self.even, self.odd);
        let is_wide = matches!(self.head, [0xff, 0xfe] | [0xfe, 0xff]) || even.min(odd) * ONE_SIDED < even.max(odd);
        let is_text = if even + odd == 0 { !self.controls || is_wide } else { is_wide };
        if is_text { Ok(()) } else { Err(Code::ContentMismatch) }
    }
}

/// How many times more zeros stand on one side than on the other in UTF-16.
const ONE_SIDED: u64 = 20;

/// The bytes after the last whole character.
fn unfinished(bytes: &[u8]) -> Result<&[u8], Code> {
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok(&[]),
        Err(error) if error.error_len().is_none() => bytes.get(error.valid_up_to()..).ok_or(Code::ContentMismatch),
        Err(_) => Err(Code::ContentMismatch),
    }
}

/// A package of Office Open XML. The names of an archive's files stand in clear beside their bytes and again at its end.
#[derive(Debug)]
struct Package {
    types: Search,
    main: Search,
    macros: Search,
}

impl Package {
    const fn new(main: &'static [u8]) -> Self {
        Self { types: Search::of(PACKAGE), main: Search::of(main), macros: Search::of(MACROS) }
    }

    fn update(&mut self, bytes: &[u8]) {
        self.types.update(bytes);
        self.main.update(bytes);
        self.macros.update(bytes);
    }

    const fn finish(&self) -> Result<(), Code> {
        if self.types.found && self.main.found && !self.macros.found { Ok(()) } else { Err(Code::ContentMismatch) }
    }
}

/// Looks for a text in bytes that come in pieces.
#[derive(Debug)]
struct Search {
    needle: &'static [u8],
    /// The last bytes seen, which may begin the text.
    tail: Vec<u8>,
    found: bool,
}

impl Search {
    const fn of(needle: &'static [u8]) -> Self {
        assert!(!needle.is_empty() && needle.len() <= NEEDLE_MAX, "what is looked for is short");
        Self { needle, tail: Vec::new(), found: false }
    }

    fn update(&mut self, bytes: &[u8]) {
        if self.found {
            return;
        }
        let overlap = self.needle.len() - 1;
        self.tail.extend(bytes.iter().take(overlap));
        self.found = holds(&self.tail, self.needle) || holds(bytes, self.needle);
        if bytes.len() >= overlap {
            self.tail.clear();
            self.tail.extend_from_slice(bytes.get(bytes.len() - overlap..).unwrap_or_default());
        } else {
            let surplus = self.tail.len().saturating_sub(overlap);
            self.tail.drain(..surplus);
        }
    }
}

/// Whether `needle`, which is not empty, stands in `bytes`.
fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else { return true };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        let Some(candidate) = rest.get(at..) else { return false };
        if candidate.starts_with(needle) {
            return true;
        }
        rest = candidate.get(1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Code, HEAD, Inspector, MediaType};

    /// Looks at `bytes` in pieces of `step`.
    fn look(kind: MediaType, bytes: &[u8], step: usize) -> Result<(), Code> {
        let mut inspector = Inspector::new(kind);
        bytes.chunks(step).try_for_each(|piece| inspector.update(piece))?;
        inspector.finish()
    }

    /// The same verdict wherever the pieces are cut.
    fn verdict(kind: MediaType, bytes: &[u8]) -> bool {
        let whole = look(kind, bytes, bytes.len().max(1)).is_ok();
        for step in [1, 2, 3, 5, HEAD, 21] {
            assert_eq!(look(kind, bytes, step).is_ok(), whole, "{kind:?} in pieces of {step}");
        }
        whole
    }

    fn samples() -> Vec<(MediaType, Vec<u8>)> {
        let office = |part: &str| format!("PK\x03\x04....[Content_Types].xml....{part}.xml....").into_bytes();
        vec![
            (MediaType::Pdf, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec()),
            (MediaType::Png, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
            (MediaType::Jpeg, b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec()),
            (MediaType::Webp, b"RIFF\x24\0\0\0WEBPVP8 ....".to_vec()),
            (MediaType::Tiff, b"II*\0\x08\0\0\0".to_vec()),
            (MediaType::Xlsx, office("xl/workbook")),
            (MediaType::Docx, office("word/document")),
            (MediaType::Pptx, office("ppt/presentation")),
            (MediaType::Zip, b"PK\x05\x06".iter().copied().chain([0; 18]).collect()),
            (MediaType::Step, b"ISO-10303-21;\nHEADER;\n".to_vec()),
        ]
    }

    #[test]
    fn each_kind_is_told_from_every_other() {
        for (kind, bytes) in samples() {
            for claimed in MediaType::ALL {
                let text = std::str::from_utf8(&bytes).is_ok() && !bytes.contains(&0);
                let expected = match claimed {
                    MediaType::Text => text,
                    // A table is text too, but no package that happens to be.
                    MediaType::Csv => text && !bytes.starts_with(b"PK"),
                    // Office documents are archives.
                    MediaType::Zip => bytes.starts_with(b"PK"),
                    _ => *claimed == kind,
                };
                assert_eq!(verdict(*claimed, &bytes), expected, "{kind:?} sent as {claimed:?}");
            }
        }
    }

    #[test]
    fn text_is_utf8_to_its_last_byte() {
        let text = "Bu lông đai ốc M8, thép mạ kẽm — 🔩".as_bytes();
        assert!(verdict(MediaType::Text, text));
        for end in 1..text.len() {
            let expected = std::str::from_utf8(&text[..end]).is_ok();
            assert_eq!(verdict(MediaType::Text, &text[..end]), expected, "the first {end} bytes");
        }
        for wrong in [b"a\0b".as_slice(), b"\xff\xfeh\0i\0", b"\xc0\x80", b"abc\x80", b"\xed\xa0\x80"] {
            assert!(!verdict(MediaType::Text, wrong), "{wrong:?}");
        }
        assert!(verdict(MediaType::Text, b""));
    }

    #[test]
    fn an_office_document_is_whole_and_has_no_macros() {
        for wrong in [
            "PK\x03\x04....[Content_Types].xml....",
            "PK\x03\x04....xl/workbook.xml....",
            "PK\x03\x04[Content_Types].xml xl/workbook.xml xl/vbaProject.bin",
            "[Content_Types].xml xl/workbook.xml",
            "",
        ] {
            assert!(!verdict(MediaType::Xlsx, wrong.as_bytes()), "{wrong:?}");
        }
    }
}
