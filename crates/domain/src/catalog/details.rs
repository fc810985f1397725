//! What a product is: the part of it that its owner writes.

use serde::{Deserialize, Serialize};

use super::{AttributeDraft, Attributes, CategoryId};
use crate::gtin::Gtin;
use crate::problem::Problems;
use crate::text::{Name, Prose, ShortText};
use crate::unit::Unit;

/// How long a description may be, in characters.
pub const DESCRIPTION_MAX: usize = 4_000;

/// What a product is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductDetails {
    /// The owner's number for it (SKU); no other product of the owner has it. Capitals count.
    pub number: ShortText,
    /// What people call it.
    pub name: Name,
    /// What else there is to say.
    pub description: Option<Prose<DESCRIPTION_MAX>>,
    /// Its number under the barcode.
    pub gtin: Option<Gtin>,
    /// Its maker's number for it.
    pub mpn: Option<ShortText>,
    /// Under which name its maker sells it.
    pub brand: Option<ShortText>,
    /// In what it is counted or measured.
    pub unit: Unit,
    /// Where in its owner's tree it stands.
    pub category: Option<CategoryId>,
    /// What else is said of it.
    pub attributes: Attributes,
}

/// A product to add, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductDraft {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: Option<String>,
    /// Its GTIN.
    pub gtin: Option<String>,
    /// Its maker's number.
    pub mpn: Option<String>,
    /// Its brand.
    pub brand: Option<String>,
    /// Its unit.
    pub unit: Unit,
    /// Its category, which must be its owner's.
    pub category: Option<CategoryId>,
    /// Its attributes.
    pub attributes: Vec<AttributeDraft>,
}

/// What is to change in a product; what is `None` stays, what is `Some(None)` goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductChange {
    /// The new number.
    pub number: Option<String>,
    /// The new name.
    pub name: Option<String>,
    /// The new description.
    pub description: Option<Option<String>>,
    /// The new GTIN.
    pub gtin: Option<Option<String>>,
    /// The new maker's number.
    pub mpn: Option<Option<String>>,
    /// The new brand.
    pub brand: Option<Option<String>>,
    /// The new unit.
    pub unit: Option<Unit>,
    /// The new category.
    pub category: Option<Option<CategoryId>>,
    /// The new attributes, all of them.
    pub attributes: Option<Vec<AttributeDraft>>,
}

/// The parts of a product by the names of their input fields, for telling what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Part(pub(super) &'static str);

impl ProductDetails {
    /// Checks a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(draft: &ProductDraft) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let number = problems.take("number", ShortText::parse(&draft.number));
        let name = problems.take("name", Name::parse(&draft.name));
        let description = problems.take("description", draft.description.as_deref().map(Prose::parse).transpose());
        let gtin = problems.take("gtin", draft.gtin.as_deref().map(Gtin::parse).transpose());
        let mpn = problems.take("mpn", draft.mpn.as_deref().map(ShortText::parse).transpose());
        let brand = problems.take("brand", draft.brand.as_deref().map(ShortText::parse).transpose());
        let attributes = problems.take("attributes", Attributes::parse(&draft.attributes));
        let details = (|| {
            Some(Self {
                number: number?,
                name: name?,
                description: description?,
                gtin: gtin?,
                mpn: mpn?,
                brand: brand?,
                unit: draft.unit,
                category: draft.category,
                attributes: attributes?,
            })
        })();
        problems.finish(details)
    }

    /// The details after `change`.
    ///
    /// # Errors
    /// Everything that is wrong with the change.
    pub fn changed(&self, change: ProductChange) -> Result<Self, Problems> {
        let now = self.draft();
        Self::parse(&ProductDraft {
            number: change.number.unwrap_or(now.number),
            name: change.name.unwrap_or(now.name),
            description: change.description.unwrap_or(now.description),
            gtin: change.gtin.unwrap_or(now.gtin),
            mpn: change.mpn.unwrap_or(now.mpn),
            brand: change.brand.unwrap_or(now.brand),
            unit: change.unit.unwrap_or(now.unit),
            category: change.category.unwrap_or(now.category),
            attributes: change.attributes.unwrap_or(now.attributes),
        })
    }

    /// The same with other attributes.
    #[must_use]
    pub fn with_attributes(mut self, attributes: Attributes) -> Self {
        self.attributes = attributes;
        self
    }

    fn draft(&self) -> ProductDraft {
        ProductDraft {
            number: self.number.to_string(),
            name: self.name.to_string(),
            description: self.description.as_ref().map(ToString::to_string),
            gtin: self.gtin.as_ref().map(ToString::to_string),
            mpn: self.mpn.as_ref().map(ToString::to_string),
            brand: self.brand.as_ref().map(ToString::to_string),
            unit: self.unit,
            category: self.category,
            attributes: self
                .attributes
                .iter()
                .map(|attribute| AttributeDraft {
                    name: attribute.name.to_string(),
                    value: attribute.value.to_string(),
                    unit: attribute.unit,
                    translations: attribute.translations.drafts(),
                })
                .collect(),
        }
    }

    /// In which parts `other` differs.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<Part> {
        [
            ("number", self.number != other.number),
            ("name", self.name != other.name),
            ("description", self.description != other.description),
            ("gtin", self.gtin != other.gtin),
            ("mpn", self.mpn != other.mpn),
            ("brand", self.brand != other.brand),
            ("unit", self.unit != other.unit),
            ("categoryId", self.category != other.category),
            ("attributes", self.attributes != other.attributes),
        ]
        .into_iter()
        .filter_map(|(part, differs)| differs.then_some(Part(part)))
        .collect()
    }
}
