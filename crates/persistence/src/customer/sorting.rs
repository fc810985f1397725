//! Sorting products into assortments: each product carries the group of viewers that its set of assortments is shown to.

use std::collections::{BTreeSet, HashMap};

use tradehall_domain::catalog::{CategoryId, ProductId};
use tradehall_domain::customer::{Assortment, AssortmentId, Selection};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::viewing::GroupId;
use uuid::Uuid;

use super::entity::selection;
use super::{assortment, showing};
use crate::catalog::{category, emptied, product_type};
use crate::column::Col;
use crate::{Engine, StoreError, Turn, Tx};

/// How many products are read at a time.
const CHUNK: i64 = 5_000;

/// The unique index that a second selection of the same assortments runs into.
pub const SET_INDEX: &str = "selection_seller_id_assortments_key";

/// Sorts the products of the seller whose turn it is into its assortments again: those of `only`, or all of them. Costs one statement
/// where the seller has no assortments. Answers those of `only` that are shown to another group from now on.
///
/// # Errors
/// When the database is away.
pub async fn sort(
    tx: &mut Tx,
    turn: &Turn,
    only: Option<&[ProductId]>,
) -> Result<Vec<(ProductId, GroupId)>, StoreError> {
    let seller = turn.seller();
    let assortments = assortment::all(tx, seller).await?;
    let known =
        if assortments.is_empty() && only.is_some() { Vec::new() } else { showing::selections(tx, seller).await? };
    if assortments.is_empty() && known.is_empty() {
        return Ok(Vec::new());
    }
    let rules = Rules::of(tx, seller, &assortments).await?;
    let mut groups: HashMap<Vec<AssortmentId>, GroupId> =
        known.into_iter().map(|one| (one.assortments, one.id.group())).collect();
    groups.insert(Vec::new(), seller.group());
    let mut new = Vec::new();
    let mut after = Uuid::nil();
    let (mut named, mut is_any_moved) = (Vec::new(), false);
    loop {
        let products = chunk(tx, seller, only, after).await?;
        let Some(last) = products.last() else { break };
        after = last.id;
        let listed = listed(tx, seller, &products).await?;
        let mut moved = Vec::new();
        for product in &products {
            let set = rules.assortments(product, listed.get(&product.id));
            let group = *groups.entry(set).or_insert_with_key(|set| {
                let selection = Selection { id: Id::new(), seller, assortments: set.clone() };
                new.push(selection);
                new.last().map_or_else(|| seller.group(), |selection| selection.id.group())
            });
            if group.uuid() != product.viewers {
                moved.push((product.id, group));
            }
        }
        store(tx, seller, &moved).await?;
        is_any_moved |= !moved.is_empty();
        if only.is_some() {
            named.extend(moved.into_iter().map(|(id, group)| (Id::from_uuid(id), group)));
        }
    }
    insert_selections(tx, &new)?;
    if !new.is_empty() {
        showing::show_guests(tx, turn).await?;
        showing::show_customers(tx, turn).await?;
    }
    if is_any_moved {
        category::show_sorted(tx, seller).await?;
        product_type::show_sorted(tx, seller).await?;
        emptied::hide_types(tx, seller).await?;
    }
    match only {
        // A category that was moved shows itself to others, whether or not products are sorted otherwise for it.
        None => category::hide_emptied(tx, seller).await?,
        Some(_) if is_any_moved => emptied::hide_categories(tx, seller).await?,
        Some(_) => {}
    }
    Ok(named)
}

/// A product as far as rules look at it.
struct Sortable {
    id: Uuid,
    category: Option<Uuid>,
    brand: Option<String>,
    viewers: Uuid,
}

async fn chunk(
    tx: &Tx,
    seller: OrganizationId,
    only: Option<&[ProductId]>,
    after: Uuid,
) -> Result<Vec<Sortable>, StoreError> {
    let columns = "SELECT id, category_id, brand, viewers_id FROM product WHERE owner_id = $1 AND id > $2";
    let end = format!("ORDER BY id LIMIT {CHUNK}");
    let rows = match only {
        None => tx.query(&format!("{columns} {end}"), [seller.uuid().into(), after.into()]).await?,
        Some(ids) => {
            let sql = format!("{columns} AND {} {end}", tx.engine().among_ids("id", 3));
            tx.query(&sql, [seller.uuid().into(), after.into(), tx.list(ids).into()]).await?
        }
    };
    rows.iter()
        .map(|row| {
            Ok(Sortable {
                id: row.try_get_by_index(0)?,
                category: row.try_get_by_index(1)?,
                brand: row.try_get_by_index(2)?,
                viewers: row.try_get_by_index(3)?,
            })
        })
        .collect()
}

