//! A promotion, from its draft to its end.

use jiff::Timestamp;
use serde::Serialize;

use super::list::PriceRank;
use super::promotion_terms::{PromotionChange, PromotionDraft, PromotionTarget, PromotionTerms};
use super::status::{PriceStatus, StatusStep};
use crate::event::DomainEvent;
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::Name;
use crate::viewing::GroupId;

/// A seller's promotion for a group of buyers; for the group of an agreement it is the agreement's discount and tried under that rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    /// Which promotion.
    pub id: PromotionId,
    /// Whose.
    pub seller: OrganizationId,
    /// What people call it; buyers read it where it makes their price.
    pub name: Name,
    /// What kind of group it is for.
    pub rank: PriceRank,
    /// Which group.
    pub group: GroupId,
    /// For which products.
    pub target: PromotionTarget,
    /// What it says.
    pub terms: PromotionTerms,
    /// Whether it is in force.
    pub status: PriceStatus,
    /// Since when the status holds.
    pub since: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`Promotion`].
pub type PromotionId = Id<Promotion>;

impl Promotion {
    /// Makes a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn open(
        draft: &PromotionDraft,
        seller: OrganizationId,
        now: Timestamp,
    ) -> Result<(Self, PromotionEvent), Problems> {
        let mut problems = Problems::new();
        let name = problems.take("name", Name::parse(&draft.name));
        let keep =
            |problems: &mut Problems, found: Problems| found.into_iter().for_each(|problem| problems.push(problem));
        let target = draft.target.parse().map_err(|found| keep(&mut problems, found)).ok();
        let terms = PromotionTerms::parse(draft, now).map_err(|found| keep(&mut problems, found)).ok();
        let ((name, target), terms) = problems.finish(name.zip(target).zip(terms))?;
        let promotion = Self {
            id: Id::new(),
            seller,
            name,
            rank: draft.rank,
            group: draft.group,
            target,
            terms,
            status: PriceStatus::Draft,
            since: now,
            created_at: now,
            version: 1,
        };
        Ok((promotion, PromotionEvent::Created { rank: draft.rank }))
    }

    /// Whether its name and terms can still change.
    ///
    /// # Errors
    /// [`Code::PromotionStatus`] once it has ended.
    pub fn can_be_revised(&self) -> Result<(), Problem> {
        if self.status == PriceStatus::Ended { Err(self.refusal()) } else { Ok(()) }
    }

    /// Says something else from now on. `None` when nothing changes.
    ///
    /// # Errors
    /// [`Code::PromotionStatus`] once it has ended; everything that is wrong with the change.
    pub fn revise(&mut self, change: &PromotionChange, now: Timestamp) -> Result<Option<PromotionEvent>, Problems> {
        self.can_be_revised()?;
        let mut problems = Problems::new();
        let name = match &change.name {
            Some(name) => problems.take("name", Name::parse(name)),
            None => Some(self.name.clone()),
        };
        let terms = self.terms.changed(change, now);
        let terms = terms.map_err(|found| found.into_iter().for_each(|problem| problems.push(problem))).ok();
        let (name, terms) = problems.finish(name.zip(terms))?;
        if (&name, &terms) == (&self.name, &self.terms) {
            return Ok(None);
        }
        (self.name, self.terms) = (name, terms);
        Ok(Some(PromotionEvent::Revised))
    }

    /// Puts it in force, stops it, takes it up again or ends it.
    ///
    /// # Errors
    /// [`Code::PromotionStatus`] where the step is not open.
    pub fn step(&mut self, step: StatusStep, now: Timestamp) -> Result<PromotionEvent, Problem> {
        self.status = self.status.after(step).ok_or_else(|| self.refusal())?;
        self.since = now;
        Ok(match step {
            StatusStep::Activate => PromotionEvent::Activated,
            StatusStep::Pause => PromotionEvent::Paused,
            StatusStep::Resume => PromotionEvent::Resumed,
            StatusStep::End => PromotionEvent::Ended,
        })
    }

    fn refusal(&self) -> Problem {
        Problem::new(Code::PromotionStatus).with("status", self.status)
    }
}

/// What happens to a promotion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PromotionEvent {
    /// It was made.
    Created {
        /// For what kind of group.
        rank: PriceRank,
    },
    /// Its name or terms changed.
    Revised,
    /// It was put in force.
    Activated,
    /// It was stopped for now.
    Paused,
    /// It was taken up again.
    Resumed,
    /// It was ended.
    Ended,
}

impl DomainEvent for PromotionEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Created { .. } => "PROMOTION_CREATED",
            Self::Revised => "PROMOTION_REVISED",
            Self::Activated => "PROMOTION_ACTIVATED",
            Self::Paused => "PROMOTION_PAUSED",
            Self::Resumed => "PROMOTION_RESUMED",
            Self::Ended => "PROMOTION_ENDED",
        }
    }
}
