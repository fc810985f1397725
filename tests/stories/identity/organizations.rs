//! Acting for one organization or another.

use serde_json::Value;
use tradehall::app::AuthError;
use tradehall_tests::{Client, json, story};

use super::{PASSWORD, account, acting, found, join, login, send_away};

const EMAIL: &str = "ann@example.com";

async fn organization_of(client: &Client) -> Value {
    client.run("viewer", json!({})).await.only()["organization"]["id"].clone()
}

story! {
    async fn switching_ends_nothing(world) {
        account(&world, EMAIL).await;
        let (ann, refresh) = login(&world, EMAIL).await;
        let steel = found(&ann, "Thép Việt").await;
        let paper = found(&ann, "Giấy Sài Gòn").await;
        assert_eq!(organization_of(&ann).await, json!(null));

        let at_steel = acting(&ann, &steel).await;
        let at_paper = acting(&at_steel, &paper).await;
        assert_eq!(organization_of(&at_steel).await, steel);
        assert_eq!(organization_of(&at_paper).await, paper);
        assert_eq!(organization_of(&ann).await, json!(null));
        let viewer = at_paper.run("viewer", json!({})).await.only();
        assert!(viewer["permissions"].as_array().unwrap().contains(&json!("MEMBER_MANAGE")));
        assert_eq!(ann.run("viewer", json!({})).await.only()["permissions"], json!([]));

        // A refresh stays where the person went last.
        let renewed = world.client().send("refresh", json!({ "refreshToken": refresh })).await.only();
        let renewed = world.client().bearing(&renewed["accessToken"]["token"]);
        assert_eq!(organization_of(&renewed).await, paper);
        let nowhere = acting(&renewed, &json!(null)).await;
        assert_eq!(organization_of(&nowhere).await, json!(null));
        assert_eq!(world.client().send("switchOrganization", json!({})).await.error(), "UNAUTHENTICATED");
    }
}

story! {
    async fn nobody_acts_for_an_organization_of_others(world) {
        account(&world, EMAIL).await;
        account(&world, "mallory@example.com").await;
        let (ann, _) = login(&world, EMAIL).await;
        let steel = found(&ann, "Thép Việt").await;
        let (mallory, _) = login(&world, "mallory@example.com").await;
        let refused = vec![("NOT_FOUND".to_owned(), "organizationId".to_owned())];
        let switched = mallory.send("switchOrganization", json!({ "organizationId": steel })).await;
        assert_eq!(switched.refusals(), refused);
        let input = json!({ "email": "mallory@example.com", "password": PASSWORD, "organizationId": steel });
        assert_eq!(world.client().send("signIn", input).await.refusals(), refused);
        // With a wrong password, the organization tells nothing.
        let input = json!({ "email": EMAIL, "password": "a wrong guess of it", "organizationId": steel });
        assert_eq!(world.client().send("signIn", input).await.refusal(), "SIGN_IN_REFUSED");
    }
}

story! {
    async fn a_person_of_one_organization_acts_for_it_from_the_start(world) {
        account(&world, EMAIL).await;
        let (ann, _) = login(&world, EMAIL).await;
        let steel = found(&ann, "Thép Việt").await;
        let (ann, _) = login(&world, EMAIL).await;
        assert_eq!(organization_of(&ann).await, steel);
    }
}

story! {
    async fn an_ended_membership_ends_its_tokens_at_once_but_not_the_login(world) {
        account(&world, EMAIL).await;
        let (ann, _) = login(&world, EMAIL).await;
        let steel = found(&ann, "Thép Việt").await;
        let ann = acting(&ann, &steel).await;
        let (bob, membership) = join(&world, &ann, "bob@example.com", &["PURCHASER"]).await;
        assert_eq!(organization_of(&bob).await, steel);
        let input = json!({ "email": "bob@example.com", "password": PASSWORD });
        let refresh = world.client().send("signIn", input).await.only()["refreshToken"]["token"].clone();

        send_away(&ann, &membership).await;
        assert_eq!(bob.refused().await, AuthError::Invalid);
        let renewed = world.client().send("refresh", json!({ "refreshToken": refresh })).await.only();
        let bob = world.client().bearing(&renewed["accessToken"]["token"]);
        assert_eq!(organization_of(&bob).await, json!(null));
        assert_eq!(bob.run("viewer", json!({})).await.only()["permissions"], json!([]));
    }
}
