//! A catalog version, from its first draft to the one that takes its place.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::change::VERSION_CHANGES_MAX;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::Name;

/// How many versions of one organization can be open at once.
pub const OPEN_VERSIONS_MAX: u64 = 100;

/// How far ahead a publication can be scheduled, in days.
pub const SCHEDULE_DAYS_MAX: i64 = 730;

named! {
    /// How far a catalog version is.
    pub enum CatalogVersionStatus {
        /// Its changes are being gathered.
        Draft = "DRAFT",
        /// Its changes stand and are being looked at.
        Review = "REVIEW",
        /// It goes live by itself at its time.
        Scheduled = "SCHEDULED",
        /// It is the last that was published.
        Live = "LIVE",
        /// It was published, and a later version after it.
        Superseded = "SUPERSEDED",
        /// It was given up before it went live.
        Cancelled = "CANCELLED",
    }
}

use CatalogVersionStatus::{Cancelled, Draft, Live, Review, Scheduled, Superseded};

/// A named set of changes that goes live in one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogVersion {
    /// Which version.
    pub id: CatalogVersionId,
    /// Whose catalog it changes.
    pub owner: OrganizationId,
    /// What people call it.
    pub name: Name,
    /// How far it is.
    pub status: CatalogVersionStatus,
    /// Since when the status holds.
    pub since: Timestamp,
    /// When it goes live by itself; only while it is scheduled.
    pub publish_at: Option<Timestamp>,
    /// Its place among the published versions of its owner, from 1 on.
    pub sequence: Option<i64>,
    /// When it went live.
    pub published_at: Option<Timestamp>,
    /// How many changes it holds.
    pub changes: i64,
    /// When it was begun.
    pub created_at: Timestamp,
    /// Counts its changes of state and content.
    pub version: i64,
}

/// The id of a [`CatalogVersion`].
pub type CatalogVersionId = Id<CatalogVersion>;

impl CatalogVersion {
    /// Begins a version beside `open` others that are not published yet.
    ///
    /// # Errors
    /// A name that cannot be; [`Code::TooMany`] beyond [`OPEN_VERSIONS_MAX`].
    pub fn open(
        name: &str,
        owner: OrganizationId,
        open: u64,
        now: Timestamp,
    ) -> Result<(Self, CatalogVersionEvent), Problems> {
        let mut problems = Problems::new();
        let name = problems.take("name", Name::parse(name));
        if open >= OPEN_VERSIONS_MAX {
            problems.push(Problem::new(Code::TooMany).with("max", OPEN_VERSIONS_MAX));
        }
        let version = problems.finish(name)?;
        let version = Self {
            id: Id::new(),
            owner,
            name: version,
            status: Draft,
            since: now,
            publish_at: None,
            sequence: None,
            published_at: None,
            changes: 0,
            created_at: now,
            version: 1,
        };
        Ok((version, CatalogVersionEvent::Begun))
    }

    /// Whether its changes can change: from the review on they stand.
    ///
    /// # Errors
    /// [`Code::CatalogVersionStatus`] unless it is a draft.
    pub fn can_be_written(&self) -> Result<(), Problem> {
        self.must_be(&[Draft])
    }

    /// Whether its changes can be put on top of what was changed directly meanwhile: what they say stays as it was reviewed.
    ///
    /// # Errors
    /// [`Code::CatalogVersionStatus`] once it is scheduled, published or cancelled.
    pub fn can_be_rebased(&self) -> Result<(), Problem> {
        self.must_be(&[Draft, Review])
    }

    /// Takes in `added` changes and lets go of `dropped`.
    ///
    /// # Errors
    /// As [`CatalogVersion::can_be_written`]; [`Code::TooMany`] beyond [`VERSION_CHANGES_MAX`].
    pub fn write(&mut self, added: i64, dropped: i64) -> Result<CatalogVersionEvent, Problem> {
        self.can_be_written()?;
        let changes = self.changes.saturating_add(added).saturating_sub(dropped).max(0);
        if changes > VERSION_CHANGES_MAX {
            return Err(Problem::new(Code::TooMany).with("max", VERSION_CHANGES_MAX));
        }
        self.changes = changes;
        Ok(CatalogVersionEvent::Written { added, dropped })
    }

    /// Hands it over for review.
    ///
    /// # Errors
    /// [`Code::CatalogVersionStatus`] unless it is a draft; [`Code::CatalogVersionEmpty`].
    pub fn submit(&mut self, now: Timestamp) -> Result<CatalogVersionEvent, Problem> {
        self.must_be(&[Draft])?;
        if self.changes == 0 {
            return Err(Code::CatalogVersionEmpty.into());
        }
        self.step(Review, now);
        Ok(CatalogVersionEvent::Submitted)
    }

    /// Gives it back to be written on; a time that was set is no longer.
    ///
    /// # Errors
    /// [`Code::CatalogVersionStatus`] unless it is in review or scheduled.
    pub fn send_back(&mut self, now: Timestamp) -> Result<CatalogVersionEvent, Problem> {
        self.must_be(&[Review, Scheduled])?;
        self.step(Draft, now);
        Ok(CatalogVersionEvent::Returned)
    }

