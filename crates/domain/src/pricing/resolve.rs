//! The one resolver of prices.

use std::cmp::Reverse;
use std::collections::HashMap;

use uuid::Uuid;

use super::asked::Asked;
use super::candidate::{Candidate, PriceOrigin, PriceTag, Question};
use super::order_terms::OrderTerms;
use super::ranking::{Bid, Rank};
use super::resolution::{Resolution, Step, Taken};
use super::rule::PriceRule;
use super::verdict::PriceVerdict;
use crate::catalog::Measures;
use crate::currency::Currency;
use crate::money::UnitPrice;
use crate::named::Named as _;
use crate::quantity::Quantity;
use crate::unit::Unit;

/// What one product, measured so, costs, of what `candidates` say about it, and why.
///
/// The rules are tried in the order of [`PriceRule`]; the first that has a price for the question decides, not the lowest price. Within
/// a rule go first the higher priority, then the largest tier that the quantity reaches, then the newest source.
///
/// A price for another unit, such as a box of so many pieces, applies when the quantity is an exact number of it, and stays a price for
/// that unit. A discount in percent is taken off what TIER or LIST would answer. How much can be ordered at once is found field by field
/// in the same order among what is for the question and in the currency that was taken, down to the offer, whether or not its price is
/// asked for: within a rule first what can answer, then what counts units of which the quantity is no exact number. So whoever sells by
/// the box sells no thirteen pieces.
#[must_use]
pub fn resolve(candidates: &[Candidate], measures: &Measures, question: &Question) -> Resolution {
    let asked = Asked { question, measures };
    let recorded: Vec<&Candidate> =
        candidates.iter().filter(|candidate| candidate.recorded.holds(question.known_at)).collect();
    let shelf = Shelf::of(&recorded, &asked);
    let mut steps: Vec<_> = PriceRule::ALL.iter().map(|rule| Tried::new(*rule)).collect();
    let (mut out, mut percentages) = (Vec::new(), Vec::new());
    for candidate in recorded {
        let rule = shelf.rule(candidate);
        match (candidate.tag, asked.applies(candidate)) {
            (_, Err(verdict)) => out.push((rule, candidate, verdict)),
            (PriceTag::PercentOff(_), Ok(tier)) => percentages.push((rule, candidate, tier)),
            (PriceTag::Fixed(price, unit), Ok(tier)) => {
                let Some(step) = steps.iter_mut().find(|step| step.rule == rule) else { continue };
                let rank = Rank::of(candidate, tier, unit != question.unit);
                let counted = asked.counted(unit);
                match (counted, shelf.stands_back(candidate)) {
                    (Ok(quantity), None) => step.bids.push(Bid::new(candidate, (price, unit, quantity), rank)),
                    (Err(verdict @ PriceVerdict::UnitDiffers), _) => step.others.push((candidate, verdict)),
                    (Err(verdict), stands_back) | (Ok(_), stands_back @ Some(verdict)) => {
                        step.others.push((candidate, verdict));
                        let place = (stands_back.is_some(), counted.is_err(), rank);
                        step.beside.push(Beside { place, candidate, currency: price.currency() });
                    }
                }
            }
        }
    }
    for step in &mut steps {
        Bid::sort(&mut step.bids);
    }
    let base = steps.iter().filter(|step| step.rule >= PriceRule::Tier).find_map(|step| step.bids.first().copied());
    for (rule, candidate, tier) in percentages {
        match discounted(candidate, base.as_ref()) {
            Ok(answer) => {
                let rank = Rank::of(candidate, tier, answer.1 != question.unit);
                let step = steps.iter_mut().find(|step| step.rule == rule);
                step.into_iter().for_each(|step| step.bids.push(Bid::new(candidate, answer, rank)));
            }
            Err(verdict) => out.push((rule, candidate, verdict)),
        }
    }
    for (rule, candidate, verdict) in out {
        if let Some(step) = steps.iter_mut().find(|step| step.rule == rule) {
            step.others.push((candidate, verdict));
        }
    }
    answer(steps, &asked)
}

/// One rule while it is tried.
struct Tried<'a> {
    rule: PriceRule,
    /// What can answer, the first of which does.
    bids: Vec<Bid<'a>>,
    /// What cannot answer and still says how much can be ordered.
    beside: Vec<Beside<'a>>,
    /// What cannot answer, and why.
    others: Vec<(&'a Candidate, PriceVerdict)>,
}

/// A candidate whose price is not asked for, or that the quantity is no exact number of.
struct Beside<'a> {
    /// Offers behind lists, then what is inexact behind what is exact.
    place: (bool, bool, Rank),
    candidate: &'a Candidate,
    currency: Currency,
}

impl Tried<'_> {
    const fn new(rule: PriceRule) -> Self {
        Self { rule, bids: Vec::new(), beside: Vec::new(), others: Vec::new() }
    }
}

