//! Comparisons: everything offered in one unit and currency, ranked as fractions rank it.

use std::collections::HashMap;

use proptest::prelude::*;
use proptest::sample::Index;
use rust_decimal::Decimal;

use super::market::{Market, Offering, number, offering};
use super::ratio::{Ratio, unit_of};
use crate::currency::Currency;
use crate::quantity::Quantity;
use crate::quote::{Offer, Quote, QuoteLine};
use crate::rfq::{Comparable, Comparison, Rate, compare};

fn rate(currency: &str, worth: &str) -> Rate {
    Rate { currency: Currency::parse(currency).unwrap(), worth: number(worth) }
}

fn compared(market: &Market, rates: &[Rate]) -> Comparison {
    compare(market.rfq.currency, &market.lines, &market.quotes, rates)
}

/// Quote number, price per unit of the request and rank, in the order of the comparison.
fn offers(market: &Market, comparison: &Comparison, line: usize) -> Vec<(usize, Option<Decimal>, Option<usize>)> {
    let number = |offer| market.quotes.iter().position(|(quote, _)| quote.id == offer).unwrap();
    let offers = comparison.lines[line].offers.iter();
    offers.map(|offer| (number(offer.quote), offer.comparable_price.map(|price| price.amount), offer.rank)).collect()
}

#[test]
fn prices_compare_in_the_unit_and_currency_of_the_request() {
    let mut market = Market::asking_for(&[("2", "DZN"), ("3", "KGM")]);
    market.quote("USD", &[offering(0, "24", "C62", "1.5"), offering(1, "3", "KGM", "10")]).unwrap();
    market.quote("EUR", &[offering(0, "2", "DZN", "15")]).unwrap();
    market.quote("VND", &[offering(0, "1", "DZN", "1000"), offering(1, "3000", "GRM", "1")]).unwrap();
    market.quote("USD", &[offering(0, "1", "DZN", "18")]).unwrap();
    let comparison = compared(&market, &[rate("EUR", "1.2")]);
    let eighteen = Some(number("18"));
    assert_eq!(
        offers(&market, &comparison, 0),
        [(0, eighteen, Some(1)), (1, eighteen, Some(1)), (3, eighteen, Some(1)), (2, None, None)],
        "equals share a place, and what has no rate comes last"
    );
    let [_, euro, ..] = &comparison.lines[0].offers[..] else { panic!() };
    assert_eq!(euro.unit_price.to_string(), "15.00 EUR", "as it was quoted");
    assert_eq!(euro.cost.to_string(), "30.00 EUR");
    assert_eq!(euro.comparable_price, Some(Comparable { amount: number("18"), currency: Currency::USD }));
    let covers: Vec<_> = comparison.lines[0].offers.iter().map(|offer| (offer.quantity, offer.covers)).collect();
    let (one, two) = (number("1"), number("2"));
    assert_eq!(covers, [(two, true), (two, true), (one, false), (one, false)]);
    let missing: Vec<_> = [1, 3].map(|n: usize| market.quotes[n].0.id).to_vec();
    assert_eq!(comparison.lines[1].missing, missing);

    // 66 USD for everything, then one line for 36, then part of a line for 18, then what has no rate.
    let totals = comparison.quotes.iter().map(|quote| {
        let total = quote.comparable_total.map(|total| total.amount.to_string());
        (total, quote.covered, quote.complete, quote.rank)
    });
    assert_eq!(
        totals.collect::<Vec<_>>(),
        [
            (Some("66.00".to_owned()), 2, true, Some(1)),
            (Some("36.000".to_owned()), 1, false, Some(2)),
            (Some("18.00".to_owned()), 0, false, Some(3)),
            (None, 1, false, None),
        ]
    );
}

#[test]
fn a_quote_in_kilograms_for_pounds_is_complete() {
    let mut market = Market::asking_for(&[("10", "LBR")]);
    for kilograms in ["4.5358", "4.5359", "4.5360"] {
        market.quote("USD", &[offering(0, kilograms, "KGM", "1")]).unwrap();
    }
    let comparison = compared(&market, &[]);
    let complete =
        |n: usize| comparison.quotes.iter().find(|quote| quote.quote == market.quotes[n].0.id).unwrap().complete;
    assert_eq!([0, 1, 2].map(complete), [false, true, true]);
}

const CURRENCIES: [(&str, Option<&str>); 4] =
    [("USD", Some("1")), ("EUR", Some("1.0827")), ("VND", Some("0.0125")), ("JPY", None)];

/// One quote's currency and, per line, the unit, the share of the need in eighths and the price.
type Bid = (usize, Vec<Option<(Index, i64, i64)>>);

fn any_bid(lines: usize) -> impl Strategy<Value = Bid> {
    // Few different prices, so that some are equal.
    let offer = (any::<Index>(), 1_i64..=8, prop::sample::select(vec![1_i64, 12, 16, 144, 12_500, 10_000]));
    (0..CURRENCIES.len(), prop::collection::vec(prop::option::weighted(0.7, offer), lines))
}

/// What one unit of the request costs in its currency, in fractions.
fn price(line: &QuoteLine, asked: crate::unit::Unit) -> Option<Ratio> {
    let currency = line.unit_price.currency();
    let (_, worth) = CURRENCIES.iter().find(|(code, _)| *code == currency.code()).unwrap();
    let price = Ratio::of(line.unit_price.amount()).over(Ratio::size(line.unit)).times(Ratio::size(asked));
    worth.map(|worth| price.times(Ratio::of(number(worth))))
}

