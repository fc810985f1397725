//! The price, found as slowly and plainly as can be: every rule is a list of what it could say, and pairs are compared until one is left.
//! Nothing of the resolver is in here, and quantities are fractions of the test's own.

use super::books::{Packing, unit};
use crate::money::UnitPrice;
use crate::pricing::{Candidate, PriceOrigin, PriceRule, PriceTag, Question};
use crate::quantity::{QUANTITY_MAX, Quantity};
use crate::unit::Unit;

/// What the reference answers: the row, its rule, the price of one unit, and which unit.
pub(super) type Answer = (uuid::Uuid, PriceRule, UnitPrice, Unit);

/// A fraction: one number over another, shortened step by step so that it stays small.
#[derive(Debug, Clone, Copy)]
struct Part(i128, i128);

impl Part {
    fn of(quantity: Quantity) -> Self {
        Self(quantity.units().into(), 10_000)
    }

    fn short(self) -> Self {
        let (mut one, mut other) = (self.0, self.1);
        while other != 0 {
            (one, other) = (other, one % other);
        }
        Self(self.0 / one, self.1 / one)
    }

    fn times(self, other: Self) -> Self {
        Self(self.0 * other.0, self.1 * other.1).short()
    }

    fn over(self, other: Self) -> Self {
        Self(self.0 * other.1, self.1 * other.0).short()
    }

    fn is_less(self, other: Self) -> bool {
        self.0 * other.1 < other.0 * self.1
    }

    fn is_whole(self) -> bool {
        self.0 % self.1 == 0
    }
}

/// How much a unit is, in pieces and in grams; nothing for what has no fixed size.
fn size(unit: Unit) -> Option<(char, Part)> {
    Some(match unit.code() {
        "C62" => ('n', Part(1, 1)),
        "DZN" => ('n', Part(12, 1)),
        "KGM" => ('m', Part(1_000, 1)),
        "GRM" => ('m', Part(1, 1)),
        _ => return None,
    })
}

/// How much of the product's unit every unit is that leads down to it, found upwards: again and again whatever follows from what is known.
fn sizes(packing: &Packing) -> Vec<(Unit, Part)> {
    let mut known = vec![(packing.base, Part(1, 1))];
    loop {
        let mut found = Vec::new();
        for unit in ["C62", "DZN", "KGM", "GRM", "XBX", "XPX", "XBG"].map(unit) {
            if known.iter().any(|(other, _)| *other == unit) {
                continue;
            }
            let packed = packing.packed.iter().filter(|packed| packed.unit == unit);
            let held = packed.filter_map(|packed| Some(Part::of(packed.quantity).times(look(&known, packed.of)?)));
            let fixed = known.iter().filter_map(|(other, worth)| {
                let ((one, own), (two, others)) = (size(unit)?, size(*other)?);
                (one == two).then(|| own.over(others).times(*worth))
            });
            found.extend(held.chain(fixed).next().map(|worth| (unit, worth)));
        }
        if found.is_empty() {
            return known;
        }
        known.extend(found);
    }
}

fn look(known: &[(Unit, Part)], unit: Unit) -> Option<Part> {
    known.iter().find(|(other, _)| *other == unit).map(|(_, worth)| *worth)
}

/// What is asked, and what is known of the units.
struct Asked<'a> {
    question: &'a Question,
    sizes: Vec<(Unit, Part)>,
}

impl Asked<'_> {
    /// `quantity` of `from` in `to`.
    fn convert(&self, quantity: Quantity, from: Unit, to: Unit) -> Option<Part> {
        let quantity = Part::of(quantity);
        if from == to {
            return Some(quantity);
        }
        match (size(from), size(to)) {
            (Some((one, from)), Some((other, to))) if one == other => Some(quantity.times(from).over(to)),
            _ => Some(quantity.times(look(&self.sizes, from)?).over(look(&self.sizes, to)?)),
        }
    }

    /// Whether what is asked for is a number of `unit` that four decimals can say, that can exist and that is not beyond all limits.
    fn counts(&self, unit: Unit) -> bool {
        let Some(number) = self.convert(self.question.quantity, self.question.unit, unit) else { return false };
        let can_exist = match unit.code() {
            "KGM" | "GRM" => true,
            "DZN" => number.times(Part(12, 1)).is_whole(),
            _ => number.is_whole(),
        };
        can_exist && !Part(QUANTITY_MAX.into(), 1).is_less(number) && number.times(Part(10_000, 1)).is_whole()
    }

    fn reaches(&self, tier: Option<(Quantity, Unit)>) -> bool {
        let asked = Part::of(self.question.quantity);
        tier.is_none_or(|(tier, unit)| {
            self.convert(tier, unit, self.question.unit).is_some_and(|tier| !asked.is_less(tier))
        })
    }

    /// Whether one tier starts above another, both of them reached.
    fn is_higher(&self, one: Option<(Quantity, Unit)>, other: Option<(Quantity, Unit)>) -> bool {
        let height =
            |tier: Option<(Quantity, Unit)>| tier.and_then(|(tier, unit)| self.convert(tier, unit, self.question.unit));
        height(other).unwrap_or(Part(0, 1)).is_less(height(one).unwrap_or(Part(0, 1)))
    }
}

