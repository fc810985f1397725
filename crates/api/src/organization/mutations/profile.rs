//! Founding an organization, what it says of itself, and what it applies for.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::attachment::Attachment;
use tradehall_domain::organization::{
    Capability, DocumentDraft, OrganizationChange, OrganizationDraft, SubmissionDraft,
};

use super::super::commands::{AmendOrganization, ApplyForCapability, CreateOrganization, SubmitVerification};
use super::super::types::{BankAccountInput, OrganizationNode};
use super::{OrganizationPayload, change_access};
use crate::app::IdempotencyKey;
use crate::graphql::address::AddressInput;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::scalar::CountryCode;

/// An organization to bring into the market.
#[derive(Debug, InputObject)]
pub struct CreateOrganizationInput {
    /// What people call it, 1 to 200 characters; everyone sees it.
    pub name: String,
    /// Where it is registered; everyone sees it.
    pub country: CountryCode,
    /// The name in the register of companies, 1 to 200 characters; needed for the verification.
    pub legal_name: Option<String>,
    /// The number on its invoices, as its country's tax office gives it; needed for the verification and never used twice.
    pub tax_code: Option<String>,
    /// The registered seat.
    pub address: Option<AddressInput>,
    /// What it applies for from the start. Buying is granted at once.
    #[graphql(default_with = "vec![Closed(Capability::Buyer)]")]
    pub capabilities: Vec<Closed<Capability>>,
    /// The same key with the same input answers the first result instead of doing it again: 8 to 128 visible ASCII characters.
    pub idempotency_key: Option<String>,
}

/// A change of an organization; what is left out stays.
#[derive(Debug, InputObject)]
pub struct AmendOrganizationInput {
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// What people call it, 1 to 200 characters.
    pub name: Option<String>,
    /// Where it is registered; another country needs its tax code too.
    pub country: Option<CountryCode>,
    /// The name in the register of companies, 1 to 200 characters.
    pub legal_name: Option<String>,
    /// The number on its invoices.
    pub tax_code: Option<String>,
    /// The registered seat, replaced as a whole.
    pub address: Option<AddressInput>,
    /// The natural person behind the company, 1 to 200 characters.
    pub owner_name: Option<String>,
    /// Where its money goes, replaced as a whole.
    pub bank_account: Option<BankAccountInput>,
}

/// The papers for a verification.
#[derive(Debug, InputObject)]
pub struct SubmitVerificationInput {
    /// The name in the register of companies; can be left out when it is in the profile.
    pub legal_name: Option<String>,
    /// The number on its invoices; can be left out when it is in the profile.
    pub tax_code: Option<String>,
    /// The natural person behind the company, legal representative or beneficial owner, 1 to 200 characters.
    pub owner_name: String,
    /// Where its money goes.
    pub bank_account: BankAccountInput,
    /// Licence, extract from the register and the like: 1 to 20, no file twice.
    pub documents: Vec<RegistrationDocumentInput>,
}

/// A paper for a verification.
#[derive(Debug, InputObject)]
pub struct RegistrationDocumentInput {
    /// A file that the organization uploaded.
    pub attachment_id: GlobalId<Attachment>,
    /// What the paper is, 1 to 200 characters.
    pub title: String,
}

/// A capability to apply for.
#[derive(Debug, InputObject)]
pub struct ApplyForCapabilityInput {
    /// What the organization wants to do.
    pub capability: Closed<Capability>,
}

/// The root fields by which an organization says what it is.
#[derive(Debug, Default)]
pub struct ProfileMutation;

#[Object]
impl ProfileMutation {
    /// Brings an organization into the market; the person who asks becomes its owner. Needs a person, not a key.
    async fn create_organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: CreateOrganizationInput,
    ) -> Result<OrganizationPayload> {
        let draft = OrganizationDraft {
            name: input.name,
            country: input.country.0.code().to_owned(),
            legal_name: input.legal_name,
            tax_code: input.tax_code,
            address: input.address.map(Into::into),
            capabilities: input.capabilities.into_iter().map(|capability| capability.0).collect(),
        };
        let outcome = match IdempotencyKey::of_input(input.idempotency_key.as_deref()) {
            Ok(key) => session(ctx)?.execute_once(CreateOrganization { draft, key }).await,
            Err(problem) => Err(problem.into()),
        };
        session(ctx)?.answer(outcome, |organization| (OrganizationNode(organization),))
    }

    /// Changes name and profile of the viewer's organization. Once it is verified, changing country, legal name, tax code, owner or bank
    /// account sends it back to SUBMITTED; while staff look, after a rejection and while suspended those stand still. Needs
    /// ORGANIZATION_MANAGE.
    async fn amend_organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: AmendOrganizationInput,
    ) -> Result<OrganizationPayload> {
        let change = OrganizationChange {
            name: input.name,
            country: input.country.map(|country| country.0.code().to_owned()),
            legal_name: input.legal_name,
            tax_code: input.tax_code,
            address: input.address.map(Into::into),
            owner_name: input.owner_name,
            bank_account: input.bank_account.map(Into::into),
        };
        let command = AmendOrganization { expected_version: input.expected_version, change };
        let outcome = change_access(session(ctx)?, command).await;
        session(ctx)?.answer(outcome, |organization| (OrganizationNode(organization),))
    }

    /// Sends in the papers of the viewer's organization for verification by platform staff. Needs ORGANIZATION_MANAGE.
    async fn submit_verification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The papers.")] input: SubmitVerificationInput,
    ) -> Result<OrganizationPayload> {
        let outcome = session(ctx)?.execute(SubmitVerification { submission: input.into() }).await;
        session(ctx)?.answer(outcome, |organization| (OrganizationNode(organization),))
    }

    /// Asks for a capability for the viewer's organization: BUYER is granted at once, SELLER with the verification, OPERATOR by platform
    /// staff. Needs ORGANIZATION_MANAGE.
    async fn apply_for_capability(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which capability.")] input: ApplyForCapabilityInput,
    ) -> Result<OrganizationPayload> {
        let outcome = change_access(session(ctx)?, ApplyForCapability { capability: input.capability.0 }).await;
        session(ctx)?.answer(outcome, |organization| (OrganizationNode(organization),))
    }
}

impl From<SubmitVerificationInput> for SubmissionDraft {
    fn from(input: SubmitVerificationInput) -> Self {
        let document = |paper: RegistrationDocumentInput| {
            let (attachment, title) = (paper.attachment_id.0, paper.title);
            DocumentDraft { attachment, title }
        };
        Self {
            legal_name: input.legal_name,
            tax_code: input.tax_code,
            owner_name: input.owner_name,
            bank_account: input.bank_account.into(),
            documents: input.documents.into_iter().map(document).collect(),
        }
    }
}
