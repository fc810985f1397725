//! What is found, and when.

use tradehall_domain::access::PermissionSet;
use tradehall_tests::{json, story};

use super::{facet, find, numbers, publish, settle};
use crate::catalog::{draft, published};

story! {
    async fn words_find_products_whatever_their_marks_and_signs(world) {
        let owner = world.seller("Kim khí Việt").await;
        published(&owner, "BC-M8x40", "Bu lông lục giác M8 x 40").await;
        published(&owner, "DO-M8", "Đai ốc thép M8").await;
        published(&owner, "100%_A", "Vòng bi").await;
        settle(&world).await;
        for (query, expected) in [
            ("đai OC m8", &["DO-M8"][..]),
            ("dai oc", &["DO-M8"]),
            ("bulong", &["BC-M8x40"]),
            ("bu lông", &["BC-M8x40"]),
            ("bcm8x40", &["BC-M8x40"]),
            ("M8 × 40", &["BC-M8x40"]),
            ("bc m8", &["BC-M8x40"]),
            ("vong", &["100%_A"]),
            ("100%", &["100%_A"]),
            ("oc vong", &[]),
        ] {
            assert_eq!(numbers(&owner, query).await, expected, "{query}");
        }
        // Numbers before names, equals by age.
        published(&owner, "VONG", "Bộ 100 chi tiết").await;
        settle(&world).await;
        assert_eq!(numbers(&owner, "vong").await, ["VONG", "100%_A"]);
        for query in ["", "   ", "%", "a\u{0}b", &"x".repeat(201), "a b c d e f g h i j k"] {
            let answer = owner.run("productHits", json!({ "query": query, "first": 10 })).await;
            assert_eq!(answer.error(), "BAD_USER_INPUT", "{query:?}");
            let answer = owner.run("productSuggestions", json!({ "prefix": query })).await;
            assert_eq!(answer.error(), "BAD_USER_INPUT", "{query:?}");
        }
    }
}

story! {
    async fn a_change_is_found_once_the_worker_has_looked(world) {
        let (owner, other) = (world.seller("Thép Việt").await, world.stranger().await);
        let product = draft(&owner, "TH-1", "Thép tấm").await;
        assert_eq!(find(&world, &owner, "thép").await.len(), 1, "one's own draft");
        assert_eq!(find(&world, &other, "thép").await.len(), 0);
        let mut unprivileged = owner.clone();
        unprivileged.actor.permissions = PermissionSet::NONE;
        assert_eq!(find(&world, &unprivileged, "thép").await.len(), 0);
        assert_eq!(numbers(&world.nobody(), "thép").await, [""; 0], "no shop shows visitors anything");

        let input = json!({ "input": { "productId": product["id"] } });
        owner.run("publishProduct", input.clone()).await.only();
        assert_eq!(find(&world, &other, "thép").await.len(), 1);
        assert_eq!(find(&world, &unprivileged, "thép").await.len(), 1);
        let revised = json!({ "input": { "productId": product["id"], "expectedVersion": 2, "name": "Tôn lợp" } });
        owner.run("reviseProduct", revised).await.only();
        assert_eq!(find(&world, &other, "tấm").await.len(), 0);
        assert_eq!(find(&world, &other, "tôn").await.len(), 1);

        // Withdrawn, it is not shown even before the index knows.
        owner.run("withdrawProduct", input).await.only();
        assert_eq!(numbers(&other, "tôn").await.len(), 0);
        assert_eq!(find(&world, &other, "tôn").await.len(), 0);
        assert_eq!(find(&world, &owner, "tôn").await.len(), 1);
    }
}

story! {
    async fn a_category_that_is_called_otherwise_is_found_otherwise(world) {
        let owner = world.seller("Thép Việt").await;
        let category = async |code: &str, name: &str, parent: Option<&serde_json::Value>| {
            let input = json!({ "input": { "code": code, "name": name, "parentId": parent } });
            owner.run("createCategory", input).await.only()["category"].clone()
        };
        let top = category("T", "Vật liệu", None).await;
        let below = category("B", "Ống", Some(&top["id"])).await;
        publish(&owner, json!({ "number": "1", "name": "Inox 304", "unit": "C62", "categoryId": below["id"] })).await;
        assert_eq!(find(&world, &owner, "vật liệu inox").await.len(), 1);
        let name = json!({ "input": { "categoryId": top["id"], "expectedVersion": 2, "name": "Kim loại" } });
        owner.run("reviseCategory", name).await.only();
        assert_eq!(find(&world, &owner, "kim loai ong").await.len(), 1);
        assert_eq!(find(&world, &owner, "vật liệu").await.len(), 0);
        let found = owner.run("productSearch", json!({ "query": "inox", "first": 1 })).await.only();
        assert_eq!(facet(&found, "CATEGORY", None).len(), 2);
    }
}

story! {
    async fn errors_are_forgiven_only_where_nothing_is_met(world) {
        let owner = world.seller("Kim khí Việt").await;
        published(&owner, "1", "Stainless hinge").await;
        published(&owner, "2", "Bản lề thép").await;
        published(&owner, "M8", "Vít").await;
        settle(&world).await;
        let asked = async |query: &str| owner.run("productHits", json!({ "query": query, "first": 9 })).await.only();
        assert_eq!(numbers(&owner, "stainles").await, ["1"], "a beginning");
        assert_eq!(numbers(&owner, "stianless hinge").await, ["1"]);
        assert_eq!(asked("stianless hinge").await["didYouMean"], "stainless hinge");
        assert_eq!(numbers(&owner, "theo").await, ["2"]);
        assert_eq!(numbers(&owner, "tep").await, [""; 0], "three letters are not guessed at");
        assert_eq!(asked("tep").await["didYouMean"], "thép", "as it is written in the products");
        assert_eq!(numbers(&owner, "M9").await, [""; 0], "another digit is another product");
        assert_eq!(asked("thép hinge").await["didYouMean"], "thép");
        assert_eq!(asked("xyzzy").await["didYouMean"], json!(null));
        assert_eq!(asked("xyzzy").await["totalCount"], 0);
    }
}
