//! Requests and what belongs to them, one statement per kind and answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::rfq::{Award, Invitation, InvitationId, Rfq, RfqId, RfqLine, RfqLineId};
use tradehall_persistence::{quote, rfq};

use crate::app::Error;
use crate::graphql::loader::{Batch, grouped};

/// The lines of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LinesOf(pub RfqId);

/// The invitations to a request that the viewer may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InvitationsOf(pub RfqId);

/// The awards of a request that the viewer may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AwardsOf(pub RfqId);

impl Loader<RfqId> for Batch {
    type Value = Rfq;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[RfqId]) -> Result<HashMap<RfqId, Rfq>, Arc<Error>> {
        self.reading_with(Permission::RfqRead).await?;
        self.many(ids, rfq::load_many, |rfq| rfq.id).await
    }
}

impl Loader<InvitationId> for Batch {
    type Value = Invitation;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[InvitationId]) -> Result<HashMap<InvitationId, Invitation>, Arc<Error>> {
        self.reading_with(Permission::RfqRead).await?;
        self.many(ids, rfq::invitation::load_many, |invitation| invitation.id).await
    }
}

impl Loader<RfqLineId> for Batch {
    type Value = RfqLine;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[RfqLineId]) -> Result<HashMap<RfqLineId, RfqLine>, Arc<Error>> {
        self.reading_with(Permission::RfqRead).await?;
        self.many(ids, rfq::load_lines, |line| line.id).await
    }
}

impl Loader<LinesOf> for Batch {
    type Value = Vec<RfqLine>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[LinesOf]) -> Result<HashMap<LinesOf, Vec<RfqLine>>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = rfq::lines_of_many(&*self.reading_with(Permission::RfqRead).await?, &ids)
            .await
            .map_err(|e| Arc::new(e.into()))?;
        Ok(grouped(keys, found, |line| LinesOf(line.rfq)))
    }
}

impl Loader<InvitationsOf> for Batch {
    type Value = Vec<Invitation>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[InvitationsOf]) -> Result<HashMap<InvitationsOf, Vec<Invitation>>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = rfq::invitation::of(&*self.reading_with(Permission::RfqRead).await?, &ids)
            .await
            .map_err(|e| Arc::new(e.into()))?;
        Ok(grouped(keys, found, |invitation| InvitationsOf(invitation.rfq)))
    }
}

impl Loader<AwardsOf> for Batch {
    type Value = Vec<Award>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[AwardsOf]) -> Result<HashMap<AwardsOf, Vec<Award>>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = quote::award::of(&*self.reading_with(Permission::RfqRead).await?, &ids)
            .await
            .map_err(|e| Arc::new(e.into()))?;
        Ok(grouped(keys, found, |award| AwardsOf(award.rfq)))
    }
}
