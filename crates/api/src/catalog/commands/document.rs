//! Media and documents of a product.

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::attachment::Visibility;
use tradehall_domain::catalog::{DocumentDraft, Product, ProductDocument, ProductDocumentId, ProductId};
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_persistence::Tx;
use tradehall_persistence::attachment;
use tradehall_persistence::catalog::document;

use super::product::owned;
use crate::app::{Command, Error};

/// Says which files tell something of a product: all of them, in this order.
#[derive(Debug)]
pub struct DocumentProduct {
    /// Which product.
    pub product: ProductId,
    /// Its documents from now on.
    pub drafts: Vec<DocumentDraft>,
}

impl Command for DocumentProduct {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Product;

    async fn run(self, tx: &mut Tx) -> Result<Product, Error> {
        let product = owned(tx, self.product).await?;
        let ids: Vec<_> = self.drafts.iter().map(|draft| draft.attachment).collect();
        let mut files = attachment::load_many(tx, &ids).await?;
        files.retain(|file| file.owner == product.owner);
        let documents = ProductDocument::list(product.owner, product.id, &self.drafts, &files, tx.now())
            .map_err(|problems| problems.at("documents"))?;
        let subject = Subject { kind: SubjectKind::Product, id: product.id.uuid() };
        // Whoever sees the product sees its files: they need not be shown to anybody one by one.
        attachment::replace(tx, subject, subject, &ids, &Visibility::Owner).await?;
        document::replace(tx, &product, &documents).await?;
        Ok(product)
    }
}

/// Tells that a certificate ends soon, or has ended. Only the worker asks for this.
#[derive(Debug)]
pub struct WakeDocument {
    /// Which document.
    pub document: ProductDocumentId,
}

impl Command for WakeDocument {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Timers);
    type Output = ProductDocument;

    async fn run(self, tx: &mut Tx) -> Result<ProductDocument, Error> {
        let mut document = document::lock(tx, self.document).await?;
        if let Some(event) = document.wake(tx.now()) {
            document::save(tx, &mut document, &event)?;
        }
        Ok(document)
    }
}
