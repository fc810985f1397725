//! Changes, each once.

use serde_json::{Value, json};
use tradehall::graphql::id::global;
use tradehall_tests::tables::CSV;
use tradehall_tests::{Person, World};
use uuid::Uuid;

use super::Bill;
use crate::town::attachment::some;
use crate::town::signed_up;
use crate::town::sourcing::{content, lines_of, offer};

struct Counter {
    bill: Bill,
}

impl Counter {
    async fn send(&mut self, person: &Person, name: &str, input: Value) -> Value {
        self.sized(name, person, name, input).await
    }

    async fn sized(&mut self, label: &str, person: &Person, name: &str, input: Value) -> Value {
        self.bill.run(label, person, name, json!({ "input": input })).await
    }
}

fn key() -> String {
    Uuid::now_v7().to_string()
}

pub(super) async fn measure(world: &World) -> Bill {
    let mut count = Counter { bill: Bill::default() };
    let buyer = signed_up(world, "verbs-buyer").await;
    organization(&mut count, &buyer).await;
    catalog(&mut count, world, &buyer).await;
    sourcing(&mut count, world, &buyer).await;
    count.bill
}

async fn organization(count: &mut Counter, owner: &Person) {
    let unit = json!({ "code": "U", "name": "Unit", "kind": "DEPARTMENT" });
    let unit = count.send(owner, "addUnit", unit).await["unit"].clone();
    let change = json!({ "unitId": unit["id"], "expectedVersion": 1, "name": "Other" });
    count.send(owner, "amendUnit", change).await;
    count.send(owner, "moveUnit", json!({ "unitId": unit["id"] })).await;
    count.send(owner, "archiveUnit", json!({ "unitId": unit["id"] })).await;
    let role = json!({ "name": "Role", "permissions": ["RFQ_READ"] });
    let role = count.send(owner, "defineRole", role).await["role"]["id"].clone();
    let change = json!({ "roleId": role, "expectedVersion": 1, "permissions": ["RFQ_READ", "QUOTE_READ"] });
    count.send(owner, "amendRole", change).await;
    count.send(owner, "deleteRole", json!({ "roleId": role })).await;
    let invited = json!({ "email": "newcomer@example.com", "systemRoles": ["SALES"] });
    let invitation = count.send(owner, "inviteMember", invited).await["invitation"]["id"].clone();
    count.send(owner, "revokeInvitation", json!({ "invitationId": invitation })).await;
    let issued = count.send(owner, "issueApiKey", json!({ "name": "Key", "scopes": ["RFQ_READ"] })).await;
    count.send(owner, "revokeApiKey", json!({ "apiKeyId": issued["apiKey"]["id"] })).await;
    let upload = json!({ "fileName": "a.pdf", "mediaType": "application/pdf", "size": 12 });
    count.send(owner, "requestUpload", upload).await;
}

async fn catalog(count: &mut Counter, world: &World, owner: &Person) {
    let seller = world.seller("Catalog Seller").await;
    let category = json!({ "code": "C", "name": "Category" });
    let category = count.send(owner, "createCategory", category).await["category"]["id"].clone();
    let change = json!({ "categoryId": category, "expectedVersion": 1, "name": "Other" });
    count.send(owner, "reviseCategory", change).await;
    let product = json!({ "number": "N-1", "name": "Nut", "unit": "C62", "categoryId": category });
    let product = count.send(owner, "createProduct", product).await["product"]["id"].clone();
    let change = json!({ "productId": product, "expectedVersion": 1, "name": "Other" });
    count.send(owner, "reviseProduct", change).await;
    count.send(owner, "publishProduct", json!({ "productId": product })).await;
    let terms = json!({ "productId": product, "unitPrice": "1", "currency": "USD", "unit": "C62", "leadTimeDays": 1,
                        "access": "PUBLIC" });
    let offer = count.send(&seller, "createOffer", terms).await["offer"]["id"].clone();
    let change = json!({ "offerId": offer, "expectedVersion": 1, "unitPrice": "2" });
    count.send(&seller, "reviseOffer", change).await;
    for verb in ["pauseOffer", "resumeOffer", "endOffer"] {
        count.send(&seller, verb, json!({ "offerId": offer })).await;
    }
    count.send(owner, "withdrawProduct", json!({ "productId": product })).await;
    count.send(owner, "publishProduct", json!({ "productId": product })).await;
    prices(count, owner, &product).await;
    let file = world.place(&seller, "list.csv", CSV, b"product_number,price,currency,lead_time_days\n").await;
    let input = json!({ "attachmentId": file, "kind": "OFFERS", "mode": "KEEP_GOOD_ROWS", "idempotencyKey": key() });
    let import = count.send(&seller, "startImport", input).await["import"]["id"].clone();
    count.send(&seller, "cancelImport", json!({ "importId": import })).await;
    let columns = json!([{ "column": "Mã", "field": "number" }]);
    let mapping = json!({ "kind": "PRODUCTS", "name": "Theirs", "columns": columns });
    let mapping = count.send(&seller, "saveImportMapping", mapping).await["mapping"]["id"].clone();
    count.send(&seller, "deleteImportMapping", json!({ "mappingId": mapping })).await;
    let export = json!({ "kind": "PRODUCTS", "format": "CSV", "idempotencyKey": key() });
    let export = count.send(&seller, "startExport", export).await["export"]["id"].clone();
    count.send(&seller, "cancelExport", json!({ "exportId": export })).await;
}

