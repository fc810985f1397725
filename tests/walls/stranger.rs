//! The stranger matrix: what the buyer and the seller own, asked for by those who have nothing to do with them, by every root field and
//! in every place where an id goes.
//!
//! Three things must hold for each: the answer is the same as for an id that never was, it holds nothing that is not public, and the
//! database stays as it was. What each answered is a committed snapshot, the same on both engines.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tradehall::graphql::id::{global_as, parse};
use tradehall_tests::{Person, World};

use crate::contract::{Contract, Field};
use crate::dump::Behind;
use crate::generated::snapshot;
use crate::inquiry::{ANY, Eagerness, Inquiry, Place, inquire, places};
use crate::table::table;
use crate::town::{SECRET, Thing, Town};

/// Mutations that may do something with what another owns, and why.
const OPEN_TO_ALL: &[(&str, &str)] = &[
    ("inviteToVenue input.organizationId", "anybody in the directory can be asked into one's own venue"),
    ("inviteSuppliers input.supplierIds.0", "anybody in the directory can be asked to quote"),
    ("applyToVenue input.venueId", "a public venue takes applications"),
    (
        "startImport input.options.productOwnerId",
        "offers can be made on what another publishes; an unknown number is a row's error",
    ),
    ("createOffer input.productId", "offers can be made on what another publishes"),
    ("draftRfq input.content.lines.0.productId", "anybody can ask for what another publishes"),
    ("amendRfq input.content.lines.0.productId", "anybody can ask for what another publishes"),
    ("recordPartNumbers input.entries.0.productId", "anybody keeps numbers of its own for what another publishes"),
    ("recordPartNumbers input.entries.0.buyerId", "a seller keeps the numbers of whoever buys its products"),
];

/// What an error is called that no client can tell from others.
const NO_CODE: &str = "an error without a code";

/// What comes back; of a subscription, what it is told at once.
pub async fn asked(person: &Person, operation: &str, inquiry: &Inquiry) -> Value {
    let (document, variables) = (&inquiry.document, inquiry.variables.clone());
    if operation == "subscription" {
        let mut live = person.listen(document, variables).await;
        let told = live.told();
        live.end().await;
        return told.unwrap_or_else(|| json!({ "data": { "answer": null } }));
    }
    person.ask(document, variables).await.json
}

/// One cell: what came back.
fn outcome(answer: &Value, town: &Town) -> String {
    if let Some(error) = answer["errors"].as_array().and_then(|errors| errors.first()) {
        return error["extensions"]["code"].as_str().unwrap_or(NO_CODE).to_owned();
    }
    let data = &answer["data"]["answer"];
    // What is answered item by item is refused item by item: the wall asks about one at a time.
    let first = |errors: &Value| errors.as_array().and_then(|errors| errors.first()).cloned();
    if let Some(error) = first(&data["userErrors"]).or_else(|| first(&data["results"][0]["userErrors"])) {
        let path: Vec<_> = error["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        return format!("! {} {}", error["code"].as_str().unwrap_or_default(), path.join(".")).trim_end().to_owned();
    }
    let empty = data.is_null() || data["edges"].as_array().is_some_and(Vec::is_empty) || *data == json!([null]);
    if empty {
        return "nothing".to_owned();
    }
    let text = answer.to_string();
    let seen: BTreeSet<_> =
        town.things.iter().filter(|thing| text.contains(&thing.id)).map(|thing| thing.label).collect();
    if seen.is_empty() {
        "done".to_owned()
    } else {
        format!("sees {}", seen.into_iter().collect::<Vec<_>>().join(", "))
    }
}

/// An id of the same type that nothing has.
fn nobodys(id: &str) -> String {
    let (name, _) = parse(id).unwrap();
    global_as(&name, uuid::Uuid::now_v7()).0
}

struct Asker<'a> {
    town: &'a Town,
    contract: &'a Contract,
    behind: Behind,
    state: BTreeSet<String>,
    faults: Vec<String>,
}

/// Who asks, by the column of the table.
struct Stranger {
    name: &'static str,
    person: Person,
}

impl Stranger {
    /// Whether `thing` is not hidden from them.
    fn is_shown(&self, thing: &Thing) -> bool {
        if self.person.actor.is_anonymous() { thing.is_shown_to_visitors } else { thing.is_public }
    }
}

