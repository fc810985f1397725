//! What a seller can do about a quote.

use tradehall_domain::access::Permission;
use tradehall_domain::attachment::{AttachmentId, Visibility};
use tradehall_domain::organization::Capability;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::quote::{Offer, Quote, QuoteDraft, QuoteEvent, QuoteId, QuoteVersion};
use tradehall_domain::rfq::{Invitation, InvitationStatus, Rfq, RfqAudience, RfqId};
use tradehall_domain::side::{As, Seller, Side};
use tradehall_persistence::quote::version_subject;
use tradehall_persistence::{Tx, attachment, quote, rfq, venue};
use uuid::Uuid;

use crate::app::{Command, Error, IdempotencyKey, Repeatable, acting_as, organization_of};
use crate::attachment::{attach, replace};

/// Writes a draft that only the seller sees; what was submitted before counts until the draft is submitted.
#[derive(Debug)]
pub struct DraftQuote {
    /// On which request.
    pub rfq: RfqId,
    /// Its content.
    pub draft: QuoteDraft,
}

impl Command for DraftQuote {
    const PERMISSION: Permission = Permission::QuoteWrite;
    type Output = Quote;

    async fn run(self, tx: &mut Tx) -> Result<Quote, Error> {
        let (mut desk, offer, event, fresh) = write(tx, self.rfq, &self.draft).await?;
        desk.keep(tx, &offer, &self.draft.attachments, &event, fresh).await?;
        Ok(desk.quote.release())
    }
}

/// Submits a quote, or a revision of one: a new version that never changes.
#[derive(Debug)]
pub struct SubmitQuote {
    /// On which request.
    pub rfq: RfqId,
    /// Its content.
    pub draft: QuoteDraft,
    /// The caller's key for this one submission.
    pub key: Option<IdempotencyKey>,
}

impl Command for SubmitQuote {
    const PERMISSION: Permission = Permission::QuoteSubmit;
    type Output = Quote;

    async fn run(self, tx: &mut Tx) -> Result<Quote, Error> {
        let (mut desk, mut offer, _, fresh) = write(tx, self.rfq, &self.draft).await?;
        let event = desk.quote.submit(&desk.rfq, &mut offer.version, tx.now())?;
        desk.keep(tx, &offer, &self.draft.attachments, &event, fresh).await?;
        desk.promise(tx)?;
        Ok(desk.quote.release())
    }
}

impl Repeatable for SubmitQuote {
    const NAME: &'static str = "submitQuote";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(output: &Quote) -> Vec<Uuid> {
        vec![output.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Quote, Error> {
        let id = made.first().copied().map(QuoteId::from_uuid).ok_or(Error::NotFound)?;
        Ok(quote::load(tx, id).await?)
    }
}

/// Submits the version that was drafted before.
#[derive(Debug)]
pub struct SubmitDraftedQuote {
    /// Which quote.
    pub quote: QuoteId,
}

impl Command for SubmitDraftedQuote {
    const PERMISSION: Permission = Permission::QuoteSubmit;
    type Output = Quote;

    async fn run(self, tx: &mut Tx) -> Result<Quote, Error> {
        acting_as(tx, Capability::Seller)?;
        let mut desk = Desk::of_quote(tx, self.quote).await?;
        let mut version = quote::draft_of(tx, self.quote).await?.ok_or(Code::NothingDrafted)?;
        let event = desk.quote.submit(&desk.rfq, &mut version, tx.now())?;
        attachment::show(tx, version_subject(version.id), &shown_with(&version)).await?;
        quote::submit_version(tx, &version).await?;
        quote::save(tx, &mut desk.quote, &event)?;
        desk.promise(tx)?;
        Ok(desk.quote.release())
    }
}

/// Takes a quote back.
#[derive(Debug)]
pub struct WithdrawQuote {
    /// Which quote.
    pub quote: QuoteId,
}

impl Command for WithdrawQuote {
    const PERMISSION: Permission = Permission::QuoteSubmit;
    type Output = Quote;

