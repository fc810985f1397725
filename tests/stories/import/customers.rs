//! Customers of a shop as a table.

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_domain::access::SystemTask;
use tradehall_domain::organization::{Dossier, OrganizationDraft};
use tradehall_persistence::organization;
use tradehall_tests::{Person, World, json, story};

use super::desk::{counts, failure, reasons};
use crate::customer::{Shop, shown};
use crate::export::export;

/// What the seller knows of its customers: organization, status, number, reach and segments, sorted.
async fn known(shop: &Shop) -> Vec<String> {
    let listed = shop.seller.run("customers", json!({ "first": 100 })).await.only();
    let mut all = Vec::new();
    for node in listed["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]) {
        let segments: Vec<_> =
            node["segments"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let parts = [&node["organization"]["name"], &node["status"], &node["number"], &node["note"], &node["reach"]];
        all.push(format!("{} [{}]", parts.map(text).join(" "), segments.join(" ")));
    }
    all.sort();
    all
}

/// The global id of a person's organization.
fn id(person: &Person) -> String {
    global(person.organization()).0
}

async fn send(world: &World, shop: &Shop, csv: &str) -> Value {
    world.import_csv(&shop.seller, "CUSTOMERS", csv, json!({})).await
}

/// An organization of that name.
async fn company(world: &World, name: &str) -> Person {
    world.seller(name).await
}

story! {
    async fn customers_are_noted_sorted_and_invited(world) {
        let shop = Shop::open(&world, "CUSTOMERS_ONLY").await;
        shop.product("BL-8").await;
        let (an, binh, cuong) = (company(&world, "An").await, company(&world, "Bình").await, company(&world, "Cường").await);
        shop.customer(&an).await;
        for code in ["KEY", "NORTH"] {
            shop.segment(code).await;
        }
        let (a, b, c) = (id(&an), id(&binh), id(&cuong));
        let csv = format!(
            "organization_id,number,note,reach,segments\n{a},K-1,Trả chậm,assortments_only,KEY | NORTH\n{b},K-2,,,\n{c},,,,\n"
        );
        let trial = world.import_csv(&shop.seller, "CUSTOMERS", &csv, json!({ "trial": true })).await;
        assert_eq!(counts(&trial), [2, 1, 0, 0], "{trial:#}");
        assert_eq!(known(&shop).await, ["An APPROVED   GENERAL []"]);
        assert_eq!(shown(&an).await, ["BL-8"]);

        assert_eq!(counts(&send(&world, &shop, &csv).await), [2, 1, 0, 0]);
        let noted = [
            "An APPROVED K-1 Trả chậm ASSORTMENTS_ONLY [KEY NORTH]",
            "Bình INVITED K-2  GENERAL []",
            "Cường INVITED   GENERAL []",
        ];
        assert_eq!(known(&shop).await, noted);
        assert_eq!(shown(&an).await, [""; 0], "nothing but assortments, and there are none");
        assert_eq!(counts(&send(&world, &shop, &csv).await), [0, 0, 3, 0]);

        let csv = "number,reach,segments\nK-1,GENERAL,NORTH\nK-2,,\n";
        assert_eq!(counts(&send(&world, &shop, csv).await), [0, 1, 1, 0]);
        assert_eq!(known(&shop).await[0], "An APPROVED K-1 Trả chậm GENERAL [NORTH]", "there is no column for notes");
        assert_eq!(shown(&an).await, ["BL-8"]);
    }
}

story! {
    async fn rows_of_customers_are_refused_with_a_reason(world) {
        let shop = Shop::open(&world, "OPEN").await;
        let (an, binh, cuong) = (company(&world, "An").await, company(&world, "Bình").await, company(&world, "Cường").await);
        shop.customer(&an).await;
        let rejected = shop.registered(&binh).await;
        shop.decide(&rejected, "rejectParticipation").await;
        shop.segment("KEY").await;
        let (a, b, c, own) = (id(&an), id(&binh), id(&cuong), id(&shop.seller));
        let nobody = global(tradehall_domain::organization::OrganizationId::new()).0;
        let csv = format!(
            "organization_id,number,reach,segments\n{a},K-1,,KEY\n{b},,,\n{c},K-1,,\n{c},,,KEY\n{own},,,\n{nobody},,,\n\
             X,,ALL,\n,K-9,,\n,,GENERAL,\n{a},K-7,,\n"
        );
        let run = send(&world, &shop, &csv).await;
        assert_eq!((&run["status"], counts(&run)), (&json!("PARTLY"), [0, 1, 0, 9]), "{run:#}");
        let expected = [
            (3, "PARTICIPATION_STATUS", "organization_id"),
            (4, "CUSTOMER_NUMBER_TAKEN", "number"),
            (5, "DUPLICATE", "organization_id"),
            (6, "OWN_VENUE", "organization_id"),
            (7, "NOT_FOUND", "organization_id"),
            (8, "INVALID", "organization_id"),
            (8, "INVALID", "reach"),
            (9, "NOT_FOUND", "number"),
            (10, "REQUIRED", "organization_id"),
            (11, "DUPLICATE", "organization_id"),
        ];
        assert_eq!(reasons(&run), expected.map(|(line, code, column)| (line, code.to_owned(), column.to_owned())));
        let run = send(&world, &shop, &format!("organization_id,segments\n{c},KEY\n{a},KEY|NONE\n")).await;
        let expected = [(2, "NOT_APPROVED", "segments"), (3, "KEY_UNKNOWN", "segments")];
        assert_eq!(reasons(&run), expected.map(|(line, code, column)| (line, code.to_owned(), column.to_owned())));
        assert_eq!(known(&shop).await, ["An APPROVED K-1  GENERAL [KEY]", "Bình REJECTED   GENERAL []"]);

        let run = send(&world, &shop, &format!("organization_id,status,note\n{b},REJECTED,Nợ cũ\n")).await;
        assert_eq!(counts(&run), [0, 1, 0, 0], "noted of whoever was rejected, by a file that knows");
        let shopless = company(&world, "Không cửa hàng").await;
        let run = world.import_csv(&shopless, "CUSTOMERS", &format!("organization_id\n{a}\n"), json!({})).await;
        assert_eq!(failure(&run), "NO_SHOP");
    }
}

story! {
    async fn customers_go_out_and_come_back_unchanged(world) {
        let shop = Shop::open(&world, "OPEN").await;
        let (an, binh, cuong) = (company(&world, "An").await, company(&world, "Bình").await, company(&world, "Cường").await);
        shop.customer(&an).await;
        let rejected = shop.registered(&binh).await;
        shop.decide(&rejected, "rejectParticipation").await;
        for code in ["KEY", "NORTH"] {
            shop.segment(code).await;
        }
        let csv = format!("organization_id,number,note,segments\n{},0017,=Trả chậm,KEY|NORTH\n{},,,\n", id(&an), id(&cuong));
        assert_eq!(counts(&send(&world, &shop, &csv).await), [1, 1, 0, 0]);
        let before = known(&shop).await;
        for format in ["CSV", "XLSX"] {
            let done = export(&world, &shop.seller, "CUSTOMERS", format, json!({})).await;
            assert_eq!(done["rowCount"], 3, "{done:#}");
            let run = world.import(&shop.seller, &done["attachment"]["id"], "CUSTOMERS", json!({})).await;
            assert_eq!(counts(&run), [0, 0, 3, 0], "{format}: {run:#}");
        }
        assert_eq!(known(&shop).await, before);
        assert_eq!(export(&world, &an, "CUSTOMERS", "CSV", json!({})).await["rowCount"], 0);
    }
}

/// So many organizations, by their global ids.
async fn crowd(world: &World, count: usize) -> Vec<String> {
    let mut tx = world.system(SystemTask::Import).await;
    let mut ids = Vec::with_capacity(count);
    for n in 0..count {
        let draft = OrganizationDraft { name: format!("Công ty {n}"), country: "VN".to_owned(), ..Default::default() };
        let (dossier, events) = Dossier::found(&draft, tx.now()).unwrap();
        organization::insert(&mut tx, &dossier, &events).unwrap();
        ids.push(global(dossier.organization.id).0);
    }
    tx.commit().await.unwrap();
    ids
}

story! {
    async fn customers_far_apart_contradict_each_other_as_neighbours_do(world) {
        let shop = Shop::open(&world, "OPEN").await;
        let an = company(&world, "An").await;
        shop.customer(&an).await;
        let crowd = crowd(&world, 510).await;
        let an = id(&an);
        send(&world, &shop, &format!("organization_id,number\n{an},K-1\n")).await;
        let before = known(&shop).await;
        let filling: String = crowd[1..].iter().map(|id| format!("{id},\n")).collect();
        let first = &crowd[0];
        for (early, late, code, column) in [
            (format!("{first},K-2"), format!("{an},K-2"), "CUSTOMER_NUMBER_TAKEN", "number"),
            // Named by its id and by the number that it loses, and the other way round.
            (format!("{an},K-3"), ",K-1".to_owned(), "DUPLICATE", "number"),
            (",K-1".to_owned(), format!("{an},K-3"), "DUPLICATE", "organization_id"),
        ] {
            let csv = format!("organization_id,number\n{early}\n{filling}{late}\n");
            for extra in [json!({ "trial": true }), json!({ "mode": "ALL_OR_NOTHING" })] {
                let run = world.import_csv(&shop.seller, "CUSTOMERS", &csv, extra).await;
                assert_eq!(reasons(&run), [(512, code.to_owned(), column.to_owned())]);
            }
            assert_eq!(known(&shop).await, before);
        }
    }
}
