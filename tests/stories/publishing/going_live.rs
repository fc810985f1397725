//! From the first change to the version that is live, and the one after it.

use jiff::SignedDuration;
use tradehall::worker::step as work;
use tradehall_tests::{json, story};

use super::{add, additions, live, read, says, step, version};
use crate::catalog::{draft, found, published};
use crate::search::{numbers, settle};

story! {
    async fn a_version_goes_live_whole(world) {
        let (owner, buyer) = (world.seller("Thép Việt").await, world.buyer().await);
        let kept = published(&owner, "K-1", "Đai ốc").await;
        let gone = published(&owner, "G-1", "Then").await;
        let hidden = draft(&owner, "H-1", "Chốt").await;
        let category = json!({ "input": { "code": "C", "name": "Bu lông" } });
        let category = owner.run("createCategory", category).await.only()["category"]["id"].clone();
        let spring = version(&owner, "Mùa xuân").await;
        let results = add(&owner, &spring, json!([
            { "add": { "number": "N-1", "name": "Bu lông M8", "unit": "C62", "categoryId": category } },
            { "revise": { "productId": kept["id"], "expectedVersion": kept["version"],
                          "content": { "number": "K-1", "name": "Đai ốc M8", "unit": "C62",
                                       "attributes": [{ "name": "Ren", "value": "M8" }] } } },
            { "publish": { "productId": hidden["id"], "expectedVersion": hidden["version"] } },
            { "withdraw": { "productId": gone["id"], "expectedVersion": gone["version"] } },
        ])).await;
        assert!(results.iter().all(|result| result["userErrors"] == json!([])), "{results:?}");
        assert_eq!(found(&buyer, json!({})).await, ["G-1", "K-1"]);

        let seen = read(&owner, &spring).await;
        assert_eq!(seen["changeCount"], 4);
        let fields = &seen["changes"]["edges"][1]["node"]["fields"];
        assert_eq!(fields[0], json!({ "field": "attributes", "before": null, "after": "Ren" }));
        assert_eq!(fields[2], json!({ "field": "name", "before": "Đai ốc", "after": "Đai ốc M8" }));

        step(&owner, "submitCatalogVersion", &spring).await;
        let late = json!({ "input": { "catalogVersionId": spring, "changes": additions(&["L-1"]) } });
        assert_eq!(owner.run("addCatalogChanges", late).await.refusal(), "CATALOG_VERSION_STATUS");
        let done = step(&owner, "publishCatalogVersion", &spring).await;
        assert_eq!((&done["status"], &done["sequence"]), (&json!("LIVE"), &json!(1)));

        let mut all = found(&buyer, json!({})).await;
        all.sort();
        assert_eq!(all, ["H-1", "K-1", "N-1"]);
        let revised = buyer.run("product", json!({ "id": kept["id"] })).await.only();
        assert_eq!((&revised["name"], &revised["version"]), (&json!("Đai ốc M8"), &json!(3)));
        let sorted = buyer.run("category", json!({ "id": category, "first": 10 })).await.only();
        assert_eq!(sorted["name"], "Bu lông", "what stands in a category shows it");
        settle(&world).await;
        assert_eq!(numbers(&buyer, "bu long m8").await, ["N-1"], "search hears of all products by the version's one event");
        assert_eq!(numbers(&buyer, "G-1").await, [""; 0]);

        // What it changed stays told as it was, whatever comes after.
        let after = owner.run("product", json!({ "id": kept["id"] })).await.only();
        let input = json!({ "input": { "productId": kept["id"], "expectedVersion": after["version"], "name": "Khác" } });
        owner.run("reviseProduct", input).await.only();
        let seen = read(&owner, &spring).await;
        assert_eq!(seen["changes"]["edges"][1]["node"]["fields"][2]["after"], "Đai ốc M8");
        assert_eq!(says(&seen["conflicts"], "number"), [""; 0]);

        let summer = live(&owner, "Mùa hè", additions(&["N-2"])).await;
        assert_eq!(read(&owner, &summer).await["sequence"], 2);
        assert_eq!(read(&owner, &spring).await["status"], "SUPERSEDED");
        work(&world.app).await.unwrap();
        let timeline = owner.run("catalogVersionTimeline", json!({ "id": spring })).await.only();
        let kinds = says(&timeline["timeline"], "kind");
        assert_eq!(kinds[..2], ["CATALOG_VERSION_SUPERSEDED", "CATALOG_VERSION_PUBLISHED"]);
    }
}

