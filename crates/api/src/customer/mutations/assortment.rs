//! Changing assortments.

use async_graphql::{Context, InputObject, Object, OneofObject, Result};
use tradehall_domain::catalog::{Category, Product};
use tradehall_domain::customer::{
    Assortment, AssortmentDraft, AssortmentKind, Customer, GrantEffect, Grantee, Segment,
};

use super::super::commands::{AmendAssortment, DefineAssortment, GrantAssortment, ListInAssortment, RevokeAssortment};
use super::super::types::AssortmentNode;
use crate::app::IdempotencyKey;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What every change of an assortment answers.
    AssortmentPayload {
        /// The assortment as it is now.
        assortment: AssortmentNode,
    }
}

/// Which products belong to an assortment without being listed; a product belongs when any entry fits it.
#[derive(Debug, Default, InputObject)]
pub struct AssortmentRuleInput {
    /// Those in one of these categories of the viewer's organization, or below; at most 200.
    pub category_ids: Option<Vec<GlobalId<Category>>>,
    /// Those of one of these brands, whatever their capitals and accents; at most 200.
    pub brands: Option<Vec<String>>,
}

/// An assortment to make.
#[derive(Debug, InputObject)]
pub struct DefineAssortmentInput {
    /// The seller's short name for it, 1 to 60 characters, unique among its assortments.
    pub code: String,
    /// What people call it, 1 to 200 characters.
    pub name: String,
    /// What it means to those it is not granted to.
    pub kind: Closed<AssortmentKind>,
    /// Which products belong to it without being listed; none when left out.
    pub rule: Option<AssortmentRuleInput>,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// A change of an assortment; what is left out stays.
#[derive(Debug, InputObject)]
pub struct AmendAssortmentInput {
    /// Which assortment.
    pub assortment_id: GlobalId<Assortment>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// The new code.
    pub code: Option<String>,
    /// The new name.
    pub name: Option<String>,
    /// The new kind.
    pub kind: Option<Closed<AssortmentKind>>,
    /// The new rule; a list that is left out stays.
    pub rule: Option<AssortmentRuleInput>,
}

/// Which products are listed in an assortment, and which are taken off its list.
#[derive(Debug, InputObject)]
pub struct ListInAssortmentInput {
    /// Which assortment.
    pub assortment_id: GlobalId<Assortment>,
    /// What is listed, at most 1000 products of the viewer's organization.
    #[graphql(default)]
    pub add_product_ids: Vec<GlobalId<Product>>,
    /// What is taken off, at most 1000; a product that the rule covers stays in the assortment.
    #[graphql(default)]
    pub remove_product_ids: Vec<GlobalId<Product>>,
}

/// To whom an assortment is granted.
#[derive(Debug, OneofObject)]
pub enum GranteeInput {
    /// Every customer of this segment.
    SegmentId(GlobalId<Segment>),
    /// This customer.
    CustomerId(GlobalId<Customer>),
}

/// What is shown to whom, or hidden from whom.
#[derive(Debug, InputObject)]
pub struct GrantAssortmentInput {
    /// Which assortment.
    pub assortment_id: GlobalId<Assortment>,
    /// To whom; an earlier grant to the same one is replaced.
    pub grantee: GranteeInput,
    /// What the grant does.
    pub effect: Closed<GrantEffect>,
}

/// A grant to take back.
#[derive(Debug, InputObject)]
pub struct RevokeAssortmentInput {
    /// Which assortment.
    pub assortment_id: GlobalId<Assortment>,
    /// From whom.
    pub grantee: GranteeInput,
}

impl GranteeInput {
    fn read(self) -> Grantee {
        match self {
            Self::SegmentId(id) => Grantee::Segment(id.0),
            Self::CustomerId(id) => Grantee::Customer(id.0),
        }
    }
}

/// The root fields that change assortments.
#[derive(Debug, Default)]
pub struct AssortmentMutation;

#[Object]
impl AssortmentMutation {
    /// Makes an assortment of the viewer's goods. Needs CUSTOMER_MANAGE.
    async fn define_assortment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: DefineAssortmentInput,
    ) -> Result<AssortmentPayload> {
        let session = session(ctx)?;
        let define = async {
            let key = IdempotencyKey::of_input(input.idempotency_key.as_deref())?;
            let named = AssortmentDraft { code: Some(input.code), name: Some(input.name), ..Default::default() };
            let draft = draft(named, Some(input.kind), input.rule);
            session.execute_once(DefineAssortment { draft, key }).await
        };
        session.answer(define.await, |assortment| (AssortmentNode(assortment),))
    }

    /// Changes what an assortment is called, means or covers; who sees what changes with it at once. Needs CUSTOMER_MANAGE.
    async fn amend_assortment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: AmendAssortmentInput,
    ) -> Result<AssortmentPayload> {
        let named = AssortmentDraft { code: input.code, name: input.name, ..Default::default() };
        let command = AmendAssortment {
            assortment: input.assortment_id.0,
            expected_version: input.expected_version,
            draft: draft(named, input.kind, input.rule),
        };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |assortment| (AssortmentNode(assortment),))
    }

    /// Lists products in an assortment and takes others off its list. Needs CUSTOMER_MANAGE.
    async fn list_in_assortment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What comes and what goes.")] input: ListInAssortmentInput,
    ) -> Result<AssortmentPayload> {
        let ids = |list: Vec<GlobalId<Product>>| list.into_iter().map(|id| id.0).collect();
        let (add, remove) = (ids(input.add_product_ids), ids(input.remove_product_ids));
        let command = ListInAssortment { assortment: input.assortment_id.0, add, remove };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |assortment| (AssortmentNode(assortment),))
    }

    /// Shows an assortment to a segment or a customer, or hides it from them, at once. Needs CUSTOMER_MANAGE.
    async fn grant_assortment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and to whom.")] input: GrantAssortmentInput,
    ) -> Result<AssortmentPayload> {
        let (assortment, grantee) = (input.assortment_id.0, input.grantee.read());
        let command = GrantAssortment { assortment, grantee, effect: input.effect.0 };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |assortment| (AssortmentNode(assortment),))
    }

    /// Takes a grant of an assortment back. Needs CUSTOMER_MANAGE.
    async fn revoke_assortment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and from whom.")] input: RevokeAssortmentInput,
    ) -> Result<AssortmentPayload> {
        let command = RevokeAssortment { assortment: input.assortment_id.0, grantee: input.grantee.read() };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |assortment| (AssortmentNode(assortment),))
    }
}

fn draft(
    named: AssortmentDraft,
    kind: Option<Closed<AssortmentKind>>,
    rule: Option<AssortmentRuleInput>,
) -> AssortmentDraft {
    let rule = rule.unwrap_or_default();
    let categories = rule.category_ids.map(|ids| ids.into_iter().map(|id| id.0).collect());
    AssortmentDraft { kind: kind.map(|kind| kind.0), categories, brands: rule.brands, ..named }
}
