//! Product types, what they make of attributes, and variants.

use serde_json::Value;
use tradehall_tests::{Person, json, story};

async fn define(owner: &Person, definitions: Value) -> Value {
    let input = json!({ "input": { "code": "BOLT", "name": "Bolt",
        "translations": [{ "locale": "vi", "text": "Bu lông" }], "definitions": definitions } });
    owner.run("defineProductType", input).await.only()["productType"].clone()
}

fn bolt() -> Value {
    json!([
        { "code": "thread", "label": "Thread", "kind": "ENUM", "traits": ["REQUIRED", "AXIS", "FACET"],
          "translations": [{ "locale": "vi", "text": "Ren" }],
          "options": [{ "code": "M8" }, { "code": "M10", "label": "Metric 10" }] },
        { "code": "length", "kind": "NUMBER", "unit": "MMT", "traits": ["AXIS"] },
        { "code": "coated", "kind": "BOOLEAN" },
        { "code": "since", "kind": "DATE" },
        { "code": "note", "kind": "TEXT", "traits": ["LOCALISED"] },
    ])
}

async fn create(
    owner: &Person,
    number: &str,
    product_type: &Value,
    attributes: Value,
    of: Option<&Value>,
) -> tradehall_tests::Answer {
    let input = json!({ "number": number, "name": "Bu lông", "unit": "C62", "productTypeId": product_type["id"],
                        "attributes": attributes, "variantOfId": of });
    owner.run("createProduct", json!({ "input": input })).await
}

story! {
    async fn a_type_brings_attributes_into_one_form(world) {
        let owner = world.seller("Thép Việt").await;
        let bolt = define(&owner, bolt()).await;
        let product = create(&owner, "B-1", &bolt, json!([
            { "name": "ren", "value": "metric 10" },
            { "name": "LENGTH", "value": "4.0", "unit": "CMT" },
            { "name": "Coated", "value": "Có" },
            { "name": "since", "value": "2026-03-01" },
            { "name": "note", "value": "Zinc", "translations": [{ "locale": "VI", "text": "Mạ kẽm" }] },
            { "name": "Màu", "value": "đỏ" },
        ]), None).await.only()["product"]["id"].clone();
        let seen = owner.run("productVariants", json!({ "id": product })).await.only();
        let attributes: Vec<_> = seen["attributes"].as_array().unwrap().iter()
            .map(|one| format!("{} {} {}", one["name"].as_str().unwrap(), one["value"].as_str().unwrap(), one["unit"].as_str().unwrap_or("-")))
            .collect();
        assert_eq!(attributes, ["thread M10 -", "length 40 MMT", "coated true -", "since 2026-03-01 -", "note Zinc -", "Màu đỏ -"]);
        assert_eq!(seen["attributes"][4]["translations"], json!([{ "locale": "vi", "text": "Mạ kẽm" }]));

        let refused = create(&owner, "B-2", &bolt, json!([
            { "name": "length", "value": "1", "unit": "KGM" },
            { "name": "coated", "value": "maybe" },
            { "name": "since", "value": "01/03/2026" },
            { "name": "Thread", "value": "M12" },
            { "name": "Ren", "value": "M8" },
        ]), None).await.refusals();
        let told: Vec<_> = refused.iter().map(|(code, path)| format!("{code} {path}")).collect();
        assert_eq!(told, ["UNITS_DIFFER attributes.0.unit", "BOOLEAN_MALFORMED attributes.1.value", "DATE_MALFORMED attributes.2.value",
                          "OPTION_UNKNOWN attributes.3.value", "DUPLICATE attributes.4.name"]);
        let missing = create(&owner, "B-3", &bolt, json!([]), None).await;
        assert_eq!(missing.refusals(), [("ATTRIBUTE_REQUIRED".into(), "attributes".into())]);
        let stranger = world.stranger().await;
        assert_eq!(stranger.run("productType", json!({ "id": bolt["id"] })).await.error(), "NOT_FOUND");
        owner.run("publishProduct", json!({ "input": { "productId": product } })).await.only();
        let shown = stranger.run("productType", json!({ "id": bolt["id"] })).await.only();
        assert_eq!((&shown["definitions"][0]["options"][1]["label"], &shown["translations"][0]["text"]), (&json!("Metric 10"), &json!("Bu lông")));
        assert_eq!(create(&stranger, "B-1", &bolt, json!([]), None).await.refusals(), [("NOT_FOUND".into(), "productTypeId".into())]);
    }
}

