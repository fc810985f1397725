//! Venues by id, one statement per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::venue::{Participation, Venue, VenueId};
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
