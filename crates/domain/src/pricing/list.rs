//! A price list, from its draft to its end.

use jiff::Timestamp;
use serde::Serialize;

use super::period::Period;
use super::priority;
use super::status::{PriceStatus, StatusStep};
use crate::currency::Currency;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::{Name, ShortText};
use crate::viewing::GroupId;

named! {
    /// For whom a price list or a promotion is.
    pub enum PriceRank {
        /// For one customer alone.
        Customer = "CUSTOMER",
        /// For the customers of a segment.
        Segment = "SEGMENT",
        /// For the buyer of a framework agreement.
        Agreement = "AGREEMENT",
        /// For everybody to whom the seller shows its list prices.
        General = "GENERAL",
    }
}

/// Prices of one seller in one currency for one group of buyers.
///
/// Its priority, validity and status decide prices and are therefore kept as they were at any time; its name is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceList {
    /// Which list.
    pub id: PriceListId,
    /// Whose.
    pub seller: OrganizationId,
    /// The seller's own short name for it; no other list of the seller has it.
    pub code: ShortText,
    /// What people call it.
    pub name: Name,
    /// In which currency all of its prices are.
    pub currency: Currency,
    /// What kind of group it is for.
    pub rank: PriceRank,
    /// Which group: that of the participation, segment or agreement, or the seller's own.
    pub group: GroupId,
    /// Among lists of one rank the higher one goes first; 0 to [`PRIORITY_MAX`](super::PRIORITY_MAX).
    pub priority: i64,
    /// When its prices hold; each may hold for less.
    pub valid: Period,
    /// Whether it is in force.
    pub status: PriceStatus,
    /// Since when the status holds.
    pub since: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`PriceList`].
pub type PriceListId = Id<PriceList>;

/// A list to make, as it was sent.
#[derive(Debug, Clone)]
pub struct PriceListDraft {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The currency of its prices.
    pub currency: Currency,
    /// What kind of group it is for.
    pub rank: PriceRank,
    /// Which group; the caller has looked it up.
    pub group: GroupId,
    /// Its priority.
    pub priority: i64,
    /// From when on; at once when none is named.
    pub valid_from: Option<Timestamp>,
    /// Until when, or no end.
    pub valid_until: Option<Timestamp>,
}

/// What is to change in a list; what is `None` stays, what is `Some(None)` goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PriceListChange {
    /// The new name.
    pub name: Option<String>,
    /// The new priority.
    pub priority: Option<i64>,
    /// The new begin.
    pub valid_from: Option<Option<Timestamp>>,
    /// The new end.
    pub valid_until: Option<Option<Timestamp>>,
}

impl PriceList {
    /// Makes a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn open(
        draft: &PriceListDraft,
        seller: OrganizationId,
        now: Timestamp,
    ) -> Result<(Self, PriceListEvent), Problems> {
        let mut problems = Problems::new();
        let code = problems.take("code", ShortText::parse(&draft.code));
        let name = problems.take("name", Name::parse(&draft.name));
        let priority = problems.take("priority", priority(draft.priority));
        let valid = problems.take("validUntil", Period::parse(draft.valid_from, draft.valid_until, now));
        let ((code, name), (priority, valid)) = problems.finish(code.zip(name).zip(priority.zip(valid)))?;
        let list = Self {
            id: Id::new(),
            seller,
            code,
            name,
            currency: draft.currency,
            rank: draft.rank,
            group: draft.group,
            priority,
            valid,
            status: PriceStatus::Draft,
            since: now,
            created_at: now,
            version: 1,
        };
        let event = PriceListEvent::Created { rank: list.rank };
        Ok((list, event))
    }

    /// Whether its name and terms can still change, and prices be set in it.
    ///
    /// # Errors
    /// [`Code::PriceListStatus`] once it has ended.
    pub fn can_be_revised(&self) -> Result<(), Problem> {
        if self.status == PriceStatus::Ended { Err(self.refusal()) } else { Ok(()) }
    }

    /// Changes its name, priority or validity from now on. `None` when nothing changes.
    ///
    /// # Errors
    /// [`Code::PriceListStatus`] once it has ended; everything that is wrong with the change.
    pub fn revise(&mut self, change: &PriceListChange, now: Timestamp) -> Result<Option<PriceListEvent>, Problems> {
        self.can_be_revised()?;
        let mut problems = Problems::new();
        let name = match &change.name {
            Some(name) => problems.take("name", Name::parse(name)),
            None => Some(self.name.clone()),
        };
        let priority = problems.take("priority", change.priority.map_or(Ok(self.priority), priority));
        let until = change.valid_until.unwrap_or(self.valid.until);
        // An end that has come is refused only where somebody sets it.
        let judged_at = if until == self.valid.until { Timestamp::MIN } else { now };
        let from = change.valid_from.unwrap_or(self.valid.from);
        let valid = problems.take("validUntil", Period::parse(from, until, judged_at));
        let ((name, priority), valid) = problems.finish(name.zip(priority).zip(valid))?;
        if (&name, priority, valid) == (&self.name, self.priority, self.valid) {
            return Ok(None);
        }
        (self.name, self.priority, self.valid) = (name, priority, valid);
        Ok(Some(PriceListEvent::Revised { priority }))
    }

    /// Puts it in force, stops it, takes it up again or ends it.
    ///
    /// # Errors
    /// [`Code::PriceListStatus`] where the step is not open.
    pub fn step(&mut self, step: StatusStep, now: Timestamp) -> Result<PriceListEvent, Problem> {
        self.status = self.status.after(step).ok_or_else(|| self.refusal())?;
        self.since = now;
        Ok(match step {
            StatusStep::Activate => PriceListEvent::Activated,
            StatusStep::Pause => PriceListEvent::Paused,
            StatusStep::Resume => PriceListEvent::Resumed,
            StatusStep::End => PriceListEvent::Ended,
        })
    }

    fn refusal(&self) -> Problem {
        Problem::new(Code::PriceListStatus).with("status", self.status)
    }
}

/// What happens to a price list. Prices themselves are read from the list, which keeps them all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PriceListEvent {
    /// It was made.
    Created {
        /// For what kind of group.
        rank: PriceRank,
    },
    /// Its name, priority or validity changed.
    Revised {
        /// The priority from now on.
        priority: i64,
    },
    /// It was put in force.
    Activated,
    /// It was stopped for now.
    Paused,
    /// It was taken up again.
    Resumed,
    /// It was ended.
    Ended,
    /// Prices were set in it.
    PricesEntered {
        /// How many are new.
        added: usize,
        /// How many took the place of others.
        replaced: usize,
    },
    /// Prices of it were ended.
    PricesEnded {
        /// How many.
        ended: usize,
    },
}

impl DomainEvent for PriceListEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Created { .. } => "PRICE_LIST_CREATED",
            Self::Revised { .. } => "PRICE_LIST_REVISED",
            Self::Activated => "PRICE_LIST_ACTIVATED",
            Self::Paused => "PRICE_LIST_PAUSED",
            Self::Resumed => "PRICE_LIST_RESUMED",
            Self::Ended => "PRICE_LIST_ENDED",
            Self::PricesEntered { .. } => "PRICES_ENTERED",
            Self::PricesEnded { .. } => "PRICES_ENDED",
        }
    }
}
