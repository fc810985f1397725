//! The comparison as clients see it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Description, InputObject, Object, Result};
use tradehall_domain::quote::{Offer, Quote, QuoteId, QuoteLine, QuoteLineId};
use tradehall_domain::rfq::{Comparable, ComparedLine, ComparedQuote, Comparison, Offered, Rate, RfqLine, RfqLineId};

use crate::app::Error;
use crate::graphql::loader::{load_one, session};
use crate::graphql::money::{MoneyNode, UnitPriceNode};
use crate::graphql::scalar::{CurrencyCode, Decimal};
use crate::organization::OrganizationNode;
use crate::quote::{QuoteLineNode, QuoteNode};
use crate::rfq::RfqLineNode;

/// How many units of the request's currency one unit of another currency is worth to the buyer. Nothing is charged by it.
#[derive(Debug, InputObject)]
pub struct ExchangeRateInput {
    /// The other currency.
    pub currency: CurrencyCode,
    /// Its worth in the request's currency, more than 0.
    pub worth: Decimal,
}

impl ExchangeRateInput {
    /// The rates, if they can be.
    ///
    /// # Errors
    /// More than 50 of them, or one that is not above 0.
    pub fn parse(rates: &[Self]) -> Result<Vec<Rate>, Error> {
        if rates.len() > 50 {
            return Err(Error::BadInput("At most 50 rates are compared by.".to_owned()));
        }
        if rates.iter().any(|rate| rate.worth.0 <= rust_decimal::Decimal::ZERO) {
            return Err(Error::BadInput("A rate is more than 0.".to_owned()));
        }
        Ok(rates.iter().map(|rate| Rate { currency: rate.currency.0, worth: rate.worth.0 }).collect())
    }
}

/// The quotes on a request side by side, in its units and its currency. Seen by the buyer, once quotes can be read.
#[derive(Debug, Clone, Description)]
pub struct ComparisonNode {
    comparison: Comparison,
    known: Arc<Known>,
}

/// What is compared, so that nothing is loaded again.
#[derive(Debug)]
struct Known {
    lines: HashMap<RfqLineId, RfqLine>,
    quotes: HashMap<QuoteId, Quote>,
    offered: HashMap<QuoteLineId, QuoteLine>,
}

impl ComparisonNode {
    /// `comparison` of `quotes` on `lines`.
    pub(super) fn new(comparison: Comparison, lines: Vec<RfqLine>, quotes: Vec<(Quote, Offer)>) -> Self {
        let lines = lines.into_iter().map(|line| (line.id, line)).collect();
        let (quotes, offers): (Vec<_>, Vec<_>) = quotes.into_iter().unzip();
        let quotes = quotes.into_iter().map(|quote| (quote.id, quote)).collect();
        let offered = offers.into_iter().flat_map(|offer| offer.lines).map(|line| (line.id, line)).collect();
        Self { comparison, known: Arc::new(Known { lines, quotes, offered }) }
    }
}

/// What a comparison speaks of; it was made of nothing else than what is known.
fn spoken_of<T: Clone>(ctx: &Context<'_>, found: Option<&T>) -> Result<T> {
    match found {
        Some(found) => Ok(found.clone()),
        None => Err(session(ctx)?.fail(Error::Internal("a comparison of what was not loaded".to_owned()))),
    }
}

#[Object(name = "Comparison", use_type_description)]
impl ComparisonNode {
    /// The currency in which everything is compared: the request's.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.comparison.currency)
    }

    /// Line by line, in the order of the request.
    async fn lines(&self) -> Vec<ComparedLineNode> {
        self.comparison.lines.iter().cloned().map(|line| ComparedLineNode(line, self.known.clone())).collect()
    }

    /// Quote by quote, best first.
    async fn quotes(&self) -> Vec<ComparedQuoteNode> {
        self.comparison.quotes.iter().cloned().map(|quote| ComparedQuoteNode(quote, self.known.clone())).collect()
    }
}

/// One line of a request with everything that is offered for it.
#[derive(Debug, Clone, Description)]
pub struct ComparedLineNode(ComparedLine, Arc<Known>);

#[Object(name = "ComparedLine", use_type_description)]
impl ComparedLineNode {
    /// The line of the request.
    async fn rfq_line(&self, ctx: &Context<'_>) -> Result<RfqLineNode> {
        spoken_of(ctx, self.1.lines.get(&self.0.line)).map(RfqLineNode)
    }

    /// What is offered, cheapest first.
    async fn offers(&self) -> Vec<ComparedOfferNode> {
        self.0.offers.iter().cloned().map(|offer| ComparedOfferNode(offer, self.1.clone())).collect()
    }