impl Asker<'_> {
    /// Asks and answers what came back as the table says it.
    async fn cell(
        &mut self,
        who: &Stranger,
        (operation, root): (&str, &Field),
        ids: &BTreeMap<String, String>,
        choices: &BTreeMap<String, String>,
        place: Option<(&Place, &Thing)>,
    ) -> String {
        // What `nodes` finds is what `node` finds; only that it finds nothing needs to be seen again.
        let is_all = operation == "query" && root.name != "nodes";
        let eagerness = if is_all { Eagerness::Most } else { Eagerness::Least };
        let inquiry = inquire(self.contract, operation, root, ids, choices, eagerness);
        let answer = asked(&who.person, operation, &inquiry).await;
        let said = outcome(&answer, self.town);
        let what = place.map(|(place, thing)| format!("{} of {}", place.path, thing.label)).unwrap_or_default();
        let mut fault = |fault: String| self.faults.push(format!("{} {} {what}: {fault}", who.name, root.name));

        let text = answer.to_string();
        if text.contains(SECRET) {
            fault(format!("tells a secret: {text}"));
        }
        for thing in self.town.things.iter().filter(|thing| !who.is_shown(thing)) {
            if text.contains(&thing.id) {
                fault(format!("names {}: {text}", thing.label));
            }
        }
        if text.contains("GRAPHQL") || text.contains("INTERNAL") || said == NO_CODE || text.contains("BAD_USER_INPUT") {
            fault(format!("is no answer: {text} to {} {}", inquiry.document, inquiry.variables));
        }
        // The same with an id that nothing has.
        if let Some((place, thing)) = place.filter(|(_, thing)| !who.is_shown(thing)) {
            let other = nobodys(&thing.id);
            let ids = ids.iter().map(|(path, id)| {
                let id = if *path == place.path { other.clone() } else { id.clone() };
                (path.clone(), id)
            });
            let same = inquire(self.contract, operation, root, &ids.collect(), choices, eagerness);
            let same = asked(&who.person, operation, &same).await.to_string();
            if same.replace(&other, &thing.id) != text {
                fault(format!("is told from what does not exist: {text} and {same}"));
            }
        }
        let open = place.is_some_and(|(place, _)| {
            OPEN_TO_ALL.iter().any(|(known, _)| *known == format!("{} {}", root.name, place.path))
        });
        if operation == "mutation" && is_done(&said) && !open {
            fault("is done".to_owned());
        }
        said
    }

    /// Looks whether the database is as it was before these cells, which it may only not be where something was done.
    async fn look_behind(&mut self, root: &Field, cells: &[String]) {
        let now = self.behind.rows().await;
        let is_done = cells.iter().any(|cell| is_done(cell));
        if now != self.state && !(is_done && self.contract.mutations().iter().any(|one| one.name == root.name)) {
            let changed: Vec<_> = now.symmetric_difference(&self.state).take(CHANGES_SHOWN).collect();
            self.faults.push(format!("{} changes the database: {changed:?}", root.name));
        }
        self.state = now;
    }
}

/// How many changed rows a fault shows.
const CHANGES_SHOWN: usize = 6;

fn is_done(cell: &str) -> bool {
    cell == "done" || cell.starts_with("sees")
}

/// Every combination of the enums that a query must be told.
fn choices(contract: &Contract, root: &Field) -> Vec<BTreeMap<String, String>> {
    let mut all = vec![BTreeMap::new()];
    let mut see = |path: String, name: &str| {
        let values = &contract.the(name).values;
        all = all
            .iter()
            .flat_map(|one| {
                values.iter().map(|value| {
                    let mut next = one.clone();
                    next.insert(path.clone(), value.name.clone());
                    next
                })
            })
            .collect();
    };
    for argument in root.arguments.iter().filter(|argument| argument.is_needed()) {
        let of = contract.the(&argument.of.name);
        if of.kind == "ENUM" {
            see(argument.name.clone(), &of.name);
        }
        for field in of.fields.iter().filter(|field| of.kind == "INPUT_OBJECT" && field.is_needed()) {
            if contract.the(&field.of.name).kind == "ENUM" {
                see(format!("{}.{}", argument.name, field.name), &field.of.name);
            }
        }
    }
    all
}

/// The ids of a request that asks for `thing` at `place`: everywhere else stands what the stranger owns, or else what another does.
fn ids(
    contract: &Contract,
    root: &Field,
    all: &[Place],
    place: &Place,
    thing: &Thing,
    town: &Town,
) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::from([(place.path.clone(), thing.id.clone())]);
    for other in all.iter().filter(|other| **other != *place && belongs(contract, root, other, place)) {
        let own = town.own.iter().find(|own| own.kind == other.kind);
        let id = own.map_or_else(|| town.any(&other.kind).id.clone(), |own| own.id.clone());
        ids.insert(other.path.clone(), id);
    }
    ids
}

