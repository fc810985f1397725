//! What can be done to accounts, logins and keys: the part that is one transaction.

mod account;
mod api_key;
mod login;
mod password;

pub use account::{ConfirmAddress, OpenAccount, ResendConfirmation, SignUp};
pub use api_key::{IssueApiKey, RevokeApiKey};
pub use login::{EndLogin, OpenLogin, Refresh, Refreshed, SwitchOrganization};
pub use password::{ChangePassword, RequestReset, ResetPassword};
