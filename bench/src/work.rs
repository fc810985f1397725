//! What is measured: committed operations of real clients with computed variables.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tradehall::graphql::id::global;
use tradehall_domain::quote::QuoteId;
use tradehall_domain::rfq::{RfqId, RfqLineId};

use crate::arguments::Size;
use crate::budget::Budget;
use crate::market::{
    BUYER, CUSTOMERS_FROM, DETAILS, Kind, Ranges, SELLER, SELLERS_OF_AWARD, SHOP, SUPPLIER, id, line_number,
    quote_number,
};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// Nobody has signed in.
    Nobody,
    /// The owner of the organization of that number.
    Owner(u64),
}

/// What a work item needs a fresh one of each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A request that waits for a quote.
    Quote,
    /// A request that waits for an award.
    Award,
    /// A price that is to change.
    Price,
}

/// One work item.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// Its name, which is also that of the hand-written statements in `bench/sql`.
    pub name: &'static str,
    /// What it is, for the table.
    pub title: &'static str,
    /// The GraphQL document.
    pub document: &'static str,
    /// Who asks.
    pub caller: Caller,
    /// The variables for a request of that number.
    pub variables: fn(u64) -> Value,
    /// What it uses up; none for reading, whose numbers begin again at 0.
    pub target: Option<Target>,
    /// The hand-written statements, if it needs the database at all.
    pub sql: Option<&'static str>,
    /// What it may cost.
    pub budget: Budget,
}

/// A committed operation.
macro_rules! operation {
    ($path:literal) => {
        include_str!(concat!("../../tests/operations/", $path, ".graphql"))
    };
}

/// Hand-written statements.
macro_rules! sql {
    ($name:literal) => {
        Some(include_str!(concat!("../sql/", $name, ".sql")))
    };
}

const fn budget(statements: u32, server_us: f64, of_ceiling: f64, spread: f64) -> Budget {
    Budget { statements, server_us, of_ceiling: Some(of_ceiling), spread: Some(spread) }
}

/// Everything that is measured, in this order.
pub const WORKS: [Work; 12] = [
    Work {
        name: "typename",
        title: "`{ __typename }`",
        document: "{ __typename }",
        caller: Caller::Nobody,
        variables: |_| json!({}),
        target: None,
        sql: None,
        budget: Budget { statements: 0, server_us: 60.0, of_ceiling: None, spread: None },
    },
    Work {
        name: "rfqs_sent",
        title: "requests, 24 of those sent",
        document: operation!("rfq/rfqs"),
        caller: Caller::Owner(BUYER),
        variables: |_| json!({ "view": "SENT", "first": 24 }),
        target: None,
        sql: sql!("rfqs_sent"),
        budget: budget(3, 500.0, 0.5, 4.0),
    },
    Work {
        name: "rfqs_received",
        title: "requests, 24 of those received",
        document: operation!("rfq/rfqs"),
        caller: Caller::Owner(SUPPLIER),
        variables: |_| json!({ "view": "RECEIVED", "first": 24 }),
        target: None,
        sql: sql!("rfqs_received"),
        budget: budget(3, 500.0, 0.5, 4.0),
    },
    Work {
        name: "comparison",
        title: "request of 20 lines, 10 quotes compared",
        document: operation!("rfq/rfqComparison"),
        caller: Caller::Owner(BUYER),
        variables: |n| json!({ "id": global::<tradehall_domain::rfq::Rfq>(rfq(n % DETAILS)).0 }),
        target: None,
        sql: sql!("comparison"),
        budget: budget(6, 1_500.0, 0.4, 4.0),
    },
    Work {
        name: "orders",
        title: "orders, 24 of those placed, with lines",
        document: operation!("order/orders"),
        caller: Caller::Owner(BUYER),
        variables: |_| json!({ "side": "BUYER", "first": 24 }),
        target: None,
        sql: sql!("orders"),
        // The design names no budget for it; this is the one of a list with a level more.
        budget: budget(4, 1_000.0, 0.5, 4.0),
    },
    Work {
        name: "product_list",
        title: "products, 24 with the viewer's prices and seller",
        document: operation!("pricing/productsWithPrices"),
        caller: Caller::Owner(CUSTOMERS_FROM),
        variables: |_| json!({ "first": 24 }),
        target: None,
        sql: sql!("product_list"),
        budget: budget(3, 500.0, 0.5, 4.0),
    },
    Work {
        name: "product_detail",
        title: "product with the viewer's price",
        document: operation!("pricing/productPrice"),
        caller: Caller::Owner(CUSTOMERS_FROM),
        variables: |n| json!({ "id": product(n * 151 + 1), "quantity": "10" }),
        target: None,
        sql: sql!("product_detail"),
        budget: budget(3, 300.0, 0.5, 4.0),
    },
    Work {
        name: "price_of_many",
        title: "price of a product that all lists name",
        document: operation!("pricing/productPrice"),
        caller: Caller::Owner(CUSTOMERS_FROM),
        variables: |_| json!({ "id": product(0), "quantity": "10" }),
        target: None,
        sql: sql!("product_detail"),
        budget: budget(3, 300.0, 0.5, 4.0),
    },
    Work {
        name: "search",
        title: "search with six facets",
        document: operation!("search/productSearch"),
        caller: Caller::Owner(CUSTOMERS_FROM),
        variables: search,
        target: None,
        sql: None,
        budget: Budget { statements: 3, server_us: 1_000.0, of_ceiling: None, spread: Some(5.0) },
    },
    Work {
        name: "price_change",
        title: "price of a product changed, with the list's answer",
        document: operation!("pricing/enterPrices"),
        caller: Caller::Owner(SHOP),
        variables: price_change,
        target: Some(Target::Price),
        sql: None,
        // The design names no budget for it.
        budget: Budget { statements: 8, server_us: 1_000.0, of_ceiling: None, spread: Some(5.0) },
    },
    Work {
        name: "submit_quote",
        title: "quote of 20 lines submitted",
        document: operation!("quote/submitQuote"),
        caller: Caller::Owner(SELLER),
        variables: submission,
        target: Some(Target::Quote),
        sql: sql!("submit_quote"),
        budget: budget(8, 800.0, 0.5, 5.0),
    },
    Work {
        name: "award",
        title: "20 lines awarded to 4 sellers, orders placed",
        document: operation!("rfq/awardRfq"),
        caller: Caller::Owner(BUYER),
        variables: award,
        target: Some(Target::Award),
        sql: sql!("award"),
        budget: budget(14, 3_000.0, 0.4, 5.0),
    },
];

