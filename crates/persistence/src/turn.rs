//! Taking turns over what an organization shows, and to whom.

use tradehall_domain::organization::OrganizationId;

use crate::{StoreError, Tx};

/// That it is this transaction's turn, until it ends, to decide what a seller shows to whom: its tree, its products, its assortments,
/// its customers.
///
/// What is shown follows from rows of many tables, read committed: whoever reads some of them while another changes the others would
/// write what neither of them means. So whatever writes it asks for this, and what it is decided by is read after [`Turn::take`].
///
/// The turn comes before the rows: who holds it may lock the seller's products, categories, customers and itself, and so nobody waits
/// for the turn who has locked one of these. Rows that are locked before it (an agreement, a catalog version, a run of an import) are
/// locked by nobody who holds it already.
#[derive(Debug)]
pub struct Turn {
    seller: OrganizationId,
}

impl Turn {
    /// Waits until every other transaction that has the turn of `seller` has ended. Costs nothing in one that has it.
    ///
    /// # Errors
    /// When the database is away, or another transaction takes longer than a statement may.
    pub async fn take(tx: &mut Tx, seller: OrganizationId) -> Result<Self, StoreError> {
        tx.take_turns(seller).await?;
        Ok(Self { seller })
    }

    /// Whose turn it is.
    #[must_use]
    pub const fn seller(&self) -> OrganizationId {
        self.seller
    }
}
