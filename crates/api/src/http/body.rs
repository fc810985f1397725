//! Reading a request's body within limits of size and time.

use std::{io::Read, time::Duration};

use actix_web::{
    http::{
        StatusCode,
        header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue},
    },
    web::{Bytes, BytesMut, Payload},
};
use flate2::read::GzDecoder;
use futures_util::StreamExt;

use super::refusal::Refusal;
use crate::app::ErrorCode;

/// Refuses with 415 what is not `application/json` in UTF-8. Types that a form of any web page can send without a preflight
/// (`text/plain`, urlencoded, multipart, none) are among them, so that no page can act in a visitor's name.
pub(super) fn require_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let refuse = || {
        Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ErrorCode::UnsupportedMediaType,
            "The body has to be application/json in UTF-8.",
        )
    };
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).ok_or_else(refuse)?;
    let mut parts = content_type.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.filter_map(|part| part.split_once('=')).all(|(name, value)| {
        !name.trim().eq_ignore_ascii_case("charset") || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    if is_json && is_utf8 { Ok(()) } else { Err(refuse()) }
}

/// The whole body, inflated. `limit` holds for the bytes sent and for the bytes inflated.
pub(super) async fn read(
    headers: &HeaderMap,
    payload: Payload,
    limit: usize,
    timeout: Duration,
) -> Result<Bytes, Refusal> {
    let inflate = match headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes) {
        None | Some(b"identity") => false,
        Some(b"gzip" | b"x-gzip") => true,
        Some(_) => {
            let message = "Bodies are sent as they are, or as gzip.";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::UnsupportedMediaType, message)
                .header(ACCEPT_ENCODING, HeaderValue::from_static("gzip")));
        }
    };
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let sent = tokio::time::timeout(timeout, collect(payload, limit)).await.map_err(|_| {
        Refusal::new(StatusCode::REQUEST_TIMEOUT, ErrorCode::Timeout, "The body did not arrive in time.")
    })??;
    if inflate { inflated(&sent, limit) } else { Ok(sent) }
}

async fn collect(mut payload: Payload, limit: usize) -> Result<Bytes, Refusal> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Refusal::bad_request("The body ended early."))?;
        if body.len().saturating_add(chunk.len()) > limit {
            return Err(too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Inflates no more than one byte beyond the limit: a megabyte of gzip can hold a gigabyte of zeros.
fn inflated(sent: &[u8], limit: usize) -> Result<Bytes, Refusal> {
    let mut body = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    GzDecoder::new(sent)
        .take(most)
        .read_to_end(&mut body)
        .map_err(|_| Refusal::bad_request("The body is not gzip."))?;
    if body.len() > limit { Err(too_large(limit)) } else { Ok(body.into()) }
}

fn too_large(limit: usize) -> Refusal {
    let message = format!("The body has more than {limit} bytes.");
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::PayloadTooLarge, message)
        .detail("maximum", u64::try_from(limit).unwrap_or(u64::MAX))
}
