//! People and machines that sign in.

use crate::id::Id;

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {}

/// The id of a [`User`].
pub type UserId = Id<User>;

/// A machine's credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {}

/// The id of an [`ApiKey`].
pub type ApiKeyId = Id<ApiKey>;
