//! What holds whatever happens to an agreement.

mod dates;
mod volumes;

use std::collections::HashMap;

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::{
    Agreement, AgreementContent, AgreementDraft, AgreementEvent, AgreementLine, AgreementLineDraft, AgreementState,
    AgreementStatus, AgreementVersion, ContentHash, Parties, PriceTierDraft, ROUNDS_MAX,
};
use crate::catalog::{Product, ProductDetails, ProductDraft, ProductId};
use crate::currency::Currency;
use crate::id::Id;
use crate::problem::{Code, Problem};
use crate::side::{As, Seller, Side};
use crate::text::Prose;
use crate::unit::Unit;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-03-02T08:00:00Z")
}

fn parties() -> Parties {
    Parties { buyer: Id::new(), seller: Id::new(), venue: Id::new() }
}

/// A published product of `parties`' seller.
fn product(parties: Parties) -> Product {
    let draft = ProductDraft {
        number: "BL-8".into(),
        name: "Bolt".into(),
        description: None,
        gtin: None,
        mpn: None,
        brand: None,
        unit: Unit::parse("C62").unwrap(),
        category: None,
        attributes: Vec::new(),
    };
    let details = ProductDetails::parse(&draft).unwrap();
    Product::open_published(details, parties.seller, now()).0
}

fn line(product: ProductId, volume: Option<i64>) -> AgreementLineDraft {
    let tier = |least: Option<i64>, price: i64| PriceTierDraft {
        min_quantity: least.map(Decimal::from),
        unit_price: Decimal::from(price),
    };
    AgreementLineDraft {
        product,
        unit: None,
        tiers: vec![tier(None, 80_000), tier(Some(100), 70_000)],
        order_minimum: None,
        order_multiple: None,
        volume: volume.map(Decimal::from),
        commitment: None,
        lead_time_days: Some(7),
    }
}

fn draft(lines: Vec<AgreementLineDraft>, until: &str) -> AgreementDraft {
    AgreementDraft {
        title: "Bolts".into(),
        buyer_reference: None,
        seller_reference: None,
        currency: Currency::VND,
        valid_from: None,
        valid_until: at(until),
        payment_terms: None,
        incoterm: None,
        incoterm_place: None,
        commitment: None,
        notice_days: 0,
        renewal_months: None,
        lines,
    }
}

fn content(parties: Parties, volume: Option<i64>) -> AgreementContent {
    let product = product(parties);
    let draft = draft(vec![line(product.id, volume)], "2027-03-02T08:00:00Z");
    draft.parse(parties.seller, &HashMap::from([(product.id, product)]), &HashMap::new(), now()).unwrap()
}

/// Offered by the seller.
fn offered(content: AgreementContent, parties: Parties) -> (Agreement, AgreementVersion) {
    let (mut agreement, mut version, _) = Agreement::draft(parties, Side::Seller, content, now()).unwrap();
    agreement.offer(Side::Seller, &mut version, now()).unwrap();
    (agreement, version)
}

/// Agreed, with its lines.
fn agreed(volume: Option<i64>) -> (Agreement, Vec<AgreementLine>) {
    let parties = parties();
    let (mut agreement, version) = offered(content(parties, volume), parties);
    agreement.accept(Side::Buyer, &version.hash, now()).unwrap();
    let lines = AgreementLine::open_all(&agreement, &version.content.lines);
    (agreement, lines)
}

fn code<T>(outcome: Result<T, Problem>) -> Code {
    outcome.err().expect("refused").code
}

#[test]
fn an_offer_is_its_authors_to_take_back_and_the_others_to_answer() {
    let parties = parties();
    let (mut agreement, first) = offered(content(parties, None), parties);
    assert_eq!(code(agreement.accept(Side::Seller, &first.hash, now())), Code::WrongSide);
    assert_eq!(code(agreement.withdraw(Side::Buyer, now())), Code::WrongSide);
    let (second, event) = agreement.counter(Side::Buyer, content(parties, Some(5)), now()).unwrap();
    assert_eq!(event, AgreementEvent::Countered { by: Side::Buyer, number: 2 });
    assert_eq!(code(agreement.accept(Side::Seller, &first.hash, now())), Code::Stale);
    assert_ne!(first.hash, second.hash);
    agreement.accept(Side::Seller, &second.hash, now()).unwrap();
    assert_eq!(agreement.status(now()), AgreementStatus::Active);
    let again = ContentHash::of(agreement.id, 2, &second.content).unwrap();
    assert_eq!(again, second.hash, "the same content is the same hash");
    assert_ne!(ContentHash::of(agreement.id, 3, &second.content).unwrap(), again);
}

#[test]
fn a_negotiation_ends_after_so_many_rounds() {
    let parties = parties();
    let (mut agreement, _) = offered(content(parties, None), parties);
    for round in 2..=ROUNDS_MAX {
        let by = if round % 2 == 0 { Side::Buyer } else { Side::Seller };
        agreement.counter(by, content(parties, None), now()).unwrap();
    }
    // The last round was the buyer's, so the seller is next and finds no room.
    assert_eq!(code(agreement.counter(Side::Seller, content(parties, None), now()).map(drop)), Code::TooMany);
}

#[test]
fn the_clock_decides_what_is_shown() {
    let (mut agreement, lines) = agreed(None);
    let end = agreement.terms.valid_until;
    assert_eq!(agreement.status(at("2026-03-02T07:59:59Z")), AgreementStatus::Agreed);
    assert_eq!(agreement.status(at("2027-03-02T07:59:59Z")), AgreementStatus::Active);
    assert_eq!(agreement.status(end), AgreementStatus::Expired);
    assert_eq!(code(agreement.settle(&lines, now())), Code::DeadlineAhead);
    let mut held = As::<Seller, _>::claim(agreement.clone(), Some(agreement.seller)).unwrap();
    held.suspend(Prose::parse("No payment").unwrap(), now()).unwrap();
    assert_eq!(held.status(now()), AgreementStatus::Suspended);
    assert_eq!(held.status(end), AgreementStatus::Expired, "its time goes on");
    assert_eq!(agreement.settle(&lines, end).unwrap(), [AgreementEvent::Expired]);
    assert_eq!((agreement.due(), agreement.state), (None, AgreementState::Agreed));
    assert_eq!(code(agreement.settle(&lines, end)), Code::AgreementStatus);
}
