//! What was called off and will not be delivered, because its order was rejected or cancelled, can be called off again.
//!
//! Orders ask for it in the transaction of their verb. It stands here, so that orders need not know of the verbs of agreements.

use tradehall_domain::agreement::{AgreementEvent, AgreementId, AgreementLineId};
use tradehall_domain::money::Money;
use tradehall_domain::order::OrderId;
use tradehall_domain::quantity::Quantity;

use super::{lock, lock_lines, reprice, save_lines};
use crate::{StoreError, Tx};

/// So much of a line of an order that will not be delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Returned {
    /// The line of the agreement under which it was ordered.
    pub line: AgreementLineId,
    /// How much.
    pub quantity: Quantity,
    /// What it would have cost.
    pub amount: Money,
}

/// Counts back what `order` called off under `agreement`. A line that makes a price again thereby does so at once, which is the seller's
/// to write: a buyer's order asks for it across tenants.
///
/// # Errors
/// [`StoreError::NotFound`] where the actor is neither side; else when the database is away.
pub async fn give_back(
    tx: &mut Tx,
    agreement: AgreementId,
    order: OrderId,
    returned: &[Returned],
) -> Result<(), StoreError> {
    if returned.is_empty() {
        return Ok(());
    }
    let agreement = lock(tx, agreement).await?;
    let ids: Vec<_> = returned.iter().map(|part| part.line).collect();
    let mut lines = lock_lines(tx, agreement.id, &ids).await?;
    let callable = lines.iter().filter(|line| line.is_callable()).count();
    for part in returned {
        let line = lines.iter_mut().find(|line| line.id == part.line).ok_or(StoreError::NotFound)?;
        line.give_back(part.quantity, part.amount)?;
    }
    let total = Money::sum(agreement.terms.currency, returned.iter().map(|part| part.amount))?;
    let event = AgreementEvent::GivenBack { order, lines: returned.len(), total };
    let is_new = lines.iter().filter(|line| line.is_callable()).count() > callable;
    save_lines(tx, &agreement, &mut lines, &event)?;
    if is_new { reprice(tx, &agreement).await } else { Ok(()) }
}
