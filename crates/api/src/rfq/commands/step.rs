//! One step of a request: publishing, closing, opening, and its ends without an award.

use jiff::Timestamp;
use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::event::SubjectKind;
use tradehall_domain::organization::{Capability, OrganizationId};
use tradehall_domain::problem::Problems;
use tradehall_domain::quote::QuoteId;
use tradehall_domain::rfq::{Rfq, RfqEvent, RfqId};
use tradehall_domain::side::{As, Buyer};
use tradehall_persistence::{Tx, attachment, quote, rfq};

use super::{own, shown_with};
use crate::app::{Command, Error, acting_as, organization_of};

/// Asks: from now on sellers see the request.
#[derive(Debug)]
pub struct PublishRfq {
    /// Which request.
    pub rfq: RfqId,
}

impl Command for PublishRfq {
    const PERMISSION: Permission = Permission::RfqPublish;
    type Output = Rfq;

    async fn run(self, tx: &mut Tx) -> Result<Rfq, Error> {
        acting_as(tx, Capability::Buyer)?;
        let mut rfq = own(tx, self.rfq).await?;
        let now = tx.now();
        let lines = rfq::lines_of(tx, rfq.id).await?.len();
        let invited = rfq::invitation::of(tx, &[rfq.id]).await?;
        let event = rfq.publish(lines, invited.len(), now)?;
        let reveal = |mut invitation: tradehall_domain::rfq::Invitation| {
            let event = invitation.reveal(now);
            (invitation, event)
        };
        let sellers = invited.iter().map(|invitation| invitation.seller).collect();
        attachment::show(tx, rfq::subject(rfq.id), &shown_with(&rfq, sellers)).await?;
        let mut told: Vec<_> = invited.into_iter().map(reveal).collect();
        rfq::save(tx, &mut rfq, &event)?;
        rfq::invitation::save_all(tx, &mut told)?;
        Ok(rfq.release())
    }
}

/// Gives sellers more time.
#[derive(Debug)]
pub struct ExtendRfq {
    /// Which request.
    pub rfq: RfqId,
    /// The new deadline.
    pub deadline: Timestamp,
}

impl Command for ExtendRfq {
    const PERMISSION: Permission = Permission::RfqPublish;
    type Output = Rfq;

    async fn run(self, tx: &mut Tx) -> Result<Rfq, Error> {
        acting_as(tx, Capability::Buyer)?;
        step(tx, self.rfq, |rfq, now| Ok(rfq.extend(self.deadline, now)?)).await
    }
}

/// Takes no more quotes, before the deadline.
#[derive(Debug)]
pub struct CloseRfq {
    /// Which request.
    pub rfq: RfqId,
}

impl Command for CloseRfq {
    const PERMISSION: Permission = Permission::RfqPublish;
    type Output = Rfq;

    async fn run(self, tx: &mut Tx) -> Result<Rfq, Error> {
        step(tx, self.rfq, |rfq, _| Ok(rfq.close()?)).await
    }
}

/// Opens the sealed quotes. It crosses tenants because the buyer may not even see them before.
#[derive(Debug)]
pub struct OpenRfq {
    /// Which request.
    pub rfq: RfqId,
}

impl Command for OpenRfq {
    const PERMISSION: Permission = Permission::RfqPublish;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Opening);
    type Output = Rfq;

    async fn run(self, tx: &mut Tx) -> Result<Rfq, Error> {
        let buyer = organization_of(tx)?;
        let rfq = rfq::lock(tx, self.rfq).await?;
        if rfq.buyer != buyer {
            // Across tenants everything is visible, so this must be said here: to others it is not there.
            return Err(Error::NotFound);
        }
        let mut rfq = As::<Buyer, _>::claim(rfq, Some(buyer))?;
        let event = rfq.open()?;
        let opened: Vec<_> = quote::reveal(tx, rfq.id).await?.into_iter().map(|quote| quote.id).collect();
        show_files(tx, &opened, buyer).await?;
        rfq::save(tx, &mut rfq, &event)?;
        Ok(rfq.release())
    }
}

