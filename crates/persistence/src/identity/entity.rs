//! The tables of this capability that are read and written row by row.

pub mod api_key;
pub mod login;
pub mod password_reset;
pub mod refresh_token;
pub mod registration;
pub mod signing_key;
pub mod user_account;
pub mod user_password;
