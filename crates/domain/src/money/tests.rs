//! The laws of money.

use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Money, UnitPrice, allocate};
use crate::currency::Currency;
use crate::number::parse_decimal;
use crate::problem::Code;
use crate::quantity::Quantity;

fn money(amount: &str, currency: &str) -> Money {
    Money::new(parse_decimal(amount).unwrap(), Currency::parse(currency).unwrap()).unwrap()
}

fn price(amount: &str, currency: &str) -> UnitPrice {
    UnitPrice::new(parse_decimal(amount).unwrap(), Currency::parse(currency).unwrap()).unwrap()
}

fn any_currency() -> impl Strategy<Value = Currency> {
    prop::sample::select(vec!["VND", "JPY", "USD", "EUR", "KWD", "CLF"]).prop_map(|code| Currency::parse(code).unwrap())
}

/// Any amount at all, in whole coins of its currency.
fn any_money() -> impl Strategy<Value = Money> {
    (any::<i64>(), any_currency()).prop_map(|(units, currency)| {
        let coin = 10_i64.pow(4 - currency.decimals());
        Money::from_units(units / coin * coin, currency).unwrap_or(Money::zero(currency))
    })
}

#[test]
fn an_amount_has_the_decimals_of_its_currency() {
    for (amount, currency, expected) in [
        ("12.5", "USD", Ok("12.50 USD")),
        ("12.500", "USD", Ok("12.50 USD")),
        ("-0", "USD", Ok("0.00 USD")),
        ("1500", "VND", Ok("1500 VND")),
        ("1.234", "KWD", Ok("1.234 KWD")),
        ("922337203685477.5807", "CLF", Ok("922337203685477.5807 CLF")),
        ("-922337203685477.5807", "CLF", Ok("-922337203685477.5807 CLF")),
        ("12.505", "USD", Err(Code::TooManyDecimals)),
        ("0.5", "VND", Err(Code::TooManyDecimals)),
        ("922337203685477.5808", "CLF", Err(Code::AmountTooLarge)),
        ("-922337203685477.5808", "CLF", Err(Code::AmountTooLarge)),
        ("9999999999999999", "VND", Err(Code::AmountTooLarge)),
    ] {
        let made = Money::new(parse_decimal(amount).unwrap(), Currency::parse(currency).unwrap());
        assert_eq!(made.map(|m| m.to_string()).map_err(|p| p.code), expected.map(str::to_owned), "{amount} {currency}");
    }
    assert_eq!(Money::from_units(1, Currency::VND).unwrap_err().code, Code::TooManyDecimals);
}

#[test]
fn currencies_do_not_mix() {
    let (dong, dollar) = (money("1", "VND"), money("1", "USD"));
    for problem in [
        dong.checked_add(dollar).unwrap_err(),
        dong.checked_sub(dollar).unwrap_err(),
        dong.checked_cmp(dollar).unwrap_err(),
        Money::sum(Currency::USD, [dollar, dong]).unwrap_err(),
    ] {
        assert_eq!(problem.code, Code::CurrencyMismatch);
    }
    assert_eq!(Money::sum(Currency::USD, []).unwrap(), Money::zero(Currency::USD));
}

#[test]
fn only_the_total_must_fit() {
    let most = money("922337203685477.58", "USD");
    assert_eq!(most.checked_add(money("0.01", "USD")).unwrap_err().code, Code::AmountTooLarge);
    assert_eq!(Money::sum(Currency::USD, [most, most, most.negated()]).unwrap(), most);
}

#[test]
fn a_price_may_be_finer_than_its_currency() {
    assert_eq!(price("0.0125", "USD").to_string(), "0.0125 USD");
    assert_eq!(price("3.1", "USD").to_string(), "3.10 USD");
    assert_eq!(price("12.5", "VND").to_string(), "12.5 VND");
    let new = |amount| UnitPrice::new(parse_decimal(amount).unwrap(), Currency::USD).map_err(|p| p.code);
    assert_eq!(new("-0.0001"), Err(Code::Negative));
    assert_eq!(new("0.00001"), Err(Code::TooManyDecimals));
    assert_eq!(new("922337203685477.5808"), Err(Code::AmountTooLarge));
    assert_eq!(UnitPrice::from_units(-1, Currency::USD).unwrap_err().code, Code::Negative);
}

#[test]
fn a_half_is_rounded_up() {
    for (unit_price, quantity, currency, expected) in [
        ("0.005", "1", "USD", "0.01 USD"),
        ("0.0049", "1", "USD", "0.00 USD"),
        ("2.675", "1", "USD", "2.68 USD"),
        ("12.5", "1", "VND", "13 VND"),
        ("12.5", "0.9999", "VND", "12 VND"),
        ("0.0001", "0.0001", "CLF", "0.0000 CLF"),
        ("0.0001", "0.5", "CLF", "0.0001 CLF"),
        ("50.2635", "40", "USD", "2010.54 USD"),
    ] {
        let line = price(unit_price, currency).extend(Quantity::parse(quantity).unwrap()).unwrap();
        assert_eq!(line.to_string(), expected, "{unit_price} × {quantity}");
    }
    let dearest = UnitPrice::from_units(i64::MAX, Currency::USD).unwrap();
    assert_eq!(
        dearest.extend(Quantity::from_units(10_000_000_000_000).unwrap()).unwrap_err().code,
        Code::AmountTooLarge
    );
}

