//! The kinds of imports: which fields each has, and what it makes of some rows. One module per kind.

mod category;
mod customer;
mod customer_row;
mod offer;
mod offer_row;
mod price;
mod product;
mod stock;

pub use customer_row::SEGMENT_SEPARATOR;
use tradehall_domain::import::{ImportKind, ImportMode, ImportPhase, ImportSettings};
use tradehall_domain::organization::{Capability, OrganizationId};
use tradehall_persistence::Tx;

use super::said::{Claim, Said};
use super::table::{Columns, Row};
use super::tally::Tally;
use crate::app::Error;

/// How many rows are decided and written together.
const CHUNK_ROWS: usize = 500;

/// How many rows one file has.
const ROWS_MAX: i64 = 1_000_000;

/// What is known of a kind.
#[derive(Debug)]
pub struct KindOf {
    /// Its fields.
    pub columns: Columns,
    /// What people call the fields, in English and Vietnamese, folded as search folds.
    pub synonyms: &'static [(&'static str, &'static [&'static str])],
    /// How many rows are decided and written together.
    pub chunk_rows: usize,
    /// How many rows one file has.
    pub rows_max: i64,
    /// What a row says and no other may say as well; a row that does is refused wherever it stands.
    pub claims: fn(&Row) -> Vec<Claim>,
    /// What the organization has to be entitled to.
    pub capability: Option<Capability>,
}

/// Rows to decide on, and to write unless they are only checked.
pub struct Chunk<'a> {
    /// Whose they are.
    pub owner: OrganizationId,
    /// How the file is read.
    pub settings: &'a ImportSettings,
    /// The rows, of which no two contradict each other.
    pub rows: &'a [Row],
    /// What the file has said up to their end.
    pub said: &'a Said,
    /// Whether they are only checked, or kept.
    pub phase: ImportPhase,
    /// What becomes of good rows beside bad ones.
    pub mode: ImportMode,
    /// What becomes of each.
    pub tally: &'a mut Tally,
}

impl Chunk<'_> {
    /// Whether what was decided is written, see [`keeps`]. To be asked when all rows are decided on.
    pub fn is_kept(&self) -> bool {
        keeps(self.phase, self.mode, self.tally)
    }
}

/// Whether the rows of `tally` are written: not where they are only checked, nor beside a refused one where all or nothing is kept.
pub fn keeps(phase: ImportPhase, mode: ImportMode, tally: &Tally) -> bool {
    let spoils = mode == ImportMode::AllOrNothing && tally.counts().rejected > 0;
    phase == ImportPhase::Applying && !spoils
}

/// What is known of `kind`; nothing for what only whoever runs the server imports.
pub const fn of(kind: ImportKind) -> Option<&'static KindOf> {
    match kind {
        ImportKind::Categories => Some(&category::KIND),
        ImportKind::Products => Some(&product::KIND),
        ImportKind::Offers => Some(&offer::KIND),
        ImportKind::Stock => Some(&stock::KIND),
        ImportKind::Prices => Some(&price::KIND),
        ImportKind::Customers => Some(&customer::KIND),
        ImportKind::AdventureWorks => None,
    }
}

/// Decides on a chunk of rows of `kind` and writes what is kept.
///
/// # Errors
/// That the database is away, or what the rows name was changed at the same time; never what is wrong with a row.
pub async fn apply(kind: ImportKind, tx: &mut Tx, chunk: Chunk<'_>) -> Result<(), Error> {
    match kind {
        ImportKind::Categories => category::apply(tx, chunk).await,
        ImportKind::Products => product::apply(tx, chunk).await,
        ImportKind::Offers => offer::apply(tx, chunk).await,
        ImportKind::Stock => stock::apply(tx, chunk).await,
        ImportKind::Prices => price::apply(tx, chunk).await,
        ImportKind::Customers => customer::apply(tx, chunk).await,
        ImportKind::AdventureWorks => Err(Error::Internal(format!("{kind} is not read from an upload"))),
    }
}
