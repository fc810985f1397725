//! Changing and replacing passwords.

use jiff::SignedDuration;
use tradehall::app::AuthError;
use tradehall_tests::{json, story};

use super::{PASSWORD, account, login};

const EMAIL: &str = "ann@example.com";
const NEW: &str = "an entirely new password";

story! {
    async fn a_changed_password_signs_other_devices_out(world) {
        account(&world, EMAIL).await;
        let (here, here_refresh) = login(&world, EMAIL).await;
        let (there, there_refresh) = login(&world, EMAIL).await;

        let change = |current: &str, new: &str| json!({ "currentPassword": current, "newPassword": new });
        let at = |code: &str, path: &str| vec![(code.to_owned(), path.to_owned())];
        let refused = here.send("changePassword", change("a wrong guess of it", NEW)).await;
        assert_eq!(refused.refusals(), at("PASSWORD_WRONG", "currentPassword"));
        let refused = here.send("changePassword", change(PASSWORD, "short")).await;
        assert_eq!(refused.refusals(), at("TOO_SHORT", "newPassword"));
        let refused = here.send("changePassword", change(PASSWORD, "ANN@example.com")).await;
        assert_eq!(refused.refusals(), at("PASSWORD_PERSONAL", "newPassword"));
        assert!(there.session().await.is_ok());

        here.send("changePassword", change(PASSWORD, NEW)).await.ok();
        assert!(here.session().await.is_ok());
        assert_eq!(there.refused().await, AuthError::Invalid);
        let client = world.client();
        client.send("refresh", json!({ "refreshToken": here_refresh })).await.ok();
        assert_eq!(client.send("refresh", json!({ "refreshToken": there_refresh })).await.refusal(), "LOGIN_ENDED");
        let old = json!({ "email": EMAIL, "password": PASSWORD });
        assert_eq!(client.send("signIn", old).await.refusal(), "SIGN_IN_REFUSED");
        client.send("signIn", json!({ "email": EMAIL, "password": NEW })).await.ok();
        assert!(world.mails(EMAIL).await[0].contains("was changed"));
        assert_eq!(client.send("changePassword", change(NEW, PASSWORD)).await.error(), "UNAUTHENTICATED");
    }
}

story! {
    async fn an_open_screen_is_no_place_to_guess(world) {
        account(&world, EMAIL).await;
        let (here, _) = login(&world, EMAIL).await;
        let guess = json!({ "currentPassword": "a guess of somebody", "newPassword": NEW });
        for _ in 0..10 {
            assert_eq!(here.send("changePassword", guess.clone()).await.refusal(), "PASSWORD_WRONG");
        }
        assert_eq!(here.send("changePassword", guess).await.refusal(), "TOO_MANY_ATTEMPTS");
    }
}

story! {
    async fn a_forgotten_password_is_replaced_by_mail(world) {
        account(&world, EMAIL).await;
        let (here, refresh) = login(&world, EMAIL).await;
        let client = world.client();
        client.send("requestPasswordReset", json!({ "email": "ANN@EXAMPLE.COM" })).await.ok();
        let unused = world.mailed_token(EMAIL).await;
        client.send("requestPasswordReset", json!({ "email": EMAIL })).await.ok();
        let token = world.mailed_token(EMAIL).await;

        let reset = |token: &str, new: &str| json!({ "token": token, "newPassword": new });
        let refused = client.send("resetPassword", reset(&token, "password1234")).await;
        assert_eq!(refused.refusals(), [("PASSWORD_COMMON".to_owned(), "newPassword".to_owned())]);
        for wrong in ["", "thp_", "thp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &token.replace("thp_", "thc_")] {
            assert_eq!(client.send("resetPassword", reset(wrong, NEW)).await.refusal(), "TOKEN_INVALID", "{wrong}");
        }
        client.send("resetPassword", reset(&token, NEW)).await.ok();

        assert_eq!(here.refused().await, AuthError::Invalid);
        assert_eq!(client.send("refresh", json!({ "refreshToken": refresh })).await.refusal(), "LOGIN_ENDED");
        assert_eq!(client.send("resetPassword", reset(&token, PASSWORD)).await.refusal(), "TOKEN_INVALID", "twice");
        assert_eq!(client.send("resetPassword", reset(&unused, PASSWORD)).await.refusal(), "TOKEN_INVALID", "older");
        client.send("signIn", json!({ "email": EMAIL, "password": NEW })).await.ok();

        client.send("requestPasswordReset", json!({ "email": EMAIL })).await.ok();
        let mails = world.mails(EMAIL).await;
        assert!(mails[0].contains("was changed"), "{}", mails[0]);
        let token = mails[1].split_once("#token=").unwrap().1.lines().next().unwrap().to_owned();
        world.pass(SignedDuration::from_mins(60));
        assert_eq!(client.send("resetPassword", reset(&token, PASSWORD)).await.refusal(), "TOKEN_INVALID", "too late");
    }
}
