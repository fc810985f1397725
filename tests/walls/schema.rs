//! The contract: `schema.graphql` is what the product answers to introspection, and says what it means.

use tradehall::graphql::{build, build_with, sdl};

use crate::generated::agrees;

#[test]
fn the_committed_contract_is_the_one_that_is_served() {
    agrees("schema.graphql", &sdl(&build()), "cargo market schema > schema.graphql");
}

/// Where clients may not ask for the schema, refusals must not spell it out either.
#[tokio::test]
async fn without_introspection_nothing_is_suggested() {
    for (misspelled, meant) in [
        ("{ rfqz(first: 1) { totalCount } }", "rfqs"),
        ("{ rfqs(first: 1, view: SENT, afterr: 1) { pageInfo { hasNextPage } } }", "\"after\""),
        ("{ rfqs(first: 1, view: SENTT) { pageInfo { hasNextPage } } }", "RECEIVED"),
        ("{ rfq(id: 1) { titel } }", "title"),
        ("mutation { signOut(input: { refreshTokn: \"a\" }) { signedOut } }", "refreshToken"),
        ("query ($input: SignInInpt!) { viewer { user { id } } }", "SignInInput"),
        ("{ node(id: 1) { ... on Rfqq { id } } }", "\"Rfq\""),
    ] {
        let response = build_with(false).execute(misspelled).await;
        let told: Vec<_> = response.errors.iter().map(|error| error.message.as_str()).collect();
        assert!(!told.is_empty(), "{misspelled} is refused");
        assert!(told.iter().all(|message| !message.contains("Did you mean") && !message.contains(meant)), "{told:?}");
    }
    let helpful = build().execute("{ rfqz(first: 1) { totalCount } }").await;
    assert!(helpful.errors[0].message.contains("Did you mean"), "{:?}", helpful.errors);
}
