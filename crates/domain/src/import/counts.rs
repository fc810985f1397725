//! How rows fared.

use serde::{Deserialize, Serialize};

/// How the rows of a file fared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Made something new.
    pub created: i64,
    /// Changed something.
    pub changed: i64,
    /// Said what was known.
    pub unchanged: i64,
    /// Were refused.
    pub rejected: i64,
}

impl Counts {
    /// All rows.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.created + self.changed + self.unchanged + self.rejected
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            created: self.created + other.created,
            changed: self.changed + other.changed,
            unchanged: self.unchanged + other.unchanged,
            rejected: self.rejected + other.rejected,
        }
    }
}

/// How one file fared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCounts {
    /// The file's name.
    pub file: String,
    /// Its rows.
    pub counts: Counts,
}
