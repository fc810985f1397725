//! How many cost points each caller has left: a token bucket (generic cell rate algorithm) per caller.

use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use actix_web::http::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
};
use async_graphql::{Value, value};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DefaultKeyedStateStore,
};

use super::{refusal::Refusal, settings::Rate};
use crate::app::ErrorCode;

type Buckets = RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// Charges after which full buckets are forgotten, so that callers who are gone take no memory.
const CHARGES_PER_SWEEP: u32 = 4_096;

/// The buckets of all callers.
#[derive(Debug)]
pub(super) struct Budget {
    buckets: Buckets,
    clock: DefaultClock,
    rate: Rate,
    charges: AtomicU32,
}

/// What a caller has left after a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowance {
    rate: Rate,
    remaining: u32,
}

impl Budget {
    pub(super) fn new(rate: Rate) -> Self {
        let quota = Quota::per_second(rate.per_second).allow_burst(rate.burst);
        let buckets = RateLimiter::keyed(quota).with_middleware();
        Self { buckets, clock: DefaultClock::default(), rate, charges: AtomicU32::new(0) }
    }

    /// Takes `points` from the caller's bucket, a full bucket at most, or refuses with 429.
    pub(super) fn charge(&self, key: String, points: u64) -> Result<Allowance, Refusal> {
        if self.charges.fetch_add(1, Ordering::Relaxed) % CHARGES_PER_SWEEP == CHARGES_PER_SWEEP - 1 {
            self.buckets.retain_recent();
        }
        let points =
            u32::try_from(points).ok().and_then(NonZeroU32::new).unwrap_or(self.rate.burst).min(self.rate.burst);
        match self.buckets.check_key_n(&key, points) {
            Ok(Ok(state)) => Ok(Allowance { rate: self.rate, remaining: state.remaining_burst_capacity() }),
            Ok(Err(too_early)) => {
                let wait = too_early.wait_time_from(self.clock.now());
                Err(self.refuse(points.get(), wait.as_secs().saturating_add(1)))
            }
            // More than a full bucket: cannot be, points are capped above.
            Err(_) => Err(self.refuse(points.get(), 1)),
        }
    }

    fn refuse(&self, points: u32, wait_seconds: u64) -> Refusal {
        let message = format!("The operation costs {points} points and fewer are left; come back in {wait_seconds} s.");
        let allowance = Allowance { rate: self.rate, remaining: 0 };
        let mut refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, ErrorCode::RateLimited, message)
            .detail("cost", points)
            .detail("retryAfter", wait_seconds)
            .header(RETRY_AFTER, HeaderValue::from(wait_seconds));
        refusal.headers.extend(allowance.headers());
        refusal
    }
}

impl Allowance {
    /// `RateLimit-*`: points of a full bucket, points left, and seconds until it is full again.
    fn headers(self) -> [(HeaderName, HeaderValue); 3] {
        let missing = self.rate.burst.get().saturating_sub(self.remaining);
        let reset = missing.div_ceil(self.rate.per_second.get());
        [
            (HeaderName::from_static("ratelimit-limit"), HeaderValue::from(self.rate.burst.get())),
            (HeaderName::from_static("ratelimit-remaining"), HeaderValue::from(self.remaining)),
            (HeaderName::from_static("ratelimit-reset"), HeaderValue::from(reset)),
        ]
    }

    pub(super) fn write(self, headers: &mut HeaderMap) {
        for (name, value) in self.headers() {
            headers.insert(name, value);
        }
    }

    /// `extensions.cost`.
    pub(super) fn cost(self, requested: u64) -> Value {
        value!({
            "requested": requested,
            "available": self.remaining,
            "maximum": self.rate.burst.get(),
            "restoreRate": self.rate.per_second.get(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::{Budget, Rate};

    #[test]
    fn each_caller_has_a_bucket_of_its_own() {
        let points = |n| NonZeroU32::new(n).unwrap();
        // One point comes back in a second: none while this runs, or one that the last charge does not need.
        let budget = Budget::new(Rate { per_second: points(1), burst: points(1_000) });
        let first = budget.charge("a".to_owned(), 600).unwrap();
        assert_eq!((first.remaining, budget.charge("b".to_owned(), 1).unwrap().remaining), (400, 999));
        let refusal = budget.charge("a".to_owned(), 600).unwrap_err();
        assert_eq!((refusal.status.as_u16(), refusal.code), (429, crate::app::ErrorCode::RateLimited));
        assert!(refusal.headers.iter().any(|(name, _)| name == "retry-after"));
        // What costs more than a full bucket takes a full bucket.
        assert_eq!(budget.charge("c".to_owned(), u64::MAX).unwrap().remaining, 0);
    }
}
