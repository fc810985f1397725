//! An organization with what only it and platform staff know of it: what creation, verification and capabilities act on.

use jiff::Timestamp;

use super::draft::{Facts, is_verified_fact};
use super::profile::documents;
use super::{
    BankAccount, Capabilities, Capability, Organization, OrganizationChange, OrganizationDraft, OrganizationEvent,
    Profile, Reason, RegistrationDocument, SubmissionDraft, Verification,
};
use crate::id::Id;
use crate::problem::{Code, Problem, Problems};
use crate::tax::TaxCode;
use crate::text::Name;

use Verification::{ChangesRequested, InReview, Rejected, Submitted, Suspended, Unverified, Verified};

/// An organization, public and private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// What everybody sees.
    pub organization: Organization,
    /// What only the organization and platform staff see.
    pub profile: Profile,
}

impl Dossier {
    /// Brings an organization into the market.
    ///
    /// # Errors
    /// Everything that is wrong with the draft.
    pub fn found(draft: &OrganizationDraft, now: Timestamp) -> Result<(Self, Vec<OrganizationEvent>), Problems> {
        let facts = Facts::found(draft)?;
        let organization = Organization {
            id: Id::new(),
            name: facts.name,
            country: facts.country,
            verification: Unverified,
            verification_since: now,
            capabilities: Capabilities::default(),
            created_at: now,
            version: 1,
        };
        let profile = Profile {
            legal_name: facts.legal_name,
            tax_code: facts.tax_code,
            address: facts.address,
            owner_name: None,
            bank_account: None,
            submission: 0,
            reason: None,
        };
        let mut dossier = Self { organization, profile };
        let mut events = vec![OrganizationEvent::Created];
        for (n, capability) in draft.capabilities.iter().enumerate() {
            // One that is listed twice was applied for already.
            let applied = dossier.apply_for(*capability);
            events.extend(applied.map_err(|_| Problem::new(Code::Duplicate).at(n).at("capabilities"))?);
        }
        Ok((dossier, events))
    }

    /// Changes public name and private profile. What staff verified is verified again when it changes, and stands still while
    /// they look at it, after they refused it, and while the organization is suspended. No event when nothing changes.
    ///
    /// # Errors
    /// Everything wrong with the change; [`Code::VerificationStatus`].
    pub fn amend(&mut self, change: &OrganizationChange, now: Timestamp) -> Result<Vec<OrganizationEvent>, Problems> {
        let facts = Facts::changed(&self.organization, &self.profile, change)?;
        let fields = facts.differing(&self.organization, &self.profile);
        if fields.is_empty() {
            return Ok(Vec::new());
        }
        let verified_fact = fields.iter().any(|field| is_verified_fact(field));
        if verified_fact {
            self.allow(&[Unverified, Submitted, ChangesRequested, Verified])?;
        }
        self.organization.name = facts.name;
        self.organization.country = facts.country;
        self.profile.legal_name = facts.legal_name;
        self.profile.tax_code = facts.tax_code;
        self.profile.address = facts.address;
        self.profile.owner_name = facts.owner_name;
        self.profile.bank_account = facts.bank_account;
        let mut events = vec![OrganizationEvent::Amended { fields }];
        if verified_fact && self.organization.verification == Verified {
            self.enter(Submitted, now);
            events.push(OrganizationEvent::Reopened);
        }
        Ok(events)
    }

    /// Whether papers can be sent in now.
    ///
    /// # Errors
    /// [`Code::VerificationStatus`] unless nothing was sent in yet or staff asked for changes.
    pub fn may_submit(&self) -> Result<(), Problem> {
        self.allow(&[Unverified, ChangesRequested])
    }

    /// Sends in the papers.
    ///
    /// # Errors
    /// Everything missing or wrong; as [`Dossier::may_submit`].
    pub fn submit(
        &mut self,
        draft: &SubmissionDraft,
        now: Timestamp,
    ) -> Result<(Vec<RegistrationDocument>, OrganizationEvent), Problems> {
        self.may_submit()?;
        let (id, country, submission) = (self.organization.id, self.organization.country, self.profile.submission + 1);
        let mut problems = Problems::new();
        let legal_name = match &draft.legal_name {
            Some(text) => Name::parse(text),
            None => self.profile.legal_name.clone().ok_or_else(|| Code::Required.into()),
        };
        let tax_code = match &draft.tax_code {
            Some(text) => TaxCode::parse(country, text),
            None => self.profile.tax_code.clone().ok_or_else(|| Code::Required.into()),
        };
        let legal_name = problems.take("legalName", legal_name);
        let tax_code = problems.take("taxCode", tax_code);
        let owner_name = problems.take("ownerName", Name::parse(&draft.owner_name));
        let bank_account = problems.take("bankAccount", BankAccount::parse(&draft.bank_account));
        let documents = problems.take("documents", documents(id, submission, &draft.documents, now));
        let documents = problems.finish(documents)?;

        let profile = &mut self.profile;
        (profile.legal_name, profile.tax_code) = (legal_name, tax_code);
        (profile.owner_name, profile.bank_account) = (owner_name, bank_account);
        (profile.submission, profile.reason) = (submission, None);
        self.enter(Submitted, now);
        let event = OrganizationEvent::Submitted { submission, documents: documents.len() };
        Ok((documents, event))
    }

