//! What was entered, remembered in the plainest form, and the price that follows from it by trying everything.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;
use tradehall_tests::json;

use crate::pricing::Prices;

/// The rules that lists and promotions can be of, in their order.
const RULES: [&str; 5] = ["CUSTOMER", "SEGMENT", "PROMOTION", "TIER", "LIST"];

/// Numbers that look random and are the same in every run (Numerical Recipes' linear congruential generator).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) & 0xffff_ffff;
        (self.0 >> 8) % sides
    }
}

/// One price of a list, or one promotion for one product.
#[derive(Debug)]
struct Row {
    /// Its place in [`RULES`]; a general list's rows are told apart when they are read.
    rule: usize,
    source: usize,
    priority: u64,
    product: usize,
    tier: u64,
    currency: &'static str,
    /// In 1/10 000; for a promotion the percentage.
    figure: u64,
    is_percent: bool,
}

pub struct Books {
    customer: Value,
    segment: Value,
    rows: Vec<Row>,
    sources: usize,
    offers: Vec<(usize, u64)>,
    seen: RefCell<BTreeSet<String>>,
}

impl Books {
    pub fn new(customer: &Value, segment: &Value) -> Self {
        let (customer, segment) = (customer.clone(), segment.clone());
        Self { customer, segment, rows: Vec::new(), sources: 0, offers: Vec::new(), seen: RefCell::default() }
    }

    /// Adds an offer, some lists, the last of which is not in force, and a promotion, through the API and to what is remembered.
    pub async fn grow(&mut self, prices: &Prices, products: &[Value], dice: &mut Dice) {
        if self.offers.len() < products.len() {
            let (product, cents) = (self.offers.len(), 5_000 + dice.roll(5_000));
            prices.offer(&products[product], &decimal(cents * 100)).await;
            self.offers.push((product, cents * 100));
        }
        for n in 0..3 {
            let rule = [0, 1, 4][usize::try_from(dice.roll(3)).unwrap()];
            self.list(prices, products, dice, rule, n < 2).await;
        }
        let (product, percent, priority) = (usize::try_from(dice.roll(4)).unwrap(), 1 + dice.roll(60), dice.roll(2));
        let least = [0, 10, 60][usize::try_from(dice.roll(3)).unwrap()];
        let mut fields = json!({
            "percentOff": percent.to_string(), "productIds": [products[product]["id"]], "priority": priority, "unit": "C62",
        });
        if least > 0 {
            fields["minQuantity"] = json!(least.to_string());
        }
        self.sources += 1;
        prices.promotion(&format!("M{}", self.sources), fields).await;
        self.rows.push(Row {
            rule: 2,
            source: self.sources,
            priority,
            product,
            tier: least,
            currency: "",
            figure: percent,
            is_percent: true,
        });
    }

    async fn list(&mut self, prices: &Prices, products: &[Value], dice: &mut Dice, rule: usize, counts: bool) {
        self.sources += 1;
        let (priority, currency) = (dice.roll(2), if dice.roll(3) == 0 { "VND" } else { "USD" });
        let mut fields = json!({ "priority": priority, "currency": currency });
        match rule {
            0 => fields["customerId"] = self.customer.clone(),
            1 => fields["segmentId"] = self.segment.clone(),
            _ => {}
        }
        let list = prices.draft(&format!("L{}", self.sources), fields).await;
        let mut entered = Vec::new();
        for (product, node) in products.iter().enumerate() {
            for tier in [0, 10, 60] {
                if dice.roll(5) < 3 {
                    continue;
                }
                let figure = (100 + dice.roll(9_900)) * 100;
                let mut row = json!({ "productId": node["id"], "unit": "C62", "unitPrice": decimal(figure) });
                if tier > 0 {
                    row["minQuantity"] = json!(tier.to_string());
                }
                entered.push(row);
                if counts {
                    let source = self.sources;
                    self.rows.push(Row { rule, source, priority, product, tier, currency, figure, is_percent: false });
                }
            }
        }
        if !entered.is_empty() {
            let results = prices.enter_all(&list, &entered).await;
            assert!(results.iter().all(|result| result["userErrors"] == json!([])), "{results:?}");
        }
        if counts {
            prices.step("activatePriceList", &list).await;
        }
    }

    /// What so many of a product cost, in the words of [`in_words`](crate::pricing::in_words).
    pub fn price(&self, product: usize, quantity: &str, currency: Option<&str>, is_customer: bool) -> String {
        let quantity: u64 = quantity.parse().unwrap();
        let of_product = || self.rows.iter().filter(move |row| row.product == product);
        let least = |row: &Row| of_product().filter(|other| other.source == row.source).map(|other| other.tier).min();
        let rule_of = |row: &Row| if row.rule == 4 && least(row) < Some(row.tier) { 3 } else { row.rule };
        let fits = |row: &&Row| {
            row.tier <= quantity
                && (is_customer || row.rule > 1)
                && (row.is_percent || currency.is_none_or(|currency| currency == row.currency))
        };
        let best = |rule: usize| {
            of_product()
                .filter(fits)
                .filter(|row| rule_of(row) == rule)
                .max_by_key(|row| (row.priority, row.tier, row.source))
        };
        let listed = best(3).or_else(|| best(4)).map(|row| (rule_of(row), row.figure, row.currency)).or_else(|| {
            let is_named = of_product().any(|row| row.rule == 4);
            let offered = self.offers.iter().find(|(of, _)| *of == product && !is_named);
            offered.filter(|_| currency.is_none_or(|currency| currency == "USD")).map(|(_, price)| (4, *price, "USD"))
        });
        let special = [0, 1].into_iter().find_map(|rule| best(rule).map(|row| (rule, row.figure, row.currency)));
        let promoted = || {
            let (row, (_, price, currency)) = (best(2)?, listed?);
            Some((2, price * (100 - row.figure) / 100, currency))
        };
        let Some((rule, figure, currency)) = special.or_else(promoted).or(listed) else { return String::new() };
        self.seen.borrow_mut().insert(RULES[rule].to_owned());
        format!("{} {currency} by {}", shown(figure, currency), RULES[rule])
    }

    /// Whether every rule made a price at least once.
    pub fn has_seen_all_rules(&self) -> bool {
        self.seen.borrow().len() == RULES.len()
    }
}

/// A count of 1/10 000 as a number.
fn decimal(units: u64) -> String {
    format!("{}.{:04}", units / 10_000, units % 10_000)
}

/// A price as it is shown: as many decimals as it needs and at least those of its currency.
fn shown(units: u64, currency: &str) -> String {
    let mut text = decimal(units);
    let least = if currency == "USD" { 2 } else { 0 };
    while text.ends_with('0') && text.len() - text.find('.').unwrap() - 1 > least {
        text.pop();
    }
    text.trim_end_matches('.').to_owned()
}
