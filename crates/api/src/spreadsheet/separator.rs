//! What separates the cells of a text, found out from its first line.

use tradehall_domain::import::Separator;
use tradehall_domain::named::Named as _;

/// What separates the cells of a text that begins with `start`: of the three that are in use, the one that stands most often outside
/// quotes in its first line that is not empty.
pub fn likely(start: &[u8]) -> Separator {
    let mut counts = [0_usize; 3];
    let (mut quoted, mut begun) = (false, false);
    for byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && begun => break,
            b'\n' | b'\r' if !quoted => {}
            _ if quoted => {}
            byte => {
                begun = true;
                for (separator, count) in Separator::ALL.iter().zip(&mut counts) {
                    *count += usize::from(separator.byte() == *byte);
                }
            }
        }
    }
    // The first of equals: a file of one column has none of them and is as good as separated by commas.
    let most = Separator::ALL.iter().zip(counts).rev().max_by_key(|(_, count)| *count);
    most.map_or(Separator::Comma, |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::{Separator, likely};

    #[test]
    fn the_separator_is_found_outside_quotes() {
        for (start, expected) in [
            ("a,b;c,d\n;;;;", Separator::Comma),
            ("a;b;c\n", Separator::Semicolon),
            ("\r\n\na;b\n", Separator::Semicolon),
            ("\"a;b;c\",d\n", Separator::Comma),
            ("a\tb,c\td", Separator::Tab),
            ("alone", Separator::Comma),
            ("", Separator::Comma),
        ] {
            assert_eq!(likely(start.as_bytes()), expected, "{start}");
        }
    }
}
