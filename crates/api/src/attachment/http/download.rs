//! `GET /files/<link>`: one file, whole or in part (RFC 9110 §14).

use actix_web::body::SizedStream;
use actix_web::http::header::{
    ACCEPT_LANGUAGE, ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, Charset, ContentDisposition, DispositionParam, DispositionType, ETAG, EntityTag, ExtendedValue,
    Header as _, IfNoneMatch, IfRange, REFERRER_POLICY, Range, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, Responder, web};
use futures_util::stream;
use jiff::Timestamp;
use tradehall_domain::access::{Actor, SystemTask};
use tradehall_domain::attachment::Attachment;
use tradehall_domain::id::Id;
use tradehall_domain::language::Language;
use tradehall_persistence::{Meter, attachment};

use super::refusal::Refusal;
use crate::app::{App, Error};
use crate::attachment::link::{LinkError, Purpose};

/// Gives a file. It is never shown inside a page: it is always saved, under its own name, as the type that it was checked to be.
pub async fn get(app: web::Data<App>, request: HttpRequest, link: web::Path<String>) -> impl Responder {
    let accept = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = accept.map(Language::negotiate).unwrap_or_default();
    match give(&app, &request, &link).await {
        Ok(response) => response,
        Err(Fault::Link(error)) => Refusal::link(error).respond_to(&request),
        Err(Fault::App(error)) => Refusal::app(error, language).respond_to(&request),
    }
}

enum Fault {
    Link(LinkError),
    App(Error),
}

impl<E: Into<Error>> From<E> for Fault {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

async fn give(app: &App, request: &HttpRequest, link: &str) -> Result<HttpResponse, Fault> {
    let now = app.store().now();
    let signer = app.files().signer(app.store()).await?;
    let (id, expires_at) = signer.verify(Purpose::Download, link, now).map_err(Fault::Link)?;
    let tx = app.store().read(Actor::system(SystemTask::Files), Meter::default()).await?;
    let file = attachment::load(&tx, Id::from_uuid(id)).await?;
    // The database is not held while a slow client reads.
    drop(tx);
    let size = u64::try_from(file.size).map_err(|_| Error::Internal("a file of negative size".to_owned()))?;
    let tag = EntityTag::new_strong(file.hash.to_string());
    if unchanged(request, &tag) {
        return Ok(describe(StatusCode::NOT_MODIFIED, &file, &tag, expires_at, now).finish());
    }
    let part = match part(request, &tag, size) {
        Part::Whole => None,
        Part::From(first, last) => Some((first, last)),
        Part::Outside => {
            let mut response = HttpResponse::build(StatusCode::RANGE_NOT_SATISFIABLE);
            return Ok(response.insert_header((CONTENT_RANGE, format!("bytes */{size}"))).finish());
        }
    };
    let (status, first, end) =
        part.map_or((StatusCode::OK, 0, size), |(first, last)| (StatusCode::PARTIAL_CONTENT, first, last + 1));
    let mut response = describe(status, &file, &tag, expires_at, now);
    if let Some((first, last)) = part {
        response.insert_header((CONTENT_RANGE, format!("bytes {first}-{last}/{size}")));
    }
    if request.method() == Method::HEAD {
        return Ok(response.body(SizedStream::new(end - first, stream::empty::<Result<_, Error>>())));
    }
    let bytes = app.files().get(file.hash, first..end).await?;
    let bytes = bytes.ok_or_else(|| Error::Internal(format!("the bytes of {} are lost", file.hash)))?;
    Ok(response.body(SizedStream::new(end - first, bytes)))
}

/// Everything about the answer but its bytes.
fn describe(
    status: StatusCode,
    file: &Attachment,
    tag: &EntityTag,
    expires_at: Timestamp,
    now: Timestamp,
) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    let good_for = expires_at.duration_since(now).as_secs().max(0);
    response
        .insert_header((CONTENT_TYPE, file.media_type.as_str()))
        .insert_header(disposition(file))
        .insert_header((ETAG, tag.to_string()))
        .insert_header((ACCEPT_RANGES, "bytes"))
        .insert_header((CACHE_CONTROL, format!("private, max-age={good_for}, no-transform")))
        // Says to the compressing layer that the length and ranges above are of the bytes as they are sent.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        // The address is a credential.
        .insert_header((REFERRER_POLICY, "no-referrer"));
    response
}

/// To be saved, under its own name; with a name in ASCII for clients that know no other (RFC 6266, RFC 8187).
fn disposition(file: &Attachment) -> ContentDisposition {
    let name = file.file_name.as_str();
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '%') || c == ' ' { c } else { '_' })
        .collect();
    let own = ExtendedValue { charset: Charset::Ext("UTF-8".to_owned()), language_tag: None, value: name.into() };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(own)],
    }
}

/// Whether the client has the file already.
fn unchanged(request: &HttpRequest, tag: &EntityTag) -> bool {
    if !request.headers().contains_key("if-none-match") {
        return false;
    }
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(items)) => items.iter().any(|item| item.weak_eq(tag)),
        Err(_) => false,
    }
}

enum Part {
    Whole,
    /// The first and the last byte.
    From(u64, u64),
    Outside,
}

/// Which part is asked for. More than one at once is answered with the whole, which is allowed; nonsense is passed over.
fn part(request: &HttpRequest, tag: &EntityTag, size: u64) -> Part {
    let other = request.headers().contains_key("if-range")
        && !matches!(IfRange::parse(request), Ok(IfRange::EntityTag(known)) if known.strong_eq(tag));
    let asked = request.headers().get("range").and_then(|value| value.to_str().ok());
    match asked.and_then(|text| text.parse().ok()) {
        Some(Range::Bytes(parts)) if !other => match parts.as_slice() {
            [only] => only.to_satisfiable_range(size).map_or(Part::Outside, |(first, last)| Part::From(first, last)),
            _ => Part::Whole,
        },
        _ => Part::Whole,
    }
}
