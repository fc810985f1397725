//! The prices of framework agreements: lines that come before every list.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::catalog::ProductId;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::{Period, Price, PriceOrigin, PriceSheet, PriceTerms};
use tradehall_domain::problem::Problems;
use tradehall_domain::viewing::GroupId;
use uuid::Uuid;

use super::entity::price::{Column, Entity};
use super::list::{Term, replace_term};
use super::price::{end, is_known, keep};
use crate::{StoreError, Tx};

/// Under what the lines of an agreement count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContractTerms {
    /// Which agreement.
    pub agreement: Uuid,
    /// Who sells; the actor, or whoever's behalf a task acts on.
    pub seller: OrganizationId,
    /// The group of the agreement, to which its buyer belongs.
    pub group: GroupId,
    /// When the agreement holds.
    pub valid: Period,
    /// Whether it is in force, neither suspended nor ended.
    pub active: bool,
}

/// Makes `lines` the prices of the agreement from now on: what is new or different is recorded, what is no longer there ends, what stays
/// keeps its row. To be called in the transaction that changes the agreement, which holds the agreement's lock and records its event.
///
/// # Errors
/// Lines that overlap, each by its position, as `Ok(Err(_))`; else when the database is away.
pub async fn set_contract_lines(
    tx: &mut Tx,
    terms: &ContractTerms,
    lines: &[(ProductId, PriceTerms)],
) -> Result<Result<(), Problems>, StoreError> {
    let known = all_known(tx, terms.agreement).await?;
    let mut sheet = PriceSheet::new(terms.agreement, terms.seller, terms.group, known, tx.now());
    // What no line repeats goes, so that it stands in the way of none.
    let repeated: HashSet<_> =
        lines.iter().map(|(product, line)| (*product, line.unit, line.min_quantity, line.valid)).collect();
    let gone = sheet.end_unless(|price| {
        repeated.contains(&(price.product, price.terms.unit, price.terms.min_quantity, price.terms.valid))
    });
    let (mut placed, mut problems) = (Vec::with_capacity(lines.len()), Problems::new());
    for (n, (product, line)) in lines.iter().enumerate() {
        placed.extend(problems.take(n, sheet.enter(*product, *line)));
    }
    if let Err(problems) = problems.check() {
        return Ok(Err(problems));
    }
    let gone: Vec<_> = gone.iter().map(|price| price.id).collect();
    end(tx, terms.seller, &gone, sheet.now()).await?;
    keep(tx, &placed).await?;
    count_contract_lines(tx, terms).await?;
    Ok(Ok(()))
}

/// Keeps the lines and changes under what they count: an agreement that is suspended, taken up again or ended.
///
/// # Errors
/// When the database is away.
pub async fn count_contract_lines(tx: &mut Tx, terms: &ContractTerms) -> Result<(), StoreError> {
    let term = Term {
        source: terms.agreement,
        seller: terms.seller,
        group: terms.group,
        origin: PriceOrigin::ContractLine,
        priority: 0,
        valid: terms.valid,
        active: terms.active,
    };
    replace_term(tx, &term).await
}

async fn all_known(tx: &Tx, agreement: Uuid) -> Result<Vec<Price>, StoreError> {
    let select = tx.find::<Entity>().filter(Column::SourceId.eq(agreement)).filter(is_known(tx.now()));
    tx.all(select).await?.into_iter().map(Price::try_from).collect()
}