    /// Staff begin to look.
    ///
    /// # Errors
    /// [`Code::VerificationStatus`] unless papers wait.
    pub fn start_review(&mut self, now: Timestamp) -> Result<OrganizationEvent, Problem> {
        self.step(&[Submitted], InReview, None, now)?;
        Ok(OrganizationEvent::ReviewStarted)
    }

    /// Staff ask for something else.
    ///
    /// # Errors
    /// [`Code::VerificationStatus`] unless staff are looking.
    pub fn request_changes(&mut self, reason: Reason, now: Timestamp) -> Result<OrganizationEvent, Problem> {
        self.step(&[InReview], ChangesRequested, Some(&reason), now)?;
        Ok(OrganizationEvent::ChangesRequested { reason })
    }

    /// Staff say no, for good.
    ///
    /// # Errors
    /// [`Code::VerificationStatus`] unless staff are looking.
    pub fn reject(&mut self, reason: Reason, now: Timestamp) -> Result<OrganizationEvent, Problem> {
        self.step(&[InReview], Rejected, Some(&reason), now)?;
        Ok(OrganizationEvent::Rejected { reason })
    }

    /// The organization is what it says it is. If it applied to sell, it may from now on.
    ///
    /// # Errors
    /// [`Code::VerificationStatus`] unless staff are looking.
    pub fn verify(&mut self, now: Timestamp) -> Result<Vec<OrganizationEvent>, Problem> {
        self.step(&[InReview], Verified, None, now)?;
        let granted = self.organization.capabilities.verified();
        Ok(std::iter::once(OrganizationEvent::Verified).chain(granted).collect())
    }

    /// Staff stop the organization: its members can only read.
    ///
    /// # Errors
    /// [`Code::VerificationStatus`] unless it is verified.
    pub fn suspend(&mut self, reason: Reason, now: Timestamp) -> Result<OrganizationEvent, Problem> {
        self.step(&[Verified], Suspended, Some(&reason), now)?;
        Ok(OrganizationEvent::Suspended { reason })
    }

    /// Staff let it go on.
    ///
    /// # Errors
    /// [`Code::VerificationStatus`] unless it is suspended.
    pub fn reinstate(&mut self, now: Timestamp) -> Result<OrganizationEvent, Problem> {
        self.step(&[Suspended], Verified, None, now)?;
        Ok(OrganizationEvent::Reinstated)
    }

    /// The organization asks for a capability. Buying is granted at once; selling too, to who is verified, else with the
    /// verification; running venues is decided by staff.
    ///
    /// # Errors
    /// [`Code::CapabilityStatus`] while it has it or waits for it.
    pub fn apply_for(&mut self, capability: Capability) -> Result<Vec<OrganizationEvent>, Problem> {
        self.organization.capabilities.apply(capability, self.organization.verification)
    }

    /// Staff give a capability.
    ///
    /// # Errors
    /// [`Code::NotVerified`]; [`Code::CapabilityStatus`] unless it was applied for.
    pub fn grant(&mut self, capability: Capability) -> Result<OrganizationEvent, Problem> {
        if !self.organization.is_verified() {
            return Err(Code::NotVerified.into());
        }
        self.organization.capabilities.grant(capability)
    }

    /// Staff do not give a capability.
    ///
    /// # Errors
    /// [`Code::CapabilityStatus`] unless it was applied for.
    pub fn refuse(&mut self, capability: Capability, reason: Reason) -> Result<OrganizationEvent, Problem> {
        self.organization.capabilities.refuse(capability)?;
        self.profile.reason = Some(reason.clone());
        Ok(OrganizationEvent::CapabilityRefused { capability, reason })
    }

    /// Staff stop a capability.
    ///
    /// # Errors
    /// [`Code::CapabilityStatus`] unless it was granted.
    pub fn suspend_capability(&mut self, capability: Capability, reason: Reason) -> Result<OrganizationEvent, Problem> {
        self.organization.capabilities.suspend(capability)?;
        self.profile.reason = Some(reason.clone());
        Ok(OrganizationEvent::CapabilitySuspended { capability, reason })
    }

    /// Staff let a capability go on.
    ///
    /// # Errors
    /// [`Code::CapabilityStatus`] unless it is suspended.
    pub fn reinstate_capability(&mut self, capability: Capability) -> Result<OrganizationEvent, Problem> {
        self.organization.capabilities.reinstate(capability)
    }

    /// The tax code that no other organization of its country can be verified with: its own once it was verified, also while it is
    /// suspended. What an organization merely says of itself keeps nothing from anybody and is compared with nothing, for the answer
    /// would tell strangers whose tax codes are here.
    #[must_use]
    pub fn claimed_tax_code(&self) -> Option<&TaxCode> {
        let verified = matches!(self.organization.verification, Verified | Suspended);
        self.profile.tax_code.as_ref().filter(|_| verified)
    }

    fn allow(&self, from: &[Verification]) -> Result<(), Problem> {
        let status = self.organization.verification;
        if from.contains(&status) {
            return Ok(());
        }
        Err(Problem::new(Code::VerificationStatus).with("status", status))
    }

    fn step(
        &mut self,
        from: &[Verification],
        to: Verification,
        reason: Option<&Reason>,
        now: Timestamp,
    ) -> Result<(), Problem> {
        self.allow(from)?;
        self.profile.reason = reason.cloned();
        self.enter(to, now);
        Ok(())
    }

    const fn enter(&mut self, to: Verification, now: Timestamp) {
        self.organization.verification = to;
        self.organization.verification_since = now;
    }
}
