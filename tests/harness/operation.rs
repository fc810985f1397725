//! The documents in `tests/operations`: what real clients send.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// Every committed operation by its file name without the ending.
pub static OPERATIONS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut found = BTreeMap::new();
    collect(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/operations")), &mut found);
    found
});

/// The document called `name`.
///
/// # Panics
///
/// When there is none.
pub fn operation(name: &str) -> &'static str {
    OPERATIONS.get(name).unwrap_or_else(|| panic!("there is no tests/operations/**/{name}.graphql"))
}

fn collect(directory: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "graphql") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            assert!(found.insert(name, text).is_none(), "two operations have the name of {}", path.display());
        }
    }
}
