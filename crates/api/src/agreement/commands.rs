//! What can be done to agreements.

mod agreed;
mod call_off;
mod draft;
mod negotiate;
mod renew;
mod settle;

pub use agreed::{GiveNotice, ResumeAgreement, SuspendAgreement, TerminateAgreement};
pub use call_off::CallOff;
pub use draft::{DraftAgreement, Partner, ReviseAgreementDraft};
pub use negotiate::{AcceptAgreement, CounterAgreement, DeclineAgreement, OfferAgreement, WithdrawAgreementOffer};
pub use renew::RenewAgreement;
pub use settle::SettleAgreement;

use std::collections::HashMap;

use tradehall_domain::agreement::{
    AGREEMENT_LINES_MAX, Agreement, AgreementContent, AgreementDraft, AgreementId, Reason,
};
use tradehall_domain::organization::{Capability, OrganizationId};
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::side::Side;
use tradehall_persistence::catalog::{packaging, product};
use tradehall_persistence::{Tx, agreement, venue};

use crate::app::{Error, acting_as, organization_of};

/// The agreement, locked, and on which side the actor's organization stands in it.
///
/// In a transaction across tenants everything is visible, so it is said here once more that to others, and to the other side while it
/// is a draft, it is not there.
async fn held(tx: &mut Tx, id: AgreementId) -> Result<(Agreement, Side), Error> {
    let own = organization_of(tx)?;
    let agreement = agreement::lock(tx, id).await?;
    let side = side_of(&agreement, own)?;
    Ok((agreement, side))
}

fn side_of(agreement: &Agreement, own: OrganizationId) -> Result<Side, Error> {
    let side = agreement.side_of(own).map_err(|_| Error::NotFound)?;
    if agreement.is_revealed() || side == agreement.drafter { Ok(side) } else { Err(Error::NotFound) }
}

/// The same where its organization has to be entitled to trade on its side.
async fn held_to_trade(tx: &mut Tx, id: AgreementId) -> Result<(Agreement, Side), Error> {
    let (agreement, side) = held(tx, id).await?;
    acting_as(tx, capability(side))?;
    Ok((agreement, side))
}

const fn capability(side: Side) -> Capability {
    match side {
        Side::Buyer => Capability::Buyer,
        Side::Seller => Capability::Seller,
    }
}

/// Refuses what needs the buyer to be a customer of the seller's shop: whoever was stopped there begins nothing new.
async fn check_customer(tx: &Tx, agreement: &Agreement) -> Result<(), Error> {
    if is_customer(tx, agreement).await? { Ok(()) } else { Err(Code::NotInVenue.into()) }
}

async fn is_customer(tx: &Tx, agreement: &Agreement) -> Result<bool, Error> {
    let part = venue::participation(tx, agreement.venue, agreement.buyer, Side::Buyer).await?;
    Ok(part.is_some_and(|part| part.is_active()))
}

/// The content that a draft makes, of products that the actor can see; what is wrong with it stands below `content`.
async fn content(tx: &Tx, draft: &AgreementDraft, seller: OrganizationId) -> Result<AgreementContent, Error> {
    let ids: Vec<_> = draft.lines.iter().map(|line| line.product).take(AGREEMENT_LINES_MAX).collect();
    let products = product::load_many(tx, &ids).await?;
    let products: HashMap<_, _> = products.into_iter().map(|product| (product.id, product)).collect();
    let counted = draft.lines.iter().filter_map(|line| Some((products.get(&line.product)?, line.unit?)));
    let measures = packaging::measures(tx, counted).await?;
    draft.parse(seller, &products, &measures, tx.now()).map_err(|problems| problems.at("content").into())
}

fn reason(text: &str) -> Result<Reason, Problem> {
    Reason::parse(text).map_err(|problem| problem.at("reason"))
}
