//! Orders that stand before anything is measured.

use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::incoterm::{DeliveryTerm, Incoterm};
use tradehall_domain::money::UnitPrice;
use tradehall_domain::order::{NewOrder, NewOrderLine, OrderOrigin, Origin};
use tradehall_domain::quantity::Quantity;
use tradehall_domain::rfq::Rfq;
use tradehall_domain::text::{Prose, Text};
use tradehall_domain::unit::Unit;
use tradehall_persistence::Store;

use super::{BUYER, Kind, SELLER, SELLERS_OF_DETAIL, begin, id};
use crate::outcome::Outcome;

/// Lines of each order.
const LINES: i64 = 5;

/// Places so many orders.
pub(super) async fn fill(store: &Store, count: u64) -> Outcome<()> {
    let mut tx = begin(store).await?;
    let orders = (0..count).map(order).collect::<Outcome<Vec<_>>>()?;
    tradehall::order::place(&mut tx, orders).await?;
    Ok(tx.commit().await?)
}

fn order(number: u64) -> Outcome<NewOrder> {
    Ok(NewOrder {
        buyer: id(Kind::Organization, BUYER),
        seller: id(Kind::Organization, SELLER + number % SELLERS_OF_DETAIL),
        venue: id(Kind::Venue, BUYER),
        origin: Origin { kind: OrderOrigin::Award, id: Id::<Rfq>::new().uuid() },
        currency: Currency::parse("USD")?,
        delivery: Some(DeliveryTerm { incoterm: Incoterm::Dap, named_place: Text::parse("Hải Phòng")? }),
        delivery_address: Some(Prose::parse("Kho 2, KCN Tân Bình\nTP. Hồ Chí Minh")?),
        payment_terms: Some(Prose::parse("30 ngày")?),
        remarks: None,
        lines: (1..=LINES).map(line).collect::<Outcome<_>>()?,
    })
}

fn line(position: i64) -> Outcome<NewOrderLine> {
    let price = UnitPrice::new(rust_decimal::Decimal::new(1_234 * position, 4), Currency::parse("USD")?)?;
    Ok(NewOrderLine {
        product: None,
        part_number: Some(Text::parse("N-08")?),
        description: Prose::parse("Bu lông thép mạ kẽm M8 × 40, cấp bền 8.8, DIN 933")?,
        unit: Unit::parse("C62")?,
        quantity: Quantity::new((100 * position).into())?,
        unit_price: price,
        delivery: None,
        delivery_address: None,
        requested_on: None,
        lead_time_days: Some(14),
        origin_line: None,
    })
}
