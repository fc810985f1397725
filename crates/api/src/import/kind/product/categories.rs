//! The categories of products, by what a file calls them.

use std::collections::HashMap;

use tradehall_domain::catalog::{Category, CategoryId};
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::category;

use crate::app::Error;
use crate::import::kind::Chunk;

/// The categories that some rows name.
pub(super) struct Categories {
    by_code: HashMap<String, Category>,
}

impl Categories {
    pub(super) async fn load(tx: &Tx, chunk: &Chunk<'_>) -> Result<Self, Error> {
        let mut codes: Vec<&str> = Vec::new();
        for text in chunk.rows.iter().filter_map(|row| row.text("category")) {
            codes.push(text);
            codes.extend(text.split('/').map(str::trim));
        }
        codes.sort_unstable();
        codes.dedup();
        if codes.is_empty() {
            return Ok(Self { by_code: HashMap::new() });
        }
        let found = category::by_codes(tx, chunk.owner, &codes).await?;
        Ok(Self { by_code: found.into_iter().map(|category| (category.code.to_string(), category)).collect() })
    }

    /// The category of that code, or at the end of that path of codes.
    pub(super) fn find(&self, text: &str) -> Result<CategoryId, Problem> {
        if let Some(category) = self.by_code.get(text) {
            return Ok(category.id);
        }
        let unknown = || Problem::new(Code::KeyUnknown).with("key", text);
        let mut above: Option<CategoryId> = None;
        for code in text.split('/').map(str::trim) {
            let category = self.by_code.get(code).ok_or_else(unknown)?;
            if above.is_some() && category.parent != above {
                return Err(unknown());
            }
            above = Some(category.id);
        }
        above.ok_or_else(unknown)
    }
}
