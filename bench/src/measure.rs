//! Figures of rounds and their medians.

use std::time::Duration;

use serde::Serialize;

use crate::load::Sample;

/// The figures of one round, or the medians of several.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Figures {
    /// Requests or transactions per second.
    pub per_second: f64,
    /// The median of a request's time, in µs; zero where it was not measured.
    pub p50_us: f64,
    /// 95 of 100 requests took at most this, in µs.
    pub p95_us: f64,
    /// 99 of 100 requests took at most this, in µs.
    pub p99_us: f64,
    /// What a request took of the server's processor time, in µs.
    pub server_us: f64,
    /// What it took of the database's processor time, in µs.
    pub database_us: f64,
}

impl Figures {
    /// The figures of a round of the product.
    pub fn of(sample: &Sample, server: Duration, database: Duration) -> Self {
        let count = sample.latencies.len().max(1);
        let each = |total: Duration| total.as_secs_f64() * 1e6 / as_f64(count);
        Self {
            per_second: as_f64(count) / sample.elapsed.as_secs_f64(),
            p50_us: quantile(&sample.latencies, 50),
            p95_us: quantile(&sample.latencies, 95),
            p99_us: quantile(&sample.latencies, 99),
            server_us: each(server),
            database_us: each(database),
        }
    }

    /// The median of each figure by itself.
    pub fn median(rounds: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| {
            let mut values: Vec<f64> = rounds.iter().map(figure).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or_default()
        };
        Self {
            per_second: of(|f| f.per_second),
            p50_us: of(|f| f.p50_us),
            p95_us: of(|f| f.p95_us),
            p99_us: of(|f| f.p99_us),
            server_us: of(|f| f.server_us),
            database_us: of(|f| f.database_us),
        }
    }
}

/// In µs, the time within which `percent` of a sorted list of times lie.
fn quantile(sorted: &[Duration], percent: usize) -> f64 {
    let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(place).map_or(0.0, |time| time.as_secs_f64() * 1e6)
}

/// A count as a factor; counts here stay far below 2⁵².
pub fn as_f64(count: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of requests are small")]
    let factor = count as f64;
    factor
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Figures, quantile};

    #[test]
    fn quantiles_are_of_the_sorted_list() {
        let times: Vec<_> = (1..=100).map(Duration::from_micros).collect();
        assert_eq!(quantile(&times, 50).round(), 51.0);
        assert_eq!(quantile(&times, 99).round(), 100.0);
        assert_eq!(quantile(&[], 99), 0.0);
    }

    #[test]
    fn a_median_takes_no_side() {
        let round = |per_second| Figures { per_second, ..Figures::default() };
        assert_eq!(Figures::median(&[round(9.0), round(1.0), round(2.0)]).per_second, 2.0);
    }
}
