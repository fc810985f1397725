//! Values that must never be printed.

use std::fmt;

/// A value that prints as `***`, so that it cannot reach a log, a trace, an error or a panic message by accident.
///
/// There is deliberately no `Serialize`, no `Deref` and no `PartialEq`: whoever needs the value says so with
/// [`Secret::expose`], which a reviewer can search for.
#[derive(Clone)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Wraps `value`.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for the one call that needs it.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<T> fmt::Display for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
