//! Who belongs to which group of viewers: what products and prices are shown to.
//!
//! Nothing is deleted, it ends: what a price was at some time depends on who belonged to which group then.

mod entity;

use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, QueryFilter};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::viewing::{GroupId, Sight, Viewer, Viewing};
use uuid::Uuid;

use crate::column::Col;
use crate::scope::Scope;
use crate::{Engine, StoreError, Turn, Tx};
use entity::{Column, Entity, Model};

/// The unique index that a second membership in a group runs into.
pub const MEMBER_INDEX: &str = "viewing_group_id_viewer_id_key";

/// The viewer that is everybody who is signed in.
pub(crate) const EVERYBODY: Uuid = Uuid::nil();

/// The viewer that is whoever is not: no row but one that names it is theirs.
pub(crate) const VISITOR: Uuid = Uuid::max();

/// What a group is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Goods,
    Prices,
}

/// A subquery with a row if `scope` belongs to the group that `group` names and is shown `what`: for the visibility of rows that are
/// shown to groups. The offset keeps PostgreSQL from reading all groups that are open to everybody to look one up.
pub(crate) fn shown_to(scope: &Scope, group: impl ColumnTrait, what: Shown) -> SelectStatement {
    let shown = match what {
        Shown::Goods => Column::Goods,
        Shown::Prices => Column::Prices,
    };
    shown_by(scope, Column::GroupId, group, shown).limit(1).offset(0).to_owned()
}

/// A subquery with a row if the seller that `seller` names shows goods of its to `scope`: for the visibility of what a visitor has to know
/// of a seller.
pub(crate) fn sells_to(scope: &Scope, seller: impl ColumnTrait) -> SelectStatement {
    shown_by(scope, Column::SellerId, seller, Column::Goods)
}

/// The rows in force that show `shown` to `scope` and whose `own` column is that of the row outside.
fn shown_by(scope: &Scope, own: Column, outside: impl ColumnTrait, shown: Column) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(Entity)
        .and_where(Expr::col(own.as_column_ref()).equals(outside.as_column_ref()))
        .and_where(Column::ViewerId.is_in(scope.viewers()))
        .and_where(Column::Until.is_null())
        .and_where(shown.eq(true))
        .to_owned()
}

/// The groups whose goods the actor is shown, for an index of products that is kept outside the database, in no order. They come as one
/// value: a row for each seller that is open to everybody costs more than the search it is for.
///
/// # Errors
/// When the database is away.
pub async fn groups_of_goods(tx: &Tx) -> Result<Vec<GroupId>, StoreError> {
    let viewers = Scope::of(tx.actor()).viewers();
    let sql = match tx.engine() {
        Engine::Postgres => {
            "SELECT string_agg(uuid_send(group_id), '') FROM viewing WHERE viewer_id IN ($1, $2) AND until IS NULL AND goods"
        }
        Engine::Sqlite => {
            "SELECT unhex(group_concat(hex(group_id), '')) FROM viewing WHERE viewer_id IN ($1, $2) AND until IS NULL AND goods"
        }
    };
    let rows = tx.query(sql, viewers.map(Into::into)).await?;
    let groups = rows.first().map(|row| row.try_get_by_index::<Option<Vec<u8>>>(0)).transpose()?.flatten();
    let groups = groups.unwrap_or_default();
    Ok(groups.as_chunks::<16>().0.iter().map(|group| Id::from_uuid(Uuid::from_bytes(*group))).collect())
}

/// The sellers that show goods of theirs to visitors, as far as the actor may see that.
///
/// # Errors
/// When the database is away.
pub(crate) async fn sellers_to_visitors(tx: &Tx) -> Result<Vec<OrganizationId>, StoreError> {
    let sql = "SELECT DISTINCT seller_id FROM viewing WHERE viewer_id = $1 AND until IS NULL AND goods";
    let rows = tx.query(sql, [VISITOR.into()]).await?;
    rows.iter().map(|row| Ok(Id::from_uuid(row.try_get_by_index::<Uuid>(0)?))).collect()
}

/// The groups of `seller` to which each of `viewers` belongs now, or would but for a suspension.
///
/// # Errors
/// When the database is away.
pub async fn memberships(tx: &Tx, seller: OrganizationId, viewers: &[Viewer]) -> Result<Vec<Viewing>, StoreError> {
    let viewers: Vec<_> = viewers.iter().map(|viewer| number(*viewer)).collect();
    let select = tx
        .find::<Entity>()
        .filter(Column::SellerId.eq(Col(seller)))
        .filter(tx.among(Column::ViewerId, &viewers))
        .filter(Condition::any().add(Column::Until.is_null()).add(Column::Halted.eq(true)));
    Ok(tx.all(select).await?.into_iter().map(Viewing::from).collect())
}

/// A subquery of the viewers that belong to `group`, or would but for a suspension.
pub(crate) fn members(tx: &Tx, group: GroupId) -> SelectStatement {
    Query::select()
        .column(Column::ViewerId)
        .from(Entity)
        .and_where(Column::GroupId.eq(Col(group)))
        .cond_where(Condition::any().add(Column::Until.is_null()).add(Column::Halted.eq(true)))
        .cond_where(tx.visible::<Entity>())
        .to_owned()
}

