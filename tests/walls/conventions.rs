//! The conventions of the contract, so that whoever knows one part of it knows the others.

use std::collections::BTreeSet;

use crate::contract::{Contract, Field, Type};

/// Fields that name something by its id alone, and why there is no object in their place.
const BARE_IDS: &[(&str, &str)] = &[
    ("DeleteAttachmentPayload.deletedAttachmentId", "what was deleted is no object any more"),
    ("DropPartNumbersPayload.deletedPartNumberIds", "what was dropped is no object any more"),
];

/// Objects that have an id and cannot be asked for by it, and why.
const NO_NODES: &[(&str, &str)] = &[
    ("Award", "part of a request"),
    ("CatalogChange", "part of a catalog version"),
    ("Event", "part of a timeline"),
    ("MemberInvitation", "read and changed through its organization, answered by the secret in a mail"),
    ("PartNumber", "part of a product"),
    ("Participation", "read through its venue"),
    ("RegistrationDocument", "part of an organization's profile"),
    ("RfqLine", "part of a request"),
];

/// Root fields of `Mutation` without an `input`, and why.
const NO_INPUT: &[(&str, &str)] =
    &[("leaveOrganization", "acts on the viewer's own membership; there is nothing to say")];

/// Lists whose items may be null, and why.
const HOLES: &[(&str, &str)] = &[("Query.nodes", "keeps the order of the ids that were asked for")];

/// Paged lists that take other arguments than the four of a connection, and why.
const FULL_LISTS: &[(&str, &str)] = &[
    ("Query.productSuggestions", "what is offered below a field is no list to go on in; `productSearch` is"),
    ("Product.offers", "the best few of a product, sorted by price; `offers` pages through all"),
    ("Subscription.rfqEvents", "a stream, which `after` resumes"),
    ("Subscription.quoteEvents", "a stream, which `after` resumes"),
    ("Subscription.orderEvents", "a stream, which `after` resumes"),
];

fn listed(list: &[(&str, &str)], name: &str) -> bool {
    list.iter().any(|(known, reason)| {
        assert!(!reason.is_empty());
        *known == name
    })
}

struct Findings(Vec<String>);

impl Findings {
    fn expect(&mut self, holds: bool, finding: impl FnOnce() -> String) {
        if !holds {
            self.0.push(finding());
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "{} breaches of convention:\n{}", self.0.len(), self.0.join("\n"));
    }
}

/// Root fields of `Subscription` go on after a cursor, and end by themselves.
fn is_stream(owner: &Type) -> bool {
    owner.name == "Subscription"
}

fn objects(contract: &Contract) -> impl Iterator<Item = &Type> {
    contract.types.values().filter(|one| matches!(one.kind.as_str(), "OBJECT" | "INTERFACE"))
}

fn inputs(contract: &Contract) -> impl Iterator<Item = &Type> {
    contract.types.values().filter(|one| one.kind == "INPUT_OBJECT")
}

#[tokio::test]
async fn connections_take_the_four_arguments_and_nothing_else_pages() {
    let contract = Contract::read().await;
    let mut findings = Findings(Vec::new());
    for (owner, field) in objects(&contract).flat_map(|one| one.fields.iter().map(move |field| (one, field))) {
        let place = format!("{}.{}", owner.name, field.name);
        let paging: Vec<_> = field
            .arguments
            .iter()
            .filter(|argument| ["first", "after", "last", "before"].contains(&argument.name.as_str()))
            .map(|argument| format!("{}: {}", argument.name, argument.of.text()))
            .collect();
        if field.is_connection() {
            let expected = ["first: Int", "after: String", "last: Int", "before: String"];
            findings.expect(paging == expected, || format!("{place} pages by {paging:?}"));
            let connection = contract.the(&field.of.name);
            for part in ["edges", "pageInfo"] {
                findings.expect(connection.field(part).is_some(), || format!("{} has no {part}", connection.name));
            }
        } else {
            findings.expect(paging.is_empty() || is_stream(owner) || listed(FULL_LISTS, &place), || {
                format!("{place} pages without being a connection")
            });
        }
    }
    findings.none();
}

