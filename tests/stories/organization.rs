//! Organizations: founded, verified, staffed, and nobody else's business.

mod capability;
mod members;
mod privacy;
mod roles;
mod units;
mod verification;

use jiff::SignedDuration;
use tradehall::graphql::id::global;
use tradehall::identity::{NewUser, create_user};
use tradehall_domain::access::SystemTask;
use tradehall_domain::attachment::{ContentHash, MediaType, Upload, UploadDraft, UploadLimits, Usage};
use tradehall_domain::language::Language;
use tradehall_persistence::attachment;
use tradehall_tests::{Client, World, json};

const PASSWORD: &str = "a steady river of steel";

/// Somebody signed in, acting for nobody.
pub async fn person(world: &World, email: &str) -> Client {
    signed_in(world, email, false).await
}

/// Platform staff.
pub async fn staff(world: &World) -> Client {
    signed_in(world, "staff@market.example", true).await
}

async fn signed_in(world: &World, email: &str, staff: bool) -> Client {
    let full_name = email.split('@').next().unwrap();
    let new = NewUser { email, password: PASSWORD, full_name, language: Language::English, staff };
    create_user(&world.app, new).await.unwrap();
    sign_in(world, email, &json!(null)).await
}

/// Somebody with an account, signed in to act for an organization or, with null, for nobody.
pub async fn sign_in(world: &World, email: &str, organization: &serde_json::Value) -> Client {
    let input = json!({ "email": email, "password": PASSWORD, "organizationId": organization });
    let granted = world.client().send("signIn", input).await.only();
    world.client().bearing(&granted["accessToken"]["token"])
}

/// The same person acting for `organization`.
pub async fn acting_for(client: &Client, organization: &serde_json::Value) -> Client {
    let granted = client.send("switchOrganization", json!({ "organizationId": organization })).await.only();
    client.bearing(&granted["accessToken"]["token"])
}

/// Somebody who has founded an organization and acts for it, and the organization's id.
pub async fn founder(world: &World, email: &str, name: &str) -> (Client, serde_json::Value) {
    let person = person(world, email).await;
    let input = json!({ "name": name, "country": "VN" });
    let id = person.send("createOrganization", input).await.only()["organization"]["id"].clone();
    (acting_for(&person, &id).await, id)
}

/// Makes the owner of `email` a member with these roles, acting for the organization.
pub async fn member(world: &World, owner: &Client, id: &serde_json::Value, email: &str, roles: &[&str]) -> Client {
    let newcomer = person(world, email).await;
    owner.send("inviteMember", json!({ "email": email, "systemRoles": roles })).await.only();
    let token = world.mailed_token(email).await;
    newcomer.send("acceptInvitation", json!({ "token": token })).await.only();
    acting_for(&newcomer, id).await
}

/// The membership of the person called `name`.
pub async fn membership(client: &Client, id: &serde_json::Value, name: &str) -> serde_json::Value {
    let seen = client.run("members", json!({ "id": id, "first": 100 })).await.only();
    let edges = seen["members"]["edges"].as_array().cloned().unwrap_or_default();
    let nodes = edges.into_iter().map(|edge| edge["node"].clone());
    nodes.into_iter().find(|node| node["user"]["fullName"] == name).unwrap_or_else(|| panic!("no {name} in {seen:#}"))
}

/// The global id of a file that the client's organization has uploaded.
pub async fn file(world: &World, client: &Client) -> serde_json::Value {
    let actor = *client.session().await.unwrap().actor();
    let media_types = vec![MediaType::Pdf];
    let (size_max, quota, open_max) = (1_000, 1_000_000, 100);
    let limits = UploadLimits { size_max, media_types, quota, open_max, lifetime: SignedDuration::from_hours(1) };
    let draft = UploadDraft { file_name: "licence.pdf".to_owned(), media_type: "application/pdf".to_owned(), size: 15 };
    let mut tx = world.system(SystemTask::Files).await;
    let owner = actor.organization.unwrap();
    let (mut upload, event) =
        Upload::request(&draft, &limits, Usage::default(), owner, actor.principal, tx.now()).unwrap();
    attachment::upload::insert(&mut tx, &upload, &event).unwrap();
    let content = attachment::content::claim(&mut tx, ContentHash::new([7; 32]), 15).await.unwrap().unwrap();
    let (file, event) = upload.complete(&content, tx.now()).unwrap();
    attachment::upload::save(&mut tx, &mut upload).unwrap();
    attachment::insert(&mut tx, &file, &event).unwrap();
    attachment::content::settle(&mut tx, content.id).await.unwrap();
    tx.commit().await.unwrap();
    serde_json::to_value(global(file.id)).unwrap()
}

/// Papers that staff can check.
pub async fn papers(world: &World, client: &Client, tax_code: &str) -> serde_json::Value {
    json!({
        "legalName": "Công ty TNHH Thép Việt",
        "taxCode": tax_code,
        "ownerName": "Lê Văn An",
        "bankAccount": { "bank": "Vietcombank", "number": "0071 0012 3456 7", "holder": "THEP VIET", "bic": "bftvvnvx" },
        "documents": [{
            "attachmentId": file(world, client).await,
            "title": "Giấy chứng nhận đăng ký doanh nghiệp",
        }],
    })
}

/// Has staff verify an organization that has sent nothing in yet.
pub async fn verify(world: &World, staff: &Client, owner: &Client, id: &serde_json::Value, tax_code: &str) {
    owner.send("submitVerification", papers(world, owner, tax_code).await).await.only();
    staff.send("startReview", json!({ "organizationId": id })).await.only();
    staff.send("verifyOrganization", json!({ "organizationId": id })).await.only();
}