/// How one whole quote stands: without a rate last, then by lines covered, then by total. Smaller is better.
fn standing(quote: &Quote, offer: &Offer, market: &Market) -> (bool, i64, Ratio) {
    let currency = offer.version.currency;
    let (_, worth) = CURRENCIES.iter().find(|(code, _)| *code == currency.code()).unwrap();
    let covered = market.lines.iter().filter(|line| {
        let offered = offer.lines.iter().find(|offered| offered.rfq_line == line.id);
        offered.is_some_and(|offered| {
            let amount = |quantity: Quantity, unit| Ratio::of(quantity.value()).times(Ratio::size(unit));
            amount(offered.quantity, offered.unit) == amount(line.quantity, line.unit)
        })
    });
    assert_eq!(quote.id, offer.version.quote);
    let total =
        worth.map_or(Ratio::ZERO, |worth| Ratio::of(number(worth)).times(Ratio::of(offer.version.total.amount())));
    (worth.is_none(), -i64::try_from(covered.count()).unwrap(), total)
}

proptest! {
    #[test]
    fn a_comparison_ranks_as_fractions_do(
        asked in prop::collection::vec((any::<Index>(), any::<Index>()), 1..4),
        bids in prop::collection::vec(any_bid(3), 1..7),
    ) {
        // 144 of each: every share in eighths is a whole number of pieces, and none needs rounding except from metric to customary.
        let lines: Vec<_> = asked
            .iter()
            .map(|(family, unit)| (Quantity::parse("144").unwrap(), unit_of(family, unit)))
            .collect();
        let mut market = Market::asking(&lines);
        for (currency, bids) in &bids {
            let offered: Vec<_> = bids
                .iter()
                .zip(&asked)
                .zip(&lines)
                .enumerate()
                .filter_map(|(n, ((bid, (family, _)), (quantity, asked)))| {
                    let (unit, eighths, price) = bid.as_ref()?;
                    let unit = unit_of(family, unit);
                    let share = Ratio::of(quantity.value()).times(Ratio::new(i128::from(*eighths) * 10_000, 8));
                    let units = share.times(Ratio::size(*asked)).over(Ratio::size(unit));
                    let units = units.floor();
                    let quantity = Quantity::from_units(units).ok()?;
                    unit.check(quantity).ok()?;
                    // What rounding makes of a full quantity is for the tests of awards.
                    let rounded = Ratio::of(quantity.value()).times(Ratio::size(unit)) != share.times(Ratio::new(1, 10_000)).times(Ratio::size(*asked));
                    if rounded && *eighths == 8 {
                        return None;
                    }
                    Some(Offering { line: n, quantity, unit, price: Decimal::new(*price, 4) })
                })
                .collect();
            if !offered.is_empty() {
                market.quote(CURRENCIES[*currency].0, &offered).unwrap();
            }
        }
        let rates: Vec<_> = CURRENCIES.iter().filter_map(|(code, worth)| Some(rate(code, (*worth)?))).collect();
        let comparison = compared(&market, &rates);

        prop_assert_eq!(comparison.lines.len(), lines.len());
        for (line, asked) in comparison.lines.iter().zip(&market.lines) {
            let quoted: HashMap<_, _> = market
                .quotes
                .iter()
                .filter_map(|(quote, offer)| Some((quote.id, offer.lines.iter().find(|line| line.rfq_line == asked.id)?)))
                .collect();
            let missing: Vec<_> =
                market.quotes.iter().map(|(quote, _)| quote.id).filter(|quote| !quoted.contains_key(quote)).collect();
            prop_assert_eq!(&line.missing, &missing);
            prop_assert_eq!(line.offers.len(), quoted.len());
            let prices: Vec<_> = line.offers.iter().map(|offer| price(quoted[&offer.quote], asked.unit)).collect();
            for (offer, price) in line.offers.iter().zip(&prices) {
                let rank = price.map(|price| prices.iter().flatten().filter(|other| **other < price).count() + 1);
                prop_assert_eq!(offer.rank, rank);
                prop_assert_eq!(offer.comparable_price.is_some(), price.is_some());
            }
            let ranks = line.offers.iter().map(|offer| offer.rank.unwrap_or(usize::MAX));
            prop_assert!(ranks.is_sorted(), "cheapest first, what has no rate last");
        }

        let standings: Vec<_> = comparison
            .quotes
            .iter()
            .map(|compared| {
                let (quote, offer) = market.quotes.iter().find(|(quote, _)| quote.id == compared.quote).unwrap();
                standing(quote, offer, &market)
            })
            .collect();
        prop_assert!(standings.is_sorted(), "best first");
        for (compared, standing) in comparison.quotes.iter().zip(&standings) {
            let (unrated, covered, total) = standing;
            let rank = standings.iter().filter(|other| *other < standing).count() + 1;
            prop_assert_eq!(compared.rank, (!unrated).then_some(rank));
            prop_assert_eq!(compared.covered, usize::try_from(-covered).unwrap());
            prop_assert_eq!(compared.complete, compared.covered == lines.len());
            prop_assert_eq!(compared.comparable_total.map(|total| Ratio::of(total.amount)), (!unrated).then_some(*total));
        }
    }
}
