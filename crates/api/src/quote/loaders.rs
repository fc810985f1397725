//! Quotes, versions and lines, one statement per kind and answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::quote::{Offer, Quote, QuoteId, QuoteLine, QuoteVersion, QuoteVersionId};
use tradehall_domain::rfq::{Invitation, RfqId};
use tradehall_persistence::{quote, rfq};

use crate::app::Error;
use crate::graphql::loader::{Batch, grouped, load_list};

/// The quotes on a request that the viewer may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuotesOn(pub RfqId);

/// The invitation of the viewer's organization to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InvitedTo(pub RfqId);

/// The versions of a quote that the viewer may read, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VersionsOf(pub QuoteId);

/// The lines of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuoteLinesOf(pub QuoteVersionId);

impl Loader<QuoteId> for Batch {
    type Value = Quote;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[QuoteId]) -> Result<HashMap<QuoteId, Quote>, Arc<Error>> {
        self.reading_with(Permission::QuoteRead).await?;
        self.many(ids, quote::load_many, |quote| quote.id).await
    }
}

impl Loader<QuotesOn> for Batch {
    type Value = Vec<Quote>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[QuotesOn]) -> Result<HashMap<QuotesOn, Vec<Quote>>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found =
            quote::of(&*self.reading_with(Permission::QuoteRead).await?, &ids).await.map_err(|e| Arc::new(e.into()))?;
        Ok(grouped(keys, found, |quote| QuotesOn(quote.rfq)))
    }
}

impl Loader<InvitedTo> for Batch {
    type Value = Invitation;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[InvitedTo]) -> Result<HashMap<InvitedTo, Invitation>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let own = self.session().actor().organization;
        let found = rfq::invitation::of(&*self.reading_with(Permission::QuoteRead).await?, &ids).await;
        let found = found.map_err(|error| Arc::new(Error::from(error)))?.into_iter();
        Ok(found.filter(|one| Some(one.seller) == own).map(|one| (InvitedTo(one.rfq), one)).collect())
    }
}

impl Loader<VersionsOf> for Batch {
    type Value = Vec<QuoteVersion>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[VersionsOf]) -> Result<HashMap<VersionsOf, Vec<QuoteVersion>>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = quote::versions_of_many(&*self.reading_with(Permission::QuoteRead).await?, &ids)
            .await
            .map_err(|e| Arc::new(e.into()))?;
        Ok(grouped(keys, found, |version| VersionsOf(version.quote)))
    }
}

impl Loader<QuoteLinesOf> for Batch {
    type Value = Vec<QuoteLine>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[QuoteLinesOf]) -> Result<HashMap<QuoteLinesOf, Vec<QuoteLine>>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = quote::lines_of_many(&*self.reading_with(Permission::QuoteRead).await?, &ids)
            .await
            .map_err(|e| Arc::new(e.into()))?;
        Ok(grouped(keys, found, |line| QuoteLinesOf(line.quote_version)))
    }
}

/// The quotes on a request that the viewer may read.
///
/// # Errors
/// That the database is away.
pub async fn quotes_on(ctx: &Context<'_>, rfq: RfqId) -> async_graphql::Result<Vec<Quote>> {
    load_list(ctx, QuotesOn(rfq)).await
}

/// The submitted quotes on a request with the version that counts.
///
/// # Errors
/// That the database is away.
pub async fn offers_on(ctx: &Context<'_>, rfq: RfqId) -> async_graphql::Result<Vec<(Quote, Offer)>> {
    let quotes = quotes_on(ctx, rfq).await?.into_iter().filter(Quote::is_compared);
    let offers = quotes.map(|quote| async move {
        let versions = load_list(ctx, VersionsOf(quote.id)).await?;
        let Some(version) = current(&quote, versions) else { return Ok(None) };
        let lines = load_list(ctx, QuoteLinesOf(version.id)).await?;
        Ok::<_, async_graphql::Error>(Some((quote, Offer { version, lines })))
    });
    Ok(futures_util::future::try_join_all(offers).await?.into_iter().flatten().collect())
}

/// Of all versions, the one that counts.
pub(super) fn current(quote: &Quote, versions: Vec<QuoteVersion>) -> Option<QuoteVersion> {
    versions.into_iter().find(|version| version.number == quote.current && version.submitted_at.is_some())
}
