//! Media and documents of a product: seen by whoever sees the product, and certificates that end.

use jiff::SignedDuration;
use serde_json::Value;
use tradehall_tests::{Answer, Person, json, story};

use super::draft;
use crate::attachment::market::{Market, PDF};

/// The smallest file that begins as a PNG does.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00";

async fn document(owner: &Person, product: &Value, documents: Value) -> Answer {
    owner.run("documentProduct", json!({ "input": { "productId": product["id"], "documents": documents } })).await
}

fn certificate(file: &Value, expires: &str) -> Value {
    json!({ "attachmentId": file, "role": "CERTIFICATE", "certificate": { "number": "ISO-9001", "issued": "2024-01-01", "expires": expires } })
}

async fn kinds(owner: &Person, world: &tradehall_tests::World) -> Vec<String> {
    tradehall::worker::step(&world.app).await.unwrap();
    let tx = owner.session().reading().await.unwrap();
    let page = tradehall_persistence::PageRequest::first(100);
    let events = tradehall_persistence::event::trail(&tx, &page).await.unwrap();
    events.items.into_iter().map(|event| event.kind).filter(|kind| kind.starts_with("CERTIFICATE")).collect()
}

story! {
    async fn whoever_sees_a_product_sees_its_files(world) {
        let market = Market::open(world).await;
        let (owner, buyer) = (market.world.seller("Thép Việt").await, market.world.buyer().await);
        let product = draft(&owner, "B-1", "Bu lông").await;
        let picture = market.upload(&owner, "b.png", "image/png", PNG).await;
        let sheet = market.upload(&owner, "b.pdf", "application/pdf", PDF).await;
        document(&owner, &product, json!([
            { "attachmentId": picture, "role": "IMAGE", "translations": [{ "locale": "vi", "text": "Bu lông" }] },
            { "attachmentId": sheet, "role": "DATASHEET" },
        ])).await.only();
        assert_eq!(buyer.run("attachment", json!({ "id": picture })).await.error(), "NOT_FOUND");
        owner.run("publishProduct", json!({ "input": { "productId": product["id"] } })).await.only();
        let seen = buyer.run("productDetail", json!({ "id": product["id"] })).await.only();
        assert_eq!((&seen["documents"][0]["role"], &seen["documents"][0]["translations"][0]["text"]), (&json!("IMAGE"), &json!("Bu lông")));
        let url = seen["documents"][1]["attachment"]["url"].as_str().unwrap();
        assert_eq!(market.get(url, &[]).await.body, PDF);
        assert_eq!(buyer.run("attachment", json!({ "id": picture })).await.only()["fileName"], "b.png");
        owner.run("withdrawProduct", json!({ "input": { "productId": product["id"] } })).await.only();
        assert_eq!(buyer.run("attachment", json!({ "id": picture })).await.error(), "NOT_FOUND", "what is withdrawn takes its files along");

        let refused = document(&owner, &product, json!([
            { "attachmentId": sheet, "role": "IMAGE" },
            { "attachmentId": sheet, "role": "MANUAL", "certificate": { "number": "1" } },
            { "attachmentId": picture, "role": "CERTIFICATE" },
        ])).await.refusals();
        let told: Vec<_> = refused.iter().map(|(code, path)| format!("{code} {path}")).collect();
        assert_eq!(told, ["MEDIA_TYPE_REFUSED documents.0.attachmentId", "INVALID documents.1.certificate", "REQUIRED documents.2.certificate"]);
        let theirs = market.upload(&buyer, "x.pdf", "application/pdf", PDF).await;
        let foreign = document(&owner, &product, json!([{ "attachmentId": theirs, "role": "MANUAL" }])).await;
        assert_eq!(foreign.refusals(), [("NOT_FOUND".into(), "documents.0.attachmentId".into())]);
        document(&owner, &product, json!([])).await.only();
        let free = owner.run("attachment", json!({ "id": sheet })).await.only();
        assert_eq!(free["availableActions"][0]["allowed"], true, "a file that was taken off can be taken away");
    }
}

story! {
    async fn a_certificate_tells_that_it_ends(world) {
        let market = Market::open(world).await;
        let world = &market.world;
        let owner = world.seller("Thép Việt").await;
        let product = draft(&owner, "B-1", "Bu lông").await;
        let sheet = market.upload(&owner, "iso.pdf", "application/pdf", PDF).await;
        let told = |answer: Answer| answer.refusals();
        let expired = document(&owner, &product, json!([certificate(&sheet, "2026-03-01")])).await;
        assert_eq!(told(expired), [("CERTIFICATE_EXPIRED".into(), "documents.0.certificate.expires".into())]);
        let backward = document(&owner, &product, json!([certificate(&sheet, "2023-12-31")])).await;
        assert_eq!(told(backward), [("ENDS_BEFORE_START".into(), "documents.0.certificate.expires".into())]);
        // It is dawn of the second of March: the last day is forty days ahead.
        document(&owner, &product, json!([certificate(&sheet, "2026-04-11")])).await.only();
        assert_eq!(kinds(&owner, world).await, [""; 0]);
        world.pass(SignedDuration::from_hours(24 * 11));
        assert_eq!(kinds(&owner, world).await, ["CERTIFICATE_EXPIRING"]);
        world.pass(SignedDuration::from_hours(24 * 29));
        assert_eq!(kinds(&owner, world).await, ["CERTIFICATE_EXPIRING"], "its last day is not over");
        world.pass(SignedDuration::from_hours(16));
        assert_eq!(kinds(&owner, world).await, ["CERTIFICATE_EXPIRED", "CERTIFICATE_EXPIRING"]);
        assert_eq!(kinds(&owner, world).await.len(), 2, "nothing is told twice");
    }
}
