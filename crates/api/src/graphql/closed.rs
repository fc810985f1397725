//! The domain's closed sets as GraphQL enums: one definition, with its names and meanings, on every floor.

use std::borrow::Cow;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::Field;
use async_graphql::registry::{Deprecation, MetaEnumValue, MetaType, MetaTypeId, Registry};
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, Name, OutputType, Positioned, ServerResult,
    Value,
};
use tradehall_domain::named::Named;

/// A member of a closed set on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed<T>(pub T);

impl<T> From<T> for Closed<T> {
    fn from(member: T) -> Self {
        Self(member)
    }
}

fn describe<T: Named>() -> MetaType {
    let enum_values: IndexMap<_, _> = T::ALL
        .iter()
        .map(|member| {
            let value = MetaEnumValue {
                name: member.name().to_owned(),
                description: Some(member.meaning().trim().to_owned()),
                deprecation: Deprecation::NoDeprecated,
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                directive_invocations: Vec::new(),
            };
            (member.name().to_owned(), value)
        })
        .collect();
    MetaType::Enum {
        name: T::SET.to_owned(),
        description: Some(T::ABOUT.trim().to_owned()),
        enum_values,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(std::any::type_name::<Closed<T>>()),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

impl<T: Named> OutputType for Closed<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::SET)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Enum, |_| describe::<T>())
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Enum(Name::new(self.0.name())))
    }
}

impl<T: Named> InputType for Closed<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::SET)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| describe::<T>())
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let name = match &value {
            Some(Value::Enum(name)) => name.as_str(),
            Some(Value::String(name)) => name.as_str(),
            _ => "",
        };
        T::from_name(name).map(Self).ok_or_else(|| InputValueError::custom(format!("This is no {}.", T::SET)))
    }

    fn to_value(&self) -> Value {
        Value::Enum(Name::new(self.0.name()))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
