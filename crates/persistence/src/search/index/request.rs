//! What is asked of the index.

use std::sync::Arc;

use tradehall_domain::search::{Question, Value};
use uuid::Uuid;

/// What the viewer may see.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sight {
    /// The groups whose products it is shown, in ascending order.
    pub groups: Arc<[Uuid]>,
    /// Its organization, whose products it sees whoever else does.
    pub own: Option<Uuid>,
    /// Whether it may also see what its organization has not published.
    pub unpublished: bool,
}

/// What products are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    /// The words; all products without any.
    pub question: Option<Question>,
    /// Every choice narrows.
    pub choices: Vec<Choice>,
    /// What is counted besides.
    pub facets: Facets,
    /// In which order.
    pub order: Order,
}

/// One thing that a viewer narrows a search by: any of the keys will do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Choice {
    /// The facet whose counts leave this choice aside.
    pub facet: FacetKey,
    /// What a product must have one of.
    pub keys: Vec<FilterKey>,
}

/// What is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Facets {
    /// By category.
    pub category: bool,
    /// By brand.
    pub brand: bool,
    /// By owner.
    pub owner: bool,
    /// By attribute.
    pub attributes: bool,
    /// How many values of each at most.
    pub values: usize,
}

impl Facets {
    /// Whether anything is counted.
    #[must_use]
    pub const fn any(&self) -> bool {
        self.category || self.brand || self.owner || self.attributes
    }
}

/// A facet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FacetKey {
    /// The category and those above it.
    Category,
    /// The brand.
    Brand,
    /// The owner.
    Owner,
    /// An attribute, by its folded name and the code of its unit, which is empty where there is none.
    Attribute {
        /// Its name, folded.
        name: String,
        /// Its unit's code.
        unit: String,
    },
}

/// What a product can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FilterKey {
    /// Its owner.
    Owner(Uuid),
    /// Its category or one above it.
    Category(Uuid),
    /// Its brand, folded.
    Brand(String),
    /// An attribute's value.
    Attribute {
        /// Its name, folded.
        name: String,
        /// Its unit's code, or nothing.
        unit: String,
        /// What it says.
        value: Value,
    },
    /// An attribute's number, in 1/10 000, both ends included.
    Between {
        /// Its name, folded.
        name: String,
        /// Its unit's code, or nothing.
        unit: String,
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
}

/// In which order hits come; equals by their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// The best first.
    Relevance,
    /// By folded name.
    Name,
    /// By number.
    Number,
    /// The newest first.
    Newest,
}

impl FilterKey {
    /// The first and the last term that it stands for.
    pub(super) fn bounds(&self) -> (Vec<u8>, Vec<u8>) {
        let attribute = |name: &str, unit: &str, value: &Value| {
            let mut term = [b"a", name.as_bytes(), b"\0", unit.as_bytes(), b"\0"].concat();
            term.extend(value_bytes(value));
            term
        };
        let one = |term: Vec<u8>| (term.clone(), term);
        match self {
            Self::Owner(id) => one([b"o", id.as_bytes().as_slice()].concat()),
            Self::Category(id) => one([b"c", id.as_bytes().as_slice()].concat()),
            Self::Brand(brand) => one([b"b", brand.as_bytes()].concat()),
            Self::Attribute { name, unit, value } => one(attribute(name, unit, value)),
            Self::Between { name, unit, min, max } => {
                (attribute(name, unit, &Value::Number(*min)), attribute(name, unit, &Value::Number(*max)))
            }
        }
    }

    /// The term of a key that stands for one.
    pub(super) fn term(&self) -> Vec<u8> {
        self.bounds().0
    }
}

/// A value so that the bytes of numbers sort as the numbers do.
pub(super) fn value_bytes(value: &Value) -> Vec<u8> {
    match value {
        Value::Number(units) => [b"n".as_slice(), &(units.cast_unsigned() ^ (1 << 63)).to_be_bytes()].concat(),
        Value::Text(text) => [b"t", text.as_bytes()].concat(),
    }
}
