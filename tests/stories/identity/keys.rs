//! API keys: what they may do, and when they stop.

use jiff::SignedDuration;
use tradehall::app::AuthError;
use tradehall_tests::{json, story};

use super::{account, acting, found, join, login, send_away};

const EMAIL: &str = "ann@example.com";

story! {
    async fn a_key_does_what_it_was_issued_for_until_it_is_revoked(world) {
        account(&world, EMAIL).await;
        let (ann, _) = login(&world, EMAIL).await;
        let steel = found(&ann, "Thép Việt").await;
        let ann = acting(&ann, &steel).await;

        let input = json!({ "name": "ERP", "scopes": ["RFQ_READ", "API_KEY_MANAGE"] });
        let issued = ann.send("issueApiKey", input).await.only();
        let secret = issued["secret"].as_str().unwrap().to_owned();
        assert!(secret.starts_with("thk_") && secret.len() == 47, "{secret}");
        assert_eq!(issued["apiKey"]["hint"], secret[..8]);
        let machine = world.client().bearing(&issued["secret"]);

        let viewer = machine.run("viewer", json!({})).await.only();
        assert_eq!(viewer["user"], json!(null));
        assert_eq!(viewer["organization"]["id"], steel);
        assert_eq!(viewer["permissions"], json!(["API_KEY_MANAGE", "RFQ_READ"]));
        // Keys issue no keys, whatever their scopes; and what is for persons is not for them.
        let more = json!({ "name": "another", "scopes": ["RFQ_READ"] });
        assert_eq!(machine.send("issueApiKey", more).await.error(), "FORBIDDEN");
        assert_eq!(machine.send("switchOrganization", json!({ "organizationId": steel })).await.error(), "UNAUTHENTICATED");
        let change = json!({ "currentPassword": "x", "newPassword": "a password of the machine" });
        assert_eq!(machine.send("changePassword", change).await.error(), "FORBIDDEN");

        let listed = ann.run("apiKeys", json!({ "first": 10 })).await;
        assert!(!listed.json.to_string().contains(&secret), "told once");
        let node = listed.only()["edges"][0]["node"].clone();
        assert_eq!((&node["issuer"]["fullName"], &node["organization"]["name"]), (&json!("Lê Văn An"), &json!("Thép Việt")));

        let revoke = json!({ "apiKeyId": issued["apiKey"]["id"] });
        let revoked = ann.send("revokeApiKey", revoke.clone()).await.only();
        assert_eq!(revoked["apiKey"]["availableActions"][0]["reasonCode"], "API_KEY_REVOKED");
        assert_eq!(machine.refused().await, AuthError::Invalid, "at once");
        assert_eq!(ann.send("revokeApiKey", revoke).await.refusal(), "API_KEY_REVOKED");
    }
}

story! {
    async fn a_key_never_does_more_than_its_issuer(world) {
        account(&world, EMAIL).await;
        let (ann, _) = login(&world, EMAIL).await;
        let steel = found(&ann, "Thép Việt").await;
        let ann = acting(&ann, &steel).await;
        let (bob, membership) = join(&world, &ann, "bob@example.com", &["ADMIN"]).await;

        let input = json!({ "name": "ERP", "scopes": ["RFQ_READ", "RFQ_AWARD", "PLATFORM_OPERATE", "SIGNED_IN"] });
        let refused = bob.send("issueApiKey", input).await.refusals();
        let at = |position: u8| ("SCOPE_NOT_HELD".to_owned(), format!("scopes.{position}"));
        assert_eq!(refused, [at(1), at(2), at(3)]);

        let input = json!({ "name": "ERP", "scopes": ["RFQ_READ", "CATALOG_MANAGE"] });
        let issued = bob.send("issueApiKey", input).await.only();
        let machine = world.client().bearing(&issued["secret"]);
        assert!(machine.session().await.is_ok());

        // Bob is made an auditor, and then sent away: his key follows him.
        let document = "mutation($input: ChangeMembershipInput!) { changeMembership(input: $input) {
            userErrors { code message path } } }";
        let input = json!({ "membershipId": membership, "expectedVersion": 1, "systemRoles": ["AUDITOR"] });
        ann.ask(document, json!({ "input": input })).await.ok();
        assert_eq!(machine.run("viewer", json!({})).await.only()["permissions"], json!(["RFQ_READ"]));
        send_away(&ann, &membership).await;
        assert_eq!(machine.refused().await, AuthError::Invalid);
    }
}

