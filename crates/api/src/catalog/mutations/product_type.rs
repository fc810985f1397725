//! Changing product types.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::catalog::{
    AttributeKind, AttributeTrait, DefinitionDraft, OptionDraft, ProductType, ProductTypeDraft,
};

use crate::app::IdempotencyKey;
use crate::catalog::commands::{DefineProductType, ReviseProductType};
use crate::catalog::types::ProductTypeNode;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::localised::LocalisedTextInput;
use crate::graphql::payload::payload;
use crate::graphql::scalar::UnitCode;

payload! {
    /// What every change of a product type answers.
    ProductTypePayload {
        /// The product type as it is now.
        product_type: ProductTypeNode,
    }
}

/// One value that an attribute of the kind ENUM takes.
#[derive(Debug, InputObject)]
pub struct AttributeOptionInput {
    /// How products say it, 1 to 60 characters; unique in the attribute.
    pub code: String,
    /// What people read, 1 to 60 characters; the code when it is left out.
    pub label: Option<String>,
    /// What people read in other languages; at most 20.
    #[graphql(default)]
    pub translations: Vec<LocalisedTextInput>,
}

/// What one attribute of a product type means.
#[derive(Debug, InputObject)]
pub struct AttributeDefinitionInput {
    /// How products name it, 1 to 60 characters; unique in the type, whatever its capitals and accents.
    pub code: String,
    /// What people read, 1 to 60 characters; the code when it is left out.
    pub label: Option<String>,
    /// What people read in other languages; at most 20.
    #[graphql(default)]
    pub translations: Vec<LocalisedTextInput>,
    /// What values it takes.
    pub kind: Closed<AttributeKind>,
    /// In what its numbers are kept; only for the kind NUMBER.
    pub unit: Option<UnitCode>,
    /// What it can be; only for the kind ENUM, at most 500.
    #[graphql(default)]
    pub options: Vec<AttributeOptionInput>,
    /// What else holds of it. LOCALISED is for texts that are no AXIS.
    #[graphql(default)]
    pub traits: Vec<Closed<AttributeTrait>>,
}

/// A product type to define.
#[derive(Debug, InputObject)]
pub struct DefineProductTypeInput {
    /// The organization's short name for it, 1 to 60 characters, unique among its types.
    pub code: String,
    /// What people call it, 1 to 60 characters.
    pub name: String,
    /// What people call it in other languages; at most 20.
    #[graphql(default)]
    pub translations: Vec<LocalisedTextInput>,
    /// What the attributes of its products mean, at most 100, in the order in which people shall read them.
    pub definitions: Vec<AttributeDefinitionInput>,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// A product type to define otherwise: all of it.
#[derive(Debug, InputObject)]
pub struct ReviseProductTypeInput {
    /// Which type.
    pub product_type_id: GlobalId<ProductType>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// Its short name.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// What people call it in other languages; at most 20.
    #[graphql(default)]
    pub translations: Vec<LocalisedTextInput>,
    /// What the attributes of its products mean. More attributes and options are always taken; what its products say must stay as it is,
    /// otherwise PRODUCT_TYPE_IN_USE tells how many would not fit.
    pub definitions: Vec<AttributeDefinitionInput>,
}

fn definitions(inputs: Vec<AttributeDefinitionInput>) -> Vec<DefinitionDraft> {
    let option = |input: AttributeOptionInput| OptionDraft {
        code: input.code,
        label: input.label,
        labels: LocalisedTextInput::drafts(input.translations),
    };
    let definition = |input: AttributeDefinitionInput| DefinitionDraft {
        code: input.code,
        label: input.label,
        labels: LocalisedTextInput::drafts(input.translations),
        kind: input.kind.0,
        unit: input.unit.map(|unit| unit.0),
        options: input.options.into_iter().map(option).collect(),
        traits: input.traits.into_iter().map(|one| one.0).collect(),
    };
    inputs.into_iter().map(definition).collect()
}

/// The root fields that change product types.
#[derive(Debug, Default)]
pub struct ProductTypeMutation;

#[Object]
impl ProductTypeMutation {
    /// Defines a product type of the viewer's organization. Needs CATALOG_MANAGE.
    async fn define_product_type(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: DefineProductTypeInput,
    ) -> Result<ProductTypePayload> {
        let session = session(ctx)?;
        let define = async {
            let key = IdempotencyKey::of_input(input.idempotency_key.as_deref())?;
            let draft = ProductTypeDraft {
                code: input.code,
                name: input.name,
                names: LocalisedTextInput::drafts(input.translations),
                definitions: definitions(input.definitions),
            };
            session.execute_once(DefineProductType { draft, key }).await
        };
        session.answer(define.await, |product_type| (ProductTypeNode(product_type),))
    }

    /// Defines a product type otherwise; refused while one of its products would not fit any more. Needs CATALOG_MANAGE in its owner.
    async fn revise_product_type(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: ReviseProductTypeInput,
    ) -> Result<ProductTypePayload> {
        let command = ReviseProductType {
            product_type: input.product_type_id.0,
            expected_version: input.expected_version,
            draft: ProductTypeDraft {
                code: input.code,
                name: input.name,
                names: LocalisedTextInput::drafts(input.translations),
                definitions: definitions(input.definitions),
            },
        };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |product_type| (ProductTypeNode(product_type),))
    }
}
