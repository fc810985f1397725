//! Price lists, and the history of what decides whether they count.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder};
use tradehall_domain::currency::Currency;
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::{Period, PriceList, PriceListEvent, PriceListId, PriceOrigin, PriceRank, PriceStatus};
use tradehall_domain::text::{Name as NameText, ShortText};
use tradehall_domain::viewing::GroupId;
use uuid::Uuid;

use super::entity::price_list::{Column, Entity, Model};
use super::entity::price_term;
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event, history};

/// The unique index that a second list of the same code runs into.
pub const CODE_INDEX: &str = "price_list_seller_id_code_key";

/// Which lists, or promotions, are meant; every part narrows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only those in this status.
    pub status: Option<PriceStatus>,
    /// Only those for this kind of group.
    pub rank: Option<PriceRank>,
    /// Only those for this group.
    pub group: Option<GroupId>,
}

/// The list of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where it is another's.
pub async fn load(tx: &Tx, id: PriceListId) -> Result<PriceList, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The list of `seller` that has this code.
///
/// # Errors
/// When the database is away.
pub async fn by_code(tx: &Tx, seller: OrganizationId, code: &str) -> Result<Option<PriceList>, StoreError> {
    let select = tx.find::<Entity>().filter(Column::SellerId.eq(Col(seller))).filter(Column::Code.eq(code));
    tx.maybe(select).await?.map(PriceList::try_from).transpose()
}

/// The lists of these ids that are the actor's, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[PriceListId]) -> Result<Vec<PriceList>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await?;
    found.into_iter().map(PriceList::try_from).collect()
}

/// The list of that id, locked until the transaction ends: whoever sets prices in it waits.
///
/// # Errors
/// As [`load`].
pub async fn lock(tx: &mut Tx, id: PriceListId) -> Result<PriceList, StoreError> {
    let select = tx.find_for_update::<Entity>().filter(Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// The lists of `seller` that have one of these codes, locked in the order of their ids until the transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn lock_by_codes(tx: &mut Tx, seller: OrganizationId, codes: &[&str]) -> Result<Vec<PriceList>, StoreError> {
    let select = tx
        .find_for_update::<Entity>()
        .filter(Column::SellerId.eq(Col(seller)))
        .filter(tx.among_texts(Column::Code, codes)?)
        .order_by(Column::Id, Order::Asc);
    tx.all(select).await?.into_iter().map(PriceList::try_from).collect()
}

/// The actor's lists that `filter` means, newest first.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, filter: &Filter, page: &PageRequest) -> Result<Page<PriceList>, StoreError> {
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
    tx.page(select, page, &sort).await?.try_map(PriceList::try_from)
}

/// Where a list stands among lists.
#[must_use]
pub const fn list_cursor(list: &PriceList) -> Cursor {
    Cursor::of(list.id)
}

/// Adds a list.
///
/// # Errors
/// When its event cannot be written down; a conflict on [`CODE_INDEX`], by the commit.
pub fn insert(tx: &mut Tx, list: &PriceList, event: &PriceListEvent) -> Result<(), StoreError> {
    tx.insert(Model::from(list))?;
    tx.insert(term(&Term::of(list), tx.now()))?;
    record(tx, list, event)
}

/// Keeps a changed list; from now on its prices count as it says.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub async fn save(tx: &mut Tx, list: &mut PriceList, event: &PriceListEvent) -> Result<(), StoreError> {
    list.version += 1;
    // First what ends: it is sent at once, and what is gathered before it would be sent with it.
    replace_term(tx, &Term::of(list)).await?;
    tx.save(Model::from(&*list))?;
    record(tx, list, event)
}

/// Writes down what happened to a list.
pub(super) fn record(tx: &mut Tx, list: &PriceList, event: &PriceListEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::PriceList, id: list.id.uuid() };
    event::record(tx, Audience::only(list.seller), subject, event)
}

/// What decides whether and where the prices of a source count.
pub(super) struct Term {
    pub(super) source: Uuid,
    pub(super) seller: OrganizationId,
    pub(super) group: GroupId,
    pub(super) origin: PriceOrigin,
    pub(super) priority: i64,
    pub(super) valid: Period,
    pub(super) active: bool,
}

impl Term {
    fn of(list: &PriceList) -> Self {
        Self {
            source: list.id.uuid(),
            seller: list.seller,
            group: list.group,
            origin: match list.rank {
                PriceRank::Customer => PriceOrigin::CustomerList,
                PriceRank::Segment => PriceOrigin::SegmentList,
                PriceRank::Agreement => PriceOrigin::AgreementList,
                PriceRank::General => PriceOrigin::GeneralList,
            },
            priority: list.priority,
            valid: list.valid,
            active: list.status == PriceStatus::Active,
        }
    }
}

/// Ends what decides about a source until now and records what does from now on.
pub(super) async fn replace_term(tx: &mut Tx, new: &Term) -> Result<(), StoreError> {
    let values = [new.source.into(), new.seller.uuid().into()];
    let from = history::end(tx, "price_term", tx.now(), "source_id = $2 AND seller_id = $3", values).await?;
    tx.insert(term(new, from))
}

fn term(term: &Term, from: Timestamp) -> price_term::Model {
    price_term::Model {
        id: Uuid::now_v7(),
        source_id: term.source,
        seller_id: Col(term.seller),
        group_id: Col(term.group),
        origin: Name(term.origin),
        priority: term.priority,
        valid_from: term.valid.from.map(Col),
        valid_until: term.valid.until.map(Col),
        active: term.active,
        recorded_at: Col(from),
        ended_at: None,
    }
}

impl From<&PriceList> for Model {
    fn from(list: &PriceList) -> Self {
        Self {
            id: Col(list.id),
            seller_id: Col(list.seller),
            code: list.code.to_string(),
            name: list.name.to_string(),
            currency: list.currency.code().to_owned(),
            rank: Name(list.rank),
            group_id: Col(list.group),
            priority: list.priority,
            valid_from: list.valid.from.map(Col),
            valid_until: list.valid.until.map(Col),
            status: Name(list.status),
            since: Col(list.since),
            created_at: Col(list.created_at),
            version: list.version,
        }
    }
}

impl TryFrom<Model> for PriceList {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            seller: model.seller_id.0,
            code: ShortText::parse(&model.code)?,
            name: NameText::parse(&model.name)?,
            currency: Currency::parse(&model.currency)?,
            rank: model.rank.0,
            group: model.group_id.0,
            priority: model.priority,
            valid: Period { from: model.valid_from.map(|at| at.0), until: model.valid_until.map(|at| at.0) },
            status: model.status.0,
            since: model.since.0,
            created_at: model.created_at.0,
            version: model.version,
        })
    }
}
