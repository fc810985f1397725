//! Files that go with requests and quotes: attached with their content, seen by whoever sees the document.

use serde_json::Value;
use tradehall::graphql::id::{global, global_as};
use tradehall_domain::access::SystemRole;
use tradehall_tests::{Person, json, story};

use super::market::{Market, PDF};
use crate::rfq::desk::Desk;

/// The names of files in an answer.
fn names(files: &Value) -> Vec<&str> {
    files.as_array().unwrap().iter().map(|file| file["fileName"].as_str().unwrap()).collect()
}

/// A market with files, a desk in it, and two files of its buyer's.
async fn desk(world: tradehall_tests::World) -> (Market, Desk, Value, Value) {
    let market = Market::open(world).await;
    let desk = Desk::open(&market.world).await;
    let drawing = market.upload(&desk.buyer, "drawing.pdf", "application/pdf", PDF).await;
    let terms = market.upload(&desk.buyer, "terms.txt", "text/plain", b"terms").await;
    (market, desk, drawing, terms)
}

/// The content of a request for bolts with these files.
fn content(desk: &Desk, bidding: &str, files: Value) -> Value {
    let mut content = desk.content(desk.lines(&[("Steel bolt M8", "100", "C62")]), bidding);
    content["attachmentIds"] = files;
    content
}

async fn invite(desk: &Desk, rfq: &Value, sellers: &[&Person]) {
    let ids: Vec<_> = sellers.iter().map(|seller| global(seller.organization()).0).collect();
    desk.buyer.run("inviteSuppliers", json!({ "input": { "rfqId": rfq, "supplierIds": ids } })).await.ok();
}

async fn publish(desk: &Desk, content: Value, sellers: &[&Person]) -> Value {
    let rfq = desk.draft(content).await["id"].clone();
    if !sellers.is_empty() {
        invite(desk, &rfq, sellers).await;
    }
    desk.buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
    rfq
}

/// What `seller` sends as a quote for the one line of `rfq` with these files; without a key it is a draft.
async fn offer(desk: &Desk, seller: &Person, rfq: &Value, files: Value) -> Value {
    let line = seller.run("rfq", json!({ "id": rfq })).await.only()["lines"][0]["id"].clone();
    let lines = json!([{ "rfqLineId": line, "unitPrice": "0.20", "leadTimeDays": 7 }]);
    let mut offer = desk.offer(rfq, lines, &uuid::Uuid::now_v7().to_string());
    offer["input"]["content"]["attachmentIds"] = files;
    offer
}

async fn sees(person: &Person, file: &Value) -> bool {
    let answer = person.run("attachment", json!({ "id": file })).await;
    if answer.json["data"]["attachment"].is_null() {
        assert_eq!(answer.error(), "NOT_FOUND");
        return false;
    }
    true
}

async fn delete(person: &Person, file: &Value) -> Vec<(String, String)> {
    person.run("deleteAttachment", json!({ "input": { "attachmentId": file } })).await.refusals()
}

story! {
    async fn the_files_of_a_request_are_seen_by_whom_it_asks(world) {
        let (market, desk, drawing, terms) = desk(world).await;
        let (invited, late, stranger) =
            (market.world.seller("Invited").await, market.world.seller("Late").await, market.world.stranger().await);
        let rfq = desk.draft(content(&desk, "OPEN", json!([terms, drawing]))).await;
        let rfq = &rfq["id"];
        invite(&desk, rfq, &[&invited]).await;
        let seen = desk.buyer.run("rfqAttachments", json!({ "id": rfq })).await.only();
        assert_eq!(names(&seen["attachments"]), ["terms.txt", "drawing.pdf"], "in the order of the content");
        assert!(!sees(&invited, &drawing).await, "a draft is the buyer's own");

        desk.buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        let seen = invited.run("rfqAttachments", json!({ "id": rfq })).await.only();
        assert_eq!(names(&seen["attachments"]), ["terms.txt", "drawing.pdf"]);
        let got = market.get(seen["attachments"][1]["url"].as_str().unwrap(), &[]).await;
        assert_eq!((got.status, got.body.as_slice()), (200, PDF));
        for other in [&late, &stranger] {
            assert!(!sees(other, &drawing).await);
            assert_eq!(other.run("rfqAttachments", json!({ "id": rfq })).await.error(), "NOT_FOUND");
        }
        invite(&desk, rfq, &[&late]).await;
        assert!(sees(&late, &drawing).await && sees(&late, &terms).await);
        assert!(!sees(&stranger, &drawing).await);
        assert_eq!(delete(&desk.buyer, &drawing).await, [("ATTACHMENT_IN_USE".to_owned(), String::new())]);
        let clerk = market.world.member(desk.buyer.organization(), SystemRole::Finance);
        assert!(sees(&clerk, &drawing).await);
    }
}

