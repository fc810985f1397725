//! What the schema says of itself: what a client has to know before its first request.

use std::fmt::Write as _;

use tradehall_domain::named::Named as _;

use super::connection::PAGE_MAX;
use super::limits::Limits;
use crate::app::ErrorCode;

/// The description of the schema as a whole, in Markdown: how to authenticate, how lists and mutations answer, how much one request may
/// ask for, which errors there are. Numbers are those of `limits`.
#[must_use]
pub fn description(limits: &Limits) -> String {
    let mut text = format!(
        "\
A market between companies. `POST /graphql`; subscriptions over `graphql-transport-ws` or as server-sent events.

Authentication: `Authorization: Bearer` with the access token of `signIn`, or with an API key. A token acts for one organization,
chosen at `signIn` or by `switchOrganization`; no field takes a tenant. A token that is not valid is answered 401; without one the caller
is a visitor, who is shown what shops show to visitors and may ask for it by `product`, `products`, `category`, `categories`,
`productSearch`, `productSuggestions`, `venue` and `node`.

Lists that can grow are Relay connections: `first` (and `after`) or `last` (and `before`), of 1 to {PAGE_MAX}. Ids are opaque, and what
another organization may not see is as if it were not there.

Mutations take one `input` and answer what they changed with `userErrors`: a code for programs, a sentence in English or Vietnamese
(`Accept-Language`), and the path into the input. Where an input has an `idempotencyKey`, the same key and input answers the first
result.

Limits of one request, refused with LIMIT_EXCEEDED or QUERY_TOO_COMPLEX:
"
    );
    for (limit, maximum) in limits.told() {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "- {limit}: {}", grouped(maximum));
    }
    text.push_str(
        "
An object with up to 20 scalars costs a point, times the size of each list that it stands in; `extensions.cost` says what a request
cost and what is left of the caller's points, which come back with time (RATE_LIMITED, `Retry-After`).

Codes of top-level errors, in `extensions.code`; a client that meets one it does not know shows the message. Where a rule refused what was
asked, `extensions.reason` is the UserErrorCode of that rule:
",
    );
    for code in ErrorCode::ALL {
        let _ = writeln!(text, "- {}: {}", code.name(), code.meaning().trim());
    }
    text
}

/// A number with its thousands apart, as people read it.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [(0, "0"), (100, "100"), (1_000, "1 000"), (16_777_216, "16 777 216")] {
            assert_eq!(grouped(number), text);
        }
    }
}
