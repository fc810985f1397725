//! Price lists, prices and promotions, and what a product costs whom, and why.

mod commands;
mod loaders;
mod mutations;
mod queries;
mod types;

pub use commands::{
    Beneficiary, CreatePriceList, CreatePromotion, EndPrices, EnterPrices, RevisePriceList, RevisePromotion,
    StepPriceList, StepPromotion,
};
pub use mutations::{PriceListMutation, PriceMutation, PromotionMutation};
pub use queries::PricingQuery;
pub use types::{ListPriceNode, PriceExplanationNode, PriceListNode, ProductPriceNode, PromotionNode};
