//! Founding an organization, what it says of itself, and what it applies for.

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::attachment::Visibility;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::id::Id;
use tradehall_domain::organization::{
    Capability, Dossier, Membership, Organization, OrganizationChange, OrganizationDraft, OrganizationId,
    RegistrationDocument, SubmissionDraft,
};
use tradehall_persistence::{Tx, attachment, organization};
use uuid::Uuid;

use super::newcomer;
use crate::app::{Command, Error, IdempotencyKey, Repeatable, check_version, organization_of};

/// Brings an organization into the market; the person who asks becomes its owner.
#[derive(Debug)]
pub struct CreateOrganization {
    /// What it is.
    pub draft: OrganizationDraft,
    /// The caller's key for this one request.
    pub key: Option<IdempotencyKey>,
}

impl Command for CreateOrganization {
    const PERMISSION: Permission = Permission::Person;
    // The person acts for no organization that could see or write these rows.
    const ACROSS: Option<SystemTask> = Some(SystemTask::Join);
    type Output = Organization;

    async fn run(self, tx: &mut Tx) -> Result<Organization, Error> {
        let founder = newcomer(tx).await?;
        let (dossier, events) = Dossier::found(&self.draft, tx.now())?;
        organization::insert(tx, &dossier, &events)?;
        let (membership, event) = Membership::found(dossier.organization.id, founder, tx.now());
        organization::insert_membership(tx, &membership, &event)?;
        Ok(dossier.organization)
    }
}

impl Repeatable for CreateOrganization {
    const NAME: &'static str = "createOrganization";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(output: &Organization) -> Vec<Uuid> {
        vec![output.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Organization, Error> {
        let id = made.first().copied().ok_or(Error::NotFound)?;
        Ok(organization::load(tx, Id::from_uuid(id)).await?)
    }
}

/// Changes the public name and the private profile of the actor's organization.
#[derive(Debug)]
pub struct AmendOrganization {
    /// The version that the change was made against.
    pub expected_version: i64,
    /// What changes.
    pub change: OrganizationChange,
}

impl Command for AmendOrganization {
    const PERMISSION: Permission = Permission::OrganizationManage;
    type Output = Organization;

    async fn run(self, tx: &mut Tx) -> Result<Organization, Error> {
        let own = organization_of(tx)?;
        let mut dossier = organization::lock_dossier(tx, own).await?;
        check_version(dossier.organization.version, self.expected_version)?;
        let events = dossier.amend(&self.change, tx.now())?;
        if !events.is_empty() {
            organization::save(tx, &mut dossier, &events)?;
        }
        Ok(dossier.organization)
    }
}

/// Sends in the papers of the actor's organization.
#[derive(Debug)]
pub struct SubmitVerification {
    /// The papers.
    pub submission: SubmissionDraft,
}

impl Command for SubmitVerification {
    const PERMISSION: Permission = Permission::OrganizationManage;
    type Output = Organization;

    async fn run(self, tx: &mut Tx) -> Result<Organization, Error> {
        let own = organization_of(tx)?;
        let mut dossier = organization::lock_dossier(tx, own).await?;
        let (documents, event) = dossier.submit(&self.submission, tx.now())?;
        keep(tx, own, &documents).await.map_err(|error| error.at("documents"))?;
        organization::save(tx, &mut dossier, &[event])?;
        organization::insert_documents(tx, &documents)?;
        Ok(dossier.organization)
    }
}

/// Attaches the papers to the organization, which keeps them as long as it stands; those of an earlier submission are there already.
async fn keep(tx: &mut Tx, own: OrganizationId, documents: &[RegistrationDocument]) -> Result<(), Error> {
    let subject = Subject { kind: SubjectKind::Organization, id: own.uuid() };
    let kept = attachment::of_subject(tx, subject).await?;
    let fresh =
        documents.iter().map(|document| document.attachment).filter(|id| kept.iter().all(|file| file.id != *id));
    attachment::attach(tx, subject, &fresh.collect::<Vec<_>>(), &Visibility::Owner).await?;
    Ok(())
}

/// The actor's organization asks for a capability.
#[derive(Debug)]
pub struct ApplyForCapability {
    /// Which.
    pub capability: Capability,
}

impl Command for ApplyForCapability {
    const PERMISSION: Permission = Permission::OrganizationManage;
    type Output = Organization;

    async fn run(self, tx: &mut Tx) -> Result<Organization, Error> {
        let own = organization_of(tx)?;
        let mut dossier = organization::lock_dossier(tx, own).await?;
        let events = dossier.apply_for(self.capability)?;
        organization::save(tx, &mut dossier, &events)?;
        Ok(dossier.organization)
    }
}
