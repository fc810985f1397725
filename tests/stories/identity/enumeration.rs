//! Nobody learns from the market who has an account.

use tradehall_tests::{Answer, Client, json, story};

use super::{account, login};

const KNOWN: &str = "known@example.com";
const UNKNOWN: &str = "nobody@example.com";

/// The answer with one address put in the place of the other, and the number of statements that it cost.
async fn seen(client: &Client, operation: &str, input: serde_json::Value) -> (String, u32) {
    let Answer { json, statements } = client.send(operation, input).await;
    (json.to_string().replace(KNOWN, UNKNOWN), statements)
}

story! {
    async fn every_answer_is_the_same_with_and_without_an_account(world) {
        account(&world, KNOWN).await;
        let client = world.client();
        let wrong = |email: &str| json!({ "email": email, "password": "not the right one" });
        assert_eq!(seen(&client, "signIn", wrong(KNOWN)).await, seen(&client, "signIn", wrong(UNKNOWN)).await);

        let reset = |email: &str| json!({ "email": email });
        let known = seen(&client, "requestPasswordReset", reset(KNOWN)).await;
        let unknown = seen(&client, "requestPasswordReset", reset(UNKNOWN)).await;
        assert_eq!(known.0, unknown.0);

        let sign_up = |email: &str| json!({ "email": email, "fullName": "Somebody" });
        assert_eq!(seen(&client, "signUp", sign_up(KNOWN)).await, seen(&client, "signUp", sign_up(UNKNOWN)).await);

        let resend = |email: &str| json!({ "email": email });
        let known = seen(&client, "resendConfirmation", resend(KNOWN)).await;
        let unknown = seen(&client, "resendConfirmation", resend("third@example.com")).await;
        assert_eq!(known.0, unknown.0.replace("third@example.com", UNKNOWN));

        // What the mails say, only their reader learns.
        let mails = world.mails(KNOWN).await;
        assert_eq!(mails.len(), 3);
        assert_eq!(mails.iter().filter(|mail| mail.contains("has an account already")).count(), 2);
        assert_eq!(world.mails("third@example.com").await.len(), 0);
    }
}

story! {
    async fn limits_count_alike_with_and_without_an_account(world) {
        account(&world, KNOWN).await;
        let client = world.client();
        let mut answers = Vec::new();
        for email in [KNOWN, UNKNOWN] {
            let mut answer = Vec::new();
            for _ in 0..12 {
                let input = json!({ "email": email, "password": "not the right one" });
                answer.push(client.send("signIn", input).await.refusal());
            }
            for _ in 0..7 {
                let refusals = client.send("requestPasswordReset", json!({ "email": email })).await.refusals();
                answer.push(refusals.first().map(|(code, _)| code.clone()).unwrap_or_default());
            }
            answers.push(answer);
        }
        assert_eq!(answers[0], answers[1]);
        assert!(answers[0].contains(&"TOO_MANY_ATTEMPTS".to_owned()));
    }
}

story! {
    async fn a_stranger_sees_nobody(world) {
        let known = account(&world, KNOWN).await;
        account(&world, "stranger@example.com").await;
        let (stranger, _) = login(&world, "stranger@example.com").await;
        let document = "query($id: ID!) { node(id: $id) { id } }";
        let id = tradehall::graphql::id::global(known.id);
        assert_eq!(stranger.ask(document, json!({ "id": id })).await.only(), json!(null));
        let (known, _) = login(&world, KNOWN).await;
        assert_eq!(known.ask(document, json!({ "id": id })).await.only()["id"], json!(id));
    }
}
