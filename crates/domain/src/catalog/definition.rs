//! What one attribute of a product type means.

use serde::{Deserialize, Serialize};

use crate::locale::{TranslationDraft, Translations};
use crate::named;
use crate::named::Named;
use crate::problem::{Code, Problem, Problems};
use crate::text::{ShortText, fold};
use crate::unit::Unit;

/// How many options an attribute can have.
pub const OPTIONS_MAX: usize = 500;

named! {
    /// What values an attribute takes.
    pub enum AttributeKind {
        /// One line of text.
        Text = "TEXT",
        /// A number in one unit; values in units that convert to it are converted.
        Number = "NUMBER",
        /// One of the listed options.
        Enum = "ENUM",
        /// True or false.
        Boolean = "BOOLEAN",
        /// A day.
        Date = "DATE",
    }
}

named! {
    /// What else holds of an attribute.
    pub enum AttributeTrait {
        /// Every product of the type must have it.
        Required = "REQUIRED",
        /// Its text can stand in several languages.
        Localised = "LOCALISED",
        /// Search counts its values and narrows by them.
        Facet = "FACET",
        /// Variants of one product differ in it.
        Axis = "AXIS",
    }
}

/// One value that an attribute of the kind ENUM takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeOption {
    /// How products say it.
    pub code: ShortText,
    /// What people read.
    pub label: ShortText,
    /// What they read in other languages.
    #[serde(default)]
    pub labels: Translations<60>,
}

/// An option as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionDraft {
    /// Its code.
    pub code: String,
    /// Its label; the code when there is none.
    pub label: Option<String>,
    /// Its label in other languages.
    pub labels: Vec<TranslationDraft>,
}

/// What one attribute of a type means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeDefinition {
    /// How products name it; no other attribute of the type does, whatever its capitals and accents.
    pub code: ShortText,
    /// What people read.
    pub label: ShortText,
    /// What they read in other languages.
    #[serde(default)]
    pub labels: Translations<60>,
    /// What values it takes, by name.
    #[serde(with = "kind_name")]
    pub kind: AttributeKind,
    /// In what its numbers are kept; none for a pure number.
    pub unit: Option<Unit>,
    /// What it can be; only for the kind ENUM.
    #[serde(default)]
    pub options: Vec<AttributeOption>,
    /// What else holds of it, by name, sorted.
    #[serde(with = "trait_names")]
    pub traits: Vec<AttributeTrait>,
}

/// A definition as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionDraft {
    /// Its code.
    pub code: String,
    /// Its label; the code when there is none.
    pub label: Option<String>,
    /// Its label in other languages.
    pub labels: Vec<TranslationDraft>,
    /// What values it takes.
    pub kind: AttributeKind,
    /// Its unit.
    pub unit: Option<Unit>,
    /// Its options.
    pub options: Vec<OptionDraft>,
    /// Its traits.
    pub traits: Vec<AttributeTrait>,
}

impl AttributeDefinition {
    /// Checks a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it: texts; a unit or options where the kind has none, or none where it needs them; LOCALISED on
    /// what is no text; an axis that is none, because a text in several languages is no one value.
    pub fn parse(draft: &DefinitionDraft) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let code = problems.take("code", ShortText::parse(&draft.code));
        let label = problems.take("label", ShortText::parse(draft.label.as_deref().unwrap_or(&draft.code)));
        let labels = problems.take("translations", Translations::parse(&draft.labels));
        if draft.unit.is_some() && draft.kind != AttributeKind::Number {
            problems.push(Problem::new(Code::Invalid).at("unit"));
        }
        let options = problems.take("options", options(draft));
        let mut traits = draft.traits.clone();
        traits.sort_unstable();
        traits.dedup();
        let localised = traits.contains(&AttributeTrait::Localised);
        if localised && (draft.kind != AttributeKind::Text || traits.contains(&AttributeTrait::Axis)) {
            problems.push(Problem::new(Code::Invalid).at("traits"));
        }
        let parts = code.zip(label).zip(labels).zip(options);
        let (((code, label), labels), options) = problems.finish(parts)?;
        Ok(Self { code, label, labels, kind: draft.kind, unit: draft.unit, options, traits })
    }

    /// Whether `one` holds of it.
    #[must_use]
    pub fn has(&self, one: AttributeTrait) -> bool {
        self.traits.contains(&one)
    }

    /// Whether `folded` is how people or products call it.
    pub(super) fn is_called(&self, folded: &str) -> bool {
        let labels = self.labels.iter().map(|(_, text)| text.as_str());
        [self.code.as_str(), self.label.as_str()].into_iter().chain(labels).any(|name| fold(name) == folded)
    }

    /// The option that `text` names, by its code or a label.
    pub(super) fn option(&self, text: &str) -> Option<&AttributeOption> {
        let folded = fold(text);
        let by_code = self.options.iter().find(|option| fold(option.code.as_str()) == folded);
        by_code.or_else(|| {
            self.options.iter().find(|option| {
                let labels = option.labels.iter().map(|(_, text)| text.as_str());
                std::iter::once(option.label.as_str()).chain(labels).any(|label| fold(label) == folded)
            })
        })
    }
}

fn options(draft: &DefinitionDraft) -> Result<Vec<AttributeOption>, Problems> {
    match (draft.kind, draft.options.len()) {
        (AttributeKind::Enum, 0) => return Err(Problem::new(Code::TooFew).with("min", 1).into()),
        (AttributeKind::Enum, 1..=OPTIONS_MAX) | (_, 0) => {}
        (AttributeKind::Enum, _) => return Err(Problem::new(Code::TooMany).with("max", OPTIONS_MAX).into()),
        _ => return Err(Code::Invalid.into()),
    }
    let mut problems = Problems::new();
    let mut seen = std::collections::HashSet::new();
    let mut found = Vec::with_capacity(draft.options.len());
    for (n, option) in draft.options.iter().enumerate() {
        let mut own = Problems::new();
        let code = own.take("code", ShortText::parse(&option.code));
        let label = own.take("label", ShortText::parse(option.label.as_deref().unwrap_or(&option.code)));
        let labels = own.take("translations", Translations::parse(&option.labels));
        if code.as_ref().is_some_and(|code| !seen.insert(fold(code.as_str()))) {
            own.push(Problem::new(Code::Duplicate).at("code"));
        }
        let parts = code.zip(label).zip(labels);
        let option = own.finish(parts).map(|((code, label), labels)| AttributeOption { code, label, labels });
        found.extend(problems.take(n, option));
    }
    problems.finish(Some(found))
}

/// A kind as its name.
mod kind_name {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::{AttributeKind, Named};

    pub(super) fn serialize<S: Serializer>(kind: &AttributeKind, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(kind.name())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AttributeKind, D::Error> {
        let name = String::deserialize(deserializer)?;
        AttributeKind::from_name(&name).ok_or_else(|| D::Error::custom(name))
    }
}

/// Traits as their names.
mod trait_names {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::{AttributeTrait, Named};

    pub(super) fn serialize<S: Serializer>(traits: &[AttributeTrait], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(traits.iter().map(|one| one.name()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<AttributeTrait>, D::Error> {
        let names = Vec::<String>::deserialize(deserializer)?;
        names.into_iter().map(|name| AttributeTrait::from_name(&name).ok_or_else(|| D::Error::custom(name))).collect()
    }
}
