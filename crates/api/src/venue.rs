//! Venues: opening them, and deciding who takes part.

mod commands;
mod loaders;
mod mutations;
mod queries;
mod types;

pub use commands::{
    AmendVenue, Answer, AnswerVenue, ApplyToVenue, DecideParticipation, Decision, InviteToVenue, OpenVenue,
};
pub use loaders::SellsIn;
pub use mutations::VenueMutation;
pub use queries::VenueQuery;
pub use types::{ParticipationNode, VenueNode};
