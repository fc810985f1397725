//! Terms and lines as clients see them, offered or agreed.

use async_graphql::{Context, Description, Object, Result};
use tradehall_domain::agreement::{AgreementTerms, LineTerms, PriceTier};
use tradehall_domain::quantity::Quantity;

use crate::catalog::ProductNode;
use crate::graphql::delivery::DeliveryTermNode;
use crate::graphql::loader::load_maybe;
use crate::graphql::money::{MoneyNode, UnitPriceNode};
use crate::graphql::scalar::{CurrencyCode, DateTime, Decimal, UnitCode};

/// What holds for an agreement as a whole.
#[derive(Debug, Clone, Description)]
pub struct AgreementTermsNode(pub AgreementTerms);

#[Object(name = "AgreementTerms", use_type_description)]
impl AgreementTermsNode {
    /// What the agreement is about.
    async fn title(&self) -> &str {
        self.0.title.as_str()
    }

    /// The number under which the buyer knows it.
    async fn buyer_reference(&self) -> Option<&str> {
        self.0.buyer_reference.as_ref().map(|text| text.as_str())
    }

    /// The number under which the seller knows it.
    async fn seller_reference(&self) -> Option<&str> {
        self.0.seller_reference.as_ref().map(|text| text.as_str())
    }

    /// The currency of every price and amount in it.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }

    /// From when on its prices hold.
    async fn valid_from(&self) -> DateTime {
        DateTime(self.0.valid_from)
    }

    /// Until when, that moment excluded.
    async fn valid_until(&self) -> DateTime {
        DateTime(self.0.valid_until)
    }

    /// When and how the buyer pays, at most 2 000 characters; null where nothing is said.
    async fn payment_terms(&self) -> Option<&str> {
        self.0.payment_terms.as_ref().map(|text| text.as_str())
    }

    /// Who carries the goods how far; null where nothing is said.
    async fn delivery_term(&self) -> Option<DeliveryTermNode> {
        self.0.delivery.clone().map(DeliveryTermNode)
    }

    /// The least that the buyer will call off in all; null for no such promise.
    async fn committed_amount(&self) -> Option<MoneyNode> {
        self.0.commitment.map(MoneyNode)
    }

    /// How many days before the end notice can be given at the latest.
    async fn notice_days(&self) -> i64 {
        self.0.notice_days
    }

    /// By how many months it goes on by itself at its end; null when it just ends.
    async fn renewal_months(&self) -> Option<i64> {
        self.0.renewal_months
    }
}

/// What is agreed, or offered, about one product.
#[derive(Debug, Clone, Description)]
pub struct LineTermsNode(pub LineTerms);

#[Object(name = "AgreementLineTerms", use_type_description)]
impl LineTermsNode {
    /// The product; null where the viewer may not, or no longer, see it.
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<ProductNode>> {
        Ok(load_maybe(ctx, self.0.product).await?.map(ProductNode))
    }

    /// The seller's number of the product when this was written.
    async fn part_number(&self) -> &str {
        self.0.part_number.as_str()
    }

    /// The product's name when this was written.
    async fn description(&self) -> &str {
        self.0.description.as_str()
    }

    /// What prices and quantities count.
    async fn unit(&self) -> UnitCode {
        UnitCode(self.0.unit)
    }

    /// Prices by growing quantity of one call-off, 1 to 20.
    async fn tiers(&self) -> Vec<AgreementTierNode> {
        self.0.tiers.iter().copied().map(AgreementTierNode).collect()
    }

    /// The least of one call-off; null for any.
    async fn order_minimum(&self) -> Option<Decimal> {
        counted(self.0.order_minimum)
    }

    /// What each call-off is a multiple of; null for any.
    async fn order_multiple(&self) -> Option<Decimal> {
        counted(self.0.order_multiple)
    }

    /// The most that can be called off in all; null for no limit.
    async fn volume(&self) -> Option<Decimal> {
        counted(self.0.volume)
    }

    /// The least that shall be called off in all; null for no such promise.
    async fn commitment(&self) -> Option<Decimal> {
        counted(self.0.commitment)
    }

    /// Days from a call-off to the delivery; null where nothing is said.
    async fn lead_time_days(&self) -> Option<i64> {
        self.0.lead_time_days
    }
}

pub(super) fn counted(quantity: Option<Quantity>) -> Option<Decimal> {
    quantity.map(|quantity| Decimal(quantity.value()))
}

/// A price that holds from a quantity of one call-off on.
#[derive(Debug, Clone, Copy, Description)]
pub struct AgreementTierNode(pub PriceTier);

#[Object(name = "AgreementTier", use_type_description)]
impl AgreementTierNode {
    /// From how much on; null for any quantity.
    async fn min_quantity(&self) -> Option<Decimal> {
        counted(self.0.min_quantity)
    }

    /// For each unit of all that is called off then.
    async fn unit_price(&self) -> UnitPriceNode {
        UnitPriceNode(self.0.unit_price)
    }
}
