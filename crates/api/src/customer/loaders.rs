//! Customers, segments and assortments by id: one statement of each kind per answer. All of it is for the seller's people with
//! CUSTOMER_READ.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::customer::{Assortment, AssortmentGrant, AssortmentId, Customer, CustomerId, Segment, SegmentId};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::side::Side;
use tradehall_domain::venue::{Participation, ParticipationId};
use tradehall_persistence::customer::{assortment, noted, segment};
use tradehall_persistence::venue;

use crate::app::Error;
use crate::graphql::loader::Batch;

/// A customer: its part in the shop, and what is noted of it once that was looked up.
pub type Known = (Participation, Option<Customer>);

impl Loader<CustomerId> for Batch {
    type Value = Known;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[CustomerId]) -> Result<HashMap<CustomerId, Known>, Arc<Error>> {
        let tx = self.reading_with(Permission::CustomerRead).await?;
        let own = self.session().actor().organization;
        let parts: Vec<_> = ids.iter().map(|id| ParticipationId::from_uuid(id.uuid())).collect();
        let fail = |error| Arc::new(Error::from(error));
        let mut parts = venue::participations_by_id(&tx, &parts).await.map_err(fail)?;
        parts.retain(|part| part.side == Side::Buyer && Some(part.owner) == own);
        let mut known = noted(&tx, ids).await.map_err(fail)?;
        let whole = parts.into_iter().map(|part| {
            let id = Customer::id_of(part.id);
            let customer = known.remove(&id).unwrap_or_else(|| Customer::of(&part));
            (id, (part, Some(customer)))
        });
        Ok(whole.collect())
    }
}

/// What is noted of a customer whose participation is known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NotedOf(pub CustomerId);

impl Loader<NotedOf> for Batch {
    type Value = Customer;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[NotedOf]) -> Result<HashMap<NotedOf, Customer>, Arc<Error>> {
        let tx = self.reading_with(Permission::CustomerRead).await?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = noted(&tx, &ids).await.map_err(|error| Arc::new(Error::from(error)))?;
        Ok(found.into_iter().map(|(id, customer)| (NotedOf(id), customer)).collect())
    }
}

impl Loader<SegmentId> for Batch {
    type Value = Segment;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[SegmentId]) -> Result<HashMap<SegmentId, Segment>, Arc<Error>> {
        self.session().require(Permission::CustomerRead).map_err(Arc::new)?;
        self.many(ids, segment::load_many, |segment| segment.id).await
    }
}

/// The segments that a customer of the viewer's organization is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SegmentsOf(pub OrganizationId);

impl Loader<SegmentsOf> for Batch {
    type Value = Vec<Segment>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[SegmentsOf]) -> Result<HashMap<SegmentsOf, Vec<Segment>>, Arc<Error>> {
        let tx = self.reading_with(Permission::CustomerRead).await?;
        let Some(own) = self.session().actor().organization else { return Ok(HashMap::new()) };
        let buyers: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = segment::of_buyers(&tx, own, &buyers).await.map_err(|error| Arc::new(Error::from(error)))?;
        Ok(found.into_iter().map(|(buyer, list)| (SegmentsOf(buyer), list)).collect())
    }
}

impl Loader<AssortmentId> for Batch {
    type Value = Assortment;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[AssortmentId]) -> Result<HashMap<AssortmentId, Assortment>, Arc<Error>> {
        self.session().require(Permission::CustomerRead).map_err(Arc::new)?;
        self.many(ids, assortment::load_many, |assortment| assortment.id).await
    }
}

/// To whom an assortment is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GrantsOf(pub AssortmentId);

impl Loader<GrantsOf> for Batch {
    type Value = Vec<AssortmentGrant>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[GrantsOf]) -> Result<HashMap<GrantsOf, Vec<AssortmentGrant>>, Arc<Error>> {
        let tx = self.reading_with(Permission::CustomerRead).await?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = assortment::grants_of(&tx, &ids).await.map_err(|error| Arc::new(Error::from(error)))?;
        Ok(found.into_iter().map(|(id, list)| (GrantsOf(id), list)).collect())
    }
}
