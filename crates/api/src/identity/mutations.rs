//! Changing accounts, logins and keys.

mod api_key;
mod authentication;
mod password;

pub use api_key::ApiKeyMutation;
pub use authentication::AuthenticationMutation;
pub use password::PasswordMutation;
