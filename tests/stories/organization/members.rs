//! Who belongs to an organization.

use jiff::SignedDuration;
use tradehall::app::AuthError;
use tradehall_tests::{json, story};

use super::{acting_for, founder, member, membership, person, sign_in};

story! {
    async fn only_the_person_invited_can_accept(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        let bob = person(&world, "bob@example.com").await;
        let eve = person(&world, "eve@example.com").await;
        let input = json!({ "email": "Bob@Example.com", "systemRoles": ["PURCHASER"] });
        let sent = ann.send("inviteMember", input.clone()).await.only()["invitation"].clone();
        assert_eq!(sent["email"], "bob@example.com");
        let first = world.mailed_token("Bob@example.com").await;
        assert_eq!(eve.send("acceptInvitation", json!({ "token": first })).await.refusal(), "INVITED_OTHER");
        assert_eq!(eve.send("declineInvitation", json!({ "token": first })).await.refusal(), "INVITED_OTHER");
        assert_eq!(bob.send("acceptInvitation", json!({ "token": "thi_guess" })).await.refusal(), "TOKEN_INVALID");
        assert_eq!(world.client().send("acceptInvitation", json!({ "token": first })).await.error(), "UNAUTHENTICATED");

        let again = ann.send("inviteMember", input).await.only()["invitation"].clone();
        assert_eq!(again["id"], sent["id"], "one address has one open invitation");
        let second = world.mailed_token("Bob@example.com").await;
        assert_eq!(bob.send("acceptInvitation", json!({ "token": first })).await.refusal(), "TOKEN_INVALID");
        let joined = bob.send("acceptInvitation", json!({ "token": second })).await.only()["membership"].clone();
        assert_eq!(joined["systemRoles"], json!(["PURCHASER"]));
        assert_eq!(joined["organization"]["name"], "Thép Việt");
        let twice = bob.send("acceptInvitation", json!({ "token": second })).await;
        assert_eq!(twice.refusal(), "MEMBER_INVITATION_STATUS");

        let bob = acting_for(&bob, &id).await;
        let viewer = bob.run("viewer", json!({})).await.only();
        assert!(viewer["permissions"].as_array().unwrap().contains(&json!("RFQ_PUBLISH")));
        let input = json!({ "email": "carl@example.com", "systemRoles": ["AUDITOR"] });
        assert_eq!(bob.send("inviteMember", input).await.error(), "FORBIDDEN");
        let input = json!({ "email": "bob@example.com", "systemRoles": ["AUDITOR"] });
        assert_eq!(ann.send("inviteMember", input).await.refusal(), "ALREADY_MEMBER");
        assert_eq!(membership(&ann, &id, "bob").await["user"]["email"], "bob@example.com", "colleagues see each other");
    }
}

story! {
    async fn an_invitation_ends_by_time_by_no_and_by_being_taken_back(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        person(&world, "bob@example.com").await;
        let input = json!({ "email": "bob@example.com", "systemRoles": ["SALES"] });
        ann.send("inviteMember", input.clone()).await.only();
        let token = world.mailed_token("bob@example.com").await;
        world.pass(SignedDuration::from_hours(14 * 24));
        // Access tokens ended meanwhile.
        let ann = sign_in(&world, "ann@example.com", &id).await;
        let bob = sign_in(&world, "bob@example.com", &json!(null)).await;
        assert_eq!(bob.send("acceptInvitation", json!({ "token": token })).await.refusal(), "MEMBER_INVITATION_STATUS");
        let listed = ann.run("memberInvitations", json!({ "id": id, "first": 5 })).await.only();
        assert_eq!(listed["invitations"]["edges"][0]["node"]["status"], "EXPIRED");

        ann.send("inviteMember", input.clone()).await.only();
        let token = world.mailed_token("bob@example.com").await;
        assert_eq!(bob.send("declineInvitation", json!({ "token": token })).await.only()["organization"]["id"], id);
        assert_eq!(bob.send("acceptInvitation", json!({ "token": token })).await.refusal(), "MEMBER_INVITATION_STATUS");

        let sent = ann.send("inviteMember", input).await.only()["invitation"].clone();
        let token = world.mailed_token("bob@example.com").await;
        let revoked = ann.send("revokeInvitation", json!({ "invitationId": sent["id"] })).await.only();
        assert_eq!(revoked["invitation"]["status"], "REVOKED");
        assert_eq!(bob.send("acceptInvitation", json!({ "token": token })).await.refusal(), "MEMBER_INVITATION_STATUS");
    }
}

story! {
    async fn the_last_owner_stays(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        let leave = async |who: &tradehall_tests::Client| who.run("leaveOrganization", json!({})).await;
        assert_eq!(leave(&ann).await.refusal(), "LAST_OWNER");
        let own = membership(&ann, &id, "ann").await;
        let down = json!({ "membershipId": own["id"], "expectedVersion": own["version"], "systemRoles": ["ADMIN"] });
        assert_eq!(ann.send("changeMembership", down.clone()).await.refusal(), "LAST_OWNER");

        let bob = member(&world, &ann, &id, "bob@example.com", &["OWNER"]).await;
        let theirs = json!({ "membershipId": membership(&ann, &id, "bob").await["id"] });
        ann.send("lockMembership", theirs.clone()).await.only();
        assert_eq!(bob.refused().await, AuthError::Invalid, "at once");
        assert_eq!(leave(&ann).await.refusal(), "LAST_OWNER", "a locked owner does not count");
        ann.send("unlockMembership", theirs).await.only();

        // Both go at the same time: one of them stays.
        let (one, other) = tokio::join!(leave(&ann), leave(&bob));
        let left = [&one, &other].into_iter().filter(|answer| answer.refusals().is_empty()).count();
        assert_eq!(left, 1, "{:#} {:#}", one.json, other.json);
        let refused = if one.refusals().is_empty() { other } else { one };
        assert_eq!(refused.refusal(), "LAST_OWNER");
    }
}

