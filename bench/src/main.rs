//! The load program: fills a market, starts the real server beside it, asks it over HTTP, and compares what it does with what the
//! database itself can do.

mod arguments;
mod budget;
mod ceiling;
mod connection;
mod drive;
mod import;
mod load;
mod market;
mod measure;
mod outcome;
mod process;
mod report;
mod run;
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
            Task::Import { engine, rows } => import::measure(engine, rows).await,
            Task::Drive { database, work, count, size, from } => {
                drive::drive(&database, &work, count, &size, from).await
            }
        }
    })
}
