//! Hashing passwords: slow on purpose, so off the threads that answer requests, and only so many at once.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use tradehall_domain::identity::{Password, PasswordHash};

use super::PasswordCost;
use crate::app::Error;

/// Where passwords are hashed.
#[derive(Debug)]
pub struct Hasher {
    cost: PasswordCost,
    slots: Arc<Semaphore>,
    wait: Duration,
}

/// Whether a password was right.
#[derive(Debug)]
pub enum Verdict {
    /// It was. The hash is a costlier one to keep instead, if the stored one was made under other parameters.
    Right(Option<PasswordHash>),
    /// It was not, or there is no account.
    Wrong,
}

impl Hasher {
    /// A place for `slots` hashes at once, in which a hash waits at most `wait` for its turn.
    pub fn new(cost: PasswordCost, slots: usize, wait: Duration) -> Self {
        Self { cost, slots: Arc::new(Semaphore::new(slots.max(1))), wait }
    }

    /// The hash to keep of `password`.
    ///
    /// # Errors
    /// [`Error::Overloaded`] when no slot is free in time.
    pub async fn hash(&self, password: Password) -> Result<PasswordHash, Error> {
        let cost = self.cost;
        self.in_slot(move || hash(cost, &password)).await
    }

    /// Whether `password` is the one of `kept`. Without one it takes as long and is wrong.
    ///
    /// # Errors
    /// [`Error::Overloaded`] when no slot is free in time.
    pub async fn verify(&self, password: Password, kept: Option<PasswordHash>) -> Result<Verdict, Error> {
        let cost = self.cost;
        self.in_slot(move || {
            let kept = kept.map_or_else(|| decoy(cost), |kept| kept.as_str().to_owned());
            let kept = Phc::new(&kept).map_err(broken)?;
            if Argon2::default().verify_password(password.as_bytes(), &kept).is_err() {
                return Ok(Verdict::Wrong);
            }
            let current = Params::try_from(&kept).is_ok_and(|params| {
                (params.m_cost(), params.t_cost(), params.p_cost()) == (cost.memory_kib, cost.iterations, cost.lanes)
            });
            let renewed = if current { None } else { Some(hash(cost, &password)?) };
            Ok(Verdict::Right(renewed))
        })
        .await
    }

    async fn in_slot<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let turn = tokio::time::timeout(self.wait, self.slots.clone().acquire_owned()).await;
        let Ok(Ok(slot)) = turn else { return Err(Error::Overloaded) };
        // The slot goes with the work: a request whose client has left still occupies it until the hash is done.
        let hashed = tokio::task::spawn_blocking(move || {
            let outcome = work();
            drop(slot);
            outcome
        });
        hashed.await.map_err(broken)?
    }
}

fn hash(cost: PasswordCost, password: &Password) -> Result<PasswordHash, Error> {
    let params = Params::new(cost.memory_kib, cost.iterations, cost.lanes, None).map_err(broken)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let phc: Phc = argon.hash_password(password.as_bytes()).map_err(broken)?;
    Ok(PasswordHash::new(phc.to_string()))
}

/// A hash that takes as long to check as a real one and that no password has: 256 zeros.
fn decoy(cost: PasswordCost) -> String {
    let (salt, output) = ("A".repeat(22), "A".repeat(43));
    format!("$argon2id$v=19$m={},t={},p={}${salt}${output}", cost.memory_kib, cost.iterations, cost.lanes)
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("password hash: {error}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Hasher, Password, PasswordCost, Verdict};
    use crate::app::Error;

    const CHEAP: PasswordCost = PasswordCost { memory_kib: 64, iterations: 1, lanes: 1 };

    fn hasher(cost: PasswordCost) -> Hasher {
        Hasher::new(cost, 1, Duration::from_millis(20))
    }

    fn password(text: &str) -> Password {
        Password::attempt(text).unwrap()
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_only() {
        let hasher = hasher(CHEAP);
        let kept = hasher.hash(password("the right one")).await.unwrap();
        assert!(kept.as_str().starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{}", kept.as_str());
        let again = hasher.hash(password("the right one")).await.unwrap();
        assert_ne!(kept, again, "salted");
        let right = hasher.verify(password("the right one"), Some(kept.clone())).await.unwrap();
        assert!(matches!(right, Verdict::Right(None)));
        assert!(matches!(hasher.verify(password("another one"), Some(kept)).await.unwrap(), Verdict::Wrong));
        assert!(matches!(hasher.verify(password("another one"), None).await.unwrap(), Verdict::Wrong));
    }

    #[tokio::test]
    async fn a_hash_of_other_parameters_is_replaced() {
        let kept = hasher(CHEAP).hash(password("the right one")).await.unwrap();
        let dearer = hasher(PasswordCost { iterations: 2, ..CHEAP });
        let verdict = dearer.verify(password("the right one"), Some(kept)).await.unwrap();
        let Verdict::Right(Some(renewed)) = verdict else { panic!("{verdict:?}") };
        assert!(renewed.as_str().contains("t=2"));
        assert!(matches!(dearer.verify(password("the right one"), Some(renewed)).await.unwrap(), Verdict::Right(None)));
    }

    #[tokio::test]
    async fn when_all_slots_are_taken_it_says_so() {
        let hasher = hasher(CHEAP);
        let slot = hasher.slots.clone().acquire_owned().await.unwrap();
        assert!(matches!(hasher.hash(password("whatever it is")).await, Err(Error::Overloaded)));
        drop(slot);
        assert!(hasher.hash(password("whatever it is")).await.is_ok());
    }
}