    async fn run(self, tx: &mut Tx) -> Result<Quote, Error> {
        let mut desk = Desk::of_quote(tx, self.quote).await?;
        let event = desk.quote.withdraw(&desk.rfq, tx.now())?;
        quote::save(tx, &mut desk.quote, &event)?;
        Ok(desk.quote.release())
    }
}

/// What a seller works on: the request, held so that it does not close meanwhile, its own quote and its invitation.
struct Desk {
    rfq: Rfq,
    quote: As<Seller, Quote>,
    invitation: Option<Invitation>,
}

impl Desk {
    async fn of_quote(tx: &mut Tx, id: QuoteId) -> Result<Self, Error> {
        let seller = organization_of(tx)?;
        let quote = quote::load(tx, id).await?;
        // The request before the quote: the same order in which an award locks them.
        let rfq = rfq::hold(tx, quote.rfq).await?;
        let quote = As::claim(quote::lock(tx, id).await?, Some(seller))?;
        let invitation = rfq::invitation::find(tx, rfq.id, seller).await?;
        Ok(Self { rfq, quote, invitation })
    }

    /// Keeps the quote with the version that was written and its files, in the place of a draft if there is one.
    async fn keep(
        &mut self,
        tx: &mut Tx,
        offer: &Offer,
        files: &[AttachmentId],
        event: &QuoteEvent,
        fresh: bool,
    ) -> Result<(), Error> {
        let (to, seen_by) = (version_subject(offer.version.id), shown_with(&offer.version));
        if fresh {
            attach(tx, to, files, &seen_by).await?;
            quote::insert(tx, &self.quote, event)?;
            quote::insert_version(tx, offer)?;
            return Ok(());
        }
        match quote::draft_of(tx, self.quote.id).await? {
            Some(draft) => {
                replace(tx, version_subject(draft.id), to, files, &seen_by).await?;
                quote::replace_draft(tx, draft.id, offer).await?;
            }
            None => {
                attach(tx, to, files, &seen_by).await?;
                quote::insert_version(tx, offer)?;
            }
        }
        Ok(quote::save(tx, &mut self.quote, event)?)
    }

    /// A submitted quote says that the seller will quote, if nothing said so before.
    fn promise(&mut self, tx: &mut Tx) -> Result<(), Error> {
        let seller = self.quote.seller;
        match self.invitation.take() {
            None => {
                let made = Invitation::take_up(&self.rfq, seller, tx.now())?;
                rfq::invitation::insert(tx, &[made])?;
            }
            Some(invitation) if invitation.status != InvitationStatus::WillQuote => {
                let mut invitation = As::<Seller, _>::claim(invitation, Some(seller))?;
                let event = invitation.accept(tx.now())?;
                rfq::invitation::save(tx, &mut invitation, &event)?;
            }
            Some(_) => {}
        }
        Ok(())
    }
}

/// Who sees the files of a version besides its seller: the buyer, once it may read the version.
fn shown_with(version: &QuoteVersion) -> Visibility {
    if version.revealed { Visibility::Organizations(vec![version.buyer]) } else { Visibility::Owner }
}

/// The next version of the actor's quote on a request, or the first of a new one; and whether it is new.
async fn write(tx: &mut Tx, id: RfqId, draft: &QuoteDraft) -> Result<(Desk, Offer, QuoteEvent, bool), Error> {
    let seller = acting_as(tx, Capability::Seller)?;
    let now = tx.now();
    let rfq = rfq::hold(tx, id).await?;
    if rfq.buyer == seller {
        return Err(Code::OwnRfq.into());
    }
    rfq.takes_quotes(now)?;
    let lines = rfq::lines_of(tx, id).await?;
    let invitation = rfq::invitation::find(tx, id, seller).await?;
    if invitation.is_none() {
        admit(tx, &rfq, seller).await?;
    }
    match quote::find(tx, id, seller).await? {
        Some(quote) => {
            let mut quote = As::claim(quote, Some(seller))?;
            let (offer, event) = quote.revise(&rfq, &lines, draft, now)?;
            Ok((Desk { rfq, quote, invitation }, offer, event, false))
        }
        None => {
            let (quote, offer, event) = Quote::begin(&rfq, &lines, seller, draft, now)?;
            Ok((Desk { rfq, quote, invitation }, offer, event, true))
        }
    }
}

/// Without an invitation only a public request is quoted on, by whom its venue lets trade.
async fn admit(tx: &Tx, rfq: &Rfq, seller: OrganizationId) -> Result<(), Error> {
    if rfq.audience != RfqAudience::Public {
        return Err(Error::NotFound);
    }
    let refused = || Error::from(Problem::new(Code::NotInVenue));
    let venue = venue::load(tx, rfq.venue).await.map_err(|_| refused())?;
    let part = venue::participation(tx, venue.id, seller, Side::Seller).await?;
    Ok(venue.lets_trade(seller, Side::Seller, part.as_ref())?)
}
