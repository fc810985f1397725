//! Orders: placed by whatever makes them, answered by the seller, cancelled within rules.

mod cancelling;
mod listing;
mod meeting;
mod placing;

use jiff::SignedDuration;
use tradehall::graphql::id::global;
use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::incoterm::{DeliveryTerm, Incoterm};
use tradehall_domain::money::UnitPrice;
use tradehall_domain::number::parse_decimal;
use tradehall_domain::order::{NewOrder, NewOrderLine, Order, OrderOrigin, Origin};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::quantity::Quantity;
use tradehall_domain::text::{Prose, Text};
use tradehall_domain::unit::Unit;
use tradehall_domain::venue::{Venue, VenueId};
use tradehall_persistence::Meter;
use tradehall_tests::{Person, World, json};

/// A buyer, a seller and the place where they meet.
pub struct Deal {
    pub buyer: Person,
    pub seller: Person,
    pub venue: VenueId,
}

impl Deal {
    pub async fn prepare(world: &World) -> Self {
        let buyer = world.buyer().await;
        let seller = world.seller("Thép Việt").await;
        let input = json!({ "input": { "name": "Mua thép", "model": "BUY_SIDE", "access": "PUBLIC" } });
        let venue = buyer.run("openVenue", input).await.only()["venue"]["id"].clone();
        let (_, venue) = tradehall::graphql::id::parse(venue.as_str().unwrap()).unwrap();
        Self { buyer, seller, venue: Id::<Venue>::from_uuid(venue) }
    }

    /// An order of 10 nuts for 12 500 đồng each and 2.5 kg of wire for 33 333.3333 đồng a kilogram.
    pub fn order(&self) -> NewOrder {
        self.order_to(self.seller.organization())
    }

    pub fn order_to(&self, seller: OrganizationId) -> NewOrder {
        NewOrder {
            buyer: self.buyer.organization(),
            seller,
            venue: self.venue,
            origin: Origin { kind: OrderOrigin::Award, id: Id::<Venue>::new().uuid() },
            currency: Currency::VND,
            delivery: Some(DeliveryTerm {
                incoterm: Incoterm::Dap, named_place: Text::parse("KCN Tân Bình").unwrap()
            }),
            delivery_address: Some(Prose::parse("Lô B2, KCN Tân Bình\nTP. Hồ Chí Minh").unwrap()),
            payment_terms: Some(Prose::parse("30 ngày").unwrap()),
            remarks: None,
            lines: vec![line("Đai ốc M8", "10", "C62", "12500"), line("Dây thép", "2.5", "KGM", "33333.3333")],
        }
    }

    /// Places one such order and answers its global id.
    pub async fn place(&self) -> String {
        let orders = place(&self.buyer, vec![self.order()]).await.unwrap();
        global(orders[0].id).to_string()
    }
}

pub fn line(description: &str, quantity: &str, unit: &str, price: &str) -> NewOrderLine {
    NewOrderLine {
        product: None,
        part_number: Some(Text::parse("N-08").unwrap()),
        description: Prose::parse(description).unwrap(),
        unit: Unit::parse(unit).unwrap(),
        quantity: Quantity::parse(quantity).unwrap(),
        unit_price: UnitPrice::new(parse_decimal(price).unwrap(), Currency::VND).unwrap(),
        delivery: None,
        delivery_address: None,
        requested_on: Some("2026-04-01".parse().unwrap()),
        lead_time_days: Some(14),
        origin_line: None,
    }
}

/// Places orders as an award does, in a transaction of that person.
pub async fn place(person: &Person, orders: Vec<NewOrder>) -> Result<Vec<Order>, tradehall::app::Error> {
    place_metered(person, orders, &Meter::default()).await
}

pub async fn place_metered(
    person: &Person,
    orders: Vec<NewOrder>,
    meter: &Meter,
) -> Result<Vec<Order>, tradehall::app::Error> {
    let session = person.session();
    let mut tx = session.app().store().write(person.actor, meter.clone()).await?;
    let placed = tradehall::order::place(&mut tx, orders).await?;
    tx.commit().await?;
    Ok(placed)
}

pub fn a_day() -> SignedDuration {
    SignedDuration::from_hours(24)
}
