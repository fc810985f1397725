//! How the market gets to know an organization.

use tradehall_tests::{json, story};

use super::{acting_for, founder, papers, person, staff, verify};

const TAX_CODE: &str = "0100109106";

story! {
    async fn an_organization_is_founded_checked_and_suspended(world) {
        let staff = staff(&world).await;
        let ann = person(&world, "ann@example.com").await;
        let input = json!({
            "name": "Thép Việt", "country": "VN", "capabilities": ["BUYER", "SELLER"], "idempotencyKey": "thep-viet-1",
        });
        let founded = ann.send("createOrganization", input.clone()).await.only()["organization"].clone();
        assert_eq!(founded["verification"], "UNVERIFIED");
        assert_eq!(founded["capabilities"], json!(["BUYER"]), "selling waits for the verification");
        let again = ann.send("createOrganization", input).await.only()["organization"].clone();
        assert_eq!(again["id"], founded["id"], "the same request founds once");

        let id = &founded["id"];
        let ann = acting_for(&ann, id).await;
        let of = json!({ "organizationId": id });
        assert_eq!(staff.send("startReview", of.clone()).await.refusal(), "VERIFICATION_STATUS");
        assert_eq!(ann.send("startReview", of.clone()).await.error(), "FORBIDDEN");

        let mut without = papers(&world, &ann, TAX_CODE).await;
        without["taxCode"] = json!(null);
        without["documents"] = json!([]);
        let refused = ann.send("submitVerification", without).await;
        let missing = [("REQUIRED".to_owned(), "taxCode".to_owned()), ("TOO_FEW".to_owned(), "documents".to_owned())];
        assert_eq!(refused.refusals(), missing);
        let sent = ann.send("submitVerification", papers(&world, &ann, TAX_CODE).await).await.only();
        assert_eq!(sent["organization"]["verification"], "SUBMITTED");

        let queue = staff.run("verificationQueue", json!({ "status": "SUBMITTED", "first": 10 })).await.only();
        assert_eq!(queue["edges"][0]["node"]["profile"]["taxCode"], TAX_CODE);
        assert_eq!(queue["edges"][0]["node"]["profile"]["documents"].as_array().unwrap().len(), 1);
        let asked = ann.run("verificationQueue", json!({ "status": "SUBMITTED", "first": 10 })).await;
        assert_eq!(asked.error(), "FORBIDDEN");

        staff.send("startReview", of.clone()).await.only();
        let input = json!({ "organizationId": id, "reason": "The extract is older than three months." });
        let back = staff.send("requestChanges", input).await.only();
        assert_eq!(back["organization"]["verification"], "CHANGES_REQUESTED");
        let seen = ann.run("organization", json!({ "id": id })).await.only();
        assert_eq!(seen["profile"]["reason"], "The extract is older than three months.");
        assert_eq!(seen["profile"]["bankAccount"]["number"], "0071001234567");
        assert_eq!(seen["profile"]["bankAccount"]["bic"], "BFTVVNVX");

        ann.send("submitVerification", papers(&world, &ann, TAX_CODE).await).await.only();
        staff.send("startReview", of.clone()).await.only();
        let verified = staff.send("verifyOrganization", of.clone()).await.only()["organization"].clone();
        assert_eq!(verified["verification"], "VERIFIED");
        assert_eq!(verified["capabilities"], json!(["BUYER", "SELLER"]));
        let seen = ann.run("organization", json!({ "id": id })).await.only();
        assert_eq!(seen["profile"]["submission"], 2);
        assert_eq!(seen["profile"]["documents"].as_array().unwrap().len(), 1, "those of the last submission");
        assert_eq!(seen["profile"]["reason"], json!(null));

        let input = json!({ "organizationId": id, "reason": "Goods were not delivered." });
        staff.send("suspendOrganization", input).await.only();
        assert_eq!(ann.send("amendOrganization", json!({ "expectedVersion": 1, "name": "X" })).await.error(), "FORBIDDEN");
        assert!(ann.run("organizationTimeline", json!({ "id": id, "first": 1 })).await.json["errors"].is_null());
        staff.send("reinstateOrganization", of).await.only();
        let version = ann.run("organization", json!({ "id": id })).await.only()["version"].clone();
        ann.send("amendOrganization", json!({ "expectedVersion": version, "name": "Thép Việt Nam" })).await.only();

        let told = ann.run("organizationTimeline", json!({ "id": id, "first": 50 })).await.only();
        let kinds: Vec<_> =
            told["timeline"]["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["kind"].clone()).collect();
        let all = [
            "ORGANIZATION_AMENDED", "ORGANIZATION_REINSTATED", "ORGANIZATION_SUSPENDED", "CAPABILITY_GRANTED",
            "ORGANIZATION_VERIFIED", "VERIFICATION_REVIEW_STARTED", "VERIFICATION_SUBMITTED",
            "ATTACHMENTS_ATTACHED", "VERIFICATION_CHANGES_REQUESTED", "VERIFICATION_REVIEW_STARTED", "VERIFICATION_SUBMITTED",
        ];
        assert_eq!(&kinds[..all.len()], all);
    }
}

story! {
    async fn what_was_verified_is_verified_again_when_it_changes(world) {
        let staff = staff(&world).await;
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        verify(&world, &staff, &ann, &id, TAX_CODE).await;
        let version = async || ann.run("organization", json!({ "id": id })).await.only()["version"].clone();

        let before = version().await;
        let seat = json!({ "lines": ["1 Lê Lợi"], "city": "Huế", "country": "VN" });
        let moved = ann.send("amendOrganization", json!({ "expectedVersion": before, "address": seat })).await.only();
        assert_eq!(moved["organization"]["verification"], "VERIFIED", "a seat is no verified fact");
        let stale = ann.send("amendOrganization", json!({ "expectedVersion": before, "name": "Late" })).await;
        assert_eq!(stale.refusal(), "STALE");

        let change = json!({ "expectedVersion": version().await, "country": "DE" });
        let refused = ann.send("amendOrganization", change).await;
        assert_eq!(refused.refusals(), [("REQUIRED".to_owned(), "taxCode".to_owned())]);
        let change = json!({ "expectedVersion": version().await, "legalName": "Thép Việt Group" });
        let again = ann.send("amendOrganization", change).await.only();
        assert_eq!(again["organization"]["verification"], "SUBMITTED");

        staff.send("startReview", json!({ "organizationId": id })).await.only();
        let change = json!({ "expectedVersion": version().await, "legalName": "Another" });
        assert_eq!(ann.send("amendOrganization", change).await.refusal(), "VERIFICATION_STATUS");
        let change = json!({ "expectedVersion": version().await, "name": "New sign" });
        assert_eq!(ann.send("amendOrganization", change).await.only()["organization"]["name"], "New sign");
    }
}

story! {
    async fn a_tax_code_belongs_to_whom_it_was_verified_for_and_nobody_else_learns_of_it(world) {
        let staff = staff(&world).await;
        // Somebody who merely says that it is theirs keeps it from nobody.
        let squatter = person(&world, "bob@example.com").await;
        let input = json!({ "name": "Imposter", "country": "VN", "taxCode": TAX_CODE });
        let squatted = squatter.send("createOrganization", input).await.only()["organization"]["id"].clone();
        let squatter = acting_for(&squatter, &squatted).await;
        squatter.send("submitVerification", papers(&world, &squatter, TAX_CODE).await).await.only();
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        verify(&world, &staff, &ann, &id, TAX_CODE).await;

        // And whoever asks is told nothing: it is answered as any other code.
        let probe = person(&world, "eve@example.com").await;
        let input = json!({ "name": "Probe", "country": "VN", "taxCode": TAX_CODE });
        let probed = probe.send("createOrganization", input).await.only()["organization"]["id"].clone();
        let probe = acting_for(&probe, &probed).await;
        let changed = json!({ "expectedVersion": 1, "legalName": "Probe" });
        probe.send("amendOrganization", changed).await.only();
        probe.send("submitVerification", papers(&world, &probe, TAX_CODE).await).await.only();
        let wrong = papers(&world, &probe, "0100109107").await;
        assert_eq!(probe.send("submitVerification", wrong).await.refusal(), "VERIFICATION_STATUS");

        // Staff learn of it when they would verify another, and while the first is suspended too.
        let taken = [("TAX_CODE_TAKEN".to_owned(), "organizationId".to_owned())];
        let try_verify = async |organization: &serde_json::Value| {
            staff.send("verifyOrganization", json!({ "organizationId": organization })).await
        };
        staff.send("startReview", json!({ "organizationId": squatted })).await.only();
        let refused = try_verify(&squatted).await;
        assert_eq!(refused.refusals(), taken);
        assert!(!refused.json.to_string().contains("Thép"), "{:#}", refused.json);
        let seen = squatter.run("organization", json!({ "id": squatted })).await.only();
        assert_eq!(seen["verification"], "IN_REVIEW", "nothing of it was kept");
        staff.send("suspendOrganization", json!({ "organizationId": id, "reason": "Goods were not delivered." })).await.only();
        assert_eq!(try_verify(&squatted).await.refusals(), taken);

        // Its owner goes on with it.
        staff.send("reinstateOrganization", json!({ "organizationId": id })).await.only();
    }
}

story! {
    async fn of_two_organizations_with_one_tax_code_one_is_verified(world) {
        let staff = staff(&world).await;
        let mut both = Vec::new();
        for (email, name) in [("ann@example.com", "Thép Việt"), ("bo@example.com", "Other")] {
            let (owner, id) = founder(&world, email, name).await;
            owner.send("submitVerification", papers(&world, &owner, TAX_CODE).await).await.only();
            let of = json!({ "organizationId": id });
            staff.send("startReview", of.clone()).await.only();
            both.push(of);
        }
        let (one, two) = futures_util::join!(
            staff.send("verifyOrganization", both[0].clone()),
            staff.send("verifyOrganization", both[1].clone()),
        );
        let refused: Vec<_> = one.refusals().into_iter().chain(two.refusals()).map(|(code, _)| code).collect();
        assert_eq!(refused, ["TAX_CODE_TAKEN"]);
    }
}

story! {
    async fn capabilities_are_granted_one_by_one(world) {
        let staff = staff(&world).await;
        let (ann, id) = founder(&world, "ann@example.com", "Chợ Lớn").await;
        let apply = json!({ "capability": "OPERATOR" });
        ann.send("applyForCapability", apply.clone()).await.only();
        assert_eq!(ann.send("applyForCapability", apply.clone()).await.refusal(), "CAPABILITY_STATUS");
        let of = json!({ "organizationId": id, "capability": "OPERATOR" });
        assert_eq!(staff.send("grantCapability", of.clone()).await.refusal(), "NOT_VERIFIED");
        verify(&world, &staff, &ann, &id, TAX_CODE).await;
        let granted = staff.send("grantCapability", of.clone()).await.only();
        assert_eq!(granted["organization"]["capabilities"], json!(["BUYER", "OPERATOR"]));
        let sells = ann.send("applyForCapability", json!({ "capability": "SELLER" })).await.only();
        assert_eq!(sells["organization"]["capabilities"], json!(["BUYER", "SELLER", "OPERATOR"]));

        let why = json!({ "organizationId": id, "capability": "OPERATOR", "reason": "Payouts are late." });
        let stopped = staff.send("suspendCapability", why.clone()).await.only();
        assert_eq!(stopped["organization"]["capabilities"], json!(["BUYER", "SELLER"]));
        assert_eq!(ann.send("suspendCapability", why).await.error(), "FORBIDDEN");
        let back = staff.send("reinstateCapability", of).await.only();
        assert_eq!(back["organization"]["capabilities"], json!(["BUYER", "SELLER", "OPERATOR"]));
    }
}
