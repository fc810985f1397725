//! What can be done to products.

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{
    Classification, Product, ProductChange, ProductDetails, ProductDraft, ProductId, ProductTypeId,
};
use tradehall_domain::id::Id;
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::unit::Unit;
use tradehall_persistence::catalog::category::ShownTo;
use tradehall_persistence::catalog::{category, counted, product, product_type};
use tradehall_persistence::customer::sorting;
use tradehall_persistence::{Turn, Tx};
use uuid::Uuid;

use super::{check_owner, made_one};
use crate::app::{Command, Error, IdempotencyKey, Repeatable, check_version, organization_of};
use crate::catalog::shelves::{Place, Shelves};

/// Adds a draft to the catalog of the actor's organization.
#[derive(Debug)]
pub struct CreateProduct {
    /// What it is to be.
    pub draft: ProductDraft,
    /// Of which type it is.
    pub product_type: Option<ProductTypeId>,
    /// Of which product it is a variant.
    pub variant_of: Option<ProductId>,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for CreateProduct {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Product;

    async fn run(self, tx: &mut Tx) -> Result<Product, Error> {
        let owner = organization_of(tx)?;
        let details = ProductDetails::parse(&self.draft)?;
        let place = Place { category: details.category, product_type: self.product_type, variant_of: self.variant_of };
        let (details, classification) = Shelves::read(tx, owner, &[place]).await?.sort(details, &place)?;
        let (product, event) = Product::open(details, owner, tx.now());
        let product = Product { classification, ..product };
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
    /// The new type, `Some(None)` for none, or none to keep it.
    pub product_type: Option<Option<ProductTypeId>>,
    /// The product that it is to be a variant of, `Some(None)` for none, or none to stay.
    pub variant_of: Option<Option<ProductId>>,
}

impl Command for ReviseProduct {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Product;

    async fn run(self, tx: &mut Tx) -> Result<Product, Error> {
        // Before the product: whoever has the turn may lock every product of the owner.
        let turn = Turn::take(tx, organization_of(tx)?).await?;
        let mut product = owned(tx, self.product).await?;
        check_version(product.version, self.expected_version)?;
        let before = product.classification.clone();
        let moved = self.change.category.is_some();
        let details = product.details.changed(self.change)?;
        let variant_of = self.variant_of.unwrap_or(before.variant.map(|variant| variant.of));
        let place = Place {
            // Where it stood it can stay.
            category: details.category.filter(|_| moved),
            product_type: self.product_type.unwrap_or(before.product_type),
            variant_of,
        };
        let (details, classification) = Shelves::read(tx, product.owner, &[place]).await?.sort(details, &place)?;
        check_variants(tx, &product, &classification).await?;
        check_unit(tx, &product, details.unit).await?;
        if let Some(event) = product.reclassify(details, classification) {
            product::save(tx, &mut product, event)?;
            show(tx, &turn, &mut product).await?;
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
        // Who sees less needs no turn: nothing is sorted.
        let turn = match self.step {
            ProductStep::Publish => Some(Turn::take(tx, organization_of(tx)?).await?),
            ProductStep::Withdraw => None,
        };
        let mut product = owned(tx, self.product).await?;
        let event = match self.step {
            ProductStep::Publish => product.publish(tx.now()),
            ProductStep::Withdraw => product.withdraw(tx.now()),
        }?;
        product::save(tx, &mut product, event)?;
        if let Some(turn) = turn {
            show(tx, &turn, &mut product).await?;
        }
        Ok(product)
    }
}

/// A product in its owner's hands.
pub(super) async fn owned(tx: &mut Tx, id: ProductId) -> Result<Product, Error> {
    let own = organization_of(tx)?;
    let product = product::lock(tx, id).await?;
    check_owner(product.owner, own)?;
    Ok(product)
}

/// A product that has variants keeps what they hang on: its type, and that it is none itself.
async fn check_variants(tx: &Tx, product: &Product, classification: &Classification) -> Result<(), Error> {
    let is_kept =
        product.classification.product_type == classification.product_type && classification.variant.is_none();
    if is_kept || !product::has_variants(tx, product.id).await? {
        return Ok(());
    }
    if classification.variant.is_some() {
        return Err(Problem::new(Code::VariantNested).at("variantOfId").into());
    }
    Err(Problem::new(Code::VariantTypeDiffers).at("productTypeId").into())
}

/// A product keeps a unit that its packagings or a kit count.
async fn check_unit(tx: &Tx, product: &Product, unit: Unit) -> Result<(), Error> {
    if unit == product.details.unit {
        return Ok(());
    }
    let counted = counted::of_products(tx, &[product.id]).await?.remove(&product.id).unwrap_or_default();
    Ok(counted.check(product.details.unit, unit).map_err(|problem| problem.at("unit"))?)
}

/// A shown product is shown to whom the owner's assortments say, and its category and type are known to whoever sees it.
async fn show(tx: &mut Tx, turn: &Turn, product: &mut Product) -> Result<(), Error> {
    if !product.is_published() {
        return Ok(());
    }
    for (_, viewers) in sorting::sort(tx, turn, Some(&[product.id])).await? {
        (product.viewers, product.sorted_at) = (viewers, tx.now());
    }
    if let Some(category) = product.details.category {
        category::publish_path(tx, product.owner, category, ShownTo::Group(product.viewers)).await?;
    }
    if let Some(product_type) = product.classification.product_type {
        product_type::publish(tx, product.owner, product_type, product.viewers).await?;
    }
    Ok(())
}
