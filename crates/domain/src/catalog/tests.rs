use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use super::*;
use crate::currency::Currency;
use crate::id::Id;
use crate::problem::{Code, Problem, Problems};
use crate::unit::Unit;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn later(days: i64) -> Timestamp {
    NOW + SignedDuration::from_hours(24 * days)
}

fn unit(code: &str) -> Unit {
    Unit::parse(code).unwrap()
}

fn draft() -> ProductDraft {
    ProductDraft {
        number: " BA-8327 ".to_owned(),
        name: "Đai ốc thép".to_owned(),
        description: None,
        gtin: Some("4006381333931".to_owned()),
        mpn: Some("M8/40".to_owned()),
        brand: None,
        unit: unit("C62"),
        category: None,
        attributes: vec![AttributeDraft { name: "Ren".to_owned(), value: "M8".to_owned(), ..Default::default() }],
    }
}

fn terms() -> OfferDraft {
    OfferDraft {
        price: Decimal::new(9900, 4),
        currency: Currency::USD,
        unit: unit("C62"),
        min_quantity: Some(Decimal::from(10)),
        max_quantity: Some(Decimal::from(100)),
        multiple: Some(Decimal::from(5)),
        lead_time_days: 17,
        valid_from: None,
        valid_until: None,
        access: OfferAccess::Private,
    }
}

fn codes(problems: &Problems) -> Vec<(String, Code)> {
    problems.iter().map(|problem| (problem.path.join("."), problem.code)).collect()
}

fn product() -> Product {
    Product::open_published(ProductDetails::parse(&draft()).unwrap(), Id::new(), NOW).0
}

#[test]
fn everything_wrong_with_a_product_is_told_at_once() {
    let attribute = |name: &str, value: &str| AttributeDraft {
        name: name.to_owned(),
        value: value.to_owned(),
        ..Default::default()
    };
    let wrong = ProductDraft {
        number: String::new(),
        name: "a\0b".to_owned(),
        description: Some("x".repeat(4001)),
        gtin: Some("4006381333932".to_owned()),
        attributes: vec![attribute("Màu", "đỏ"), attribute("mau", ""), attribute(" ", "x")],
        ..draft()
    };
    assert_eq!(
        codes(&ProductDetails::parse(&wrong).unwrap_err()),
        [
            ("number", Code::TooShort),
            ("name", Code::ControlCharacter),
            ("description", Code::TooLong),
            ("gtin", Code::GtinCheckDigit),
            ("attributes.1.value", Code::TooShort),
            ("attributes.1.name", Code::Duplicate),
            ("attributes.2.name", Code::TooShort),
        ]
        .map(|(path, code)| (path.to_owned(), code))
    );
    let many = ProductDraft { attributes: vec![attribute("a", "b"); 101], ..draft() };
    assert_eq!(codes(&ProductDetails::parse(&many).unwrap_err()), [("attributes".to_owned(), Code::TooMany)]);
}

