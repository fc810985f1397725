//! Requests with their lines, invitations and quotes.

use std::ops::Range;

use jiff::{SignedDuration, Timestamp};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::quote::{Offer, Quote, QuoteDraft, QuoteEvent, QuoteLineDraft};
use tradehall_domain::rfq::{Bidding, Invitation, Rfq, RfqAudience, RfqDraft, RfqEvent, RfqLine, RfqLineDraft};
use tradehall_domain::side::{As, Buyer};
use tradehall_persistence::{Store, Tx, quote, rfq};

use super::{BUYER, Kind, SELLER, SELLERS_OF_AWARD, SELLERS_OF_DETAIL, begin, id, line_number, quote_number};
use crate::outcome::Outcome;

/// Requests per transaction.
const CHUNK: u64 = 50;

/// What kind of requests a range holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Plan {
    /// 20 lines and 10 quotes, closed.
    Detail,
    /// 5 lines, 5 invitations and 3 quotes, taking quotes; from and to everybody.
    Background {
        /// How many organizations there are.
        organizations: u64,
    },
    /// 20 lines, taking quotes, the first seller invited.
    AwaitsQuote,
    /// 20 lines and 4 quotes, closed.
    AwaitsAward,
}

/// Who asks for what of whom.
struct Cast {
    buyer: u64,
    lines: u64,
    invited: Vec<u64>,
    quoting: u64,
    closed: bool,
}

impl Plan {
    fn cast(self, number: u64) -> Cast {
        let sellers = |count: u64| (SELLER..SELLER + count).collect();
        match self {
            Self::Detail => {
                let invited = sellers(SELLERS_OF_DETAIL);
                Cast { buyer: BUYER, lines: 20, invited, quoting: SELLERS_OF_DETAIL, closed: true }
            }
            Self::AwaitsQuote => Cast { buyer: BUYER, lines: 20, invited: sellers(1), quoting: 0, closed: false },
            Self::AwaitsAward => {
                let invited = sellers(SELLERS_OF_AWARD);
                Cast { buyer: BUYER, lines: 20, invited, quoting: SELLERS_OF_AWARD, closed: true }
            }
            Self::Background { organizations } => {
                let buyer = number % organizations;
                // Strides that are prime to most sizes spread invitations over the market.
                let invited = (1..=5).map(|n| (buyer + n * 17) % organizations).collect();
                Cast { buyer, lines: 5, invited, quoting: 3, closed: false }
            }
        }
    }
}

/// Adds the requests of these numbers.
pub(super) async fn fill(store: &Store, plan: Plan, numbers: Range<u64>) -> Outcome<()> {
    let mut next = numbers.start;
    while next < numbers.end {
        let mut tx = begin(store).await?;
        for number in next..numbers.end.min(next + CHUNK) {
            insert(&mut tx, number, &plan.cast(number))?;
            // One request is one statement, whose text is always the same.
            tx.flush().await?;
        }
        tx.commit().await?;
        next += CHUNK;
    }
    Ok(())
}

fn insert(tx: &mut Tx, number: u64, cast: &Cast) -> Outcome<()> {
    let (now, buyer) = (tx.now(), id(Kind::Organization, cast.buyer));
    let (mut own, mut lines, _) = Rfq::draft(&draft(cast, now), buyer, now)?;
    let event = own.publish(lines.len(), cast.invited.len(), now)?;
    let mut request = own.release();
    request.id = id(Kind::Rfq, number);
    for (line, position) in lines.iter_mut().zip(1..) {
        line.id = id(Kind::RfqLine, line_number(number, position));
        line.rfq = request.id;
    }
    let invitations = cast.invited.iter().map(|seller| Invitation::new(&request, id(Kind::Organization, *seller), now));
    let invitations = invitations.collect::<Result<Vec<_>, _>>()?;
    let quotes = cast.invited.iter().zip(0..cast.quoting).map(|(seller, place)| {
        offer(&request, &lines, id(Kind::Organization, *seller), quote_number(number, place), now)
    });
    let quotes = quotes.collect::<Outcome<Vec<_>>>()?;
    let (request, event) = if cast.closed { close(request, buyer)? } else { (request, event) };
    rfq::insert(tx, &request, &lines, &event)?;
    rfq::invitation::insert(tx, &invitations)?;
    for (quote, offer, event) in &quotes {
        quote::insert(tx, quote, event)?;
        quote::insert_version(tx, offer)?;
    }
    Ok(())
}

fn close(request: Rfq, buyer: OrganizationId) -> Outcome<(Rfq, RfqEvent)> {
    let mut own = As::<Buyer, _>::claim(request, Some(buyer)).map_err(tradehall_domain::problem::Problem::from)?;
    let event = own.close()?;
    Ok((own.release(), event))
}

fn draft(cast: &Cast, now: Timestamp) -> RfqDraft {
    let line = |n: u64| RfqLineDraft {
        description: Some(format!("Bu lông thép mạ kẽm M{n} × 40, cấp bền 8.8, DIN 933")),
        quantity: (100 * n).into(),
        unit: "C62".to_owned(),
        target_price: Some(rust_decimal::Decimal::new(1_250, 4)),
        delivery_place: Some("Kho 2, KCN Tân Bình, TP. Hồ Chí Minh".to_owned()),
        incoterm: Some("DAP".to_owned()),
        incoterm_place: Some("Hải Phòng".to_owned()),
        ..RfqLineDraft::default()
    };
    RfqDraft {
        venue: id(Kind::Venue, cast.buyer),
        title: "Vật tư cơ khí quý 3".to_owned(),
        description: Some("Giao một lần, kèm chứng chỉ vật liệu EN 10204 3.1.".to_owned()),
        currency: "USD".to_owned(),
        audience: RfqAudience::Invited,
        bidding: Bidding::Open,
        deadline: now + SignedDuration::from_hours(24 * 30),
        lines: (1..=cast.lines).map(line).collect(),
        attachments: Vec::new(),
    }
}

fn offer(
    request: &Rfq,
    lines: &[RfqLine],
    seller: OrganizationId,
    number: u64,
    now: Timestamp,
) -> Outcome<(Quote, Offer, QuoteEvent)> {
    let price = |line: &RfqLine| QuoteLineDraft {
        rfq_line: line.id,
        quantity: None,
        unit: None,
        // A price of each seller's own, so that there is something to rank.
        unit_price: rust_decimal::Decimal::new(1_000 + i64::try_from(number % 97).unwrap_or(0), 4),
        tiers: Vec::new(),
        lead_time_days: 14,
        remarks: None,
    };
    let draft = QuoteDraft {
        currency: "USD".to_owned(),
        valid_until: now + SignedDuration::from_hours(24 * 60),
        payment_terms: Some("30 ngày sau khi nhận hàng".to_owned()),
        remarks: None,
        lines: lines.iter().map(price).collect(),
        attachments: Vec::new(),
    };
    let (mut quote, mut offer, _) = Quote::begin(request, lines, seller, &draft, now)?;
    let event = quote.submit(request, &mut offer.version, now)?;
    let mut quote = quote.release();
    quote.id = id(Kind::Quote, number);
    offer.version.id = id(Kind::QuoteVersion, number);
    offer.version.quote = quote.id;
    for (line, position) in offer.lines.iter_mut().zip(1..) {
        line.id = id(Kind::QuoteLine, line_number(number, position));
        line.quote = quote.id;
        line.quote_version = offer.version.id;
    }
    Ok((quote, offer, event))
}
