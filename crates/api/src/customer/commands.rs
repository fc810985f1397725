//! What a seller can do about its customers.

mod assortment;
mod customer;
mod segment;

pub use assortment::{AmendAssortment, DefineAssortment, GrantAssortment, ListInAssortment, RevokeAssortment};
pub use customer::AmendCustomer;
pub use segment::{AmendSegment, DefineSegment, SortCustomers};
use tradehall_domain::customer::CustomerId;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::Code;
use tradehall_domain::side::Side;
use tradehall_domain::venue::{Participation, ParticipationId};
use tradehall_persistence::{Tx, venue};

use crate::app::Error;

/// These customers of `seller`, in no order.
///
/// # Errors
/// [`Error::NotFound`] unless all of them are buyers in its shop.
async fn customers(tx: &Tx, seller: OrganizationId, ids: &[CustomerId]) -> Result<Vec<Participation>, Error> {
    let shop = venue::shop_of(tx, seller).await?.ok_or(Code::NoShop)?;
    let ids: Vec<_> = ids.iter().map(|id| ParticipationId::from_uuid(id.uuid())).collect();
    let mut parts = venue::participations_by_id(tx, &ids).await?;
    parts.retain(|part| part.venue == shop.id && part.side == Side::Buyer);
    let mut wanted: Vec<_> = ids;
    wanted.sort_unstable();
    wanted.dedup();
    if parts.len() == wanted.len() { Ok(parts) } else { Err(Error::NotFound) }
}
