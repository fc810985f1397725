//! Opening: from here on the buyer reads what was submitted.

use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::quote::{Quote, QuoteEvent, QuoteStatus};
use tradehall_domain::rfq::RfqId;

use super::lock_of;
use crate::{StoreError, Tx, event};

/// Reveals every submitted version of every quote on `rfq` to its buyer. Drafts stay the seller's own. Only a task across tenants can.
///
/// # Errors
/// When the database is away.
pub async fn reveal(tx: &mut Tx, rfq: RfqId) -> Result<Vec<Quote>, StoreError> {
    let quotes = lock_of(tx, rfq).await?;
    for sql in [
        "UPDATE quote SET revealed = true, version = version + 1 WHERE rfq_id = $1 AND status = 'SUBMITTED' AND NOT revealed",
        "UPDATE quote_line SET revealed = true WHERE rfq_id = $1 AND NOT revealed AND quote_version_id IN \
         (SELECT v.id FROM quote_version v JOIN quote q ON q.id = v.quote_id \
          WHERE v.rfq_id = $1 AND v.submitted_at IS NOT NULL AND q.status = 'SUBMITTED')",
        "UPDATE quote_version SET revealed = true WHERE rfq_id = $1 AND NOT revealed AND submitted_at IS NOT NULL \
         AND quote_id IN (SELECT q.id FROM quote q WHERE q.rfq_id = $1 AND q.status = 'SUBMITTED')",
    ] {
        tx.run(sql, [rfq.uuid().into()]).await?;
    }
    let opened = quotes.into_iter().filter(|quote| quote.status == QuoteStatus::Submitted && !quote.revealed);
    let opened: Vec<_> = opened.collect();
    for quote in &opened {
        let subject = Subject { kind: SubjectKind::Quote, id: quote.id.uuid() };
        event::record(tx, Audience::both(quote.seller, quote.buyer), subject, &QuoteEvent::Opened)?;
    }
    Ok(opened)
}
