//! Files, put in place without a socket.

use jiff::SignedDuration;
use serde_json::json;
use tradehall::graphql::id::global;
use tradehall_domain::access::SystemTask;
use tradehall_domain::attachment::{ContentHash, MediaType, Upload, UploadDraft, UploadLimits, Usage};
use tradehall_persistence::attachment::{self, content, upload};
use tradehall_tests::{Person, World};

use super::{OURS, SECRET, Town};

/// A file of `person`'s, as if it had been sent; its global id.
pub async fn one(world: &World, person: &Person, word: &str) -> String {
    let draft = UploadDraft { file_name: format!("{word}.pdf"), media_type: "application/pdf".to_owned(), size: 12 };
    let limits = UploadLimits {
        size_max: 100,
        media_types: vec![MediaType::parse("application/pdf").unwrap()],
        quota: 100,
        open_max: 1,
        lifetime: SignedDuration::from_mins(15),
    };
    let (owner, by) = (person.organization(), person.actor.principal);
    let (mut sent, requested) = Upload::request(&draft, &limits, Usage::default(), owner, by, world.now()).unwrap();

    let mut tx = world.system(SystemTask::Files).await;
    upload::insert(&mut tx, &sent, &requested).unwrap();
    let id = sent.id.uuid().into_bytes();
    let hash = ContentHash::from_slice(&[id, id].concat()).unwrap();
    let bytes = content::claim(&mut tx, hash, 12).await.unwrap().unwrap();
    let (file, event) = sent.complete(&bytes, world.now()).unwrap();
    upload::save(&mut tx, &mut sent).unwrap();
    attachment::insert(&mut tx, &file, &event).unwrap();
    assert!(content::settle(&mut tx, bytes.id).await.unwrap());
    tx.commit().await.unwrap();
    global(file.id).0
}

/// So many files of `person`'s.
pub async fn some(world: &World, person: &Person, count: usize) -> serde_json::Value {
    let mut files = Vec::new();
    for n in 0..count {
        files.push(one(world, person, &format!("Paper {n}")).await);
    }
    json!(files)
}

pub(super) async fn populate(town: &mut Town) {
    let id = one(&town.world, &town.buyer, SECRET).await;
    town.add("the buyer's file", "Attachment", &json!(id));
    let id = one(&town.world, &town.stranger, OURS).await;
    town.own("Attachment", &json!(id));
}
