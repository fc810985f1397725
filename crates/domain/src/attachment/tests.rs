//! Every verb in every status, and the limits of what may be uploaded.

use jiff::{SignedDuration, Timestamp};

use super::{
    Attachment, AttachmentId, Content, ContentHash, ContentId, FileName, MediaType, Upload, UploadDraft, UploadLimits,
    UploadStatus, Usage,
};
use crate::access::Principal;
use crate::named::Named;
use crate::organization::OrganizationId;
use crate::problem::Code;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn limits() -> UploadLimits {
    UploadLimits {
        size_max: 1_000,
        media_types: vec![MediaType::Pdf, MediaType::Csv],
        quota: 5_000,
        open_max: 3,
        lifetime: SignedDuration::from_mins(15),
    }
}

fn draft() -> UploadDraft {
    UploadDraft { file_name: "../drawing.pdf".to_owned(), media_type: "application/pdf".to_owned(), size: 1_000 }
}

fn request(draft: &UploadDraft, usage: Usage) -> Result<Upload, Vec<(Code, String)>> {
    Upload::request(draft, &limits(), usage, OrganizationId::new(), Principal::Anonymous, NOW)
        .map(|(upload, _)| upload)
        .map_err(|problems| problems.iter().map(|problem| (problem.code, problem.path.join("."))).collect())
}

fn content(size: i64) -> Content {
    Content { id: ContentId::new(), hash: ContentHash::new([7; 32]), size, is_stored: true }
}

#[test]
fn an_upload_is_granted_within_the_limits() {
    let upload = request(&draft(), Usage { bytes: 4_000, open: 2 }).unwrap();
    assert_eq!(upload.file_name.as_str(), "drawing.pdf");
    assert_eq!(upload.expires_at, NOW + SignedDuration::from_mins(15));
}

#[test]
fn everything_wrong_with_a_request_is_said_at_once() {
    let path = str::to_owned;
    let sent = |file_name: &str, media_type: &str, size| UploadDraft {
        file_name: path(file_name),
        media_type: path(media_type),
        size,
    };
    for (draft, usage, expected) in [
        (
            sent("..", "text/html", 0),
            Usage { bytes: 0, open: 3 },
            vec![
                (Code::Required, path("fileName")),
                (Code::MediaTypeRefused, path("mediaType")),
                (Code::NotPositive, path("size")),
                (Code::TooManyUploads, path("")),
            ],
        ),
        (sent("a.png", "image/png", 1), Usage::default(), vec![(Code::MediaTypeRefused, path("mediaType"))]),
        (sent("a.exe", "text/csv", 1), Usage::default(), vec![(Code::FileExtension, path("fileName"))]),
        (sent("a.csv", "text/csv", 1_001), Usage::default(), vec![(Code::FileTooLarge, path("size"))]),
        (sent("a.csv", "text/csv", i64::MIN), Usage::default(), vec![(Code::NotPositive, path("size"))]),
        (sent("a.csv", "text/csv", 2), Usage { bytes: 4_999, open: 0 }, vec![(Code::StorageFull, path("size"))]),
        (sent("a.csv", "text/csv", 1), Usage { bytes: i64::MAX, open: 0 }, vec![(Code::StorageFull, path("size"))]),
    ] {
        assert_eq!(request(&draft, usage).unwrap_err(), expected, "{draft:?}");
    }
}

#[test]
fn every_verb_in_every_status() {
    let mut matrix = String::new();
    for status in UploadStatus::ALL {
        let mut upload = Upload { status: *status, ..request(&draft(), Usage::default()).unwrap() };
        let awaited = upload.is_awaited(NOW).is_ok();
        let late = upload.is_awaited(upload.expires_at).is_ok();
        let completed = upload.complete(&content(1_000), NOW).is_ok();
        matrix += &format!("{status}: awaited {awaited}, awaited late {late}, complete {completed}\n");
    }
    assert_eq!(
        matrix,
        "REQUESTED: awaited true, awaited late false, complete true\n\
         COMPLETED: awaited false, awaited late false, complete false\n"
    );
}

#[test]
fn only_as_many_bytes_as_were_announced_complete_an_upload() {
    let upload = request(&draft(), Usage::default()).unwrap();
    for size in [0, 999, 1_001] {
        let refused = upload.clone().complete(&content(size), NOW).unwrap_err();
        assert_eq!(refused.code, Code::SizeMismatch);
    }
}

#[test]
fn an_attached_file_stays() {
    let mut file = Attachment {
        id: AttachmentId::new(),
        owner: OrganizationId::new(),
        file_name: FileName::parse("a.csv").unwrap(),
        media_type: MediaType::Csv,
        size: 1,
        content: ContentId::new(),
        hash: ContentHash::new([7; 32]),
        uploaded_at: NOW,
        uploaded_by: Principal::Anonymous,
        unattached_since: Some(NOW),
        version: 1,
    };
    assert!(file.remove().is_ok());
    assert!(file.attach(), "a first document changes it");
    assert!(!file.attach(), "a second one does not");
    assert_eq!(file.remove(), Err(Code::AttachmentInUse));
    let later = NOW + SignedDuration::from_hours(1);
    assert!(file.detach(later));
    assert!(!file.detach(later + SignedDuration::from_hours(1)));
    assert_eq!(file.unattached_since, Some(later));
    assert!(file.remove().is_ok());
}
