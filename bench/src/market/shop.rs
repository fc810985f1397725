//! A seller with a large catalog: its shop, its customers, and its price lists.
//!
//! | what | how many | of which |
//! |---|---|---|
//! | products | `--products` | in 1 000 categories of two levels, 200 brands, with five attributes; each in the general list |
//! | customers | `--customers` | approved, every one in one of 100 segments |
//! | price lists | `--price-lists` | half of them a customer's, the others segments', 100 products in each; product 0 stands in all of them |

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rust_decimal::Decimal;
use tradehall_domain::catalog::{
    AttributeDraft, Category, CategoryDraft, CategoryId, Place, Product, ProductDetails, ProductDraft, ProductId,
};
use tradehall_domain::currency::Currency;
use tradehall_domain::customer::{Segment, SegmentDraft};
use tradehall_domain::pricing::{PriceDraft, PriceList, PriceListDraft, PriceRank, PriceSheet, PriceTerms, StatusStep};
use tradehall_domain::side::Side;
use tradehall_domain::unit::Unit;
use tradehall_domain::venue::{Participation, Venue, VenueAccess, VenueDraft, VenueModel};
use tradehall_domain::viewing::{GroupId, GuestPolicy};
use tradehall_persistence::catalog::{category, product};
use tradehall_persistence::customer::{segment, showing};
use tradehall_persistence::{Store, Turn, Tx, pricing, venue};

use super::{Kind, SHOP, begin, id};
use crate::arguments::Size;
use crate::outcome::Outcome;

/// Rows per transaction.
const CHUNK: u64 = 2_000;

/// Categories at the top, and below each of them.
const TOPS: u64 = 20;
const BELOW: u64 = 49;

/// Segments of customers.
const SEGMENTS: u64 = 100;

/// Products that a list of a customer or segment names, besides product 0.
const PRICED: u64 = 100;

/// The first organization that is a customer; those before it have parts of their own in the bench.
pub const CUSTOMERS_FROM: u64 = 1_000;

/// What the goods are called; a number follows.
const NOUNS: [&str; 20] = [
    "Bu lông lục giác",
    "Đai ốc thép",
    "Vòng đệm phẳng",
    "Vít gỗ",
    "Thép tấm",
    "Ống thép mạ kẽm",
    "Dây cáp điện",
    "Aptomat",
    "Bóng đèn LED",
    "Ổ cắm",
    "Mũi khoan",
    "Máy mài góc",
    "Găng tay bảo hộ",
    "Hex bolt",
    "Ball bearing",
    "Gate valve",
    "Copper tube",
    "Cable tray",
    "Safety helmet",
    "Grinding disc",
];
const COLOURS: [&str; 8] = ["Đen", "Trắng", "Xám", "Đỏ", "Xanh", "Vàng", "Bạc", "Nâu"];
const STEELS: [&str; 6] = ["4.8", "5.8", "8.8", "10.9", "12.9", "A2-70"];
const FINISHES: [&str; 5] = ["Mạ kẽm", "Nhúng nóng", "Đen", "Inox", "Thô"];

pub(super) async fn fill(store: &Store, size: &Size) -> Outcome<()> {
    if size.products == 0 {
        return Ok(());
    }
    let segments = open(store).await?;
    let categories = sort(store).await?;
    products(store, size.products, &categories).await?;
    let groups = customers(store, size.customers, &segments).await?;
    lists(store, size, &groups, &segments).await
}

/// The shop and its segments.
async fn open(store: &Store) -> Outcome<Vec<Segment>> {
    let mut tx = begin(store).await?;
    let owner = id(Kind::Organization, SHOP);
    let draft = VenueDraft {
        model: VenueModel::SellSide,
        name: "Kim Khí Sài Gòn".to_owned(),
        access: VenueAccess::Public,
        guest_policy: Some(GuestPolicy::Open),
        visitor_policy: None,
    };
    let (shop, ownership, event) = Venue::open(draft, owner, tx.now())?;
    venue::insert(&mut tx, &shop, &ownership, &event)?;
    let turn = Turn::take(&mut tx, owner).await?;
    showing::show_guests(&mut tx, &turn).await?;
    let mut segments = Vec::new();
    for number in 0..SEGMENTS {
        let draft = SegmentDraft { code: Some(format!("S{number}")), name: Some(format!("Phân khúc {number}")) };
        let (made, event) = Segment::open(&draft, owner, tx.now())?;
        segment::insert(&mut tx, &made, &event)?;
        segments.push(made);
    }
    tx.commit().await?;
    Ok(segments)
}

