//! The private side of organizations, as clients see it.

use async_graphql::{Context, Description, ID, InputObject, Object, Result, SimpleObject};
use tradehall_domain::named::Named as _;
use tradehall_domain::organization::{
    BankAccount, BankAccountDraft, Capability, CapabilityStatus, Organization, Profile, RegistrationDocument,
};

use super::super::loaders::{DocumentsOf, Paper};
use crate::attachment::AttachmentNode;
use crate::graphql::address::AddressNode;
use crate::graphql::closed::Closed;
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{load_maybe, load_one};
use crate::graphql::scalar::DateTime;

node_types! { RegistrationDocument => "RegistrationDocument" }

/// What an organization shows to its own people and to platform staff, and to nobody else.
#[derive(Debug, Clone, Description)]
pub struct ProfileNode {
    /// The public facts.
    pub organization: Organization,
    /// The private ones.
    pub profile: Profile,
}

#[Object(name = "OrganizationProfile", use_type_description)]
impl ProfileNode {
    /// The name in the register of companies, 1 to 200 characters; null until it is given.
    async fn legal_name(&self) -> Option<&str> {
        self.profile.legal_name.as_ref().map(|name| name.as_str())
    }

    /// The number on its invoices in the form that its country's tax office gives it; null until it is given.
    async fn tax_code(&self) -> Option<&str> {
        self.profile.tax_code.as_ref().map(|code| code.as_str())
    }

    /// The registered seat; null until it is given.
    async fn address(&self) -> Option<AddressNode> {
        self.profile.address.clone().map(AddressNode)
    }

    /// The natural person behind the company, legal representative or beneficial owner; null until papers were sent in.
    async fn owner_name(&self) -> Option<&str> {
        self.profile.owner_name.as_ref().map(|name| name.as_str())
    }

    /// Where its money goes; null until papers were sent in.
    async fn bank_account(&self) -> Option<BankAccountNode> {
        self.profile.bank_account.clone().map(BankAccountNode)
    }

    /// How many times papers were sent in.
    async fn submission(&self) -> i64 {
        self.profile.submission
    }

    /// The papers that were last sent in, at most 20, in the order in which they were listed.
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<RegistrationDocumentNode>> {
        let found = load_maybe(ctx, DocumentsOf(self.organization.id)).await?;
        Ok(found.unwrap_or_default().into_iter().map(RegistrationDocumentNode).collect())
    }

    /// Why staff decided as they last did, for the organization to read; null when there is nothing to explain.
    async fn reason(&self) -> Option<&str> {
        self.profile.reason.as_ref().map(|reason| reason.as_str())
    }

    /// Since when the verification has its status.
    async fn verification_since(&self) -> DateTime {
        DateTime(self.organization.verification_since)
    }

    /// Every capability that was applied for, and how far that has come.
    async fn capabilities(&self) -> Vec<CapabilityGrant> {
        let status = |capability| self.organization.capabilities.get(capability);
        let all = Capability::ALL.iter().copied();
        all.filter_map(|capability| {
            status(capability).map(|status| CapabilityGrant { capability: Closed(capability), status: Closed(status) })
        })
        .collect()
    }
}

/// How far an application for a capability has come.
#[derive(Debug, Clone, SimpleObject)]
pub struct CapabilityGrant {
    /// What was applied for.
    pub capability: Closed<Capability>,
    /// How far it has come. What is granted can be used only while the organization is not suspended, and selling and operating only while
    /// it is verified.
    pub status: Closed<CapabilityStatus>,
}

/// A bank account, as payments to it name it.
#[derive(Debug, Clone, Description)]
pub struct BankAccountNode(pub BankAccount);

#[Object(name = "BankAccount", use_type_description)]
impl BankAccountNode {
    /// The bank, and its branch where payments need it, 1 to 200 characters.
    async fn bank(&self) -> &str {
        self.0.bank.as_str()
    }

    /// The account's number or IBAN, in capitals, without blanks.
    async fn number(&self) -> &str {
        self.0.number.as_str()
    }

    /// In whose name it stands, 1 to 200 characters.
    async fn holder(&self) -> &str {
        self.0.holder.as_str()
    }

    /// The bank's BIC (ISO 9362), 8 or 11 characters; null where payments need none.
    async fn bic(&self) -> Option<&str> {
        self.0.bic.as_ref().map(|bic| bic.as_str())
    }
}

/// A bank account to keep.
#[derive(Debug, Clone, InputObject)]
pub struct BankAccountInput {
    /// The bank, and its branch where payments need it, 1 to 200 characters.
    pub bank: String,
    /// The account's number or IBAN, 4 to 34 letters and digits; blanks between them are dropped.
    pub number: String,
    /// In whose name it stands, 1 to 200 characters.
    pub holder: String,
    /// The bank's BIC (ISO 9362), 8 or 11 letters and digits, where payments need it.
    pub bic: Option<String>,
}

impl From<BankAccountInput> for BankAccountDraft {
    fn from(input: BankAccountInput) -> Self {
        Self { bank: input.bank, number: input.number, holder: input.holder, bic: input.bic }
    }
}

/// A paper that was sent in for the verification: a licence, an extract from a register.
#[derive(Debug, Clone, Description)]
pub struct RegistrationDocumentNode(pub RegistrationDocument);

#[Object(name = "RegistrationDocument", use_type_description)]
impl RegistrationDocumentNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What the paper is, 1 to 200 characters.
    async fn title(&self) -> &str {
        self.0.title.as_str()
    }

    /// The uploaded file.
    async fn attachment(&self, ctx: &Context<'_>) -> Result<AttachmentNode> {
        load_one(ctx, Paper(self.0.attachment)).await.map(AttachmentNode)
    }

    /// When it was sent in.
    async fn added_at(&self) -> DateTime {
        DateTime(self.0.added_at)
    }
}
