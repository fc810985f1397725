//! Assortments: what is for some is for nobody else, and no answer to the others changes.

use serde_json::Value;
use tradehall_tests::{Person, json, story};

use super::{Shop, part_of, shown};

story! {
    async fn an_exclusive_assortment_is_for_those_it_is_granted_to(world) {
        let shop = Shop::open(&world, "OPEN").await;
        shop.product("BL-8").await;
        let special = shop.product("BL-9").await;
        let (key, other) = (world.buyer().await, world.stranger().await);
        let customer = shop.customer(&key).await;
        shop.customer(&other).await;
        let assortment = shop.assortment("KEY", "EXCLUSIVE", &[&special]).await;
        assert_eq!(shown(&key).await, ["BL-8"]);
        let segment = shop.segment("KEY").await;
        shop.grant(&assortment, json!({ "segmentId": segment }), "SHOWN").await;
        assert_eq!(shown(&key).await, ["BL-8"], "nobody is in the segment yet");
        let join = json!({ "input": { "segmentId": segment, "addCustomerIds": [customer] } });
        shop.seller.run("sortCustomers", join).await.only();
        assert_eq!(shown(&key).await, ["BL-8", "BL-9"]);
        assert_eq!(shown(&other).await, ["BL-8"]);
        let id = json!({ "id": special["id"] });
        assert_eq!(other.run("product", id.clone()).await.error(), "NOT_FOUND");
        assert_eq!(key.run("product", id).await.only()["number"], "BL-9");

        let leave = json!({ "input": { "segmentId": segment, "removeCustomerIds": [customer] } });
        shop.seller.run("sortCustomers", leave).await.only();
        assert_eq!(shown(&key).await, ["BL-8"]);
        shop.grant(&assortment, json!({ "customerId": customer }), "SHOWN").await;
        assert_eq!(shown(&key).await, ["BL-8", "BL-9"]);
        let back = json!({ "input": { "assortmentId": assortment, "grantee": { "customerId": customer } } });
        shop.seller.run("revokeAssortment", back.clone()).await.only();
        assert_eq!(shop.seller.run("revokeAssortment", back).await.error(), "NOT_FOUND");
        assert_eq!(shown(&key).await, ["BL-8"]);

        let off = json!({ "input": { "assortmentId": assortment, "removeProductIds": [special["id"]] } });
        shop.seller.run("listInAssortment", off).await.only();
        assert_eq!(shown(&other).await, ["BL-8", "BL-9"]);
    }
}

story! {
    async fn a_customer_of_assortments_only_sees_those_and_what_is_hidden_stays_hidden(world) {
        let shop = Shop::open(&world, "CUSTOMERS_ONLY").await;
        let (one, two) = (shop.product("BL-1").await, shop.product("BL-2").await);
        shop.product("BL-3").await;
        let (narrow, wide) = (world.buyer().await, world.stranger().await);
        let customer = shop.customer(&narrow).await;
        let general = shop.customer(&wide).await;
        let shared = shop.assortment("S", "SHARED", &[&one, &two]).await;
        let only = json!({ "input": { "customerId": customer, "expectedVersion": 0, "reach": "ASSORTMENTS_ONLY" } });
        shop.seller.run("amendCustomer", only).await.only();
        assert_eq!(shown(&narrow).await, [""; 0]);
        shop.grant(&shared, json!({ "customerId": customer }), "SHOWN").await;
        assert_eq!(shown(&narrow).await, ["BL-1", "BL-2"]);
        assert_eq!(shown(&wide).await, ["BL-1", "BL-2", "BL-3"]);
        shop.grant(&shared, json!({ "customerId": general }), "HIDDEN").await;
        assert_eq!(shown(&wide).await, ["BL-3"]);

        // A suspension keeps all of it shut, whatever is granted meanwhile.
        let part = part_of(&narrow).await;
        shop.decide(&part, "suspendParticipation").await;
        shop.grant(&shared, json!({ "customerId": customer }), "SHOWN").await;
        assert_eq!(shown(&narrow).await, [""; 0]);
        shop.decide(&part, "reinstateParticipation").await;
        assert_eq!(shown(&narrow).await, ["BL-1", "BL-2"]);
    }
}

