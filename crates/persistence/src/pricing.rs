//! Price lists, prices and promotions, as they are stored, and what is read to find a price.
//!
//! Whatever decides a price is kept as rows that end and are never changed, so that a price asked for as of an earlier time is what it
//! was then. [`price_for`] is how carts, quotes and orders find a buyer's prices.

mod candidates;
mod contract;
mod counted;
mod entity;
mod list;
mod price;
mod promotion;
mod promotion_model;
mod row;
mod statement;

pub use candidates::{Book, Breadth, Item, Wanted, candidates, price_for};
pub use contract::{ContractTerms, count_contract_lines, set_contract_lines};
pub use counted::units_in_force;
pub use list::{CODE_INDEX, Filter, by_code, insert, list, list_cursor, load, load_many, lock, lock_by_codes, save};
pub use price::{PriceFilter, end_prices, enter_prices, price_cursor, prices, prices_of, sheet};
pub use promotion::{
    insert_promotion, load_promotion, load_promotions, lock_promotion, promotion_cursor, promotions, save_promotion,
};
