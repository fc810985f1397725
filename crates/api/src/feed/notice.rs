//! What subscribers are told, by family of aggregates.

use std::future::Future;

use async_graphql::{OutputType, SimpleObject};
use tradehall_domain::access::Permission;
use tradehall_domain::agreement::AgreementId;
use tradehall_domain::import::ImportId;
use tradehall_domain::order::OrderId;
use tradehall_domain::rfq::RfqId;
use tradehall_persistence::{StoreError, Tx, agreement, import, order, quote, rfq};

use super::happening::About;
use crate::agreement::AgreementNode;
use crate::graphql::event::EventNode;
use crate::import::ImportNode;
use crate::order::OrderNode;
use crate::quote::QuoteNode;
use crate::rfq::RfqNode;

/// A family of aggregates that one root field tells of.
pub trait Family: Send + Sync + 'static {
    /// What the subscriber must be allowed, when it subscribes and ever after.
    const PERMISSION: Permission;

    /// What it is told.
    type Notice: OutputType + Send + Sync + 'static;

    /// Whether the subscription is about this at all.
    fn includes(&self, about: About) -> bool;

    /// The notice of an event, if what it is about can be seen through `tx`.
    fn notice(
        tx: &Tx,
        about: About,
        cursor: String,
        event: EventNode,
    ) -> impl Future<Output = Result<Option<Self::Notice>, StoreError>> + Send;
}

/// Something that happened to a request for quotation, or to an invitation to it.
#[derive(SimpleObject)]
pub struct RfqNotice {
    /// Where this event stands: pass it as `after` to go on behind it. It is the event's own id, so that the newest event of a
    /// timeline does as well.
    cursor: String,
    /// What happened. Its payload is empty unless it stands in the audit trail of the viewer's organization and the viewer holds
    /// AUDIT_READ.
    event: EventNode,
    /// The request as the viewer sees it now, which may be later than the event.
    rfq: RfqNode,
}

/// Something that happened to a quote.
#[derive(SimpleObject)]
pub struct QuoteNotice {
    /// Where this event stands: pass it as `after` to go on behind it. It is the event's own id, so that the newest event of a
    /// timeline does as well.
    cursor: String,
    /// What happened. Its payload is empty unless the viewer holds AUDIT_READ.
    event: EventNode,
    /// The quote as the viewer sees it now, which may be later than the event.
    quote: QuoteNode,
}

/// Something that happened to an order.
#[derive(SimpleObject)]
pub struct OrderNotice {
    /// Where this event stands: pass it as `after` to go on behind it. It is the event's own id, so that the newest event of a
    /// timeline does as well.
    cursor: String,
    /// What happened. Its payload is empty unless the viewer holds AUDIT_READ.
    event: EventNode,
    /// The order as the viewer sees it now, which may be later than the event.
    order: OrderNode,
}

/// Something that happened to a framework agreement.
#[derive(SimpleObject)]
pub struct AgreementNotice {
    /// Where this event stands: pass it as `after` to go on behind it. It is the event's own id, so that the newest event of a
    /// timeline does as well.
    cursor: String,
    /// What happened. Its payload is empty unless the viewer holds AUDIT_READ.
    event: EventNode,
    /// The agreement as the viewer sees it now, which may be later than the event.
    agreement: AgreementNode,
}

/// Requests for quotation: all, or one.
pub struct Rfqs(pub Option<RfqId>);

impl Family for Rfqs {
    const PERMISSION: Permission = Permission::RfqRead;
    type Notice = RfqNotice;

    fn includes(&self, about: About) -> bool {
        matches!(about, About::Rfq(id) if self.0.is_none_or(|only| only == id))
    }

    async fn notice(tx: &Tx, about: About, cursor: String, event: EventNode) -> Result<Option<RfqNotice>, StoreError> {
        let About::Rfq(id) = about else { return Ok(None) };
        let found = rfq::load_many(tx, &[id]).await?.pop();
        Ok(found.map(|rfq| RfqNotice { cursor, event, rfq: RfqNode(rfq) }))
    }
}

/// Quotes: all, or those on one request.
pub struct Quotes(pub Option<RfqId>);

impl Family for Quotes {
    const PERMISSION: Permission = Permission::QuoteRead;
    type Notice = QuoteNotice;

    fn includes(&self, about: About) -> bool {
        matches!(about, About::Quote(_, rfq) if self.0.is_none_or(|only| only == rfq))
    }

    async fn notice(
        tx: &Tx,
        about: About,
        cursor: String,
        event: EventNode,
    ) -> Result<Option<QuoteNotice>, StoreError> {
        let About::Quote(id, _) = about else { return Ok(None) };
        let found = quote::load_many(tx, &[id]).await?.pop();
        Ok(found.map(|quote| QuoteNotice { cursor, event, quote: QuoteNode(quote) }))
    }
}

/// Orders: all, or one.
pub struct Orders(pub Option<OrderId>);

impl Family for Orders {
    const PERMISSION: Permission = Permission::OrderRead;
    type Notice = OrderNotice;

    fn includes(&self, about: About) -> bool {
        matches!(about, About::Order(id) if self.0.is_none_or(|only| only == id))
    }

    async fn notice(
        tx: &Tx,
        about: About,
        cursor: String,
        event: EventNode,
    ) -> Result<Option<OrderNotice>, StoreError> {
        let About::Order(id) = about else { return Ok(None) };
        let found = order::load_many(tx, &[id]).await?.pop();
        Ok(found.map(|order| OrderNotice { cursor, event, order: OrderNode(order) }))
    }
}

/// Framework agreements: all, or one.
pub struct Agreements(pub Option<AgreementId>);

impl Family for Agreements {
    const PERMISSION: Permission = Permission::AgreementRead;
    type Notice = AgreementNotice;

    fn includes(&self, about: About) -> bool {
        matches!(about, About::Agreement(id) if self.0.is_none_or(|only| only == id))
    }

    async fn notice(
        tx: &Tx,
        about: About,
        cursor: String,
        event: EventNode,
    ) -> Result<Option<AgreementNotice>, StoreError> {
        let About::Agreement(id) = about else { return Ok(None) };
        let found = agreement::load_many(tx, &[id]).await?.pop();
        Ok(found.map(|agreement| AgreementNotice { cursor, event, agreement: AgreementNode(agreement) }))
    }
}

/// Something that happened to an import.
#[derive(SimpleObject)]
pub struct ImportNotice {
    /// Where this event stands: pass it as `after` to go on behind it. It is the event's own id, so that the newest event of a
    /// timeline does as well.
    cursor: String,
    /// What happened. Its payload is empty unless the viewer holds AUDIT_READ.
    event: EventNode,
    /// The import as it is now, which may be later than the event.
    import: ImportNode,
}

/// Imports: all, or one.
pub struct Imports(pub Option<ImportId>);

impl Family for Imports {
    const PERMISSION: Permission = Permission::CatalogRead;
    type Notice = ImportNotice;

    fn includes(&self, about: About) -> bool {
        matches!(about, About::Import(id) if self.0.is_none_or(|only| only == id))
    }

    async fn notice(
        tx: &Tx,
        about: About,
        cursor: String,
        event: EventNode,
    ) -> Result<Option<ImportNotice>, StoreError> {
        let About::Import(id) = about else { return Ok(None) };
        let found = import::load_many(tx, &[id]).await?.pop();
        Ok(found.map(|import| ImportNotice { cursor, event, import: ImportNode(import) }))
    }
}
