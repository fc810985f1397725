//! Categories, as they are stored.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::catalog::{Category, CategoryEvent, CategoryId, Place};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::text::{Name as NameText, ShortText};
use tradehall_domain::viewing::GroupId;
use uuid::Uuid;

use super::entity::category::{Column, Entity, Model};
use super::entity::category_showing;
use crate::column::Col;
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The unique index that a second category of the same code runs into.
pub const CODE_INDEX: &str = "category_owner_id_code_key";

/// The category of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn load(tx: &Tx, id: CategoryId) -> Result<Category, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The categories of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[CategoryId]) -> Result<Vec<Category>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await?;
    found.into_iter().map(Category::try_from).collect()
}

/// The categories of `owner` that have one of these codes and that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn by_codes(tx: &Tx, owner: OrganizationId, codes: &[&str]) -> Result<Vec<Category>, StoreError> {
    let select =
        tx.find::<Entity>().filter(Column::OwnerId.eq(Col(owner))).filter(tx.among_texts(Column::Code, codes)?);
    tx.all(select).await?.into_iter().map(Category::try_from).collect()
}

/// All categories of `owner` that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn all_of(tx: &Tx, owner: OrganizationId) -> Result<Vec<Category>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(Column::OwnerId.eq(Col(owner)))).await?;
    found.into_iter().map(Category::try_from).collect()
}

/// The categories at the top of the tree of `owner` that the actor may see, oldest first; only published ones unless `unpublished`
/// are wanted too.
///
/// # Errors
/// When the database is away.
pub async fn tops(
    tx: &Tx,
    owner: OrganizationId,
    unpublished: bool,
    page: &PageRequest,
) -> Result<Page<Category>, StoreError> {
    let mut select = tx.find::<Entity>().filter(Column::OwnerId.eq(Col(owner))).filter(Column::ParentId.is_null());
    if !unpublished {
        select = select.filter(Column::Published.eq(true));
    }
    let sort = Sort { key: None, id: Column::Id, descending: false };
    tx.page(select, page, &sort).await?.try_map(Category::try_from)
}

/// The categories right below each of `parents`, as [`tops`] reads those at the top.
///
/// # Errors
/// When the database is away.
pub async fn below(
    tx: &Tx,
    parents: &[CategoryId],
    unpublished: bool,
    page: &PageRequest,
) -> Result<HashMap<CategoryId, Page<Category>>, StoreError> {
    let mut select = tx.find::<Entity>();
    if !unpublished {
        select = select.filter(Column::Published.eq(true));
    }
    let sort = Sort { key: None, id: Column::Id, descending: false };
    let of = |model: &Model| model.parent_id.map_or_else(Id::new, |id| id.0);
    let pages = tx.pages(select, (Column::ParentId, parents), page, &sort, of).await?;
    pages.into_iter().map(|(parent, page)| Ok((parent, page.try_map(Category::try_from)?))).collect()
}

/// Where a category stands in a list.
#[must_use]
pub const fn cursor(category: &Category) -> Cursor {
    Cursor::of(category.id)
}

/// A recursive table `above` of category `$1` of owner `$2` and everything above it, itself first.
const ABOVE: &str = "above(id, parent_id, level) AS (\
     SELECT id, parent_id, 1 FROM category WHERE id = $1 AND owner_id = $2 UNION ALL \
     SELECT c.id, c.parent_id, a.level + 1 FROM category c JOIN above a ON c.id = a.parent_id WHERE a.level < 100)";

/// The place below `parent` in the tree of `owner`.
///
/// # Errors
/// [`StoreError::NotFound`] when `owner` has no such category.
pub async fn place_below(tx: &Tx, owner: OrganizationId, parent: CategoryId) -> Result<Place, StoreError> {
    let sql = format!("WITH RECURSIVE {ABOVE} SELECT id FROM above ORDER BY level");
    let rows = tx.query(&sql, [parent.uuid().into(), owner.uuid().into()]).await?;
    if rows.is_empty() {
        return Err(StoreError::NotFound);
    }
    let above = rows.iter().map(|row| Ok(Id::from_uuid(row.try_get_by_index::<Uuid>(0)?)));
    Ok(Place { above: above.collect::<Result<_, StoreError>>()? })
}

/// How many levels the tree of `owner` has from `top` down, `top` included.
///
/// # Errors
/// When the database is away.
pub async fn height(tx: &Tx, owner: OrganizationId, top: CategoryId) -> Result<usize, StoreError> {
    let sql = "WITH RECURSIVE below(id, level) AS (\
               SELECT id, 1 FROM category WHERE id = $1 AND owner_id = $2 UNION ALL \
               SELECT c.id, b.level + 1 FROM category c JOIN below b ON c.parent_id = b.id WHERE b.level < 100) \
               SELECT CAST(max(level) AS bigint) FROM below";
    let rows = tx.query(sql, [top.uuid().into(), owner.uuid().into()]).await?;
    let levels = rows.first().map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose()?.flatten();
    Ok(levels.and_then(|levels| usize::try_from(levels).ok()).unwrap_or(0))
}

/// To whom a category is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownTo {
    /// The group that a product in it is shown to.
    Group(GroupId),
    /// Whoever is shown this category, which has come below it.
    ViewersOf(CategoryId),
}

/// Shows `category` of `owner` and what is above it to the group that a product in it is shown to. Whoever edits one of them at the
/// same time is told that it changed.
///
/// # Errors
/// When the database is away.
pub async fn publish_path(
    tx: &mut Tx,
    owner: OrganizationId,
    category: CategoryId,
    whom: ShownTo,
) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE category SET published = true, version = version + 1 WHERE NOT published AND id IN (\
         WITH RECURSIVE {ABOVE} SELECT id FROM above)"
    );
    tx.run(&sql, [category.uuid().into(), owner.uuid().into()]).await?;
    show_path(tx, owner, category, whom).await
}

