//! Products as the index wants them.

use std::collections::HashMap;

use tradehall_domain::catalog::{Category, CategoryId, PartNumber, Product, ProductId};
use tradehall_domain::id::Id;

use super::index::{Described, PathCategory};
use crate::catalog::{category, part_number};
use crate::{StoreError, Tx};

/// Levels of categories above a product that are looked at: more than a tree may have.
const LEVELS: usize = 100;

/// The products with the numbers under which others know them and the categories that they stand in: a statement, and one more per
/// level of the tree, whatever their number.
pub(super) async fn describe(tx: &Tx, products: Vec<Product>) -> Result<Vec<Described>, StoreError> {
    let mut known: HashMap<CategoryId, Category> = HashMap::new();
    let mut wanted: Vec<CategoryId> = products.iter().filter_map(|product| product.details.category).collect();
    for _ in 0..LEVELS {
        wanted.sort_unstable();
        wanted.dedup();
        wanted.retain(|id| !known.contains_key(id));
        if wanted.is_empty() {
            break;
        }
        let found = category::load_many(tx, &wanted).await?;
        wanted = found.iter().filter_map(|category| category.parent).collect();
        known.extend(found.into_iter().map(|category| (category.id, category)));
    }
    let ids: Vec<ProductId> = products.iter().map(|product| product.id).collect();
    let mut numbers: HashMap<ProductId, Vec<PartNumber>> = HashMap::new();
    if !ids.is_empty() {
        for number in part_number::part_numbers_of(tx, &ids).await? {
            numbers.entry(number.product).or_default().push(number);
        }
    }
    let described = |product: Product| {
        let numbers = numbers.remove(&product.id).unwrap_or_default();
        described(product, &known, numbers)
    };
    Ok(products.into_iter().map(described).collect())
}

fn described(product: Product, known: &HashMap<CategoryId, Category>, numbers: Vec<PartNumber>) -> Described {
    let mut categories = Vec::new();
    let mut next = product.details.category;
    while let Some(category) = next.and_then(|id| known.get(&id)).filter(|_| categories.len() < LEVELS) {
        categories.push(PathCategory { id: category.id.uuid(), name: category.name.to_string() });
        next = category.parent;
    }
    Described {
        id: product.id.uuid(),
        owner: product.owner.uuid(),
        viewers: product.is_published().then(|| Id::uuid(product.viewers)),
        details: product.details,
        categories,
        numbers,
    }
}
