//! What a visitor's list of products is read from.
//!
//! Whoever is signed in sees most of what is published, so a list that goes through products in their order soon fills a page. A visitor may
//! see one shop of thousands, or none, and anybody can be a visitor: the list starts from the sellers that show visitors anything, so that
//! asking for it costs no more than what is shown.

use sea_orm::{ColumnTrait, QueryFilter, Select};
use tradehall_domain::organization::OrganizationId;

use super::entity::product::{Column, Entity};
use crate::column::Col;
use crate::scope::Scope;
use crate::{StoreError, Tx, viewing};

/// `select`, of products of `owner` if one is named, narrowed to sellers that show visitors anything where a visitor asks; nothing where
/// no such seller is meant. What of theirs is shown is still for the scope to say.
pub(super) async fn narrowed(
    tx: &Tx,
    select: Select<Entity>,
    owner: Option<OrganizationId>,
) -> Result<Option<Select<Entity>>, StoreError> {
    if !Scope::of(tx.actor()).is_visitor() {
        return Ok(Some(select));
    }
    let sellers = viewing::sellers_to_visitors(tx).await?;
    Ok(match (owner, sellers.as_slice()) {
        (_, []) => None,
        (Some(owner), sellers) => sellers.contains(&owner).then_some(select),
        // By one owner products are read in their order.
        (None, [only]) => Some(select.filter(Column::OwnerId.eq(Col(*only)))),
        (None, sellers) => Some(select.filter(tx.among(Column::OwnerId, sellers))),
    })
}
