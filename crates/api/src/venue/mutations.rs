//! Changing venues.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::organization::Organization;
use tradehall_domain::side::Side;
use tradehall_domain::venue::{Participation, Venue, VenueAccess, VenueChange, VenueDraft, VenueModel};
use tradehall_domain::viewing::{GuestPolicy, VisitorPolicy};

use super::commands::{
    AmendVenue, Answer, AnswerVenue, ApplyToVenue, DecideParticipation, Decision, InviteToVenue, OpenVenue,
};
use super::types::{ParticipationNode, VenueNode};
use crate::app::IdempotencyKey;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What `openVenue` answers.
    OpenVenuePayload {
        /// The new venue.
        venue: VenueNode,
    }
}

payload! {
    /// What `amendVenue` answers.
    AmendVenuePayload {
        /// The venue as it is now.
        venue: VenueNode,
    }
}

payload! {
    /// What every step of a participation answers.
    ParticipationPayload {
        /// The participation as it is now.
        participation: ParticipationNode,
    }
}

/// A venue to open.
#[derive(Debug, InputObject)]
pub struct OpenVenueInput {
    /// What people call it, 1 to 200 characters.
    pub name: String,
    /// Who owns it, who may sell and buy there.
    pub model: Closed<VenueModel>,
    /// Who may find it and apply.
    pub access: Closed<VenueAccess>,
    /// What people see of a shop (SELL_SIDE) who are signed in and not its customers; OPEN when left out. Other venues have none.
    pub guest_policy: Option<Closed<GuestPolicy>>,
    /// What people see of a public shop who have not signed in, no more than guests; SIGNED_IN_ONLY when left out. More than that needs
    /// an organization that may sell. Other venues have none.
    pub visitor_policy: Option<Closed<VisitorPolicy>>,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// A change of a venue; what is left out stays. Only `visitorPolicy` is narrowed along when guests are shown less or the venue becomes
/// private; it is not widened again by itself.
#[derive(Debug, InputObject)]
pub struct AmendVenueInput {
    /// Which venue.
    pub venue_id: GlobalId<Venue>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// The new name.
    pub name: Option<String>,
    /// The new access.
    pub access: Option<Closed<VenueAccess>>,
    /// What guests of a shop see from now on; it holds at once, in lists, search and prices alike.
    pub guest_policy: Option<Closed<GuestPolicy>>,
    /// What visitors of a shop, who have not signed in, see from now on: refused with VISITORS_SEE_MORE where guests are shown less.
    pub visitor_policy: Option<Closed<VisitorPolicy>>,
}

/// An organization to ask into a venue.
#[derive(Debug, InputObject)]
pub struct InviteToVenueInput {
    /// Which venue.
    pub venue_id: GlobalId<Venue>,
    /// Which organization is asked in; not the venue's owner.
    pub organization_id: GlobalId<Organization>,
    /// On which side.
    pub side: Closed<Side>,
}

/// An application to a venue.
#[derive(Debug, InputObject)]
pub struct ApplyToVenueInput {
    /// Which venue.
    pub venue_id: GlobalId<Venue>,
    /// On which side.
    pub side: Closed<Side>,
}

/// Which participation a step is about.
#[derive(Debug, InputObject)]
pub struct ParticipationInput {
    /// Which participation.
    pub participation_id: GlobalId<Participation>,
}

/// The root fields that change venues.
#[derive(Debug, Default)]
pub struct VenueMutation;

#[Object]
impl VenueMutation {
    /// Opens a venue owned by the viewer's organization. Needs VENUE_MANAGE.
    async fn open_venue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: OpenVenueInput,
    ) -> Result<OpenVenuePayload> {
        let session = session(ctx)?;
        let open = async {
            let key = IdempotencyKey::of_input(input.idempotency_key.as_deref())?;
            let draft = VenueDraft {
                model: input.model.0,
                name: input.name,
                access: input.access.0,
                guest_policy: input.guest_policy.map(|policy| policy.0),
                visitor_policy: input.visitor_policy.map(|policy| policy.0),
            };
            session.execute_once(OpenVenue { draft, key }).await
        };
        session.answer(open.await, |venue| (VenueNode(venue),))
    }

