//! Tables that people upload and have imported.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tradehall::graphql::id::global;
use tradehall::worker::step;
use tradehall_domain::access::SystemTask;
use tradehall_domain::attachment::{ContentHash, Upload, UploadDraft, Usage};
use tradehall_persistence::attachment::{self, content, upload};

use crate::{Person, World};

/// The media type of a table as text.
pub const CSV: &str = "text/csv";

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl World {
    /// Puts a file in place as if `person` had uploaded it, and answers its global id. That the socket lets such files in is told by
    /// the stories of attachments.
    pub async fn place(&self, person: &Person, name: &str, media_type: &str, bytes: &[u8]) -> Value {
        let size = i64::try_from(bytes.len()).unwrap();
        let draft = UploadDraft { file_name: name.to_owned(), media_type: media_type.to_owned(), size };
        let limits = &self.app.files().settings().uploads;
        let (owner, by) = (person.organization(), person.actor.principal);
        let (mut sent, requested) = Upload::request(&draft, limits, Usage::default(), owner, by, self.now()).unwrap();
        let hash = ContentHash::new(Sha256::digest(bytes).into());
        self.app.files().put(hash, &mut spooled(bytes)).await.unwrap();
        let mut tx = self.system(SystemTask::Files).await;
        upload::insert(&mut tx, &sent, &requested).unwrap();
        let kept = content::claim(&mut tx, hash, size).await.unwrap().unwrap();
        let (file, event) = sent.complete(&kept, self.now()).unwrap();
        upload::save(&mut tx, &mut sent).unwrap();
        attachment::insert(&mut tx, &file, &event).unwrap();
        assert!(content::settle(&mut tx, kept.id).await.unwrap());
        tx.commit().await.unwrap();
        Value::String(global(file.id).0)
    }

    /// Has a file imported to the end, keeping good rows unless `extra` says otherwise, and answers the run.
    pub async fn import(&self, person: &Person, file: &Value, kind: &str, extra: Value) -> Value {
        let mut input = json!({ "attachmentId": file, "kind": kind, "mode": "KEEP_GOOD_ROWS" });
        input.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let started = person.run("startImport", json!({ "input": input })).await.only()["import"].clone();
        assert_eq!(started["status"], "QUEUED");
        step(&self.app).await.unwrap();
        person.run("import", json!({ "id": started["id"] })).await.only()
    }

    /// The same for a text.
    pub async fn import_csv(&self, person: &Person, kind: &str, csv: &str, extra: Value) -> Value {
        let file = self.place(person, "table.csv", CSV, csv.as_bytes()).await;
        self.import(person, &file, kind, extra).await
    }
}

/// A file that holds `bytes`, from the first one on.
fn spooled(bytes: &[u8]) -> tokio::fs::File {
    use std::io::{Seek as _, Write as _};
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    tokio::fs::File::from_std(file)
}