/// Whether `other` has to be filled as well: it is needed, or stands beside `place` under the same list.
fn belongs(contract: &Contract, root: &Field, other: &Place, place: &Place) -> bool {
    let steps: Vec<&str> = other.path.split('.').collect();
    let mut fields = root.arguments.as_slice();
    let mut first_only = false;
    for (n, step) in steps.iter().enumerate() {
        if *step == "0" {
            continue;
        }
        let Some(position) = fields.iter().position(|field| field.name == *step) else { return false };
        let field = &fields[position];
        let here = steps[..=n].join(".");
        let shared = place.path == here || place.path.starts_with(&format!("{here}."));
        let chosen = if first_only { position == 0 } else { field.is_needed() };
        if !chosen && !shared {
            return false;
        }
        let of = contract.the(&field.of.name);
        if of.is_one_of && shared {
            // The place itself chooses.
            let chosen =
                steps.iter().skip(n + 1).position(|step| *step != "0").map_or(steps.len(), |after| n + 2 + after);
            let next = steps[..chosen.min(steps.len())].join(".");
            return place.path.starts_with(&format!("{next}.")) && place.path != other.path;
        }
        first_only = of.is_one_of;
        fields = &of.fields;
    }
    true
}

async fn matrix(world: World) {
    let contract = Contract::read().await;
    let town = Town::build(world).await;
    let strangers = [
        Stranger { name: "owner elsewhere", person: town.stranger.clone() },
        Stranger { name: "no organization", person: town.drifter().await },
        Stranger { name: "visitor", person: town.world.nobody() },
    ];
    for kind in &contract.the(ANY).possible {
        assert!(
            town.things.iter().any(|thing| thing.kind == kind),
            "put a {kind} into town, owned by the buyer or the seller"
        );
    }
    let mut behind = Behind::open(&town.world.url).await;
    let state = behind.rows().await;
    let mut asker = Asker { town: &town, contract: &contract, behind, state, faults: Vec::new() };

    let head = ["field", "place", "what"].map(str::to_owned).into_iter();
    let mut rows: Vec<Vec<String>> = vec![head.chain(strangers.iter().map(|who| who.name.to_owned())).collect()];
    let mut without = String::new();
    for (operation, root) in contract.roots() {
        let all = places(&contract, root);
        let combinations = if operation == "query" { choices(&contract, root) } else { vec![BTreeMap::new()] };
        for choice in combinations {
            let chosen: Vec<_> = choice.values().cloned().collect();
            if operation != "mutation" && !all.iter().any(|place| is_needed(root, place)) {
                let mut row = vec![root.name.clone(), chosen.join(" "), String::new()];
                for who in &strangers {
                    row.push(asker.cell(who, (operation, root), &BTreeMap::new(), &choice, None).await);
                }
                rows.push(row);
            }
            for place in &all {
                let things = town.things.iter().filter(|thing| place.kind == ANY || thing.kind == place.kind);
                for thing in things {
                    let ids = ids(&contract, root, &all, place, thing, &town);
                    let at = [chosen.clone(), vec![place.path.clone()]].concat().join(" ");
                    let mut row = vec![root.name.clone(), at, thing.label.to_owned()];
                    for who in &strangers {
                        row.push(asker.cell(who, (operation, root), &ids, &choice, Some((place, thing))).await);
                    }
                    if operation == "mutation" {
                        asker.look_behind(root, &row).await;
                    }
                    rows.push(row);
                }
            }
        }
        asker.look_behind(root, &[]).await;
        if operation == "mutation" && all.is_empty() {
            without.push_str(&format!("{}\n", root.name));
        }
    }
    assert!(asker.faults.is_empty(), "{} faults:\n{}", asker.faults.len(), asker.faults.join("\n"));
    let about = "# What those who have nothing to do with a buyer and a seller get when they ask for what is theirs.\n\
                 # Every answer is the same as for an id that nothing has, unless the thing is public; a visitor has not signed in.\n";
    let text = format!(
        "{about}{}\n# Mutations that take no id of anything: they act on who asks alone.\n{without}",
        list(&rows)
    );
    snapshot("stranger.txt", &text);
}

/// The rows with their first columns lined up; what was answered is too long to line up.
fn list(rows: &[Vec<String>]) -> String {
    let (names, answers): (Vec<_>, Vec<_>) =
        rows.iter().filter_map(|row| row.split_at_checked(3)).map(|(name, answer)| (name.to_vec(), answer)).unzip();
    let names = table(&names);
    let width = names.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let lines = names.lines().zip(answers);
    lines.map(|(line, answer)| format!("{line:width$}  {}\n", answer.join(" | "))).collect()
}

fn is_needed(root: &Field, place: &Place) -> bool {
    let first = place.path.split('.').next().unwrap_or_default();
    root.argument(first).is_some_and(Field::is_needed) && !place.path.contains("filter")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    matrix(World::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    matrix(World::postgres().await).await;
}
