//! The main job on the AdventureWorks sample: a maker asks for ten bought components, each vendor quotes from its own offers, the
//! cheapest per line wins, split where the most that a vendor sells forces it, and the orders add up to what the files say.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use tradehall::graphql::id::parse;
use tradehall::import::{Options, adventureworks};
use tradehall_domain::access::SystemRole;
use tradehall_domain::id::Id;
use tradehall_domain::import::ImportMode;
use tradehall_tests::{Person, json, skipped, story};

/// How many components are asked for.
const COMPONENTS: usize = 10;

/// What one vendor sells of one product, as the files say.
#[derive(Debug, Clone)]
struct Sold {
    price: Decimal,
    most: Decimal,
}

/// A product that at least two active vendors sell, with the quantity that is asked: all of the cheapest vendor and half of the next.
#[derive(Debug)]
struct Component {
    number: String,
    sold: Vec<Sold>,
    asked: Decimal,
}

fn data() -> Option<PathBuf> {
    let dir = std::env::var_os("TRADEHALL_DATA_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/adventureworks"), PathBuf::from);
    if !dir.join("products.csv").exists() {
        skipped("the AdventureWorks data set is not here; set TRADEHALL_DATA_DIR to its folder");
        return None;
    }
    Some(dir)
}

fn rows(dir: &Path, file: &str) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(dir.join(file)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// Straight from the files, without a line of the product's code.
fn components(dir: &Path) -> Vec<Component> {
    let active: BTreeSet<_> =
        rows(dir, "vendors.csv").into_iter().filter(|row| row["active"] == "1").map(|row| row["id"].clone()).collect();
    let mut sold: BTreeMap<u32, Vec<Sold>> = BTreeMap::new();
    for row in rows(dir, "product_vendors.csv").into_iter().filter(|row| active.contains(&row["vendor_id"])) {
        let number = |column: &str| row[column].trim().parse::<Decimal>().unwrap();
        let offer = Sold { price: number("standard_price"), most: number("max_order_qty") };
        sold.entry(row["product_id"].parse().unwrap()).or_default().push(offer);
    }
    let numbers: HashMap<_, _> = rows(dir, "products.csv")
        .into_iter()
        .map(|row| (row["id"].parse::<u32>().unwrap(), row["product_number"].clone()))
        .collect();
    let bought = sold.into_iter().filter(|(_, sold)| sold.len() >= 2).take(COMPONENTS);
    bought
        .map(|(id, mut sold)| {
            sold.sort_by_key(|offer| offer.price);
            let asked = sold[0].most + (sold[1].most / Decimal::TWO).ceil();
            Component { number: numbers[&id].clone(), sold, asked }
        })
        .collect()
}

/// What the cheapest split costs, each part rounded to the cent, a half away from zero.
fn expected(components: &[Component]) -> Decimal {
    let mut total = Decimal::ZERO;
    for component in components {
        let mut left = component.asked;
        for offer in &component.sold {
            let taken = left.min(offer.most);
            left -= taken;
            total += (offer.price * taken).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        }
        assert_eq!(left, Decimal::ZERO, "the vendors sell enough of {}", component.number);
    }
    total
}

const PRODUCT: &str = "query product($filter: ProductFilter) { products(filter: $filter, first: 10) { edges { node {
    id number unit offers(first: 20) { seller { id } unitPrice { amount } maxQuantity leadTimeDays current } } } } }";

const TOTALS: &str =
    "query totals { orders(side: BUYER, first: 100) { edges { node { total { amount currency } seller { id } } } } }";

