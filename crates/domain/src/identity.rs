//! People and machines that sign in.

mod api_key;
mod attempt;
mod digest;
mod login;
mod password;
mod registration;
mod reset;
mod signing_key;
#[cfg(test)]
mod tests;
mod user;

pub use api_key::{API_KEYS_MAX, ApiKey, ApiKeyDraft, ApiKeyEvent, ApiKeyId};
pub use attempt::Rate;
pub use digest::Digest;
pub use login::{LOGINS_MAX, Login, LoginEnd, LoginId, Redemption, RefreshToken};
pub use password::{PASSWORD_MAX, PASSWORD_MIN, Password, PasswordHash};
pub use registration::{NewAccount, Registration, SignUpDraft, VERIFICATION_HOURS};
pub use reset::{PasswordReset, RESET_MINUTES};
pub use signing_key::{KeyTimes, SIGNING_KEY_LEAD, SigningKey, accepted, signing};
pub use user::{User, UserEvent, UserId};
