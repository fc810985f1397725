//! What else is said of a product: an ordered list of names and values.

use serde::{Deserialize, Serialize};

use crate::locale::{TranslationDraft, Translations};
use crate::problem::{Code, Problem, Problems};
use crate::text::{ShortText, Text, fold};
use crate::unit::Unit;

/// How many attributes a product can have.
pub const ATTRIBUTES_MAX: usize = 100;

/// How long the value of an attribute may be, in characters.
pub const ATTRIBUTE_VALUE_MAX: usize = 200;

/// One thing said of a product, such as `Thread`: `M8`, or `Length`: `40` in `MMT`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// What is said something about.
    pub name: ShortText,
    /// What is said.
    pub value: Text<1, ATTRIBUTE_VALUE_MAX>,
    /// The unit of a value that is a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// What is said in other languages, for a text that its product's type lets stand in several.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations<ATTRIBUTE_VALUE_MAX>,
}

/// An attribute as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttributeDraft {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The unit of the value.
    pub unit: Option<Unit>,
    /// The value in other languages.
    pub translations: Vec<TranslationDraft>,
}

impl From<&Attribute> for AttributeDraft {
    fn from(attribute: &Attribute) -> Self {
        Self {
            name: attribute.name.to_string(),
            value: attribute.value.to_string(),
            unit: attribute.unit,
            translations: attribute.translations.drafts(),
        }
    }
}

/// At most [`ATTRIBUTES_MAX`] attributes in the order in which people shall read them; no name stands twice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attributes(Vec<Attribute>);

impl Attributes {
    /// Checks a list of attributes.
    ///
    /// # Errors
    /// [`Code::TooMany`]; [`Code::Duplicate`] for names that search would not tell apart; what is wrong with each text.
    pub fn parse(drafts: &[AttributeDraft]) -> Result<Self, Problems> {
        if drafts.len() > ATTRIBUTES_MAX {
            return Err(Problem::new(Code::TooMany).with("max", ATTRIBUTES_MAX).into());
        }
        let mut problems = Problems::new();
        let mut seen = std::collections::HashSet::new();
        let mut attributes = Vec::with_capacity(drafts.len());
        for (n, draft) in drafts.iter().enumerate() {
            let mut own = Problems::new();
            let name = own.take("name", ShortText::parse(&draft.name));
            let value = own.take("value", Text::parse(&draft.value));
            let translations = own.take("translations", Translations::parse(&draft.translations));
            if name.as_ref().is_some_and(|name| !seen.insert(fold(name.as_str()))) {
                own.push(Problem::new(Code::Duplicate).at("name"));
            }
            let parts = name.zip(value).zip(translations);
            let attribute = own.finish(parts).map(|((name, value), translations)| Attribute {
                name,
                value,
                unit: draft.unit,
                translations,
            });
            attributes.extend(problems.take(n, attribute));
        }
        problems.finish(Some(Self(attributes)))
    }

    /// Attributes that a product's type has brought into its form.
    pub(super) const fn canonical(attributes: Vec<Attribute>) -> Self {
        Self(attributes)
    }

    /// The attributes, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Attribute> {
        self.0.iter()
    }
}
