use super::books::{Packing, candidate, quantity, unit};
use crate::currency::Currency;
use crate::money::UnitPrice;
use crate::pricing::{Candidate, OrderTerms, PriceOrigin, PriceTag, PriceVerdict, Question, Resolution, resolve};
use crate::problem::Code;

/// A price of the general list for one `code`.
fn price_for(code: &str, n: u128, amount: i64) -> Candidate {
    let mut one = candidate(PriceOrigin::GeneralList, n, amount);
    one.source = uuid::Uuid::from_u128(1);
    one.tag = PriceTag::Fixed(UnitPrice::from_units(amount * 10_000, Currency::USD).unwrap(), unit(code));
    one
}

/// What so much costs of what comes twelve to a box and ten boxes to a pallet.
fn ask(books: &[Candidate], count: &str, code: &str) -> Resolution {
    let question = Question::new(quantity(count), unit(code), None, None, super::books::at(10));
    resolve(books, &Packing::boxes("12", "10").measures(), &question)
}

/// The quantity, unit and price that were taken.
fn told(resolution: &Resolution) -> Option<String> {
    resolution.taken.map(|taken| format!("{} {} at {}", taken.quantity, taken.unit.code(), taken.price))
}

#[test]
fn a_price_per_piece_answers_for_boxes_and_the_reverse() {
    let piece = [price_for("C62", 1, 2)];
    assert_eq!(told(&ask(&piece, "2", "XBX")).as_deref(), Some("24 C62 at 2.00 USD"));
    assert_eq!(told(&ask(&piece, "1", "XPX")).as_deref(), Some("120 C62 at 2.00 USD"));
    let boxed = [price_for("XBX", 1, 20)];
    assert_eq!(told(&ask(&boxed, "36", "C62")).as_deref(), Some("3 XBX at 20.00 USD"));
    assert_eq!(told(&ask(&boxed, "3", "DZN")).as_deref(), Some("3 XBX at 20.00 USD"));
    let inexact = ask(&boxed, "13", "C62");
    assert_eq!((told(&inexact), inexact.steps[6].tried[0].1), (None, PriceVerdict::QuantityInexact));
    let foreign = ask(&boxed, "1", "KGM");
    assert_eq!((told(&foreign), foreign.steps[6].tried[0].1), (None, PriceVerdict::UnitDiffers));
}

#[test]
fn a_tier_in_boxes_is_reached_by_pieces() {
    let mut tier = price_for("XBX", 2, 18);
    tier.tier = Some((quantity("10"), unit("XBX")));
    let books = [price_for("XBX", 1, 20), tier];
    assert_eq!(told(&ask(&books, "108", "C62")).as_deref(), Some("9 XBX at 20.00 USD"));
    assert_eq!(told(&ask(&books, "120", "C62")).as_deref(), Some("10 XBX at 18.00 USD"));
    assert_eq!(told(&ask(&books, "1", "XPX")).as_deref(), Some("10 XBX at 18.00 USD"));
    let mut discount = candidate(PriceOrigin::Promotion, 3, 0);
    discount.tag = PriceTag::PercentOff(crate::money::Percent::new(50.into()).unwrap());
    discount.tier = Some((quantity("2"), unit("XBX")));
    let books = [price_for("C62", 1, 2), discount];
    let price = |count: &str| ask(&books, count, "C62").taken.unwrap().price.to_string();
    assert_eq!((price("23").as_str(), price("25").as_str()), ("2.00 USD", "1.00 USD"));
}

#[test]
fn limits_in_boxes_hold_for_pieces_that_fill_none() {
    let mut offer = price_for("XBX", 2, 30);
    (offer.origin, offer.source) = (PriceOrigin::Offer, uuid::Uuid::from_u128(9));
    offer.order = OrderTerms::of(unit("XBX"), Some(quantity("1")), Some(quantity("1")), Some(quantity("2")));
    let books = [price_for("C62", 1, 2), offer];
    for (count, code) in [
        ("12", None),
        ("24", None),
        ("11", Some(Code::BelowOrderMinimum)),
        ("13", Some(Code::OffOrderMultiple)),
        ("25", Some(Code::AboveOrderMaximum)),
    ] {
        let resolution = ask(&books, count, "C62");
        assert_eq!(resolution.refusal(), code, "{count}");
        assert_eq!(resolution.taken.unwrap().unit, unit("C62"), "the list names the product");
    }
    assert_eq!(ask(&books, "1", "XPX").refusal(), Some(Code::AboveOrderMaximum));
    // What is exact goes first: who also sells single pieces does not have to sell boxes.
    let mut single = price_for("C62", 3, 3);
    (single.origin, single.source) = (PriceOrigin::Offer, uuid::Uuid::from_u128(8));
    single.order = OrderTerms::of(unit("C62"), Some(quantity("1")), Some(quantity("1")), None);
    let [list, offer] = books;
    assert_eq!(ask(&[list.clone(), offer.clone(), single.clone()], "11", "C62").refusal(), None);
    assert_eq!(ask(&[offer, single], "13", "C62").refusal(), None);
}

#[test]
fn what_no_number_can_hold_is_refused_and_not_guessed() {
    let packed = |code, count, of| crate::catalog::Packed { unit: unit(code), quantity: quantity(count), of: unit(of) };
    let huge = "1000000000";
    let codes = ["XBX", "XPX", "XBG", "XCT", "XPK", "XSA"];
    let mut chain = vec![packed("XBX", huge, "C62")];
    chain.extend(codes.windows(2).map(|pair| packed(pair[1], huge, pair[0])));
    let measures = crate::catalog::Measures::new(unit("C62"), chain);
    let question = |code| Question::new(quantity(huge), unit(code), None, None, super::books::at(10));
    for code in codes {
        let resolution = resolve(&[price_for("C62", 1, 2)], &measures, &question(code));
        assert_eq!(
            (told(&resolution), resolution.steps[6].tried[0].1),
            (None, PriceVerdict::QuantityInexact),
            "{code}"
        );
    }
    let circle = crate::catalog::Measures::new(unit("C62"), vec![packed("XBX", "2", "XCT"), packed("XCT", "2", "XBX")]);
    let resolution = resolve(&[price_for("C62", 1, 2)], &circle, &question("XBX"));
    assert_eq!(resolution.steps[6].tried[0].1, PriceVerdict::UnitDiffers);
}
