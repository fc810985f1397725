//! Writers whose clocks differ, or of whom one waited for its turn: whoever began earlier comes later. At each time one thing holds.

use jiff::SignedDuration;
use tradehall_tests::{json, story};

use super::{Prices, pays_as_of};

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MOMENT: SignedDuration = SignedDuration::from_micros(1);

story! {
    async fn a_price_takes_the_place_of_one_that_was_recorded_later(world) {
        let prices = Prices::open(&world).await;
        let product = prices.shop.product("B-1").await;
        let buyer = world.buyer().await;
        let list = prices.list("G", json!({})).await;
        prices.enter(&list, &product, "20", json!({})).await;
        let dawn = world.now();
        world.pass(SECOND + SECOND);
        let later = world.now();
        prices.enter(&list, &product, "18", json!({})).await;
        world.pass(-SECOND);
        let entered = prices.enter(&list, &product, "17", json!({})).await["price"].clone();
        assert_eq!(entered["recordedAt"], json!(later.to_string()), "not before what it takes the place of: {entered}");
        world.pass(SECOND * 3);
        for (time, expected) in [(dawn, "20.00"), (later - MOMENT, "20.00"), (later, "17.00"), (later + SECOND, "17.00")] {
            let expected = format!("{expected} USD by LIST");
            assert_eq!(pays_as_of(&buyer, &product, "1", Some(time)).await, expected, "{time}");
        }
        // Ending goes by the same rule.
        world.pass(-SECOND * 3);
        let input = json!({ "input": { "priceListId": list, "priceIds": [entered["id"]] } });
        let ended = prices.seller().run("endPrices", input).await.only()["results"][0]["price"].clone();
        assert_eq!(ended["endedAt"], json!(later.to_string()), "{ended}");
    }
}

story! {
    async fn a_price_is_not_recorded_before_the_end_of_one_that_it_overlaps(world) {
        let prices = Prices::open(&world).await;
        let product = prices.shop.product("B-1").await;
        let buyer = world.buyer().await;
        let list = prices.list("G", json!({})).await;
        let first = prices.enter(&list, &product, "20", json!({})).await["price"].clone();
        world.pass(SECOND + SECOND);
        let later = world.now();
        let input = json!({ "input": { "priceListId": list, "priceIds": [first["id"]] } });
        prices.seller().run("endPrices", input).await.only();
        world.pass(-SECOND);
        let entered = prices.enter(&list, &product, "17", json!({ "validUntil": "2030-01-01T00:00:00Z" })).await;
        assert_eq!(entered["price"]["recordedAt"], json!(later.to_string()), "{entered}");
        world.pass(SECOND * 3);
        assert_eq!(pays_as_of(&buyer, &product, "1", Some(later - MOMENT)).await, "20.00 USD by LIST");
        assert_eq!(pays_as_of(&buyer, &product, "1", Some(later)).await, "17.00 USD by LIST");
    }
}

story! {
    async fn terms_take_the_place_of_terms_that_were_recorded_later(world) {
        let prices = Prices::open(&world).await;
        let product = prices.shop.product("B-1").await;
        let buyer = world.buyer().await;
        let offer = prices.offer(&product, "20").await;
        let promotion = prices.promotion("Tết", json!({ "percentOff": "10" })).await;
        let list = prices.list("G", json!({})).await;
        world.pass(SECOND + SECOND);
        let later = world.now();
        for (version, price, percent, verb) in [(1, "10", "20", "pausePriceList"), (2, "8", "50", "resumePriceList")] {
            let revised = json!({ "input": { "offerId": offer, "expectedVersion": version, "unitPrice": price } });
            prices.seller().run("reviseOffer", revised).await.only();
            let more = json!({ "input": { "promotionId": promotion, "expectedVersion": version + 1, "percentOff": percent } });
            prices.seller().run("revisePromotion", more).await.only();
            prices.step(verb, &list).await;
            world.pass(-SECOND);
        }
        world.pass(SECOND * 3);
        assert_eq!(pays_as_of(&buyer, &product, "1", Some(later - MOMENT)).await, "18.00 USD by PROMOTION");
        assert_eq!(pays_as_of(&buyer, &product, "1", Some(later)).await, "4.00 USD by PROMOTION");
        prices.enter(&list, &product, "6", json!({})).await;
        assert_eq!(pays_as_of(&buyer, &product, "1", None).await, "3.00 USD by PROMOTION", "the list is in force again");
    }
}
