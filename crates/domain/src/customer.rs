//! Customers of a shop: what its seller notes of them, how it sorts them, and which of its goods each is shown.

mod assortment;
mod segment;
mod sight;
#[cfg(test)]
mod tests;

pub use assortment::{
    ASSORTMENTS_MAX, Assortment, AssortmentDraft, AssortmentEvent, AssortmentGrant, AssortmentId, AssortmentKind,
    AssortmentRule, GRANTS_MAX, GrantEffect, Grantee, RULE_ENTRIES_MAX,
};
pub use segment::{SEGMENTS_MAX, Segment, SegmentDraft, SegmentEvent, SegmentId};
pub use sight::{Selection, SelectionId, Standing};

use serde::Serialize;

use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::Problems;
use crate::text::{Prose, ShortText};
use crate::venue::{Participation, ParticipationId};

named! {
    /// Which part of a seller's goods a customer is shown.
    pub enum CustomerReach {
        /// All that is in no exclusive assortment, and the assortments shown to it.
        General = "GENERAL",
        /// Nothing but the assortments shown to it; where the shop shows its goods to everybody, that includes this customer.
        AssortmentsOnly = "ASSORTMENTS_ONLY",
    }
}

/// How long a note about a customer may be, in characters.
pub const NOTE_MAX: usize = 2_000;

/// What a seller notes of one of its customers: nobody else reads it. Whether it is a customer is told by its participation in the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Which customer: the number of its participation.
    pub id: CustomerId,
    /// Whose customer.
    pub seller: OrganizationId,
    /// Who it is.
    pub buyer: OrganizationId,
    /// The seller's number for it; no other of its customers has it.
    pub number: Option<ShortText>,
    /// What else the seller wants to remember.
    pub note: Option<Prose<NOTE_MAX>>,
    /// Which part of the seller's goods it is shown.
    pub reach: CustomerReach,
    /// Counts its changes; 0 while nothing was noted.
    pub version: i64,
}

/// The id of a [`Customer`].
pub type CustomerId = Id<Customer>;

/// What is to change; what is `None` stays, what is `Some(None)` goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerChange {
    /// The new number.
    pub number: Option<Option<String>>,
    /// The new note.
    pub note: Option<Option<String>>,
    /// The new reach.
    pub reach: Option<CustomerReach>,
}

impl Customer {
    /// The customer behind a participation, of whom nothing was noted yet.
    #[must_use]
    pub const fn of(part: &Participation) -> Self {
        Self {
            id: Self::id_of(part.id),
            seller: part.owner,
            buyer: part.organization,
            number: None,
            note: None,
            reach: CustomerReach::General,
            version: 0,
        }
    }

    /// The customer's id, by its participation's.
    #[must_use]
    pub const fn id_of(part: ParticipationId) -> CustomerId {
        CustomerId::from_uuid(part.uuid())
    }

    /// The participation that makes it a customer.
    #[must_use]
    pub const fn participation(&self) -> ParticipationId {
        ParticipationId::from_uuid(self.id.uuid())
    }

    /// Notes something else.
    ///
    /// # Errors
    /// Texts that cannot be.
    pub fn amend(&mut self, change: &CustomerChange) -> Result<CustomerEvent, Problems> {
        let mut problems = Problems::new();
        let number = match &change.number {
            None => Some(self.number.clone()),
            Some(number) => problems.take("number", number.as_deref().map(ShortText::parse).transpose()),
        };
        let note = match &change.note {
            None => Some(self.note.clone()),
            Some(note) => problems.take("note", note.as_deref().map(Prose::parse).transpose()),
        };
        let (number, note) = problems.finish(number.zip(note))?;
        (self.number, self.note) = (number, note);
        self.reach = change.reach.unwrap_or(self.reach);
        Ok(CustomerEvent::Amended { reach: self.reach })
    }
}

/// What happens to what is noted of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum CustomerEvent {
    /// Something else is noted.
    Amended {
        /// Which part of the goods it is shown from now on.
        reach: CustomerReach,
    },
}

impl DomainEvent for CustomerEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Amended { .. } => "CUSTOMER_AMENDED",
        }
    }
}
