//! The roles that come built in.

use super::Permission::{
    self, AgreementManage, AgreementRead, ApiKeyManage, AttachmentUpload, AuditRead, CatalogManage, CatalogRead,
    CustomerManage, CustomerRead, MemberManage, OrderAcknowledge, OrderCancel, OrderPlace, OrderRead,
    OrganizationManage, PriceManage, PriceRead, QuoteRead, QuoteSubmit, QuoteWrite, RfqAward, RfqPublish, RfqRead,
    RfqWrite, VenueJoin, VenueManage,
};
use super::PermissionSet;
use crate::named;
use crate::named::Named;

// The order of the members is stored, as bits of a membership: add at the end only.
named! {
    /// A role that every organization has; what it allows is the same everywhere.
    pub enum SystemRole {
        /// May do everything in the organization; an organization always keeps one.
        Owner = "OWNER",
        /// Everything but what binds the organization in trade.
        Admin = "ADMIN",
        /// Asks for quotes and orders.
        Purchaser = "PURCHASER",
        /// Sees what is bought and awards it.
        Approver = "APPROVER",
        /// Quotes and takes orders.
        Sales = "SALES",
        /// Maintains products and offers.
        CatalogManager = "CATALOG_MANAGER",
        /// Reads what was ordered and quoted.
        Finance = "FINANCE",
        /// Runs venues for others.
        OperatorStaff = "OPERATOR_STAFF",
        /// Reads everything, changes nothing.
        Auditor = "AUDITOR",
    }
}

const READS: &[Permission] = &[CatalogRead, RfqRead, QuoteRead, OrderRead, CustomerRead, PriceRead, AgreementRead];

impl SystemRole {
    /// What the role allows.
    #[must_use]
    pub fn permissions(self) -> PermissionSet {
        let verbs: &[Permission] = match self {
            Self::Owner => return Permission::ALL.iter().copied().filter(|p| p.is_grantable()).collect(),
            Self::Admin => &[
                OrganizationManage,
                MemberManage,
                ApiKeyManage,
                VenueManage,
                VenueJoin,
                CatalogManage,
                AuditRead,
                AttachmentUpload,
                CustomerManage,
                PriceManage,
            ],
            Self::Purchaser => {
                &[RfqWrite, RfqPublish, RfqAward, OrderCancel, OrderPlace, VenueJoin, AttachmentUpload, AgreementManage]
            }
            Self::Approver => &[RfqAward, OrderCancel],
            Self::Sales => &[
                QuoteWrite,
                QuoteSubmit,
                OrderAcknowledge,
                VenueJoin,
                AttachmentUpload,
                CustomerManage,
                PriceManage,
                AgreementManage,
            ],
            Self::CatalogManager => &[CatalogManage, AttachmentUpload, PriceManage],
            Self::Finance => &[],
            Self::OperatorStaff => &[VenueManage, AuditRead],
            Self::Auditor => &[AuditRead],
        };
        PermissionSet::of(READS).union(PermissionSet::of(verbs))
    }
}
