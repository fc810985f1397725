//! What a shop shows visitors, and that it holds at once.

use jiff::SignedDuration;
use tradehall_tests::{json, story};

use super::Front;
use crate::attachment::market::{Market, PDF};
use crate::customer::shown;
use crate::pricing::pays_as_of;

story! {
    async fn nothing_is_open_to_the_internet_by_itself(world) {
        let front = Front::open(&world, "OPEN").await;
        assert_eq!(front.seen(&world).await, [false, false]);
        // A seller without a shop shows all it publishes to whoever signs in, and to nobody else.
        let seller = world.seller("Không Cửa Hàng").await;
        crate::catalog::published(&seller, "K-1", "Kìm").await;
        assert_eq!(shown(&world.stranger().await).await, ["BL-8", "K-1"]);
        assert_eq!(shown(&front.visitor).await, [""; 0]);
    }
}

story! {
    async fn a_shop_says_what_visitors_see_and_it_holds_at_once(world) {
        let front = Front::open(&world, "OPEN").await;
        for (policy, seen) in [
            ("PRICES_HIDDEN", [true, false]), ("OPEN", [true, true]), ("SIGNED_IN_ONLY", [false, false]), ("OPEN", [true, true]),
        ] {
            front.shop().visited(policy).await;
            assert_eq!(front.seen(&world).await, seen, "{policy}");
        }
        let shop = front.visitor.run("shop", json!({ "id": front.shop().venue })).await.only();
        assert_eq!((&shop["name"], &shop["owner"]["name"]), (&json!("Cửa hàng Kim Khí"), &json!("Kim Khí Sài Gòn")));
        let product = front.visitor.run("product", json!({ "id": front.product["id"] })).await.only();
        assert_eq!((&product["category"]["name"], product["offers"].as_array().unwrap().len()), (&json!("Bu lông"), 1));
        assert_eq!(product["availableActions"], json!([]));
        // The same with a policy from the beginning.
        let seller = world.seller("Mở Cửa").await;
        let input = json!({ "input": {
            "name": "Mở Cửa", "model": "SELL_SIDE", "access": "PUBLIC", "guestPolicy": "PRICES_HIDDEN", "visitorPolicy": "PRICES_HIDDEN",
        } });
        seller.run("openVenue", input).await.only();
        crate::catalog::published(&seller, "M-1", "Mũi khoan").await;
        assert_eq!(shown(&front.visitor).await, ["BL-8", "M-1"]);
    }
}

story! {
    async fn visitors_see_files_variants_and_relations_of_what_they_see(world) {
        let market = Market::open(world).await;
        let front = Front::open(&market.world, "OPEN").await;
        let (seller, visitor) = (&front.shop().seller, &front.visitor);
        let sheet = market.upload(seller, "b.pdf", "application/pdf", PDF).await;
        let documents = json!([{ "attachmentId": sheet, "role": "DATASHEET" }]);
        seller.run("documentProduct", json!({ "input": { "productId": front.product["id"], "documents": documents } })).await.only();
        let (nut, secret) = (front.shop().product("N-8").await, crate::catalog::draft(seller, "D-1", "Bí mật").await);
        let others = json!([{ "productId": nut["id"] }, { "productId": secret["id"] }]);
        let input = json!({ "productId": front.product["id"], "kind": "ACCESSORY", "relations": others });
        seller.run("relateProduct", json!({ "input": input })).await.only();
        let number = json!({ "productId": front.product["id"], "kind": "COMPETITOR", "number": "ISO 4017", "issuer": "ISO" });
        let own = json!({ "productId": front.product["id"], "kind": "CUSTOMER", "number": "X-1" });
        seller.run("recordPartNumbers", json!({ "input": { "entries": [number] } })).await.only();
        market.world.stranger().await.run("recordPartNumbers", json!({ "input": { "entries": [own] } })).await.only();
        let file = json!({ "id": sheet });
        assert_eq!(visitor.run("node", file.clone()).await.only(), json!(null));

        front.shop().visited("PRICES_HIDDEN").await;
        let seen = visitor.run("productDetail", json!({ "id": front.product["id"] })).await.only();
        let url = seen["documents"][0]["attachment"]["url"].as_str().unwrap();
        assert_eq!(market.get(url, &[]).await.body, PDF);
        assert_eq!(visitor.run("node", file.clone()).await.only()["id"], sheet);
        assert_eq!((&seen["relations"][0]["product"]["number"], &seen["relations"][1]), (&json!("N-8"), &json!(null)));
        assert_eq!((&seen["partNumbers"][0]["number"], &seen["partNumbers"][1]), (&json!("ISO 4017"), &json!(null)));
        assert_eq!(visitor.run("node", json!({ "id": secret["id"] })).await.only(), json!(null));

        front.shop().visited("SIGNED_IN_ONLY").await;
        assert_eq!(visitor.run("node", file).await.only(), json!(null), "what is hidden takes its files along");
    }
}

story! {
    async fn a_price_as_of_a_time_when_it_was_hidden_stays_hidden(world) {
        let front = Front::open(&world, "OPEN").await;
        front.shop().visited("PRICES_HIDDEN").await;
        let (hidden, pays) = (world.now(), async |time| pays_as_of(&front.visitor, &front.product, "1", Some(time)).await);
        world.pass(SignedDuration::from_hours(1));
        front.shop().visited("OPEN").await;
        assert_eq!((pays(hidden).await.as_str(), pays(world.now()).await.as_str()), ("", "12.50 USD by LIST"));
    }
}
