//! A request that is published, quoted on and closed, by the same verbs as everybody uses.

use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::id::Id;
use crate::number::parse_decimal;
use crate::problem::{Code, Problems};
use crate::quantity::Quantity;
use crate::quote::{Offer, Quote, QuoteDraft, QuoteLineDraft};
use crate::rfq::{Bidding, Pick, Placed, Rfq, RfqAudience, RfqDraft, RfqLine, RfqLineDraft};
use crate::side::{As, Buyer};
use crate::unit::Unit;

pub(super) fn now() -> Timestamp {
    "2026-03-02T08:00:00Z".parse().unwrap()
}

pub(super) fn number(text: &str) -> Decimal {
    parse_decimal(text).unwrap()
}

/// What one seller offers for the line of this index.
#[derive(Debug, Clone)]
pub(super) struct Offering {
    pub(super) line: usize,
    pub(super) quantity: Quantity,
    pub(super) unit: Unit,
    pub(super) price: Decimal,
}

/// The same from text.
pub(super) fn offering(line: usize, quantity: &str, unit: &str, price: &str) -> Offering {
    Offering {
        line,
        quantity: Quantity::parse(quantity).unwrap(),
        unit: Unit::parse(unit).unwrap(),
        price: number(price),
    }
}

pub(super) struct Market {
    pub(super) rfq: As<Buyer, Rfq>,
    pub(super) lines: Vec<RfqLine>,
    pub(super) quotes: Vec<(Quote, Offer)>,
}

impl Market {
    /// A published request in USD for these quantities.
    pub(super) fn asking(asked: &[(Quantity, Unit)]) -> Self {
        let line = |(quantity, unit): &(Quantity, Unit)| RfqLineDraft {
            description: Some("Steel".to_owned()),
            quantity: quantity.value(),
            unit: unit.code().to_owned(),
            ..RfqLineDraft::default()
        };
        let draft = RfqDraft {
            venue: Id::new(),
            title: "Steel".to_owned(),
            description: None,
            currency: "USD".to_owned(),
            audience: RfqAudience::Invited,
            bidding: Bidding::Open,
            deadline: now() + SignedDuration::from_hours(24),
            lines: asked.iter().map(line).collect(),
            attachments: Vec::new(),
        };
        let (mut rfq, lines, _) = Rfq::draft(&draft, Id::new(), now()).unwrap();
        rfq.publish(lines.len(), 1, now()).unwrap();
        Self { rfq, lines, quotes: Vec::new() }
    }

    /// The same from text.
    pub(super) fn asking_for(asked: &[(&str, &str)]) -> Self {
        let asked: Vec<_> = asked
            .iter()
            .map(|(quantity, unit)| (Quantity::parse(quantity).unwrap(), Unit::parse(unit).unwrap()))
            .collect();
        Self::asking(&asked)
    }

    /// Another seller's submitted quote.
    pub(super) fn quote(&mut self, currency: &str, offered: &[Offering]) -> Result<(), Problems> {
        let line = |offering: &Offering| QuoteLineDraft {
            rfq_line: self.lines[offering.line].id,
            quantity: Some(offering.quantity.value()),
            unit: Some(offering.unit.code().to_owned()),
            unit_price: offering.price,
            tiers: Vec::new(),
            lead_time_days: 7,
            remarks: None,
        };
        let draft = QuoteDraft {
            currency: currency.to_owned(),
            valid_until: now() + SignedDuration::from_hours(240),
            payment_terms: None,
            remarks: None,
            lines: offered.iter().map(line).collect(),
            attachments: Vec::new(),
        };
        let (mut quote, mut offer, _) = Quote::begin(&self.rfq, &self.lines, Id::new(), &draft, now())?;
        quote.submit(&self.rfq, &mut offer.version, now())?;
        self.quotes.push((quote.release(), offer));
        Ok(())
    }

    /// A pick of so much, or of all, from quote number `quote`.
    pub(super) fn pick(&self, quote: usize, line: usize, quantity: Option<Decimal>) -> Pick {
        Pick { quote: self.quotes[quote].0.id, line: self.lines[line].id, quantity }
    }

    /// Picks of all that is offered.
    pub(super) fn everything(&self) -> Vec<Pick> {
        let lines = self.quotes.iter().flat_map(|(quote, offer)| offer.lines.iter().map(move |line| (quote.id, line)));
        lines.map(|(quote, line)| Pick { quote, line: line.rfq_line, quantity: None }).collect()
    }

    pub(super) fn award(&mut self, picks: &[Pick]) -> Result<Placed, Problems> {
        if self.rfq.can_close(now()).is_ok() {
            self.rfq.close(now()).unwrap();
        }
        self.rfq.award(&self.lines, self.quotes.clone(), picks, now())
    }
}

/// What is wrong, as code and path.
pub(super) fn faults(problems: &Problems) -> Vec<(Code, String)> {
    problems.iter().map(|problem| (problem.code, problem.path.join("."))).collect()
}
