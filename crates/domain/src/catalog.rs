//! Products.

use crate::id::Id;

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {}

/// The id of a [`Product`].
pub type ProductId = Id<Product>;
