//! Price lists, prices and promotions.

use serde_json::Value;
use tradehall_tests::{Person, json};

use super::{OURS, SECRET, Town, send};

/// A list in force with one price, and a promotion in force; `customer` says for whom, else they are drafts for everybody.
async fn prices(seller: &Person, name: &str, product: &Value, customer: Option<&Value>) -> [Value; 3] {
    let list = json!({ "code": name, "name": name, "currency": "USD", "customerId": customer });
    let list = send(seller, "createPriceList", list).await["priceList"]["id"].clone();
    let row = json!({ "productId": product, "unit": "C62", "unitPrice": "6.4321" });
    let entered = send(seller, "enterPrices", json!({ "priceListId": list, "prices": [row] })).await;
    let price = entered["results"][0]["price"]["id"].clone();
    let promotion = json!({ "name": name, "percentOff": "7.7", "customerId": customer, "productIds": [product] });
    let promotion = send(seller, "createPromotion", promotion).await["promotion"]["id"].clone();
    if customer.is_some() {
        send(seller, "activatePriceList", json!({ "priceListId": list })).await;
        send(seller, "activatePromotion", json!({ "promotionId": promotion })).await;
    }
    [list, price, promotion]
}

pub(super) async fn populate(town: &mut Town) {
    let seller = town.seller.clone();
    let customer = json!(town.any("Customer").id);
    let product = json!({ "number": "L-1", "name": "Priced", "unit": "C62" });
    let product = send(&seller, "createProduct", product).await["product"]["id"].clone();
    send(&seller, "publishProduct", json!({ "productId": product })).await;
    town.add_for_visitors("the seller's product with a price for its customer", "Product", &product);
    let [list, price, promotion] = prices(&seller, SECRET, &product, Some(&customer)).await;
    town.add("the seller's price list for its customer", "PriceList", &list);
    town.add("a price in that list", "ListPrice", &price);
    town.add("the seller's promotion for its customer", "Promotion", &promotion);
}

pub(super) async fn stranger(town: &mut Town) {
    let stranger = town.stranger.clone();
    let product = json!({ "number": "O-2", "name": OURS, "unit": "C62" });
    let product = send(&stranger, "createProduct", product).await["product"]["id"].clone();
    let [list, price, promotion] = prices(&stranger, OURS, &product, None).await;
    town.own("PriceList", &list);
    town.own("ListPrice", &price);
    town.own("Promotion", &promotion);
}
