//! The shape of the source: the same rooms on every floor, no corridor that leads in a circle, files that fit in the head.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::generated::root;

/// The longest file, in lines.
const LINES_MAX: usize = 400;

/// Rooms of a floor that are no capability: what all of them stand on.
const FOUNDATIONS: &[(&str, &[&str])] = &[
    (
        "domain",
        &[
            "access",
            "check_digit",
            "country",
            "currency",
            "email",
            "event",
            "gtin",
            "id",
            "incoterm",
            "language",
            "locale",
            "money",
            "named",
            "number",
            "place",
            "problem",
            "quantity",
            "ratio",
            "side",
            "tax",
            "text",
            "unit",
            "viewing",
            "wire",
        ],
    ),
    (
        "persistence",
        &[
            "column",
            "error",
            "event",
            "fault",
            "history",
            "idempotency",
            "kept",
            "meter",
            "migrate",
            "page",
            "scope",
            "store",
            "turn",
            "tx",
            "viewing",
            "write",
        ],
    ),
    (
        "api",
        &[
            "app",
            "cli",
            "config",
            "feed",
            "graphql",
            "http",
            "probe",
            "seed",
            "service",
            "spreadsheet",
            "telemetry",
            "tls",
            "worker",
            "main",
            "demo",
        ],
    ),
];

/// Capabilities that one floor does not need, and why.
const NOT_ON: &[(&str, &str, &str)] = &[];

/// Circles that stand for now, each as the sorted names of who is in it, and why. This list only becomes shorter.
const CIRCLES: &[(&str, &str, &str)] = &[(
    "domain",
    "quote rfq",
    "comparison and award weigh quotes and stand with the request; they are a capability of their own",
)];

fn rust_files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("target") {
                rust_files(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn files(below: &str) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    rust_files(&root().join(below), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path.strip_prefix(root()).unwrap().to_string_lossy().into_owned(), text)
    };
    paths.into_iter().map(read).collect()
}