#[test]
fn the_coin_left_over_goes_to_the_largest_remainder_and_then_to_the_first() {
    let shares = |amount, currency, weights: &[u64]| -> Vec<String> {
        allocate(money(amount, currency), weights).unwrap().iter().map(|share| share.amount().to_string()).collect()
    };
    assert_eq!(shares("100", "USD", &[1, 1, 1]), ["33.34", "33.33", "33.33"]);
    assert_eq!(shares("-100", "USD", &[1, 1, 1]), ["-33.34", "-33.33", "-33.33"]);
    assert_eq!(shares("100", "VND", &[1, 2, 0, 4]), ["14", "29", "0", "57"]);
    assert_eq!(shares("0.01", "USD", &[0, 3, 3]), ["0.00", "0.01", "0.00"]);
    assert_eq!(allocate(money("1", "USD"), &[]).unwrap_err().code, Code::NothingToShareBy);
    assert_eq!(allocate(money("1", "USD"), &[0, 0]).unwrap_err().code, Code::NothingToShareBy);
}

#[test]
fn what_is_sent_is_text_and_checked_on_the_way_in() {
    let sent = serde_json::to_string(&money("12.5", "USD")).unwrap();
    assert_eq!(sent, r#"{"amount":"12.50","currency":"USD"}"#);
    assert_eq!(serde_json::from_str::<Money>(&sent).unwrap(), money("12.5", "USD"));
    for refused in [
        r#"{"amount":"12.505","currency":"USD"}"#,
        r#"{"amount":12.5,"currency":"USD"}"#,
        r#"{"amount":"12.5","currency":"???"}"#,
    ] {
        assert!(serde_json::from_str::<Money>(refused).is_err(), "{refused}");
    }
    assert!(serde_json::from_str::<UnitPrice>(r#"{"amount":"-1","currency":"USD"}"#).is_err());
}

proptest! {
    #[test]
    fn units_and_amounts_round_trip(money in any_money()) {
        prop_assert_eq!(Money::from_units(money.units(), money.currency()).unwrap(), money);
        prop_assert_eq!(Money::new(money.amount(), money.currency()).unwrap(), money);
        prop_assert_eq!(money.amount().scale(), money.currency().decimals());
        prop_assert_eq!(money.negated().negated(), money);
    }

    #[test]
    fn what_is_added_can_be_taken_away(one in any_money(), other in any_money()) {
        if let Ok(both) = one.checked_add(other) {
            prop_assert_eq!(both.checked_sub(other).unwrap(), one);
            prop_assert_eq!(both.amount(), one.amount() + other.amount());
        }
    }

    /// Against decimal arithmetic, which knows nothing of our units.
    #[test]
    fn extension_is_the_rounded_product(
        units in 0..=1_000_000_000_000_i64,
        quantity in 1..=1_000_000_000_i64,
        currency in any_currency(),
    ) {
        let unit_price = UnitPrice::from_units(units, currency).unwrap();
        let quantity = Quantity::from_units(quantity).unwrap();
        let expected = (unit_price.amount() * quantity.value())
            .round_dp_with_strategy(currency.decimals(), RoundingStrategy::MidpointAwayFromZero);
        prop_assert_eq!(unit_price.extend(quantity).unwrap().amount(), expected);
    }

    /// Twice the distance to the true product never exceeds a coin, and a product in the middle lies below the result.
    #[test]
    fn extension_is_never_more_than_half_a_coin_off(
        units in 0..=i64::MAX,
        quantity in 1..=10_000_000_000_000_i64,
        currency in any_currency(),
    ) {
        let product = i128::from(units) * i128::from(quantity);
        let extended = UnitPrice::from_units(units, currency).unwrap().extend(Quantity::from_units(quantity).unwrap());
        let coin = 10_i128.pow(8 - currency.decimals());
        match extended {
            Ok(line) => {
                let off = i128::from(line.units()) * 10_000 - product;
                prop_assert!(-coin < 2 * off && 2 * off <= coin, "{off} of {coin}");
            }
            Err(problem) => {
                prop_assert_eq!(problem.code, Code::AmountTooLarge);
                prop_assert!(product + coin / 2 > i128::from(i64::MAX) * 10_000 - coin);
            }
        }
    }

    #[test]
    fn shares_add_up(total in any_money(), weights in prop::collection::vec(any::<u64>(), 1..40)) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let shares = allocate(total, &weights).unwrap();
        prop_assert_eq!(shares.len(), weights.len());
        prop_assert_eq!(Money::sum(total.currency(), shares.iter().copied()).unwrap(), total);
    }

    /// Every share lies within one coin of its proportion, and on the total's side of zero.
    #[test]
    fn shares_are_fair(coins in -1_000_000_000_i64..=1_000_000_000, weights in prop::collection::vec(0_u64..1_000_000, 1..20)) {
        let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        prop_assume!(whole > 0);
        let total = Money::new(Decimal::new(coins, 2), Currency::USD).unwrap();
        for (share, weight) in allocate(total, &weights).unwrap().iter().zip(&weights) {
            let got = i128::from(share.units()) / 100;
            let off = got * whole - i128::from(coins) * i128::from(*weight);
            prop_assert!(off.abs() < whole);
            prop_assert!(share.is_zero() || share.is_negative() == total.is_negative());
            prop_assert!(*weight > 0 || share.is_zero());
        }
    }
}
