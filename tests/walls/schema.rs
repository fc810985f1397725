//! The contract: `schema.graphql` is what the product answers to introspection, and says what it means.

use tradehall::graphql::{build, sdl};

use crate::generated::agrees;

#[test]
fn the_committed_contract_is_the_one_that_is_served() {
    agrees("schema.graphql", &sdl(&build()), "cargo market schema > schema.graphql");
}
