//! A public request that everybody answers: its lists stay bounded, and the buyer can still ask whom it wants.

use serde_json::Value;
use tradehall::graphql::id::{global, parse};
use tradehall_domain::access::SystemTask;
use tradehall_domain::id::Id;
use tradehall_domain::organization::{Dossier, OrganizationDraft};
use tradehall_domain::quote::{Quote, QuoteEvent};
use tradehall_domain::rfq::{Invitation, UNASKED_MAX};
use tradehall_persistence::{organization, quote, rfq};
use tradehall_tests::{World, json, story};

use super::desk::Desk;
use crate::live::bolts;

/// So many more organizations quote as the one behind `like` did. `mark` makes their names.
async fn others_quote(world: &World, like: &Value, count: usize) {
    let (_, id) = parse(like.as_str().unwrap()).unwrap();
    let mut tx = world.system(SystemTask::Import).await;
    let first = quote::load(&tx, Id::from_uuid(id)).await.unwrap();
    let asked = rfq::load(&tx, first.rfq).await.unwrap();
    for n in 0..count {
        let draft = OrganizationDraft { name: format!("Seller {n}"), country: "VN".to_owned(), ..Default::default() };
        let (dossier, events) = Dossier::found(&draft, tx.now()).unwrap();
        organization::insert(&mut tx, &dossier, &events).unwrap();
        let seller = dossier.organization.id;
        let copy = Quote { id: Id::new(), seller, ..first.clone() };
        quote::insert(&mut tx, &copy, &QuoteEvent::Submitted { number: 1 }).unwrap();
        if asked.reveals_quotes() {
            let promise = Invitation::take_up(&asked, seller, tx.now()).unwrap();
            rfq::invitation::insert(&mut tx, &[promise]).unwrap();
        }
        tx.flush().await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn full(world: &World, bidding: &str) {
    let desk = Desk::open_in(world, "PUBLIC").await;
    let rfq = desk.publish_to_all(bolts(&desk), bidding).await;
    let first = world.seller("Thép Việt").await;
    let lines = desk.priced(&first, &rfq, "1").await;
    let quote = desk.quote(&first, &rfq, lines.clone()).await;
    let asked = world.seller("Kim Khí Á Châu").await;
    desk.ask(&asked, &rfq).await.ok();
    desk.quote(&asked, &rfq, lines.clone()).await;

    others_quote(world, &quote, UNASKED_MAX - 2).await;
    let last = world.seller("Cơ Khí Gia Lai").await;
    desk.quote(&last, &rfq, lines.clone()).await;
    let late = world.seller("Đến Muộn").await;
    assert_eq!(desk.try_quote(&late, &rfq, lines.clone()).await.refusal(), "RFQ_IS_FULL");
    let drafted = late.run("draftQuote", desk.drafted(&rfq, lines.clone())).await.only()["quote"]["id"].clone();
    let submit = json!({ "input": { "quoteId": drafted } });
    assert_eq!(late.run("submitDraftedQuote", submit.clone()).await.refusal(), "RFQ_IS_FULL");
    // Who is in may go on, and who is asked has its own room.
    desk.quote(&first, &rfq, lines).await;
    desk.ask(&late, &rfq).await.ok();
    late.run("submitDraftedQuote", submit).await.ok();
    let suppliers: Vec<_> = (0..499).map(|_| global(late.organization()).0).collect();
    let many = json!({ "input": { "rfqId": rfq, "supplierIds": suppliers } });
    let refused = desk.buyer.run("inviteSuppliers", many).await.refusals();
    assert_eq!(refused, [("TOO_MANY".to_owned(), "supplierIds".to_owned())], "two are asked already");
}

story! {
    async fn an_open_request_takes_so_many_unasked(world) {
        full(&world, "OPEN").await;
    }
}

story! {
    async fn a_sealed_request_takes_so_many_unasked(world) {
        full(&world, "SEALED").await;
    }
}
