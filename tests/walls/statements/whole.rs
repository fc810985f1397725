//! Single things, small and large.

use serde_json::{Value, json};
use tradehall::graphql::id::global;
use tradehall_tests::{Person, World};

use super::Bill;
use crate::town::attachment::some;
use crate::town::sourcing::{award, close, content, open_venue, price_with, publish};
use crate::town::{ask, send, signed_up};

fn lines(count: usize) -> Value {
    let line = |n: usize| json!({ "description": format!("Bolt {n}"), "quantity": "10", "unit": "C62" });
    (0..count).map(line).collect()
}

pub(super) async fn measure(world: &World) -> Bill {
    let mut bill = Bill::default();
    let buyer = signed_up(world, "whole-buyer").await;
    let venue = open_venue(&buyer, "Purchasing", "PRIVATE").await;
    let mut sellers = Vec::new();
    for n in 0..10 {
        sellers.push(world.seller(&format!("Seller {n}")).await);
    }
    bill.run("viewer", &buyer, "viewer", json!({})).await;
    let id = global(buyer.organization()).0;
    bill.run("organization", &buyer, "organization", json!({ "id": id })).await;
    bill.run("venue", &sellers[0], "venue", json!({ "id": open_venue(&buyer, "Open", "PUBLIC").await })).await;

    for (line_count, quote_count) in [(1, 1), (20, 10)] {
        let asked: Vec<&Person> = sellers.iter().take(quote_count).collect();
        let mut content = content(world, &venue, "Request", lines(line_count));
        content["attachmentIds"] = some(world, &buyer, quote_count).await;
        let (rfq, _) = publish(&buyer, &content, &asked).await;
        let mut quotes = Vec::new();
        for seller in &asked {
            let files = some(world, seller, quote_count.min(3)).await;
            quotes.push(price_with(world, seller, &rfq, files).await);
        }
        bill.run("rfq as a seller", &sellers[0], "rfq", json!({ "id": rfq })).await;
        close(&buyer, &rfq).await;
        bill.run("rfq: 20 lines, 10 quotes", &buyer, "rfq", json!({ "id": rfq })).await;
        bill.run("rfqComparison: 20 lines, 10 quotes", &buyer, "rfqComparison", json!({ "id": rfq })).await;
        bill.run("quote: 20 lines", &buyer, "quote", json!({ "id": quotes[0] })).await;
        let files = "rfqAttachments: 10 files, 3 on each quote";
        bill.run(files, &buyer, "rfqAttachments", json!({ "id": rfq })).await;
        bill.run("quoteAttachments: 3 files", &buyer, "quoteAttachments", json!({ "id": quotes[0] })).await;
        for (name, id) in [("rfqTimeline", &rfq), ("quoteTimeline", &quotes[0]), ("venueTimeline", &venue)] {
            bill.run(name, &buyer, name, json!({ "id": id, "first": 5 })).await;
        }
        bill.run("node", &buyer, "node", json!({ "id": rfq })).await;
        let order = award(&buyer, &rfq, &quotes[0]).await;
        bill.run("order: 20 lines", &sellers[0], "order", json!({ "id": order })).await;
        bill.run("orderTimeline", &buyer, "orderTimeline", json!({ "id": order, "first": 5 })).await;
    }

    for (offers, number) in [(1, "A-1"), (10, "A-2")] {
        let product = json!({ "number": number, "name": "Nut", "unit": "C62" });
        let product = send(&buyer, "createProduct", product).await["product"]["id"].clone();
        send(&buyer, "publishProduct", json!({ "productId": product })).await;
        let mut last = Value::Null;
        for seller in sellers.iter().take(offers) {
            let offer = json!({ "productId": product, "unitPrice": "1", "currency": "USD", "unit": "C62",
                                "leadTimeDays": 1, "access": "PUBLIC" });
            last = send(seller, "createOffer", offer).await["offer"]["id"].clone();
        }
        bill.run("product", &sellers[0], "product", json!({ "id": product })).await;
        bill.run("offer", &sellers[0], "offer", json!({ "id": last })).await;
        let rows: String = (0..offers).map(|n| format!("X-{n},1,EUR,5\n")).collect();
        let csv = format!("product_number,price,currency,lead_time_days\n{rows}");
        let import = json!({ "options": { "productOwnerId": id } });
        let import = world.import_csv(&sellers[0], "OFFERS", &csv, import).await;
        bill.run("import", &sellers[0], "import", json!({ "id": import["id"] })).await;
    }
    let file = crate::town::attachment::one(world, &buyer, "Paper").await;
    bill.run("attachment", &buyer, "attachment", json!({ "id": file })).await;
    let category = json!({ "code": "ROOT", "name": "Category" });
    let category = send(&buyer, "createCategory", category).await["category"]["id"].clone();
    bill.run("category", &buyer, "category", json!({ "id": category })).await;
    let nothing = ask(&buyer, "{ apiKeys(first: 1) { edges { node { id } } } }", json!({})).await;
    assert_eq!(nothing["edges"], json!([]));
    super::agreement::measure(&mut bill, world).await;
    bill
}