/// Adds members to groups of the seller whose turn it is. What they were shown there until now ends.
///
/// # Errors
/// When the database is away.
pub async fn admit(tx: &mut Tx, turn: &Turn, new: &[(GroupId, Viewer, Sight)]) -> Result<(), StoreError> {
    let pairs: Vec<_> = new.iter().map(|(group, viewer, _)| (*group, *viewer)).collect();
    expel(tx, turn, &pairs).await?;
    let (seller, now) = (turn.seller(), tx.now());
    let rows: Vec<_> = new
        .iter()
        .filter(|(.., sight)| *sight != Sight::NONE)
        .map(|(group, viewer, sight)| row(seller, *group, *viewer, *sight, now))
        .collect();
    tx.insert_all(&rows)
}

/// That `viewer` is shown `sight` of `group` from now on.
fn row(seller: OrganizationId, group: GroupId, viewer: Viewer, sight: Sight, now: Timestamp) -> Model {
    Model {
        id: Col(Id::new()),
        group_id: Col(group),
        seller_id: Col(seller),
        viewer_id: Col(number(viewer)),
        goods: sight.goods,
        prices: sight.prices,
        since: Col(now),
        until: None,
        halted: false,
        version: 1,
    }
}

/// Ends memberships, also those that a suspension has halted.
///
/// # Errors
/// When the database is away.
pub async fn expel(tx: &mut Tx, turn: &Turn, pairs: &[(GroupId, Viewer)]) -> Result<(), StoreError> {
    if pairs.is_empty() {
        return Ok(());
    }
    let named: Vec<[String; 2]> = pairs
        .iter()
        .map(|(group, viewer)| [group.uuid(), number(*viewer).uuid()].map(|id| id.simple().to_string()))
        .collect();
    let list = serde_json::to_string(&named).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let pairs = match tx.engine() {
        Engine::Postgres => {
            "json_array_elements($3::json) m WHERE group_id = (m.value ->> 0)::uuid AND viewer_id = (m.value ->> 1)::uuid"
        }
        Engine::Sqlite => "json_each($3) m WHERE group_id = unhex(m.value ->> 0) AND viewer_id = unhex(m.value ->> 1)",
    };
    let sql = format!(
        "UPDATE viewing SET until = coalesce(until, $1), halted = false, version = version + 1 \
         FROM {pairs} AND seller_id = $2 AND (until IS NULL OR halted)"
    );
    let (now, seller) = (tx.now().as_microsecond(), turn.seller().uuid());
    tx.run(&sql, [now.into(), seller.into(), list.into()]).await?;
    Ok(())
}

/// Ends for now whatever the seller whose turn it is shows to `viewer` alone or as a member of a group.
///
/// # Errors
/// When the database is away.
pub async fn halt(tx: &mut Tx, turn: &Turn, viewer: OrganizationId) -> Result<(), StoreError> {
    let sql = "UPDATE viewing SET until = $1, halted = true, version = version + 1 \
               WHERE seller_id = $2 AND viewer_id = $3 AND until IS NULL";
    let now = tx.now().as_microsecond();
    tx.run(sql, [now.into(), turn.seller().uuid().into(), viewer.uuid().into()]).await?;
    Ok(())
}

/// Takes up again what [`halt`] ended.
///
/// # Errors
/// When the database is away.
pub async fn resume(tx: &mut Tx, turn: &Turn, viewer: OrganizationId) -> Result<(), StoreError> {
    let select = tx
        .find_for_update::<Entity>()
        .filter(Column::SellerId.eq(Col(turn.seller())))
        .filter(Column::ViewerId.eq(Col(viewer)))
        .filter(Column::Halted.eq(true));
    let halted = tx.all(select).await?;
    let again: Vec<_> = halted.into_iter().map(Viewing::from).map(|row| (row.group, row.viewer, row.sight)).collect();
    admit(tx, turn, &again).await
}

/// What each new organization shows of itself, until it opens a shop with a policy: all, to everybody who is signed in.
pub(crate) fn open_to_everybody(tx: &mut Tx, sellers: impl Iterator<Item = OrganizationId>) -> Result<(), StoreError> {
    let now = tx.now();
    let rows: Vec<_> = sellers.map(|seller| row(seller, seller.group(), Viewer::Guest, Sight::ALL, now)).collect();
    tx.insert_all(&rows)
}

/// How the table knows a viewer.
fn number(viewer: Viewer) -> OrganizationId {
    match viewer {
        Viewer::Visitor => Id::from_uuid(VISITOR),
        Viewer::Guest => Id::from_uuid(EVERYBODY),
        Viewer::Organization(organization) => organization,
    }
}

/// Whom the table means by a number.
fn viewer(number: OrganizationId) -> Viewer {
    match number.uuid() {
        VISITOR => Viewer::Visitor,
        EVERYBODY => Viewer::Guest,
        _ => Viewer::Organization(number),
    }
}

impl From<Model> for Viewing {
    fn from(row: Model) -> Self {
        Self {
            group: row.group_id.0,
            seller: row.seller_id.0,
            viewer: viewer(row.viewer_id.0),
            sight: Sight { goods: row.goods, prices: row.prices },
            since: row.since.0,
        }
    }
}
