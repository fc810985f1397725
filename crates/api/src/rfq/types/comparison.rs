//! The comparison as clients see it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Description, ID, InputObject, Object, Result};
use tradehall_domain::quote::{Offer, Quote, QuoteId};
use tradehall_domain::rfq::{ComparedLine, ComparedQuote, Comparison, Offered, Rate};

use crate::app::Error;
use crate::graphql::id::global;
use crate::graphql::loader::{load_one, session};
use crate::graphql::money::{MoneyNode, UnitPriceNode};
use crate::graphql::scalar::{CurrencyCode, Decimal};
use crate::organization::OrganizationNode;
use crate::quote::QuoteNode;

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
    quotes: Known,
}

/// The quotes that are compared, so that none is loaded again.
type Known = Arc<HashMap<QuoteId, Quote>>;

impl ComparisonNode {
    /// `comparison` of `quotes`.
    pub(super) fn new(comparison: Comparison, quotes: &[(Quote, Offer)]) -> Self {
        let quotes = quotes.iter().map(|(quote, _)| (quote.id, quote.clone())).collect();
        Self { comparison, quotes: Arc::new(quotes) }
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
        self.comparison.lines.iter().cloned().map(|line| ComparedLineNode(line, self.quotes.clone())).collect()
    }

    /// Quote by quote, best first.
    async fn quotes(&self) -> Vec<ComparedQuoteNode> {
        self.comparison.quotes.iter().cloned().map(|quote| ComparedQuoteNode(quote, self.quotes.clone())).collect()
    }
}

/// One line of a request with everything that is offered for it.
#[derive(Debug, Clone, Description)]
pub struct ComparedLineNode(ComparedLine, Known);

#[Object(name = "ComparedLine", use_type_description)]
impl ComparedLineNode {
    /// The global id of the request's line.
    async fn rfq_line_id(&self) -> ID {
        global(self.0.line)
    }

    /// What is offered, cheapest first.
    async fn offers(&self) -> Vec<ComparedOfferNode> {
        self.0.offers.iter().cloned().map(ComparedOfferNode).collect()
    }

    /// The quotes that leave this line out.
    async fn missing_from(&self) -> Vec<QuoteNode> {
        self.0.missing.iter().filter_map(|quote| self.1.get(quote)).cloned().map(QuoteNode).collect()
    }
}

/// What one quote offers for one line, made comparable.
#[derive(Debug, Clone, Description)]
pub struct ComparedOfferNode(Offered);

#[Object(name = "ComparedOffer", use_type_description)]
impl ComparedOfferNode {
    /// The global id of the quote.
    async fn quote_id(&self) -> ID {
        global(self.0.quote)
    }

    /// Who offers.
    async fn seller(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.seller).await.map(OrganizationNode)
    }

    /// How much is offered, in the unit of the request's line.
    async fn quantity(&self) -> Decimal {
        Decimal(self.0.quantity)
    }

    /// Whether that is all that is asked for.
    async fn is_full_quantity(&self) -> bool {
        self.0.covers
    }

    /// The price per unit at that quantity, as it was quoted.
    async fn unit_price(&self) -> UnitPriceNode {
        UnitPriceNode(self.0.unit_price)
    }

    /// The same per unit of the request's line in the request's currency; null where no rate was given.
    async fn comparable_price(&self) -> Option<Decimal> {
        self.0.comparable_price.map(Decimal)
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

/// One quote over all lines.
#[derive(Debug, Clone, Description)]
pub struct ComparedQuoteNode(ComparedQuote, Known);

#[Object(name = "ComparedQuote", use_type_description)]
impl ComparedQuoteNode {
    /// What is compared here, as far as the viewer may see it.
    async fn quote(&self) -> Option<QuoteNode> {
        self.1.get(&self.0.quote).cloned().map(QuoteNode)
    }

    /// Who quotes.
    async fn seller(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.seller).await.map(OrganizationNode)
    }

    /// The sum of its lines, as it was quoted.
    async fn total(&self) -> MoneyNode {
        MoneyNode(self.0.total)
    }

    /// The same in the request's currency, not rounded; null where no rate was given.
    async fn comparable_total(&self) -> Option<Decimal> {
        self.0.comparable_total.map(Decimal)
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
