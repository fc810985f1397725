//! What happens while nobody asks, and who hears of it.

mod access;
mod chain;
mod resuming;
mod telling;
mod working;

use serde_json::Value;
use tradehall::worker::{Did, step};
use tradehall_tests::{World, json};

use crate::rfq::desk::Desk;

/// Everything that is due is done.
pub async fn due(world: &World) -> Did {
    step(&world.app).await.unwrap()
}

/// One line that many requests here ask for.
pub fn bolts(desk: &Desk) -> Value {
    desk.lines(&[("Steel bolt M8", "100", "C62")])
}

/// Moves the deadline of a published request and answers what it is then.
pub async fn extend(desk: &Desk, rfq: &Value, hours: i64) -> String {
    let deadline = (desk.world.now() + jiff::SignedDuration::from_hours(240 + hours)).to_string();
    let input = json!({ "input": { "rfqId": rfq, "deadline": deadline } });
    desk.buyer.run("extendRfqDeadline", input).await.ok();
    deadline
}
