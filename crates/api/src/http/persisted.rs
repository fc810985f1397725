//! Which document a request means: by its text, or by the hash of a text that is known here.

use std::{fmt::Write as _, sync::Arc};

use actix_web::http::StatusCode;

use super::{application::Application, gateway::Gateway, params::Params, refusal::Refusal};
use crate::app::ErrorCode;
use crate::graphql::document::{Digest, Document, digest};

impl<A: Application> Gateway<A> {
    /// The parsed document of a request.
    ///
    /// Automatic persisted queries (Apollo): a hash alone finds what was sent with that hash or without one before; a hash
    /// with a text has to be that of the text, so that no one can put a document under another's hash. With trusted
    /// documents only those run that were registered at start.
    pub(super) fn document(&self, params: &Params) -> Result<Arc<Document>, Refusal> {
        let settings = self.settings();
        let (query, hash) = (params.query(), params.document_hash()?);
        let named = hash.map(parse_hash).transpose()?;
        let written = query.map(digest);
        if named.zip(written).is_some_and(|(named, written)| named != written) {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::PersistedQueryMismatch,
                "The hash is not the SHA-256 of the query.",
            ));
        }
        let Some(digest) = named.or(written) else {
            return Err(Refusal::bad_request("The request has no `query`."));
        };
        if let Some(trusted) = &settings.trusted_documents {
            let text = trusted.get(&hexadecimal(&digest)).ok_or_else(|| {
                let message = "Only registered documents run here, and this is none of them.";
                Refusal::new(StatusCode::FORBIDDEN, ErrorCode::DocumentNotTrusted, message)
            })?;
            return Ok(self.documents.get_or_parse(digest, text, &settings.limits)?);
        }
        match query {
            Some(text) => Ok(self.documents.get_or_parse(digest, text, &settings.limits)?),
            None if settings.persisted_queries => self.documents.get(&digest).ok_or_else(|| {
                let message = "PersistedQueryNotFound";
                Refusal::new(StatusCode::BAD_REQUEST, ErrorCode::PersistedQueryNotFound, message)
            }),
            None => {
                let message = "PersistedQueryNotSupported";
                Err(Refusal::new(StatusCode::BAD_REQUEST, ErrorCode::PersistedQueryNotSupported, message))
            }
        }
    }
}

fn hexadecimal(digest: &Digest) -> String {
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Sixty-four hexadecimal digits as bytes.
fn parse_hash(hash: &str) -> Result<Digest, Refusal> {
    let refuse = || Refusal::bad_request("The hash has to be the hexadecimal SHA-256 of the query.");
    let mut digest = Digest::default();
    let mut digits = hash.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()));
    for byte in &mut digest {
        let (high, low) = (digits.next().flatten(), digits.next().flatten());
        *byte = high.zip(low).map(|(high, low)| high << 4 | low).ok_or_else(refuse)?;
    }
    if digits.next().is_some() { Err(refuse()) } else { Ok(digest) }
}

#[cfg(test)]
mod tests {
    use super::{digest, hexadecimal, parse_hash};

    #[test]
    fn a_hash_is_read_as_it_is_written() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hexadecimal(&digest("")), empty);
        assert_eq!(parse_hash(empty).unwrap(), digest(""));
        assert_eq!(parse_hash(&empty.to_uppercase()).unwrap(), digest(""));
        for wrong in ["", "e3", &empty[1..], &format!("{empty}0"), &empty.replace('e', "g"), &empty.replace('e', "é")]
        {
            assert!(parse_hash(wrong).is_err(), "{wrong}");
        }
    }
}