story! {
    async fn a_version_goes_live_by_itself_to_the_second(world) {
        let (owner, buyer) = (world.seller("Thép Việt").await, world.buyer().await);
        let spring = version(&owner, "Mùa xuân").await;
        add(&owner, &spring, additions(&["N-1"])).await;
        step(&owner, "submitCatalogVersion", &spring).await;
        let at = |time: SignedDuration| {
            let time = (world.now() + time).to_string();
            json!({ "input": { "catalogVersionId": spring, "publishAt": time } })
        };
        let schedule = async |time| owner.run("scheduleCatalogVersion", at(time)).await;
        assert_eq!(schedule(SignedDuration::ZERO).await.refusals(), [("IN_PAST".into(), "publishAt".into())]);
        assert_eq!(schedule(SignedDuration::from_hours(24 * 731)).await.refusal(), "TOO_FAR");
        schedule(SignedDuration::from_secs(60)).await.only();
        world.pass(SignedDuration::from_secs(59));
        work(&world.app).await.unwrap();
        assert_eq!(found(&buyer, json!({})).await, [""; 0]);
        world.pass(SignedDuration::from_secs(1));
        assert_eq!(work(&world.app).await.unwrap().deadlines, 1);
        assert_eq!(found(&buyer, json!({})).await, ["N-1"]);
        assert_eq!(read(&owner, &spring).await["status"], "LIVE");
        assert_eq!(work(&world.app).await.unwrap().deadlines, 0);
    }
}

story! {
    async fn two_versions_are_compared(world) {
        let owner = world.seller("Thép Việt").await;
        let one = live(&owner, "1", additions(&["A-1", "B-1"])).await;
        let seen = read(&owner, &one).await;
        let product = |n: usize| seen["changes"]["edges"][n]["node"]["product"].clone();
        let revise = |n: usize, version: i64, number: &str, name: &str| {
            json!({ "revise": { "productId": product(n)["id"], "expectedVersion": version,
                                "content": { "number": number, "name": name, "unit": "C62" } } })
        };
        let two = live(&owner, "2", json!([revise(0, 1, "A-1", "Vít"), revise(1, 1, "B-1", "Then")])).await;
        let three = live(&owner, "3", json!([revise(0, 2, "A-1", "Ốc vít"), revise(1, 2, "B-1", "Bu lông"),
                                             { "add": { "number": "C-1", "name": "Chốt", "unit": "C62" } }])).await;
        let compare = async |from: &serde_json::Value, to: &serde_json::Value| {
            let page = owner.run("catalogDiff", json!({ "fromId": from, "toId": to })).await;
            assert!(page.statements <= 6, "{}", page.statements);
            let page = page.only();
            let edges = page["edges"].as_array().unwrap().clone();
            edges.iter().map(|edge| edge["node"].clone()).collect::<Vec<_>>()
        };
        let all = compare(&one, &three).await;
        let name = |before: &str, after: &str| json!([{ "field": "name", "before": before, "after": after }]);
        assert_eq!(all[0]["fields"], name("Bu lông", "Ốc vít"));
        assert_eq!(all[1]["fields"], json!([]), "what one took the other gave back");
        assert_eq!(all[2]["fields"][0], json!({ "field": "name", "before": null, "after": "Chốt" }));
        assert_eq!(compare(&two, &two).await.len(), 0);
        let back = compare(&three, &two).await;
        assert_eq!(back[0]["fields"], name("Ốc vít", "Vít"));
        assert_eq!(back[2]["fields"][0], json!({ "field": "name", "before": "Chốt", "after": null }));
        let draft = version(&owner, "4").await;
        let unpublished = owner.run("catalogDiff", json!({ "fromId": one, "toId": draft })).await;
        assert_eq!(unpublished.error(), "BAD_USER_INPUT");
    }
}
