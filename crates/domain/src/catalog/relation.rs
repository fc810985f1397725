//! How products stand to each other: substitutes, successors, accessories, and what a kit is made of.

use std::collections::HashSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::ProductId;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::quantity::Quantity;

/// How many relations of one kind a product can have.
pub const RELATIONS_MAX: usize = 100;

named! {
    /// How another product stands to a product.
    pub enum RelationKind {
        /// It can be taken in its place.
        Substitute = "SUBSTITUTE",
        /// It takes its place from a day on.
        Successor = "SUCCESSOR",
        /// It goes with it.
        Accessory = "ACCESSORY",
        /// It is part of it, in some quantity: the product is a kit. Price and availability are the kit's own.
        Component = "COMPONENT",
    }
}

impl RelationKind {
    /// Whether following it must never lead back.
    #[must_use]
    pub const fn is_acyclic(self) -> bool {
        matches!(self, Self::Successor | Self::Component)
    }
}

/// That `other` stands to `product` in some way. Both are of one owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Which relation.
    pub id: RelationId,
    /// Whose products they are.
    pub owner: OrganizationId,
    /// Of which product it is told.
    pub product: ProductId,
    /// In which way.
    pub kind: RelationKind,
    /// The other product.
    pub other: ProductId,
    /// How much of a component one unit of the kit holds, in the component's unit.
    pub quantity: Option<Quantity>,
    /// From which day on a successor takes the product's place; none when that is open.
    pub from: Option<Date>,
    /// Its place among those of its kind, from 0 on.
    pub place: i64,
}

/// The id of a [`Relation`].
pub type RelationId = Id<Relation>;

/// A relation as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationDraft {
    /// The other product.
    pub other: ProductId,
    /// How much of it.
    pub quantity: Option<Decimal>,
    /// From when on.
    pub from: Option<Date>,
}

impl Relation {
    /// Everything that stands to `product` of `owner` in one way, in that order.
    ///
    /// # Errors
    /// [`Code::TooMany`]; for each: [`Code::RelationSelf`], [`Code::Duplicate`], a quantity that is missing or out of place, a day that is
    /// out of place.
    pub fn list(
        owner: OrganizationId,
        product: ProductId,
        kind: RelationKind,
        drafts: &[RelationDraft],
    ) -> Result<Vec<Self>, Problems> {
        if drafts.len() > RELATIONS_MAX {
            return Err(Problem::new(Code::TooMany).with("max", RELATIONS_MAX).into());
        }
        let mut problems = Problems::new();
        let mut seen = HashSet::new();
        let mut list = Vec::with_capacity(drafts.len());
        for (n, draft) in drafts.iter().enumerate() {
            let mut own = Problems::new();
            let quantity = own.take("quantity", draft.quantity.map(Quantity::new).transpose());
            if draft.other == product {
                own.push(Problem::new(Code::RelationSelf).at("productId"));
            }
            if !seen.insert(draft.other) {
                own.push(Problem::new(Code::Duplicate).at("productId"));
            }
            match (kind == RelationKind::Component, draft.quantity) {
                (true, None) => own.push(Problem::new(Code::Required).at("quantity")),
                (false, Some(_)) => own.push(Problem::new(Code::Invalid).at("quantity")),
                _ => {}
            }
            if draft.from.is_some() && kind != RelationKind::Successor {
                own.push(Problem::new(Code::Invalid).at("from"));
            }
            let place = i64::try_from(n).unwrap_or(i64::MAX);
            let relation = own.finish(quantity).map(|quantity| Self {
                id: Id::new(),
                owner,
                product,
                kind,
                other: draft.other,
                quantity,
                from: draft.from,
                place,
            });
            list.extend(problems.take(n, relation));
        }
        problems.finish(Some(list))
    }
}
