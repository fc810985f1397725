//! The fields of a document.

use tantivy::schema::{BytesOptions, Field, NumericOptions, Schema};

/// The fields, by name.
#[derive(Clone, Copy)]
pub struct Fields {
    /// The product's id, by which its document is replaced.
    pub id: Field,
    /// The strings by which the product is found: text, a zero byte, the level.
    pub entry: Field,
    /// Those by which only some find it: who, as [`Reader`](super::reader) writes it, text, a zero byte, the level.
    pub private: Field,
    /// The words of the product as they are written there: folded, a zero byte, in small letters.
    pub spelling: Field,
    /// What filters go by: see [`FilterKey`](super::FilterKey).
    pub filter: Field,
    /// The upper half of the id, for the order of equals.
    pub high: Field,
    /// The lower half.
    pub low: Field,
    /// The group that a published product is shown to; a product that is not published has none.
    pub viewers: Field,
    /// Whose it is.
    pub owner: Field,
    /// Its category and those above it: id, then name.
    pub category: Field,
    /// Its brand: folded, a zero byte, as written.
    pub brand: Field,
    /// Its attributes, as [`AttributeTerm`](super::facet::AttributeTerm) writes them.
    pub attribute: Field,
    /// Its folded name, for sorting.
    pub name: Field,
    /// Its number, for sorting.
    pub number: Field,
}

impl Fields {
    pub fn build() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let term = || BytesOptions::default().set_indexed();
        let column = || BytesOptions::default().set_fast();
        let half = || NumericOptions::default().set_fast();
        let fields = Self {
            id: schema.add_bytes_field("id", term()),
            entry: schema.add_bytes_field("entry", term()),
            private: schema.add_bytes_field("private", term()),
            spelling: schema.add_bytes_field("spelling", term()),
            filter: schema.add_bytes_field("filter", term()),
            high: schema.add_u64_field("high", half()),
            low: schema.add_u64_field("low", half()),
            viewers: schema.add_bytes_field("viewers", column()),
            owner: schema.add_bytes_field("owner", column()),
            category: schema.add_bytes_field("category", column()),
            brand: schema.add_bytes_field("brand", column()),
            attribute: schema.add_bytes_field("attribute", column()),
            name: schema.add_bytes_field("name", column()),
            number: schema.add_bytes_field("number", column()),
        };
        (schema.build(), fields)
    }
}
