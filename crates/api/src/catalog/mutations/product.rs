//! Changing products.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use tradehall_domain::catalog::{AttributeDraft, Category, Product, ProductChange, ProductDraft, ProductType};

use super::change;
use crate::app::IdempotencyKey;
use crate::catalog::commands::{CreateProduct, ProductStep, ReviseProduct, StepProduct};
use crate::catalog::types::ProductNode;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::localised::LocalisedTextInput;
use crate::graphql::payload::payload;
use crate::graphql::scalar::UnitCode;

payload! {
    /// What every change of a product answers.
    ProductPayload {
        /// The product as it is now.
        product: ProductNode,
    }
}

/// One thing to say of a product.
#[derive(Debug, InputObject)]
pub struct ProductAttributeInput {
    /// What is said something about, 1 to 60 characters; no name stands twice, whatever its capitals and accents.
    pub name: String,
    /// What is said, 1 to 200 characters.
    pub value: String,
    /// The unit of a value that is a number; what the product's type keeps in another unit is converted, exactly or not at all.
    pub unit: Option<UnitCode>,
    /// The value in other languages, where the product's type lets it stand in several; at most 20.
    #[graphql(default)]
    pub translations: Vec<LocalisedTextInput>,
}

/// A product to add.
#[derive(Debug, InputObject)]
pub struct CreateProductInput {
    /// The organization's number for it (SKU), 1 to 60 characters, unique among its products.
    pub number: String,
    /// What people call it, 1 to 200 characters.
    pub name: String,
    /// What else there is to say, up to 4000 characters.
    pub description: Option<String>,
    /// The number under its barcode: a GTIN of 8, 12, 13 or 14 digits with its check digit.
    pub gtin: Option<String>,
    /// Its maker's part number, 1 to 60 characters.
    pub mpn: Option<String>,
    /// The name under which its maker sells it, 1 to 60 characters.
    pub brand: Option<String>,
    /// In what it is counted or measured.
    pub unit: UnitCode,
    /// Where in the organization's own tree it stands.
    pub category_id: Option<GlobalId<Category>>,
    /// What else is said of it, at most 100, in the order in which people shall read it.
    #[graphql(default)]
    pub attributes: Vec<ProductAttributeInput>,
    /// Which of the organization's types says what its attributes mean: they are checked and brought into its form.
    pub product_type_id: Option<GlobalId<ProductType>>,
    /// Of which product of the same type it is a variant; it must differ from the others on an axis of the type.
    pub variant_of_id: Option<GlobalId<Product>>,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// A change of a product; what is left out stays, what is null goes.
#[derive(Debug, InputObject)]
pub struct ReviseProductInput {
    /// Which product.
    pub product_id: GlobalId<Product>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// The new number.
    pub number: Option<String>,
    /// The new name.
    pub name: Option<String>,
    /// The new description.
    pub description: MaybeUndefined<String>,
    /// The new GTIN.
    pub gtin: MaybeUndefined<String>,
    /// The new maker's part number.
    pub mpn: MaybeUndefined<String>,
    /// The new brand.
    pub brand: MaybeUndefined<String>,
    /// The new unit; offers keep theirs.
    pub unit: Option<UnitCode>,
    /// The new category.
    pub category_id: MaybeUndefined<GlobalId<Category>>,
    /// The new attributes, which replace all of the old ones; at most 100.
    pub attributes: Option<Vec<ProductAttributeInput>>,
    /// The new type, in whose form the attributes are brought.
    pub product_type_id: MaybeUndefined<GlobalId<ProductType>>,
    /// The product that it is to be a variant of from now on.
    pub variant_of_id: MaybeUndefined<GlobalId<Product>>,
}

/// Which product a step is about.
#[derive(Debug, InputObject)]
pub struct ProductInput {
    /// Which product.
    pub product_id: GlobalId<Product>,
}

/// Attributes as the domain reads them.
pub fn drafts(attributes: Vec<ProductAttributeInput>) -> Vec<AttributeDraft> {
    attributes
        .into_iter()
        .map(|attribute| AttributeDraft {
            name: attribute.name,
            value: attribute.value,
            unit: attribute.unit.map(|unit| unit.0),
            translations: LocalisedTextInput::drafts(attribute.translations),
        })
        .collect()
}

/// The root fields that change products.
#[derive(Debug, Default)]
pub struct ProductMutation;

#[Object]
impl ProductMutation {
    /// Adds a draft to the viewer's organization's catalog. Needs CATALOG_MANAGE.
    async fn create_product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: CreateProductInput,
    ) -> Result<ProductPayload> {
        let session = session(ctx)?;
        let create = async {
            let key = IdempotencyKey::of_input(input.idempotency_key.as_deref())?;
            let draft = ProductDraft {
                number: input.number,
                name: input.name,
                description: input.description,
                gtin: input.gtin,
                mpn: input.mpn,
                brand: input.brand,
                unit: input.unit.0,
                category: input.category_id.map(|id| id.0),
                attributes: drafts(input.attributes),
            };
            let product_type = input.product_type_id.map(|id| id.0);
            let variant_of = input.variant_of_id.map(|id| id.0);
            session.execute_once(CreateProduct { draft, product_type, variant_of, key }).await
        };
        session.answer(create.await, |product| (ProductNode(product),))
    }

    /// Describes a product otherwise; what was ordered keeps the words under which it was ordered. Needs CATALOG_MANAGE in its owner.
    async fn revise_product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: ReviseProductInput,
    ) -> Result<ProductPayload> {
        let command = ReviseProduct {
            product: input.product_id.0,
            expected_version: input.expected_version,
            change: ProductChange {
                number: input.number,
                name: input.name,
                description: change(input.description, |text| text),
                gtin: change(input.gtin, |text| text),
                mpn: change(input.mpn, |text| text),
                brand: change(input.brand, |text| text),
                unit: input.unit.map(|unit| unit.0),
                category: change(input.category_id, |id| id.0),
                attributes: input.attributes.map(drafts),
            },
            product_type: change(input.product_type_id, |id| id.0),
            variant_of: change(input.variant_of_id, |id| id.0),
        };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |product| (ProductNode(product),))
    }

    /// Shows a product, and the categories it stands in, to whomever its owner shows goods to. Needs CATALOG_MANAGE in its owner.
    async fn publish_product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductInput,
    ) -> Result<ProductPayload> {
        step(ctx, input, ProductStep::Publish).await
    }

    /// Shows a product no longer; offers of it stay. Needs CATALOG_MANAGE in its owner.
    async fn withdraw_product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductInput,
    ) -> Result<ProductPayload> {
        step(ctx, input, ProductStep::Withdraw).await
    }
}

async fn step(ctx: &Context<'_>, input: ProductInput, step: ProductStep) -> Result<ProductPayload> {
    let outcome = session(ctx)?.execute(StepProduct { product: input.product_id.0, step }).await;
    session(ctx)?.answer(outcome, |product| (ProductNode(product),))
}
