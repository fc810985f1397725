//! What can be done to categories.

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{Category, CategoryChange, CategoryDraft, CategoryId, Place};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_persistence::catalog::category;
use tradehall_persistence::catalog::category::ShownTo;
use tradehall_persistence::customer::sorting;
use tradehall_persistence::{Turn, Tx};
use uuid::Uuid;

use super::{check_owner, made_one};
use crate::app::{Command, Error, IdempotencyKey, Repeatable, check_version, organization_of};

/// Adds a category to the tree of the actor's organization.
#[derive(Debug)]
pub struct CreateCategory {
    /// What it is to be.
    pub draft: CategoryDraft,
    /// Below which category; none for the top.
    pub parent: Option<CategoryId>,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for CreateCategory {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Category;

    async fn run(self, tx: &mut Tx) -> Result<Category, Error> {
        let owner = organization_of(tx)?;
        // Two moves that are each harmless can make a cycle together.
        Turn::take(tx, owner).await?;
        let place = place(tx, owner, self.parent).await?;
        let (category, event) = Category::open(&self.draft, owner, &place, tx.now())?;
        category::insert(tx, &category, event)?;
        Ok(category)
    }
}

impl Repeatable for CreateCategory {
    const NAME: &'static str = "createCategory";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(category: &Category) -> Vec<Uuid> {
        vec![category.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Category, Error> {
        Ok(category::load(tx, Id::from_uuid(made_one(made)?)).await?)
    }
}

/// Renames or moves a category, with everything below it.
#[derive(Debug)]
pub struct ReviseCategory {
    /// Which category.
    pub category: CategoryId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// The new code, or none to keep it.
    pub code: Option<String>,
    /// The new name, or none to keep it.
    pub name: Option<String>,
    /// The new parent, `Some(None)` for the top, or none to stay.
    pub parent: Option<Option<CategoryId>>,
}

impl Command for ReviseCategory {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Category;

    async fn run(self, tx: &mut Tx) -> Result<Category, Error> {
        let owner = organization_of(tx)?;
        let turn = Turn::take(tx, owner).await?;
        let mut category = category::load(tx, self.category).await?;
        check_owner(category.owner, owner)?;
        check_version(category.version, self.expected_version)?;
        let mut change = CategoryChange { code: self.code, name: self.name, place: None };
        let mut height = 1;
        if let Some(parent) = self.parent {
            change.place = Some(place(tx, owner, parent).await?);
            height = category::height(tx, owner, category.id).await?;
        }
        if let Some(event) = category.revise(&change, height)? {
            category::save(tx, &mut category, event)?;
            if change.place.is_some() {
                resettle(tx, &turn, &[&category]).await?;
            }
        }
        Ok(category)
    }
}

/// Has everything follow that depends on where these categories stand, which were moved in their owner's turn: what is above them is shown to
/// whoever is shown them, and products are sorted anew, for the rules of assortments speak of categories with all below them.
pub(crate) async fn resettle(tx: &mut Tx, turn: &Turn, moved: &[&Category]) -> Result<(), Error> {
    for category in moved {
        if let (true, Some(parent)) = (category.published, category.parent) {
            category::publish_path(tx, turn.seller(), parent, ShownTo::ViewersOf(category.id)).await?;
        }
    }
    if !moved.is_empty() {
        sorting::sort(tx, turn, None).await?;
    }
    Ok(())
}

/// The place below `parent` in the owner's tree, or at its top.
async fn place(tx: &Tx, owner: OrganizationId, parent: Option<CategoryId>) -> Result<Place, Error> {
    match parent {
        None => Ok(Place::default()),
        Some(parent) => {
            category::place_below(tx, owner, parent).await.map_err(|error| Error::from(error).at("parentId"))
        }
    }
}
