//! Segments: customers whom a seller treats alike.

use jiff::Timestamp;
use serde::Serialize;

use crate::event::DomainEvent;
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::problem::Problems;
use crate::text::{Name, ShortText};

/// How many segments a seller has at most.
pub const SEGMENTS_MAX: usize = 200;

/// Customers whom their seller treats alike, in prices and assortments. Only the seller knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Which segment.
    pub id: SegmentId,
    /// Whose.
    pub seller: OrganizationId,
    /// The seller's short name for it; no other segment of the seller has it.
    pub code: ShortText,
    /// What people call it.
    pub name: Name,
    /// When it was made.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`Segment`].
pub type SegmentId = Id<Segment>;

/// A segment as it was sent; in a change, what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SegmentDraft {
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

impl Segment {
    /// Makes a segment.
    ///
    /// # Errors
    /// Everything that is wrong with the draft.
    pub fn open(
        draft: &SegmentDraft,
        seller: OrganizationId,
        now: Timestamp,
    ) -> Result<(Self, SegmentEvent), Problems> {
        let mut problems = Problems::new();
        let code = problems.take("code", ShortText::parse(draft.code.as_deref().unwrap_or_default()));
        let name = problems.take("name", Name::parse(draft.name.as_deref().unwrap_or_default()));
        let (code, name) = problems.finish(code.zip(name))?;
        Ok((Self { id: Id::new(), seller, code, name, created_at: now, version: 1 }, SegmentEvent::Defined))
    }

    /// Calls it otherwise.
    ///
    /// # Errors
    /// Everything that is wrong with the draft.
    pub fn amend(&mut self, draft: &SegmentDraft) -> Result<SegmentEvent, Problems> {
        let mut problems = Problems::new();
        let code =
            draft.code.as_deref().map_or(Some(self.code.clone()), |code| problems.take("code", ShortText::parse(code)));
        let name =
            draft.name.as_deref().map_or(Some(self.name.clone()), |name| problems.take("name", Name::parse(name)));
        (self.code, self.name) = problems.finish(code.zip(name))?;
        Ok(SegmentEvent::Amended)
    }
}

/// What happens to a segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum SegmentEvent {
    /// It was made.
    Defined,
    /// It is called otherwise.
    Amended,
    /// Customers came into it.
    Joined {
        /// How many.
        customers: usize,
    },
    /// Customers were taken out of it.
    Left {
        /// How many.
        customers: usize,
    },
}

impl DomainEvent for SegmentEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Defined => "SEGMENT_DEFINED",
            Self::Amended => "SEGMENT_AMENDED",
            Self::Joined { .. } => "SEGMENT_JOINED",
            Self::Left { .. } => "SEGMENT_LEFT",
        }
    }
}