story! {
    async fn ten_components_are_bought_from_the_cheapest(world) {
        let Some(dir) = data() else { return };
        let components = components(&dir);
        assert_eq!(components.len(), COMPONENTS);
        let options = Options { mode: ImportMode::AllOrNothing, trial: false };
        let report = adventureworks(&world.app, &dir, options, &mut |_| {}).await.unwrap();
        let maker = world.member(report.import.organization.unwrap(), SystemRole::Owner);

        // What each vendor offers, as the maker and that vendor see it.
        let mut lines = Vec::new();
        let mut vendors: BTreeMap<String, Vec<(usize, Value)>> = BTreeMap::new();
        for (n, component) in components.iter().enumerate() {
            let found = maker.ask(PRODUCT, json!({ "filter": { "ids": crate::search::find(&world, &maker, &component.number).await } })).await.only();
            let edges = found["edges"].as_array().unwrap().clone();
            let product = edges.iter().map(|edge| &edge["node"]).find(|p| p["number"] == component.number.as_str()).unwrap();
            lines.push(json!({ "productId": product["id"], "quantity": component.asked.to_string(), "unit": product["unit"] }));
            for offer in product["offers"].as_array().unwrap().iter().filter(|offer| offer["current"] == true) {
                let seller = offer["seller"]["id"].as_str().unwrap().to_owned();
                vendors.entry(seller).or_default().push((n, offer.clone()));
            }
        }
        let offered: usize = components.iter().map(|component| component.sold.len()).sum();
        assert_eq!(vendors.values().map(Vec::len).sum::<usize>(), offered);

        let rfq = publish(&world, &maker, lines, vendors.keys().cloned().collect()).await;
        let asked = maker.run("rfq", json!({ "id": rfq })).await.only()["lines"].clone();
        for (seller, offers) in &vendors {
            let (_, organization) = parse(seller).unwrap();
            let vendor = world.member(Id::from_uuid(organization), SystemRole::Sales);
            let lines: Vec<_> = offers.iter().map(|(n, offer)| quoted(&asked[n], &components[*n], offer)).collect();
            let valid = (world.now() + SignedDuration::from_hours(24 * 60)).to_string();
            let input = json!({ "input": { "rfqId": rfq, "idempotencyKey": format!("quote-{seller}"), "content": {
                "currency": "USD", "validUntil": valid, "lines": lines } } });
            vendor.run("submitQuote", input).await.ok();
        }

        maker.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        let compared = maker.run("rfqComparison", json!({ "id": rfq })).await.only();
        let mut picks = Vec::new();
        for (n, line) in compared["comparison"]["lines"].as_array().unwrap().iter().enumerate() {
            let mut left = components[n].asked;
            for offer in line["offers"].as_array().unwrap() {
                let taken = left.min(offer["quantity"].as_str().unwrap().parse().unwrap());
                left -= taken;
                if taken > Decimal::ZERO {
                    picks.push(json!({ "quoteId": offer["quote"]["id"], "rfqLineId": line["rfqLine"]["id"], "quantity": taken.to_string() }));
                }
            }
        }
        assert!(picks.len() > COMPONENTS, "at least one line is split");
        let input = json!({ "input": { "rfqId": rfq, "idempotencyKey": "award-adventureworks", "award": { "lines": picks } } });
        assert_eq!(maker.run("awardRfq", input).await.only()["rfq"]["status"], "AWARDED");

        let orders = maker.ask(TOTALS, json!({})).await.only();
        let totals = orders["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]["total"]);
        let sum: Decimal = totals.map(|total| total["amount"].as_str().unwrap().parse::<Decimal>().unwrap()).sum();
        assert_eq!(sum, expected(&components), "the orders add up to what the files say");
    }
}

async fn publish(world: &tradehall_tests::World, maker: &Person, lines: Vec<Value>, suppliers: Vec<String>) -> Value {
    let venue = json!({ "input": { "name": "Purchasing", "model": "BUY_SIDE", "access": "PRIVATE" } });
    let venue = maker.run("openVenue", venue).await.only()["venue"]["id"].clone();
    let deadline = (world.now() + SignedDuration::from_hours(240)).to_string();
    let content =
        json!({ "venueId": venue, "title": "Components", "currency": "USD", "deadline": deadline, "lines": lines });
    let rfq = maker.run("draftRfq", json!({ "input": { "content": content } })).await.only()["rfq"]["id"].clone();
    let invite = json!({ "input": { "rfqId": rfq, "supplierIds": suppliers } });
    maker.run("inviteSuppliers", invite).await.ok();
    maker.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
    rfq
}

/// A vendor's quote for one line: its own price and lead time, and no more than it sells at once.
fn quoted(line: &Value, component: &Component, offer: &Value) -> Value {
    let most: Decimal = offer["maxQuantity"].as_str().unwrap().parse().unwrap();
    json!({ "rfqLineId": line["id"], "quantity": component.asked.min(most).to_string(),
            "unitPrice": offer["unitPrice"]["amount"], "leadTimeDays": offer["leadTimeDays"] })
}
