//! Changing prices.

mod list;
mod price;
mod promotion;

use async_graphql::MaybeUndefined;
pub use list::PriceListMutation;
pub use price::PriceMutation;
pub use promotion::PromotionMutation;

use crate::graphql::scalar::DateTime;

/// A time that is left out stays; one that is null goes.
fn time(field: MaybeUndefined<DateTime>) -> Option<Option<jiff::Timestamp>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(time) => Some(Some(time.0)),
    }
}
