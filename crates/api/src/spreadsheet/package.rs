//! The archive that a workbook is (ISO/IEC 29500-2, on ZIP as in PKWARE's APPNOTE 6.3), with limits before and while it is unpacked.
//!
//! Read here and not by a library, because a few kilobytes can claim to hold anything: nothing is trusted that the archive says of
//! its sizes, each part is unpacked as a stream, and nothing but the few names that are needed is remembered.

use std::collections::HashMap;
use std::io::{BufReader, Read, Seek, SeekFrom, Take};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use tradehall_domain::problem::{Code, Problem};

use super::rows::Source;

/// How many bytes one part of a workbook may have unpacked: 512 MiB.
pub const PART_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// How many bytes all parts that are read may have together: 1 GiB.
pub const PACKAGE_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// How many times larger a part may be unpacked. Sheets of a million formatted rows of nothing come to about 60; what is made to
/// burst comes to 1 000.
pub const RATIO_MAX: u64 = 200;

/// Below this many bytes nobody minds the ratio: 4 MiB.
const RATIO_FREE: u64 = 4 * 1024 * 1024;

/// How many bytes the list of parts may have: 4 MiB.
const DIRECTORY_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// How many parts are remembered.
const PARTS_MAX: usize = 1_000;

/// How far from the end of the file its last record can begin: 22 bytes and a comment.
const TAIL_BYTES_MAX: u64 = 22 + 65_535;

/// How much is read from disk at once, in bytes.
const BUFFER_BYTES: usize = 64 * 1024;

/// How the compound files of older formats begin, in which a workbook with a password is wrapped ([MS-OFFCRYPTO] §1.3).
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// A workbook's archive.
pub struct Package {
    source: Box<dyn Source>,
    parts: HashMap<String, Entry>,
    unpacked: Arc<AtomicU64>,
}

/// Where a part lies.
#[derive(Clone)]
struct Entry {
    offset: u64,
    packed: u64,
    size: u64,
    crc: u32,
    method: u16,
    is_encrypted: bool,
}

/// A part being unpacked.
pub struct Part<R: Read> {
    name: String,
    bytes: Bytes<R>,
    entry: Entry,
    unpacked: u64,
    of_package: Arc<AtomicU64>,
    crc: Crc,
}

enum Bytes<R: Read> {
    Stored(Take<R>),
    Deflated(DeflateDecoder<BufReader<Take<R>>>),
}

/// A problem on its way through a reader.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Refused(Problem);

/// What a failure while reading `part` means.
pub fn told(error: &std::io::Error, part: &str) -> Problem {
    let refused = error.get_ref().and_then(|inner| inner.downcast_ref::<Refused>());
    refused.map_or_else(|| damaged(part), |refused| refused.0.clone())
}

/// That a part cannot be what it should be.
pub fn damaged(part: &str) -> Problem {
    Problem::new(Code::FileDamaged).with("part", part)
}

fn expands(part: &str) -> Problem {
    Problem::new(Code::FileExpands).with("part", part).with("max", PART_BYTES_MAX)
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(N)?)?;
    Some(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

/// What the whole file is called where no part can be named.
const WHOLE: &str = "the archive";

impl Package {
    /// Reads the list of parts.
    ///
    /// # Errors
    /// [`Code::FileDamaged`] for what is no archive, [`Code::FileEncrypted`].
    pub fn open(mut source: Box<dyn Source>) -> Result<Self, Problem> {
        let parts = directory(&mut source).map_err(|error| told(&error, WHOLE))?;
        Ok(Self { source, parts: parts.ok_or_else(|| damaged(WHOLE))?, unpacked: Arc::default() })
    }

    /// Whether there is a part of that name.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// Unpacks a part while the archive waits.
    ///
    /// # Errors
    /// [`Code::FileDamaged`] when there is none, [`Code::FileEncrypted`], [`Code::FileExpands`].
    pub fn part(&mut self, name: &str) -> Result<BufReader<Part<&mut Box<dyn Source>>>, Problem> {
        let entry = self.entry(name)?;
        part(&mut self.source, name, entry, &self.unpacked)
    }

    /// The same for the last part that is read of the archive.
    ///
    /// # Errors
    /// As [`Package::part`].
    pub fn into_part(self, name: &str) -> Result<BufReader<Part<Box<dyn Source>>>, Problem> {
        let entry = self.entry(name)?;
        part(self.source, name, entry, &self.unpacked)
    }

    fn entry(&self, name: &str) -> Result<Entry, Problem> {
        let entry = self.parts.get(name).ok_or_else(|| damaged(name))?;
        if entry.is_encrypted {
            return Err(Code::FileEncrypted.into());
        }
        // What it admits to is refused before a byte of it is unpacked.
        if entry.size > PART_BYTES_MAX || is_bomb(entry.size, entry.packed) {
            return Err(expands(name));
        }
        Ok(entry.clone())
    }
}

const fn is_bomb(unpacked: u64, packed: u64) -> bool {
    unpacked > RATIO_FREE && unpacked / RATIO_MAX > packed
}

/// The parts by their names; nothing for what is no archive.
fn directory(source: &mut Box<dyn Source>) -> std::io::Result<Option<HashMap<String, Entry>>> {
    let mut head = Vec::new();
    source.seek(SeekFrom::Start(0))?;
    source.by_ref().take(8).read_to_end(&mut head)?;
    if head == COMPOUND {
        return Err(std::io::Error::other(Refused(Code::FileEncrypted.into())));
    }
    let length = source.seek(SeekFrom::End(0))?;
    source.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES_MAX)))?;
    let mut tail = Vec::new();
    source.by_ref().take(TAIL_BYTES_MAX).read_to_end(&mut tail)?;
    let last = tail.windows(4).rposition(|bytes| bytes == b"PK\x05\x06");
    let Some(end) = last.and_then(|at| tail.get(at..)) else { return Ok(None) };
    let (Some(size), Some(offset)) = (number::<4>(end, 12), number::<4>(end, 16)) else { return Ok(None) };
    if size > DIRECTORY_BYTES_MAX || offset.saturating_add(size) > length {
        return Ok(None);
    }
    source.seek(SeekFrom::Start(offset))?;
    let mut list = Vec::new();
    source.by_ref().take(size).read_to_end(&mut list)?;
    let mut parts = HashMap::new();
    let mut rest = list.as_slice();
    while !rest.is_empty() {
        let Some((name, entry, next)) = listed(rest) else { return Ok(None) };
        if parts.len() < PARTS_MAX && (name.starts_with("xl/") || name.starts_with("_rels/")) {
            parts.insert(name, entry);
        }
        rest = next;
    }
    Ok(Some(parts))
}

