//! Products, offers and imports.

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_tests::{Person, json};

use super::{OURS, SECRET, Town, send};

async fn product(person: &Person, number: &str, name: &str, category: Option<&Value>) -> Value {
    let input = json!({ "number": number, "name": name, "unit": "C62", "categoryId": category });
    send(person, "createProduct", input).await["product"]["id"].clone()
}

async fn category(person: &Person, code: &str, name: &str) -> Value {
    send(person, "createCategory", json!({ "code": code, "name": name })).await["category"]["id"].clone()
}

async fn offer(person: &Person, product: &Value, access: &str) -> Value {
    let input = json!({ "productId": product, "unitPrice": "7.1234", "currency": "USD", "unit": "C62", "leadTimeDays": 7, "access": access });
    send(person, "createOffer", input).await["offer"]["id"].clone()
}

pub(super) async fn populate(town: &mut Town) {
    let (buyer, seller) = (town.buyer.clone(), town.seller.clone());
    let hidden = category(&buyer, "H", SECRET).await;
    let draft = product(&buyer, "H-1", SECRET, Some(&hidden)).await;
    town.add("the buyer's category without published products", "Category", &hidden);
    town.add("the buyer's product, drafted", "Product", &draft);

    let shown = product(&buyer, "P-1", "Hex nut M8", None).await;
    send(&buyer, "publishProduct", json!({ "productId": shown })).await;
    town.add_public("the buyer's product, published", "Product", &shown);

    let quiet = offer(&seller, &shown, "PRIVATE").await;
    town.add("the seller's private offer", "Offer", &quiet);
    let own = product(&seller, "S-1", SECRET, None).await;
    let on_draft = offer(&seller, &own, "PUBLIC").await;
    town.add("the seller's product, drafted", "Product", &own);
    // Whoever does not know the product does not learn of it by an offer.
    town.add("the seller's public offer of a drafted product", "Offer", &on_draft);
    let second = product(&buyer, "P-2", "Hex nut M10", None).await;
    send(&buyer, "publishProduct", json!({ "productId": second })).await;
    town.add_public("the buyer's second product, published", "Product", &second);
    let public = offer(&seller, &second, "PUBLIC").await;
    town.add_public("the seller's public offer", "Offer", &public);

    let [product_type, version, change] = published_in(&buyer, SECRET).await;
    town.add("the buyer's product type without published products", "ProductType", &product_type);
    town.add("the buyer's catalog version, drafted", "CatalogVersion", &version);
    town.add("a change of it", "CatalogChange", &change);
    let number = numbered(&seller, &shown, SECRET).await;
    town.add("the seller's own number for the buyer's product", "PartNumber", &number);

    let csv = "product_number,price,currency,lead_time_days\nP-2,3.33,EUR,5\nX-9,1,EUR,5\n";
    let owner = global(buyer.organization()).0;
    let import = town.world.import_csv(&seller, "OFFERS", csv, json!({ "options": { "productOwnerId": owner } })).await;
    town.add("the seller's import", "Import", &import["id"]);
    let columns = json!([{ "column": SECRET, "field": "number" }]);
    let mapping = json!({ "kind": "PRODUCTS", "name": SECRET, "columns": columns });
    let mapping = send(&seller, "saveImportMapping", mapping).await["mapping"]["id"].clone();
    town.add("the seller's mapping", "ImportMapping", &mapping);
    let counted = format!("number,location,quantity\nS-1,{SECRET},7.1234\n");
    town.world.import_csv(&seller, "STOCK", &counted, json!({})).await;
    let stock = seller.run("stock", json!({ "first": 1 })).await.only();
    town.add("the seller's stock", "Stock", &stock["edges"][0]["node"]["id"]);
    let export = json!({ "kind": "PRODUCTS", "format": "CSV" });
    let export = send(&seller, "startExport", export).await["export"]["id"].clone();
    town.add("the seller's export", "Export", &export);
}

/// A kind of product, a version of the catalog with one change in it, and a number: what each is called.
async fn published_in(person: &Person, word: &str) -> [Value; 3] {
    let attributes = json!([{ "code": word, "kind": "TEXT" }]);
    let input = json!({ "code": word, "name": word, "definitions": attributes });
    let product_type = send(person, "defineProductType", input).await["productType"]["id"].clone();
    let version = send(person, "createCatalogVersion", json!({ "name": word })).await["catalogVersion"]["id"].clone();
    let changes = json!([{ "add": { "number": format!("V-{word}"), "name": word, "unit": "C62" } }]);
    let input = json!({ "catalogVersionId": version, "changes": changes });
    let change = send(person, "addCatalogChanges", input).await["results"][0]["change"]["id"].clone();
    [product_type, version, change]
}

/// A number of `person`'s own for a product.
async fn numbered(person: &Person, product: &Value, word: &str) -> Value {
    let entry = json!({ "productId": product, "kind": "CUSTOMER", "number": word });
    let input = json!({ "entries": [entry] });
    send(person, "recordPartNumbers", input).await["results"][0]["partNumber"]["id"].clone()
}

pub(super) async fn stranger(town: &mut Town) {
    let stranger = town.stranger.clone();
    let [product_type, version, change] = published_in(&stranger, OURS).await;
    town.own("ProductType", &product_type);
    town.own("CatalogVersion", &version);
    town.own("CatalogChange", &change);
    let shown = json!(town.things.iter().find(|thing| thing.kind == "Product" && thing.is_public).unwrap().id);
    let number = numbered(&stranger, &shown, OURS).await;
    town.own("PartNumber", &number);
    let own_category = category(&stranger, "O", OURS).await;
    let own = product(&stranger, "O-1", OURS, None).await;
    town.own("Category", &own_category);
    town.own("Product", &own);
    let own_offer = offer(&stranger, &own, "PRIVATE").await;
    town.own("Offer", &own_offer);
    let venue = json!({ "name": OURS, "model": "BUY_SIDE", "access": "PRIVATE" });
    let venue = send(&stranger, "openVenue", venue).await["venue"]["id"].clone();
    town.own("Venue", &venue);
    let lines = json!([{ "description": OURS, "quantity": "10", "unit": "C62" }]);
    let content = super::sourcing::content(&town.world, &venue, OURS, lines);
    let rfq = send(&stranger, "draftRfq", json!({ "content": content })).await["rfq"]["id"].clone();
    town.own("Rfq", &rfq);
}
