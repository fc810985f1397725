//! Packagings, and how products stand to each other.

use serde_json::Value;
use tradehall_tests::{Answer, Person, json, story};

use super::{draft, published};

async fn pack(owner: &Person, product: &Value, packagings: Value) -> Answer {
    owner.run("packProduct", json!({ "input": { "productId": product["id"], "packagings": packagings } })).await
}

async fn relate(owner: &Person, product: &Value, kind: &str, relations: Value) -> Answer {
    let input = json!({ "productId": product["id"], "kind": kind, "relations": relations });
    owner.run("relateProduct", json!({ "input": input })).await
}

async fn detail(person: &Person, product: &Value) -> Value {
    person.run("productDetail", json!({ "id": product["id"] })).await.only()
}

fn to(product: &Value) -> Value {
    json!({ "productId": product["id"] })
}

fn part(product: &Value, quantity: &str) -> Value {
    json!({ "productId": product["id"], "quantity": quantity })
}

/// The numbers of the products that stand to one.
fn others(detail: &Value) -> Vec<String> {
    let relations = detail["relations"].as_array().unwrap().iter();
    relations
        .map(|one| format!("{} {}", one["kind"].as_str().unwrap(), one["product"]["number"].as_str().unwrap_or("-")))
        .collect()
}

story! {
    async fn packagings_lead_down_to_the_products_unit(world) {
        let (owner, buyer) = (world.seller("Thép Việt").await, world.buyer().await);
        let bolt = published(&owner, "B-1", "Bu lông").await;
        pack(&owner, &bolt, json!([
            { "unit": "XBX", "quantity": "12", "gtin": "4006381333931", "weightKg": "1.25",
              "size": { "lengthMm": "300", "widthMm": "200", "heightMm": "100.5" } },
            { "unit": "XCT", "quantity": "10", "of": "XBX" },
        ])).await.only();
        let seen = detail(&buyer, &bolt).await;
        assert_eq!(seen["packagings"][0]["gtin"], "04006381333931");
        assert_eq!((&seen["packagings"][0]["heightMm"], &seen["packagings"][1]["of"]), (&json!("100.5"), &json!("XBX")));
        let refused = async |packagings: Value| pack(&owner, &bolt, packagings).await.refusals();
        assert_eq!(refused(json!([{ "unit": "XBX", "quantity": "2", "of": "XCT" }, { "unit": "XCT", "quantity": "2", "of": "XBX" }])).await,
            [("PACKAGING_CYCLE".into(), "packagings.0.of".into()), ("PACKAGING_CYCLE".into(), "packagings.1.of".into())]);
        assert_eq!(refused(json!([{ "unit": "DZN", "quantity": "10" }])).await, [("PACKAGING_CONTRADICTS".into(), "packagings.0.unit".into())]);
        assert_eq!(refused(json!([{ "unit": "XBX", "quantity": "1.5" }])).await, [("WHOLE_NUMBER_NEEDED".into(), "packagings.0.quantity".into())]);
        // What stands above stays, and so does the unit that all of it leads down to.
        assert_eq!(detail(&buyer, &bolt).await["packagings"].as_array().unwrap().len(), 2);
        let other = json!({ "input": { "productId": bolt["id"], "expectedVersion": bolt["version"], "unit": "KGM" } });
        assert_eq!(owner.run("reviseProduct", other).await.refusals(), [("UNITS_DIFFER".into(), "unit".into())]);
        let stranger = world.stranger().await;
        assert_eq!(pack(&stranger, &bolt, json!([])).await.refusal(), "WRONG_SIDE");
        let unknown = pack(&owner, &bolt, json!([{ "unit": "FURLONG", "quantity": "1" }])).await;
        assert!(unknown.json["errors"].is_array());
        pack(&owner, &bolt, json!([])).await.only();
        assert_eq!(detail(&buyer, &bolt).await["packagings"], json!([]));
    }
}

story! {
    async fn products_stand_to_each_other_and_never_in_a_circle(world) {
        let (owner, buyer) = (world.seller("Thép Việt").await, world.buyer().await);
        let kit = published(&owner, "K-1", "Bộ dụng cụ").await;
        let box_ = published(&owner, "K-2", "Hộp").await;
        let bolt = published(&owner, "K-3", "Bu lông").await;
        let hidden = draft(&owner, "K-4", "Sắp có").await;
        let foreign = published(&world.stranger().await, "F-1", "Khác").await;
        relate(&owner, &kit, "COMPONENT", json!([part(&box_, "1"), part(&bolt, "24")])).await.only();
        relate(&owner, &box_, "COMPONENT", json!([part(&bolt, "2")])).await.only();
        relate(&owner, &kit, "ACCESSORY", json!([to(&hidden), to(&bolt)])).await.only();
        assert_eq!(others(&detail(&owner, &kit).await), ["ACCESSORY K-4", "ACCESSORY K-3", "COMPONENT K-2", "COMPONENT K-3"]);
        assert_eq!(others(&detail(&buyer, &kit).await), ["ACCESSORY K-3", "COMPONENT K-2", "COMPONENT K-3"], "what is not shown is not there");

        let refused = async |product: &Value, kind: &str, relations: Value| relate(&owner, product, kind, relations).await.refusals();
        assert_eq!(refused(&bolt, "COMPONENT", json!([part(&kit, "1")])).await, [("RELATION_CYCLE".into(), "relations".into())]);
        assert_eq!(refused(&bolt, "COMPONENT", json!([to(&kit)])).await, [("REQUIRED".into(), "relations.0.quantity".into())]);
        assert_eq!(refused(&bolt, "SUBSTITUTE", json!([to(&bolt)])).await, [("RELATION_SELF".into(), "relations.0.productId".into())]);
        assert_eq!(refused(&bolt, "SUBSTITUTE", json!([to(&foreign)])).await, [("NOT_FOUND".into(), "relations.0.productId".into())]);
        assert_eq!(refused(&bolt, "SUBSTITUTE", json!([to(&kit), to(&kit)])).await, [("DUPLICATE".into(), "relations.1.productId".into())]);
        relate(&owner, &bolt, "SUBSTITUTE", json!([to(&box_)])).await.only();
        relate(&owner, &box_, "SUBSTITUTE", json!([to(&bolt)])).await.only();
    }
}

story! {
    async fn a_withdrawn_product_answers_its_successor(world) {
        let (owner, buyer) = (world.seller("Thép Việt").await, world.buyer().await);
        let old = published(&owner, "OLD-7", "Đời cũ").await;
        let new = published(&owner, "NEW-8", "Đời mới").await;
        relate(&owner, &old, "SUCCESSOR", json!([{ "productId": new["id"], "from": "2026-04-01" }])).await.only();
        let seen = detail(&buyer, &old).await;
        assert_eq!((&seen["relations"][0]["from"], &seen["relations"][0]["product"]["number"]), (&json!("2026-04-01"), &json!("NEW-8")));
        owner.run("withdrawProduct", json!({ "input": { "productId": old["id"] } })).await.only();
        assert_eq!(others(&detail(&owner, &old).await), ["SUCCESSOR NEW-8"]);
        let found = buyer.run("productsByPartNumber", json!({ "numbers": ["old 7"] })).await.only();
        assert_eq!((&found[0]["matches"][0]["by"], &found[0]["matches"][0]["product"]["number"]), (&json!("PREDECESSOR"), &json!("NEW-8")));
        relate(&owner, &old, "SUCCESSOR", json!([])).await.only();
        let found = buyer.run("productsByPartNumber", json!({ "numbers": ["OLD-7"] })).await.only();
        assert_eq!(found[0]["matches"], json!([]));
    }
}
