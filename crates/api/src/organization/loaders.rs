//! Organizations, their profiles, papers, units, members and roles by id, one statement per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::attachment::{Attachment, AttachmentId};
use tradehall_domain::organization::{
    CustomRole, CustomRoleId, Membership, MembershipId, Organization, OrganizationId, OrganizationUnit,
    OrganizationUnitId, Profile, RegistrationDocument,
};
use tradehall_persistence::{Tx, attachment, organization};

use super::sight::across;
use crate::app::Error;
use crate::graphql::loader::Batch;

impl Loader<OrganizationId> for Batch {
    type Value = Organization;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[OrganizationId]) -> Result<HashMap<OrganizationId, Organization>, Arc<Error>> {
        self.many(ids, organization::load_many, |organization| organization.id).await
    }
}

/// The private profile of an organization: nothing for strangers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProfileOf(pub OrganizationId);

impl Loader<ProfileOf> for Batch {
    type Value = Profile;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ProfileOf]) -> Result<HashMap<ProfileOf, Profile>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let tx = self.staff_or_own().await?;
        let found = organization::profiles(&tx, &ids).await.map_err(|error| Arc::new(error.into()))?;
        Ok(found.into_iter().map(|(id, profile)| (ProfileOf(id), profile)).collect())
    }
}

/// The papers that an organization last sent in: nothing for strangers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DocumentsOf(pub OrganizationId);

impl Loader<DocumentsOf> for Batch {
    type Value = Vec<RegistrationDocument>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[DocumentsOf]) -> Result<HashMap<DocumentsOf, Vec<RegistrationDocument>>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let tx = self.staff_or_own().await?;
        let found = organization::documents(&tx, &ids).await.map_err(|error| Arc::new(error.into()))?;
        let mut sorted: HashMap<_, Vec<_>> = HashMap::new();
        for document in found {
            sorted.entry(DocumentsOf(document.organization)).or_default().push(document);
        }
        Ok(sorted)
    }
}

/// The file of a paper: for staff too, to whom it was not shown by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Paper(pub AttachmentId);

impl Loader<Paper> for Batch {
    type Value = Attachment;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[Paper]) -> Result<HashMap<Paper, Attachment>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let tx = self.staff_or_own().await?;
        let found = attachment::load_many(&tx, &ids).await.map_err(|error| Arc::new(error.into()))?;
        Ok(found.into_iter().map(|file| (Paper(file.id), file)).collect())
    }
}

impl Batch {
    async fn staff_or_own(&self) -> Result<Arc<Tx>, Arc<Error>> {
        let found = if self.session().actor().may(Permission::PlatformVerify) {
            across(self.session()).await.map(Arc::new)
        } else {
            self.session().reading().await
        };
        found.map_err(Arc::new)
    }
}

impl Loader<OrganizationUnitId> for Batch {
    type Value = OrganizationUnit;
    type Error = Arc<Error>;

    async fn load(
        &self,
        ids: &[OrganizationUnitId],
    ) -> Result<HashMap<OrganizationUnitId, OrganizationUnit>, Arc<Error>> {
        self.many(ids, organization::units_by_id, |unit| unit.id).await
    }
}

impl Loader<MembershipId> for Batch {
    type Value = Membership;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[MembershipId]) -> Result<HashMap<MembershipId, Membership>, Arc<Error>> {
        self.many(ids, organization::memberships, |membership| membership.id).await
    }
}

impl Loader<CustomRoleId> for Batch {
    type Value = CustomRole;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[CustomRoleId]) -> Result<HashMap<CustomRoleId, CustomRole>, Arc<Error>> {
        self.many(ids, organization::roles_by_id, |role| role.id).await
    }
}
