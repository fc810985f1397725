//! What is printed and kept of a run.

use std::fmt::Write as _;
use std::fs;

use serde::Serialize;

use crate::arguments::{Engine, RunOptions};
use crate::budget::Budget;
use crate::measure::Figures;
use crate::outcome::Outcome;
use crate::server::Server;
use crate::statements::Statements;
use crate::work::Work;

/// Where budgets are judged.
const JUDGED_CLIENTS: usize = 8;
/// Budgets of the whole server.
const START_MS: u128 = 300;
const REST_MIB: u64 = 40;
const LOAD_MIB: u64 = 200;
const BINARY_MIB: u64 = 60;
const MIB: u64 = 1 << 20;

/// A run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The database.
    pub engine: &'static str,
    /// Kernel and processors.
    pub machine: String,
    /// Rounds behind each median.
    pub rounds: usize,
    /// From the start of the server's process to its first answer, in ms.
    pub started_in_ms: u128,
    /// Resident memory after the first answer, in bytes.
    pub memory_at_rest: u64,
    /// Resident memory at its highest, in bytes.
    pub memory_under_load: u64,
    /// The size of the server's program, in bytes.
    pub binary_bytes: u64,
    /// From the first answer until the search index held every product.
    pub index_built_in_s: u64,
    /// What was measured.
    pub items: Vec<Item>,
}

/// A work item.
#[derive(Debug, Serialize)]
pub struct Item {
    name: &'static str,
    title: &'static str,
    statements: Statements,
    budget: Budget,
    at: Vec<At>,
    missed: Vec<String>,
}

/// A work item with a number of clients.
#[derive(Debug, Serialize)]
pub struct At {
    /// Connections at once.
    pub clients: usize,
    /// Over HTTP.
    pub product: Figures,
    /// By hand-written statements.
    pub ceiling: Option<Figures>,
}

impl Report {
    /// The report of a run that has just started its server.
    pub fn begin(options: &RunOptions, server: &Server) -> Outcome<Self> {
        let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")?;
        let cores = std::thread::available_parallelism()?;
        Ok(Self {
            engine: if options.engine == Engine::Postgres { "PostgreSQL" } else { "SQLite" },
            machine: format!("{cores} processors, Linux {}", kernel.trim()),
            rounds: options.rounds,
            started_in_ms: server.started_in.as_millis(),
            memory_at_rest: server.memory()?.now,
            memory_under_load: 0,
            binary_bytes: server.binary_bytes,
            index_built_in_s: 0,
            items: Vec::new(),
        })
    }

    /// Markdown.
    pub fn table(&self) -> String {
        let mut out = format!("{} on {}, medians of {} rounds\n\n", self.engine, self.machine, self.rounds);
        out.push_str(
            "| work | clients | requests/s | p50 ms | p95 ms | p99 ms | server CPU µs | database CPU µs | ceiling/s | its database CPU µs | of ceiling |\n\
             |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
        );
        for item in &self.items {
            for at in &item.at {
                item.row(at, &mut out);
            }
        }
        out.push_str("\n| work | statements (and frames) | missed |\n|---|--:|---|\n");
        for item in &self.items {
            let missed = if item.missed.is_empty() { "nothing".to_owned() } else { item.missed.join("; ") };
            let Statements { data, frames } = item.statements;
            let _ = writeln!(out, "| {} | {data} ({frames}) | {missed} |", item.title);
        }
        let _ = writeln!(
            out,
            "\nStart to first answer {} ms (budget {START_MS}), memory {} MiB at rest (budget {REST_MIB}) and {} MiB at its highest \
             (budget {LOAD_MIB}), program {} MiB (budget {BINARY_MIB}).",
            self.started_in_ms,
            self.memory_at_rest / MIB,
            self.memory_under_load / MIB,
            self.binary_bytes / MIB,
        );
        if self.index_built_in_s > 0 {
            let _ = writeln!(out, "The search index was built in {} s.", self.index_built_in_s);
        }
        out
    }
}

impl Item {
    /// The item, judged.
    pub fn new(work: &Work, statements: Statements, at: Vec<At>) -> Self {
        let judged = at.iter().find(|at| at.clients == JUDGED_CLIENTS).or(at.last());
        let missed = judged.map(|at| work.budget.missed(statements.data, &at.product, at.ceiling.as_ref()));
        let missed = missed.unwrap_or_default();
        Self { name: work.name, title: work.title, statements, budget: work.budget, at, missed }
    }

    /// One line while the run goes on.
    pub fn brief(&self) -> String {
        let mut out = String::new();
        self.at.iter().for_each(|at| self.row(at, &mut out));
        out
    }

    fn row(&self, at: &At, out: &mut String) {
        let (p, ms) = (&at.product, |us: f64| us / 1e3);
        let _ = write!(
            out,
            "| {} | {} | {:.0} | {:.2} | {:.2} | {:.2} | {:.0} | {:.0} |",
            self.title,
            at.clients,
            p.per_second,
            ms(p.p50_us),
            ms(p.p95_us),
            ms(p.p99_us),
            p.server_us,
            p.database_us
        );
        let _ = match &at.ceiling {
            Some(c) => {
                let share = p.per_second / c.per_second * 100.0;
                writeln!(out, " {:.0} | {:.0} | {share:.0} % |", c.per_second, c.database_us)
            }
            None => writeln!(out, " | | |"),
        };
    }
}
