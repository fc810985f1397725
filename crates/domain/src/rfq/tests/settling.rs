//! What an award gives never exceeds what is needed, and what it settles follows from what is given: any award against fractions.

use std::collections::HashMap;

use proptest::prelude::*;
use proptest::sample::Index;
use rust_decimal::{Decimal, RoundingStrategy};
use uuid::Uuid;

use super::market::{Market, Offering, faults, now};
use super::ratio::{Ratio, unit_of};
use crate::currency::Currency;
use crate::id::Id;
use crate::money::Money;
use crate::order::{NewOrder, NewOrderLine, Order, OrderOrigin, Origin};
use crate::problem::Code;
use crate::quantity::Quantity;
use crate::quote::{QuoteId, QuoteLine, QuoteStatus};
use crate::rfq::{Award, RfqStatus};
use crate::unit::Unit;

/// What one seller does with one line.
#[derive(Debug, Clone)]
struct Bid {
    /// Which of the units that convert.
    unit: Index,
    /// How many quarters of the need, rounded down to what can be written down.
    quarters: i128,
    /// And how many steps beside that.
    beside: i64,
    price: i64,
    /// How many thirds of it the buyer picks.
    thirds: i64,
}

prop_compose! {
    fn any_bid()(
        unit in any::<Index>(),
        quarters in prop::sample::select(vec![1_i128, 2, 2, 4, 4]),
        beside in -1_i64..=2,
        price in 1_i64..100_000,
        thirds in prop::sample::select(vec![0_i64, 1, 3, 3, 3]),
    ) -> Bid {
        Bid { unit, quarters, beside, price, thirds }
    }
}

/// One thing that is asked for: which family of units, which of them, how much, and what each seller bids.
type Asked = (Index, Index, i64, Vec<Option<Bid>>);

const SELLERS: usize = 4;

fn any_line() -> impl Strategy<Value = Asked> {
    let bids = prop::collection::vec(prop::option::weighted(0.8, any_bid()), SELLERS);
    (any::<Index>(), any::<Index>(), 1_i64..2_000_000, bids)
}

/// The smallest quantity that can exist, in 1/10 000.
fn step(unit: Unit) -> i64 {
    match unit.code() {
        "C62" => 10_000,
        "DZN" => 2_500,
        "GRO" => 625,
        _ => 1,
    }
}

fn amount(quantity: Quantity, unit: Unit) -> Ratio {
    Ratio::of(quantity.value()).times(Ratio::size(unit))
}

/// What was given of one line, in fractions.
#[derive(Clone, Copy)]
struct Given {
    need: Ratio,
    sum: Ratio,
    coarsest: Ratio,
}

impl Given {
    fn with(self, quantity: Quantity, unit: Unit) -> Self {
        let coarsest = self.coarsest.max(Ratio::new(1, 10_000).times(Ratio::size(unit)));
        Self { sum: self.sum.plus(amount(quantity, unit)), coarsest, ..self }
    }

    fn is_the_same(self, off: Ratio) -> bool {
        off < self.coarsest && off <= self.need.times(Ratio::new(1, 10_000))
    }

    fn is_too_much(self) -> bool {
        self.sum > self.need && !self.is_the_same(self.sum.minus(self.need))
    }

    fn is_all(self) -> bool {
        self.sum >= self.need || self.is_the_same(self.need.minus(self.sum))
    }
}

/// The orders that `awards` make, placed: what each costs.
fn order_totals(awards: &[Award], quoted: &HashMap<Uuid, QuoteLine>) -> HashMap<QuoteId, Money> {
    let mut orders: HashMap<QuoteId, NewOrder> = HashMap::new();
    for award in awards {
        let line = &quoted[&award.quote_line.uuid()];
        let order = orders.entry(award.quote).or_insert_with(|| NewOrder {
            buyer: award.buyer,
            seller: award.seller,
            venue: Id::new(),
            origin: Origin { kind: OrderOrigin::Award, id: award.rfq.uuid() },
            currency: Currency::USD,
            delivery: None,
            delivery_address: None,
            payment_terms: None,
            remarks: None,
            lines: Vec::new(),
        });
        order.lines.push(NewOrderLine {
            product: None,
            part_number: None,
            description: crate::text::Prose::parse("Steel").unwrap(),
            unit: line.unit,
            quantity: award.quantity,
            unit_price: award.unit_price,
            delivery: None,
            delivery_address: None,
            requested_on: None,
            lead_time_days: None,
            origin_line: Some(award.quote_line.uuid()),
        });
    }
    orders.into_iter().map(|(quote, order)| (quote, Order::place(order, now()).unwrap().0.total)).collect()
}

