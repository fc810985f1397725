//! The budgets that the design sets, and what is missed of them.

use serde::Serialize;

use crate::measure::Figures;

/// What a work item may cost. Throughput and times are judged where eight clients ask.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Budget {
    /// Data statements of one request.
    pub statements: u32,
    /// Processor time of the server for one request, in µs.
    pub server_us: f64,
    /// Throughput over that of the hand-written statements; none where no database is asked.
    pub of_ceiling: Option<f64>,
    /// The 99th over the 50th of 100 request times.
    pub spread: Option<f64>,
}

impl Budget {
    /// What is missed, in words; empty when all is kept.
    pub fn missed(&self, statements: u32, product: &Figures, ceiling: Option<&Figures>) -> Vec<String> {
        let mut missed = Vec::new();
        if statements > self.statements {
            missed.push(format!("{statements} statements instead of {}", self.statements));
        }
        if product.server_us > self.server_us {
            missed.push(format!("{:.0} µs of server CPU instead of {:.0}", product.server_us, self.server_us));
        }
        if let (Some(wanted), Some(ceiling)) = (self.of_ceiling, ceiling) {
            let reached = product.per_second / ceiling.per_second;
            if reached < wanted {
                missed.push(format!("{:.0} % of the ceiling instead of {:.0}", reached * 100.0, wanted * 100.0));
            }
        }
        if let Some(wanted) = self.spread {
            let reached = product.p99_us / product.p50_us;
            if reached > wanted {
                missed.push(format!("p99/p50 {reached:.1} instead of {wanted:.0}"));
            }
        }
        missed
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;
    use crate::measure::Figures;

    #[test]
    fn each_part_of_a_budget_is_judged() {
        let budget = Budget { statements: 3, server_us: 500.0, of_ceiling: Some(0.5), spread: Some(4.0) };
        let kept = Figures { per_second: 50.0, p50_us: 1.0, p99_us: 4.0, server_us: 500.0, ..Figures::default() };
        let ceiling = Figures { per_second: 100.0, ..Figures::default() };
        assert!(budget.missed(3, &kept, Some(&ceiling)).is_empty());
        let broken = Figures { per_second: 49.0, p99_us: 4.1, server_us: 501.0, ..kept };
        assert_eq!(budget.missed(4, &broken, Some(&ceiling)).len(), 4);
        assert_eq!(budget.missed(3, &Figures { per_second: 1.0, ..kept }, None).len(), 0);
    }
}
