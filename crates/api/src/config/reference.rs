//! The table of variables as text: `.env.example`, `--help` and a Markdown table.

use std::fmt::Write;

use super::variable::{Group, Variable};

/// The text of `.env.example`: every variable with its meaning, commented out with its default.
pub fn env_example(groups: &[Group]) -> String {
    let mut text = String::from(
        "# Settings of Tradehall. Copy to `.env` and change what differs; everything has a sensible default for local use.\n\
         # Generated from the table of variables in crates/api/src/config; a test fails when the two differ.\n",
    );
    for group in groups {
        let _ = write!(text, "\n## {}\n", group.title);
        for variable in group.variables {
            let Variable { name, meaning, default, .. } = variable;
            let _ = write!(text, "\n# {meaning}\n#{name}={}\n", quoted(default.unwrap_or_default()));
        }
    }
    text
}

/// The section of `tradehall --help` on variables.
pub fn help(groups: &[Group]) -> String {
    let mut text = String::from("Environment:\n");
    for group in groups {
        let _ = write!(text, "\n  {}\n", group.title);
        for variable in group.variables {
            let _ = write!(text, "    {}{}\n        {}\n", variable.name, default_note(variable), variable.meaning);
        }
    }
    text
}

/// A Markdown table for the README.
pub fn markdown(groups: &[Group]) -> String {
    let mut text = String::from("| variable | default | meaning |\n|---|---|---|\n");
    for variable in groups.iter().flat_map(|group| group.variables) {
        let default = variable.default.map(|default| format!("`{default}`")).unwrap_or_default();
        let _ = writeln!(text, "| `{}` | {default} | {} |", variable.name, variable.meaning);
    }
    text
}

fn default_note(variable: &Variable) -> String {
    variable.default.map(|default| format!(" [default: {default}]")).unwrap_or_default()
}

/// Shells and compose files both take single quotes literally; none of the defaults holds one.
fn quoted(default: &str) -> String {
    let is_plain = default.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:,+".contains(c));
    if is_plain { default.to_owned() } else { format!("'{default}'") }
}
