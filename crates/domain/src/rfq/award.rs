//! The award: who gets what, and what becomes of the others.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::{Cover, LINES_MAX, Rfq, RfqEvent, RfqLine, RfqLineId};
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
        let (awards, whole) = awards(lines, &quotes, picks, now)?;
        let won: HashMap<_, _> = awards.iter().map(|award| (award.quote_line, award.quantity)).collect();
        let outcomes = quotes.into_iter().filter(|(quote, _)| quote.status == QuoteStatus::Submitted);
        let outcomes = outcomes
            .map(|(mut quote, offer)| {
                let event = quote.settle(status(&offer, &won));
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

/// The awards in the order of the request, and whether they cover every line.
fn awards(
    lines: &[RfqLine],
    quotes: &[(Quote, Offer)],
    picks: &[Pick],
    now: Timestamp,
) -> Result<(Vec<Award>, bool), Problems> {
    if picks.is_empty() {
        return Err(Code::NothingAwarded.into());
    }
    let most = LINES_MAX * quotes.len().max(1);
    if picks.len() > most {
        return Err(Problem::new(Code::TooMany).with("max", most).at("lines").into());
    }
    let known: HashMap<_, _> = quotes.iter().map(|(quote, _)| (quote.id, quote)).collect();
    let offered: HashMap<_, _> = quotes
        .iter()
        .flat_map(|(quote, offer)| offer.lines.iter().map(|line| ((quote.id, line.rfq_line), line)))
        .collect();
    let mut asked: HashMap<_, _> = lines.iter().map(|line| (line.id, (line, Cover::nothing(line)))).collect();
    let mut problems = Problems::new();
    let mut picked = HashSet::with_capacity(picks.len());
    let mut made: BTreeMap<(i64, QuoteId), Award> = BTreeMap::new();
    for (n, pick) in picks.iter().enumerate() {
        let found = (asked.get_mut(&pick.line), known.get(&pick.quote), offered.get(&(pick.quote, pick.line)));
        let given = match found {
            _ if !picked.insert((pick.quote, pick.line)) => Err(Code::Duplicate.into()),
            (None, ..) => Err(Problem::new(Code::UnknownLine).at("rfqLineId")),
            (_, None, _) => Err(Problem::new(Code::NotFound).at("quoteId")),
            (.., None) => Err(Problem::new(Code::NotQuoted).at("rfqLineId")),
            (Some((line, cover)), Some(quote), Some(offered)) => {
                give(line, cover, quote, offered, pick, now).map(|award| ((line.position, quote.id), award))
            }
        };
        made.extend(problems.take(n, given));
    }
    problems.check().map_err(|problems| problems.at("lines"))?;
    let whole = asked.values().all(|(_, cover)| cover.is_whole());
    Ok((made.into_values().collect(), whole))
}

fn give(
    asked: &RfqLine,
    cover: &mut Cover,
    quote: &Quote,
    line: &QuoteLine,
    pick: &Pick,
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
    let mut with_it = *cover;
    with_it.add(quantity, line.unit)?;
    if with_it.is_exceeded() {
        return Err(Problem::new(Code::MoreThanNeeded).with("max", asked.quantity.value()).at("quantity"));
    }
    *cover = with_it;
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

/// What becomes of the quote of `offer` when `won` says how much of which line was awarded.
fn status(offer: &Offer, won: &HashMap<QuoteLineId, Quantity>) -> QuoteStatus {
    if !offer.lines.iter().any(|line| won.contains_key(&line.id)) {
        QuoteStatus::Lost
    } else if offer.lines.iter().all(|line| won.get(&line.id) == Some(&line.quantity)) {
        QuoteStatus::Awarded
    } else {
        QuoteStatus::PartlyAwarded
    }
}
