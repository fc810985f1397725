//! Prices: what each customer pays, why, as of when, and that nobody's prices show in anybody else's.

mod agreement;
mod clocks;
mod history;
mod lists;
mod packagings;
pub mod precedence;
mod promotions;
mod secrecy;

use serde_json::Value;
use tradehall_tests::{Person, World, json};

use crate::customer::Shop;

/// A shop whose prices are about to be told.
pub struct Prices {
    /// The shop.
    pub shop: Shop,
}

impl Prices {
    /// Opens an open shop.
    pub async fn open(world: &World) -> Self {
        Self { shop: Shop::open(world, "OPEN").await }
    }

    /// Who sells.
    pub fn seller(&self) -> &Person {
        &self.shop.seller
    }

    /// A price list in USD, in force; `fields` say for whom, and what else differs.
    pub async fn list(&self, code: &str, fields: Value) -> Value {
        let list = self.draft(code, fields).await;
        self.step("activatePriceList", &list).await;
        list
    }

    /// The same, still a draft.
    pub async fn draft(&self, code: &str, fields: Value) -> Value {
        let mut input = json!({ "code": code, "name": code, "currency": "USD" });
        input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        self.seller().run("createPriceList", json!({ "input": input })).await.only()["priceList"]["id"].clone()
    }

    /// One step of a list.
    pub async fn step(&self, verb: &str, list: &Value) {
        self.seller().run(verb, json!({ "input": { "priceListId": list } })).await.only();
    }

    /// Enters one price for a piece; `fields` say what else there is to it. What became of it.
    pub async fn enter(&self, list: &Value, product: &Value, price: &str, fields: Value) -> Value {
        let mut row = json!({ "productId": product["id"], "unit": "C62", "unitPrice": price });
        row.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        self.enter_all(list, &[row]).await[0].clone()
    }

    /// Enters prices; what became of each.
    pub async fn enter_all(&self, list: &Value, rows: &[Value]) -> Vec<Value> {
        let input = json!({ "input": { "priceListId": list, "prices": rows } });
        let answer = self.seller().run("enterPrices", input).await.only();
        answer["results"].as_array().unwrap().clone()
    }

    /// A promotion in force.
    pub async fn promotion(&self, name: &str, fields: Value) -> Value {
        let mut input = json!({ "name": name });
        input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let made = self.seller().run("createPromotion", json!({ "input": input })).await.only();
        let id = made["promotion"]["id"].clone();
        self.seller().run("activatePromotion", json!({ "input": { "promotionId": id } })).await.only();
        id
    }

    /// Says how a product is packed.
    pub async fn pack(&self, product: &Value, packagings: Value) -> tradehall_tests::Answer {
        let input = json!({ "input": { "productId": product["id"], "packagings": packagings } });
        self.seller().run("packProduct", input).await
    }

    /// A product that comes twelve to a box and five boxes to a pallet.
    pub async fn packed(&self, number: &str) -> Value {
        let product = self.shop.product(number).await;
        self.pack(
            &product,
            json!([{ "unit": "XBX", "quantity": "12" }, { "unit": "XPX", "quantity": "5", "of": "XBX" }]),
        )
        .await
        .only();
        product
    }

    /// A public offer of the seller's own product.
    pub async fn offer(&self, product: &Value, price: &str) -> Value {
        let input = json!({ "input": {
            "productId": product["id"], "unitPrice": price, "currency": "USD", "unit": "C62", "leadTimeDays": 1, "access": "PUBLIC",
        } });
        self.seller().run("createOffer", input).await.only()["offer"]["id"].clone()
    }
}

/// What somebody pays for so many of a product, as `12.50 USD by LIST`; nothing where there is no price.
pub async fn pays(person: &Person, product: &Value, quantity: &str) -> String {
    pays_as_of(person, product, quantity, None).await
}

/// The same as of a time.
pub async fn pays_as_of(person: &Person, product: &Value, quantity: &str, as_of: Option<jiff::Timestamp>) -> String {
    let variables = json!({ "id": product["id"], "quantity": quantity, "asOf": as_of.map(|time| time.to_string()) });
    in_words(&person.run("productPrice", variables).await.only()["price"])
}

/// A price in few words.
pub fn in_words(price: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let unit_price = &price["unitPrice"];
    match price {
        Value::Null => String::new(),
        _ => format!("{} {} by {}", text(&unit_price["amount"]), text(&unit_price["currency"]), text(&price["rule"])),
    }
}

/// The verdicts of an explanation, each behind its rule and origin.
pub fn verdicts(explanation: &Value) -> Vec<String> {
    let mut told = Vec::new();
    for rule in explanation["rules"].as_array().unwrap() {
        for candidate in rule["candidates"].as_array().unwrap() {
            let word = |value: &Value| value.as_str().unwrap().to_owned();
            told.push(format!(
                "{} {} {}",
                word(&rule["rule"]),
                word(&candidate["origin"]),
                word(&candidate["verdict"])
            ));
        }
    }
    told
}
