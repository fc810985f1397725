//! Between rows and what they mean.

use tradehall_domain::agreement::{
    Agreement, AgreementLine, AgreementTerms, AgreementVersion, ContentHash, LineTerms, Notice, PriceTier, Termination,
};
use tradehall_domain::currency::Currency;
use tradehall_domain::incoterm::{DeliveryTerm, Incoterm};
use tradehall_domain::money::{Money, UnitPrice};
use tradehall_domain::problem::Problem;
use tradehall_domain::quantity::Quantity;
use tradehall_domain::text::{Name as NameText, Prose, ShortText, Text};
use tradehall_domain::unit::Unit;

use super::entity::{agreement, agreement_line, agreement_version};
use crate::StoreError;
use crate::column::{Col, Name};

fn written<T: std::fmt::Display>(text: Option<&T>) -> Option<String> {
    text.map(ToString::to_string)
}

fn corrupt(error: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

impl From<&Agreement> for agreement::Model {
    fn from(agreement: &Agreement) -> Self {
        let terms = &agreement.terms;
        Self {
            id: Col(agreement.id),
            number: agreement.number.to_string(),
            buyer_id: Col(agreement.buyer),
            seller_id: Col(agreement.seller),
            venue_id: Col(agreement.venue),
            drafter: Name(agreement.drafter),
            author: Name(agreement.author),
            state: Name(agreement.state),
            since: Col(agreement.since),
            current: agreement.current,
            hash: agreement.hash.to_string(),
            title: terms.title.to_string(),
            buyer_reference: written(terms.buyer_reference.as_ref()),
            seller_reference: written(terms.seller_reference.as_ref()),
            currency: terms.currency.code().to_owned(),
            valid_from: Col(terms.valid_from),
            valid_until: Col(terms.valid_until),
            payment_terms: written(terms.payment_terms.as_ref()),
            incoterm: terms.delivery.as_ref().map(|term| term.incoterm.code().to_owned()),
            named_place: terms.delivery.as_ref().map(|term| term.named_place.to_string()),
            commitment: terms.commitment.map(Money::units),
            notice_days: terms.notice_days,
            renewal_months: terms.renewal_months,
            agreed_at: agreement.agreed_at.map(Col),
            reason: written(agreement.reason.as_ref()),
            notice_by: agreement.notice.map(|notice| Name(notice.by)),
            notice_at: agreement.notice.map(|notice| Col(notice.at)),
            terminated_by: agreement.termination.map(|termination| Name(termination.by)),
            terminates_at: agreement.termination.map(|termination| Col(termination.at)),
            predecessor_id: agreement.predecessor.map(Col),
            successor_id: agreement.successor.map(Col),
            anchor_day: agreement.anchor_day,
            settled: agreement.settled,
            created_at: Col(agreement.created_at),
            next_check_at: agreement.next_check_at.map(Col),
            version: agreement.version,
        }
    }
}

impl TryFrom<agreement::Model> for Agreement {
    type Error = StoreError;

    fn try_from(model: agreement::Model) -> Result<Self, StoreError> {
        let currency = Currency::parse(&model.currency)?;
        let reference = |text: Option<String>| text.as_deref().map(ShortText::parse).transpose();
        let delivery = match (model.incoterm, model.named_place) {
            (Some(rule), Some(place)) => {
                Some(DeliveryTerm { incoterm: Incoterm::parse(&rule)?, named_place: Text::parse(&place)? })
            }
            _ => None,
        };
        Ok(Self {
            id: model.id.0,
            number: ShortText::parse(&model.number)?,
            buyer: model.buyer_id.0,
            seller: model.seller_id.0,
            venue: model.venue_id.0,
            drafter: model.drafter.0,
            author: model.author.0,
            state: model.state.0,
            since: model.since.0,
            current: model.current,
            hash: ContentHash::parse(&model.hash)?,
            terms: AgreementTerms {
                title: NameText::parse(&model.title)?,
                buyer_reference: reference(model.buyer_reference)?,
                seller_reference: reference(model.seller_reference)?,
                currency,
                valid_from: model.valid_from.0,
                valid_until: model.valid_until.0,
                payment_terms: model.payment_terms.as_deref().map(Prose::parse).transpose()?,
                delivery,
                commitment: model.commitment.map(|units| Money::from_units(units, currency)).transpose()?,
                notice_days: model.notice_days,
                renewal_months: model.renewal_months,
            },
            agreed_at: model.agreed_at.map(|time| time.0),
            reason: model.reason.as_deref().map(Prose::parse).transpose()?,
            notice: model.notice_by.zip(model.notice_at).map(|(by, at)| Notice { by: by.0, at: at.0 }),
            termination: model
                .terminated_by
                .zip(model.terminates_at)
                .map(|(by, at)| Termination { by: by.0, at: at.0 }),
            predecessor: model.predecessor_id.map(|id| id.0),
            successor: model.successor_id.map(|id| id.0),
            anchor_day: model.anchor_day,
            settled: model.settled,
            created_at: model.created_at.0,
            next_check_at: model.next_check_at.map(|time| time.0),
            version: model.version,
        })
    }
}

impl TryFrom<&AgreementVersion> for agreement_version::Model {
    type Error = StoreError;

    fn try_from(version: &AgreementVersion) -> Result<Self, StoreError> {
        Ok(Self {
            id: Col(version.id),
            agreement_id: Col(version.agreement),
            buyer_id: Col(version.buyer),
            seller_id: Col(version.seller),
            number: version.number,
            author: Name(version.author),
            content: serde_json::to_string(&version.content).map_err(corrupt)?,
            hash: version.hash.to_string(),
            created_at: Col(version.created_at),
            offered_at: version.offered_at.map(Col),
            version: version.version,
        })
    }
}

impl TryFrom<agreement_version::Model> for AgreementVersion {
    type Error = StoreError;

    fn try_from(model: agreement_version::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            agreement: model.agreement_id.0,
            buyer: model.buyer_id.0,
            seller: model.seller_id.0,
            number: model.number,
            author: model.author.0,
            content: serde_json::from_str(&model.content).map_err(corrupt)?,
            hash: ContentHash::parse(&model.hash)?,
            created_at: model.created_at.0,
            offered_at: model.offered_at.map(|time| time.0),
            version: model.version,
        })
    }
}