story! {
    async fn a_public_request_shows_its_files_to_everyone(world) {
        let (market, desk, drawing, _) = desk(world).await;
        let stranger = market.world.stranger().await;
        let mut content = content(&desk, "OPEN", json!([drawing]));
        content["audience"] = json!("PUBLIC");
        let rfq = desk.draft(content).await["id"].clone();
        assert!(!sees(&stranger, &drawing).await);
        desk.buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        let seen = stranger.run("rfqAttachments", json!({ "id": rfq })).await.only();
        assert_eq!(names(&seen["attachments"]), ["drawing.pdf"]);
        assert_eq!(market.world.nobody().run("attachment", json!({ "id": drawing })).await.error(), "UNAUTHENTICATED");
    }
}

story! {
    async fn a_draft_takes_other_files_and_a_copy_keeps_them(world) {
        let (market, desk, drawing, terms) = desk(world).await;
        let seller = market.world.seller("Seller").await;
        let rfq = desk.draft(content(&desk, "OPEN", json!([drawing, terms]))).await["id"].clone();
        let amend = async |version: i64, files: Value| {
            let content = content(&desk, "OPEN", files);
            let input = json!({ "rfqId": rfq, "expectedVersion": version, "content": content });
            desk.buyer.run("amendRfq", json!({ "input": input })).await
        };
        let attached = async |rfq: &Value| desk.buyer.run("rfqAttachments", json!({ "id": rfq })).await.only()["attachments"].clone();
        amend(1, json!([terms, drawing])).await.ok();
        assert_eq!(names(&attached(&rfq).await), ["terms.txt", "drawing.pdf"]);
        amend(2, json!([terms])).await.ok();
        assert_eq!(names(&attached(&rfq).await), ["terms.txt"]);
        assert_eq!(delete(&desk.buyer, &drawing).await, [], "what was taken off is free again");
        assert_eq!(delete(&desk.buyer, &terms).await[0].0, "ATTACHMENT_IN_USE");

        invite(&desk, &rfq, &[&seller]).await;
        desk.buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        let version = desk.buyer.run("rfq", json!({ "id": rfq })).await.only()["version"].as_i64().unwrap();
        assert_eq!(amend(version, json!([])).await.refusal(), "RFQ_STATUS", "what suppliers were shown stays");
        assert_eq!(names(&attached(&rfq).await), ["terms.txt"]);

        let deadline = (market.world.now() + jiff::SignedDuration::from_hours(24)).to_string();
        let copy = json!({ "input": { "rfqId": rfq, "deadline": deadline } });
        let copy = desk.buyer.run("copyRfq", copy).await.only()["rfq"].clone();
        assert_eq!(names(&attached(&copy["id"]).await), ["terms.txt"]);
        let input = json!({ "rfqId": copy["id"], "expectedVersion": 1, "content": content(&desk, "OPEN", json!([])) });
        desk.buyer.run("amendRfq", json!({ "input": input })).await.ok();
        assert_eq!(attached(&copy["id"]).await, json!([]));
        assert!(sees(&seller, &terms).await, "the first request still has it");
        assert_eq!(delete(&desk.buyer, &terms).await[0].0, "ATTACHMENT_IN_USE");
    }
}

