//! What the process under test is sent to do.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// One piece of work, and where to stop in it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Errand {
    /// The market's database.
    pub url: String,
    /// Before which statement to stop, counted from 1.
    pub stops_at: u64,
    /// What to do.
    pub work: Work,
}

/// What can be done.
#[derive(Debug, Serialize, Deserialize)]
pub enum Work {
    /// Send a committed operation, as an owner of an organization.
    Send {
        /// Who.
        user: Uuid,
        /// For whom.
        organization: Uuid,
        /// The operation's name.
        operation: String,
        /// Its variables.
        variables: Value,
    },
    /// Do what the worker does when everything is due.
    Step,
    /// The same, with the index of products in this folder.
    Index(PathBuf),
}