/// What the general lists hold at the time that is asked about.
struct Shelf {
    /// The least tier of each general list and unit, in that unit: its base price.
    least: HashMap<(Uuid, Unit), Option<Quantity>>,
}

impl Shelf {
    fn of(recorded: &[&Candidate], asked: &Asked<'_>) -> Self {
        let mut least = HashMap::new();
        for candidate in recorded {
            let (PriceOrigin::GeneralList, PriceTag::Fixed(_, unit)) = (candidate.origin, candidate.tag) else {
                continue;
            };
            if asked.in_force(candidate).is_ok() {
                let tier = height(candidate);
                least
                    .entry((candidate.source, unit))
                    .and_modify(|least: &mut Option<Quantity>| *least = tier.min(*least))
                    .or_insert(tier);
            }
        }
        Self { least }
    }

    /// Under which rule a candidate is tried.
    fn rule(&self, candidate: &Candidate) -> PriceRule {
        match (candidate.origin, candidate.tag) {
            (PriceOrigin::GeneralList, PriceTag::Fixed(_, unit)) => {
                let least = self.least.get(&(candidate.source, unit));
                if least.is_some_and(|least| *least < height(candidate)) { PriceRule::Tier } else { PriceRule::List }
            }
            (origin, _) => origin.rule(),
        }
    }

    /// Why the price of an offer is not asked for: a general list names the product.
    fn stands_back(&self, candidate: &Candidate) -> Option<PriceVerdict> {
        (candidate.origin == PriceOrigin::Offer && !self.least.is_empty()).then_some(PriceVerdict::ListNamesProduct)
    }
}

/// The tier of a candidate, to compare with others of the same unit alone.
fn height(candidate: &Candidate) -> Option<Quantity> {
    candidate.tier.map(|(quantity, _)| quantity)
}

/// What a discount leaves of the list price.
fn discounted(candidate: &Candidate, base: Option<&Bid<'_>>) -> Result<(UnitPrice, Unit, Quantity), PriceVerdict> {
    let PriceTag::PercentOff(percent) = candidate.tag else { return Err(PriceVerdict::NoListPrice) };
    let base = base.ok_or(PriceVerdict::NoListPrice)?;
    let price = base.price.less(percent).ok_or(PriceVerdict::NothingRemains)?;
    Ok((price, base.unit, base.quantity))
}

/// Takes the first bid of the first rule that has one and says of all others why they were not.
fn answer(mut steps: Vec<Tried<'_>>, asked: &Asked<'_>) -> Resolution {
    for step in &mut steps {
        Bid::sort(&mut step.bids);
        step.beside.sort_by_key(|beside| beside.place);
    }
    let first = steps.iter().find_map(|step| step.bids.first().map(|bid| (step.rule, *bid)));
    let taken = first.map(|(rule, bid)| Taken {
        candidate: bid.candidate.id,
        rule,
        price: bid.price,
        unit: bid.unit,
        quantity: bid.quantity,
    });
    let order = taken.map_or_else(OrderTerms::default, |taken| order_terms(&steps, taken.price.currency()));
    let steps = steps.into_iter().map(|step| told(step, first)).collect();
    let orderable = order.check(asked.question.quantity, asked.question.unit, asked.measures);
    Resolution { taken, order, orderable, steps }
}

/// How much can be ordered at once: of each field what the nearest candidate says.
fn order_terms(steps: &[Tried<'_>], currency: Currency) -> OrderTerms {
    let mut terms = OrderTerms::default();
    for step in steps {
        let bids = step.bids.iter().map(|bid| (bid.candidate, bid.price.currency()));
        let beside = step.beside.iter().map(|beside| (beside.candidate, beside.currency));
        for (candidate, _) in bids.chain(beside).filter(|(_, of)| *of == currency) {
            terms = terms.or(&candidate.order);
        }
    }
    terms
}

fn told(step: Tried<'_>, first: Option<(PriceRule, Bid<'_>)>) -> Step {
    let verdict = |bid: &Bid<'_>| match &first {
        Some((rule, _)) if *rule != step.rule => PriceVerdict::EarlierRule,
        Some((_, taken)) if taken.candidate.id != bid.candidate.id => bid.behind(taken),
        _ => PriceVerdict::Taken,
    };
    let bids = step.bids.iter().map(|bid| (bid.candidate.clone(), verdict(bid)));
    // In an order that depends on nothing but themselves, so that the same books are always told alike.
    let mut others = step.others;
    others.sort_by_key(|(one, _)| (one.origin, Reverse(one.source), height(one), Reverse(one.id)));
    let others = others.iter().map(|(candidate, verdict)| ((*candidate).clone(), *verdict));
    Step { rule: step.rule, tried: bids.chain(others).collect() }
}