story! {
    async fn only_ones_own_files_go_with_a_document_and_each_once(world) {
        let (market, desk, drawing, _) = desk(world).await;
        let seller = market.world.seller("Seller").await;
        let theirs = market.upload(&seller, "theirs.txt", "text/plain", b"theirs").await;
        let nobodys: Vec<_> = (0..51).map(|_| global_as("Attachment", uuid::Uuid::now_v7()).0).collect();
        let draft = async |files: Value| {
            let input = json!({ "content": content(&desk, "OPEN", files) });
            desk.buyer.run("draftRfq", json!({ "input": input })).await.refusals()
        };
        let refusal = |code: &str, path: &str| vec![(code.to_owned(), path.to_owned())];
        assert_eq!(draft(json!([drawing, theirs])).await, refusal("NOT_FOUND", "content.attachmentIds.1"));
        assert_eq!(draft(json!([nobodys[0]])).await, refusal("NOT_FOUND", "content.attachmentIds.0"));
        assert_eq!(draft(json!([drawing, drawing])).await, refusal("DUPLICATE", "content.attachmentIds.1"));
        assert_eq!(draft(json!(nobodys)).await, refusal("TOO_MANY", "content.attachmentIds"));
        let rfqs = desk.buyer.run("rfqs", json!({ "view": "SENT" })).await.only();
        assert_eq!(rfqs["edges"], json!([]), "nothing was kept");
        assert!(!sees(&desk.buyer, &theirs).await);

        let rfq = publish(&desk, content(&desk, "OPEN", json!([drawing])), &[&seller]).await;
        assert!(sees(&seller, &drawing).await);
        let stolen = offer(&desk, &seller, &rfq, json!([theirs, drawing])).await;
        let refused = seller.run("submitQuote", stolen.clone()).await.refusals();
        assert_eq!(refused, refusal("NOT_FOUND", "content.attachmentIds.1"), "to see a file is not to own it");
        let many = offer(&desk, &seller, &rfq, json!(nobodys)).await;
        assert_eq!(seller.run("submitQuote", many).await.refusals(), refusal("TOO_MANY", "content.attachmentIds"));
        let good = offer(&desk, &seller, &rfq, json!([theirs])).await;
        let quote = seller.run("submitQuote", good.clone()).await.only()["quote"]["id"].clone();
        assert_eq!(seller.run("submitQuote", good).await.only()["quote"]["id"], quote, "sent twice, attached once");
    }
}

story! {
    async fn a_quotes_files_stand_with_its_versions(world) {
        let (market, desk, ..) = desk(world).await;
        let (seller, rival) = (market.world.seller("Seller").await, market.world.seller("Rival").await);
        let rfq = publish(&desk, content(&desk, "OPEN", json!([])), &[&seller, &rival]).await;
        let mut files = Vec::new();
        for name in ["first.txt", "second.txt", "third.txt"] {
            files.push(market.upload(&seller, name, "text/plain", name.as_bytes()).await);
        }
        let [first, second, third] = [&files[0], &files[1], &files[2]];
        let draft = async |with: Value| {
            let mut draft = offer(&desk, &seller, &rfq, with).await;
            draft["input"].as_object_mut().unwrap().remove("idempotencyKey");
            seller.run("draftQuote", draft).await.only()["quote"]["id"].clone()
        };
        let versions = async |person: &Person, quote: &Value| {
            let seen = person.run("quoteAttachments", json!({ "id": quote })).await.only();
            let all: Vec<Vec<String>> = seen["versions"].as_array().unwrap().iter()
                .map(|version| names(&version["attachments"]).into_iter().map(str::to_owned).collect()).collect();
            (names(&seen["attachments"]).join(" "), all)
        };
        let quote = draft(json!([first, second])).await;
        assert_eq!(draft(json!([second])).await, quote);
        assert_eq!(versions(&seller, &quote).await, (String::new(), vec![vec!["second.txt".to_owned()]]));
        assert_eq!(delete(&seller, first).await, [], "the draft has it no longer");
        assert_eq!(delete(&seller, second).await[0].0, "ATTACHMENT_IN_USE");
        assert!(!sees(&desk.buyer, second).await);

        seller.run("submitDraftedQuote", json!({ "input": { "quoteId": quote } })).await.ok();
        let one = vec!["second.txt".to_owned()];
        assert_eq!(versions(&desk.buyer, &quote).await, ("second.txt".to_owned(), vec![one.clone()]));
        draft(json!([third])).await;
        assert_eq!(versions(&desk.buyer, &quote).await.1, std::slice::from_ref(&one), "the next draft is the supplier's own");
        assert!(!sees(&desk.buyer, third).await);
        let next = offer(&desk, &seller, &rfq, json!([third, second])).await;
        seller.run("submitQuote", next).await.ok();
        let two = vec!["third.txt".to_owned(), "second.txt".to_owned()];
        assert_eq!(versions(&desk.buyer, &quote).await, ("third.txt second.txt".to_owned(), vec![one.clone(), two.clone()]));
        let last = offer(&desk, &seller, &rfq, json!([])).await;
        seller.run("submitQuote", last).await.ok();
        assert_eq!(versions(&desk.buyer, &quote).await, (String::new(), vec![one, two, vec![]]), "versions stay as they were");
        let link = market.link(&desk.buyer, third).await;
        assert_eq!(market.get(&link, &[]).await.text(), "third.txt");
        assert!(!sees(&rival, second).await && !sees(&rival, third).await);
        let seen = rival.run("rfqAttachments", json!({ "id": rfq })).await.only();
        assert_eq!(seen["quotes"], json!([]));
    }
}

