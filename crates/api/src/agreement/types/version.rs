//! Rounds of a negotiation as clients see them.

use async_graphql::{Description, Object};
use tradehall_domain::agreement::AgreementVersion;
use tradehall_domain::side::Side;

use super::content::{AgreementTermsNode, LineTermsNode};
use crate::graphql::closed::Closed;
use crate::graphql::scalar::DateTime;

/// What one side put on the table. It never changes once it was offered; a draft is seen by its author alone.
#[derive(Debug, Clone, Description)]
pub struct AgreementVersionNode(pub AgreementVersion);

#[Object(name = "AgreementVersion", use_type_description)]
impl AgreementVersionNode {
    /// Its place among the rounds, from 1.
    async fn number(&self) -> i64 {
        self.0.number
    }

    /// Which side wrote it.
    async fn author(&self) -> Closed<Side> {
        self.0.author.into()
    }

    /// The SHA-256 of its content in 64 hexadecimal digits: what an acceptance names.
    async fn hash(&self) -> &str {
        self.0.hash.as_str()
    }

    /// When it was written.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was offered; null while it is a draft.
    async fn offered_at(&self) -> Option<DateTime> {
        self.0.offered_at.map(DateTime)
    }

    /// What it says for the agreement as a whole.
    async fn terms(&self) -> AgreementTermsNode {
        AgreementTermsNode(self.0.content.terms.clone())
    }

    /// What it says of each product, 1 to 500 lines.
    async fn lines(&self) -> Vec<LineTermsNode> {
        self.0.content.lines.iter().cloned().map(LineTermsNode).collect()
    }
}
