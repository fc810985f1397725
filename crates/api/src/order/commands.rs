//! What can be done to orders, each verb by its side.

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::id::Id;
use tradehall_domain::order::{Order, OrderId, OrderLine, OrderOrigin, Promise, Reason, Remark};
use tradehall_domain::problem::Problem;
use tradehall_domain::side::{As, Buyer, Seller, SideType};
use tradehall_persistence::agreement::{self, Returned};
use tradehall_persistence::{Tx, order};
use uuid::Uuid;

use crate::app::{Command, Error, IdempotencyKey, Repeatable, organization_of};

/// The seller takes an order on.
#[derive(Debug)]
pub struct AcknowledgeOrder {
    /// Which order.
    pub order: OrderId,
    /// The days promised for some of its lines.
    pub promises: Vec<Promise>,
    /// What the seller has to say.
    pub remark: Option<String>,
}

impl Command for AcknowledgeOrder {
    const PERMISSION: Permission = Permission::OrderAcknowledge;
    type Output = Order;

    async fn run(self, tx: &mut Tx) -> Result<Order, Error> {
        let remark = remark(self.remark.as_deref())?;
        let mut order = held::<Seller>(tx, self.order).await?;
        let mut lines = if self.promises.is_empty() { Vec::new() } else { order::lines_of(tx, &[order.id]).await? };
        let event = order.acknowledge(&mut lines, &self.promises, remark, tx.now())?;
        lines.retain(|line| line.promised_on.is_some());
        order::save(tx, &mut order, &mut lines, &event)?;
        Ok(order.release())
    }
}

/// The seller does not take an order on.
#[derive(Debug)]
pub struct RejectOrder {
    /// Which order.
    pub order: OrderId,
    /// Why.
    pub reason: String,
}

impl Command for RejectOrder {
    const PERMISSION: Permission = Permission::OrderAcknowledge;
    type Output = Order;

    async fn run(self, tx: &mut Tx) -> Result<Order, Error> {
        let reason = reason(&self.reason)?;
        let (mut order, mut lines) = held_whole::<Seller>(tx, self.order).await?;
        let open = open_of(&lines)?;
        let event = order.reject(&mut lines, reason, tx.now())?;
        order::save(tx, &mut order, &mut lines, &event)?;
        give_back(tx, &order, &open).await?;
        Ok(order.release())
    }
}

/// The buyer takes an order back that the seller has not answered.
#[derive(Debug)]
pub struct CancelOrder {
    /// Which order.
    pub order: OrderId,
    /// Why.
    pub reason: String,
}

impl Command for CancelOrder {
    const PERMISSION: Permission = Permission::OrderCancel;
    // What was called off and is cancelled can make a price again, and prices are the seller's rows.
    const ACROSS: Option<SystemTask> = Some(SystemTask::Agreement);
    type Output = Order;

    async fn run(self, tx: &mut Tx) -> Result<Order, Error> {
        let reason = reason(&self.reason)?;
        let (mut order, mut lines) = held_whole::<Buyer>(tx, self.order).await?;
        let open = open_of(&lines)?;
        let event = order.cancel(&mut lines, reason, tx.now())?;
        order::save(tx, &mut order, &mut lines, &event)?;
        give_back(tx, &order, &open).await?;
        Ok(order.release())
    }
}

/// The buyer asks the seller to agree that an acknowledged order be cancelled.
///
/// Sent twice it would ask twice, should the seller have declined in between; so it takes a key.
#[derive(Debug)]
pub struct RequestOrderCancellation {
    /// The caller's key for this request.
    pub key: IdempotencyKey,
    /// Which order.
    pub order: OrderId,
    /// Why.
    pub reason: String,
}

impl Command for RequestOrderCancellation {
    const PERMISSION: Permission = Permission::OrderCancel;
    type Output = Order;

    async fn run(self, tx: &mut Tx) -> Result<Order, Error> {
        let reason = reason(&self.reason)?;
        let mut order = held::<Buyer>(tx, self.order).await?;
        let event = order.request_cancellation(reason, tx.now())?;
        order::save(tx, &mut order, &mut [], &event)?;
        Ok(order.release())
    }
}

/// The seller agrees to the cancellation.
#[derive(Debug)]
pub struct AgreeOrderCancellation {
    /// Which order.
    pub order: OrderId,
    /// What the seller has to say.
    pub remark: Option<String>,
}