story! {
    async fn a_type_in_use_is_widened_and_not_narrowed(world) {
        let owner = world.seller("Thép Việt").await;
        let bolt_type = define(&owner, bolt()).await;
        create(&owner, "B-1", &bolt_type, json!([{ "name": "thread", "value": "M8" }]), None).await.only();
        let revise = async |version: i64, change: fn(&mut Vec<Value>)| {
            let mut definitions = bolt().as_array().unwrap().clone();
            change(&mut definitions);
            let input = json!({ "productTypeId": bolt_type["id"], "expectedVersion": version, "code": "BOLT", "name": "Bolt", "definitions": definitions });
            owner.run("reviseProductType", json!({ "input": input })).await
        };
        let in_use = [("PRODUCT_TYPE_IN_USE".to_owned(), "definitions".to_owned())];
        assert_eq!(revise(1, |all| { all.remove(0); }).await.refusals(), in_use);
        assert_eq!(revise(1, |all| { all[0]["options"].as_array_mut().unwrap().remove(0); }).await.refusals(), in_use);
        assert_eq!(revise(1, |all| all[1]["traits"] = json!(["REQUIRED", "AXIS"])).await.refusals(), in_use);
        // What no product uses can go, and more is always welcome.
        revise(1, |all| { all.truncate(2); all[0]["options"].as_array_mut().unwrap().push(json!({ "code": "M12" })); }).await.only();
        assert_eq!(revise(1, |_| ()).await.refusal(), "STALE");
        let wrong = revise(2, |all| {
            all[0]["unit"] = json!("MMT");
            all[1]["options"] = json!([{ "code": "x" }]);
            all.push(json!({ "code": "THREAD", "kind": "ENUM" }));
        }).await.refusals();
        let told: Vec<_> = wrong.iter().map(|(code, path)| format!("{code} {path}")).collect();
        assert_eq!(told, ["INVALID definitions.0.unit", "INVALID definitions.1.options", "TOO_FEW definitions.5.options"]);
        let again = json!({ "input": { "code": "BOLT", "name": "Other", "definitions": [] } });
        assert_eq!(owner.run("defineProductType", again).await.refusals(), [("PRODUCT_TYPE_CODE_TAKEN".into(), "code".into())]);
    }
}

story! {
    async fn variants_differ_on_the_axes_of_their_type(world) {
        let (owner, buyer) = (world.seller("Thép Việt").await, world.buyer().await);
        let bolt = define(&owner, bolt()).await;
        let size = |thread: &str, length: &str, unit: &str| {
            json!([{ "name": "thread", "value": thread }, { "name": "length", "value": length, "unit": unit }])
        };
        let parent = create(&owner, "B", &bolt, json!([{ "name": "thread", "value": "M8" }]), None).await.only()["product"]["id"].clone();
        let first = create(&owner, "B-1", &bolt, size("M8", "40", "MMT"), Some(&parent)).await.only()["product"]["id"].clone();
        let second = create(&owner, "B-2", &bolt, size("M8", "50", "MMT"), Some(&parent)).await.only()["product"].clone();
        let refused = async |number: &str, attributes: Value, of: &Value| create(&owner, number, &bolt, attributes, Some(of)).await.refusal();
        assert_eq!(refused("B-3", size("M8", "4", "CMT"), &parent).await, "VARIANT_EXISTS", "four centimetres are forty millimetres");
        assert_eq!(refused("B-3", json!([{ "name": "thread", "value": "M8" }]), &parent).await, "AXIS_MISSING");
        assert_eq!(refused("B-3", size("M10", "40", "MMT"), &first).await, "VARIANT_NESTED");
        let untyped = json!({ "input": { "number": "U", "name": "U", "unit": "C62", "variantOfId": parent } });
        assert_eq!(owner.run("createProduct", untyped).await.refusals(), [("REQUIRED".into(), "productTypeId".into())]);
        // What its variants hang on stays.
        let revise = |id: &Value, version: i64, part: Value| {
            let mut input = json!({ "productId": id, "expectedVersion": version });
            input.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
            json!({ "input": input })
        };
        assert_eq!(owner.run("reviseProduct", revise(&parent, 1, json!({ "productTypeId": null }))).await.refusal(), "VARIANT_TYPE_DIFFERS");
        let taken = revise(&second["id"], 1, json!({ "attributes": size("M8", "40", "MMT") }));
        assert_eq!(owner.run("reviseProduct", taken).await.refusal(), "VARIANT_EXISTS");

        owner.run("publishProduct", json!({ "input": { "productId": parent } })).await.only();
        owner.run("publishProduct", json!({ "input": { "productId": second["id"] } })).await.only();
        let seen = buyer.run("productVariants", json!({ "id": parent })).await.only();
        let edges = seen["variants"]["edges"].as_array().unwrap();
        assert_eq!(edges.len(), 1, "the other is not shown");
        assert_eq!(edges[0]["node"]["variantAxes"][1], json!({ "name": "length", "value": "50", "unit": "MMT" }));
        let seen = buyer.run("productVariants", json!({ "id": second["id"] })).await.only();
        assert_eq!(seen["variantOf"]["number"], "B");
    }
}
