//! Products, from draft to withdrawal.

use serde_json::Value;
use tradehall_domain::access::SystemRole;
use tradehall_tests::{json, story};

use super::{draft, found};

story! {
    async fn a_draft_is_its_owners_until_it_is_published(world) {
        let (owner, stranger) = (world.buyer().await, world.stranger().await);
        let product = draft(&owner, "BA-8327", "Đai ốc thép").await;
        let id = json!({ "id": product["id"] });
        let input = json!({ "input": { "productId": product["id"] } });

        assert_eq!(product["status"], "DRAFT");
        assert_eq!(stranger.run("product", id.clone()).await.error(), "NOT_FOUND");
        assert_eq!(found(&stranger, json!({})).await, [""; 0]);
        assert_eq!(stranger.run("publishProduct", input.clone()).await.error(), "NOT_FOUND");
        assert_eq!(found(&owner, json!({ "status": "DRAFT" })).await, ["BA-8327"]);

        // Somebody of the same organization without CATALOG_READ sees what everyone sees.
        let organization = owner.organization();
        let mut unprivileged = world.member(organization, SystemRole::Purchaser);
        unprivileged.actor.permissions = tradehall_domain::access::PermissionSet::NONE;
        assert_eq!(unprivileged.run("product", id.clone()).await.error(), "NOT_FOUND");
        assert_eq!(found(&unprivileged, json!({})).await, [""; 0]);
        assert_eq!(unprivileged.run("publishProduct", input.clone()).await.error(), "FORBIDDEN");

        owner.run("publishProduct", input.clone()).await.only();
        assert_eq!(owner.run("publishProduct", input.clone()).await.refusal(), "PRODUCT_STATUS");
        assert_eq!(stranger.run("publishProduct", input.clone()).await.refusal(), "WRONG_SIDE");
        assert_eq!(stranger.run("product", id.clone()).await.only()["number"], "BA-8327");
        assert_eq!(found(&unprivileged, json!({})).await, ["BA-8327"]);
        assert_eq!(world.nobody().run("product", id.clone()).await.error(), "NOT_FOUND");

        owner.run("withdrawProduct", input.clone()).await.only();
        assert_eq!(owner.run("withdrawProduct", input).await.refusal(), "PRODUCT_STATUS");
        assert_eq!(stranger.run("product", id).await.error(), "NOT_FOUND");
    }
}

story! {
    async fn what_is_wrong_is_told_field_by_field(world) {
        let owner = world.buyer().await;
        let input = json!({ "input": {
            "number": " ", "name": "x", "unit": "C62", "gtin": "4006381333932",
            "attributes": [{ "name": "Ren", "value": "M8" }, { "name": "REN", "value": "M10" }],
        } });
        let refusals = owner.run("createProduct", input).await.refusals();
        let told: Vec<_> = refusals.iter().map(|(code, path)| (code.as_str(), path.as_str())).collect();
        assert_eq!(told, [("TOO_SHORT", "number"), ("GTIN_CHECK_DIGIT", "gtin"), ("DUPLICATE", "attributes.1.name")]);

        draft(&owner, "A-1", "one").await;
        let again = json!({ "input": { "number": "A-1", "name": "two", "unit": "C62" } });
        assert_eq!(owner.run("createProduct", again.clone()).await.refusals(), [("PRODUCT_NUMBER_TAKEN".into(), "number".into())]);
        // Another organization has its own numbers.
        world.stranger().await.run("createProduct", again).await.only();
        let unknown = json!({ "input": { "number": "A-2", "name": "two", "unit": "FURLONG" } });
        assert!(owner.run("createProduct", unknown).await.json["errors"].is_array());
    }
}

story! {
    async fn an_edit_names_the_version_it_was_made_against(world) {
        let owner = world.buyer().await;
        let product = draft(&owner, "A-1", "one").await;
        let revise = |version: i64, fields: Value| {
            let mut input = json!({ "productId": product["id"], "expectedVersion": version });
            input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            json!({ "input": input })
        };
        let revised = owner.run("reviseProduct", revise(1, json!({ "mpn": "X-9", "brand": "Việt" }))).await.only();
        assert_eq!((&revised["product"]["version"], &revised["product"]["mpn"]), (&json!(2), &json!("X-9")));
        assert_eq!(owner.run("reviseProduct", revise(1, json!({ "name": "late" }))).await.refusal(), "STALE");
        // Null takes away, what is left out stays, and what changes nothing is no change.
        let revised = owner.run("reviseProduct", revise(2, json!({ "mpn": null }))).await.only();
        assert_eq!((&revised["product"]["mpn"], &revised["product"]["brand"]), (&Value::Null, &json!("Việt")));
        let revised = owner.run("reviseProduct", revise(3, json!({ "name": "one" }))).await.only();
        assert_eq!(revised["product"]["version"], 3);
    }
}

story! {
    async fn a_retry_makes_nothing_twice(world) {
        let owner = world.buyer().await;
        let input = |name: &str| {
            json!({ "input": { "number": "A-1", "name": name, "unit": "C62", "idempotencyKey": "product-A-1" } })
        };
        let first = owner.run("createProduct", input("one")).await.only();
        let again = owner.run("createProduct", input("one")).await.only();
        assert_eq!(first["product"]["id"], again["product"]["id"]);
        assert_eq!(owner.run("createProduct", input("other")).await.error(), "CONFLICT");
    }
}

story! {
    async fn a_page_costs_three_statements_whatever_it_holds(world) {
        let mut owners = Vec::new();
        for name in ["Một", "Hai", "Ba"] {
            owners.push(world.seller(name).await);
        }
        for n in 0..24 {
            let owner = &owners[n % 3];
            let code = json!({ "input": { "code": format!("C{n}"), "name": "Loại" } });
            let category = owner.run("createCategory", code).await.only()["category"]["id"].clone();
            let input = json!({ "input": { "number": format!("N{n}"), "name": "Hàng", "unit": "C62", "categoryId": category } });
            let product = owner.run("createProduct", input).await.only()["product"]["id"].clone();
            owner.run("publishProduct", json!({ "input": { "productId": product } })).await.only();
        }
        let viewer = world.stranger().await;
        for first in [1, 24] {
            let answer = viewer.run("products", json!({ "first": first })).await;
            assert_eq!(answer.statements, 3, "a page of {first}");
            let edges = answer.only()["edges"].clone();
            assert_eq!(edges.as_array().unwrap().len(), first);
            assert_eq!(edges[0]["node"]["category"]["name"], "Loại", "a published product shows its category");
        }
        let answer = viewer.run("productsWithOffers", json!({ "first": 24 })).await;
        assert_eq!(answer.statements, 2, "products, then offers of all of them; there is no seller to load");
    }
}
