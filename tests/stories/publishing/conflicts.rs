//! Versions beside direct edits and beside each other, bad input, and who may do what.

use serde_json::Value;
use tradehall_domain::access::SystemRole;
use tradehall_tests::{json, story};

use super::{add, additions, read, says, step, version};
use crate::catalog::published;

story! {
    async fn what_was_edited_directly_conflicts_until_it_is_rebased(world) {
        let owner = world.seller("Thép Việt").await;
        let product = published(&owner, "K-1", "Đai ốc").await;
        let spring = version(&owner, "Mùa xuân").await;
        add(&owner, &spring, json!([
            { "revise": { "productId": product["id"], "expectedVersion": 2,
                          "content": { "number": "K-1", "name": "Từ phiên bản", "unit": "C62" } } },
            { "add": { "number": "N-1", "name": "Bu lông", "unit": "C62" } },
        ])).await;
        step(&owner, "submitCatalogVersion", &spring).await;
        let direct = json!({ "input": { "productId": product["id"], "expectedVersion": 2, "name": "Sửa trực tiếp" } });
        owner.run("reviseProduct", direct).await.only();
        published(&owner, "N-1", "Cũng vậy").await;

        let seen = read(&owner, &spring).await;
        assert_eq!(says(&seen["conflicts"], "conflict"), ["STALE", "PRODUCT_NUMBER_TAKEN"]);
        let fields = &seen["changes"]["edges"][0]["node"]["fields"];
        assert_eq!(fields[0]["before"], "Sửa trực tiếp", "the review shows what would be lost");
        let publish = json!({ "input": { "catalogVersionId": spring } });
        assert_eq!(owner.run("publishCatalogVersion", publish.clone()).await.refusal(), "VERSION_CONFLICTS");

        let ids: Vec<Value> = seen["changes"]["edges"].as_array().unwrap().iter().map(|e| e["node"]["id"].clone()).collect();
        let input = json!({ "input": { "catalogVersionId": spring, "catalogChangeIds": [ids[0]] } });
        owner.run("rebaseCatalogChanges", input).await.only();
        assert_eq!(says(&read(&owner, &spring).await["conflicts"], "number"), ["N-1"]);
        step(&owner, "returnCatalogVersion", &spring).await;
        let drop = json!({ "input": { "catalogVersionId": spring, "catalogChangeIds": [ids[1]] } });
        assert_eq!(owner.run("dropCatalogChanges", drop).await.only()["catalogVersion"]["changeCount"], 1);
        step(&owner, "submitCatalogVersion", &spring).await;
        step(&owner, "publishCatalogVersion", &spring).await;
        let now = owner.run("product", json!({ "id": product["id"] })).await.only();
        assert_eq!(now["name"], "Từ phiên bản");
    }
}

story! {
    async fn a_scheduled_version_that_conflicts_goes_back_to_review(world) {
        let owner = world.seller("Thép Việt").await;
        let spring = version(&owner, "Mùa xuân").await;
        add(&owner, &spring, additions(&["N-1", "N-2"])).await;
        step(&owner, "submitCatalogVersion", &spring).await;
        let at = (world.now() + jiff::SignedDuration::from_secs(5)).to_string();
        let input = json!({ "input": { "catalogVersionId": spring, "publishAt": at } });
        owner.run("scheduleCatalogVersion", input).await.only();
        published(&owner, "N-2", "Quicker").await;
        world.pass(jiff::SignedDuration::from_secs(5));
        tradehall::worker::step(&world.app).await.unwrap();
        let seen = read(&owner, &spring).await;
        assert_eq!((&seen["status"], &seen["publishAt"]), (&json!("REVIEW"), &Value::Null));
        assert_eq!(crate::catalog::found(&owner, json!({})).await, ["N-2"], "nothing is half done");
        let timeline = owner.run("catalogVersionTimeline", json!({ "id": spring, "first": 1 })).await.only();
        let held = &timeline["timeline"]["edges"][0]["node"];
        assert_eq!((&held["kind"], &held["payload"]["reason"]), (&json!("CATALOG_VERSION_HELD"), &json!("VERSION_CONFLICTS")));
    }
}

