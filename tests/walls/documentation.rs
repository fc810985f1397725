//! Everything in the contract is described, and by more than its own name.

use std::collections::BTreeSet;

use crate::contract::{Contract, Field};

/// What GraphQL itself defines, and what the connection library does.
const NOT_OURS: &[&str] = &["Boolean", "Float", "ID", "Int", "String", "PageInfo"];

/// Words that add nothing to a name.
const EMPTY: &[&str] = &["a", "an", "the", "of", "its", "this", "that", "is", "s"];

#[tokio::test]
async fn every_part_is_described_by_more_than_its_name() {
    let contract = Contract::read().await;
    let mut lacking = Vec::new();
    let mut see = |place: String, name: &str, description: &str| {
        if !says_more(name, description) {
            lacking.push(format!("{place}: {description:?}"));
        }
    };
    for one in contract.types.values() {
        if NOT_OURS.contains(&one.name.as_str()) || is_connection_part(&one.name) {
            continue;
        }
        see(one.name.clone(), &one.name, &one.description);
        for field in &one.fields {
            fields(&one.name, field, &mut see);
        }
        for value in &one.values {
            see(format!("{}.{}", one.name, value.name), &value.name, &value.description);
        }
    }
    assert!(lacking.is_empty(), "{} parts say no more than their name:\n{}", lacking.len(), lacking.join("\n"));
}

fn fields(owner: &str, field: &Field, see: &mut impl FnMut(String, &str, &str)) {
    let place = format!("{owner}.{}", field.name);
    see(place.clone(), &field.name, &field.description);
    for argument in &field.arguments {
        see(format!("{place}({})", argument.name), &argument.name, &argument.description);
    }
}

/// Connections and edges are described by the library, alike everywhere.
fn is_connection_part(name: &str) -> bool {
    name.ends_with("Connection") || name.ends_with("Edge")
}

/// Whether a description has a word that the name does not have, and reads as a sentence.
fn says_more(name: &str, description: &str) -> bool {
    let known: BTreeSet<String> = words(name);
    let is_sentence = description.trim_end().ends_with(['.', ':', ')', '`']) && description.len() > 5;
    let adds = words(description).into_iter().any(|word| !known.contains(&word) && !EMPTY.contains(&word.as_str()));
    is_sentence && adds
}

/// The words of a name in any case, or of a sentence; a plural is its singular.
fn words(text: &str) -> BTreeSet<String> {
    let mut split = String::new();
    let mut before = ' ';
    for letter in text.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            split.push(' ');
        }
        split.push(if letter.is_alphanumeric() { letter } else { ' ' });
        before = letter;
    }
    split.split_whitespace().map(|word| word.to_lowercase().trim_end_matches('s').to_owned()).collect()
}

#[test]
fn a_name_said_again_is_no_description() {
    assert!(!says_more("createdAt", "The created at."));
    assert!(!says_more("PARTLY_AWARDED", "Partly awarded."));
    assert!(!says_more("name", ""));
    assert!(!says_more("deadline", "until when"));
    assert!(says_more("name", "What people call it, 1 to 200 characters."));
}
