//! Quotes: drafting, submitting, revising and withdrawing them.

mod bidder;
mod commands;
mod loaders;
mod mutations;
mod queries;
mod types;

pub use bidder::may_quote;
pub use commands::{DraftQuote, SubmitDraftedQuote, SubmitQuote, WithdrawQuote};
pub use loaders::{QuoteLinesOf, QuotesOn, VersionsOf, offers_on, quotes_on};
pub use mutations::QuoteMutation;
pub use queries::QuoteQuery;
pub use types::{QuoteLineNode, QuoteNode};
