//! Whoever changes a product waits for its owner's turn before it locks the product: what has the turn may lock any product.

use serde_json::Value;
use tradehall_domain::catalog::Product;
use tradehall_persistence::Turn;
use tradehall_tests::{Person, Raw, World, id_of, json};

use super::{draft, published};

/// Has `other` begin while the owner has its turn, and sees that the product is free for it, as for a publication; what the other got.
async fn in_turn<T: Send + 'static>(
    world: &World,
    owner: &Person,
    id: &Value,
    other: impl Future<Output = T> + Send + 'static,
) -> T {
    let mut held = world.transaction(owner).await;
    Turn::take(&mut held, owner.organization()).await.unwrap();
    let other = tokio::spawn(other);
    world.until_waiting(&other).await;
    let product = id_of::<Product>(id);
    let free =
        format!("SELECT count(*) FROM (SELECT 1 FROM product WHERE id = '{product}' FOR UPDATE SKIP LOCKED) free");
    assert_eq!(Raw::open(&world.url).await.integer(&free).await, 1, "it is locked by somebody who waits");
    assert!(!other.is_finished(), "it takes no turn");
    held.commit().await.unwrap();
    other.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_change_of_a_product_holds_it_while_it_waits_for_its_turn() {
    let world = World::postgres().await;
    let owner = world.seller("Thép Việt").await;
    let input = json!({ "input": { "code": "C", "name": "Bu lông" } });
    let category = owner.run("createCategory", input).await.only()["category"]["id"].clone();
    let product = draft(&owner, "P-1", "Đai ốc").await["id"].clone();
    let successor = published(&owner, "P-2", "Đai ốc").await["id"].clone();
    let verbs = [
        ("reviseProduct", json!({ "productId": product, "expectedVersion": 1, "categoryId": category })),
        ("publishProduct", json!({ "productId": product })),
        ("reviseProduct", json!({ "productId": product, "expectedVersion": 3, "name": "Đai ốc M8" })),
        (
            "relateProduct",
            json!({ "productId": product, "kind": "SUCCESSOR", "relations": [{ "productId": successor }] }),
        ),
    ];
    for (verb, input) in verbs {
        let sender = owner.clone();
        let sent = async move { sender.run(verb, json!({ "input": input })).await };
        in_turn(&world, &owner, &product, sent).await.only();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_import_holds_products_while_it_waits_for_its_turn() {
    let world = World::postgres().await;
    let owner = world.seller("Thép Việt").await;
    let input = json!({ "input": { "code": "C", "name": "Bu lông" } });
    owner.run("createCategory", input).await.only();
    let product = published(&owner, "P-1", "Đai ốc").await["id"].clone();
    let (sender, importing) = (owner.clone(), world.clone());
    let rows = "number,name,category\nP-1,Đai ốc M8,C\n";
    let import = async move { importing.import_csv(&sender, "PRODUCTS", rows, json!({})).await };
    let run = in_turn(&world, &owner, &product, import).await;
    assert_eq!((&run["status"], &run["counts"]["changed"]), (&json!("COMPLETED"), &json!(1)), "{run}");
}
