//! An answer has an end, however much is stored and however it is asked for.

use tradehall_tests::{Raw, json, story};

use super::desk::Desk;

/// A selection of `count` aliases of the same text.
fn texts(count: usize) -> String {
    (0..count).map(|n| format!("t{n}: description ")).collect()
}

story! {
    async fn a_page_of_long_requests_is_answered_until_it_is_too_much(world) {
        let desk = Desk::open(&world).await;
        let lines = json!((0..1_000).map(|n| {
            json!({ "description": format!("Bolt {n}"), "quantity": "1", "unit": "C62" })
        }).collect::<Vec<_>>());
        for _ in 0..9 {
            let content = desk.content(lines.clone(), "OPEN");
            desk.buyer.run("draftRfq", json!({ "input": { "content": content } })).await.ok();
        }
        let ask = async |selection: &str| {
            let document = format!("{{ rfqs(view: SENT, first: 10) {{ nodes {{ lines {{ {selection} }} }} }} }}");
            desk.buyer.ask(&document, json!({})).await
        };
        let seen = ask(&texts(30)).await.only();
        assert_eq!(seen["nodes"][5]["lines"].as_array().unwrap().len(), 1_000);
        assert_eq!(ask(&texts(50)).await.error(), "LIMIT_EXCEEDED", "9 000 objects with 50 values each");
    }
}

story! {
    async fn no_statement_answers_more_rows_than_fit(world) {
        let desk = Desk::open(&world).await;
        let id = tradehall::graphql::id::global(desk.buyer.organization());
        let (organization, new) = if world.url.starts_with("sqlite:") {
            (format!("x'{}'", desk.buyer.organization().uuid().simple()), "randomblob(16)")
        } else {
            (format!("'{}'", desk.buyer.organization().uuid()), "gen_random_uuid()")
        };
        let mut raw = Raw::open(&world.url).await;
        let fill = async |raw: &mut Raw, from: u32, to: u32| {
            raw.execute(&format!(
                "INSERT INTO organization_unit (id, organization_id, code, name, kind, version)
                 WITH RECURSIVE count (n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM count WHERE n < {to})
                 SELECT {new}, {organization}, 'U' || n, 'Unit', 'TEAM', 1 FROM count"
            ))
            .await
        };
        assert_eq!(fill(&mut raw, 1, 50_000).await, 50_000);
        let units = "query($id: ID!) { organization(id: $id) { units { code } } }";
        let seen = desk.buyer.ask(units, json!({ "id": id })).await.only();
        assert_eq!(seen["units"].as_array().unwrap().len(), 50_000);
        fill(&mut raw, 50_001, 50_001).await;
        assert_eq!(desk.buyer.ask(units, json!({ "id": id })).await.error(), "LIMIT_EXCEEDED");
        // The request failed, and nothing else: the connection serves the next one.
        assert_eq!(desk.buyer.run("organization", json!({ "id": id })).await.only()["id"], json!(id));
    }
}