async fn prices(count: &mut Counter, owner: &Person, product: &Value) {
    let list = json!({ "code": "L", "name": "List", "currency": "USD", "idempotencyKey": key() });
    let list = count.send(owner, "createPriceList", list).await["priceList"]["id"].clone();
    let change = json!({ "priceListId": list, "expectedVersion": 1, "priority": 5 });
    count.send(owner, "revisePriceList", change).await;
    let row = |tier: i64, price: &str| json!({ "productId": product, "unit": "C62", "unitPrice": price, "minQuantity": tier.to_string() });
    let rows: Vec<_> = (1..=30).map(|tier| row(tier, "2")).collect();
    count.sized("enterPrices: 1", owner, "enterPrices", json!({ "priceListId": list, "prices": [row(31, "2")] })).await;
    count.sized("enterPrices: 30", owner, "enterPrices", json!({ "priceListId": list, "prices": rows })).await;
    let rows: Vec<_> = (1..=30).map(|tier| row(tier, "3")).collect();
    let changed = count
        .sized("enterPrices: 30 changed", owner, "enterPrices", json!({ "priceListId": list, "prices": rows }))
        .await;
    let ids: Vec<_> = changed["results"].as_array().unwrap().iter().map(|one| one["price"]["id"].clone()).collect();
    count.sized("endPrices: 30", owner, "endPrices", json!({ "priceListId": list, "priceIds": ids })).await;
    for verb in ["activatePriceList", "pausePriceList", "resumePriceList", "endPriceList"] {
        count.send(owner, verb, json!({ "priceListId": list })).await;
    }
    let promotion = json!({ "name": "P", "percentOff": "5", "productIds": [product], "idempotencyKey": key() });
    let promotion = count.send(owner, "createPromotion", promotion).await["promotion"]["id"].clone();
    let change = json!({ "promotionId": promotion, "expectedVersion": 1, "percentOff": "6" });
    count.send(owner, "revisePromotion", change).await;
    for verb in ["activatePromotion", "pausePromotion", "resumePromotion", "endPromotion"] {
        count.send(owner, verb, json!({ "promotionId": promotion })).await;
    }
}

/// The same with files; the draft of the quote is written anew.
async fn with_files(count: &mut Counter, world: &World, buyer: &Person, content: &Value, sellers: [&Person; 2]) {
    let mut content = content.clone();
    content["attachmentIds"] = some(world, buyer, 5).await;
    let draft = json!({ "content": content, "idempotencyKey": key() });
    let rfq = count.sized("draftRfq: 20 lines, 5 files", buyer, "draftRfq", draft).await["rfq"]["id"].clone();
    let copied = json!({ "rfqId": rfq, "deadline": content["deadline"] });
    count.sized("copyRfq: 20 lines, 5 files", buyer, "copyRfq", copied).await;
    let amended = json!({ "rfqId": rfq, "expectedVersion": 1, "content": content });
    count.sized("amendRfq: 20 lines, 5 files", buyer, "amendRfq", amended).await;
    let suppliers = sellers.map(|seller| global(seller.organization()).0);
    let invited = json!({ "rfqId": rfq, "supplierIds": suppliers });
    crate::town::send(buyer, "inviteSuppliers", invited).await;
    count.sized("publishRfq: 5 files", buyer, "publishRfq", json!({ "rfqId": rfq })).await;
    let [once, seller] = sellers;
    let mut input = offer(world, once, &rfq).await;
    input["content"]["attachmentIds"] = some(world, once, 5).await;
    input["idempotencyKey"] = json!(key());
    count.sized("submitQuote: 20 lines, 5 files", once, "submitQuote", input).await;
    let mut input = offer(world, seller, &rfq).await;
    input["content"]["attachmentIds"] = some(world, seller, 5).await;
    count.sized("draftQuote: 20 lines, 5 files", seller, "draftQuote", input.clone()).await;
    input["idempotencyKey"] = json!(key());
    count.sized("submitQuote: 20 lines, 5 files drafted before", seller, "submitQuote", input.clone()).await;
    input["idempotencyKey"] = json!(key());
    count.sized("submitQuote: 20 lines, 5 files, revised", seller, "submitQuote", input).await;
}

