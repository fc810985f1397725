//! The one resolver of prices.

use std::cmp::Reverse;
use std::collections::HashMap;

use uuid::Uuid;

use super::candidate::{Candidate, PriceOrigin, PriceTag, Question};
use super::order_terms::OrderTerms;
use super::ranking::{Bid, tier_parts};
use super::resolution::{PriceVerdict, Resolution, Step, Taken};
use super::rule::PriceRule;
use crate::money::UnitPrice;
use crate::named::Named as _;
use crate::quantity::Quantity;
use crate::unit::Unit;

/// What one product costs, of what `candidates` say about it, and why.
///
/// The rules are tried in the order of [`PriceRule`]; the first that has a price for the question decides, not the lowest price. Within
/// a rule go first the higher priority, then the largest tier that the quantity reaches, then the newest source.
///
/// A price for another unit applies when the quantity is an exact number of it, and stays a price for that unit. A discount in percent
/// is taken off what TIER or LIST would answer. How much can be ordered at once is found field by field in the same order among what
/// applies to the question and is in the currency that was taken, down to the offer, whether or not its price is asked for.
#[must_use]
pub fn resolve(candidates: &[Candidate], question: &Question) -> Resolution {
    let recorded: Vec<&Candidate> =
        candidates.iter().filter(|candidate| candidate.recorded.holds(question.known_at)).collect();
    let shelf = Shelf::of(&recorded, question);
    let (mut steps, mut out) = (Vec::new(), Vec::new());
    for rule in PriceRule::ALL {
        steps.push(Tried { rule: *rule, bids: Vec::new(), others: Vec::new() });
    }
    let mut percentages = Vec::new();
    for candidate in recorded {
        let rule = shelf.rule(candidate);
        match (candidate.tag, applies(candidate, question)) {
            (_, Err(verdict)) => out.push((rule, candidate, verdict)),
            (PriceTag::PercentOff(_), Ok(())) => percentages.push((rule, candidate)),
            (PriceTag::Fixed(price, unit), Ok(())) => match counted(question, unit) {
                Err(verdict) => out.push((rule, candidate, verdict)),
                Ok(quantity) => {
                    let bid = Bid::new(candidate, (price, unit, quantity), question);
                    put(&mut steps, rule, bid, shelf.stands_back(candidate));
                }
            },
        }
    }
    for step in &mut steps {
        Bid::sort(&mut step.bids);
    }
    let base = steps.iter().filter(|step| step.rule >= PriceRule::Tier).find_map(|step| step.bids.first().copied());
    for (rule, candidate) in percentages {
        match discounted(candidate, base.as_ref()) {
            Ok(answer) => put(&mut steps, rule, Bid::new(candidate, answer, question), None),
            Err(verdict) => out.push((rule, candidate, verdict)),
        }
    }
    for (rule, candidate, verdict) in out {
        if let Some(step) = steps.iter_mut().find(|step| step.rule == rule) {
            step.others.push((candidate, verdict));
        }
    }
    answer(steps, question)
}

/// One rule while it is tried.
struct Tried<'a> {
    rule: PriceRule,
    /// What can answer, the first of which does.
    bids: Vec<Bid<'a>>,
    /// What cannot, and why.
    others: Vec<(&'a Candidate, PriceVerdict)>,
}

fn put<'a>(steps: &mut [Tried<'a>], rule: PriceRule, bid: Bid<'a>, refused: Option<PriceVerdict>) {
    let Some(step) = steps.iter_mut().find(|step| step.rule == rule) else { return };
    match refused {
        Some(verdict) => step.others.push((bid.candidate, verdict)),
        None => step.bids.push(bid),
    }
}

/// What the general lists hold at the time that is asked about.
struct Shelf {
    /// The least tier of each general list and unit: its base price.
    least: HashMap<(Uuid, Unit), i128>,
}

impl Shelf {
    fn of(recorded: &[&Candidate], question: &Question) -> Self {
        let mut least = HashMap::new();
        for candidate in recorded {
            let (PriceOrigin::GeneralList, PriceTag::Fixed(_, unit)) = (candidate.origin, candidate.tag) else {
                continue;
            };
            if in_force(candidate, question).is_ok() {
                let tier = tier_parts(candidate);
                least
                    .entry((candidate.source, unit))
                    .and_modify(|least: &mut i128| *least = tier.min(*least))
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
                if least.is_some_and(|least| *least < tier_parts(candidate)) {
                    PriceRule::Tier
                } else {
                    PriceRule::List
                }
            }
            (origin, _) => origin.rule(),
        }
    }

