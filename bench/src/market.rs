//! The market that is measured: made by the domain, stored by the persistence layer, with ids that can be computed, so that the
//! load program and the hand-written statements address the same rows without asking for them first.

mod ids;
mod orders;
mod people;
mod requests;
mod shop;

pub use ids::{Kind, SELLERS_OF_AWARD, SELLERS_OF_DETAIL, id, line_number, quote_number};
pub use people::{PASSWORD, email};
pub use shop::CUSTOMERS_FROM;

use std::path::Path;

use tradehall::app::App;
use tradehall::config::Config;
use tradehall_domain::access::{Actor, SystemTask};
use tradehall_persistence::event::relay;
use tradehall_persistence::{Meter, Store, Tx};

use crate::arguments::Size;
use crate::outcome::Outcome;

/// Requests of 20 lines and 10 quotes that are only read.
pub const DETAILS: u64 = 64;

/// The organization that asks for everything measured.
pub const BUYER: u64 = 0;

/// The organization that quotes; those after it quote too where several do.
pub const SELLER: u64 = 1;

/// An organization that is asked now and then, by few of the many requests, as most are.
pub const SUPPLIER: u64 = 700;

/// The organization that owns the shop with the large catalog.
pub const SHOP: u64 = 800;

/// Orders between the buyer and its sellers that are there from the start.
const ORDERS: u64 = 500;

/// Ranges of request numbers, one after the other.
#[derive(Debug, Clone, Copy)]
pub struct Ranges {
    /// The first request that waits for a quote.
    pub quote: u64,
    /// The first request that waits for an award.
    pub award: u64,
}

impl Ranges {
    /// Where each range begins in a market of this size. Details come first, then the background.
    pub const fn of(size: &Size) -> Self {
        let quote = DETAILS + size.rfqs;
        Self { quote, award: quote + 2 * size.quote_targets }
    }
}

/// Migrates and fills an empty database.
pub async fn fill(database: &str, size: &Size) -> Outcome<()> {
    tradehall_persistence::migrate::migrate(database).await?;
    let app = connect(database, None).await?;
    let store = app.store();
    people::fill(&app, size).await?;
    let ranges = Ranges::of(size);
    let plans = [
        (requests::Plan::Detail, 0..DETAILS),
        (requests::Plan::Background { organizations: size.organizations }, DETAILS..ranges.quote),
        (requests::Plan::AwaitsQuote, ranges.quote..ranges.award),
        (requests::Plan::AwaitsAward, ranges.award..ranges.award + 2 * size.award_targets),
    ];
    for (plan, numbers) in plans {
        requests::fill(store, plan, numbers).await?;
    }
    orders::fill(store, ORDERS).await?;
    shop::fill(store, size).await?;
    number_events(store).await?;
    Ok(store.clone().close().await?)
}

/// A market on the database at that URL, set as the server is by default; it searches only with an index.
pub async fn connect(database: &str, search: Option<&Path>) -> Outcome<App> {
    let config = Config::parse(&|name| match name {
        "TRADEHALL_DATABASE_URL" => Some(database.to_owned()),
        "TRADEHALL_SEARCH_DIR" => search.map(|directory| directory.display().to_string()),
        _ => None,
    })?;
    Ok(match search {
        Some(_) => tradehall::service::connect_searching(&config).await?,
        None => tradehall::service::connect(&config).await?,
    })
}

/// What the worker does with events, so that it finds nothing to do when the measurement begins.
async fn number_events(store: &Store) -> Outcome<()> {
    loop {
        let mut tx = store.write(Actor::system(SystemTask::Relay), Meter::default()).await?;
        let numbered = relay::number(&mut tx).await?;
        tx.commit().await?;
        if numbered == 0 {
            return Ok(());
        }
    }
}

async fn begin(store: &Store) -> Outcome<Tx> {
    Ok(store.write(Actor::system(SystemTask::Import), Meter::default()).await?)
}
