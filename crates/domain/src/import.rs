//! Imports: how a file is to be read, what became of each of its rows, and why some were refused.
//!
//! A run is queued by a person and carried on by the worker, some rows at a time: [`Import`] says how far it has come, so that
//! whoever takes it up again goes on from there.

mod counts;
mod event;
mod mapping;
mod refusal;
mod run;
mod settings;
#[cfg(test)]
mod tests;

pub use counts::{Counts, FileCounts};
pub use event::ImportEvent;
pub use mapping::{
    ColumnMapping, ImportMapping, ImportMappingEvent, ImportMappingId, MAPPED_COLUMNS_MAX, check_columns,
};
pub use refusal::{CELL_SHOWN_MAX, Cell, REFUSALS_KEPT_MAX, Refusal};
pub use run::{IMPORT_HELD, IMPORTS_OPEN_MAX, Import, ImportDraft, ImportId, Stretch, held_until};
pub use settings::{ImportSettings, NewProducts, Separator, TextEncoding};

use crate::access::Permission;
use crate::named;

named! {
    /// What an import reads.
    pub enum ImportKind {
        /// The sample data set AdventureWorks: a maker, its products, vendors, their offers, and stores. Only whoever runs the server
        /// imports it.
        AdventureWorks = "ADVENTURE_WORKS",
        /// A seller's offers.
        Offers = "OFFERS",
        /// The tree of an organization's categories.
        Categories = "CATEGORIES",
        /// The products of an organization.
        Products = "PRODUCTS",
        /// How much of each product a seller has.
        Stock = "STOCK",
        /// The prices of a seller's price lists. Needs PRICE_MANAGE as well, and PRICE_READ to see what was refused.
        Prices = "PRICES",
        /// What a seller notes of the customers of its shop, and whom it invites. Needs CUSTOMER_MANAGE as well, and CUSTOMER_READ to see
        /// what was refused.
        Customers = "CUSTOMERS",
    }
}

impl ImportKind {
    /// What it takes to import it, besides what every import takes.
    #[must_use]
    pub const fn writes(self) -> Permission {
        match self {
            Self::Prices => Permission::PriceManage,
            Self::Customers => Permission::CustomerManage,
            Self::Offers | Self::Categories | Self::Products | Self::Stock => Permission::CatalogManage,
            Self::AdventureWorks => Permission::PlatformOperate,
        }
    }

    /// What it takes to see what stands in its files, besides what it takes to see imports.
    #[must_use]
    pub const fn shows(self) -> Permission {
        match self {
            Self::Prices => Permission::PriceRead,
            Self::Customers => Permission::CustomerRead,
            Self::AdventureWorks | Self::Offers | Self::Categories | Self::Products | Self::Stock => {
                Permission::CatalogRead
            }
        }
    }
}

named! {
    /// What becomes of the good rows when others are refused.
    pub enum ImportMode {
        /// They are kept.
        KeepGoodRows = "KEEP_GOOD_ROWS",
        /// Nothing is kept unless every row is good: all rows are checked before the first one is kept.
        AllOrNothing = "ALL_OR_NOTHING",
    }
}

named! {
    /// How far an import has come.
    pub enum ImportStatus {
        /// It waits for its turn.
        Queued = "QUEUED",
        /// Its rows are being read.
        Reading = "READING",
        /// Every row was good.
        Completed = "COMPLETED",
        /// Good rows were taken and others refused.
        Partly = "PARTLY",
        /// The file cannot be used, or a row was refused and all or nothing was asked for; nothing was kept that the counts do not
        /// name.
        Failed = "FAILED",
        /// It was called off. What had been kept by then stays, and the counts say what.
        Cancelled = "CANCELLED",
    }
}

named! {
    /// What an import does with the rows that it reads.
    pub enum ImportPhase {
        /// It only finds out what each of them would do.
        Checking = "CHECKING",
        /// It keeps the good ones.
        Applying = "APPLYING",
    }
}
