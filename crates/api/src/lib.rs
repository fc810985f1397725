//! What can be asked: commands, GraphQL, HTTP, worker and command line of a headless B2B marketplace.
//!
//! Start reading at [`app::Session::execute`], the staircase that every change takes, and at [`graphql`], the contract.

// The layout of a merged root's futures nests once per area and field.
#![recursion_limit = "256"]

pub mod app;
pub mod cli;
pub mod config;
pub mod customer;
pub mod demo;
pub mod feed;
pub mod graphql;
pub mod http;
pub mod mail;
pub mod probe;
pub mod service;
pub mod telemetry;
pub mod tls;
pub mod worker;

pub mod attachment;
pub mod catalog;
pub mod identity;
pub mod import;
pub mod order;
pub mod organization;
pub mod publishing;
pub mod quote;
pub mod rfq;
pub mod search;
pub mod venue;
