//! What is true: the types, rules and transitions of a B2B market.
//!
//! Pure: no I/O, no clock (`now` is a parameter) and no randomness but identifiers. The shared rooms come first, then one
//! module per capability, each with the same name on every floor.

mod check_digit;
mod ratio;
mod wire;

pub mod access;
pub mod country;
pub mod currency;
pub mod customer;
pub mod email;
pub mod event;
pub mod gtin;
pub mod id;
pub mod incoterm;
pub mod language;
pub mod locale;
pub mod mail;
pub mod money;
pub mod named;
pub mod number;
pub mod place;
pub mod problem;
pub mod quantity;
pub mod side;
pub mod tax;
pub mod text;
pub mod unit;

pub mod agreement;
pub mod attachment;
pub mod catalog;
pub mod export;
pub mod identity;
pub mod import;
pub mod order;
pub mod organization;
pub mod pricing;
pub mod publishing;
pub mod quote;
pub mod rfq;
pub mod search;
pub mod stock;
pub mod venue;
pub mod viewing;
