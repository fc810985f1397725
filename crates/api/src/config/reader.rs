//! Reads variables one by one and remembers what was wrong.

use super::{
    fault::{Fault, Faults},
    value::Wrong,
    variable::Variable,
};

/// Where values come from: the process environment in production, a closure in tests.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads variables and collects faults instead of stopping at the first.
///
/// A method answers `None` after it noted a fault; a section therefore reads all of its variables first and only then uses
/// `?` to put them together.
pub(super) struct Reader<'a> {
    lookup: Lookup<'a>,
    faults: Vec<Fault>,
    seen: Vec<&'static str>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(lookup: Lookup<'a>) -> Self {
        Self { lookup, faults: Vec::new(), seen: Vec::new() }
    }

    /// The value of a variable that always has one: set, else its default.
    pub(super) fn value<T>(
        &mut self,
        variable: &'static Variable,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Option<T> {
        let parsed = self.optional(variable, parse)?;
        if parsed.is_none() {
            self.fault(variable, "is not set".to_owned(), variable.meaning.to_owned());
        }
        parsed
    }

    /// The value of a variable that may be absent. The outer `None` means a fault, the inner one absence.
    pub(super) fn optional<T>(
        &mut self,
        variable: &'static Variable,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Option<Option<T>> {
        self.seen.push(variable.name);
        let Some(text) = self.text(variable) else { return Some(None) };
        match parse(&text) {
            Ok(value) => Some(Some(value)),
            Err(wrong) => {
                let problem = if variable.secret {
                    format!("its value {}", wrong.problem)
                } else {
                    format!("`{}` {}", abridged(&text), wrong.problem)
                };
                self.fault(variable, problem, wrong.expected);
                None
            }
        }
    }

    /// Whether the variable is set to something else than nothing, its default aside.
    pub(super) fn is_set(&self, variable: &Variable) -> bool {
        self.set(variable).is_some()
    }

    /// Notes a fault that only shows when several variables are looked at together.
    pub(super) fn fault(&mut self, variable: &'static Variable, problem: String, expected: String) {
        self.faults.push(Fault { name: variable.name, problem, expected });
    }

    /// The names read so far; a test compares them with the table.
    #[cfg(test)]
    pub(super) fn seen(&self) -> &[&'static str] {
        &self.seen
    }

    /// The faults, when there are any.
    pub(super) fn finish(self) -> Result<(), Faults> {
        if self.faults.is_empty() { Ok(()) } else { Err(Faults(self.faults)) }
    }

    fn text(&self, variable: &Variable) -> Option<String> {
        self.set(variable).or_else(|| variable.default.map(str::to_owned))
    }

    /// An empty value counts as absent: compose files and shells pass `NAME=` for "not set".
    fn set(&self, variable: &Variable) -> Option<String> {
        let text = (self.lookup)(variable.name)?;
        let trimmed = text.trim();
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    }
}

/// A wrong value may be a whole file pasted by mistake: a message repeats only its beginning.
fn abridged(text: &str) -> String {
    const SHOWN_CHARS: usize = 80;
    let mut shown: String = text.chars().take(SHOWN_CHARS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
