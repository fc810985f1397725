//! What mutations answer: the changed objects, or the rules that were broken.

use async_graphql::Result;

use super::error::UserError;
use crate::app::{Error, Session};

/// Declares a mutation's payload: its objects, null when the mutation was refused, and `userErrors`.
macro_rules! payload {
    ($(#[doc = $about:literal])+ $payload:ident { $($(#[doc = $what:literal])+ $field:ident: $node:ty),+ $(,)? }) => {
        $(#[doc = $about])+
        #[derive(async_graphql::SimpleObject)]
        pub struct $payload {
            $($(#[doc = $what])+ pub $field: Option<$node>,)+
            /// The rules that the input breaks; empty when everything was done, otherwise nothing was.
            pub user_errors: Vec<$crate::graphql::error::UserError>,
        }

        impl $crate::graphql::payload::Payload for $payload {
            type Objects = ($($node,)+);

            fn done(objects: Self::Objects) -> Self {
                let ($($field,)+) = objects;
                Self { $($field: Some($field),)+ user_errors: Vec::new() }
            }

            fn refused(user_errors: Vec<$crate::graphql::error::UserError>) -> Self {
                Self { $($field: None,)+ user_errors }
            }
        }
    };
}
pub(crate) use payload;

/// What [`payload!`] makes.
pub trait Payload: Sized {
    /// The objects, in the order of their fields.
    type Objects;

    /// Everything was done.
    fn done(objects: Self::Objects) -> Self;

    /// Nothing was done.
    fn refused(user_errors: Vec<UserError>) -> Self;
}

impl Session {
    /// Sends a command's outcome through the right door: refusals as data, everything else to the top.
    ///
    /// # Errors
    /// The top-level error for anything but a refusal.
    pub fn answer<P: Payload, T>(&self, outcome: Result<T, Error>, objects: impl FnOnce(T) -> P::Objects) -> Result<P> {
        match outcome {
            Ok(output) => Ok(P::done(objects(output))),
            Err(Error::Refused(problems)) => Ok(P::refused(UserError::all(&problems, self.language()))),
            Err(error) => Err(self.fail(error)),
        }
    }
}
