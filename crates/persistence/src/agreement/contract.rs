//! The prices that an agreement makes, and that its buyer is shown them. All of it is the seller's to write, so whoever else causes it
//! acts across tenants.

use tradehall_domain::agreement::{Agreement, AgreementLine, AgreementState};
use tradehall_domain::viewing::Sight;

use super::lines_of;
use crate::pricing::{ContractTerms, count_contract_lines, set_contract_lines};
use crate::{StoreError, Turn, Tx, viewing};

/// Under what the lines of `agreement` count now.
fn terms(agreement: &Agreement) -> ContractTerms {
    ContractTerms {
        agreement: agreement.id.uuid(),
        seller: agreement.seller,
        group: agreement.id.group(),
        valid: agreement.period(),
        active: agreement.state == AgreementState::Agreed && !agreement.settled,
    }
}

/// Makes the lines of an agreement prices, and shows them to its buyer, in the turn of its seller: a buyer that its seller stops at the
/// same time is shown nothing.
///
/// # Errors
/// When the database is away.
pub async fn put_in_force(
    tx: &mut Tx,
    turn: &Turn,
    agreement: &Agreement,
    lines: &[AgreementLine],
) -> Result<(), StoreError> {
    set(tx, agreement, lines).await?;
    let prices = Sight { goods: false, prices: true };
    viewing::admit(tx, turn, &[(agreement.id.group(), agreement.buyer.into(), prices)]).await
}

/// Stops the prices of an agreement that was suspended or has ended, and shows them to its buyer no more, in
/// the turn of its seller.
///
/// # Errors
/// When the database is away.
pub async fn stop(tx: &mut Tx, turn: &Turn, agreement: &Agreement) -> Result<(), StoreError> {
    count(tx, agreement).await?;
    viewing::expel(tx, turn, &[(agreement.id.group(), agreement.buyer.into())]).await
}

/// Records when and whether the prices of an agreement count, after that has changed.
///
/// # Errors
/// When the database is away.
pub async fn count(tx: &mut Tx, agreement: &Agreement) -> Result<(), StoreError> {
    count_contract_lines(tx, &terms(agreement)).await
}

/// Makes those lines prices of which something remains, after a line was used up or given back.
///
/// # Errors
/// When the database is away.
pub async fn reprice(tx: &mut Tx, agreement: &Agreement) -> Result<(), StoreError> {
    if !agreement.is_concluded() || agreement.settled {
        return Ok(());
    }
    let lines = lines_of(tx, &[agreement.id]).await?;
    set(tx, agreement, &lines).await
}

async fn set(tx: &mut Tx, agreement: &Agreement, lines: &[AgreementLine]) -> Result<(), StoreError> {
    let callable = lines.iter().filter(|line| line.is_callable());
    let prices: Vec<_> = callable.flat_map(|line| line.terms.prices()).collect();
    let set = set_contract_lines(tx, &terms(agreement), &prices).await?;
    // Each product stands once in an agreement and unit, and its tiers grow.
    set.map_err(|problems| StoreError::Corrupt(problems.to_string()))
}
