//! Texts into values: each function says what would be right.

use std::{fmt::Display, ops::RangeInclusive, path::PathBuf, str::FromStr, time::Duration};

/// Why a text is not a value. `problem` follows the text in a sentence, `expected` follows "expected".
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) problem: String,
    pub(super) expected: String,
}

impl Wrong {
    pub(super) fn new(problem: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { problem: problem.into(), expected: expected.into() }
    }
}

/// The text as it stands.
pub(super) fn text(text: &str) -> Result<String, Wrong> {
    Ok(text.to_owned())
}

/// A file or directory, relative to the working directory of the service.
pub(super) fn path(text: &str) -> Result<PathBuf, Wrong> {
    Ok(PathBuf::from(text))
}

/// A directory that exists.
pub(super) fn directory(text: &str) -> Result<PathBuf, Wrong> {
    let path = PathBuf::from(text);
    if path.is_dir() { Ok(path) } else { Err(Wrong::new("is not a directory", "an existing directory")) }
}

/// `on` or `off`, and the spellings that people try first.
pub(super) fn switch(text: &str) -> Result<bool, Wrong> {
    match text.to_ascii_lowercase().as_str() {
        "on" | "true" | "yes" | "1" => Ok(true),
        "off" | "false" | "no" | "0" => Ok(false),
        _ => Err(Wrong::new("is neither on nor off", "`on` or `off`")),
    }
}

/// Anything whose own parser is good enough, such as a socket address.
pub(super) fn parsed<T: FromStr<Err: Display>>(expected: &'static str) -> impl FnOnce(&str) -> Result<T, Wrong> {
    move |text| text.parse().map_err(|error| Wrong::new(format!("is not usable ({error})"), expected))
}

/// A whole number within limits.
pub(super) fn count(limits: RangeInclusive<u32>) -> impl FnOnce(&str) -> Result<u32, Wrong> {
    move |text| {
        let expected = || format!("a whole number from {} to {}", limits.start(), limits.end());
        let number = text.parse().map_err(|_| Wrong::new("is not a whole number", expected()))?;
        if limits.contains(&number) { Ok(number) } else { Err(Wrong::new("is out of range", expected())) }
    }
}

/// A number of bytes within limits: digits with an optional `KiB`, `MiB` or `GiB` (IEC 80000-13).
pub(super) fn bytes(limits: RangeInclusive<usize>) -> impl FnOnce(&str) -> Result<usize, Wrong> {
    move |text| {
        let expected = || format!("a size from {} to {} bytes, such as `2MiB`", limits.start(), limits.end());
        let (digits, unit) = split_unit(text);
        let factor = match unit {
            "" | "B" => 1,
            "KiB" => 1 << 10,
            "MiB" => 1 << 20,
            "GiB" => 1 << 30,
            _ => return Err(Wrong::new("has an unknown unit of size", expected())),
        };
        let number: usize = digits.parse().map_err(|_| Wrong::new("is not a size", expected()))?;
        match number.checked_mul(factor) {
            Some(size) if limits.contains(&size) => Ok(size),
            _ => Err(Wrong::new("is out of range", expected())),
        }
    }
}

/// A span of time within limits: digits with `ms`, `s`, `m`, `h` or `d`. A bare number is refused, because people disagree
/// about its unit.
pub(super) fn duration(limits: RangeInclusive<Duration>) -> impl FnOnce(&str) -> Result<Duration, Wrong> {
    move |text| {
        let expected = || {
            let (least, most) = (spelled(*limits.start()), spelled(*limits.end()));
            format!("a time from {least} to {most}, such as `500ms`, `10s`, `15m`, `30d`")
        };
        let (digits, unit) = split_unit(text);
        let unit_ms: u64 = match unit {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            "" => return Err(Wrong::new("has no unit of time", expected())),
            _ => return Err(Wrong::new("has an unknown unit of time", expected())),
        };
        let number: u64 = digits.parse().map_err(|_| Wrong::new("is not a time", expected()))?;
        match number.checked_mul(unit_ms).map(Duration::from_millis) {
            Some(time) if limits.contains(&time) => Ok(time),
            _ => Err(Wrong::new("is out of range", expected())),
        }
    }
}

/// A comma-separated list; every part is parsed, empty parts are passed over.
pub(super) fn list<T>(parse: impl Fn(&str) -> Result<T, Wrong>) -> impl FnOnce(&str) -> Result<Vec<T>, Wrong> {
    move |text| {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts
            .map(|part| {
                parse(part)
                    .map_err(|wrong| Wrong::new(format!("holds `{part}`, which {}", wrong.problem), wrong.expected))
            })
            .collect()
    }
}

/// A time as [`duration`] reads it, in the largest unit that divides it.
fn spelled(time: Duration) -> String {
    const UNITS: [(u128, &str); 4] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s")];
    let time_ms = time.as_millis();
    match UNITS.iter().find(|(unit_ms, _)| time_ms > 0 && time_ms.is_multiple_of(*unit_ms)) {
        Some((unit_ms, unit)) => format!("{}{unit}", time_ms / unit_ms),
        None => format!("{time_ms}ms"),
    }
}

fn split_unit(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    (digits, unit.trim())
}
