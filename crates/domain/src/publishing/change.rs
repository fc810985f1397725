//! One change of one product within a version.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::diff::FieldChange;
use super::version::CatalogVersionId;
use super::{Snapshot, diff};
use crate::catalog::{Classification, Product, ProductDetails, ProductId, ProductStatus};
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem};

/// How many changes one version can hold.
pub const VERSION_CHANGES_MAX: i64 = 200_000;

/// How many changes one request adds, drops or re-bases.
pub const CHANGES_AT_ONCE_MAX: usize = 1_000;

named! {
    /// What a change does to its product.
    pub enum ChangeKind {
        /// Adds it and shows it.
        Add = "ADD",
        /// Describes it otherwise.
        Revise = "REVISE",
        /// Shows it.
        Publish = "PUBLISH",
        /// Shows it no longer.
        Withdraw = "WITHDRAW",
    }
}

use ChangeKind::{Add, Publish, Revise, Withdraw};

/// What a product is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its words.
    pub details: ProductDetails,
    /// Its type, and of which product it is a variant.
    pub classification: Classification,
}

/// A change to make, with what its product was when its author looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeDraft {
    /// Adds and shows a product.
    Add(Box<Proposal>),
    /// Describes a product otherwise: all of it.
    Revise(ProductId, i64, Box<Proposal>),
    /// Shows a product.
    Publish(ProductId, i64),
    /// Shows a product no longer.
    Withdraw(ProductId, i64),
}

/// One change of one product; a version has at most one of each product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogChange {
    /// Which change.
    pub id: CatalogChangeId,
    /// In which version.
    pub catalog_version: CatalogVersionId,
    /// Whose catalog.
    pub owner: OrganizationId,
    /// Which product; of one that is added, the id that it will have.
    pub product: ProductId,
    /// What it does.
    pub kind: ChangeKind,
    /// What the product is to be, where it is described.
    pub proposal: Option<Proposal>,
    /// The version of the product that it was made against; none for one that is added.
    pub made_against: Option<i64>,
    /// The product as it was then. Publishing is refused when it is another by now, so this is also what the change replaced.
    pub before: Option<Snapshot>,
    /// When it was made, or put on top of what the catalog was then.
    pub made_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`CatalogChange`].
pub type CatalogChangeId = Id<CatalogChange>;

impl CatalogChange {
    /// A change of `owner`'s catalog for a version, made against `now_is`, the product as it is now (none for one that is added).
    ///
    /// # Errors
    /// [`Code::Stale`] when the author looked at another version; [`Code::ProductStatus`] for a step that does not fit.
    pub fn make(
        draft: ChangeDraft,
        now_is: Option<&Product>,
        (catalog_version, owner): (CatalogVersionId, OrganizationId),
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let (kind, expected, proposal) = match draft {
            ChangeDraft::Add(proposal) => (Add, None, Some(*proposal)),
            ChangeDraft::Revise(_, expected, proposal) => (Revise, Some(expected), Some(*proposal)),
            ChangeDraft::Publish(_, expected) => (Publish, Some(expected), None),
            ChangeDraft::Withdraw(_, expected) => (Withdraw, Some(expected), None),
        };
        if now_is.map(|product| product.version) != expected {
            return Err(Problem::new(Code::Stale).at("expectedVersion"));
        }
        let change = Self {
            id: Id::new(),
            catalog_version,
            owner,
            product: now_is.map_or_else(Id::new, |product| product.id),
            kind,
            proposal,
            made_against: expected,
            before: now_is.map(Snapshot::of),
            made_at: now,
            version: 1,
        };
        now_is.map_or(Ok(()), |product| change.fits(product.status))?;
        Ok(change)
    }

    /// Puts it on top of the product as it is now: what was changed directly meanwhile gives way to what the change says.
    ///
    /// # Errors
    /// [`Code::ProductStatus`] for a step that does not fit any more.
    pub fn rebase(&mut self, product: &Product, now: Timestamp) -> Result<(), Problem> {
        self.fits(product.status)?;
        self.made_against = Some(product.version);
        self.before = Some(Snapshot::of(product));
        self.made_at = now;
        Ok(())
    }

    /// The product after it.
    #[must_use]
    pub fn after(&self) -> Option<Snapshot> {
        let status = match self.kind {
            Add | Publish => Some(ProductStatus::Published),
            Withdraw => Some(ProductStatus::Withdrawn),
            Revise => None,
        };
        let snapshot = match (&self.proposal, &self.before) {
            (Some(proposal), before) => Snapshot {
                details: proposal.details.clone(),
                classification: proposal.classification.clone(),
                status: before.as_ref().map(|before| before.status.clone()).unwrap_or_default(),
            },
            (None, Some(before)) => before.clone(),
            (None, None) => return None,
        };
        Some(match status {
            Some(status) => snapshot.at(status),
            None => snapshot,
        })
    }

    /// What it changes, field by field: against `now_is` where the version is not published yet and the product is another by now, else
    /// against what it was made against.
    #[must_use]
    pub fn fields(&self, now_is: Option<&Snapshot>) -> Vec<FieldChange> {
        let Some(after) = self.after() else { return Vec::new() };
        diff(now_is.or(self.before.as_ref()), &after)
    }

    fn fits(&self, status: ProductStatus) -> Result<(), Problem> {
        let fits = match self.kind {
            Add | Revise => true,
            Publish => status != ProductStatus::Published,
            Withdraw => status == ProductStatus::Published,
        };
        if fits { Ok(()) } else { Err(Problem::new(Code::ProductStatus).with("status", status)) }
    }
}

/// Why a change cannot go live as the catalog is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conflicts(BTreeMap<CatalogChangeId, Code>);

impl Conflicts {
    /// Notes that `change` conflicts; the first reason stands.
    pub fn note(&mut self, change: CatalogChangeId, code: Code) {
        self.0.entry(change).or_insert(code);
    }

    /// Why `change` conflicts, if it does.
    #[must_use]
    pub fn of(&self, change: CatalogChangeId) -> Option<Code> {
        self.0.get(&change).copied()
    }

    /// Which changes conflict.
    pub fn changes(&self) -> impl Iterator<Item = CatalogChangeId> {
        self.0.keys().copied()
    }

    /// `Ok` while nothing conflicts.
    ///
    /// # Errors
    /// [`Code::VersionConflicts`] with how many do.
    pub fn check(&self) -> Result<(), Problem> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Problem::new(Code::VersionConflicts).with("count", self.0.len()))
    }
}
