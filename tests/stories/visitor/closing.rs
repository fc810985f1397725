//! What visitors are not shown: what is for some, what guests are not shown, and what a seller shows that may not sell.

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_domain::access::{Actor, SystemRole};
use tradehall_domain::organization::Verification;
use tradehall_tests::{json, story};

use super::Front;
use crate::customer::shown;
use crate::search::settle;

story! {
    async fn what_is_for_some_is_for_no_visitor(world) {
        let front = Front::open(&world, "OPEN").await;
        front.shop().visited("OPEN").await;
        let special = front.shop().product("BL-9").await;
        assert_eq!(shown(&front.visitor).await, ["BL-8", "BL-9"]);
        let customer = front.shop().customer(&world.buyer().await).await;
        let exclusive = front.shop().assortment("KEY", "EXCLUSIVE", &[&special]).await;
        front.shop().grant(&exclusive, json!({ "customerId": customer }), "SHOWN").await;
        assert_eq!(shown(&front.visitor).await, ["BL-8"]);
        assert_eq!(front.visitor.run("product", json!({ "id": special["id"] })).await.error(), "NOT_FOUND");
        assert_eq!(front.visitor.run("node", json!({ "id": special["id"] })).await.only(), Value::Null);

        // Assortments that are for all are for visitors, too, and so is what leaves an exclusive one.
        front.shop().assortment("ALL", "SHARED", &[&front.product]).await;
        assert_eq!(shown(&front.visitor).await, ["BL-8"]);
        let off = json!({ "input": { "assortmentId": exclusive, "removeProductIds": [special["id"]] } });
        front.shop().seller.run("listInAssortment", off).await.only();
        assert_eq!(shown(&front.visitor).await, ["BL-8", "BL-9"]);

        // What others ask for a product is theirs to show.
        let rival = world.seller("Đối thủ").await;
        let offer = json!({ "input": {
            "productId": special["id"], "unitPrice": "1", "currency": "USD", "unit": "C62", "leadTimeDays": 1, "access": "PUBLIC",
        } });
        let offer = rival.run("createOffer", offer).await.only()["offer"]["id"].clone();
        let seen = front.visitor.run("product", json!({ "id": special["id"] })).await.only();
        assert_eq!(seen["offers"], json!([]));
        assert_eq!(front.visitor.run("node", json!({ "id": offer })).await.only(), Value::Null);
        let rival = json!(global(rival.organization()).0);
        assert_eq!(front.visitor.run("node", json!({ "id": rival })).await.only(), Value::Null);
    }
}

story! {
    async fn visitors_are_never_shown_more_than_guests(world) {
        let front = Front::open(&world, "PRICES_HIDDEN").await;
        let shop = front.shop();
        let refused = async |fields: Value| shop.amended(fields).await.refusals();
        let at = |code: &str| [(code.to_owned(), "visitorPolicy".to_owned())];
        assert_eq!(refused(json!({ "visitorPolicy": "OPEN" })).await, at("VISITORS_SEE_MORE"));
        assert_eq!(refused(json!({ "visitorPolicy": "PRICES_HIDDEN", "guestPolicy": "CUSTOMERS_ONLY" })).await, at("VISITORS_SEE_MORE"));
        assert_eq!(refused(json!({ "visitorPolicy": "PRICES_HIDDEN", "access": "PRIVATE" })).await, at("VENUE_IS_PRIVATE"));
        assert_eq!(front.seen(&world).await, [false, false], "what was refused shows nothing");
        let wider = json!({ "visitorPolicy": "OPEN", "guestPolicy": "OPEN" });
        assert_eq!(shop.amended(wider.clone()).await.only()["venue"]["visitorPolicy"], "OPEN");
        assert_eq!(front.seen(&world).await, [true, true]);

        // Whoever closes the door to guests closes it to visitors, and opening it again is to be said.
        let narrowed = shop.amended(json!({ "guestPolicy": "PRICES_HIDDEN" })).await.only();
        assert_eq!(narrowed["venue"]["visitorPolicy"], "PRICES_HIDDEN");
        assert_eq!(front.seen(&world).await, [true, false]);
        let widened = shop.amended(json!({ "guestPolicy": "OPEN" })).await.only();
        assert_eq!(widened["venue"]["visitorPolicy"], "PRICES_HIDDEN");
        assert_eq!(front.seen(&world).await, [true, false]);
        shop.amended(json!({ "guestPolicy": "CUSTOMERS_ONLY" })).await.only();
        assert_eq!(shown(&front.visitor).await, [""; 0]);
        shop.amended(wider).await.only();
        let private = shop.amended(json!({ "access": "PRIVATE" })).await.only();
        assert_eq!(private["venue"]["visitorPolicy"], "SIGNED_IN_ONLY");
        assert_eq!(front.seen(&world).await, [false, false]);

        let hall = json!({ "input": { "name": "x", "model": "BUY_SIDE", "access": "PUBLIC", "visitorPolicy": "OPEN" } });
        assert_eq!(shop.seller.run("openVenue", hall).await.refusals(), at("NOT_A_SHOP"));
    }
}

