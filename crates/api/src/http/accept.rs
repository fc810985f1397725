//! Which media type an answer has (RFC 9110 §12.5.1; GraphQL over HTTP, "Accept").

use actix_web::http::{
    StatusCode,
    header::{ACCEPT, HeaderMap},
};

use super::refusal::Refusal;
use crate::app::ErrorCode;

/// The media type of an answer in one piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MediaType {
    /// `application/graphql-response+json`.
    Response,
    /// `application/json`, for clients that do not name the other one.
    Json,
}

impl MediaType {
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Response => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// What a client takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Accepted {
    /// For an answer in one piece, or for a refusal.
    pub(super) media_type: MediaType,
    /// Whether `text/event-stream` is named.
    pub(super) events: bool,
    /// Whether `text/event-stream` is wanted even where an answer in one piece would do.
    pub(super) events_preferred: bool,
}

/// How a type is accepted: by weight in thousandths, then by how exactly it is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Preference {
    weight: u16,
    exactness: u8,
}

/// Ranges read of one header; a longer one is cut.
const RANGES_MAX: usize = 32;

/// The media types for a request with these headers, or 406. Without `Accept`, or by a wildcard alone, it is JSON: such
/// clients are older than the other type.
pub(super) fn negotiate(headers: &HeaderMap) -> Result<Accepted, Refusal> {
    let ranges: Vec<&str> = headers
        .get_all(ACCEPT)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|range| !range.is_empty())
        .take(RANGES_MAX)
        .collect();
    if ranges.is_empty() {
        return Ok(Accepted { media_type: MediaType::Json, events: false, events_preferred: false });
    }
    let response = preference(&ranges, "application", "graphql-response+json");
    let json = preference(&ranges, "application", "json");
    let events = Some(preference(&ranges, "text", "event-stream")).filter(|p| p.exactness == EXACT).unwrap_or_default();
    let best = response.max(json);
    if best.weight == 0 && events.weight == 0 {
        return Err(Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            ErrorCode::NotAcceptable,
            "Accept application/graphql-response+json, application/json or text/event-stream.",
        ));
    }
    let media_type = if response >= json && response.exactness == EXACT && response.weight > 0 {
        MediaType::Response
    } else {
        MediaType::Json
    };
    Ok(Accepted { media_type, events: events.weight > 0, events_preferred: events.weight > best.weight })
}

const EXACT: u8 = 2;

/// The preference of the most exact range that covers the type.
fn preference(ranges: &[&str], kind: &str, subtype: &str) -> Preference {
    let mut found = Preference::default();
    for range in ranges {
        let mut parts = range.split(';').map(str::trim);
        let Some((range_kind, range_subtype)) = parts.next().and_then(|range| range.split_once('/')) else { continue };
        let exactness = if range_kind.eq_ignore_ascii_case(kind) && range_subtype.eq_ignore_ascii_case(subtype) {
            EXACT
        } else if range_kind.eq_ignore_ascii_case(kind) && range_subtype == "*" {
            1
        } else if range_kind == "*" && range_subtype == "*" {
            0
        } else {
            continue;
        };
        let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q="))).map_or(1000, per_mille);
        if exactness > found.exactness || found.weight == 0 && exactness == found.exactness {
            found = Preference { weight, exactness };
        }
    }
    found
}

/// `0.8` as 800; what is no weight counts as refused.
fn per_mille(weight: &str) -> u16 {
    match weight.parse::<f32>() {
        // In range by the guard, so that the cast neither truncates nor wraps.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
        Ok(weight) if (0.0..=1.0).contains(&weight) => (weight * 1000.0).round() as u16,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{ACCEPT, HeaderMap, HeaderValue};

    use super::{
        MediaType::{self, Json, Response},
        negotiate,
    };

    fn accept(header: &str) -> Option<(MediaType, bool, bool)> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_str(header).unwrap());
        negotiate(&headers).ok().map(|accepted| (accepted.media_type, accepted.events, accepted.events_preferred))
    }

    #[test]
    fn the_type_is_the_one_that_the_client_prefers_and_knows() {
        for (header, expected) in [
            ("", Json),
            ("*/*", Json),
            ("application/*", Json),
            ("application/json", Json),
            ("application/json; charset=utf-8", Json),
            ("APPLICATION/GraphQL-Response+JSON", Response),
            ("application/graphql-response+json", Response),
            ("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8", Response),
            ("application/json, application/graphql-response+json", Response),
            ("application/json, application/graphql-response+json;q=0.9", Json),
            ("application/graphql-response+json;q=0.5, */*;q=0.1", Response),
            ("application/json, */*", Json),
            ("application/graphql-response+json;q=0, */*", Json),
            ("text/html, application/json;q=0.1", Json),
        ] {
            assert_eq!(accept(header), Some((expected, false, false)), "{header}");
        }
        for header in ["text/html", "application/json;q=0", "image/*", "application/json;q=rubbish", "nonsense"] {
            assert_eq!(accept(header), None, "{header}");
        }
    }

    #[test]
    fn event_streams_are_only_for_those_who_name_them() {
        assert_eq!(accept("*/*"), Some((Json, false, false)));
        assert_eq!(accept("text/event-stream"), Some((Json, true, true)));
        assert_eq!(accept("application/json, text/event-stream"), Some((Json, true, false)));
        assert_eq!(accept("text/event-stream, application/json;q=0.5"), Some((Json, true, true)));
    }
}
