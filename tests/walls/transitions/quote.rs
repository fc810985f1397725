//! Quotes.

use jiff::Timestamp;
use tradehall_domain::named::Named;
use tradehall_domain::problem::{Code, Problems};
use tradehall_domain::quote::{Offer, Quote, QuoteStatus};
use tradehall_domain::rfq::{Bidding, Pick, Rfq, RfqLine, RfqStatus};
use tradehall_domain::side::{As, Seller};

use super::rfq::{deadline, in_status, quoted};
use super::{Machine, now, outcome};

type Verb = fn(&mut As<Seller, Quote>, &mut Offer, &Rfq, Timestamp) -> Result<(), Problems>;

const VERBS: [(&str, Verb); 3] = [
    ("revise", |quote, _, rfq, now| Ok(quote.can_revise(rfq, now)?)),
    ("submit", |quote, offer, rfq, now| Ok(quote.submit(rfq, &mut offer.version, now).map(drop)?)),
    ("withdraw", |quote, _, rfq, now| Ok(quote.withdraw(rfq, now).map(drop)?)),
];

fn in_state(status: QuoteStatus, rfq: RfqStatus) -> (As<Seller, Quote>, Offer, Rfq, Vec<RfqLine>) {
    let (rfq, lines) = in_status(Bidding::Open, rfq);
    let (mut quote, offer) = quoted(&rfq, &lines);
    quote.status = status;
    (quote, offer, rfq.release(), lines)
}

fn tried(title: &'static str, now: Timestamp) -> Machine {
    let mut machine = Machine::new(title, Code::QuoteStatus, QuoteStatus::ALL);
    for (name, verb) in VERBS {
        machine.verb(
            name,
            QuoteStatus::ALL.iter().map(|status| {
                let (mut quote, mut offer, rfq, _) = in_state(*status, RfqStatus::Published);
                let done = verb(&mut quote, &mut offer, &rfq, now);
                outcome(done, quote.status)
            }),
        );
    }
    machine
}

pub(super) fn while_open() -> Machine {
    tried("Quote, while the request takes quotes", now())
}

pub(super) fn after_the_deadline() -> Machine {
    tried("Quote, at the request's deadline", deadline())
}

/// What an award makes of quotes, and what it may take.
pub(super) fn at_the_award() -> Machine {
    let mut machine = Machine::new("Quote, when the request is awarded", Code::QuoteStatus, QuoteStatus::ALL);
    for (name, picked) in [("is picked for all lines", 2), ("is picked for one line", 1), ("is not picked", 0)] {
        machine.verb(name, QuoteStatus::ALL.iter().map(|status| awarded(*status, picked)));
    }
    machine
}

fn awarded(status: QuoteStatus, picked: usize) -> Result<String, Problems> {
    let (quote, offer, rfq, lines) = in_state(status, RfqStatus::Opened);
    let buyer = rfq.buyer;
    let mut rfq = As::claim(rfq, Some(buyer)).unwrap();
    let (other, other_offer) = quoted(&rfq, &lines);
    let from = |quote: &Quote, lines: &[RfqLine]| -> Vec<Pick> {
        lines.iter().map(|line| Pick { quote: quote.id, line: line.id, quantity: None }).collect()
    };
    let (won, lost) = lines.split_at(picked);
    let picks = [from(&quote, won), from(&other, lost)].concat();
    let asked = quote.id;
    let quotes = vec![(quote.release(), offer), (other.release(), other_offer)];
    let placed = rfq.award(&lines, quotes, &picks, now())?;
    let outcome = placed.outcomes.iter().find(|outcome| outcome.quote.id == asked);
    Ok(outcome.map_or(status, |outcome| outcome.quote.status).to_string())
}
