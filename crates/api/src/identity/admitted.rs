//! Credentials that were found good a moment ago.

use std::collections::HashMap;

use jiff::Timestamp;
use tradehall_domain::access::Actor;
use tradehall_domain::identity::Digest;

use super::authenticate::Credential;

/// A credential that was found good.
#[derive(Debug, Clone)]
pub struct Admission {
    /// What its signature or form proved.
    pub credential: Credential,
    /// Who it made its bearer, when it was last looked up.
    pub actor: Actor,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// When it was last looked up.
    pub checked_at: Timestamp,
    /// The count of changes of access before it was looked up.
    pub epoch: u64,
}

/// The last so many credentials. Two generations: what is used moves to the young one, and when that is full the old one is
/// dropped whole, so memory is bounded and nothing has to be searched for the oldest.
#[derive(Debug)]
pub struct Admitted {
    young: HashMap<Digest, Admission>,
    old: HashMap<Digest, Admission>,
    generation_max: usize,
}

impl Admitted {
    /// Room for `max` credentials.
    pub fn new(max: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), generation_max: (max / 2).max(1) }
    }

    /// What is remembered of the credential whose SHA-256 is `digest`.
    pub fn get(&mut self, digest: &Digest) -> Option<Admission> {
        if let Some(admission) = self.young.get(digest) {
            return Some(admission.clone());
        }
        let admission = self.old.remove(digest)?;
        self.put(*digest, admission.clone());
        Some(admission)
    }

    /// Remembers a credential.
    pub fn put(&mut self, digest: Digest, admission: Admission) {
        if self.young.len() >= self.generation_max && !self.young.contains_key(&digest) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(digest, admission);
    }

    /// Forgets a credential.
    pub fn remove(&mut self, digest: &Digest) {
        self.young.remove(digest);
        self.old.remove(digest);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use tradehall_domain::access::Actor;
    use tradehall_domain::identity::Digest;

    use super::{Admission, Admitted, Credential};

    #[test]
    fn it_never_grows_beyond_its_bound_and_keeps_what_is_used() {
        let mut admitted = Admitted::new(10);
        let digest = |n: u8| Digest([n; 32]);
        let admission = || Admission {
            credential: Credential::Key,
            actor: Actor::ANONYMOUS,
            expires_at: None,
            checked_at: Timestamp::UNIX_EPOCH,
            epoch: 0,
        };
        for n in 0..200 {
            admitted.put(digest(n), admission());
            assert!(admitted.young.len() + admitted.old.len() <= 10);
            assert!(admitted.get(&digest(0)).is_some(), "used every time, dropped at {n}");
        }
        assert!(admitted.get(&digest(1)).is_none());
        admitted.remove(&digest(0));
        assert!(admitted.get(&digest(0)).is_none());
    }
}
