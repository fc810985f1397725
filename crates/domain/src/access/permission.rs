//! One name per thing that can be allowed.

use std::fmt;

use crate::named::Named;

macro_rules! permissions {
    ($($variant:ident $name:literal $what:literal)*) => {
        /// What a command needs. Every command names exactly one; none is held unless granted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Permission {
            $(#[doc = $what] $variant,)*
        }

        // The order of the members is the order of their bits, which are stored: add at the end only.
        impl Named for Permission {
            const SET: &'static str = "Permission";
            const ABOUT: &'static str = "What a member or key may do in its organization.";
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $what),* }
            }
        }
    };
}

permissions! {
    Anyone "ANYONE" "Needs nothing: signing up and signing in."
    SignedIn "SIGNED_IN" "Needs a known person or key, whatever their role."
    Person "PERSON" "Needs a person, not a key: passwords, sessions, memberships of one's own."
    OrganizationManage "ORGANIZATION_MANAGE" "Change the organization's profile and units, and ask for its verification."
    MemberManage "MEMBER_MANAGE" "Invite, change and end memberships; define roles."
    ApiKeyManage "API_KEY_MANAGE" "Issue and revoke API keys."
    VenueManage "VENUE_MANAGE" "Open venues and decide who takes part in them."
    VenueJoin "VENUE_JOIN" "Apply to a venue, answer its invitations, and leave it."
    CatalogRead "CATALOG_READ" "See the organization's own unpublished products and offers."
    CatalogManage "CATALOG_MANAGE" "Maintain categories, products and offers, by hand and by import."
    RfqRead "RFQ_READ" "See the organization's requests for quotation, sent and received."
    RfqWrite "RFQ_WRITE" "Draft requests for quotation."
    RfqPublish "RFQ_PUBLISH" "Publish, close, open and cancel requests for quotation."
    RfqAward "RFQ_AWARD" "Award requests for quotation, which places orders."
    QuoteRead "QUOTE_READ" "See the organization's quotes, sent and received."
    QuoteWrite "QUOTE_WRITE" "Answer invitations and draft quotes."
    QuoteSubmit "QUOTE_SUBMIT" "Submit, revise and withdraw quotes, which bind the organization."
    OrderRead "ORDER_READ" "See the organization's orders, placed and received."
    OrderCancel "ORDER_CANCEL" "Cancel orders that the organization placed."
    OrderAcknowledge "ORDER_ACKNOWLEDGE" "Acknowledge or reject orders that the organization received."
    AuditRead "AUDIT_READ" "Read the organization's timeline of events."
    PlatformVerify "PLATFORM_VERIFY" "Platform staff: decide verifications and suspensions of organizations."
    PlatformOperate "PLATFORM_OPERATE" "Platform staff: load data sets and rotate keys."
    AttachmentUpload "ATTACHMENT_UPLOAD" "Upload files, and take away those that are attached to nothing."
    CustomerRead "CUSTOMER_READ" "See the customers of the organization's shop, and how they are sorted."
    CustomerManage "CUSTOMER_MANAGE" "Note what there is to know of customers, sort them into segments, and decide which goods they are shown."
    PriceRead "PRICE_READ" "See the organization's price lists and promotions; one's own price as a buyer needs nothing."
    PriceManage "PRICE_MANAGE" "Make price lists and promotions, and enter and end prices."
    AgreementRead "AGREEMENT_READ" "See the organization's framework agreements, as a buyer and as a seller."
    AgreementManage "AGREEMENT_MANAGE" "Negotiate, conclude, suspend and end framework agreements, which bind the organization."
    OrderPlace "ORDER_PLACE" "Call off under framework agreements, which places orders."
    Visit "VISIT" "Needs nothing: what sellers show to people who have not signed in, and whatever else a viewer may see."
}

impl Permission {
    const fn bit(self) -> u64 {
        1 << self as u8
    }

    /// Whether an organization may put it into a role of its own or an API key.
    #[must_use]
    pub const fn is_grantable(self) -> bool {
        !matches!(
            self,
            Self::Anyone | Self::SignedIn | Self::Person | Self::PlatformVerify | Self::PlatformOperate | Self::Visit
        )
    }

    /// Whether it lets one only look: what a suspended organization keeps.
    #[must_use]
    pub const fn is_read(self) -> bool {
        matches!(
            self,
            Self::CatalogRead
                | Self::RfqRead
                | Self::QuoteRead
                | Self::OrderRead
                | Self::AuditRead
                | Self::CustomerRead
                | Self::PriceRead
                | Self::AgreementRead
        )
    }
}

/// A set of permissions, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct PermissionSet(u64);

impl PermissionSet {
    /// Nothing is allowed.
    pub const NONE: Self = Self(0);

    /// Exactly these.
    #[must_use]
    pub const fn of(permissions: &[Permission]) -> Self {
        let mut bits = 0;
        let mut rest = permissions;
        while let [first, tail @ ..] = rest {
            bits |= first.bit();
            rest = tail;
        }
        Self(bits)
    }

    /// The set stored as `bits`; bits without a meaning are dropped.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits & Self::of(Permission::ALL).0)
    }

    /// The number that stores the set.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Whether `permission` is in the set.
    #[must_use]
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Whether all of `other` is in the set.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// What is in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The permissions, in the order of their bits.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().fold(0, |bits, permission| bits | permission.bit()))
    }
}

impl fmt::Debug for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Permission::name)).finish()
    }
}
