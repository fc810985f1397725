//! Runs every test with whichever runner is installed.

use std::{
    env,
    error::Error,
    process::{Command, ExitCode, Stdio},
};

use tradehall_verify::cluster::{self, ClusterError};

use crate::install;

/// Runs the tests; the runner's own summary is the last thing printed.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode, Box<dyn Error>> {
    let url = postgres()?;
    if has_nextest() {
        // cargo-nextest does not run the examples in documentation.
        if arguments.is_empty() && !cargo(url, &["test", "--doc"], &[])? {
            return Ok(ExitCode::FAILURE);
        }
        let profile: &[&str] = if is_ci() { &["--profile", "ci"] } else { &[] };
        return Ok(exit_code(cargo(url, &[&["nextest", "run"], profile].concat(), arguments)?));
    }
    println!("==> cargo-nextest is not installed: using `cargo test`");
    Ok(exit_code(cargo(url, &["test", "--no-fail-fast"], arguments)?))
}

/// A server for the tests, installed where that is needed and allowed.
fn postgres() -> Result<&'static str, ClusterError> {
    let url = match cluster::shared_url() {
        Err(ClusterError::NoPrograms { .. }) if install::postgres() => cluster::shared_url(),
        other => other,
    }?;
    match env::var_os(cluster::URL_VARIABLE) {
        Some(_) => println!("==> PostgreSQL: the server named by {}", cluster::URL_VARIABLE),
        None => println!("==> PostgreSQL: a private cluster that ends after the tests"),
    }
    Ok(url)
}

/// Runs cargo over the whole workspace with the server's URL; whether it succeeded.
fn cargo(url: &str, verb: &[&str], arguments: &[String]) -> Result<bool, Box<dyn Error>> {
    let mut command = Command::new(program());
    command.args(verb).arg("--workspace");
    // `cargo run` tells us which package we are. Build scripts that look at these would run again, and all that depends on
    // them would be built again, each time after a plain `cargo test`.
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    if is_ci() {
        command.arg("--locked");
    }
    command.args(arguments).env(cluster::URL_VARIABLE, url);
    println!("==> cargo {} --workspace", verb.join(" "));
    Ok(command.status()?.success())
}

fn has_nextest() -> bool {
    let mut command = Command::new(program());
    command.args(["nextest", "--version"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The cargo that started us.
pub(crate) fn program() -> std::ffi::OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn is_ci() -> bool {
    env::var_os("CI").is_some()
}

fn exit_code(success: bool) -> ExitCode {
    if success { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