#[tokio::test]
async fn mutations_take_one_input_and_answer_user_errors() {
    let contract = Contract::read().await;
    let mut findings = Findings(Vec::new());
    for mutation in contract.mutations() {
        let name = &mutation.name;
        let arguments: Vec<_> = mutation.arguments.iter().map(|argument| argument.name.as_str()).collect();
        let one_input = arguments == ["input"]
            && mutation.arguments.iter().all(|one| one.of.is_required && one.of.name.ends_with("Input"));
        findings.expect(one_input || listed(NO_INPUT, name), || format!("{name} takes {arguments:?}"));
        let payload = contract.the(&mutation.of.name);
        findings.expect(payload.name.ends_with("Payload") && mutation.of.is_required, || {
            format!("{name} answers {}", mutation.of.text())
        });
        let errors = payload.field("userErrors").map(|field| field.of.text());
        findings.expect(errors.as_deref() == Some("[UserError!]!"), || {
            format!("{} has userErrors: {errors:?}", payload.name)
        });
        let others = payload.fields.iter().filter(|field| field.name != "userErrors");
        for field in others {
            findings.expect(!field.of.is_required, || {
                format!("{}.{} is there even when nothing was done", payload.name, field.name)
            });
        }
        let verb = name.split(char::is_uppercase).next().unwrap_or_default();
        findings.expect(!["create", "update", "set"].contains(&verb) || verb == "create", || {
            format!("{name} says neither what happens nor why")
        });
    }
    findings.none();
}

#[tokio::test]
async fn names_have_the_case_of_their_kind() {
    let contract = Contract::read().await;
    let mut findings = Findings(Vec::new());
    let camel = |name: &str| name.starts_with(char::is_lowercase) && name.chars().all(char::is_alphanumeric);
    let pascal = |name: &str| name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric);
    let upper = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    for one in contract.types.values() {
        findings.expect(pascal(&one.name), || format!("type {}", one.name));
        let is_input = one.kind == "INPUT_OBJECT";
        let says_so = one.name.ends_with("Input") || one.name.ends_with("Filter");
        findings.expect(is_input == says_so, || format!("{} is {}", one.name, one.kind));
        for field in &one.fields {
            let names = std::iter::once(field).chain(&field.arguments).map(|part| part.name.as_str());
            for name in names {
                findings.expect(camel(name), || format!("{}.{name}", one.name));
            }
            let is_flag = field.of.name == "Boolean";
            findings.expect(!is_flag || !field.name.starts_with("has_"), || format!("{}.{}", one.name, field.name));
        }
        for value in &one.values {
            findings.expect(upper(&value.name), || format!("{}.{}", one.name, value.name));
        }
    }
    findings.none();
}

#[tokio::test]
async fn objects_are_given_whole_and_not_by_id() {
    let contract = Contract::read().await;
    let mut findings = Findings(Vec::new());
    let nodes: BTreeSet<&str> = contract.the("Node").possible.iter().map(String::as_str).collect();
    for one in objects(&contract) {
        for field in &one.fields {
            let place = format!("{}.{}", one.name, field.name);
            let bare = field.name != "id" && (field.name.ends_with("Id") || field.name.ends_with("Ids"));
            let beside = field.name.strip_suffix("Id").and_then(|object| one.field(object));
            let has_object =
                beside.is_some_and(|object| !object.of.is_list && contract.the(&object.of.name).kind == "OBJECT");
            findings.expect(!bare || has_object || listed(BARE_IDS, &place), || {
                format!("{place} is an id where an object would do")
            });
        }
        let has_id = one.kind == "OBJECT" && one.field("id").is_some();
        let is_node = nodes.contains(one.name.as_str());
        findings.expect(!has_id || is_node || listed(NO_NODES, &one.name), || {
            format!("{} has an id and is no Node", one.name)
        });
        findings.expect(!is_node || !listed(NO_NODES, &one.name), || format!("{} is a Node by now", one.name));
    }
    findings.none();
}

