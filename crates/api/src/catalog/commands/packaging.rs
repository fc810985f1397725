//! How a product is packed.

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{Measures, PackagingDraft, Packagings, Product, ProductId};
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::catalog::packaging;
use tradehall_persistence::{Tx, pricing};

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
        check_prices(tx, &product, &packagings).await?;
        packaging::replace(tx, &product, &packagings).await?;
        Ok(product)
    }
}

/// What prices in force count stays: nobody's price for a box ends because the box is no more, and one that was agreed on stays one for as
/// much as it was agreed on for.
async fn check_prices(tx: &Tx, product: &Product, later: &Packagings) -> Result<(), Error> {
    let before = packaging::of_products(tx, &[product.id]).await?.remove(&product.id).unwrap_or_default();
    if before.is_empty() {
        return Ok(());
    }
    let counted = pricing::units_in_force(tx, product).await?;
    match Measures::of(product, &before).broken_by(&later.measures(), &counted) {
        None => Ok(()),
        Some(unit) => Err(Problem::new(Code::PackagingPriced).with("unit", unit).at("packagings").into()),
    }
}
