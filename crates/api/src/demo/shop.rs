//! A shop: a catalog that went live as a whole, prices for everybody, for dealers and for one customer, and a framework agreement.

use jiff::SignedDuration;
use rust_decimal::Decimal;
use tradehall_domain::agreement::{AgreementDraft, AgreementLineDraft, PriceTierDraft};
use tradehall_domain::catalog::{
    AttributeDraft, CategoryDraft, CategoryId, PackagingDraft, Product, ProductDraft, ProductId,
};
use tradehall_domain::currency::Currency;
use tradehall_domain::customer::{AssortmentDraft, AssortmentKind, CustomerId, GrantEffect, Grantee, SegmentDraft};
use tradehall_domain::pricing::{PriceDraft, PriceRank, PromotionDraft, StatusStep, TargetDraft};
use tradehall_domain::side::Side;
use tradehall_domain::unit::Unit;
use tradehall_domain::venue::{VenueAccess, VenueDraft, VenueId, VenueModel};
use tradehall_domain::viewing::{GroupId, GuestPolicy, VisitorPolicy};
use tradehall_persistence::catalog::product;

use super::{Owner, session};
use crate::agreement::{AcceptAgreement, DraftAgreement, OfferAgreement, Partner};
use crate::app::{App, Error, Session, organization_of};
use crate::catalog::{CreateCategory, PackProduct};
use crate::customer::{DefineAssortment, DefineSegment, GrantAssortment, ListInAssortment, SortCustomers};
use crate::pricing::{Beneficiary, CreatePriceList, CreatePromotion, EnterPrices, StepPriceList, StepPromotion};
use crate::publishing::{
    AddCatalogChanges, ChangeRequest, Content, CreateCatalogVersion, PublishCatalogVersion, StepCatalogVersion,
    VersionStep,
};
use crate::venue::{ApplyToVenue, DecideParticipation, Decision, OpenVenue};

/// What the goods are called, the beginning of their numbers, and what a piece of M6 costs in đồng.
const GOODS: [(&str, &str, i64); 3] =
    [("Bu lông lục giác", "BL", 900), ("Đai ốc lục giác", "DO", 250), ("Vòng đệm phẳng", "VD", 120)];

/// Threads, and how many times M6's price each costs.
const THREADS: [(&str, i64); 4] = [("M6", 1), ("M8", 2), ("M10", 3), ("M12", 5)];

/// Lengths of bolts, in mm.
const LENGTHS: [i64; 4] = [20, 30, 40, 60];

/// The code of a piece.
const PIECE: &str = "C62";

/// The product that is shown to one customer only.
const SPECIAL: &str = "BL-HP-01";

/// Opens the shop of `seller`: the first buyer is a customer with an agreement, the second a dealer, the third waits at the door.
pub(super) async fn open(app: &App, seller: Owner, buyers: [Owner; 3]) -> Result<(), Error> {
    let own = session(app, seller);
    let draft = VenueDraft {
        model: VenueModel::SellSide,
        name: "Bu Lông Miền Nam".to_owned(),
        access: VenueAccess::Public,
        guest_policy: Some(GuestPolicy::PricesHidden),
        visitor_policy: Some(VisitorPolicy::PricesHidden),
    };
    let shop = own.renewed().execute(OpenVenue { draft, key: None }).await?.id;
    let [key, dealer, _] = customers(app, &own, shop, buyers).await?;
    let (categories, products) = publish(&own).await?;
    pack(&own, &products).await?;
    let everybody: Vec<_> = products.iter().map(|product| (product.id, price_of(product))).collect();
    price(&own, "NIEM-YET", "Giá niêm yết", Beneficiary::Everybody, &everybody).await?;
    let dealers = segment(&own, dealer).await?;
    let less: Vec<_> = everybody.iter().map(|(product, price)| (*product, price * 92 / 100)).collect();
    price(&own, "DAI-LY", "Giá đại lý", Beneficiary::Segment(dealers), &less).await?;
    promote(app, &own, seller.organization.group(), categories).await?;
    reserve(&own, &products, key).await?;
    agree(app, &own, session(app, buyers[0]), key, &products).await
}

/// The buyers apply; the first two are let in.
async fn customers(app: &App, own: &Session, shop: VenueId, buyers: [Owner; 3]) -> Result<[CustomerId; 3], Error> {
    let mut customers = [CustomerId::new(); 3];
    for (n, (buyer, customer)) in buyers.into_iter().zip(&mut customers).enumerate() {
        let part = session(app, buyer).execute(ApplyToVenue { venue: shop, side: Side::Buyer }).await?;
        *customer = CustomerId::from_uuid(part.id.uuid());
        if n < 2 {
            own.renewed().execute(DecideParticipation { participation: part.id, decision: Decision::Approve }).await?;
        }
    }
    Ok(customers)
}

