//! What clients ask a search.

use async_graphql::InputObject;
use tradehall_domain::catalog::Category;
use tradehall_domain::organization::Organization;
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::search::{FacetKind, Question, SearchOrder, Value};
use tradehall_domain::text::fold;
use tradehall_domain::unit::Unit;
use tradehall_persistence::search::index::{Choice, FacetKey, Facets, FilterKey, Order, Query};

use crate::app::Error;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::scalar::{Decimal, UnitCode};

/// How many values of a facet are told.
pub const VALUES_MAX: usize = 50;

/// What products are narrowed to: each field narrows, the values within a field are alternatives.
#[derive(Debug, Default, InputObject)]
pub struct ProductSearchFilter {
    /// Those in one of these categories or below it, at most 50.
    #[graphql(validator(max_items = 50))]
    pub category_ids: Option<Vec<GlobalId<Category>>>,
    /// Those of one of these brands, whatever their capitals and accents, at most 50.
    #[graphql(validator(max_items = 50))]
    pub brands: Option<Vec<String>>,
    /// Those of one of these organizations, at most 50.
    #[graphql(validator(max_items = 50))]
    pub owner_ids: Option<Vec<GlobalId<Organization>>>,
    /// What is said of them, at most 20 attributes, all of which must hold.
    #[graphql(validator(max_items = 20))]
    pub attributes: Option<Vec<ProductAttributeFilter>>,
}

/// What an attribute must say: one of the values, or a number between two.
#[derive(Debug, InputObject)]
pub struct ProductAttributeFilter {
    /// The attribute's name, whatever its capitals and accents, up to 60 characters.
    #[graphql(validator(max_length = 60))]
    pub name: String,
    /// The unit of its values; left out for values without one.
    pub unit: Option<UnitCode>,
    /// One of these, at most 50; numbers are the same however they are written.
    #[graphql(validator(max_items = 50))]
    pub values: Option<Vec<String>>,
    /// A number of at least this, with up to four decimals.
    pub min: Option<Decimal>,
    /// A number of at most this, with up to four decimals.
    pub max: Option<Decimal>,
}

/// A search as the index takes it.
///
/// # Errors
/// What is wrong with the words or a filter, by its path.
pub fn query(
    words: Option<&str>,
    filter: ProductSearchFilter,
    facets: Facets,
    order: SearchOrder,
) -> Result<Query, Error> {
    let question = words.map(Question::parse).transpose().map_err(|problem| problem.at("query"))?;
    let order = match order {
        SearchOrder::Relevance => Order::Relevance,
        SearchOrder::Name => Order::Name,
        SearchOrder::Number => Order::Number,
        SearchOrder::Newest => Order::Newest,
    };
    Ok(Query { question, choices: choices(filter)?, facets, order })
}

/// Which facets are counted: those of `kinds`, all of them when none are named.
#[must_use]
pub fn facets(kinds: Option<Vec<Closed<FacetKind>>>) -> Facets {
    let wants = |kind| kinds.as_ref().is_none_or(|kinds| kinds.iter().any(|wanted| wanted.0 == kind));
    Facets {
        category: wants(FacetKind::Category),
        brand: wants(FacetKind::Brand),
        owner: wants(FacetKind::Owner),
        attributes: wants(FacetKind::Attribute),
        values: VALUES_MAX,
    }
}

fn choices(filter: ProductSearchFilter) -> Result<Vec<Choice>, Error> {
    let mut choices = Vec::new();
    if let Some(ids) = filter.category_ids {
        let keys = ids.into_iter().map(|id| FilterKey::Category(id.0.uuid())).collect();
        choices.push(Choice { facet: FacetKey::Category, keys });
    }
    if let Some(brands) = filter.brands {
        let keys = brands.iter().map(|brand| FilterKey::Brand(fold(brand))).collect();
        choices.push(Choice { facet: FacetKey::Brand, keys });
    }
    if let Some(ids) = filter.owner_ids {
        let keys = ids.into_iter().map(|id| FilterKey::Owner(id.0.uuid())).collect();
        choices.push(Choice { facet: FacetKey::Owner, keys });
    }
    for (n, attribute) in filter.attributes.unwrap_or_default().into_iter().enumerate() {
        let choice = self::attribute(attribute);
        choices.push(choice.map_err(|problem| problem.at(n).at("attributes").at("filter"))?);
    }
    Ok(choices)
}

fn attribute(filter: ProductAttributeFilter) -> Result<Choice, Problem> {
    let name = fold(&filter.name);
    let unit = filter.unit.map(|unit| Unit::code(unit.0)).unwrap_or_default().to_owned();
    let units = |number: Decimal, path| match Value::of_decimal(number.0) {
        Some(Value::Number(units)) => Ok(units),
        _ => Err(Problem::new(Code::Invalid).at(path)),
    };
    let keys = match (filter.values, filter.min, filter.max) {
        (Some(values), None, None) => {
            let key = |value: &String| FilterKey::Attribute {
                name: name.clone(),
                unit: unit.clone(),
                value: Value::of(value),
            };
            values.iter().map(key).collect()
        }
        (None, None, None) => return Err(Problem::new(Code::Required).at("values")),
        (Some(_), _, _) => return Err(Problem::new(Code::Invalid).at("values")),
        (None, min, max) => {
            let min = min.map_or(Ok(i64::MIN), |min| units(min, "min"))?;
            let max = max.map_or(Ok(i64::MAX), |max| units(max, "max"))?;
            vec![FilterKey::Between { name: name.clone(), unit: unit.clone(), min, max }]
        }
    };
    Ok(Choice { facet: FacetKey::Attribute { name, unit }, keys })
}
