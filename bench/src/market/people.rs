//! Organizations, the venue of the buyer, and the people who sign in.

use tradehall::app::App;
use tradehall::identity::{NewUser, create_user};
use tradehall_domain::language::Language;
use tradehall_domain::organization::{
    Capability, CapabilityStatus, Dossier, Membership, OrganizationDraft, OrganizationId, Verification,
};
use tradehall_domain::venue::{Venue, VenueAccess, VenueDraft, VenueModel};
use tradehall_persistence::{organization, venue};

use super::{BUYER, CUSTOMERS_FROM, Kind, SELLER, SHOP, SUPPLIER, begin, id};
use crate::arguments::Size;
use crate::outcome::Outcome;

/// The password of everybody.
pub const PASSWORD: &str = "bulong-M8-mạ-kẽm-8.8";

/// The address by which the owner of the organization of that number signs in.
pub fn email(organization: u64) -> String {
    format!("owner{organization}@bench.example")
}

/// Organizations per transaction.
const CHUNK: u64 = 200;

pub(super) async fn fill(app: &App, size: &Size) -> Outcome<()> {
    let mut next = 0;
    let count = size.organizations.max(if size.products == 0 { 0 } else { CUSTOMERS_FROM + size.customers });
    while next < count {
        let mut tx = begin(app.store()).await?;
        for number in next..count.min(next + CHUNK) {
            let draft = OrganizationDraft {
                name: format!("Công ty Cơ khí số {number}"),
                country: "VN".to_owned(),
                capabilities: vec![Capability::Buyer, Capability::Seller],
                ..OrganizationDraft::default()
            };
            let (mut dossier, events) = Dossier::found(&draft, tx.now())?;
            dossier.organization.id = id(Kind::Organization, number);
            dossier.organization.verification = Verification::Verified;
            dossier.organization.capabilities.seller = Some(CapabilityStatus::Granted);
            organization::insert(&mut tx, &dossier, &events)?;
            open_venue(&mut tx, number)?;
            tx.flush().await?;
        }
        tx.commit().await?;
        next += CHUNK;
    }
    for number in [BUYER, SELLER, SUPPLIER, SHOP, CUSTOMERS_FROM].into_iter().filter(|number| *number < count) {
        join(app, &email(number), id(Kind::Organization, number)).await?;
    }
    Ok(())
}

/// Every organization has a buy-side venue, in which its requests stand.
fn open_venue(tx: &mut tradehall_persistence::Tx, number: u64) -> Outcome<()> {
    let draft = VenueDraft {
        model: VenueModel::BuySide,
        name: format!("Mua hàng {number}"),
        access: VenueAccess::Private,
        guest_policy: None,
        visitor_policy: None,
    };
    let (mut venue, mut ownership, event) = Venue::open(draft, id(Kind::Organization, number), tx.now())?;
    venue.id = id(Kind::Venue, number);
    ownership.venue = venue.id;
    Ok(venue::insert(tx, &venue, &ownership, &event)?)
}

/// An account for `email`, who owns `organization`.
async fn join(app: &App, email: &str, organization: OrganizationId) -> Outcome<()> {
    let new = NewUser { email, password: PASSWORD, full_name: "Bench", language: Language::English, staff: false };
    let user = create_user(app, new).await?;
    let mut tx = begin(app.store()).await?;
    let (membership, event) = Membership::found(organization, user.id, tx.now());
    organization::insert_membership(&mut tx, &membership, &event)?;
    Ok(tx.commit().await?)
}
