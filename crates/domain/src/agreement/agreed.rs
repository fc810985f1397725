//! What either side can do once both are bound: suspend, give notice, terminate.

use jiff::Timestamp;

use super::{Agreement, AgreementEvent, AgreementState, AgreementStatus, Reason};
use crate::problem::{Code, Problem};
use crate::side::{As, Seller, Side};

/// What both sides are bound by, whether or not its validity has begun.
const STANDING: [AgreementStatus; 3] = [AgreementStatus::Agreed, AgreementStatus::Active, AgreementStatus::Suspended];

/// That one side does not want the agreement to go on by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Who gave it.
    pub by: Side,
    /// When.
    pub at: Timestamp,
}

/// That one side ends the agreement before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Termination {
    /// Who ends it.
    pub by: Side,
    /// When it ends.
    pub at: Timestamp,
}

impl Agreement {
    /// Whether notice can be given at `now`.
    ///
    /// # Errors
    /// [`Code::AgreementStatus`]; [`Code::NotRenewing`] where there is nothing to stop; [`Code::NoticeGiven`]; [`Code::NoticeTooLate`].
    pub fn takes_notice(&self, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&STANDING, now)?;
        if self.terms.renewal_months.is_none() || self.termination.is_some() || self.successor.is_some() {
            return Err(Code::NotRenewing.into());
        }
        if self.notice.is_some() {
            return Err(Code::NoticeGiven.into());
        }
        let deadline = self.notice_deadline();
        if now > deadline {
            return Err(Problem::new(Code::NoticeTooLate).with("deadline", deadline));
        }
        Ok(())
    }

    /// `by` does not want it to go on by itself.
    ///
    /// # Errors
    /// As [`Agreement::takes_notice`].
    pub fn give_notice(&mut self, by: Side, now: Timestamp) -> Result<AgreementEvent, Problem> {
        self.takes_notice(now)?;
        self.notice = Some(Notice { by, at: now });
        Ok(AgreementEvent::NoticeGiven { by })
    }

    /// Whether it can be ended before its time.
    ///
    /// # Errors
    /// [`Code::AgreementStatus`]; [`Code::TerminationPending`] where that was said already.
    pub fn can_terminate(&self, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&STANDING, now)?;
        if self.termination.is_some() { Err(Code::TerminationPending.into()) } else { Ok(()) }
    }

    /// `by` ends it for cause, at once or at a later time within its validity. What was called off stays ordered.
    ///
    /// # Errors
    /// As [`Agreement::can_terminate`]; at `effectiveAt` [`Code::InPast`] and [`Code::AfterEnd`].
    pub fn terminate(
        &mut self,
        by: Side,
        reason: Reason,
        effective_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<AgreementEvent, Problem> {
        self.can_terminate(now)?;
        let at = effective_at.unwrap_or(now);
        if at < now {
            return Err(Problem::new(Code::InPast).at("effectiveAt"));
        }
        if at >= self.terms.valid_until {
            return Err(Problem::new(Code::AfterEnd).with("end", self.terms.valid_until).at("effectiveAt"));
        }
        self.termination = Some(Termination { by, at });
        self.reason = Some(reason.clone());
        self.next_check_at = self.due();
        Ok(AgreementEvent::TerminationDeclared { by, reason, effective_at: at })
    }

    /// Whether the seller can stop it for now.
    ///
    /// # Errors
    /// [`Code::AgreementStatus`].
    pub fn can_suspend(&self, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[AgreementStatus::Agreed, AgreementStatus::Active], now)
    }

    /// Whether the seller can take it up again.
    ///
    /// # Errors
    /// [`Code::AgreementStatus`].
    pub fn can_resume(&self, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[AgreementStatus::Suspended], now)
    }
}

impl As<Seller, Agreement> {
    /// Stops it for now: no price, no call-off. Time goes on.
    ///
    /// # Errors
    /// As [`Agreement::can_suspend`].
    pub fn suspend(&mut self, reason: Reason, now: Timestamp) -> Result<AgreementEvent, Problem> {
        self.can_suspend(now)?;
        self.reason = Some(reason.clone());
        self.become_(AgreementState::Suspended, now);
        Ok(AgreementEvent::Suspended { reason })
    }

    /// Takes it up again.
    ///
    /// # Errors
    /// As [`Agreement::can_resume`].
    pub fn resume(&mut self, now: Timestamp) -> Result<AgreementEvent, Problem> {
        self.can_resume(now)?;
        self.become_(AgreementState::Agreed, now);
        Ok(AgreementEvent::Resumed)
    }
}
