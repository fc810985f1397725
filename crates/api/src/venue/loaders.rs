//! Venues by id, one statement per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::venue::{Venue, VenueId};
use tradehall_persistence::venue;

use crate::app::Error;
use crate::graphql::loader::Batch;

impl Loader<VenueId> for Batch {
    type Value = Venue;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[VenueId]) -> Result<HashMap<VenueId, Venue>, Arc<Error>> {
        self.many(ids, venue::load_many, |venue| venue.id).await
    }
}
