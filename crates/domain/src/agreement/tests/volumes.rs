//! What was called off and what remains are the volume together, whatever is called off and given back.

use std::collections::HashMap;

use proptest::prelude::*;

use super::{agreed, code, now};
use crate::agreement::{AgreementLine, AgreementStatus, CallOffDraft, CallOffLineDraft, Reason};
use crate::catalog::{Measures, Packed};
use crate::money::Money;
use crate::problem::{Code, Problems};
use crate::quantity::Quantity;
use crate::side::{As, Buyer, Side};
use crate::unit::Unit;

fn called(lines: &[AgreementLine], quantities: &[i64]) -> CallOffDraft {
    let line = |quantity: &i64| CallOffLineDraft {
        line: lines[0].id,
        quantity: (*quantity).into(),
        unit: None,
        requested_on: None,
        delivery_address: None,
    };
    CallOffDraft { lines: quantities.iter().map(line).collect(), delivery_address: None, remarks: None }
}

fn places(problems: &Problems) -> Vec<(String, Code)> {
    problems.iter().map(|problem| (problem.path.join("."), problem.code)).collect()
}

#[test]
fn boxes_are_called_off_of_a_line_of_pieces() {
    let (agreement, mut lines) = agreed(Some(150));
    let own = As::<Buyer, _>::claim(agreement.clone(), Some(agreement.buyer)).unwrap();
    let unit = |code: &str| Unit::parse(code).unwrap();
    let dozen = Packed { unit: unit("XBX"), quantity: Quantity::parse("12").unwrap(), of: unit("C62") };
    let measures = HashMap::from([(lines[0].terms.product, Measures::new(unit("C62"), vec![dozen]))]);
    let of = |quantity: i64, code: &str| {
        let mut draft = called(&lines, &[quantity]);
        draft.lines[0].unit = Some(unit(code));
        draft
    };
    let (ten, thirteen, kilogram) = (of(10, "XBX"), of(13, "XBX"), of(1, "KGM"));
    let order = own.call_off(&mut lines, &ten, &measures, now()).unwrap();
    assert_eq!((order.lines[0].quantity.to_string().as_str(), order.lines[0].unit), ("120", unit("C62")));
    assert_eq!(order.lines[0].unit_price.amount().to_string(), "70000", "the tier that 120 pieces reach");
    assert_eq!(lines[0].remaining.unwrap().to_string(), "30");
    assert!(lines[0].is_conserved());
    let refused = own.call_off(&mut lines, &thirteen, &measures, now()).unwrap_err();
    assert_eq!(places(&refused), [("lines.0.quantity".to_owned(), Code::MoreThanRemains)]);
    let refused = own.call_off(&mut lines, &kilogram, &measures, now()).unwrap_err();
    assert_eq!(places(&refused), [("lines.0.unit".to_owned(), Code::PackagingUnknown)]);
}

#[test]
fn a_call_off_is_counted_whole_or_not_at_all() {
    let (agreement, mut lines) = agreed(Some(150));
    let own = As::<Buyer, _>::claim(agreement.clone(), Some(agreement.buyer)).unwrap();
    let before = lines.clone();
    let refused = own.call_off(&mut lines, &called(&before, &[100, 50, 1]), &HashMap::new(), now()).unwrap_err();
    assert_eq!(places(&refused), [("lines.2.quantity".to_owned(), Code::MoreThanRemains)]);
    assert_eq!(lines, before);
    let order = own.call_off(&mut lines, &called(&before, &[100, 50]), &HashMap::new(), now()).unwrap();
    let prices: Vec<_> = order.lines.iter().map(|line| line.unit_price.amount().to_string()).collect();
    assert_eq!(prices, ["70000", "80000"], "each at the price of its own quantity");
    assert!(!lines[0].is_callable());
    assert_eq!(lines[0].called_off_amount.amount().to_string(), "11000000");
}

#[test]
fn nothing_is_called_off_under_what_does_not_hold() {
    let (mut agreement, mut lines) = agreed(None);
    let draft = called(&lines, &[1]);
    agreement.terminate(Side::Seller, Reason::parse("Breach").unwrap(), None, now()).unwrap();
    assert_eq!(agreement.status(now()), AgreementStatus::Terminated);
    let own = As::<Buyer, _>::claim(agreement.clone(), Some(agreement.buyer)).unwrap();
    let refused = own.call_off(&mut lines, &draft, &HashMap::new(), now()).unwrap_err();
    assert_eq!(places(&refused), [(String::new(), Code::AgreementStatus)]);
}

#[test]
fn more_than_was_called_off_does_not_come_back() {
    let (agreement, mut lines) = agreed(Some(150));
    let line = &mut lines[0];
    let amount = line.call_off(Quantity::parse("10").unwrap()).unwrap();
    assert_eq!(code(line.give_back(Quantity::parse("11").unwrap(), amount)), Code::Invalid);
    line.give_back(Quantity::parse("10").unwrap(), amount).unwrap();
    assert_eq!(line.called_off_amount, Money::zero(agreement.terms.currency));
    assert_eq!((line.called_off, line.remaining), (None, line.terms.volume));
}

proptest! {
    #[test]
    fn called_off_and_remaining_are_the_volume(
        volume in prop::option::of(1_i64..500),
        steps in prop::collection::vec((any::<bool>(), 1_i64..200), 0..60),
    ) {
        let (agreement, mut lines) = agreed(volume);
        let line = &mut lines[0];
        let mut out: Vec<(Quantity, Money)> = Vec::new();
        for (forward, size) in steps {
            if forward {
                let quantity = Quantity::new(size.into()).unwrap();
                if let Ok(amount) = line.call_off(quantity) {
                    out.push((quantity, amount));
                }
            } else if !out.is_empty() {
                let (quantity, amount) = out.swap_remove(usize::try_from(size).unwrap() % out.len());
                line.give_back(quantity, amount).unwrap();
            }
            prop_assert!(line.is_conserved(), "{:?}", line);
            let counted: i64 = out.iter().map(|(quantity, _)| quantity.units()).sum();
            prop_assert_eq!(line.called_off.map_or(0, Quantity::units), counted);
            let amounts = Money::sum(agreement.terms.currency, out.iter().map(|(_, amount)| *amount));
            prop_assert_eq!(Ok(line.called_off_amount), amounts);
            let room = volume.is_none_or(|volume| counted < volume * 10_000);
            prop_assert_eq!(line.is_callable(), room);
        }
    }
}
