//! Links that are the right to one file: whoever has one needs no other credential, until it expires.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use tradehall_domain::access::{Actor, SystemTask};
use tradehall_persistence::{Meter, Store, StoreError, attachment};
use uuid::Uuid;

use crate::app::Error;

/// What a link is good for; a link for one thing is none for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Sending the bytes of one upload.
    Upload,
    /// Reading one attachment.
    Download,
}

/// Why a link does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkError {
    /// It is none of ours, or none for this.
    Invalid,
    /// It was one.
    Expired,
}

/// Signs links with HMAC-SHA256 (RFC 2104, FIPS 198-1) and knows its own again.
#[derive(Clone)]
pub struct Signer(Hmac<Sha256>);

/// Begins everything that is signed, so that a signature is good for nothing else that the key may ever be used for.
const CONTEXT: &[u8] = b"tradehall file link 1\0";

/// The id, then the time in seconds, then the signature.
const TOKEN: usize = 16 + 8 + 32;

impl Signer {
    fn new(key: &[u8; 32]) -> Result<Self, Error> {
        Hmac::new_from_slice(key).map(Self).map_err(|error| Error::Internal(error.to_string()))
    }

    /// The path under which `id` can be used for `purpose` until `expires_at`, rounded down to the second.
    pub fn path(&self, purpose: Purpose, id: Uuid, expires_at: Timestamp) -> String {
        let mut token = Vec::with_capacity(TOKEN);
        token.extend_from_slice(id.as_bytes());
        token.extend_from_slice(&expires_at.as_second().to_be_bytes());
        let signature = self.over(purpose, &token).finalize().into_bytes();
        token.extend_from_slice(&signature);
        let token = URL_SAFE_NO_PAD.encode(token);
        match purpose {
            Purpose::Upload => format!("/files/upload/{token}"),
            Purpose::Download => format!("/files/{token}"),
        }
    }

    /// What `token`, the last step of such a path, is good for at `now`, and until when.
    pub fn verify(&self, purpose: Purpose, token: &str, now: Timestamp) -> Result<(Uuid, Timestamp), LinkError> {
        if token.len() != TOKEN.div_ceil(3) * 4 - (3 - TOKEN % 3) % 3 {
            return Err(LinkError::Invalid);
        }
        let token = URL_SAFE_NO_PAD.decode(token).map_err(|_| LinkError::Invalid)?;
        let (signed, signature) = token.split_at_checked(TOKEN - 32).ok_or(LinkError::Invalid)?;
        // In constant time: how much of a forged signature fits is not to be told from how long the answer takes.
        self.over(purpose, signed).verify_slice(signature).map_err(|_| LinkError::Invalid)?;
        let (id, seconds) = signed.split_at_checked(16).ok_or(LinkError::Invalid)?;
        let id = Uuid::from_slice(id).map_err(|_| LinkError::Invalid)?;
        let seconds = seconds.try_into().map(i64::from_be_bytes).map_err(|_| LinkError::Invalid)?;
        let expires_at = Timestamp::from_second(seconds).map_err(|_| LinkError::Invalid)?;
        if now < expires_at { Ok((id, expires_at)) } else { Err(LinkError::Expired) }
    }

    fn over(&self, purpose: Purpose, signed: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(CONTEXT);
        mac.update(match purpose {
            Purpose::Upload => b"upload\0",
            Purpose::Download => b"download\0",
        });
        mac.update(signed);
        mac
    }
}

/// The signer with the market's key, which all its servers share; made now if there is none.
pub async fn signer(store: &Store) -> Result<Signer, Error> {
    let actor = Actor::system(SystemTask::Files);
    if let Some(key) = attachment::key(&store.read(actor, Meter::default()).await?).await? {
        return Signer::new(&key);
    }
    let mut fresh = [0; 32];
    getrandom::fill(&mut fresh).map_err(|error| Error::Internal(error.to_string()))?;
    let mut tx = store.write(actor, Meter::default()).await?;
    attachment::insert_key(&mut tx, &fresh)?;
    match tx.commit().await {
        Ok(()) => Signer::new(&fresh),
        Err(StoreError::Conflict(broken)) if broken.is(attachment::KEY_INDEX) => {
            let key = attachment::key(&store.read(actor, Meter::default()).await?).await?;
            Signer::new(&key.ok_or(Error::NotFound)?)
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::{LinkError, Purpose, Signer, Timestamp, Uuid};

    #[test]
    fn a_link_works_for_its_purpose_until_it_expires() {
        let signer = Signer::new(&[1; 32]).unwrap();
        let id = Uuid::from_u128(7);
        let (end, before) = (Timestamp::from_second(1_000).unwrap(), Timestamp::from_second(999).unwrap());
        let path = signer.path(Purpose::Download, id, end);
        let token = path.strip_prefix("/files/").unwrap();
        assert_eq!(signer.verify(Purpose::Download, token, before), Ok((id, end)));
        assert_eq!(signer.verify(Purpose::Download, token, end), Err(LinkError::Expired));
        assert_eq!(signer.verify(Purpose::Upload, token, before), Err(LinkError::Invalid));
        let other = Signer::new(&[2; 32]).unwrap();
        assert_eq!(other.verify(Purpose::Download, token, before), Err(LinkError::Invalid));
    }

    #[test]
    fn no_changed_link_works() {
        let signer = Signer::new(&[1; 32]).unwrap();
        let end = Timestamp::from_second(1_000).unwrap();
        let path = signer.path(Purpose::Upload, Uuid::from_u128(7), end);
        let token = path.strip_prefix("/files/upload/").unwrap();
        for at in 0..token.len() {
            let mut changed = token.as_bytes().to_vec();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            // The last character carries bits that stand for nothing; the decoder refuses them where they are not zero.
            let verdict = signer.verify(Purpose::Upload, &changed, Timestamp::UNIX_EPOCH);
            assert_eq!(verdict, Err(LinkError::Invalid), "character {at}");
        }
        for text in ["", "A", &token[1..], &format!("{token}A"), &"A".repeat(100_000), "🦀"] {
            assert_eq!(signer.verify(Purpose::Upload, text, Timestamp::UNIX_EPOCH), Err(LinkError::Invalid));
        }
    }
}
