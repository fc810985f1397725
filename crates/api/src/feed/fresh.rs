//! Items of a stream that are resolved with data of their own.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, Data, OutputType, Positioned, ServerResult, Value};

use crate::app::Session;
use crate::graphql::batching::batched;
use crate::graphql::loader::loaders;

/// A value whose fields find the session and the loaders of this item, not those of the subscription, which began long ago: they
/// read what is stored now, as far as the subscriber may see it now, and their transaction ends with the item.
pub struct Fresh<T> {
    value: T,
    data: Data,
}

impl<T> Fresh<T> {
    /// `value` as `session` sees it.
    pub fn new(value: T, session: Session) -> Self {
        let mut data = Data::default();
        data.insert(loaders(session.clone()));
        data.insert(session);
        Self { value, data }
    }
}

impl<T: OutputType> OutputType for Fresh<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let mut ctx = ctx.clone();
        // Looked into before the data of the request.
        ctx.execute_data = Some(&self.data);
        batched(self.value.resolve(&ctx, field)).await
    }
}
