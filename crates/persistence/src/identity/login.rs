//! Logins and their refresh tokens.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tradehall_domain::identity::{Digest, LOGINS_MAX, Login, LoginEnd, LoginId, RefreshToken, UserEvent, UserId};

use super::entity::{login, refresh_token};
use super::{digest, record};
use crate::column::{Col, Name};
use crate::{StoreError, Tx};

/// Where a login stands just now: what a token of it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whose it is.
    pub user: UserId,
    /// Whether they work for the market itself.
    pub staff: bool,
    /// Whether its tokens open anything.
    pub is_open: bool,
}

/// Where the login of that id stands. For the market's own lookup of credentials: it is one statement over two tables, and
/// narrows nothing.
///
/// # Errors
/// When the database is away.
pub async fn standing(tx: &Tx, id: LoginId) -> Result<Option<Standing>, StoreError> {
    let sql = "SELECT login.user_id, user_account.staff, login.ended_at IS NULL AND login.expires_at > $2 AS is_open
               FROM login JOIN user_account ON user_account.id = login.user_id WHERE login.id = $1";
    let rows = tx.query(sql, [id.uuid().into(), tx.now().as_microsecond().into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let user: Col<UserId> = row.try_get_by_index(0)?;
    Ok(Some(Standing { user: user.0, staff: row.try_get_by_index(1)?, is_open: row.try_get_by_index(2)? }))
}

/// The login of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also for another person.
pub async fn load_login(tx: &Tx, id: LoginId) -> Result<Login, StoreError> {
    tx.one(tx.find::<login::Entity>().filter(login::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// As [`load_login`].
pub async fn lock_login(tx: &mut Tx, id: LoginId) -> Result<Login, StoreError> {
    let select = tx.find_for_update::<login::Entity>().filter(login::Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// Adds a login.
///
/// # Errors
/// When the event cannot be written down.
pub fn insert_login(tx: &mut Tx, login: &Login, event: &UserEvent) -> Result<(), StoreError> {
    tx.insert(login::Model::from(login))?;
    record(tx, login.user, event)
}

/// Keeps a changed login. Choosing another organization is no event: nothing of the account changes.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save_login(tx: &mut Tx, login: &mut Login, event: Option<&UserEvent>) -> Result<(), StoreError> {
    login.version += 1;
    tx.save(login::Model::from(&*login))?;
    event.map_or(Ok(()), |event| record(tx, login.user, event))
}

/// Ends every open login of `user` but `kept`, each with its event. Answers how many.
///
/// # Errors
/// When the database is away.
pub async fn end_other_logins(
    tx: &mut Tx,
    user: UserId,
    kept: Option<LoginId>,
    reason: LoginEnd,
) -> Result<usize, StoreError> {
    let select = tx
        .find_for_update::<login::Entity>()
        .filter(login::Column::UserId.eq(Col(user)))
        .filter(login::Column::EndedAt.is_null());
    let now = tx.now();
    let mut ended = 0;
    for model in tx.all(select).await? {
        let mut login = Login::try_from(model)?;
        // One that has run out by itself needs no end.
        if Some(login.id) != kept
            && let Ok(event) = login.end(reason, now)
        {
            save_login(tx, &mut login, Some(&event))?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// Ends the oldest open logins of `user` until one more has room among [`LOGINS_MAX`].
///
/// # Errors
/// When the database is away.
pub async fn make_room(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    // In order, no more than one is over; a few more are looked at in case the limit was ever larger.
    let looked_at = LOGINS_MAX as u64 + 10;
    let now = tx.now();
    let select = tx
        .find_for_update::<login::Entity>()
        .filter(login::Column::UserId.eq(Col(user)))
        .filter(login::Column::EndedAt.is_null())
        .filter(login::Column::ExpiresAt.gt(Col(now)))
        .order_by_desc(login::Column::Id)
        .limit(looked_at);
    for model in tx.all(select).await?.into_iter().skip(LOGINS_MAX - 1) {
        let mut login = Login::try_from(model)?;
        if let Ok(event) = login.end(LoginEnd::Displaced, now) {
            save_login(tx, &mut login, Some(&event))?;
        }
    }
    Ok(())
}

/// The refresh token that was handed out as `token`, if it is one of ours, locked until the transaction ends: of two that come at
/// once, the second must see that it is the second.
///
/// # Errors
/// When the database is away.
pub async fn find_refresh_token(tx: &mut Tx, token: Digest) -> Result<Option<RefreshToken>, StoreError> {
    let select =
        tx.find_for_update::<refresh_token::Entity>().filter(refresh_token::Column::Token.eq(token.0.to_vec()));
    tx.maybe(select).await?.map(RefreshToken::try_from).transpose()
}

/// Adds a refresh token.
///
/// # Errors
/// When its row cannot be made.
pub fn insert_refresh_token(tx: &mut Tx, token: &RefreshToken) -> Result<(), StoreError> {
    tx.insert(refresh_token::Model::from(token))
}

/// Keeps a used refresh token.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it was used meanwhile.
pub fn save_refresh_token(tx: &mut Tx, token: &mut RefreshToken) -> Result<(), StoreError> {
    token.version += 1;
    tx.save(refresh_token::Model::from(&*token))
}

impl From<&Login> for login::Model {
    fn from(login: &Login) -> Self {
        Self {
            id: Col(login.id),
            user_id: Col(login.user),
            organization_id: login.organization.map(Col),
            created_at: Col(login.created_at),
            expires_at: Col(login.expires_at),
            ended_at: login.ended.map(|(at, _)| Col(at)),
            end_reason: login.ended.map(|(_, reason)| Name(reason)),
            version: login.version,
        }
    }
}

impl TryFrom<login::Model> for Login {
    type Error = StoreError;

    fn try_from(model: login::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            user: model.user_id.0,
            organization: model.organization_id.map(|id| id.0),
            created_at: model.created_at.0,
            expires_at: model.expires_at.0,
            ended: model.ended_at.zip(model.end_reason).map(|(at, reason)| (at.0, reason.0)),
            version: model.version,
        })
    }
}

impl From<&RefreshToken> for refresh_token::Model {
    fn from(token: &RefreshToken) -> Self {
        Self {
            id: Col(token.id),
            login_id: Col(token.login),
            token: token.token.0.to_vec(),
            expires_at: Col(token.expires_at),
            used_at: token.used_at.map(Col),
            version: token.version,
        }
    }
}

impl TryFrom<refresh_token::Model> for RefreshToken {
    type Error = StoreError;

    fn try_from(model: refresh_token::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            login: model.login_id.0,
            token: digest(&model.token)?,
            expires_at: model.expires_at.0,
            used_at: model.used_at.map(|at| at.0),
            version: model.version,
        })
    }
}
