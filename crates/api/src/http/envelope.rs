//! What every response carries, whatever it answers: an id and the headers that keep browsers careful.

use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{CACHE_CONTROL, CONTENT_ENCODING, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
    middleware::Next,
    web,
};
use uuid::Uuid;

use super::{application::Application, gateway::Gateway, metrics::Counted};

/// The id of a request, kept among its extensions.
#[derive(Debug, Clone)]
pub(super) struct RequestId(pub(super) String);

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Characters of an id that a client may choose.
const REQUEST_ID_MAX: usize = 64;

/// Middleware around everything else.
pub(super) async fn seal<A: Application>(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let gateway = request.app_data::<web::Data<Gateway<A>>>().cloned();
    let _counted = gateway.as_ref().map(|gateway| Counted::new(&gateway.metrics.in_flight));
    let id = request.headers().get(X_REQUEST_ID).and_then(sane).unwrap_or_else(|| Uuid::now_v7().to_string());
    request.extensions_mut().insert(RequestId(id.clone()));

    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(X_REQUEST_ID, id);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    // Set inside to keep the compression away from what is too small or has to flow.
    if headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding == "identity") {
        headers.remove(CONTENT_ENCODING);
    }
    Ok(response)
}

/// A client's own id, if it is harmless in logs and headers.
fn sane(id: &HeaderValue) -> Option<String> {
    let id = id.to_str().ok()?;
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    ((1..=REQUEST_ID_MAX).contains(&id.len()) && id.bytes().all(harmless)).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::sane;

    #[test]
    fn only_harmless_ids_are_taken_over() {
        for (id, taken) in [
            ("a", true),
            ("0198-aB_c.d", true),
            ("", false),
            ("a b", false),
            ("a\tb", false),
            ("<script>", false),
            (&"a".repeat(65), false),
        ] {
            assert_eq!(sane(&HeaderValue::from_str(id).unwrap()).is_some(), taken, "{id}");
        }
    }
}
