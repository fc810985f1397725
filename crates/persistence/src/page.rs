//! Keyset paging: a page starts after a known row, so it costs the same at any depth and does not slip when rows arrive.

mod nested;

use sea_orm::sea_query::{Expr, ExprTrait, IntoIden};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};
use tradehall_domain::id::Id;
use uuid::Uuid;

use crate::StoreError;

/// Where a row stands in a list: its sort key, then its id to tell equals apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The sort column's value; `None` where the id alone sorts.
    pub key: Option<i64>,
    /// The row's id.
    pub id: Uuid,
}

impl Cursor {
    /// The place of a row that sorts by its id, which is by the time it was made.
    #[must_use]
    pub const fn of<T>(id: Id<T>) -> Self {
        Self { key: None, id: id.uuid() }
    }

    /// The opaque text that a client carries.
    #[must_use]
    pub fn encode(&self) -> String {
        match self.key {
            Some(key) => format!("{:x}.{}", key, self.id.simple()),
            None => self.id.simple().to_string(),
        }
    }

    /// The place that a client's text names.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when no list here made this text.
    pub fn decode(text: &str) -> Result<Self, StoreError> {
        let (key, id) = match text.split_once('.') {
            Some((key, id)) => (Some(u64::from_str_radix(key, 16).map_err(|_| StoreError::Cursor)?.cast_signed()), id),
            None => (None, text),
        };
        let id = Uuid::try_parse(id).map_err(|_| StoreError::Cursor)?;
        Ok(Self { key, id })
    }
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageRequest {
    /// How many rows, at most 100; the API refuses more.
    pub limit: u64,
    /// Rows after this place, in the list's order.
    pub after: Option<Cursor>,
    /// Rows before this place, in the list's order.
    pub before: Option<Cursor>,
    /// Whether the last rows are meant rather than the first.
    pub backward: bool,
}

impl PageRequest {
    /// The first `limit` rows.
    #[must_use]
    pub const fn first(limit: u64) -> Self {
        Self { limit, after: None, before: None, backward: false }
    }
}

/// One page of a list, in the list's order.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Whether rows follow.
    pub has_next: bool,
    /// Whether rows precede.
    pub has_previous: bool,
}

impl<T> Default for Page<T> {
    /// Of an empty list.
    fn default() -> Self {
        Self { items: Vec::new(), has_next: false, has_previous: false }
    }
}

impl<T> Page<T> {
    /// The same page of other things, or the first failure.
    ///
    /// # Errors
    /// What `f` answers.
    pub fn try_map<U, E>(self, f: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let items = self.items.into_iter().map(f).collect::<Result<_, _>>()?;
        Ok(Page { items, has_next: self.has_next, has_previous: self.has_previous })
    }

    pub(crate) fn of(mut rows: Vec<T>, request: &PageRequest) -> Self {
        let more = rows.len() as u64 > request.limit;
        rows.truncate(usize::try_from(request.limit).unwrap_or(usize::MAX));
        if request.backward {
            rows.reverse();
            Self { items: rows, has_next: request.before.is_some(), has_previous: more }
        } else {
            Self { items: rows, has_next: more, has_previous: request.after.is_some() }
        }
    }
}

/// What a list is sorted by.
pub(crate) struct Sort<C> {
    /// An integer column, or none where the id alone sorts.
    pub(crate) key: Option<C>,
    /// The id column.
    pub(crate) id: C,
    /// Whether the newest or largest comes first.
    pub(crate) descending: bool,
}

/// `select` narrowed and ordered so that it yields the page that is asked for, plus one row that tells whether more follow.
pub(crate) fn paged<E, C>(select: Select<E>, request: &PageRequest, sort: &Sort<C>) -> Select<E>
where
    E: EntityTrait,
    C: ColumnTrait + IntoIden,
{
    ordered(bounded(select, request, sort), request, sort).limit(request.limit + 1)
}

/// `select` narrowed to what lies between the page's cursors.
fn bounded<E, C>(mut select: Select<E>, request: &PageRequest, sort: &Sort<C>) -> Select<E>
where
    E: EntityTrait,
    C: ColumnTrait + IntoIden,
{
    for (cursor, forward) in [(&request.after, true), (&request.before, false)] {
        if let Some(cursor) = cursor {
            select = select.filter(beyond(cursor, sort, forward != sort.descending));
        }
    }
    select
}

/// In which direction a page is read.
fn direction<C>(request: &PageRequest, sort: &Sort<C>) -> Order {
    if sort.descending == request.backward { Order::Asc } else { Order::Desc }
}

/// `select` in the order in which the page is read.
fn ordered<E, C>(mut select: Select<E>, request: &PageRequest, sort: &Sort<C>) -> Select<E>
where
    E: EntityTrait,
    C: ColumnTrait + IntoIden,
{
    let order = direction(request, sort);
    if let Some(key) = sort.key {
        select = select.order_by(key, order.clone());
    }
    select.order_by(sort.id, order)
}

/// Rows on one side of the cursor: larger ones or smaller ones.
fn beyond<C: ColumnTrait + IntoIden>(cursor: &Cursor, sort: &Sort<C>, larger: bool) -> Condition {
    let id = |column: C| {
        let column = Expr::col(column.as_column_ref());
        if larger { column.gt(cursor.id) } else { column.lt(cursor.id) }
    };
    match (sort.key, cursor.key) {
        (Some(key), Some(value)) => {
            let column = || Expr::col(key.as_column_ref());
            let (strictly, at_most) = if larger {
                (column().gt(value), column().gte(value))
            } else {
                (column().lt(value), column().lte(value))
            };
            // The alternative alone is no range: only the bound beside it lets an index begin at the cursor.
            let beyond = Condition::any().add(strictly).add(Condition::all().add(column().eq(value)).add(id(sort.id)));
            Condition::all().add(at_most).add(beyond)
        }
        _ => Condition::all().add(id(sort.id)),
    }
}
