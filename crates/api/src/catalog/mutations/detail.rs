//! Changing what else is told of a product: packagings, documents, relations.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::attachment::Attachment;
use tradehall_domain::catalog::{
    CertificateDraft, DocumentDraft, DocumentRole, PackagingDraft, Product, RelationDraft, RelationKind,
};

use super::product::ProductPayload;
use crate::catalog::commands::{DocumentProduct, PackProduct, RelateProduct};
use crate::catalog::types::ProductNode;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::localised::LocalisedTextInput;
use crate::graphql::scalar::{Date, Decimal, UnitCode};

/// How large a packaging is.
#[derive(Debug, InputObject)]
pub struct PackagingSizeInput {
    /// How long it is, in millimetres.
    pub length_mm: Decimal,
    /// How wide it is, in millimetres.
    pub width_mm: Decimal,
    /// How high it is, in millimetres.
    pub height_mm: Decimal,
}

/// One way in which a product is packed.
#[derive(Debug, InputObject)]
pub struct ProductPackagingInput {
    /// What it is called, such as XBX for a box; no other packaging of the product may be.
    pub unit: UnitCode,
    /// How much of `of` one of it holds, above zero.
    pub quantity: Decimal,
    /// What it holds: the product's unit (which it is when left out), one that converts to it, or another packaging in the list.
    pub of: Option<UnitCode>,
    /// The number under its own barcode: a GTIN of 8, 12, 13 or 14 digits with its check digit.
    pub gtin: Option<String>,
    /// What it weighs with what is in it, in kilograms.
    pub weight_kg: Option<Decimal>,
    /// How large it is.
    pub size: Option<PackagingSizeInput>,
}

/// How a product is packed from now on.
#[derive(Debug, InputObject)]
pub struct PackProductInput {
    /// Which product.
    pub product_id: GlobalId<Product>,
    /// All of its packagings, at most 20, in the order in which people shall read them.
    pub packagings: Vec<ProductPackagingInput>,
}

/// What is known of a certificate.
#[derive(Debug, InputObject)]
pub struct ProductCertificateInput {
    /// Its issuer's number for it, 1 to 60 characters.
    pub number: String,
    /// Since which day it holds.
    pub issued: Option<Date>,
    /// Until which day it holds, that day included (UTC); it must not have passed.
    pub expires: Option<Date>,
}

/// A file that tells something of a product.
#[derive(Debug, InputObject)]
pub struct ProductDocumentInput {
    /// The file, which the organization has uploaded; an IMAGE must be a picture.
    pub attachment_id: GlobalId<Attachment>,
    /// What it tells.
    pub role: Closed<DocumentRole>,
    /// What it shows, for those who do not see it; at most 20 languages.
    #[graphql(default)]
    pub translations: Vec<LocalisedTextInput>,
    /// What is known of it as a certificate; for that role and no other.
    pub certificate: Option<ProductCertificateInput>,
}

/// Which files tell something of a product from now on.
#[derive(Debug, InputObject)]
pub struct DocumentProductInput {
    /// Which product.
    pub product_id: GlobalId<Product>,
    /// All of its files, at most 50, in the order in which people shall see them.
    pub documents: Vec<ProductDocumentInput>,
}

/// Another product that stands to a product in some way.
#[derive(Debug, InputObject)]
pub struct ProductRelationInput {
    /// The other product, of the same owner.
    pub product_id: GlobalId<Product>,
    /// How much of a component one unit of the kit holds, in the component's unit; for that kind and no other.
    pub quantity: Option<Decimal>,
    /// From which day on a successor takes the product's place; for that kind alone.
    pub from: Option<Date>,
}

/// Which products stand to a product in one way from now on.
#[derive(Debug, InputObject)]
pub struct RelateProductInput {
    /// Which product.
    pub product_id: GlobalId<Product>,
    /// In which way; other kinds stay as they are.
    pub kind: Closed<RelationKind>,
    /// All of them, at most 100, in the order in which people shall read them.
    pub relations: Vec<ProductRelationInput>,
}

/// The root fields that change what else is told of a product.
#[derive(Debug, Default)]
pub struct ProductDetailMutation;

#[Object]
impl ProductDetailMutation {
    /// Says how a product is packed, in the place of what was said before. A packaging that prices in force count cannot go, and one that
    /// an agreement counts stays as large as it is (PACKAGING_PRICED). Needs CATALOG_MANAGE in its owner.
    async fn pack_product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it is packed.")] input: PackProductInput,
    ) -> Result<ProductPayload> {
        let draft = |input: ProductPackagingInput| PackagingDraft {
            unit: input.unit.0,
            quantity: input.quantity.0,
            of: input.of.map(|unit| unit.0),
            gtin: input.gtin,
            weight_kg: input.weight_kg.map(|weight| weight.0),
            size_mm: input.size.map(|size| [size.length_mm.0, size.width_mm.0, size.height_mm.0]),
        };
        let drafts = input.packagings.into_iter().map(draft).collect();
        let outcome = session(ctx)?.execute(PackProduct { product: input.product_id.0, drafts }).await;
        session(ctx)?.answer(outcome, |product| (ProductNode(product),))
    }

    /// Says which files tell something of a product, in the place of those before: whoever sees the product sees them. Needs
    /// CATALOG_MANAGE in its owner.
    async fn document_product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which files.")] input: DocumentProductInput,
    ) -> Result<ProductPayload> {
        let draft = |input: ProductDocumentInput| DocumentDraft {
            attachment: input.attachment_id.0,
            role: input.role.0,
            alt: LocalisedTextInput::drafts(input.translations),
            certificate: input.certificate.map(|certificate| CertificateDraft {
                number: certificate.number,
                issued: certificate.issued.map(|day| day.0),
                expires: certificate.expires.map(|day| day.0),
            }),
        };
        let drafts = input.documents.into_iter().map(draft).collect();
        let outcome = session(ctx)?.execute(DocumentProduct { product: input.product_id.0, drafts }).await;
        session(ctx)?.answer(outcome, |product| (ProductNode(product),))
    }

    /// Says which products stand to a product in one way, in the place of those before. Successors and components never lead back to
    /// the product. Needs CATALOG_MANAGE in its owner.
    async fn relate_product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which products, and in which way.")] input: RelateProductInput,
    ) -> Result<ProductPayload> {
        let draft = |input: ProductRelationInput| RelationDraft {
            other: input.product_id.0,
            quantity: input.quantity.map(|quantity| quantity.0),
            from: input.from.map(|day| day.0),
        };
        let drafts = input.relations.into_iter().map(draft).collect();
        let command = RelateProduct { product: input.product_id.0, kind: input.kind.0, drafts };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |product| (ProductNode(product),))
    }
}
