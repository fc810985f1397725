//! An event, what it is about, and whom it concerns.

use std::collections::HashMap;

use tradehall_domain::access::Permission;
use tradehall_domain::agreement::AgreementId;
use tradehall_domain::event::SubjectKind;
use tradehall_domain::id::Id;
use tradehall_domain::import::ImportId;
use tradehall_domain::order::OrderId;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::quote::QuoteId;
use tradehall_domain::rfq::{InvitationId, Rfq, RfqAudience, RfqId};
use tradehall_persistence::event::StoredEvent;
use tradehall_persistence::{StoreError, Tx, quote, rfq};

use crate::app::Session;

/// A numbered event that somebody can subscribe to.
#[derive(Debug)]
pub struct Happening {
    /// Its place in the order of all events.
    pub position: i64,
    /// What it is about.
    pub about: About,
    event: StoredEvent,
    witnesses: Witnesses,
}

/// What a subscription can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A request, or an invitation to it.
    Rfq(RfqId),
    /// A quote on a request.
    Quote(QuoteId, RfqId),
    /// An order.
    Order(OrderId),
    /// A framework agreement.
    Agreement(AgreementId),
    /// A run of an import.
    Import(ImportId),
}

/// Whom an event may concern. It spares those whom it cannot; what they really see is asked of the database.
#[derive(Debug, PartialEq, Eq)]
enum Witnesses {
    Everyone,
    Only(Vec<OrganizationId>),
}

impl Happening {
    /// Whether it may concern `organization`.
    pub fn concerns(&self, organization: OrganizationId) -> bool {
        match &self.witnesses {
            Witnesses::Everyone => true,
            Witnesses::Only(some) => some.contains(&organization),
        }
    }

    /// Which event it is.
    pub const fn id(&self) -> Id<StoredEvent> {
        self.event.id
    }

    /// The event as the actor of `session` may read it: what else was worth keeping is for the timelines of those in whose audit
    /// trail it stands.
    pub fn event_for(&self, session: &Session) -> StoredEvent {
        let actor = session.actor();
        let audience = self.event.audience;
        let is_told = |side: Option<OrganizationId>| side.is_some() && side == actor.organization;
        let is_own = is_told(audience.organization) || is_told(audience.counterparty);
        if is_own && actor.may(Permission::AuditRead) {
            self.event.clone()
        } else {
            StoredEvent { payload: "{}".to_owned(), principal: None, ..self.event.clone() }
        }
    }
}

/// Those of `events` that somebody can subscribe to, in their order, with what is needed to find whom they concern: at most four
/// statements, whatever their number.
///
/// # Errors
/// When the database is away.
pub async fn witnessed(tx: &Tx, events: Vec<StoredEvent>) -> Result<Vec<Happening>, StoreError> {
    let ids = |kind: SubjectKind| events.iter().filter(move |event| event.subject.kind == kind).map(|e| e.subject.id);
    let invitations: Vec<_> = ids(SubjectKind::Invitation).map(InvitationId::from_uuid).collect();
    let quotes: Vec<_> = ids(SubjectKind::Quote).map(QuoteId::from_uuid).collect();
    let rfqs: Vec<_> = ids(SubjectKind::Rfq).map(RfqId::from_uuid).collect();
    let known = Known::load(tx, &invitations, &quotes, &rfqs).await?;
    Ok(events.into_iter().filter_map(|event| known.place(event)).collect())
}

/// What the events of one stretch are about.
#[derive(Default)]
struct Known {
    invited_to: HashMap<InvitationId, RfqId>,
    quoted_on: HashMap<QuoteId, RfqId>,
    rfqs: HashMap<RfqId, Rfq>,
    asked: HashMap<RfqId, Vec<OrganizationId>>,
}

impl Known {
    async fn load(
        tx: &Tx,
        invitations: &[InvitationId],
        quotes: &[QuoteId],
        rfqs: &[RfqId],
    ) -> Result<Self, StoreError> {
        let mut known = Self::default();
        if !invitations.is_empty() {
            let found = rfq::invitation::load_many(tx, invitations).await?;
            known.invited_to = found.into_iter().map(|invitation| (invitation.id, invitation.rfq)).collect();
        }
        if !quotes.is_empty() {
            let found = quote::load_many(tx, quotes).await?;
            known.quoted_on = found.into_iter().map(|quote| (quote.id, quote.rfq)).collect();
        }
        if !rfqs.is_empty() {
            known.rfqs = rfq::load_many(tx, rfqs).await?.into_iter().map(|rfq| (rfq.id, rfq)).collect();
            for invitation in rfq::invitation::of(tx, rfqs).await? {
                if invitation.revealed {
                    known.asked.entry(invitation.rfq).or_default().push(invitation.seller);
                }
            }
        }
        Ok(known)
    }

    fn place(&self, event: StoredEvent) -> Option<Happening> {
        let id = event.subject.id;
        let told = || {
            Witnesses::Only([event.audience.organization, event.audience.counterparty].into_iter().flatten().collect())
        };
        let (about, witnesses) = match event.subject.kind {
            SubjectKind::Rfq => (About::Rfq(RfqId::from_uuid(id)), self.of_rfq(&event)),
            SubjectKind::Invitation => (About::Rfq(*self.invited_to.get(&InvitationId::from_uuid(id))?), told()),
            SubjectKind::Quote => {
                let quote = QuoteId::from_uuid(id);
                (About::Quote(quote, *self.quoted_on.get(&quote)?), told())
            }
            SubjectKind::Order => (About::Order(OrderId::from_uuid(id)), told()),
            SubjectKind::Agreement => (About::Agreement(AgreementId::from_uuid(id)), told()),
            SubjectKind::Import => (About::Import(ImportId::from_uuid(id)), told()),
            SubjectKind::User
            | SubjectKind::Organization
            | SubjectKind::Membership
            | SubjectKind::ApiKey
            | SubjectKind::Venue
            | SubjectKind::Participation
            | SubjectKind::Customer
            | SubjectKind::Segment
            | SubjectKind::Assortment
            | SubjectKind::Product
            | SubjectKind::Offer
            | SubjectKind::QuoteVersion
            | SubjectKind::CatalogVersion
            | SubjectKind::Attachment
            | SubjectKind::PriceList
            | SubjectKind::Promotion
            | SubjectKind::ImportMapping
            | SubjectKind::Export
            | SubjectKind::Stock => return None,
        };
        Some(Happening { position: event.position?, about, event, witnesses })
    }

    /// The buyer; from the publication on, also everyone who was asked. What came before it stays the buyer's own.
    fn of_rfq(&self, event: &StoredEvent) -> Witnesses {
        let id = RfqId::from_uuid(event.subject.id);
        let rfq = self.rfqs.get(&id);
        let published = rfq.filter(|rfq| rfq.published_at.is_some_and(|since| event.occurred_at >= since));
        let own = event.audience.organization.into_iter();
        match published {
            Some(rfq) if rfq.audience == RfqAudience::Public => Witnesses::Everyone,
            Some(_) => Witnesses::Only(own.chain(self.asked.get(&id).into_iter().flatten().copied()).collect()),
            None => Witnesses::Only(own.collect()),
        }
    }
}
