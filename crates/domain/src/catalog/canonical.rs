//! Attributes in the form that their product's type gives them: names by code, numbers in its unit, options by code, days as ISO 8601
//! writes them. What the type does not define stays as it was written.

use std::collections::HashSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::attribute::{Attribute, Attributes};
use super::classification::{Classification, Variant};
use super::definition::{AttributeDefinition, AttributeKind, AttributeTrait};
use super::product::Product;
use super::product_type::ProductType;
use crate::number::parse_decimal;
use crate::problem::{Code, Problem, Problems};
use crate::text::{Text, fold};
use crate::unit::Unit;

impl ProductType {
    /// The attributes in the type's form; once in it, they stay as they are.
    ///
    /// # Errors
    /// What is wrong with each by its place in the list, and [`Code::AttributeRequired`] for each that is missing.
    pub fn canonical(&self, attributes: &Attributes) -> Result<Attributes, Problems> {
        let mut problems = Problems::new();
        let mut seen = HashSet::new();
        let mut canonical = Vec::new();
        for (n, attribute) in attributes.iter().enumerate() {
            let Some(definition) = self.definition_of(attribute.name.as_str()) else {
                canonical.push(attribute.clone());
                continue;
            };
            if !seen.insert(definition.code.as_str()) {
                problems.push(Problem::new(Code::Duplicate).at("name").at(n));
            }
            canonical.extend(problems.take(n, definition.canonical(attribute)));
        }
        let missing = self.definitions.iter().filter(|definition| definition.has(AttributeTrait::Required));
        for definition in missing.filter(|definition| !seen.contains(definition.code.as_str())) {
            problems.push(Problem::new(Code::AttributeRequired).with("attribute", &definition.code));
        }
        problems.finish(Some(Attributes::canonical(canonical)))
    }

    /// What a variant with these attributes, in the type's form, has on the axes: one text that another variant with the same values has
    /// too, and no other.
    ///
    /// # Errors
    /// [`Code::NoAxes`] for a type without any; [`Code::AxisMissing`] for each that has no value.
    pub fn place_on_axes(&self, attributes: &Attributes) -> Result<String, Problems> {
        if self.axes().next().is_none() {
            return Err(Code::NoAxes.into());
        }
        let mut problems = Problems::new();
        let mut place = String::new();
        let mut axes: Vec<_> = self.axes().collect();
        axes.sort_by(|one, other| one.code.cmp(&other.code));
        for axis in axes {
            match attributes.iter().find(|attribute| attribute.name == axis.code) {
                // A text has no control characters, so they keep apart what is beside them.
                Some(attribute) => {
                    place.push_str(&format!("{}\u{1f}{}\u{1e}", axis.code, fold(attribute.value.as_str())));
                }
                None => problems.push(Problem::new(Code::AxisMissing).with("attribute", &axis.code)),
            }
        }
        problems.finish(Some(place))
    }

    /// The place of a product of this type, with attributes in its form, among the variants of `parent`.
    ///
    /// # Errors
    /// [`Code::VariantNested`] for a parent that is a variant itself; [`Code::VariantTypeDiffers`] for one of another type;
    /// as [`ProductType::place_on_axes`].
    pub fn variant_of(&self, parent: &Product, attributes: &Attributes) -> Result<Variant, Problems> {
        let at = |code: Code| Problems::from(Problem::new(code).at("variantOfId"));
        match &parent.classification {
            Classification { variant: Some(_), .. } => return Err(at(Code::VariantNested)),
            Classification { product_type, .. } if *product_type != Some(self.id) => {
                return Err(at(Code::VariantTypeDiffers));
            }
            Classification { .. } => {}
        }
        let axes = self.place_on_axes(attributes).map_err(|problems| problems.at("attributes"))?;
        Ok(Variant { of: parent.id, axes })
    }
}

impl AttributeDefinition {
    fn canonical(&self, attribute: &Attribute) -> Result<Attribute, Problems> {
        let mut problems = Problems::new();
        let value = match self.kind {
            AttributeKind::Number => self.number(attribute),
            _ if attribute.unit.is_some() => Err(Problem::new(Code::Invalid).at("unit")),
            AttributeKind::Text => Ok(attribute.value.as_str().to_owned()),
            AttributeKind::Enum => self.option(attribute.value.as_str()).map_or_else(
                || Err(Problem::new(Code::OptionUnknown).with("attribute", &self.code).at("value")),
                |option| Ok(option.code.to_string()),
            ),
            AttributeKind::Boolean => boolean(attribute.value.as_str()).map_err(|problem| problem.at("value")),
            AttributeKind::Date => date(attribute.value.as_str()).map_err(|problem| problem.at("value")),
        };
        if !attribute.translations.is_empty() && !self.has(AttributeTrait::Localised) {
            problems.push(Problem::new(Code::AttributeNotLocalised).at("translations"));
        }
        let value = match value {
            Ok(value) => problems.take("value", Text::parse(&value)),
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        let value = problems.finish(value)?;
        Ok(Attribute { name: self.code.clone(), value, unit: self.unit, translations: attribute.translations.clone() })
    }

    fn number(&self, attribute: &Attribute) -> Result<String, Problem> {
        let number = parse_decimal(attribute.value.as_str()).map_err(|problem| problem.at("value"))?;
        let exact = match (attribute.unit, self.unit) {
            // A bare number is in the type's unit.
            (None, _) => Some(number),
            (Some(unit), Some(own)) if unit.converts_to(own) => exactly(number, unit, own),
            (Some(_), Some(own)) => return Err(Problem::new(Code::UnitsDiffer).with("unit", own).at("unit")),
            (Some(_), None) => return Err(Problem::new(Code::Invalid).at("unit")),
        };
        let unit = self.unit.map(|unit| unit.code()).unwrap_or_default();
        let exact = exact.ok_or_else(|| Problem::new(Code::NumberNotExact).with("unit", unit).at("value"))?;
        Ok(exact.normalize().to_string())
    }
}

/// How many decimals a [`Decimal`] can have.
const DECIMALS_MAX: u32 = 28;

/// `amount` of `from` in `to`, where 28 digits can say it. In whole numbers: a [`Decimal`] would round without a word.
fn exactly(amount: Decimal, from: Unit, to: Unit) -> Option<Decimal> {
    let (up, down) = Unit::price_factor(to, from)?;
    let amount = amount.normalize();
    // Both are whole numbers.
    let (up, down) = (up.mantissa(), down.mantissa());
    let mut grown = amount.mantissa().checked_mul(up)?;
    let mut scale = amount.scale();
    while grown.checked_rem(down)? != 0 {
        grown = grown.checked_mul(10)?;
        scale = scale.checked_add(1).filter(|scale| *scale <= DECIMALS_MAX)?;
    }
    Decimal::try_from_i128_with_scale(grown.checked_div(down)?, scale).ok()
}

fn boolean(text: &str) -> Result<String, Problem> {
    match fold(text).as_str() {
        "true" | "yes" | "co" => Ok("true".to_owned()),
        "false" | "no" | "khong" => Ok("false".to_owned()),
        _ => Err(Code::BooleanMalformed.into()),
    }
}

fn date(text: &str) -> Result<String, Problem> {
    let is_plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let day: Option<Date> = text.parse().ok().filter(|_| is_plain);
    day.map(|day| day.to_string()).ok_or_else(|| Code::DateMalformed.into())
}
