//! Reading quotes.

use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::quote::Quote;
use tradehall_persistence::quote;

use super::types::QuoteNode;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};

/// The root fields that read quotes.
#[derive(Debug, Default)]
pub struct QuoteQuery;

#[Object]
impl QuoteQuery {
    /// One quote that the viewer may read. Needs QUOTE_READ.
    async fn quote(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The quote's global id.")] id: GlobalId<Quote>,
    ) -> Result<Option<QuoteNode>> {
        allowed(ctx, Permission::QuoteRead)?;
        load_one(ctx, id.0).await.map(QuoteNode).map(Some)
    }

    /// The quotes that the viewer's organization made, newest first. Needs QUOTE_READ. A buyer finds what it received at `rfq.quotes`.
    async fn quotes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<QuoteNode>> {
        let session = allowed(ctx, Permission::QuoteRead)?;
        let fetch = async |page: &_| Ok(quote::list(&*session.reading().await?, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, quote::cursor, QuoteNode).await
    }
}
