//! `PUT /files/upload/<link>`: the bytes of one file.

use actix_web::http::header::{ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LENGTH, HeaderName};
use actix_web::{HttpRequest, HttpResponse, Responder, web};
use tradehall_domain::access::{Actor, SystemTask};
use tradehall_domain::attachment::{Attachment, Upload};
use tradehall_domain::id::Id;
use tradehall_domain::language::Language;
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::{Meter, attachment};

use super::refusal::Refusal;
use crate::app::{App, RequestMeta, Session};
use crate::attachment::commands::{ClaimContent, CompleteUpload};
use crate::attachment::link::Purpose;
use crate::attachment::spool::{Spooled, spool};
use crate::graphql::id::global;

/// Takes in a file. Whatever goes wrong on the way, nothing of it stays and the link can be used again until it expires.
pub async fn put(
    app: web::Data<App>,
    request: HttpRequest,
    link: web::Path<String>,
    body: web::Payload,
) -> impl Responder {
    let language = header(&request, ACCEPT_LANGUAGE).map(Language::negotiate).unwrap_or_default();
    match receive(&app, &request, &link, body, language).await {
        Ok(file) => HttpResponse::Created().json(serde_json::json!({
            "attachmentId": global(file.id).0,
            "sha256": file.hash.to_string(),
            "size": file.size,
        })),
        Err(refusal) => refusal.respond_to(&request),
    }
}

async fn receive(
    app: &App,
    request: &HttpRequest,
    link: &str,
    body: web::Payload,
    language: Language,
) -> Result<Attachment, Refusal> {
    let upload = awaited(app, link, language).await?;
    check_headers(request, &upload, language)?;
    let files = app.files();
    let _room = files.receive().ok_or_else(Refusal::busy)?;
    let nameless = files.spool().await.map_err(|error| Refusal::spool(error.into(), language))?;
    let limit = files.settings().receive_timeout;
    let whole = spool(&upload, body, nameless, limit).await.map_err(|error| Refusal::spool(error, language))?;
    keep(app, &upload, whole, language).await
}

/// The upload that the link is for, if its file can come now.
async fn awaited(app: &App, link: &str, language: Language) -> Result<Upload, Refusal> {
    let refused = |error| Refusal::app(error, language);
    let now = app.store().now();
    let signer = app.files().signer(app.store()).await.map_err(refused)?;
    let (id, _) = signer.verify(Purpose::Upload, link, now).map_err(Refusal::link)?;
    let actor = Actor::system(SystemTask::Files);
    let tx = app.store().read(actor, Meter::default()).await.map_err(|error| refused(error.into()))?;
    let upload = attachment::upload::load(&tx, Id::from_uuid(id)).await.map_err(|error| refused(error.into()))?;
    upload.is_awaited(now).map_err(|code| Refusal::rule(&code.into(), language))?;
    Ok(upload)
}

/// Refuses before a byte is read what cannot fit.
fn check_headers(request: &HttpRequest, upload: &Upload, language: Language) -> Result<(), Refusal> {
    if header(request, CONTENT_ENCODING).is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        return Err(Refusal::encoded());
    }
    match header(request, CONTENT_LENGTH).map(str::parse::<i64>) {
        Some(Ok(length)) if length != upload.size => {
            Err(Refusal::rule(&Problem::new(Code::SizeMismatch).with("size", upload.size), language))
        }
        _ => Ok(()),
    }
}

/// Stores the bytes, unless they are stored already, and makes an attachment of them.
async fn keep(app: &App, upload: &Upload, mut whole: Spooled, language: Language) -> Result<Attachment, Refusal> {
    let refused = |error| Refusal::app(error, language);
    // Whoever asked for the upload is who uploads.
    let actor = Actor { principal: upload.requested_by, organization: Some(upload.owner), ..Actor::ANONYMOUS };
    let session = Session::new(app.clone(), actor, RequestMeta::default(), None);
    let claim = ClaimContent { hash: whole.hash, size: upload.size };
    let content = session.execute(claim).await.map_err(refused)?.ok_or_else(Refusal::busy)?;
    let files = app.files();
    if !(content.is_stored && files.has(content.hash).await.map_err(refused)?) {
        files.put(content.hash, &mut whole.file).await.map_err(refused)?;
    }
    session.execute(CompleteUpload { upload: upload.id, content }).await.map_err(refused)
}

fn header(request: &HttpRequest, name: HeaderName) -> Option<&str> {
    request.headers().get(name)?.to_str().ok()
}
