//! Framework agreements: negotiating them, calling off under them, ending and renewing them.

mod commands;
mod inputs;
mod loaders;
mod mutations;
mod queries;
mod types;

pub use commands::{
    AcceptAgreement, CallOff, CounterAgreement, DeclineAgreement, DraftAgreement, GiveNotice, OfferAgreement, Partner,
    RenewAgreement, ResumeAgreement, ReviseAgreementDraft, SettleAgreement, SuspendAgreement, TerminateAgreement,
    WithdrawAgreementOffer,
};
pub use mutations::{AgreedMutation, NegotiationMutation};
pub use queries::AgreementQuery;
pub use types::{AgreementLineNode, AgreementNode};
