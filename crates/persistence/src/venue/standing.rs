//! Where an organization stands in venues: the venue and its own part there, read together.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType, QueryFilter, QueryResult,
    QuerySelect, RelationDef, Select, SelectA, SelectB, SelectC, SelectTwo,
};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::side::Side;
use tradehall_domain::venue::{Participation, Venue, VenueId};

use super::entity::{participation, venue};
use crate::column::{Col, Name};
use crate::{StoreError, Tx};

/// A venue, and the part that an organization has in it on one side, if it has one.
pub type Standing = (Venue, Option<Participation>);

/// Where `organization` stands on `side` in each of `venues` that the actor may see: one statement whatever their number.
///
/// # Errors
/// When the database is away.
pub async fn standings(
    tx: &Tx,
    venues: &[VenueId],
    organization: OrganizationId,
    side: Side,
) -> Result<Vec<Standing>, StoreError> {
    let select = tx
        .find::<venue::Entity>()
        .filter(tx.among(venue::Column::Id, venues))
        .join(JoinType::LeftJoin, part(organization, side))
        .select_also(participation::Entity);
    let standing = |row: &QueryResult| {
        let venue = venue::Model::from_query_result(row, SelectA.as_str())?;
        let part = participation::Model::from_query_result_optional(row, SelectB.as_str())?;
        Ok((Venue::try_from(venue)?, part.map(Participation::from)))
    };
    tx.joined(select).await?.iter().map(standing).collect()
}

/// `select` with, beside each row, the venue that its `column` names and the part of `organization` there; [`standing`] reads them.
pub(crate) fn with_standing<E: EntityTrait>(
    tx: &Tx,
    select: Select<E>,
    column: E::Column,
    organization: OrganizationId,
    side: Side,
) -> SelectTwo<E, venue::Entity> {
    let visible = tx.visible::<venue::Entity>();
    let place: RelationDef = E::belongs_to(venue::Entity)
        .from(column)
        .to(venue::Column::Id)
        .on_condition(move |_, _| visible.clone())
        .into();
    let select = select.join(JoinType::LeftJoin, place).join(JoinType::LeftJoin, part(organization, side));
    participation::Column::iter().fold(select.select_also(venue::Entity), |select, column| {
        select.column_as(column, format!("{}{}", SelectC.as_str(), column.as_str()))
    })
}

/// A row of [`with_standing`]: what was selected, and the standing where the actor may see the venue.
pub(crate) fn standing<E: EntityTrait>(row: &QueryResult) -> Result<(E::Model, Option<Standing>), StoreError> {
    let selected = E::Model::from_query_result(row, SelectA.as_str())?;
    let Some(venue) = venue::Model::from_query_result_optional(row, SelectB.as_str())? else {
        return Ok((selected, None));
    };
    let part = participation::Model::from_query_result_optional(row, SelectC.as_str())?;
    Ok((selected, Some((Venue::try_from(venue)?, part.map(Participation::from)))))
}

/// From a venue to the part of `organization` on `side` there.
fn part(organization: OrganizationId, side: Side) -> RelationDef {
    let own = venue::Entity::belongs_to(participation::Entity)
        .from(venue::Column::Id)
        .to(participation::Column::VenueId)
        .on_condition(move |_, _| {
            Condition::all()
                .add(participation::Column::OrganizationId.eq(Col(organization)))
                .add(participation::Column::Side.eq(Name(side)))
        });
    own.into()
}
