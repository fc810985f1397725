//! Requests for quotations: drafted, published, quoted, awarded and given up.

use jiff::SignedDuration;
use rust_decimal::Decimal;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::quote::{QuoteDraft, QuoteLineDraft, TierDraft};
use tradehall_domain::rfq::{Bidding, Rfq, RfqAudience, RfqDraft, RfqLineDraft};
use tradehall_domain::venue::{VenueAccess, VenueDraft, VenueId, VenueModel};
use tradehall_persistence::{Meter, rfq};

use super::{Owner, session};
use crate::app::{App, Error};
use crate::quote::SubmitQuote;
use crate::rfq::{AwardRfq, CancelRfq, Choice, CloseRfq, DraftRfq, InviteSuppliers, PublishRfq};
use crate::venue::OpenVenue;

/// What each of `buyers` asks of `sellers`.
pub(super) async fn fill(app: &App, buyers: &[Owner], sellers: &[Owner]) -> Result<(), Error> {
    let suppliers: Vec<_> = sellers.iter().map(|seller| seller.organization).collect();
    for (n, buyer) in buyers.iter().enumerate() {
        let open = VenueDraft {
            model: VenueModel::BuySide,
            name: "Mua hàng".to_owned(),
            access: if n == 0 { VenueAccess::Public } else { VenueAccess::Private },
            guest_policy: None,
            visitor_policy: None,
        };
        let venue = session(app, *buyer).execute(OpenVenue { draft: open, key: None }).await?.id;
        draft(app, *buyer, venue, "Bu lông và đai ốc quý tới", RfqAudience::Invited, Bidding::Open).await?;
        let rfq = published(app, *buyer, venue, "Bu lông M8 và thép tấm", Bidding::Open, &suppliers).await?;
        quoted(app, &rfq, sellers, n).await?;
        if n.is_multiple_of(2) {
            award(app, *buyer, &rfq, sellers).await?;
        }
        let sealed = published(app, *buyer, venue, "Thép hình, đấu kín", Bidding::Sealed, &suppliers).await?;
        quoted(app, &sealed, sellers, n + 1).await?;
        if n % 2 == 1 {
            let reason = "Dự án tạm hoãn".to_owned();
            session(app, *buyer).execute(CancelRfq { rfq: sealed.id, reason }).await?;
        }
        if n == 0 {
            let title = "Sơn chống gỉ, mời rộng rãi";
            let public = draft(app, *buyer, venue, title, RfqAudience::Public, Bidding::Open).await?;
            session(app, *buyer).execute(PublishRfq { rfq: public.id }).await?;
        }
    }
    Ok(())
}

async fn draft(
    app: &App,
    buyer: Owner,
    venue: VenueId,
    title: &str,
    audience: RfqAudience,
    bidding: Bidding,
) -> Result<Rfq, Error> {
    let line = |description: &str, quantity: i64, unit: &str| RfqLineDraft {
        description: Some(description.to_owned()),
        quantity: Decimal::from(quantity),
        unit: unit.to_owned(),
        delivery_place: Some("Kho số 2, Hải Phòng".to_owned()),
        incoterm: Some("DAP".to_owned()),
        incoterm_place: Some("Hải Phòng".to_owned()),
        ..RfqLineDraft::default()
    };
    let draft = RfqDraft {
        venue,
        title: title.to_owned(),
        description: Some("Giao hàng trong giờ hành chính.".to_owned()),
        currency: "VND".to_owned(),
        audience,
        bidding,
        deadline: app.store().now() + SignedDuration::from_hours(24 * 14),
        lines: vec![line("Bu lông M8×40, cấp bền 8.8", 5_000, "C62"), line("Thép tấm 2 mm, SS400", 1_200, "KGM")],
        attachments: Vec::new(),
    };
    session(app, buyer).execute(DraftRfq { draft, key: None }).await
}

async fn published(
    app: &App,
    buyer: Owner,
    venue: VenueId,
    title: &str,
    bidding: Bidding,
    suppliers: &[OrganizationId],
) -> Result<Rfq, Error> {
    let rfq = draft(app, buyer, venue, title, RfqAudience::Invited, bidding).await?;
    session(app, buyer).execute(InviteSuppliers { rfq: rfq.id, suppliers: suppliers.to_vec() }).await?;
    session(app, buyer).execute(PublishRfq { rfq: rfq.id }).await
}

/// Two of the sellers quote, at prices of their own.
async fn quoted(app: &App, rfq: &Rfq, sellers: &[Owner], turn: usize) -> Result<(), Error> {
    for (n, seller) in sellers.iter().enumerate().filter(|(n, _)| (n + turn).is_multiple_of(2)) {
        let tx = app.store().read(*session(app, *seller).actor(), Meter::default()).await?;
        let lines = rfq::lines_of(&tx, rfq.id).await?;
        drop(tx);
        let step = i64::try_from(n).unwrap_or(0);
        let lines = lines.iter().map(|line| {
            let base = if line.unit.code() == "KGM" { 18_500 } else { 1_250 };
            QuoteLineDraft {
                rfq_line: line.id,
                quantity: None,
                unit: None,
                unit_price: Decimal::from(base + 25 * step),
                tiers: vec![TierDraft {
                    minimum: Decimal::from(1_000),
                    unit_price: Decimal::from(base - 50 + 10 * step),
                }],
                lead_time_days: 7 + 3 * step,
                remarks: None,
            }
        });
        let draft = QuoteDraft {
            currency: "VND".to_owned(),
            valid_until: app.store().now() + SignedDuration::from_hours(24 * 60),
            payment_terms: Some("30 ngày kể từ ngày nhận hàng".to_owned()),
            remarks: None,
            lines: lines.collect(),
            attachments: Vec::new(),
        };
        session(app, *seller).execute(SubmitQuote { rfq: rfq.id, draft, key: None }).await?;
    }
    Ok(())
}

/// The first seller that quoted gets all of it.
async fn award(app: &App, buyer: Owner, rfq: &Rfq, sellers: &[Owner]) -> Result<(), Error> {
    session(app, buyer).execute(CloseRfq { rfq: rfq.id }).await?;
    let tx = app.store().read(*session(app, buyer).actor(), Meter::default()).await?;
    let quotes = tradehall_persistence::quote::of(&tx, &[rfq.id]).await?;
    drop(tx);
    let quote = quotes.iter().find(|quote| sellers.iter().any(|seller| seller.organization == quote.seller));
    if let Some(quote) = quote {
        let command = AwardRfq { rfq: rfq.id, choice: Choice::Whole(quote.id), key: None };
        session(app, buyer).execute(command).await?;
    }
    Ok(())
}