#[test]
fn a_change_touches_only_what_it_names() {
    let mut product = product();
    let before = product.clone();
    assert_eq!(product.revise(before.details.changed(ProductChange::default()).unwrap()), None);
    assert_eq!(product, before);

    let change =
        ProductChange { mpn: Some(None), brand: Some(Some("Thép Việt".to_owned())), ..ProductChange::default() };
    let details = product.details.changed(change).unwrap();
    let event = product.revise(details).unwrap();
    assert_eq!(serde_json::to_string(&event).unwrap(), r#"{"parts":["mpn","brand"]}"#);
    assert_eq!((product.details.mpn.is_none(), product.details.gtin.is_some()), (true, true));
}

#[test]
fn every_verb_of_a_product_in_every_status() {
    use ProductStatus::{Draft, Published, Withdrawn};
    type Verb = fn(&mut Product, Timestamp) -> Result<ProductEvent, Problem>;
    type Steps = [(ProductStatus, Option<ProductStatus>); 3];
    let table: [(Verb, Steps); 2] = [
        (Product::publish, [(Draft, Some(Published)), (Published, None), (Withdrawn, Some(Published))]),
        (Product::withdraw, [(Draft, None), (Published, Some(Withdrawn)), (Withdrawn, None)]),
    ];
    for (verb, steps) in table {
        for (from, to) in steps {
            let mut product = Product { status: from, ..product() };
            match (verb(&mut product, later(1)), to) {
                (Ok(_), Some(to)) => assert_eq!((product.status, product.since), (to, later(1))),
                (Err(problem), None) => {
                    assert_eq!((problem.code, product.status), (Code::ProductStatus, from));
                }
                (outcome, _) => panic!("{from}: {outcome:?}"),
            }
        }
    }
}

#[test]
fn every_verb_of_an_offer_in_every_status() {
    use OfferStatus::{Active, Ended, Paused};
    type Verb = fn(&mut Offer, Timestamp) -> Result<OfferEvent, Problem>;
    let made = Offer::open(&product(), Id::new(), OfferTerms::parse(&terms(), NOW).unwrap(), NOW).unwrap().0;
    type Steps = [(OfferStatus, Option<OfferStatus>); 3];
    let table: [(Verb, Steps); 3] = [
        (Offer::pause, [(Active, Some(Paused)), (Paused, None), (Ended, None)]),
        (Offer::resume, [(Active, None), (Paused, Some(Active)), (Ended, None)]),
        (Offer::end, [(Active, Some(Ended)), (Paused, Some(Ended)), (Ended, None)]),
    ];
    for (verb, steps) in table {
        for (from, to) in steps {
            let mut offer = Offer { status: from, ..made.clone() };
            match (verb(&mut offer, later(1)), to) {
                (Ok(_), Some(to)) => assert_eq!((offer.status, offer.since), (to, later(1))),
                (Err(problem), None) => assert_eq!((problem.code, offer.status), (Code::OfferStatus, from)),
                (outcome, _) => panic!("{from}: {outcome:?}"),
            }
        }
    }
    let mut ended = Offer { status: Ended, ..made.clone() };
    assert_eq!(ended.revise(made.terms.clone()).unwrap_err().code, Code::OfferStatus);
    let mut active = made.clone();
    assert_eq!(active.revise(made.terms.clone()), Ok(None));
}

#[test]
fn only_what_is_shown_can_be_offered_by_others() {
    let draft = Product { status: ProductStatus::Draft, ..product() };
    let terms = OfferTerms::parse(&terms(), NOW).unwrap();
    let refused = Offer::open(&draft, Id::new(), terms.clone(), NOW).unwrap_err();
    assert_eq!(refused.code, Code::ProductNotPublished);
    assert!(Offer::open(&draft, draft.owner, terms, NOW).is_ok());
}

#[test]
fn terms_that_nobody_could_order_under_are_refused() {
    let whole = |n: i64| Some(Decimal::from(n));
    for (draft, path, code) in [
        (OfferDraft { price: Decimal::ZERO, ..terms() }, "unitPrice", Code::NotPositive),
        (OfferDraft { price: Decimal::new(-1, 0), ..terms() }, "unitPrice", Code::Negative),
        (OfferDraft { price: Decimal::new(1, 5), ..terms() }, "unitPrice", Code::TooManyDecimals),
        (OfferDraft { min_quantity: whole(0), ..terms() }, "minQuantity", Code::NotPositive),
        (OfferDraft { min_quantity: Some(Decimal::new(5, 1)), ..terms() }, "minQuantity", Code::WholeNumberNeeded),
        (OfferDraft { max_quantity: whole(9), ..terms() }, "maxQuantity", Code::MaxBelowMin),
        (OfferDraft { max_quantity: whole(2_000_000_000), ..terms() }, "maxQuantity", Code::TooLarge),
        (
            OfferDraft { max_quantity: whole(11), multiple: whole(6), ..terms() },
            "maxQuantity",
            Code::QuantityUnreachable,
        ),
        (OfferDraft { lead_time_days: -1, ..terms() }, "leadTimeDays", Code::Negative),
        (OfferDraft { lead_time_days: 3_651, ..terms() }, "leadTimeDays", Code::TooLarge),
        (OfferDraft { valid_until: Some(NOW), ..terms() }, "validUntil", Code::EndsBeforeStart),
        (
            OfferDraft { valid_from: Some(later(-9)), valid_until: Some(later(-1)), ..terms() },
            "validUntil",
            Code::InPast,
        ),
    ] {
        assert_eq!(codes(&OfferTerms::parse(&draft, NOW).unwrap_err()), [(path.to_owned(), code)], "{draft:?}");
    }
    let open = OfferDraft { min_quantity: None, max_quantity: None, multiple: None, ..terms() };
    let open = OfferTerms::parse(&open, NOW).unwrap();
    assert_eq!((open.min_quantity.to_string(), open.max_quantity), ("1".to_owned(), None));
    assert_eq!(open.changed(&OfferChange::default(), later(3)), Ok(open.clone()), "the begin stays as it was");
}

#[test]
fn an_offer_is_current_within_its_validity() {
    let draft = OfferDraft { valid_from: Some(later(1)), valid_until: Some(later(2)), ..terms() };
    let offer = Offer::open(&product(), Id::new(), OfferTerms::parse(&draft, NOW).unwrap(), NOW).unwrap().0;
    let moment = SignedDuration::from_micros(1);
    for (now, current) in [(later(1) - moment, false), (later(1), true), (later(2) - moment, true), (later(2), false)] {
        assert_eq!(offer.is_current(now), current, "{now}");
    }
}

#[test]
fn a_tree_has_no_cycle_and_an_end() {
    let named = CategoryDraft { code: "C".to_owned(), name: "Bearings".to_owned() };
    let owner = Id::new();
    let deep = |levels: usize| Place { above: (0..levels).map(|_| Id::new()).collect() };
    assert!(Category::open(&named, owner, &deep(CATEGORY_DEPTH_MAX - 1), NOW).is_ok());
    let refused = Category::open(&named, owner, &deep(CATEGORY_DEPTH_MAX), NOW).unwrap_err();
    assert_eq!(codes(&refused), [("parentId".to_owned(), Code::CategoryTooDeep)]);

    let (mut category, _) = Category::open(&named, owner, &Place::default(), NOW).unwrap();
    let to = |place: Place| CategoryChange { place: Some(place), ..CategoryChange::default() };
    let below_itself = Place { above: vec![Id::new(), category.id] };
    assert_eq!(
        codes(&category.revise(&to(below_itself), 2).unwrap_err()),
        [("parentId".to_owned(), Code::CategoryCycle)]
    );
    assert_eq!(
        codes(&category.revise(&to(deep(18)), 3).unwrap_err()),
        [("parentId".to_owned(), Code::CategoryTooDeep)]
    );
    assert_eq!(category.revise(&to(deep(18)), 2), Ok(Some(CategoryEvent::Revised)));
    let renamed = CategoryChange { name: Some("Bearings".to_owned()), ..CategoryChange::default() };
    assert_eq!(category.revise(&renamed, 2), Ok(None));
}
