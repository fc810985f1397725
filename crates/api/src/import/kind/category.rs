//! Categories: one row each, known by its code.
//!
//! | field | | what stands there |
//! |---|---|---|
//! | `code` | required | the category's code in its owner's tree |
//! | `name` | required | what people call it |
//! | `parent` | | the code of the category above it, in the tree or anywhere in the file; empty for the top |
//!
//! Without the column `parent`, categories stay where they are and new ones stand at the top. All rows are one chunk: whether one can
//! stand where the file puts it depends on the others.

use std::collections::{HashMap, HashSet};

use tradehall_domain::catalog::{
    CATEGORY_DEPTH_MAX, Category, CategoryChange, CategoryDraft, CategoryEvent, CategoryId, Place,
};
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::catalog::category;
use tradehall_persistence::{Turn, Tx};

use super::{Chunk, KindOf};
use crate::app::Error;
use crate::catalog::resettle;
use crate::import::said::Claim;
use crate::import::table::{Columns, Row, closed};
use crate::import::tally::Outcome;

/// How many categories one file has.
const CATEGORIES_MAX: i64 = 10_000;

/// What is known of categories.
pub const KIND: KindOf = KindOf {
    columns: Columns { required: &["code", "name"], optional: Some(&["parent"]), open: closed },
    synonyms: &[
        ("code", &["id", "category code", "ma", "ma danh muc", "ma nhom"]),
        ("name", &["category", "title", "ten", "ten danh muc", "ten nhom"]),
        ("parent", &["parent code", "above", "danh muc cha", "nhom cha", "ma cha"]),
    ],
    chunk_rows: CATEGORIES_MAX as usize,
    rows_max: CATEGORIES_MAX,
    claims: |row| row.text("code").map(|code| Claim::once(code.to_owned(), "code")).into_iter().collect(),
    capability: None,
};

/// The tree as it is, and as the rows so far have it.
struct Tree {
    by_code: HashMap<String, CategoryId>,
    parents: HashMap<CategoryId, Option<CategoryId>>,
}

/// A category that a row changes.
struct Revised {
    category: Category,
    event: CategoryEvent,
    /// Whether it stands below another category now.
    moved: bool,
}

/// Decides on all categories of a file.
pub async fn apply(tx: &mut Tx, chunk: Chunk<'_>) -> Result<(), Error> {
    let turn = Turn::take(tx, chunk.owner).await?;
    let all = category::all_of(tx, chunk.owner).await?;
    let mut tree = Tree {
        by_code: all.iter().map(|category| (category.code.to_string(), category.id)).collect(),
        parents: all.iter().map(|category| (category.id, category.parent)).collect(),
    };
    let mut known: HashMap<_, _> = all.into_iter().map(|category| (category.code.to_string(), category)).collect();
    let (mut made, mut revised) = (Vec::new(), Vec::new());
    for (row, problem) in ordered(chunk.rows, &tree) {
        if let Some(problem) = problem {
            chunk.tally.refuse_row(row, problem);
            continue;
        }
        let decided = match row.text("code").and_then(|code| known.remove(code)) {
            Some(kept) => revise(row, kept, &mut tree, &mut revised),
            None => open(row, &chunk, tx, &mut tree).map(|one| {
                made.push(one);
                Outcome::Created
            }),
        };
        match decided {
            Ok(outcome) => chunk.tally.note(outcome),
            Err(problems) => chunk.tally.refuse_row(row, problems),
        }
    }
    if chunk.is_kept() {
        // Those above come before those below them, which point at them.
        category::insert_all(tx, &made)?;
        for Revised { category, event, .. } in &mut revised {
            category::save(tx, category, *event)?;
        }
        let moved: Vec<_> = revised.iter().filter(|one| one.moved).map(|one| &one.category).collect();
        resettle(tx, &turn, &moved).await?;
    }
    Ok(())
}

