//! Stories: what companies do with each other, told through GraphQL on both engines.

mod catalog;
mod import;
mod order;
mod venue;
