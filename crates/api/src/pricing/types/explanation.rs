//! How a price came to be: every rule that was tried, and what it had to choose from.

use async_graphql::{Context, Description, Object, Result};
use tradehall_domain::catalog::Product;
use tradehall_domain::pricing::{
    Candidate, PriceListId, PriceOrigin, PriceRule, PriceTag, PriceVerdict, PromotionId, Question, Resolution, Step,
};

use super::{PriceListNode, ProductPriceNode, PromotionNode};
use crate::catalog::ProductNode;
use crate::graphql::closed::Closed;
use crate::graphql::loader::{load_maybe, session};
use crate::graphql::money::UnitPriceNode;
use crate::graphql::scalar::{DateTime, Decimal, UnitCode};

/// Why a product costs what it does. A buyer is told of what holds for itself; the seller, for one of its customers or for a guest, also
/// of what does not hold at that time.
#[derive(Debug, Clone, Description)]
pub struct PriceExplanationNode {
    /// Of which product.
    pub product: Product,
    /// What was asked.
    pub question: Question,
    /// What was answered.
    pub resolution: Resolution,
    /// Whether the viewer sells the product.
    pub is_seller: bool,
}

#[Object(name = "PriceExplanation", use_type_description)]
impl PriceExplanationNode {
    /// Of which product.
    async fn product(&self) -> ProductNode {
        ProductNode(self.product.clone())
    }

    /// How much was asked for, in `unit`.
    async fn quantity(&self) -> Decimal {
        Decimal(self.question.quantity.value())
    }

    /// What the quantity counts.
    async fn unit(&self) -> UnitCode {
        UnitCode(self.question.unit)
    }

    /// As of when the price was asked for; what is past is answered as it was then, counted by the product's present unit and packagings.
    async fn as_of(&self) -> DateTime {
        DateTime(self.question.as_of)
    }

    /// The price that was taken; null where no rule has one.
    async fn price(&self) -> Option<ProductPriceNode> {
        ProductPriceNode::of(self.resolution.clone())
    }

    /// Every rule, in the order in which it is tried; the first that has a price decides.
    async fn rules(&self) -> Vec<TriedRuleNode> {
        let taken = self.resolution.taken.map(|taken| taken.rule);
        let rule = |step: &Step| TriedRuleNode {
            step: step.clone(),
            decided: taken == Some(step.rule),
            is_seller: self.is_seller,
        };
        self.resolution.steps.iter().map(rule).collect()
    }
}

/// One rule as it was tried.
#[derive(Debug, Clone, Description)]
pub struct TriedRuleNode {
    step: Step,
    decided: bool,
    is_seller: bool,
}

#[Object(name = "TriedPriceRule", use_type_description)]
impl TriedRuleNode {
    /// Which rule.
    async fn rule(&self) -> Closed<PriceRule> {
        self.step.rule.into()
    }

    /// Whether the price comes from it.
    async fn decided(&self) -> bool {
        self.decided
    }

    /// What it had to choose from, the preferred first; those that could not apply come last.
    async fn candidates(&self) -> Vec<PriceCandidateNode> {
        let is_seller = self.is_seller;
        let candidates = self.step.tried.iter();
        candidates
            .map(|(candidate, verdict)| PriceCandidateNode {
                candidate: candidate.clone(),
                verdict: *verdict,
                is_seller,
            })
            .collect()
    }
}

/// One statement of a price, and whether it was taken.
#[derive(Debug, Clone, Description)]
pub struct PriceCandidateNode {
    candidate: Candidate,
    verdict: PriceVerdict,
    is_seller: bool,
}

#[Object(name = "PriceCandidate", use_type_description)]
impl PriceCandidateNode {
    /// What kind of thing states it.
    async fn origin(&self) -> Closed<PriceOrigin> {
        self.candidate.origin.into()
    }

    /// Whether it was taken, or why not.
    async fn verdict(&self) -> Closed<PriceVerdict> {
        self.verdict.into()
    }

    /// The verdict in a sentence, in the viewer's language.
    async fn explanation(&self, ctx: &Context<'_>) -> Result<&str> {
        Ok(self.verdict.sentence(session(ctx)?.language()))
    }

    /// The price of one `unit` that it states; null for a part off the list price.
    async fn unit_price(&self) -> Option<UnitPriceNode> {
        match self.candidate.tag {
            PriceTag::Fixed(price, _) => Some(UnitPriceNode(price)),
            PriceTag::PercentOff(_) => None,
        }
    }

    /// What its price counts; null for a part off the list price.
    async fn unit(&self) -> Option<UnitCode> {
        match self.candidate.tag {
            PriceTag::Fixed(_, unit) => Some(UnitCode(unit)),
            PriceTag::PercentOff(_) => None,
        }
    }

    /// So many percent off the list price; null for a price that was set.
    async fn percent_off(&self) -> Option<Decimal> {
        match self.candidate.tag {
            PriceTag::PercentOff(percent) => Some(Decimal(percent.value())),
            PriceTag::Fixed(..) => None,
        }
    }

    /// From which quantity on it applies (the tier), in `minQuantityUnit`; null for any.
    async fn min_quantity(&self) -> Option<Decimal> {
        self.candidate.tier.map(|(quantity, _)| Decimal(quantity.value()))
    }

    /// What `minQuantity` counts.
    async fn min_quantity_unit(&self) -> Option<UnitCode> {
        self.candidate.tier.map(|(_, unit)| UnitCode(unit))
    }

    /// From when on it holds; null for no begin.
    async fn valid_from(&self) -> Option<DateTime> {
        self.candidate.valid.from.map(DateTime)
    }

    /// Until when, that moment excluded; null for no end.
    async fn valid_until(&self) -> Option<DateTime> {
        self.candidate.valid.until.map(DateTime)
    }

    /// What the promotion that states it is called; null for other origins.
    async fn promotion_name(&self) -> Option<&str> {
        self.candidate.name.as_ref().map(|name| name.as_str())
    }

    /// Its priority among those of its rule; null for buyers, who see only the outcome.
    async fn priority(&self) -> Option<i64> {
        self.is_seller.then_some(self.candidate.priority)
    }

    /// The list that it stands in; null for other origins and for buyers.
    async fn price_list(&self, ctx: &Context<'_>) -> Result<Option<PriceListNode>> {
        let is_list = matches!(
            self.candidate.origin,
            PriceOrigin::CustomerList
                | PriceOrigin::SegmentList
                | PriceOrigin::AgreementList
                | PriceOrigin::GeneralList
        );
        if !self.is_seller || !is_list {
            return Ok(None);
        }
        Ok(load_maybe(ctx, PriceListId::from_uuid(self.candidate.source)).await?.map(PriceListNode))
    }

    /// The promotion that states it; null for other origins and for buyers.
    async fn promotion(&self, ctx: &Context<'_>) -> Result<Option<PromotionNode>> {
        let is_promotion = matches!(self.candidate.origin, PriceOrigin::Promotion | PriceOrigin::AgreementDiscount);
        if !self.is_seller || !is_promotion {
            return Ok(None);
        }
        Ok(load_maybe(ctx, PromotionId::from_uuid(self.candidate.source)).await?.map(PromotionNode))
    }
}
