//! Requests made up from the contract: every root field, with every place in its input where an id goes.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::contract::{Contract, Field, Type};

/// A place in a root field's arguments where an id goes, such as `input.content.lines.0.productId`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub path: String,
    /// The type whose ids are taken there; [`ANY`] where all are.
    pub kind: String,
}

/// Stands for every type with an id.
pub const ANY: &str = "Node";

/// Inputs in which a name means something else than it does elsewhere.
const IN_THIS_INPUT: &[(&str, &str, &str)] = &[
    ("RevokeInvitationInput", "invitationId", "MemberInvitation"),
    ("CreateCategoryInput", "parentId", "Category"),
    ("ReviseCategoryInput", "parentId", "Category"),
    ("AddUnitInput", "parentId", "OrganizationUnit"),
    ("MoveUnitInput", "parentId", "OrganizationUnit"),
    ("ProductFilter", "ids", "Product"),
    ("catalogDiff", "fromId", "CatalogVersion"),
    ("catalogDiff", "toId", "CatalogVersion"),
];

/// Names of ids that do not hold the name of their type.
const BY_NAME: &[(&str, &str)] = &[
    ("ownerId", "Organization"),
    ("ownerIds", "Organization"),
    ("productOwnerId", "Organization"),
    ("counterpartyId", "Organization"),
    ("supplierIds", "Organization"),
    ("buyerId", "Organization"),
    ("variantOfId", "Product"),
    ("unitId", "OrganizationUnit"),
    ("roleId", "CustomRole"),
    ("customRoleIds", "CustomRole"),
    ("addCustomerIds", "Customer"),
    ("removeCustomerIds", "Customer"),
    ("addProductIds", "Product"),
    ("removeProductIds", "Product"),
];

/// The deepest input that is filled in.
const DEPTH_MAX: usize = 6;

/// What type of id `name` takes in `owner`.
fn kind(contract: &Contract, owner: &str, name: &str) -> String {
    if let Some((.., kind)) = IN_THIS_INPUT.iter().find(|(input, field, _)| *input == owner && *field == name) {
        return (*kind).to_owned();
    }
    if let Some((_, kind)) = BY_NAME.iter().find(|(field, _)| *field == name) {
        return (*kind).to_owned();
    }
    let base = name.strip_suffix("Ids").or_else(|| name.strip_suffix("Id")).unwrap_or(name);
    let kind: String = base.chars().take(1).flat_map(char::to_uppercase).chain(base.chars().skip(1)).collect();
    assert!(contract.types.contains_key(&kind), "{owner}.{name}: say in the table of what type this id is");
    kind
}

/// Every place for an id in the arguments of a root field.
pub fn places(contract: &Contract, root: &Field) -> Vec<Place> {
    let mut found = Vec::new();
    for argument in &root.arguments {
        if argument.of.name == "ID" {
            let kind = match argument.name.as_str() {
                "id" | "ids" if root.of.name == ANY => ANY.to_owned(),
                "id" => root.of.name.clone(),
                name => kind(contract, &root.name, name),
            };
            let item = if argument.of.is_list { ".0" } else { "" };
            found.push(Place { path: format!("{}{item}", argument.name), kind });
        } else {
            inner(contract, &argument.of.name, &item_path(&argument.name, argument), 0, &mut found);
        }
    }
    found
}

fn item_path(path: &str, field: &Field) -> String {
    if field.of.is_list { format!("{path}.0") } else { path.to_owned() }
}

fn inner(contract: &Contract, input: &str, path: &str, depth: usize, found: &mut Vec<Place>) {
    let owner = contract.the(input);
    if owner.kind != "INPUT_OBJECT" {
        return;
    }
    assert!(depth < DEPTH_MAX, "{path} goes deeper than is looked");
    for field in &owner.fields {
        let path = item_path(&format!("{path}.{}", field.name), field);
        if field.of.name == "ID" {
            found.push(Place { path, kind: kind(contract, input, &field.name) });
        } else {
            inner(contract, &field.of.name, &path, depth + 1, found);
        }
    }
}

/// A request for one root field.
#[derive(Clone, Debug)]
pub struct Inquiry {
    pub document: String,
    pub variables: Value,
}

/// How much of what is found is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Eagerness {
    /// Only whether there is an answer.
    Least,
    /// Everything, and what that leads to.
    Most,
}

/// Asks `root` with these ids in their places; nothing stands where no id is given unless it must. `choices` are values of enums, by
/// the path of their argument.
pub fn inquire(
    contract: &Contract,
    operation: &str,
    root: &Field,
    ids: &BTreeMap<String, String>,
    choices: &BTreeMap<String, String>,
    eagerness: Eagerness,
) -> Inquiry {
    let filler = Filler { contract, ids, choices };
    let mut variables = Map::new();
    let mut declared = Vec::new();
    let mut arguments = Vec::new();
    for argument in &root.arguments {
        if let Some(value) = filler.field(argument, &argument.name, root.is_connection()) {
            declared.push(format!("${}: {}", argument.name, argument.of.text()));
            arguments.push(format!("{0}: ${0}", argument.name));
            variables.insert(argument.name.clone(), value);
        }
    }
    let braced = |parts: &[String]| if parts.is_empty() { String::new() } else { format!("({})", parts.join(", ")) };
    let selection = match eagerness {
        Eagerness::Least => least(contract, root),
        Eagerness::Most => selection(contract, contract.the(&root.of.name), 2),
    };
    let document =
        format!("{operation}{} {{ answer: {}{} {selection} }}", braced(&declared), root.name, braced(&arguments));
    Inquiry { document, variables: Value::Object(variables) }
}

