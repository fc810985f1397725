//! Tokens and brackets of a document, counted before anything recursive touches it.
//!
//! The grammar's parser descends once per open bracket: 30 000 times `{` would end the process with a full stack. This
//! scan knows only the lexical grammar (GraphQL §2.1) and needs constant memory.

use super::limits::{Breach, Limits, within};

/// Refuses a text with too many bytes, tokens or open brackets. What is not GraphQL passes: the parser tells why.
pub(super) fn scan(text: &str, limits: &Limits) -> Result<(), Breach> {
    within("bytes", text.len(), limits.document_bytes)?;
    let (mut tokens, mut open) = (0_usize, 0_usize);
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = match first {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                rest = tail;
                continue;
            }
            b'#' => {
                rest = skip_while(tail, |byte| byte != b'\n' && byte != b'\r');
                continue;
            }
            b'"' => after_string(tail),
            b'{' | b'(' | b'[' => {
                open += 1;
                within("brackets open at once", open, limits.nesting)?;
                tail
            }
            b'}' | b')' | b']' => {
                open = open.saturating_sub(1);
                tail
            }
            b'.' => skip_while(tail, |byte| byte == b'.'),
            b'-' | b'0'..=b'9' => skip_while(tail, |byte| is_name(byte) || matches!(byte, b'.' | b'+' | b'-')),
            _ if is_name(first) => skip_while(tail, is_name),
            _ => tail,
        };
        tokens += 1;
        within("tokens", tokens, limits.tokens)?;
    }
    Ok(())
}

/// Letters, digits, `_`, and anything beyond ASCII, which is no token at all and for the parser to refuse.
const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn skip_while(bytes: &[u8], keep: impl Fn(u8) -> bool) -> &[u8] {
    let end = bytes.iter().position(|&byte| !keep(byte)).unwrap_or(bytes.len());
    bytes.get(end..).unwrap_or_default()
}

/// What follows a string whose opening quote has been read; a block string ends at three quotes, unless escaped.
fn after_string(bytes: &[u8]) -> &[u8] {
    let (mut rest, end): (&[u8], &[u8]) = match bytes.strip_prefix(b"\"\"") {
        Some(block) => (block, b"\"\"\""),
        None => (bytes, b"\""),
    };
    let escape: &[u8] = if end.len() == 3 { b"\\\"\"\"" } else { b"\\" };
    loop {
        if let Some(after) = rest.strip_prefix(escape) {
            // In a plain string the escaped character goes with its backslash.
            rest = if end.len() == 1 { after.get(1..).unwrap_or_default() } else { after };
        } else if let Some(after) = rest.strip_prefix(end) {
            return after;
        } else if let Some((_, after)) = rest.split_first() {
            rest = after;
        } else {
            return rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, scan};

    fn limits(tokens: usize, nesting: usize) -> Limits {
        Limits { tokens, nesting, ..Limits::default() }
    }

    #[test]
    fn counts_tokens_as_the_lexical_grammar_does() {
        for (text, tokens) in [
            ("", 0),
            (" \n,# only { a comment\n", 0),
            ("{ a }", 3),
            ("{a...F...G}", 7),
            ("query Q($x: Int! = -1.5) { a(x: $x) ...F }", 22),
            (r#"{ a(s: "not { a \" bracket", t: """ nor "this" \""" { one """) }"#, 11),
        ] {
            assert_eq!(scan(text, &limits(tokens, 9)), Ok(()), "{text}");
            if tokens > 0 {
                let breach = scan(text, &limits(tokens - 1, 9)).unwrap_err();
                assert_eq!((breach.limit, breach.found), ("tokens", tokens as u64), "{text}");
            }
        }
    }

    #[test]
    fn brackets_in_depth_are_refused_and_in_breadth_are_not() {
        let deep = "{a".repeat(1_000);
        assert_eq!(scan(&deep, &limits(9_000, 50)).unwrap_err().found, 51);
        let wide = "{a}".repeat(1_000);
        assert_eq!(scan(&wide, &limits(9_000, 50)), Ok(()));
    }
}
