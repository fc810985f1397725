//! What offers asked at any time: the history that prices as of a time in the past are found in.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::catalog::{Offer, OfferStatus};
use tradehall_domain::quantity::Quantity;

use crate::column::Col;
use crate::{StoreError, Tx, history};

use super::entity::offer_term::Model;

/// Records what offers ask from that moment on.
pub(super) fn begin<'a>(
    tx: &mut Tx,
    offers: impl Iterator<Item = &'a Offer>,
    from: Timestamp,
) -> Result<(), StoreError> {
    let models: Vec<_> = offers.map(|offer| model(offer, from)).collect();
    tx.insert_all(&models)
}

/// Ends what offers asked until now, and answers from when on they ask something else. To be called before anything of the change is
/// gathered, which it would send.
pub(super) async fn end<'a>(tx: &mut Tx, offers: impl Iterator<Item = &'a Offer>) -> Result<Timestamp, StoreError> {
    let ids: Vec<_> = offers.map(|offer| offer.id).collect();
    if ids.is_empty() {
        return Ok(tx.now());
    }
    let (among, list) = (tx.engine().among_ids("offer_id", 2), tx.list(&ids));
    history::end(tx, "offer_term", tx.now(), &among, [list.into()]).await
}

fn model(offer: &Offer, from: Timestamp) -> Model {
    let terms = &offer.terms;
    Model {
        id: Uuid::now_v7(),
        offer_id: Col(offer.id),
        seller_id: Col(offer.seller),
        product_id: Col(offer.product),
        amount: terms.price.units(),
        currency: terms.price.currency().code().to_owned(),
        unit: terms.unit.code().to_owned(),
        min_quantity: terms.min_quantity.units(),
        max_quantity: terms.max_quantity.map(Quantity::units),
        multiple: terms.multiple.units(),
        valid_from: Col(terms.valid_from),
        valid_until: terms.valid_until.map(Col),
        public: offer.is_public(),
        active: offer.status == OfferStatus::Active,
        recorded_at: Col(from),
        ended_at: None,
    }
}
