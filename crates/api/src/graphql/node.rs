//! `node(id:)`: any object by its global id.
