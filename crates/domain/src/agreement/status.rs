//! How far an agreement has come: what is stored, and what people see of it by the clock.

use crate::named;

named! {
    /// How far an agreement has come, as far as somebody decided it. What the clock decides is not stored.
    pub enum AgreementState {
        /// It is being written; only its drafter knows of it.
        Draft = "DRAFT",
        /// One side has offered it, the other has not answered.
        Offered = "OFFERED",
        /// The other side said no.
        Declined = "DECLINED",
        /// The offer was taken back.
        Withdrawn = "WITHDRAWN",
        /// Both sides are bound.
        Agreed = "AGREED",
        /// The seller stopped it for now.
        Suspended = "SUSPENDED",
        /// One side ended it before its time.
        Terminated = "TERMINATED",
    }
}

named! {
    /// How far an agreement has come at this moment.
    pub enum AgreementStatus {
        /// It is being written; only its drafter knows of it.
        Draft = "DRAFT",
        /// One side has offered it, the other has not answered.
        Offered = "OFFERED",
        /// The other side said no.
        Declined = "DECLINED",
        /// The offer was taken back.
        Withdrawn = "WITHDRAWN",
        /// Both sides are bound; its validity has not begun.
        Agreed = "AGREED",
        /// It is valid: its prices hold and the buyer can call off.
        Active = "ACTIVE",
        /// The seller stopped it for now.
        Suspended = "SUSPENDED",
        /// Its validity has ended and nothing goes on from it.
        Expired = "EXPIRED",
        /// One side ended it before its time.
        Terminated = "TERMINATED",
        /// Its validity has ended and a successor goes on from it.
        Renewed = "RENEWED",
    }
}
