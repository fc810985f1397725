//! What the database itself can do: `pgbench -M prepared` with statements written by hand.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::measure::Figures;
use crate::outcome::Outcome;

/// The role under which every request of the product runs.
const ROLE: &str = "tradehall_runtime";

/// `pgbench` on one database.
#[derive(Debug, Clone)]
pub struct Ceiling {
    program: PathBuf,
    database: String,
}

/// What a round did.
#[derive(Debug, Clone, Copy)]
pub struct Transactions {
    /// How many.
    pub count: f64,
    /// How many per second, without the time to connect.
    pub per_second: f64,
}

impl Transactions {
    /// The figures of a round in which the database took so much processor time.
    pub fn figures(self, database: Duration) -> Figures {
        let database_us = database.as_secs_f64() * 1e6 / self.count.max(1.0);
        Figures { per_second: self.per_second, database_us, ..Figures::default() }
    }
}

/// How long a round goes on.
#[derive(Debug, Clone, Copy)]
pub enum Length {
    /// So many seconds.
    Seconds(u64),
    /// So many transactions of each client, on targets from a number on.
    Targets {
        /// The first target.
        first: u64,
        /// Transactions of each client.
        each: u64,
    },
}

impl Ceiling {
    /// Finds `pgbench` in PATH or where distributions keep it, the newest first.
    pub fn find(database: &str) -> Outcome<Self> {
        let in_path = std::env::var_os("PATH").unwrap_or_default();
        let mut places: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
            .map(|found| found.flatten().map(|entry| entry.path().join("bin")).collect())
            .unwrap_or_default();
        places.sort();
        places.reverse();
        let mut places = std::env::split_paths(&in_path).chain(places).map(|place| place.join("pgbench"));
        let program = places.find(|path| path.is_file()).ok_or("there is no pgbench, which comes with PostgreSQL")?;
        Ok(Self { program, database: database.to_owned() })
    }

    /// Runs a round of `script` for the organization with that id. Blocks.
    pub fn round(&self, script: &str, organization: &str, clients: usize, length: Length) -> Outcome<Transactions> {
        let file = tempfile::Builder::new().suffix(".sql").tempfile()?;
        std::fs::write(file.path(), script)?;
        let mut command = Command::new(&self.program);
        command
            .env("PGOPTIONS", format!("-c role={ROLE}"))
            .args(["--no-vacuum", "--protocol=prepared", "--jobs=1"])
            .arg(format!("--client={clients}"))
            .arg(format!("--define=org={organization}"));
        match length {
            Length::Seconds(seconds) => command.arg(format!("--time={seconds}")),
            Length::Targets { first, each } => command.arg(format!("--transactions={each}")).args([
                format!("--define=base={first}"),
                format!("--define=each={each}"),
                "--define=i=-1".to_owned(),
            ]),
        };
        let output = command.arg("-f").arg(file.path()).arg(&self.database).output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            return Err(format!("pgbench: {said}{}", String::from_utf8_lossy(&output.stderr)).into());
        }
        let number = |name: &str| -> Outcome<f64> {
            let line = said.lines().find_map(|line| line.strip_prefix(name)).ok_or(format!("no {name:?} in {said}"))?;
            let text = line.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
            Ok(text.parse()?)
        };
        Ok(Transactions {
            count: number("number of transactions actually processed: ")?,
            per_second: number("tps = ")?,
        })
    }
}
