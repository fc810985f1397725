//! The tree of departments and branches.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::organization::{OrganizationUnit, OrganizationUnitKind, UnitDraft};

use super::super::commands::{AddUnit, AmendUnit, ArchiveUnit, MoveUnit};
use super::super::types::OrganizationUnitNode;
use super::OrganizationUnitPayload;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;

/// A unit to add.
#[derive(Debug, InputObject)]
pub struct AddUnitInput {
    /// Under which unit; left out directly under the organization. At most 20 levels.
    pub parent_id: Option<GlobalId<OrganizationUnit>>,
    /// What people file it by, 1 to 30 characters, unique in the organization.
    pub code: String,
    /// What people call it, 1 to 200 characters.
    pub name: String,
    /// What it is.
    pub kind: Closed<OrganizationUnitKind>,
    /// Where its costs are booked, 1 to 30 characters.
    pub cost_centre: Option<String>,
}

/// A change of a unit; what is left out stays.
#[derive(Debug, InputObject)]
pub struct AmendUnitInput {
    /// Which unit.
    pub unit_id: GlobalId<OrganizationUnit>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// What people file it by, 1 to 30 characters, unique in the organization.
    pub code: Option<String>,
    /// What people call it, 1 to 200 characters.
    pub name: Option<String>,
    /// What it is.
    pub kind: Option<Closed<OrganizationUnitKind>>,
    /// Where its costs are booked, 1 to 30 characters; an empty text takes it away.
    pub cost_centre: Option<String>,
}

/// A unit to put under another.
#[derive(Debug, InputObject)]
pub struct MoveUnitInput {
    /// Which unit; everything under it comes along.
    pub unit_id: GlobalId<OrganizationUnit>,
    /// Under which unit; left out directly under the organization.
    pub parent_id: Option<GlobalId<OrganizationUnit>>,
}

/// A unit to put away.
#[derive(Debug, InputObject)]
pub struct ArchiveUnitInput {
    /// Which unit; no unit under it may be in use.
    pub unit_id: GlobalId<OrganizationUnit>,
}

/// The root fields that change the tree of units.
#[derive(Debug, Default)]
pub struct UnitMutation;

#[Object]
impl UnitMutation {
    /// Adds a unit to the viewer's organization, which has at most 2 000. Needs ORGANIZATION_MANAGE.
    async fn add_unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is, and where.")] input: AddUnitInput,
    ) -> Result<OrganizationUnitPayload> {
        let draft = UnitDraft {
            code: Some(input.code),
            name: Some(input.name),
            kind: Some(input.kind.0),
            cost_centre: input.cost_centre,
        };
        let outcome = session(ctx)?.execute(AddUnit { parent: input.parent_id.map(|id| id.0), draft }).await;
        session(ctx)?.answer(outcome, |unit| (OrganizationUnitNode(unit),))
    }

    /// Changes what a unit is called and booked under. Needs ORGANIZATION_MANAGE.
    async fn amend_unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: AmendUnitInput,
    ) -> Result<OrganizationUnitPayload> {
        let kind = input.kind.map(|kind| kind.0);
        let draft = UnitDraft { code: input.code, name: input.name, kind, cost_centre: input.cost_centre };
        let command = AmendUnit { unit: input.unit_id.0, expected_version: input.expected_version, draft };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |unit| (OrganizationUnitNode(unit),))
    }

    /// Puts a unit with everything under it under another. Needs ORGANIZATION_MANAGE.
    async fn move_unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What goes where.")] input: MoveUnitInput,
    ) -> Result<OrganizationUnitPayload> {
        let command = MoveUnit { unit: input.unit_id.0, parent: input.parent_id.map(|id| id.0) };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |unit| (OrganizationUnitNode(unit),))
    }

    /// Puts a unit away: what names it keeps doing so, and nothing new can. Needs ORGANIZATION_MANAGE.
    async fn archive_unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which unit.")] input: ArchiveUnitInput,
    ) -> Result<OrganizationUnitPayload> {
        let outcome = session(ctx)?.execute(ArchiveUnit { unit: input.unit_id.0 }).await;
        session(ctx)?.answer(outcome, |unit| (OrganizationUnitNode(unit),))
    }
}
