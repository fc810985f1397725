//! Stories: what companies do with each other, told through GraphQL on both engines.

mod identity;
mod order;
mod organization;
mod venue;
