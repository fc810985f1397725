//! The two sides of one document: both see it, each owns other verbs.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use crate::named;
use crate::organization::OrganizationId;
use crate::problem::Code;

named! {
    /// On which side of a trade an organization stands.
    pub enum Side {
        /// It asks and orders.
        Buyer = "BUYER",
        /// It quotes and delivers.
        Seller = "SELLER",
    }
}

/// The buying side, as a type.
#[derive(Debug, Clone, Copy)]
pub enum Buyer {}

/// The selling side, as a type.
#[derive(Debug, Clone, Copy)]
pub enum Seller {}

/// A side, as a type.
pub trait SideType {
    /// The same side, as a value.
    const SIDE: Side;
}

impl SideType for Buyer {
    const SIDE: Side = Side::Buyer;
}

impl SideType for Seller {
    const SIDE: Side = Side::Seller;
}

/// A document between a buyer and a seller. A side that is not settled yet (an RFQ has many sellers) has no party.
pub trait TwoSided {
    /// Who stands on `side`.
    fn party(&self, side: Side) -> Option<OrganizationId>;
}

/// A `T` in the hands of its `S`: only this side's verbs are to be had.
#[derive(Debug, Clone)]
pub struct As<S, T> {
    document: T,
    side: PhantomData<S>,
}

impl<S: SideType, T: TwoSided> As<S, T> {
    /// The document in the hands of `organization`.
    ///
    /// # Errors
    /// [`Code::WrongSide`] when the organization does not stand on this side.
    pub fn claim(document: T, organization: Option<OrganizationId>) -> Result<Self, Code> {
        match document.party(S::SIDE) {
            Some(party) if Some(party) == organization => Ok(Self { document, side: PhantomData }),
            _ => Err(Code::WrongSide),
        }
    }
}

impl<S, T> As<S, T> {
    /// The document, in nobody's hands.
    #[must_use]
    pub fn release(self) -> T {
        self.document
    }
}

impl<S, T> Deref for As<S, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.document
    }
}

impl<S, T> DerefMut for As<S, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.document
    }
}