    /// Why the price of an offer is not asked for: a general list names the product.
    fn stands_back(&self, candidate: &Candidate) -> Option<PriceVerdict> {
        (candidate.origin == PriceOrigin::Offer && !self.least.is_empty()).then_some(PriceVerdict::ListNamesProduct)
    }
}

/// Whether a candidate holds at the time that is asked about.
fn in_force(candidate: &Candidate, question: &Question) -> Result<(), PriceVerdict> {
    match &candidate.valid {
        _ if !candidate.active => Err(PriceVerdict::NotActive),
        valid if valid.is_ahead(question.as_of) => Err(PriceVerdict::NotYetValid),
        valid if valid.is_over(question.as_of) => Err(PriceVerdict::NoLongerValid),
        _ => Ok(()),
    }
}

/// Whether a candidate is for this question at all.
fn applies(candidate: &Candidate, question: &Question) -> Result<(), PriceVerdict> {
    in_force(candidate, question)?;
    if let (PriceTag::Fixed(price, _), Some(currency)) = (candidate.tag, question.currency)
        && price.currency() != currency
    {
        return Err(PriceVerdict::CurrencyDiffers);
    }
    match candidate.tier {
        Some((_, unit)) if !question.unit.converts_to(unit) => Err(PriceVerdict::UnitDiffers),
        Some((tier, unit)) if question.unit.parts(question.quantity) < unit.parts(tier) => Err(PriceVerdict::BelowTier),
        _ => Ok(()),
    }
}

/// The quantity that is asked for, counted in `unit`.
fn counted(question: &Question, unit: Unit) -> Result<Quantity, PriceVerdict> {
    if !question.unit.converts_to(unit) {
        return Err(PriceVerdict::UnitDiffers);
    }
    question.unit.exactly_in(question.quantity, unit).ok_or(PriceVerdict::QuantityInexact)
}

/// What a discount leaves of the list price.
fn discounted(candidate: &Candidate, base: Option<&Bid<'_>>) -> Result<(UnitPrice, Unit, Quantity), PriceVerdict> {
    let PriceTag::PercentOff(percent) = candidate.tag else { return Err(PriceVerdict::NoListPrice) };
    let base = base.ok_or(PriceVerdict::NoListPrice)?;
    let price = base.price.less(percent).ok_or(PriceVerdict::NothingRemains)?;
    Ok((price, base.unit, base.quantity))
}

/// Takes the first bid of the first rule that has one and says of all others why they were not.
fn answer(mut steps: Vec<Tried<'_>>, question: &Question) -> Resolution {
    for step in &mut steps {
        Bid::sort(&mut step.bids);
    }
    let first = steps.iter().find_map(|step| step.bids.first().map(|bid| (step.rule, *bid)));
    let taken = first.map(|(rule, bid)| Taken {
        candidate: bid.candidate.id,
        rule,
        price: bid.price,
        unit: bid.unit,
        quantity: bid.quantity,
    });
    let order = taken.map_or_else(OrderTerms::default, |taken| order_terms(&steps, &taken, question));
    let steps = steps.into_iter().map(|step| told(step, first)).collect();
    Resolution { taken, order, orderable: order.check(question.quantity, question.unit), steps }
}

/// How much can be ordered at once: of each field what the nearest candidate says.
fn order_terms(steps: &[Tried<'_>], taken: &Taken, question: &Question) -> OrderTerms {
    let mut terms = OrderTerms::default();
    for step in steps {
        for bid in step.bids.iter().filter(|bid| bid.price.currency() == taken.price.currency()) {
            terms = terms.or(&bid.candidate.order);
        }
        // An offer's terms hold although a list states the price.
        let mut offers: Vec<_> =
            step.others.iter().filter(|(_, verdict)| *verdict == PriceVerdict::ListNamesProduct).collect();
        offers.sort_by_key(|(offer, _)| Reverse(offer.source));
        for (offer, _) in offers {
            if let PriceTag::Fixed(price, unit) = offer.tag
                && price.currency() == taken.price.currency()
                && counted(question, unit).is_ok()
            {
                terms = terms.or(&offer.order);
            }
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
    others.sort_by_key(|(one, _)| (one.origin, Reverse(one.source), tier_parts(one), Reverse(one.id)));
    let others = others.iter().map(|(candidate, verdict)| ((*candidate).clone(), *verdict));
    Step { rule: step.rule, tried: bids.chain(others).collect() }
}
