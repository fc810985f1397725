//! Requests and invitations as clients see them.

mod award;
mod comparison;
mod invitation;
mod line;
mod rfq;

pub use award::AwardNode;
pub use invitation::InvitationNode;
pub use line::RfqLineNode;
pub use rfq::RfqNode;
