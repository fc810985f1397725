//! The life of an account and of its logins.

use jiff::SignedDuration;
use tradehall::app::AuthError;
use tradehall_domain::access::SystemTask;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::identity::LOGINS_MAX;
use tradehall_persistence::{PageRequest, event};
use tradehall_tests::{json, story};

use super::{PASSWORD, account, login};

const EMAIL: &str = "ann@example.com";

story! {
    async fn from_the_sign_up_to_the_sign_out(world) {
        let client = world.client();
        let sign_up = json!({ "email": "Ann@Example.com", "fullName": "Ann Lee" });
        assert_eq!(client.send("signUp", sign_up).await.only()["email"], "Ann@Example.com");
        let sign_in = json!({ "email": EMAIL, "password": PASSWORD });
        assert_eq!(client.send("signIn", sign_in.clone()).await.refusal(), "SIGN_IN_REFUSED", "not confirmed yet");

        let token = world.mailed_token("Ann@example.com").await;
        let confirmed = client.send("confirmAddress", json!({ "token": token, "password": PASSWORD })).await.only();
        assert_eq!(confirmed["user"]["fullName"], "Ann Lee");
        let again = client.send("confirmAddress", json!({ "token": token, "password": PASSWORD })).await;
        assert_eq!(again.refusals(), [("TOKEN_INVALID".to_owned(), "token".to_owned())]);

        let granted = client.send("signIn", sign_in).await.only();
        let ann = client.bearing(&granted["accessToken"]["token"]);
        let viewer = ann.run("viewer", json!({})).await.only();
        assert_eq!(viewer["user"]["id"], confirmed["user"]["id"]);
        assert_eq!(viewer["user"]["email"], "Ann@example.com");
        assert_eq!(viewer["organization"], json!(null));
        assert_eq!(viewer["permissions"], json!([]));
        assert_eq!(viewer["expiresAt"], granted["accessToken"]["expiresAt"]);
        assert_eq!(client.run("viewer", json!({})).await.only(), json!(null), "nobody is nobody");

        // A quarter of an hour later the access token has ended, and the refresh token gets the next one.
        world.pass(SignedDuration::from_mins(15));
        assert_eq!(ann.refused().await, AuthError::Expired);
        let input = json!({ "refreshToken": granted["refreshToken"]["token"] });
        let renewed = client.send("refresh", input).await.only();
        let ann = client.bearing(&renewed["accessToken"]["token"]);
        assert!(ann.session().await.is_ok());

        assert_eq!(ann.send("signOut", json!({})).await.only()["signedOut"], true);
        assert_eq!(ann.refused().await, AuthError::Invalid, "at once");
        let input = json!({ "refreshToken": renewed["refreshToken"]["token"] });
        assert_eq!(client.send("refresh", input).await.refusal(), "LOGIN_ENDED");
        assert_eq!(client.send("signOut", json!({})).await.error(), "UNAUTHENTICATED");
    }
}

story! {
    async fn a_refresh_token_that_comes_twice_ends_the_whole_login(world) {
        account(&world, EMAIL).await;
        let (_, stolen) = login(&world, EMAIL).await;
        let (other, _) = login(&world, EMAIL).await;
        let client = world.client();

        // The owner refreshes first; then the thief comes with the same token.
        let owner = client.send("refresh", json!({ "refreshToken": stolen })).await.only();
        let owner_token = client.bearing(&owner["accessToken"]["token"]);
        assert!(owner_token.session().await.is_ok());
        let thief = client.send("refresh", json!({ "refreshToken": stolen })).await;
        assert_eq!(thief.refusal(), "REFRESH_TOKEN_REUSED");

        // Neither gets any further, but the other login does.
        assert_eq!(owner_token.refused().await, AuthError::Invalid);
        let next = json!({ "refreshToken": owner["refreshToken"]["token"] });
        assert_eq!(client.send("refresh", next).await.refusal(), "LOGIN_ENDED");
        assert_eq!(client.send("refresh", json!({ "refreshToken": stolen })).await.refusal(), "LOGIN_ENDED");
        assert!(other.session().await.is_ok());
    }
}

story! {
    async fn of_two_refreshes_at_once_one_is_the_second(world) {
        account(&world, EMAIL).await;
        let (_, token) = login(&world, EMAIL).await;
        let client = world.client();
        let input = json!({ "refreshToken": token });
        let (one, two) = futures_util::join!(client.send("refresh", input.clone()), client.send("refresh", input));
        let (renewed, refused) = if one.refusals().is_empty() { (one, two) } else { (two, one) };
        assert_eq!(refused.refusal(), "REFRESH_TOKEN_REUSED");
        let input = json!({ "refreshToken": renewed.only()["refreshToken"]["token"] });
        assert_eq!(client.send("refresh", input).await.refusal(), "LOGIN_ENDED");
    }
}

story! {
    async fn a_login_ends_in_time_however_often_it_is_refreshed(world) {
        account(&world, EMAIL).await;
        let (_, mut token) = login(&world, EMAIL).await;
        let client = world.client();
        for _ in 0..4 {
            world.pass(SignedDuration::from_hours(20 * 24));
            let renewed = client.send("refresh", json!({ "refreshToken": token })).await.only();
            token = renewed["refreshToken"]["token"].clone();
        }
        world.pass(SignedDuration::from_hours(10 * 24));
        assert_eq!(client.send("refresh", json!({ "refreshToken": token })).await.refusal(), "LOGIN_ENDED");

        // One that is not used for a month ends before.
        let (_, token) = login(&world, EMAIL).await;
        world.pass(SignedDuration::from_hours(30 * 24));
        assert_eq!(client.send("refresh", json!({ "refreshToken": token })).await.refusal(), "LOGIN_ENDED");

        // And long after, nothing of either is left.
        world.pass(SignedDuration::from_hours(200 * 24));
        assert!(tradehall::identity::sweep(&world.app).await.unwrap() >= 2);
        assert_eq!(tradehall::identity::sweep(&world.app).await.unwrap(), 0);
    }
}