/// In which assortments each of these products is listed by name.
async fn listed(
    tx: &Tx,
    seller: OrganizationId,
    products: &[Sortable],
) -> Result<HashMap<Uuid, Vec<AssortmentId>>, StoreError> {
    let (Some(first), Some(last)) = (products.first(), products.last()) else { return Ok(HashMap::new()) };
    let sql = "SELECT product_id, assortment_id FROM assortment_product \
               WHERE seller_id = $1 AND product_id >= $2 AND product_id <= $3";
    let mut found: HashMap<Uuid, Vec<AssortmentId>> = HashMap::new();
    for row in tx.query(sql, [seller.uuid().into(), first.id.into(), last.id.into()]).await? {
        let assortment = Id::from_uuid(row.try_get_by_index(1)?);
        found.entry(row.try_get_by_index(0)?).or_default().push(assortment);
    }
    Ok(found)
}

/// The rules of a seller's assortments, and the tree that they speak of.
struct Rules<'a> {
    ruled: Vec<&'a Assortment>,
    parents: HashMap<Uuid, Option<Uuid>>,
}

impl<'a> Rules<'a> {
    async fn of(tx: &Tx, seller: OrganizationId, assortments: &'a [Assortment]) -> Result<Self, StoreError> {
        let ruled: Vec<_> = assortments.iter().filter(|one| !one.rule.is_empty()).collect();
        let mut parents = HashMap::new();
        if ruled.iter().any(|one| !one.rule.categories.is_empty()) {
            let sql = "SELECT id, parent_id FROM category WHERE owner_id = $1";
            for row in tx.query(sql, [seller.uuid().into()]).await? {
                parents.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            }
        }
        Ok(Self { ruled, parents })
    }

    /// The assortments that a product belongs to, sorted.
    fn assortments(&self, product: &Sortable, listed: Option<&Vec<AssortmentId>>) -> Vec<AssortmentId> {
        let mut set: BTreeSet<AssortmentId> = listed.into_iter().flatten().copied().collect();
        if !self.ruled.is_empty() {
            let path = self.path(product.category);
            let covered = self.ruled.iter().filter(|one| one.rule.covers(&path, product.brand.as_deref()));
            set.extend(covered.map(|one| one.id));
        }
        set.into_iter().collect()
    }

    /// A category and all above it.
    fn path(&self, category: Option<Uuid>) -> Vec<CategoryId> {
        let mut path = Vec::new();
        let mut next = category;
        while let Some(id) = next {
            path.push(Id::from_uuid(id));
            // A tree has no circle; should it ever have one, this ends all the same.
            next = self.parents.get(&id).copied().flatten().filter(|_| path.len() <= self.parents.len());
        }
        path
    }
}

/// Keeps to which group products are shown from now on.
async fn store(tx: &mut Tx, seller: OrganizationId, moved: &[(Uuid, GroupId)]) -> Result<(), StoreError> {
    if moved.is_empty() {
        return Ok(());
    }
    let rows: Vec<[String; 2]> =
        moved.iter().map(|(id, group)| [id.simple().to_string(), group.uuid().simple().to_string()]).collect();
    let rows = serde_json::to_string(&rows).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let sql = match tx.engine() {
        Engine::Postgres => {
            "UPDATE product SET viewers_id = (m.value ->> 1)::uuid, sorted_at = $2 \
             FROM json_array_elements($3::json) m WHERE product.id = (m.value ->> 0)::uuid AND product.owner_id = $1"
        }
        Engine::Sqlite => {
            "UPDATE product SET viewers_id = unhex(m.value ->> 1), sorted_at = $2 \
             FROM json_each($3) m WHERE product.id = unhex(m.value ->> 0) AND product.owner_id = $1"
        }
    };
    tx.run(sql, [seller.uuid().into(), tx.now().as_microsecond().into(), rows.into()]).await?;
    Ok(())
}

fn insert_selections(tx: &mut Tx, new: &[Selection]) -> Result<(), StoreError> {
    let row = |one: &Selection| {
        let assortments = serde_json::to_string(&one.assortments).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        Ok(selection::Model { id: Col(one.id), seller_id: Col(one.seller), assortments })
    };
    let rows: Vec<_> = new.iter().map(row).collect::<Result<_, StoreError>>()?;
    tx.insert_all(&rows)
}
