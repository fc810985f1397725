//! How a promotion becomes rows.

use jiff::Timestamp;
use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::money::{Percent, UnitPrice};
use tradehall_domain::pricing::{
    Period, PriceOrigin, PriceRank, PriceStatus, PriceTag, Promotion, PromotionTarget, PromotionTargetKind,
    PromotionTerms,
};
use tradehall_domain::quantity::Quantity;
use tradehall_domain::text::{Name as NameText, ShortText};
use tradehall_domain::unit::Unit;
use uuid::Uuid;

use super::entity::promotion::Model;
use super::entity::{promotion_target, promotion_term};
use crate::StoreError;
use crate::column::{Col, Name};

/// The columns in which a promotion and its history say what it takes off.
struct Said {
    percent: Option<i64>,
    amount: Option<i64>,
    currency: Option<String>,
    unit: Option<String>,
    min_quantity: Option<i64>,
}

impl Said {
    fn by(terms: &PromotionTerms) -> Self {
        let fixed = match terms.tag {
            PriceTag::Fixed(price, unit) => Some((price, unit)),
            PriceTag::PercentOff(_) => None,
        };
        let unit = fixed.map(|(_, unit)| unit).or(terms.min_quantity.map(|(_, unit)| unit));
        Self {
            percent: match terms.tag {
                PriceTag::PercentOff(percent) => Some(percent.units()),
                PriceTag::Fixed(..) => None,
            },
            amount: fixed.map(|(price, _)| price.units()),
            currency: fixed.map(|(price, _)| price.currency().code().to_owned()),
            unit: unit.map(|unit| unit.code().to_owned()),
            min_quantity: terms.min_quantity.map(|(quantity, _)| quantity.units()),
        }
    }
}

/// What the promotion says from that moment on.
pub(super) fn term(promotion: &Promotion, from: Timestamp) -> promotion_term::Model {
    let terms = &promotion.terms;
    let Said { percent, amount, currency, unit, min_quantity } = Said::by(terms);
    let is_agreement = promotion.rank == PriceRank::Agreement;
    promotion_term::Model {
        id: Uuid::now_v7(),
        promotion_id: Col(promotion.id),
        seller_id: Col(promotion.seller),
        group_id: Col(promotion.group),
        origin: Name(if is_agreement { PriceOrigin::AgreementDiscount } else { PriceOrigin::Promotion }),
        name: promotion.name.to_string(),
        percent,
        amount,
        currency,
        unit,
        min_quantity,
        priority: terms.priority,
        valid_from: terms.valid.from.map(Col),
        valid_until: terms.valid.until.map(Col),
        active: promotion.status == PriceStatus::Active,
        recorded_at: Col(from),
        ended_at: None,
    }
}

/// What the promotion is for.
pub(super) fn targets(promotion: &Promotion) -> Vec<promotion_target::Model> {
    let row = |target_id: Uuid, brand: Option<String>| promotion_target::Model {
        id: Uuid::now_v7(),
        promotion_id: Col(promotion.id),
        seller_id: Col(promotion.seller),
        group_id: Col(promotion.group),
        target_id,
        brand,
    };
    let seller = promotion.seller.uuid();
    match &promotion.target {
        PromotionTarget::All => vec![row(seller, None)],
        PromotionTarget::Category(ids) => ids.iter().map(|id| row(id.uuid(), None)).collect(),
        PromotionTarget::Products(ids) => ids.iter().map(|id| row(id.uuid(), None)).collect(),
        PromotionTarget::Brand(brands) => brands.iter().map(|brand| row(seller, Some(brand.to_string()))).collect(),
    }
}

/// A promotion again, of its row and those of its targets.
pub(super) fn restore(model: Model, targets: Vec<promotion_target::Model>) -> Result<Promotion, StoreError> {
    let mut targets = targets;
    targets.sort_by_key(|target| target.id);
    let unit = model.unit.as_deref().map(Unit::parse).transpose()?;
    let unstated = || StoreError::Corrupt("a promotion that says nothing".to_owned());
    let tag = match (model.percent, model.amount) {
        (Some(percent), _) => PriceTag::PercentOff(Percent::from_units(percent)?),
        (None, amount) => {
            let currency = Currency::parse(model.currency.as_deref().ok_or_else(unstated)?)?;
            let price = UnitPrice::from_units(amount.ok_or_else(unstated)?, currency)?;
            PriceTag::Fixed(price, unit.ok_or_else(unstated)?)
        }
    };
    let min_quantity = model.min_quantity.map(Quantity::from_units).transpose()?.zip(unit);
    let target = match model.target.0 {
        PromotionTargetKind::All => PromotionTarget::All,
        PromotionTargetKind::Category => {
            PromotionTarget::Category(targets.iter().map(|target| Id::from_uuid(target.target_id)).collect())
        }
        PromotionTargetKind::Products => {
            PromotionTarget::Products(targets.iter().map(|target| Id::from_uuid(target.target_id)).collect())
        }
        PromotionTargetKind::Brand => {
            let brands = targets.iter().filter_map(|target| target.brand.as_deref()).map(ShortText::parse);
            PromotionTarget::Brand(brands.collect::<Result<_, _>>()?)
        }
    };
    Ok(Promotion {
        id: model.id.0,
        seller: model.seller_id.0,
        name: NameText::parse(&model.name)?,
        rank: model.rank.0,
        group: model.group_id.0,
        target,
        terms: PromotionTerms {
            tag,
            min_quantity,
            priority: model.priority,
            valid: Period { from: model.valid_from.map(|at| at.0), until: model.valid_until.map(|at| at.0) },
        },
        status: model.status.0,
        since: model.since.0,
        created_at: model.created_at.0,
        version: model.version,
    })
}

impl From<&Promotion> for Model {
    fn from(promotion: &Promotion) -> Self {
        let terms = &promotion.terms;
        let Said { percent, amount, currency, unit, min_quantity } = Said::by(terms);
        Self {
            id: Col(promotion.id),
            seller_id: Col(promotion.seller),
            name: promotion.name.to_string(),
            rank: Name(promotion.rank),
            group_id: Col(promotion.group),
            target: Name(promotion.target.kind()),
            percent,
            amount,
            currency,
            unit,
            min_quantity,
            priority: terms.priority,
            valid_from: terms.valid.from.map(Col),
            valid_until: terms.valid.until.map(Col),
            status: Name(promotion.status),
            since: Col(promotion.since),
            created_at: Col(promotion.created_at),
            version: promotion.version,
        }
    }
}