fn least(contract: &Contract, root: &Field) -> String {
    let answer = contract.the(&root.of.name);
    let errors = if answer.field("userErrors").is_some() { "userErrors { code path }" } else { "" };
    // What is answered item by item is refused item by item.
    let items = answer.field("results").map(|results| contract.the(&results.of.name));
    let items = match items {
        Some(item) if item.field("errors").is_some() => "results { errors { code path } }",
        _ => "",
    };
    format!("{{ __typename {errors} {items} }}")
}

/// Everything under a type, down to that many objects below it.
fn selection(contract: &Contract, one: &Type, depth: usize) -> String {
    if one.is_leaf() {
        return String::new();
    }
    let mut parts = vec!["__typename".to_owned()];
    for field in &one.fields {
        let arguments = if field.is_connection() { "(first: 5)" } else { "" };
        let below = contract.the(&field.of.name);
        // Pages are a wrapper, not a step.
        let wraps = one.name.ends_with("Connection") || one.name.ends_with("Edge");
        if below.is_leaf() {
            parts.push(field.name.clone());
        } else if depth > 0 || wraps {
            let depth = if wraps { depth } else { depth - 1 };
            parts.push(format!("{}{arguments} {}", field.name, selection(contract, below, depth)));
        }
    }
    for possible in &one.possible {
        // Two types may have a field of one name and of two types: each gets its own alias.
        let body = selection(contract, contract.the(possible), depth.min(1));
        parts.push(format!("... on {possible} {}", aliased(&body, possible)));
    }
    format!("{{ {} }}", parts.join(" "))
}

/// The selection with the fields of its first level renamed after their type.
fn aliased(body: &str, prefix: &str) -> String {
    let mut level = 0;
    let words = body.split(' ').map(|word| {
        let is_field = level == 1 && word.starts_with(char::is_alphabetic);
        level += word.matches('{').count();
        level -= word.matches('}').count();
        if is_field { format!("{prefix}_{}: {word}", word.split('(').next().unwrap_or(word)) } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

struct Filler<'a> {
    contract: &'a Contract,
    ids: &'a BTreeMap<String, String>,
    choices: &'a BTreeMap<String, String>,
}

impl Filler<'_> {
    /// The value of a field or argument; nothing where it can be left out.
    fn field(&self, field: &Field, path: &str, pages: bool) -> Option<Value> {
        let is_asked =
            self.ids.keys().chain(self.choices.keys()).any(|one| one == path || one.starts_with(&format!("{path}.")));
        let is_page = pages && path == "first";
        // What some rule asks for is said, so that it is the id that decides.
        let is_said = ["description", "systemRoles"].contains(&field.name.as_str());
        let is_wanted = field.is_needed() || is_asked || is_page || is_said;
        if !is_wanted {
            return None;
        }
        let inner = item_path(path, field);
        let value = self.value(field, &inner)?;
        Some(if field.of.is_list { json!([value]) } else { value })
    }

    fn value(&self, field: &Field, path: &str) -> Option<Value> {
        let of = self.contract.the(&field.of.name);
        match of.kind.as_str() {
            "INPUT_OBJECT" => Some(self.object(of, path)),
            "ENUM" => {
                let chosen = self.choices.get(path).cloned();
                // A buyer's venue, the first of its models, has places for sellers.
                let usual = of.values.iter().find(|value| value.name == "SELLER").unwrap_or(&of.values[0]);
                Some(json!(chosen.unwrap_or_else(|| usual.name.clone())))
            }
            _ if of.name == "ID" => self.ids.get(path).map(|id| json!(id)),
            _ => Some(plain(&of.name, &field.name)),
        }
    }

    fn object(&self, input: &Type, path: &str) -> Value {
        let filled = input.fields.iter().filter_map(|field| {
            let value = self.field(field, &format!("{path}.{}", field.name), false)?;
            Some((field.name.clone(), value))
        });
        let filled: Map<_, _> = filled.collect();
        if input.is_one_of {
            assert_eq!(filled.len(), 1, "{path} takes exactly one");
        }
        Value::Object(filled)
    }
}

/// A value that a rule is least likely to refuse, in the year of the tests' clock.
fn plain(scalar: &str, name: &str) -> Value {
    match (scalar, name) {
        ("String", "email") => json!("somebody@example.com"),
        ("String", "idempotencyKey") => json!(uuid::Uuid::now_v7().to_string()),
        ("String", "password" | "currentPassword" | "newPassword") => json!("a steady river of steel"),
        ("String", "unit") => json!("C62"),
        ("String", "csv") => json!("product_number,price,currency,lead_time_days\nN-1,1,USD,1\n"),
        ("String", "number") => json!("0071001234567"),
        ("String", "fileName") => json!("paper.pdf"),
        ("String", "mediaType") => json!("application/pdf"),
        ("String", _) => json!("Steel"),
        ("Int", "size") => json!(12),
        ("Int", "first") => json!(50),
        ("Int", _) => json!(1),
        ("Boolean", _) => json!(false),
        ("Decimal", _) => json!("1"),
        ("DateTime", _) => json!("2026-03-20T08:00:00Z"),
        ("Date", _) => json!("2026-03-20"),
        ("CurrencyCode", _) => json!("USD"),
        ("CountryCode", _) => json!("VN"),
        ("UnitCode", _) => json!("C62"),
        (scalar, name) => panic!("say what a {scalar} called {name} looks like"),
    }
}