    /// Changes a venue's name or access, or what is shown in a shop. Needs VENUE_MANAGE in the owner.
    async fn amend_venue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: AmendVenueInput,
    ) -> Result<AmendVenuePayload> {
        let change = VenueChange {
            name: input.name,
            access: input.access.map(|access| access.0),
            guest_policy: input.guest_policy.map(|policy| policy.0),
            visitor_policy: input.visitor_policy.map(|policy| policy.0),
        };
        let command = AmendVenue { venue: input.venue_id.0, expected_version: input.expected_version, change };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |venue| (VenueNode(venue),))
    }

    /// Asks an organization in, also one that was rejected or left. Needs VENUE_MANAGE in the owner.
    async fn invite_to_venue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and on which side.")] input: InviteToVenueInput,
    ) -> Result<ParticipationPayload> {
        let (venue, organization, side) = (input.venue_id.0, input.organization_id.0, input.side.0);
        let outcome = session(ctx)?.execute(InviteToVenue { venue, organization, side }).await;
        session(ctx)?.answer(outcome, |part| (ParticipationNode(part),))
    }

    /// Asks to be let in. Needs VENUE_JOIN in a verified organization; private venues are by invitation only.
    async fn apply_to_venue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where, and on which side.")] input: ApplyToVenueInput,
    ) -> Result<ParticipationPayload> {
        let outcome = session(ctx)?.execute(ApplyToVenue { venue: input.venue_id.0, side: input.side.0 }).await;
        session(ctx)?.answer(outcome, |part| (ParticipationNode(part),))
    }

    /// Lets an applicant in. Needs VENUE_MANAGE in the owner.
    async fn approve_participation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which application.")] input: ParticipationInput,
    ) -> Result<ParticipationPayload> {
        decide(ctx, input, Decision::Approve).await
    }

    /// Says no to an applicant, who may apply again. Needs VENUE_MANAGE in the owner.
    async fn reject_participation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which application.")] input: ParticipationInput,
    ) -> Result<ParticipationPayload> {
        decide(ctx, input, Decision::Reject).await
    }

    /// Stops a participant for now. Needs VENUE_MANAGE in the owner.
    async fn suspend_participation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which participation.")] input: ParticipationInput,
    ) -> Result<ParticipationPayload> {
        decide(ctx, input, Decision::Suspend).await
    }

    /// Takes a suspended participant back. Needs VENUE_MANAGE in the owner.
    async fn reinstate_participation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which participation.")] input: ParticipationInput,
    ) -> Result<ParticipationPayload> {
        decide(ctx, input, Decision::Reinstate).await
    }

    /// Accepts a venue's invitation. Needs VENUE_JOIN in the invited organization.
    async fn accept_participation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invitation.")] input: ParticipationInput,
    ) -> Result<ParticipationPayload> {
        answer(ctx, input, Answer::Accept).await
    }

    /// Leaves a venue, or declines its invitation; whoever is barred stays barred. Needs VENUE_JOIN in the organization.
    async fn leave_venue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which participation.")] input: ParticipationInput,
    ) -> Result<ParticipationPayload> {
        answer(ctx, input, Answer::Leave).await
    }
}

async fn decide(ctx: &Context<'_>, input: ParticipationInput, decision: Decision) -> Result<ParticipationPayload> {
    let participation = input.participation_id.0;
    let outcome = session(ctx)?.execute(DecideParticipation { participation, decision }).await;
    session(ctx)?.answer(outcome, |part| (ParticipationNode(part),))
}

async fn answer(ctx: &Context<'_>, input: ParticipationInput, answer: Answer) -> Result<ParticipationPayload> {
    let participation = input.participation_id.0;
    let outcome = session(ctx)?.execute(AnswerVenue { participation, answer }).await;
    session(ctx)?.answer(outcome, |part| (ParticipationNode(part),))
}
