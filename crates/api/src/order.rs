//! Orders: placing them, and what buyer and seller do with them.

mod commands;
mod inputs;
mod line;
mod loaders;
mod mutations;
mod placing;
mod queries;
mod types;

pub use commands::{
    AcknowledgeOrder, AgreeOrderCancellation, CancelOrder, DeclineOrderCancellation, RejectOrder,
    RequestOrderCancellation,
};
pub use line::OrderLineNode;
pub use loaders::LinesOf;
pub use mutations::OrderMutation;
pub use placing::{ORDERS_AT_ONCE_MAX, place};
pub use queries::OrderQuery;
pub use types::OrderNode;
