//! Calling off: counted and ordered in one change.

use std::collections::{HashMap, HashSet};

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::agreement::{Agreement, AgreementEvent, AgreementId, AgreementLine, CallOffDraft};
use tradehall_domain::catalog::{Measures, ProductId};
use tradehall_domain::order::{Order, OrderId};
use tradehall_domain::organization::Capability;
use tradehall_domain::side::{As, Buyer};
use tradehall_persistence::catalog::{packaging, product};
use tradehall_persistence::{Tx, agreement};
use uuid::Uuid;

use super::{check_customer, held};
use crate::app::{Command, Error, IdempotencyKey, Repeatable, acting_as};
use crate::order;

/// The buyer calls off, which places an order at the agreed prices.
#[derive(Debug)]
pub struct CallOff {
    /// Under which agreement.
    pub agreement: AgreementId,
    /// What.
    pub draft: CallOffDraft,
    /// The caller's key for this one call-off.
    pub key: IdempotencyKey,
}

impl Command for CallOff {
    const PERMISSION: Permission = Permission::OrderPlace;
    // A line that is used up makes no price any more, and prices are the seller's rows.
    const ACROSS: Option<SystemTask> = Some(SystemTask::Agreement);
    type Output = (Agreement, Order);

    async fn run(self, tx: &mut Tx) -> Result<Self::Output, Error> {
        let (agreement, _) = held(tx, self.agreement).await?;
        let agreement = As::<Buyer, _>::claim(agreement, tx.actor().organization)?;
        acting_as(tx, Capability::Buyer)?;
        agreement.takes_call_offs(tx.now())?;
        check_customer(tx, &agreement).await?;
        let ids: Vec<_> = self.draft.lines.iter().map(|line| line.line).collect();
        let mut lines = agreement::lock_lines(tx, agreement.id, &ids).await?;
        let callable = lines.iter().filter(|line| line.is_callable()).count();
        let measures = measures(tx, &lines, &self.draft).await?;
        let new = agreement.call_off(&mut lines, &self.draft, &measures, tx.now())?;
        let count = new.lines.len();
        let order = order::place(tx, vec![new]).await?.pop().ok_or(Error::NotFound)?;
        let event = AgreementEvent::CalledOff {
            order: order.id,
            number: order.number.clone(),
            lines: count,
            total: order.total,
        };
        let is_used_up = lines.iter().filter(|line| line.is_callable()).count() < callable;
        agreement::save_lines(tx, &agreement, &mut lines, &event)?;
        if is_used_up {
            agreement::reprice(tx, &agreement).await?;
        }
        Ok((agreement.release(), order))
    }
}

/// How the products are packed of which something is called off in a unit without a fixed relation to its line's.
async fn measures(
    tx: &Tx,
    lines: &[AgreementLine],
    draft: &CallOffDraft,
) -> Result<HashMap<ProductId, Measures>, Error> {
    let terms: HashMap<_, _> = lines.iter().map(|line| (line.id, &line.terms)).collect();
    let foreign = draft.lines.iter().filter_map(|wanted| {
        let (line, unit) = (terms.get(&wanted.line)?, wanted.unit?);
        (!unit.converts_to(line.unit)).then_some(line.product)
    });
    let ids: Vec<_> = foreign.collect::<HashSet<_>>().into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let products = product::load_many(tx, &ids).await?;
    let mut packed = packaging::of_products(tx, &ids).await?;
    let measured = products.iter().map(|product| {
        let packagings = packed.remove(&product.id).unwrap_or_default();
        (product.id, Measures::of(product, &packagings))
    });
    Ok(measured.collect())
}

impl Repeatable for CallOff {
    const NAME: &'static str = "callOff";

    fn key(&self) -> Option<&IdempotencyKey> {
        Some(&self.key)
    }

    fn receipt((agreement, order): &Self::Output) -> Vec<Uuid> {
        vec![agreement.id.uuid(), order.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Self::Output, Error> {
        let &[agreement, order] = made else { return Err(Error::NotFound) };
        let agreement = agreement::load(tx, AgreementId::from_uuid(agreement)).await?;
        let order = tradehall_persistence::order::load(tx, OrderId::from_uuid(order)).await?;
        Ok((agreement, order))
    }
}
