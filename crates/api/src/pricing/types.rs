//! Prices as clients see them.

mod explanation;
mod list;
mod price;
mod product_price;
mod promotion;

pub use explanation::PriceExplanationNode;
pub use list::PriceListNode;
pub use price::ListPriceNode;
pub(in crate::pricing) use product_price::Asked;
pub use product_price::ProductPriceNode;
pub use promotion::PromotionNode;

use crate::graphql::id::node_types;

node_types! {
    tradehall_domain::pricing::PriceList => "PriceList",
    tradehall_domain::pricing::Price => "ListPrice",
    tradehall_domain::pricing::Promotion => "Promotion",
}
