//! Stories: what companies do with each other, told through GraphQL on both engines.

mod agreement;
mod attachment;
mod catalog;
mod customer;
mod export;
mod identity;
mod import;
mod interference;
mod live;
mod order;
mod organization;
mod pricing;
mod publishing;
mod retries;
mod rfq;
mod search;
mod sourcing;
mod stock;
mod venue;
mod visitor;
