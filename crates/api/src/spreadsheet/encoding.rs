//! How the characters of a text are written down, found out and turned into UTF-8 while it is read.
//!
//! Files of older programs in Viet Nam come in Windows code page 1258, in which most tones are characters of their own behind the
//! vowel (Unicode's TCVN 5712 and Microsoft's code page tables); read as 1252 they would be letters that no word has there.

use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use tradehall_domain::import::TextEncoding;

/// How much of a file is read from disk at once, in bytes.
const BUFFER_BYTES: usize = 64 * 1024;

/// How much of a file is looked at for zero bytes.
const HEAD_BYTES: usize = 1024;

/// A text that is turned into UTF-8 as it is read, without a byte order mark.
pub enum Text<R> {
    /// It is UTF-8 already.
    Same(BufReader<R>),
    /// It is decoded.
    Decoded(Box<Decoding<R>>),
}

/// A text under decoding.
pub struct Decoding<R> {
    source: BufReader<R>,
    decoder: Decoder,
    decoded: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: Read + Seek> Text<R> {
    /// Begins to read `source`, in `encoding` or in what it is found to be in.
    pub fn open(mut source: R, encoding: Option<TextEncoding>) -> std::io::Result<(Self, TextEncoding)> {
        let (likely, mark) = detect(&mut source)?;
        let encoding = encoding.unwrap_or(likely);
        // A mark of another encoding than the one that was asked for is no mark but a text, which then shows the mistake.
        source.seek(SeekFrom::Start(if encoding == likely { mark } else { 0 }))?;
        let source = BufReader::with_capacity(BUFFER_BYTES, source);
        let text = match known(encoding) {
            None => Self::Same(source),
            Some(known) => Self::Decoded(Box::new(Decoding {
                source,
                decoder: known.new_decoder_without_bom_handling(),
                decoded: Vec::new(),
                taken: 0,
                ended: false,
            })),
        };
        Ok((text, encoding))
    }
}

const fn known(encoding: TextEncoding) -> Option<&'static Encoding> {
    match encoding {
        TextEncoding::Utf8 => None,
        TextEncoding::Utf16Le => Some(UTF_16LE),
        TextEncoding::Utf16Be => Some(UTF_16BE),
        TextEncoding::Windows1258 => Some(WINDOWS_1258),
        TextEncoding::Windows1252 => Some(WINDOWS_1252),
    }
}

impl<R: Read> Text<R> {
    /// What comes next; nothing at the end.
    pub fn fill(&mut self) -> std::io::Result<&[u8]> {
        match self {
            Self::Same(source) => source.fill_buf(),
            Self::Decoded(decoding) => decoding.fill(),
        }
    }

    /// So many bytes of it were used.
    pub fn consume(&mut self, count: usize) {
        match self {
            Self::Same(source) => source.consume(count),
            Self::Decoded(decoding) => decoding.taken += count,
        }
    }
}

impl<R: Read> Decoding<R> {
    fn fill(&mut self) -> std::io::Result<&[u8]> {
        while self.taken >= self.decoded.len() && !self.ended {
            let input = self.source.fill_buf()?;
            let last = input.is_empty();
            let room = self.decoder.max_utf8_buffer_length(input.len()).unwrap_or(BUFFER_BYTES * 3);
            self.decoded.resize(room, 0);
            // What cannot be decoded becomes U+FFFD, for which the row is refused.
            let (_, read, written, _) = self.decoder.decode_to_utf8(input, &mut self.decoded, last);
            self.source.consume(read);
            self.decoded.truncate(written);
            self.taken = 0;
            self.ended = last;
        }
        Ok(self.decoded.get(self.taken..).unwrap_or_default())
    }
}

