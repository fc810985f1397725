//! Requests and invitations as clients see them.

mod award;
mod comparison;
mod invitation;
mod line;
mod rfq;

pub use award::AwardNode;
pub use comparison::{ComparisonNode, ExchangeRateInput};
pub use invitation::InvitationNode;
pub use line::RfqLineNode;
pub use rfq::RfqNode;
