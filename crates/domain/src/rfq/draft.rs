//! A request as it is sent in, and what it must fulfil.

use jiff::{SignedDuration, Timestamp};

use super::line::{RfqLine, RfqLineDraft};
use super::{Bidding, DEADLINE_MAX_DAYS, LINES_MAX, RfqAudience, RfqId};
use crate::attachment::{AttachmentId, check_ids};
use crate::currency::Currency;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::{Name, Prose};
use crate::venue::VenueId;

/// The content of a request, as it was sent.
#[derive(Debug, Clone)]
pub struct RfqDraft {
    /// In which venue.
    pub venue: VenueId,
    /// What it is about.
    pub title: String,
    /// What else there is to say.
    pub description: Option<String>,
    /// The buyer's currency.
    pub currency: String,
    /// Who may quote.
    pub audience: RfqAudience,
    /// When quotes are read.
    pub bidding: Bidding,
    /// Until when quotes are taken.
    pub deadline: Timestamp,
    /// What is needed, in the buyer's order.
    pub lines: Vec<RfqLineDraft>,
    /// The buyer's files that go with it, in its order.
    pub attachments: Vec<AttachmentId>,
}

/// The parsed part of a draft.
pub(super) struct Terms {
    pub(super) title: Name,
    pub(super) description: Option<Prose<4000>>,
    pub(super) currency: Currency,
}

impl RfqDraft {
    /// The terms and lines, if all of them can be.
    pub(super) fn parse(
        &self,
        rfq: RfqId,
        buyer: OrganizationId,
        now: Timestamp,
    ) -> Result<(Terms, Vec<RfqLine>), Problems> {
        let mut problems = Problems::new();
        let title = problems.take("title", Name::parse(&self.title));
        let description = self.description.as_deref().map(Prose::parse).transpose();
        let description = problems.take("description", description);
        let currency = problems.take("currency", Currency::parse(&self.currency));
        problems.take("deadline", check_deadline(self.deadline, now));
        problems.take("attachmentIds", check_ids(&self.attachments));
        let mut lines = Vec::new();
        if self.lines.len() > LINES_MAX {
            problems.push(Problem::new(Code::TooMany).with("max", LINES_MAX).at("lines"));
        } else if let Some(currency) = currency {
            for (n, line) in self.lines.iter().enumerate() {
                let parsed = line.parse(rfq, buyer, n, currency, now).map_err(|problems| problems.at(n));
                lines.extend(problems.take("lines", parsed));
            }
        }
        let terms = match (title, description, currency) {
            (Some(title), Some(description), Some(currency)) => Some(Terms { title, description, currency }),
            _ => None,
        };
        Ok((problems.finish(terms)?, lines))
    }
}

/// A deadline lies ahead, and not further than a request is kept waiting for.
pub(super) fn check_deadline(deadline: Timestamp, now: Timestamp) -> Result<(), Problem> {
    if deadline <= now {
        return Err(Code::InPast.into());
    }
    if deadline.duration_since(now) > SignedDuration::from_hours(24 * DEADLINE_MAX_DAYS) {
        return Err(Problem::new(Code::TooFar).with("max", DEADLINE_MAX_DAYS));
    }
    Ok(())
}