/// The tree; answers its lower level.
async fn sort(store: &Store) -> Outcome<Vec<CategoryId>> {
    let mut tx = begin(store).await?;
    let owner = id(Kind::Organization, SHOP);
    let (mut all, mut leaves) = (Vec::new(), Vec::new());
    let mut add = |tx: &Tx, code: String, place: &Place| -> Outcome<CategoryId> {
        let draft = CategoryDraft { name: format!("Nhóm hàng {code}"), code };
        let (category, event) = Category::open(&draft, owner, place, tx.now())?;
        let made = category.id;
        all.push((Category { published: true, ..category }, event));
        Ok(made)
    };
    for top in 0..TOPS {
        let parent = add(&tx, format!("C{top}"), &Place::default())?;
        for below in 0..BELOW {
            leaves.push(add(&tx, format!("C{top}-{below}"), &Place { above: vec![parent] })?);
        }
    }
    category::insert_all(&mut tx, &all)?;
    tx.commit().await?;
    Ok(leaves)
}

async fn products(store: &Store, count: u64, categories: &[CategoryId]) -> Outcome<()> {
    let owner = id(Kind::Organization, SHOP);
    let mut general = None;
    let mut next = 0;
    while next < count {
        let mut tx = begin(store).await?;
        let mut made = Vec::new();
        for number in next..count.min(next + CHUNK) {
            let details = ProductDetails::parse(&draft(number, categories))?;
            let (product, event) = Product::open_published(details, owner, tx.now());
            made.push((Product { id: id(Kind::Product, number), ..product }, event));
        }
        product::insert_all(&mut tx, &made)?;
        let list = match general.take() {
            Some(list) => list,
            None => list(&mut tx, 0, PriceRank::General, owner.group()).await?,
        };
        let numbers: Vec<_> = (next..count.min(next + CHUNK)).collect();
        enter(&mut tx, &list, &numbers, 0).await?;
        general = Some(list);
        tx.commit().await?;
        next += CHUNK;
    }
    Ok(())
}

/// What the product of that number is.
fn draft(number: u64, categories: &[CategoryId]) -> ProductDraft {
    let pick = |list: &[&str], step: u64| {
        let place = usize::try_from(number / step).unwrap_or(0) % list.len();
        list.get(place).copied().unwrap_or_default().to_owned()
    };
    let attribute = |name: &str, value: String, unit: Option<&str>| AttributeDraft {
        name: name.to_owned(),
        value,
        unit: unit.and_then(|unit| Unit::parse(unit).ok()),
        ..AttributeDraft::default()
    };
    ProductDraft {
        number: format!("KK-{number:07}"),
        name: format!("{} {number}", pick(&NOUNS, 1)),
        description: None,
        gtin: None,
        mpn: Some(format!("M{:06}", number * 7 % 1_000_000)),
        brand: Some(format!("Hãng {}", number % 200)),
        unit: Unit::parse("C62").unwrap_or_else(|_| unreachable!("pieces are a unit")),
        category: categories.get(usize::try_from(number % categories.len() as u64).unwrap_or(0)).copied(),
        attributes: vec![
            attribute("Màu", pick(&COLOURS, 3), None),
            attribute("Cấp bền", pick(&STEELS, 5), None),
            attribute("Bề mặt", pick(&FINISHES, 7), None),
            attribute("Chiều dài", (10 + number % 40 * 5).to_string(), Some("MMT")),
            attribute("Xuất xứ", pick(&["Việt Nam", "Đức", "Nhật"], 1), None),
        ],
    }
}

