use jiff::Timestamp;

use super::books::at;
use crate::catalog::ProductId;
use crate::currency::Currency;
use crate::id::Id;
use crate::pricing::{PRICES_PER_PRODUCT_MAX, Period, Placed, PriceDraft, PriceSheet, PriceTerms};
use crate::problem::Code;
use crate::unit::Unit;

fn terms(price: i64, tier: Option<i64>, from: Option<i64>, until: Option<i64>) -> PriceTerms {
    let draft = PriceDraft {
        product: Id::new(),
        unit: Unit::parse("C62").unwrap(),
        price: price.into(),
        min_quantity: tier.map(Into::into),
        order_minimum: None,
        order_multiple: None,
        valid_from: from.map(at),
        valid_until: until.map(at),
    };
    PriceTerms::parse(&draft, Currency::USD, Timestamp::MIN).unwrap()
}

fn sheet(standing: Vec<crate::pricing::Price>, now: i64) -> PriceSheet {
    let seller = Id::new();
    PriceSheet::new(uuid::Uuid::nil(), seller, seller.group(), standing, at(now))
}

#[test]
fn what_is_set_again_takes_the_place_of_what_stood_there() {
    let product = ProductId::new();
    let Ok(Placed::Added(first)) = sheet(Vec::new(), 0).enter(product, terms(5, None, None, None)) else {
        panic!("the first price stands")
    };
    let mut later = sheet(vec![first.clone()], 1);
    assert_eq!(later.enter(product, terms(5, None, None, None)), Ok(Placed::Unchanged(first.clone())));
    let Ok(Placed::Replaced { before, now }) = later.enter(product, terms(6, None, None, None)) else {
        panic!("another price takes its place")
    };
    assert_eq!((before.id, before.ended_at), (first.id, Some(at(1))));
    assert_eq!((now.terms.price.amount().to_string().as_str(), now.recorded_at), ("6.00", at(1)));
    assert_eq!(later.enter(product, terms(7, None, None, None)).unwrap_err().code, Code::Duplicate);
}

#[test]
fn no_two_of_a_kind_hold_at_once() {
    let product = ProductId::new();
    let mut sheet = sheet(Vec::new(), 0);
    sheet.enter(product, terms(5, None, Some(10), Some(20))).unwrap();
    for (from, until) in [(None, None), (None, Some(11)), (Some(19), None), (Some(12), Some(13)), (Some(10), None)] {
        let refused = sheet.enter(product, terms(6, None, from, until)).unwrap_err();
        assert_eq!(refused.code, Code::PriceOverlaps, "{from:?} {until:?}");
    }
    for (tier, from, until) in [(None, None, Some(10)), (None, Some(20), None), (Some(10), None, None)] {
        assert!(matches!(sheet.enter(product, terms(6, tier, from, until)), Ok(Placed::Added(_))));
    }
    assert!(matches!(sheet.enter(ProductId::new(), terms(6, None, None, None)), Ok(Placed::Added(_))));
}

#[test]
fn a_product_has_so_many_prices_in_a_list() {
    let product = ProductId::new();
    let mut sheet = sheet(Vec::new(), 0);
    for tier in 1..=i64::try_from(PRICES_PER_PRODUCT_MAX).unwrap() {
        sheet.enter(product, terms(5, Some(tier), None, None)).unwrap();
    }
    assert_eq!(sheet.enter(product, terms(5, None, None, None)).unwrap_err().code, Code::TooMany);
}

#[test]
fn periods_overlap_where_they_share_a_moment() {
    let times = [None, Some(1), Some(2), Some(3), Some(4)];
    let all: Vec<Period> = times
        .iter()
        .flat_map(|from| times.map(|until| Period { from: from.map(at), until: until.map(at) }))
        .filter(|period| period.until.is_none_or(|until| period.from.is_none_or(|from| from < until)))
        .collect();
    for one in &all {
        for other in &all {
            let shares = (0..=5).any(|n| one.holds(at(n)) && other.holds(at(n)));
            assert_eq!(one.overlaps(other), shares, "{one:?} {other:?}");
            assert_eq!((0..=5).any(|n| one.within(other).holds(at(n))), shares);
        }
    }
}