story! {
    async fn a_rule_covers_what_comes_later(world) {
        let shop = Shop::open(&world, "OPEN").await;
        let seller = &shop.seller;
        let tools = category(seller, "T", None).await;
        let drills = category(seller, "D", Some(&tools)).await;
        let (key, other) = (world.buyer().await, world.stranger().await);
        let customer = shop.customer(&key).await;
        let input = json!({ "input": {
            "code": "T", "name": "Dụng cụ", "kind": "EXCLUSIVE", "rule": { "categoryIds": [tools], "brands": ["Bosch"] },
        } });
        let assortment = seller.run("defineAssortment", input).await.only()["assortment"].clone();
        shop.grant(&assortment["id"], json!({ "customerId": customer }), "SHOWN").await;
        for (number, category, brand) in [("A", None, None), ("B", Some(&drills), None), ("C", None, Some("BOSCH"))] {
            let input = json!({ "input": { "number": number, "name": "x", "unit": "C62", "categoryId": category, "brand": brand } });
            let made = seller.run("createProduct", input).await.only()["product"].clone();
            seller.run("publishProduct", json!({ "input": { "productId": made["id"] } })).await.only();
        }
        assert_eq!(shown(&key).await, ["A", "B", "C"]);
        assert_eq!(shown(&other).await, ["A"]);
        // The categories of exclusive products are as hidden as they are.
        assert_eq!(tree(&other, seller).await, 0);
        assert_eq!(tree(&key, seller).await, 1);
        assert_eq!(other.run("category", json!({ "id": drills })).await.error(), "NOT_FOUND");

        let amend = json!({ "input": {
            "assortmentId": assortment["id"], "expectedVersion": 1, "rule": { "categoryIds": [], "brands": ["Bosch"] },
        } });
        seller.run("amendAssortment", amend).await.only();
        assert_eq!(shown(&other).await, ["A", "B"]);
        assert_eq!(tree(&other, seller).await, 1);
        let foreign = category(&other, "X", None).await;
        let theirs = json!({ "input": { "code": "Z", "name": "Z", "kind": "SHARED", "rule": { "categoryIds": [foreign] } } });
        assert_eq!(seller.run("defineAssortment", theirs).await.refusals(), [("NOT_FOUND".into(), "rule.categoryIds".into())]);
    }
}

story! {
    async fn a_moved_category_takes_its_products_into_the_assortment(world) {
        let shop = Shop::open(&world, "OPEN").await;
        let seller = &shop.seller;
        let tools = category(seller, "T", None).await;
        let drills = category(seller, "D", None).await;
        let (key, other) = (world.buyer().await, world.stranger().await);
        let customer = shop.customer(&key).await;
        let input = json!({ "input": { "code": "T", "name": "Dụng cụ", "kind": "EXCLUSIVE", "rule": { "categoryIds": [tools] } } });
        let assortment = seller.run("defineAssortment", input).await.only()["assortment"].clone();
        shop.grant(&assortment["id"], json!({ "customerId": customer }), "SHOWN").await;
        let input = json!({ "input": { "number": "B", "name": "x", "unit": "C62", "categoryId": drills } });
        let made = seller.run("createProduct", input).await.only()["product"].clone();
        seller.run("publishProduct", json!({ "input": { "productId": made["id"] } })).await.only();
        assert_eq!((shown(&other).await.len(), tree(&other, seller).await), (1, 1));

        let version = seller.run("category", json!({ "id": drills })).await.only()["version"].clone();
        let below = json!({ "input": { "categoryId": drills, "expectedVersion": version, "parentId": tools } });
        seller.run("reviseCategory", below).await.only();
        assert_eq!((shown(&key).await.len(), tree(&key, seller).await), (1, 1));
        assert_eq!((shown(&other).await.len(), tree(&other, seller).await), (0, 0));
        for hidden in [&drills, &tools] {
            assert_eq!(other.run("category", json!({ "id": hidden })).await.error(), "NOT_FOUND");
        }

        // A file that puts it back is as good as the verb.
        let run = world.import_csv(seller, "CATEGORIES", "code,name,parent\nD,D,\n", json!({})).await;
        assert_eq!(run["status"], "COMPLETED");
        assert_eq!((shown(&other).await.len(), tree(&other, seller).await), (1, 1));
    }
}

async fn category(owner: &Person, code: &str, parent: Option<&Value>) -> Value {
    let input = json!({ "input": { "code": code, "name": code, "parentId": parent } });
    owner.run("createCategory", input).await.only()["category"]["id"].clone()
}

/// How many categories stand at the top of the seller's tree, as somebody sees it.
async fn tree(person: &Person, seller: &Person) -> usize {
    let owner = tradehall::graphql::id::global(seller.organization()).0;
    let answer = person.run("categories", json!({ "ownerId": owner, "first": 10 })).await.only();
    answer["edges"].as_array().unwrap().len()
}
