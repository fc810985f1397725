//! The price, found as slowly and plainly as can be: every rule is a list of what it could say, and pairs are compared until one is left.
//! Nothing of the resolver is in here, and quantities are fractions of the test's own.

use rust_decimal::Decimal;

use crate::money::UnitPrice;
use crate::pricing::{Candidate, PriceOrigin, PriceRule, PriceTag, Question};
use crate::quantity::Quantity;
use crate::unit::Unit;

/// What the reference answers: the row, its rule, the price of one unit, and which unit.
pub(super) type Answer = (uuid::Uuid, PriceRule, UnitPrice, Unit);

/// How much a unit is, in pieces and in grams; nothing for what has no fixed size.
fn size(unit: Unit) -> Option<(char, Decimal)> {
    Some(match unit.code() {
        "C62" => ('n', Decimal::ONE),
        "DZN" => ('n', Decimal::from(12)),
        "KGM" => ('m', Decimal::from(1_000)),
        "GRM" => ('m', Decimal::ONE),
        _ => return None,
    })
}

/// `quantity` of `from` in `to`, and whether that is exact and can exist.
fn convert(quantity: Quantity, from: Unit, to: Unit) -> Option<(Decimal, bool)> {
    if from == to {
        return Some((quantity.value(), true));
    }
    let ((one, from), (other, to)) = (size(from)?, size(to)?);
    if one != other {
        return None;
    }
    let base = quantity.value() * from;
    let converted = base / to;
    let pieces_are_whole = one == 'm' || base.fract().is_zero();
    let exact = converted * to == base && converted.round_dp(4) == converted;
    Some((converted, exact && pieces_are_whole))
}

fn reaches(question: &Question, tier: Option<(Quantity, Unit)>) -> bool {
    match tier {
        None => true,
        Some((tier, unit)) if unit == question.unit => question.quantity >= tier,
        Some((tier, unit)) => match (size(question.unit), size(unit)) {
            (Some((one, asked)), Some((other, counted))) if one == other => {
                question.quantity.value() * asked >= tier.value() * counted
            }
            _ => false,
        },
    }
}

fn height(tier: Option<(Quantity, Unit)>) -> Decimal {
    tier.map_or(Decimal::ZERO, |(tier, unit)| tier.value() * size(unit).map_or(Decimal::ONE, |(_, size)| size))
}

fn in_force(candidate: &Candidate, question: &Question) -> bool {
    let begun = |from: Option<jiff::Timestamp>, at| from.is_none_or(|from| from <= at);
    let open = |until: Option<jiff::Timestamp>, at| until.is_none_or(|until| at < until);
    let (valid, recorded) = (&candidate.valid, &candidate.recorded);
    candidate.active
        && begun(valid.from, question.as_of)
        && open(valid.until, question.as_of)
        && begun(recorded.from, question.known_at)
        && open(recorded.until, question.known_at)
}

/// Whether `one` goes before `other`, both of one rule.
fn beats(one: &(&Candidate, Unit), other: &(&Candidate, Unit), question: &Question) -> bool {
    let ((one, unit), (other, other_unit)) = (one, other);
    if one.priority != other.priority {
        return one.priority > other.priority;
    }
    if height(one.tier) != height(other.tier) {
        return height(one.tier) > height(other.tier);
    }
    if one.source != other.source {
        return one.source > other.source;
    }
    if (*unit == question.unit) != (*other_unit == question.unit) {
        return *unit == question.unit;
    }
    one.id > other.id
}

fn best<'a>(choice: &[(&'a Candidate, Unit)], question: &Question) -> Option<(&'a Candidate, Unit)> {
    choice.iter().find(|one| choice.iter().all(|other| other.0.id == one.0.id || beats(one, other, question))).copied()
}

/// What a product costs.
pub(super) fn price(candidates: &[Candidate], question: &Question) -> Option<Answer> {
    let standing: Vec<_> = candidates.iter().filter(|candidate| in_force(candidate, question)).collect();
    let fixed = |origin: &[PriceOrigin], wanted: &dyn Fn(&Candidate) -> bool| -> Vec<(&Candidate, Unit)> {
        let of_origin = standing.iter().filter(|candidate| origin.contains(&candidate.origin) && wanted(candidate));
        of_origin
            .filter_map(|candidate| match candidate.tag {
                PriceTag::Fixed(price, unit)
                    if question.currency.is_none_or(|currency| currency == price.currency())
                        && reaches(question, candidate.tier)
                        && convert(question.quantity, question.unit, unit).is_some_and(|(_, exact)| exact) =>
                {
                    Some((*candidate, unit))
                }
                _ => None,
            })
            .collect()
    };
    let plain = |(candidate, unit): (&Candidate, Unit), rule| match candidate.tag {
        PriceTag::Fixed(price, _) => Some((candidate.id, rule, price, unit)),
        PriceTag::PercentOff(_) => None,
    };
    let is_base = |candidate: &Candidate| {
        let same_shelf = |other: &&&Candidate| {
            other.origin == PriceOrigin::GeneralList
                && other.source == candidate.source
                && matches!((other.tag, candidate.tag), (PriceTag::Fixed(_, a), PriceTag::Fixed(_, b)) if a == b)
        };
        standing.iter().filter(same_shelf).all(|other| height(other.tier) >= height(candidate.tier))
    };
    let tier = best(&fixed(&[PriceOrigin::GeneralList], &|candidate| !is_base(candidate)), question);
    let mut bases = fixed(&[PriceOrigin::GeneralList], &is_base);
    if !standing.iter().any(|candidate| candidate.origin == PriceOrigin::GeneralList) {
        bases.extend(fixed(&[PriceOrigin::Offer], &|_| true));
    }
    let list = tier
        .and_then(|tier| plain(tier, PriceRule::Tier))
        .or_else(|| best(&bases, question).and_then(|base| plain(base, PriceRule::List)));
    let discounted = |origins: &[PriceOrigin], rule| {
        let mut choice = fixed(origins, &|_| true);
        for candidate in &standing {
            if let (true, PriceTag::PercentOff(off), Some((.., unit_price, unit))) =
                (origins.contains(&candidate.origin), candidate.tag, list)
                && reaches(question, candidate.tier)
                && unit_price.less(off).is_some()
            {
                choice.push((*candidate, unit));
            }
        }
        let (candidate, unit) = best(&choice, question)?;
        let price = match (candidate.tag, list) {
            (PriceTag::Fixed(price, _), _) => price,
            (PriceTag::PercentOff(off), Some((.., price, _))) => price.less(off)?,
            (PriceTag::PercentOff(_), None) => return None,
        };
        Some((candidate.id, rule, price, unit))
    };
    let of = |origin, rule| best(&fixed(&[origin], &|_| true), question).and_then(|found| plain(found, rule));
    of(PriceOrigin::ContractLine, PriceRule::ContractLine)
        .or_else(|| of(PriceOrigin::CustomerList, PriceRule::Customer))
        .or_else(|| of(PriceOrigin::SegmentList, PriceRule::Segment))
        .or_else(|| discounted(&[PriceOrigin::AgreementList, PriceOrigin::AgreementDiscount], PriceRule::Agreement))
        .or_else(|| discounted(&[PriceOrigin::Promotion], PriceRule::Promotion))
        .or(list)
}
