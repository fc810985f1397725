//! What the rows of a file have said so far, so that two that contradict each other are found however far apart they stand: while rows
//! are only checked nothing is written that a later one could be compared with.
//!
//! Everything is remembered by its digest, about 50 bytes a row. Whoever takes a run up again reads the rows that are done once more and
//! knows the same.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest as _, Sha256};
use tradehall_domain::pricing::Period;
use tradehall_domain::problem::{Code, Problem};

/// How many bytes of a SHA-256 are remembered: that two subjects meet by chance in a million rows has a probability below 10⁻²⁶.
const DIGEST_BYTES: usize = 16;

type Digest = [u8; DIGEST_BYTES];

/// What a row says and no other row of its file may say for the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What it is about.
    pub subject: String,
    /// For when it is said.
    pub valid: Period,
    /// What is wrong where it was said for exactly that time.
    pub taken: Problem,
    /// What is wrong where it was said for a part of that time.
    pub overlaps: Problem,
    /// What of which there is a most in all, such as the prices of a product.
    pub among: Option<String>,
}

impl Claim {
    /// That no other row is about `subject`, which stands in `column`, whatever the time.
    pub fn once(subject: String, column: &'static str) -> Self {
        Self::as_code(subject, column, Code::Duplicate)
    }

    /// The same where another code says better what is wrong with a second row.
    pub fn as_code(subject: String, column: &'static str, code: Code) -> Self {
        let problem = Problem::new(code).at(column);
        Self { subject, valid: Period::ALWAYS, taken: problem.clone(), overlaps: problem, among: None }
    }
}

/// What the rows of a file have said so far.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Until when what was said holds, by subject and by when it begins, in microseconds. Those of one subject have no time in common.
    held: BTreeMap<(Digest, i64), i64>,
    /// How much was said of what there is a most of.
    counts: HashMap<Digest, usize>,
}

impl Said {
    /// Remembers what a row says, up to what contradicts an earlier one: that, and what comes after it, is not said.
    ///
    /// # Errors
    /// What the claim says of that.
    pub fn add(&mut self, claims: &[Claim]) -> Result<(), Problem> {
        for claim in claims {
            let (from, until) = bounds(&claim.valid);
            // What ends before it begins is refused for that, and contradicts nobody.
            if from >= until {
                continue;
            }
            let subject = digest(&claim.subject);
            // Of those that begin before the end the last one ends last.
            if let Some((begin, end)) = self.last_before(subject, until)
                && end > from
            {
                let same = (begin, end) == (from, until);
                return Err(if same { claim.taken.clone() } else { claim.overlaps.clone() });
            }
            self.held.insert((subject, from), until);
            if let Some(among) = &claim.among {
                *self.counts.entry(digest(among)).or_default() += 1;
            }
        }
        Ok(())
    }

    fn last_before(&self, subject: Digest, until: i64) -> Option<(i64, i64)> {
        let mut before = self.held.range((subject, i64::MIN)..(subject, until));
        before.next_back().map(|((_, begin), end)| (*begin, *end))
    }

    /// Whether a row said something of `subject` for exactly that time.
    pub fn has(&self, subject: &str, valid: &Period) -> bool {
        let (from, until) = bounds(valid);
        self.held.get(&(digest(subject), from)) == Some(&until)
    }

    /// How many rows said something that counts among `among`.
    pub fn count(&self, among: &str) -> usize {
        self.counts.get(&digest(among)).copied().unwrap_or_default()
    }
}

fn bounds(valid: &Period) -> (i64, i64) {
    let from = valid.from.map_or(i64::MIN, |from| from.as_microsecond());
    (from, valid.until.map_or(i64::MAX, |until| until.as_microsecond()))
}

fn digest(text: &str) -> Digest {
    let mut digest = [0; DIGEST_BYTES];
    for (to, from) in digest.iter_mut().zip(Sha256::digest(text.as_bytes())) {
        *to = from;
    }
    digest
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use tradehall_domain::pricing::Period;
    use tradehall_domain::problem::{Code, Problem};

    use super::{Claim, Said};

    fn claim(subject: &str, from: Option<i64>, until: Option<i64>) -> Claim {
        let at = |second: Option<i64>| second.map(|second| Timestamp::from_second(second).unwrap());
        let overlaps = Problem::new(Code::PriceOverlaps).at("valid_from");
        let valid = Period { from: at(from), until: at(until) };
        Claim { valid, overlaps, among: Some("all".to_owned()), ..Claim::once(subject.to_owned(), "number") }
    }

    #[test]
    fn what_has_a_moment_in_common_contradicts_itself() {
        let mut said = Said::default();
        said.add(&[claim("a", Some(10), Some(20))]).unwrap();
        for (from, until, code) in [
            (Some(10), Some(20), Code::Duplicate),
            (None, None, Code::PriceOverlaps),
            (Some(19), None, Code::PriceOverlaps),
            (None, Some(11), Code::PriceOverlaps),
            (Some(12), Some(13), Code::PriceOverlaps),
        ] {
            assert_eq!(said.add(&[claim("a", from, until)]).unwrap_err().code, code, "{from:?} {until:?}");
        }
        for (subject, from, until) in [("b", Some(10), Some(20)), ("a", None, Some(10)), ("a", Some(20), None)] {
            said.add(&[claim(subject, from, until)]).unwrap();
        }
        // Two that end before they begin are wrong by themselves and stand in nobody's way.
        said.add(&[claim("c", Some(9), Some(8))]).unwrap();
        said.add(&[claim("c", None, None)]).unwrap();
        assert_eq!(said.count("all"), 5);
        assert!(said.has("a", &claim("a", Some(20), None).valid) && !said.has("a", &Period::ALWAYS));
    }

    #[test]
    fn what_comes_after_a_contradiction_is_not_said() {
        let mut said = Said::default();
        said.add(&[claim("a", None, None)]).unwrap();
        said.add(&[claim("b", None, None), claim("a", None, None), claim("c", None, None)]).unwrap_err();
        said.add(&[claim("b", None, None)]).unwrap_err();
        said.add(&[claim("c", None, None)]).unwrap();
        assert_eq!(said.count("all"), 3);
    }
}
