//! Who is shown what a seller sells: groups of viewers, and what those see who are nobody's customers or have not even signed in.

use jiff::Timestamp;

use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;

named! {
    /// What people see of a shop who are signed in and not its customers.
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
    /// What it shows to everybody who is signed in.
    #[must_use]
    pub const fn sight(self) -> Sight {
        match self {
            Self::Open => Sight::ALL,
            Self::PricesHidden => Sight { goods: true, prices: false },
            Self::CustomersOnly => Sight::NONE,
        }
    }
}

named! {
    /// What people see of a shop who have not signed in: never more than its guests.
    pub enum VisitorPolicy {
        /// Everyone on the internet sees the products and the list prices.
        Open = "OPEN",
        /// Everyone on the internet sees the products; prices are for those who sign in.
        PricesHidden = "PRICES_HIDDEN",
        /// Products and prices are for those who sign in.
        SignedInOnly = "SIGNED_IN_ONLY",
    }
}

impl VisitorPolicy {
    /// What it shows to visitors.
    #[must_use]
    pub const fn sight(self) -> Sight {
        match self {
            Self::Open => Sight::ALL,
            Self::PricesHidden => Sight { goods: true, prices: false },
            Self::SignedInOnly => Sight::NONE,
        }
    }

    /// The widest policy that shows visitors no more than this one, and no more than guests are shown under `guests`.
    #[must_use]
    pub fn within(self, guests: GuestPolicy) -> Self {
        let widest = match guests {
            GuestPolicy::Open => Self::Open,
            GuestPolicy::PricesHidden => Self::PricesHidden,
            GuestPolicy::CustomersOnly => Self::SignedInOnly,
        };
        if self.sight().is_within(widest.sight()) { self } else { widest }
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

    /// Whether whoever is shown this is shown nothing beyond `other`.
    #[must_use]
    pub const fn is_within(self, other: Self) -> bool {
        (!self.goods || other.goods) && (!self.prices || other.prices)
    }
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

/// Who can belong to a group of viewers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// Whoever has not signed in. Everybody who has is no visitor: what visitors are shown, guests are shown besides.
    Visitor,
    /// Everybody who is signed in, whatever their organization: a shop's guests.
    Guest,
    /// One organization.
    Organization(OrganizationId),
}

impl From<OrganizationId> for Viewer {
    fn from(organization: OrganizationId) -> Self {
        Self::Organization(organization)
    }
}

/// That a viewer belongs to a group from a time on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewing {
    /// To which group.
    pub group: GroupId,
    /// Whose goods and prices they are.
    pub seller: OrganizationId,
    /// Who belongs to it.
    pub viewer: Viewer,
    /// What it is shown.
    pub sight: Sight,
    /// Since when.
    pub since: Timestamp,
}
