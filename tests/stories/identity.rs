//! Identity: people sign up, in and out, and nobody else gets in.

mod enumeration;
mod keys;
mod limits;
mod lives;
mod mails;
mod organizations;
mod passwords;
mod tokens;

use tradehall::identity::{NewUser, create_user};
use tradehall_domain::identity::User;
use tradehall_domain::language::Language;
use tradehall_tests::{Client, World, json};

/// A password that the policy takes.
pub const PASSWORD: &str = "a steady river of steel";

/// Somebody with an account.
pub async fn account(world: &World, email: &str) -> User {
    let language = Language::English;
    create_user(&world.app, NewUser { email, password: PASSWORD, full_name: "Lê Văn An", language, staff: false })
        .await
        .unwrap()
}

/// A login of theirs: a client that bears its access token, and the refresh token.
pub async fn login(world: &World, email: &str) -> (Client, serde_json::Value) {
    let input = json!({ "email": email, "password": PASSWORD });
    let granted = world.client().send("signIn", input).await.only();
    (world.client().bearing(&granted["accessToken"]["token"]), granted["refreshToken"]["token"].clone())
}

/// An organization that the client founds, by its id.
pub async fn found(client: &Client, name: &str) -> serde_json::Value {
    let document = "mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) {
        organization { id } userErrors { code message path } } }";
    let input = json!({ "input": { "name": name, "country": "VN" } });
    client.ask(document, input).await.only()["organization"]["id"].clone()
}

/// The same client, acting for that organization.
pub async fn acting(client: &Client, organization: &serde_json::Value) -> Client {
    let switched = client.send("switchOrganization", json!({ "organizationId": organization })).await.only();
    client.bearing(&switched["accessToken"]["token"])
}

/// A login of a new member whom `owner` invites with these roles.
pub async fn join(world: &World, owner: &Client, email: &str, roles: &[&str]) -> (Client, serde_json::Value) {
    account(world, email).await;
    let document = "mutation($input: InviteMemberInput!) { inviteMember(input: $input) {
        invitation { id } userErrors { code message path } } }";
    let input = json!({ "email": email, "systemRoles": roles, "customRoleIds": [] });
    owner.ask(document, json!({ "input": input })).await.ok();
    let token = world.mailed_token(email).await;
    let (person, _) = login(world, email).await;
    let document = "mutation($input: InvitationTokenInput!) { acceptInvitation(input: $input) {
        membership { id } userErrors { code message path } } }";
    let accepted = person.ask(document, json!({ "input": { "token": token } })).await.only();
    let (person, _) = login(world, email).await;
    (person, accepted["membership"]["id"].clone())
}

/// Sends a member away.
pub async fn send_away(owner: &Client, membership: &serde_json::Value) {
    let document = "mutation($input: MembershipInput!) { endMembership(input: $input) {
        userErrors { code message path } } }";
    owner.ask(document, json!({ "input": { "membershipId": membership } })).await.ok();
}
