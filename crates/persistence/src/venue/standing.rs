//! Where an organization stands in venues: the venue and its own part there, read together.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, RelationDef};
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
    let own: RelationDef = venue::Entity::belongs_to(participation::Entity)
        .from(venue::Column::Id)
        .to(participation::Column::VenueId)
        .on_condition(move |_, _| {
            Condition::all()
                .add(participation::Column::OrganizationId.eq(Col(organization)))
                .add(participation::Column::Side.eq(Name(side)))
        })
        .into();
    let select = tx
        .find::<venue::Entity>()
        .filter(tx.among(venue::Column::Id, venues))
        .join(sea_orm::JoinType::LeftJoin, own)
        .select_also(participation::Entity);
    let standing = |(venue, part): (venue::Model, Option<participation::Model>)| {
        Ok((Venue::try_from(venue)?, part.map(Participation::from)))
    };
    tx.all_with(select).await?.into_iter().map(standing).collect()
}
