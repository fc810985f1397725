//! What can be done to segments.

use tradehall_domain::access::Permission;
use tradehall_domain::customer::{CustomerId, SEGMENTS_MAX, Segment, SegmentDraft, SegmentId};
use tradehall_domain::id::Id;
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::venue::ParticipationStatus;
use tradehall_persistence::customer::{segment, showing};
use tradehall_persistence::{Turn, Tx};
use uuid::Uuid;

use super::customers;
use crate::app::{Command, Error, IdempotencyKey, Repeatable, check_version, organization_of};

/// How many customers one request puts into a segment or takes out of it.
pub const CUSTOMERS_MAX: usize = 1_000;

/// Makes a segment in the actor's organization.
#[derive(Debug)]
pub struct DefineSegment {
    /// What it is.
    pub draft: SegmentDraft,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for DefineSegment {
    const PERMISSION: Permission = Permission::CustomerManage;
    type Output = Segment;

    async fn run(self, tx: &mut Tx) -> Result<Segment, Error> {
        let seller = organization_of(tx)?;
        let (made, event) = Segment::open(&self.draft, seller, tx.now())?;
        if segment::of_seller(tx, seller).await?.len() >= SEGMENTS_MAX {
            return Err(Problem::new(Code::TooMany).with("max", SEGMENTS_MAX).into());
        }
        segment::insert(tx, &made, &event)?;
        Ok(made)
    }
}

impl Repeatable for DefineSegment {
    const NAME: &'static str = "defineSegment";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(output: &Segment) -> Vec<Uuid> {
        vec![output.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Segment, Error> {
        let id = made.first().copied().ok_or(Error::NotFound)?;
        Ok(segment::load(tx, Id::from_uuid(id)).await?)
    }
}

/// Calls a segment otherwise.
#[derive(Debug)]
pub struct AmendSegment {
    /// Which segment.
    pub segment: SegmentId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// What is to change.
    pub draft: SegmentDraft,
}

impl Command for AmendSegment {
    const PERMISSION: Permission = Permission::CustomerManage;
    type Output = Segment;

    async fn run(self, tx: &mut Tx) -> Result<Segment, Error> {
        let mut known = segment::load(tx, self.segment).await?;
        check_version(known.version, self.expected_version)?;
        let event = known.amend(&self.draft)?;
        segment::save(tx, &mut known, &event)?;
        Ok(known)
    }
}

/// Puts customers into a segment, and takes others out of it.
#[derive(Debug)]
pub struct SortCustomers {
    /// Which segment.
    pub segment: SegmentId,
    /// Who comes in; approved customers only.
    pub add: Vec<CustomerId>,
    /// Who goes.
    pub remove: Vec<CustomerId>,
}

impl Command for SortCustomers {
    const PERMISSION: Permission = Permission::CustomerManage;
    type Output = Segment;

    async fn run(self, tx: &mut Tx) -> Result<Segment, Error> {
        let seller = organization_of(tx)?;
        for (list, field) in [(&self.add, "addCustomerIds"), (&self.remove, "removeCustomerIds")] {
            if list.len() > CUSTOMERS_MAX {
                return Err(Problem::new(Code::TooMany).with("max", CUSTOMERS_MAX).at(field).into());
            }
        }
        let turn = Turn::take(tx, seller).await?;
        let segment = segment::load(tx, self.segment).await?;
        let added = customers(tx, seller, &self.add).await.map_err(|error| error.at("addCustomerIds"))?;
        if added.iter().any(|part| part.status != ParticipationStatus::Approved) {
            return Err(Problem::new(Code::NotApproved).at("addCustomerIds").into());
        }
        let removed = customers(tx, seller, &self.remove).await.map_err(|error| error.at("removeCustomerIds"))?;
        if !added.is_empty() {
            let buyers: Vec<_> = added.iter().map(|part| part.organization).collect();
            segment::join(tx, &turn, &segment, &buyers).await?;
        }
        if !removed.is_empty() {
            let buyers: Vec<_> = removed.iter().map(|part| part.organization).collect();
            segment::leave(tx, &turn, &segment, &buyers).await?;
        }
        let mut moved = added;
        moved.extend(removed.into_iter().filter(|part| part.status == ParticipationStatus::Approved));
        showing::show(tx, &turn, &moved).await?;
        Ok(segment)
    }
}
