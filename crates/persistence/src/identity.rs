//! People, logins and keys, as they are stored.

mod account;
mod api_key;
mod attempt;
mod entity;
mod login;
mod signing_key;
mod sweep;
mod token;

pub use account::{
    EMAIL_INDEX, find_by_email, insert, load, load_many, lock_password, password, password_by_email, record,
    save_password,
};
pub use api_key::{
    api_key_cursor, api_keys, count_api_keys, find_api_key, insert_api_key, load_api_keys, lock_api_key, save_api_key,
};
pub use attempt::{admit, forgive, refund};
pub use login::{
    Standing, end_other_logins, find_refresh_token, insert_login, insert_refresh_token, load_login, lock_login,
    make_room, save_login, save_refresh_token, standing,
};
pub use signing_key::{insert_signing_key, load_signing_keys, save_signing_key};
pub use sweep::sweep;
pub use token::{
    end_resets, find_registration, find_reset, insert_registration, insert_reset, lock_registration,
    newest_registration, save_registration, save_reset,
};

use tradehall_domain::identity::Digest;

use crate::StoreError;

fn digest(bytes: &[u8]) -> Result<Digest, StoreError> {
    bytes.try_into().map(Digest).map_err(|_| StoreError::Corrupt("a digest has 32 bytes".to_owned()))
}
