//! Registration, approval, segments and what is noted.

use tradehall_domain::access::SystemRole;
use tradehall_tests::{json, story};

use super::{Shop, shown};

story! {
    async fn a_closed_shop_is_for_its_customers(world) {
        let shop = Shop::open(&world, "CUSTOMERS_ONLY").await;
        let product = shop.product("BL-8").await;
        let (buyer, stranger) = (world.buyer().await, world.stranger().await);
        let id = json!({ "id": product["id"] });

        assert_eq!(shown(&buyer).await, [""; 0]);
        assert_eq!(buyer.run("product", id.clone()).await.error(), "NOT_FOUND");
        let part = shop.registered(&buyer).await;
        assert_eq!(shown(&buyer).await, [""; 0], "asking is not being let in");
        shop.decide(&part, "approveParticipation").await;
        assert_eq!(shown(&buyer).await, ["BL-8"]);
        assert_eq!(buyer.run("product", id.clone()).await.only()["number"], "BL-8");
        assert_eq!(shown(&stranger).await, [""; 0]);

        shop.decide(&part, "suspendParticipation").await;
        assert_eq!(buyer.run("product", id.clone()).await.error(), "NOT_FOUND");
        shop.decide(&part, "reinstateParticipation").await;
        assert_eq!(shown(&buyer).await, ["BL-8"]);
        buyer.run("leaveVenue", json!({ "input": { "participationId": part } })).await.only();
        assert_eq!(shown(&buyer).await, [""; 0]);
        assert_eq!(stranger.run("leaveVenue", json!({ "input": { "participationId": part } })).await.error(), "NOT_FOUND");

        let open = json!({ "input": { "venueId": shop.venue, "expectedVersion": 1, "guestPolicy": "OPEN" } });
        shop.seller.run("amendVenue", open).await.only();
        assert_eq!(shown(&stranger).await, ["BL-8"]);
    }
}

story! {
    async fn a_shop_that_hides_prices_shows_its_goods(world) {
        let shop = Shop::open(&world, "PRICES_HIDDEN").await;
        let product = shop.product("BL-8").await;
        let input = json!({ "input": {
            "productId": product["id"], "unitPrice": "1500", "currency": "VND", "unit": "C62",
            "leadTimeDays": 3, "access": "PUBLIC",
        } });
        let offer = shop.seller.run("createOffer", input).await.only()["offer"]["id"].clone();
        let (buyer, stranger) = (world.buyer().await, world.stranger().await);
        shop.customer(&buyer).await;
        assert_eq!(shown(&stranger).await, ["BL-8"]);
        assert_eq!(stranger.run("offer", json!({ "id": offer })).await.error(), "NOT_FOUND");
        let asked = json!({ "id": product["id"] });
        assert_eq!(stranger.run("product", asked.clone()).await.only()["offers"], json!([]));
        assert_eq!(buyer.run("offer", json!({ "id": offer })).await.only()["id"], offer);
        assert_eq!(buyer.run("product", asked).await.only()["offers"].as_array().unwrap().len(), 1);
    }
}

story! {
    async fn only_its_seller_reads_what_is_noted_of_a_customer(world) {
        let shop = Shop::open(&world, "OPEN").await;
        let (buyer, stranger) = (world.buyer().await, world.stranger().await);
        let customer = shop.customer(&buyer).await;
        let key = shop.segment("KEY").await;
        let join = json!({ "input": { "segmentId": key, "addCustomerIds": [customer] } });
        shop.seller.run("sortCustomers", join.clone()).await.only();
        let amend = json!({ "input": { "customerId": customer, "expectedVersion": 0, "number": "K-17", "note": "Trả chậm" } });
        let known = shop.seller.run("amendCustomer", amend.clone()).await.only()["customer"].clone();
        assert_eq!((&known["number"], &known["version"]), (&json!("K-17"), &json!(1)));
        assert_eq!(known["segments"][0]["code"], "KEY");
        assert_eq!(shop.seller.run("amendCustomer", amend.clone()).await.refusal(), "STALE");

        let one = json!({ "id": customer });
        for outsider in [&buyer, &stranger] {
            assert_eq!(outsider.run("customer", one.clone()).await.error(), "NOT_FOUND");
            assert_eq!(outsider.run("segment", json!({ "id": key })).await.error(), "NOT_FOUND");
            assert_eq!(outsider.run("customers", json!({ "first": 10 })).await.only()["edges"], json!([]));
            assert_eq!(outsider.run("segments", json!({ "first": 10 })).await.only()["edges"], json!([]));
            assert_eq!(outsider.run("sortCustomers", join.clone()).await.error(), "NOT_FOUND");
        }
        assert_eq!(stranger.run("amendCustomer", amend).await.refusal(), "NO_SHOP");
        let finance = world.member(shop.seller.organization(), SystemRole::Finance);
        assert_eq!(finance.run("customer", one).await.only()["number"], "K-17");
        assert_eq!(finance.run("defineSegment", json!({ "input": { "code": "x", "name": "x" } })).await.error(), "FORBIDDEN");

        let other = world.seller("Người mua khác").await;
        let second = shop.customer(&other).await;
        let taken = json!({ "input": { "customerId": second, "expectedVersion": 0, "number": "K-17" } });
        assert_eq!(shop.seller.run("amendCustomer", taken).await.refusals(), [("CUSTOMER_NUMBER_TAKEN".into(), "number".into())]);
        let in_segment = json!({ "filter": { "segmentId": key }, "first": 10 });
        let listed = shop.seller.run("customers", in_segment).await.only();
        assert_eq!(listed["edges"].as_array().unwrap().len(), 1);
        let again = json!({ "input": { "code": "KEY", "name": "x" } });
        assert_eq!(shop.seller.run("defineSegment", again).await.refusals(), [("SEGMENT_CODE_TAKEN".into(), "code".into())]);
    }
}

story! {
    async fn an_organization_has_one_shop_and_guests_are_a_matter_of_shops(world) {
        let shop = Shop::open(&world, "OPEN").await;
        let second = json!({ "input": { "name": "x", "model": "SELL_SIDE", "access": "PUBLIC" } });
        assert_eq!(shop.seller.run("openVenue", second).await.refusal(), "SHOP_EXISTS");
        let hall = json!({ "input": { "name": "x", "model": "BUY_SIDE", "access": "PUBLIC", "guestPolicy": "OPEN" } });
        assert_eq!(shop.seller.run("openVenue", hall).await.refusals(), [("NOT_A_SHOP".into(), "guestPolicy".into())]);
    }
}
