//! Categories, products and offers as clients see them.

mod category;
mod detail;
mod offer;
mod product;
mod product_type;

pub use category::CategoryNode;
pub use detail::{DocumentNode, PackagingNode, PartNumberMatch, PartNumberMatches, PartNumberNode, RelationNode};
pub use offer::OfferNode;
pub use product::ProductNode;
pub use product_type::ProductTypeNode;

use crate::graphql::id::node_types;

node_types! {
    tradehall_domain::catalog::Category => "Category",
    tradehall_domain::catalog::Product => "Product",
    tradehall_domain::catalog::ProductType => "ProductType",
    tradehall_domain::catalog::PartNumber => "PartNumber",
    tradehall_domain::catalog::Offer => "Offer",
}
