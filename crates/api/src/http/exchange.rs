//! Who asks, from where and in which language: what the headers of a request tell.

use std::net::IpAddr;

use actix_web::{
    HttpMessage as _, HttpRequest,
    http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, HeaderName, X_FORWARDED_FOR},
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
        remote: remote(request, gateway.settings().proxy_hops),
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

fn remote(request: &HttpRequest, proxy_hops: usize) -> Option<IpAddr> {
    let peer = request.peer_addr().map(|peer| peer.ip());
    let forwarded = request.headers().get_all(X_FORWARDED_FOR).filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
    // Fewer entries than proxies: the request came past some of them, and only the connection tells the truth.
    let seen = proxy_hops.checked_sub(1).and_then(|before| hops.iter().rev().nth(before));
    seen.and_then(|address| address.parse().ok()).or(peer)
}

fn text<'a>(request: &'a HttpRequest, name: &HeaderName) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::remote;

    #[test]
    fn the_address_is_the_one_that_the_outermost_trusted_proxy_saw() {
        for (forwarded, hops, expected) in [
            ("6.6.6.6", 0, "10.0.0.1"),
            ("192.0.2.7", 1, "192.0.2.7"),
            ("6.6.6.6, 192.0.2.7", 1, "192.0.2.7"),
            ("6.6.6.6, 192.0.2.7, 10.0.0.2", 2, "192.0.2.7"),
            ("2001:db8::7", 1, "2001:db8::7"),
            ("192.0.2.7", 2, "10.0.0.1"),
            ("rubbish", 1, "10.0.0.1"),
        ] {
            let request = TestRequest::default()
                .peer_addr("10.0.0.1:99".parse().unwrap())
                .insert_header(("x-forwarded-for", forwarded))
                .to_http_request();
            assert_eq!(remote(&request, hops), Some(expected.parse().unwrap()), "{forwarded} {hops}");
        }
    }
}