story! {
    async fn nobody_gives_more_than_they_have_or_raises_themselves(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        let adam = member(&world, &ann, &id, "adam@example.com", &["ADMIN"]).await;
        let invite = |roles: serde_json::Value| json!({ "email": "new@example.com", "systemRoles": roles });
        assert_eq!(adam.send("inviteMember", invite(json!(["OWNER"]))).await.refusal(), "GRANT_EXCEEDS_OWN");
        assert_eq!(adam.send("inviteMember", invite(json!(["SALES"]))).await.refusal(), "GRANT_EXCEEDS_OWN");
        adam.send("inviteMember", invite(json!(["CATALOG_MANAGER"]))).await.only();
        assert_eq!(adam.send("inviteMember", invite(json!([]))).await.refusal(), "REQUIRED");

        let own = membership(&adam, &id, "adam").await;
        let change = |who: &serde_json::Value, roles: serde_json::Value| {
            json!({ "membershipId": who["id"], "expectedVersion": who["version"], "systemRoles": roles })
        };
        assert_eq!(adam.send("changeMembership", change(&own, json!(["OWNER"]))).await.refusal(), "OWN_MEMBERSHIP");
        assert_eq!(adam.send("changeMembership", change(&own, json!(["ADMIN", "SALES"]))).await.refusal(), "OWN_MEMBERSHIP");
        let boss = membership(&adam, &id, "ann").await;
        assert_eq!(adam.send("changeMembership", change(&boss, json!(["AUDITOR"]))).await.refusal(), "MEMBER_OUTRANKS");
        let of = json!({ "membershipId": boss["id"] });
        assert_eq!(adam.send("lockMembership", of.clone()).await.refusal(), "MEMBER_OUTRANKS");
        assert_eq!(adam.send("endMembership", of).await.refusal(), "MEMBER_OUTRANKS");
        assert_eq!(adam.send("lockMembership", json!({ "membershipId": own["id"] })).await.refusal(), "OWN_MEMBERSHIP");

        let down = adam.send("changeMembership", change(&own, json!(["AUDITOR"]))).await.only();
        assert_eq!(down["membership"]["systemRoles"], json!(["AUDITOR"]), "down is allowed");
        let stale = ann.send("changeMembership", change(&own, json!(["ADMIN"]))).await;
        assert_eq!(stale.refusal(), "STALE");
    }
}

story! {
    async fn who_left_can_come_back(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        let bob = member(&world, &ann, &id, "bob@example.com", &["SALES"]).await;
        let before = membership(&ann, &id, "bob").await;
        bob.run("leaveOrganization", json!({})).await.only();
        assert_eq!(bob.refused().await, AuthError::Invalid, "at once");
        let bob = sign_in(&world, "bob@example.com", &json!(null)).await;
        assert_eq!(bob.run("organization", json!({ "id": id })).await.only()["profile"], json!(null));
        let input = json!({ "email": "bob@example.com", "systemRoles": ["FINANCE"] });
        ann.send("inviteMember", input).await.only();
        let token = world.mailed_token("bob@example.com").await;
        let back = bob.send("acceptInvitation", json!({ "token": token })).await.only()["membership"].clone();
        assert_eq!((&back["id"], &back["systemRoles"]), (&before["id"], &json!(["FINANCE"])));

        let (_, other) = founder(&world, "carl@example.com", "Nhựa Tiền Phong").await;
        let seen = bob.run("memberships", json!({})).await.only();
        assert_eq!(seen["memberships"].as_array().unwrap().len(), 1);
        assert_eq!(seen["memberships"][0]["organization"]["id"], id);
        assert_ne!(seen["memberships"][0]["organization"]["id"], other);
    }
}

story! {
    async fn one_address_gets_only_so_many_mails(world) {
        let (ann, _) = founder(&world, "ann@example.com", "Thép Việt").await;
        let (bob, _) = founder(&world, "bob@example.com", "Nhựa Tiền Phong").await;
        let input = json!({ "email": "carl@example.com", "systemRoles": ["SALES"] });
        for _ in 0..3 {
            ann.send("inviteMember", input.clone()).await.only();
        }
        for _ in 0..2 {
            bob.send("inviteMember", input.clone()).await.only();
        }
        assert_eq!(ann.send("inviteMember", input.clone()).await.refusal(), "TOO_MANY_ATTEMPTS");
        assert_eq!(world.mails("carl@example.com").await.len(), 5);
        let other = json!({ "email": "dora@example.com", "systemRoles": ["SALES"] });
        ann.send("inviteMember", other).await.only();
    }
}
