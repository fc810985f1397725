//! How far a request has come, and how it is run.

use crate::named;

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

named! {
    /// When the buyer gets to read the quotes.
    pub enum Bidding {
        /// As they come in.
        Open = "OPEN",
        /// Only after the deadline, all at once, by opening them.
        Sealed = "SEALED",
    }
}
