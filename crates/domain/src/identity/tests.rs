use jiff::{SignedDuration, Timestamp};

use super::{
    ApiKey, ApiKeyDraft, Digest, KeyTimes, Login, LoginEnd, NewAccount, Password, PasswordReset, Rate, Redemption,
    RefreshToken, Registration, SignUpDraft, accepted, signing,
};
use crate::access::{Permission, PermissionSet, SystemRole};
use crate::email::Email;
use crate::id::Id;
use crate::language::Language;
use crate::problem::Code;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const LOGIN_LIFETIME: SignedDuration = SignedDuration::from_hours(10);
const REFRESH_LIFETIME: SignedDuration = SignedDuration::from_hours(3);
const DIGEST: Digest = Digest([7; 32]);

fn at(hour: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
}

fn login() -> Login {
    Login::begin(Id::new(), None, LOGIN_LIFETIME, at(0)).0
}

#[test]
fn every_verb_of_a_login_in_every_state() {
    // State of the login, state of the token, then what redeem, switch and end answer. Written down, not computed.
    let matrix = [
        ("open", "fresh", "renewed", "ok", "ok"),
        ("open", "used", "reused", "ok", "ok"),
        ("open", "expired", "LOGIN_ENDED", "ok", "ok"),
        ("open", "used and expired", "reused", "ok", "ok"),
        ("ended", "fresh", "LOGIN_ENDED", "LOGIN_ENDED", "LOGIN_ENDED"),
        ("ended", "used", "LOGIN_ENDED", "LOGIN_ENDED", "LOGIN_ENDED"),
        ("expired", "fresh", "LOGIN_ENDED", "LOGIN_ENDED", "LOGIN_ENDED"),
        ("expired", "used", "LOGIN_ENDED", "LOGIN_ENDED", "LOGIN_ENDED"),
    ];
    for (login_state, token_state, redeem, switch, end) in matrix {
        let now = if login_state == "expired" { at(10) } else { at(1) };
        let mut login = login();
        let mut token = RefreshToken::issue(&login, DIGEST, REFRESH_LIFETIME, at(0));
        if token_state.contains("expired") {
            token.expires_at = now;
        }
        if token_state.contains("used") {
            token.used_at = Some(at(0));
        }
        if login_state == "ended" {
            let _ = login.end(LoginEnd::SignedOut, at(0)).unwrap();
        }
        let code = |problem: crate::problem::Problem| crate::named::Named::name(problem.code);
        let mut after = login.clone();
        let redeemed = token.clone().redeem(&mut after, DIGEST, REFRESH_LIFETIME, now);
        let said = redeemed.map_or_else(code, |redeemed| match redeemed {
            Redemption::Renewed(_) => "renewed",
            Redemption::Reused(_) => "reused",
        });
        assert_eq!(said, redeem, "redeem: {login_state} {token_state}");
        if said == "reused" {
            assert_eq!(after.ended, Some((now, LoginEnd::TokenReused)));
        }
        let said = login.clone().switch(Some(Id::new()), now).map_or_else(code, |()| "ok");
        assert_eq!(said, switch, "switch: {login_state}");
        let said = login.clone().end(LoginEnd::SignedOut, now).map_or_else(code, |_| "ok");
        assert_eq!(said, end, "end: {login_state}");
    }
}

#[test]
fn no_refresh_token_outlives_its_login() {
    let mut login = login();
    let mut token = RefreshToken::issue(&login, DIGEST, REFRESH_LIFETIME, at(8));
    assert_eq!(token.expires_at, at(10));
    let renewed = token.redeem(&mut login, DIGEST, REFRESH_LIFETIME, at(9)).unwrap();
    let Redemption::Renewed(next) = renewed else { panic!("{renewed:?}") };
    assert_eq!((next.expires_at, next.login, next.used_at), (at(10), login.id, None));
    assert_eq!(token.used_at, Some(at(9)));
}

