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

#[test]
fn nothing_is_recorded_before_what_it_takes_the_place_of_ends() {
    let product = ProductId::new();
    let Ok(Placed::Added(first)) = sheet(Vec::new(), 5).enter(product, terms(5, None, None, None)) else {
        panic!("the first price stands")
    };
    // Who began at 3 waited for whoever began at 5.
    let mut late = sheet(vec![first.clone()], 3);
    let Ok(Placed::Replaced { before, now }) = late.enter(product, terms(6, None, None, None)) else {
        panic!("another price takes its place")
    };
    assert_eq!((before.ended_at, now.recorded_at), (Some(at(5)), at(5)));
    // What was ended at 7 stands no more, and held until then.
    let mut late = sheet(vec![first.clone().end(at(7))], 3);
    let Ok(Placed::Added(next)) = late.enter(product, terms(6, None, None, Some(20))) else {
        panic!("the place is free")
    };
    assert_eq!(next.recorded_at, at(7));
    assert_eq!(first.end(at(1)).ended_at, Some(at(5)), "what ends at once never held");
}

#[test]
fn what_ends_makes_room() {
    let product = ProductId::new();
    let mut sheet = sheet(Vec::new(), 0);
    for tier in 1..=PRICES_PER_PRODUCT_MAX as i64 {
        sheet.enter(product, terms(5, Some(tier), None, None)).unwrap();
    }
    let ended = sheet.end_unless(|price| price.terms.min_quantity.is_some_and(|tier| tier.units() > 10_000));
    assert_eq!(ended.iter().map(|price| (price.product, price.ended_at)).collect::<Vec<_>>(), [(product, Some(at(0)))]);
    sheet.reserve(product, 1);
    let refused = sheet.enter(product, terms(5, Some(1), None, Some(9))).unwrap_err();
    assert_eq!(refused.code, Code::TooMany, "the room is for somebody else");
}
