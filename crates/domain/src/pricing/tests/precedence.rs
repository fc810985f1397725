use proptest::prelude::*;

use super::books::{Packing, at, books, candidate, packings, quantity, question, questions, unit};
use super::reference;
use crate::currency::Currency;
use crate::money::{Percent, UnitPrice};
use crate::named::Named as _;
use crate::pricing::{
    Candidate, OrderTerms, Period, PriceOrigin, PriceRule, PriceTag, PriceVerdict, Question, Resolution, resolve,
};
use crate::problem::Code;

fn taken(books: &[Candidate], packing: &Packing, question: &Question) -> Option<reference::Answer> {
    resolve(books, &packing.measures(), question)
        .taken
        .map(|taken| (taken.candidate, taken.rule, taken.price, taken.unit))
}

/// What pieces cost that are not packed.
fn plain(books: &[Candidate], question: &Question) -> Resolution {
    resolve(books, &Packing::none().measures(), question)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_price_is_what_the_reference_says(books in books(), packing in packings(), question in questions()) {
        prop_assert_eq!(taken(&books, &packing, &question), reference::price(&books, &packing, &question));
    }

    #[test]
    fn the_order_of_the_books_does_not_matter(books in books(), packing in packings(), question in questions()) {
        let mut turned = books.clone();
        turned.reverse();
        let (one, other) = (resolve(&books, &packing.measures(), &question), resolve(&turned, &packing.measures(), &question));
        prop_assert_eq!(one.taken, other.taken);
        prop_assert_eq!(one.order, other.order);
    }

    #[test]
    fn every_candidate_on_the_books_is_explained_once(books in books(), packing in packings(), question in questions()) {
        let resolution = resolve(&books, &packing.measures(), &question);
        let mut told: Vec<_> = resolution.steps.iter().flat_map(|step| step.tried.iter().map(|(one, _)| one.id)).collect();
        told.sort_unstable();
        let known = books.iter().filter(|one| one.recorded.holds(question.known_at)).map(|one| one.id);
        prop_assert_eq!(told, known.collect::<Vec<_>>());
        let taken: Vec<_> = resolution.steps.iter()
            .flat_map(|step| step.tried.iter().filter(|(_, verdict)| *verdict == PriceVerdict::Taken).map(|(one, _)| (one.id, step.rule)))
            .collect();
        prop_assert_eq!(taken, resolution.taken.iter().map(|taken| (taken.candidate, taken.rule)).collect::<Vec<_>>());
        prop_assert_eq!(resolution.steps.iter().map(|step| step.rule).collect::<Vec<_>>(), PriceRule::ALL);
    }

    #[test]
    fn changing_a_rule_changes_only_what_it_should(books in books(), packing in packings(), question in questions(), which in any::<prop::sample::Index>(), price in 200..400_i64) {
        // Told to be right instead of being assumed away: a run of many cases gives up after so many assumptions.
        if books.is_empty() {
            return Ok(());
        }
        let before = resolve(&books, &packing.measures(), &question);
        let mut changed = books.clone();
        let n = which.index(changed.len());
        let one = &mut changed[n];
        let PriceTag::Fixed(old, unit) = one.tag else { return Ok(()) };
        one.tag = PriceTag::Fixed(UnitPrice::from_units(price, old.currency()).unwrap(), unit);
        let after = resolve(&changed, &packing.measures(), &question);
        prop_assert_eq!(taken(&changed, &packing, &question), reference::price(&changed, &packing, &question));
        let (Some(was), Some(is)) = (before.taken, after.taken) else {
            // Another amount neither makes a price applicable nor stops it.
            prop_assert!(before.taken == after.taken);
            return Ok(());
        };
        let discounts = |taken: crate::pricing::Taken| {
            books.iter().any(|one| one.id == taken.candidate && matches!(one.tag, PriceTag::PercentOff(_)))
        };
        // A discount follows the price that it is taken off, and steps in front of it as soon as something remains of it.
        if discounts(was) || discounts(is) {
            return Ok(());
        }
        if was.candidate == books[n].id {
            prop_assert_eq!((is.candidate, is.rule), (was.candidate, was.rule));
            prop_assert_eq!(is.price.units(), price);
        } else {
            prop_assert_eq!(was, is);
        }
    }
}

