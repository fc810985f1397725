//! All or nothing: whatever a file of prices says, trying it, checking it and keeping it come to the same, and nothing is half done.

use jiff::SignedDuration;
use serde_json::Value;
use tradehall_tests::tables::CSV;
use tradehall_tests::{World, json, story};

use super::desk::{counts, reasons};
use crate::export::export;
use crate::pricing::Prices;
use crate::pricing::precedence::Dice;

const HEAD: &str = "list_code,product_number,unit,unit_price,min_quantity,valid_from,valid_until\n";

/// How many rows without anything to them stand in a file: more than are decided on together.
const FILLING: u64 = 510;

/// How many prices a product has in a list.
const MOST: usize = 100;

/// How many files are read.
const FILES: u64 = 8;

/// A price of the list; its validity in months, none being no limit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    product: u64,
    tier: Option<u64>,
    from: Option<u64>,
    until: Option<u64>,
    price: u64,
}

impl Line {
    fn text(&self) -> String {
        let month = |month: u64| format!("{}-{:02}-01", 2030 + month / 12, month % 12 + 1);
        let tier = self.tier.map(|tier| tier.to_string()).unwrap_or_default();
        let [from, until] = [self.from, self.until].map(|time| time.map(month).unwrap_or_default());
        format!("GEN,P-{},C62,{},{tier},{from},{until}\n", self.product, self.price)
    }

    fn is_like(&self, other: &Self) -> bool {
        (self.product, self.tier) == (other.product, other.tier)
    }

    fn is_in_place_of(&self, other: &Self) -> bool {
        self.is_like(other) && (self.from, self.until) == (other.from, other.until)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let ends = |line: &Self| line.until.unwrap_or(u64::MAX);
        self.is_like(other) && self.from.unwrap_or(0) < ends(other) && other.from.unwrap_or(0) < ends(self)
    }

    fn rolled(dice: &mut Dice) -> Self {
        let from = Some(dice.roll(40)).filter(|_| dice.roll(4) > 0);
        let until = Some(from.unwrap_or_default() + 1 + dice.roll(12)).filter(|_| dice.roll(4) > 0);
        let tier = [None, Some(10), Some(20)][usize::try_from(dice.roll(3)).unwrap()];
        Self { product: 6 + dice.roll(2), tier, from, until, price: 1 + dice.roll(3) }
    }
}

/// Every row in the place of what it replaces, or nothing where one of them cannot stand: a plain reading of the rules.
fn kept(standing: &[Line], file: &[Line]) -> Option<Vec<Line>> {
    let mut after = standing.to_vec();
    for (n, line) in file.iter().enumerate() {
        if file[..n].iter().any(|other| other.overlaps(line)) {
            return None;
        }
        after.retain(|other| !other.is_in_place_of(line));
        if after.iter().any(|other| other.overlaps(line)) {
            return None;
        }
        after.push(line.clone());
        if after.iter().filter(|other| other.product == line.product).count() > MOST {
            return None;
        }
    }
    Some(after)
}

/// A file of many rows, among which some at random may contradict each other or what stands. Every other file has none that do.
fn file(standing: &[Line], dice: &mut Dice, n: u64) -> Vec<Line> {
    let filling =
        |n: u64| Line { product: n % 6, tier: Some(1 + n / 6), from: None, until: None, price: 1 + dice.roll(9) };
    let mut lines: Vec<_> = (0..FILLING).map(filling).collect();
    let mut special: Vec<_> = (0..6).map(|_| Line::rolled(dice)).collect();
    if n % 4 >= 2 {
        // Enough tiers of one product that they are too many at times.
        let tiers = 84 + dice.roll(24);
        special.extend((0..tiers).map(|n| Line {
            product: 6,
            tier: Some(1_000 + n),
            from: None,
            until: None,
            price: 2,
        }));
    }
    for line in special {
        let place = usize::try_from(dice.roll(lines.len() as u64 + 1)).unwrap();
        lines.insert(place, line);
        if n.is_multiple_of(2) && kept(standing, &lines).is_none() {
            lines.remove(place);
        }
    }
    lines
}

async fn run(world: &World, prices: &Prices, lines: &[Line], extra: Value) -> Value {
    let csv: String = std::iter::once(HEAD.to_owned()).chain(lines.iter().map(Line::text)).collect();
    world.import_csv(prices.seller(), "PRICES", &csv, extra).await
}

/// How many prices stand.
async fn standing_in(world: &World, prices: &Prices) -> usize {
    let done = export(world, prices.seller(), "PRICES", "CSV", json!({})).await;
    usize::try_from(done["rowCount"].as_u64().unwrap()).unwrap()
}

