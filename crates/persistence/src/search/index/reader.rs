//! Numbers that only some find a product by: its customers' own, and those of products whose place it took.
//!
//! They are terms of a field of their own, each behind the organization that may use it, so that a search reads the terms of its viewer
//! and comes to no others: not by a beginning, not by a typing error, not by a count.

use tradehall_domain::search::Reader;
use uuid::Uuid;

use super::request::Sight;

/// How long a [`Prefix`] is.
const LENGTH: usize = 17;

/// What stands before the texts that one may find products by: in which part, and the organization.
pub type Prefix = [u8; LENGTH];

/// What stands before the texts of `reader`.
pub fn prefix(reader: Reader) -> Prefix {
    match reader {
        Reader::Knower => place(b'w', Uuid::nil()),
        Reader::Holder(organization) => place(b'h', organization.uuid()),
        Reader::Owner(organization) => place(b'o', organization.uuid()),
    }
}

fn place(part: u8, organization: Uuid) -> Prefix {
    let mut prefix = [part; LENGTH];
    for (byte, of) in prefix.iter_mut().skip(1).zip(organization.as_bytes()) {
        *byte = *of;
    }
    prefix
}

impl Sight {
    /// The parts in which the viewer's words are looked up besides those of everybody.
    pub(super) fn prefixes(&self) -> Vec<Prefix> {
        let mut prefixes = self.own_prefixes();
        prefixes.push(prefix(Reader::Knower));
        prefixes
    }

    /// Those of them that the viewer knows: what it mistyped may be meant there.
    pub(super) fn own_prefixes(&self) -> Vec<Prefix> {
        let holder = self.own.map(|own| place(b'h', own));
        // Numbers of its customers are for those who read the catalog.
        let owner = self.own.filter(|_| self.unpublished).map(|own| place(b'o', own));
        holder.into_iter().chain(owner).collect()
    }
}
