//! How far a request has come, and how it is run.

use crate::named;
use crate::problem::{Code, Problem};
use crate::venue::VenueAccess;

named! {
    /// How far a request for quotation has come.
    pub enum RfqStatus {
        /// Only the buyer sees it.
        Draft = "DRAFT",
        /// Sellers see it and can quote until its deadline.
        Published = "PUBLISHED",
        /// No more quotes are taken; sealed ones wait to be opened.
        Closed = "CLOSED",
        /// The buyer reads the quotes.
        Opened = "OPENED",
        /// The buyer compares them.
        Evaluating = "EVALUATING",
        /// Every line was awarded in full.
        Awarded = "AWARDED",
        /// A part was awarded; the rest was given to nobody.
        PartlyAwarded = "PARTLY_AWARDED",
        /// It was given to nobody.
        NoAward = "NO_AWARD",
        /// The buyer called it off.
        Cancelled = "CANCELLED",
    }
}

named! {
    /// Who may see a published request and quote.
    pub enum RfqAudience {
        /// Only the sellers that were invited.
        Invited = "INVITED",
        /// Every verified organization, invited or not.
        Public = "PUBLIC",
    }
}

impl RfqAudience {
    /// Whether a request for this audience can stand in a venue of that access: nobody may trade where nobody may look.
    ///
    /// # Errors
    /// [`Code::VenueHidesRfq`], at `audience`.
    pub fn fits(self, access: VenueAccess) -> Result<(), Problem> {
        match (self, access) {
            (Self::Public, VenueAccess::Private) => Err(Problem::new(Code::VenueHidesRfq).at("audience")),
            _ => Ok(()),
        }
    }
}

named! {
    /// When the buyer gets to read the quotes.
    pub enum Bidding {
        /// As they come in.
        Open = "OPEN",
        /// Only after the deadline, all at once, by opening them. Until then not even who quotes is told.
        Sealed = "SEALED",
    }
}
