//! Stretches of time in which something holds.

use jiff::Timestamp;

use crate::problem::{Code, Problem};

/// From a moment on, that moment included, until another, that one excluded. `None` is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first moment.
    pub from: Option<Timestamp>,
    /// The first moment after it.
    pub until: Option<Timestamp>,
}

impl Period {
    /// All of time.
    pub const ALWAYS: Self = Self { from: None, until: None };

    /// A period as it was sent, which must not be over at `now`.
    ///
    /// # Errors
    /// [`Code::EndsBeforeStart`] also where it would be empty; [`Code::InPast`].
    pub fn parse(from: Option<Timestamp>, until: Option<Timestamp>, now: Timestamp) -> Result<Self, Problem> {
        match (from, until) {
            (Some(from), Some(until)) if until <= from => Err(Code::EndsBeforeStart.into()),
            (_, Some(until)) if until <= now => Err(Code::InPast.into()),
            _ => Ok(Self { from, until }),
        }
    }

    /// Whether it has not begun at `time`.
    #[must_use]
    pub fn is_ahead(&self, time: Timestamp) -> bool {
        self.from.is_some_and(|from| time < from)
    }

    /// Whether it is over at `time`.
    #[must_use]
    pub fn is_over(&self, time: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= time)
    }

    /// Whether `time` lies in it.
    #[must_use]
    pub fn holds(&self, time: Timestamp) -> bool {
        !self.is_ahead(time) && !self.is_over(time)
    }

    /// Whether the two have a moment in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_before_end = |one: &Self, other: &Self| match (one.from, other.until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        };
        begins_before_end(self, other) && begins_before_end(other, self)
    }

    /// What the two have in common; it may hold never.
    #[must_use]
    pub fn within(&self, other: &Self) -> Self {
        let until = match (self.until, other.until) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        Self { from: self.from.max(other.from), until }
    }
}
