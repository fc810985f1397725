//! Books full of prices, as they may come.

use jiff::Timestamp;
use proptest::option::of;
use proptest::prelude::*;
use uuid::Uuid;

use crate::catalog::{Measures, Packaging, PackagingDraft, Packagings, Packed};
use crate::currency::Currency;
use crate::money::{Percent, UnitPrice};
use crate::named::Named as _;
use crate::pricing::{Candidate, OrderTerms, Period, PriceOrigin, PriceTag, Question};
use crate::quantity::Quantity;
use crate::unit::Unit;

/// The second `n` of the test's little world.
pub(super) fn at(n: i64) -> Timestamp {
    Timestamp::from_second(1_000_000 + n).unwrap()
}

pub(super) fn unit(code: &str) -> Unit {
    Unit::parse(code).unwrap()
}

pub(super) fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

/// A price of `amount` USD for a piece that always held.
pub(super) fn candidate(origin: PriceOrigin, n: u128, amount: i64) -> Candidate {
    Candidate {
        id: Uuid::from_u128(n),
        origin,
        source: Uuid::from_u128(n),
        priority: 0,
        name: None,
        tag: PriceTag::Fixed(UnitPrice::from_units(amount * 10_000, Currency::USD).unwrap(), unit("C62")),
        tier: None,
        order: OrderTerms::default(),
        active: true,
        valid: Period::ALWAYS,
        recorded: Period::ALWAYS,
    }
}

/// Ten pieces at the second 10, asked at the second 10.
pub(super) fn question(text: &str) -> Question {
    Question::new(quantity(text), unit("C62"), None, None, at(10))
}

/// How a product is measured, in the words of its owner.
#[derive(Debug, Clone)]
pub(super) struct Packing {
    pub(super) base: Unit,
    pub(super) packed: Vec<Packed>,
}

impl Packing {
    /// Nothing but pieces.
    pub(super) fn none() -> Self {
        Self { base: unit("C62"), packed: Vec::new() }
    }

    /// So many pieces to a box and boxes to a pallet.
    pub(super) fn boxes(pieces: &str, boxes: &str) -> Self {
        let packed = |code, count, of| Packed { unit: unit(code), quantity: quantity(count), of: unit(of) };
        Self { base: unit("C62"), packed: vec![packed("XBX", pieces, "C62"), packed("XPX", boxes, "XBX")] }
    }

    pub(super) fn measures(&self) -> Measures {
        Measures::new(self.base, self.packed.clone())
    }
}

prop_compose! {
    /// Boxes of pieces, of dozens or of a part of a kilogram; pallets of boxes; so many pieces to a kilogram, which makes grams thirds of
    /// a piece; bags by weight. What would be refused is left out.
    pub(super) fn packings()(
        base in prop::sample::select(vec!["C62", "C62", "KGM"]),
        boxed in of((prop::sample::select(vec![1_i64, 2, 5, 12, 24]), prop::sample::select(vec!["C62", "DZN", "KGM"]))),
        pallet in of(1..60_i64),
        weight in of(prop::sample::select(vec![3_i64, 7, 500])),
        bag in of(prop::sample::select(vec![4_000_i64, 10_000, 25_000, 3_333])),
    ) -> Packing {
        let mut drafts = Vec::new();
        let mut pack = |code, units: i64, of| {
            let quantity = rust_decimal::Decimal::new(units, 4);
            drafts.push(PackagingDraft { unit: unit(code), quantity, of: Some(unit(of)), gtin: None, weight_kg: None, size_mm: None });
        };
        let weight = weight.filter(|_| base == "C62");
        if let Some(pieces) = weight {
            pack("KGM", pieces * 10_000, "C62");
        }
        // Boxes of what the product has nothing to do with are refused.
        let boxed = boxed.filter(|(_, of)| (*of == "KGM") == (base == "KGM") || *of == "KGM" && weight.is_some());
        if let Some((count, of)) = boxed {
            pack("XBX", if of == "KGM" { count * 1_250 } else { count * 10_000 }, of);
            pallet.into_iter().for_each(|count| pack("XPX", count * 10_000, "XBX"));
        }
        if base == "KGM" || weight.is_some() {
            bag.into_iter().for_each(|units| pack("XBG", units, "KGM"));
        }
        let base = unit(base);
        let packagings = Packagings::parse(base, &drafts).expect("these lead down to the unit");
        Packing { base, packed: packagings.iter().map(|packaging: &Packaging| Packed::from(packaging)).collect() }
    }
}

fn units() -> impl Strategy<Value = Unit> {
    prop::sample::select(vec!["C62", "C62", "C62", "DZN", "KGM", "GRM", "XBX", "XBX", "XPX", "XBG"]).prop_map(unit)
}

fn currencies() -> impl Strategy<Value = Currency> {
    prop::sample::select(vec![Currency::USD, Currency::USD, Currency::parse("VND").unwrap()])
}

fn quantities() -> impl Strategy<Value = Quantity> {
    prop_oneof![4 => 1..40_i64, 1 => Just(144_i64), 1 => (1..40_i64).prop_map(|n| n * 12)]
        .prop_map(|n| Quantity::from_units(n * 10_000).unwrap())
}

fn periods() -> impl Strategy<Value = Period> {
    (of(0..20_i64), of(0..20_i64)).prop_map(|(from, until)| Period { from: from.map(at), until: until.map(at) })
}

prop_compose! {
    fn candidates()(
        origin in prop::sample::select(PriceOrigin::ALL.to_vec()),
        // Few sources, so that lists have several rows.
        source in 0..3_u128,
        priority in 0..2_i64,
        fixed in (1..200_i64, currencies()),
        unit in units(),
        percent in of(1..1_000_000_i64),
        tier in of(quantities()),
        minimum in of(quantities()),
        active in prop::bool::weighted(0.9),
        valid in prop_oneof![2 => Just(Period::ALWAYS), 1 => periods()],
        recorded in prop_oneof![2 => Just(Period::ALWAYS), 1 => periods()],
    ) -> Candidate {
        let discounts = matches!(origin, PriceOrigin::AgreementDiscount | PriceOrigin::Promotion);
        let tag = match percent.filter(|_| discounts) {
            Some(percent) => PriceTag::PercentOff(Percent::from_units(percent).unwrap()),
            None => PriceTag::Fixed(UnitPrice::from_units(fixed.0, fixed.1).unwrap(), unit),
        };
        Candidate {
            id: Uuid::nil(),
            origin,
            source: Uuid::from_u128(source),
            priority,
            name: None,
            tag,
            tier: if origin == PriceOrigin::Offer { None } else { tier.map(|tier| (tier, unit)) },
            order: OrderTerms::of(unit, minimum, None, None),
            active,
            valid,
            recorded,
        }
    }
}

/// Up to a dozen candidates, each a row of its own.
pub(super) fn books() -> impl Strategy<Value = Vec<Candidate>> {
    prop::collection::vec(candidates(), 0..12).prop_map(|mut books| {
        for (n, candidate) in books.iter_mut().enumerate() {
            candidate.id = Uuid::from_u128(n as u128 + 1);
        }
        books
    })
}

prop_compose! {
    pub(super) fn questions()(
        quantity in quantities(),
        unit in units(),
        currency in of(currencies()),
        as_of in of(0..20_i64),
    ) -> Question {
        Question::new(quantity, unit, currency, as_of.map(at), at(10))
    }
}
