//! A market in which everything stands at least once, owned by a buyer and a seller, and a stranger who owns the same kinds of things.

mod agreement;
pub mod attachment;
mod catalog;
mod customer;
mod people;
mod pricing;
pub mod sourcing;

use serde_json::Value;
use tradehall_domain::access::{Actor, Permission, PermissionSet, Principal, SystemRole};
use tradehall_domain::identity::User;
use tradehall_domain::organization::OrganizationId;
use tradehall_tests::{ENTITLED, Person, World, json};

/// Stands in every text that only its owner may read.
pub const SECRET: &str = "Gehëimnis";

/// Stands in its place in what the stranger owns.
const OURS: &str = "Ours";

/// Something with an id.
#[derive(Clone, Debug)]
pub struct Thing {
    /// What the snapshots call it.
    pub label: &'static str,
    /// The type that its id is of.
    pub kind: &'static str,
    /// Its global id.
    pub id: String,
    /// Whether everybody who is signed in sees it.
    pub is_public: bool,
    /// Whether whoever has not signed in sees it, too.
    pub is_shown_to_visitors: bool,
}

/// The market and who lives in it.
pub struct Town {
    pub world: World,
    pub buyer: Person,
    pub seller: Person,
    /// Owner of an organization that nobody else knows.
    pub stranger: Person,
    /// What the buyer and the seller own.
    pub things: Vec<Thing>,
    /// What the stranger owns: at most one of a kind.
    pub own: Vec<Thing>,
}

impl Town {
    /// Everything built.
    pub async fn build(world: World) -> Self {
        let buyer = people::company(&world, "Bách Hóa", "0100109106", SECRET).await;
        let seller = people::company(&world, "Thép Việt", "0300588569", SECRET).await;
        let stranger = people::company(&world, "Người Lạ", "0301464830", OURS).await;
        let mut town = Self { world, buyer, seller, stranger, things: Vec::new(), own: Vec::new() };
        people::populate(&mut town).await;
        catalog::populate(&mut town).await;
        customer::populate(&mut town).await;
        pricing::populate(&mut town).await;
        agreement::populate(&mut town).await;
        attachment::populate(&mut town).await;
        sourcing::populate(&mut town).await;
        catalog::stranger(&mut town).await;
        customer::stranger(&mut town).await;
        pricing::stranger(&mut town).await;
        // What is searched is there to be found, without a worker that would change anything else.
        town.world.index().await;
        town
    }

    /// Somebody signed in who acts for no organization.
    pub async fn drifter(&self) -> Person {
        let user = people::account(&self.world, "drifter@example.com", "Drifter").await;
        self.world.acting(acting(&user, None, PermissionSet::NONE))
    }

    /// The first thing of that kind which is not public, else the first at all.
    pub fn any(&self, kind: &str) -> &Thing {
        let mut of_kind = self.things.iter().filter(|thing| thing.kind == kind);
        let first = of_kind.clone().find(|thing| !thing.is_public).or_else(|| of_kind.next());
        first.unwrap_or_else(|| panic!("there is no {kind} in town"))
    }

    fn add(&mut self, label: &'static str, kind: &'static str, id: &Value) {
        self.put(label, kind, id, [false, false]);
    }

    fn add_public(&mut self, label: &'static str, kind: &'static str, id: &Value) {
        self.put(label, kind, id, [true, false]);
    }

    fn add_for_visitors(&mut self, label: &'static str, kind: &'static str, id: &Value) {
        self.put(label, kind, id, [true, true]);
    }

    fn put(
        &mut self,
        label: &'static str,
        kind: &'static str,
        id: &Value,
        [is_public, is_shown_to_visitors]: [bool; 2],
    ) {
        let id = id.as_str().unwrap_or_else(|| panic!("{label} has no id: {id}")).to_owned();
        self.things.push(Thing { label, kind, id, is_public, is_shown_to_visitors });
    }

    fn own(&mut self, kind: &'static str, id: &Value) {
        let id = id.as_str().unwrap_or_else(|| panic!("the stranger's {kind} has no id: {id}")).to_owned();
        self.own.push(Thing { label: "their own", kind, id, is_public: false, is_shown_to_visitors: false });
    }
}

/// The owner of a verified organization, who has an account.
pub async fn signed_up(world: &World, name: &str) -> Person {
    let user = people::account(world, &format!("{name}@example.com"), name).await;
    let organization = world.organization(name).await;
    world.acting(acting(&user, Some(organization), owner()))
}

/// A person at work for an organization, with these permissions.
pub fn acting(user: &User, organization: Option<OrganizationId>, permissions: PermissionSet) -> Actor {
    Actor { principal: Principal::User(user.id), organization, entitlement: ENTITLED, permissions, task: None }
}

/// The permissions of an owner.
pub fn owner() -> PermissionSet {
    SystemRole::Owner.permissions()
}

/// The permissions of platform staff.
pub fn staff() -> PermissionSet {
    PermissionSet::of(&[Permission::PlatformVerify, Permission::PlatformOperate])
}

/// Runs a document that is no client's, and answers its one root field.
pub async fn ask(person: &Person, document: &str, variables: Value) -> Value {
    person.ask(document, variables).await.only()
}

/// Runs the committed operation of that name with one `input`.
pub async fn send(person: &Person, operation: &str, input: Value) -> Value {
    person.run(operation, json!({ "input": input })).await.only()
}
