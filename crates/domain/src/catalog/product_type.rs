//! Product types: what the attributes of a kind of product mean.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::Serialize;

use super::definition::{AttributeDefinition, AttributeTrait, DefinitionDraft};
use super::{ATTRIBUTES_MAX, Attributes};
use crate::event::DomainEvent;
use crate::id::Id;
use crate::locale::{TranslationDraft, Translations};
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::{ShortText, fold};

/// A kind of product, whose attributes mean the same in all products of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductType {
    /// Which type.
    pub id: ProductTypeId,
    /// Whose it is.
    pub owner: OrganizationId,
    /// The owner's short name for it; no other type of the owner has it.
    pub code: ShortText,
    /// What people call it.
    pub name: ShortText,
    /// What they call it in other languages.
    pub names: Translations<60>,
    /// What its attributes mean.
    pub definitions: Vec<AttributeDefinition>,
    /// Whether a product of it was ever published. Until then only the owner knows of it.
    pub published: bool,
    /// When it last began to refuse what it took before: what was written for it earlier has to be checked again.
    pub narrowed_at: Timestamp,
    /// When it was defined.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`ProductType`].
pub type ProductTypeId = Id<ProductType>;

/// A product type as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductTypeDraft {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its name in other languages.
    pub names: Vec<TranslationDraft>,
    /// What its attributes mean.
    pub definitions: Vec<DefinitionDraft>,
}

/// The part of a type that its owner writes.
struct Written {
    code: ShortText,
    name: ShortText,
    names: Translations<60>,
    definitions: Vec<AttributeDefinition>,
}

impl ProductType {
    /// Defines a type.
    ///
    /// # Errors
    /// Everything that is wrong with the draft.
    pub fn define(
        draft: &ProductTypeDraft,
        owner: OrganizationId,
        now: Timestamp,
    ) -> Result<(Self, ProductTypeEvent), Problems> {
        let Written { code, name, names, definitions } = parse(draft)?;
        let product_type = Self {
            id: Id::new(),
            owner,
            code,
            name,
            names,
            definitions,
            published: false,
            narrowed_at: now,
            created_at: now,
            version: 1,
        };
        Ok((product_type, ProductTypeEvent::Defined))
    }

    /// The type after `draft`, and whether it refuses anything that it took before: then each product of it has to be looked at with
    /// [`ProductType::keeps`].
    ///
    /// # Errors
    /// Everything that is wrong with the draft.
    pub fn revised(&self, draft: &ProductTypeDraft, now: Timestamp) -> Result<(Self, bool), Problems> {
        let Written { code, name, names, definitions } = parse(draft)?;
        let narrows = self.definitions.iter().any(|old| !definitions.iter().any(|new| takes_all_of(new, old)))
            || definitions.iter().any(|new| {
                let is_new = !self.definitions.iter().any(|old| old.code == new.code);
                is_new && (new.has(AttributeTrait::Required) || new.has(AttributeTrait::Axis))
            });
        let narrowed_at = if narrows { now } else { self.narrowed_at };
        Ok((Self { code, name, names, definitions, narrowed_at, ..self.clone() }, narrows))
    }

    /// Whether a product that fitted `old` fits this type as it is: nothing that it says is lost or said otherwise.
    #[must_use]
    pub fn keeps(&self, old: &Self, attributes: &Attributes) -> bool {
        let gone = attributes.iter().any(|attribute| {
            let meant = |one: &Self| one.definition_of(attribute.name.as_str()).is_some();
            meant(old) && !meant(self)
        });
        !gone && self.canonical(attributes).is_ok_and(|canonical| canonical == *attributes)
    }

    /// What the attribute called `name` means.
    #[must_use]
    pub fn definition_of(&self, name: &str) -> Option<&AttributeDefinition> {
        let folded = fold(name);
        let by_code = self.definitions.iter().find(|definition| fold(definition.code.as_str()) == folded);
        by_code.or_else(|| self.definitions.iter().find(|definition| definition.is_called(&folded)))
    }

    /// The attributes in which variants of one product differ.
    pub fn axes(&self) -> impl Iterator<Item = &AttributeDefinition> {
        self.definitions.iter().filter(|definition| definition.has(AttributeTrait::Axis))
    }

    /// Whether variants of products of both differ in the same.
    #[must_use]
    pub fn has_axes_of(&self, other: &Self) -> bool {
        let codes = |one: &Self| one.axes().map(|axis| axis.code.clone()).collect::<HashSet<_>>();
        codes(self) == codes(other)
    }
}

/// Whether every value that `old` took is taken by `new` under the same code and means the same.
fn takes_all_of(new: &AttributeDefinition, old: &AttributeDefinition) -> bool {
    let options = || old.options.iter().all(|option| new.options.iter().any(|other| other.code == option.code));
    let more = |one: AttributeTrait| new.has(one) && !old.has(one);
    let less = old.has(AttributeTrait::Localised) && !new.has(AttributeTrait::Localised);
    let axis = new.has(AttributeTrait::Axis) != old.has(AttributeTrait::Axis);
    new.code == old.code
        && new.kind == old.kind
        && new.unit == old.unit
        && options()
        && !more(AttributeTrait::Required)
        && !less
        && !axis
}

fn parse(draft: &ProductTypeDraft) -> Result<Written, Problems> {
    let mut problems = Problems::new();
    let code = problems.take("code", ShortText::parse(&draft.code));
    let name = problems.take("name", ShortText::parse(&draft.name));
    let names = problems.take("translations", Translations::parse(&draft.names));
    let definitions = problems.take("definitions", definitions(&draft.definitions));
    let parts = code.zip(name).zip(names).zip(definitions);
    let (((code, name), names), definitions) = problems.finish(parts)?;
    Ok(Written { code, name, names, definitions })
}

fn definitions(drafts: &[DefinitionDraft]) -> Result<Vec<AttributeDefinition>, Problems> {
    if drafts.len() > ATTRIBUTES_MAX {
        return Err(Problem::new(Code::TooMany).with("max", ATTRIBUTES_MAX).into());
    }
    let mut problems = Problems::new();
    let mut seen = HashSet::new();
    let mut found = Vec::with_capacity(drafts.len());
    for (n, draft) in drafts.iter().enumerate() {
        let Some(definition) = problems.take(n, AttributeDefinition::parse(draft)) else { continue };
        if !seen.insert(fold(definition.code.as_str())) {
            problems.push(Problem::new(Code::Duplicate).at("code").at(n));
        }
        found.push(definition);
    }
    problems.finish(Some(found))
}

/// What happens to a product type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ProductTypeEvent {
    /// It was defined.
    Defined,
    /// It was defined otherwise.
    Revised,
}

impl DomainEvent for ProductTypeEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Defined => "PRODUCT_TYPE_DEFINED",
            Self::Revised => "PRODUCT_TYPE_REVISED",
        }
    }
}
