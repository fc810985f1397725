//! The contract as the product tells it by introspection, in the shape that the walls need.

use std::collections::BTreeMap;

use serde_json::Value;
use tradehall::graphql::build;

/// Every type of the contract, by name; the language's own (`__Type` and the like) are left out.
pub struct Contract {
    pub types: BTreeMap<String, Type>,
}

/// A type.
pub struct Type {
    pub name: String,
    pub kind: String,
    pub description: String,
    /// What an object, interface or input object has.
    pub fields: Vec<Field>,
    /// The values of an enum.
    pub values: Vec<Member>,
    pub interfaces: Vec<String>,
    pub possible: Vec<String>,
    pub is_one_of: bool,
}

/// A field, an input field or an argument.
pub struct Field {
    pub name: String,
    pub description: String,
    pub arguments: Vec<Field>,
    pub of: Reference,
    pub has_default: bool,
}

/// A value of an enum.
pub struct Member {
    pub name: String,
    pub description: String,
}

/// How a type is referred to.
pub struct Reference {
    /// The type inside all wrappers.
    pub name: String,
    pub is_required: bool,
    pub is_list: bool,
    /// Whether every item of a list is there.
    pub items_required: bool,
}

const INTROSPECTION: &str = "
    { __schema { types {
        kind name description isOneOf
        fields { ...field args { ...input } }
        inputFields { ...input }
        enumValues { name description }
        interfaces { name }
        possibleTypes { name }
    } } }
    fragment field on __Field { name description type { ...reference } }
    fragment input on __InputValue { name description defaultValue type { ...reference } }
    fragment reference on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

impl Contract {
    /// The contract of the product as it is.
    pub async fn read() -> Self {
        let response = build().execute(INTROSPECTION).await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        let data = serde_json::to_value(response.data).unwrap();
        let types = list(&data["__schema"]["types"]).iter().map(Type::read);
        let types = types.filter(|one| !one.name.starts_with("__"));
        Self { types: types.map(|one| (one.name.clone(), one)).collect() }
    }

    /// The type of that name.
    pub fn the(&self, name: &str) -> &Type {
        self.types.get(name).unwrap_or_else(|| panic!("there is no type {name}"))
    }

    /// What can be read.
    pub fn queries(&self) -> &[Field] {
        &self.the("Query").fields
    }

    /// What can be changed.
    pub fn mutations(&self) -> &[Field] {
        &self.the("Mutation").fields
    }

    /// Every root field with the kind of its operation.
    pub fn roots(&self) -> impl Iterator<Item = (&'static str, &Field)> {
        let of = |operation: &'static str, root: &str| {
            self.types.get(root).into_iter().flat_map(move |root| root.fields.iter().map(move |one| (operation, one)))
        };
        of("query", "Query").chain(of("mutation", "Mutation")).chain(of("subscription", "Subscription"))
    }
}

impl Type {
    fn read(value: &Value) -> Self {
        let fields = list(&value["fields"]).iter().chain(list(&value["inputFields"]));
        let member = |value: &Value| Member { name: text(&value["name"]), description: text(&value["description"]) };
        let names = |value: &Value| list(value).iter().map(|one| text(&one["name"])).collect();
        Self {
            name: text(&value["name"]),
            kind: text(&value["kind"]),
            description: text(&value["description"]),
            fields: fields.map(Field::read).collect(),
            values: list(&value["enumValues"]).iter().map(member).collect(),
            interfaces: names(&value["interfaces"]),
            possible: names(&value["possibleTypes"]),
            is_one_of: value["isOneOf"].as_bool().unwrap_or_default(),
        }
    }

    /// Whether its values have no fields of their own.
    pub fn is_leaf(&self) -> bool {
        matches!(self.kind.as_str(), "SCALAR" | "ENUM")
    }

    /// The field of that name, if there is one.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    fn read(value: &Value) -> Self {
        Self {
            name: text(&value["name"]),
            description: text(&value["description"]),
            arguments: list(&value["args"]).iter().map(Self::read).collect(),
            of: Reference::read(&value["type"]),
            has_default: !value["defaultValue"].is_null(),
        }
    }

    /// Whether a request must give it.
    pub fn is_needed(&self) -> bool {
        self.of.is_required && !self.has_default
    }

    /// Whether it is a page of a list.
    pub fn is_connection(&self) -> bool {
        self.of.name.ends_with("Connection")
    }

    /// The argument of that name, if there is one.
    pub fn argument(&self, name: &str) -> Option<&Self> {
        self.arguments.iter().find(|argument| argument.name == name)
    }
}

impl Reference {
    fn read(value: &Value) -> Self {
        let (is_required, value) = required(value);
        let is_list = value["kind"] == "LIST";
        let (items_required, value) = if is_list { required(&value["ofType"]) } else { (false, value) };
        Self { name: text(&value["name"]), is_required, is_list, items_required }
    }

    /// As the schema definition language writes it.
    pub fn text(&self) -> String {
        let mark = |is: bool| if is { "!" } else { "" };
        let inner =
            if self.is_list { format!("[{}{}]", self.name, mark(self.items_required)) } else { self.name.clone() };
        format!("{inner}{}", mark(self.is_required))
    }
}

fn required(value: &Value) -> (bool, &Value) {
    if value["kind"] == "NON_NULL" { (true, &value["ofType"]) } else { (false, value) }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
