//! The sample data set AdventureWorks: a maker of bicycles, its products, its vendors and what they ask, its stores.
//!
//! | file | becomes |
//! |---|---|
//! | | the organization "Adventure Works Cycles" and its shop, which shows its products to everyone and its prices to customers |
//! | `product_categories.csv`, `product_subcategories.csv` | its tree of categories |
//! | `products.csv` | its published products, in the unit in which vendors sell them, else in pieces, and its list prices; no costs |
//! | `vendors.csv` | verified organizations; those that are not active are suspended |
//! | `stores.csv` | verified organizations, customers of the maker's shop, in a segment for each specialty |
//! | `product_vendors.csv` | the vendors' offers, seen by the vendor and the maker; those of vendors that are not active are paused |
//!
//! What a row became is remembered by its key, so reading the same files again changes nothing, and reading newer ones changes what
//! differs. What people decided since (a product withdrawn, an offer ended, an organization's profile) stays as they decided.

mod category;
mod offer;
mod organization;
mod product;
mod run;
mod shop;
mod target;
mod unit;

use std::path::Path;

use category::{Categories, Subcategories};
use offer::Offers;
use organization::{Maker, Stores, Vendors};
use product::Products;
use run::Run;
use target::open;
use tradehall_domain::import::{Import, ImportMode, Refusal};

use crate::app::{App, Error};

/// Under which name the keys of this data set are remembered.
const SOURCE: &str = "adventureworks";

/// How to import.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// What becomes of good rows beside bad ones.
    pub mode: ImportMode,
    /// Whether only to report what would happen.
    pub trial: bool,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The file being read.
    pub file: &'static str,
    /// How many of its rows are done.
    pub rows: u64,
}

/// What became of a run.
#[derive(Debug, Clone)]
pub struct Report {
    /// The run, file by file.
    pub import: Import,
    /// The refused rows, as many as are kept.
    pub refusals: Vec<Refusal>,
}

/// Loads the data set in the folder `dir`. Good rows are kept in batches as they are read, or all at the end, as the options say.
///
/// Files are read without giving way to other work of the thread: this is for the command line.
///
/// # Errors
/// A file that cannot be read or lacks a column, before anything is written; or that the database is away, after which the same
/// run again takes up what is missing.
pub async fn adventureworks(
    app: &App,
    dir: &Path,
    options: Options,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Report, Error> {
    let units = unit::of_products(&mut open::<Offers>(dir)?)?;
    let (mut categories, mut subcategories) = (open::<Categories>(dir)?, open::<Subcategories>(dir)?);
    let (mut products, mut offers) = (open::<Products>(dir)?, open::<Offers>(dir)?);
    let (mut vendors, mut stores) = (open::<Vendors>(dir)?, open::<Stores>(dir)?);

    let mut run = Run::begin(app, options, progress);
    let maker = Maker::find_or_add(run.tx().await?).await?;
    run.load(&mut categories, &Categories { maker: maker.id }).await?;
    run.load(&mut subcategories, &Subcategories { maker: maker.id }).await?;
    run.load(&mut products, &Products { maker: maker.id, units }).await?;
    run.load(&mut vendors, &Vendors).await?;
    run.load(&mut stores, &Stores { maker: maker.id }).await?;
    run.load(&mut offers, &Offers).await?;
    run.finish(&maker).await
}
