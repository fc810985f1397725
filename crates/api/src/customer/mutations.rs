//! Changing customers, segments and assortments.

mod assortment;
mod customer;
mod segment;

pub use assortment::AssortmentMutation;
pub use customer::CustomerMutation;
pub use segment::SegmentMutation;
