//! Logins and API keys. What has ended stays ended; what has run out can still be taken back.

use jiff::{SignedDuration, Timestamp};
use tradehall_domain::access::{Permission, PermissionSet};
use tradehall_domain::id::Id;
use tradehall_domain::identity::{ApiKey, ApiKeyDraft, Digest, Login, LoginEnd, Redemption, RefreshToken, UserEvent};
use tradehall_domain::problem::{Code, Problem, Problems};

use super::{Machine, now, outcome};

const LIFETIME: SignedDuration = SignedDuration::from_hours(1);
const SECRET: Digest = Digest([7; 32]);

/// A login in a status, and the time at which it is in it.
fn login_at(status: &str) -> (Login, Timestamp) {
    let (mut login, _) = Login::begin(Id::new(), None, LIFETIME, now());
    match status {
        "ENDED" => {
            let _ = login.end(LoginEnd::SignedOut, now()).unwrap();
            (login, now())
        }
        "EXPIRED" => (login, now() + LIFETIME),
        _ => (login, now()),
    }
}

fn status_of(login: &Login, at: Timestamp) -> &'static str {
    match login.ended {
        Some(_) => "ENDED",
        None if login.is_open(at) => "OPEN",
        None => "EXPIRED",
    }
}

type LoginVerb = fn(&mut Login, Timestamp) -> Result<(), Problem>;

/// Comes with a refresh token that was, or was not, used before.
fn redeem(login: &mut Login, at: Timestamp, used: bool) -> Result<(), Problem> {
    let mut token = RefreshToken::issue(login, SECRET, LIFETIME, now());
    token.used_at = used.then_some(now());
    let redemption = token.redeem(login, SECRET, LIFETIME, at)?;
    let reused = matches!(redemption, Redemption::Reused(UserEvent::LoginEnded { reason: LoginEnd::TokenReused, .. }));
    assert_eq!(reused, used);
    Ok(())
}

const LOGIN_VERBS: [(&str, LoginVerb); 4] = [
    ("switch", |login, at| login.switch(Some(Id::new()), at)),
    ("refresh", |login, at| redeem(login, at, false)),
    ("refresh with a used token", |login, at| redeem(login, at, true)),
    ("end", |login, at| login.end(LoginEnd::PasswordChanged, at).map(drop)),
];

pub(super) fn login() -> Machine {
    let statuses = ["OPEN", "ENDED", "EXPIRED"];
    let mut machine = Machine::new("Login", Code::LoginEnded, statuses);
    for (name, verb) in LOGIN_VERBS {
        machine.verb(
            name,
            statuses.map(|status| {
                let (mut login, at) = login_at(status);
                outcome(verb(&mut login, at), status_of(&login, at))
            }),
        );
    }
    machine
}

pub(super) fn api_key() -> Machine {
    let statuses = ["LIVE", "EXPIRED", "REVOKED"];
    let mut machine = Machine::new("API key", Code::ApiKeyRevoked, statuses);
    let tried = |status: &str| -> Result<String, Problems> {
        let expires_at = Some(now() + LIFETIME);
        let draft = ApiKeyDraft { name: "ERP".to_owned(), scopes: vec![Permission::RfqRead], expires_at };
        let issuer = (Id::new(), PermissionSet::of(&[Permission::RfqRead]));
        let (mut key, _) = ApiKey::issue(&draft, Id::new(), issuer, (String::new(), SECRET), now())?;
        let at = if status == "EXPIRED" { now() + LIFETIME } else { now() };
        if status == "REVOKED" {
            let _ = key.revoke(now())?;
        }
        assert_eq!(key.is_open(at), status == "LIVE");
        let revoked = key.revoke(at);
        outcome(revoked, if key.revoked_at.is_some() { "REVOKED" } else { status })
    };
    machine.verb("revoke", statuses.map(tried));
    machine
}
