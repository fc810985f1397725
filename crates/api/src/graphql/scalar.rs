//! Scalars that mean something.

use async_graphql::{Description, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use jiff::Timestamp;
use rust_decimal::Decimal as Number;
use tradehall_domain::country::Country;
use tradehall_domain::currency::Currency;
use tradehall_domain::language::Language;
use tradehall_domain::named::Named;
use tradehall_domain::unit::Unit;

use crate::app::ErrorCode;

fn refused<T: async_graphql::InputType>(message: impl std::fmt::Display) -> InputValueError<T> {
    InputValueError::custom(message).with_extension("code", ErrorCode::BadUserInput.name())
}

/// A point in time, RFC 3339. Any offset is taken; UTC is given, to the microsecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Description)]
pub struct DateTime(pub Timestamp);

#[Scalar(use_type_description = true, specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(refused("A DateTime is a string.")) };
        let time: Timestamp =
            text.parse().map_err(|_| refused("A DateTime looks like 2026-03-01T09:30:00Z (RFC 3339)."))?;
        let micros = time.as_microsecond();
        Timestamp::from_microsecond(micros).map(Self).map_err(|_| refused("This time cannot be kept."))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A day of the calendar, RFC 3339 full-date, without a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Description)]
pub struct Date(pub jiff::civil::Date);

#[Scalar(use_type_description = true, specified_by_url = "https://scalars.graphql.org/andimarek/local-date.html")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(refused("A Date is a string.")) };
        if text.len() != 10 {
            return Err(refused("A Date looks like 2026-03-01."));
        }
        text.parse().map(Self).map_err(|_| refused("A Date looks like 2026-03-01."))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// An exact decimal number, as a string: digits, at most one point, at most one leading minus. Never a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Description)]
pub struct Decimal(pub Number);

#[Scalar(use_type_description = true, specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259#section-6")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(refused("A Decimal is a string, such as \"12.50\", so that no digit is lost."));
        };
        tradehall_domain::number::parse_decimal(text)
            .map(Self)
            .map_err(|problem| refused(problem.message(Language::English)))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// The alphabetic code of a currency in ISO 4217, such as VND or USD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Description)]
pub struct CurrencyCode(pub Currency);

#[Scalar(use_type_description = true, specified_by_url = "https://www.iso.org/iso-4217-currency-codes.html")]
impl ScalarType for CurrencyCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(refused("A CurrencyCode is a string.")) };
        Currency::parse(text).map(Self).map_err(|problem| refused(problem.message(Language::English)))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.code().to_owned())
    }
}

/// The common code of a unit in UN/ECE Recommendation 20, such as C62 (piece), KGM (kilogram) or XCT (carton).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Description)]
pub struct UnitCode(pub Unit);

#[Scalar(use_type_description = true, specified_by_url = "https://unece.org/trade/uncefact/cl-recommendations")]
impl ScalarType for UnitCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(refused("A UnitCode is a string.")) };
        Unit::parse(text).map(Self).map_err(|problem| refused(problem.message(Language::English)))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.code().to_owned())
    }
}

/// The alpha-2 code of a country in ISO 3166-1, such as VN or DE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Description)]
pub struct CountryCode(pub Country);

#[Scalar(use_type_description = true, specified_by_url = "https://www.iso.org/iso-3166-country-codes.html")]
impl ScalarType for CountryCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(refused("A CountryCode is a string.")) };
        Country::parse(text).map(Self).map_err(|problem| refused(problem.message(Language::English)))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.code().to_owned())
    }
}
