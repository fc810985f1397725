//! What can be done to product types.

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{ProductType, ProductTypeDraft, ProductTypeEvent, ProductTypeId};
use tradehall_domain::id::Id;
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::{product, product_type};
use uuid::Uuid;

use super::{check_owner, made_one};
use crate::app::{Command, Error, IdempotencyKey, Repeatable, check_version, organization_of};

/// How many products are looked at together when a type is narrowed.
const PRODUCTS_AT_ONCE: u64 = 1_000;

/// Defines a product type of the actor's organization.
#[derive(Debug)]
pub struct DefineProductType {
    /// What it is to be.
    pub draft: ProductTypeDraft,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for DefineProductType {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = ProductType;

    async fn run(self, tx: &mut Tx) -> Result<ProductType, Error> {
        let owner = organization_of(tx)?;
        let (product_type, event) = ProductType::define(&self.draft, owner, tx.now())?;
        product_type::insert(tx, &product_type, event)?;
        Ok(product_type)
    }
}

impl Repeatable for DefineProductType {
    const NAME: &'static str = "defineProductType";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(product_type: &ProductType) -> Vec<Uuid> {
        vec![product_type.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<ProductType, Error> {
        Ok(product_type::load(tx, Id::from_uuid(made_one(made)?)).await?)
    }
}

/// Defines a product type otherwise. What its products say must stay as it is.
#[derive(Debug)]
pub struct ReviseProductType {
    /// Which type.
    pub product_type: ProductTypeId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// What it is to be.
    pub draft: ProductTypeDraft,
}

impl Command for ReviseProductType {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = ProductType;

    async fn run(self, tx: &mut Tx) -> Result<ProductType, Error> {
        let old = product_type::lock(tx, self.product_type).await?;
        check_owner(old.owner, organization_of(tx)?)?;
        check_version(old.version, self.expected_version)?;
        let (mut revised, narrows) = old.revised(&self.draft, tx.now())?;
        if revised == old {
            return Ok(old);
        }
        if narrows {
            check_products(tx, &old, &revised).await?;
        }
        product_type::save(tx, &mut revised, ProductTypeEvent::Revised)?;
        Ok(revised)
    }
}

/// Refuses a type that one of its products would not fit any more.
async fn check_products(tx: &Tx, old: &ProductType, revised: &ProductType) -> Result<(), Error> {
    let (mut after, mut count, mut first) = (None, 0_u64, None);
    loop {
        let products = product::of_type(tx, old.id, after, PRODUCTS_AT_ONCE).await?;
        let Some(last) = products.last() else { break };
        after = Some(last.id);
        for product in &products {
            let is_variant = product.classification.variant.is_some();
            let fits = revised.keeps(old, &product.details.attributes) && (!is_variant || revised.has_axes_of(old));
            if !fits {
                count += 1;
                first.get_or_insert_with(|| product.details.number.to_string());
            }
        }
    }
    match first {
        None => Ok(()),
        Some(number) => {
            let problem = Problem::new(Code::ProductTypeInUse).with("count", count).with("number", number);
            Err(problem.at("definitions").into())
        }
    }
}
