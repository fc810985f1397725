//! The award: who gets what, and what becomes of the others.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::{LINES_MAX, Rfq, RfqEvent, RfqLine, RfqLineId};
use crate::id::Id;
use crate::money::{Money, UnitPrice};
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::quantity::Quantity;
use crate::quote::{Offer, Quote, QuoteEvent, QuoteId, QuoteLine, QuoteLineId, QuoteStatus};
use crate::rfq::{RfqId, RfqStatus};
use crate::side::{As, Buyer};

/// One choice of the buyer: so much of that line from that quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick {
    /// From which quote.
    pub quote: QuoteId,
    /// Which line of the request.
    pub line: RfqLineId,
    /// How much, in the unit of the quote's line; all that is offered when left out.
    pub quantity: Option<Decimal>,
}

/// What one quote was given of one line. Never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// Which award.
    pub id: AwardId,
    /// Of which request.
    pub rfq: RfqId,
    /// Of which line.
    pub rfq_line: RfqLineId,
    /// To which quote.
    pub quote: QuoteId,
    /// To which line of it.
    pub quote_line: QuoteLineId,
    /// Who awards.
    pub buyer: OrganizationId,
    /// Who is awarded.
    pub seller: OrganizationId,
    /// How much.
    pub quantity: Quantity,
    /// At what price per unit, that of the tier which the quantity reaches.
    pub unit_price: UnitPrice,
    /// What that costs.
    pub amount: Money,
    /// When.
    pub awarded_at: Timestamp,
}

/// The id of an [`Award`].
pub type AwardId = Id<Award>;

/// What the award makes of one quote.
#[derive(Debug, Clone)]
pub struct QuoteOutcome {
    /// The quote, settled.
    pub quote: Quote,
    /// What its seller is told.
    pub event: QuoteEvent,
}

/// All that an award settles.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Line by line, in the order of the request.
    pub awards: Vec<Award>,
    /// Every submitted quote of the request.
    pub outcomes: Vec<QuoteOutcome>,
    /// Whether every line was awarded in full.
    pub whole: bool,
}

impl As<Buyer, Rfq> {
    /// Awards what is picked, and settles every quote of the request.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] unless its quotes are open, else everything that is wrong with the picks, by their places.
    pub fn award(
        &mut self,
        lines: &[RfqLine],
        quotes: Vec<(Quote, Offer)>,
        picks: &[Pick],
        now: Timestamp,
    ) -> Result<Placed, Problems> {
        self.can_award()?;
        let awards = awards(lines, &quotes, picks, now)?;
        let whole = lines.iter().all(|line| awarded(&awards, &quotes, line) == line.quantity.value());
        let outcomes = quotes.into_iter().filter(|(quote, _)| quote.status == QuoteStatus::Submitted);
        let outcomes = outcomes
            .map(|(mut quote, offer)| {
                let event = quote.settle(status(&quote, &offer, &awards));
                QuoteOutcome { quote, event }
            })
            .collect();
        self.become_(if whole { RfqStatus::Awarded } else { RfqStatus::PartlyAwarded });
        Ok(Placed { awards, outcomes, whole })
    }

    /// What an end without an award makes of a quote: one that was submitted is lost, others stay as they are.
    #[must_use]
    pub fn lose(&self, mut quote: Quote) -> Option<(Quote, QuoteEvent)> {
        if quote.status != QuoteStatus::Submitted {
            return None;
        }
        let event = quote.settle(QuoteStatus::Lost);
        Some((quote, event))
    }

    /// What the request's own timeline says of an award that placed `orders` orders.
    #[must_use]
    pub const fn awarded_event(whole: bool, orders: usize) -> RfqEvent {
        RfqEvent::Awarded { whole, orders }
    }
}