/// An amount without its currency is read as whatever the reader reckons in.
#[tokio::test]
async fn money_is_an_amount_with_its_currency() {
    let contract = Contract::read().await;
    let mut findings = Findings(Vec::new());
    for one in objects(&contract) {
        for field in one.fields.iter().filter(|field| field.of.name == "Decimal") {
            let name = field.name.to_lowercase();
            let is_money = ["amount", "price", "total", "cost"].iter().any(|word| name.ends_with(word));
            let has_currency = name == "amount" && one.field("currency").is_some();
            findings.expect(!is_money || has_currency, || format!("{}.{} has no currency", one.name, field.name));
        }
    }
    findings.none();
}

#[tokio::test]
async fn ids_have_the_type_of_ids_and_lists_have_no_holes() {
    let contract = Contract::read().await;
    let mut findings = Findings(Vec::new());
    let mut see = |place: String, part: &Field, is_output: bool| {
        let named_id =
            part.name == "id" || part.name == "ids" || part.name.ends_with("Id") || part.name.ends_with("Ids");
        findings.expect(!named_id || part.of.name == "ID", || format!("{place}: {}", part.of.text()));
        let id_named = part.of.name != "ID" || named_id || place == "Event.principal";
        findings.expect(id_named, || format!("{place} is an ID and does not say so"));
        let whole = !part.of.is_list || part.of.items_required || listed(HOLES, &place);
        findings.expect(whole, || format!("{place}: {}", part.of.text()));
        let money = ["amount", "price", "total", "cost"].contains(&part.name.as_str());
        let bare = matches!(part.of.name.as_str(), "Int" | "Float" | "String");
        findings.expect(!money || !bare, || format!("{place} is money as {}", part.of.text()));
        findings.expect(part.of.name != "Float", || format!("{place} is a float"));
        let time = part.name.ends_with("At") || part.name.ends_with("Until") || part.name == "deadline";
        findings.expect(!is_output || !time || part.of.name == "DateTime", || format!("{place}: {}", part.of.text()));
    };
    for one in objects(&contract) {
        for field in &one.fields {
            let place = format!("{}.{}", one.name, field.name);
            for argument in &field.arguments {
                see(format!("{place}({})", argument.name), argument, false);
            }
            see(place, field, true);
        }
    }
    for one in inputs(&contract) {
        for field in &one.fields {
            see(format!("{}.{}", one.name, field.name), field, false);
        }
    }
    findings.none();
}

#[tokio::test]
async fn what_is_optional_by_choice_is_nullable_and_one_of_is_marked() {
    let contract = Contract::read().await;
    let mut findings = Findings(Vec::new());
    for one in inputs(&contract) {
        let key = one.field("idempotencyKey");
        findings.expect(key.is_none_or(|key| key.of.name == "String" && !key.of.is_list), || {
            format!("{}.idempotencyKey", one.name)
        });
        let version = one.field("expectedVersion");
        findings.expect(version.is_none_or(|version| version.of.text() == "Int!"), || {
            format!("{}.expectedVersion", one.name)
        });
        if one.is_one_of {
            findings.expect(one.fields.iter().all(|field| !field.of.is_required), || format!("{} is @oneOf", one.name));
        }
        let edits = ["Amend", "Revise", "Change"].iter().any(|verb| one.name.starts_with(verb));
        let is_password = one.name == "ChangePasswordInput";
        findings.expect(!edits || version.is_some() || is_password, || {
            format!("{} edits without expectedVersion", one.name)
        });
    }
    for one in objects(&contract) {
        let has_verbs = one.field("availableActions");
        findings.expect(has_verbs.is_none_or(|field| field.of.text() == "[ActionAvailability!]!"), || {
            format!("{}.availableActions", one.name)
        });
    }
    findings.none();
}
