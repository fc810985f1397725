//! What a search can count, and in which order it can answer.

use crate::named;

named! {
    /// What the hits of a search are counted by.
    pub enum FacetKind {
        /// The category and those above it.
        Category = "CATEGORY",
        /// The brand, whatever its capitals and accents.
        Brand = "BRAND",
        /// The organization that describes the product, which is its seller's.
        Owner = "OWNER",
        /// The values of each attribute, told apart by the attribute's name and unit.
        Attribute = "ATTRIBUTE",
    }
}

named! {
    /// In which order the hits of a search come; equals by their ids.
    pub enum SearchOrder {
        /// The best first: whole words before beginnings before typing errors, numbers before names before brands, categories, attributes and descriptions.
        Relevance = "RELEVANCE",
        /// By name, whatever its capitals and accents.
        Name = "NAME",
        /// By the owner's number.
        Number = "NUMBER",
        /// The newest first.
        Newest = "NEWEST",
    }
}
