//! Inviting suppliers, and what they answer.

use std::collections::{HashMap, HashSet};

use tradehall_domain::access::Permission;
use tradehall_domain::organization::Capability;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_domain::rfq::{Invitation, InvitationId, Rfq, RfqId, RfqStatus};
use tradehall_domain::side::{As, Seller, Side};
use tradehall_persistence::{Tx, attachment, organization, rfq, venue};

use super::{own, shown_with};
use crate::app::{Command, Error, acting_as, organization_of};

/// The most suppliers that one request asks.
pub const INVITED_MAX: usize = 500;

/// Asks suppliers to quote. To a draft they are noted and told when it is published.
#[derive(Debug)]
pub struct InviteSuppliers {
    /// Which request.
    pub rfq: RfqId,
    /// Whom.
    pub suppliers: Vec<OrganizationId>,
}

impl Command for InviteSuppliers {
    const PERMISSION: Permission = Permission::RfqPublish;
    type Output = (Rfq, Vec<Invitation>);

    async fn run(self, tx: &mut Tx) -> Result<Self::Output, Error> {
        acting_as(tx, Capability::Buyer)?;
        let rfq = own(tx, self.rfq).await?;
        rfq.can_invite(tx.now())?;
        let invited: HashSet<_> =
            rfq::invitation::of(tx, &[rfq.id]).await?.into_iter().map(|invitation| invitation.seller).collect();
        if invited.len() + self.suppliers.len() > INVITED_MAX {
            return Err(Problem::new(Code::TooMany).with("max", INVITED_MAX).at("supplierIds").into());
        }
        let made = self.invitations(tx, &rfq, invited).await?;
        if rfq.status != RfqStatus::Draft {
            let sellers = made.iter().map(|(invitation, _)| invitation.seller).collect();
            attachment::show(tx, rfq::subject(rfq.id), &shown_with(&rfq, sellers)).await?;
        }
        rfq::invitation::insert(tx, &made)?;
        Ok((rfq.release(), made.into_iter().map(|(invitation, _)| invitation).collect()))
    }
}

impl InviteSuppliers {
    async fn invitations(
        &self,
        tx: &Tx,
        rfq: &Rfq,
        mut invited: HashSet<OrganizationId>,
    ) -> Result<Vec<(Invitation, tradehall_domain::rfq::InvitationEvent)>, Error> {
        let venue = venue::load(tx, rfq.venue).await?;
        let known = organization::load_many(tx, &self.suppliers).await?;
        let known: HashMap<_, _> = known.into_iter().map(|organization| (organization.id, organization)).collect();
        let parts = venue::participations_among(tx, venue.id, &self.suppliers, Side::Seller).await?;
        let parts: HashMap<_, _> = parts.into_iter().map(|part| (part.organization, part)).collect();
        let mut problems = Problems::new();
        let mut made = Vec::new();
        for (n, supplier) in self.suppliers.iter().enumerate() {
            let invitation = if !known.contains_key(supplier) {
                Err(Problem::new(Code::NotFound))
            } else if !invited.insert(*supplier) {
                Err(Problem::new(Code::AlreadyInvited))
            } else {
                venue
                    .lets_trade(*supplier, Side::Seller, parts.get(supplier))
                    .map_err(Problem::from)
                    .and_then(|()| Invitation::new(rfq, *supplier, tx.now()))
            };
            made.extend(problems.take(n, invitation));
        }
        problems.check().map_err(|problems| problems.at("supplierIds"))?;
        Ok(made)
    }
}

/// What a supplier answers to an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationAnswer {
    /// It has looked.
    View,
    /// It will quote.
    Accept,
    /// It will not quote.
    Decline {
        /// Why, if it says so.
        reason: Option<String>,
    },
}

/// A supplier answers an invitation.
#[derive(Debug)]
pub struct AnswerInvitation {
    /// Which invitation.
    pub invitation: InvitationId,
    /// What it answers.
    pub answer: InvitationAnswer,
}

impl Command for AnswerInvitation {
    const PERMISSION: Permission = Permission::QuoteWrite;
    type Output = Invitation;

    async fn run(self, tx: &mut Tx) -> Result<Invitation, Error> {
        let seller = organization_of(tx)?;
        let now = tx.now();
        let invitation = rfq::invitation::lock(tx, self.invitation).await?;
        let mut invitation = As::<Seller, _>::claim(invitation, Some(seller))?;
        if self.answer != InvitationAnswer::View {
            rfq::load(tx, invitation.rfq).await?.takes_quotes(now)?;
        }
        let event = match &self.answer {
            InvitationAnswer::View => invitation.view(now),
            InvitationAnswer::Accept => invitation.accept(now),
            InvitationAnswer::Decline { reason } => invitation.decline(reason.as_deref(), now),
        }?;
        rfq::invitation::save(tx, &mut invitation, &event)?;
        Ok(invitation.release())
    }
}