#[test]
fn passwords() {
    let email = Email::parse("ann.lee.of.hanoi@example.com").unwrap();
    let choose = |text: &str| Password::choose(text, &email, "Nguyễn Thị Ánh").map_err(|problem| problem.code);
    for good in ["twelve chars", "mật khẩu của tôi", "🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🐚", &"ab".repeat(64)]
    {
        assert!(choose(good).is_ok(), "{good}");
    }
    for (bad, code) in [
        ("", Code::TooShort),
        ("eleven char", Code::TooShort),
        (&"ab".repeat(65) as &str, Code::TooLong),
        ("ann.lee.of.hanoi", Code::PasswordPersonal),
        ("Ann.Lee.of.Hanoi@Example.com", Code::PasswordPersonal),
        ("nguyen thi anh", Code::PasswordPersonal),
        ("NGUYỄN THỊ ÁNH", Code::PasswordPersonal),
        ("Password1234", Code::PasswordCommon),
        ("1q2w3e4r5t6y", Code::PasswordCommon),
        ("aaaaaaaaaaaaaaaa", Code::PasswordCommon),
    ] {
        assert_eq!(choose(bad).unwrap_err(), code, "{bad}");
    }
    // One password, composed and decomposed, as two keyboards type it.
    let composed = Password::attempt("mật khẩu của tôi").unwrap();
    let decomposed = Password::attempt("ma\u{323}\u{302}t kha\u{302}\u{309}u cu\u{309}a to\u{302}i").unwrap();
    assert_eq!(composed, decomposed);
    assert_eq!(format!("{composed:?}"), "Password(…)");
    assert!(Password::attempt(&"x".repeat(129)).is_err());
}

#[test]
fn a_sign_up_names_all_its_faults() {
    let draft = SignUpDraft { email: "nobody".to_owned(), full_name: " ".to_owned(), language: Language::English };
    let paths = |draft: &SignUpDraft| {
        let problems = NewAccount::parse(draft).unwrap_err();
        problems.iter().map(|problem| problem.path.join(".")).collect::<Vec<_>>()
    };
    assert_eq!(paths(&draft), ["email", "fullName"]);
    let draft = SignUpDraft { email: "a@example.com".to_owned(), full_name: "Ann".to_owned(), ..draft };
    let account = NewAccount::parse(&draft).unwrap();
    assert_eq!(account.choose("short").unwrap_err().code, Code::TooShort);
}

#[test]
fn mailed_tokens_work_once_and_in_time() {
    let account = NewAccount {
        email: Email::parse("a@example.com").unwrap(),
        full_name: crate::text::Name::parse("Ann").unwrap(),
        language: Language::English,
    };
    let begin = || Registration::begin(account.clone(), DIGEST, at(0));
    assert!(begin().confirm(None, at(23)).is_ok());
    assert_eq!(begin().confirm(None, at(24)).unwrap_err().code, Code::TokenInvalid);
    let mut twice = begin();
    let other = crate::text::Name::parse("Ann Lee").unwrap();
    twice.confirm(Some(other.clone()), at(1)).unwrap();
    assert_eq!(twice.account.full_name, other);
    assert_eq!(twice.confirm(None, at(1)).unwrap_err().code, Code::TokenInvalid);
    assert_eq!(twice.renew(DIGEST, at(1)).unwrap_err().code, Code::TokenInvalid);
    let mut late = begin();
    late.renew(DIGEST, at(30)).unwrap();
    assert!(late.confirm(None, at(53)).is_ok());

    let user = Id::new();
    let request = |user| PasswordReset::request(user, DIGEST, at(0));
    let almost = at(1) - SignedDuration::from_micros(1);
    assert_eq!(request(Some(user)).redeem(almost).unwrap(), user);
    assert_eq!(request(Some(user)).redeem(at(1)).unwrap_err().code, Code::TokenInvalid);
    assert_eq!(request(None).redeem(at(0)).unwrap_err().code, Code::TokenInvalid);
    let mut twice = request(Some(user));
    let _ = twice.redeem(at(0)).unwrap();
    assert_eq!(twice.redeem(at(0)).unwrap_err().code, Code::TokenInvalid);
}

