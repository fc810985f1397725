//! What sellers ask, and who sees it.

use jiff::SignedDuration;
use serde_json::Value;
use tradehall_tests::{Person, json, story};

use super::{draft, published};

fn terms(product: &Value, price: &str) -> Value {
    json!({
        "productId": product["id"], "unitPrice": price, "currency": "USD", "unit": "C62",
        "minQuantity": "10", "maxQuantity": "100", "leadTimeDays": 17, "access": "PRIVATE",
    })
}

async fn offered(seller: &Person, product: &Value, price: &str) -> Value {
    seller.run("createOffer", json!({ "input": terms(product, price) })).await.only()["offer"].clone()
}

/// The prices that `viewer` sees at a product.
async fn prices(viewer: &Person, product: &Value) -> Vec<String> {
    let seen = viewer.run("product", json!({ "id": product["id"] })).await.only();
    let offers = seen["offers"].as_array().unwrap().iter();
    offers.map(|offer| offer["unitPrice"]["amount"].as_str().unwrap().to_owned()).collect()
}

story! {
    async fn an_offer_is_between_its_seller_and_the_owner_of_the_product(world) {
        let (owner, one, other) = (world.buyer().await, world.seller("Một").await, world.seller("Hai").await);
        let product = published(&owner, "A-1", "Vòng bi").await;
        let offer = offered(&one, &product, "0.99").await;
        offered(&other, &product, "0.9875").await;

        assert_eq!(offer["unitPrice"], json!({ "amount": "0.99", "currency": "USD" }));
        assert_eq!(prices(&owner, &product).await, ["0.9875", "0.99"], "cheapest first");
        assert_eq!(prices(&one, &product).await, ["0.99"]);
        assert_eq!(prices(&world.stranger().await, &product).await, [""; 0]);
        let id = json!({ "id": offer["id"] });
        assert_eq!(other.run("offer", id.clone()).await.error(), "NOT_FOUND");
        let input = json!({ "input": { "offerId": offer["id"] } });
        assert_eq!(other.run("pauseOffer", input.clone()).await.error(), "NOT_FOUND");
        assert_eq!(owner.run("pauseOffer", input.clone()).await.refusal(), "WRONG_SIDE");
        assert_eq!(owner.run("offer", id).await.only()["availableActions"], json!([]));

        let received = owner.run("offers", json!({ "filter": { "side": "BUYER" }, "first": 10 })).await;
        assert_eq!(received.statements, 3, "offers, products, sellers");
        assert_eq!(received.only()["edges"].as_array().unwrap().len(), 2);
        let made = one.run("offers", json!({ "filter": { "side": "SELLER" }, "first": 10 })).await.only();
        assert_eq!(made["edges"].as_array().unwrap().len(), 1);

        let public = json!({ "input": { "offerId": offer["id"], "expectedVersion": 1, "access": "PUBLIC" } });
        one.run("reviseOffer", public).await.only();
        assert_eq!(prices(&world.stranger().await, &product).await, ["0.99"]);
    }
}

story! {
    async fn a_hidden_offer_pushes_no_visible_one_out(world) {
        let (owner, one, other) = (world.buyer().await, world.seller("Một").await, world.seller("Hai").await);
        let product = published(&owner, "A-1", "Vòng bi").await;
        offered(&one, &product, "1").await;
        offered(&other, &product, "2").await;
        let first = "query ($id: ID!) { product(id: $id) { offers(first: 1) { unitPrice { amount } } } }";
        let seen = other.ask(first, json!({ "id": product["id"] })).await.only();
        assert_eq!(seen["offers"], json!([{ "unitPrice": { "amount": "2.00" } }]));
    }
}

story! {
    async fn one_active_offer_of_a_product_in_a_currency_and_unit(world) {
        let (owner, seller) = (world.buyer().await, world.seller("Một").await);
        let product = published(&owner, "A-1", "Vòng bi").await;
        let offer = offered(&seller, &product, "1").await;
        let again = json!({ "input": terms(&product, "2") });
        assert_eq!(seller.run("createOffer", again.clone()).await.refusal(), "OFFER_EXISTS");

        let input = json!({ "input": { "offerId": offer["id"] } });
        seller.run("pauseOffer", input.clone()).await.only();
        assert_eq!(prices(&owner, &product).await, [""; 0]);
        let second = seller.run("createOffer", again).await.only()["offer"].clone();
        assert_eq!(seller.run("resumeOffer", input.clone()).await.refusal(), "OFFER_EXISTS");
        seller.run("endOffer", json!({ "input": { "offerId": second["id"] } })).await.only();
        seller.run("resumeOffer", input).await.only();
        let ended = json!({ "input": { "offerId": second["id"], "expectedVersion": 2, "unitPrice": "3" } });
        assert_eq!(seller.run("reviseOffer", ended).await.refusal(), "OFFER_STATUS");
    }
}

story! {
    async fn terms_are_checked_and_change_by_version(world) {
        let (owner, seller) = (world.buyer().await, world.seller("Một").await);
        let product = published(&owner, "A-1", "Vòng bi").await;
        let hidden = draft(&owner, "A-2", "Bí mật").await;
        assert_eq!(seller.run("createOffer", json!({ "input": terms(&hidden, "1") })).await.refusals(), [("NOT_FOUND".into(), "productId".into())]);
        let mut wrong = terms(&product, "0");
        wrong["maxQuantity"] = json!("9");
        wrong["leadTimeDays"] = json!(-1);
        let refusals = seller.run("createOffer", json!({ "input": wrong })).await.refusals();
        assert_eq!(refusals.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["NOT_POSITIVE", "MAX_BELOW_MIN", "NEGATIVE"]);

        let offer = offered(&seller, &product, "1").await;
        let revise = |version: i64, fields: Value| {
            let mut input = json!({ "offerId": offer["id"], "expectedVersion": version });
            input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            json!({ "input": input })
        };
        let until = (world.now() + SignedDuration::from_hours(24)).to_string();
        let revised = seller.run("reviseOffer", revise(1, json!({ "unitPrice": "1.0001", "maxQuantity": null, "validUntil": until }))).await.only();
        assert_eq!(revised["offer"]["unitPrice"]["amount"], "1.0001");
        assert_eq!(revised["offer"]["maxQuantity"], Value::Null);
        assert_eq!(seller.run("reviseOffer", revise(1, json!({ "unitPrice": "2" }))).await.refusal(), "STALE");
        assert_eq!(prices(&owner, &product).await, ["1.0001"]);
        world.pass(SignedDuration::from_hours(24));
        assert_eq!(prices(&owner, &product).await, [""; 0], "its validity has ended");
        seller.run("reviseOffer", revise(2, json!({ "unitPrice": "2" }))).await.only();
    }
}
