//! The maker's shop, in which its stores are customers.

use std::collections::HashMap;

use rust_decimal::Decimal;
use tradehall_domain::catalog::ProductId;
use tradehall_domain::currency::Currency;
use tradehall_domain::customer::{Segment, SegmentDraft};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::{PriceDraft, PriceList, PriceListDraft, PriceRank, PriceTerms, StatusStep};
use tradehall_domain::side::Side;
use tradehall_domain::unit::Unit;
use tradehall_domain::venue::{Participation, Venue, VenueAccess, VenueDraft, VenueModel};
use tradehall_domain::viewing::GuestPolicy;
use tradehall_persistence::customer::{segment, showing};
use tradehall_persistence::{Turn, Tx, pricing, venue};

use crate::app::Error;

/// What people call the shop.
const NAME: &str = "Adventure Works Cycles";

/// The code of the list in which the maker's prices stand.
const LIST: &str = "LIST";

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
    let turn = Turn::take(tx, maker).await?;
    if let Some(shop) = venue::shop_of(tx, maker).await? {
        return Ok(shop);
    }
    let draft = VenueDraft {
        model: VenueModel::SellSide,
        name: NAME.to_owned(),
        access: VenueAccess::Public,
        guest_policy: Some(GuestPolicy::PricesHidden),
        visitor_policy: None,
    };
    let (shop, ownership, event) = Venue::open(draft, maker, tx.now())?;
    venue::insert(tx, &shop, &ownership, &event)?;
    showing::show_guests(tx, &turn).await?;
    Ok(shop)
}

/// Makes these the maker's list prices, in its general list.
pub(super) async fn price(
    tx: &mut Tx,
    maker: OrganizationId,
    prices: &[(ProductId, Unit, Decimal)],
) -> Result<(), Error> {
    if prices.is_empty() {
        return Ok(());
    }
    find_or_open(tx, maker).await?;
    let list = match pricing::by_code(tx, maker, LIST).await? {
        Some(list) => list,
        None => open_list(tx, maker)?,
    };
    let ids: Vec<_> = prices.iter().map(|(product, ..)| *product).collect();
    let mut sheet = pricing::sheet(tx, &list, &ids).await?;
    let mut placed = Vec::with_capacity(prices.len());
    for (product, unit, price) in prices {
        let draft = PriceDraft {
            product: *product,
            unit: *unit,
            price: *price,
            min_quantity: None,
            order_minimum: None,
            order_multiple: None,
            valid_from: None,
            valid_until: None,
        };
        placed.push(sheet.enter(*product, PriceTerms::parse(&draft, list.currency, tx.now())?)?);
    }
    Ok(pricing::enter_prices(tx, &list, &placed).await?)
}

fn open_list(tx: &mut Tx, maker: OrganizationId) -> Result<PriceList, Error> {
    let draft = PriceListDraft {
        code: LIST.to_owned(),
        name: "List prices".to_owned(),
        currency: Currency::parse("USD")?,
        rank: PriceRank::General,
        group: maker.group(),
        priority: 0,
        valid_from: None,
        valid_until: None,
    };
    let (mut list, event) = PriceList::open(&draft, maker, tx.now())?;
    list.step(StatusStep::Activate, tx.now())?;
    pricing::insert(tx, &list, &event)?;
    Ok(list)
}

/// Lets these stores in as customers, each in the segment of its specialty.
pub(super) async fn let_in(tx: &mut Tx, maker: OrganizationId, stores: &[Store]) -> Result<(), Error> {
    if stores.is_empty() {
        return Ok(());
    }
    let turn = Turn::take(tx, maker).await?;
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
    sort(tx, &turn, stores).await?;
    let parts: Vec<_> = parts.into_iter().map(|(part, _)| part).collect();
    Ok(showing::show(tx, &turn, &parts).await?)
}

async fn sort(tx: &mut Tx, turn: &Turn, stores: &[Store]) -> Result<(), Error> {
    let mut by_specialty: HashMap<&str, Vec<OrganizationId>> = HashMap::new();
    for store in stores {
        if let Some(specialty) = &store.specialty {
            by_specialty.entry(specialty).or_default().push(store.organization);
        }
    }
    let known = segment::of_seller(tx, turn.seller()).await?;
    for (specialty, members) in by_specialty {
        let segment = match known.iter().find(|segment| segment.code.as_str() == specialty) {
            Some(segment) => segment.clone(),
            None => open(tx, turn.seller(), specialty)?,
        };
        segment::join(tx, turn, &segment, &members).await?;
    }
    Ok(())
}

fn open(tx: &mut Tx, maker: OrganizationId, specialty: &str) -> Result<Segment, Error> {
    let draft = SegmentDraft { code: Some(specialty.to_owned()), name: Some(specialty.to_owned()) };
    let (segment, event) = Segment::open(&draft, maker, tx.now())?;
    segment::insert(tx, &segment, &event)?;
    Ok(segment)
}
