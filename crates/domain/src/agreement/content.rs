//! What is agreed: terms and lines. A version of it never changes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalog::ProductId;
use crate::currency::Currency;
use crate::incoterm::DeliveryTerm;
use crate::money::{Money, UnitPrice};
use crate::order::{LineDescription, PaymentTerms};
use crate::pricing::{Period, PriceTerms};
use crate::quantity::Quantity;
use crate::text::{Name, ShortText};
use crate::unit::Unit;

/// Terms and lines, as they are offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementContent {
    /// What holds for all of it.
    pub terms: AgreementTerms,
    /// What can be called off; at least one.
    pub lines: Vec<LineTerms>,
}

/// What holds for the agreement as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementTerms {
    /// What it is about.
    pub title: Name,
    /// The number under which the buyer knows it.
    pub buyer_reference: Option<ShortText>,
    /// The number under which the seller knows it.
    pub seller_reference: Option<ShortText>,
    /// The currency of every price and amount.
    pub currency: Currency,
    /// From when on its prices hold.
    pub valid_from: Timestamp,
    /// Until when; this very instant is too late.
    pub valid_until: Timestamp,
    /// When and how the buyer pays.
    pub payment_terms: Option<PaymentTerms>,
    /// Who carries the goods how far.
    pub delivery: Option<DeliveryTerm>,
    /// The least that the buyer will call off in all; `None` for no such promise.
    pub commitment: Option<Money>,
    /// How many days before the end notice can be given at the latest.
    pub notice_days: i64,
    /// By how many months it goes on by itself; `None` when it does not.
    pub renewal_months: Option<i64>,
}

/// What holds for one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTerms {
    /// Which product of the seller.
    pub product: ProductId,
    /// Its number when this was written.
    pub part_number: ShortText,
    /// Its name when this was written.
    pub description: LineDescription,
    /// What prices and quantities count.
    pub unit: Unit,
    /// Prices by growing quantity; at least one.
    pub tiers: Vec<PriceTier>,
    /// The least of one call-off; `None` for any.
    pub order_minimum: Option<Quantity>,
    /// What each call-off is a multiple of; `None` for any.
    pub order_multiple: Option<Quantity>,
    /// The most that can be called off in all; `None` for no limit.
    pub volume: Option<Quantity>,
    /// The least that shall be called off in all; `None` for no such promise.
    pub commitment: Option<Quantity>,
    /// How many days the seller needs from a call-off to the delivery.
    pub lead_time_days: Option<i64>,
}

/// A price from a quantity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceTier {
    /// From how much on; `None` for any, which only the first tier can say.
    pub min_quantity: Option<Quantity>,
    /// For each unit.
    pub unit_price: UnitPrice,
}

impl LineTerms {
    /// The price of one unit when `quantity` is called off: that of the last tier it reaches; nothing below the first.
    #[must_use]
    pub fn price_at(&self, quantity: Quantity) -> Option<UnitPrice> {
        let reached = self.tiers.iter().take_while(|tier| tier.min_quantity.is_none_or(|least| least <= quantity));
        reached.last().map(|tier| tier.unit_price)
    }

    /// The least that one call-off takes: the first multiple that reaches the minimum and the first tier.
    ///
    /// In 1/10 000 of the unit, because without any limit it is less than any quantity that is counted.
    pub(super) fn least_units(&self) -> i64 {
        let first = self.tiers.first().and_then(|tier| tier.min_quantity);
        let least = self.order_minimum.max(first).map_or(1, Quantity::units);
        let multiple = self.order_multiple.map_or(1, Quantity::units);
        // A quantity is above zero, and 10^13 at most.
        least.div_euclid(multiple).saturating_add(i64::from(least.rem_euclid(multiple) != 0)).saturating_mul(multiple)
    }

    /// The prices that it makes, within the validity of its agreement.
    pub fn prices(&self) -> impl Iterator<Item = (ProductId, PriceTerms)> {
        self.tiers.iter().map(|tier| {
            let terms = PriceTerms {
                price: tier.unit_price,
                unit: self.unit,
                min_quantity: tier.min_quantity,
                order_minimum: self.order_minimum,
                order_multiple: self.order_multiple,
                valid: Period::ALWAYS,
            };
            (self.product, terms)
        })
    }
}
