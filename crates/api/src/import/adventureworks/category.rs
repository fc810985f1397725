//! The two levels of the maker's tree.

use std::collections::HashMap;

use tradehall_domain::catalog::{Category, CategoryChange, CategoryDraft, CategoryEvent, CategoryId, Place};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::catalog::category;
use tradehall_persistence::import::reference;
use tradehall_persistence::import::reference::ReferenceKind::Category as Kind;
use tradehall_persistence::{Turn, Tx};
use uuid::Uuid;

use super::SOURCE;
use super::target::{Entry, Target, ids, key, known, remember};
use crate::app::Error;
use crate::import::table::Row;
use crate::import::tally::{Outcome, Tally};

/// Under which key a subcategory is remembered.
pub(super) fn subcategory_key(id: i64) -> String {
    format!("subcategory/{id}")
}

fn category_key(id: i64) -> String {
    format!("category/{id}")
}

/// The top of the tree.
#[derive(Debug)]
pub(super) struct Categories {
    /// Whose tree.
    pub maker: OrganizationId,
}

/// The level below.
#[derive(Debug)]
pub(super) struct Subcategories {
    /// Whose tree.
    pub maker: OrganizationId,
}

/// A category as a row describes it.
#[derive(Debug)]
pub(super) struct Described {
    draft: CategoryDraft,
    /// The key of the category above.
    above: Option<(i64, String)>,
}

fn text(text: &str) -> Result<String, Problem> {
    Ok(text.to_owned())
}

impl Target for Categories {
    const FILE: &'static str = "product_categories.csv";
    const COLUMNS: &'static [&'static str] = &["id", "name"];
    const KEY: &'static str = "id";
    type Draft = Described;

    fn read(&self, row: &Row) -> Result<(String, Described), Problems> {
        let mut problems = Problems::new();
        let id = key(row, "id", &mut problems);
        let name = row.required("name", &mut problems, text);
        let (id, name) = problems.finish(id.zip(name))?;
        Ok((category_key(id), Described { draft: CategoryDraft { code: id.to_string(), name }, above: None }))
    }

    async fn write(&self, tx: &mut Tx, entries: Vec<Entry<Described>>, tally: &mut Tally) -> Result<(), Error> {
        write(tx, self.maker, entries, tally).await
    }
}

impl Target for Subcategories {
    const FILE: &'static str = "product_subcategories.csv";
    const COLUMNS: &'static [&'static str] = &["id", "category_id", "name"];
    const KEY: &'static str = "id";
    type Draft = Described;

    fn read(&self, row: &Row) -> Result<(String, Described), Problems> {
        let mut problems = Problems::new();
        let id = key(row, "id", &mut problems);
        let above = key(row, "category_id", &mut problems);
        let name = row.required("name", &mut problems, text);
        let ((id, above), name) = problems.finish(id.zip(above).zip(name))?;
        let draft = CategoryDraft { code: format!("{above}.{id}"), name };
        Ok((subcategory_key(id), Described { draft, above: Some((above, category_key(above))) }))
    }

    async fn write(&self, tx: &mut Tx, entries: Vec<Entry<Described>>, tally: &mut Tally) -> Result<(), Error> {
        write(tx, self.maker, entries, tally).await
    }
}

async fn write(
    tx: &mut Tx,
    maker: OrganizationId,
    entries: Vec<Entry<Described>>,
    tally: &mut Tally,
) -> Result<(), Error> {
    Turn::take(tx, maker).await?;
    let above: Vec<_> = entries.iter().filter_map(|entry| Some(entry.draft.above.as_ref()?.1.as_str())).collect();
    let above = reference::find(tx, SOURCE, Kind, &above).await?;
    let known = known(tx, Kind, &entries).await?;
    let mut present: HashMap<CategoryId, Category> =
        category::load_many(tx, &ids(&known)).await?.into_iter().map(|category| (category.id, category)).collect();
    let (mut made, mut references) = (Vec::new(), Vec::new());
    for Entry { line, key, draft } in entries {
        let kept = known.get(&key).and_then(|id| present.remove(&Id::from_uuid(*id)));
        let outcome = match kept {
            Some(mut kept) => match rename(&mut kept, draft.draft.name) {
                Ok(None) => Ok(Outcome::Unchanged),
                Ok(Some(event)) => {
                    category::save(tx, &mut kept, event)?;
                    Ok(Outcome::Changed)
                }
                Err(problems) => Err(problems),
            },
            None => open(tx, maker, &draft, &above).map(|(category, event)| {
                references.push(remember(Kind, key, category.id));
                made.push((category, event));
                Outcome::Created
            }),
        };
        match outcome {
            Ok(outcome) => tally.note(outcome),
            Err(problems) => tally.refuse(line, problems),
        }
    }
    category::insert_all(tx, &made)?;
    reference::insert_all(tx, SOURCE, &references)?;
    Ok(())
}

/// Its name follows the file; where people moved it, it stays.
fn rename(category: &mut Category, name: String) -> Result<Option<CategoryEvent>, Problems> {
    category.revise(&CategoryChange { name: Some(name), ..CategoryChange::default() }, 1)
}

fn open(
    tx: &Tx,
    maker: OrganizationId,
    described: &Described,
    above: &HashMap<String, Uuid>,
) -> Result<(Category, CategoryEvent), Problems> {
    let place = match &described.above {
        None => Place::default(),
        Some((id, key)) => match above.get(key) {
            Some(parent) => Place { above: vec![Id::from_uuid(*parent)] },
            None => return Err(Problem::new(Code::KeyUnknown).with("key", id).at("category_id").into()),
        },
    };
    let (category, event) = Category::open(&described.draft, maker, &place, tx.now())?;
    // Its products come published.
    Ok((Category { published: true, ..category }, event))
}
