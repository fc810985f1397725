//! The contract as text: what `schema.graphql` at the root of the repository holds.

use async_graphql::SDLExportOptions;

use super::Schema;

/// The schema in the schema definition language: types by name, members in the order of their declaration, which means something
/// to readers, such as the order of a status's values.
#[must_use]
pub fn sdl(schema: &Schema) -> String {
    let options = SDLExportOptions::new().include_specified_by().prefer_single_line_descriptions().use_space_ident();
    let text = schema.sdl_with_options(options);
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}