story! {
    async fn who_may_not_sell_shows_visitors_nothing(world) {
        let front = Front::open(&world, "OPEN").await;
        front.shop().visited("OPEN").await;
        let (staff, id) = (world.staff(), json!(global(front.shop().seller.organization()).0));
        let reason = json!({ "organizationId": id, "reason": "Khiếu nại" });
        let again = json!({ "organizationId": id });
        let seller = json!({ "organizationId": id, "capability": "SELLER", "reason": "Khiếu nại" });
        let seller_again = json!({ "organizationId": id, "capability": "SELLER" });
        for (stop, why, resume, what) in [
            ("suspendOrganization", reason, "reinstateOrganization", again),
            ("suspendCapability", seller, "reinstateCapability", seller_again),
        ] {
            assert_eq!(front.seen(&world).await, [true, true]);
            staff.run(stop, json!({ "input": why })).await.only();
            assert_eq!(front.seen(&world).await, [false, false], "{stop}");
            // Nothing that the shop does meanwhile opens it.
            front.shop().assortment(stop, "SHARED", &[&front.product]).await;
            assert_eq!(front.seen(&world).await, [false, false], "{stop}");
            staff.run(resume, json!({ "input": what })).await.only();
        }
        assert_eq!(front.seen(&world).await, [true, true]);

        let unknown = world.organization_at("Chưa kiểm tra", Verification::Unverified).await;
        let owner = world.member(unknown, SystemRole::Owner);
        let entitlement = tradehall_domain::organization::Entitlement { verification: Verification::Unverified, ..owner.actor.entitlement };
        let owner = world.acting(Actor { entitlement, ..owner.actor });
        let input = json!({ "input": { "name": "x", "model": "SELL_SIDE", "access": "PUBLIC", "visitorPolicy": "OPEN" } });
        assert_eq!(owner.run("openVenue", input).await.refusals(), [("NOT_VERIFIED".into(), "visitorPolicy".into())]);
    }
}

story! {
    async fn a_visitor_is_told_nothing_that_a_front_does_not_need(world) {
        let front = Front::open(&world, "OPEN").await;
        front.shop().visited("OPEN").await;
        front.shop().customer(&world.buyer().await).await;
        settle(&world).await;
        let visitor = &front.visitor;
        let shop = visitor.run("venue", json!({ "id": front.shop().venue })).await.only();
        assert_eq!((&shop["participations"]["edges"], &shop["availableActions"][0]["allowed"]), (&json!([]), &json!(false)));
        let private = "query ($id: ID!) { product(id: $id) { owner { profile { legalName } members(first: 1) { edges { cursor } } \
                       units { id } roles { id } timeline(first: 1) { edges { cursor } } } } }";
        let owner = visitor.ask(private, json!({ "id": front.product["id"] })).await.only()["owner"].clone();
        assert_eq!(owner, json!({ "profile": null, "members": null, "units": null, "roles": null, "timeline": null }));
        for (operation, variables) in [
            ("venues", json!({ "first": 9 })),
            ("organizations", json!({ "first": 9 })),
            ("priceExplanation", json!({ "productId": front.product["id"] })),
            ("productsByPartNumber", json!({ "numbers": ["BL-8"] })),
            ("offer", json!({ "id": front.offer })),
        ] {
            assert_eq!(visitor.run(operation, variables).await.error(), "UNAUTHENTICATED", "{operation}");
        }
        let mut events = visitor.subscribe("rfqEvents", json!({})).await;
        assert_eq!(events.error().await, "UNAUTHENTICATED");
        // A token that is none is refused, and its bearer no visitor.
        world.client().bearing(&json!("not.a.token")).refused().await;
        assert_eq!(world.client().run("products", json!({ "first": 9 })).await.only()["edges"].as_array().unwrap().len(), 1);
    }
}
