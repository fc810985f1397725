//! The role matrix: which root field lets whom in. Permission is checked before anything is looked up, so made-up ids do.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tradehall::graphql::id::global_as;
use tradehall_domain::access::{Actor, Permission, PermissionSet, Principal, SystemRole};
use tradehall_domain::id::Id;
use tradehall_domain::named::Named;
use tradehall_tests::{ENTITLED, Person, World};
use uuid::Uuid;

use crate::contract::{Contract, Field};
use crate::generated::snapshot;
use crate::inquiry::{ANY, Eagerness, Place, inquire, places};
use crate::stranger::asked;
use crate::table::table;
use crate::town::staff;

/// Let in, not let in, and not even known.
const IN: &str = "yes";
const OUT: &str = "-";
const UNKNOWN: &str = "?";

/// Where an id is needed for the request to be valid: everywhere but in what can be left out.
pub fn needed(contract: &Contract, root: &Field) -> BTreeMap<String, String> {
    let all = places(contract, root);
    let is_needed = |place: &&Place| {
        let mut fields = root.arguments.as_slice();
        let mut first_only = false;
        place.path.split('.').filter(|step| *step != "0").all(|step| {
            let Some(position) = fields.iter().position(|field| field.name == step) else { return false };
            let field = &fields[position];
            let stands = if first_only { position == 0 } else { field.is_needed() };
            let of = contract.the(&field.of.name);
            first_only = of.is_one_of;
            fields = &of.fields;
            stands
        })
    };
    let made_up = |place: &Place| {
        let kind = if place.kind == ANY { "Organization" } else { place.kind.as_str() };
        (place.path.clone(), global_as(kind, Uuid::now_v7()).0)
    };
    all.iter().filter(is_needed).map(made_up).collect()
}

/// Who asks, by the column of the table.
async fn everybody(world: &World) -> Vec<(String, Person)> {
    let organization = world.organization("Thép Việt").await;
    let mut all = vec![("nobody".to_owned(), world.nobody())];
    let person = |permissions| Actor { principal: Principal::User(Id::new()), permissions, ..Actor::ANONYMOUS };
    all.push(("no organization".to_owned(), world.acting(person(PermissionSet::NONE))));
    all.push(("platform staff".to_owned(), world.acting(person(staff()))));
    for role in SystemRole::ALL {
        all.push((role.name().to_owned(), world.member(organization, *role)));
    }
    let permissions = SystemRole::Owner.permissions();
    let key = Actor {
        principal: Principal::Key(Id::new()),
        organization: Some(organization),
        entitlement: ENTITLED,
        permissions,
        task: None,
    };
    all.push(("API key".to_owned(), world.acting(key)));
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_let_in() {
    let contract = Contract::read().await;
    let world = World::sqlite().await;
    let everybody = everybody(&world).await;
    let names = everybody.iter().map(|(name, _)| name.clone());
    let mut rows = vec![["field", "needs"].map(str::to_owned).into_iter().chain(names).collect::<Vec<_>>()];
    for (operation, root) in contract.roots() {
        let ids = needed(&contract, root);
        let mut needs = BTreeSet::new();
        let mut cells = Vec::new();
        for (name, person) in &everybody {
            let inquiry = inquire(&contract, operation, root, &ids, &BTreeMap::new(), Eagerness::Least);
            let answer = asked(person, operation, &inquiry).await;
            let error = &answer["errors"][0]["extensions"];
            let cell = match error["code"].as_str() {
                Some("FORBIDDEN") => {
                    needs.extend(error["permission"].as_str().map(str::to_owned));
                    OUT
                }
                Some("UNAUTHENTICATED") => UNKNOWN,
                Some("INTERNAL" | "BAD_USER_INPUT") => panic!("{} as {name}: {answer:#}", root.name),
                None if answer["errors"] != Value::Null => panic!("{} as {name}: {answer:#}", root.name),
                _ => IN,
            };
            cells.push(cell.to_owned());
        }
        let needs = needs.into_iter().collect::<Vec<_>>().join(" and ");
        rows.push([vec![root.name.clone(), needs], cells].concat());
    }
    let about = format!(
        "# Which root field lets whom in: {IN}, {OUT} where the role lacks the permission, {UNKNOWN} where nobody is signed in (by a login, where that is what it is about).\n"
    );
    snapshot("roles.txt", &format!("{about}{}", table(&rows)));
}

/// What each role allows, read from the roles themselves.
#[test]
fn what_the_roles_allow() {
    let head = std::iter::once(String::new()).chain(SystemRole::ALL.iter().map(|role| role.name().to_owned()));
    let mut rows: Vec<Vec<String>> = vec![head.collect()];
    for permission in Permission::ALL {
        let held = SystemRole::ALL.iter().map(|role| role.permissions().contains(*permission));
        let cells = held.map(|held| if held { IN } else { OUT }.to_owned());
        rows.push(std::iter::once(permission.name().to_owned()).chain(cells).collect());
    }
    snapshot("permissions.txt", &format!("# What each built-in role allows.\n{}", table(&rows)));
}
