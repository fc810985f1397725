//! Customers, segments and assortments as their seller sees them.

mod assortment;
mod customer;
mod segment;

pub use assortment::AssortmentNode;
pub use customer::CustomerNode;
pub use segment::SegmentNode;

use crate::graphql::id::node_types;

node_types! {
    tradehall_domain::customer::Customer => "Customer",
    tradehall_domain::customer::Segment => "Segment",
    tradehall_domain::customer::Assortment => "Assortment",
}
