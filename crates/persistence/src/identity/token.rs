//! Sign-ups and password resets that wait for their mailed token.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tradehall_domain::email::Email;
use tradehall_domain::identity::{Digest, NewAccount, PasswordReset, Registration, UserId};
use tradehall_domain::text::Name as NameText;

use super::digest;
use super::entity::{password_reset, registration};
use crate::column::{Col, Name};
use crate::{StoreError, Tx};

/// The sign-up whose mail carried `token`.
///
/// # Errors
/// When the database is away.
pub async fn find_registration(tx: &Tx, token: Digest) -> Result<Option<Registration>, StoreError> {
    let select = tx.find::<registration::Entity>().filter(registration::Column::Token.eq(token.0.to_vec()));
    tx.maybe(select).await?.map(Registration::try_from).transpose()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn lock_registration(tx: &mut Tx, token: Digest) -> Result<Option<Registration>, StoreError> {
    let select = tx.find_for_update::<registration::Entity>().filter(registration::Column::Token.eq(token.0.to_vec()));
    tx.maybe(select).await?.map(Registration::try_from).transpose()
}

/// The last sign-up with that address, if it still waits.
///
/// # Errors
/// When the database is away.
pub async fn newest_registration(tx: &mut Tx, email: &Email) -> Result<Option<Registration>, StoreError> {
    let select = tx
        .find_for_update::<registration::Entity>()
        .filter(registration::Column::EmailNormal.eq(email.normal()))
        .filter(registration::Column::UsedAt.is_null())
        .order_by_desc(registration::Column::Id);
    tx.maybe(select).await?.map(Registration::try_from).transpose()
}

/// Adds a sign-up.
///
/// # Errors
/// When its row cannot be made.
pub fn insert_registration(tx: &mut Tx, registration: &Registration) -> Result<(), StoreError> {
    tx.insert(registration::Model::from(registration))
}

/// Keeps a changed sign-up.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save_registration(tx: &mut Tx, registration: &mut Registration) -> Result<(), StoreError> {
    registration.version += 1;
    tx.save(registration::Model::from(&*registration))
}

/// The reset whose mail carried `token`.
///
/// # Errors
/// When the database is away.
pub async fn find_reset(tx: &Tx, token: Digest) -> Result<Option<PasswordReset>, StoreError> {
    let select = tx.find::<password_reset::Entity>().filter(password_reset::Column::Token.eq(token.0.to_vec()));
    tx.maybe(select).await?.map(PasswordReset::try_from).transpose()
}

/// Adds a reset.
///
/// # Errors
/// When its row cannot be made.
pub fn insert_reset(tx: &mut Tx, reset: &PasswordReset) -> Result<(), StoreError> {
    tx.insert(password_reset::Model::from(reset))
}

/// Keeps a used reset.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it was used meanwhile.
pub fn save_reset(tx: &mut Tx, reset: &mut PasswordReset) -> Result<(), StoreError> {
    reset.version += 1;
    tx.save(password_reset::Model::from(&*reset))
}

/// Makes the unused reset links of `user` worthless.
///
/// # Errors
/// When the database is away.
pub async fn end_resets(tx: &mut Tx, user: UserId) -> Result<u64, StoreError> {
    let sql = "DELETE FROM password_reset WHERE user_id = $1 AND used_at IS NULL";
    tx.run(sql, [user.uuid().into()]).await
}

impl From<&Registration> for registration::Model {
    fn from(registration: &Registration) -> Self {
        Self {
            id: Col(registration.id),
            email: registration.account.email.as_str().to_owned(),
            email_normal: registration.account.email.normal(),
            full_name: registration.account.full_name.as_str().to_owned(),
            language: Name(registration.account.language),
            token: registration.token.0.to_vec(),
            created_at: Col(registration.created_at),
            expires_at: Col(registration.expires_at),
            used_at: registration.used_at.map(Col),
            version: registration.version,
        }
    }
}

impl TryFrom<registration::Model> for Registration {
    type Error = StoreError;

    fn try_from(model: registration::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            account: NewAccount {
                email: Email::parse(&model.email)?,
                full_name: NameText::parse(&model.full_name)?,
                language: model.language.0,
            },
            token: digest(&model.token)?,
            created_at: model.created_at.0,
            expires_at: model.expires_at.0,
            used_at: model.used_at.map(|at| at.0),
            version: model.version,
        })
    }
}

impl From<&PasswordReset> for password_reset::Model {
    fn from(reset: &PasswordReset) -> Self {
        Self {
            id: Col(reset.id),
            user_id: reset.user.map(Col),
            token: reset.token.0.to_vec(),
            created_at: Col(reset.created_at),
            expires_at: Col(reset.expires_at),
            used_at: reset.used_at.map(Col),
            version: reset.version,
        }
    }
}

impl TryFrom<password_reset::Model> for PasswordReset {
    type Error = StoreError;

    fn try_from(model: password_reset::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            user: model.user_id.map(|id| id.0),
            token: digest(&model.token)?,
            created_at: model.created_at.0,
            expires_at: model.expires_at.0,
            used_at: model.used_at.map(|at| at.0),
            version: model.version,
        })
    }
}
