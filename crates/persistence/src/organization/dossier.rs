//! Organizations with their private profile and their papers, as they are stored.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tradehall_domain::country::Country;
use tradehall_domain::event::{Audience, DomainEvent, Subject, SubjectKind};
use tradehall_domain::organization::{
    Dossier, OrganizationEvent, OrganizationId, Profile, Reason, RegistrationDocument,
};
use tradehall_domain::tax::TaxCode;
use tradehall_domain::text::Name as NameText;

use super::entity::{document, organization, profile};
use super::load;
use crate::column::Col;
use crate::{StoreError, Tx, event, viewing};

/// The unique index that the tax code of another verified organization runs into.
pub const TAX_CODE_INDEX: &str = "organization_profile_country_claimed_tax_code_key";

/// An organization with its profile, which stays locked until the transaction ends. Only itself and platform staff get it.
///
/// The lock is on the profile: documents of others point at the public row, and their writers need not wait.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn lock_dossier(tx: &mut Tx, id: OrganizationId) -> Result<Dossier, StoreError> {
    let select = tx.find_for_update::<profile::Entity>().filter(profile::Column::Id.eq(Col(id)));
    let profile = tx.one(select).await?.try_into()?;
    Ok(Dossier { organization: load(tx, id).await?, profile })
}

/// The profiles of these organizations that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn profiles(tx: &Tx, ids: &[OrganizationId]) -> Result<Vec<(OrganizationId, Profile)>, StoreError> {
    let found = tx.all(tx.find::<profile::Entity>().filter(tx.among(profile::Column::Id, ids))).await?;
    found.into_iter().map(|model| Ok((model.id.0, model.try_into()?))).collect()
}

/// The papers of these organizations' latest submissions that the actor may see, in the order in which they were listed.
///
/// # Errors
/// When the database is away.
pub async fn documents(tx: &Tx, ids: &[OrganizationId]) -> Result<Vec<RegistrationDocument>, StoreError> {
    let latest = "\"registration_document\".\"submission\" = \
                  (SELECT p.submission FROM organization_profile p WHERE p.id = \"registration_document\".\"organization_id\")";
    let select = tx
        .find::<document::Entity>()
        .filter(tx.among(document::Column::OrganizationId, ids))
        .filter(Expr::cust(latest))
        .order_by(document::Column::Id, Order::Asc);
    tx.all(select).await?.into_iter().map(RegistrationDocument::try_from).collect()
}

/// Adds an organization.
///
/// # Errors
/// When an event cannot be written down; a conflict on [`TAX_CODE_INDEX`], by the commit.
pub fn insert(tx: &mut Tx, dossier: &Dossier, events: &[OrganizationEvent]) -> Result<(), StoreError> {
    insert_all(tx, &[(dossier, events)])
}

/// Adds organizations together: one batch of rows for each table, whatever their number.
///
/// # Errors
/// As [`insert`].
pub fn insert_all(tx: &mut Tx, dossiers: &[(&Dossier, &[OrganizationEvent])]) -> Result<(), StoreError> {
    let models: Vec<_> = dossiers.iter().map(|(dossier, _)| organization::Model::from(&dossier.organization)).collect();
    tx.insert_all(&models)?;
    let profiles: Vec<_> = dossiers.iter().map(|(dossier, _)| row(dossier)).collect::<Result<_, _>>()?;
    tx.insert_all(&profiles)?;
    viewing::open_to_everybody(tx, dossiers.iter().map(|(dossier, _)| dossier.organization.id))?;
    let events = dossiers.iter().flat_map(|(dossier, events)| {
        let id = dossier.organization.id;
        let subject = Subject { kind: SubjectKind::Organization, id: id.uuid() };
        events.iter().map(move |event| (Audience::only(id), subject, event))
    });
    event::record_all(tx, events)
}

/// Keeps a changed organization with its profile.
///
/// # Errors
/// [`StoreError::Stale`] or a conflict on [`TAX_CODE_INDEX`], by the commit.
pub fn save(tx: &mut Tx, dossier: &mut Dossier, events: &[OrganizationEvent]) -> Result<(), StoreError> {
    dossier.organization.version += 1;
    tx.save(organization::Model::from(&dossier.organization))?;
    tx.save(row(dossier)?)?;
    events.iter().try_for_each(|event| record(tx, dossier.organization.id, event))
}

/// Adds the papers of a submission.
///
/// # Errors
/// When a row cannot be made.
pub fn insert_documents(tx: &mut Tx, documents: &[RegistrationDocument]) -> Result<(), StoreError> {
    let rows: Vec<_> = documents.iter().map(document::Model::from).collect();
    tx.insert_all(&rows)
}

/// Writes down an event of which the organization as a whole is the subject.
pub(super) fn record(tx: &mut Tx, id: OrganizationId, event: &impl DomainEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Organization, id: id.uuid() };
    event::record(tx, Audience::only(id), subject, event)
}

fn row(dossier: &Dossier) -> Result<profile::Model, StoreError> {
    let Dossier { organization, profile } = dossier;
    Ok(profile::Model {
        id: Col(organization.id),
        country: organization.country.code().to_owned(),
        legal_name: profile.legal_name.as_ref().map(ToString::to_string),
        tax_code: profile.tax_code.as_ref().map(ToString::to_string),
        claimed_tax_code: dossier.claimed_tax_code().map(ToString::to_string),
        address: written(profile.address.as_ref())?,
        owner_name: profile.owner_name.as_ref().map(ToString::to_string),
        bank_account: written(profile.bank_account.as_ref())?,
        submission: profile.submission,
        reason: profile.reason.as_ref().map(ToString::to_string),
        version: organization.version,
    })
}

fn written<T: Serialize>(value: Option<&T>) -> Result<Option<String>, StoreError> {
    value.map(serde_json::to_string).transpose().map_err(|e| StoreError::Corrupt(e.to_string()))
}

fn read<T: DeserializeOwned>(text: Option<String>) -> Result<Option<T>, StoreError> {
    text.as_deref().map(serde_json::from_str).transpose().map_err(|e| StoreError::Corrupt(e.to_string()))
}

impl TryFrom<profile::Model> for Profile {
    type Error = StoreError;

    fn try_from(model: profile::Model) -> Result<Self, StoreError> {
        let country = Country::parse(&model.country)?;
        Ok(Self {
            legal_name: model.legal_name.as_deref().map(NameText::parse).transpose()?,
            tax_code: model.tax_code.as_deref().map(|text| TaxCode::parse(country, text)).transpose()?,
            address: read(model.address)?,
            owner_name: model.owner_name.as_deref().map(NameText::parse).transpose()?,
            bank_account: read(model.bank_account)?,
            submission: model.submission,
            reason: model.reason.as_deref().map(Reason::parse).transpose()?,
        })
    }
}

impl From<&RegistrationDocument> for document::Model {
    fn from(document: &RegistrationDocument) -> Self {
        Self {
            id: Col(document.id),
            organization_id: Col(document.organization),
            submission: document.submission,
            attachment_id: Col(document.attachment),
            title: document.title.as_str().to_owned(),
            added_at: Col(document.added_at),
        }
    }
}

impl TryFrom<document::Model> for RegistrationDocument {
    type Error = StoreError;

    fn try_from(model: document::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            organization: model.organization_id.0,
            submission: model.submission,
            attachment: model.attachment_id.0,
            title: NameText::parse(&model.title)?,
            added_at: model.added_at.0,
        })
    }
}
