//! Customers of a shop, as their seller keeps them.

mod entity;

pub mod assortment;
pub mod segment;
pub mod showing;
pub mod sorting;

use std::collections::HashMap;

use sea_orm::QueryFilter;
use tradehall_domain::customer::{Customer, CustomerEvent, CustomerId};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::text::{Prose, ShortText};

use crate::column::{Col, Name};
use crate::{StoreError, Tx, event};
use entity::customer::{Column, Entity, Model};

/// The unique index that a second customer of the same number runs into.
pub const NUMBER_INDEX: &str = "customer_seller_id_number_key";

/// The unique index that two first notes about one customer run into.
pub const BUYER_INDEX: &str = "customer_seller_id_buyer_id_key";

/// What is noted of these customers, by customer; nothing of those of whom nothing was noted.
///
/// # Errors
/// When the database is away.
pub async fn noted(tx: &Tx, ids: &[CustomerId]) -> Result<HashMap<CustomerId, Customer>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await?;
    found.into_iter().map(|row| Ok((row.id.0, Customer::try_from(row)?))).collect()
}

/// The customers that have one of these numbers with the actor's organization, in no order.
///
/// # Errors
/// When the database is away.
pub async fn by_numbers(tx: &Tx, numbers: &[&str]) -> Result<Vec<Customer>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among_texts(Column::Number, numbers)?)).await?;
    found.into_iter().map(Customer::try_from).collect()
}

/// Keeps what is noted of a customer, for the first time or again.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile; a conflict on [`NUMBER_INDEX`].
pub fn save(tx: &mut Tx, customer: &mut Customer, event: &CustomerEvent) -> Result<(), StoreError> {
    customer.version += 1;
    let row = Model::from(&*customer);
    if customer.version == 1 {
        tx.insert(row)?
    } else {
        tx.save(row)?
    }
    let subject = Subject { kind: SubjectKind::Customer, id: customer.id.uuid() };
    event::record(tx, Audience::only(customer.seller), subject, event)
}

impl From<&Customer> for Model {
    fn from(customer: &Customer) -> Self {
        Self {
            id: Col(customer.id),
            seller_id: Col(customer.seller),
            buyer_id: Col(customer.buyer),
            number: customer.number.as_ref().map(ToString::to_string),
            note: customer.note.as_ref().map(ToString::to_string),
            reach: Name(customer.reach),
            version: customer.version,
        }
    }
}

impl TryFrom<Model> for Customer {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.0,
            seller: row.seller_id.0,
            buyer: row.buyer_id.0,
            number: row.number.as_deref().map(ShortText::parse).transpose()?,
            note: row.note.as_deref().map(Prose::parse).transpose()?,
            reach: row.reach.0,
            version: row.version,
        })
    }
}
