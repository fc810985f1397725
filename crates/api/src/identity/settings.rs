//! What can be set about identity.

use std::time::Duration;

use jiff::SignedDuration;
use tradehall_domain::identity::Rate;

/// What can be set about identity.
#[derive(Debug, Clone)]
pub struct IdentitySettings {
    /// Who issues our tokens: the market's public address (`iss`, RFC 7519 §4.1.1).
    pub issuer: String,
    /// For whom they are issued (`aud`, RFC 7519 §4.1.3).
    pub audience: String,
    /// How long an access token is good for.
    pub access_lifetime: SignedDuration,
    /// How long a refresh token is good for; each use replaces it.
    pub refresh_lifetime: SignedDuration,
    /// How long after a sign-in the password is needed again, however often the login was refreshed.
    pub login_lifetime: SignedDuration,
    /// What a password hash costs.
    pub password: PasswordCost,
    /// Password hashes computed at once.
    pub password_slots: usize,
    /// How long a sign-in waits for its turn before it is told to come back.
    pub password_wait: Duration,
    /// Failed sign-ins of one account.
    pub account_rate: Rate,
    /// Failed sign-ins, and sign-ups, from one network address.
    pub address_rate: Rate,
    /// Mails asked for by strangers to one e-mail address.
    pub mail_rate: Rate,
    /// How long a credential that was looked up is taken at its word.
    pub recheck: SignedDuration,
    /// Credentials remembered at once.
    pub admitted_max: usize,
}

/// The parameters of Argon2id (RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub iterations: u32,
    /// Lanes; more than one helps only whoever has as many idle cores.
    pub lanes: u32,
}

impl Default for PasswordCost {
    /// The first choice of the OWASP Password Storage Cheat Sheet that does not take 46 MiB a sign-in.
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, iterations: 2, lanes: 1 }
    }
}

impl Default for IdentitySettings {
    fn default() -> Self {
        let quarter = SignedDuration::from_mins(15);
        Self {
            issuer: "http://localhost:8080".to_owned(),
            audience: "tradehall".to_owned(),
            access_lifetime: quarter,
            refresh_lifetime: SignedDuration::from_hours(30 * 24),
            login_lifetime: SignedDuration::from_hours(90 * 24),
            password: PasswordCost::default(),
            password_slots: 2,
            password_wait: Duration::from_secs(5),
            account_rate: Rate { attempts: 10, window: quarter },
            address_rate: Rate { attempts: 50, window: quarter },
            mail_rate: Rate { attempts: 5, window: SignedDuration::from_hours(1) },
            recheck: SignedDuration::from_secs(30),
            admitted_max: 20_000,
        }
    }
}
