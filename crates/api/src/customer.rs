//! Customers of the viewer's shop: what is noted of them, their segments, and the assortments they are shown.

mod commands;
mod loaders;
mod mutations;
mod queries;
mod types;

pub use commands::{
    AmendAssortment, AmendCustomer, AmendSegment, DefineAssortment, DefineSegment, GrantAssortment, ListInAssortment,
    RevokeAssortment, SortCustomers,
};
pub use loaders::Known;
pub use mutations::{AssortmentMutation, CustomerMutation, SegmentMutation};
pub use queries::CustomerQuery;
pub use types::{AssortmentNode, CustomerNode, SegmentNode};