story! {
    async fn a_key_ends_at_its_time(world) {
        account(&world, EMAIL).await;
        let (ann, _) = login(&world, EMAIL).await;
        let ann = acting(&ann, &found(&ann, "Thép Việt").await).await;
        let end = world.now() + SignedDuration::from_mins(10);
        let input = |end: jiff::Timestamp| json!({ "name": "ERP", "scopes": ["RFQ_READ"], "expiresAt": end.to_string() });
        let refused = ann.send("issueApiKey", input(world.now())).await.refusals();
        assert_eq!(refused, [("IN_PAST".to_owned(), "expiresAt".to_owned())]);
        let issued = ann.send("issueApiKey", input(end)).await.only();
        let machine = world.client().bearing(&issued["secret"]);
        assert_eq!(machine.session().await.unwrap().expires_at(), Some(end));
        world.pass(SignedDuration::from_mins(10));
        assert_eq!(machine.refused().await, AuthError::Expired);
    }
}

story! {
    async fn keys_are_for_those_who_manage_them(world) {
        account(&world, EMAIL).await;
        let (ann, _) = login(&world, EMAIL).await;
        let steel = found(&ann, "Thép Việt").await;
        let ann = acting(&ann, &steel).await;
        let issued = ann.send("issueApiKey", json!({ "name": "ERP", "scopes": ["RFQ_READ"] })).await.only();
        let key = issued["apiKey"]["id"].clone();
        let document = "query($id: ID!) { node(id: $id) { id } }";
        assert_eq!(ann.ask(document, json!({ "id": key })).await.only()["id"], key);

        let (bob, _) = join(&world, &ann, "bob@example.com", &["PURCHASER"]).await;
        assert_eq!(bob.run("apiKeys", json!({ "first": 10 })).await.error(), "FORBIDDEN");
        assert_eq!(bob.ask(document, json!({ "id": key })).await.only(), json!(null));
        assert_eq!(bob.send("revokeApiKey", json!({ "apiKeyId": key })).await.error(), "FORBIDDEN");

        account(&world, "mallory@example.com").await;
        let (mallory, _) = login(&world, "mallory@example.com").await;
        let mallory = acting(&mallory, &found(&mallory, "Rival").await).await;
        assert_eq!(mallory.run("apiKeys", json!({ "first": 10 })).await.only()["edges"], json!([]));
        assert_eq!(mallory.ask(document, json!({ "id": key })).await.only(), json!(null));
        assert_eq!(mallory.send("revokeApiKey", json!({ "apiKeyId": key })).await.error(), "NOT_FOUND");
        assert!(world.client().bearing(&issued["secret"]).session().await.is_ok());
    }
}

story! {
    async fn a_list_of_keys_costs_the_same_however_long_it_is(world) {
        account(&world, EMAIL).await;
        let (ann, _) = login(&world, EMAIL).await;
        let ann = acting(&ann, &found(&ann, "Thép Việt").await).await;
        let mut costs = Vec::new();
        for n in 0..3 {
            ann.send("issueApiKey", json!({ "name": format!("key {n}"), "scopes": ["RFQ_READ"] })).await.ok();
            costs.push(ann.run("apiKeys", json!({ "first": 10 })).await.statements);
        }
        assert_eq!(costs, [3, 3, 3], "keys, issuers, organization");
        assert_eq!(ann.run("viewer", json!({})).await.statements, 2, "user, organization");
    }
}
