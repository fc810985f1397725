//! An award that dies between any two of its statements.

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_domain::access::{Actor, SystemRole};
use tradehall_persistence::migrate::migrate;
use tradehall_tests::cluster::{fresh_database, fresh_file};
use tradehall_tests::errand::Work;
use tradehall_tests::{Person, Raw, World, json};

use crate::tally::Tally;
use crate::victim::{End, POINTS_MAX, send};

/// A buyer, three sellers and a venue, known from one opening of the market to the next.
struct Parties {
    buyer: Actor,
    sellers: Vec<Actor>,
    venue: Value,
}

impl Parties {
    async fn meet(world: &World) -> Self {
        let buyer = world.buyer().await;
        let input = json!({ "input": { "name": "Purchasing", "model": "BUY_SIDE", "access": "PRIVATE" } });
        let venue = buyer.run("openVenue", input).await.only()["venue"]["id"].clone();
        let mut sellers = Vec::new();
        for name in ["Thép Việt", "Kim Khí Á Châu", "Đông Sơn"] {
            sellers.push(world.member(world.organization(name).await, SystemRole::Owner).actor);
        }
        Self { buyer: buyer.actor, sellers, venue }
    }

    /// A closed request with three quotes, and the input of its award to two of them.
    async fn compete(&self, world: &World, key: &str) -> Value {
        let buyer = world.acting(self.buyer);
        let asked = |description: &str, quantity: &str, unit: &str| json!({ "description": description, "quantity": quantity, "unit": unit });
        let deadline = (world.now() + jiff::SignedDuration::from_hours(240)).to_string();
        let content = json!({ "venueId": self.venue, "title": "Fasteners", "currency": "USD", "deadline": deadline,
            "lines": [asked("Steel bolt M8", "100", "C62"), asked("Steel sheet 2 mm", "12.5", "KGM")] });
        let rfq = buyer.run("draftRfq", json!({ "input": { "content": content } })).await.only()["rfq"]["id"].clone();
        let sellers: Vec<_> = self.sellers.iter().map(|seller| global(seller.organization.unwrap()).0).collect();
        let input = json!({ "input": { "rfqId": rfq, "supplierIds": sellers } });
        buyer.run("inviteSuppliers", input).await.ok();
        buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        let lines = buyer.run("rfq", json!({ "id": rfq })).await.only()["lines"].clone();
        let mut quotes = Vec::new();
        for (seller, price) in self.sellers.iter().zip(["0.18", "0.20", "0.30"]) {
            let line =
                |n: usize, price: &str| json!({ "rfqLineId": lines[n]["id"], "unitPrice": price, "leadTimeDays": 7 });
            let offer = json!([line(0, price), line(1, "3.40")]);
            quotes.push(quote(world, &world.acting(*seller), &rfq, offer).await);
        }
        buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        let pick = |quote: &Value, line: usize, quantity: &str| json!({ "quoteId": quote, "rfqLineId": lines[line]["id"], "quantity": quantity });
        let picks = [pick(&quotes[0], 0, "60"), pick(&quotes[1], 0, "40"), pick(&quotes[0], 1, "12.5")];
        json!({ "input": { "rfqId": rfq, "idempotencyKey": key, "award": { "lines": picks } } })
    }

    fn award(&self, variables: &Value) -> Work {
        Work::Send {
            user: self.buyer.user().unwrap().uuid(),
            organization: self.buyer.organization.unwrap().uuid(),
            operation: "awardRfq".to_owned(),
            variables: variables.clone(),
        }
    }
}

async fn quote(world: &World, seller: &Person, rfq: &Value, lines: Value) -> Value {
    let valid_until = (world.now() + jiff::SignedDuration::from_hours(720)).to_string();
    let content = json!({ "currency": "USD", "validUntil": valid_until, "lines": lines });
    let input = json!({ "rfqId": rfq, "idempotencyKey": uuid::Uuid::now_v7().to_string(), "content": content });
    seller.run("submitQuote", json!({ "input": input })).await.only()["quote"]["id"].clone()
}

/// Kills an award before its first statement, before its second, and so on until it is quick enough to end; after each death the
/// checker finds all of it or nothing, and the same request sent again answers one set of orders.
async fn an_award_is_all_or_nothing(url: &str) {
    let world = World::open(url).await;
    let parties = Parties::meet(&world).await;
    world.close().await;
    let (mut before_it_stood, mut after_it_stood) = (0, 0);
    for n in 1..POINTS_MAX {
        let key = format!("award-{n:04}");
        let world = World::open(url).await;
        let variables = parties.compete(&world, &key).await;
        // Nobody else has the database open when the process dies, so that opening it again is the recovery.
        world.close().await;
        let before = Tally::take(&mut Raw::open(url).await).await;
        let end = send(url, parties.award(&variables), n).await;
        let after = Tally::take(&mut Raw::open(url).await).await;
        let stands = after == before.with_an_award();
        assert!(stands || after == before, "killed at {n}, half of an award is left: {before:#?} {after:#?}");

        let world = World::open(url).await;
        let again = world.acting(parties.buyer).run("awardRfq", variables).await.only();
        world.close().await;
        assert_eq!(again["rfq"]["status"], "AWARDED", "killed at {n}");
        assert_eq!(again["orders"].as_array().map(Vec::len), Some(2), "killed at {n}");
        let finally = Tally::take(&mut Raw::open(url).await).await;
        assert_eq!(finally, before.with_an_award(), "killed at {n}, then sent again");
        match end {
            End::Killed if stands => after_it_stood += 1,
            End::Killed => before_it_stood += 1,
            End::Done(answer) => {
                assert!(stands, "what was acknowledged is there");
                assert_eq!(answer["data"]["awardRfq"]["orders"], again["orders"], "the same answer twice");
                // The test has teeth: it killed in the middle, and between the commit and the answer.
                assert!(before_it_stood >= 5 && after_it_stood >= 1, "{before_it_stood} {after_it_stood}");
                return;
            }
        }
    }
    panic!("the award never ended");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_award_is_all_or_nothing_on_sqlite() {
    an_award_is_all_or_nothing(&fresh_file(async |url| assert!(migrate(url).await.unwrap() > 0)).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_award_is_all_or_nothing_on_postgres() {
    an_award_is_all_or_nothing(&fresh_database(async |url| assert!(migrate(url).await.unwrap() > 0)).await).await;
}
