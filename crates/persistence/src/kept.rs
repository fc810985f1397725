//! Problems as they are kept, in words that any language can be made of later.

use serde::{Deserialize, Serialize};
use tradehall_domain::language::Language;
use tradehall_domain::named::Named as _;
use tradehall_domain::problem::{Code, Problem, Problems};

use crate::StoreError;

/// A problem as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    code: String,
    path: Vec<String>,
    figures: Vec<(String, String)>,
}

/// `problems` as one column holds them.
pub(crate) fn store(problems: &Problems) -> Result<String, StoreError> {
    json(&problems.iter().map(Kept::from).collect::<Vec<_>>())
}

/// The problems in a column.
pub(crate) fn restore(text: &str) -> Result<Problems, StoreError> {
    let kept: Vec<Kept> = read(text)?;
    let mut problems = Problems::new();
    for kept in kept {
        problems.push(Problem::from(kept));
    }
    Ok(problems)
}

/// A value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Corrupt(e.to_string()))
}

/// The value in a column of JSON.
pub(crate) fn read<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::Corrupt(e.to_string()))
}

impl From<&Problem> for Kept {
    fn from(problem: &Problem) -> Self {
        let figures = problem.figures.iter().map(|(name, figure)| ((*name).to_owned(), figure.clone())).collect();
        Self { code: problem.code.name().to_owned(), path: problem.path.clone(), figures }
    }
}

impl From<Kept> for Problem {
    fn from(kept: Kept) -> Self {
        // A code that a later version dropped is told as what it surely is.
        let code = Code::from_name(&kept.code).unwrap_or(Code::Invalid);
        let mut problem = Self::new(code);
        problem.path = kept.path;
        let names = placeholders(code.sentence(Language::English));
        for (name, figure) in kept.figures {
            if let Some(name) = names.iter().find(|placeholder| **placeholder == name) {
                problem = problem.with(name, figure);
            }
        }
        problem
    }
}

/// The names between braces in a sentence.
fn placeholders(sentence: &'static str) -> Vec<&'static str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}
