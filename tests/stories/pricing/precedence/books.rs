//! What was entered, remembered in the plainest form, and the price that follows from it by trying everything.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;
use tradehall_tests::json;

use crate::pricing::Prices;

/// The rules that lists and promotions can be of, in their order.
const RULES: [&str; 5] = ["CUSTOMER", "SEGMENT", "PROMOTION", "TIER", "LIST"];

/// The units of prices with how many pieces each is, and the tiers in it: 60 pieces are five boxes.
const STEPS: [(&str, u64, u64); 6] =
    [("C62", 1, 0), ("C62", 1, 10), ("C62", 1, 60), ("XBX", 12, 0), ("XBX", 12, 1), ("XBX", 12, 5)];

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

/// How many pieces a unit is.
const SIZES: [(&str, u64); 3] = [("C62", 1), ("XBX", 12), ("XPX", 60)];

/// A quantity, its unit and a currency.
pub type Asked<'a> = (&'a str, &'a str, Option<&'a str>);

/// One price of a list, or one promotion for one product.
#[derive(Debug)]
struct Row {
    /// Its place in [`RULES`]; a general list's rows are told apart when they are read.
    rule: usize,
    source: usize,
    priority: u64,
    product: usize,
    /// How many pieces one of its unit is.
    size: u64,
    /// In that unit.
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
        // The same least in boxes now and then.
        let (unit, size, least) = if least == 60 && dice.roll(2) == 0 { ("XBX", 12, 5) } else { ("C62", 1, least) };
        let mut fields = json!({
            "percentOff": percent.to_string(), "productIds": [products[product]["id"]], "priority": priority, "unit": unit,
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
            size,
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
            for (unit, size, tier) in STEPS {
                if dice.roll(7) < 5 {
                    continue;
                }
                let figure = (100 + dice.roll(9_900)) * 100 * size;
                let mut row = json!({ "productId": node["id"], "unit": unit, "unitPrice": decimal(figure) });
                if tier > 0 {
                    row["minQuantity"] = json!(tier.to_string());
                }
                entered.push(row);
                if counts {
                    let source = self.sources;
                    self.rows.push(Row {
                        rule,
                        source,
                        priority,
                        product,
                        size,
                        tier,
                        currency,
                        figure,
                        is_percent: false,
                    });
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

    /// What so much of a product costs, as [`in_words`](crate::pricing::in_words) and the unit say it.
    pub fn price(&self, product: usize, asked: Asked<'_>, is_customer: bool) -> String {
        let Some((rule, figure, currency, size)) = self.answer(product, asked, is_customer) else {
            return String::new();
        };
        self.seen.borrow_mut().insert(format!("{} {size}", RULES[rule]));
        let unit = if size == 1 { "C62" } else { "XBX" };
        format!("{} {currency} by {} per {unit}", shown(figure, currency), RULES[rule])
    }

    /// The products that have a price, the cheapest piece first.
    pub fn by_price(&self, products: usize, asked: Asked<'_>, is_customer: bool) -> Vec<usize> {
        let mut found: Vec<_> = (0..products)
            .filter_map(|n| self.answer(n, asked, is_customer).map(|(_, figure, _, size)| (figure * 12 / size, n)))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, n)| n).collect()
    }

    /// The rule, the price in 1/10 000, its currency, and how many pieces its unit is.
    fn answer(
        &self,
        product: usize,
        (quantity, unit, currency): Asked<'_>,
        is_customer: bool,
    ) -> Option<(usize, u64, &'static str, u64)> {
        let size = SIZES.iter().find(|(code, _)| *code == unit).unwrap().1;
        let pieces = quantity.parse::<u64>().unwrap() * size;
        let of_product = || self.rows.iter().enumerate().filter(move |(_, row)| row.product == product);
        let same = |one: &Row, other: &Row| one.source == other.source && one.size == other.size;
        let least = |row: &Row| of_product().filter(|(_, other)| same(row, other)).map(|(_, other)| other.tier).min();
        let rule_of = |row: &Row| if row.rule == 4 && least(row) < Some(row.tier) { 3 } else { row.rule };
        let fits = |(_, row): &(usize, &Row)| {
            row.tier * row.size <= pieces
                && (is_customer || row.rule > 1)
                && (row.is_percent
                    || pieces % row.size == 0 && currency.is_none_or(|currency| currency == row.currency))
        };
        let best = |rule: usize| {
            of_product()
                .filter(fits)
                .filter(|(_, row)| rule_of(row) == rule)
                .max_by_key(|(n, row)| (row.priority, row.tier * row.size, row.source, row.size == size, *n))
                .map(|(_, row)| row)
        };
        let plain = |rule: usize| best(rule).map(|row| (rule, row.figure, row.currency, row.size));
        let offered = || {
            let is_named = of_product().any(|(_, row)| row.rule == 4);
            let offered = self.offers.iter().find(|(of, _)| *of == product && !is_named);
            let offered = offered.filter(|_| currency.is_none_or(|currency| currency == "USD"));
            offered.map(|(_, price)| (4, *price, "USD", 1))
        };
        let listed = plain(3).or_else(|| plain(4)).or_else(offered);
        let promoted = || {
            let (row, (_, price, currency, size)) = (best(2)?, listed?);
            Some((2, price * (100 - row.figure) / 100, currency, size))
        };
        plain(0).or_else(|| plain(1)).or_else(promoted).or(listed)
    }

    /// Whether every rule made a price for a piece and one for a box at least once.
    pub fn has_seen_all_rules(&self) -> bool {
        self.seen.borrow().len() == 2 * RULES.len()
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
