//! Prices as of another time.

use jiff::SignedDuration;
use tradehall_tests::{json, story};

use super::{Prices, pays, pays_as_of};

story! {
    async fn what_was_asked_then_is_answered_as_it_was_then(world) {
        let prices = Prices::open(&world).await;
        let product = prices.shop.product("B-1").await;
        let buyer = world.buyer().await;
        let customer = prices.shop.customer(&buyer).await;
        let segment = prices.shop.segment("S").await;
        let hour = SignedDuration::from_hours(1);
        let mut seen = Vec::new();

        let offer = prices.offer(&product, "20").await;
        seen.push((world.now(), "20.00 USD by LIST"));
        world.pass(hour);
        let revised = json!({ "input": { "offerId": offer, "expectedVersion": 1, "unitPrice": "19" } });
        prices.seller().run("reviseOffer", revised).await.only();
        seen.push((world.now(), "19.00 USD by LIST"));
        world.pass(hour);
        let general = prices.list("G", json!({})).await;
        prices.enter(&general, &product, "18", json!({})).await;
        seen.push((world.now(), "18.00 USD by LIST"));
        world.pass(hour);
        let promotion = prices.promotion("Tết", json!({ "percentOff": "10" })).await;
        seen.push((world.now(), "16.20 USD by PROMOTION"));
        world.pass(hour);
        let more = json!({ "input": { "promotionId": promotion, "expectedVersion": 2, "percentOff": "50" } });
        prices.seller().run("revisePromotion", more).await.only();
        seen.push((world.now(), "9.00 USD by PROMOTION"));
        world.pass(hour);
        let special = prices.list("S", json!({ "segmentId": segment })).await;
        prices.enter(&special, &product, "15", json!({})).await;
        let sort = json!({ "input": { "segmentId": segment, "addCustomerIds": [customer] } });
        prices.seller().run("sortCustomers", sort).await.only();
        seen.push((world.now(), "15.00 USD by SEGMENT"));
        world.pass(hour);
        prices.enter(&special, &product, "14", json!({})).await;
        seen.push((world.now(), "14.00 USD by SEGMENT"));
        world.pass(hour);
        let sort = json!({ "input": { "segmentId": segment, "removeCustomerIds": [customer] } });
        prices.seller().run("sortCustomers", sort).await.only();
        seen.push((world.now(), "9.00 USD by PROMOTION"));
        world.pass(hour);
        prices.seller().run("endPromotion", json!({ "input": { "promotionId": promotion } })).await.only();
        prices.step("endPriceList", &general).await;
        seen.push((world.now(), "19.00 USD by LIST"));

        for (time, expected) in &seen {
            assert_eq!(pays_as_of(&buyer, &product, "1", Some(*time)).await, *expected, "at its beginning");
            let last = *time + hour - SignedDuration::from_micros(1);
            assert_eq!(pays_as_of(&buyer, &product, "1", Some(last)).await, *expected, "to its end");
        }
        let before = world.now() - SignedDuration::from_hours(100);
        assert_eq!(pays_as_of(&buyer, &product, "1", Some(before)).await, "");
    }
}

story! {
    async fn the_future_is_what_is_recorded_now_and_valid_then(world) {
        let prices = Prices::open(&world).await;
        let product = prices.shop.product("B-1").await;
        let buyer = world.buyer().await;
        let day = SignedDuration::from_hours(24);
        let (tomorrow, after) = (world.now() + day, world.now() + day + day);
        let list = prices.list("G", json!({})).await;
        prices.enter(&list, &product, "10", json!({ "validUntil": tomorrow.to_string() })).await;
        prices.enter(&list, &product, "11", json!({ "validFrom": tomorrow.to_string(), "validUntil": after.to_string() })).await;
        assert_eq!(pays(&buyer, &product, "1").await, "10.00 USD by LIST");
        assert_eq!(pays_as_of(&buyer, &product, "1", Some(tomorrow)).await, "11.00 USD by LIST");
        assert_eq!(pays_as_of(&buyer, &product, "1", Some(after)).await, "");
        world.pass(day);
        assert_eq!(pays(&buyer, &product, "1").await, "11.00 USD by LIST", "no timer and no re-index is needed");
    }
}