async fn show_path(tx: &mut Tx, owner: OrganizationId, category: CategoryId, whom: ShownTo) -> Result<(), StoreError> {
    let (from, group, of) = match whom {
        ShownTo::Group(group) => ("above", "$3", group.uuid()),
        ShownTo::ViewersOf(below) => {
            ("above JOIN category_showing g ON g.category_id = $3", "g.group_id", below.uuid())
        }
    };
    let sql = format!(
        "INSERT INTO category_showing (id, category_id, owner_id, group_id) \
         WITH RECURSIVE {ABOVE} SELECT {}, above.id, $2, {group} FROM {from} WHERE true \
         ON CONFLICT (category_id, group_id) DO NOTHING",
        tx.engine().fresh_id()
    );
    tx.run(&sql, [category.uuid().into(), owner.uuid().into(), of.into()]).await.map(drop)
}

/// Shows the categories of products that were just sorted to whom the products are shown from now on.
///
/// # Errors
/// When the database is away.
pub async fn show_sorted(tx: &mut Tx, owner: OrganizationId) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO category_showing (id, category_id, owner_id, group_id) \
         WITH RECURSIVE above(id, parent_id, group_id) AS (\
         SELECT DISTINCT c.id, c.parent_id, p.viewers_id FROM product p JOIN category c ON c.id = p.category_id \
         WHERE p.owner_id = $1 AND p.sorted_at = $2 AND p.status = 'PUBLISHED' UNION \
         SELECT c.id, c.parent_id, a.group_id FROM category c JOIN above a ON c.id = a.parent_id) \
         SELECT {}, id, $1, group_id FROM above WHERE true ON CONFLICT (category_id, group_id) DO NOTHING",
        tx.engine().fresh_id()
    );
    tx.run(&sql, [owner.uuid().into(), tx.now().as_microsecond().into()]).await.map(drop)
}

/// Ends showing categories of `owner` to groups that no product in or below them is shown to. A category without published products
/// stays shown to whom it was.
///
/// # Errors
/// When the database is away.
pub async fn hide_emptied(tx: &mut Tx, owner: OrganizationId) -> Result<(), StoreError> {
    let sql = "WITH RECURSIVE above(id, parent_id, group_id) AS (\
               SELECT DISTINCT c.id, c.parent_id, p.viewers_id FROM product p JOIN category c ON c.id = p.category_id \
               WHERE p.owner_id = $1 AND p.status = 'PUBLISHED' UNION \
               SELECT c.id, c.parent_id, a.group_id FROM category c JOIN above a ON c.id = a.parent_id) \
               DELETE FROM category_showing WHERE owner_id = $1 AND category_id IN (SELECT id FROM above) \
               AND (category_id, group_id) NOT IN (SELECT id, group_id FROM above)";
    tx.run(sql, [owner.uuid().into()]).await.map(drop)
}

/// Adds a category.
///
/// # Errors
/// When the event cannot be written down; a conflict on [`CODE_INDEX`], by the commit.
pub fn insert(tx: &mut Tx, category: &Category, event: CategoryEvent) -> Result<(), StoreError> {
    insert_all(tx, &[(category.clone(), event)])
}

/// Adds categories together.
///
/// # Errors
/// As [`insert`].
pub fn insert_all(tx: &mut Tx, categories: &[(Category, CategoryEvent)]) -> Result<(), StoreError> {
    let models: Vec<_> = categories.iter().map(|(category, _)| Model::from(category)).collect();
    tx.insert_all(&models)?;
    let shown: Vec<_> =
        categories.iter().filter(|(category, _)| category.published).map(|(category, _)| showing(category)).collect();
    tx.insert_all(&shown)?;
    record(tx, categories)
}

/// Keeps a changed category.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile; a conflict on [`CODE_INDEX`].
pub fn save(tx: &mut Tx, category: &mut Category, event: CategoryEvent) -> Result<(), StoreError> {
    category.version += 1;
    tx.save(Model::from(&*category))?;
    record(tx, &[(category.clone(), event)])
}

/// That everyone to whom its owner shows its goods in general is shown the category.
fn showing(category: &Category) -> category_showing::Model {
    category_showing::Model {
        id: Col(Id::new()),
        category_id: Col(category.id),
        owner_id: Col(category.owner),
        group_id: Col(category.owner.group()),
    }
}

fn record(tx: &mut Tx, categories: &[(Category, CategoryEvent)]) -> Result<(), StoreError> {
    let events = categories.iter().map(|(category, event)| {
        let subject = Subject { kind: SubjectKind::Product, id: category.id.uuid() };
        (Audience::only(category.owner), subject, event)
    });
    event::record_all(tx, events)
}

impl From<&Category> for Model {
    fn from(category: &Category) -> Self {
        Self {
            id: Col(category.id),
            owner_id: Col(category.owner),
            parent_id: category.parent.map(Col),
            code: category.code.to_string(),
            name: category.name.to_string(),
            published: category.published,
            created_at: Col(category.created_at),
            version: category.version,
        }
    }
}

impl TryFrom<Model> for Category {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            owner: model.owner_id.0,
            parent: model.parent_id.map(|id| id.0),
            code: ShortText::parse(&model.code)?,
            name: NameText::parse(&model.name)?,
            published: model.published,
            created_at: model.created_at.0,
            version: model.version,
        })
    }
}