/// A line as a row; the parties come from its agreement.
pub(super) fn line_row(agreement: &Agreement, line: &AgreementLine) -> Result<agreement_line::Model, StoreError> {
    let terms = &line.terms;
    let units = |quantity: Option<Quantity>| quantity.map(Quantity::units);
    let tiers: Vec<_> = terms.tiers.iter().map(|tier| (units(tier.min_quantity), tier.unit_price.units())).collect();
    Ok(agreement_line::Model {
        id: Col(line.id),
        agreement_id: Col(line.agreement),
        buyer_id: Col(agreement.buyer),
        seller_id: Col(agreement.seller),
        position: line.position,
        product_id: Col(terms.product),
        part_number: terms.part_number.to_string(),
        description: terms.description.to_string(),
        unit: terms.unit.code().to_owned(),
        currency: line.called_off_amount.currency().code().to_owned(),
        tiers: serde_json::to_string(&tiers).map_err(corrupt)?,
        order_minimum: units(terms.order_minimum),
        order_multiple: units(terms.order_multiple),
        volume: units(terms.volume),
        commitment: units(terms.commitment),
        lead_time_days: terms.lead_time_days,
        called_off: units(line.called_off).unwrap_or(0),
        // Nothing that remains is zero where there is a limit, and no figure where there is none.
        remaining: terms.volume.map(|_| units(line.remaining).unwrap_or(0)),
        called_off_amount: line.called_off_amount.units(),
        version: line.version,
    })
}

impl TryFrom<agreement_line::Model> for AgreementLine {
    type Error = StoreError;

    fn try_from(model: agreement_line::Model) -> Result<Self, StoreError> {
        let currency = Currency::parse(&model.currency)?;
        let counted = |units: Option<i64>| units.filter(|units| *units > 0).map(Quantity::from_units).transpose();
        let tiers: Vec<(Option<i64>, i64)> = serde_json::from_str(&model.tiers).map_err(corrupt)?;
        let tier = |(least, price)| {
            Ok::<_, Problem>(PriceTier {
                min_quantity: counted(least)?,
                unit_price: UnitPrice::from_units(price, currency)?,
            })
        };
        Ok(Self {
            id: model.id.0,
            agreement: model.agreement_id.0,
            position: model.position,
            terms: LineTerms {
                product: model.product_id.0,
                part_number: ShortText::parse(&model.part_number)?,
                description: Prose::parse(&model.description)?,
                unit: Unit::parse(&model.unit)?,
                tiers: tiers.into_iter().map(tier).collect::<Result<_, _>>()?,
                order_minimum: counted(model.order_minimum)?,
                order_multiple: counted(model.order_multiple)?,
                volume: counted(model.volume)?,
                commitment: counted(model.commitment)?,
                lead_time_days: model.lead_time_days,
            },
            called_off: counted(Some(model.called_off))?,
            remaining: counted(model.remaining)?,
            called_off_amount: Money::from_units(model.called_off_amount, currency)?,
            version: model.version,
        })
    }
}
