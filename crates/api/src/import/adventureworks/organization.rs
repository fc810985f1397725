//! The maker, its vendors and its stores.
//!
//! An organization's profile is its own once it is in the market: a file brings organizations in and changes none.

use tradehall_domain::id::Id;
use tradehall_domain::organization::{
    Capability, CapabilityStatus, Dossier, OrganizationDraft, OrganizationEvent, OrganizationId, Verification,
};
use tradehall_domain::problem::Problems;
use tradehall_domain::text::Name;
use tradehall_persistence::import::reference;
use tradehall_persistence::import::reference::ReferenceKind::Organization as Kind;
use tradehall_persistence::{Tx, organization};

use super::SOURCE;
use super::shop::{self, Store};
use super::target::{Entry, Target, key, known, remember};
use crate::app::Error;
use crate::import::table::Row;
use crate::import::tally::{Outcome, Tally};

/// The company whose data it is.
const MAKER: &str = "Adventure Works Cycles";

/// Where the companies of the data set are registered.
const COUNTRY: &str = "US";

/// Under which key a vendor is remembered.
pub(super) fn vendor_key(id: i64) -> String {
    format!("vendor/{id}")
}

/// The company whose data it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Maker {
    /// Which organization.
    pub id: OrganizationId,
    /// Whether this run brought it in.
    pub is_new: bool,
}

impl Maker {
    /// The maker, brought in if it is not there.
    pub(super) async fn find_or_add(tx: &mut Tx) -> Result<Self, Error> {
        let key = "maker".to_owned();
        if let Some(id) = reference::find(tx, SOURCE, Kind, &[&key]).await?.get(&key) {
            return Ok(Self { id: Id::from_uuid(*id), is_new: false });
        }
        let both = [Capability::Buyer, Capability::Seller];
        let maker = newcomer(tx, &Name::parse(MAKER)?, &both, Verification::Verified)?;
        organization::insert(tx, &maker.0, &maker.1)?;
        reference::insert_all(tx, SOURCE, &[remember(Kind, key, maker.0.organization.id)])?;
        Ok(Self { id: maker.0.organization.id, is_new: true })
    }
}

/// A company that its files vouch for: checked, and granted what it is there for.
fn newcomer(
    tx: &Tx,
    name: &Name,
    capabilities: &[Capability],
    verification: Verification,
) -> Result<(Dossier, Vec<OrganizationEvent>), Error> {
    let draft = OrganizationDraft {
        name: name.as_str().to_owned(),
        country: COUNTRY.to_owned(),
        capabilities: capabilities.to_vec(),
        ..OrganizationDraft::default()
    };
    let (mut dossier, events) = Dossier::found(&draft, tx.now())?;
    dossier.organization.verification = verification;
    if capabilities.contains(&Capability::Seller) && verification == Verification::Verified {
        dossier.organization.capabilities.seller = Some(CapabilityStatus::Granted);
    }
    Ok((dossier, events))
}

/// A company as a row names it.
#[derive(Debug)]
pub(super) struct Company {
    name: Name,
    capability: Capability,
    verification: Verification,
    specialty: Option<String>,
}

/// Those who sell to the maker.
#[derive(Debug)]
pub(super) struct Vendors;

/// Those who buy from it, as customers of its shop.
#[derive(Debug)]
pub(super) struct Stores {
    /// Whose shop.
    pub maker: OrganizationId,
}

impl Target for Vendors {
    const FILE: &'static str = "vendors.csv";
    const COLUMNS: &'static [&'static str] = &["id", "name", "active"];
    const KEY: &'static str = "id";
    type Draft = Company;

    fn read(&self, row: &Row) -> Result<(String, Company), Problems> {
        let mut problems = Problems::new();
        let id = key(row, "id", &mut problems);
        let name = row.required("name", &mut problems, Name::parse);
        let active = row.required("active", &mut problems, flag);
        let ((id, name), active) = problems.finish(id.zip(name).zip(active))?;
        let verification = if active { Verification::Verified } else { Verification::Suspended };
        Ok((vendor_key(id), Company { name, capability: Capability::Seller, verification, specialty: None }))
    }

    async fn write(&self, tx: &mut Tx, entries: Vec<Entry<Company>>, tally: &mut Tally) -> Result<(), Error> {
        bring_in(tx, entries, tally).await.map(drop)
    }
}

impl Target for Stores {
    const FILE: &'static str = "stores.csv";
    const COLUMNS: &'static [&'static str] = &["id", "name"];
    const KEY: &'static str = "id";
    type Draft = Company;

    fn read(&self, row: &Row) -> Result<(String, Company), Problems> {
        let mut problems = Problems::new();
        let id = key(row, "id", &mut problems);
        let name = row.required("name", &mut problems, Name::parse);
        let (id, name) = problems.finish(id.zip(name))?;
        let specialty = row.text("specialty").map(str::to_owned);
        Ok((
            format!("store/{id}"),
            Company { name, capability: Capability::Buyer, verification: Verification::Verified, specialty },
        ))
    }

    async fn write(&self, tx: &mut Tx, entries: Vec<Entry<Company>>, tally: &mut Tally) -> Result<(), Error> {
        let new = bring_in(tx, entries, tally).await?;
        shop::let_in(tx, self.maker, &new).await
    }
}

async fn bring_in(tx: &mut Tx, entries: Vec<Entry<Company>>, tally: &mut Tally) -> Result<Vec<Store>, Error> {
    let known = known(tx, Kind, &entries).await?;
    let (mut newcomers, mut references, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for Entry { key, draft, .. } in entries {
        if known.contains_key(&key) {
            tally.note(Outcome::Unchanged);
            continue;
        }
        let newcomer = newcomer(tx, &draft.name, &[draft.capability], draft.verification)?;
        new.push(Store { organization: newcomer.0.organization.id, specialty: draft.specialty });
        references.push(remember(Kind, key, newcomer.0.organization.id));
        newcomers.push(newcomer);
        tally.note(Outcome::Created);
    }
    let newcomers: Vec<_> = newcomers.iter().map(|(dossier, events)| (dossier, events.as_slice())).collect();
    organization::insert_all(tx, &newcomers)?;
    reference::insert_all(tx, SOURCE, &references)?;
    Ok(new)
}

/// 1 for yes, 0 for no.
fn flag(text: &str) -> Result<bool, tradehall_domain::problem::Problem> {
    match text {
        "1" => Ok(true),
        "0" => Ok(false),
        _ => Err(tradehall_domain::problem::Code::Invalid.into()),
    }
}
