//! Lists of requests: those that were sent, those that came in, and the public ones.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::rfq::{Rfq, RfqAudience, RfqStatus};
use tradehall_domain::venue::VenueId;

use super::entity::{rfq, rfq_invitation};
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx};

/// From which side a list is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RfqView {
    /// What the actor's organization asks.
    Sent,
    /// What the actor's organization is asked.
    Received,
    /// Public requests that take quotes now.
    Public,
}

/// Which requests of a view.
#[derive(Debug, Clone, Default)]
pub struct RfqFilter {
    /// Only these statuses; all when empty.
    pub statuses: Vec<RfqStatus>,
    /// Only in this venue.
    pub venue: Option<VenueId>,
}

/// The requests of a view, newest first.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, view: RfqView, filter: &RfqFilter, page: &PageRequest) -> Result<Page<Rfq>, StoreError> {
    let own = tx.actor().organization.map_or(uuid::Uuid::nil(), tradehall_domain::id::Id::uuid);
    let mut select = tx.find::<rfq::Entity>();
    select = match view {
        RfqView::Sent => select.filter(rfq::Column::BuyerId.eq(own)),
        RfqView::Received => {
            let asked = Query::select()
                .expr(Expr::value(1))
                .from(rfq_invitation::Entity)
                .and_where(rfq_invitation::Column::RfqId.into_expr().equals(rfq::Column::Id.as_column_ref()))
                .and_where(rfq_invitation::Column::SellerId.eq(own))
                .to_owned();
            select.filter(Expr::exists(asked))
        }
        RfqView::Public => select
            .filter(rfq::Column::Audience.eq(Name(RfqAudience::Public)))
            .filter(rfq::Column::Status.eq(Name(RfqStatus::Published))),
    };
    if !filter.statuses.is_empty() {
        select = select.filter(rfq::Column::Status.is_in(filter.statuses.iter().copied().map(Name)));
    }
    if let Some(venue) = filter.venue {
        select = select.filter(rfq::Column::VenueId.eq(Col(venue)));
    }
    let sort = Sort { key: None, id: rfq::Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(Rfq::try_from)
}

/// Where a request stands in a list.
#[must_use]
pub const fn cursor(rfq: &Rfq) -> Cursor {
    Cursor::of(rfq.id)
}
