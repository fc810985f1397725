//! An archive of parts (APPNOTE 6.3), each compressed as it is written.

use std::fs::File;
use std::io::{Result, Seek as _, SeekFrom, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// An archive being written.
pub struct Archive {
    file: File,
    parts: Vec<Written>,
}

struct Written {
    name: &'static str,
    offset: u32,
    fields: Vec<u8>,
}

/// A part being written.
pub struct OpenPart {
    parts: Vec<Written>,
    encoder: DeflateEncoder<File>,
    name: &'static str,
    offset: u32,
    crc: Crc,
    size: u64,
}

fn small(number: u64) -> Result<u32> {
    u32::try_from(number).map_err(std::io::Error::other)
}

/// What the header of a part and its entry in the list have in common, from the version on.
fn fields(name: &str, crc: u32, packed: u32, size: u32) -> Vec<u8> {
    // Version 2.0, names in UTF-8, deflated, at midnight of the first day that the format knows.
    let mut fields = vec![20, 0, 0, 8, 8, 0, 0, 0, 0x21, 0];
    for number in [crc, packed, size] {
        fields.extend(number.to_le_bytes());
    }
    fields.extend(u16::try_from(name.len()).unwrap_or(0).to_le_bytes());
    fields.extend([0, 0]);
    fields
}

impl Archive {
    /// An archive in an empty file.
    pub const fn new(file: File) -> Self {
        Self { file, parts: Vec::new() }
    }

    /// Begins a part.
    pub fn begin(mut self, name: &'static str) -> Result<OpenPart> {
        let offset = small(self.file.stream_position()?)?;
        self.file.write_all(b"PK\x03\x04")?;
        // Sizes follow when they are known.
        self.file.write_all(&fields(name, 0, 0, 0))?;
        self.file.write_all(name.as_bytes())?;
        let encoder = DeflateEncoder::new(self.file, Compression::fast());
        Ok(OpenPart { parts: self.parts, encoder, name, offset, crc: Crc::new(), size: 0 })
    }

    /// Writes a whole part.
    pub fn part(self, name: &'static str, text: &str) -> Result<Self> {
        let mut part = self.begin(name)?;
        part.write_all(text.as_bytes())?;
        part.close()
    }

    /// Writes the list of parts and answers the file.
    pub fn finish(mut self) -> Result<File> {
        let start = small(self.file.stream_position()?)?;
        let mut list = Vec::new();
        for part in &self.parts {
            list.extend(b"PK\x01\x02\x14\x00");
            list.extend(&part.fields);
            list.extend([0; 10]);
            list.extend(part.offset.to_le_bytes());
            list.extend(part.name.as_bytes());
        }
        let count = u16::try_from(self.parts.len()).unwrap_or(u16::MAX).to_le_bytes();
        let length = small(list.len() as u64)?;
        list.extend(b"PK\x05\x06\0\0\0\0");
        list.extend(count);
        list.extend(count);
        list.extend(length.to_le_bytes());
        list.extend(start.to_le_bytes());
        list.extend([0, 0]);
        self.file.write_all(&list)?;
        Ok(self.file)
    }
}

impl Write for OpenPart {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.encoder.write_all(bytes)?;
        self.crc.update(bytes);
        self.size += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.encoder.flush()
    }
}

impl OpenPart {
    /// Ends the part and writes its sizes into its header.
    pub fn close(self) -> Result<Archive> {
        let mut file = self.encoder.finish()?;
        let end = file.stream_position()?;
        let begun = u64::from(self.offset) + 30 + self.name.len() as u64;
        let fields = fields(self.name, self.crc.sum(), small(end - begun)?, small(self.size)?);
        file.seek(SeekFrom::Start(u64::from(self.offset) + 4))?;
        file.write_all(&fields)?;
        file.seek(SeekFrom::Start(end))?;
        let mut parts = self.parts;
        parts.push(Written { name: self.name, offset: self.offset, fields });
        Ok(Archive { file, parts })
    }
}
