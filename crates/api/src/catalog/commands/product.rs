//! What can be done to products.

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{CategoryId, Product, ProductChange, ProductDetails, ProductDraft, ProductId};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::category::ShownTo;
use tradehall_persistence::catalog::{category, product};
use tradehall_persistence::customer::sorting;
use uuid::Uuid;

use super::{check_owner, made_one};
use crate::app::{Command, Error, IdempotencyKey, Repeatable, check_version, organization_of};

/// Adds a draft to the catalog of the actor's organization.
#[derive(Debug)]
pub struct CreateProduct {
    /// What it is to be.
    pub draft: ProductDraft,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for CreateProduct {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Product;

    async fn run(self, tx: &mut Tx) -> Result<Product, Error> {
        let owner = organization_of(tx)?;
        let details = ProductDetails::parse(&self.draft)?;
        check_category(tx, owner, details.category).await?;
        let (product, event) = Product::open(details, owner, tx.now());
        product::insert(tx, &product, event)?;
        Ok(product)
    }
}

impl Repeatable for CreateProduct {
    const NAME: &'static str = "createProduct";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(product: &Product) -> Vec<Uuid> {
        vec![product.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Product, Error> {
        Ok(product::load(tx, Id::from_uuid(made_one(made)?)).await?)
    }
}

/// Describes a product otherwise.
#[derive(Debug)]
pub struct ReviseProduct {
    /// Which product.
    pub product: ProductId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// What is to change.
    pub change: ProductChange,
}

impl Command for ReviseProduct {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Product;

    async fn run(self, tx: &mut Tx) -> Result<Product, Error> {
        let mut product = owned(tx, self.product).await?;
        check_version(product.version, self.expected_version)?;
        let moved = self.change.category.is_some();
        let details = product.details.changed(self.change)?;
        if moved {
            check_category(tx, product.owner, details.category).await?;
        }
        if let Some(event) = product.revise(details) {
            product::save(tx, &mut product, event)?;
            show(tx, &mut product).await?;
        }
        Ok(product)
    }
}

/// What its owner does with a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductStep {
    /// Shows it to everyone.
    Publish,
    /// Shows it no longer.
    Withdraw,
}

/// Shows a product, or shows it no longer.
#[derive(Debug)]
pub struct StepProduct {
    /// Which product.
    pub product: ProductId,
    /// What to do.
    pub step: ProductStep,
}

impl Command for StepProduct {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Product;

    async fn run(self, tx: &mut Tx) -> Result<Product, Error> {
        let mut product = owned(tx, self.product).await?;
        let event = match self.step {
            ProductStep::Publish => product.publish(tx.now()),
            ProductStep::Withdraw => product.withdraw(tx.now()),
        }?;
        product::save(tx, &mut product, event)?;
        show(tx, &mut product).await?;
        Ok(product)
    }
}

/// A product in its owner's hands.
async fn owned(tx: &mut Tx, id: ProductId) -> Result<Product, Error> {
    let own = organization_of(tx)?;
    let product = product::lock(tx, id).await?;
    check_owner(product.owner, own)?;
    Ok(product)
}

/// A product stands in a category of its own owner; another's is as good as none.
async fn check_category(tx: &Tx, owner: OrganizationId, category: Option<CategoryId>) -> Result<(), Error> {
    let Some(id) = category else { return Ok(()) };
    match category::load(tx, id).await.map_err(|error| Error::from(error).at("categoryId"))? {
        category if category.owner == owner => Ok(()),
        _ => Err(Problem::new(Code::NotFound).at("categoryId").into()),
    }
}

/// A shown product is shown to whom the owner's assortments say, and its category is known to whoever sees it.
async fn show(tx: &mut Tx, product: &mut Product) -> Result<(), Error> {
    if !product.is_published() {
        return Ok(());
    }
    for (_, viewers) in sorting::sort(tx, product.owner, Some(&[product.id])).await? {
        (product.viewers, product.sorted_at) = (viewers, tx.now());
    }
    if let Some(category) = product.details.category {
        category::lock_tree(tx, product.owner).await?;
        category::publish_path(tx, product.owner, category, ShownTo::Group(product.viewers)).await?;
    }
    Ok(())
}
