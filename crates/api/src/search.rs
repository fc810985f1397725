//! Searching products: hits, facets, suggestions, and the task that keeps this process's index.

mod follower;
mod input;
mod page;
mod queries;
mod types;

pub use follower::Follower;
pub use queries::SearchQuery;
