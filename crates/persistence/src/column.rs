//! How domain values become columns.
//!
//! Identifiers are UUIDs; times are 64-bit microseconds since 1970 UTC, days count from 1970-01-01; amounts, prices and quantities are 64-bit counts of 1/10 000.
//! The same on both engines: nothing passes through a float or a text form, and everything sorts and indexes as it compares.

use jiff::civil::{Date, date};
use jiff::{Span, Timestamp};
use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, DbErr, QueryResult, TryFromU64, TryGetError, TryGetable, Value};
use tradehall_domain::access::PermissionSet;
use tradehall_domain::id::Id;
use tradehall_domain::named::Named;
use uuid::Uuid;

/// A domain value that is stored as one column.
pub trait Stored: Sized {
    /// What the database holds.
    type Raw: Into<Value> + TryGetable + ValueType + Nullable;

    /// The column's value.
    fn store(&self) -> Self::Raw;

    /// The value again, or why the column cannot hold it.
    fn restore(raw: Self::Raw) -> Result<Self, String>;
}

impl<T> Stored for Id<T> {
    type Raw = Uuid;

    fn store(&self) -> Uuid {
        self.uuid()
    }

    fn restore(raw: Uuid) -> Result<Self, String> {
        Ok(Self::from_uuid(raw))
    }
}

impl Stored for Timestamp {
    type Raw = i64;

    fn store(&self) -> i64 {
        self.as_microsecond()
    }

    fn restore(raw: i64) -> Result<Self, String> {
        Self::from_microsecond(raw).map_err(|e| e.to_string())
    }
}

const FIRST_DAY: Date = date(1970, 1, 1);

impl Stored for Date {
    type Raw = i64;

    fn store(&self) -> i64 {
        i64::from((*self - FIRST_DAY).get_days())
    }

    fn restore(raw: i64) -> Result<Self, String> {
        let days = Span::new().try_days(raw).map_err(|e| e.to_string())?;
        FIRST_DAY.checked_add(days).map_err(|e| e.to_string())
    }
}

impl Stored for PermissionSet {
    type Raw = i64;

    fn store(&self) -> i64 {
        self.bits().cast_signed()
    }

    fn restore(raw: i64) -> Result<Self, String> {
        Ok(Self::from_bits(raw.cast_unsigned()))
    }
}

/// A column that holds a [`Stored`] value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Col<T>(pub T);

/// A column that holds the name of one of a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name<T>(pub T);

impl<T> From<T> for Col<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> From<T> for Name<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

/// What sea-orm asks of a column's type, in terms of how it is stored and restored.
macro_rules! column {
    ($column:ident<T: $bound:path>, $raw:ty, $store:expr, $restore:expr) => {
        impl<T: $bound> From<$column<T>> for Value {
            fn from(column: $column<T>) -> Self {
                let raw: $raw = $store(&column.0);
                raw.into()
            }
        }

        impl<T: $bound> TryGetable for $column<T> {
            fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
                let raw = <$raw>::try_get_by(row, index)?;
                let value: Result<T, String> = $restore(raw);
                value.map(Self).map_err(|e| TryGetError::DbErr(DbErr::Type(e)))
            }
        }

        impl<T: $bound> ValueType for $column<T> {
            fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
                let raw = <$raw as ValueType>::try_from(value)?;
                let value: Result<T, String> = $restore(raw);
                value.map(Self).map_err(|_| ValueTypeErr)
            }

            fn type_name() -> String {
                <$raw as ValueType>::type_name()
            }

            fn array_type() -> ArrayType {
                <$raw as ValueType>::array_type()
            }

            fn column_type() -> ColumnType {
                <$raw as ValueType>::column_type()
            }
        }

        impl<T: $bound> Nullable for $column<T> {
            fn null() -> Value {
                <$raw as Nullable>::null()
            }
        }

        impl<T: $bound> TryFromU64 for $column<T> {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64("no key of ours is a counter"))
            }
        }
    };
}

column!(Col<T: Stored>, T::Raw, T::store, T::restore);
column!(Name<T: Named>, String, |value: &T| value.name().to_owned(), |raw: String| {
    T::from_name(&raw).ok_or_else(|| format!("{raw:?} is no name of this set"))
});

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::Stored;

    #[test]
    fn days_are_counted_and_come_back() {
        for (day, count) in [("1970-01-01", 0), ("1969-12-31", -1), ("2026-03-02", 20_514), ("2028-02-29", 21_243)] {
            let day: Date = day.parse().unwrap();
            assert_eq!(day.store(), count, "{day}");
            assert_eq!(Date::restore(count), Ok(day));
        }
        for day in [Date::MIN, Date::MAX] {
            assert_eq!(Date::restore(day.store()), Ok(day));
        }
        assert!(Date::restore(i64::MAX).is_err() && Date::restore(i64::MIN).is_err());
    }
}