/// The first version of the catalog goes live; answers its categories, in the order of [`GOODS`], and its products, in no order.
async fn publish(own: &Session) -> Result<(Vec<CategoryId>, Vec<Product>), Error> {
    let mut categories = Vec::new();
    for (name, code, _) in GOODS {
        let draft = CategoryDraft { code: code.to_owned(), name: name.to_owned() };
        categories.push(own.renewed().execute(CreateCategory { draft, parent: None, key: None }).await?.id);
    }
    let version = own.renewed().execute(CreateCatalogVersion { name: "Danh mục 2026".to_owned(), key: None }).await?.id;
    let drafts = drafts(&categories, Unit::parse(PIECE)?);
    let numbers: Vec<_> = drafts.iter().map(|draft| draft.number.clone()).collect();
    let changes = drafts
        .into_iter()
        .map(|draft| ChangeRequest::Add(Content { draft, product_type: None, variant_of: None }))
        .collect();
    own.renewed().execute(AddCatalogChanges { version, changes }).await?;
    own.renewed().execute(StepCatalogVersion { version, step: VersionStep::Submit }).await?;
    own.renewed().execute(PublishCatalogVersion { version }).await?;
    let numbers: Vec<_> = numbers.iter().map(String::as_str).collect();
    let session = own.renewed();
    let tx = session.reading().await?;
    let products = product::by_numbers(&tx, organization_of(&tx)?, &numbers).await?;
    Ok((categories, products))
}

fn drafts(categories: &[CategoryId], piece: Unit) -> Vec<ProductDraft> {
    let attribute = |name: &str, value: String, unit: Option<Unit>| AttributeDraft {
        name: name.to_owned(),
        value,
        unit,
        ..AttributeDraft::default()
    };
    let draft = |number: String, name: String, category: Option<&CategoryId>, attributes| ProductDraft {
        mpn: Some(format!("BLMN{}", number.replace(['-', 'x'], ""))),
        number,
        name,
        description: Some("Thép carbon, mạ kẽm điện phân.".to_owned()),
        gtin: None,
        brand: Some("Miền Nam".to_owned()),
        unit: piece,
        category: category.copied(),
        attributes,
    };
    let mut all = Vec::new();
    for ((name, code, _), category) in GOODS.iter().zip(categories) {
        for (thread, _) in THREADS {
            let common =
                || vec![attribute("Ren", thread.to_owned(), None), attribute("Bề mặt", "Mạ kẽm".to_owned(), None)];
            if *code == "BL" {
                for length in LENGTHS {
                    let mut attributes = common();
                    attributes.push(attribute("Chiều dài", length.to_string(), Unit::parse("MMT").ok()));
                    let number = format!("{code}-{thread}x{length}");
                    all.push(draft(number, format!("{name} {thread}×{length}"), Some(category), attributes));
                }
            } else {
                all.push(draft(format!("{code}-{thread}"), format!("{name} {thread}"), Some(category), common()));
            }
        }
    }
    let special = "Bu lông neo theo bản vẽ HP-01".to_owned();
    all.push(draft(SPECIAL.to_owned(), special, categories.first(), Vec::new()));
    all
}

/// A hundred bolts are a box.
async fn pack(own: &Session, products: &[Product]) -> Result<(), Error> {
    for product in products.iter().filter(|product| product.details.number.as_str().starts_with("BL-M8")) {
        let box_of_100 = PackagingDraft {
            unit: Unit::parse("XBX")?,
            quantity: Decimal::ONE_HUNDRED,
            of: None,
            gtin: None,
            weight_kg: None,
            size_mm: None,
        };
        own.renewed().execute(PackProduct { product: product.id, drafts: vec![box_of_100] }).await?;
    }
    Ok(())
}

/// What everybody pays for a piece, in đồng.
fn price_of(product: &Product) -> i64 {
    let number = product.details.number.as_str();
    let base = GOODS.iter().find(|(_, code, _)| number.starts_with(code)).map_or(1_000, |(.., price)| *price);
    let times = THREADS.iter().rev().find(|(thread, _)| number.contains(thread)).map_or(10, |(_, times)| *times);
    base * times
}