    /// Lets it go live by itself at `publish_at`, to the second; again for another time.
    ///
    /// # Errors
    /// [`Code::CatalogVersionStatus`] unless it is in review or scheduled; [`Code::InPast`] and [`Code::TooFar`] for the time.
    pub fn schedule(&mut self, publish_at: Timestamp, now: Timestamp) -> Result<CatalogVersionEvent, Problem> {
        self.must_be(&[Review, Scheduled])?;
        if publish_at <= now {
            return Err(Problem::new(Code::InPast).at("publishAt"));
        }
        if publish_at.duration_since(now) > SignedDuration::from_hours(24 * SCHEDULE_DAYS_MAX) {
            return Err(Problem::new(Code::TooFar).with("max", SCHEDULE_DAYS_MAX).at("publishAt"));
        }
        self.step(Scheduled, now);
        self.publish_at = Some(publish_at);
        Ok(CatalogVersionEvent::Scheduled { publish_at })
    }

    /// Whether it can go live now, as far as its own state goes.
    ///
    /// # Errors
    /// [`Code::CatalogVersionStatus`] unless it is in review or scheduled.
    pub fn can_be_published(&self) -> Result<(), Problem> {
        self.must_be(&[Review, Scheduled])
    }

    /// It is live, as number `sequence` of its owner's published versions.
    ///
    /// # Errors
    /// As [`CatalogVersion::can_be_published`].
    pub fn publish(&mut self, sequence: i64, now: Timestamp) -> Result<CatalogVersionEvent, Problem> {
        self.can_be_published()?;
        self.step(Live, now);
        self.sequence = Some(sequence);
        self.published_at = Some(now);
        Ok(CatalogVersionEvent::Published { sequence, changes: self.changes })
    }

    /// Its time had come and it could not go live: back to review, where its conflicts are shown.
    ///
    /// # Errors
    /// [`Code::CatalogVersionStatus`] unless it is scheduled.
    pub fn hold(&mut self, reason: Code, now: Timestamp) -> Result<CatalogVersionEvent, Problem> {
        self.must_be(&[Scheduled])?;
        self.step(Review, now);
        Ok(CatalogVersionEvent::Held { reason })
    }

    /// A later version went live.
    ///
    /// # Errors
    /// [`Code::CatalogVersionStatus`] unless it is live.
    pub fn supersede(&mut self, now: Timestamp) -> Result<CatalogVersionEvent, Problem> {
        self.must_be(&[Live])?;
        self.step(Superseded, now);
        Ok(CatalogVersionEvent::Superseded)
    }

    /// Gives it up.
    ///
    /// # Errors
    /// [`Code::CatalogVersionStatus`] once it is published or cancelled.
    pub fn cancel(&mut self, now: Timestamp) -> Result<CatalogVersionEvent, Problem> {
        self.must_be(&[Draft, Review, Scheduled])?;
        self.step(Cancelled, now);
        Ok(CatalogVersionEvent::Cancelled)
    }

    /// Whether it was published, now or before.
    #[must_use]
    pub const fn is_published(&self) -> bool {
        matches!(self.status, Live | Superseded)
    }

    fn must_be(&self, statuses: &[CatalogVersionStatus]) -> Result<(), Problem> {
        if statuses.contains(&self.status) {
            return Ok(());
        }
        Err(Problem::new(Code::CatalogVersionStatus).with("status", self.status))
    }

    fn step(&mut self, to: CatalogVersionStatus, now: Timestamp) {
        self.status = to;
        self.since = now;
        self.publish_at = None;
    }
}

/// What happens to a catalog version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum CatalogVersionEvent {
    /// It was begun.
    Begun,
    /// Changes were added or dropped.
    Written {
        /// How many are new.
        added: i64,
        /// How many are gone.
        dropped: i64,
    },
    /// Changes were put on top of what the catalog is by now.
    Rebased {
        /// How many.
        changes: usize,
    },
    /// It was handed over for review.
    Submitted,
    /// It was given back.
    Returned,
    /// It has a time.
    Scheduled {
        /// When it goes live.
        publish_at: Timestamp,
    },
    /// It is live: the products of its changes are from now on as they say. One event for all of them.
    Published {
        /// Its place among the published versions.
        sequence: i64,
        /// How many products it changed.
        changes: i64,
    },
    /// Its time came and it could not go live.
    Held {
        /// Why.
        #[serde(serialize_with = "as_name")]
        reason: Code,
    },
    /// A later version went live.
    Superseded,
    /// It was given up.
    Cancelled,
}

fn as_name<S: serde::Serializer>(code: &Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(crate::named::Named::name(*code))
}

impl DomainEvent for CatalogVersionEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Begun => "CATALOG_VERSION_BEGUN",
            Self::Written { .. } => "CATALOG_VERSION_WRITTEN",
            Self::Rebased { .. } => "CATALOG_VERSION_REBASED",
            Self::Submitted => "CATALOG_VERSION_SUBMITTED",
            Self::Returned => "CATALOG_VERSION_RETURNED",
            Self::Scheduled { .. } => "CATALOG_VERSION_SCHEDULED",
            Self::Published { .. } => "CATALOG_VERSION_PUBLISHED",
            Self::Held { .. } => "CATALOG_VERSION_HELD",
            Self::Superseded => "CATALOG_VERSION_SUPERSEDED",
            Self::Cancelled => "CATALOG_VERSION_CANCELLED",
        }
    }
}
