//! What a broken rule of uniqueness means to the client.

use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::catalog::{category, offer, product};
use tradehall_persistence::{Conflict, quote, rfq, venue};

/// The index, the code that says which rule it keeps, and the input field that broke it.
const MEANINGS: &[(&str, Code, &[&str])] = &[
    (venue::PARTICIPATION_INDEX, Code::AlreadyParticipates, &[]),
    (category::CODE_INDEX, Code::CategoryCodeTaken, &["code"]),
    (product::NUMBER_INDEX, Code::ProductNumberTaken, &["number"]),
    (offer::ACTIVE_INDEX, Code::OfferExists, &[]),
    (rfq::invitation::INVITATION_INDEX, Code::AlreadyInvited, &["supplierIds"]),
    (quote::QUOTE_INDEX, Code::QuoteExists, &[]),
];

/// The problem behind a conflict, if the index is one that input can break.
#[must_use]
pub fn problem(conflict: &Conflict) -> Option<Problem> {
    let (_, code, path) = MEANINGS.iter().find(|(index, ..)| conflict.is(index))?;
    Some(path.iter().rev().fold(Problem::new(*code), |problem, step| problem.at(step)))
}
