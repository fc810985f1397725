//! What each side can do to an order, and only that side:
//!
//! ```compile_fail,E0599
//! use tradehall_domain::{order::Order, side::{As, Buyer}};
//! fn the_buyer_cannot_acknowledge(mut order: As<Buyer, Order>, now: jiff::Timestamp) {
//!     let _ = order.acknowledge(&mut [], &[], None, now);
//! }
//! ```

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::{
    Cancellation, CancellationStatus, Order, OrderEvent, OrderLine, OrderLineId, OrderStatus, Promise, Reason, Remark,
};
use crate::problem::{Code, Problem, Problems};
use crate::side::{As, Buyer, Seller};

/// How far ahead a seller can promise a delivery, in days: ten years, for ships and power stations.
pub const PROMISE_DAYS_MAX: i64 = 3_650;

impl As<Buyer, Order> {
    /// The buyer takes the order back before the seller has answered. `lines` are all of its lines.
    ///
    /// # Errors
    /// [`Code::OrderStatus`]: what was acknowledged takes the seller's consent, see [`Self::request_cancellation`].
    pub fn cancel(&mut self, lines: &mut [OrderLine], reason: Reason, now: Timestamp) -> Result<OrderEvent, Problem> {
        self.is_unanswered()?;
        self.end(OrderStatus::Cancelled, lines, reason.clone(), now);
        Ok(OrderEvent::Cancelled { reason })
    }

    /// The buyer asks the seller to agree that the order be cancelled. Until then it stands.
    ///
    /// # Errors
    /// [`Code::OrderStatus`]; [`Code::CancellationPending`].
    pub fn request_cancellation(&mut self, reason: Reason, now: Timestamp) -> Result<OrderEvent, Problem> {
        self.takes_cancellation_requests()?;
        self.cancellation = Some(Cancellation::request(reason.clone(), now));
        Ok(OrderEvent::CancellationRequested { reason })
    }
}

impl As<Seller, Order> {
    /// The seller takes the order on as it stands, and may promise days for some of its `lines`.
    ///
    /// # Errors
    /// [`Code::OrderStatus`]; at `promises.n.orderLineId` [`Code::NotFound`] and [`Code::Duplicate`]; at `promises.n.date`
    /// [`Code::InPast`] and [`Code::TooFar`].
    pub fn acknowledge(
        &mut self,
        lines: &mut [OrderLine],
        promises: &[Promise],
        remark: Option<Remark>,
        now: Timestamp,
    ) -> Result<OrderEvent, Problems> {
        self.is_unanswered()?;
        keep_promises(lines, promises, now).map_err(|problems| problems.at("promises"))?;
        self.status = OrderStatus::Acknowledged;
        self.since = now;
        self.acknowledged_at = Some(now);
        self.seller_remark.clone_from(&remark);
        Ok(OrderEvent::Acknowledged { promises: promises.len(), remark })
    }

    /// The seller does not take the order on. `lines` are all of its lines.
    ///
    /// # Errors
    /// [`Code::OrderStatus`].
    pub fn reject(&mut self, lines: &mut [OrderLine], reason: Reason, now: Timestamp) -> Result<OrderEvent, Problem> {
        self.is_unanswered()?;
        self.end(OrderStatus::Rejected, lines, reason.clone(), now);
        Ok(OrderEvent::Rejected { reason })
    }

    /// The seller agrees to the cancellation that the buyer asked for. `lines` are all of the order's lines.
    ///
    /// # Errors
    /// [`Code::OrderStatus`]; [`Code::CancellationNotRequested`].
    pub fn agree_cancellation(
        &mut self,
        lines: &mut [OrderLine],
        answer: Option<Remark>,
        now: Timestamp,
    ) -> Result<OrderEvent, Problem> {
        let reason = self.answer(CancellationStatus::Agreed, answer.clone(), now)?;
        self.end(OrderStatus::Cancelled, lines, reason, now);
        Ok(OrderEvent::CancellationAgreed { answer })
    }

    /// The seller insists on the order.
    ///
    /// # Errors
    /// [`Code::OrderStatus`]; [`Code::CancellationNotRequested`].
    pub fn decline_cancellation(&mut self, answer: Remark, now: Timestamp) -> Result<OrderEvent, Problem> {
        self.answer(CancellationStatus::Declined, Some(answer.clone()), now)?;
        Ok(OrderEvent::CancellationDeclined { answer })
    }

    /// Answers the open wish to cancel, and says why the buyer had it.
    fn answer(
        &mut self,
        status: CancellationStatus,
        answer: Option<Remark>,
        now: Timestamp,
    ) -> Result<Reason, Problem> {
        self.awaits_cancellation_answer()?;
        let wish = self.cancellation.as_mut().ok_or(Code::CancellationNotRequested)?;
        wish.answer(status, answer, now);
        Ok(wish.reason.clone())
    }
}

impl Order {
    /// Nothing of it is to come any more.
    fn end(&mut self, status: OrderStatus, lines: &mut [OrderLine], reason: Reason, now: Timestamp) {
        self.status = status;
        self.since = now;
        self.end_reason = Some(reason);
        lines.iter_mut().for_each(OrderLine::call_off);
    }
}

fn keep_promises(lines: &mut [OrderLine], promises: &[Promise], now: Timestamp) -> Result<(), Problems> {
    let known: HashSet<OrderLineId> = lines.iter().map(|line| line.id).collect();
    let mut days: HashMap<OrderLineId, Date> = HashMap::new();
    let mut problems = Problems::new();
    for (n, promise) in promises.iter().enumerate() {
        let mut wrong = Problems::new();
        if !known.contains(&promise.line) {
            wrong.push(Problem::from(Code::NotFound).at("orderLineId"));
        } else if days.insert(promise.line, promise.on).is_some() {
            wrong.push(Problem::from(Code::Duplicate).at("orderLineId"));
        }
        wrong.take("date", is_promisable(promise.on, now));
        problems.take(n, wrong.check());
    }
    problems.check()?;
    for line in lines {
        line.promised_on = days.get(&line.id).copied().or(line.promised_on);
    }
    Ok(())
}

/// Whether goods can be promised for that day. It is refused only once the day is over everywhere: twelve hours behind UTC,
/// where it ends last.
fn is_promisable(day: Date, now: Timestamp) -> Result<(), Problem> {
    let at = |time: Timestamp| Offset::UTC.to_datetime(time).date();
    let earliest = now.checked_sub(SignedDuration::from_hours(12)).unwrap_or(now);
    let latest = now.checked_add(SignedDuration::from_hours(24 * PROMISE_DAYS_MAX)).unwrap_or(now);
    if day < at(earliest) {
        return Err(Code::InPast.into());
    }
    if day > at(latest) {
        return Err(Problem::new(Code::TooFar).with("max", PROMISE_DAYS_MAX));
    }
    Ok(())
}
