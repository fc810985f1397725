//! Promotions, and the history of what they say.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::pricing::{Promotion, PromotionEvent, PromotionId};

use super::entity::promotion::{Column, Entity, Model};
use super::entity::promotion_target;
use super::list::Filter;
use super::promotion_model::{restore, targets, term};
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event, history};

/// The promotion of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where it is another's.
pub async fn load_promotion(tx: &Tx, id: PromotionId) -> Result<Promotion, StoreError> {
    let model = tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?;
    one(tx, model).await
}

/// The promotion of that id, locked until the transaction ends.
///
/// # Errors
/// As [`load_promotion`].
pub async fn lock_promotion(tx: &mut Tx, id: PromotionId) -> Result<Promotion, StoreError> {
    let select = tx.find_for_update::<Entity>().filter(Column::Id.eq(Col(id)));
    let model = tx.one(select).await?;
    one(tx, model).await
}

async fn one(tx: &Tx, model: Model) -> Result<Promotion, StoreError> {
    with_targets(tx, vec![model]).await?.pop().ok_or(StoreError::NotFound)
}

/// The promotions of these ids that are the actor's, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_promotions(tx: &Tx, ids: &[PromotionId]) -> Result<Vec<Promotion>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await?;
    with_targets(tx, found).await
}

/// The actor's promotions that `filter` means, newest first.
///
/// # Errors
/// When the database is away.
pub async fn promotions(tx: &Tx, filter: &Filter, page: &PageRequest) -> Result<Page<Promotion>, StoreError> {
    let mut select = tx.find::<Entity>();
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(Name(status)));
    }
    if let Some(rank) = filter.rank {
        select = select.filter(Column::Rank.eq(Name(rank)));
    }
    if let Some(group) = filter.group {
        select = select.filter(Column::GroupId.eq(Col(group)));
    }
    let sort = Sort { key: None, id: Column::Id, descending: true };
    let page = tx.page(select, page, &sort).await?;
    let items = with_targets(tx, page.items).await?;
    Ok(Page { items, has_next: page.has_next, has_previous: page.has_previous })
}

/// Where a promotion stands in a list.
#[must_use]
pub const fn promotion_cursor(promotion: &Promotion) -> Cursor {
    Cursor::of(promotion.id)
}

async fn with_targets(tx: &Tx, models: Vec<Model>) -> Result<Vec<Promotion>, StoreError> {
    let ids: Vec<PromotionId> = models.iter().map(|model| model.id.0).collect();
    let select = tx.find::<promotion_target::Entity>().filter(tx.among(promotion_target::Column::PromotionId, &ids));
    let mut by_promotion: HashMap<PromotionId, Vec<promotion_target::Model>> = HashMap::new();
    for target in tx.all(select).await? {
        by_promotion.entry(target.promotion_id.0).or_default().push(target);
    }
    let whole = |model: Model| {
        let targets = by_promotion.remove(&model.id.0).unwrap_or_default();
        restore(model, targets)
    };
    models.into_iter().map(whole).collect()
}

/// Adds a promotion.
///
/// # Errors
/// When its event cannot be written down.
pub fn insert_promotion(tx: &mut Tx, promotion: &Promotion, event: &PromotionEvent) -> Result<(), StoreError> {
    tx.insert(Model::from(promotion))?;
    tx.insert_all(&targets(promotion))?;
    tx.insert(term(promotion, tx.now()))?;
    record(tx, promotion, event)
}

/// Keeps a changed promotion; from now on it counts as it says.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub async fn save_promotion(tx: &mut Tx, promotion: &mut Promotion, event: &PromotionEvent) -> Result<(), StoreError> {
    promotion.version += 1;
    let values = [promotion.id.uuid().into(), promotion.seller.uuid().into()];
    let from = history::end(tx, "promotion_term", tx.now(), "promotion_id = $2 AND seller_id = $3", values).await?;
    tx.save(Model::from(&*promotion))?;
    tx.insert(term(promotion, from))?;
    record(tx, promotion, event)
}

fn record(tx: &mut Tx, promotion: &Promotion, event: &PromotionEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Promotion, id: promotion.id.uuid() };
    event::record(tx, Audience::only(promotion.seller), subject, event)
}
