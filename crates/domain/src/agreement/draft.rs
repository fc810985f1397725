//! Content as it is sent in, and what it must fulfil.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use super::{AgreementContent, AgreementLineDraft, AgreementTerms, LineTerms, RENEWAL_MONTHS_MAX};
use crate::catalog::{Measures, Product, ProductId};
use crate::currency::Currency;
use crate::incoterm::{DeliveryTerm, Incoterm};
use crate::money::Money;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::{Name, Prose, ShortText, Text};

/// The most lines that one agreement has.
pub const AGREEMENT_LINES_MAX: usize = 500;

/// How far ahead an agreement can end, in days: twenty years.
pub const VALIDITY_MAX_DAYS: i64 = 7_320;

/// Terms and lines as they were sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementDraft {
    /// What it is about.
    pub title: String,
    /// The buyer's own number for it.
    pub buyer_reference: Option<String>,
    /// The seller's own number for it.
    pub seller_reference: Option<String>,
    /// The currency of every price and amount.
    pub currency: Currency,
    /// From when on; at once when left out.
    pub valid_from: Option<Timestamp>,
    /// Until when.
    pub valid_until: Timestamp,
    /// When and how the buyer pays.
    pub payment_terms: Option<String>,
    /// Who carries the goods how far.
    pub incoterm: Option<Incoterm>,
    /// The place that the term speaks of.
    pub incoterm_place: Option<String>,
    /// The least that is called off in all.
    pub commitment: Option<Decimal>,
    /// How many days before the end notice can be given at the latest.
    pub notice_days: i64,
    /// By how many months it goes on by itself.
    pub renewal_months: Option<i64>,
    /// What can be called off.
    pub lines: Vec<AgreementLineDraft>,
}

impl AgreementDraft {
    /// The content that this makes. `products` are those of its lines that the author can see, `measures` how they are packed, where a
    /// line names a unit that has no fixed relation to its product's.
    ///
    /// # Errors
    /// Everything that is wrong with it, by the names of the input's fields.
    pub fn parse(
        &self,
        seller: OrganizationId,
        products: &HashMap<ProductId, Product>,
        measures: &HashMap<ProductId, Measures>,
        now: Timestamp,
    ) -> Result<AgreementContent, Problems> {
        let mut problems = Problems::new();
        let terms = match self.terms(now) {
            Ok(terms) => Some(terms),
            Err(found) => {
                found.into_iter().for_each(|problem| problems.push(problem));
                None
            }
        };
        let lines = problems.take("lines", self.lines(seller, products, measures, now));
        let content = terms.zip(lines).map(|(terms, lines)| AgreementContent { terms, lines });
        problems.finish(content)
    }

    fn terms(&self, now: Timestamp) -> Result<AgreementTerms, Problems> {
        let mut problems = Problems::new();
        let reference = |text: &Option<String>| text.as_deref().map(ShortText::parse).transpose();
        let title = problems.take("title", Name::parse(&self.title));
        let buyer_reference = problems.take("buyerReference", reference(&self.buyer_reference));
        let seller_reference = problems.take("sellerReference", reference(&self.seller_reference));
        let valid_from = self.valid_from.unwrap_or(now);
        problems.take("validUntil", check_validity(valid_from, self.valid_until, now));
        let payment_terms = problems.take("paymentTerms", self.payment_terms.as_deref().map(Prose::parse).transpose());
        let delivery = problems.take("incotermPlace", self.delivery());
        let commitment =
            problems.take("commitment", self.commitment.map(|least| amount(least, self.currency)).transpose());
        problems.take("noticeDays", self.check_notice(valid_from));
        problems
            .take("renewalMonths", self.renewal_months.map_or(Ok(()), |months| within(months, 1, RENEWAL_MONTHS_MAX)));
        let terms = (|| {
            Some(AgreementTerms {
                title: title?,
                buyer_reference: buyer_reference?,
                seller_reference: seller_reference?,
                currency: self.currency,
                valid_from,
                valid_until: self.valid_until,
                payment_terms: payment_terms?,
                delivery: delivery?,
                commitment: commitment?,
                notice_days: self.notice_days,
                renewal_months: self.renewal_months,
            })
        })();
        problems.finish(terms)
    }

    fn delivery(&self) -> Result<Option<DeliveryTerm>, Problem> {
        match (self.incoterm, self.incoterm_place.as_deref()) {
            (None, None) => Ok(None),
            (Some(incoterm), Some(place)) => Ok(Some(DeliveryTerm { incoterm, named_place: Text::parse(place)? })),
            _ => Err(Code::Required.into()),
        }
    }

    /// Notice has to be possible at some time.
    fn check_notice(&self, valid_from: Timestamp) -> Result<(), Problem> {
        let days = self.valid_until.duration_since(valid_from).as_hours().div_euclid(24);
        within(self.notice_days, 0, days.max(0))
    }

    fn lines(
        &self,
        seller: OrganizationId,
        products: &HashMap<ProductId, Product>,
        measures: &HashMap<ProductId, Measures>,
        now: Timestamp,
    ) -> Result<Vec<LineTerms>, Problems> {
        match self.lines.len() {
            0 => return Err(Problem::new(Code::TooFew).with("min", 1).into()),
            1..=AGREEMENT_LINES_MAX => {}
            _ => return Err(Problem::new(Code::TooMany).with("max", AGREEMENT_LINES_MAX).into()),
        }
        let mut problems = Problems::new();
        let mut seen = HashSet::new();
        let mut lines = Vec::with_capacity(self.lines.len());
        for (n, draft) in self.lines.iter().enumerate() {
            let line = match products.get(&draft.product).filter(|product| product.owner == seller) {
                None => Err(Problem::new(Code::NotFound).at("productId").into()),
                Some(product) if !product.is_published() => {
                    Err(Problem::new(Code::ProductNotPublished).at("productId").into())
                }
                Some(product) if !seen.insert((draft.product, draft.unit.unwrap_or(product.details.unit))) => {
                    Err(Problem::new(Code::Duplicate).at("productId").into())
                }
                Some(product) => {
                    let measures = measures.get(&product.id).cloned();
                    let measures = measures.unwrap_or_else(|| Measures::plain(product.details.unit));
                    draft.parse(product, &measures, self.currency, now)
                }
            };
            lines.extend(problems.take(n, line));
        }
        problems.finish(Some(lines))
    }
}

fn amount(value: Decimal, currency: Currency) -> Result<Money, Problem> {
    if value <= Decimal::ZERO {
        return Err(Code::NotPositive.into());
    }
    Money::new(value, currency)
}

pub(super) fn within(value: i64, least: i64, most: i64) -> Result<(), Problem> {
    match value {
        _ if value < least && least == 0 => Err(Code::Negative.into()),
        _ if value < least => Err(Code::NotPositive.into()),
        _ if value > most => Err(Problem::new(Code::TooLarge).with("max", most)),
        _ => Ok(()),
    }
}

fn check_validity(from: Timestamp, until: Timestamp, now: Timestamp) -> Result<(), Problem> {
    if until <= now {
        return Err(Code::InPast.into());
    }
    if until <= from {
        return Err(Code::EndsBeforeStart.into());
    }
    is_near(until, now)
}

/// Whether an agreement can end at `until`.
pub(super) fn is_near(until: Timestamp, now: Timestamp) -> Result<(), Problem> {
    if until.duration_since(now) > SignedDuration::from_hours(24 * VALIDITY_MAX_DAYS) {
        return Err(Problem::new(Code::TooFar).with("max", VALIDITY_MAX_DAYS));
    }
    Ok(())
}
