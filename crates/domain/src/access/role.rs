//! The roles that come built in.

use super::Permission::{
    self, ApiKeyManage, AuditRead, CatalogManage, CatalogRead, MemberManage, OrderAcknowledge, OrderCancel, OrderRead,
    OrganizationManage, QuoteRead, QuoteSubmit, QuoteWrite, RfqAward, RfqPublish, RfqRead, RfqWrite, VenueJoin,
    VenueManage,
};
use super::PermissionSet;

/// A role that every organization has. What it allows is the same everywhere; see `tests/walls` for the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SystemRole {
    /// May do everything in the organization; an organization always keeps one.
    Owner,
    /// Everything but what binds the organization in trade.
    Admin,
    /// Asks for quotes and orders.
    Purchaser,
    /// Sees what is bought and awards it.
    Approver,
    /// Quotes and takes orders.
    Sales,
    /// Maintains products and offers.
    CatalogManager,
    /// Reads what was ordered and quoted.
    Finance,
    /// Runs venues for others.
    OperatorStaff,
    /// Reads everything, changes nothing.
    Auditor,
}

const READS: &[Permission] = &[CatalogRead, RfqRead, QuoteRead, OrderRead];

impl SystemRole {
    /// Every system role.
    pub const ALL: &'static [Self] = &[
        Self::Owner,
        Self::Admin,
        Self::Purchaser,
        Self::Approver,
        Self::Sales,
        Self::CatalogManager,
        Self::Finance,
        Self::OperatorStaff,
        Self::Auditor,
    ];

    /// The name on the wire and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "OWNER",
            Self::Admin => "ADMIN",
            Self::Purchaser => "PURCHASER",
            Self::Approver => "APPROVER",
            Self::Sales => "SALES",
            Self::CatalogManager => "CATALOG_MANAGER",
            Self::Finance => "FINANCE",
            Self::OperatorStaff => "OPERATOR_STAFF",
            Self::Auditor => "AUDITOR",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name)
    }

    /// What the role allows.
    #[must_use]
    pub fn permissions(self) -> PermissionSet {
        let verbs: &[Permission] = match self {
            Self::Owner => return Permission::ALL.iter().copied().filter(|p| p.is_grantable()).collect(),
            Self::Admin => {
                &[OrganizationManage, MemberManage, ApiKeyManage, VenueManage, VenueJoin, CatalogManage, AuditRead]
            }
            Self::Purchaser => &[RfqWrite, RfqPublish, RfqAward, OrderCancel, VenueJoin],
            Self::Approver => &[RfqAward, OrderCancel],
            Self::Sales => &[QuoteWrite, QuoteSubmit, OrderAcknowledge, VenueJoin],
            Self::CatalogManager => &[CatalogManage],
            Self::Finance => &[],
            Self::OperatorStaff => &[VenueManage, AuditRead],
            Self::Auditor => &[AuditRead],
        };
        PermissionSet::of(READS).union(PermissionSet::of(verbs))
    }
}
