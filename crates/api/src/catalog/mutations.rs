//! Changing catalogs.

mod category;
mod offer;
mod product;
mod product_type;

use async_graphql::MaybeUndefined;
pub use category::CategoryMutation;
pub use offer::OfferMutation;
pub use product::{ProductAttributeInput, ProductMutation, drafts};
pub use product_type::ProductTypeMutation;

/// A field that is left out stays; one that is null goes.
fn change<T, U>(field: MaybeUndefined<T>, read: impl FnOnce(T) -> U) -> Option<Option<U>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(read(value))),
    }
}
