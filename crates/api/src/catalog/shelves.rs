//! What products are sorted by: categories, types, and the products that they are variants of. Read once, for however many products.

use std::collections::{HashMap, HashSet};

use tradehall_domain::catalog::{
    CategoryId, Classification, Product, ProductDetails, ProductId, ProductType, ProductTypeId,
};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::{category, product, product_type};

use crate::app::Error;

/// Where a product is to stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// In which category.
    pub category: Option<CategoryId>,
    /// Of which type it is.
    pub product_type: Option<ProductTypeId>,
    /// Of which product it is a variant.
    pub variant_of: Option<ProductId>,
}

/// An owner's categories, types and products in which its products can stand. Another's are as good as none.
#[derive(Debug)]
pub struct Shelves {
    categories: HashSet<CategoryId>,
    types: HashMap<ProductTypeId, ProductType>,
    parents: HashMap<ProductId, Product>,
}

impl Shelves {
    /// Reads what `places` name: three statements at most.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn read(tx: &Tx, owner: OrganizationId, places: &[Place]) -> Result<Self, Error> {
        let categories = distinct(places.iter().filter_map(|place| place.category));
        let types = distinct(places.iter().filter_map(|place| place.product_type));
        let parents = distinct(places.iter().filter_map(|place| place.variant_of));
        let mut shelves = Self { categories: HashSet::new(), types: HashMap::new(), parents: HashMap::new() };
        if !categories.is_empty() {
            let found = category::load_many(tx, &categories).await?;
            shelves.categories.extend(found.iter().filter(|one| one.owner == owner).map(|one| one.id));
        }
        if !types.is_empty() {
            let found = product_type::load_many(tx, &types).await?;
            shelves.types.extend(found.into_iter().filter(|one| one.owner == owner).map(|one| (one.id, one)));
        }
        if !parents.is_empty() {
            let found = product::load_many(tx, &parents).await?;
            shelves.parents.extend(found.into_iter().filter(|one| one.owner == owner).map(|one| (one.id, one)));
        }
        Ok(shelves)
    }

    /// A product's words in the form of its type, and where it stands.
    ///
    /// # Errors
    /// NOT_FOUND for what is not there; whatever its type or its place among variants refuses.
    pub fn sort(&self, details: ProductDetails, place: &Place) -> Result<(ProductDetails, Classification), Problems> {
        let mut problems = Problems::new();
        let unknown = |field: &str| Problem::new(Code::NotFound).at(field);
        if place.category.is_some_and(|category| !self.categories.contains(&category)) {
            problems.push(unknown("categoryId"));
        }
        let product_type = place.product_type.map(|id| self.types.get(&id).ok_or_else(|| unknown("productTypeId")));
        let parent = place.variant_of.map(|id| self.parents.get(&id).ok_or_else(|| unknown("variantOfId")));
        let (Some(product_type), Some(parent)) =
            (problems.take_as_is(product_type.transpose()), problems.take_as_is(parent.transpose()))
        else {
            return problems.finish(None);
        };
        let Some(product_type) = product_type else {
            if parent.is_some() {
                problems.push(Problem::new(Code::Required).at("productTypeId"));
            }
            return problems.finish(Some((details, Classification::default())));
        };
        let Some(attributes) = problems.take("attributes", product_type.canonical(&details.attributes)) else {
            return problems.finish(None);
        };
        let variant = parent.map(|parent| product_type.variant_of(parent, &attributes)).transpose();
        let variant = problems.take_as_is(variant);
        let product_type = Some(product_type.id);
        let sorted =
            variant.map(|variant| (details.with_attributes(attributes), Classification { product_type, variant }));
        problems.finish(sorted)
    }
}

fn distinct<T: std::hash::Hash + Eq>(ids: impl Iterator<Item = T>) -> Vec<T> {
    ids.collect::<HashSet<_>>().into_iter().collect()
}
