//! Negotiating: drafting, offering, countering, accepting. The verbs are the same for both sides; who may use them when is not: an offer
//! is its author's to take back and the other side's to answer.

use jiff::Timestamp;

use super::{
    Agreement, AgreementContent, AgreementEvent, AgreementId, AgreementState, AgreementStatus, AgreementVersion,
    ContentHash, Reason, renewal,
};
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::side::Side;
use crate::text::ShortText;
use crate::venue::VenueId;

/// The most rounds that one negotiation has.
pub const ROUNDS_MAX: i64 = 50;

/// Who negotiates, and where they met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parties {
    /// Who would buy.
    pub buyer: OrganizationId,
    /// Who would sell.
    pub seller: OrganizationId,
    /// The seller's shop.
    pub venue: VenueId,
}

/// An agreement with the version that was just written.
pub type Drafted = (Agreement, AgreementVersion, AgreementEvent);

impl Agreement {
    /// `drafter` writes a first version that only it sees.
    ///
    /// # Errors
    /// [`Code::SameParty`].
    pub fn draft(
        parties: Parties,
        drafter: Side,
        content: AgreementContent,
        now: Timestamp,
    ) -> Result<Drafted, Problems> {
        Self::begin(parties, drafter, content, None, now)
    }

    /// The same as a successor of `predecessor`.
    pub(super) fn begin(
        parties: Parties,
        drafter: Side,
        content: AgreementContent,
        predecessor: Option<AgreementId>,
        now: Timestamp,
    ) -> Result<Drafted, Problems> {
        let Parties { buyer, seller, venue } = parties;
        if buyer == seller {
            return Err(Code::SameParty.into());
        }
        let id = Id::new();
        let agreement = Self {
            id,
            number: ShortText::parse(&format!("FA-{}", crate::id::short(id)))?,
            buyer,
            seller,
            venue,
            drafter,
            author: drafter,
            state: AgreementState::Draft,
            since: now,
            current: 1,
            hash: ContentHash::of(id, 1, &content)?,
            anchor_day: renewal::anchor_of(content.terms.valid_until),
            terms: content.terms.clone(),
            agreed_at: None,
            reason: None,
            notice: None,
            termination: None,
            predecessor,
            successor: None,
            settled: false,
            created_at: now,
            next_check_at: None,
            version: 1,
        };
        let version = agreement.written(content, now);
        Ok((agreement, version, AgreementEvent::Drafted { by: drafter }))
    }

    /// The version with the agreement's current number.
    fn written(&self, content: AgreementContent, now: Timestamp) -> AgreementVersion {
        AgreementVersion {
            id: Id::new(),
            agreement: self.id,
            buyer: self.buyer,
            seller: self.seller,
            number: self.current,
            author: self.author,
            content,
            hash: self.hash.clone(),
            created_at: now,
            offered_at: None,
            version: 1,
        }
    }