/// A list in force, with a price and one from 1 000 pieces on for each of these products.
async fn price(
    own: &Session,
    code: &str,
    name: &str,
    beneficiary: Beneficiary,
    prices: &[(ProductId, i64)],
) -> Result<(), Error> {
    let create = CreatePriceList {
        code: code.to_owned(),
        name: name.to_owned(),
        currency: Currency::parse("VND")?,
        beneficiary,
        priority: 0,
        valid_from: None,
        valid_until: None,
        key: None,
    };
    let list = own.renewed().execute(create).await?.id;
    let piece = Unit::parse(PIECE)?;
    let prices = prices
        .iter()
        .flat_map(|(product, price)| {
            [(*product, *price, None), (*product, price * 95 / 100, Some(Decimal::ONE_THOUSAND))]
        })
        .map(|(product, price, min_quantity)| PriceDraft {
            product,
            unit: piece,
            price: Decimal::from(price),
            min_quantity,
            order_minimum: None,
            order_multiple: None,
            valid_from: None,
            valid_until: None,
        });
    own.renewed().execute(EnterPrices { list, prices: prices.collect() }).await?;
    own.renewed().execute(StepPriceList { list, step: StatusStep::Activate }).await?;
    Ok(())
}

/// The segment of dealers, with one in it.
async fn segment(own: &Session, dealer: CustomerId) -> Result<tradehall_domain::customer::SegmentId, Error> {
    let draft = SegmentDraft { code: Some("DAI-LY".to_owned()), name: Some("Đại lý".to_owned()) };
    let segment = own.renewed().execute(DefineSegment { draft, key: None }).await?.id;
    own.renewed().execute(SortCustomers { segment, add: vec![dealer], remove: Vec::new() }).await?;
    Ok(segment)
}

/// A month of 5 % off washers.
async fn promote(app: &App, own: &Session, everybody: GroupId, categories: Vec<CategoryId>) -> Result<(), Error> {
    let now = app.store().now();
    let draft = PromotionDraft {
        name: "Tháng vòng đệm".to_owned(),
        rank: PriceRank::General,
        group: everybody,
        target: TargetDraft { categories: categories.into_iter().skip(2).collect(), ..TargetDraft::default() },
        percent_off: Some(Decimal::from(5)),
        price: None,
        unit: None,
        min_quantity: None,
        priority: 0,
        valid_from: Some(now),
        valid_until: Some(now + SignedDuration::from_hours(24 * 30)),
    };
    let create = CreatePromotion { draft, beneficiary: Beneficiary::Everybody, key: None };
    let promotion = own.renewed().execute(create).await?.id;
    own.renewed().execute(StepPromotion { promotion, step: StatusStep::Activate }).await?;
    Ok(())
}

/// What is made to one customer's drawing is shown to it alone.
async fn reserve(own: &Session, products: &[Product], customer: CustomerId) -> Result<(), Error> {
    let draft = AssortmentDraft {
        code: Some("HP".to_owned()),
        name: Some("Theo bản vẽ Hải Phòng".to_owned()),
        kind: Some(AssortmentKind::Exclusive),
        ..AssortmentDraft::default()
    };
    let assortment = own.renewed().execute(DefineAssortment { draft, key: None }).await?.id;
    let add = products.iter().filter(|product| product.details.number.as_str() == SPECIAL).map(|product| product.id);
    own.renewed().execute(ListInAssortment { assortment, add: add.collect(), remove: Vec::new() }).await?;
    let grantee = Grantee::Customer(customer);
    own.renewed().execute(GrantAssortment { assortment, grantee, effect: GrantEffect::Shown }).await?;
    Ok(())
}

/// The customer and the seller have agreed on M8 for a year.
async fn agree(
    app: &App,
    own: &Session,
    buyer: Session,
    customer: CustomerId,
    products: &[Product],
) -> Result<(), Error> {
    let agreed = products.iter().filter(|product| product.details.number.as_str().starts_with("BL-M8"));
    let draft = AgreementDraft {
        title: "Bu lông M8 năm 2027".to_owned(),
        buyer_reference: None,
        seller_reference: None,
        currency: Currency::parse("VND")?,
        valid_from: None,
        valid_until: app.store().now() + SignedDuration::from_hours(24 * 365),
        payment_terms: Some("30 ngày kể từ ngày nhận hàng".to_owned()),
        incoterm: None,
        incoterm_place: None,
        commitment: None,
        notice_days: 30,
        renewal_months: None,
        lines: agreed
            .map(|product| AgreementLineDraft {
                product: product.id,
                unit: None,
                tiers: vec![PriceTierDraft {
                    min_quantity: None,
                    unit_price: Decimal::from(price_of(product) * 85 / 100),
                }],
                order_minimum: None,
                order_multiple: Some(Decimal::ONE_HUNDRED),
                volume: Some(Decimal::from(100_000)),
                commitment: Some(Decimal::from(20_000)),
                lead_time_days: Some(7),
            })
            .collect(),
    };
    let command = DraftAgreement { partner: Partner::Customer(customer), draft, key: None };
    let agreement = own.renewed().execute(command).await?.id;
    let offered = own.renewed().execute(OfferAgreement { agreement }).await?;
    buyer.execute(AcceptAgreement { agreement, hash: offered.hash.to_string() }).await?;
    Ok(())
}
