//! Organizations as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::organization::{Capability, Organization, Verification};
use tradehall_persistence::{PageRequest, organization};

use super::super::actions;
use super::super::loaders::ProfileOf;
use super::super::sight::{across, is_own, private};
use super::{CustomRoleNode, MemberInvitationNode, MembershipNode, OrganizationUnitNode, ProfileNode};
use crate::graphql::action::ActionAvailability;
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::event::{EventNode, timeline, timeline_in};
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{allowed, counted, load_maybe, session};
use crate::graphql::scalar::{CountryCode, DateTime};

node_types! { Organization => "Organization" }

/// A company that trades. Its name, country, verification and granted capabilities are seen by everyone signed in, and of a
/// seller whose shop shows goods to visitors by everyone; all else by its own people and by platform staff.
#[derive(Debug, Clone, Description)]
pub struct OrganizationNode(pub Organization);

#[Object(name = "Organization", use_type_description)]
impl OrganizationNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people call it, 1 to 200 characters; two organizations may have the same.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// Where it is registered.
    async fn country(&self) -> CountryCode {
        CountryCode(self.0.country)
    }

    /// How far the market's check of the company has come.
    async fn verification(&self) -> Closed<Verification> {
        self.0.verification.into()
    }

    /// What it was granted to do in the market and is not suspended from; how far applications are is in `profile`.
    async fn capabilities(&self) -> Vec<Closed<Capability>> {
        self.0.capabilities.granted().map(Closed).collect()
    }

    /// When it joined the market.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Counts its changes, those of the profile included; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What is private to it: legal name, tax code, bank account, papers. Null for everyone but its own people and platform staff.
    async fn profile(&self, ctx: &Context<'_>) -> Result<Option<ProfileNode>> {
        let session = session(ctx)?;
        if !is_own(session, self.0.id) && !session.actor().may(Permission::PlatformVerify) {
            return Ok(None);
        }
        let profile = load_maybe(ctx, ProfileOf(self.0.id)).await?;
        Ok(profile.map(|profile| ProfileNode { organization: self.0.clone(), profile }))
    }

    /// Its people, those who were first first, those who left included. Null for everyone but its own people and platform staff.
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<List<MembershipNode>>> {
        let session = session(ctx)?;
        let Some(tx) = private(session, self.0.id).await.map_err(|error| session.fail(error))? else {
            return Ok(None);
        };
        let fetch = async |page: &PageRequest| Ok(organization::members(&tx, self.0.id, page).await?);
        let paging = Paging::of(first, after, last, before);
        session.list(paging, fetch, organization::member_cursor, MembershipNode).await.map(Some)
    }

    /// Whom it asked to become members, newest first. Null for strangers; needs MEMBER_MANAGE.
    async fn invitations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<List<MemberInvitationNode>>> {
        if !is_own(session(ctx)?, self.0.id) {
            return Ok(None);
        }
        let session = allowed(ctx, Permission::MemberManage)?;
        let fetch = async |page: &_| Ok(organization::invitations(&*session.reading().await?, self.0.id, page).await?);
        let paging = Paging::of(first, after, last, before);
        session.list(paging, fetch, organization::invitation_cursor, MemberInvitationNode).await.map(Some)
    }

    /// The whole tree of departments and branches, at most 2 000, archived ones included: parents before what is under them, neighbours
    /// by code. Null for everyone but its own people and platform staff.
    async fn units(&self, ctx: &Context<'_>) -> Result<Option<Vec<OrganizationUnitNode>>> {
        let session = session(ctx)?;
        let Some(tx) = private(session, self.0.id).await.map_err(|error| session.fail(error))? else {
            return Ok(None);
        };
        let tree = organization::units(&tx, self.0.id).await.map_err(|error| session.fail(error.into()))?;
        let units: Vec<_> = tree.in_order().cloned().map(OrganizationUnitNode).collect();
        counted(ctx, units.len())?;
        Ok(Some(units))
    }

    /// The roles that it made for itself, at most 50, by age. Null for everyone but its own people and platform staff.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Option<Vec<CustomRoleNode>>> {
        let session = session(ctx)?;
        let Some(tx) = private(session, self.0.id).await.map_err(|error| session.fail(error))? else {
            return Ok(None);
        };
        let roles = organization::roles(&tx, self.0.id).await.map_err(|error| session.fail(error.into()))?;
        Ok(Some(roles.into_iter().map(CustomRoleNode).collect()))
    }

    /// What happened to it as a whole, to its units and roles, newest first. Null for strangers; its own people need AUDIT_READ.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<List<EventNode>>> {
        let session = session(ctx)?;
        let paging = Paging::of(first, after, last, before);
        let subject = Subject { kind: SubjectKind::Organization, id: self.0.id.uuid() };
        if is_own(session, self.0.id) {
            timeline(ctx, subject, paging).await.map(Some)
        } else if session.actor().may(Permission::PlatformVerify) {
            let tx = across(session).await.map_err(|error| session.fail(error))?;
            timeline_in(session, &tx, subject, paging).await.map(Some)
        } else {
            Ok(None)
        }
    }

    /// What the viewer can do with the organization now; nothing for strangers.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        Ok(actions::of_organization(session(ctx)?, &self.0))
    }
}
