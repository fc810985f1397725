//! Lists without paging arguments: how long each is, so that a document is charged for what it will be answered.
//!
//! The wall `tests/walls/demand.rs` holds this table against the schema: every field that answers a list of objects and takes no
//! `first`, `last` or `ids` stands here by its name, and nothing else does.

/// How long a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unpaged {
    /// The field's name, in whatever type it stands.
    pub name: &'static str,
    /// Items that a list of this name usually has; what a document is charged for.
    pub usual: u64,
    /// Items that it has at most, or close to it.
    pub most: u64,
}

const fn list(name: &'static str, usual: u64, most: u64) -> Unpaged {
    Unpaged { name, usual, most }
}

/// Every such field, by name.
pub const UNPAGED: &[Unpaged] = &[
    list("attachments", 3, 100),
    list("attributes", 10, 100),
    list("availableActions", 6, 20),
    list("awards", 20, 1_000),
    list("capabilities", 2, 5),
    list("customRoles", 2, 10),
    list("definitions", 10, 100),
    list("documents", 5, 20),
    list("errors", 2, 100),
    list("facets", 8, 20),
    list("fields", 10, 120),
    list("files", 5, 100),
    list("grants", 5, 1_000),
    list("invitations", 10, 500),
    list("lines", 20, 1_000),
    list("matches", 2, 20),
    list("memberships", 5, 500),
    list("missingFrom", 5, 500),
    list("offers", 20, 500),
    list("options", 10, 500),
    list("orders", 5, 500),
    list("packagings", 3, 20),
    list("partNumbers", 3, 500),
    list("productSuggestions", 10, 30),
    list("productsByPartNumber", 20, 100),
    list("quotes", 10, 500),
    list("relations", 5, 400),
    list("results", 20, 1_000),
    list("roles", 10, 50),
    list("ruleCategories", 3, 200),
    list("segments", 2, 200),
    list("tiers", 3, 20),
    list("translations", 2, 20),
    list("units", 50, 2_000),
    list("userErrors", 2, 100),
    list("values", 20, 50),
    list("variantAxes", 2, 10),
    list("versions", 2, 100),
];

const _: () = assert!(UNPAGED.len() <= 64, "a set of them is kept in 64 bits");

/// The list that fields called `name` answer, and its place in [`UNPAGED`].
pub(super) fn list_of(name: &str) -> Option<(&'static Unpaged, usize)> {
    let place = UNPAGED.binary_search_by(|list| list.name.cmp(name)).ok()?;
    UNPAGED.get(place).map(|list| (list, place))
}

/// Some of [`UNPAGED`], by their places.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Set(u64);

impl Set {
    pub(super) const fn has(self, place: usize) -> bool {
        self.0 >> place & 1 == 1
    }

    pub(super) const fn with(self, place: usize) -> Self {
        Self(self.0 | 1 << place)
    }

    pub(super) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::UNPAGED;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(UNPAGED.is_sorted_by(|one, next| one.name < next.name));
        assert!(UNPAGED.iter().all(|list| 0 < list.usual && list.usual <= list.most));
    }
}
