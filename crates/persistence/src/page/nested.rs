//! Pages within pages: the first rows of what belongs to each of many things, by one statement.

use std::collections::HashMap;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, IntoIden, Query, WindowStatement};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use tradehall_domain::id::Id;

use super::{Page, PageRequest, Sort, bounded, direction, ordered};
use crate::scope::Scoped;
use crate::{StoreError, Tx};

impl Tx {
    /// The page that `request` asks for of the rows of `select` that belong to each of `parents`, which `parent` names and `of`
    /// reads. A parent without rows has no page.
    pub(crate) async fn pages<E, T>(
        &self,
        select: Select<E>,
        (parent, parents): (E::Column, &[Id<T>]),
        request: &PageRequest,
        sort: &Sort<E::Column>,
        of: impl Fn(&E::Model) -> Id<T>,
    ) -> Result<HashMap<Id<T>, Page<E::Model>>, StoreError>
    where
        E: Scoped,
        E::Column: IntoIden,
    {
        if let [only] = parents {
            // An index finds these in their order; ranking them would read all.
            let page = self.page(select.filter(parent.eq(only.uuid())), request, sort).await?;
            return Ok(HashMap::from([(*only, page)]));
        }
        let mut window = WindowStatement::partition_by(parent);
        if let Some(key) = sort.key {
            window.order_by(key, direction(request, sort));
        }
        window.order_by(sort.id, direction(request, sort));
        let mut ranked = bounded(select.filter(self.among(parent, parents)), request, sort)
            .select_only()
            .column_as(Expr::col(sort.id.as_column_ref()), "id")
            .into_query();
        ranked.expr_window_as(Func::cust(Alias::new("row_number")), window, Alias::new("place"));
        let first = Query::select()
            .column(Alias::new("id"))
            .from_subquery(ranked, Alias::new("ranked"))
            .and_where(Expr::col(Alias::new("place")).lte(request.limit + 1))
            .to_owned();
        let rows = self.all(ordered(self.find::<E>().filter(sort.id.in_subquery(first)), request, sort)).await?;
        let mut groups: HashMap<Id<T>, Vec<E::Model>> = HashMap::new();
        for row in rows {
            groups.entry(of(&row)).or_default().push(row);
        }
        Ok(groups.into_iter().map(|(parent, rows)| (parent, Page::of(rows, request))).collect())
    }
}
