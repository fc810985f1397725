//! What others see of an organization: its public facts, and nothing else.

use tradehall_tests::{json, story};

use super::{founder, member, membership, papers, person, staff, verify};

story! {
    async fn strangers_see_public_facts_alone(world) {
        let staff = staff(&world).await;
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        verify(&world, &staff, &ann, &id, "0100109106").await;
        let unit = json!({ "code": "HN", "name": "Hà Nội", "kind": "BRANCH" });
        let unit = ann.send("addUnit", unit).await.only()["unit"].clone();
        let role = json!({ "name": "Night shift", "permissions": ["ORDER_READ"] });
        let role = ann.send("defineRole", role).await.only()["role"].clone();
        let own = membership(&ann, &id, "ann").await;
        let sent = json!({ "email": "carl@example.com", "systemRoles": ["SALES"] });
        let sent = ann.send("inviteMember", sent).await.only()["invitation"].clone();

        let (eve, _) = founder(&world, "eve@example.com", "Rival").await;
        let seen = eve.run("organization", json!({ "id": id })).await.only();
        assert_eq!((&seen["name"], &seen["country"], &seen["verification"]), (&json!("Thép Việt"), &json!("VN"), &json!("VERIFIED")));
        assert_eq!((&seen["profile"], &seen["availableActions"]), (&json!(null), &json!([])));
        for (operation, field) in [
            ("members", "members"), ("memberInvitations", "invitations"), ("units", "units"), ("roles", "roles"),
            ("organizationTimeline", "timeline"),
        ] {
            let variables = match operation {
                "units" | "roles" => json!({ "id": id }),
                _ => json!({ "id": id, "first": 10 }),
            };
            assert_eq!(eve.run(operation, variables.clone()).await.only()[field], json!(null), "{operation}");
            assert_ne!(ann.run(operation, variables).await.only()[field], json!(null), "{operation}");
        }
        let node = "query($id: ID!) { node(id: $id) { id } }";
        for hidden in [&unit["id"], &role["id"], &own["id"]] {
            assert_eq!(eve.ask(node, json!({ "id": hidden })).await.only(), json!(null));
            assert_eq!(ann.ask(node, json!({ "id": hidden })).await.only()["id"], *hidden);
        }
        for (operation, input) in [
            ("amendUnit", json!({ "unitId": unit["id"], "expectedVersion": 1, "name": "Mine" })),
            ("moveUnit", json!({ "unitId": unit["id"] })),
            ("archiveUnit", json!({ "unitId": unit["id"] })),
            ("amendRole", json!({ "roleId": role["id"], "expectedVersion": 1, "name": "Mine" })),
            ("deleteRole", json!({ "roleId": role["id"] })),
            ("revokeInvitation", json!({ "invitationId": sent["id"] })),
            ("lockMembership", json!({ "membershipId": own["id"] })),
            ("endMembership", json!({ "membershipId": own["id"] })),
            ("changeMembership", json!({ "membershipId": own["id"], "expectedVersion": 1, "systemRoles": ["AUDITOR"] })),
        ] {
            assert_eq!(eve.send(operation, input).await.error(), "NOT_FOUND", "{operation}");
        }
        let foreign = json!({ "email": "x@example.com", "systemRoles": ["SALES"], "unitId": unit["id"] });
        let refused = eve.send("inviteMember", foreign).await;
        assert_eq!(refused.refusals(), [("NOT_FOUND".to_owned(), "unitId".to_owned())]);
        let foreign = json!({ "email": "x@example.com", "customRoleIds": [role["id"]] });
        let refused = eve.send("inviteMember", foreign).await;
        assert_eq!(refused.refusals(), [("NOT_FOUND".to_owned(), "customRoleIds.0".to_owned())]);
        let foreign = json!({ "code": "X", "name": "X", "kind": "TEAM", "parentId": unit["id"] });
        let refused = eve.send("addUnit", foreign).await;
        assert_eq!(refused.refusals(), [("NOT_FOUND".to_owned(), "parentId".to_owned())]);
        assert_eq!(world.client().run("organization", json!({ "id": id })).await.error(), "UNAUTHENTICATED");
    }
}

