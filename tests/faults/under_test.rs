//! The market as a process that stops at a chosen statement and waits there to be killed.
//!
//! With arguments it is the market's own command line. Without, it reads one [`Errand`] as JSON from standard input, says `FAULT POINT n` on standard error when it stops, and otherwise prints
//! what it was answered on standard output.

#![recursion_limit = "256"]

use std::env::args;
use std::io::{Read, stdin};
use std::process::ExitCode;

use tradehall::worker::step;
use tradehall_domain::access::{Actor, Principal, SystemRole};
use tradehall_domain::id::Id;
use tradehall_persistence::fault;
use tradehall_tests::errand::{Errand, Work};
use tradehall_tests::{ENTITLED, World};

fn main() -> ExitCode {
    if args().len() > 1 {
        return tradehall::cli::main();
    }
    tokio::runtime::Runtime::new().unwrap().block_on(errand());
    ExitCode::SUCCESS
}

async fn errand() {
    let mut text = String::new();
    stdin().read_to_string(&mut text).unwrap();
    let errand: Errand = serde_json::from_str(&text).unwrap();
    let world = World::open(&errand.url).await;
    let answer = match errand.work {
        Work::Send { user, organization, operation, variables } => {
            let person = world.acting(Actor {
                principal: Principal::User(Id::from_uuid(user)),
                organization: Some(Id::from_uuid(organization)),
                entitlement: ENTITLED,
                permissions: SystemRole::Owner.permissions(),
                task: None,
            });
            fault::arm(errand.stops_at);
            person.run(&operation, variables).await.json
        }
        Work::Index(folder) => {
            let world = world.searching(&folder);
            fault::arm(errand.stops_at);
            serde_json::json!({ "events": step(&world.app).await.unwrap().events })
        }
        Work::Step => {
            fault::arm(errand.stops_at);
            let did = step(&world.app).await.unwrap();
            serde_json::json!({ "events": did.events })
        }
    };
    println!("{answer}");
}
