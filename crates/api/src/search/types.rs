//! What a search answers besides its hits.

use std::sync::Arc;

use async_graphql::connection::{Connection, ConnectionNameType, EdgeNameType, EmptyFields};
use async_graphql::{Context, Description, Object, OutputType, Result, SimpleObject};
use tradehall_domain::catalog::CategoryId;
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::search::{FacetKind, Value};
use tradehall_domain::unit::Unit;
use tradehall_persistence::search::index::{Facet, FacetKey, FacetValue, FilterKey, Found};

use crate::catalog::{CategoryNode, ProductNode};
use crate::graphql::closed::Closed;
use crate::graphql::id::global;
use crate::graphql::loader::{counted, load_maybe};
use crate::graphql::scalar::{Decimal, UnitCode};
use crate::organization::OrganizationNode;

/// The hits of a search, page by page.
pub type Hits = Connection<String, ProductNode, SearchSummary, EmptyFields, HitsName, HitEdgeName>;

/// What the connection is called.
#[derive(Debug)]
pub struct HitsName;

impl ConnectionNameType for HitsName {
    fn type_name<T: OutputType>() -> String {
        "ProductSearchConnection".to_owned()
    }
}

/// What its edges are called.
#[derive(Debug)]
pub struct HitEdgeName;

impl EdgeNameType for HitEdgeName {
    fn type_name<T: OutputType>() -> String {
        "ProductSearchEdge".to_owned()
    }
}

/// What is told of all hits together.
#[derive(Debug, Clone)]
pub struct SearchSummary(pub Arc<Found>);

#[Object]
impl SearchSummary {
    /// How many products the viewer finds.
    async fn total_count(&self) -> u64 {
        self.0.total
    }

    /// What the hits have in common, counted after a price has narrowed them: category, brand, owner, then the attributes that most
    /// hits have, at most 20 in all.
    async fn facets(&self, ctx: &Context<'_>) -> Result<Vec<ProductFacetNode>> {
        counted(ctx, self.0.facets.len())?;
        let found = &self.0;
        Ok((0..found.facets.len()).map(|n| ProductFacetNode { found: found.clone(), n }).collect())
    }

    /// Whether typing errors were forgiven, because nothing that the viewer may see meets the words as they are.
    async fn forgiven(&self) -> bool {
        self.0.forgiven
    }

    /// Words, as most products write them, that lead to products that the viewer may see, where those asked for lead to none, or to
    /// some only with errors forgiven; null when there are no such words.
    async fn did_you_mean(&self) -> Option<&str> {
        self.0.did_you_mean.as_deref()
    }
}

/// What the hits of a search are counted by, with its most frequent values.
#[derive(Debug, Clone, Description)]
pub struct ProductFacetNode {
    found: Arc<Found>,
    n: usize,
}

impl ProductFacetNode {
    fn facet(&self) -> Option<&Facet> {
        self.found.facets.get(self.n)
    }
}

#[Object(name = "ProductFacet", use_type_description)]
impl ProductFacetNode {
    /// What is counted.
    async fn kind(&self) -> Closed<FacetKind> {
        Closed(match self.facet().map(|facet| &facet.key) {
            Some(FacetKey::Brand) => FacetKind::Brand,
            Some(FacetKey::Owner) => FacetKind::Owner,
            Some(FacetKey::Attribute { .. }) => FacetKind::Attribute,
            Some(FacetKey::Category) | None => FacetKind::Category,
        })
    }

    /// The attribute's name as it is written in one of the products; null for what is no attribute.
    async fn name(&self) -> Option<&str> {
        self.facet().map(|facet| facet.label.as_str()).filter(|label| !label.is_empty())
    }

    /// The unit of the attribute's values; null where they have none.
    async fn unit(&self) -> Option<UnitCode> {
        match self.facet().map(|facet| &facet.key) {
            Some(FacetKey::Attribute { unit, .. }) => Unit::parse(unit).ok().map(UnitCode),
            _ => None,
        }
    }

    /// Its values, most frequent first, at most 50; the filter on this facet itself is left aside while they are counted, unless
    /// `withinFilter` says otherwise.
    async fn values(&self, ctx: &Context<'_>) -> Result<Vec<FacetValueNode>> {
        let values = self.facet().map_or(0, |facet| facet.values.len());
        counted(ctx, values)?;
        Ok((0..values).map(|value| FacetValueNode { facet: self.clone(), value }).collect())
    }

    /// Whether the filter on this facet itself narrows its values, too: with `filter.price`, where more than 10 000 products would have to
    /// be priced to count without it.
    async fn within_filter(&self) -> bool {
        self.facet().is_some_and(|facet| facet.within_choices)
    }

    /// The least of all values that are numbers, those beyond the first 50 included; null where none is one.
    async fn min(&self) -> Option<Decimal> {
        self.facet()?.min.map(|units| Decimal(Value::decimal(units)))
    }

    /// The largest of all values that are numbers; null where none is one.
    async fn max(&self) -> Option<Decimal> {
        self.facet()?.max.map(|units| Decimal(Value::decimal(units)))
    }
}

/// A value of a facet, and how many hits have it.
#[derive(Debug, Clone, Description)]
pub struct FacetValueNode {
    facet: ProductFacetNode,
    value: usize,
}

impl FacetValueNode {
    fn value(&self) -> Option<&FacetValue> {
        self.facet.facet()?.values.get(self.value)
    }
}

#[Object(name = "ProductFacetValue", use_type_description)]
impl FacetValueNode {
    /// The value as people write it, which a filter takes as well: a brand, an attribute's value, a category's name; null for owners,
    /// who are told as objects.
    async fn label(&self) -> Option<&str> {
        self.value().map(|value| value.label.as_str()).filter(|label| !label.is_empty())
    }

    /// What a filter takes for it: the id of a category or of an owner, else the label.
    async fn key(&self) -> String {
        match self.value().map(|value| (&value.key, &value.label)) {
            Some((FilterKey::Category(id), _)) => global(CategoryId::from_uuid(*id)).0,
            Some((FilterKey::Owner(id), _)) => global(OrganizationId::from_uuid(*id)).0,
            Some((_, label)) => label.clone(),
            None => String::new(),
        }
    }

    /// How many of the hits have it.
    async fn count(&self) -> u64 {
        self.value().map_or(0, |value| value.count)
    }

    /// The category, where categories are counted.
    async fn category(&self, ctx: &Context<'_>) -> Result<Option<CategoryNode>> {
        match self.value().map(|value| &value.key) {
            Some(FilterKey::Category(id)) => Ok(load_maybe(ctx, CategoryId::from_uuid(*id)).await?.map(CategoryNode)),
            _ => Ok(None),
        }
    }

    /// The organization, where owners are counted.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<OrganizationNode>> {
        match self.value().map(|value| &value.key) {
            Some(FilterKey::Owner(id)) => {
                let id: OrganizationId = Id::from_uuid(*id);
                Ok(load_maybe(ctx, id).await?.map(OrganizationNode))
            }
            _ => Ok(None),
        }
    }
}

/// Something that can be meant by what was typed so far.
#[derive(SimpleObject)]
pub struct ProductSuggestion {
    /// What to show and to search for: a category's, brand's or product's name.
    pub text: String,
    /// How many products the viewer would find by it; 1 for a product.
    pub count: u64,
    /// The category, if it is one.
    pub category: Option<CategoryNode>,
    /// The product, if it is one; a suggestion that is neither is a brand.
    pub product: Option<ProductNode>,
}
