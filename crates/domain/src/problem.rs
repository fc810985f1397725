//! What is wrong with a request, said so that a program and a person can both act on it.

mod code;

use std::fmt;

pub use code::Code;

/// One rule that a request breaks: a stable code, where in the input, and the figures that the sentence needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The stable code; programs branch on it.
    pub code: Code,
    /// From the outermost input field inwards; list positions are numbers. Empty when the whole is wrong, not a field.
    pub path: Vec<String>,
    /// What the placeholders of the sentence stand for, by name.
    pub figures: Vec<(&'static str, String)>,
}

impl Problem {
    /// `code`, about nothing in particular.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self { code, path: Vec::new(), figures: Vec::new() }
    }

    /// The same problem, seen from outside the field or position `step`.
    #[must_use]
    pub fn at(mut self, step: impl ToString) -> Self {
        self.path.insert(0, step.to_string());
        self
    }

    /// The same problem with `{name}` in its sentence standing for `figure`.
    #[must_use]
    pub fn with(mut self, name: &'static str, figure: impl ToString) -> Self {
        self.figures.push((name, figure.to_string()));
        self
    }

    /// The sentence for people.
    #[must_use]
    pub fn message(&self, language: crate::language::Language) -> String {
        let mut sentence = self.code.sentence(language).to_owned();
        for (name, figure) in &self.figures {
            sentence = sentence.replace(&format!("{{{name}}}"), figure);
        }
        sentence
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} at {}: {}",
            crate::named::Named::name(self.code),
            self.path.join("."),
            self.message(crate::language::Language::English)
        )
    }
}

impl std::error::Error for Problem {}

/// Everything wrong with one request, so that a person mends it in one go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

/// How many problems one answer names; a request that has more is not read further.
pub const PROBLEMS_MAX: usize = 100;

impl Problems {
    /// No problem so far.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Notes a problem, up to [`PROBLEMS_MAX`].
    pub fn push(&mut self, problem: impl Into<Problem>) {
        if self.0.len() < PROBLEMS_MAX {
            self.0.push(problem.into());
        }
    }

    /// The value, or nothing and its problem noted as being at `step`.
    pub fn take<T, P: Into<Self>>(&mut self, step: impl ToString, result: Result<T, P>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(problems) => {
                for problem in problems.into().at(step) {
                    self.push(problem);
                }
                None
            }
        }
    }

    /// The value, or nothing and its problems noted where they say that they are.
    pub fn take_as_is<T, P: Into<Self>>(&mut self, result: Result<T, P>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(problems) => {
                for problem in problems.into() {
                    self.push(problem);
                }
                None
            }
        }
    }

    /// The same problems, seen from outside the field or position `step`.
    #[must_use]
    pub fn at(self, step: impl ToString) -> Self {
        let step = step.to_string();
        Self(self.0.into_iter().map(|problem| problem.at(&step)).collect())
    }

    /// `Ok` while nothing is wrong.
    pub fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The value if nothing is wrong. A missing value without a problem is a fault of the caller, said as [`Code::Invalid`].
    pub fn finish<T>(mut self, value: Option<T>) -> Result<T, Self> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            Some(_) => Err(self),
            None => {
                if self.0.is_empty() {
                    self.push(Code::Invalid);
                }
                Err(self)
            }
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}

impl<P: Into<Problem>> From<P> for Problems {
    fn from(problem: P) -> Self {
        Self(vec![problem.into()])
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, problem) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
