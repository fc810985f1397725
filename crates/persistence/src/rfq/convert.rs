//! Between rows and what they mean.

use tradehall_domain::currency::Currency;
use tradehall_domain::incoterm::{DeliveryTerm, Incoterm};
use tradehall_domain::money::UnitPrice;
use tradehall_domain::quantity::Quantity;
use tradehall_domain::rfq::{Invitation, Rfq, RfqLine};
use tradehall_domain::text::{Name as NameText, Prose, ShortText, Text};
use tradehall_domain::unit::Unit;

use super::entity::{rfq, rfq_invitation, rfq_line};
use crate::StoreError;
use crate::column::{Col, Name};

impl From<&Rfq> for rfq::Model {
    fn from(rfq: &Rfq) -> Self {
        Self {
            id: Col(rfq.id),
            buyer_id: Col(rfq.buyer),
            venue_id: Col(rfq.venue),
            number: rfq.number.as_str().to_owned(),
            title: rfq.title.as_str().to_owned(),
            description: rfq.description.as_ref().map(|text| text.as_str().to_owned()),
            currency: rfq.currency.code().to_owned(),
            audience: Name(rfq.audience),
            bidding: Name(rfq.bidding),
            deadline: Col(rfq.deadline),
            status: Name(rfq.status),
            published_at: rfq.published_at.map(Col),
            created_at: Col(rfq.created_at),
            next_check_at: rfq.next_check_at.map(Col),
            version: rfq.version,
        }
    }
}

impl TryFrom<rfq::Model> for Rfq {
    type Error = StoreError;

    fn try_from(model: rfq::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            buyer: model.buyer_id.0,
            venue: model.venue_id.0,
            number: ShortText::parse(&model.number)?,
            title: NameText::parse(&model.title)?,
            description: model.description.as_deref().map(Prose::parse).transpose()?,
            currency: Currency::parse(&model.currency)?,
            audience: model.audience.0,
            bidding: model.bidding.0,
            deadline: model.deadline.0,
            status: model.status.0,
            published_at: model.published_at.map(|time| time.0),
            created_at: model.created_at.0,
            next_check_at: model.next_check_at.map(|time| time.0),
            version: model.version,
        })
    }
}

impl rfq_line::Model {
    pub(super) fn of(line: &RfqLine, currency: &str) -> Self {
        Self {
            id: Col(line.id),
            rfq_id: Col(line.rfq),
            buyer_id: Col(line.buyer),
            position: line.position,
            product_id: line.product.map(Col),
            description: line.description.as_str().to_owned(),
            quantity: line.quantity.units(),
            unit: line.unit.code().to_owned(),
            currency: currency.to_owned(),
            target_price: line.target_price.map(UnitPrice::units),
            delivery_place: line.delivery_place.as_ref().map(|place| place.as_str().to_owned()),
            delivery_date: line.delivery_date.map(|date| date.to_string()),
            incoterm: line.delivery_term.as_ref().map(|term| term.incoterm.code().to_owned()),
            incoterm_place: line.delivery_term.as_ref().map(|term| term.named_place.as_str().to_owned()),
        }
    }
}

impl TryFrom<rfq_line::Model> for RfqLine {
    type Error = StoreError;

    fn try_from(model: rfq_line::Model) -> Result<Self, StoreError> {
        let currency = Currency::parse(&model.currency)?;
        let date = |text: String| text.parse().map_err(|_| StoreError::Corrupt(format!("{text:?} is no date")));
        let delivery_term = match (model.incoterm, model.incoterm_place) {
            (Some(incoterm), Some(place)) => {
                Some(DeliveryTerm { incoterm: Incoterm::parse(&incoterm)?, named_place: Text::parse(&place)? })
            }
            _ => None,
        };
        Ok(Self {
            id: model.id.0,
            rfq: model.rfq_id.0,
            buyer: model.buyer_id.0,
            position: model.position,
            product: model.product_id.map(|id| id.0),
            description: Prose::parse(&model.description)?,
            quantity: Quantity::from_units(model.quantity)?,
            unit: Unit::parse(&model.unit)?,
            target_price: model.target_price.map(|units| UnitPrice::from_units(units, currency)).transpose()?,
            delivery_place: model.delivery_place.as_deref().map(Text::parse).transpose()?,
            delivery_date: model.delivery_date.map(date).transpose()?,
            delivery_term,
        })
    }
}

impl From<&Invitation> for rfq_invitation::Model {
    fn from(invitation: &Invitation) -> Self {
        Self {
            id: Col(invitation.id),
            rfq_id: Col(invitation.rfq),
            buyer_id: Col(invitation.buyer),
            seller_id: Col(invitation.seller),
            origin: Name(invitation.origin),
            status: Name(invitation.status),
            decline_reason: invitation.decline_reason.as_ref().map(|reason| reason.as_str().to_owned()),
            since: Col(invitation.since),
            revealed: invitation.revealed,
            version: invitation.version,
        }
    }
}

impl TryFrom<rfq_invitation::Model> for Invitation {
    type Error = StoreError;

    fn try_from(model: rfq_invitation::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            rfq: model.rfq_id.0,
            buyer: model.buyer_id.0,
            seller: model.seller_id.0,
            origin: model.origin.0,
            status: model.status.0,
            decline_reason: model.decline_reason.as_deref().map(Prose::parse).transpose()?,
            since: model.since.0,
            revealed: model.revealed,
            version: model.version,
        })
    }
}
