//! An agreement beside its seller's decision about the customer: who is stopped pays no agreed price.

use tradehall::venue::{DecideParticipation, Decision};
use tradehall_persistence::Tx;
use tradehall_tests::{World, id_of, json};

use super::Trade;
use crate::customer::part_of;

/// The seller decides about its customer, and has not committed.
async fn decided(trade: &Trade, decision: Decision) -> Tx {
    let participation = id_of(&part_of(&trade.buyer).await);
    trade.world.begun(trade.seller(), DecideParticipation { participation, decision }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_suspended_at_the_same_time_accepts_nothing() {
    let world = World::postgres().await;
    let trade = Trade::prepare(&world).await;
    let (id, hash) = trade.offered(&trade.content()).await;
    let suspended = decided(&trade, Decision::Suspend).await;
    let (buyer, input) = (trade.buyer.clone(), json!({ "input": { "agreementId": id, "hash": hash } }));
    let accepted = world.beside(suspended, async move { buyer.run("acceptAgreement", input).await }).await;
    assert_eq!(accepted.refusal(), "NOT_IN_VENUE");
    assert_eq!(trade.price(&trade.buyer, "10").await.1, "100000");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_suspended_while_its_buyer_comes_back_stays_suspended() {
    let world = World::postgres().await;
    let trade = Trade::prepare(&world).await;
    let (id, _) = trade.agreed(&trade.content()).await;
    assert_eq!(trade.price(&trade.buyer, "10").await.1, "80000");
    decided(&trade, Decision::Suspend).await.commit().await.unwrap();
    let reinstated = decided(&trade, Decision::Reinstate).await;
    let (seller, input) = (trade.seller().clone(), json!({ "input": { "agreementId": id, "reason": "?" } }));
    world.beside(reinstated, async move { seller.run("suspendAgreement", input).await }).await.only();
    assert_eq!(trade.price(&trade.buyer, "10").await.1, "100000");
    // Its rows say so too, not only the prices that do not count: nothing of it is shown.
    let mut raw = tradehall_tests::Raw::open(&world.url).await;
    let group = id_of::<tradehall_domain::agreement::Agreement>(&id);
    let open = format!("SELECT count(*) FROM viewing WHERE group_id = '{group}' AND (until IS NULL OR halted)");
    assert_eq!(raw.integer(&open).await, 0);
}
