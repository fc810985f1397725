//! A row of the statement that reads candidates.

use sea_orm::QueryResult;
use tradehall_domain::catalog::{Packed, ProductId};
use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::money::{Percent, UnitPrice};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::{Candidate, OrderTerms, Period, PriceOrigin, PriceTag};
use tradehall_domain::quantity::Quantity;
use tradehall_domain::text::Name as NameText;
use tradehall_domain::unit::Unit;
use uuid::Uuid;

use super::statement::PACKAGING;
use crate::StoreError;
use crate::column::{Col, Name};

/// The places of the columns.
mod place {
    pub(super) const PRODUCT: usize = 0;
    pub(super) const SELLER: usize = 1;
    pub(super) const ORIGIN: usize = 2;
    pub(super) const ID: usize = 3;
    pub(super) const SOURCE: usize = 4;
    pub(super) const PRIORITY: usize = 5;
    pub(super) const PERCENT: usize = 6;
    pub(super) const AMOUNT: usize = 7;
    pub(super) const CURRENCY: usize = 8;
    pub(super) const UNIT: usize = 9;
    /// Of a packaging, how much it holds.
    pub(super) const TIER: usize = 10;
    pub(super) const MINIMUM: usize = 11;
    pub(super) const MULTIPLE: usize = 12;
    pub(super) const MAXIMUM: usize = 13;
    pub(super) const VALID_FROM: usize = 14;
    pub(super) const VALID_UNTIL: usize = 15;
    pub(super) const SOURCE_FROM: usize = 16;
    pub(super) const SOURCE_UNTIL: usize = 17;
    pub(super) const ACTIVE: usize = 18;
    /// Of a packaging, the unit of what it holds.
    pub(super) const NAME: usize = 19;
}

/// What a row says of its product.
#[expect(clippy::large_enum_variant, reason = "made and taken apart row by row, never kept")]
pub(super) enum Said {
    /// What it costs.
    Price(Candidate),
    /// How it is packed.
    Packed(Packed),
}

/// Reads a row: of which product, of which seller, and what it says.
pub(super) fn read(row: &QueryResult) -> Result<(ProductId, OrganizationId, Said), StoreError> {
    let id = |place: usize| row.try_get_by_index::<Uuid>(place);
    let kind = row.try_get_by_index::<String>(place::ORIGIN)?;
    let said = if kind == PACKAGING { Said::Packed(packed(row)?) } else { Said::Price(candidate(row)?) };
    Ok((Id::from_uuid(id(place::PRODUCT)?), Id::from_uuid(id(place::SELLER)?), said))
}

fn packed(row: &QueryResult) -> Result<Packed, StoreError> {
    let unit = |place: usize| Ok::<_, StoreError>(Unit::parse(&row.try_get_by_index::<String>(place)?)?);
    let quantity = Quantity::from_units(row.try_get_by_index(place::TIER)?)?;
    Ok(Packed { unit: unit(place::UNIT)?, quantity, of: unit(place::NAME)? })
}

fn candidate(row: &QueryResult) -> Result<Candidate, StoreError> {
    let number = |place: usize| row.try_get_by_index::<Option<i64>>(place);
    let text = |place: usize| row.try_get_by_index::<Option<String>>(place);
    let time = |place: usize| Ok::<_, StoreError>(row.try_get_by_index::<Option<Col<_>>>(place)?.map(|time| time.0));
    let counted = |place: usize| Ok::<_, StoreError>(number(place)?.map(Quantity::from_units).transpose()?);
    let period = |from: usize, until: usize| Ok::<_, StoreError>(Period { from: time(from)?, until: time(until)? });

    let unit = text(place::UNIT)?.as_deref().map(Unit::parse).transpose()?;
    let unstated = || StoreError::Corrupt("a price without a unit or a currency".to_owned());
    let tag = match number(place::PERCENT)? {
        Some(percent) => PriceTag::PercentOff(Percent::from_units(percent)?),
        None => {
            let currency = Currency::parse(&text(place::CURRENCY)?.ok_or_else(unstated)?)?;
            let amount = number(place::AMOUNT)?.ok_or_else(unstated)?;
            PriceTag::Fixed(UnitPrice::from_units(amount, currency)?, unit.ok_or_else(unstated)?)
        }
    };
    let order = match unit {
        Some(unit) => {
            OrderTerms::of(unit, counted(place::MINIMUM)?, counted(place::MULTIPLE)?, counted(place::MAXIMUM)?)
        }
        None => OrderTerms::default(),
    };
    Ok(Candidate {
        id: row.try_get_by_index(place::ID)?,
        origin: row.try_get_by_index::<Name<PriceOrigin>>(place::ORIGIN)?.0,
        source: row.try_get_by_index(place::SOURCE)?,
        priority: row.try_get_by_index(place::PRIORITY)?,
        name: text(place::NAME)?.as_deref().map(NameText::parse).transpose()?,
        tag,
        tier: counted(place::TIER)?.zip(unit),
        order,
        active: row.try_get_by_index(place::ACTIVE)?,
        valid: period(place::VALID_FROM, place::VALID_UNTIL)?.within(&period(place::SOURCE_FROM, place::SOURCE_UNTIL)?),
        // The statement reads what stood on the books at the time that is asked about.
        recorded: Period::ALWAYS,
    })
}
