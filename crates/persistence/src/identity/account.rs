//! Accounts and their passwords.

use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::email::Email;
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::identity::{PasswordHash, User, UserEvent, UserId};
use tradehall_domain::text::Name as NameText;

use super::entity::{user_account, user_password};
use crate::column::{Col, Name};
use crate::{StoreError, Tx, event};

/// The unique index that a second account with one address runs into.
pub const EMAIL_INDEX: &str = "user_account_email_normal_key";

/// The person of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor shares no organization with them.
pub async fn load(tx: &Tx, id: UserId) -> Result<User, StoreError> {
    tx.one(tx.find::<user_account::Entity>().filter(user_account::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The people of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
    let found = tx.all(tx.find::<user_account::Entity>().filter(tx.among(user_account::Column::Id, ids))).await?;
    found.into_iter().map(User::try_from).collect()
}

/// The account with that address, whatever its capitals.
///
/// # Errors
/// When the database is away.
pub async fn find_by_email(tx: &Tx, email: &Email) -> Result<Option<User>, StoreError> {
    let select = tx.find::<user_account::Entity>().filter(user_account::Column::EmailNormal.eq(email.normal()));
    tx.maybe(select).await?.map(User::try_from).transpose()
}

/// What is kept of the password of the account with that address. One statement, whether there is one or not.
///
/// # Errors
/// When the database is away.
pub async fn password_by_email(tx: &Tx, email: &Email) -> Result<Option<PasswordHash>, StoreError> {
    let account = Query::select()
        .column(user_account::Column::Id)
        .from(user_account::Entity)
        .and_where(user_account::Column::EmailNormal.eq(email.normal()))
        .to_owned();
    let select = tx.find::<user_password::Entity>().filter(user_password::Column::Id.in_subquery(account));
    Ok(tx.maybe(select).await?.map(|model| PasswordHash::new(model.hash)))
}

/// What is kept of somebody's password.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn password(tx: &Tx, user: UserId) -> Result<PasswordHash, StoreError> {
    let select = tx.find::<user_password::Entity>().filter(user_password::Column::Id.eq(Col(user)));
    Ok(PasswordHash::new(tx.one(select).await?.hash))
}

/// What is kept of somebody's password and its version, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn lock_password(tx: &mut Tx, user: UserId) -> Result<(PasswordHash, i64), StoreError> {
    let select = tx.find_for_update::<user_password::Entity>().filter(user_password::Column::Id.eq(Col(user)));
    let model = tx.one(select).await?;
    Ok((PasswordHash::new(model.hash), model.version))
}

/// Adds an account with its password.
///
/// # Errors
/// When the event cannot be written down; a conflict on [`EMAIL_INDEX`], by the commit, when the address has an account.
pub fn insert(tx: &mut Tx, user: &User, password: &PasswordHash, event: &UserEvent) -> Result<(), StoreError> {
    tx.insert(user_account::Model::from(user))?;
    tx.insert(user_password::Model {
        id: Col(user.id),
        hash: password.as_str().to_owned(),
        changed_at: Col(tx.now()),
        version: 1,
    })?;
    record(tx, user.id, event)
}

/// Replaces what is kept of a password, which was read at `version`. A new password is an event; a costlier hash of the same one
/// is none.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save_password(
    tx: &mut Tx,
    user: UserId,
    version: i64,
    password: &PasswordHash,
    event: Option<&UserEvent>,
) -> Result<(), StoreError> {
    tx.save(user_password::Model {
        id: Col(user),
        hash: password.as_str().to_owned(),
        changed_at: Col(tx.now()),
        version: version + 1,
    })?;
    event.map_or(Ok(()), |event| record(tx, user, event))
}

/// Writes down what happened to an account.
///
/// # Errors
/// When the event cannot be written down.
pub fn record(tx: &mut Tx, user: UserId, event: &UserEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::User, id: user.uuid() };
    event::record(tx, Audience::PERSON, subject, event)
}

impl From<&User> for user_account::Model {
    fn from(user: &User) -> Self {
        Self {
            id: Col(user.id),
            email: user.email.as_str().to_owned(),
            email_normal: user.email.normal(),
            full_name: user.full_name.as_str().to_owned(),
            language: Name(user.language),
            staff: user.staff,
            created_at: Col(user.created_at),
            version: user.version,
        }
    }
}

impl TryFrom<user_account::Model> for User {
    type Error = StoreError;

    fn try_from(model: user_account::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            email: Email::parse(&model.email)?,
            full_name: NameText::parse(&model.full_name)?,
            language: model.language.0,
            staff: model.staff,
            created_at: model.created_at.0,
            version: model.version,
        })
    }
}
