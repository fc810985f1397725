//! A version costs the same statements, whatever it holds.

use tradehall_tests::{json, story};

use super::{add, additions, read, step, version};

story! {
    async fn publishing_does_not_go_product_by_product(world) {
        let owner = world.seller("Thép Việt").await;
        let mut costs = Vec::new();
        for (n, size) in [1, 300].into_iter().enumerate() {
            let big = version(&owner, "Lớn").await;
            let numbers: Vec<_> = (0..size).map(|i| format!("N{n}-{i}")).collect();
            let numbers: Vec<_> = numbers.iter().map(String::as_str).collect();
            add(&owner, &big, additions(&numbers)).await;
            step(&owner, "submitCatalogVersion", &big).await;
            let input = json!({ "input": { "catalogVersionId": big } });
            let answer = owner.run("publishCatalogVersion", input).await;
            costs.push(answer.statements);
            answer.only();
            let page = read(&owner, &big).await;
            assert_eq!(page["changes"]["edges"].as_array().unwrap().len(), size.min(100));
        }
        // The second supersedes the first, which is one row more in the same statement.
        assert_eq!(costs[0], costs[1]);
    }
}
