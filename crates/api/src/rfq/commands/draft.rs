//! Drafting: making, changing and copying requests.

use std::collections::HashMap;

use jiff::Timestamp;
use tradehall_domain::access::Permission;
use tradehall_domain::attachment::Visibility;
use tradehall_domain::organization::{Capability, OrganizationId};
use tradehall_domain::rfq::{Rfq, RfqAudience, RfqDraft, RfqId, RfqLine, RfqLineDraft};
use tradehall_domain::side::Side;
use tradehall_domain::venue::VenueId;
use tradehall_persistence::{Tx, attachment, catalog, rfq, venue};
use uuid::Uuid;

use super::own;
use crate::app::{Command, Error, IdempotencyKey, Repeatable, acting_as, check_version};
use crate::attachment::{attach, replace};

/// Drafts a request.
#[derive(Debug)]
pub struct DraftRfq {
    /// Its content.
    pub draft: RfqDraft,
    /// The caller's key for this one request.
    pub key: Option<IdempotencyKey>,
}

impl Command for DraftRfq {
    const PERMISSION: Permission = Permission::RfqWrite;
    type Output = Rfq;

    async fn run(mut self, tx: &mut Tx) -> Result<Rfq, Error> {
        let buyer = acting_as(tx, Capability::Buyer)?;
        check_venue(tx, self.draft.venue, self.draft.audience, buyer).await?;
        describe(tx, &mut self.draft.lines).await?;
        let (rfq, lines, event) = Rfq::draft(&self.draft, buyer, tx.now())?;
        attach(tx, rfq::subject(rfq.id), &self.draft.attachments, &Visibility::Owner).await?;
        rfq::insert(tx, &rfq, &lines, &event)?;
        Ok(rfq.release())
    }
}

impl Repeatable for DraftRfq {
    const NAME: &'static str = "draftRfq";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(output: &Rfq) -> Vec<Uuid> {
        vec![output.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Rfq, Error> {
        recall(tx, made).await
    }
}

/// Replaces a draft's content.
#[derive(Debug)]
pub struct AmendRfq {
    /// Which request.
    pub rfq: RfqId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// Its new content.
    pub draft: RfqDraft,
}

impl Command for AmendRfq {
    const PERMISSION: Permission = Permission::RfqWrite;
    type Output = Rfq;

    async fn run(mut self, tx: &mut Tx) -> Result<Rfq, Error> {
        acting_as(tx, Capability::Buyer)?;
        let mut rfq = own(tx, self.rfq).await?;
        check_version(rfq.version, self.expected_version)?;
        let buyer = rfq.buyer;
        check_venue(tx, self.draft.venue, self.draft.audience, buyer).await?;
        describe(tx, &mut self.draft.lines).await?;
        let (lines, event) = rfq.amend(&self.draft, tx.now())?;
        let subject = rfq::subject(rfq.id);
        replace(tx, subject, subject, &self.draft.attachments, &Visibility::Owner).await?;
        rfq::replace_lines(tx, &rfq, &lines).await?;
        rfq::save(tx, &mut rfq, &event)?;
        Ok(rfq.release())
    }
}

/// Drafts a new request with the content of an old one.
#[derive(Debug)]
pub struct CopyRfq {
    /// Which request.
    pub rfq: RfqId,
    /// The deadline of the copy.
    pub deadline: Timestamp,
    /// The caller's key for this one request.
    pub key: Option<IdempotencyKey>,
}

impl Command for CopyRfq {
    const PERMISSION: Permission = Permission::RfqWrite;
    type Output = Rfq;

    async fn run(self, tx: &mut Tx) -> Result<Rfq, Error> {
        let old = own(tx, self.rfq).await?;
        let today = tx.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let lines = rfq::lines_of(tx, old.id).await?;
        let draft = RfqDraft {
            venue: old.venue,
            title: old.title.as_str().to_owned(),
            description: old.description.as_ref().map(|text| text.as_str().to_owned()),
            currency: old.currency.code().to_owned(),
            audience: old.audience,
            bidding: old.bidding,
            deadline: self.deadline,
            lines: lines.iter().map(|line| copied(line, today)).collect(),
            attachments: attachment::ids_of(tx, rfq::subject(old.id)).await?,
        };
        DraftRfq { draft, key: None }.run(tx).await
    }
}

impl Repeatable for CopyRfq {
    const NAME: &'static str = "copyRfq";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(output: &Rfq) -> Vec<Uuid> {
        vec![output.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Rfq, Error> {
        recall(tx, made).await
    }
}

async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Rfq, Error> {
    let id = made.first().copied().map(RfqId::from_uuid).ok_or(Error::NotFound)?;
    Ok(rfq::load(tx, id).await?)
}

/// The same need; a delivery date that has passed is left open.
fn copied(line: &RfqLine, today: jiff::civil::Date) -> RfqLineDraft {
    RfqLineDraft {
        product: line.product,
        description: Some(line.description.as_str().to_owned()),
        quantity: line.quantity.value(),
        unit: line.unit.code().to_owned(),
        target_price: line.target_price.map(tradehall_domain::money::UnitPrice::amount),
        delivery_place: line.delivery_place.as_ref().map(|place| place.as_str().to_owned()),
        delivery_date: line.delivery_date.filter(|date| *date >= today),
        incoterm: line.delivery_term.as_ref().map(|term| term.incoterm.code().to_owned()),
        incoterm_place: line.delivery_term.as_ref().map(|term| term.named_place.as_str().to_owned()),
    }
}

/// A request stands in a venue where its buyer may buy, and is for no more people than may look there.
pub(super) async fn check_venue(
    tx: &Tx,
    id: VenueId,
    audience: RfqAudience,
    buyer: OrganizationId,
) -> Result<(), Error> {
    let at = |error: Error| error.at("venueId");
    let standing = venue::standings(tx, &[id], buyer, Side::Buyer).await?.pop();
    let (venue, part) = standing.ok_or_else(|| at(Error::NotFound))?;
    venue.lets_trade(buyer, Side::Buyer, part.as_ref()).map_err(|code| at(code.into()))?;
    Ok(audience.fits(venue.access)?)
}

/// Checks that the named products can be seen, and lets their names stand for descriptions that were left out.
async fn describe(tx: &Tx, lines: &mut [RfqLineDraft]) -> Result<(), Error> {
    let named: Vec<_> = lines.iter().filter_map(|line| line.product).collect();
    if named.is_empty() || lines.len() > tradehall_domain::rfq::LINES_MAX {
        return Ok(());
    }
    let found = catalog::product::load_many(tx, &named).await?;
    let names: HashMap<_, _> = found.into_iter().map(|product| (product.id, product.details.name)).collect();
    for (n, line) in lines.iter_mut().enumerate() {
        let Some(product) = line.product else { continue };
        let name = names.get(&product).ok_or_else(|| Error::NotFound.at("productId").at(n).at("lines"))?;
        line.description.get_or_insert_with(|| name.as_str().to_owned());
    }
    Ok(())
}
