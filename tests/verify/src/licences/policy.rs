//! The part of `deny.toml` that is checked here.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Targets, licences and bans.
#[derive(Debug, Deserialize)]
pub(crate) struct Policy {
    pub(crate) graph: Graph,
    pub(crate) licenses: Licenses,
    pub(crate) bans: Bans,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Graph {
    /// Target triples that are built.
    pub(crate) targets: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Licenses {
    /// SPDX identifiers that any package may have.
    pub(crate) allow: Vec<String>,
    /// Identifiers that only the named package may have.
    #[serde(default)]
    pub(crate) exceptions: Vec<Exception>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Exception {
    #[serde(rename = "crate")]
    pub(crate) name: String,
    pub(crate) allow: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Bans {
    /// Packages that must not be in the tree.
    #[serde(default)]
    pub(crate) deny: Vec<Named>,
    /// Packages that may be there in several versions.
    #[serde(default)]
    pub(crate) skip: Vec<Named>,
}

/// A package by name, with other keys that only people and cargo-deny read.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    #[serde(rename = "crate")]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(flatten)]
    pub(crate) _others: BTreeMap<String, toml::Value>,
}
