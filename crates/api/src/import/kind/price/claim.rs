//! What rows of prices say that no other row may say as well, and how many prices of a product the rest of the file makes.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use tradehall_domain::catalog::{Product, ProductId};
use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::pricing::{PRICES_PER_PRODUCT_MAX, Period, PriceTerms};
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::quantity::Quantity;

use super::Book;
use crate::import::said::{Claim, Said};
use crate::import::table::Row;

/// A price of its list, product, unit and tier, for its validity: as the list itself, a file has no two that hold at once. A row that is
/// wrong by itself says nothing.
pub(super) fn claim(row: &Row) -> Option<Claim> {
    let (list, product) = row.text("list_code").zip(row.text("product_number"))?;
    let draft = super::read(row, Id::new()).ok()?;
    // What is wrong with a price is the same in every currency.
    let terms = PriceTerms::parse(&draft, Currency::USD, Timestamp::MIN).ok()?;
    Some(Claim {
        valid: terms.valid,
        overlaps: Problem::new(Code::PriceOverlaps).at("valid_from"),
        among: Some(among(list, product)),
        ..Claim::once(subject(list, product, &terms), "product_number")
    })
}

fn subject(list: &str, product: &str, terms: &PriceTerms) -> String {
    let tier = terms.min_quantity.map(Quantity::units).unwrap_or_default();
    format!("{list}\u{1f}{product}\u{1f}{}\u{1f}{tier}", terms.unit.code())
}

fn among(list: &str, product: &str) -> String {
    format!("{list}\u{1f}{product}")
}

/// Leaves room in `book` for the prices that earlier rows of the file make and that do not stand yet, because they were only checked:
/// a product has no more than [`PRICES_PER_PRODUCT_MAX`] of them.
pub(super) fn reserve(book: &mut Book, rows: &[Row], said: &Said, products: &HashMap<String, Product>) {
    let code = book.list.code.as_str();
    let mut standing: HashMap<ProductId, usize> = HashMap::new();
    for price in book.sheet.prices() {
        *standing.entry(price.product).or_default() += 1;
    }
    let of_list = rows.iter().filter(|row| row.text("list_code") == Some(code));
    let numbers: HashSet<_> = of_list.clone().filter_map(|row| row.text("product_number")).collect();
    for (number, product) in numbers.into_iter().filter_map(|number| Some((number, products.get(number)?))) {
        let count = said.count(&among(code, number));
        if count + standing.get(&product.id).copied().unwrap_or_default() <= PRICES_PER_PRODUCT_MAX {
            continue;
        }
        let here = of_list.clone().filter(|row| row.text("product_number") == Some(number));
        let here: HashSet<(String, Period)> =
            here.filter_map(claim).map(|claim| (claim.subject, claim.valid)).collect();
        let replaced = book.sheet.prices().filter(|price| price.product == product.id).filter(|price| {
            let subject = subject(code, number, &price.terms);
            said.has(&subject, &price.terms.valid) && !here.contains(&(subject, price.terms.valid))
        });
        let elsewhere = count.saturating_sub(here.len()).saturating_sub(replaced.count());
        book.sheet.reserve(product.id, elsewhere);
    }
}
