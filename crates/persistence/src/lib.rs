//! What is stored: the only crate that knows the database.
//!
//! A [`Tx`] is the one door. It exists only for an [`Actor`](tradehall_domain::access::Actor), and everything read through it is
//! narrowed to what that actor may see: by the query itself on both engines, and once more by row-level security on PostgreSQL.

mod column;
mod error;
#[cfg(feature = "faults")]
pub mod fault;
mod history;
mod kept;
mod meter;
mod page;
mod scope;
mod store;
mod tx;
mod write;

pub mod agreement;
pub mod attachment;
pub mod catalog;
pub mod customer;
pub mod event;
pub mod export;
pub mod idempotency;
pub mod identity;
pub mod import;
pub mod mail;
pub mod migrate;
pub mod order;
pub mod organization;
pub mod pricing;
pub mod publishing;
pub mod quote;
pub mod rfq;
pub mod search;
pub mod stock;
mod turn;
pub mod venue;
pub mod viewing;

pub use error::{Conflict, StoreError};
pub use meter::Meter;
pub use page::{Cursor, Page, PageRequest};
pub use store::{Engine, PoolSettings, Store};
pub use turn::Turn;
pub use tx::{ROWS_MAX, Tx};