    /// Whether `by` may change or offer what it drafted.
    ///
    /// # Errors
    /// [`Code::AgreementStatus`] once it was offered; [`Code::WrongSide`].
    pub fn is_drafted_by(&self, by: Side, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[AgreementStatus::Draft], now)?;
        if by == self.author { Ok(()) } else { Err(Code::WrongSide.into()) }
    }

    /// Replaces the content of the draft, which is `version`.
    ///
    /// # Errors
    /// As [`Agreement::is_drafted_by`].
    pub fn revise(
        &mut self,
        by: Side,
        version: &mut AgreementVersion,
        content: AgreementContent,
        now: Timestamp,
    ) -> Result<AgreementEvent, Problem> {
        self.is_drafted_by(by, now)?;
        self.put(&content)?;
        version.content = content;
        version.hash = self.hash.clone();
        Ok(AgreementEvent::DraftRevised)
    }

    /// Puts `content` on the table as the current version.
    fn put(&mut self, content: &AgreementContent) -> Result<(), Problem> {
        self.hash = ContentHash::of(self.id, self.current, content)?;
        self.anchor_day = renewal::anchor_of(content.terms.valid_until);
        self.terms = content.terms.clone();
        Ok(())
    }

    /// Offers what was drafted, which is `version`: from now on the other side reads it and can accept it.
    ///
    /// # Errors
    /// As [`Agreement::is_drafted_by`]; [`Code::InPast`] when its validity would be over.
    pub fn offer(
        &mut self,
        by: Side,
        version: &mut AgreementVersion,
        now: Timestamp,
    ) -> Result<AgreementEvent, Problem> {
        self.is_drafted_by(by, now)?;
        self.is_timely(now)?;
        version.offered_at = Some(now);
        self.become_(AgreementState::Offered, now);
        Ok(AgreementEvent::Offered { by, number: self.current })
    }

    fn is_timely(&self, now: Timestamp) -> Result<(), Problem> {
        if self.terms.valid_until <= now { Err(Code::AgreementOver.into()) } else { Ok(()) }
    }

    /// Whether `by` owes an answer to the offer on the table.
    ///
    /// # Errors
    /// [`Code::AgreementStatus`]; [`Code::WrongSide`] for the author.
    pub fn awaits_answer_of(&self, by: Side, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[AgreementStatus::Offered], now)?;
        if by == self.author { Err(Code::WrongSide.into()) } else { Ok(()) }
    }

    /// Answers the offer with another one, which is the next version.
    ///
    /// # Errors
    /// As [`Agreement::awaits_answer_of`]; [`Code::TooMany`] beyond [`ROUNDS_MAX`].
    pub fn counter(
        &mut self,
        by: Side,
        content: AgreementContent,
        now: Timestamp,
    ) -> Result<(AgreementVersion, AgreementEvent), Problem> {
        self.awaits_answer_of(by, now)?;
        if self.current >= ROUNDS_MAX {
            return Err(Problem::new(Code::TooMany).with("max", ROUNDS_MAX));
        }
        self.current += 1;
        self.author = by;
        self.put(&content)?;
        self.become_(AgreementState::Offered, now);
        let version = AgreementVersion { offered_at: Some(now), ..self.written(content, now) };
        Ok((version, AgreementEvent::Countered { by, number: self.current }))
    }

    /// Accepts the offer on the table, if it is the one whose content `hash` names: from now on both sides are bound.
    ///
    /// # Errors
    /// As [`Agreement::awaits_answer_of`]; [`Code::Stale`] at `hash` for another version; [`Code::AgreementOver`].
    pub fn accept(&mut self, by: Side, hash: &ContentHash, now: Timestamp) -> Result<AgreementEvent, Problem> {
        self.awaits_answer_of(by, now)?;
        if *hash != self.hash {
            return Err(Problem::from(Code::Stale).at("hash"));
        }
        self.is_timely(now)?;
        self.bind(now);
        Ok(AgreementEvent::Accepted { by, number: self.current, hash: self.hash.clone() })
    }

    pub(super) fn bind(&mut self, now: Timestamp) {
        self.agreed_at = Some(now);
        self.become_(AgreementState::Agreed, now);
    }

    /// Says no to the offer, for good.
    ///
    /// # Errors
    /// As [`Agreement::awaits_answer_of`].
    pub fn decline(&mut self, by: Side, reason: Reason, now: Timestamp) -> Result<AgreementEvent, Problem> {
        self.awaits_answer_of(by, now)?;
        self.reason = Some(reason.clone());
        self.become_(AgreementState::Declined, now);
        Ok(AgreementEvent::Declined { by, reason })
    }

    /// Whether `by` may take its offer back.
    ///
    /// # Errors
    /// [`Code::AgreementStatus`]; [`Code::WrongSide`] for whoever did not make it.
    pub fn is_offered_by(&self, by: Side, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[AgreementStatus::Offered], now)?;
        if by == self.author { Ok(()) } else { Err(Code::WrongSide.into()) }
    }

    /// Takes the offer back, for good.
    ///
    /// # Errors
    /// As [`Agreement::is_offered_by`].
    pub fn withdraw(&mut self, by: Side, now: Timestamp) -> Result<AgreementEvent, Problem> {
        self.is_offered_by(by, now)?;
        self.become_(AgreementState::Withdrawn, now);
        Ok(AgreementEvent::Withdrawn { by: Some(by) })
    }

    /// The market takes an open offer back that has become pointless: what it would have renewed has gone on by itself.
    ///
    /// # Errors
    /// [`Code::AgreementStatus`].
    pub fn lapse(&mut self, now: Timestamp) -> Result<AgreementEvent, Problem> {
        self.must_be(&[AgreementStatus::Offered], now)?;
        self.become_(AgreementState::Withdrawn, now);
        Ok(AgreementEvent::Withdrawn { by: None })
    }
}
