//! The contract as text: what `schema.graphql` at the root of the repository holds.

use async_graphql::SDLExportOptions;

use super::Schema;
use super::description::description;
use super::limits::Limits;

/// The schema in the schema definition language: types by name, members in the order of their declaration, which means something
/// to readers, such as the order of a status's values.
#[must_use]
pub fn sdl(schema: &Schema) -> String {
    let options = SDLExportOptions::new().include_specified_by().prefer_single_line_descriptions().use_space_ident();
    let text = schema.sdl_with_options(options);
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    // The library has no place for the description of the schema itself (GraphQL §3.3).
    let described = format!("\"\"\"\n{}\"\"\"\nschema {{", description(&Limits::default()));
    lines.join("\n").replacen("schema {", &described, 1) + "\n"
}
