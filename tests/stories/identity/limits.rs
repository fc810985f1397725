//! Guessing is limited by account and by network address.

use jiff::{SignedDuration, Timestamp};
use tradehall_tests::{json, story};

use super::{PASSWORD, account};

const EMAIL: &str = "ann@example.com";

story! {
    async fn an_account_bears_ten_failures_and_says_when_to_come_back(world) {
        account(&world, EMAIL).await;
        let client = world.client();
        let guess = json!({ "email": EMAIL, "password": "a guess of somebody" });
        let right = json!({ "email": EMAIL, "password": PASSWORD });
        for _ in 0..10 {
            assert_eq!(client.send("signIn", guess.clone()).await.refusal(), "SIGN_IN_REFUSED");
        }
        let refused = client.send("signIn", right.clone()).await;
        assert_eq!(refused.refusal(), "TOO_MANY_ATTEMPTS", "even the right one");
        let retry_at = refused.json["data"]["signIn"]["retryAt"].as_str().unwrap().parse::<Timestamp>().unwrap();
        let wait = retry_at.duration_since(world.now());
        assert!(wait > SignedDuration::ZERO && wait <= SignedDuration::from_secs(92), "{wait:#}");
        // Capitals are no way around.
        let capitals = json!({ "email": "ANN@example.com", "password": PASSWORD });
        assert_eq!(client.send("signIn", capitals).await.refusal(), "TOO_MANY_ATTEMPTS");

        world.pass(wait);
        client.send("signIn", right).await.ok();
        // A success wipes the slate clean.
        for _ in 0..10 {
            assert_eq!(client.send("signIn", guess.clone()).await.refusal(), "SIGN_IN_REFUSED");
        }
        assert_eq!(client.send("signIn", guess).await.refusal(), "TOO_MANY_ATTEMPTS");
    }
}

story! {
    async fn parallel_guesses_do_not_slip_past(world) {
        account(&world, EMAIL).await;
        let client = world.client();
        let guess = json!({ "email": EMAIL, "password": "a guess of somebody" });
        let guesses = (0..30).map(|_| client.send("signIn", guess.clone()));
        let answers = futures_util::future::join_all(guesses).await;
        let tried = answers.iter().filter(|answer| answer.refusal() == "SIGN_IN_REFUSED").count();
        assert_eq!(tried, 10);
    }
}

story! {
    async fn an_address_bears_fifty_failures_over_all_accounts(world) {
        account(&world, EMAIL).await;
        let stuffer = world.client().at("2001:db8:1:2::1");
        for n in 0..50 {
            let input = json!({ "email": format!("user{n}@example.com"), "password": "leaked elsewhere" });
            assert_eq!(stuffer.send("signIn", input).await.refusal(), "SIGN_IN_REFUSED");
        }
        let right = json!({ "email": EMAIL, "password": PASSWORD });
        assert_eq!(stuffer.send("signIn", right.clone()).await.refusal(), "TOO_MANY_ATTEMPTS");
        let neighbour = world.client().at("2001:db8:1:2:ffff::9");
        assert_eq!(neighbour.send("signIn", right.clone()).await.refusal(), "TOO_MANY_ATTEMPTS", "the same /64");
        // Other addresses are not concerned, and success costs an address nothing.
        let office = world.client().at("203.0.113.7");
        for _ in 0..60 {
            office.send("signIn", right.clone()).await.ok();
        }
    }
}

story! {
    async fn strangers_of_one_network_share_their_points_too(world) {
        let key = async |address: &str| world.client().at(address).session().await.unwrap().rate_key();
        assert_eq!(key("2001:db8:1:2::1").await, key("2001:db8:1:2:ffff::9").await, "the same /64");
        assert_ne!(key("2001:db8:1:2::1").await, key("2001:db8:1:3::1").await);
        assert_eq!(key("::ffff:203.0.113.7").await, key("203.0.113.7").await);
        assert_ne!(key("203.0.113.7").await, key("203.0.113.8").await);
    }
}

story! {
    async fn nobody_is_buried_in_mail(world) {
        let client = world.client();
        let sign_up = |email: &str| json!({ "email": email, "fullName": "Ann" });
        for _ in 0..5 {
            client.send("signUp", sign_up(EMAIL)).await.ok();
        }
        assert_eq!(client.send("signUp", sign_up(EMAIL)).await.refusal(), "TOO_MANY_ATTEMPTS");
        assert_eq!(client.send("resendConfirmation", json!({ "email": EMAIL })).await.refusal(), "TOO_MANY_ATTEMPTS");
        client.send("signUp", sign_up("other@example.com")).await.ok();
        assert_eq!(world.mails(EMAIL).await.len(), 5);
    }
}