story! {
    async fn each_item_is_answered_for_itself(world) {
        let (owner, other) = (world.seller("Thép Việt").await, world.seller("Nam Á").await);
        let mine = published(&owner, "K-1", "Đai ốc").await;
        let theirs = published(&other, "T-1", "Then").await;
        let spring = version(&owner, "Mùa xuân").await;
        let results = add(&owner, &spring, json!([
            { "add": { "number": "N-1", "name": "Bu lông", "unit": "C62" } },
            { "add": { "number": "N-1", "name": "Again", "unit": "C62" } },
            { "add": { "number": " ", "name": "x".repeat(201), "unit": "C62", "gtin": "4006381333932" } },
            { "add": { "number": "N-2", "name": "Long", "unit": "C62", "description": "x".repeat(4001) } },
            { "publish": { "productId": theirs["id"], "expectedVersion": 2 } },
            { "withdraw": { "productId": mine["id"], "expectedVersion": 1 } },
            { "publish": { "productId": mine["id"], "expectedVersion": 2 } },
        ])).await;
        let told: Vec<Vec<_>> = results.iter().map(|result| {
            let errors = result["userErrors"].as_array().unwrap().iter();
            errors.map(|error| {
                let path: Vec<_> = error["path"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
                format!("{} {}", error["code"].as_str().unwrap(), path.join("."))
            }).collect()
        }).collect();
        assert_eq!(told, [
            vec![],
            vec!["DUPLICATE add.number".to_owned()],
            vec!["TOO_SHORT add.number".into(), "TOO_LONG add.name".into(), "GTIN_CHECK_DIGIT add.gtin".into()],
            vec!["TOO_LONG add.description".into()],
            vec!["NOT_FOUND publish.productId".into()],
            vec!["STALE withdraw.expectedVersion".into()],
            vec!["PRODUCT_STATUS publish".into()],
        ]);
        assert_eq!(read(&owner, &spring).await["changeCount"], 1);
        // Sent again, and otherwise, it is still one change.
        for name in ["Bu lông", "Bu lông M8"] {
            let again = json!([{ "add": { "number": "N-1", "name": name, "unit": "C62" } }]);
            assert_eq!(add(&owner, &spring, again).await[0]["userErrors"], json!([]));
        }
        let seen = read(&owner, &spring).await;
        assert_eq!((&seen["changeCount"], &seen["changes"]["edges"][0]["node"]["fields"][0]["after"]), (&json!(1), &json!("Bu lông M8")));

        let many = json!({ "input": { "catalogVersionId": spring, "changes": additions(&["X"; 1001]) } });
        assert_eq!(owner.run("addCatalogChanges", many).await.refusals(), [("TOO_MANY".into(), "changes".into())]);
        let none = version(&owner, "Rỗng").await;
        let submit = json!({ "input": { "catalogVersionId": none } });
        assert_eq!(owner.run("submitCatalogVersion", submit).await.refusal(), "CATALOG_VERSION_EMPTY");
    }
}

story! {
    async fn a_version_is_its_owners_business(world) {
        let (owner, stranger) = (world.seller("Thép Việt").await, world.stranger().await);
        let spring = version(&owner, "Mùa xuân").await;
        add(&owner, &spring, additions(&["N-1"])).await;
        let id = json!({ "id": spring });
        assert_eq!(stranger.run("catalogVersion", id.clone()).await.error(), "NOT_FOUND");
        let input = json!({ "input": { "catalogVersionId": spring } });
        for verb in ["submitCatalogVersion", "returnCatalogVersion", "publishCatalogVersion", "cancelCatalogVersion"] {
            assert_eq!(stranger.run(verb, input.clone()).await.error(), "NOT_FOUND", "{verb}");
        }
        let mut clerk = world.member(owner.organization(), SystemRole::Purchaser);
        clerk.actor.permissions = tradehall_domain::access::PermissionSet::NONE;
        assert_eq!(clerk.run("catalogVersion", id).await.error(), "FORBIDDEN");
        assert_eq!(clerk.run("submitCatalogVersion", input.clone()).await.error(), "FORBIDDEN");
        step(&owner, "cancelCatalogVersion", &spring).await;
        assert_eq!(owner.run("submitCatalogVersion", input).await.refusal(), "CATALOG_VERSION_STATUS");
    }
}

story! {
    async fn a_unit_that_packagings_and_kits_count_stays(world) {
        let owner = world.seller("Thép Việt").await;
        let (packed, part, kit) =
            (published(&owner, "U-1", "Bu lông").await, published(&owner, "U-2", "Đai ốc").await, published(&owner, "U-3", "Bộ").await);
        let change = |product: &Value, number: &str, unit: &str| {
            json!({ "revise": { "productId": product["id"], "expectedVersion": 2,
                                "content": { "number": number, "name": "Khác", "unit": unit } } })
        };
        let spring = version(&owner, "Mùa xuân").await;
        add(&owner, &spring, json!([change(&packed, "U-1", "KGM"), change(&part, "U-2", "DZN"), change(&kit, "U-3", "SET")])).await;
        let dozens = version(&owner, "Tá").await;
        add(&owner, &dozens, json!([change(&packed, "U-1", "DZN")])).await;
        step(&owner, "submitCatalogVersion", &spring).await;
        step(&owner, "submitCatalogVersion", &dozens).await;
        assert_eq!(says(&read(&owner, &spring).await["conflicts"], "conflict"), [""; 0]);

        let pack = json!({ "input": { "productId": packed["id"], "packagings": [{ "unit": "XBX", "quantity": "12" }] } });
        owner.run("packProduct", pack).await.only();
        let components = json!([{ "productId": part["id"], "quantity": "8" }]);
        let relate = json!({ "input": { "productId": kit["id"], "kind": "COMPONENT", "relations": components } });
        owner.run("relateProduct", relate).await.only();
        let seen = read(&owner, &spring).await;
        assert_eq!(says(&seen["conflicts"], "conflict"), ["UNITS_DIFFER", "UNIT_IN_KIT", "UNIT_IN_KIT"]);
        let publish = json!({ "input": { "catalogVersionId": spring } });
        assert_eq!(owner.run("publishCatalogVersion", publish).await.refusal(), "VERSION_CONFLICTS");
        // What is said of a product directly, and in a file, is held to the same.
        for (product, unit, code) in [(&packed, "KGM", "UNITS_DIFFER"), (&part, "DZN", "UNIT_IN_KIT"), (&kit, "SET", "UNIT_IN_KIT")] {
            let direct = json!({ "input": { "productId": product["id"], "expectedVersion": 2, "unit": unit } });
            assert_eq!(owner.run("reviseProduct", direct).await.refusals(), [(code.to_owned(), "unit".to_owned())]);
        }
        let file = "number,name,unit\nU-1,Bu lông,KGM\nU-2,Đai ốc,DZN\nU-3,Bộ dụng cụ,C62\n";
        let run = world.import_csv(&owner, "PRODUCTS", file, json!({})).await;
        let refused = [(2, "UNITS_DIFFER"), (3, "UNIT_IN_KIT")].map(|(line, code)| (line, code.to_owned(), "unit".to_owned()));
        assert_eq!(crate::import::desk::reasons(&run), refused);
        // Twelve to a box are one dozen to it.
        step(&owner, "publishCatalogVersion", &dozens).await;
        assert_eq!(owner.run("product", json!({ "id": packed["id"] })).await.only()["unit"], "DZN");
    }
}

story! {
    async fn a_number_that_no_product_can_have_spoils_no_other_change(world) {
        let owner = world.seller("Thép Việt").await;
        let spring = version(&owner, "Mùa xuân").await;
        let results = add(&owner, &spring, additions(&["N-1", "N\0-2"])).await;
        assert_eq!(results[0]["userErrors"], json!([]));
        assert_eq!(results[1]["userErrors"][0]["code"], "CONTROL_CHARACTER", "{}", results[1]);
        assert_eq!(says(&read(&owner, &spring).await["changes"], "number"), ["N-1"]);
    }
}
