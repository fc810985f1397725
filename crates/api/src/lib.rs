//! What can be asked: GraphQL over HTTP, and what carries it.

pub mod graphql;
pub mod http;
