use rust_decimal::Decimal;

use super::books::at;
use crate::currency::Currency;
use crate::id::Id;
use crate::number::parse_decimal;
use crate::pricing::{
    PriceDraft, PriceListDraft, PriceRank, PriceTerms, Promotion, PromotionChange, PromotionDraft, TargetDraft,
};
use crate::problem::Problems;
use crate::unit::Unit;

fn told(problems: &Problems) -> Vec<String> {
    problems.iter().map(|problem| format!("{} {:?}", problem.path.join("."), problem.code)).collect()
}

fn number(text: &str) -> Decimal {
    parse_decimal(text).unwrap()
}

#[test]
fn everything_wrong_with_a_price_is_told_at_once() {
    let right = PriceDraft {
        product: Id::new(),
        unit: Unit::parse("C62").unwrap(),
        price: number("1.25"),
        min_quantity: Some(number("10")),
        order_minimum: Some(number("10")),
        order_multiple: Some(number("5")),
        valid_from: Some(at(1)),
        valid_until: Some(at(20)),
    };
    let parse = |draft: &PriceDraft| PriceTerms::parse(draft, Currency::USD, at(10));
    assert!(parse(&right).is_ok());
    let wrong = PriceDraft {
        price: number("-1"),
        min_quantity: Some(number("0")),
        order_minimum: Some(number("2.5")),
        order_multiple: Some(number("-5")),
        valid_until: Some(at(1)),
        ..right.clone()
    };
    assert_eq!(
        told(&parse(&wrong).unwrap_err()),
        [
            "unitPrice NotPositive",
            "orderMultiple NotPositive",
            "minQuantity NotPositive",
            "orderMinimum WholeNumberNeeded",
            "validUntil EndsBeforeStart"
        ]
    );
    let off = PriceDraft {
        price: Decimal::ZERO,
        min_quantity: Some(number("12")),
        order_minimum: Some(number("3")),
        valid_until: Some(at(10)),
        ..right
    };
    assert_eq!(
        told(&parse(&off).unwrap_err()),
        ["unitPrice NotPositive", "minQuantity OffMultiple", "orderMinimum OffMultiple", "validUntil InPast"]
    );
}

#[test]
fn lists_and_promotions_are_checked_whole() {
    let seller = Id::new();
    let list = PriceListDraft {
        code: String::new(),
        name: "x".repeat(201),
        currency: Currency::USD,
        rank: PriceRank::General,
        group: seller.group(),
        priority: -1,
        valid_from: Some(at(20)),
        valid_until: Some(at(20)),
    };
    let problems = crate::pricing::PriceList::open(&list, seller, at(10)).unwrap_err();
    assert_eq!(told(&problems), ["code TooShort", "name TooLong", "priority Negative", "validUntil EndsBeforeStart"]);
    let promotion = PromotionDraft {
        name: String::new(),
        rank: PriceRank::General,
        group: seller.group(),
        target: TargetDraft { categories: vec![Id::new()], brands: vec!["Bosch".to_owned()], products: Vec::new() },
        percent_off: Some(number("100")),
        price: None,
        unit: None,
        min_quantity: Some(number("5")),
        priority: 1_001,
        valid_from: None,
        valid_until: None,
    };
    let problems = Promotion::open(&promotion, seller, at(10)).unwrap_err();
    assert_eq!(
        told(&problems),
        ["name TooShort", "brands Invalid", "percentOff TooLarge", "unit Required", "priority TooLarge"]
    );
    let right = PromotionDraft {
        name: "Tết".to_owned(),
        target: TargetDraft { brands: vec!["Bosch".to_owned()], ..TargetDraft::default() },
        percent_off: Some(number("7.5")),
        min_quantity: None,
        priority: 0,
        ..promotion
    };
    let (mut made, _) = Promotion::open(&right, seller, at(10)).unwrap();
    let twice = PromotionDraft {
        target: TargetDraft { brands: vec!["A".into(), "A".into()], ..TargetDraft::default() },
        ..right
    };
    assert_eq!(told(&Promotion::open(&twice, seller, at(10)).unwrap_err()), ["brands.1 Duplicate"]);
    assert!(made.revise(&PromotionChange::default(), at(11)).unwrap().is_none());
    let more = PromotionChange { percent_off: Some(number("8")), ..PromotionChange::default() };
    assert!(made.revise(&more, at(11)).unwrap().is_some());
}
