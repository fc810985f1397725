//! Quotes side by side: the same unit and currency, what is missing marked, who is cheapest.

use std::cmp::Ordering;
use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{RfqLine, RfqLineId};
use crate::currency::Currency;
use crate::money::{Money, UnitPrice};
use crate::organization::OrganizationId;
use crate::quote::{Offer, Quote, QuoteId, QuoteLineId};

/// How many units of the buyer's currency one unit of another is worth. The buyer answers for it; nothing is charged by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The other currency.
    pub currency: Currency,
    /// Its worth in the buyer's.
    pub worth: Decimal,
}

/// What one quote offers for one line, as it compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Whose quote.
    pub quote: QuoteId,
    /// The seller.
    pub seller: OrganizationId,
    /// Its line.
    pub quote_line: QuoteLineId,
    /// How much is offered, in the request's unit.
    pub quantity: Decimal,
    /// Whether that is all that is asked for.
    pub covers: bool,
    /// The price per unit at that quantity, as quoted.
    pub unit_price: UnitPrice,
    /// The same per unit of the request in the buyer's currency; none without a rate.
    pub comparable_price: Option<Decimal>,
    /// What the offered quantity costs, as quoted.
    pub cost: Money,
    /// Days from the order to the delivery.
    pub lead_time_days: i64,
    /// Its place by comparable price, from 1; equals share a place. None without a comparable price.
    pub rank: Option<usize>,
}

/// One line of the request with everything offered for it, cheapest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLine {
    /// The line.
    pub line: RfqLineId,
    /// Its offers.
    pub offers: Vec<Offered>,
    /// The quotes that leave it out.
    pub missing: Vec<QuoteId>,
}

/// One quote over all lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedQuote {
    /// The quote.
    pub quote: QuoteId,
    /// The seller.
    pub seller: OrganizationId,
    /// The sum of its lines, as quoted.
    pub total: Money,
    /// The same in the buyer's currency, not rounded; none without a rate.
    pub comparable_total: Option<Decimal>,
    /// How many lines it covers in full.
    pub covered: usize,
    /// Whether that is all of them.
    pub complete: bool,
    /// Its place: complete quotes by comparable total, then the others by lines covered and total. None without a total.
    pub rank: Option<usize>,
}

/// Quotes side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The buyer's currency.
    pub currency: Currency,
    /// By the request's lines.
    pub lines: Vec<ComparedLine>,
    /// By quote, best first.
    pub quotes: Vec<ComparedQuote>,
}

/// Compares submitted offers line by line and as wholes.
#[must_use]
pub fn compare(currency: Currency, lines: &[RfqLine], quotes: &[(Quote, Offer)], rates: &[Rate]) -> Comparison {
    let rates: HashMap<_, _> =
        rates.iter().map(|rate| (rate.currency, rate.worth)).chain([(currency, Decimal::ONE)]).collect();
    let compared: Vec<_> = lines.iter().map(|line| compare_line(line, quotes, &rates)).collect();
    let mut whole: Vec<_> =
        quotes.iter().map(|(quote, offer)| compare_quote(quote, offer, &compared, &rates)).collect();
    whole.sort_by(better);
    let mut rank = 0;
    for n in 0..whole.len() {
        let tie =
            n > 0 && matches!((whole.get(n - 1), whole.get(n)), (Some(a), Some(b)) if better(a, b) == Ordering::Equal);
        if !tie {
            rank = n + 1;
        }
        if let Some(quote) = whole.get_mut(n).filter(|quote| quote.comparable_total.is_some()) {
            quote.rank = Some(rank);
        }
    }
    Comparison { currency, lines: compared, quotes: whole }
}

fn compare_line(line: &RfqLine, quotes: &[(Quote, Offer)], rates: &HashMap<Currency, Decimal>) -> ComparedLine {
    let mut offers = Vec::new();
    let mut missing = Vec::new();
    for (quote, offer) in quotes {
        let offered = offer.lines.iter().find(|offered| offered.rfq_line == line.id);
        let compared = offered.and_then(|offered| {
            let unit_price = offered.price_at(offered.quantity);
            let per_unit = unit_price.per_unit(offered.unit, line.unit);
            let worth = rates.get(&unit_price.currency());
            let quantity = offered.unit.convert(offered.quantity.value(), line.unit)?;
            Some(Offered {
                quote: quote.id,
                seller: quote.seller,
                quote_line: offered.id,
                quantity,
                covers: quantity >= line.quantity.value(),
                unit_price,
                comparable_price: per_unit.zip(worth).and_then(|(price, worth)| price.checked_mul(*worth)),
                cost: offered.cost(offered.quantity).ok()?,
                lead_time_days: offered.lead_time_days,
                rank: None,
            })
        });
        match compared {
            Some(offered) => offers.push(offered),
            None => missing.push(quote.id),
        }
    }
    offers.sort_by(|a, b| cheaper(a.comparable_price, b.comparable_price).then(a.quote.cmp(&b.quote)));
    let prices: Vec<_> = offers.iter().map(|offer| offer.comparable_price).collect();
    for offer in &mut offers {
        let price = offer.comparable_price;
        offer.rank = price.map(|price| prices.iter().flatten().filter(|other| **other < price).count() + 1);
    }
    ComparedLine { line: line.id, offers, missing }
}

fn compare_quote(
    quote: &Quote,
    offer: &Offer,
    lines: &[ComparedLine],
    rates: &HashMap<Currency, Decimal>,
) -> ComparedQuote {
    let covered =
        lines.iter().filter(|line| line.offers.iter().any(|offer| offer.quote == quote.id && offer.covers)).count();
    let total = offer.version.total;
    let comparable_total = rates.get(&total.currency()).and_then(|worth| total.amount().checked_mul(*worth));
    ComparedQuote {
        quote: quote.id,
        seller: quote.seller,
        total,
        comparable_total,
        covered,
        complete: covered == lines.len(),
        rank: None,
    }
}

fn better(a: &ComparedQuote, b: &ComparedQuote) -> Ordering {
    b.comparable_total
        .is_some()
        .cmp(&a.comparable_total.is_some())
        .then(b.covered.cmp(&a.covered))
        .then(cheaper(a.comparable_total, b.comparable_total))
}

/// The smaller first, what cannot be compared last.
fn cheaper(a: Option<Decimal>, b: Option<Decimal>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
