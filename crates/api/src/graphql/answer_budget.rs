//! How much one answer may hold, counted while it is made.
//!
//! A document is charged beforehand for what lists usually hold ([`super::guard`]). Where they hold more, this ends the answer
//! before it fills the memory: every object that a field loads takes its share, and the text is measured before it is sent.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::app::Error;

/// What is left of one answer's values. Clones share it.
#[derive(Debug, Clone)]
pub struct AnswerBudget {
    left: Arc<AtomicU64>,
    maximum: u64,
    scalars: u64,
}

impl AnswerBudget {
    /// For an answer of `maximum` values, of a document that asks for up to `scalars` of one object.
    #[must_use]
    pub fn new(maximum: u64, scalars: u64) -> Self {
        Self { left: Arc::new(AtomicU64::new(maximum)), maximum, scalars: scalars.max(1) }
    }

    /// Takes the share of so many objects.
    ///
    /// # Errors
    /// [`Error::TooMuch`] when it is more than what is left; then nothing is left.
    pub fn take(&self, objects: usize) -> Result<(), Error> {
        let values = u64::try_from(objects).unwrap_or(u64::MAX).saturating_mul(self.scalars);
        let spend = |left: u64| Some(left.saturating_sub(values));
        let left = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend).unwrap_or_default();
        if left >= values { Ok(()) } else { Err(Error::TooMuch { what: "values", maximum: self.maximum }) }
    }

    /// Begins the next answer of a stream.
    pub fn renew(&self) {
        self.left.store(self.maximum, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::AnswerBudget;

    #[test]
    fn objects_take_the_values_that_are_asked_of_each() {
        let budget = AnswerBudget::new(100, 10);
        assert!(budget.take(4).is_ok() && budget.clone().take(6).is_ok() && budget.take(0).is_ok());
        assert!(budget.take(1).is_err());
        budget.renew();
        assert!(
            budget.take(11).is_err() && budget.take(1).is_err(),
            "what was refused is not asked for piece by piece"
        );
        assert!(AnswerBudget::new(10, u64::MAX).take(usize::MAX).is_err());
    }
}