story! {
    async fn the_oldest_login_makes_room_for_the_fifty_first(world) {
        account(&world, EMAIL).await;
        let (oldest, _) = login(&world, EMAIL).await;
        let (second, _) = login(&world, EMAIL).await;
        for _ in 2..LOGINS_MAX {
            login(&world, EMAIL).await;
        }
        assert!(oldest.session().await.is_ok());
        login(&world, EMAIL).await;
        world.pass(SignedDuration::from_secs(30));
        assert_eq!(oldest.refused().await, AuthError::Invalid);
        assert!(second.session().await.is_ok());
    }
}

story! {
    async fn whatever_happens_to_an_account_is_written_down(world) {
        let user = account(&world, EMAIL).await;
        let (ann, _) = login(&world, EMAIL).await;
        ann.send("signOut", json!({})).await.ok();
        let tx = world.system(SystemTask::Audit).await;
        let subject = Subject { kind: SubjectKind::User, id: user.id.uuid() };
        let page = event::timeline(&tx, subject, &PageRequest::first(10)).await.unwrap();
        let kinds: Vec<_> = page.items.iter().rev().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["USER_OPENED", "USER_SIGNED_IN", "USER_LOGIN_ENDED"]);
        for event in &page.items {
            assert!(!event.payload.contains("example.com") && !event.payload.contains("thr_"), "{}", event.payload);
        }
    }
}

story! {
    async fn a_lost_mail_is_sent_again_and_only_the_last_link_works(world) {
        let client = world.client();
        let sign_up = json!({ "email": EMAIL, "fullName": "Ann", "language": "EN" });
        client.send("signUp", sign_up).await.ok();
        let first = world.mailed_token(EMAIL).await;
        client.send("resendConfirmation", json!({ "email": EMAIL })).await.ok();
        let second = world.mailed_token(EMAIL).await;
        assert_eq!(client.send("confirmAddress", json!({ "token": first, "password": PASSWORD })).await.refusal(), "TOKEN_INVALID");
        client.send("confirmAddress", json!({ "token": second, "password": PASSWORD })).await.ok();

        world.pass(SignedDuration::from_hours(1));
        let sign_up = json!({ "email": "late@example.com", "fullName": "Late" });
        client.send("signUp", sign_up).await.ok();
        let token = world.mailed_token("late@example.com").await;
        world.pass(SignedDuration::from_hours(24));
        assert_eq!(client.send("confirmAddress", json!({ "token": token, "password": PASSWORD })).await.refusal(), "TOKEN_INVALID");
    }
}

story! {
    async fn two_sign_ups_for_one_address_make_one_account(world) {
        let client = world.client();
        let sign_up = |name: &str| json!({ "email": EMAIL, "fullName": name });
        client.send("signUp", sign_up("Mallory")).await.ok();
        let mallory = world.mailed_token(EMAIL).await;
        client.send("signUp", sign_up("Ann")).await.ok();
        let ann = world.mailed_token(EMAIL).await;
        let opened = client.send("confirmAddress", json!({ "token": ann, "password": PASSWORD })).await.only();
        assert_eq!(opened["user"]["fullName"], "Ann");
        assert_eq!(client.send("confirmAddress", json!({ "token": mallory, "password": PASSWORD })).await.refusal(), "TOKEN_INVALID");
    }
}

story! {
    async fn who_signed_up_first_or_last_decides_nothing_that_the_owner_does_not_choose(world) {
        let client = world.client();
        let sign_up = |name: &str| json!({ "email": EMAIL, "fullName": name });
        client.send("signUp", sign_up("Ann")).await.ok();
        world.mailed_token(EMAIL).await;
        // Somebody else signs up with the same address, and even has the mail sent again.
        client.send("signUp", sign_up("Mallory")).await.ok();
        world.mailed_token(EMAIL).await;
        client.send("resendConfirmation", json!({ "email": EMAIL })).await.ok();
        let token = world.mailed_token(EMAIL).await;

        // Nothing that was sent before the mail was read opens or enters the account.
        let schema = tradehall::graphql::sdl(&world.schema);
        let (_, input) = schema.split_once("input SignUpInput {").unwrap();
        assert!(!input.split_once('}').unwrap().0.contains("password"), "a sign-up brings no password");
        let weak = json!({ "token": token, "password": "short", "fullName": " " });
        let paths: Vec<_> = client.send("confirmAddress", weak).await.refusals().into_iter().map(|(_, path)| path).collect();
        assert_eq!(paths, ["fullName", "password"]);
        let chosen = json!({ "token": token, "password": PASSWORD, "fullName": "Ann Lee" });
        let opened = client.send("confirmAddress", chosen.clone()).await.only();
        assert_eq!(opened["user"]["fullName"], "Ann Lee", "not Mallory");
        assert_eq!(client.send("confirmAddress", chosen).await.refusal(), "TOKEN_INVALID");
        client.send("signIn", json!({ "email": EMAIL, "password": PASSWORD })).await.ok();

        // Nor does the other sign-up, which still waits: its mail goes to the owner, who has an account by now.
        client.send("resendConfirmation", json!({ "email": EMAIL })).await.ok();
        let mails = world.mails(EMAIL).await;
        assert!(mails.len() == 1 && mails[0].contains("has an account already"), "{mails:?}");
    }
}
