//! Who asks, from where and in which language: what the headers of a request tell.

use std::net::IpAddr;

use actix_web::{
    HttpMessage as _, HttpRequest,
    http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, HeaderName},
};
use tradehall_domain::language::Language;

use super::{
    application::{Application, AuthError, RequestMeta},
    envelope::RequestId,
    gateway::Gateway,
    refusal::Refusal,
};

/// The circumstances of `request`.
pub(super) fn meta<A: Application>(request: &HttpRequest, gateway: &Gateway<A>) -> RequestMeta {
    RequestMeta {
        request_id: request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
        language: text(request, &ACCEPT_LANGUAGE).map(Language::negotiate).unwrap_or_default(),
        remote: remote(request, gateway.settings().trust_forwarded),
    }
}

/// The caller, by the `Authorization` header.
pub(super) async fn authenticate<A: Application>(
    request: &HttpRequest,
    gateway: &Gateway<A>,
    meta: RequestMeta,
) -> Result<A::Session, Refusal> {
    let mut credentials = request.headers().get_all(AUTHORIZATION);
    let authorization = match (credentials.next(), credentials.next()) {
        (None, _) => None,
        (Some(one), None) => Some(one.to_str().map_err(|_| AuthError::Invalid)?),
        // Which of the two was checked elsewhere on the way?
        (Some(_), Some(_)) => return Err(AuthError::Invalid.into()),
    };
    Ok(gateway.authenticate(authorization, meta).await?)
}

fn remote(request: &HttpRequest, trust_forwarded: bool) -> Option<IpAddr> {
    if trust_forwarded {
        let info = request.connection_info();
        if let Some(address) = info.realip_remote_addr() {
            // With or without a port, and an IPv6 address with one in brackets.
            let parsed = address.parse().or_else(|_| address.parse().map(|socket: std::net::SocketAddr| socket.ip()));
            return parsed.ok();
        }
    }
    request.peer_addr().map(|peer| peer.ip())
}

fn text<'a>(request: &'a HttpRequest, name: &HeaderName) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}
