//! Changing catalogs.

mod category;
mod detail;
mod offer;
mod part_number;
mod product;
mod product_type;

use async_graphql::MaybeUndefined;
pub use category::CategoryMutation;
pub use detail::ProductDetailMutation;
pub use offer::OfferMutation;
pub use part_number::PartNumberMutation;
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
