//! Imports: what becomes of each row, and that reading again changes nothing.

mod agreeing;
mod bad;
mod customers;
mod dataset;
pub mod desk;
mod desk_work;
mod offers;
mod prices;
mod products;
mod real;
mod real_shop;

use std::path::Path;

use tradehall::import::{Options, Report, adventureworks};
use tradehall_domain::import::{Counts, ImportMode};
use tradehall_tests::World;

/// Loads a data set.
pub async fn load(world: &World, dir: &Path, mode: ImportMode) -> Report {
    adventureworks(&world.app, dir, Options { mode, trial: false }, &mut |_| {}).await.unwrap()
}

/// The counts of each file: created, changed, unchanged, rejected.
pub fn counts(report: &Report) -> Vec<(&str, [i64; 4])> {
    let four = |c: Counts| [c.created, c.changed, c.unchanged, c.rejected];
    report.import.files.iter().map(|file| (file.file.as_str(), four(file.counts))).collect()
}
