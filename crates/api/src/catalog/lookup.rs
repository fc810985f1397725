//! Finding products by whatever number somebody knows them under.

use std::collections::HashMap;

use tradehall_domain::catalog::{PartNumberKind, Product, ProductId, part_number};
use tradehall_domain::gtin::Gtin;
use tradehall_domain::named;
use tradehall_domain::organization::OrganizationId;
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::{packaging, part_number as stored, product};

use super::loaders::{reads_unpublished, shows_number};
use crate::app::{Error, Session};

/// How many products one number finds at most.
pub const MATCHES_MAX: usize = 20;

/// How many products all numbers of one look-up find at most.
const PRODUCTS_MAX: u64 = 2_000;

named! {
    /// By which of its numbers a product was found.
    pub enum NumberMatch {
        /// Its owner's number for it.
        Number = "NUMBER",
        /// Its maker's number.
        Mpn = "MPN",
        /// Its barcode.
        Gtin = "GTIN",
        /// The barcode of one of its packagings.
        Packaging = "PACKAGING",
        /// The viewer's own number for it, or that of one of the viewer's customers.
        Customer = "CUSTOMER",
        /// The number of the maker of the original part.
        Original = "ORIGINAL",
        /// The number of another maker's like product.
        Competitor = "COMPETITOR",
        /// The number of the product whose place it took.
        Predecessor = "PREDECESSOR",
    }
}

/// What one number finds, in the order in which the kinds of numbers are listed in [`NumberMatch`].
pub type Found = Vec<(NumberMatch, Product)>;

/// What each of `numbers` finds of what the actor sees; only products of `owner` when one is named. Four statements, whatever their number.
///
/// # Errors
/// When the database is away.
pub async fn look_up(
    session: &Session,
    numbers: &[String],
    owner: Option<OrganizationId>,
) -> Result<Vec<Found>, Error> {
    let reading = session.reading().await?;
    let tx: &Tx = &reading;
    let texts: Vec<&str> = numbers.iter().map(|number| number.trim()).collect();
    let gtins: Vec<Option<String>> =
        texts.iter().map(|text| Gtin::parse(text).ok().map(|gtin| gtin.as_str().to_owned())).collect();
    let keys: Vec<String> = texts.iter().map(|text| part_number::key(text)).collect();
    let known_gtins: Vec<&str> = gtins.iter().flatten().map(String::as_str).collect();
    let asked: Vec<&str> = keys.iter().map(String::as_str).filter(|key| !key.is_empty()).collect();

    let mut by_number = product::by_any_number(tx, owner, &texts, &known_gtins, PRODUCTS_MAX).await?;
    let packed = packaging::by_gtins(tx, &known_gtins).await?;
    let mut others = stored::by_keys(tx, &asked).await?;
    // Whoever knows a predecessor's number may be told what took its place.
    others.retain(|number| number.kind == PartNumberKind::Predecessor || shows_number(session, number));
    let mut ids: Vec<ProductId> = packed.iter().map(|(_, product)| *product).collect();
    ids.extend(others.iter().map(|number| number.product));
    ids.sort();
    ids.dedup();
    let mut products: HashMap<_, _> =
        product::load_many(tx, &ids).await?.into_iter().map(|product| (product.id, product)).collect();
    products.retain(|_, product| owner.is_none_or(|owner| product.owner == owner));

    let reads = reads_unpublished(session);
    products.retain(|_, product| reads || product.is_published());
    by_number.retain(|product| reads || product.is_published());
    let found = texts.iter().zip(&gtins).zip(&keys).map(|((text, gtin), key)| {
        let mut found: Found = Vec::new();
        for product in &by_number {
            let details = &product.details;
            let by = match gtin {
                _ if details.number.as_str() == *text => NumberMatch::Number,
                _ if details.mpn.as_ref().is_some_and(|mpn| mpn.as_str() == *text) => NumberMatch::Mpn,
                Some(gtin) if details.gtin.as_ref().is_some_and(|own| own.as_str() == gtin) => NumberMatch::Gtin,
                _ => continue,
            };
            found.push((by, product.clone()));
        }
        let packed = packed.iter().filter(|(packed, _)| gtin.as_ref() == Some(packed));
        let packed = packed.filter_map(|(_, id)| Some((NumberMatch::Packaging, products.get(id)?.clone())));
        found.extend(packed);
        let others = others.iter().filter(|number| number.key() == *key && !key.is_empty());
        found.extend(others.filter_map(|number| Some((match_of(number.kind), products.get(&number.product)?.clone()))));
        found.sort_by_key(|(by, product)| (*by, product.id));
        found.dedup_by(|next, one| next.1.id == one.1.id);
        found.truncate(MATCHES_MAX);
        found
    });
    Ok(found.collect())
}

const fn match_of(kind: PartNumberKind) -> NumberMatch {
    match kind {
        PartNumberKind::Customer => NumberMatch::Customer,
        PartNumberKind::Original => NumberMatch::Original,
        PartNumberKind::Competitor => NumberMatch::Competitor,
        PartNumberKind::Predecessor => NumberMatch::Predecessor,
    }
}