impl Command for AgreeOrderCancellation {
    const PERMISSION: Permission = Permission::OrderAcknowledge;
    type Output = Order;

    async fn run(self, tx: &mut Tx) -> Result<Order, Error> {
        let remark = remark(self.remark.as_deref())?;
        let (mut order, mut lines) = held_whole::<Seller>(tx, self.order).await?;
        let open = open_of(&lines)?;
        let event = order.agree_cancellation(&mut lines, remark, tx.now())?;
        order::save(tx, &mut order, &mut lines, &event)?;
        give_back(tx, &order, &open).await?;
        Ok(order.release())
    }
}

/// The seller insists on the order.
///
/// Sent twice it would decline a second request unseen, should the buyer have asked again in between; so it takes a key.
#[derive(Debug)]
pub struct DeclineOrderCancellation {
    /// The caller's key for this request.
    pub key: IdempotencyKey,
    /// Which order.
    pub order: OrderId,
    /// Why not.
    pub remark: String,
}

impl Command for DeclineOrderCancellation {
    const PERMISSION: Permission = Permission::OrderAcknowledge;
    type Output = Order;

    async fn run(self, tx: &mut Tx) -> Result<Order, Error> {
        let remark = Remark::parse(&self.remark).map_err(|problem| problem.at("remark"))?;
        let mut order = held::<Seller>(tx, self.order).await?;
        let event = order.decline_cancellation(remark, tx.now())?;
        order::save(tx, &mut order, &mut [], &event)?;
        Ok(order.release())
    }
}

/// Both repeatable verbs answer the order, and answer a retry with the order as it is by then.
macro_rules! repeatable {
    ($($command:ident)*) => {
        $(impl Repeatable for $command {
            const NAME: &'static str = stringify!($command);

            fn key(&self) -> Option<&IdempotencyKey> {
                Some(&self.key)
            }

            fn receipt(order: &Order) -> Vec<Uuid> {
                vec![order.id.uuid()]
            }

            async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Order, Error> {
                let id = made.first().copied().ok_or(Error::NotFound)?;
                Ok(order::load(tx, Id::from_uuid(id)).await?)
            }
        })*
    };
}

repeatable! { RequestOrderCancellation DeclineOrderCancellation }

/// An order in the hands of the actor's organization, which must stand on side `S`. Nobody else changes it meanwhile.
async fn held<S: SideType>(tx: &mut Tx, id: OrderId) -> Result<As<S, Order>, Error> {
    let own = organization_of(tx)?;
    let order = order::lock(tx, id).await?;
    // A transaction across tenants sees every order; to strangers this one is not there all the same.
    if [order.buyer, order.seller].contains(&own) { Ok(As::claim(order, Some(own))?) } else { Err(Error::NotFound) }
}

/// The same with all of its lines.
async fn held_whole<S: SideType>(tx: &mut Tx, id: OrderId) -> Result<(As<S, Order>, Vec<OrderLine>), Error> {
    let order = held(tx, id).await?;
    let lines = order::lines_of(tx, &[id]).await?;
    Ok((order, lines))
}

/// What of these lines is still to come, by the lines of what made the order.
fn open_of(lines: &[OrderLine]) -> Result<Vec<Returned>, Problem> {
    let open = lines.iter().filter_map(|line| {
        let (quantity, from) = line.open.zip(line.origin_line)?;
        let amount = line.unit_price.extend(quantity);
        Some(amount.map(|amount| Returned { line: Id::from_uuid(from), quantity, amount }))
    });
    open.collect()
}

/// Tells what made the order that so much of it will not be delivered.
async fn give_back(tx: &mut Tx, order: &Order, returned: &[Returned]) -> Result<(), Error> {
    match order.origin.kind {
        OrderOrigin::Award => Ok(()),
        OrderOrigin::CallOff => Ok(agreement::give_back(tx, Id::from_uuid(order.origin.id), order.id, returned).await?),
    }
}

fn reason(text: &str) -> Result<Reason, Problem> {
    Reason::parse(text).map_err(|problem| problem.at("reason"))
}

fn remark(text: Option<&str>) -> Result<Option<Remark>, Problem> {
    text.map(Remark::parse).transpose().map_err(|problem| problem.at("remark"))
}
