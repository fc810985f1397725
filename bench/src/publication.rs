//! A version of a catalog that describes every product anew: writing its changes, and going live with all of them at once.

use std::time::Instant;

use tradehall::app::Session;
use tradehall::publishing::{
    AddCatalogChanges, ChangeRequest, Content, CreateCatalogVersion, PublishCatalogVersion, StepCatalogVersion,
    VersionStep,
};
use tradehall_domain::catalog::{Product, ProductDraft};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::publishing::CHANGES_AT_ONCE_MAX;
use tradehall_persistence::catalog::product;

use crate::bulk::{number, tell};
use crate::outcome::Outcome;

/// Publishes a version with a change of each of the `rows` products.
pub async fn measure(seller: &Session, owner: OrganizationId, rows: u64) -> Outcome<()> {
    let version = seller.renewed().execute(CreateCatalogVersion { name: "Mới".to_owned(), key: None }).await?.id;
    let begun = Instant::now();
    let numbers: Vec<_> = (0..rows).map(number).collect();
    for numbers in numbers.chunks(CHANGES_AT_ONCE_MAX) {
        let numbers: Vec<_> = numbers.iter().map(String::as_str).collect();
        let session = seller.renewed();
        let tx = session.reading().await?;
        let found = product::by_numbers(&tx, owner, &numbers).await?;
        drop(tx);
        let changes = found.iter().map(changed).collect();
        let (_, results) = seller.renewed().execute(AddCatalogChanges { version, changes }).await?;
        if let Some(problems) = results.iter().find_map(|result| result.as_ref().err()) {
            return Err(format!("a change is refused: {problems:?}").into());
        }
    }
    tell("changes written into a version", rows, begun.elapsed().as_secs_f64())?;
    seller.renewed().execute(StepCatalogVersion { version, step: VersionStep::Submit }).await?;
    let begun = Instant::now();
    let version = seller.renewed().execute(PublishCatalogVersion { version }).await?;
    tell("published together", rows, begun.elapsed().as_secs_f64())?;
    println!("<!-- {} with {} changes -->", version.status, version.changes);
    Ok(())
}

/// The same product with another name.
fn changed(product: &Product) -> ChangeRequest {
    let details = &product.details;
    let draft = ProductDraft {
        number: details.number.to_string(),
        name: format!("{} (mới)", details.name),
        description: details.description.as_ref().map(ToString::to_string),
        gtin: None,
        mpn: None,
        brand: details.brand.as_ref().map(ToString::to_string),
        unit: details.unit,
        category: details.category,
        attributes: Vec::new(),
    };
    ChangeRequest::Revise(product.id, product.version, Content { draft, product_type: None, variant_of: None })
}