fn awards(
    lines: &[RfqLine],
    quotes: &[(Quote, Offer)],
    picks: &[Pick],
    now: Timestamp,
) -> Result<Vec<Award>, Problems> {
    if picks.is_empty() {
        return Err(Code::NothingAwarded.into());
    }
    let most = LINES_MAX * quotes.len().max(1);
    if picks.len() > most {
        return Err(Problem::new(Code::TooMany).with("max", most).at("lines").into());
    }
    let lines: HashMap<_, _> = lines.iter().map(|line| (line.id, line)).collect();
    let offered: HashMap<_, _> = quotes
        .iter()
        .flat_map(|(quote, offer)| offer.lines.iter().map(move |line| ((quote.id, line.rfq_line), (quote, line))))
        .collect();
    let mut problems = Problems::new();
    let mut left: HashMap<RfqLineId, Decimal> = lines.values().map(|line| (line.id, line.quantity.value())).collect();
    let mut made: BTreeMap<(i64, QuoteId), Award> = BTreeMap::new();
    let quote_known = |quote: QuoteId| quotes.iter().any(|(known, _)| known.id == quote);
    for (n, pick) in picks.iter().enumerate() {
        let found = match (lines.get(&pick.line), offered.get(&(pick.quote, pick.line))) {
            (None, _) => Err(Problem::new(Code::UnknownLine).at("rfqLineId")),
            (Some(_), None) if !quote_known(pick.quote) => Err(Problem::new(Code::NotFound).at("quoteId")),
            (Some(_), None) => Err(Problem::new(Code::NotQuoted).at("rfqLineId")),
            (Some(asked), Some((quote, line))) => {
                give(asked, quote, line, pick, &mut left, now).map(|award| ((asked.position, quote.id), award))
            }
        };
        let Some((key, award)) = problems.take(n, found) else { continue };
        if made.insert(key, award).is_some() {
            problems.push(Problem::new(Code::Duplicate).at(n));
        }
    }
    problems.check().map_err(|problems| problems.at("lines"))?;
    Ok(made.into_values().collect())
}

fn give(
    asked: &RfqLine,
    quote: &Quote,
    line: &QuoteLine,
    pick: &Pick,
    left: &mut HashMap<RfqLineId, Decimal>,
    now: Timestamp,
) -> Result<Award, Problem> {
    quote.can_win(now).map_err(|problem| problem.at("quoteId"))?;
    let quantity = match pick.quantity {
        Some(quantity) => Quantity::new(quantity).map_err(|problem| problem.at("quantity"))?,
        None => line.quantity,
    };
    line.unit.check(quantity).map_err(|problem| problem.at("quantity"))?;
    if quantity > line.quantity {
        return Err(Problem::new(Code::MoreThanOffered).with("max", line.quantity.value()).at("quantity"));
    }
    let taken = line
        .unit
        .convert(quantity.value(), asked.unit)
        .ok_or_else(|| Problem::new(Code::UnitsDiffer).with("unit", asked.unit.code()))?;
    let left = left.entry(asked.id).or_default();
    if taken > *left {
        return Err(Problem::new(Code::MoreThanNeeded).with("max", asked.quantity.value()).at("quantity"));
    }
    *left -= taken;
    Ok(Award {
        id: Id::new(),
        rfq: asked.rfq,
        rfq_line: asked.id,
        quote: quote.id,
        quote_line: line.id,
        buyer: quote.buyer,
        seller: quote.seller,
        quantity,
        unit_price: line.price_at(quantity),
        amount: line.cost(quantity)?,
        awarded_at: now,
    })
}

/// How much of `line` was awarded, in its own unit.
fn awarded(awards: &[Award], quotes: &[(Quote, Offer)], line: &RfqLine) -> Decimal {
    let units: HashMap<_, _> =
        quotes.iter().flat_map(|(_, offer)| offer.lines.iter().map(|line| (line.id, line.unit))).collect();
    let given = awards.iter().filter(|award| award.rfq_line == line.id);
    given.filter_map(|award| units.get(&award.quote_line)?.convert(award.quantity.value(), line.unit)).sum()
}

fn status(quote: &Quote, offer: &Offer, awards: &[Award]) -> QuoteStatus {
    let won: HashMap<_, _> =
        awards.iter().filter(|award| award.quote == quote.id).map(|award| (award.quote_line, award.quantity)).collect();
    if won.is_empty() {
        QuoteStatus::Lost
    } else if offer.lines.iter().all(|line| won.get(&line.id) == Some(&line.quantity)) {
        QuoteStatus::Awarded
    } else {
        QuoteStatus::PartlyAwarded
    }
}
