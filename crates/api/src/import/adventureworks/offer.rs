//! What vendors ask for the maker's products.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use tradehall_domain::catalog::{
    Offer, OfferAccess, OfferChange, OfferDraft, OfferEvent, OfferId, OfferStatus, OfferTerms, Product, ProductId,
};
use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::number::parse_loose;
use tradehall_domain::organization::{Organization, OrganizationId};
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::catalog::{offer, product};
use tradehall_persistence::import::reference;
use tradehall_persistence::import::reference::ReferenceKind;
use tradehall_persistence::{Tx, organization};
use uuid::Uuid;

use super::SOURCE;
use super::organization::vendor_key;
use super::product::product_key;
use super::target::{Entry, Target, ids, key, known, remember};
use super::unit;
use crate::app::Error;
use crate::import::cells::{by_column, whole};
use crate::import::table::Row;
use crate::import::tally::{Outcome, Tally};

/// What vendors ask.
#[derive(Debug)]
pub(super) struct Offers;

/// An offer as a row describes it.
#[derive(Debug)]
pub(super) struct Described {
    product: i64,
    vendor: i64,
    draft: OfferDraft,
}

impl Target for Offers {
    const FILE: &'static str = "product_vendors.csv";
    const COLUMNS: &'static [&'static str] = &[
        "product_id",
        "vendor_id",
        "average_lead_time_days",
        "standard_price",
        "min_order_qty",
        "max_order_qty",
        "unit_code",
    ];
    const KEY: &'static str = "vendor_id";
    type Draft = Described;

    fn read(&self, row: &Row) -> Result<(String, Described), Problems> {
        let mut problems = Problems::new();
        let product = key(row, "product_id", &mut problems);
        let vendor = key(row, "vendor_id", &mut problems);
        let lead_time_days = row.required("average_lead_time_days", &mut problems, whole);
        let price = row.required("standard_price", &mut problems, parse_loose);
        let min_quantity = row.required("min_order_qty", &mut problems, parse_loose);
        let max_quantity = row.optional("max_order_qty", &mut problems, parse_loose);
        let unit = row.required("unit_code", &mut problems, unit::parse);
        let described = (|| {
            let draft = OfferDraft {
                price: price?,
                currency: Currency::USD,
                unit: unit?,
                min_quantity: Some(min_quantity?),
                max_quantity: max_quantity?,
                multiple: None,
                lead_time_days: lead_time_days?,
                valid_from: None,
                valid_until: None,
                access: OfferAccess::Private,
            };
            Some(Described { product: product?, vendor: vendor?, draft })
        })();
        let described = problems.finish(described)?;
        // Whether the terms can be is known without anything else; the time matters only to an end, which the file has none of.
        OfferTerms::parse(&described.draft, Timestamp::UNIX_EPOCH).map_err(|problems| by_column(problems, column))?;
        Ok((format!("{}/{}", described.product, described.vendor), described))
    }

    async fn write(&self, tx: &mut Tx, entries: Vec<Entry<Described>>, tally: &mut Tally) -> Result<(), Error> {
        let parties = Parties::load(tx, &entries).await?;
        let known = known(tx, ReferenceKind::Offer, &entries).await?;
        let mut present: HashMap<OfferId, Offer> =
            offer::load_many(tx, &ids(&known)).await?.into_iter().map(|offer| (offer.id, offer)).collect();
        let mut active = parties.active_offers(tx).await?;

        let (mut made, mut revised, mut references) = (Vec::new(), Vec::new(), Vec::new());
        for Entry { line, key, draft } in entries {
            let decided = match known.get(&key).and_then(|id| present.remove(&Id::from_uuid(*id))) {
                Some(kept) => revise(kept, &draft.draft, tx.now()).map(|kept| match kept {
                    None => Outcome::Unchanged,
                    Some(kept) => {
                        revised.push(kept);
                        Outcome::Changed
                    }
                }),
                None => parties.open(&draft, tx.now(), &mut active).map(|(offer, event)| {
                    references.push(remember(ReferenceKind::Offer, key, offer.id));
                    made.push((offer, event));
                    Outcome::Created
                }),
            };
            match decided {
                Ok(outcome) => tally.note(outcome),
                Err(problems) => tally.refuse(line, problems),
            }
        }
        offer::insert_all(tx, &made)?;
        offer::save_all(tx, &mut revised).await?;
        reference::insert_all(tx, SOURCE, &references)?;
        Ok(())
    }
}

