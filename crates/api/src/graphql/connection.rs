//! Lists that can grow, as Relay cursor connections over keyset pages.

use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{InputObject, OutputType, Result};
use tradehall_persistence::{Cursor, Page, PageRequest, StoreError};

use crate::app::{Error, Session};

/// The largest page.
pub const PAGE_MAX: i32 = 100;

/// A connection of `N`; its cursors are opaque text.
pub type List<N> = Connection<String, N, EmptyFields, EmptyFields>;

/// Which page of a connection is asked for: `first` (and `after`) or `last` (and `before`), 1 to 100.
#[derive(Debug, Clone, Default, InputObject)]
pub struct Paging {
    /// That many from the start, or from `after` on.
    pub first: Option<i32>,
    /// Continue after this cursor.
    pub after: Option<String>,
    /// That many from the end, or up to `before`.
    pub last: Option<i32>,
    /// End before this cursor.
    pub before: Option<String>,
}

impl Paging {
    /// The four arguments as a field takes them.
    #[must_use]
    pub const fn of(first: Option<i32>, after: Option<String>, last: Option<i32>, before: Option<String>) -> Self {
        Self { first, after, last, before }
    }

    fn request(&self) -> Result<PageRequest, Error> {
        let bad = |message: &str| Error::BadInput(message.to_owned());
        let (size, backward) = match (self.first, self.last) {
            (Some(first), None) => (first, false),
            (None, Some(last)) => (last, true),
            _ => return Err(bad("Give either first or last.")),
        };
        let limit = match u64::try_from(size) {
            Ok(limit) if (1..=PAGE_MAX).contains(&size) => limit,
            _ => return Err(bad("first and last are between 1 and 100.")),
        };
        let cursor = |text: &Option<String>| text.as_deref().map(Cursor::decode).transpose();
        let unmade = |_: StoreError| bad("The cursor was not made by this list.");
        Ok(PageRequest {
            limit,
            after: cursor(&self.after).map_err(unmade)?,
            before: cursor(&self.before).map_err(unmade)?,
            backward,
        })
    }
}

impl Session {
    /// The page that is asked for, as a connection: `fetch` reads it, `cursor` places a row, `node` wraps it.
    ///
    /// # Errors
    /// Paging arguments out of bounds, or what `fetch` ran into.
    pub async fn list<T, N: OutputType>(
        &self,
        paging: Paging,
        fetch: impl AsyncFnOnce(&PageRequest) -> Result<Page<T>, Error>,
        cursor: impl Fn(&T) -> Cursor,
        node: impl Fn(T) -> N,
    ) -> Result<List<N>> {
        let request = self.page(&paging)?;
        let page = fetch(&request).await.map_err(|error| self.fail(error))?;
        Ok(connection(page, cursor, node))
    }

    /// What `paging` asks for, for a page that is loaded together with those of other things.
    ///
    /// # Errors
    /// Paging arguments out of bounds.
    pub fn page(&self, paging: &Paging) -> Result<PageRequest> {
        paging.request().map_err(|error| self.fail(error))
    }
}

/// A page as a connection: `cursor` places a row, `node` wraps it.
pub fn connection<T, N: OutputType>(page: Page<T>, cursor: impl Fn(&T) -> Cursor, node: impl Fn(T) -> N) -> List<N> {
    let mut connection = Connection::new(page.has_previous, page.has_next);
    connection.edges.extend(page.items.into_iter().map(|item| Edge::new(cursor(&item).encode(), node(item))));
    connection
}
