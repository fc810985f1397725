//! Departments and branches.

use serde_json::Value;
use tradehall_tests::{Client, json, story};

use super::founder;

async fn add(client: &Client, code: &str, parent: &Value) -> Value {
    let input = json!({ "code": code, "name": format!("Unit {code}"), "kind": "DEPARTMENT", "parentId": parent });
    client.send("addUnit", input).await.only()["unit"]["id"].clone()
}

story! {
    async fn a_tree_grows_moves_and_never_bites_its_tail(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        let root = add(&ann, "B", &json!(null)).await;
        let child = add(&ann, "B-1", &root).await;
        let leaf = add(&ann, "B-1-1", &child).await;
        let other = add(&ann, "A", &json!(null)).await;
        let codes = async || {
            let seen = ann.run("units", json!({ "id": id })).await.only();
            let units = seen["units"].as_array().unwrap().clone();
            units.into_iter().map(|unit| unit["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(codes().await, ["A", "B", "B-1", "B-1-1"]);

        let onto = |unit: &Value, parent: &Value| json!({ "unitId": unit, "parentId": parent });
        for parent in [&root, &child, &leaf] {
            let refused = ann.send("moveUnit", onto(&root, parent)).await;
            assert_eq!(refused.refusals(), [("UNIT_CYCLE".to_owned(), "parentId".to_owned())]);
        }
        ann.send("moveUnit", onto(&child, &other)).await.only();
        assert_eq!(codes().await, ["A", "B-1", "B-1-1", "B"]);
        let refused = ann.send("addUnit", json!({ "code": "A", "name": "Twice", "kind": "SITE" })).await;
        assert_eq!(refused.refusals(), [("UNIT_CODE_TAKEN".to_owned(), "code".to_owned())]);

        assert_eq!(ann.send("archiveUnit", json!({ "unitId": child })).await.refusal(), "UNIT_HAS_CHILDREN");
        ann.send("archiveUnit", json!({ "unitId": leaf })).await.only();
        ann.send("archiveUnit", json!({ "unitId": child })).await.only();
        assert_eq!(ann.send("moveUnit", onto(&root, &child)).await.refusal(), "UNIT_ARCHIVED");
        let input = json!({ "unitId": leaf, "expectedVersion": 2, "name": "Again" });
        assert_eq!(ann.send("amendUnit", input).await.refusal(), "UNIT_ARCHIVED");
        let input = json!({ "unitId": root, "expectedVersion": 1, "name": "Bắc", "costCentre": "641" });
        assert_eq!(ann.send("amendUnit", input).await.only()["unit"]["costCentre"], "641");
        let input = json!({ "unitId": root, "expectedVersion": 2, "costCentre": "" });
        assert_eq!(ann.send("amendUnit", input).await.only()["unit"]["costCentre"], json!(null));
    }
}

story! {
    async fn two_moves_that_would_make_a_cycle_together_do_not(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        let (one, other) = (add(&ann, "1", &json!(null)).await, add(&ann, "2", &json!(null)).await);
        let under = |unit: &Value, parent: &Value| json!({ "unitId": unit, "parentId": parent });
        let moves = tokio::join!(
            ann.send("moveUnit", under(&one, &other)),
            ann.send("moveUnit", under(&other, &one)),
        );
        let refused: Vec<_> = [moves.0, moves.1].iter().flat_map(|answer| answer.refusals()).collect();
        assert_eq!(refused, [("UNIT_CYCLE".to_owned(), "parentId".to_owned())]);
        let seen = ann.run("units", json!({ "id": id })).await.only();
        assert_eq!(seen["units"].as_array().unwrap().len(), 2);
    }
}

story! {
    async fn trees_are_twenty_levels_deep_at_most(world) {
        let (ann, _) = founder(&world, "ann@example.com", "Thép Việt").await;
        let mut deepest = json!(null);
        for level in 1..=20 {
            deepest = add(&ann, &format!("L{level}"), &deepest).await;
        }
        let input = json!({ "code": "L21", "name": "Too deep", "kind": "TEAM", "parentId": deepest });
        let refused = ann.send("addUnit", input).await;
        assert_eq!(refused.refusals(), [("UNIT_TOO_DEEP".to_owned(), "parentId".to_owned())]);
        let stump = add(&ann, "S", &json!(null)).await;
        let refused = ann.send("moveUnit", json!({ "unitId": stump, "parentId": deepest })).await;
        assert_eq!(refused.refusal(), "UNIT_TOO_DEEP");
    }
}
