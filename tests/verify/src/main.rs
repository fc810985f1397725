//! `cargo verify`: every test on both engines. `cargo verify licences`: licences, bans and duplicates.

mod install;
mod licences;
mod tests;

use std::{env, process::ExitCode};

const USAGE: &str = "\
cargo verify [ARGUMENTS...]      run every test on SQLite and PostgreSQL; arguments go to the test runner
cargo verify licences            check licences, bans and duplicates against deny.toml

PostgreSQL is the server named by TRADEHALL_TEST_POSTGRES_URL, else a private cluster started from installed programs, else
what `apt-get install postgresql` brings where that is allowed. cargo-nextest runs the tests when it is installed.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("--help" | "-h" | "help") => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        Some("licences") => licences::check(),
        _ => tests::run(&arguments),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}
