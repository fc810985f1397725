//! Requests for quotation: drafting, asking, opening, comparing, awarding.

mod commands;
mod input;
mod loaders;
mod mutations;
mod queries;
mod types;

pub use commands::{
    AmendRfq, AnswerInvitation, AwardRfq, CancelRfq, Choice, CloseRfq, CopyRfq, DeclineAllQuotes, DraftRfq,
    EvaluateRfq, ExtendRfq, InvitationAnswer, InviteSuppliers, LapseRfq, OpenRfq, PublishRfq,
};
pub use loaders::{AwardsOf, InvitationsOf, LinesOf};
pub use mutations::{InvitationMutation, RfqMutation};
pub use queries::RfqQuery;
pub use types::{AwardNode, InvitationNode, RfqLineNode, RfqNode};