/// Follows the file, unless the seller has ended the offer.
fn revise(mut offer: Offer, draft: &OfferDraft, now: Timestamp) -> Result<Option<(Offer, OfferEvent)>, Problems> {
    if offer.status == OfferStatus::Ended {
        return Ok(None);
    }
    let change = OfferChange {
        price: Some(draft.price),
        min_quantity: draft.min_quantity,
        max_quantity: Some(draft.max_quantity),
        lead_time_days: Some(draft.lead_time_days),
        ..OfferChange::default()
    };
    let terms = offer.terms.changed(&change, now).map_err(|problems| by_column(problems, column))?;
    let terms = OfferTerms { unit: draft.unit, ..terms };
    Ok(offer.revise(terms)?.map(|event| (offer, event)))
}

/// What tells active offers apart.
type ActiveKey = (OrganizationId, ProductId, &'static str, &'static str);

fn active_key(offer: &Offer) -> ActiveKey {
    (offer.seller, offer.product, offer.terms.price.currency().code(), offer.terms.unit.code())
}

/// The products and vendors that a batch of rows names.
struct Parties {
    products: HashMap<String, Uuid>,
    vendors: HashMap<String, Uuid>,
    product: HashMap<ProductId, Product>,
    vendor: HashMap<OrganizationId, Organization>,
}

impl Parties {
    async fn load(tx: &Tx, entries: &[Entry<Described>]) -> Result<Self, Error> {
        let keys: Vec<_> = entries.iter().map(|entry| product_key(entry.draft.product)).collect();
        let keys: Vec<_> = keys.iter().map(String::as_str).collect();
        let products = reference::find(tx, SOURCE, ReferenceKind::Product, &keys).await?;
        let keys: Vec<_> = entries.iter().map(|entry| vendor_key(entry.draft.vendor)).collect();
        let keys: Vec<_> = keys.iter().map(String::as_str).collect();
        let vendors = reference::find(tx, SOURCE, ReferenceKind::Organization, &keys).await?;
        let product = product::load_many(tx, &ids(&products)).await?;
        let vendor = organization::load_many(tx, &ids(&vendors)).await?;
        Ok(Self {
            products,
            vendors,
            product: product.into_iter().map(|product| (product.id, product)).collect(),
            vendor: vendor.into_iter().map(|vendor| (vendor.id, vendor)).collect(),
        })
    }

    /// The active offers of these products, whoever made them.
    async fn active_offers(&self, tx: &Tx) -> Result<HashSet<ActiveKey>, Error> {
        let products: Vec<_> = self.product.keys().copied().collect();
        let open = offer::open_of(tx, None, &products).await?;
        Ok(open.iter().filter(|offer| offer.status == OfferStatus::Active).map(active_key).collect())
    }

    /// A new offer: of a vendor that is stopped, a paused one.
    fn open(
        &self,
        described: &Described,
        now: Timestamp,
        active: &mut HashSet<ActiveKey>,
    ) -> Result<(Offer, OfferEvent), Problems> {
        let unknown = |key: i64, column| Problem::new(Code::KeyUnknown).with("key", key).at(column);
        let product = self.products.get(&product_key(described.product));
        let product = product.and_then(|id| self.product.get(&Id::from_uuid(*id)));
        let vendor = self.vendors.get(&vendor_key(described.vendor));
        let vendor = vendor.and_then(|id| self.vendor.get(&Id::from_uuid(*id)));
        let mut problems = Problems::new();
        if product.is_none() {
            problems.push(unknown(described.product, "product_id"));
        }
        if vendor.is_none() {
            problems.push(unknown(described.vendor, "vendor_id"));
        }
        let (product, vendor) = problems.finish(product.zip(vendor))?;
        let terms = OfferTerms::parse(&described.draft, now).map_err(|problems| by_column(problems, column))?;
        let (mut offer, event) = Offer::open(product, vendor.id, terms, now).map_err(|p| p.at("product_id"))?;
        if !vendor.is_verified() {
            // It was never active, so that is no event of its own.
            let _ = offer.pause(now)?;
        } else if !active.insert(active_key(&offer)) {
            return Err(Problem::new(Code::OfferExists).at("vendor_id").into());
        }
        Ok((offer, event))
    }
}

fn column(field: &str) -> &'static str {
    match field {
        "minQuantity" => "min_order_qty",
        "maxQuantity" | "multiple" => "max_order_qty",
        "leadTimeDays" => "average_lead_time_days",
        _ => "standard_price",
    }
}
