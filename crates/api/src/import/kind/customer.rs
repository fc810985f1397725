//! Customers: one row for what a seller notes of one of them, or for an organization to invite; see [`super::customer_row`] for the
//! fields.

mod known;

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use known::Known;
use tradehall_domain::customer::{Customer, CustomerEvent, Segment, SegmentId};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::Period;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_domain::side::Side;
use tradehall_domain::venue::{Participation, ParticipationEvent, ParticipationStatus};
use tradehall_persistence::customer::{save, segment, showing};
use tradehall_persistence::{Turn, Tx, venue};

use super::customer_row::{COLUMNS, CustomerRow, Named};
use super::{CHUNK_ROWS, Chunk, KindOf, ROWS_MAX};
use crate::app::Error;
use crate::import::said::Claim;
use crate::import::table::Row;
use crate::import::tally::Outcome;

/// What is known of customers.
pub const KIND: KindOf = KindOf {
    columns: COLUMNS,
    synonyms: &[
        ("organization_id", &["id", "customer id", "company id", "ma to chuc"]),
        ("number", &["customer number", "account", "account number", "ma khach hang", "ma kh", "so khach hang"]),
        ("note", &["notes", "remark", "remarks", "comment", "ghi chu"]),
        ("reach", &["range", "pham vi"]),
        ("segments", &["segment", "group", "groups", "customer group", "phan khuc", "nhom", "nhom khach hang"]),
        ("status", &["state", "trang thai"]),
        ("organization", &["name", "company", "customer", "customer name", "khach hang", "ten khach hang", "cong ty"]),
    ],
    chunk_rows: CHUNK_ROWS,
    rows_max: ROWS_MAX,
    claims,
    capability: None,
};

/// The customer that a row is about, and the number that the row gives it. A row that is wrong by itself says nothing.
fn claims(row: &Row) -> Vec<Claim> {
    let Ok(read) = CustomerRow::read(row) else { return Vec::new() };
    let mut claims = vec![Claim::once(read.named.subject(), read.named.column())];
    if let Some(number) = read.change.number.flatten() {
        claims.push(Claim::as_code(format!("has number {number}"), "number", Code::CustomerNumberTaken));
    }
    claims
}

/// What is to be written.
#[derive(Debug, Default)]
struct Changes {
    invited: Vec<(Participation, ParticipationEvent)>,
    amended: Vec<(Customer, CustomerEvent)>,
    joined: HashMap<SegmentId, (Segment, Vec<OrganizationId>)>,
    left: HashMap<SegmentId, (Segment, Vec<OrganizationId>)>,
    /// Customers who are shown something else from now on.
    moved: Vec<Participation>,
}

/// Decides on some customers: a fixed number of statements to find them and what is known of them, and to write one for what is noted
/// and one for each segment that somebody enters or leaves.
pub async fn apply(tx: &mut Tx, chunk: Chunk<'_>) -> Result<(), Error> {
    let mut rows = Vec::with_capacity(chunk.rows.len());
    for row in chunk.rows {
        match CustomerRow::read(row) {
            Ok(read) => rows.push((row, read)),
            Err(problems) => chunk.tally.refuse_row(row, problems),
        }
    }
    let turn = if chunk.is_kept() { Some(Turn::take(tx, chunk.owner).await?) } else { None };
    let mut known = Known::load(tx, chunk.owner, &rows).await?;
    let mut changes = Changes::default();
    let here: HashSet<_> = rows.iter().map(|(_, read)| read.named.subject()).collect();
    for (row, read) in &rows {
        let otherwise = known.otherwise(&read.named).map(|named| named.subject());
        // An earlier stretch of rows was about the same customer; those of this one are compared by the customer itself.
        let is_again =
            otherwise.is_some_and(|subject| chunk.said.has(&subject, &Period::ALWAYS) && !here.contains(&subject));
        let taken = match is_again {
            true => Err(Problem::new(Code::Duplicate).at(read.named.column()).into()),
            false => take(read, &mut known, tx.now(), &mut changes),
        };
        match taken {
            Ok(outcome) => chunk.tally.note(outcome),
            Err(problems) => chunk.tally.refuse_row(row, problems),
        }
    }
    match turn {
        Some(turn) => keep(tx, &turn, changes).await,
        None => Ok(()),
    }
}

fn take(row: &CustomerRow, known: &mut Known, now: Timestamp, changes: &mut Changes) -> Result<Outcome, Problems> {
    let column = row.named.column();
    let (part, invited) = find(row, known, now).map_err(|problem| problem.at(column))?;
    if !known.is_new(part.organization) {
        return Err(Problem::new(Code::Duplicate).at(column).into());
    }
    let is_gone = matches!(part.status, ParticipationStatus::Rejected | ParticipationStatus::Left);
    if is_gone && row.status != Some(part.status) {
        return Err(Problem::new(Code::ParticipationStatus).with("status", part.status).at(column).into());
    }
    let before = known.customer(&part);
    let mut customer = before.clone();
    let mut problems = Problems::new();
    let amended = customer.amend(&row.change).and_then(|event| Ok(known.check_number(&customer).map(|()| event)?));
    let amended = problems.take_as_is(amended);
    let sorted = problems.take("segments", known.sort(&part, row.segments.as_deref()));
    let (event, (joins, leaves)) = problems.finish(amended.zip(sorted))?;

    known.number(&customer);
    let is_sorted = !joins.is_empty() || !leaves.is_empty();
    let is_moved = is_sorted || customer.reach != before.reach;
    if is_moved && part.status == ParticipationStatus::Approved {
        changes.moved.push(part.clone());
    }
    for (segments, list) in [(joins, &mut changes.joined), (leaves, &mut changes.left)] {
        for segment in segments {
            let (_, buyers) = list.entry(segment.id).or_insert_with(|| (segment, Vec::new()));
            buyers.push(part.organization);
        }
    }
    let is_amended = customer != before;
    if is_amended {
        changes.amended.push((customer, event));
    }
    match invited {
        Some(event) => {
            changes.invited.push((part, event));
            Ok(Outcome::Created)
        }
        None if is_amended || is_sorted => Ok(Outcome::Changed),
        None => Ok(Outcome::Unchanged),
    }
}

/// The registration that the row is about, new where the organization is invited by it.
fn find(
    row: &CustomerRow,
    known: &Known,
    now: Timestamp,
) -> Result<(Participation, Option<ParticipationEvent>), Problem> {
    match &row.named {
        Named::Number(number) => known.numbered(number).map(|part| (part.clone(), None)),
        Named::Id(id) => match known.part(*id) {
            Some(part) => Ok((part.clone(), None)),
            None if !known.is_there(*id) => Err(Code::NotFound.into()),
            None => {
                let (part, event) = Participation::invite(known.shop(), *id, Side::Buyer, now)?;
                Ok((part, Some(event)))
            }
        },
    }
}

async fn keep(tx: &mut Tx, turn: &Turn, changes: Changes) -> Result<(), Error> {
    for (part, event) in &changes.invited {
        venue::insert_participation(tx, part, event)?;
    }
    for (mut customer, event) in changes.amended {
        save(tx, &mut customer, &event)?;
    }
    for (segment, buyers) in changes.joined.into_values() {
        segment::join(tx, turn, &segment, &buyers).await?;
    }
    for (segment, buyers) in changes.left.into_values() {
        segment::leave(tx, turn, &segment, &buyers).await?;
    }
    Ok(showing::show(tx, turn, &changes.moved).await?)
}
