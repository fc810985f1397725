//! How far a quote has come: what is stored, and what is seen.

use crate::named;

named! {
    /// How far a quote has come, as it is stored.
    pub enum QuoteStatus {
        /// Only the seller sees it.
        Draft = "DRAFT",
        /// It binds the seller.
        Submitted = "SUBMITTED",
        /// The seller took it back.
        Withdrawn = "WITHDRAWN",
        /// All that was offered was awarded.
        Awarded = "AWARDED",
        /// A part of what was offered was awarded.
        PartlyAwarded = "PARTLY_AWARDED",
        /// Others won, or nobody did.
        Lost = "LOST",
    }
}

named! {
    /// How far a quote has come, as it is seen now.
    pub enum QuoteState {
        /// Only the seller sees it.
        Draft = "DRAFT",
        /// It is submitted, and its content waits unread for the opening.
        Sealed = "SEALED",
        /// It binds the seller and the buyer can read it.
        Submitted = "SUBMITTED",
        /// Its validity ended before anybody awarded it.
        Expired = "EXPIRED",
        /// The seller took it back.
        Withdrawn = "WITHDRAWN",
        /// All that was offered was awarded.
        Awarded = "AWARDED",
        /// A part of what was offered was awarded.
        PartlyAwarded = "PARTLY_AWARDED",
        /// Others won, or nobody did.
        Lost = "LOST",
    }
}
