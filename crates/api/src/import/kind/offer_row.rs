//! A seller's offers as rows of a file.
//!
//! | field | | what stands there |
//! |---|---|---|
//! | `product_number` | or `product_id` | the product's number in the catalog that the import names |
//! | `product_id` | or `product_number` | the product's global id; it goes before a number |
//! | `price` | required | the price of one unit, above zero, with up to four decimals and a point before them |
//! | `currency` | required | ISO 4217, such as `VND` |
//! | `lead_time_days` | required | days from order to delivery, 0 to 3650 |
//! | `unit` | | UN/ECE Recommendation 20, such as `C62`; the product's own when empty |
//! | `min_quantity` | | the least that is sold at once; 1 when empty |
//! | `max_quantity` | | the most; no limit when empty |
//! | `multiple` | | quantities are multiples of it; 1 when empty |
//! | `valid_from` | | a day (from midnight UTC) or a time of RFC 3339; now when empty, or as it was |
//! | `valid_until` | | the same, that moment excluded; no end when empty |
//! | `access` | | `PRIVATE` or `PUBLIC`; `PRIVATE` when empty |
//!
//! A row stands for the offer of its product in its currency and unit. A column that is not in the file leaves what it would say
//! as it was.

use jiff::Timestamp;
use rust_decimal::Decimal;
use tradehall_domain::catalog::{Offer, OfferAccess, OfferChange, OfferDraft, Product, ProductId};
use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::named::Named as _;
use tradehall_domain::number::parse_loose;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_domain::unit::Unit;

use crate::graphql::id::{NodeType, parse};
use crate::import::cells::{by_column, moment, whole};
use crate::import::table::{Columns, Row, closed};

/// The columns of the file.
pub const COLUMNS: Columns = Columns {
    required: &["price", "currency", "lead_time_days"],
    optional: Some(&[
        "product_number",
        "product_id",
        "unit",
        "min_quantity",
        "max_quantity",
        "multiple",
        "valid_from",
        "valid_until",
        "access",
    ]),
    open: closed,
};

/// By what a row names its product.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Named {
    /// By its id.
    Id(ProductId),
    /// By its number.
    Number(String),
}

impl Named {
    /// The column that it stood in.
    pub const fn column(&self) -> &'static str {
        match self {
            Self::Id(_) => "product_id",
            Self::Number(_) => "product_number",
        }
    }
}

/// A row that can be read. What is `None` has no column, what is `Some(None)` an empty cell.
#[derive(Debug, Clone)]
pub struct OfferRow {
    /// Which product.
    pub product: Named,
    /// In which currency; with the unit it tells which of a seller's offers of a product is meant.
    pub currency: Currency,
    unit: Option<Unit>,
    price: Decimal,
    lead_time_days: i64,
    min_quantity: Option<Option<Decimal>>,
    max_quantity: Option<Option<Decimal>>,
    multiple: Option<Option<Decimal>>,
    valid_from: Option<Timestamp>,
    valid_until: Option<Option<Timestamp>>,
    access: Option<Option<OfferAccess>>,
}

impl OfferRow {
    /// Reads a row.
    ///
    /// # Errors
    /// Everything that cannot be read, by column.
    pub fn read(row: &Row) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let product = match (row.text("product_id"), row.text("product_number")) {
            (Some(id), _) => problems.take("product_id", read_id(id)).map(Named::Id),
            (None, Some(number)) => Some(Named::Number(number.to_owned())),
            (None, None) => problems.take("product_number", Err(Problem::new(Code::Required))),
        };
        let price = row.required("price", &mut problems, parse_loose);
        let currency = row.required("currency", &mut problems, Currency::parse);
        let lead_time_days = row.required("lead_time_days", &mut problems, whole);
        let unit = row.optional("unit", &mut problems, Unit::parse);
        let mut quantity = |column| {
            let read = row.optional(column, &mut problems, parse_loose);
            read.map(|value| row.has(column).then_some(value))
        };
        let (min_quantity, max_quantity) = (quantity("min_quantity"), quantity("max_quantity"));
        let multiple = quantity("multiple");
        let valid_from = row.optional("valid_from", &mut problems, moment);
        let valid_until = row.optional("valid_until", &mut problems, moment);
        let access = row.optional("access", &mut problems, |text| {
            OfferAccess::from_name(&text.to_ascii_uppercase()).ok_or_else(|| Code::Invalid.into())
        });
        let read = (|| {
            Some(Self {
                product: product?,
                currency: currency?,
                unit: unit?,
                price: price?,
                lead_time_days: lead_time_days?,
                min_quantity: min_quantity?,
                max_quantity: max_quantity?,
                multiple: multiple?,
                valid_from: valid_from?,
                valid_until: valid_until.map(|until| row.has("valid_until").then_some(until))?,
                access: access.map(|access| row.has("access").then_some(access))?,
            })
        })();
        problems.finish(read)
    }

    /// The unit, which is the product's own where none is named.
    pub fn unit(&self, product: &Product) -> Unit {
        self.unit.unwrap_or(product.details.unit)
    }

    /// What a new offer asks.
    pub fn draft(&self, product: &Product) -> OfferDraft {
        OfferDraft {
            price: self.price,
            currency: self.currency,
            unit: self.unit(product),
            min_quantity: self.min_quantity.flatten(),
            max_quantity: self.max_quantity.flatten(),
            multiple: self.multiple.flatten(),
            lead_time_days: self.lead_time_days,
            valid_from: self.valid_from,
            valid_until: self.valid_until.flatten(),
            access: self.access.flatten().unwrap_or(OfferAccess::Private),
        }
    }

    /// What changes in an offer that is there.
    pub fn change(&self) -> OfferChange {
        OfferChange {
            price: Some(self.price),
            min_quantity: self.min_quantity.map(|quantity| quantity.unwrap_or(Decimal::ONE)),
            max_quantity: self.max_quantity,
            multiple: self.multiple.map(|quantity| quantity.unwrap_or(Decimal::ONE)),
            lead_time_days: Some(self.lead_time_days),
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            access: self.access.map(|access| access.unwrap_or(OfferAccess::Private)),
        }
    }

    /// Whether `offer` is the one that the row stands for.
    pub fn means(&self, product: &Product, offer: &Offer) -> bool {
        offer.product == product.id
            && offer.terms.price.currency() == self.currency
            && offer.terms.unit == self.unit(product)
    }
}

/// The problems of terms, told by the columns that the terms came from.
pub fn told_by_column(problems: Problems) -> Problems {
    by_column(problems, |field| match field {
        "minQuantity" => "min_quantity",
        "maxQuantity" => "max_quantity",
        "multiple" => "multiple",
        "leadTimeDays" => "lead_time_days",
        "validUntil" => "valid_until",
        _ => "price",
    })
}

fn read_id(text: &str) -> Result<ProductId, Problem> {
    match parse(text) {
        Some((name, id)) if name == <Product as NodeType>::NAME => Ok(Id::from_uuid(id)),
        _ => Err(Code::Invalid.into()),
    }
}
