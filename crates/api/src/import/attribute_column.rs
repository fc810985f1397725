//! Columns that hold the values of one attribute: `attr:Thread`, `attr:Length [MMT]`.

use tradehall_domain::unit::Unit;

/// What such a column's name begins with.
const PREFIX: &str = "attr:";

/// A column of one attribute's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeColumn {
    /// The column's whole name.
    pub field: String,
    /// The attribute's name.
    pub name: String,
    /// The unit of its values.
    pub unit: Option<Unit>,
}

/// Whether a column's name is that of an attribute, in a unit that is known.
pub fn is_attribute(field: &str) -> bool {
    AttributeColumn::parse(field).is_some()
}

impl AttributeColumn {
    /// Reads a column's name; nothing for other columns.
    pub fn parse(field: &str) -> Option<Self> {
        let (prefix, rest) = field.split_at_checked(PREFIX.len())?;
        if !prefix.eq_ignore_ascii_case(PREFIX) {
            return None;
        }
        let rest = rest.trim();
        let bracketed = rest.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
        let (name, unit) = match bracketed {
            None => (rest, None),
            Some((name, "")) => (name, None),
            Some((name, unit)) => (name, Some(Unit::parse(unit.trim()).ok()?)),
        };
        let name = name.trim();
        (!name.is_empty()).then(|| Self { field: field.to_owned(), name: name.to_owned(), unit })
    }

    /// Those among `fields`.
    pub fn all<'a>(fields: impl Iterator<Item = &'a str>) -> Vec<Self> {
        fields.filter_map(Self::parse).collect()
    }

    /// The column for an attribute of that name and unit.
    pub fn of(name: &str, unit: Option<Unit>) -> String {
        match unit {
            Some(unit) => format!("{PREFIX}{name} [{}]", unit.code()),
            // Otherwise the brackets of the name itself would be taken for a unit's.
            None if name.ends_with(']') => format!("{PREFIX}{name} []"),
            None => format!("{PREFIX}{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AttributeColumn, Unit, is_attribute};

    #[test]
    fn a_column_says_its_attribute_and_unit() {
        let unit = Unit::parse("MMT").ok();
        for (name, unit) in [("Ren", None), ("Chiều dài", unit), ("Size [EU]", None), ("Size [EU]", unit)] {
            let column = AttributeColumn::of(name, unit);
            let read = AttributeColumn::parse(&column).unwrap();
            assert_eq!((read.name.as_str(), read.unit), (name, unit), "{column}");
        }
        for field in ["attr:", "attr: []", "attr:Length [nonsense]", "name", "at"] {
            assert!(!is_attribute(field), "{field}");
        }
    }
}