/// The rows so that each comes after the one of its parent, with what keeps it from having a place: a parent that is nowhere, or rows
/// that stand below each other in a circle.
fn ordered<'a>(rows: &'a [Row], tree: &Tree) -> Vec<(&'a Row, Option<Problem>)> {
    let codes: HashMap<&str, &Row> = rows.iter().filter_map(|row| Some((row.text("code")?, row))).collect();
    let mut done: HashSet<&str> = HashSet::new();
    let mut out = Vec::with_capacity(rows.len());
    let mut waiting: Vec<&Row> = rows.iter().collect();
    loop {
        let before = waiting.len();
        let mut still = Vec::new();
        for row in waiting {
            match row.text("parent") {
                Some(parent) if codes.contains_key(parent) && !done.contains(parent) => still.push(row),
                Some(parent) if !codes.contains_key(parent) && !tree.by_code.contains_key(parent) => {
                    let problem = Problem::new(Code::KeyUnknown).with("key", parent).at("parent");
                    out.push((row, Some(problem)));
                    done.extend(row.text("code"));
                }
                _ => {
                    out.push((row, None));
                    done.extend(row.text("code"));
                }
            }
        }
        if still.is_empty() {
            return out;
        }
        if still.len() == before {
            out.extend(still.into_iter().map(|row| (row, Some(Problem::new(Code::CategoryCycle).at("parent")))));
            return out;
        }
        waiting = still;
    }
}

impl Tree {
    /// The place below the category that a row names; the top where it names none.
    fn place(&self, row: &Row) -> Result<Place, Problem> {
        let Some(code) = row.text("parent") else { return Ok(Place::default()) };
        let unknown = || Problem::new(Code::KeyUnknown).with("key", code).at("parent");
        let parent = *self.by_code.get(code).ok_or_else(unknown)?;
        let mut above = vec![parent];
        while let Some(Some(next)) = above.last().and_then(|last| self.parents.get(last)) {
            above.push(*next);
            if above.len() > CATEGORY_DEPTH_MAX {
                break;
            }
        }
        Ok(Place { above })
    }

    /// How many levels stand below `top`, itself included.
    fn height(&self, top: CategoryId) -> usize {
        let depth = |mut at: CategoryId| {
            let mut levels = 1;
            while at != top && levels <= CATEGORY_DEPTH_MAX {
                match self.parents.get(&at) {
                    Some(Some(next)) => at = *next,
                    _ => return 0,
                }
                levels += 1;
            }
            levels
        };
        self.parents.keys().map(|id| depth(*id)).max().unwrap_or(1)
    }
}

fn open(row: &Row, chunk: &Chunk<'_>, tx: &Tx, tree: &mut Tree) -> Result<(Category, CategoryEvent), Problems> {
    let text = |column: &str| row.text(column).unwrap_or_default().to_owned();
    let draft = CategoryDraft { code: text("code"), name: text("name") };
    let (category, event) = Category::open(&draft, chunk.owner, &tree.place(row)?, tx.now()).map_err(told_by_column)?;
    tree.by_code.insert(category.code.to_string(), category.id);
    tree.parents.insert(category.id, category.parent);
    Ok((category, event))
}

fn revise(row: &Row, mut category: Category, tree: &mut Tree, revised: &mut Vec<Revised>) -> Result<Outcome, Problems> {
    let mut change = CategoryChange { name: row.text("name").map(str::to_owned), ..CategoryChange::default() };
    let mut height = 1;
    if row.has("parent") {
        let place = tree.place(row)?;
        if place.above.first().copied() != category.parent {
            height = tree.height(category.id);
            change.place = Some(place);
        }
    }
    if change.name.is_none() {
        return Err(Problem::new(Code::Required).at("name").into());
    }
    let Some(event) = category.revise(&change, height).map_err(told_by_column)? else { return Ok(Outcome::Unchanged) };
    tree.parents.insert(category.id, category.parent);
    revised.push(Revised { category, event, moved: change.place.is_some() });
    Ok(Outcome::Changed)
}

fn told_by_column(problems: Problems) -> Problems {
    crate::import::cells::by_column(problems, |field| match field {
        "code" => "code",
        "name" => "name",
        _ => "parent",
    })
}