story! {
    async fn a_file_is_kept_as_a_whole_or_not_at_all(world) {
        let prices = Prices::open(&world).await;
        prices.list("GEN", json!({})).await;
        for n in 0..8 {
            prices.shop.product(&format!("P-{n}")).await;
        }
        let mut dice = Dice::new(17);
        let mut standing: Vec<Line> = Vec::new();
        let mut outcomes = [0; 2];
        for n in 0..FILES {
            let lines = file(&standing, &mut dice, n);
            let tried = run(&world, &prices, &lines, json!({ "trial": true })).await;
            let checked = run(&world, &prices, &lines, json!({ "trial": true, "mode": "ALL_OR_NOTHING" })).await;
            let applied = run(&world, &prices, &lines, json!({ "mode": "ALL_OR_NOTHING" })).await;
            for other in [&checked, &applied] {
                assert_eq!((counts(&tried), reasons(&tried)), (counts(other), reasons(other)), "file {n}");
            }
            let expected = kept(&standing, &lines);
            let status = if expected.is_some() { "COMPLETED" } else { "FAILED" };
            assert_eq!(applied["status"], status, "file {n}: {:?}", reasons(&applied));
            outcomes[usize::from(expected.is_some())] += 1;
            standing = expected.unwrap_or(standing);
            assert_eq!(standing_in(&world, &prices).await, standing.len(), "file {n}");
        }
        assert!(outcomes.iter().all(|count| *count > 1), "files of both kinds: {outcomes:?}");
    }
}

story! {
    async fn rows_far_apart_contradict_each_other_as_neighbours_do(world) {
        let prices = Prices::open(&world).await;
        prices.list("GEN", json!({})).await;
        for n in 0..8 {
            prices.shop.product(&format!("P-{n}")).await;
        }
        let line = |tier, from, until| Line { product: 6, tier, from, until, price: 1 };
        let mut lines = vec![line(Some(10), Some(0), Some(5))];
        lines.extend((0..FILLING).map(|n| Line { product: n % 6, ..line(Some(1 + n / 6), None, None) }));
        let last = FILLING as i64 + 3;
        for (tier, from, code, column) in [(10, 2, "PRICE_OVERLAPS", "valid_from"), (10, 0, "DUPLICATE", "product_number")] {
            let until = if from == 0 { 5 } else { 11 };
            let file = [lines.clone(), vec![line(Some(tier), Some(from), Some(until))]].concat();
            for extra in [json!({ "trial": true }), json!({ "mode": "ALL_OR_NOTHING" })] {
                let run = run(&world, &prices, &file, extra).await;
                assert_eq!(reasons(&run), [(last, code.to_owned(), column.to_owned())]);
            }
        }
        // A hundred prices of a product, half of them before and half of them behind the border, and one more.
        let many = |n: std::ops::Range<u64>| n.map(|n| line(Some(100 + n), None, None));
        let file: Vec<_> = many(0..50).chain(lines.split_off(1)).chain(many(50..101)).collect();
        let refused = (FILLING as i64 + 102, "TOO_MANY".to_owned(), "product_number".to_owned());
        for extra in [json!({ "trial": true }), json!({ "mode": "ALL_OR_NOTHING" })] {
            assert_eq!(reasons(&run(&world, &prices, &file, extra).await), std::slice::from_ref(&refused));
        }
        assert_eq!(standing_in(&world, &prices).await, 0);
        let run = run(&world, &prices, &file[..file.len() - 1], json!({ "mode": "ALL_OR_NOTHING" })).await;
        assert_eq!(run["status"], "COMPLETED", "{:?}", reasons(&run));
    }
}

story! {
    async fn a_row_that_time_overtakes_takes_its_neighbours_with_it(world) {
        let world = world.ticking();
        let prices = Prices::open(&world).await;
        prices.list("GEN", json!({})).await;
        prices.shop.product("A-1").await;
        let (mut overtaken, mut standing) = (0, 0);
        for after in 0..1_000 {
            // Over by so many looks at the clock: before it is checked at first, then between that and keeping it, at last behind both.
            let over = world.now() + SignedDuration::from_micros(after);
            let csv = format!("{HEAD}GEN,A-1,C62,1,{after},,\nGEN,A-1,C62,1,5000,,{over}\n").replace(",0,,\n", ",,,\n");
            let file = world.place(prices.seller(), "a.csv", CSV, csv.as_bytes()).await;
            let run = world.import(prices.seller(), &file, "PRICES", json!({ "mode": "ALL_OR_NOTHING" })).await;
            if run["status"] == "COMPLETED" {
                standing += 2;
            } else if run["phase"] == "APPLYING" {
                overtaken += 1;
                assert_eq!(counts(&run), [0, 0, 0, 1], "what is not kept is not counted: {run:#}");
            }
            assert_eq!(standing_in(&world, &prices).await, standing, "{run:#}");
            if standing > 0 {
                break;
            }
        }
        assert!(standing > 0 && overtaken > 0, "{standing} {overtaken}");
    }
}
