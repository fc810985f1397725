//! What stands in the database, counted by a checker that shares no code with the market.

use tradehall_tests::Raw;

/// Counts of everything that an award writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub awarded_rfqs: i64,
    pub winners: i64,
    pub losers: i64,
    pub awards: i64,
    pub awarded_amount: i64,
    pub orders: i64,
    pub order_lines: i64,
    pub ordered_amount: i64,
    pub rfq_events: i64,
    pub quote_events: i64,
    pub order_events: i64,
    pub receipts: i64,
}

impl Tally {
    pub async fn take(raw: &mut Raw) -> Self {
        let mut count = async |from: &str| raw.integer(&format!("SELECT count(*) FROM {from}")).await;
        let mut tally = Self {
            awarded_rfqs: count("rfq WHERE status IN ('AWARDED', 'PARTLY_AWARDED')").await,
            winners: count("quote WHERE status IN ('AWARDED', 'PARTLY_AWARDED')").await,
            losers: count("quote WHERE status = 'LOST'").await,
            awards: count("award").await,
            awarded_amount: 0,
            orders: count("purchase_order").await,
            order_lines: count("order_line").await,
            ordered_amount: 0,
            rfq_events: count("event WHERE kind = 'RFQ_AWARDED'").await,
            quote_events: count("event WHERE kind IN ('QUOTE_AWARDED', 'QUOTE_LOST')").await,
            order_events: count("event WHERE kind = 'ORDER_PLACED'").await,
            receipts: count("idempotency_key WHERE command = 'awardRfq'").await,
        };
        // A sum of 64-bit integers is wider on PostgreSQL.
        tally.awarded_amount = raw.integer("SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM award").await;
        tally.ordered_amount = raw.integer("SELECT CAST(coalesce(sum(total), 0) AS bigint) FROM purchase_order").await;
        tally
    }

    /// This tally and everything that one award of the story writes.
    pub const fn with_an_award(self) -> Self {
        Self {
            awarded_rfqs: self.awarded_rfqs + 1,
            winners: self.winners + 2,
            losers: self.losers + 1,
            awards: self.awards + 3,
            awarded_amount: self.awarded_amount + AMOUNT,
            orders: self.orders + 2,
            order_lines: self.order_lines + 3,
            ordered_amount: self.ordered_amount + AMOUNT,
            rfq_events: self.rfq_events + 1,
            quote_events: self.quote_events + 3,
            order_events: self.order_events + 2,
            receipts: self.receipts + 1,
        }
    }
}

/// 60 at 0.18, 40 at 0.20 and 12.5 at 3.40 dollars are 10.80, 8.00 and 42.50; stored in ten-thousandths.
const AMOUNT: i64 = 613_000;
