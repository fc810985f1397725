//! Quotes side by side: the same unit and currency, what is missing marked, who is cheapest.

use std::cmp::Ordering;
use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{Cover, RfqLine, RfqLineId};
use crate::currency::Currency;
use crate::money::{Money, UnitPrice};
use crate::organization::OrganizationId;
use crate::quote::{Offer, Quote, QuoteId, QuoteLine, QuoteLineId};

/// How many units of the buyer's currency one unit of another is worth. The buyer answers for it; nothing is charged by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The other currency.
    pub currency: Currency,
    /// Its worth in the buyer's.
    pub worth: Decimal,
}

/// What a price or an amount is worth in the buyer's currency: not rounded, only to compare by, never stored or charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparable {
    /// How much.
    pub amount: Decimal,
    /// Of which currency: the buyer's.
    pub currency: Currency,
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
    /// How much is offered, in the request's unit; rounded where 28 digits cannot say it.
    pub quantity: Decimal,
    /// Whether that is all that is asked for, as [`Cover`] has it.
    pub covers: bool,
    /// The price per unit at that quantity, as quoted.
    pub unit_price: UnitPrice,
    /// The same per unit of the request in the buyer's currency; none without a rate.
    pub comparable_price: Option<Comparable>,
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
    pub comparable_total: Option<Comparable>,
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

/// What other currencies are worth in the buyer's.
struct Rates {
    currency: Currency,
    worth: HashMap<Currency, Decimal>,
}

impl Rates {
    fn worth(&self, currency: Currency) -> Option<Decimal> {
        self.worth.get(&currency).copied()
    }
}

/// Compares submitted offers line by line and as wholes.
#[must_use]
pub fn compare(currency: Currency, lines: &[RfqLine], quotes: &[(Quote, Offer)], rates: &[Rate]) -> Comparison {
    let worth = rates.iter().map(|rate| (rate.currency, rate.worth)).chain([(currency, Decimal::ONE)]).collect();
    let rates = Rates { currency, worth };
    let offered: HashMap<_, _> = quotes
        .iter()
        .flat_map(|(quote, offer)| offer.lines.iter().map(|line| ((quote.id, line.rfq_line), line)))
        .collect();
    let mut covered: HashMap<QuoteId, usize> = HashMap::new();
    let mut compared = Vec::with_capacity(lines.len());
    for line in lines {
        let line = compare_line(line, quotes, &offered, &rates);
        for offer in line.offers.iter().filter(|offer| offer.covers) {
            *covered.entry(offer.quote).or_default() += 1;
        }
        compared.push(line);
    }
    let whole = quotes.iter().map(|(quote, offer)| {
        let covered = covered.get(&quote.id).copied().unwrap_or_default();
        compare_quote(quote, offer, covered, lines.len(), &rates)
    });
    Comparison { currency, lines: compared, quotes: ranked(whole.collect()) }
}

fn compare_line(
    line: &RfqLine,
    quotes: &[(Quote, Offer)],
    offered: &HashMap<(QuoteId, RfqLineId), &QuoteLine>,
    rates: &Rates,
) -> ComparedLine {
    let mut offers = Vec::new();
    let mut missing = Vec::new();
    for (quote, _) in quotes {
        match offered.get(&(quote.id, line.id)).and_then(|offered| compare_offer(line, offered, rates)) {
            Some(offered) => offers.push(offered),
            None => missing.push(quote.id),
        }
    }
    offers.sort_by(|a, b| cheaper(a.comparable_price, b.comparable_price).then(a.quote.cmp(&b.quote)));
    let places = places(&offers, |a, b| cheaper(a.comparable_price, b.comparable_price));
    for (offer, place) in offers.iter_mut().zip(places) {
        offer.rank = offer.comparable_price.map(|_| place);
    }
    ComparedLine { line: line.id, offers, missing }
}

fn compare_offer(line: &RfqLine, offered: &QuoteLine, rates: &Rates) -> Option<Offered> {
    let mut cover = Cover::nothing(line);
    cover.add(offered.quantity, offered.unit).ok()?;
    let unit_price = offered.price_at(offered.quantity);
    let price = rates.worth(unit_price.currency());
    let price = price.and_then(|worth| unit_price.per_unit(offered.unit, line.unit, worth));
    Some(Offered {
        quote: offered.quote,
        seller: offered.seller,
        quote_line: offered.id,
        quantity: offered.unit.convert(offered.quantity.value(), line.unit)?,
        covers: cover.is_whole(),
        unit_price,
        comparable_price: price.map(|amount| Comparable { amount, currency: rates.currency }),
        cost: offered.cost(offered.quantity).ok()?,
        lead_time_days: offered.lead_time_days,
        rank: None,
    })
}

fn compare_quote(quote: &Quote, offer: &Offer, covered: usize, lines: usize, rates: &Rates) -> ComparedQuote {
    let total = offer.version.total;
    let comparable = rates.worth(total.currency()).and_then(|worth| total.amount().checked_mul(worth));
    ComparedQuote {
        quote: quote.id,
        seller: quote.seller,
        total,
        comparable_total: comparable.map(|amount| Comparable { amount, currency: rates.currency }),
        covered,
        complete: covered == lines,
        rank: None,
    }
}

fn ranked(mut quotes: Vec<ComparedQuote>) -> Vec<ComparedQuote> {
    quotes.sort_by(|a, b| better(a, b).then(a.quote.cmp(&b.quote)));
    let places = places(&quotes, better);
    for (quote, place) in quotes.iter_mut().zip(places) {
        quote.rank = quote.comparable_total.map(|_| place);
    }
    quotes
}

/// The places of what is `sorted`, from 1: equals share one, and the next counts all before it.
fn places<T>(sorted: &[T], order: impl Fn(&T, &T) -> Ordering) -> Vec<usize> {
    let mut places = Vec::with_capacity(sorted.len());
    let mut place = 0;
    let before = std::iter::once(None).chain(sorted.iter().map(Some));
    for (n, (before, one)) in before.zip(sorted).enumerate() {
        if before.is_none_or(|before| order(before, one) != Ordering::Equal) {
            place = n + 1;
        }
        places.push(place);
    }
    places
}

fn better(a: &ComparedQuote, b: &ComparedQuote) -> Ordering {
    b.comparable_total
        .is_some()
        .cmp(&a.comparable_total.is_some())
        .then(b.covered.cmp(&a.covered))
        .then(cheaper(a.comparable_total, b.comparable_total))
}

/// The smaller first, what cannot be compared last.
fn cheaper(a: Option<Comparable>, b: Option<Comparable>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.amount.cmp(&b.amount),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
