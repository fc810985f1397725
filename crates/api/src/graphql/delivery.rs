//! Terms of delivery as clients see them.

use async_graphql::{Description, Object};
use tradehall_domain::incoterm::{DeliveryTerm, Incoterm};

use super::closed::Closed;

/// Who carries the goods how far: a rule of Incoterms 2020 and the place that it speaks of.
#[derive(Debug, Clone, Description)]
pub struct DeliveryTermNode(pub DeliveryTerm);

#[Object(name = "DeliveryTerm", use_type_description)]
impl DeliveryTermNode {
    /// The rule.
    async fn incoterm(&self) -> Closed<Incoterm> {
        self.0.incoterm.into()
    }

    /// The place or port without which the rule says nothing, 1 to 120 characters.
    async fn named_place(&self) -> &str {
        self.0.named_place.as_str()
    }
}
