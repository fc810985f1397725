//! What an environment variable is: its name, its default and its meaning.

/// One environment variable. The same value drives parsing, `.env.example`, `tradehall --help` and the README, so that none of
/// them can disagree with the others.
#[derive(Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name in the environment.
    pub name: &'static str,
    /// The text that is parsed when the variable is absent or empty; `None` when absence is an answer of its own.
    pub default: Option<&'static str>,
    /// One sentence: meaning, unit and accepted values.
    pub meaning: &'static str,
    /// Whether the value must not be repeated in a message.
    pub secret: bool,
}

impl Variable {
    /// A variable that has a value even when nobody sets it.
    pub(super) const fn defaulted(name: &'static str, default: &'static str, meaning: &'static str) -> Self {
        Self { name, default: Some(default), meaning, secret: false }
    }

    /// A variable that may be absent.
    pub(super) const fn optional(name: &'static str, meaning: &'static str) -> Self {
        Self { name, default: None, meaning, secret: false }
    }

    /// The same variable, with a value that is never repeated in a message.
    pub(super) const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }
}

/// Variables that belong together.
#[derive(Debug)]
pub struct Group {
    /// The heading in `.env.example` and `--help`.
    pub title: &'static str,
    /// The variables, in reading order.
    pub variables: &'static [&'static Variable],
}
