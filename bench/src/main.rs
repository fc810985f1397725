//! The load program: fills a market, starts the real server beside it, asks it over HTTP, and compares what it does with what the
//! database itself can do.

// A request's future is as deep as the schema.
#![recursion_limit = "256"]

mod arguments;
mod budget;
mod bulk;
mod ceiling;
mod connection;
mod drive;
mod load;
mod market;
mod measure;
mod outcome;
mod process;
mod publication;
mod report;
mod run;
mod searching;
mod server;
mod statements;
mod work;

use arguments::{Arguments, Task};
use clap::Parser;
use outcome::Outcome;

/// The product's allocator, so that `drive` costs what the product costs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        match arguments.task {
            Task::Run(options) => run::run(options).await,
            Task::Fill { database, size } => market::fill(&database, &size).await,
            Task::Bulk { engine, rows } => bulk::measure(engine, rows).await,
            Task::Drive { database, work, count, size, from } => {
                drive::drive(&database, &work, count, &size, from).await
            }
        }
    })
}
