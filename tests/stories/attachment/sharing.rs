//! Files on documents: who attaches, in which order they stand, who is shown them.

use serde_json::Value;
use tradehall_domain::attachment::{Attachment, AttachmentId, Visibility};
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::id::Id;
use tradehall_persistence::attachment::{attach, detach, of_subject, of_subjects, show};
use tradehall_persistence::{Meter, StoreError, Tx};
use tradehall_tests::{Person, json, story};
use uuid::Uuid;

use super::market::{Market, PDF};

fn document(kind: SubjectKind) -> Subject {
    Subject { kind, id: Uuid::now_v7() }
}

/// The id inside a global id.
fn inner(id: &Value) -> AttachmentId {
    Id::from_uuid(tradehall::graphql::id::parse(id.as_str().unwrap()).unwrap().1)
}

async fn writing(market: &Market, person: &Person) -> Tx {
    market.world.app.store().write(person.actor, Meter::default()).await.unwrap()
}

/// The names of what `person` sees on `subject`.
async fn seen(market: &Market, person: &Person, subject: Subject) -> Vec<String> {
    let tx = market.world.app.store().read(person.actor, Meter::default()).await.unwrap();
    names(&of_subject(&tx, subject).await.unwrap())
}

fn names(files: &[Attachment]) -> Vec<String> {
    files.iter().map(|file| file.file_name.to_string()).collect()
}

async fn two_files(market: &Market, person: &Person) -> (Value, Value) {
    let first = market.upload(person, "first.pdf", "application/pdf", PDF).await;
    let second = market.upload(person, "second.txt", "text/plain", b"second").await;
    (first, second)
}

story! {
    async fn a_file_is_seen_by_whom_it_was_shown_to(world) {
        let market = Market::open(world).await;
        let buyer = market.world.buyer().await;
        let (invited, late, stranger) =
            (market.world.seller("Invited").await, market.world.seller("Late").await, market.world.stranger().await);
        let (first, second) = two_files(&market, &buyer).await;
        let rfq = document(SubjectKind::Rfq);

        let mut tx = writing(&market, &buyer).await;
        let to = Visibility::Organizations(vec![invited.organization(), buyer.organization()]);
        let attached = attach(&mut tx, rfq, &[inner(&second), inner(&first)], &to).await.unwrap();
        assert_eq!(names(&attached), ["second.txt", "first.pdf"]);
        tx.commit().await.unwrap();

        for (person, expected) in [(&buyer, 2), (&invited, 2), (&late, 0), (&stranger, 0)] {
            assert_eq!(seen(&market, person, rfq).await.len(), expected);
        }
        assert_eq!(seen(&market, &invited, rfq).await, ["second.txt", "first.pdf"]);
        let link = market.link(&invited, &first).await;
        assert_eq!(market.get(&link, &[]).await.body, PDF);
        assert_eq!(late.run("attachment", json!({ "id": first })).await.error(), "NOT_FOUND");
        let kept = json!({ "input": { "attachmentId": first } });
        assert_eq!(buyer.run("deleteAttachment", kept.clone()).await.refusal(), "ATTACHMENT_IN_USE");
        assert_eq!(invited.run("deleteAttachment", kept.clone()).await.error(), "NOT_FOUND", "it is not theirs");

        for to in [Visibility::Owner, Visibility::Organizations(vec![late.organization(), invited.organization()])] {
            let mut tx = writing(&market, &buyer).await;
            show(&mut tx, rfq, &to).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(seen(&market, &late, rfq).await.len(), 2);
        assert_eq!(seen(&market, &stranger, rfq).await.len(), 0);

        // Nobody but the owner shows it further.
        let mut tx = writing(&market, &invited).await;
        show(&mut tx, rfq, &Visibility::Everyone).await.unwrap();
        show(&mut tx, rfq, &Visibility::Organizations(vec![stranger.organization()])).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(seen(&market, &stranger, rfq).await.len(), 0);

        let mut tx = writing(&market, &buyer).await;
        show(&mut tx, rfq, &Visibility::Everyone).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(seen(&market, &stranger, rfq).await.len(), 2);
        assert!(stranger.run("attachment", json!({ "id": second })).await.only()["url"].is_string());
        assert_eq!(seen(&market, &market.world.staff(), rfq).await.len(), 2, "a person without an organization");
        assert_eq!(seen(&market, &market.world.nobody(), rfq).await.len(), 0);

        let mut tx = writing(&market, &buyer).await;
        detach(&mut tx, rfq, &[inner(&first)]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(seen(&market, &stranger, rfq).await, ["second.txt"]);
        assert_eq!(invited.run("attachment", json!({ "id": first })).await.error(), "NOT_FOUND");
        assert_eq!(buyer.run("deleteAttachment", kept).await.refusals(), []);
    }
}

story! {
    async fn one_attaches_only_ones_own_and_each_once(world) {
        let market = Market::open(world).await;
        let (buyer, seller) = (market.world.buyer().await, market.world.seller("Seller").await);
        let (first, second) = two_files(&market, &buyer).await;
        let theirs = market.upload(&seller, "theirs.txt", "text/plain", b"theirs").await;
        let (rfq, copy) = (document(SubjectKind::Rfq), document(SubjectKind::Rfq));

        let mut tx = writing(&market, &buyer).await;
        let mixed = attach(&mut tx, rfq, &[inner(&first), inner(&theirs)], &Visibility::Everyone).await;
        assert!(matches!(mixed, Err(StoreError::NotFound)));
        drop(tx);
        assert_eq!(seen(&market, &buyer, rfq).await.len(), 0);

        let mut tx = writing(&market, &buyer).await;
        attach(&mut tx, rfq, &[inner(&first)], &Visibility::Owner).await.unwrap();
        attach(&mut tx, copy, &[inner(&first), inner(&second)], &Visibility::Owner).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = writing(&market, &buyer).await;
        attach(&mut tx, rfq, &[inner(&first)], &Visibility::Owner).await.unwrap();
        let twice = tx.commit().await;
        assert!(matches!(&twice, Err(StoreError::Conflict(broken)) if broken.is(tradehall_persistence::attachment::LINK_INDEX)));

        let meter = Meter::default();
        let tx = market.world.app.store().read(buyer.actor, meter.clone()).await.unwrap();
        let found = of_subjects(&tx, SubjectKind::Rfq, &[copy.id, rfq.id]).await.unwrap();
        assert_eq!(meter.statements(), 2);
        drop(tx);
        assert_eq!(found.iter().filter(|(id, _)| *id == copy.id).count(), 2);
        assert_eq!(found.iter().filter(|(id, _)| *id == rfq.id).count(), 1);

        // A file stays while it is attached to anything.
        let mut tx = writing(&market, &buyer).await;
        detach(&mut tx, rfq, &[inner(&first), inner(&second)]).await.unwrap();
        tx.commit().await.unwrap();
        let delete = async |id: &Value| buyer.run("deleteAttachment", json!({ "input": { "attachmentId": id } })).await;
        assert_eq!(delete(&first).await.refusal(), "ATTACHMENT_IN_USE");
        let mut tx = writing(&market, &buyer).await;
        detach(&mut tx, copy, &[inner(&first)]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(delete(&first).await.refusals(), []);
        assert_eq!(delete(&second).await.refusal(), "ATTACHMENT_IN_USE");
    }
}
