//! Framework agreements, by the status that the clock and the two sides bring them to.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use tradehall_domain::agreement::{
    Agreement, AgreementContent, AgreementDraft, AgreementEvent, AgreementLine, AgreementLineDraft, AgreementState,
    AgreementStatus, AgreementVersion, CallOffDraft, CallOffLineDraft, Parties, PriceTierDraft, Reason, Termination,
};
use tradehall_domain::catalog::{Product, ProductDetails, ProductDraft};
use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::named::Named;
use tradehall_domain::problem::{Code, Problems};
use tradehall_domain::side::{As, Buyer, Seller, Side};
use tradehall_domain::unit::Unit;

use super::{Machine, now, outcome};

struct Desk {
    agreement: Agreement,
    version: AgreementVersion,
    content: AgreementContent,
    lines: Vec<AgreementLine>,
}

fn later(days: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * days)
}

/// An agreement that the seller wrote and that goes on by itself, in that status at [`now`].
fn desk(status: AgreementStatus) -> Desk {
    let parties = Parties { buyer: Id::new(), seller: Id::new(), venue: Id::new() };
    let product = ProductDraft {
        number: "N".into(),
        name: "Nut".into(),
        description: None,
        gtin: None,
        mpn: None,
        brand: None,
        unit: Unit::parse("C62").unwrap(),
        category: None,
        attributes: Vec::new(),
    };
    let product = ProductDetails::parse(&product).unwrap();
    let (product, _) = Product::open_published(product, parties.seller, now());
    let tier = PriceTierDraft { min_quantity: None, unit_price: 1.into() };
    let line = AgreementLineDraft {
        product: product.id,
        unit: None,
        tiers: vec![tier],
        order_minimum: None,
        order_multiple: None,
        volume: None,
        commitment: None,
        lead_time_days: None,
    };
    let draft = AgreementDraft {
        title: "Nuts".into(),
        buyer_reference: None,
        seller_reference: None,
        currency: Currency::VND,
        valid_from: Some(later(if status == AgreementStatus::Agreed { 1 } else { -1 })),
        valid_until: later(30),
        payment_terms: None,
        incoterm: None,
        incoterm_place: None,
        commitment: None,
        notice_days: 0,
        renewal_months: Some(1),
        lines: vec![line],
    };
    let content = draft.parse(parties.seller, &HashMap::from([(product.id, product)]), &HashMap::new(), now()).unwrap();
    let (mut agreement, version, _) = Agreement::draft(parties, Side::Seller, content.clone(), now()).unwrap();
    agreement.state = match status {
        AgreementStatus::Draft => AgreementState::Draft,
        AgreementStatus::Offered => AgreementState::Offered,
        AgreementStatus::Declined => AgreementState::Declined,
        AgreementStatus::Withdrawn => AgreementState::Withdrawn,
        AgreementStatus::Suspended => AgreementState::Suspended,
        AgreementStatus::Terminated => AgreementState::Terminated,
        _ => AgreementState::Agreed,
    };
    match status {
        AgreementStatus::Expired => agreement.terms.valid_until = now(),
        AgreementStatus::Renewed => {
            agreement.terms.valid_until = now();
            agreement.successor = Some(Id::new());
        }
        AgreementStatus::Terminated => agreement.termination = Some(Termination { by: Side::Buyer, at: now() }),
        _ => {}
    }
    assert_eq!(agreement.status(now()), status);
    let lines = AgreementLine::open_all(&agreement, &content.lines);
    Desk { agreement, version, content, lines }
}

fn reason() -> Reason {
    Reason::parse("Because").unwrap()
}

fn sold(
    desk: &mut Desk,
    verb: impl FnOnce(&mut As<Seller, Agreement>) -> Result<(), Problems>,
) -> Result<(), Problems> {
    let mut own = As::claim(desk.agreement.clone(), Some(desk.agreement.seller)).unwrap();
    let done = verb(&mut own);
    desk.agreement = own.release();
    done
}

fn told<P: Into<Problems>>(done: Result<AgreementEvent, P>) -> Result<(), Problems> {
    done.map(drop).map_err(Into::into)
}

type Verb = fn(&mut Desk) -> Result<(), Problems>;

const VERBS: [(&str, Verb); 17] = [
    ("author: revise", |desk| {
        told(desk.agreement.revise(Side::Seller, &mut desk.version, desk.content.clone(), now()))
    }),
    ("author: offer", |desk| told(desk.agreement.offer(Side::Seller, &mut desk.version, now()))),
    ("author: withdraw", |desk| told(desk.agreement.withdraw(Side::Seller, now()))),
    ("author: accept", |desk| {
        let hash = desk.agreement.hash.clone();
        told(desk.agreement.accept(Side::Seller, &hash, now()))
    }),
    ("other side: offer", |desk| told(desk.agreement.offer(Side::Buyer, &mut desk.version, now()))),
    ("other side: withdraw", |desk| told(desk.agreement.withdraw(Side::Buyer, now()))),
    ("other side: counter", |desk| {
        told(desk.agreement.counter(Side::Buyer, desk.content.clone(), now()).map(|(_, event)| event))
    }),
    ("other side: accept", |desk| {
        let hash = desk.agreement.hash.clone();
        told(desk.agreement.accept(Side::Buyer, &hash, now()))
    }),
    ("other side: decline", |desk| told(desk.agreement.decline(Side::Buyer, reason(), now()))),
    ("buyer: call off", |desk| {
        let own = As::<Buyer, _>::claim(desk.agreement.clone(), Some(desk.agreement.buyer)).unwrap();
        let line = CallOffLineDraft {
            line: desk.lines[0].id,
            quantity: 1.into(),
            unit: None,
            requested_on: None,
            delivery_address: None,
        };
        let draft = CallOffDraft { lines: vec![line], delivery_address: None, remarks: None };
        own.call_off(&mut desk.lines, &draft, &Default::default(), now()).map(drop)
    }),
    ("seller: suspend", |desk| sold(desk, |own| told(own.suspend(reason(), now())))),
    ("seller: resume", |desk| sold(desk, |own| told(own.resume(now())))),
    ("give notice", |desk| told(desk.agreement.give_notice(Side::Buyer, now()))),
    ("renew", |desk| {
        let next = desk.agreement.renew(Side::Buyer, &desk.content, later(60), now());
        next.map(drop)
    }),
    ("terminate at once", |desk| told(desk.agreement.terminate(Side::Buyer, reason(), None, now()))),
    ("terminate later", |desk| told(desk.agreement.terminate(Side::Buyer, reason(), Some(later(1)), now()))),
    ("market: settle", |desk| Ok(desk.agreement.settle(&desk.lines, now()).map(drop)?)),
];

pub(super) fn agreement() -> Machine {
    let statuses = AgreementStatus::ALL;
    let mut machine = Machine::new("Framework agreement, written by the seller", Code::AgreementStatus, statuses);
    for (name, verb) in VERBS {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let mut desk = desk(*status);
                let done = verb(&mut desk);
                assert!(desk.lines.iter().all(AgreementLine::is_conserved));
                outcome(done, desk.agreement.status(now()))
            }),
        );
    }
    machine
}