/// The tier of a row among those of its own unit.
fn start(tier: Option<(Quantity, Unit)>) -> i64 {
    tier.map_or(0, |(tier, _)| tier.units())
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
fn beats(one: &(&Candidate, Unit), other: &(&Candidate, Unit), asked: &Asked<'_>) -> bool {
    let ((one, unit), (other, other_unit)) = (one, other);
    if one.priority != other.priority {
        return one.priority > other.priority;
    }
    if asked.is_higher(one.tier, other.tier) || asked.is_higher(other.tier, one.tier) {
        return asked.is_higher(one.tier, other.tier);
    }
    if one.source != other.source {
        return one.source > other.source;
    }
    let question = asked.question;
    if (*unit == question.unit) != (*other_unit == question.unit) {
        return *unit == question.unit;
    }
    one.id > other.id
}

fn best<'a>(choice: &[(&'a Candidate, Unit)], asked: &Asked<'_>) -> Option<(&'a Candidate, Unit)> {
    choice.iter().find(|one| choice.iter().all(|other| other.0.id == one.0.id || beats(one, other, asked))).copied()
}

/// What a product costs.
pub(super) fn price(candidates: &[Candidate], packing: &Packing, question: &Question) -> Option<Answer> {
    let asked = &Asked { question, sizes: sizes(packing) };
    let standing: Vec<_> = candidates.iter().filter(|candidate| in_force(candidate, question)).collect();
    let fixed = |origin: &[PriceOrigin], wanted: &dyn Fn(&Candidate) -> bool| -> Vec<(&Candidate, Unit)> {
        let of_origin = standing.iter().filter(|candidate| origin.contains(&candidate.origin) && wanted(candidate));
        of_origin
            .filter_map(|candidate| match candidate.tag {
                PriceTag::Fixed(price, unit)
                    if question.currency.is_none_or(|currency| currency == price.currency())
                        && asked.reaches(candidate.tier)
                        && asked.counts(unit) =>
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
        standing.iter().filter(same_shelf).all(|other| start(other.tier) >= start(candidate.tier))
    };
    let tier = best(&fixed(&[PriceOrigin::GeneralList], &|candidate| !is_base(candidate)), asked);
    let mut bases = fixed(&[PriceOrigin::GeneralList], &is_base);
    if !standing.iter().any(|candidate| candidate.origin == PriceOrigin::GeneralList) {
        bases.extend(fixed(&[PriceOrigin::Offer], &|_| true));
    }
    let list = tier
        .and_then(|tier| plain(tier, PriceRule::Tier))
        .or_else(|| best(&bases, asked).and_then(|base| plain(base, PriceRule::List)));
    let discounted = |origins: &[PriceOrigin], rule| {
        let mut choice = fixed(origins, &|_| true);
        for candidate in &standing {
            if let (true, PriceTag::PercentOff(off), Some((.., unit_price, unit))) =
                (origins.contains(&candidate.origin), candidate.tag, list)
                && asked.reaches(candidate.tier)
                && unit_price.less(off).is_some()
            {
                choice.push((*candidate, unit));
            }
        }
        let (candidate, unit) = best(&choice, asked)?;
        let price = match (candidate.tag, list) {
            (PriceTag::Fixed(price, _), _) => price,
            (PriceTag::PercentOff(off), Some((.., price, _))) => price.less(off)?,
            (PriceTag::PercentOff(_), None) => return None,
        };
        Some((candidate.id, rule, price, unit))
    };
    let of = |origin, rule| best(&fixed(&[origin], &|_| true), asked).and_then(|found| plain(found, rule));
    of(PriceOrigin::ContractLine, PriceRule::ContractLine)
        .or_else(|| of(PriceOrigin::CustomerList, PriceRule::Customer))
        .or_else(|| of(PriceOrigin::SegmentList, PriceRule::Segment))
        .or_else(|| discounted(&[PriceOrigin::AgreementList, PriceOrigin::AgreementDiscount], PriceRule::Agreement))
        .or_else(|| discounted(&[PriceOrigin::Promotion], PriceRule::Promotion))
        .or(list)
}
