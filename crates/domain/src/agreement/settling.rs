//! What becomes of an agreement at its end, and what goes on from it.

use jiff::Timestamp;

use super::draft::is_near;
use super::negotiation::{Drafted, Parties};
use super::{
    Agreement, AgreementContent, AgreementEvent, AgreementLine, AgreementState, AgreementStatus, AgreementTerms,
    AgreementVersion, MissedLine, months_later,
};
use crate::money::Money;
use crate::problem::{Code, Problem, Problems};
use crate::side::Side;

impl Agreement {
    /// Whether a successor can be offered.
    ///
    /// # Errors
    /// [`Code::AgreementStatus`] unless it binds; [`Code::RenewalExists`] where one is agreed; [`Code::TerminationPending`].
    pub fn can_renew(&self, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[AgreementStatus::Agreed, AgreementStatus::Active, AgreementStatus::Suspended], now)?;
        if self.successor.is_some() {
            return Err(Code::RenewalExists.into());
        }
        if self.termination.is_some() { Err(Code::TerminationPending.into()) } else { Ok(()) }
    }

    /// `by` offers to go on with the same `content` until `valid_until`.
    ///
    /// # Errors
    /// As [`Agreement::can_renew`]; at `validUntil` [`Code::EndsBeforeStart`] and [`Code::TooFar`].
    pub fn renew(
        &self,
        by: Side,
        content: &AgreementContent,
        valid_until: Timestamp,
        now: Timestamp,
    ) -> Result<Drafted, Problems> {
        self.can_renew(now)?;
        if valid_until <= self.terms.valid_until {
            return Err(Problem::new(Code::EndsBeforeStart).at("validUntil").into());
        }
        is_near(valid_until, now).map_err(|problem| problem.at("validUntil"))?;
        let (mut next, mut version, _) = self.go_on(by, content, valid_until, now)?;
        let event = next.offer(by, &mut version, now)?;
        Ok((next, version, event))
    }

    fn go_on(
        &self,
        by: Side,
        content: &AgreementContent,
        valid_until: Timestamp,
        now: Timestamp,
    ) -> Result<Drafted, Problems> {
        let valid_from = self.terms.valid_until;
        let terms = AgreementTerms { valid_from, valid_until, ..content.terms.clone() };
        let content = AgreementContent { terms, lines: content.lines.clone() };
        let parties = Parties { buyer: self.buyer, seller: self.seller, venue: self.venue };
        Self::begin(parties, by, content, Some(self.id), now)
    }

    /// Until when it goes on by itself from its end; nothing where it does not, because that was not agreed, notice was given, it is
    /// suspended or terminated, or a successor was agreed already.
    #[must_use]
    pub fn renews_until(&self) -> Option<Timestamp> {
        let stops = self.notice.is_some() || self.termination.is_some() || self.successor.is_some();
        if self.state != AgreementState::Agreed || stops {
            return None;
        }
        months_later(self.terms.valid_until, self.anchor_day, self.terms.renewal_months?)
    }

    /// The successor by which it goes on by itself: agreed at once, with the same `content` and nothing called off.
    ///
    /// # Errors
    /// [`Code::NotRenewing`].
    pub fn renew_by_itself(
        &self,
        content: &AgreementContent,
        now: Timestamp,
    ) -> Result<(Self, AgreementVersion, AgreementEvent), Problems> {
        let until = self.renews_until().ok_or(Code::NotRenewing)?;
        let (mut next, mut version, _) = self.go_on(self.author, content, until, now)?;
        version.offered_at = Some(now);
        next.anchor_day = self.anchor_day;
        next.bind(now);
        Ok((next, version, AgreementEvent::RenewedByItself { predecessor: self.id }))
    }

    /// `next`, which was agreed, goes on from it.
    pub fn renewed_by(&mut self, next: &Self) -> AgreementEvent {
        self.successor = Some(next.id);
        AgreementEvent::Renewed { successor: next.id }
    }

    /// Its end has come. `lines` are all of its lines. Answers what there is to tell.
    ///
    /// # Errors
    /// [`Code::DeadlineAhead`] before its end; [`Code::AgreementStatus`] where nobody is bound or its end was seen to.
    pub fn settle(&mut self, lines: &[AgreementLine], now: Timestamp) -> Result<Vec<AgreementEvent>, Problem> {
        if !self.is_concluded() || self.settled {
            return Err(Problem::new(Code::AgreementStatus).with("status", self.status(now)));
        }
        if now < self.ends_at() {
            return Err(Code::DeadlineAhead.into());
        }
        self.settled = true;
        let mut events = Vec::new();
        match self.termination {
            Some(_) => {
                self.become_(AgreementState::Terminated, now);
                events.push(AgreementEvent::Terminated);
            }
            None => {
                self.next_check_at = None;
                if self.successor.is_none() {
                    events.push(AgreementEvent::Expired);
                }
            }
        }
        events.extend(self.missed(lines)?);
        Ok(events)
    }

    /// What was called off in all.
    ///
    /// # Errors
    /// [`Code::AmountTooLarge`].
    pub fn called_off_amount(&self, lines: &[AgreementLine]) -> Result<Money, Problem> {
        Money::sum(self.terms.currency, lines.iter().map(|line| line.called_off_amount))
    }

    /// What of the promised least was not called off.
    fn missed(&self, lines: &[AgreementLine]) -> Result<Option<AgreementEvent>, Problem> {
        let called_off = self.called_off_amount(lines)?;
        let committed = match self.terms.commitment {
            Some(committed) if called_off.checked_cmp(committed)?.is_lt() => Some(committed),
            _ => None,
        };
        let of_line = |line: &AgreementLine| {
            let commitment = line.terms.commitment.filter(|_| !line.is_met())?;
            Some(MissedLine { line: line.id, commitment, called_off: line.called_off, unit: line.terms.unit })
        };
        let lines: Vec<_> = lines.iter().filter_map(of_line).collect();
        let is_missed = committed.is_some() || !lines.is_empty();
        Ok(is_missed.then_some(AgreementEvent::CommitmentMissed { committed, called_off, lines }))
    }
}
