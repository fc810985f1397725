//! How people get in, and how often they may try.

use std::time::Duration;

use super::{
    reader::Reader,
    value::{self, Wrong},
    variable::{Group, Variable},
};

const DAY: Duration = Duration::from_secs(86_400);
const KIB: usize = 1 << 10;

const ACCESS_TOKEN_LIFETIME: Variable =
    Variable::defaulted("TRADEHALL_ACCESS_TOKEN_LIFETIME", "15m", "How long an access token is good for.");
const REFRESH_TOKEN_LIFETIME: Variable = Variable::defaulted(
    "TRADEHALL_REFRESH_TOKEN_LIFETIME",
    "30d",
    "How long a refresh token is good for; it is replaced at each use.",
);
// OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two iterations, one lane.
const ARGON2_MEMORY: Variable =
    Variable::defaulted("TRADEHALL_ARGON2_MEMORY", "19MiB", "Memory that one password hash takes (Argon2id).");
const ARGON2_ITERATIONS: Variable =
    Variable::defaulted("TRADEHALL_ARGON2_ITERATIONS", "2", "Passes over that memory (Argon2id).");
const ARGON2_SLOTS: Variable = Variable::defaulted(
    "TRADEHALL_ARGON2_SLOTS",
    "2",
    "Password hashes computed at once; further ones wait, so that log-ins cannot take the whole machine.",
);
const LOGIN_WINDOW: Variable =
    Variable::defaulted("TRADEHALL_LOGIN_WINDOW", "15m", "The time over which failed log-ins are counted.");
const LOGIN_FAILURES_PER_ACCOUNT: Variable = Variable::defaulted(
    "TRADEHALL_LOGIN_FAILURES_PER_ACCOUNT",
    "10",
    "Failed log-ins of one account within the window before it has to wait.",
);
const LOGIN_FAILURES_PER_ADDRESS: Variable = Variable::defaulted(
    "TRADEHALL_LOGIN_FAILURES_PER_ADDRESS",
    "50",
    "Failed log-ins from one network address within the window before it has to wait.",
);
const RATE_PER_SECOND: Variable = Variable::defaulted(
    "TRADEHALL_RATE_PER_SECOND",
    "1000",
    "Cost points that one caller (organization, person, or address when anonymous) is given back per second, or `off`; a point is about one object of an answer.",
);
const RATE_BURST: Variable =
    Variable::defaulted("TRADEHALL_RATE_BURST", "20000", "Cost points that one caller may use at once after a pause.");

pub(super) const GROUP: Group = Group {
    title: "Access and limits",
    variables: &[
        &ACCESS_TOKEN_LIFETIME,
        &REFRESH_TOKEN_LIFETIME,
        &ARGON2_MEMORY,
        &ARGON2_ITERATIONS,
        &ARGON2_SLOTS,
        &LOGIN_WINDOW,
        &LOGIN_FAILURES_PER_ACCOUNT,
        &LOGIN_FAILURES_PER_ADDRESS,
        &RATE_PER_SECOND,
        &RATE_BURST,
    ],
};

/// Tokens, password hashing and limits on trying.
///
/// The keys that sign tokens are no part of the configuration: they are made on first start, kept in the database and rotated
/// there, so that several nodes share them and no default secret can exist.
#[derive(Debug, Clone)]
pub struct Access {
    /// Lifetime of an access token.
    pub access_token_lifetime: Duration,
    /// Lifetime of a refresh token.
    pub refresh_token_lifetime: Duration,
    /// The cost of a password hash.
    pub password_hash: PasswordHash,
    /// Limits on failed log-ins.
    pub login: LoginLimits,
    /// Limit on requests; `None` when switched off.
    pub rate: Option<RateLimit>,
}

/// Parameters of Argon2id (RFC 9106) with one lane.
#[derive(Debug, Clone, Copy)]
pub struct PasswordHash {
    /// Memory per hash, in KiB as the algorithm takes it.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub iterations: u32,
    /// Hashes computed at the same time.
    pub slots: u32,
}

/// How many failed log-ins are borne.
#[derive(Debug, Clone, Copy)]
pub struct LoginLimits {
    /// The time over which failures are counted.
    pub window: Duration,
    /// Failures of one account.
    pub failures_per_account: u32,
    /// Failures from one network address.
    pub failures_per_address: u32,
}

/// A leaky bucket per caller.
#[derive(Debug, Clone, Copy)]
pub struct RateLimit {
    /// Cost points given back per second.
    pub per_second: u32,
    /// Cost points at once after a pause.
    pub burst: u32,
}

impl Access {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let access = reader.value(&ACCESS_TOKEN_LIFETIME, value::duration(Duration::from_secs(1)..=DAY));
        let refresh = reader.value(&REFRESH_TOKEN_LIFETIME, value::duration(Duration::from_secs(1)..=365 * DAY));
        if let (Some(access), Some(refresh)) = (access, refresh)
            && refresh <= access
        {
            let problem = "is not longer than the lifetime of an access token".to_owned();
            reader.fault(&REFRESH_TOKEN_LIFETIME, problem, format!("more than {}", ACCESS_TOKEN_LIFETIME.name));
        }
        let password_hash = PasswordHash::read(reader);
        let login = LoginLimits::read(reader);
        let rate = RateLimit::read(reader);
        Some(Self {
            access_token_lifetime: access?,
            refresh_token_lifetime: refresh?,
            password_hash: password_hash?,
            login: login?,
            rate: rate?,
        })
    }
}

impl PasswordHash {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let memory_bytes = reader.value(&ARGON2_MEMORY, value::bytes(7 * 1024 * KIB..=1024 * 1024 * KIB));
        let iterations = reader.value(&ARGON2_ITERATIONS, value::count(1..=20));
        let slots = reader.value(&ARGON2_SLOTS, value::count(1..=256));
        // The upper limit of a GiB keeps the quotient far inside 32 bits.
        let memory_kib = u32::try_from(memory_bytes? / KIB).ok()?;
        Some(Self { memory_kib, iterations: iterations?, slots: slots? })
    }
}

impl LoginLimits {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let window = reader.value(&LOGIN_WINDOW, value::duration(Duration::from_secs(1)..=DAY));
        let failures_per_account = reader.value(&LOGIN_FAILURES_PER_ACCOUNT, value::count(1..=10_000));
        let failures_per_address = reader.value(&LOGIN_FAILURES_PER_ADDRESS, value::count(1..=1_000_000));
        Some(Self {
            window: window?,
            failures_per_account: failures_per_account?,
            failures_per_address: failures_per_address?,
        })
    }
}

impl RateLimit {
    /// The inner `None` is a limit that is switched off.
    fn read(reader: &mut Reader<'_>) -> Option<Option<Self>> {
        let per_second = reader.value(&RATE_PER_SECOND, rate);
        let burst = reader.value(&RATE_BURST, value::count(1..=1_000_000));
        let (per_second, burst) = (per_second?, burst?);
        Some(per_second.map(|per_second| Self { per_second, burst }))
    }
}

fn rate(text: &str) -> Result<Option<u32>, Wrong> {
    if text == "off" {
        return Ok(None);
    }
    let number = value::count(1..=1_000_000)(text);
    number.map(Some).map_err(|wrong| Wrong::new(wrong.problem, format!("{}, or `off`", wrong.expected)))
}
