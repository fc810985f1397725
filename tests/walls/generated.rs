//! Files that are derived from the product and committed, so that a change of the product shows in review.

use std::fs;
use std::path::{Path, PathBuf};

/// Set to anything, this variable has the tests write the files instead of comparing them.
const UPDATE: &str = "UPDATE_GENERATED";

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands in the repository").to_owned()
}

/// Compares `text` with the committed file at `path` below the root of the repository.
///
/// # Panics
///
/// When they differ, with the first differing lines and with what writes the file anew.
pub fn agrees(path: &str, text: &str, command: &str) {
    let file = root().join(path);
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&file, text).unwrap_or_else(|error| panic!("{path} cannot be written: {error}"));
        return;
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    // Rows are told in the order in which a database lists them, which is no promise of ours.
    if sorted(&committed) != sorted(text) {
        panic!(
            "{path} is not what the product says now:\n{}\nIf that is meant, run `{command}` and commit the file.",
            difference(&committed, text)
        );
    }
}

/// Compares `text` with the committed snapshot `name` beside the walls.
///
/// # Panics
///
/// As [`agrees`].
pub fn snapshot(name: &str, text: &str) {
    let command = format!("{UPDATE}=1 cargo test -p tradehall-tests --test walls");
    agrees(&format!("tests/walls/{name}"), text, &command);
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<_> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// How many differing lines a message shows.
const SHOWN_MAX: usize = 40;

/// The lines that only one of the texts has, in their order.
fn difference(committed: &str, derived: &str) -> String {
    let only = |one: &str, other: &str, sign: char| -> Vec<String> {
        let known: std::collections::HashSet<&str> = other.lines().collect();
        one.lines().filter(|line| !known.contains(line)).map(|line| format!("{sign} {line}")).collect()
    };
    let mut lines = only(committed, derived, '-');
    lines.extend(only(derived, committed, '+'));
    if lines.is_empty() {
        return "the same lines in another order".to_owned();
    }
    let rest = lines.len().saturating_sub(SHOWN_MAX);
    lines.truncate(SHOWN_MAX);
    if rest > 0 {
        lines.push(format!("… and {rest} more"));
    }
    lines.join("\n")
}