#[test]
fn a_key_gives_no_more_than_its_issuer_has() {
    let issue = |scopes: Vec<Permission>, held: PermissionSet| {
        let draft = ApiKeyDraft { name: "ERP".to_owned(), scopes, expires_at: None };
        ApiKey::issue(&draft, Id::new(), (Id::new(), held), ("thk_abcd".to_owned(), DIGEST), at(0))
    };
    let sales = SystemRole::Sales.permissions();
    let (key, _) = issue(vec![Permission::QuoteRead, Permission::QuoteWrite], sales).unwrap();
    assert!(key.scopes.contains(Permission::QuoteWrite) && !key.scopes.contains(Permission::QuoteSubmit));

    for permission in <Permission as crate::named::Named>::ALL {
        let allowed = permission.is_grantable() && sales.contains(*permission);
        assert_eq!(issue(vec![*permission], sales).is_ok(), allowed, "{permission:?}");
    }
    // Not even staff put the market's own powers into a key.
    let staff = PermissionSet::of(&[Permission::PlatformOperate]);
    let problems = issue(vec![Permission::PlatformOperate], staff).unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert_eq!((problem.code, problem.path.join(".")), (Code::ScopeNotHeld, "scopes.0".to_owned()));
    assert!(issue(Vec::new(), sales).is_err());
}

#[test]
fn an_organization_has_so_many_keys_and_no_more() {
    assert!(ApiKey::has_room(99).is_ok());
    assert_eq!(ApiKey::has_room(100).unwrap_err().code, Code::TooMany);
}

#[test]
fn every_verb_of_a_key_in_every_state() {
    let held = PermissionSet::of(&[Permission::RfqRead]);
    let draft = |expires_at| ApiKeyDraft { name: "ERP".to_owned(), scopes: vec![Permission::RfqRead], expires_at };
    let issue = |end| ApiKey::issue(&draft(end), Id::new(), (Id::new(), held), (String::new(), DIGEST), at(1));
    assert!(issue(Some(at(1))).is_err());
    for (state, now, open, revoke) in [
        ("live", at(2), true, Ok(())),
        ("live to its last moment", at(3) - SignedDuration::from_micros(1), true, Ok(())),
        ("expired", at(3), false, Ok(())),
        ("revoked", at(2), false, Err(Code::ApiKeyRevoked)),
    ] {
        let (mut key, _) = issue(Some(at(3))).unwrap();
        if state == "revoked" {
            let _ = key.revoke(at(1)).unwrap();
        }
        assert_eq!(key.is_open(now), open, "{state}");
        assert_eq!(key.revoke(now).map(drop).map_err(|problem| problem.code), revoke, "{state}");
    }
    assert!(issue(None).unwrap().0.is_open(at(1_000_000)));
}

#[test]
fn a_rotation_leaves_no_gap() {
    let key = |from: i64| KeyTimes { active_from: at(from), revoked_at: None };
    let keys = [key(0), key(100), key(200)];
    // The hour, the key that signs, and the keys that are accepted.
    for (hour, signs, takes) in [
        (0, 0, vec![0, 1, 2]),
        (99, 0, vec![0, 1, 2]),
        (100, 1, vec![0, 1, 2]),
        (101, 1, vec![1, 2]),
        (200, 2, vec![1, 2]),
        (201, 2, vec![2]),
        (900, 2, vec![2]),
    ] {
        assert_eq!(signing(&keys, at(hour)), Some(signs), "hour {hour}");
        assert_eq!(accepted(&keys, HOUR, at(hour)), takes, "hour {hour}");
    }
    let revoked = KeyTimes { revoked_at: Some(at(50)), ..key(0) };
    assert_eq!(signing(&[revoked, key(50)], at(50)), Some(1));
    assert_eq!(accepted(&[revoked, key(50)], HOUR, at(50)), [1]);
    assert_eq!(signing(&[key(10)], at(9)), None);
}

#[test]
fn a_rate_gives_back_what_it_took() {
    let rate = Rate { attempts: 10, window: HOUR };
    let share = SignedDuration::from_mins(6);
    assert_eq!(rate.share_micros(), i64::try_from(share.as_micros()).unwrap());
    // Ten attempts at hour 0 take up the hour; the next is taken one share later.
    assert_eq!(rate.retry_at(at(1)), at(0) + share);
    assert!(Rate { attempts: 0, window: SignedDuration::ZERO }.share_micros() > 0);
}
