//! Between rows and what they mean.

use tradehall_domain::currency::Currency;
use tradehall_domain::money::{Money, UnitPrice};
use tradehall_domain::quantity::Quantity;
use tradehall_domain::quote::{Quote, QuoteLine, QuoteVersion, Tier};
use tradehall_domain::rfq::Award;
use tradehall_domain::text::{Prose, ShortText};
use tradehall_domain::unit::Unit;

use super::entity::{award, quote, quote_line, quote_version};
use crate::StoreError;
use crate::column::{Col, Name};

impl From<&Quote> for quote::Model {
    fn from(quote: &Quote) -> Self {
        Self {
            id: Col(quote.id),
            rfq_id: Col(quote.rfq),
            buyer_id: Col(quote.buyer),
            seller_id: Col(quote.seller),
            number: quote.number.as_str().to_owned(),
            status: Name(quote.status),
            revealed: quote.revealed,
            current: quote.current,
            valid_until: Col(quote.valid_until),
            submitted_at: quote.submitted_at.map(Col),
            version: quote.version,
        }
    }
}

impl TryFrom<quote::Model> for Quote {
    type Error = StoreError;

    fn try_from(model: quote::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            rfq: model.rfq_id.0,
            buyer: model.buyer_id.0,
            seller: model.seller_id.0,
            number: ShortText::parse(&model.number)?,
            status: model.status.0,
            revealed: model.revealed,
            current: model.current,
            valid_until: model.valid_until.0,
            submitted_at: model.submitted_at.map(|time| time.0),
            version: model.version,
        })
    }
}

impl From<&QuoteVersion> for quote_version::Model {
    fn from(version: &QuoteVersion) -> Self {
        Self {
            id: Col(version.id),
            quote_id: Col(version.quote),
            rfq_id: Col(version.rfq),
            buyer_id: Col(version.buyer),
            seller_id: Col(version.seller),
            number: version.number,
            currency: version.currency.code().to_owned(),
            valid_until: Col(version.valid_until),
            payment_terms: version.payment_terms.as_ref().map(|text| text.as_str().to_owned()),
            remarks: version.remarks.as_ref().map(|text| text.as_str().to_owned()),
            total: version.total.units(),
            created_at: Col(version.created_at),
            submitted_at: version.submitted_at.map(Col),
            revealed: version.revealed,
        }
    }
}

impl TryFrom<quote_version::Model> for QuoteVersion {
    type Error = StoreError;

    fn try_from(model: quote_version::Model) -> Result<Self, StoreError> {
        let currency = Currency::parse(&model.currency)?;
        Ok(Self {
            id: model.id.0,
            quote: model.quote_id.0,
            rfq: model.rfq_id.0,
            buyer: model.buyer_id.0,
            seller: model.seller_id.0,
            number: model.number,
            currency,
            valid_until: model.valid_until.0,
            payment_terms: model.payment_terms.as_deref().map(Prose::parse).transpose()?,
            remarks: model.remarks.as_deref().map(Prose::parse).transpose()?,
            total: Money::from_units(model.total, currency)?,
            created_at: model.created_at.0,
            submitted_at: model.submitted_at.map(|time| time.0),
            revealed: model.revealed,
        })
    }
}

impl TryFrom<&QuoteLine> for quote_line::Model {
    type Error = StoreError;

    fn try_from(line: &QuoteLine) -> Result<Self, StoreError> {
        let tiers: Vec<_> = line.tiers.iter().map(|tier| (tier.minimum.units(), tier.unit_price.units())).collect();
        Ok(Self {
            id: Col(line.id),
            quote_version_id: Col(line.quote_version),
            quote_id: Col(line.quote),
            rfq_id: Col(line.rfq),
            rfq_line_id: Col(line.rfq_line),
            buyer_id: Col(line.buyer),
            seller_id: Col(line.seller),
            quantity: line.quantity.units(),
            unit: line.unit.code().to_owned(),
            currency: line.unit_price.currency().code().to_owned(),
            unit_price: line.unit_price.units(),
            tiers: serde_json::to_string(&tiers).map_err(|e| StoreError::Corrupt(e.to_string()))?,
            lead_time_days: line.lead_time_days,
            remarks: line.remarks.as_ref().map(|text| text.as_str().to_owned()),
            revealed: line.revealed,
        })
    }
}

impl TryFrom<quote_line::Model> for QuoteLine {
    type Error = StoreError;

    fn try_from(model: quote_line::Model) -> Result<Self, StoreError> {
        let currency = Currency::parse(&model.currency)?;
        let tiers: Vec<(i64, i64)> =
            serde_json::from_str(&model.tiers).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let tier = |(minimum, price)| -> Result<Tier, StoreError> {
            Ok(Tier { minimum: Quantity::from_units(minimum)?, unit_price: UnitPrice::from_units(price, currency)? })
        };
        Ok(Self {
            id: model.id.0,
            quote_version: model.quote_version_id.0,
            quote: model.quote_id.0,
            rfq: model.rfq_id.0,
            rfq_line: model.rfq_line_id.0,
            buyer: model.buyer_id.0,
            seller: model.seller_id.0,
            quantity: Quantity::from_units(model.quantity)?,
            unit: Unit::parse(&model.unit)?,
            unit_price: UnitPrice::from_units(model.unit_price, currency)?,
            tiers: tiers.into_iter().map(tier).collect::<Result<_, _>>()?,
            lead_time_days: model.lead_time_days,
            remarks: model.remarks.as_deref().map(Prose::parse).transpose()?,
            revealed: model.revealed,
        })
    }
}

impl From<&Award> for award::Model {
    fn from(award: &Award) -> Self {
        Self {
            id: Col(award.id),
            rfq_id: Col(award.rfq),
            rfq_line_id: Col(award.rfq_line),
            quote_id: Col(award.quote),
            quote_line_id: Col(award.quote_line),
            buyer_id: Col(award.buyer),
            seller_id: Col(award.seller),
            quantity: award.quantity.units(),
            currency: award.unit_price.currency().code().to_owned(),
            unit_price: award.unit_price.units(),
            amount: award.amount.units(),
            awarded_at: Col(award.awarded_at),
        }
    }
}

impl TryFrom<award::Model> for Award {
    type Error = StoreError;

    fn try_from(model: award::Model) -> Result<Self, StoreError> {
        let currency = Currency::parse(&model.currency)?;
        Ok(Self {
            id: model.id.0,
            rfq: model.rfq_id.0,
            rfq_line: model.rfq_line_id.0,
            quote: model.quote_id.0,
            quote_line: model.quote_line_id.0,
            buyer: model.buyer_id.0,
            seller: model.seller_id.0,
            quantity: Quantity::from_units(model.quantity)?,
            unit_price: UnitPrice::from_units(model.unit_price, currency)?,
            amount: Money::from_units(model.amount, currency)?,
            awarded_at: model.awarded_at.0,
        })
    }
}
