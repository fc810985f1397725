//! Who is shown what a seller sells: groups of viewers, and what those see who are nobody's customers.

use jiff::Timestamp;

use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;

named! {
    /// What people see of a shop who are not its customers.
    pub enum GuestPolicy {
        /// Everyone sees the products and the list prices.
        Open = "OPEN",
        /// Everyone sees the products; prices are for approved customers.
        PricesHidden = "PRICES_HIDDEN",
        /// Products and prices are for approved customers.
        CustomersOnly = "CUSTOMERS_ONLY",
    }
}

impl GuestPolicy {
    /// What it shows to everybody.
    #[must_use]
    pub const fn sight(self) -> Sight {
        match self {
            Self::Open => Sight::ALL,
            Self::PricesHidden => Sight { goods: true, prices: false },
            Self::CustomersOnly => Sight::NONE,
        }
    }
}

/// What a viewer is shown as a member of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// The products that are shown to the group.
    pub goods: bool,
    /// The prices that are made for the group.
    pub prices: bool,
}

impl Sight {
    /// Everything.
    pub const ALL: Self = Self { goods: true, prices: true };
    /// Nothing.
    pub const NONE: Self = Self { goods: false, prices: false };
}

/// Organizations to whom a seller shows the same. Its id is that of what the group is made of: the seller itself (its goods and prices
/// in general), a participation (that customer alone), a segment, an agreement, or a selection of assortments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewerGroup {}

/// The id of a [`ViewerGroup`].
pub type GroupId = Id<ViewerGroup>;

impl<T> Id<T> {
    /// The group of viewers that is made of this.
    #[must_use]
    pub const fn group(self) -> GroupId {
        GroupId::from_uuid(self.uuid())
    }
}

/// That an organization belongs to a group from a time on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewing {
    /// To which group.
    pub group: GroupId,
    /// Whose goods and prices they are.
    pub seller: OrganizationId,
    /// Who belongs to it; `None` is everybody.
    pub viewer: Option<OrganizationId>,
    /// What it is shown.
    pub sight: Sight,
    /// Since when.
    pub since: Timestamp,
}
