//! What a supplier does about a request, and who hears of it.

use tradehall::graphql::id::global;
use tradehall_tests::{json, story};

use super::desk::{Desk, action};
use crate::live::{bolts, due};

story! {
    async fn the_next_draft_of_a_quote_is_the_suppliers_own(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt"]).await;
        let seller = desk.seller(0);
        let mut heard = desk.buyer.subscribe("quoteEvents", json!({})).await;
        let mut own = seller.subscribe("quoteEvents", json!({})).await;
        let lines = desk.priced(seller, &rfq, "1").await;
        let quote = desk.quote(seller, &rfq, lines.clone()).await;
        seller.run("draftQuote", desk.drafted(&rfq, lines)).await.ok();
        due(&world).await;
        assert_eq!(heard.kind().await, "QUOTE_SUBMITTED");
        assert_eq!([own.kind().await, own.kind().await], ["QUOTE_SUBMITTED", "QUOTE_DRAFTED"]);
        seller.run("submitDraftedQuote", json!({ "input": { "quoteId": quote } })).await.ok();
        due(&world).await;
        assert_eq!(heard.kind().await, "QUOTE_SUBMITTED", "of the draft in between it heard nothing");
    }
}

story! {
    async fn versions_count_from_one_without_a_gap(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt"]).await;
        let seller = desk.seller(0);
        let lines = desk.priced(seller, &rfq, "1").await;
        let quote = seller.run("draftQuote", desk.drafted(&rfq, lines.clone())).await.only()["quote"]["id"].clone();
        seller.run("withdrawQuote", json!({ "input": { "quoteId": quote } })).await.ok();
        for expected in [vec![1], vec![1, 2]] {
            assert_eq!(desk.quote(seller, &rfq, lines.clone()).await, quote);
            let seen = seller.run("quote", json!({ "id": quote })).await.only();
            let numbers: Vec<_> = seen["versions"].as_array().unwrap().iter().map(|v| v["number"].clone()).collect();
            assert_eq!(json!(numbers), json!(expected));
        }
    }
}

story! {
    async fn drafts_written_at_once_leave_one(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt"]).await;
        let seller = desk.seller(0);
        let lines = desk.priced(seller, &rfq, "1").await;
        let quote = desk.quote(seller, &rfq, lines.clone()).await;
        let draft = || seller.run("draftQuote", desk.drafted(&rfq, lines.clone()));
        let (one, other) = tokio::join!(draft(), draft());
        assert_eq!(one.only()["quote"]["id"], quote);
        assert_eq!(other.only()["quote"]["id"], quote);
        let seen = seller.run("quote", json!({ "id": quote })).await.only();
        assert_eq!(seen["versions"].as_array().map(Vec::len), Some(2), "what was submitted, and one draft");
    }
}

story! {
    async fn whoever_has_quoted_withdraws_before_it_declines(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt"]).await;
        let seller = desk.seller(0);
        let lines = desk.priced(seller, &rfq, "1").await;
        let quote = desk.quote(seller, &rfq, lines).await;
        let document = "query($id: ID!) { rfq(id: $id) { invitations { id availableActions { action reasonCode } } } }";
        let seen = seller.ask(document, json!({ "id": rfq })).await.only()["invitations"][0].clone();
        assert_eq!(action(&seen, "declineInvitationToQuote"), "QUOTE_STANDS");
        let decline = json!({ "input": { "invitationId": seen["id"], "reason": "No capacity" } });
        assert_eq!(seller.run("declineInvitationToQuote", decline.clone()).await.refusal(), "QUOTE_STANDS");
        seller.run("withdrawQuote", json!({ "input": { "quoteId": quote } })).await.ok();
        let declined = seller.run("declineInvitationToQuote", decline).await.only();
        assert_eq!(declined["invitation"]["status"], "DECLINED");
    }
}

story! {
    async fn a_private_venue_has_no_public_requests(world) {
        let refused = |place: &str| [("VENUE_HIDES_RFQ".to_owned(), place.to_owned())];
        let desk = Desk::open(&world).await;
        let mut content = desk.content(bolts(&desk), "OPEN");
        let draft = desk.draft(content.clone()).await;
        content["audience"] = json!("PUBLIC");
        let open = json!({ "input": { "content": content } });
        assert_eq!(desk.buyer.run("draftRfq", open.clone()).await.refusals(), refused("content.audience"));
        let amend = json!({ "input": { "rfqId": draft["id"], "expectedVersion": 1, "content": content } });
        assert_eq!(desk.buyer.run("amendRfq", amend).await.refusals(), refused("content.audience"));

        let access = async |access: &str, version: i64| {
            let change = json!({ "venueId": desk.venue, "expectedVersion": version, "access": access });
            desk.buyer.run("amendVenue", json!({ "input": change })).await.ok();
        };
        access("PUBLIC", 1).await;
        let draft = desk.buyer.run("draftRfq", open).await.only()["rfq"]["id"].clone();
        access("PRIVATE", 2).await;
        let publish = json!({ "input": { "rfqId": draft } });
        assert_eq!(desk.buyer.run("publishRfq", publish.clone()).await.refusals(), refused("audience"));
        access("PUBLIC", 3).await;
        desk.buyer.run("publishRfq", publish).await.ok();
    }
}

story! {
    async fn whom_a_draft_will_ask_is_the_buyers_own_note(world) {
        let desk = Desk::open(&world).await;
        let seller = world.seller("Thép Việt").await;
        let rfq = desk.draft(desk.content(bolts(&desk), "OPEN")).await["id"].clone();
        due(&world).await;
        let mut own = desk.buyer.subscribe("rfqEvents", json!({ "rfqId": rfq })).await;
        let mut asked = seller.subscribe("rfqEvents", json!({})).await;
        desk.ask(&seller, &rfq).await.ok();
        due(&world).await;
        let noted = own.next().await;
        assert_eq!(noted["event"]["kind"], "INVITATION_NOTED");
        assert_eq!(noted["rfq"]["invitations"][0]["seller"]["id"], global(seller.organization()).0);
        desk.buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        due(&world).await;
        assert_eq!([asked.kind().await, asked.kind().await], ["RFQ_PUBLISHED", "INVITATION_SENT"]);
    }
}