proptest! {
    #[test]
    fn an_award_settles_what_fractions_say(asked in prop::collection::vec(any_line(), 1..4)) {
        let needs: Vec<_> = asked
            .iter()
            .map(|(family, unit, units, _)| {
                let unit = unit_of(family, unit);
                // Whole pieces and wholes of what is counted, at most 2 000 of them.
                let units = if step(unit) > 1 { units / 1_000 * 10_000 + 10_000 } else { *units };
                (Quantity::from_units(units).unwrap(), unit)
            })
            .collect();
        let mut market = Market::asking(&needs);
        let mut given: Vec<_> = needs
            .iter()
            .map(|(quantity, unit)| Given { need: amount(*quantity, *unit), sum: Ratio::ZERO, coarsest: Ratio::ZERO })
            .collect();

        // Every quote is taken unless fractions say that it is too much.
        let mut wanted = Vec::new();
        for seller in 0..SELLERS {
            let mut offered = Vec::new();
            for (n, (family, _, _, bids)) in asked.iter().enumerate() {
                let Some(bid) = &bids[seller] else { continue };
                let unit = unit_of(family, &bid.unit);
                let part = given[n].need.times(Ratio::new(bid.quarters * 10_000, 4)).over(Ratio::size(unit)).floor();
                let units = ((part / step(unit) + bid.beside) * step(unit)).max(step(unit));
                let quantity = Quantity::from_units(units).unwrap();
                let line = Offering { line: n, quantity, unit, price: Decimal::new(bid.price, 4) };
                if given[n].with(quantity, unit).is_too_much() {
                    let refused = market.quote("USD", &[line]).unwrap_err();
                    prop_assert_eq!(faults(&refused), [(Code::MoreThanAsked, "lines.0.quantity".to_owned())]);
                    // The most that it names is taken, and a step more would be too much.
                    let most = refused.iter().next().unwrap().figures[0].1.parse::<Decimal>().unwrap();
                    let more = Quantity::new(most + Decimal::new(step(unit), 4)).unwrap();
                    prop_assert!(given[n].with(more, unit).is_too_much());
                    if let Ok(most) = Quantity::new(most) {
                        prop_assert!(unit.check(most).is_ok() && !given[n].with(most, unit).is_too_much());
                    }
                } else {
                    let third = (units / 3 / step(unit) * step(unit)).max(step(unit));
                    let taken = if bid.thirds == 1 { third } else { units };
                    if bid.thirds > 0 {
                        wanted.push((market.quotes.len(), n, Quantity::from_units(taken).unwrap(), line.clone()));
                    }
                    offered.push(line);
                }
            }
            if !offered.is_empty() {
                market.quote("USD", &offered).unwrap();
            }
        }
        prop_assume!(!wanted.is_empty());

        // The same picks, one after the other.
        let picks: Vec<_> = wanted.iter().map(|(quote, n, taken, _)| market.pick(*quote, *n, Some(taken.value()))).collect();
        let mut refused = Vec::new();
        let mut sum = Decimal::ZERO;
        for (place, (_, n, taken, line)) in wanted.iter().enumerate() {
            let with_it = given[*n].with(*taken, line.unit);
            if with_it.is_too_much() {
                refused.push((Code::MoreThanNeeded, format!("lines.{place}.quantity")));
            } else {
                given[*n] = with_it;
                sum += (line.price * taken.value()).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
            }
        }
        let placed = match market.award(&picks) {
            Err(problems) => {
                prop_assert_eq!(faults(&problems), refused);
                return Ok(());
            }
            Ok(placed) => placed,
        };
        prop_assert!(refused.is_empty(), "{:?}", refused);
        let whole = given.iter().all(|given| given.is_all());
        prop_assert_eq!(placed.whole, whole);
        prop_assert_eq!(market.rfq.status, if whole { RfqStatus::Awarded } else { RfqStatus::PartlyAwarded });

        let quoted: HashMap<_, _> = market.quotes.iter().flat_map(|(_, offer)| &offer.lines).map(|line| (line.id.uuid(), line.clone())).collect();
        for (n, (quote, offer)) in market.quotes.iter().enumerate() {
            let of_it: Vec<_> = wanted.iter().filter(|(quote, ..)| *quote == n).collect();
            let all = of_it.len() == offer.lines.len() && of_it.iter().all(|(_, _, taken, line)| *taken == line.quantity);
            let expected = match of_it.len() {
                0 => QuoteStatus::Lost,
                _ if all => QuoteStatus::Awarded,
                _ => QuoteStatus::PartlyAwarded,
            };
            let outcome = placed.outcomes.iter().find(|outcome| outcome.quote.id == quote.id).unwrap();
            prop_assert_eq!(outcome.quote.status, expected);
        }
        let totals = order_totals(&placed.awards, &quoted);
        prop_assert_eq!(totals.values().map(|total| total.amount()).sum::<Decimal>(), sum, "the orders add up");
        prop_assert_eq!(placed.awards.iter().map(|award| award.amount.amount()).sum::<Decimal>(), sum);
        let order: Vec<_> = placed.awards.iter().map(|award| market.lines.iter().position(|line| line.id == award.rfq_line)).collect();
        prop_assert!(order.is_sorted(), "in the order of the request");
    }
}