/// The room of a floor that a file stands in: the first name under `src/`.
fn room(path: &str) -> &str {
    let inner = path.split_once("/src/").map_or(path, |(_, inner)| inner);
    let first = inner.split('/').next().unwrap_or(inner);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// The rooms of a floor that are capabilities.
fn capabilities(floor: &str) -> BTreeSet<String> {
    let known = FOUNDATIONS.iter().find(|(name, _)| *name == floor).map_or(&[][..], |(_, known)| *known);
    let rooms = files(&format!("crates/{floor}/src")).into_iter().map(|(path, _)| room(&path).to_owned());
    rooms.filter(|room| room != "lib" && !known.contains(&room.as_str())).collect()
}

#[test]
fn capabilities_have_one_name_on_every_floor() {
    let floors = ["domain", "persistence", "api"].map(|floor| (floor, capabilities(floor)));
    let all: BTreeSet<&String> = floors.iter().flat_map(|(_, rooms)| rooms).collect();
    let mut faults = Vec::new();
    for capability in &all {
        for (floor, rooms) in &floors {
            let excused = NOT_ON.iter().any(|(name, where_, _)| name == capability && where_ == floor);
            if !rooms.contains(*capability) && !excused {
                faults.push(format!("{capability} is not on the floor {floor}"));
            }
            assert!(!rooms.contains(*capability) || !excused, "{capability} is on the floor {floor} by now");
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(all.len() >= 9, "only {all:?} was found");
}

#[test]
fn no_file_is_longer_than_fits_in_the_head() {
    let mut long = Vec::new();
    for below in ["crates", "migrations", "tests", "bench"] {
        for (path, text) in files(below) {
            let lines = text.lines().count();
            if lines > LINES_MAX {
                long.push(format!("{path}: {lines} lines"));
            }
        }
    }
    assert!(long.is_empty(), "longer than {LINES_MAX} lines:\n{}", long.join("\n"));
}

/// Files named after nothing in particular hold nothing in particular.
#[test]
fn no_file_is_named_after_nothing() {
    let vague = ["utils", "util", "helpers", "helper", "common", "misc", "manager"];
    for below in ["crates", "migrations", "tests", "bench"] {
        for (path, _) in files(below) {
            let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
            assert!(!vague.contains(&name), "{path}");
        }
    }
}

/// The code without its tests and comments.
fn code(text: &str) -> String {
    let body = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let lines = body.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Which capabilities of its own floor each capability uses. Names alone do not count: ids, and the wrappers of the graph that clients
/// walk (types whose names end in `Id` and `Node`). That graph goes in circles by nature, as the companies in it do.
fn uses(floor: &str) -> BTreeMap<String, BTreeSet<String>> {
    let all = capabilities(floor);
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in files(&format!("crates/{floor}/src")) {
        let own = room(&path).to_owned();
        if !all.contains(&own) || path.ends_with("/tests.rs") || path.contains("/tests/") {
            continue;
        }
        let used = graph.entry(own.clone()).or_default();
        for rest in code(&text).split("crate::").skip(1) {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let tail = rest[name.len()..].split(';').next().unwrap_or_default();
            if name != own && all.contains(&name) && !only_names(tail) {
                used.insert(name);
            }
        }
    }
    graph
}

/// Whether a path ends in such names alone: `::OrganizationNode`, `::{UserId, RfqId}`.
fn only_names(tail: &str) -> bool {
    let Some(items) = tail.strip_prefix("::") else { return false };
    let braced = items.strip_prefix('{').and_then(|items| items.split('}').next());
    let names: Vec<String> = match braced {
        Some(items) => items.split(',').map(|item| item.trim().to_owned()).collect(),
        None => vec![items.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect()],
    };
    names.iter().filter(|name| !name.is_empty()).all(|name| name.ends_with("Node") || name.ends_with("Id"))
}

/// Everything that can be reached from each.
fn reach(graph: &BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, BTreeSet<String>> {
    let mut reached = graph.clone();
    loop {
        let before = reached.clone();
        for next in reached.values_mut() {
            let further: BTreeSet<String> = next.iter().filter_map(|one| before.get(one)).flatten().cloned().collect();
            next.extend(further);
        }
        if before == reached {
            return reached;
        }
    }
}

#[test]
fn no_capability_leads_back_to_itself() {
    let mut faults = Vec::new();
    for floor in ["domain", "persistence", "api"] {
        let graph = uses(floor);
        let reached = reach(&graph);
        let mut circles = BTreeSet::new();
        for (one, next) in &reached {
            if next.contains(one) {
                let circle: Vec<&str> = reached
                    .iter()
                    .filter(|(other, back)| next.contains(*other) && back.contains(one))
                    .map(|(other, _)| other.as_str())
                    .collect();
                circles.insert(circle.join(" "));
            }
        }
        for circle in &circles {
            if !CIRCLES.iter().any(|(where_, names, _)| *where_ == floor && names == circle) {
                let edges: Vec<_> = graph
                    .iter()
                    .filter(|(one, _)| circle.split(' ').any(|name| name == one.as_str()))
                    .map(|(one, next)| format!("{one} uses {next:?}"))
                    .collect();
                faults.push(format!("on the floor {floor}: {circle}\n  {}", edges.join("\n  ")));
            }
        }
        for (where_, names, reason) in CIRCLES.iter().filter(|(where_, ..)| *where_ == floor) {
            assert!(
                circles.contains(*names),
                "{names} on {where_} is no circle any more ({reason}): take it off the list"
            );
        }
    }
    assert!(faults.is_empty(), "capabilities that lead back to themselves:\n{}", faults.join("\n"));
}

#[test]
fn floors_use_only_what_is_below_them() {
    let banned = [
        ("domain", ["sea_orm", "sqlx", "async_graphql", "actix", "tokio::", "async fn"].as_slice()),
        ("persistence", ["async_graphql", "actix"].as_slice()),
        ("api", ["sea_orm", "sqlx::"].as_slice()),
    ];
    for (floor, words) in banned {
        for (path, text) in files(&format!("crates/{floor}/src")) {
            let code = code(&text);
            for word in words {
                assert!(!code.contains(word), "{path} uses {word}");
            }
        }
    }
}

/// `now` is what the transaction or the store says; the domain has no clock and no chance but ids.
#[test]
fn one_place_tells_the_time() {
    let clocks = ["Timestamp::now()", "Utc::now()", "SystemTime::now()"];
    let allowed = ["crates/persistence/src/store.rs", "crates/api/src/http/", "crates/api/src/telemetry"];
    for (path, text) in files("crates") {
        if allowed.iter().any(|place| path.starts_with(place)) || path.contains("tests") {
            continue;
        }
        for clock in clocks {
            assert!(!code(&text).contains(clock), "{path} asks {clock}");
        }
    }
}
