//! Requests for quotation and the invitations to them.

use jiff::{SignedDuration, Timestamp};
use tradehall_domain::id::Id;
use tradehall_domain::named::Named;
use tradehall_domain::problem::{Code, Problems};
use tradehall_domain::quote::{Offer, Quote, QuoteDraft, QuoteLineDraft};
use tradehall_domain::rfq::{
    Bidding, Invitation, InvitationStatus, Pick, Rfq, RfqAudience, RfqDraft, RfqLine, RfqLineDraft, RfqStatus,
};
use tradehall_domain::side::{As, Buyer, Seller, Side, TwoSided};

use super::{Machine, now, outcome};

pub(super) fn deadline() -> Timestamp {
    now() + SignedDuration::from_hours(240)
}

pub(super) fn draft(bidding: Bidding) -> RfqDraft {
    let line = |description: &str| RfqLineDraft {
        description: Some(description.to_owned()),
        quantity: 10.into(),
        unit: "C62".to_owned(),
        ..RfqLineDraft::default()
    };
    RfqDraft {
        venue: Id::new(),
        title: "Fasteners".to_owned(),
        description: None,
        currency: "USD".to_owned(),
        audience: RfqAudience::Public,
        bidding,
        deadline: deadline(),
        lines: vec![line("Bolt"), line("Nut")],
        attachments: Vec::new(),
    }
}

/// A request in that status, with its lines.
pub(super) fn in_status(bidding: Bidding, status: RfqStatus) -> (As<Buyer, Rfq>, Vec<RfqLine>) {
    let (mut rfq, lines, _) = Rfq::draft(&draft(bidding), Id::new(), now()).unwrap();
    rfq.status = status;
    rfq.next_check_at = rfq.due();
    (rfq, lines)
}

/// An opened quote on all lines of a request, and what it offers.
pub(super) fn quoted(rfq: &Rfq, lines: &[RfqLine]) -> (As<Seller, Quote>, Offer) {
    let line = |line: &RfqLine| QuoteLineDraft {
        rfq_line: line.id,
        quantity: None,
        unit: None,
        unit_price: 2.into(),
        tiers: Vec::new(),
        lead_time_days: 7,
        remarks: None,
    };
    let draft = QuoteDraft {
        currency: "USD".to_owned(),
        valid_until: deadline() + SignedDuration::from_hours(240),
        payment_terms: None,
        remarks: None,
        lines: lines.iter().map(line).collect(),
        attachments: Vec::new(),
    };
    let published = Rfq { status: RfqStatus::Published, ..rfq.clone() };
    let (mut quote, mut offer, _) = Quote::begin(&published, lines, Id::new(), &draft, now()).unwrap();
    quote.submit(&published, &mut offer.version, now()).unwrap();
    quote.revealed = true;
    (quote, offer)
}

fn award(rfq: &mut As<Buyer, Rfq>, lines: &[RfqLine], picked: usize) -> Result<(), Problems> {
    let (quote, offer) = quoted(rfq, lines);
    let picks: Vec<_> =
        lines.iter().take(picked).map(|line| Pick { quote: quote.id, line: line.id, quantity: None }).collect();
    rfq.award(lines, vec![(quote.release(), offer)], &picks, now()).map(drop)
}

type Verb = fn(&mut As<Buyer, Rfq>, &[RfqLine], Timestamp) -> Result<(), Problems>;

const VERBS: [(&str, Verb); 13] = [
    ("amend", |rfq, _, now| rfq.amend(&draft(rfq.bidding), now).map(drop)),
    ("invite", |rfq, _, now| Ok(rfq.can_invite(now)?)),
    ("publish", |rfq, lines, now| Ok(rfq.publish(lines.len(), 1, now).map(drop)?)),
    ("extend", |rfq, _, now| Ok(rfq.extend(deadline() + SignedDuration::from_hours(24), now).map(drop)?)),
    ("take a quote", |rfq, _, now| Ok(rfq.takes_quotes(now)?)),
    ("close", |rfq, _, _| Ok(rfq.close().map(drop)?)),
    ("lapse", |rfq, _, now| Ok(rfq.lapse(now).map(drop)?)),
    ("open", |rfq, _, _| Ok(rfq.open().map(drop)?)),
    ("evaluate", |rfq, _, _| Ok(rfq.evaluate().map(drop)?)),
    ("award whole", |rfq, lines, _| award(rfq, lines, 2)),
    ("award in part", |rfq, lines, _| award(rfq, lines, 1)),
    ("decline all", |rfq, _, _| Ok(rfq.decline_all("Too dear").map(drop)?)),
    ("cancel", |rfq, _, _| Ok(rfq.cancel("Not needed").map(drop)?)),
];

fn tried(title: &'static str, bidding: Bidding, now: Timestamp, verbs: &[(&'static str, Verb)]) -> Machine {
    let mut machine = Machine::new(title, Code::RfqStatus, RfqStatus::ALL);
    for (name, verb) in verbs {
        machine.verb(
            name,
            RfqStatus::ALL.iter().map(|status| {
                let (mut rfq, lines) = in_status(bidding, *status);
                let done = verb(&mut rfq, &lines, now);
                assert_eq!(rfq.next_check_at, rfq.due(), "the worker is told by {name}");
                outcome(done, rfq.status)
            }),
        );
    }
    machine
}

pub(super) fn request(title: &'static str, bidding: Bidding) -> Machine {
    tried(title, bidding, now(), &VERBS)
}

pub(super) fn after_the_deadline() -> Machine {
    let verbs: Vec<_> = VERBS.into_iter().filter(|(name, _)| *name != "amend").collect();
    tried("Request for quotation, open bidding, at its deadline", Bidding::Open, deadline(), &verbs)
}

type Answer = fn(&mut As<Seller, Invitation>) -> Result<(), Problems>;

const ANSWERS: [(&str, Answer); 3] = [
    ("view", |invitation| Ok(invitation.view(now()).map(drop)?)),
    ("accept", |invitation| Ok(invitation.accept(now()).map(drop)?)),
    ("decline", |invitation| Ok(invitation.decline(Some("No capacity"), now()).map(drop)?)),
];

pub(super) fn invitation() -> Machine {
    let statuses = InvitationStatus::ALL;
    let mut machine = Machine::new("Invitation to quote", Code::InvitationStatus, statuses);
    for (name, verb) in ANSWERS {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let (rfq, _) = in_status(Bidding::Open, RfqStatus::Published);
                let (mut invitation, _) = Invitation::new(&rfq, Id::new(), now()).unwrap();
                invitation.status = *status;
                let seller = invitation.party(Side::Seller);
                let mut invitation = As::claim(invitation, seller).unwrap();
                let done = verb(&mut invitation);
                outcome(done, invitation.status)
            }),
        );
    }
    machine
}
