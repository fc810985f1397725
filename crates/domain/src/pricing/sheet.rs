//! Setting prices: what takes whose place, and what cannot stand beside what stands.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use uuid::Uuid;

use super::period::Period;
use super::price::{Price, PriceId, PriceKey, PriceTerms};
use crate::catalog::ProductId;
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem};
use crate::viewing::GroupId;

/// How many prices are set or ended at once.
pub const PRICES_AT_ONCE_MAX: usize = 1_000;

/// How many standing prices a list has of one product: tiers, units and validities together.
pub const PRICES_PER_PRODUCT_MAX: usize = 100;

/// The standing prices of one list, or of one agreement, of the products that are about to be priced, and the time from which on what is
/// set is recorded.
#[derive(Debug)]
pub struct PriceSheet {
    source: Uuid,
    seller: OrganizationId,
    group: GroupId,
    now: Timestamp,
    standing: HashMap<PriceKey, Vec<Price>>,
    per_product: HashMap<ProductId, usize>,
    /// What was entered through this sheet.
    entered: HashSet<PriceId>,
}

/// What became of a price that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// It stood so already.
    Unchanged(Price),
    /// It is new.
    Added(Price),
    /// It took the place of another, which ends.
    Replaced {
        /// What stood there.
        before: Box<Price>,
        /// What stands there from now on.
        now: Price,
    },
}

impl Placed {
    /// The price that stands now.
    #[must_use]
    pub const fn price(&self) -> &Price {
        match self {
            Self::Unchanged(price) | Self::Added(price) | Self::Replaced { now: price, .. } => price,
        }
    }
}

impl PriceSheet {
    /// The sheet of `source`, on which those of `known` stand that have not ended; the others are those that ended after `now`.
    ///
    /// What is set through it is recorded at `now`, or at the last moment at which anything of `known` was recorded or ended: clocks
    /// differ, and whoever waited for its turn began before those who were quicker. At no time do two prices hold then.
    #[must_use]
    pub fn new(
        source: Uuid,
        seller: OrganizationId,
        group: GroupId,
        known: impl IntoIterator<Item = Price>,
        now: Timestamp,
    ) -> Self {
        let mut sheet = Self {
            source,
            seller,
            group,
            now,
            standing: HashMap::new(),
            per_product: HashMap::new(),
            entered: HashSet::new(),
        };
        for price in known {
            sheet.now = sheet.now.max(price.ended_at.unwrap_or(price.recorded_at));
            if price.ended_at.is_none() {
                sheet.put(price);
            }
        }
        sheet
    }

    /// When what is set through it is recorded, and what it takes the place of ends.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// What stands at that place for exactly that time.
    #[must_use]
    pub fn standing(&self, key: &PriceKey, valid: &Period) -> Option<&PriceTerms> {
        let beside = self.standing.get(key)?;
        beside.iter().map(|price| &price.terms).find(|terms| terms.valid == *valid)
    }

    /// All that stands on it, in no order.
    pub fn prices(&self) -> impl Iterator<Item = &Price> {
        self.standing.values().flatten()
    }

    /// Leaves room for so many prices of a product that are to come in otherwise.
    pub fn reserve(&mut self, product: ProductId, count: usize) {
        *self.per_product.entry(product).or_default() += count;
    }

    /// Ends what stands and is not `kept`, so that it stands in the way of nothing, and answers it.
    pub fn end_unless(&mut self, kept: impl Fn(&Price) -> bool) -> Vec<Price> {
        let mut ended = Vec::new();
        for beside in self.standing.values_mut() {
            ended.extend(beside.extract_if(.., |price| !kept(price)).map(|price| price.end(self.now)));
        }
        for price in &ended {
            if let Some(count) = self.per_product.get_mut(&price.product) {
                *count = count.saturating_sub(1);
            }
        }
        ended
    }

    fn put(&mut self, price: Price) {
        *self.per_product.entry(price.product).or_default() += 1;
        self.standing.entry(price.key()).or_default().push(price);
    }

    /// Sets a price. One for the same product, unit, tier and validity takes the place of what stands there.
    ///
    /// # Errors
    /// [`Code::Duplicate`] where it was entered before through this sheet; [`Code::PriceOverlaps`] beside another of the same product, unit
    /// and tier in a part of the time; [`Code::TooMany`] beyond [`PRICES_PER_PRODUCT_MAX`].
    pub fn enter(&mut self, product: ProductId, terms: PriceTerms) -> Result<Placed, Problem> {
        let price = Price {
            id: Id::new(),
            source: self.source,
            seller: self.seller,
            group: self.group,
            product,
            terms,
            recorded_at: self.now,
            ended_at: None,
        };
        let count = self.per_product.get(&product).copied().unwrap_or_default();
        let beside = self.standing.entry(price.key()).or_default();
        if let Some(same) = beside.iter_mut().find(|other| other.terms.valid == terms.valid) {
            if same.terms == terms {
                return Ok(Placed::Unchanged(same.clone()));
            }
            if self.entered.contains(&same.id) {
                return Err(Code::Duplicate.into());
            }
            self.entered.insert(price.id);
            let before = std::mem::replace(same, price.clone());
            return Ok(Placed::Replaced { before: Box::new(before.end(self.now)), now: price });
        }
        if beside.iter().any(|other| other.terms.valid.overlaps(&terms.valid)) {
            return Err(Problem::new(Code::PriceOverlaps).at("validFrom"));
        }
        if count >= PRICES_PER_PRODUCT_MAX {
            return Err(Problem::new(Code::TooMany).with("max", PRICES_PER_PRODUCT_MAX));
        }
        self.entered.insert(price.id);
        self.put(price.clone());
        Ok(Placed::Added(price))
    }
}
