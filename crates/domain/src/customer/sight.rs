//! Which goods a customer is shown: decided once per set of assortments, not per product.

use std::collections::HashMap;

use super::{AssortmentGrant, AssortmentId, AssortmentKind, CustomerReach, GrantEffect};
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::viewing::Sight;

/// A set of assortments to which some product belongs. Products with the same set are shown to the same viewers, so a seller with a
/// million products decides a handful of times whom to show what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Which selection; as a group of viewers it has the same number.
    pub id: SelectionId,
    /// Whose.
    pub seller: OrganizationId,
    /// The assortments, sorted.
    pub assortments: Vec<AssortmentId>,
}

/// The id of a [`Selection`].
pub type SelectionId = Id<Selection>;

/// Where a customer stands with its seller: its reach, and itself and its segments as grantees.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Which part of the goods it is shown.
    pub reach: CustomerReach,
    /// The numbers of the customer and of its segments.
    pub grantees: Vec<uuid::Uuid>,
}

impl Standing {
    /// Whether products that belong to exactly these assortments are shown: not if one is hidden, else if one is shown, else unless
    /// one is exclusive or the customer sees assortments only.
    #[must_use]
    pub fn sees(
        &self,
        assortments: &[AssortmentId],
        kinds: &HashMap<AssortmentId, AssortmentKind>,
        grants: &[AssortmentGrant],
    ) -> bool {
        let granted = |effect: GrantEffect| {
            grants.iter().any(|grant| {
                grant.effect == effect
                    && assortments.contains(&grant.assortment)
                    && self.grantees.contains(&grant.grantee)
            })
        };
        if granted(GrantEffect::Hidden) {
            return false;
        }
        granted(GrantEffect::Shown) || (self.reach == CustomerReach::General && is_general(assortments, kinds))
    }
}

impl Selection {
    /// What those are shown of its products who are no customers, where the shop's policy shows them `policy`.
    #[must_use]
    pub fn uninvited(&self, policy: Sight, kinds: &HashMap<AssortmentId, AssortmentKind>) -> Sight {
        if is_general(&self.assortments, kinds) { policy } else { Sight::NONE }
    }
}

/// Whether none of these assortments is exclusive.
fn is_general(assortments: &[AssortmentId], kinds: &HashMap<AssortmentId, AssortmentKind>) -> bool {
    !assortments.iter().any(|id| kinds.get(id) == Some(&AssortmentKind::Exclusive))
}
