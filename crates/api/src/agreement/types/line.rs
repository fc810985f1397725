//! Lines that bind as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use rust_decimal::Decimal as Number;
use tradehall_domain::agreement::AgreementLine;

use super::agreement::AgreementNode;
use super::content::{LineTermsNode, counted};
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::load_one;
use crate::graphql::money::MoneyNode;
use crate::graphql::scalar::Decimal;

const NOTHING: Decimal = Decimal(Number::ZERO);

node_types! { AgreementLine => "AgreementLine" }

/// A line of an agreement that binds, and what was called off of it. What was called off and what remains are always the volume
/// together. Seen by buyer and seller.
#[derive(Debug, Clone, Description)]
pub struct AgreementLineNode(pub AgreementLine);

#[Object(name = "AgreementLine", use_type_description)]
impl AgreementLineNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The agreement that it belongs to.
    async fn agreement(&self, ctx: &Context<'_>) -> Result<AgreementNode> {
        load_one(ctx, self.0.agreement).await.map(AgreementNode)
    }

    /// Its place in the agreement, from 1.
    async fn position(&self) -> i64 {
        self.0.position
    }

    /// What was agreed about the product.
    async fn terms(&self) -> LineTermsNode {
        LineTermsNode(self.0.terms.clone())
    }

    /// How much was called off and neither rejected nor cancelled; zero for nothing.
    async fn called_off(&self) -> Decimal {
        counted(self.0.called_off).unwrap_or(NOTHING)
    }

    /// How much can still be called off; null where there is no limit.
    async fn remaining(&self) -> Option<Decimal> {
        self.0.terms.volume.map(|_| counted(self.0.remaining).unwrap_or(NOTHING))
    }

    /// What that costs, as it was ordered; without taxes.
    async fn called_off_amount(&self) -> MoneyNode {
        MoneyNode(self.0.called_off_amount)
    }

    /// The least that shall be called off in all; null for no such promise.
    async fn commitment(&self) -> Option<Decimal> {
        counted(self.0.terms.commitment)
    }

    /// Whether so much was called off as was promised, or nothing was promised.
    async fn is_met(&self) -> bool {
        self.0.is_met()
    }
}
