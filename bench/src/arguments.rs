//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Measures a marketplace engine against its own database.
#[derive(Debug, Parser)]
#[command(name = "tradehall-bench")]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Fill a market, start the server, measure, print a table.
    Run(RunOptions),
    /// Fill an empty database and end.
    Fill {
        /// `postgres://…` or `sqlite://path`.
        #[arg(long)]
        database: String,
        #[command(flatten)]
        size: Size,
    },
    /// Import, export and publish many products inside this process and print rows per second and memory.
    Bulk {
        /// The database.
        #[arg(long, value_enum, default_value = "postgres")]
        engine: Engine,
        /// How many products.
        #[arg(long, default_value_t = 100_000)]
        rows: u64,
    },
    /// Execute one work item again and again inside this process, for a profiler.
    Drive {
        /// A filled database.
        #[arg(long)]
        database: String,
        /// Which work item.
        #[arg(long)]
        work: String,
        /// How often.
        #[arg(long, default_value_t = 200)]
        count: usize,
        #[command(flatten)]
        size: Size,
        /// The first target that is still unused, for work that uses targets up.
        #[arg(long, default_value_t = 0)]
        from: u64,
    },
}

/// How large the market is.
#[derive(Debug, Clone, Args)]
pub struct Size {
    /// Organizations, each verified and on both sides.
    #[arg(long, default_value_t = 2_000)]
    pub organizations: u64,
    /// Requests that nobody here asks for, with 5 lines, 5 invitations and 3 quotes each.
    #[arg(long, default_value_t = 10_000)]
    pub rfqs: u64,
    /// Products of one seller; none leaves its shop out.
    #[arg(long, default_value_t = 10_000)]
    pub products: u64,
    /// Its price lists, half of them for a customer each.
    #[arg(long, default_value_t = 1_000)]
    pub price_lists: u64,
    /// Its customers.
    #[arg(long, default_value_t = 500)]
    pub customers: u64,
    /// Requests of 20 lines that wait for a quote, for the product and as many for the ceiling.
    #[arg(long, default_value_t = 4_000)]
    pub quote_targets: u64,
    /// Requests of 20 lines with 4 quotes that wait for an award, for the product and as many for the ceiling.
    #[arg(long, default_value_t = 1_500)]
    pub award_targets: u64,
    /// Prices of the shop's general list that are changed, one by one.
    #[arg(long, default_value_t = 6_000)]
    pub price_targets: u64,
}

/// Which database to measure on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// A private PostgreSQL cluster with full durability.
    Postgres,
    /// An SQLite file.
    Sqlite,
}

/// How a run goes.
#[derive(Debug, Args)]
pub struct RunOptions {
    /// The database.
    #[arg(long, value_enum, default_value = "postgres")]
    pub engine: Engine,
    #[command(flatten)]
    pub size: Size,
    /// A database that `fill` has filled with the same sizes, instead of a fresh one.
    #[arg(long)]
    pub database: Option<String>,
    /// The first target that an earlier run on that database has left unused.
    #[arg(long, default_value_t = 0)]
    pub from: u64,
    /// Rounds of each measurement; their median counts.
    #[arg(long, default_value_t = 3)]
    pub rounds: usize,
    /// Seconds of a round of reading.
    #[arg(long, default_value_t = 3)]
    pub seconds: u64,
    /// Connections at once.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 8, 32])]
    pub clients: Vec<usize>,
    /// Only these work items.
    #[arg(long, value_delimiter = ',')]
    pub work: Vec<String>,
    /// The server program; the `tradehall` beside this program when left out.
    #[arg(long)]
    pub server: Option<PathBuf>,
    /// Whether the server also runs the worker, which numbers and chains the events that writing makes.
    #[arg(long)]
    pub worker: bool,
    /// Where the results go as JSON.
    #[arg(long, default_value = "bench/results.json")]
    pub json: PathBuf,
}
