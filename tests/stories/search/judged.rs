//! A catalog of maintenance, fastening, steel, electrical and office goods in Vietnamese and English, and searches of which somebody
//! said beforehand what should be found.
//!
//! `products.csv` is the catalog, `numbers.csv` the numbers under which others know its products: other makers, and the customer who
//! searches. `queries.csv` holds the searches, each with patterns of the numbers that are relevant to it, judged by
//! what the words mean and not by what is found; a search without a pattern should find nothing. Precision is the share of what is found
//! that is relevant, recall the share of what is relevant that is found, both as means over the searches; a search that rightly finds
//! nothing counts as whole. The figures stand in `bench/README.md`.

use std::collections::BTreeMap;

use tradehall_domain::access::SystemTask;
use tradehall_domain::catalog::{
    Category, CategoryDraft, PartNumber, PartNumberDraft, PartNumberKind, Place, Product, ProductDetails, ProductDraft,
};
use tradehall_domain::named::Named as _;
use tradehall_domain::unit::Unit;
use tradehall_persistence::catalog::{category, part_number, product};
use tradehall_tests::{Person, World};

use super::{numbers, settle};

const PRODUCTS: &str = include_str!("../../fixtures/search/products.csv");
const NUMBERS: &str = include_str!("../../fixtures/search/numbers.csv");
const QUERIES: &str = include_str!("../../fixtures/search/queries.csv");

/// What the means must not fall below.
const PRECISION_MIN: f64 = 0.93;
const RECALL_MIN: f64 = 0.97;

/// In what share of the searches that find something the first hit must be relevant.
const FIRST_MIN: f64 = 0.97;

/// A search and what is relevant to it.
struct Judged {
    kind: String,
    query: String,
    relevant: Vec<String>,
}

fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Whether `number` is `pattern`, in which a star at the end stands for anything.
fn is_like(number: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => number.starts_with(start),
        None => number == pattern,
    }
}

fn judged(catalog: &[Vec<String>]) -> Vec<Judged> {
    let judge = |row: &Vec<String>| {
        let [kind, query, patterns] = row.as_slice() else { panic!("{row:?}") };
        let patterns: Vec<_> = patterns.split(' ').filter(|pattern| !pattern.is_empty()).collect();
        for pattern in &patterns {
            assert!(catalog.iter().any(|row| is_like(&row[0], pattern)), "{pattern} of {query} is no product");
        }
        let relevant = catalog.iter().map(|row| row[0].clone());
        let relevant = relevant.filter(|number| patterns.iter().any(|pattern| is_like(number, pattern))).collect();
        Judged { kind: kind.clone(), query: query.clone(), relevant }
    };
    rows(QUERIES).iter().map(judge).collect()
}

/// The catalog in the market, and somebody who searches it.
async fn stock(world: &World, catalog: &[Vec<String>]) -> Person {
    let owner = world.organization("Siêu thị công nghiệp").await;
    let buyer = world.buyer().await;
    let mut tx = world.system(SystemTask::Import).await;
    let now = tx.now();
    let mut categories = BTreeMap::new();
    for row in catalog {
        if !categories.contains_key(&row[3]) {
            let draft = CategoryDraft { code: format!("C{}", categories.len()), name: row[3].clone() };
            let (opened, event) = Category::open(&draft, owner, &Place::default(), now).unwrap();
            category::insert(&mut tx, &opened, event).unwrap();
            categories.insert(row[3].clone(), opened.id);
        }
    }
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    let mut products = Vec::new();
    for row in catalog {
        let draft = ProductDraft {
            number: row[0].clone(),
            name: row[1].clone(),
            brand: some(&row[2]),
            category: categories.get(&row[3]).copied(),
            mpn: some(&row[4]),
            description: some(&row[5]),
            gtin: None,
            unit: Unit::parse("C62").unwrap(),
            attributes: Vec::new(),
        };
        products.push(Product::open_published(ProductDetails::parse(&draft).unwrap(), owner, now));
    }
    product::insert_all(&mut tx, &products).unwrap();
    let number = |row: Vec<String>| {
        let kind = PartNumberKind::from_name(&row[1]).unwrap();
        let customer = (kind == PartNumberKind::Customer).then(|| buyer.organization());
        let draft = PartNumberDraft { kind, customer, issuer: None, number: row[2].clone() };
        let (product, _) = products.iter().find(|(product, _)| product.details.number.as_str() == row[0]).unwrap();
        PartNumber::record(&draft, (product.id, owner), owner).unwrap()
    };
    let numbers: Vec<_> = rows(NUMBERS).into_iter().map(number).collect();
    part_number::insert_all(&mut tx, &numbers).unwrap();
    tx.commit().await.unwrap();
    settle(world).await;
    buyer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_meant_is_found_on_both_engines() {
    let catalog = rows(PRODUCTS);
    let judged = judged(&catalog);
    assert!(judged.len() >= 100);
    let (sqlite, postgres) = (World::sqlite().await, World::postgres().await);
    let (one, other) = (stock(&sqlite, &catalog).await, stock(&postgres, &catalog).await);
    let mut kinds: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    let (mut misses, mut firsts) = (Vec::new(), Vec::new());
    for Judged { kind, query, relevant } in &judged {
        let found = numbers(&one, query).await;
        assert_eq!(found, numbers(&other, query).await, "{query} on both engines");
        let right = found.iter().filter(|number| relevant.contains(number)).count() as f64;
        let share = |of: usize| if of == 0 { 1.0 } else { right / of as f64 };
        let (precision, recall) = (share(found.len()), share(relevant.len()));
        if precision < 1.0 || recall < 1.0 {
            let wrong: Vec<_> = found.iter().filter(|number| !relevant.contains(number)).collect();
            let missed: Vec<_> = relevant.iter().filter(|number| !found.contains(number)).collect();
            misses.push(format!("{query}: found besides {wrong:?}, missed {missed:?}"));
        }
        kinds.entry(kind).or_default().push((precision, recall));
        // Whether what is first of all was meant, where anything was.
        if let (Some(first), false) = (found.first(), relevant.is_empty()) {
            firsts.push(f64::from(u8::from(relevant.contains(first))));
        }
    }
    println!("| searches | number | precision | recall |\n|---|---|---|---|");
    let mean = |list: &[(f64, f64)], of: fn(&(f64, f64)) -> f64| list.iter().map(of).sum::<f64>() / list.len() as f64;
    for (kind, list) in &kinds {
        println!("| {kind} | {} | {:.3} | {:.3} |", list.len(), mean(list, |s| s.0), mean(list, |s| s.1));
    }
    let all: Vec<_> = kinds.into_values().flatten().collect();
    let (precision, recall) = (mean(&all, |s| s.0), mean(&all, |s| s.1));
    println!("| all | {} | {precision:.3} | {recall:.3} |", all.len());
    let first = firsts.iter().sum::<f64>() / firsts.len() as f64;
    println!("the first hit is relevant: {first:.3}");
    println!("{}", misses.join("\n"));
    assert!(first >= FIRST_MIN, "{first}");
    assert!(precision >= PRECISION_MIN && recall >= RECALL_MIN, "{precision} {recall}");
}