impl Work {
    /// The number of the first target in a market of that size, and how many there are for the product; as many follow for the
    /// ceiling. Nothing for reading.
    pub const fn targets(&self, size: &Size) -> (u64, u64) {
        let ranges = Ranges::of(size);
        match self.target {
            None => (0, 0),
            Some(Target::Quote) => (ranges.quote, size.quote_targets),
            Some(Target::Award) => (ranges.award, size.award_targets),
            Some(Target::Price) => (0, size.price_targets),
        }
    }

    /// The body of a request.
    pub fn body(&self, number: u64) -> Vec<u8> {
        let body = json!({ "query": self.document, "variables": (self.variables)(number) });
        body.to_string().into_bytes()
    }
}

/// Another price of one of 1 000 products, in the general list, each time.
fn price_change(number: u64) -> Value {
    let list = global::<tradehall_domain::pricing::PriceList>(id(Kind::PriceList, 0)).0;
    let price = (20_000_000 + number).to_string();
    let entry = json!({ "productId": product(number % 1_000), "unitPrice": price, "unit": "C62" });
    json!({ "input": { "priceListId": list, "prices": [entry] } })
}

fn product(number: u64) -> String {
    global::<tradehall_domain::catalog::Product>(id(Kind::Product, number)).0
}

/// Words of two goods and a number, as a buyer types them.
fn search(number: u64) -> Value {
    let words = ["bu long 8.8", "dai oc", "thep tam", "ball bearing", "găng tay", "KK-00001", "hang 17", "cap dien do"];
    let query = words.get(usize::try_from(number).unwrap_or(0) % words.len()).copied().unwrap_or_default();
    json!({ "query": query, "first": 24 })
}

fn rfq(number: u64) -> RfqId {
    id(Kind::Rfq, number)
}

fn line(number: u64, position: u64) -> String {
    let line: RfqLineId = id(Kind::RfqLine, line_number(number, position));
    global(line).0
}

fn submission(number: u64) -> Value {
    let price = |position| json!({ "rfqLineId": line(number, position), "unitPrice": "0.1234", "leadTimeDays": 14 });
    let valid_until = Timestamp::now() + SignedDuration::from_hours(24 * 60);
    json!({ "input": {
        "rfqId": global(rfq(number)).0,
        "idempotencyKey": format!("bench-quote-{number}"),
        "content": {
            "currency": "USD",
            "validUntil": valid_until.to_string(),
            "paymentTerms": "30 ngày sau khi nhận hàng",
            "lines": (1..=20).map(price).collect::<Vec<_>>(),
        },
    } })
}

fn award(number: u64) -> Value {
    let pick = |position: u64| {
        let quote: QuoteId = id(Kind::Quote, quote_number(number, (position - 1) % SELLERS_OF_AWARD));
        json!({ "quoteId": global(quote).0, "rfqLineId": line(number, position) })
    };
    json!({ "input": {
        "rfqId": global(rfq(number)).0,
        "idempotencyKey": format!("bench-award-{number}"),
        "award": { "lines": (1..=20).map(pick).collect::<Vec<_>>() },
    } })
}
