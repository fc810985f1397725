//! Numbering and chaining.
//!
//! Events commit in an order that nobody knows beforehand, so a counter taken at insert would leave gaps that fill up later, and a
//! reader that goes by it would miss events. The relay runs one at a time: it takes what has committed, gives it the next positions
//! and hashes it to its predecessor in the same organization's chain.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect, Value};
use sha2::{Digest, Sha256};
use tradehall_domain::id::Id;
use tradehall_domain::named::Named;
use uuid::Uuid;

use super::StoredEvent;
use super::entity::{Column, Entity, Model};
use crate::column::Col;
use crate::{Engine, StoreError, Tx};

/// How many events one run takes.
const BATCH: u64 = 500;

/// The advisory lock under which relays of several nodes take turns (`trdh` in ASCII).
const RELAY_LOCK: i64 = 0x7472_6468;

/// Numbers and chains what has committed since the last run. Answers how many events; a full batch means there may be more.
///
/// # Errors
/// When the database is away, or what is stored makes no sense.
pub async fn number(tx: &mut Tx) -> Result<usize, StoreError> {
    if tx.engine() == Engine::Postgres {
        tx.query("SELECT pg_advisory_xact_lock($1)", [RELAY_LOCK.into()]).await?;
    }
    let fresh = tx.find::<Entity>().filter(Column::Position.is_null()).order_by(Column::Id, Order::Asc).limit(BATCH);
    let mut fresh = tx.all(fresh).await?;
    if fresh.is_empty() {
        return Ok(0);
    }
    let last = tx.query("SELECT max(position) FROM event", []).await?;
    let mut position =
        last.first().map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose()?.flatten().unwrap_or(0);
    let mut tails: HashMap<Uuid, Option<Vec<u8>>> = HashMap::new();
    for event in &mut fresh {
        position += 1;
        event.position = Some(position);
        let chain = chain(event);
        let tail = match tails.remove(&chain) {
            Some(tail) => tail,
            None => tail(tx, chain).await?,
        };
        let hash = chained(tail.as_deref(), event);
        event.previous_hash = tail;
        tails.insert(chain, Some(hash.clone()));
        event.hash = Some(hash);
    }
    write(tx, &fresh).await?;
    Ok(fresh.len())
}

/// In which chain an event stands: its organization's; what concerns persons alone stands in one of its own, under the nil UUID.
fn chain(event: &Model) -> Uuid {
    event.organization_id.map_or(Uuid::nil(), |id| id.0.uuid())
}

async fn tail(tx: &Tx, chain: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
    let own = if chain.is_nil() { Column::OrganizationId.is_null() } else { Column::OrganizationId.eq(chain) };
    let select =
        tx.find::<Entity>().filter(own).filter(Column::Position.is_not_null()).order_by(Column::Position, Order::Desc);
    Ok(tx.maybe(select).await?.and_then(|event| event.hash))
}

async fn write(tx: &mut Tx, events: &[Model]) -> Result<(), StoreError> {
    let rows: Vec<_> = events
        .iter()
        .map(|event| {
            serde_json::json!({
                "id": event.id.0.uuid().simple().to_string(),
                "position": event.position,
                "previous_hash": event.previous_hash.as_deref().map(hexadecimal),
                "hash": event.hash.as_deref().map(hexadecimal),
            })
        })
        .collect();
    let sql = match tx.engine() {
        Engine::Postgres => {
            "UPDATE event SET position = r.position, previous_hash = decode(r.previous_hash, 'hex'), hash = decode(r.hash, 'hex') \
             FROM json_to_recordset($1::json) AS r(id uuid, position bigint, previous_hash text, hash text) WHERE event.id = r.id"
        }
        Engine::Sqlite => {
            "UPDATE event SET position = r.position, previous_hash = r.previous_hash, hash = r.hash FROM (SELECT \
             unhex(json_extract(value, '$.id')) AS id, json_extract(value, '$.position') AS position, \
             unhex(json_extract(value, '$.previous_hash')) AS previous_hash, unhex(json_extract(value, '$.hash')) AS hash \
             FROM json_each($1)) AS r WHERE event.id = r.id"
        }
    };
    let json = serde_json::to_string(&rows).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    tx.run(sql, [Value::from(json)]).await?;
    Ok(())
}