/// Says that the quotes are being compared.
#[derive(Debug)]
pub struct EvaluateRfq {
    /// Which request.
    pub rfq: RfqId,
}

impl Command for EvaluateRfq {
    const PERMISSION: Permission = Permission::RfqAward;
    type Output = Rfq;

    async fn run(self, tx: &mut Tx) -> Result<Rfq, Error> {
        step(tx, self.rfq, |rfq, _| Ok(rfq.evaluate()?)).await
    }
}

/// Gives the request to nobody.
#[derive(Debug)]
pub struct DeclineAllQuotes {
    /// Which request.
    pub rfq: RfqId,
    /// Why.
    pub reason: String,
}

impl Command for DeclineAllQuotes {
    const PERMISSION: Permission = Permission::RfqAward;
    type Output = Rfq;

    async fn run(self, tx: &mut Tx) -> Result<Rfq, Error> {
        end(tx, self.rfq, |rfq| Ok(rfq.decline_all(&self.reason)?)).await
    }
}

/// Calls the request off.
#[derive(Debug)]
pub struct CancelRfq {
    /// Which request.
    pub rfq: RfqId,
    /// Why.
    pub reason: String,
}

impl Command for CancelRfq {
    const PERMISSION: Permission = Permission::RfqPublish;
    type Output = Rfq;

    async fn run(self, tx: &mut Tx) -> Result<Rfq, Error> {
        end(tx, self.rfq, |rfq| Ok(rfq.cancel(&self.reason)?)).await
    }
}

/// The deadline has come. Only the worker asks for this.
#[derive(Debug)]
pub struct LapseRfq {
    /// Which request.
    pub rfq: RfqId,
}

impl Command for LapseRfq {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Timers);
    type Output = Rfq;

    async fn run(self, tx: &mut Tx) -> Result<Rfq, Error> {
        let mut rfq = rfq::lock(tx, self.rfq).await?;
        let event = rfq.lapse(tx.now())?;
        rfq::save(tx, &mut rfq, &event)?;
        Ok(rfq)
    }
}

/// The files of the opened quotes come with them: those of every version that was revealed.
async fn show_files(tx: &mut Tx, opened: &[QuoteId], buyer: OrganizationId) -> Result<(), Error> {
    if opened.is_empty() {
        return Ok(());
    }
    let versions = quote::versions_of_many(tx, opened).await?;
    let revealed: Vec<_> =
        versions.iter().filter(|version| version.revealed).map(|version| version.id.uuid()).collect();
    Ok(attachment::show_all(tx, SubjectKind::QuoteVersion, &revealed, &[buyer]).await?)
}

async fn step(
    tx: &mut Tx,
    id: RfqId,
    verb: impl FnOnce(&mut As<Buyer, Rfq>, Timestamp) -> Result<RfqEvent, Problems>,
) -> Result<Rfq, Error> {
    let mut rfq = own(tx, id).await?;
    let event = verb(&mut rfq, tx.now())?;
    rfq::save(tx, &mut rfq, &event)?;
    Ok(rfq.release())
}

/// A step after which no quote can win: every seller whose quote the buyer could read is told.
async fn end(
    tx: &mut Tx,
    id: RfqId,
    verb: impl FnOnce(&mut As<Buyer, Rfq>) -> Result<RfqEvent, Problems>,
) -> Result<Rfq, Error> {
    let mut rfq = own(tx, id).await?;
    let event = verb(&mut rfq)?;
    let mut lost: Vec<_> = quote::lock_of(tx, id).await?.into_iter().filter_map(|quote| rfq.lose(quote)).collect();
    quote::save_all(tx, &mut lost)?;
    rfq::save(tx, &mut rfq, &event)?;
    Ok(rfq.release())
}
