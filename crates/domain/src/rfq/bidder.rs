//! Who may quote on a request: one rule for the commands and for what a seller is told that it can do.

use jiff::Timestamp;

use super::{Invitation, InvitationOrigin, Rfq, RfqAudience, UNASKED_MAX};
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem};
use crate::side::Side;
use crate::venue::{Participation, Venue};

/// A seller before a request: whether it was asked, and where it stands in the venue.
#[derive(Debug, Clone, Copy)]
pub struct Bidder<'a> {
    /// Who.
    pub seller: OrganizationId,
    /// Its invitation, if it has one.
    pub invitation: Option<&'a Invitation>,
    /// The venue, if it may see it: a private one is hidden from those who have no part in it.
    pub venue: Option<&'a Venue>,
    /// Its part in the venue as a seller, if it has one.
    pub part: Option<&'a Participation>,
}

impl<'a> Bidder<'a> {
    /// A seller with its invitation and where it stands in the venue, each if there is one that it may see.
    #[must_use]
    pub fn of(
        seller: OrganizationId,
        invitation: Option<&'a Invitation>,
        standing: Option<&'a (Venue, Option<Participation>)>,
    ) -> Self {
        let venue = standing.map(|(venue, _)| venue);
        let part = standing.and_then(|(_, part)| part.as_ref());
        Self { seller, invitation, venue, part }
    }

    /// Whether the buyer asked it.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.invitation.is_some_and(|invitation| invitation.origin == InvitationOrigin::Buyer)
    }
}

impl Rfq {
    /// Whether `bidder` can draft and submit quotes at `now`.
    ///
    /// # Errors
    /// [`Code::OwnRfq`]; why the request [takes no quotes](Rfq::takes_quotes); [`Code::NotFound`] for whom a request for invited
    /// sellers does not ask; [`Code::NotInVenue`].
    pub fn lets_quote(&self, bidder: &Bidder<'_>, now: Timestamp) -> Result<(), Problem> {
        if bidder.seller == self.buyer {
            return Err(Code::OwnRfq.into());
        }
        self.takes_quotes(now)?;
        if bidder.invitation.is_none() && self.audience != RfqAudience::Public {
            return Err(Code::NotFound.into());
        }
        match bidder.venue {
            Some(venue) => Ok(venue.lets_trade(bidder.seller, Side::Seller, bidder.part)?),
            // Whoever is asked from a private venue without having a part in it was let in by being asked.
            None if bidder.is_asked() => Ok(()),
            None => Err(Code::NotInVenue.into()),
        }
    }

    /// Whether one more seller can quote unasked, when `unasked` have done so.
    ///
    /// # Errors
    /// [`Code::RfqIsFull`].
    pub fn takes_unasked(&self, unasked: usize) -> Result<(), Problem> {
        if unasked < UNASKED_MAX { Ok(()) } else { Err(Problem::new(Code::RfqIsFull).with("max", UNASKED_MAX)) }
    }
}