/// Customers, each in a segment; answers the group of each alone.
async fn customers(store: &Store, count: u64, segments: &[Segment]) -> Outcome<Vec<GroupId>> {
    let seller = id(Kind::Organization, SHOP);
    let mut groups = Vec::new();
    let mut next = 0;
    while next < count {
        let mut tx = begin(store).await?;
        let shop = venue::shop_of(&tx, seller).await?.ok_or("the shop is gone")?;
        let mut parts = Vec::new();
        for number in next..count.min(next + CHUNK) {
            let buyer = id(Kind::Organization, CUSTOMERS_FROM + number);
            let (mut part, applied) = Participation::apply(&shop, buyer, true, Side::Buyer, tx.now())?;
            part.approve(tx.now())?;
            venue::insert_participation(&mut tx, &part, &applied)?;
            groups.push(part.id.group());
            parts.push(part);
        }
        tx.flush().await?;
        let turn = Turn::take(&mut tx, seller).await?;
        showing::show(&mut tx, &turn, &parts).await?;
        for (n, segment) in segments.iter().enumerate() {
            let members: Vec<_> = parts.iter().skip(n).step_by(segments.len()).map(|part| part.organization).collect();
            segment::join(&mut tx, &turn, segment, &members).await?;
        }
        tx.commit().await?;
        next += CHUNK;
    }
    Ok(groups)
}

async fn lists(store: &Store, size: &Size, customers: &[GroupId], segments: &[Segment]) -> Outcome<()> {
    for number in 0..size.price_lists {
        let mut tx = begin(store).await?;
        let place = usize::try_from(number / 2).unwrap_or(0);
        let (rank, group) = match customers.get(place) {
            Some(customer) if number % 2 == 0 => (PriceRank::Customer, *customer),
            _ => {
                let segment = segments.get(place % segments.len()).ok_or("a shop has segments")?;
                (PriceRank::Segment, segment.id.group())
            }
        };
        let list = list(&mut tx, number + 1, rank, group).await?;
        let numbers: Vec<_> =
            std::iter::once(0).chain((1..=PRICED).map(|n| (number * 97 + n * 31) % size.products)).collect();
        enter(&mut tx, &list, &numbers, number % 50 + 1).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn list(tx: &mut Tx, number: u64, rank: PriceRank, group: GroupId) -> Outcome<PriceList> {
    let draft = PriceListDraft {
        code: format!("L{number}"),
        name: format!("Bảng giá {number}"),
        currency: Currency::parse("VND")?,
        rank,
        group,
        priority: 0,
        valid_from: None,
        valid_until: None,
    };
    let (list, event) = PriceList::open(&draft, id(Kind::Organization, SHOP), tx.now())?;
    let mut list = PriceList { id: id(Kind::PriceList, number), ..list };
    list.step(StatusStep::Activate, tx.now())?;
    pricing::insert(tx, &list, &event)?;
    Ok(list)
}

/// Prices of the products of these numbers, so many percent below the general ones.
async fn enter(tx: &mut Tx, list: &PriceList, numbers: &[u64], below: u64) -> Outcome<()> {
    let mut sheet = PriceSheet::new(list.id.uuid(), list.seller, list.group, [], tx.now());
    let mut placed = HashMap::new();
    for number in numbers {
        let price = (1_000 + number % 9_000 * 100) * (100 - below) / 100;
        let draft = PriceDraft {
            product: id(Kind::Product, *number),
            unit: Unit::parse("C62")?,
            price: Decimal::from(price),
            min_quantity: None,
            order_minimum: None,
            order_multiple: None,
            valid_from: None,
            valid_until: None,
        };
        let terms = PriceTerms::parse(&draft, list.currency, tx.now())?;
        let product: ProductId = draft.product;
        if let Entry::Vacant(free) = placed.entry(product) {
            free.insert(sheet.enter(product, terms)?);
        }
    }
    let placed: Vec<_> = placed.into_values().collect();
    Ok(pricing::enter_prices(tx, list, &placed).await?)
}