/// The numbered events after `position`, in order, at most `limit`.
///
/// # Errors
/// When the database is away.
pub async fn after(tx: &Tx, position: i64, limit: u64) -> Result<Vec<StoredEvent>, StoreError> {
    let select =
        tx.find::<Entity>().filter(Column::Position.gt(position)).order_by(Column::Position, Order::Asc).limit(limit);
    Ok(tx.all(select).await?.into_iter().map(StoredEvent::from).collect())
}

/// The event of that id, numbered or not, if there is one.
///
/// # Errors
/// When the database is away.
pub async fn find(tx: &Tx, id: Id<StoredEvent>) -> Result<Option<StoredEvent>, StoreError> {
    Ok(tx.maybe(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.map(StoredEvent::from))
}

/// The highest position handed out, 0 when there is none.
///
/// # Errors
/// When the database is away.
pub async fn head(tx: &Tx) -> Result<i64, StoreError> {
    let select = tx.find::<Entity>().filter(Column::Position.is_not_null()).order_by(Column::Position, Order::Desc);
    Ok(tx.maybe(select).await?.and_then(|event| event.position).unwrap_or(0))
}

/// Where a chain does not hold: an event that was changed, taken out, or put in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The event at which it shows.
    pub event: Uuid,
    /// Its position.
    pub position: Option<i64>,
}

/// Recomputes every chain from the first event on and answers the first place in each that does not hold.
///
/// # Errors
/// When the database is away.
pub async fn verify(tx: &Tx) -> Result<Vec<Break>, StoreError> {
    let mut tails: HashMap<Uuid, Option<Vec<u8>>> = HashMap::new();
    let mut breaks: HashMap<Uuid, Break> = HashMap::new();
    let mut position = 0;
    loop {
        let select = tx
            .find::<Entity>()
            .filter(Column::Position.gt(position))
            .order_by(Column::Position, Order::Asc)
            .limit(BATCH);
        let events = tx.all(select).await?;
        let Some(last) = events.last() else { break };
        let reached = last.position.unwrap_or(i64::MAX);
        for event in events {
            let expected = position + 1;
            position = event.position.unwrap_or(expected);
            let chain = chain(&event);
            let tail = tails.entry(chain).or_default();
            let holds = position == expected
                && event.previous_hash == *tail
                && event.hash == Some(chained(tail.as_deref(), &event));
            if !holds {
                let here = Break { event: event.id.0.uuid(), position: event.position };
                breaks.entry(chain).or_insert(here);
            }
            *tail = event.hash;
        }
        position = reached;
    }
    let mut breaks: Vec<_> = breaks.into_values().collect();
    breaks.sort_by_key(|b| b.position);
    Ok(breaks)
}

/// SHA-256 (FIPS 180-4) over the predecessor's hash and every field, each preceded by its length so that no two events read alike.
fn chained(previous: Option<&[u8]>, event: &Model) -> Vec<u8> {
    let mut hash = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    field(previous.unwrap_or_default());
    field(event.id.0.uuid().as_bytes());
    field(&event.position.unwrap_or_default().to_be_bytes());
    field(&maybe(event.organization_id.map(|id| id.0.uuid())));
    field(&maybe(event.counterparty_id.map(|id| id.0.uuid())));
    field(event.subject_kind.0.name().as_bytes());
    field(event.subject_id.as_bytes());
    field(event.kind.as_bytes());
    field(event.payload.as_bytes());
    field(&maybe(event.principal_id));
    field(&event.occurred_at.0.as_microsecond().to_be_bytes());
    hash.finalize().to_vec()
}

/// Nothing at all where there is no id, which is not the same as the nil UUID.
fn maybe(id: Option<Uuid>) -> Vec<u8> {
    id.map_or_else(Vec::new, |id| id.as_bytes().to_vec())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
