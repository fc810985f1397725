//! Placing orders, inside the transaction of whatever makes them.

use tradehall_domain::order::{NewOrder, Order};
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::{Tx, order};

use crate::app::Error;

/// The most orders that one change places.
pub const ORDERS_AT_ONCE_MAX: usize = 1_000;

/// Places `orders`, all or none, as part of the caller's transaction. They are written when that transaction next writes:
/// on PostgreSQL as one statement together with whatever else waits.
///
/// # Errors
/// [`Code::TooMany`] beyond [`ORDERS_AT_ONCE_MAX`]. [`Code::WrongSide`] unless the actor acts for the buyer of each; only the
/// market itself, at work across tenants, orders for others. Whatever else is wrong with an order, at its position in `orders`.
pub async fn place(tx: &mut Tx, orders: Vec<NewOrder>) -> Result<Vec<Order>, Error> {
    if orders.len() > ORDERS_AT_ONCE_MAX {
        return Err(Problem::new(Code::TooMany).with("max", ORDERS_AT_ONCE_MAX).into());
    }
    let actor = *tx.actor();
    let mut problems = Problems::new();
    let mut placed = Vec::with_capacity(orders.len());
    for (n, new) in orders.into_iter().enumerate() {
        if actor.task.is_none() && actor.organization != Some(new.buyer) {
            problems.push(Problem::from(Code::WrongSide).at(n));
        } else {
            placed.extend(problems.take(n, Order::place(new, tx.now())));
        }
    }
    problems.check()?;
    order::insert_all(tx, &placed)?;
    Ok(placed.into_iter().map(|(order, ..)| order).collect())
}
