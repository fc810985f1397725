//! Orders, and the wish to cancel one that binds both sides.

use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::money::UnitPrice;
use tradehall_domain::named::Named;
use tradehall_domain::order::{
    Cancellation, CancellationStatus, NewOrder, NewOrderLine, Order, OrderEvent, OrderLine, OrderOrigin, OrderStatus,
    Origin,
};
use tradehall_domain::problem::{Code, Problems};
use tradehall_domain::quantity::Quantity;
use tradehall_domain::side::{As, Buyer, Seller, SideType, TwoSided};
use tradehall_domain::text::Prose;
use tradehall_domain::unit::Unit;

use super::{Machine, now, outcome};

fn words<const MAX: usize>(text: &str) -> Prose<MAX> {
    Prose::parse(text).unwrap()
}

fn state(status: OrderStatus, wish: Option<CancellationStatus>) -> (Order, Vec<OrderLine>) {
    let line = NewOrderLine {
        product: None,
        part_number: None,
        description: words("Hex nut M8"),
        unit: Unit::parse("C62").unwrap(),
        quantity: Quantity::parse("10").unwrap(),
        unit_price: UnitPrice::from_units(12_500, Currency::USD).unwrap(),
        delivery: None,
        delivery_address: None,
        requested_on: None,
        lead_time_days: None,
        origin_line: None,
    };
    let order = NewOrder {
        buyer: Id::new(),
        seller: Id::new(),
        venue: Id::new(),
        origin: Origin { kind: OrderOrigin::Award, id: uuid::Uuid::now_v7() },
        currency: Currency::USD,
        delivery: None,
        delivery_address: None,
        payment_terms: None,
        remarks: None,
        lines: vec![line],
    };
    let (mut order, lines, _) = Order::place(order, now()).unwrap();
    order.status = status;
    order.cancellation = wish.map(|status| Cancellation {
        status,
        reason: words("Too late"),
        requested_at: now(),
        answer: None,
        answered_at: None,
    });
    (order, lines)
}

fn on<S: SideType, P: Into<Problems>>(
    order: &mut Order,
    verb: impl FnOnce(&mut As<S, Order>) -> Result<OrderEvent, P>,
) -> Result<(), Problems> {
    let mut own = As::<S, _>::claim(order.clone(), order.party(S::SIDE)).unwrap();
    let done = verb(&mut own).map(drop).map_err(Into::into);
    *order = own.release();
    done
}

type Verb = fn(&mut Order, &mut [OrderLine]) -> Result<(), Problems>;

const VERBS: [(&str, Verb); 6] = [
    ("seller: acknowledge", |order, lines| on::<Seller, _>(order, |own| own.acknowledge(lines, &[], None, now()))),
    ("seller: reject", |order, lines| on::<Seller, _>(order, |own| own.reject(lines, words("No stock"), now()))),
    ("buyer: cancel", |order, lines| on::<Buyer, _>(order, |own| own.cancel(lines, words("Not needed"), now()))),
    ("buyer: request cancellation", |order, _| {
        on::<Buyer, _>(order, |own| own.request_cancellation(words("Too late"), now()))
    }),
    ("seller: agree", |order, lines| on::<Seller, _>(order, |own| own.agree_cancellation(lines, None, now()))),
    ("seller: decline", |order, _| on::<Seller, _>(order, |own| own.decline_cancellation(words("Made"), now()))),
];

fn name(order: &Order) -> String {
    let wish = order.cancellation.as_ref();
    wish.map_or_else(|| order.status.to_string(), |wish| format!("{}/{}", order.status, wish.status))
}

pub(super) fn order() -> Machine {
    let plain = OrderStatus::ALL.iter().map(|status| (*status, None));
    let wished = CancellationStatus::ALL.iter().map(|wish| {
        let agreed = *wish == CancellationStatus::Agreed;
        (if agreed { OrderStatus::Cancelled } else { OrderStatus::Acknowledged }, Some(*wish))
    });
    let states: Vec<_> = plain.chain(wished).collect();
    let titles = states.iter().map(|(status, wish)| name(&state(*status, *wish).0));
    let mut machine = Machine::new("Order, and the buyer's wish to cancel it", Code::OrderStatus, titles);
    for (verb_name, verb) in VERBS {
        machine.verb(
            verb_name,
            states.iter().map(|(status, wish)| {
                let (mut order, mut lines) = state(*status, *wish);
                let done = verb(&mut order, &mut lines);
                assert!(lines.iter().all(OrderLine::is_conserved));
                outcome(done, name(&order))
            }),
        );
    }
    machine
}