    /// The quotes that leave this line out.
    async fn missing_from(&self) -> Vec<QuoteNode> {
        self.0.missing.iter().filter_map(|quote| self.1.quotes.get(quote)).cloned().map(QuoteNode).collect()
    }
}

/// What one quote offers for one line, made comparable.
#[derive(Debug, Clone, Description)]
pub struct ComparedOfferNode(Offered, Arc<Known>);

#[Object(name = "ComparedOffer", use_type_description)]
impl ComparedOfferNode {
    /// The quote that it stands in.
    async fn quote(&self, ctx: &Context<'_>) -> Result<QuoteNode> {
        spoken_of(ctx, self.1.quotes.get(&self.0.quote)).map(QuoteNode)
    }

    /// Its line, with the quantity in the unit that an award of it is made in.
    async fn quote_line(&self, ctx: &Context<'_>) -> Result<QuoteLineNode> {
        spoken_of(ctx, self.1.offered.get(&self.0.quote_line)).map(QuoteLineNode)
    }

    /// Who offers.
    async fn seller(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.seller).await.map(OrganizationNode)
    }

    /// How much is offered, in the unit of the request's line; rounded where 28 digits cannot say it.
    async fn quantity(&self) -> Decimal {
        Decimal(self.0.quantity)
    }

    /// Whether that is all that is asked for: in another unit, less than 0.0001 of that unit and at most 1/10 000 of it away.
    async fn is_full_quantity(&self) -> bool {
        self.0.covers
    }

    /// The price per unit at that quantity, as it was quoted.
    async fn unit_price(&self) -> UnitPriceNode {
        UnitPriceNode(self.0.unit_price)
    }

    /// The same per unit of the request's line in the request's currency; null where no rate was given.
    async fn comparable_price(&self) -> Option<ComparableAmountNode> {
        self.0.comparable_price.map(ComparableAmountNode)
    }

    /// What the offered quantity costs, as it was quoted.
    async fn cost(&self) -> MoneyNode {
        MoneyNode(self.0.cost)
    }

    /// Days from the order to the delivery.
    async fn lead_time_days(&self) -> i64 {
        self.0.lead_time_days
    }

    /// Its place by comparable price, from 1; equal prices share a place. Null where no price compares.
    async fn rank(&self) -> Option<usize> {
        self.0.rank
    }
}

/// A price or a total in the request's currency, converted by the rates that were given and not rounded: only to compare by,
/// nothing is charged by it.
#[derive(Debug, Clone, Copy, Description)]
pub struct ComparableAmountNode(Comparable);

#[Object(name = "ComparableAmount", use_type_description)]
impl ComparableAmountNode {
    /// How much, with up to 28 digits.
    async fn amount(&self) -> Decimal {
        Decimal(self.0.amount)
    }

    /// Of which currency: the request's.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }
}

/// One quote over all lines.
#[derive(Debug, Clone, Description)]
pub struct ComparedQuoteNode(ComparedQuote, Arc<Known>);

#[Object(name = "ComparedQuote", use_type_description)]
impl ComparedQuoteNode {
    /// The quote that is compared here.
    async fn quote(&self, ctx: &Context<'_>) -> Result<QuoteNode> {
        spoken_of(ctx, self.1.quotes.get(&self.0.quote)).map(QuoteNode)
    }

    /// Who quotes.
    async fn seller(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.seller).await.map(OrganizationNode)
    }

    /// The sum of its lines, as it was quoted.
    async fn total(&self) -> MoneyNode {
        MoneyNode(self.0.total)
    }

    /// The same in the request's currency; null where no rate was given.
    async fn comparable_total(&self) -> Option<ComparableAmountNode> {
        self.0.comparable_total.map(ComparableAmountNode)
    }

    /// How many lines it covers in full.
    async fn lines_covered(&self) -> usize {
        self.0.covered
    }

    /// Whether that is all of them.
    async fn is_complete(&self) -> bool {
        self.0.complete
    }

    /// Its place: by lines covered, then by comparable total; equals share a place. Null where no total compares.
    async fn rank(&self) -> Option<usize> {
        self.0.rank
    }
}

/// The rates, or the error that a field answers.
pub(super) fn rates(ctx: &Context<'_>, rates: Option<Vec<ExchangeRateInput>>) -> Result<Vec<Rate>> {
    let rates = rates.unwrap_or_default();
    ExchangeRateInput::parse(&rates).or_else(|error| Err(session(ctx)?.fail(error)))
}
