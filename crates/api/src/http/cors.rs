//! Which other origins' pages may read answers (Fetch standard, CORS protocol).

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
            ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap,
            HeaderValue, ORIGIN, VARY,
        },
    },
    middleware::Next,
    web,
};

use super::{application::Application, gateway::Gateway};

const METHODS: HeaderValue = HeaderValue::from_static("GET, POST");
const HEADERS: HeaderValue = HeaderValue::from_static(
    "accept, accept-language, apollo-require-preflight, apollographql-client-name, apollographql-client-version, \
     authorization, content-type, x-request-id",
);
const EXPOSED: HeaderValue =
    HeaderValue::from_static("ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, x-request-id");
/// Seconds for which a browser need not ask again; Chromium's maximum.
const MAX_AGE: HeaderValue = HeaderValue::from_static("7200");

/// Middleware that answers preflights and marks answers for the origins on the list. Others get no mark, and their browser
/// keeps the answer from them. Credentials are never allowed along.
pub(super) async fn share<A: Application>(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(gateway) = request.app_data::<web::Data<Gateway<A>>>().cloned() else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let origins = &gateway.settings().cors_origins;
    let origin = request.headers().get(ORIGIN).cloned();
    let allowed = origin.as_ref().and_then(|origin| allowed(origin, origins));

    let preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if preflight && origin.is_some() {
        let mut response = HttpResponse::NoContent().finish();
        if allowed.is_some() {
            let headers = response.headers_mut();
            headers.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
            headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        }
        request.into_response(response)
    } else {
        next.call(request).await?.map_into_boxed_body()
    };
    if !origins.is_empty() {
        mark(response.headers_mut(), allowed);
    }
    Ok(response)
}

fn mark(headers: &mut HeaderMap, allowed: Option<HeaderValue>) {
    headers.append(VARY, HeaderValue::from_static("origin"));
    if let Some(allowed) = allowed {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
}

/// What `Access-Control-Allow-Origin` says to this origin.
fn allowed(origin: &HeaderValue, origins: &[String]) -> Option<HeaderValue> {
    if origins.iter().any(|allowed| allowed == "*") {
        return Some(HeaderValue::from_static("*"));
    }
    origins.iter().any(|allowed| allowed.as_bytes() == origin.as_bytes()).then(|| origin.clone())
}
