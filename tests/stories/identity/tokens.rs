//! Attacks on access tokens, and the rotation of the keys that sign them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::Value;
use tradehall::app::AuthError;
use tradehall::identity::{jwks, rotate_keys};
use tradehall_domain::identity::SIGNING_KEY_LEAD;
use tradehall_tests::{Client, json, story};

use super::{account, login};

const EMAIL: &str = "ann@example.com";

/// The three parts of the client's token.
fn parts(client: &Client) -> (Value, Value, String) {
    let token = client.authorization.as_deref().unwrap().strip_prefix("Bearer ").unwrap();
    let [header, claims, signature] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
    (read(header), read(claims), signature.to_owned())
}

fn read(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A fresh Ed25519 key that is not the market's.
fn foreign() -> EncodingKey {
    let prefix = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    EncodingKey::from_ed_der(&[prefix.as_slice(), &[7; 32]].concat())
}

story! {
    async fn no_forged_token_is_taken(world) {
        account(&world, EMAIL).await;
        let (ann, _) = login(&world, EMAIL).await;
        assert!(ann.session().await.is_ok());
        let (header, claims, signature) = parts(&ann);
        let set: Value = serde_json::from_str(&jwks(&world.app).await.unwrap()).unwrap();
        let public = URL_SAFE_NO_PAD.decode(set["keys"][0]["x"].as_str().unwrap()).unwrap();
        assert_eq!(set["keys"][0]["kid"], header["kid"]);
        let with = |mut value: Value, key: &str, to: Value| {
            value[key] = to;
            value
        };

        let mut forged: Vec<(&str, String)> = Vec::new();
        for none in ["none", "None", "NONE"] {
            let header = with(header.clone(), "alg", json!(none));
            forged.push(("alg none without a signature", format!("{}.{}.", part(&header), part(&claims))));
            forged.push(("alg none with one", format!("{}.{}.{signature}", part(&header), part(&claims))));
        }
        // The public key, taken for the secret of a symmetric algorithm.
        for algorithm in [Algorithm::HS256, Algorithm::HS512] {
            for secret in [public.clone(), set["keys"][0]["x"].as_str().unwrap().as_bytes().to_vec(), set.to_string().into_bytes()] {
                let mut symmetric = Header::new(algorithm);
                symmetric.typ = Some("at+jwt".to_owned());
                symmetric.kid = header["kid"].as_str().map(str::to_owned);
                forged.push(("symmetric", encode(&symmetric, &claims, &EncodingKey::from_secret(&secret)).unwrap()));
            }
        }
        // A key of the attacker's own, under every name that a header can give it.
        let own = |change: &dyn Fn(&mut Header)| {
            let mut header = Header::new(Algorithm::EdDSA);
            header.typ = Some("at+jwt".to_owned());
            change(&mut header);
            encode(&header, &claims, &foreign()).unwrap()
        };
        let kid = header["kid"].as_str().unwrap().to_owned();
        forged.push(("our kid", own(&|header| header.kid = Some(kid.clone()))));
        forged.push(("no kid", own(&|_| ())));
        for odd in ["", "0", "../../../../dev/null", "' OR '1'='1", "%00", &"k".repeat(1000)] {
            forged.push(("odd kid", own(&|header| header.kid = Some(odd.to_owned()))));
        }
        forged.push(("a key in the header", own(&|header| {
            header.kid = Some(kid.clone());
            header.jku = Some("https://attacker.example/jwks.json".to_owned());
            header.jwk = jsonwebtoken::jwk::Jwk::from_encoding_key(&foreign(), Algorithm::EdDSA).ok();
        })));
        // Our signature over other claims or another header.
        for (key, to) in [
            ("sub", json!("00000000-0000-7000-8000-000000000000")),
            ("org", json!("00000000-0000-7000-8000-000000000000")),
            ("exp", json!(32_503_680_000_i64)),
            ("aud", json!("another")),
            ("iss", json!("https://attacker.example")),
        ] {
            let claims = with(claims.clone(), key, to);
            forged.push(("tampered claims", format!("{}.{}.{signature}", part(&header), part(&claims))));
        }
        let other = with(header.clone(), "typ", json!("JWT"));
        forged.push(("tampered header", format!("{}.{}.{signature}", part(&other), part(&claims))));
        let whole = format!("{}.{}.{signature}", part(&header), part(&claims));
        for broken in [
            String::new(), ".".to_owned(), "..".to_owned(), "a.b.c".to_owned(), format!("{whole}."), format!(".{whole}"),
            format!("{whole}{}", "A".repeat(5000)), whole[..whole.len() - 4].to_owned(), "thk_".to_owned(),
            "thk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned(), "thr_x".to_owned(), "🦀.🦀.🦀".to_owned(),
        ] {
            forged.push(("broken", broken));
        }
        for (what, token) in forged {
            let client = world.client().bearing(&json!(token));
            assert_eq!(client.refused().await, AuthError::Invalid, "{what}: {token}");
        }
        for header in ["Basic YTpi", "Bearer", "Bearer ", "bearer", "", "Token x", "Digest username=x"] {
            let mut client = world.client();
            client.authorization = Some(header.to_owned());
            assert_eq!(client.refused().await, AuthError::Invalid, "{header:?}");
        }
        assert!(ann.session().await.is_ok(), "the real one is still good");
    }
}

story! {
    async fn a_token_of_ours_with_another_purpose_is_not_taken(world) {
        account(&world, EMAIL).await;
        let (ann, refresh) = login(&world, EMAIL).await;
        // A refresh token is no access token, and an access token refreshes nothing.
        assert_eq!(world.client().bearing(&refresh).refused().await, AuthError::Invalid);
        let access = ann.authorization.as_deref().unwrap().strip_prefix("Bearer ").unwrap();
        assert_eq!(world.client().send("refresh", json!({ "refreshToken": access })).await.refusal(), "LOGIN_ENDED");
    }
}

story! {
    async fn a_token_ends_to_the_second_though_it_was_just_seen(world) {
        account(&world, EMAIL).await;
        let (ann, _) = login(&world, EMAIL).await;
        world.pass(SignedDuration::from_secs(15 * 60 - 1));
        assert!(ann.session().await.is_ok());
        world.pass(SignedDuration::from_secs(1));
        assert_eq!(ann.refused().await, AuthError::Expired);
    }
}

story! {
    async fn keys_change_without_anybody_noticing(world) {
        account(&world, EMAIL).await;
        let published = async || {
            let set: Value = serde_json::from_str(&jwks(&world.app).await.unwrap()).unwrap();
            let keys = set["keys"].as_array().unwrap().clone();
            for key in &keys {
                assert_eq!((&key["kty"], &key["crv"], &key["use"]), (&json!("OKP"), &json!("Ed25519"), &json!("sig")));
                assert!(key.get("d").is_none(), "the private part stays here");
            }
            keys.iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let kid = |client: &Client| parts(client).0["kid"].as_str().unwrap().to_owned();
        let (before, _) = login(&world, EMAIL).await;
        let old = kid(&before);
        let new = rotate_keys(&world.app, false).await.unwrap();
        let mut both = vec![old.clone(), new.clone()];
        both.sort();
        let sorted = |mut kids: Vec<String>| {
            kids.sort();
            kids
        };
        assert_eq!(sorted(published().await), both, "published before it signs");

        world.pass(SIGNING_KEY_LEAD - SignedDuration::from_secs(1));
        let (last, _) = login(&world, EMAIL).await;
        assert_eq!(kid(&last), old);
        world.pass(SignedDuration::from_secs(1));
        let (first, _) = login(&world, EMAIL).await;
        assert_eq!(kid(&first), new);
        world.pass(SignedDuration::from_mins(14));
        assert!(last.session().await.is_ok() && first.session().await.is_ok());
        assert_eq!(sorted(published().await), both, "the last token of the old key is still good");
        world.pass(SignedDuration::from_mins(2));
        assert_eq!(published().await, [new]);
    }
}

story! {
    async fn a_key_that_leaked_is_taken_back_at_once(world) {
        account(&world, EMAIL).await;
        let (ann, refresh) = login(&world, EMAIL).await;
        assert!(ann.session().await.is_ok());
        rotate_keys(&world.app, true).await.unwrap();
        assert_eq!(ann.refused().await, AuthError::Invalid);
        let granted = world.client().send("refresh", json!({ "refreshToken": refresh })).await.only();
        assert!(world.client().bearing(&granted["accessToken"]["token"]).session().await.is_ok());
    }
}

story! {
    async fn a_token_is_looked_up_once_and_then_remembered_for_a_while(world) {
        account(&world, EMAIL).await;
        let (ann, _) = login(&world, EMAIL).await;
        let looks = async || {
            let session = ann.session().await.unwrap();
            (session.actor().user().is_some(), session.login().is_some())
        };
        assert_eq!(looks().await, (true, true));
        // The login ends behind this process's back, as on another node.
        let mut tx = world.system(tradehall_domain::access::SystemTask::Authenticate).await;
        let id = ann.session().await.unwrap().login().unwrap();
        let mut login = tradehall_persistence::identity::lock_login(&mut tx, id).await.unwrap();
        let event = login.end(tradehall_domain::identity::LoginEnd::SignedOut, tx.now()).unwrap();
        tradehall_persistence::identity::save_login(&mut tx, &mut login, Some(&event)).unwrap();
        tx.commit().await.unwrap();

        world.pass(SignedDuration::from_secs(29));
        assert_eq!(looks().await, (true, true), "taken at its word");
        world.pass(SignedDuration::from_secs(1));
        assert_eq!(ann.refused().await, AuthError::Invalid, "looked up again");
    }
}
