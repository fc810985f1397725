//! How many bytes an answer takes as text, told before the text is made.

use async_graphql::Value;

/// Whether `value` as JSON has more than `limit` bytes. What is escaped counts as it is, numbers and punctuation at their least, so
/// that the text may be somewhat longer. Stops looking once it knows.
pub(super) fn exceeds(value: &Value, limit: usize) -> bool {
    take(value, limit).is_none()
}

/// What is left of `limit` after `value`.
fn take(value: &Value, limit: usize) -> Option<usize> {
    match value {
        Value::Null | Value::Boolean(_) => limit.checked_sub(4),
        Value::Number(_) => limit.checked_sub(1),
        Value::String(text) => limit.checked_sub(text.len().saturating_add(2)),
        Value::Enum(name) => limit.checked_sub(name.len().saturating_add(2)),
        Value::Binary(bytes) => limit.checked_sub(bytes.len()),
        Value::List(items) => {
            items.iter().try_fold(limit.checked_sub(2)?, |left, item| take(item, left)?.checked_sub(1))
        }
        Value::Object(fields) => fields.iter().try_fold(limit.checked_sub(2)?, |left, (name, value)| {
            // Its quotes, the colon and the comma.
            take(value, left)?.checked_sub(name.len().saturating_add(4))
        }),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Value;
    use serde_json::json;

    use super::exceeds;

    #[test]
    fn it_is_about_the_length_of_the_text() {
        for answer in [
            json!({"rfqs": {"nodes": [{"title": "Bolts", "lines": [{"n": 1}, {"n": 2}], "gone": null, "open": true}]}}),
            json!([]),
            json!({"text": "x".repeat(1_000)}),
            json!((0..1_000).map(|_| json!({"a": "b"})).collect::<Vec<_>>()),
        ] {
            let text = answer.to_string().len();
            let value = Value::from_json(answer).unwrap();
            assert!(!exceeds(&value, text + text / 10 + 10), "{text}");
            assert!(exceeds(&value, text * 9 / 10 - 1), "{text}");
        }
    }
}