async fn sourcing(count: &mut Counter, world: &World, buyer: &Person) {
    let mut sellers = Vec::new();
    for n in 0..4 {
        sellers.push(world.seller(&format!("Bidder {n}")).await);
    }
    let venue = json!({ "name": "Purchasing", "model": "BUY_SIDE", "access": "PUBLIC" });
    let venue = count.send(buyer, "openVenue", venue).await["venue"]["id"].clone();
    let change = json!({ "venueId": venue, "expectedVersion": 1, "name": "Sourcing" });
    count.send(buyer, "amendVenue", change).await;
    let asked = json!({ "venueId": venue, "organizationId": global(sellers[0].organization()).0, "side": "SELLER" });
    let part = count.send(buyer, "inviteToVenue", asked).await["participation"]["id"].clone();
    count.send(&sellers[0], "acceptParticipation", json!({ "participationId": part })).await;
    count.send(buyer, "suspendParticipation", json!({ "participationId": part })).await;
    count.send(buyer, "reinstateParticipation", json!({ "participationId": part })).await;
    let applied = json!({ "venueId": venue, "side": "SELLER" });
    let applied = count.send(&sellers[1], "applyToVenue", applied).await["participation"]["id"].clone();
    count.send(buyer, "approveParticipation", json!({ "participationId": applied })).await;

    let line = |n: usize| json!({ "description": format!("Bolt {n}"), "quantity": "40", "unit": "C62" });
    let lines: Value = (0..20).map(line).collect();
    let content = content(world, &venue, "Request", lines);
    let draft = json!({ "content": content, "idempotencyKey": key() });
    let rfq = count.sized("draftRfq: 20 lines", buyer, "draftRfq", draft).await["rfq"]["id"].clone();
    let amended = json!({ "rfqId": rfq, "expectedVersion": 1, "content": content });
    count.sized("amendRfq: 20 lines", buyer, "amendRfq", amended).await;
    let copied = json!({ "rfqId": rfq, "deadline": content["deadline"] });
    count.sized("copyRfq: 20 lines", buyer, "copyRfq", copied).await;
    let suppliers: Vec<_> = sellers.iter().map(|seller| global(seller.organization()).0).collect();
    let invited = json!({ "rfqId": rfq, "supplierIds": suppliers });
    count.sized("inviteSuppliers: 4", buyer, "inviteSuppliers", invited).await;
    count.send(buyer, "publishRfq", json!({ "rfqId": rfq })).await;
    with_files(count, world, buyer, &content, [&sellers[0], &sellers[1]]).await;
    let mut quotes = Vec::new();
    for seller in &sellers {
        let mut input = offer(world, seller, &rfq).await;
        input["idempotencyKey"] = json!(key());
        let quote = count.sized("submitQuote: 20 lines", seller, "submitQuote", input).await;
        quotes.push(quote["quote"]["id"].clone());
    }
    let draft = offer(world, &sellers[3], &rfq).await;
    count.sized("draftQuote: 20 lines", &sellers[3], "draftQuote", draft).await;
    count.send(&sellers[3], "submitDraftedQuote", json!({ "quoteId": quotes[3] })).await;
    count.send(buyer, "closeRfq", json!({ "rfqId": rfq })).await;
    count.send(buyer, "startEvaluation", json!({ "rfqId": rfq })).await;
    let lines = lines_of(buyer, &rfq).await;
    let picks: Vec<_> = lines
        .iter()
        .flat_map(|line| {
            quotes.iter().map(move |quote| json!({ "quoteId": quote, "rfqLineId": line, "quantity": "10" }))
        })
        .collect();
    let award = json!({ "rfqId": rfq, "award": { "lines": picks }, "idempotencyKey": key() });
    let orders = count.sized("awardRfq: 20 lines to 4 sellers", buyer, "awardRfq", award).await["orders"].clone();
    assert_eq!(orders.as_array().map(Vec::len), Some(4));
    for (n, seller) in sellers.iter().enumerate().take(2) {
        let name = ["acknowledgeOrder", "rejectOrder"][n];
        let of =
            orders.as_array().unwrap().iter().find(|order| order["seller"]["id"] == global(seller.organization()).0);
        let mut input = json!({ "orderId": of.unwrap()["id"] });
        if n == 1 {
            input["reason"] = json!("No stock");
        }
        count.sized(&format!("{name}: 20 lines"), seller, name, input).await;
    }
}
