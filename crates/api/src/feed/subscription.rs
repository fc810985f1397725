//! The root fields that tell of what happens.

use async_graphql::{Context, Result, Subscription};
use tradehall_domain::access::Permission;
use tradehall_domain::agreement::Agreement;
use tradehall_domain::import::Import;
use tradehall_domain::order::Order;
use tradehall_domain::rfq::Rfq;
use tradehall_persistence::{agreement, import, order, rfq};

use super::notice::{
    AgreementNotice, Agreements, ImportNotice, Imports, OrderNotice, Orders, QuoteNotice, Quotes, RfqNotice, Rfqs,
};
use super::subscriber::{Notices, notices};
use crate::app::{Error, Session};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::allowed;

/// What happens, as it happens. An event is told to whoever may see what it is about at that moment, in the order of all events.
#[derive(Debug, Default)]
pub struct Subscription;

/// What happens, as it happens: each event once, in order, to whoever may see what it is about at that moment. A stream that ends,
/// by EVENTS_MISSED or with its connection, goes on with the last `cursor` as `after`, without a gap.
#[Subscription]
impl Subscription {
    /// What happens to requests for quotation and to invitations: the viewer's own, those it is asked, and public ones. Needs
    /// RFQ_READ.
    async fn rfq_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this request.")] rfq_id: Option<GlobalId<Rfq>>,
        #[graphql(
            desc = "Go on after this cursor, at most 10 000 events of the market ago; from now on when left out."
        )]
        after: Option<String>,
    ) -> Result<Notices<RfqNotice>> {
        let session = allowed(ctx, Permission::RfqRead)?;
        let rfq = rfq_id.map(|id| id.0);
        answer(session, async {
            if let Some(id) = rfq {
                rfq::load(&*session.renewed().reading().await?, id).await?;
            }
            notices(session, Rfqs(rfq), after.as_deref()).await
        })
        .await
    }

    /// What happens to quotes: the viewer's own, and those on its requests as soon as it may read them, which for sealed ones is
    /// when they are opened. Needs QUOTE_READ.
    async fn quote_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only quotes on this request.")] rfq_id: Option<GlobalId<Rfq>>,
        #[graphql(
            desc = "Go on after this cursor, at most 10 000 events of the market ago; from now on when left out."
        )]
        after: Option<String>,
    ) -> Result<Notices<QuoteNotice>> {
        let session = allowed(ctx, Permission::QuoteRead)?;
        let rfq = rfq_id.map(|id| id.0);
        answer(session, async {
            if let Some(id) = rfq {
                rfq::load(&*session.renewed().reading().await?, id).await?;
            }
            notices(session, Quotes(rfq), after.as_deref()).await
        })
        .await
    }

    /// What happens to orders that the viewer's organization placed or received. Needs ORDER_READ.
    async fn order_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this order.")] order_id: Option<GlobalId<Order>>,
        #[graphql(
            desc = "Go on after this cursor, at most 10 000 events of the market ago; from now on when left out."
        )]
        after: Option<String>,
    ) -> Result<Notices<OrderNotice>> {
        let session = allowed(ctx, Permission::OrderRead)?;
        let order = order_id.map(|id| id.0);
        answer(session, async {
            if let Some(id) = order {
                order::load(&*session.renewed().reading().await?, id).await?;
            }
            notices(session, Orders(order), after.as_deref()).await
        })
        .await
    }

    /// What happens to framework agreements of the viewer's organization, to drafts of the other side not. Needs AGREEMENT_READ.
    async fn agreement_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this agreement.")] agreement_id: Option<GlobalId<Agreement>>,
        #[graphql(
            desc = "Go on after this cursor, at most 10 000 events of the market ago; from now on when left out."
        )]
        after: Option<String>,
    ) -> Result<Notices<AgreementNotice>> {
        let session = allowed(ctx, Permission::AgreementRead)?;
        let agreement = agreement_id.map(|id| id.0);
        answer(session, async {
            if let Some(id) = agreement {
                agreement::load(&*session.renewed().reading().await?, id).await?;
            }
            notices(session, Agreements(agreement), after.as_deref()).await
        })
        .await
    }

    /// What happens to the imports of the viewer's organization: how far each has come, and how it ended. Needs CATALOG_READ.
    async fn import_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this import.")] import_id: Option<GlobalId<Import>>,
        #[graphql(
            desc = "Go on after this cursor, at most 10 000 events of the market ago; from now on when left out."
        )]
        after: Option<String>,
    ) -> Result<Notices<ImportNotice>> {
        let session = allowed(ctx, Permission::CatalogRead)?;
        let import = import_id.map(|id| id.0);
        answer(session, async {
            if let Some(id) = import {
                import::load(&*session.renewed().reading().await?, id).await?;
            }
            notices(session, Imports(import), after.as_deref()).await
        })
        .await
    }
}

/// The stream, or its error at the top.
async fn answer<N>(session: &Session, stream: impl Future<Output = Result<Notices<N>, Error>>) -> Result<Notices<N>> {
    stream.await.map_err(|error| session.fail(error))
}
