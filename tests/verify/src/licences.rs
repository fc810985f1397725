//! Licences, bans and duplicates, by the same `deny.toml` that cargo-deny reads.
//!
//! cargo-deny takes longer to build than the whole workspace on a small machine; what a continuous integration needs of it is
//! this page. Advisories need a database from the network and stay with cargo-deny.

mod policy;
mod rules;

use std::{error::Error, fs, process::Command, process::ExitCode};

use policy::Policy;
use rules::Package;
use serde::Deserialize;

use crate::tests::program;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_root: String,
}

/// Checks every package that is built for one of the policy's targets.
pub(crate) fn check() -> Result<ExitCode, Box<dyn Error>> {
    let root = metadata(None)?.workspace_root;
    let policy: Policy = toml::from_str(&fs::read_to_string(format!("{root}/deny.toml"))?)?;
    let mut packages: Vec<Package> = Vec::new();
    for target in &policy.graph.targets {
        packages.extend(metadata(Some(target))?.packages);
    }
    packages.sort();
    packages.dedup();

    let problems = rules::problems(&policy, &packages);
    for problem in &problems {
        eprintln!("error: {problem}");
    }
    for note in rules::stale(&policy, &packages) {
        eprintln!("note: {note}");
    }
    println!("==> licences and bans: {} packages, {} problem(s)", packages.len(), problems.len());
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What cargo knows; without a target, only about the workspace itself.
fn metadata(target: Option<&str>) -> Result<Metadata, Box<dyn Error>> {
    let mut command = Command::new(program());
    command.args(["metadata", "--format-version", "1", "--locked"]);
    match target {
        Some(target) => command.args(["--all-features", "--filter-platform", target]),
        None => command.arg("--no-deps"),
    };
    let output = command.stderr(std::process::Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err("`cargo metadata` failed".into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
