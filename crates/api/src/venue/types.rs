//! Venues and participations as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::side::Side;
use tradehall_domain::venue::{Participation, ParticipationStatus, Venue, VenueAccess, VenueModel};
use tradehall_domain::viewing::{GuestPolicy, VisitorPolicy};
use tradehall_persistence::venue;

use crate::graphql::action::{ALWAYS, ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging, connection};
use crate::graphql::event::{EventNode, timeline_for};
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{PageOf, load_maybe, load_one, session};
use crate::graphql::scalar::DateTime;
use crate::organization::OrganizationNode;

node_types! { Venue => "Venue", Participation => "Participation" }

/// A place where trade happens. Public venues are seen by everyone signed in, private ones by their owners and guests; shops that show
/// goods to visitors, by everyone.
#[derive(Debug, Clone, Description)]
pub struct VenueNode(pub Venue);

#[Object(name = "Venue", use_type_description)]
impl VenueNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people call it, 1 to 200 characters.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// Who owns it, who may sell and buy there, and who stands in the middle.
    async fn model(&self) -> Closed<VenueModel> {
        self.0.model.into()
    }

    /// Who may find it and apply.
    async fn access(&self) -> Closed<VenueAccess> {
        self.0.access.into()
    }

    /// What people see of a shop (SELL_SIDE) who are signed in and not its customers; null for every other venue.
    async fn guest_policy(&self) -> Option<Closed<GuestPolicy>> {
        self.0.guest_policy.map(Closed::from)
    }

    /// What people see of a shop who have not signed in, while its owner may sell; null for every other venue.
    async fn visitor_policy(&self) -> Option<Closed<VisitorPolicy>> {
        self.0.visitor_policy.map(Closed::from)
    }

    /// The organization that runs it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.owner).await.map(OrganizationNode)
    }

    /// When it was opened.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Counts its changes; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Who takes part: everyone for the owner, else only the viewer's own organization.
    async fn participations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<ParticipationNode>> {
        let session = session(ctx)?;
        let page = session.page(&Paging::of(first, after, last, before))?;
        let page = load_maybe(ctx, PageOf { of: self.0.id, page }).await?.unwrap_or_default();
        Ok(connection(page, venue::participation_cursor, ParticipationNode))
    }

    /// What happened to it as a whole, newest first. Null for everyone but its owner, where it needs AUDIT_READ.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<List<EventNode>>> {
        let subject = Subject { kind: SubjectKind::Venue, id: self.0.id.uuid() };
        timeline_for(ctx, &[self.0.owner], subject, Paging::of(first, after, last, before)).await
    }

    /// What the viewer can do with the venue now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let owner = session(ctx)?.actor().organization == Some(self.0.owner);
        let mut actions = Actions::of(session(ctx)?);
        actions.on_side(owner, "amendVenue", Permission::VenueManage, ALWAYS);
        actions.on_side(owner, "inviteToVenue", Permission::VenueManage, ALWAYS);
        actions.on_side(!owner, "applyToVenue", Permission::VenueJoin, self.0.is_open_to_applications());
        Ok(actions.done())
    }
}

/// An organization's part in a venue. Seen by the venue's owner and by that organization.
#[derive(Debug, Clone, Description)]
pub struct ParticipationNode(pub Participation);

#[Object(name = "Participation", use_type_description)]
impl ParticipationNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// In which venue.
    async fn venue(&self, ctx: &Context<'_>) -> Result<VenueNode> {
        load_one(ctx, self.0.venue).await.map(VenueNode)
    }

    /// Who takes part.
    async fn organization(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.organization).await.map(OrganizationNode)
    }

    /// On which side of the trade.
    async fn side(&self) -> Closed<Side> {
        self.0.side.into()
    }

    /// How far it has come.
    async fn status(&self) -> Closed<ParticipationStatus> {
        self.0.status.into()
    }

    /// Whether the venue has rejected or suspended it and not taken it back since; leaving and applying again do not change that.
    async fn is_barred(&self) -> bool {
        self.0.barred
    }

    /// Since when the status holds.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }

    /// What the viewer can do with the participation now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let own = session(ctx)?.actor().organization;
        let (owner, guest) = (own == Some(self.0.owner), own == Some(self.0.organization));
        let now = session(ctx)?.app().store().now();
        let tried =
            |verb: fn(&mut Participation, jiff::Timestamp) -> Result<_, _>| verb(&mut self.0.clone(), now).map(|_| ());
        let mut actions = Actions::of(session(ctx)?);
        actions.on_side(owner, "approveParticipation", Permission::VenueManage, tried(Participation::approve));
        actions.on_side(owner, "rejectParticipation", Permission::VenueManage, tried(Participation::reject));
        actions.on_side(owner, "suspendParticipation", Permission::VenueManage, tried(Participation::suspend));
        actions.on_side(owner, "reinstateParticipation", Permission::VenueManage, tried(Participation::reinstate));
        actions.on_side(guest, "acceptParticipation", Permission::VenueJoin, tried(Participation::accept));
        actions.on_side(guest, "leaveVenue", Permission::VenueJoin, tried(Participation::leave));
        Ok(actions.done())
    }
}