/// The first entry of a list of parts, and what follows it (APPNOTE §4.3.12).
fn listed(list: &[u8]) -> Option<(String, Entry, &[u8])> {
    if !list.starts_with(b"PK\x01\x02") {
        return None;
    }
    let length = |at| number::<2>(list, at).and_then(|length| usize::try_from(length).ok());
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let mut entry = Entry {
        is_encrypted: number::<2>(list, 8)? & 1 == 1,
        method: u16::try_from(number::<2>(list, 10)?).ok()?,
        crc: u32::try_from(number::<4>(list, 16)?).ok()?,
        packed: number::<4>(list, 20)?,
        size: number::<4>(list, 24)?,
        offset: number::<4>(list, 42)?,
    };
    let fields = list.get(46 + name..46 + name + extra)?;
    widen(&mut entry, fields);
    // Some programs write folders as Windows does.
    let name = std::str::from_utf8(list.get(46..46 + name)?).ok()?.replace('\\', "/");
    Some((name.trim_start_matches('/').to_owned(), entry, list.get(46 + length(28)? + extra + comment..)?))
}

/// Takes sizes from the extra field for large archives where the entry itself has no room for them (APPNOTE §4.5.3): streaming
/// writers use it for small ones as well.
fn widen(entry: &mut Entry, mut fields: &[u8]) {
    const NO_ROOM: u64 = 0xffff_ffff;
    while let (Some(id), Some(length)) = (number::<2>(fields, 0), number::<2>(fields, 2)) {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let Some(field) = fields.get(4..4_usize.saturating_add(length)) else { return };
        if id == 1 {
            let mut at = 0;
            for value in [&mut entry.size, &mut entry.packed, &mut entry.offset] {
                if let (NO_ROOM, Some(wide)) = (*value, number::<8>(field, at)) {
                    *value = wide;
                    at += 8;
                }
            }
        }
        fields = fields.get(4 + length..).unwrap_or_default();
    }
}

fn part<R: Read + Seek>(
    mut source: R,
    name: &str,
    entry: Entry,
    of_package: &Arc<AtomicU64>,
) -> Result<BufReader<Part<R>>, Problem> {
    let mut local = [0; 30];
    let begun = source.seek(SeekFrom::Start(entry.offset)).and_then(|_| source.read_exact(&mut local));
    let lengths = number::<2>(&local, 26).zip(number::<2>(&local, 28));
    let (true, true, Some((name_length, extra))) = (begun.is_ok(), local.starts_with(b"PK\x03\x04"), lengths) else {
        return Err(damaged(name));
    };
    source.seek(SeekFrom::Start(entry.offset + 30 + name_length + extra)).map_err(|error| told(&error, name))?;
    let packed = source.take(entry.packed);
    let bytes = match entry.method {
        0 => Bytes::Stored(packed),
        8 => Bytes::Deflated(DeflateDecoder::new(BufReader::with_capacity(BUFFER_BYTES, packed))),
        _ => return Err(damaged(name)),
    };
    let part =
        Part { name: name.to_owned(), bytes, entry, unpacked: 0, of_package: of_package.clone(), crc: Crc::new() };
    Ok(BufReader::with_capacity(BUFFER_BYTES, part))
}

impl<R: Read> Read for Part<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = match &mut self.bytes {
            Bytes::Stored(bytes) => bytes.read(buffer)?,
            Bytes::Deflated(bytes) => bytes.read(buffer)?,
        };
        if read == 0 && !buffer.is_empty() && self.crc.sum() != self.entry.crc {
            return Err(std::io::Error::other(Refused(damaged(&self.name))));
        }
        self.crc.update(buffer.get(..read).unwrap_or_default());
        self.unpacked += read as u64;
        let all = self.of_package.fetch_add(read as u64, Ordering::Relaxed) + read as u64;
        if self.unpacked > PART_BYTES_MAX || all > PACKAGE_BYTES_MAX || is_bomb(self.unpacked, self.entry.packed) {
            return Err(std::io::Error::other(Refused(expands(&self.name))));
        }
        Ok(read)
    }
}
