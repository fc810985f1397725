//! What a seller can do about its prices.

mod list;
mod price;
mod promotion;

pub use list::{CreatePriceList, RevisePriceList, StepPriceList};
pub use price::{EndPrices, EnterPrices, Entered};
pub use promotion::{CreatePromotion, RevisePromotion, StepPromotion};

use tradehall_domain::customer::{CustomerId, SegmentId};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::PriceRank;
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::side::Side;
use tradehall_domain::venue::ParticipationId;
use tradehall_domain::viewing::GroupId;
use tradehall_persistence::customer::segment;
use tradehall_persistence::{Tx, venue};

use crate::app::Error;

/// For whom prices are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beneficiary {
    /// Everybody who may see list prices.
    Everybody,
    /// One customer.
    Customer(CustomerId),
    /// The customers of a segment.
    Segment(SegmentId),
}

impl Beneficiary {
    /// The one that an input names; nobody is everybody.
    ///
    /// # Errors
    /// [`Code::PriceGroupMismatch`] where it names two.
    pub fn of(customer: Option<CustomerId>, segment: Option<SegmentId>) -> Result<Self, Problem> {
        match (customer, segment) {
            (None, None) => Ok(Self::Everybody),
            (Some(customer), None) => Ok(Self::Customer(customer)),
            (None, Some(segment)) => Ok(Self::Segment(segment)),
            (Some(_), Some(_)) => Err(Problem::new(Code::PriceGroupMismatch).at("segmentId")),
        }
    }

    /// The group of viewers that it is, which must be of `seller`.
    async fn group(self, tx: &Tx, seller: OrganizationId) -> Result<(PriceRank, GroupId), Error> {
        match self {
            Self::Everybody => Ok((PriceRank::General, seller.group())),
            Self::Customer(customer) => {
                let id = ParticipationId::from_uuid(customer.uuid());
                let parts = venue::participations_by_id(tx, &[id]).await?;
                let own = parts.iter().any(|part| part.owner == seller && part.side == Side::Buyer);
                if own { Ok((PriceRank::Customer, id.group())) } else { Err(Error::NotFound.at("customerId")) }
            }
            Self::Segment(id) => {
                let segment = segment::load(tx, id).await.map_err(|error| Error::from(error).at("segmentId"))?;
                Ok((PriceRank::Segment, segment.id.group()))
            }
        }
    }
}
