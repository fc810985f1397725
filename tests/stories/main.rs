//! Stories: what companies do with each other, told through GraphQL on both engines.

mod order;
mod venue;
