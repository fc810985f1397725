//! Stories: what companies do with each other, told through GraphQL on both engines.

mod attachment;
mod identity;
mod order;
mod rfq;
mod venue;
