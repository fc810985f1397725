//! Pages of hits: as any other list's, with cursors that name a place in the order asked for.

use tradehall_persistence::StoreError;
use tradehall_persistence::search::index::Window;

use crate::app::{Error, Session};
use crate::graphql::connection::Paging;

/// The part of the hits that is asked for; `place` reads a cursor.
///
/// # Errors
/// Paging arguments out of bounds; a cursor that was not made by a search in this order.
pub fn window<P>(
    session: &Session,
    paging: Paging,
    place: impl Fn(&str) -> Option<P>,
) -> async_graphql::Result<Window<P>> {
    let Paging { first, after, last, before } = paging;
    let request = session.page(&Paging::of(first, None, last, None))?;
    let place = |text: Option<String>| text.map(|text| place(&text).ok_or(StoreError::Cursor)).transpose();
    let failed = |error: StoreError| session.fail(Error::from(error));
    Ok(Window {
        limit: usize::try_from(request.limit).unwrap_or(usize::MAX),
        after: place(after).map_err(failed)?,
        before: place(before).map_err(failed)?,
        backward: request.backward,
    })
}

/// The hits of the window in their order, without the one that only tells that there are more; whether some precede and follow.
#[must_use]
pub fn page<'a, P, H>(hits: &'a [H], window: &Window<P>) -> (&'a [H], bool, bool) {
    let more = hits.len() > window.limit;
    if window.backward {
        let hits = if more { hits.get(1..).unwrap_or_default() } else { hits };
        (hits, more, window.before.is_some())
    } else {
        (hits.get(..window.limit).unwrap_or(hits), window.after.is_some(), more)
    }
}
