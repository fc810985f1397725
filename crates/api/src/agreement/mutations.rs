//! Changing agreements.

mod agreed;
mod negotiation;

pub use agreed::AgreedMutation;
use async_graphql::{Context, Result};
pub use negotiation::NegotiationMutation;
use tradehall_domain::agreement::Agreement;

use super::types::AgreementNode;
use crate::app::Command;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What every step of an agreement answers.
    AgreementPayload {
        /// The agreement as it is now; of a renewal, the successor.
        agreement: AgreementNode,
    }
}

async fn execute(ctx: &Context<'_>, command: impl Command<Output = Agreement>) -> Result<AgreementPayload> {
    let outcome = session(ctx)?.execute(command).await;
    session(ctx)?.answer(outcome, |agreement| (AgreementNode(agreement),))
}
