//! What kind of product it is, and of which product it is a variant.

use serde::{Deserialize, Serialize};

use super::ProductId;
use super::details::Part;
use super::product_type::ProductTypeId;

/// A product's type, and its place among the variants of another product.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// Which type says what its attributes mean; none for a product that is described freely.
    pub product_type: Option<ProductTypeId>,
    /// Of which product it is a variant, and in what it differs from the others.
    pub variant: Option<Variant>,
}

/// A variant's place among the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// The product that all of them are variants of, itself a variant of none.
    pub of: ProductId,
    /// Its values of the type's axes, in one text that no other variant of the product has.
    pub axes: String,
}

impl Classification {
    /// In which parts `other` differs, by the names of their input fields.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<Part> {
        let of = |one: &Self| one.variant.as_ref().map(|variant| variant.of);
        let mut parts = Vec::new();
        if self.product_type != other.product_type {
            parts.push(Part("productTypeId"));
        }
        if of(self) != of(other) {
            parts.push(Part("variantOfId"));
        }
        parts
    }
}