/// What a text is most likely written in, and how many bytes its mark has.
fn detect(source: &mut (impl Read + Seek)) -> std::io::Result<(TextEncoding, u64)> {
    source.seek(SeekFrom::Start(0))?;
    let mut source = BufReader::with_capacity(BUFFER_BYTES, source);
    let head = source.fill_buf()?;
    for (mark, encoding) in [
        (&[0xef_u8, 0xbb, 0xbf][..], TextEncoding::Utf8),
        (&[0xff, 0xfe], TextEncoding::Utf16Le),
        (&[0xfe, 0xff], TextEncoding::Utf16Be),
    ] {
        if head.starts_with(mark) {
            return Ok((encoding, mark.len() as u64));
        }
    }
    // Letters and separators have a zero byte in UTF-16: behind them if the lower byte comes first, else before them.
    let zeros = |parity: usize| {
        head.iter().take(HEAD_BYTES).enumerate().filter(|(n, byte)| n % 2 == parity && **byte == 0).count()
    };
    match (zeros(0), zeros(1)) {
        (0, 0) => {}
        (before, behind) if before > behind => return Ok((TextEncoding::Utf16Be, 0)),
        _ => return Ok((TextEncoding::Utf16Le, 0)),
    }
    let mut signs = Signs::default();
    loop {
        let bytes = source.fill_buf()?;
        if bytes.is_empty() {
            return Ok((signs.verdict(), 0));
        }
        let read = bytes.len();
        signs.see(bytes);
        source.consume(read);
    }
}

/// What speaks for which encoding of single bytes.
#[derive(Default)]
struct Signs {
    /// Characters of several bytes that are UTF-8.
    utf8: usize,
    /// Bytes that no UTF-8 has there.
    foreign: usize,
    /// Tones behind vowels, and letters that only Vietnamese has.
    vietnamese: usize,
    /// The last bytes seen, which may begin a character.
    cut: Vec<u8>,
    before: u8,
}

impl Signs {
    fn see(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.vietnamese += usize::from(is_vietnamese(self.before, *byte));
            self.before = *byte;
        }
        self.cut.extend_from_slice(bytes);
        let all = std::mem::take(&mut self.cut);
        let mut rest = all.as_slice();
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.utf8 += wide(text);
                    return;
                }
                Err(error) => {
                    let (good, bad) = rest.split_at_checked(error.valid_up_to()).unwrap_or((rest, &[]));
                    self.utf8 += wide(std::str::from_utf8(good).unwrap_or_default());
                    let Some(length) = error.error_len() else {
                        self.cut = bad.to_vec();
                        return;
                    };
                    self.foreign += length;
                    rest = bad.get(length..).unwrap_or_default();
                }
            }
        }
    }

    /// A few bad bytes in a text of UTF-8 are bad bytes; their rows are refused.
    const fn verdict(&self) -> TextEncoding {
        if self.foreign + self.cut.len() <= self.utf8 {
            TextEncoding::Utf8
        } else if self.vietnamese > 0 {
            TextEncoding::Windows1258
        } else {
            TextEncoding::Windows1252
        }
    }
}

/// How many characters beyond ASCII a text has.
fn wide(text: &str) -> usize {
    if text.is_ascii() { 0 } else { text.chars().filter(|c| !c.is_ascii()).count() }
}

/// Whether two bytes in a row are Vietnamese in code page 1258 and unlikely in 1252: a tone mark behind a vowel, where 1252 has a
/// capital or `ì` or `ò` behind it; or `đ` at the beginning of a syllable, where 1252 has the Icelandic `ð`.
const fn is_vietnamese(before: u8, byte: u8) -> bool {
    // With a hat, a breve or a horn: â ê ô ă ơ ư.
    let is_hatted = matches!(before, 0xe2 | 0xea | 0xf4 | 0xe3 | 0xf5 | 0xfd | 0xc2 | 0xca | 0xd4 | 0xc3 | 0xd5 | 0xdd);
    let is_vowel = matches!(before, b'a' | b'e' | b'i' | b'o' | b'u' | b'y') || is_hatted;
    match byte {
        // Grave, hook above, tilde.
        0xcc | 0xd2 | 0xde => is_vowel,
        // Acute, dot below.
        0xec | 0xf2 => is_hatted,
        // The horned letters and those that follow đ.
        b'a' | b'o' | b'i' | b'e' | b'u' => matches!(before, 0xf0 | 0xd0),
        _ => false,
    }
}
