//! What a seller shows, decided twice at the same moment: whoever comes second decides on what the first has left.

use tradehall::catalog::{ProductStep, StepProduct};
use tradehall::customer::{DefineAssortment, RevokeAssortment};
use tradehall::venue::{DecideParticipation, Decision};
use tradehall_domain::customer::{AssortmentDraft, AssortmentKind, Grantee};
use tradehall_tests::{World, id_of, json};

use super::{Shop, part_of, shown};
use crate::catalog::draft;

/// Everything of this brand, for those it is granted to.
fn exclusive(brand: &str) -> AssortmentDraft {
    AssortmentDraft {
        code: Some("X".to_owned()),
        name: Some("X".to_owned()),
        kind: Some(AssortmentKind::Exclusive),
        categories: None,
        brands: Some(vec![brand.to_owned()]),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_joins_a_segment_while_its_grant_is_taken_back_sees_nothing_by_it() {
    let world = World::postgres().await;
    let shop = Shop::open(&world, "OPEN").await;
    let special = shop.product("BL-9").await;
    let key = world.buyer().await;
    let customer = shop.customer(&key).await;
    let assortment = shop.assortment("KEY", "EXCLUSIVE", &[&special]).await;
    let segment = shop.segment("KEY").await;
    shop.grant(&assortment, json!({ "segmentId": segment }), "SHOWN").await;

    let revoke = RevokeAssortment { assortment: id_of(&assortment), grantee: Grantee::Segment(id_of(&segment)) };
    let revoked = world.begun(&shop.seller, revoke).await;
    let join = json!({ "input": { "segmentId": segment, "addCustomerIds": [customer] } });
    let seller = shop.seller.clone();
    world.beside(revoked, async move { seller.run("sortCustomers", join).await }).await.only();
    assert_eq!(shown(&key).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_suspended_at_the_same_time_is_put_into_no_segment() {
    let world = World::postgres().await;
    let shop = Shop::open(&world, "CUSTOMERS_ONLY").await;
    shop.product("BL-8").await;
    let key = world.buyer().await;
    let customer = shop.customer(&key).await;
    assert_eq!(shown(&key).await, ["BL-8"]);
    let segment = shop.segment("KEY").await;
    let suspend = || async {
        let participation = id_of(&part_of(&key).await);
        world.begun(&shop.seller, DecideParticipation { participation, decision: Decision::Suspend }).await
    };

    let suspended = suspend().await;
    let join = json!({ "input": { "segmentId": segment, "addCustomerIds": [customer] } });
    let seller = shop.seller.clone();
    let joined = world.beside(suspended, async move { seller.run("sortCustomers", join).await }).await;
    assert_eq!(joined.refusals(), [("NOT_APPROVED".into(), "addCustomerIds".into())]);
    assert_eq!(shown(&key).await, [""; 0]);

    // A file is no other way in.
    shop.decide(&part_of(&key).await, "reinstateParticipation").await;
    let suspended = suspend().await;
    let own = tradehall::graphql::id::global(key.organization()).0;
    let rows = format!("organization_id,segments\n{own},KEY\n");
    let (seller, importing) = (shop.seller.clone(), world.clone());
    let import = async move { importing.import_csv(&seller, "CUSTOMERS", &rows, json!({})).await };
    let run = world.beside(suspended, import).await;
    assert_eq!(run["counts"]["rejected"], 1, "{run}");
    assert_eq!(shown(&key).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_imported_while_an_assortment_is_made_belongs_to_it() {
    let world = World::postgres().await;
    let shop = Shop::open(&world, "OPEN").await;
    let guest = world.stranger().await;
    let defined = world.begun(&shop.seller, DefineAssortment { draft: exclusive("Bosch"), key: None }).await;
    let (seller, importing) = (shop.seller.clone(), world.clone());
    let rows = "number,name,unit,brand\nA,Khoan,C62,Bosch\nB,Búa,C62,Stanley\n";
    let import = async move {
        importing.import_csv(&seller, "PRODUCTS", rows, json!({ "options": { "newProducts": "PUBLISHED" } })).await
    };
    let run = world.beside(defined, import).await;
    assert_eq!(run["status"], "COMPLETED", "{run}");
    assert_eq!(shown(&guest).await, ["B"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_products_that_come_into_an_assortment_at_once_share_its_group() {
    let world = World::postgres().await;
    let shop = Shop::open(&world, "OPEN").await;
    let defined = world.begun(&shop.seller, DefineAssortment { draft: exclusive("Bosch"), key: None }).await;
    defined.commit().await.unwrap();
    let mut products = Vec::new();
    for number in ["A", "B"] {
        let product = draft(&shop.seller, number, "Khoan").await["id"].clone();
        let input = json!({ "input": { "productId": product, "expectedVersion": 1, "brand": "Bosch" } });
        shop.seller.run("reviseProduct", input).await.only();
        products.push(product);
    }
    let one = StepProduct { product: id_of(&products[0]), step: ProductStep::Publish };
    let published = world.begun(&shop.seller, one).await;
    let other = json!({ "input": { "productId": products[1] } });
    let seller = shop.seller.clone();
    world.beside(published, async move { seller.run("publishProduct", other).await }).await.only();
    assert_eq!(shown(&shop.seller).await, ["A", "B"]);
    assert_eq!(shown(&world.stranger().await).await, [""; 0]);
}
