//! Roles of an organization's own.

use tradehall_tests::{json, story};

use super::{founder, member, membership};

story! {
    async fn a_role_is_defined_given_amended_and_taken_away(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        let input = json!({ "name": "Kho vận", "permissions": ["ORDER_READ", "ORDER_ACKNOWLEDGE"] });
        let role = ann.send("defineRole", input).await.only()["role"].clone();
        let input = json!({ "name": "KHO VAN", "permissions": ["ORDER_READ"] });
        let refused = ann.send("defineRole", input).await;
        assert_eq!(refused.refusals(), [("ROLE_NAME_TAKEN".to_owned(), "name".to_owned())]);
        let input = json!({ "name": "Gods", "permissions": ["ORDER_READ", "PLATFORM_VERIFY"] });
        let refused = ann.send("defineRole", input).await;
        assert_eq!(refused.refusals(), [("PERMISSION_NOT_GRANTABLE".to_owned(), "permissions.1".to_owned())]);

        let bob = member(&world, &ann, &id, "bob@example.com", &["FINANCE"]).await;
        let may = async |permission: &str| {
            let viewer = bob.run("viewer", json!({})).await.only();
            viewer["permissions"].as_array().unwrap().contains(&json!(permission))
        };
        assert!(!may("ORDER_ACKNOWLEDGE").await);
        let theirs = membership(&ann, &id, "bob").await;
        let given = json!({
            "membershipId": theirs["id"], "expectedVersion": theirs["version"], "customRoleIds": [role["id"]],
        });
        let given = ann.send("changeMembership", given).await.only()["membership"].clone();
        assert_eq!(given["systemRoles"], json!(["FINANCE"]), "what is left out stays");
        assert_eq!(given["customRoles"][0]["name"], "Kho vận");
        assert!(may("ORDER_ACKNOWLEDGE").await);

        let in_use = ann.send("deleteRole", json!({ "roleId": role["id"] })).await;
        assert_eq!(in_use.refusal(), "ROLE_IN_USE");
        let input = json!({ "roleId": role["id"], "expectedVersion": 1, "permissions": ["ORDER_READ"] });
        ann.send("amendRole", input.clone()).await.only();
        assert!(!may("ORDER_ACKNOWLEDGE").await, "at once, for everybody who has it");
        assert_eq!(ann.send("amendRole", input).await.refusal(), "STALE");

        ann.send("endMembership", json!({ "membershipId": theirs["id"] })).await.only();
        let left = ann.send("deleteRole", json!({ "roleId": role["id"] })).await.only();
        assert_eq!(left["organization"]["roles"], json!([]), "who left does not hold on to it");
    }
}

story! {
    async fn nobody_defines_or_widens_a_role_beyond_themselves(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        let adam = member(&world, &ann, &id, "adam@example.com", &["ADMIN"]).await;
        let binding = json!({ "name": "Bidder", "permissions": ["QUOTE_SUBMIT"] });
        assert_eq!(adam.send("defineRole", binding.clone()).await.refusal(), "GRANT_EXCEEDS_OWN");
        let bidder = ann.send("defineRole", binding).await.only()["role"].clone();
        let narrow = json!({ "roleId": bidder["id"], "expectedVersion": 1, "permissions": ["QUOTE_READ"] });
        assert_eq!(adam.send("amendRole", narrow).await.refusal(), "GRANT_EXCEEDS_OWN", "nor takes from others");
        let reader = json!({ "name": "Reader", "permissions": ["QUOTE_READ"] });
        let reader = adam.send("defineRole", reader).await.only()["role"].clone();
        let wide = json!({ "roleId": reader["id"], "expectedVersion": 1, "permissions": ["QUOTE_READ", "RFQ_AWARD"] });
        assert_eq!(adam.send("amendRole", wide).await.refusal(), "GRANT_EXCEEDS_OWN");
        let invite = json!({ "email": "x@example.com", "customRoleIds": [bidder["id"]] });
        assert_eq!(adam.send("inviteMember", invite).await.refusal(), "GRANT_EXCEEDS_OWN");
        let waiting = json!({ "email": "x@example.com", "customRoleIds": [bidder["id"]] });
        let sent = ann.send("inviteMember", waiting).await.only()["invitation"].clone();
        assert_eq!(ann.send("deleteRole", json!({ "roleId": bidder["id"] })).await.refusal(), "ROLE_IN_USE");
        ann.send("revokeInvitation", json!({ "invitationId": sent["id"] })).await.only();
        ann.send("deleteRole", json!({ "roleId": bidder["id"] })).await.only();
    }
}
