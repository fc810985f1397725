//! Companies, and who works in them.

use tradehall::graphql::id::global;
use tradehall::identity::{NewUser, create_user};
use tradehall_domain::access::PermissionSet;
use tradehall_domain::id::Id;
use tradehall_domain::identity::User;
use tradehall_domain::language::Language;
use tradehall_tests::{Person, World, json};

use super::{OURS, SECRET, Town, acting, ask, owner, send, staff};

pub(super) async fn account(world: &World, email: &str, full_name: &str) -> User {
    let password = "a steady river of steel";
    create_user(&world.app, NewUser { email, password, full_name, language: Language::English, staff: false })
        .await
        .unwrap()
}

/// The owner of a company that sent its papers in and was verified.
pub(super) async fn company(world: &World, name: &str, tax_code: &str, word: &str) -> Person {
    let email = format!("owner-{tax_code}@example.com");
    let user = account(world, &email, &format!("{word} of {name}")).await;
    let person = world.acting(acting(&user, None, PermissionSet::NONE));
    let input = json!({ "name": name, "country": "VN", "capabilities": ["BUYER", "SELLER"] });
    let id = send(&person, "createOrganization", input).await["organization"]["id"].clone();
    let (_, number) = tradehall::graphql::id::parse(id.as_str().unwrap()).unwrap();
    let person = world.acting(acting(&user, Some(Id::from_uuid(number)), owner()));
    let papers = json!({
        "legalName": format!("{word} {name}"),
        "taxCode": tax_code,
        "ownerName": format!("{word} {name}"),
        "bankAccount": { "bank": word, "number": "0071001234567", "holder": word },
        "documents": [{ "attachmentId": super::attachment::one(world, &person, word).await, "title": word }],
    });
    send(&person, "submitVerification", papers).await;
    let clerk = account(world, &format!("staff-{tax_code}@example.com"), "Clerk").await;
    let clerk = world.acting(acting(&clerk, None, staff()));
    send(&clerk, "startReview", json!({ "organizationId": id })).await;
    send(&clerk, "verifyOrganization", json!({ "organizationId": id })).await;
    person
}

pub(super) async fn populate(town: &mut Town) {
    let (buyer, seller, stranger) = (town.buyer.clone(), town.seller.clone(), town.stranger.clone());
    for (label, user_label, person) in
        [("the buyer", "the buyer's owner", &buyer), ("the seller", "the seller's owner", &seller)]
    {
        let id = json!(global(person.organization()).0);
        // The seller opens its shop to visitors, who then know whose it is.
        match label {
            "the seller" => town.add_for_visitors(label, "Organization", &id),
            _ => town.add_public(label, "Organization", &id),
        }
        town.add(user_label, "User", &json!(global(person.actor.user().unwrap()).0));
    }
    town.own("Organization", &json!(global(stranger.organization()).0));
    for (is_town, person) in [(true, &buyer), (false, &stranger)] {
        let word = if is_town { SECRET } else { OURS };
        let id = json!(global(person.organization()).0);
        let code = json!({ "code": "KH", "name": word, "kind": "DEPARTMENT" });
        let unit = send(person, "addUnit", code).await["unit"]["id"].clone();
        let role = json!({ "name": word, "permissions": ["RFQ_READ"] });
        let role = send(person, "defineRole", role).await["role"]["id"].clone();
        let invited = json!({ "email": format!("newcomer-{is_town}@example.com"), "systemRoles": ["PURCHASER"] });
        let invitation = send(person, "inviteMember", invited).await["invitation"]["id"].clone();
        let key = json!({ "name": word, "scopes": ["RFQ_READ"] });
        let key = send(person, "issueApiKey", key).await["apiKey"]["id"].clone();
        let members = "query($id: ID!) { organization(id: $id) { members(first: 1) { edges { node { id } } } } }";
        let members = ask(person, members, json!({ "id": id })).await;
        let member = members["members"]["edges"][0]["node"]["id"].clone();
        let made = [
            ("the buyer's unit", "OrganizationUnit", unit),
            ("the buyer's role", "CustomRole", role),
            ("the buyer's invitation of a member", "MemberInvitation", invitation),
            ("the buyer's key", "ApiKey", key),
            ("the buyer's membership", "Membership", member),
        ];
        for (label, kind, id) in made {
            if is_town { town.add(label, kind, &id) } else { town.own(kind, &id) }
        }
    }
}
