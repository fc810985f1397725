//! Suppliers that a buyer's venue has rejected or suspended: no way leads around that.

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_domain::access::SystemRole;
use tradehall_domain::organization::Verification;
use tradehall_tests::{Person, json, story};

use crate::rfq::desk::{Desk, action};

fn bolts(desk: &Desk) -> Value {
    desk.lines(&[("Steel bolt M8", "100", "C62")])
}

/// Takes one step of a participation and answers it.
async fn step(person: &Person, verb: &str, part: &Value) -> Value {
    person.run(verb, json!({ "input": { "participationId": part } })).await.only()["participation"].clone()
}

/// Applies to the desk's venue as a seller and answers the participation's id.
async fn apply(desk: &Desk, seller: &Person) -> Value {
    let input = json!({ "input": { "venueId": desk.venue, "side": "SELLER" } });
    let part = seller.run("applyToVenue", input).await.only()["participation"].clone();
    assert_eq!(part["status"], "APPLIED");
    part["id"].clone()
}

async fn invited(desk: &Desk, seller: &Person) -> Value {
    let to = global(seller.organization()).0;
    let input = json!({ "input": { "venueId": desk.venue, "organizationId": to, "side": "SELLER" } });
    desk.buyer.run("inviteToVenue", input).await.only()["participation"]["id"].clone()
}

/// Whether the only part in the desk's venue is barred, as `person` sees it.
async fn barred(person: &Person, desk: &Desk) -> Value {
    let document = "query($id: ID!) { venue(id: $id) { participations(first: 2) { edges { node { isBarred } } } } }";
    let seen = person.ask(document, json!({ "id": desk.venue })).await.only();
    let parts = seen["participations"]["edges"].as_array().unwrap();
    assert_eq!(parts.len(), 1);
    parts[0]["node"]["isBarred"].clone()
}

story! {
    async fn a_suspension_outlasts_leaving_and_applying_again(world) {
        let desk = Desk::open_in(&world, "PUBLIC").await;
        let rfq = desk.publish_to_all(bolts(&desk), "OPEN").await;
        let seller = world.seller("Thép Việt").await;
        let lines = desk.priced(&seller, &rfq, "1").await;
        let part = invited(&desk, &seller).await;
        step(&seller, "acceptParticipation", &part).await;
        desk.quote(&seller, &rfq, lines.clone()).await;

        step(&desk.buyer, "suspendParticipation", &part).await;
        assert_eq!(desk.try_quote(&seller, &rfq, lines.clone()).await.refusal(), "NOT_IN_VENUE");
        assert_eq!(step(&seller, "leaveVenue", &part).await["status"], "LEFT");
        assert_eq!(barred(&seller, &desk).await, true);
        assert_eq!(desk.try_quote(&seller, &rfq, lines.clone()).await.refusal(), "NOT_IN_VENUE", "gone, still barred");
        let other = desk.publish_to_all(bolts(&desk), "OPEN").await;
        let asked = desk.ask(&seller, &other).await;
        assert_eq!(asked.refusals(), [("NOT_IN_VENUE".to_owned(), "supplierIds.0".to_owned())]);

        apply(&desk, &seller).await;
        assert_eq!(desk.try_quote(&seller, &rfq, lines.clone()).await.refusal(), "NOT_IN_VENUE", "not let in yet");
        step(&desk.buyer, "approveParticipation", &part).await;
        assert_eq!(barred(&seller, &desk).await, false);
        desk.try_quote(&seller, &rfq, lines).await.ok();
    }
}

story! {
    async fn a_rejection_outlasts_applying_and_leaving(world) {
        let desk = Desk::open_in(&world, "PUBLIC").await;
        let rfq = desk.publish_to_all(bolts(&desk), "OPEN").await;
        let seller = world.seller("Thép Việt").await;
        let lines = desk.priced(&seller, &rfq, "1").await;
        let part = apply(&desk, &seller).await;
        desk.try_quote(&seller, &rfq, lines.clone()).await.ok();

        assert_eq!(step(&desk.buyer, "rejectParticipation", &part).await["status"], "REJECTED");
        let reach = async || desk.try_quote(&seller, &rfq, lines.clone()).await;
        assert_eq!(reach().await.refusal(), "NOT_IN_VENUE");
        let leave = json!({ "input": { "participationId": part } });
        assert_eq!(seller.run("leaveVenue", leave).await.refusal(), "PARTICIPATION_STATUS");
        apply(&desk, &seller).await;
        assert_eq!(reach().await.refusal(), "NOT_IN_VENUE", "applied again");
        step(&seller, "leaveVenue", &part).await;
        assert_eq!(reach().await.refusal(), "NOT_IN_VENUE", "applied again and gone");

        assert_eq!(invited(&desk, &seller).await, part, "the venue itself asks: that takes the bar away");
        assert_eq!(barred(&desk.buyer, &desk).await, false);
        reach().await.ok();
    }
}

