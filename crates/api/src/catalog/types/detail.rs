//! What else is told of a product, as clients see it: packagings, documents, relations, numbers.

use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use tradehall_domain::catalog::{
    Certificate, DocumentRole, Packaging, PartNumber, PartNumberKind, ProductDocument, Relation, RelationKind,
};
use tradehall_domain::text::ShortText;

use super::ProductNode;
use crate::attachment::AttachmentNode;
use crate::catalog::lookup::NumberMatch;
use crate::graphql::closed::Closed;
use crate::graphql::id::global;
use crate::graphql::loader::load_maybe;
use crate::graphql::localised::LocalisedText;
use crate::graphql::scalar::{Date, Decimal, UnitCode};
use crate::organization::OrganizationNode;

/// One way in which a product is packed.
#[derive(Debug, Clone, Description)]
pub struct PackagingNode(pub Packaging);

#[Object(name = "ProductPackaging", use_type_description)]
impl PackagingNode {
    /// What it is called, such as XBX for a box; no other packaging of the product is.
    async fn unit(&self) -> UnitCode {
        UnitCode(self.0.unit)
    }

    /// How much of `of` one of it holds.
    async fn quantity(&self) -> Decimal {
        Decimal(self.0.quantity.value())
    }

    /// What it holds: the product's unit, one that converts to it, or another packaging of the product.
    async fn of(&self) -> UnitCode {
        UnitCode(self.0.of)
    }

    /// The number under its own barcode in the 14-digit form of GS1; null when it has none.
    async fn gtin(&self) -> Option<&str> {
        self.0.gtin.as_ref().map(tradehall_domain::gtin::Gtin::as_str)
    }

    /// What it weighs with what is in it, in kilograms; null when it is not known.
    async fn weight_kg(&self) -> Option<Decimal> {
        self.0.weight_kg.map(|weight| Decimal(weight.value()))
    }

    /// How long it is, in millimetres; null when its size is not known.
    async fn length_mm(&self) -> Option<Decimal> {
        self.0.size_mm.map(|[length, _, _]| Decimal(length.value()))
    }

    /// How wide it is, in millimetres; null when its size is not known.
    async fn width_mm(&self) -> Option<Decimal> {
        self.0.size_mm.map(|[_, width, _]| Decimal(width.value()))
    }

    /// How high it is, in millimetres; null when its size is not known.
    async fn height_mm(&self) -> Option<Decimal> {
        self.0.size_mm.map(|[_, _, height]| Decimal(height.value()))
    }
}

/// What is known of a certificate.
#[derive(Debug, Clone, Description)]
pub struct CertificateNode(pub Certificate);

#[Object(name = "ProductCertificate", use_type_description)]
impl CertificateNode {
    /// Its issuer's number for it, 1 to 60 characters.
    async fn number(&self) -> &str {
        self.0.number.as_str()
    }

    /// Since which day it holds; null when it is not known.
    async fn issued(&self) -> Option<Date> {
        self.0.issued.map(Date)
    }

    /// Until which day it holds, that day included (UTC); null for no end.
    async fn expires(&self) -> Option<Date> {
        self.0.expires.map(Date)
    }
}

/// A file that tells something of a product. Whoever sees the product sees it.
#[derive(Debug, Clone, Description)]
pub struct DocumentNode(pub ProductDocument);

#[Object(name = "ProductDocument", use_type_description)]
impl DocumentNode {
    /// The file itself, with a link to read it.
    async fn attachment(&self, ctx: &Context<'_>) -> Result<Option<AttachmentNode>> {
        Ok(load_maybe(ctx, self.0.attachment).await?.map(AttachmentNode))
    }

    /// What it tells.
    async fn role(&self) -> Closed<DocumentRole> {
        self.0.role.into()
    }

    /// What it shows, for those who do not see it, by language; at most 20.
    async fn translations(&self) -> Vec<LocalisedText> {
        LocalisedText::all(&self.0.alt)
    }

    /// What is known of it as a certificate; null for other roles.
    async fn certificate(&self) -> Option<CertificateNode> {
        self.0.certificate.clone().map(CertificateNode)
    }
}

/// Another product that stands to a product in some way.
#[derive(Debug, Clone, Description)]
pub struct RelationNode(pub Relation);

#[Object(name = "ProductRelation", use_type_description)]
impl RelationNode {
    /// In which way.
    async fn kind(&self) -> Closed<RelationKind> {
        self.0.kind.into()
    }

    /// The other product; null when the viewer is not shown it any more.
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<ProductNode>> {
        Ok(load_maybe(ctx, self.0.other).await?.map(ProductNode))
    }

    /// How much of a component one unit of the kit holds, in the component's unit; null for other kinds.
    async fn quantity(&self) -> Option<Decimal> {
        self.0.quantity.map(|quantity| Decimal(quantity.value()))
    }

    /// From which day on a successor takes the product's place; null when that is open, and for other kinds.
    async fn from(&self) -> Option<Date> {
        self.0.from.map(Date)
    }
}

/// A number under which somebody knows a product. A customer's own is seen by that customer and the product's owner alone, others by
/// whoever sees the product.
#[derive(Debug, Clone, Description)]
pub struct PartNumberNode(pub PartNumber);

#[Object(name = "PartNumber", use_type_description)]
impl PartNumberNode {
    /// The opaque id, by which it is dropped.
    async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// Whose number it is.
    async fn kind(&self) -> Closed<PartNumberKind> {
        self.0.kind.into()
    }

    /// The number as it is written, 1 to 60 characters.
    async fn number(&self) -> &str {
        self.0.number.as_str()
    }

    /// Who gave it, by name; null when that is not said, and for a customer's own.
    async fn issuer(&self) -> Option<&str> {
        self.0.issuer.as_ref().map(ShortText::as_str)
    }

    /// The customer whose own number it is; null for other kinds.
    async fn buyer(&self, ctx: &Context<'_>) -> Result<Option<OrganizationNode>> {
        if self.0.kind != PartNumberKind::Customer {
            return Ok(None);
        }
        Ok(load_maybe(ctx, self.0.holder).await?.map(OrganizationNode))
    }
}

/// A product that a number finds.
#[derive(Debug, Clone, SimpleObject)]
pub struct PartNumberMatch {
    /// By which of its numbers it was found.
    pub by: Closed<NumberMatch>,
    /// What is known under the number that was looked for.
    pub product: ProductNode,
}

/// What one number finds.
#[derive(Debug, Clone, SimpleObject)]
pub struct PartNumberMatches {
    /// The number that was looked for, as it was sent.
    pub number: String,
    /// The products that it finds, owners' own numbers first; at most 20.
    pub matches: Vec<PartNumberMatch>,
}
