//! Versions of quotes with their lines. A submitted version is never changed, but that it is revealed.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder};
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::quote::{Offer, Quote, QuoteId, QuoteLine, QuoteVersion, QuoteVersionId};

use super::entity::{quote_line, quote_version};
use crate::column::Col;
use crate::{StoreError, Tx};

/// The versions of these quotes that the actor may see, oldest first.
///
/// # Errors
/// When the database is away.
pub async fn versions_of_many(tx: &Tx, quotes: &[QuoteId]) -> Result<Vec<QuoteVersion>, StoreError> {
    let select = tx
        .find::<quote_version::Entity>()
        .filter(tx.among(quote_version::Column::QuoteId, quotes))
        .order_by(quote_version::Column::Number, Order::Asc);
    tx.all(select).await?.into_iter().map(QuoteVersion::try_from).collect()
}

/// The lines of these versions that the actor may see, in the order in which they were made.
///
/// # Errors
/// When the database is away.
pub async fn lines_of_many(tx: &Tx, versions: &[QuoteVersionId]) -> Result<Vec<QuoteLine>, StoreError> {
    let select = tx
        .find::<quote_line::Entity>()
        .filter(tx.among(quote_line::Column::QuoteVersionId, versions))
        .order_by(quote_line::Column::Id, Order::Asc);
    tx.all(select).await?.into_iter().map(QuoteLine::try_from).collect()
}

/// The version of each quote that counts, with its lines: two statements whatever their number.
///
/// # Errors
/// When the database is away.
pub async fn offers_of(tx: &Tx, quotes: Vec<Quote>) -> Result<Vec<(Quote, Offer)>, StoreError> {
    let ids: Vec<_> = quotes.iter().map(|quote| quote.id).collect();
    let mut versions: HashMap<_, _> = versions_of_many(tx, &ids)
        .await?
        .into_iter()
        .filter(|version| version.submitted_at.is_some())
        .map(|version| ((version.quote, version.number), version))
        .collect();
    let current: Vec<_> = quotes
        .into_iter()
        .filter_map(|quote| versions.remove(&(quote.id, quote.current)).map(|version| (quote, version)))
        .collect();
    let ids: Vec<_> = current.iter().map(|(_, version)| version.id).collect();
    let mut lines: HashMap<QuoteVersionId, Vec<QuoteLine>> = HashMap::new();
    for line in lines_of_many(tx, &ids).await? {
        lines.entry(line.quote_version).or_default().push(line);
    }
    let offer = |(quote, version): (Quote, QuoteVersion)| {
        let lines = lines.remove(&version.id).unwrap_or_default();
        (quote, Offer { version, lines })
    };
    Ok(current.into_iter().map(offer).collect())
}

/// The version of `quote` that counts.
///
/// # Errors
/// [`StoreError::NotFound`] when none was submitted.
pub async fn current_of(tx: &Tx, quote: &Quote) -> Result<QuoteVersion, StoreError> {
    numbered(tx, quote.id, quote.current).await
}

/// The version of `quote` that is still a draft, if there is one.
///
/// # Errors
/// When the database is away.
pub async fn draft_of(tx: &Tx, quote: QuoteId) -> Result<Option<QuoteVersion>, StoreError> {
    let select = tx
        .find::<quote_version::Entity>()
        .filter(quote_version::Column::QuoteId.eq(Col(quote)))
        .filter(quote_version::Column::SubmittedAt.is_null());
    tx.maybe(select).await?.map(QuoteVersion::try_from).transpose()
}

async fn numbered(tx: &Tx, quote: QuoteId, number: i64) -> Result<QuoteVersion, StoreError> {
    let select = tx
        .find::<quote_version::Entity>()
        .filter(quote_version::Column::QuoteId.eq(Col(quote)))
        .filter(quote_version::Column::Number.eq(number));
    tx.one(select).await?.try_into()
}

/// Adds a version with its lines, which are revealed as the version is.
///
/// # Errors
/// When its rows cannot be made.
pub fn insert_version(tx: &mut Tx, offer: &Offer) -> Result<(), StoreError> {
    tx.insert(quote_version::Model::from(&offer.version))?;
    let mut rows = offer.lines.iter().map(quote_line::Model::try_from).collect::<Result<Vec<_>, _>>()?;
    rows.iter_mut().for_each(|row| row.revealed = offer.version.revealed);
    tx.insert_all(&rows)
}

/// Puts `offer` in the place of `draft`, a version that was never submitted.
///
/// # Errors
/// When the database is away.
pub async fn replace_draft(tx: &mut Tx, draft: QuoteVersionId, offer: &Offer) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM quote_line WHERE quote_version_id = $1",
        "DELETE FROM quote_version WHERE id = $1 AND submitted_at IS NULL",
    ] {
        tx.run(sql, [draft.uuid().into()]).await?;
    }
    insert_version(tx, offer)
}

/// A version as what files are attached to.
#[must_use]
pub const fn version_subject(version: QuoteVersionId) -> Subject {
    Subject { kind: SubjectKind::QuoteVersion, id: version.uuid() }
}

/// Marks a draft version as submitted.
///
/// # Errors
/// When the database is away.
pub async fn submit_version(tx: &mut Tx, version: &QuoteVersion) -> Result<(), StoreError> {
    let submitted_at = version.submitted_at.map(jiff::Timestamp::as_microsecond);
    let id = version.id.uuid();
    tx.run(
        "UPDATE quote_version SET submitted_at = $2, revealed = $3 WHERE id = $1",
        [id.into(), submitted_at.into(), version.revealed.into()],
    )
    .await?;
    let sql = "UPDATE quote_line SET revealed = $2 WHERE quote_version_id = $1";
    tx.run(sql, [id.into(), version.revealed.into()]).await?;
    Ok(())
}
