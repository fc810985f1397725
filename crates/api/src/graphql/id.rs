//! Opaque global ids (Relay Global Object Identification) that refuse the wrong type while they are parsed.

use std::borrow::Cow;

use async_graphql::registry::Registry;
use async_graphql::{ID, InputType, InputValueError, InputValueResult, Value};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tradehall_domain::id::Id;
use uuid::Uuid;

use crate::app::ErrorCode;
use tradehall_domain::named::Named;

/// A domain type that has a GraphQL node type.
pub trait NodeType: 'static {
    /// The GraphQL type's name, which global ids carry inside.
    const NAME: &'static str;
}

/// Says which GraphQL type stands for a domain type.
macro_rules! node_types {
    ($($domain:ty => $name:literal),* $(,)?) => {
        $(impl $crate::graphql::id::NodeType for $domain { const NAME: &'static str = $name; })*
    };
}
pub(crate) use node_types;

/// The opaque id of a `T` on the wire.
#[must_use]
pub fn global<T: NodeType>(id: Id<T>) -> ID {
    global_as(T::NAME, id.uuid())
}

/// The opaque id of something of the type `name`, for what is pointed at without being known.
#[must_use]
pub fn global_as(name: &str, uuid: Uuid) -> ID {
    let mut bytes = Vec::with_capacity(16 + name.len());
    bytes.extend_from_slice(uuid.as_bytes());
    bytes.extend_from_slice(name.as_bytes());
    ID(URL_SAFE_NO_PAD.encode(bytes))
}

/// The type's name and the number inside an opaque id, whatever its type.
#[must_use]
pub fn parse(id: &str) -> Option<(String, Uuid)> {
    let bytes = URL_SAFE_NO_PAD.decode(id).ok()?;
    let (number, name) = bytes.split_at_checked(16)?;
    Some((String::from_utf8(name.to_vec()).ok()?, Uuid::from_slice(number).ok()?))
}

/// An argument or input field that takes the id of a `T` and of nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GlobalId<T>(pub Id<T>);

impl<T: NodeType> InputType for GlobalId<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <ID as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let refused =
            |message: String| InputValueError::custom(message).with_extension("code", ErrorCode::BadUserInput.name());
        let Some(Value::String(text)) = value else {
            return Err(refused(format!("The id of a {} is a string.", T::NAME)));
        };
        match parse(&text) {
            Some((name, number)) if name == T::NAME => Ok(Self(Id::from_uuid(number))),
            Some(_) => Err(refused(format!("This is not the id of a {}.", T::NAME))),
            None => Err(refused("This is not an id of this market.".to_owned())),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(global(self.0).0)
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::{GlobalId, Id, InputType, Value, global, parse};

    #[derive(Debug, PartialEq)]
    struct Apple;
    #[derive(Debug, PartialEq)]
    struct Pear;
    node_types! { Apple => "Apple", Pear => "Pear" }

    #[test]
    fn an_id_survives_the_wire_and_no_other_type_takes_it() {
        let id = Id::<Apple>::new();
        let wire = Value::String(global(id).0);
        assert_eq!(GlobalId::<Apple>::parse(Some(wire.clone())).ok(), Some(GlobalId(id)));
        assert!(GlobalId::<Pear>::parse(Some(wire)).is_err());
    }

    #[test]
    fn rubbish_is_refused() {
        for text in ["", "x", "AAAA", "🦀", "////", &"A".repeat(10_000)] {
            assert!(GlobalId::<Apple>::parse(Some(Value::String(text.to_owned()))).is_err(), "{text}");
        }
        assert!(parse("AAAA").is_none());
    }
}
