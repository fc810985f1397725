//! Units, order quantities, and what the lines of an agreement come before.

use tradehall_domain::pricing::{Period, PriceDraft, PriceTerms};
use tradehall_persistence::pricing::{ContractTerms, count_contract_lines, set_contract_lines};
use tradehall_tests::{Person, World, json, story};

use super::{Prices, pays, verdicts};

/// What the transaction that signs, suspends or ends an agreement does about its prices.
async fn contract(world: &World, seller: &Person, terms: ContractTerms, price: Option<(&serde_json::Value, i64)>) {
    let mut tx = world.app.store().write(seller.actor, tradehall_persistence::Meter::default()).await.unwrap();
    match price {
        None => count_contract_lines(&mut tx, &terms).await.unwrap(),
        Some((product, price)) => {
            let (_, id) = tradehall::graphql::id::parse(product["id"].as_str().unwrap()).unwrap();
            let product = tradehall_domain::id::Id::from_uuid(id);
            let draft = PriceDraft {
                product,
                unit: "C62".parse().unwrap(),
                price: price.into(),
                min_quantity: None,
                order_minimum: None,
                order_multiple: None,
                valid_from: None,
                valid_until: None,
            };
            let line = PriceTerms::parse(&draft, "USD".parse().unwrap(), tx.now()).unwrap();
            set_contract_lines(&mut tx, &terms, &[(product, line)]).await.unwrap().unwrap();
        }
    }
    tx.commit().await.unwrap();
}

story! {
    async fn a_contract_line_comes_first_while_its_agreement_is_in_force(world) {
        let prices = Prices::open(&world).await;
        let product = prices.shop.product("B-1").await;
        let buyer = world.buyer().await;
        let customer = prices.shop.customer(&buyer).await;
        let list = prices.list("A", json!({ "customerId": customer })).await;
        prices.enter(&list, &product, "5", json!({})).await;
        // The customer's own group stands for that of an agreement with it.
        let (_, group) = tradehall::graphql::id::parse(customer.as_str().unwrap()).unwrap();
        let terms = ContractTerms {
            agreement: uuid::Uuid::now_v7(),
            seller: prices.seller().organization(),
            group: tradehall_domain::id::Id::from_uuid(group),
            valid: Period::ALWAYS,
            active: true,
        };
        contract(&world, prices.seller(), terms, Some((&product, 7))).await;
        assert_eq!(pays(&buyer, &product, "1").await, "7.00 USD by CONTRACT_LINE");
        world.pass(jiff::SignedDuration::from_secs(1));
        contract(&world, prices.seller(), terms, Some((&product, 8))).await;
        assert_eq!(pays(&buyer, &product, "1").await, "8.00 USD by CONTRACT_LINE");
        contract(&world, prices.seller(), ContractTerms { active: false, ..terms }, None).await;
        assert_eq!(pays(&buyer, &product, "1").await, "5.00 USD by CUSTOMER");
    }
}

story! {
    async fn prices_in_another_unit_and_order_quantities(world) {
        let prices = Prices::open(&world).await;
        let product = prices.shop.product("B-1").await;
        let buyer = world.buyer().await;
        let list = prices.list("G", json!({})).await;
        prices.enter(&list, &product, "120", json!({ "unit": "DZN", "orderMultiple": "2" })).await;
        let price = |quantity: &str| json!({ "id": product["id"], "quantity": quantity });
        let two = buyer.run("productPrice", price("48")).await.only()["price"].clone();
        assert_eq!((&two["unit"], &two["quantity"], &two["amount"]["amount"]), (&json!("DZN"), &json!("4"), &json!("480.00")));
        assert_eq!((&two["orderable"], &two["orderMultiple"], &two["orderMultipleUnit"]), (&json!(true), &json!("2"), &json!("DZN")));
        let off = buyer.run("productPrice", price("36")).await.only()["price"].clone();
        assert_eq!((&off["orderable"], &off["reasonCode"]), (&json!(false), &json!("OFF_ORDER_MULTIPLE")));
        assert_eq!(off["unitPrice"]["amount"], "120.00", "the price answers nevertheless");
        let inexact = json!({ "productId": product["id"], "quantity": "25" });
        let why = buyer.run("priceExplanation", inexact).await.only();
        assert_eq!(verdicts(&why), ["LIST GENERAL_LIST QUANTITY_INEXACT"]);
        assert_eq!(why["price"], json!(null));
        for quantity in ["0", "-1", "0.5"] {
            assert_eq!(buyer.run("productPrice", price(quantity)).await.error(), "BAD_USER_INPUT");
        }
        let vnd = json!({ "productId": product["id"], "quantity": "24", "currency": "VND" });
        assert_eq!(verdicts(&buyer.run("priceExplanation", vnd).await.only()), ["LIST GENERAL_LIST CURRENCY_DIFFERS"]);
    }
}

story! {
    async fn guests_see_prices_as_the_shop_lets_them(world) {
        let prices = Prices { shop: crate::customer::Shop::open(&world, "PRICES_HIDDEN").await };
        let product = prices.shop.product("B-1").await;
        let (buyer, guest) = (world.buyer().await, world.stranger().await);
        let customer = prices.shop.customer(&buyer).await;
        prices.offer(&product, "12").await;
        let list = prices.list("G", json!({})).await;
        prices.enter(&list, &product, "11", json!({ "minQuantity": "10" })).await;
        assert_eq!(pays(&guest, &product, "10").await, "");
        assert_eq!(pays(&buyer, &product, "10").await, "11.00 USD by LIST");
        assert_eq!(pays(prices.seller(), &product, "10").await, "11.00 USD by LIST", "its own list price");
        let draft = prices.draft("D", json!({ "customerId": customer })).await;
        prices.enter(&draft, &product, "1", json!({})).await;
        let ask = |customer: Option<&serde_json::Value>| {
            json!({ "productId": product["id"], "quantity": "3", "customerId": customer })
        };
        let for_buyer = prices.seller().run("priceExplanation", ask(Some(&customer))).await.only();
        assert_eq!(verdicts(&for_buyer), [
            "CUSTOMER CUSTOMER_LIST NOT_ACTIVE", "LIST GENERAL_LIST BELOW_TIER", "LIST OFFER LIST_NAMES_PRODUCT",
        ]);
        assert_eq!(for_buyer["rules"][1]["candidates"][0]["priceList"]["code"], "D");
        let for_guest = prices.seller().run("priceExplanation", ask(None)).await.only();
        assert_eq!(verdicts(&for_guest), [""; 0], "a guest is shown no price");
        let own = buyer.run("priceExplanation", ask(None)).await.only();
        assert_eq!(verdicts(&own), ["LIST GENERAL_LIST BELOW_TIER", "LIST OFFER LIST_NAMES_PRODUCT"]);
        assert_eq!(buyer.run("priceExplanation", ask(Some(&customer))).await.error(), "NOT_FOUND");
    }
}
