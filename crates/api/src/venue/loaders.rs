//! Venues by id, one statement per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::side::Side;
use tradehall_domain::venue::{Participation, Venue, VenueId};
use tradehall_persistence::venue::Standing;
use tradehall_persistence::{Page, venue};

use crate::app::Error;
use crate::graphql::loader::{Batch, PageOf};

impl Loader<VenueId> for Batch {
    type Value = Venue;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[VenueId]) -> Result<HashMap<VenueId, Venue>, Arc<Error>> {
        self.many(ids, venue::load_many, |venue| venue.id).await
    }
}

/// Where the viewer's organization stands in a venue as a seller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SellsIn(pub VenueId);

impl Loader<SellsIn> for Batch {
    type Value = Standing;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[SellsIn]) -> Result<HashMap<SellsIn, Standing>, Arc<Error>> {
        let Some(own) = self.session().actor().organization else { return Ok(HashMap::new()) };
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = venue::standings(&*self.reading().await?, &ids, own, Side::Seller).await;
        let found = found.map_err(|error| Arc::new(Error::from(error)))?;
        Ok(found.into_iter().map(|standing| (SellsIn(standing.0.id), standing)).collect())
    }
}

impl Loader<PageOf<VenueId>> for Batch {
    type Value = Page<Participation>;
    type Error = Arc<Error>;

    /// Who takes part in each.
    async fn load(
        &self,
        keys: &[PageOf<VenueId>],
    ) -> Result<HashMap<PageOf<VenueId>, Page<Participation>>, Arc<Error>> {
        self.pages(keys, venue::participations).await
    }
}