story! {
    async fn a_suspended_supplier_writes_nothing_new_and_stands_by_what_it_submitted(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt", "Kim Khí Á Châu"]).await;
        let [drafter, bidder] = [desk.seller(0), desk.seller(1)];
        let mut parts = Vec::new();
        for seller in [drafter, bidder] {
            let part = invited(&desk, seller).await;
            step(seller, "acceptParticipation", &part).await;
            parts.push(part);
        }
        let lines = desk.priced(drafter, &rfq, "1").await;
        let draft = desk.drafted(&rfq, lines.clone());
        let drafted = drafter.run("draftQuote", draft.clone()).await.only()["quote"]["id"].clone();
        let seen = drafter.run("quote", json!({ "id": drafted })).await.only();
        assert_eq!(action(&seen, "submitDraftedQuote"), json!(null));
        let submitted = desk.quote(bidder, &rfq, lines.clone()).await;
        let seen = bidder.run("quote", json!({ "id": submitted })).await.only();
        assert_eq!(action(&seen, "submitDraftedQuote"), "NOTHING_DRAFTED");

        for part in &parts {
            step(&desk.buyer, "suspendParticipation", part).await;
        }
        assert_eq!(desk.try_quote(drafter, &rfq, lines.clone()).await.refusal(), "NOT_IN_VENUE", "invited or not");
        assert_eq!(drafter.run("draftQuote", draft).await.refusal(), "NOT_IN_VENUE");
        let submit = json!({ "input": { "quoteId": drafted } });
        assert_eq!(drafter.run("submitDraftedQuote", submit).await.refusal(), "NOT_IN_VENUE");
        let seen = drafter.run("rfq", json!({ "id": rfq })).await.only();
        assert_eq!(action(&seen, "submitQuote"), "NOT_IN_VENUE");
        let seen = drafter.run("quote", json!({ "id": drafted })).await.only();
        for verb in ["draftQuote", "submitQuote", "submitDraftedQuote"] {
            assert_eq!(action(&seen, verb), "NOT_IN_VENUE", "{verb}");
        }
        assert_eq!(action(&seen, "withdrawQuote"), json!(null), "taking back stays possible");
        drafter.run("withdrawQuote", json!({ "input": { "quoteId": drafted } })).await.ok();

        // What was submitted before binds the supplier, and the buyer decides about it.
        desk.buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        let award = json!({ "rfqId": rfq, "idempotencyKey": "award-0001", "award": { "quoteId": submitted } });
        let awarded = desk.buyer.run("awardRfq", json!({ "input": award })).await.only();
        assert_eq!(awarded["orders"].as_array().map(Vec::len), Some(1));
    }
}

story! {
    async fn whoever_applies_again_is_checked_again(world) {
        let desk = Desk::open_in(&world, "PUBLIC").await;
        let unverified = world.organization_at("Chưa xác minh", Verification::Unverified).await;
        let unverified = world.member(unverified, SystemRole::Owner);
        let verified = world.seller("Thép Việt").await;
        for seller in [&unverified, &verified] {
            let part = invited(&desk, seller).await;
            step(seller, "leaveVenue", &part).await;
        }
        let again = json!({ "input": { "venueId": desk.venue, "side": "SELLER" } });
        assert_eq!(unverified.run("applyToVenue", again.clone()).await.refusal(), "NOT_VERIFIED");
        let hide = json!({ "input": { "venueId": desk.venue, "expectedVersion": 1, "access": "PRIVATE" } });
        desk.buyer.run("amendVenue", hide).await.ok();
        assert_eq!(verified.run("applyToVenue", again).await.refusal(), "VENUE_IS_PRIVATE");
        // Only the venue itself lets it back in.
        let part = invited(&desk, &verified).await;
        assert_eq!(step(&verified, "acceptParticipation", &part).await["status"], "APPROVED");
        let to = global(verified.organization()).0;
        let twice = json!({ "input": { "venueId": desk.venue, "organizationId": to, "side": "SELLER" } });
        assert_eq!(desk.buyer.run("inviteToVenue", twice).await.refusal(), "ALREADY_PARTICIPATES");
    }
}
