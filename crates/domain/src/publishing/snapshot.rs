//! A product as it was at one moment, and its fields as people compare them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalog::{Classification, Product, ProductDetails, ProductStatus};
use crate::named::Named;
use crate::text::ShortText;

/// What a version can change of a product, as it stands at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// What the product is.
    pub details: ProductDetails,
    /// Its type, and of which product it is a variant.
    pub classification: Classification,
    /// Who sees it, by name.
    pub status: String,
}

impl Snapshot {
    /// The product as it is now.
    #[must_use]
    pub fn of(product: &Product) -> Self {
        Self {
            details: product.details.clone(),
            classification: product.classification.clone(),
            status: product.status.name().to_owned(),
        }
    }

    /// The same, shown to `status`.
    #[must_use]
    pub fn at(mut self, status: ProductStatus) -> Self {
        status.name().clone_into(&mut self.status);
        self
    }

    /// Every field that says something, by the name that it has in inputs; each attribute by `attributes.` and its name, and the order
    /// of all of them by `attributes`.
    #[must_use]
    pub fn fields(&self) -> BTreeMap<String, String> {
        let details = &self.details;
        let names: Vec<_> = details.attributes.iter().map(|attribute| attribute.name.as_str()).collect();
        let variant = self.classification.variant.as_ref();
        let optional = |text: &Option<ShortText>| text.as_ref().map(ToString::to_string);
        let fields = [
            ("number", Some(details.number.to_string())),
            ("name", Some(details.name.to_string())),
            ("description", details.description.as_ref().map(ToString::to_string)),
            ("gtin", details.gtin.as_ref().map(ToString::to_string)),
            ("mpn", optional(&details.mpn)),
            ("brand", optional(&details.brand)),
            ("unit", Some(details.unit.code().to_owned())),
            ("categoryId", details.category.map(|id| id.to_string())),
            ("productTypeId", self.classification.product_type.map(|id| id.to_string())),
            ("variantOfId", variant.map(|variant| variant.of.to_string())),
            ("status", Some(self.status.clone())),
            ("attributes", (!names.is_empty()).then(|| names.join(", "))),
        ];
        let mut all: BTreeMap<_, _> =
            fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        for attribute in details.attributes.iter() {
            let mut value = attribute.value.to_string();
            if let Some(unit) = attribute.unit {
                value = format!("{value} {}", unit.code());
            }
            for (locale, text) in attribute.translations.iter() {
                value = format!("{value}; {locale}: {text}");
            }
            all.insert(format!("attributes.{}", attribute.name), value);
        }
        all
    }
}
