//! What can go wrong here ends the program with a message, so one type does for all of it.

/// A value, or why the run cannot go on.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