#[test]
fn the_first_rule_decides_and_not_the_lowest_price() {
    let origins = [
        PriceOrigin::ContractLine,
        PriceOrigin::CustomerList,
        PriceOrigin::SegmentList,
        PriceOrigin::AgreementList,
        PriceOrigin::Promotion,
        PriceOrigin::GeneralList,
    ];
    let mut books: Vec<_> =
        origins.iter().zip(1..).map(|(origin, n)| candidate(*origin, n, 100 - i64::try_from(n).unwrap())).collect();
    let mut tier = candidate(PriceOrigin::GeneralList, 7, 1);
    tier.source = books[5].source;
    tier.tier = Some((quantity("10"), unit("C62")));
    books.push(tier);
    let mut rules = Vec::new();
    while let Some(taken) = plain(&books, &question("10")).taken {
        rules.push(taken.rule);
        books.retain(|one| one.id != taken.candidate);
        // Without its base row the tier is the least of its list and so the base itself.
    }
    assert_eq!(&rules[..5], &PriceRule::ALL[..5]);
    assert_eq!(rules[5], PriceRule::Tier);
    assert_eq!(rules[6], PriceRule::List);
}

#[test]
fn a_discount_is_taken_off_the_tier_that_is_reached() {
    let base = candidate(PriceOrigin::GeneralList, 1, 100);
    let mut tier = candidate(PriceOrigin::GeneralList, 2, 80);
    tier.source = base.source;
    tier.tier = Some((quantity("10"), unit("C62")));
    let mut promotion = candidate(PriceOrigin::Promotion, 3, 0);
    promotion.tag = PriceTag::PercentOff(Percent::new(25.into()).unwrap());
    let books = [base, tier, promotion.clone()];
    let price = |quantity: &str| plain(&books, &question(quantity)).taken.unwrap().price.to_string();
    assert_eq!((price("9").as_str(), price("10").as_str()), ("75.00 USD", "60.00 USD"));
    assert_eq!(plain(&[promotion], &question("1")).taken, None, "there is no list price");
}

#[test]
fn a_price_for_a_dozen_answers_for_two_dozen_pieces_and_stays_one_for_a_dozen() {
    let mut dozen = candidate(PriceOrigin::GeneralList, 1, 11);
    dozen.tag = PriceTag::Fixed(UnitPrice::from_units(110_000, Currency::USD).unwrap(), unit("DZN"));
    let taken = plain(std::slice::from_ref(&dozen), &question("24")).taken.unwrap();
    assert_eq!((taken.quantity, taken.unit), (quantity("2"), unit("DZN")));
    assert_eq!(taken.amount().unwrap().to_string(), "22.00 USD");
    let inexact = plain(std::slice::from_ref(&dozen), &question("25"));
    assert_eq!(inexact.steps[6].tried[0].1, PriceVerdict::QuantityInexact);
}

#[test]
fn order_terms_are_found_field_by_field_down_to_the_offer() {
    let mut customer = candidate(PriceOrigin::CustomerList, 3, 5);
    customer.order = OrderTerms::of(unit("C62"), None, Some(quantity("5")), None);
    let mut list = candidate(PriceOrigin::GeneralList, 2, 7);
    list.order = OrderTerms::of(unit("C62"), Some(quantity("20")), Some(quantity("1")), None);
    let mut offer = candidate(PriceOrigin::Offer, 1, 9);
    offer.order = OrderTerms::of(unit("C62"), Some(quantity("1")), Some(quantity("1")), Some(quantity("100")));
    let books = [offer, list, customer];
    let resolution = plain(&books, &question("20"));
    assert_eq!(resolution.taken.unwrap().rule, PriceRule::Customer);
    let piece = |text: &str| Some((quantity(text), unit("C62")));
    assert_eq!(resolution.order, OrderTerms { minimum: piece("20"), multiple: piece("5"), maximum: piece("100") });
    for (asked, code) in [
        ("20", None),
        ("15", Some(Code::BelowOrderMinimum)),
        ("22", Some(Code::OffOrderMultiple)),
        ("105", Some(Code::AboveOrderMaximum)),
    ] {
        let resolution = plain(&books, &question(asked));
        assert_eq!(resolution.refusal(), code, "{asked}");
        assert!(resolution.taken.is_some(), "the price answers nevertheless");
    }
}

#[test]
fn borders_of_time_and_quantity() {
    let mut one = candidate(PriceOrigin::GeneralList, 1, 1);
    one.valid = Period { from: Some(at(10)), until: Some(at(20)) };
    let verdict = |time: i64| {
        let question = Question::new(quantity("1"), unit("C62"), None, Some(at(time)), at(0));
        plain(std::slice::from_ref(&one), &question).steps[6].tried[0].1
    };
    assert_eq!(verdict(9), PriceVerdict::NotYetValid);
    assert_eq!(verdict(10), PriceVerdict::Taken);
    assert_eq!(verdict(19), PriceVerdict::Taken);
    assert_eq!(verdict(20), PriceVerdict::NoLongerValid);
    one.valid = Period::ALWAYS;
    one.tier = Some((quantity("10"), unit("C62")));
    let verdict = |asked: &str| plain(std::slice::from_ref(&one), &question(asked)).steps[6].tried[0].1;
    assert_eq!((verdict("9"), verdict("10")), (PriceVerdict::BelowTier, PriceVerdict::Taken));
}
