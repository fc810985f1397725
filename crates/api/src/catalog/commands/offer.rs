//! What can be done to offers.

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{Offer, OfferChange, OfferDraft, OfferId, OfferTerms, ProductId};
use tradehall_domain::id::Id;
use tradehall_domain::organization::Capability;
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::{offer, product};
use uuid::Uuid;

use super::{check_owner, made_one};
use crate::app::{Command, Error, IdempotencyKey, Repeatable, acting_as, check_version, organization_of};

/// The actor's organization offers a product that it sees.
#[derive(Debug)]
pub struct CreateOffer {
    /// Which product.
    pub product: ProductId,
    /// What it asks.
    pub draft: OfferDraft,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for CreateOffer {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Offer;

    async fn run(self, tx: &mut Tx) -> Result<Offer, Error> {
        let seller = acting_as(tx, Capability::Seller)?;
        let terms = OfferTerms::parse(&self.draft, tx.now())?;
        let product = product::load(tx, self.product).await.map_err(|error| Error::from(error).at("productId"))?;
        let (offer, event) = Offer::open(&product, seller, terms, tx.now())?;
        offer::insert(tx, &offer, event)?;
        Ok(offer)
    }
}

impl Repeatable for CreateOffer {
    const NAME: &'static str = "createOffer";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(offer: &Offer) -> Vec<Uuid> {
        vec![offer.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Offer, Error> {
        Ok(offer::load(tx, Id::from_uuid(made_one(made)?)).await?)
    }
}

/// Asks something else from now on.
#[derive(Debug)]
pub struct ReviseOffer {
    /// Which offer.
    pub offer: OfferId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// What is to change.
    pub change: OfferChange,
}

impl Command for ReviseOffer {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Offer;

    async fn run(self, tx: &mut Tx) -> Result<Offer, Error> {
        let mut offer = sold(tx, self.offer).await?;
        check_version(offer.version, self.expected_version)?;
        offer.can_be_revised()?;
        let terms = offer.terms.changed(&self.change, tx.now())?;
        if let Some(event) = offer.revise(terms)? {
            offer::save(tx, &mut offer, event).await?;
        }
        Ok(offer)
    }
}

/// What its seller does with an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferStep {
    /// Stops it for now.
    Pause,
    /// Takes it up again.
    Resume,
    /// Takes it back for good.
    End,
}

/// Stops an offer, takes it up again, or ends it.
#[derive(Debug)]
pub struct StepOffer {
    /// Which offer.
    pub offer: OfferId,
    /// What to do.
    pub step: OfferStep,
}

impl Command for StepOffer {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Offer;

    async fn run(self, tx: &mut Tx) -> Result<Offer, Error> {
        let mut offer = sold(tx, self.offer).await?;
        let event = match self.step {
            OfferStep::Pause => offer.pause(tx.now()),
            OfferStep::Resume => offer.resume(tx.now()),
            OfferStep::End => offer.end(tx.now()),
        }?;
        offer::save(tx, &mut offer, event).await?;
        Ok(offer)
    }
}

/// An offer in its seller's hands.
async fn sold(tx: &mut Tx, id: OfferId) -> Result<Offer, Error> {
    let own = organization_of(tx)?;
    let offer = offer::lock(tx, id).await?;
    check_owner(offer.seller, own)?;
    Ok(offer)
}
