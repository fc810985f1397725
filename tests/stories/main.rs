//! Stories: what companies do with each other, told through GraphQL on both engines.

mod attachment;
mod catalog;
mod customer;
mod identity;
mod import;
mod live;
mod order;
mod organization;
mod publishing;
mod retries;
mod rfq;
mod search;
mod sourcing;
mod venue;