story! {
    async fn a_sealed_quotes_files_are_read_only_once_all_are_opened(world) {
        let (market, desk, ..) = desk(world).await;
        let (seller, leaver) = (market.world.seller("Seller").await, market.world.seller("Leaver").await);
        let rfq = publish(&desk, content(&desk, "SEALED", json!([])), &[&seller, &leaver]).await;
        let price = market.upload(&seller, "price.txt", "text/plain", b"price").await;
        let draft = market.upload(&seller, "draft.txt", "text/plain", b"draft").await;
        let left = market.upload(&leaver, "left.txt", "text/plain", b"left").await;
        let sent = offer(&desk, &seller, &rfq, json!([price])).await;
        let quote = seller.run("submitQuote", sent).await.only()["quote"]["id"].clone();
        let mut next = offer(&desk, &seller, &rfq, json!([draft])).await;
        next["input"].as_object_mut().unwrap().remove("idempotencyKey");
        seller.run("draftQuote", next).await.ok();
        let sent = offer(&desk, &leaver, &rfq, json!([left])).await;
        let gone = leaver.run("submitQuote", sent).await.only()["quote"]["id"].clone();
        leaver.run("withdrawQuote", json!({ "input": { "quoteId": gone } })).await.ok();

        let hidden = async || {
            for file in [&price, &draft, &left] {
                assert!(!sees(&desk.buyer, file).await);
            }
            let seen = desk.buyer.run("rfqAttachments", json!({ "id": rfq })).await.only();
            assert_eq!(seen["quotes"], json!([]));
            assert_eq!(desk.buyer.run("quoteAttachments", json!({ "id": quote })).await.error(), "NOT_FOUND");
        };
        hidden().await;
        desk.buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        hidden().await;
        desk.buyer.run("openQuotes", json!({ "input": { "rfqId": rfq } })).await.ok();
        let seen = desk.buyer.run("rfqAttachments", json!({ "id": rfq })).await.only();
        assert_eq!(names(&seen["quotes"][0]["attachments"]), ["price.txt"]);
        let got = market.get(seen["quotes"][0]["attachments"][0]["url"].as_str().unwrap(), &[]).await;
        assert_eq!(got.text(), "price");
        assert!(!sees(&desk.buyer, &draft).await, "a draft was never submitted");
        assert!(!sees(&desk.buyer, &left).await, "a quote that was taken back is not opened");
        assert!(!sees(&leaver, &price).await);
    }
}
