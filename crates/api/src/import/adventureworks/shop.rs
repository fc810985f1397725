//! The maker's shop, in which its stores are customers.

use std::collections::HashMap;

use tradehall_domain::customer::{Segment, SegmentDraft};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::side::Side;
use tradehall_domain::venue::{Participation, Venue, VenueAccess, VenueDraft, VenueModel};
use tradehall_domain::viewing::GuestPolicy;
use tradehall_persistence::customer::{segment, showing};
use tradehall_persistence::{Tx, venue};

use crate::app::Error;

/// What people call the shop.
const NAME: &str = "Adventure Works Cycles";

/// A store that has just come in, and what it specializes in.
#[derive(Debug, Clone)]
pub(super) struct Store {
    /// Which organization.
    pub organization: OrganizationId,
    /// By which segment its prices are made; none where the file does not tell.
    pub specialty: Option<String>,
}

/// The shop of `maker`, opened if it has none: everybody sees its products, prices are for its customers.
pub(super) async fn find_or_open(tx: &mut Tx, maker: OrganizationId) -> Result<Venue, Error> {
    if let Some(shop) = venue::shop_of(tx, maker).await? {
        return Ok(shop);
    }
    let draft = VenueDraft {
        model: VenueModel::SellSide,
        name: NAME.to_owned(),
        access: VenueAccess::Public,
        guest_policy: Some(GuestPolicy::PricesHidden),
    };
    let (shop, ownership, event) = Venue::open(draft, maker, tx.now())?;
    venue::insert(tx, &shop, &ownership, &event)?;
    showing::show_guests(tx, maker).await?;
    Ok(shop)
}

/// Lets these stores in as customers, each in the segment of its specialty.
pub(super) async fn let_in(tx: &mut Tx, maker: OrganizationId, stores: &[Store]) -> Result<(), Error> {
    if stores.is_empty() {
        return Ok(());
    }
    let shop = find_or_open(tx, maker).await?;
    let mut parts = Vec::with_capacity(stores.len());
    for store in stores {
        let (mut part, applied) = Participation::apply(&shop, store.organization, true, Side::Buyer, tx.now())?;
        venue::insert_participation(tx, &part, &applied)?;
        let approved = part.approve(tx.now())?;
        parts.push((part, approved));
    }
    tx.flush().await?;
    for (part, approved) in &mut parts {
        venue::save_participation(tx, part, approved)?;
    }
    sort(tx, maker, stores).await?;
    let parts: Vec<_> = parts.into_iter().map(|(part, _)| part).collect();
    Ok(showing::show(tx, maker, &parts).await?)
}

async fn sort(tx: &mut Tx, maker: OrganizationId, stores: &[Store]) -> Result<(), Error> {
    let mut by_specialty: HashMap<&str, Vec<OrganizationId>> = HashMap::new();
    for store in stores {
        if let Some(specialty) = &store.specialty {
            by_specialty.entry(specialty).or_default().push(store.organization);
        }
    }
    let known = segment::of_seller(tx, maker).await?;
    for (specialty, members) in by_specialty {
        let segment = match known.iter().find(|segment| segment.code.as_str() == specialty) {
            Some(segment) => segment.clone(),
            None => open(tx, maker, specialty)?,
        };
        segment::join(tx, &segment, &members).await?;
    }
    Ok(())
}

fn open(tx: &mut Tx, maker: OrganizationId, specialty: &str) -> Result<Segment, Error> {
    let draft = SegmentDraft { code: Some(specialty.to_owned()), name: Some(specialty.to_owned()) };
    let (segment, event) = Segment::open(&draft, maker, tx.now())?;
    segment::insert(tx, &segment, &event)?;
    Ok(segment)
}
