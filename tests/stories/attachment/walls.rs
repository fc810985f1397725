//! Links that do not work, and who does not see a file.

use jiff::SignedDuration;
use tradehall_domain::access::SystemRole;
use tradehall_tests::{json, story};

use super::market::{Market, PDF};

const NODE: &str = "query Node($id: ID!) { node(id: $id) { id } }";

story! {
    async fn only_a_links_own_letters_work_and_only_once_and_in_time(world) {
        let market = Market::open(world).await;
        let buyer = market.world.buyer().await;
        let link = market.ask(&buyer, "a.pdf", "application/pdf", PDF.len()).await;
        let late = market.ask(&buyer, "b.pdf", "application/pdf", PDF.len()).await;
        let not_found = (404, "NOT_FOUND".to_owned());

        let token = link.strip_prefix("/files/upload/").unwrap();
        for at in [0, 20, 25, 40, token.len() - 2] {
            let mut forged = token.as_bytes().to_vec();
            forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
            let forged = format!("/files/upload/{}", String::from_utf8(forged).unwrap());
            assert_eq!(market.put(&forged, PDF).await.refusal(), not_found);
        }
        assert_eq!(market.put("/files/upload/x", PDF).await.refusal(), not_found);
        assert_eq!(market.put("/files/upload/%2e%2e%2f%2e%2e", PDF).await.refusal(), not_found);
        // The right to send is not the right to read.
        assert_eq!(market.get(&format!("/files/{token}"), &[]).await.refusal(), not_found);

        let id = market.put(&link, PDF).await.json()["attachmentId"].clone();
        assert_eq!(market.put(&link, PDF).await.refusal(), (410, "UPLOAD_CLOSED".to_owned()));
        let read = market.link(&buyer, &id).await;
        let reused = read.replace("/files/", "/files/upload/");
        assert_eq!(market.put(&reused, PDF).await.refusal(), not_found);

        market.world.pass(SignedDuration::from_mins(15));
        assert_eq!(market.put(&late, PDF).await.refusal(), (410, "LINK_EXPIRED".to_owned()));
        assert_eq!(market.get(&read, &[]).await.refusal(), (410, "LINK_EXPIRED".to_owned()));
        assert_eq!(market.kept(), 1);
    }
}

story! {
    async fn of_senders_to_one_link_one_succeeds(world) {
        let market = Market::open(world).await;
        let buyer = market.world.buyer().await;
        let link = market.ask(&buyer, "a.pdf", "application/pdf", PDF.len()).await;
        let replies = futures_util::future::join_all((0..8).map(|_| market.put(&link, PDF))).await;
        let mut statuses: Vec<_> = replies.iter().map(|reply| reply.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 410, 410, 410, 410, 410, 410, 410]);
        assert_eq!(market.kept(), 1);
    }
}

story! {
    async fn nobody_else_sees_a_file_that_was_not_shown(world) {
        let market = Market::open(world).await;
        let buyer = market.world.buyer().await;
        let id = market.upload(&buyer, "a.pdf", "application/pdf", PDF).await;
        let stranger = market.world.stranger().await;
        assert_eq!(stranger.run("attachment", json!({ "id": id })).await.error(), "NOT_FOUND");
        assert!(stranger.ask(NODE, json!({ "id": id })).await.only().is_null());
        let delete = json!({ "input": { "attachmentId": id } });
        assert_eq!(stranger.run("deleteAttachment", delete.clone()).await.error(), "NOT_FOUND");
        assert_eq!(market.world.nobody().run("attachment", json!({ "id": id })).await.error(), "UNAUTHENTICATED");
        assert_eq!(market.world.nobody().run("deleteAttachment", delete.clone()).await.error(), "UNAUTHENTICATED");

        // Who only reads may read, and nothing else.
        let auditor = market.world.member(buyer.organization(), SystemRole::Auditor);
        assert_eq!(auditor.ask(NODE, json!({ "id": id })).await.only()["id"], id);
        assert_eq!(auditor.run("deleteAttachment", delete.clone()).await.error(), "FORBIDDEN");
        let input = json!({ "input": { "fileName": "a.pdf", "mediaType": "application/pdf", "size": 1 } });
        assert_eq!(auditor.run("requestUpload", input).await.error(), "FORBIDDEN");

        // Whoever has the same bytes is told nothing of the other's.
        let own = market.upload(&stranger, "mine.pdf", "application/pdf", PDF).await;
        assert_ne!(own, id);
        assert_eq!(market.kept(), 1, "the same bytes are kept once");
        assert_eq!(buyer.run("deleteAttachment", delete).await.only()["deletedAttachmentId"], id);
        let link = market.link(&stranger, &own).await;
        assert_eq!(market.get(&link, &[]).await.body, PDF);
        assert_eq!(buyer.run("attachment", json!({ "id": id })).await.error(), "NOT_FOUND");
    }
}
