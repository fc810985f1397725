//! Every verb in every status, and what must hold whatever happens to an order.

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;

use super::{
    Cancellation, CancellationStatus, NewOrder, NewOrderLine, ORDER_LINES_MAX, Order, OrderEvent, OrderLine,
    OrderOrigin, OrderStatus, Origin, Promise,
};
use crate::currency::Currency;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::money::{Money, UnitPrice};
use crate::organization::OrganizationId;
use crate::problem::{Code, Problems};
use crate::quantity::Quantity;
use crate::side::{As, Buyer, Seller, Side, TwoSided};
use crate::text::Prose;
use crate::unit::Unit;

fn now() -> Timestamp {
    "2026-03-02T08:00:00Z".parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn prose<const MAX: usize>(text: &str) -> Prose<MAX> {
    Prose::parse(text).unwrap()
}

fn new_line(quantity: &str, unit: &str, price_units: i64, currency: Currency) -> NewOrderLine {
    NewOrderLine {
        product: None,
        part_number: None,
        description: prose("Hex nut M8"),
        unit: Unit::parse(unit).unwrap(),
        quantity: Quantity::parse(quantity).unwrap(),
        unit_price: UnitPrice::from_units(price_units, currency).unwrap(),
        delivery: None,
        delivery_address: None,
        requested_on: Some(day("2026-04-01")),
        lead_time_days: Some(14),
        origin_line: None,
    }
}

fn new_order(currency: Currency, lines: Vec<NewOrderLine>) -> NewOrder {
    NewOrder {
        buyer: Id::new(),
        seller: Id::new(),
        venue: Id::new(),
        origin: Origin { kind: OrderOrigin::Award, id: uuid::Uuid::now_v7() },
        currency,
        delivery: None,
        delivery_address: None,
        payment_terms: Some(prose("Net 30")),
        remarks: None,
        lines,
    }
}

fn placed() -> (Order, Vec<OrderLine>) {
    let lines = vec![new_line("10", "C62", 12_500, Currency::USD), new_line("2.5", "KGM", 33_333, Currency::USD)];
    let (order, lines, _) = Order::place(new_order(Currency::USD, lines), now()).unwrap();
    (order, lines)
}

fn held<S: crate::side::SideType>(order: &Order) -> As<S, Order> {
    As::claim(order.clone(), order.party(S::SIDE)).unwrap()
}

#[test]
fn each_line_is_rounded_and_the_total_is_their_sum() {
    let (order, lines) = placed();
    let totals: Vec<_> = lines.iter().map(|line| line.total.to_string()).collect();
    // 10 × 1.25; 2.5 × 3.3333 = 8.33325.
    assert_eq!(totals, ["12.50 USD", "8.33 USD"]);
    assert_eq!(order.total.to_string(), "20.83 USD");
    assert_eq!(lines.iter().map(|line| line.position).collect::<Vec<_>>(), [1, 2]);
    assert!(lines.iter().all(|line| line.order == order.id && line.is_conserved()));
    assert!(order.number.as_str().starts_with("PO-2026-"));
}

#[test]
fn what_cannot_be_ordered_is_named_with_its_place() {
    let problems = |new: NewOrder| -> Vec<(String, Code)> {
        let problems: Problems = Order::place(new, now()).unwrap_err();
        problems.iter().map(|problem| (problem.path.join("."), problem.code)).collect()
    };
    let usd = Currency::USD;
    let wrong = vec![
        new_line("1", "C62", 10_000, usd),
        new_line("0.5", "C62", 10_000, usd),
        new_line("1", "C62", 10_000, Currency::VND),
        new_line("1000000000", "C62", i64::MAX, usd),
    ];
    assert_eq!(
        problems(new_order(usd, wrong)),
        [
            ("lines.1.quantity".to_owned(), Code::WholeNumberNeeded),
            ("lines.2.unitPrice".to_owned(), Code::CurrencyMismatch),
            ("lines.3.unitPrice".to_owned(), Code::AmountTooLarge),
        ]
    );
    assert_eq!(problems(new_order(usd, vec![])), [("lines".to_owned(), Code::TooFew)]);
    let many = vec![new_line("1", "C62", 1, usd); ORDER_LINES_MAX + 1];
    assert_eq!(problems(new_order(usd, many)), [("lines".to_owned(), Code::TooMany)]);
    // Each line fits, their sum does not.
    let huge = vec![new_line("1000000000", "C62", 9_000_000_000, usd); 2];
    assert_eq!(problems(new_order(usd, huge)), [(String::new(), Code::AmountTooLarge)]);
    let own = new_order(usd, vec![new_line("1", "C62", 1, usd)]);
    let own = NewOrder { seller: own.buyer, ..own };
    assert_eq!(problems(own), [("seller".to_owned(), Code::SameParty)]);
}

/// A verb in the hands of the side that owns it.
type Verb = fn(&mut Order, &mut [OrderLine]) -> Result<OrderEvent, Problems>;

fn hold<S, P>(
    order: &mut Order,
    verb: impl FnOnce(&mut As<S, Order>) -> Result<OrderEvent, P>,
) -> Result<OrderEvent, Problems>
where
    S: crate::side::SideType,
    P: Into<Problems>,
{
    let mut own = held::<S>(order);
    let done = verb(&mut own).map_err(Into::into);
    *order = own.release();
    done
}

const VERBS: [(&str, Verb); 6] = [
    ("acknowledge", |order, lines| hold::<Seller, _>(order, |own| own.acknowledge(lines, &[], None, now()))),
    ("reject", |order, lines| hold::<Seller, _>(order, |own| own.reject(lines, prose("No stock"), now()))),
    ("cancel", |order, lines| hold::<Buyer, _>(order, |own| own.cancel(lines, prose("Not needed"), now()))),
    ("request", |order, _| hold::<Buyer, _>(order, |own| own.request_cancellation(prose("Too late"), now()))),
    ("agree", |order, lines| hold::<Seller, _>(order, |own| own.agree_cancellation(lines, None, now()))),
    ("decline", |order, _| hold::<Seller, _>(order, |own| own.decline_cancellation(prose("In the oven"), now()))),
];

/// An order in that status, and with that wish to cancel.
fn state(status: OrderStatus, wish: Option<CancellationStatus>) -> (Order, Vec<OrderLine>) {
    let (mut order, lines) = placed();
    order.status = status;
    order.cancellation = wish.map(|status| Cancellation { status, ..Cancellation::request(prose("Too late"), now()) });
    (order, lines)
}

#[test]
fn every_verb_in_every_status() {
    use CancellationStatus::{Agreed, Declined, Requested};
    use OrderStatus::{Acknowledged, Cancelled, Placed, Rejected};

    const STATUS: &str = "! ORDER_STATUS";
    const PENDING: &str = "! CANCELLATION_PENDING";
    const NONE: &str = "! CANCELLATION_NOT_REQUESTED";
    let table = [
        //                                   acknowledge       reject        cancel        request                   agree                  decline
        (Placed, None, ["ACKNOWLEDGED", "REJECTED", "CANCELLED", STATUS, STATUS, STATUS]),
        (Acknowledged, None, [STATUS, STATUS, STATUS, "ACKNOWLEDGED REQUESTED", NONE, NONE]),
        (Acknowledged, Some(Requested), [STATUS, STATUS, STATUS, PENDING, "CANCELLED AGREED", "ACKNOWLEDGED DECLINED"]),
        (Acknowledged, Some(Declined), [STATUS, STATUS, STATUS, "ACKNOWLEDGED REQUESTED", NONE, NONE]),
        (Rejected, None, [STATUS, STATUS, STATUS, STATUS, STATUS, STATUS]),
        (Cancelled, None, [STATUS, STATUS, STATUS, STATUS, STATUS, STATUS]),
        (Cancelled, Some(Agreed), [STATUS, STATUS, STATUS, STATUS, STATUS, STATUS]),
        (Cancelled, Some(Declined), [STATUS, STATUS, STATUS, STATUS, STATUS, STATUS]),
    ];
    for (status, wish, expected) in table {
        for ((name, verb), expected) in VERBS.into_iter().zip(expected) {
            let (mut order, mut lines) = state(status, wish);
            let before = (order.clone(), lines.clone());
            let outcome = match verb(&mut order, &mut lines) {
                Ok(_) => {
                    let wish = order.cancellation.as_ref().map(|wish| format!(" {}", wish.status));
                    format!("{}{}", order.status, wish.unwrap_or_default())
                }
                Err(problems) => {
                    assert_eq!(
                        (&order, &lines),
                        (&before.0, &before.1),
                        "{name} was refused and yet changed something"
                    );
                    format!("! {}", crate::named::Named::name(problems.iter().next().unwrap().code))
                }
            };
            assert_eq!(outcome, expected, "{name} when {status} {wish:?}");
            assert!(lines.iter().all(OrderLine::is_conserved));
        }
    }
}

#[test]
fn nobody_holds_the_side_of_another() {
    let (order, _) = placed();
    let stranger = OrganizationId::new();
    for other in [Some(order.seller), Some(stranger), None] {
        assert_eq!(As::<Buyer, _>::claim(order.clone(), other).unwrap_err(), Code::WrongSide);
    }
    for other in [Some(order.buyer), Some(stranger), None] {
        assert_eq!(As::<Seller, _>::claim(order.clone(), other).unwrap_err(), Code::WrongSide);
    }
    assert_eq!(order.party(Side::Buyer), Some(order.buyer));
}

#[test]
fn an_acknowledgement_promises_days_for_lines_of_the_order() {
    let (order, mut lines) = placed();
    let (one, two) = (lines[0].id, lines[1].id);
    let mut own = held::<Seller>(&order);
    // A day ends twelve hours after it ended in UTC, where the date changes last.
    let wrong = [
        Promise { line: one, on: day("2026-03-01") },
        Promise { line: Id::new(), on: day("2026-04-01") },
        Promise { line: two, on: day("2036-02-29") },
        Promise { line: two, on: day("2026-04-02") },
    ];
    let problems = own.acknowledge(&mut lines, &wrong, None, "2026-03-02T12:00:00Z".parse().unwrap()).unwrap_err();
    let found: Vec<_> = problems.iter().map(|problem| (problem.path.join("."), problem.code)).collect();
    assert_eq!(
        found,
        [
            ("promises.0.date".to_owned(), Code::InPast),
            ("promises.1.orderLineId".to_owned(), Code::NotFound),
            ("promises.2.date".to_owned(), Code::TooFar),
            ("promises.3.orderLineId".to_owned(), Code::Duplicate),
        ]
    );
    assert!(lines.iter().all(|line| line.promised_on.is_none()));

    let right = [Promise { line: two, on: day("2026-03-01") }];
    let event = own.acknowledge(&mut lines, &right, Some(prose("Gladly")), "2026-03-02T11:59:59Z".parse().unwrap());
    assert_eq!(event.unwrap().kind(), "ORDER_ACKNOWLEDGED");
    assert_eq!(lines.iter().map(|line| line.promised_on).collect::<Vec<_>>(), [None, Some(day("2026-03-01"))]);
    assert_eq!(own.seller_remark.as_ref().map(Prose::as_str), Some("Gladly"));
}

fn any_line() -> impl Strategy<Value = NewOrderLine> {
    (1_i64..=1_000_000_000, 0_i64..=100_000_000, any::<bool>()).prop_map(|(quantity, price, whole)| {
        let (unit, quantity) = if whole { ("C62", quantity * 10_000) } else { ("KGM", quantity) };
        let quantity = Quantity::from_units(quantity.min(10_i64.pow(13))).unwrap();
        NewOrderLine { quantity, ..new_line("1", unit, price, Currency::VND) }
    })
}

proptest! {
    #[test]
    fn nothing_ordered_is_lost_and_no_term_moves(
        lines in prop::collection::vec(any_line(), 1..20),
        steps in prop::collection::vec(0..VERBS.len(), 0..12),
    ) {
        let (mut order, mut lines, _) = Order::place(new_order(Currency::VND, lines), now()).unwrap();
        let terms = |order: &Order, lines: &[OrderLine]| {
            let lines: Vec<_> = lines.iter().map(|line| (line.id, line.quantity, line.unit_price, line.total)).collect();
            (order.number.clone(), order.total, order.payment_terms.clone(), lines)
        };
        let frozen = terms(&order, &lines);
        prop_assert_eq!(Money::sum(Currency::VND, lines.iter().map(|line| line.total)), Ok(order.total));
        for step in steps {
            let (_, verb) = VERBS[step];
            let _ = verb(&mut order, &mut lines);
            prop_assert!(lines.iter().all(OrderLine::is_conserved));
            let over = matches!(order.status, OrderStatus::Rejected | OrderStatus::Cancelled);
            prop_assert!(lines.iter().all(|line| line.open.is_none() == over), "only an order that ended has nothing open");
            prop_assert_eq!(order.end_reason.is_some(), over);
            prop_assert_eq!(&terms(&order, &lines), &frozen);
        }
    }
}