story! {
    async fn members_see_their_organization_as_far_as_their_role_goes(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        let carl = member(&world, &ann, &id, "carl@example.com", &["CATALOG_MANAGER"]).await;
        assert_ne!(carl.run("organization", json!({ "id": id })).await.only()["profile"], json!(null));
        let page = json!({ "id": id, "first": 10 });
        assert_eq!(carl.run("memberInvitations", page.clone()).await.error(), "FORBIDDEN");
        assert_eq!(carl.run("organizationTimeline", page).await.error(), "FORBIDDEN");
        assert_eq!(carl.send("submitVerification", papers(&world, &carl, "0100109106").await).await.error(), "FORBIDDEN");
        let unit = json!({ "code": "HN", "name": "Hà Nội", "kind": "BRANCH" });
        assert_eq!(carl.send("addUnit", unit).await.error(), "FORBIDDEN");
    }
}

story! {
    async fn the_directory_finds_words_without_accents(world) {
        let staff = staff(&world).await;
        let (ann, id) = founder(&world, "ann@example.com", "Công ty Thép Việt Đức").await;
        founder(&world, "bob@example.com", "Nhựa 100% Tiền Phong").await;
        verify(&world, &staff, &ann, &id, "0100109106").await;
        let find = async |filter: serde_json::Value| {
            let page = ann.run("organizations", json!({ "filter": filter, "first": 10 })).await.only();
            let edges = page["edges"].as_array().unwrap().clone();
            edges.into_iter().map(|edge| edge["node"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let steel = ["Công ty Thép Việt Đức"];
        let plastic = ["Nhựa 100% Tiền Phong"];
        assert_eq!(find(json!({ "search": "thep" })).await, steel);
        assert_eq!(find(json!({ "search": "VIỆT đ" })).await, steel);
        assert_eq!(find(json!({ "search": "100%" })).await, plastic);
        assert!(find(json!({ "search": "\0" })).await.is_empty(), "no name has it");
        assert_eq!(find(json!({ "search": "%" })).await, Vec::<String>::new(), "no wildcard");
        assert_eq!(find(json!({ "search": "hep" })).await, Vec::<String>::new(), "words are found from their start");
        assert_eq!(find(json!({ "verified": true })).await, steel);
        assert_eq!(find(json!({ "verified": false })).await, plastic);
        assert_eq!(find(json!({ "capability": "SELLER" })).await, Vec::<String>::new());
        assert_eq!(find(json!({ "country": "DE" })).await, Vec::<String>::new());
        assert_eq!(find(json!({ "country": "VN" })).await, ["Nhựa 100% Tiền Phong", "Công ty Thép Việt Đức"]);
    }
}

story! {
    async fn a_root_field_costs_the_same_however_many_rows_it_holds(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        let costs = async || {
            let page = json!({ "id": id, "first": 50 });
            [
                ann.run("organizations", json!({ "first": 50 })).await.statements,
                ann.run("members", page.clone()).await.statements,
                ann.run("units", json!({ "id": id })).await.statements,
                ann.run("roles", json!({ "id": id })).await.statements,
                ann.run("memberInvitations", page).await.statements,
                ann.run("organization", json!({ "id": id })).await.statements,
            ]
        };
        let grow = async |n: usize| {
            let role = json!({ "name": format!("Role {n}"), "permissions": ["ORDER_READ"] });
            let role = ann.send("defineRole", role).await.only()["role"]["id"].clone();
            let unit = json!({ "code": format!("U{n}"), "name": "U", "kind": "TEAM" });
            let unit = ann.send("addUnit", unit).await.only()["unit"]["id"].clone();
            let under = json!({ "code": format!("V{n}"), "name": "V", "kind": "TEAM", "parentId": unit });
            ann.send("addUnit", under).await.only();
            let email = format!("new{n}@example.com");
            let input = json!({ "email": email, "systemRoles": ["SALES"], "customRoleIds": [role], "unitId": unit });
            let newcomer = person(&world, &email).await;
            ann.send("inviteMember", input.clone()).await.only();
            let token = world.mailed_token(&email).await;
            newcomer.send("acceptInvitation", json!({ "token": token })).await.only();
            let waiting = json!({ "email": format!("w{n}@example.com"), "customRoleIds": [role] });
            ann.send("inviteMember", waiting).await.only();
        };
        grow(1).await;
        let few = costs().await;
        grow(2).await;
        grow(3).await;
        assert_eq!(costs().await, few);
        // Directory; organization + members + their roles, units, people; organization + tree + parents; organization + roles;
        // organization + invitations + their roles by invitation and by name + inviters; organization + profile + papers.
        assert_eq!(few, [1, 6, 3, 2, 5, 3]);
    }
}
