//! How a product is packed.

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{PackagingDraft, Packagings, Product, ProductId};
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::packaging;

use super::product::owned;
use crate::app::{Command, Error};

/// Says how a product is packed: all of it.
#[derive(Debug)]
pub struct PackProduct {
    /// Which product.
    pub product: ProductId,
    /// Its packagings from now on.
    pub drafts: Vec<PackagingDraft>,
}

impl Command for PackProduct {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Product;

    async fn run(self, tx: &mut Tx) -> Result<Product, Error> {
        let product = owned(tx, self.product).await?;
        let packagings =
            Packagings::parse(product.details.unit, &self.drafts).map_err(|problems| problems.at("packagings"))?;
        packaging::replace(tx, &product, &packagings).await?;
        Ok(product)
    }
}
