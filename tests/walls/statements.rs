//! What each root field costs the database: data statements of the operations that clients send, on both engines.
//!
//! A list costs the same with one row and with thirty, and a document the same with one part and with many. The budgets are those of
//! the design; begin, scope and commit are not counted in.

mod agreement;
mod lists;
mod verbs;
mod whole;

use serde_json::Value;
use tradehall_tests::{Person, World};

use crate::generated::snapshot;
use crate::table::table;

/// What was measured, in the order in which it was.
#[derive(Default)]
pub struct Bill(Vec<(String, Vec<u32>)>);

impl Bill {
    /// Runs the committed operation `name` and notes its statements under `label`; its one root field.
    async fn run(&mut self, label: &str, person: &Person, name: &str, variables: Value) -> Value {
        let answer = person.run(name, variables).await;
        self.note(label, answer.statements);
        answer.only()
    }

    /// Whether nothing was measured.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn note(&mut self, label: &str, statements: u32) {
        match self.0.iter_mut().find(|(known, _)| known == label) {
            Some((_, counts)) => counts.push(statements),
            None => self.0.push((label.to_owned(), vec![statements])),
        }
    }
}

/// What the design allows, by label.
const BUDGETS: &[(&str, u32)] = &[
    ("products with offers", 3),
    ("products with prices", 3),
    ("product", 3),
    ("rfqComparison: 20 lines, 10 quotes", 6),
    ("submitQuote: 20 lines", 8),
    ("submitQuote: 20 lines, 5 files", 8),
    ("awardRfq: 20 lines to 4 sellers", 14),
];

/// What costs more than it should, and why; this list only becomes shorter.
const KNOWN: &[(&str, &str)] = &[("product", "the product, its offers and its owner, then the sellers of the offers")];

/// Every operation, few rows and many.
pub async fn measure(world: World) -> [Bill; 3] {
    [lists::measure(&world).await, whole::measure(&world).await, verbs::measure(&world).await]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_root_fields_cost() {
    let sqlite = measure(World::sqlite().await.ticking()).await;
    let postgres = measure(World::postgres().await.ticking()).await;
    let mut faults = Vec::new();
    let titles = [
        "# Lists: with 1 row and with 30.",
        "# Single things: small and large.",
        "# Changes: once, in the order in which they were made.",
    ];
    let mut text = "# Data statements of each operation. Begin, scope and commit are not counted.\n".to_owned();
    for (title, (sqlite, postgres)) in titles.iter().zip(sqlite.iter().zip(&postgres)) {
        let mut rows = vec![["", "SQLite", "PostgreSQL"].map(str::to_owned).to_vec()];
        for ((label, one), (other_label, other)) in sqlite.0.iter().zip(&postgres.0) {
            assert_eq!(label, other_label);
            for (engine, counts) in [("SQLite", one), ("PostgreSQL", other)] {
                if counts.iter().any(|count| Some(count) != counts.first()) {
                    faults.push(format!("{label} on {engine} grows with what is there: {counts:?}"));
                }
                let budget = BUDGETS.iter().find(|(known, _)| known == label).map(|(_, budget)| *budget);
                // SQLite writes each table's batch by itself, and has nothing to travel to.
                let over = budget.filter(|budget| engine == "PostgreSQL" && counts.iter().any(|count| count > budget));
                if let Some(budget) = over {
                    faults.push(format!("{label} on {engine} costs {counts:?}, allowed are {budget}"));
                }
            }
            let shown = |counts: &[u32]| counts.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
            rows.push(vec![label.clone(), shown(one), shown(other)]);
        }
        text.push_str(&format!("\n{title}\n{}", table(&rows)));
    }
    for (budgeted, _) in BUDGETS {
        assert!(text.contains(&format!("\n{budgeted} ")), "{budgeted} is not measured");
    }
    snapshot("statements.txt", &text);
    for (label, reason) in KNOWN {
        assert!(
            faults.iter().any(|fault| is_about(fault, label)),
            "{label} is mended ({reason}): take it off the list"
        );
    }
    faults.retain(|fault| !KNOWN.iter().any(|(label, _)| is_about(fault, label)));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn is_about(fault: &str, label: &str) -> bool {
    fault.strip_prefix(label).is_some_and(|rest| rest.starts_with(" on "))
}
