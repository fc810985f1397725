//! Which rules a price can come from, in the order in which they are tried.

use crate::named;

// The order of the members is the order of precedence.
named! {
    /// Where a price comes from. The rules are tried in this order, and the first that has a price decides, whatever the others would say.
    pub enum PriceRule {
        /// A line of a framework agreement between the two.
        ContractLine = "CONTRACT_LINE",
        /// A list for this customer alone.
        Customer = "CUSTOMER",
        /// A list for a segment that the customer belongs to.
        Segment = "SEGMENT",
        /// A list of a framework agreement, or a discount that it gives on everything.
        Agreement = "AGREEMENT",
        /// A promotion that holds for the product.
        Promotion = "PROMOTION",
        /// A quantity tier of a general list, above its least.
        Tier = "TIER",
        /// The base price of a general list; where none names the product, the seller's own public offer.
        List = "LIST",
    }
}
