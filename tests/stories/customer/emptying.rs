//! What is called by no product that somebody sees is not known to them either: categories and types.

use serde_json::Value;
use tradehall_tests::{Person, json, story};

use super::Shop;

story! {
    async fn who_sees_nothing_in_a_category_or_of_a_type_knows_of_neither(world) {
        let shop = Shop::open(&world, "OPEN").await;
        let seller = &shop.seller;
        let (key, other) = (world.buyer().await, world.stranger().await);
        let customer = shop.customer(&key).await;
        let tools = category(seller, "T", None).await;
        let drills = category(seller, "D", Some(&tools)).await;
        let kind = product_type(seller, "DRILL").await;
        let one = product(seller, "A", &drills, &kind).await;
        let two = product(seller, "B", &drills, &kind).await;
        let known = async |person: &Person| {
            let mut known = Vec::new();
            for (field, id) in [("category", &tools), ("category", &drills), ("productType", &kind)] {
                known.push(person.run(field, json!({ "id": id })).await.json.get("errors").is_none());
            }
            known
        };
        assert_eq!(known(&other).await, [true; 3]);

        let assortment = shop.assortment("KEY", "EXCLUSIVE", &[&one]).await;
        shop.grant(&assortment, json!({ "customerId": customer }), "SHOWN").await;
        assert_eq!(known(&other).await, [true; 3], "there is another product");
        let list = json!({ "input": { "assortmentId": assortment, "addProductIds": [two["id"]] } });
        seller.run("listInAssortment", list).await.only();
        assert_eq!(known(&other).await, [false; 3]);
        assert_eq!((known(&key).await, known(seller).await), (vec![true; 3], vec![true; 3]));

        // What is above is shown by what else is in it.
        product(seller, "C", &tools, &Value::Null).await;
        assert_eq!(known(&other).await, [true, false, false]);
        let off = json!({ "input": { "assortmentId": assortment, "removeProductIds": [one["id"]] } });
        seller.run("listInAssortment", off).await.only();
        assert_eq!(known(&other).await, [true; 3]);
    }
}

async fn category(owner: &Person, code: &str, parent: Option<&Value>) -> Value {
    let input = json!({ "input": { "code": code, "name": code, "parentId": parent } });
    owner.run("createCategory", input).await.only()["category"]["id"].clone()
}

async fn product_type(owner: &Person, code: &str) -> Value {
    let definitions = json!([{ "code": "coated", "kind": "BOOLEAN" }]);
    let input = json!({ "input": { "code": code, "name": code, "definitions": definitions } });
    owner.run("defineProductType", input).await.only()["productType"]["id"].clone()
}

async fn product(owner: &Person, number: &str, category: &Value, product_type: &Value) -> Value {
    let input = json!({ "input": {
        "number": number, "name": "x", "unit": "C62", "categoryId": category, "productTypeId": product_type,
    } });
    let made = owner.run("createProduct", input).await.only()["product"].clone();
    let input = json!({ "input": { "productId": made["id"] } });
    owner.run("publishProduct", input).await.only()["product"].clone()
}
