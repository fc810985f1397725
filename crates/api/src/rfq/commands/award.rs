//! The award: winners chosen, losers told and orders placed, in one transaction.

use std::collections::{BTreeMap, HashMap};

use tradehall_domain::access::Permission;
use tradehall_domain::order::{DeliveryAddress, NewOrder, NewOrderLine, Order, OrderOrigin, Origin, PaymentTerms};
use tradehall_domain::organization::Capability;
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::quote::{Offer, Quote, QuoteId, QuoteLine};
use tradehall_domain::rfq::{Award, Pick, Rfq, RfqId, RfqLine};
use tradehall_domain::side::{As, Buyer};
use tradehall_domain::text::Prose;
use tradehall_persistence::{Tx, quote, rfq};
use uuid::Uuid;

use super::own;
use crate::app::{Command, Error, IdempotencyKey, Repeatable, acting_as};
use crate::order;

/// Who gets what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// All that one quote offers.
    Whole(QuoteId),
    /// Line by line, from any quotes.
    Split(Vec<Pick>),
}

/// Awards a request and places the orders.
#[derive(Debug)]
pub struct AwardRfq {
    /// Which request.
    pub rfq: RfqId,
    /// Who gets what.
    pub choice: Choice,
    /// The caller's key for this one award.
    pub key: Option<IdempotencyKey>,
}

impl Command for AwardRfq {
    const PERMISSION: Permission = Permission::RfqAward;
    type Output = (Rfq, Vec<Order>);

    async fn run(self, tx: &mut Tx) -> Result<Self::Output, Error> {
        acting_as(tx, Capability::Buyer)?;
        let mut rfq = own(tx, self.rfq).await?;
        rfq.can_award()?;
        let lines = rfq::lines_of(tx, rfq.id).await?;
        let quotes = quote::lock_of(tx, rfq.id).await?;
        let quotes = quote::offers_of(tx, quotes).await?;
        let picks = self.choice.picks(&quotes)?;
        let known = Known::of(&lines, &quotes);
        let placed = rfq.award(&lines, quotes, &picks, tx.now())?;
        let orders = order::place(tx, known.orders(&rfq, &placed.awards)?).await?;
        let event = As::<Buyer, Rfq>::awarded_event(placed.whole, orders.len());
        rfq::save(tx, &mut rfq, &event)?;
        let mut settled: Vec<_> = placed.outcomes.into_iter().map(|outcome| (outcome.quote, outcome.event)).collect();
        quote::save_all(tx, &mut settled)?;
        quote::award::insert(tx, &placed.awards)?;
        Ok((rfq.release(), orders))
    }
}

impl Repeatable for AwardRfq {
    const NAME: &'static str = "awardRfq";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt((rfq, orders): &Self::Output) -> Vec<Uuid> {
        std::iter::once(rfq.id.uuid()).chain(orders.iter().map(|order| order.id.uuid())).collect()
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Self::Output, Error> {
        let (first, rest) = made.split_first().ok_or(Error::NotFound)?;
        let rfq = rfq::load(tx, RfqId::from_uuid(*first)).await?;
        let ids: Vec<_> = rest.iter().copied().map(tradehall_domain::order::OrderId::from_uuid).collect();
        let mut orders = tradehall_persistence::order::load_many(tx, &ids).await?;
        orders.sort_by_key(|order| ids.iter().position(|id| *id == order.id));
        Ok((rfq, orders))
    }
}

impl Choice {
    fn picks(self, quotes: &[(Quote, Offer)]) -> Result<Vec<Pick>, Error> {
        match self {
            Self::Split(picks) => Ok(picks),
            Self::Whole(id) => {
                let (_, offer) = quotes
                    .iter()
                    .find(|(quote, _)| quote.id == id)
                    .ok_or_else(|| Error::from(Problem::new(Code::NotFound).at("quoteId")))?;
                Ok(offer.lines.iter().map(|line| Pick { quote: id, line: line.rfq_line, quantity: None }).collect())
            }
        }
    }
}

/// What the orders take over from the request and the quotes.
struct Known {
    asked: HashMap<tradehall_domain::rfq::RfqLineId, RfqLine>,
    quoted: HashMap<tradehall_domain::quote::QuoteLineId, QuoteLine>,
    terms: HashMap<QuoteId, (Option<Prose<1000>>, tradehall_domain::currency::Currency)>,
}

impl Known {
    fn of(lines: &[RfqLine], quotes: &[(Quote, Offer)]) -> Self {
        let offers = || quotes.iter().map(|(_, offer)| offer);
        Self {
            asked: lines.iter().map(|line| (line.id, line.clone())).collect(),
            quoted: offers().flat_map(|offer| &offer.lines).map(|line| (line.id, line.clone())).collect(),
            terms: offers()
                .map(|offer| (offer.version.quote, (offer.version.payment_terms.clone(), offer.version.currency)))
                .collect(),
        }
    }

    /// One order for each seller that won, with its lines in the order of the request.
    fn orders(&self, rfq: &Rfq, awards: &[Award]) -> Result<Vec<NewOrder>, Error> {
        let mut orders: Vec<NewOrder> = Vec::new();
        let mut places: BTreeMap<QuoteId, usize> = BTreeMap::new();
        for award in awards {
            let missing = || Error::Internal("an award of a line that was not loaded".to_owned());
            let asked = self.asked.get(&award.rfq_line).ok_or_else(missing)?;
            let quoted = self.quoted.get(&award.quote_line).ok_or_else(missing)?;
            let (payment_terms, currency) = self.terms.get(&award.quote).ok_or_else(missing)?;
            let place = *places.entry(award.quote).or_insert(orders.len());
            if place == orders.len() {
                orders.push(NewOrder {
                    buyer: award.buyer,
                    seller: award.seller,
                    venue: rfq.venue,
                    origin: Origin { kind: OrderOrigin::Award, id: rfq.id.uuid() },
                    currency: *currency,
                    delivery: asked.delivery_term.clone(),
                    delivery_address: address(asked)?,
                    payment_terms: payment_terms.as_ref().map(|t| PaymentTerms::parse(t.as_str())).transpose()?,
                    remarks: None,
                    lines: Vec::new(),
                });
            }
            if let Some(order) = orders.get_mut(place) {
                let line = line(order, asked, quoted, award)?;
                order.lines.push(line);
            }
        }
        Ok(orders)
    }
}

/// The line; where it goes is only said where it is not as for the whole order.
fn line(order: &NewOrder, asked: &RfqLine, quoted: &QuoteLine, award: &Award) -> Result<NewOrderLine, Error> {
    let address = address(asked)?;
    Ok(NewOrderLine {
        product: asked.product,
        part_number: None,
        description: Prose::parse(asked.description.as_str())?,
        unit: quoted.unit,
        quantity: award.quantity,
        unit_price: award.unit_price,
        delivery: asked.delivery_term.clone().filter(|term| order.delivery.as_ref() != Some(term)),
        delivery_address: address.filter(|address| order.delivery_address.as_ref() != Some(address)),
        requested_on: asked.delivery_date,
        lead_time_days: Some(quoted.lead_time_days),
        origin_line: Some(award.quote_line.uuid()),
    })
}

fn address(asked: &RfqLine) -> Result<Option<DeliveryAddress>, Error> {
    Ok(asked.delivery_place.as_ref().map(|place| DeliveryAddress::parse(place.as_str())).transpose()?)
}
