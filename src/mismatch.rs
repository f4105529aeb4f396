//! Where a change does not fit the value that it is made on.

use crate::problem::{Lang, Message, one_line, shortened};
use crate::value::Path;
use std::fmt::{self, Write as _};

/// A value was not what a change expected.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Mismatch {
    /// Where, from the value that was to be changed.
    pub path: Path,
    /// What the change expects there; `None`: nothing.
    pub expected: Option<String>,
    /// What is there; `None`: nothing.
    pub found: Option<String>,
    /// In words.
    pub message: Message,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message.en)
    }
}

impl Mismatch {
    /// One line for a person.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        let mut out = format!("{}: {}", self.path.labels(), one_line(self.message.text(lang)));
        if let Some(expected) = &self.expected {
            _ = write!(out, "; {} {}", lang.pick("应为", "expected"), shortened(expected, 80));
        }
        if let Some(found) = &self.found {
            _ = write!(out, "; {} {}", lang.pick("实为", "found"), shortened(found, 80));
        }
        out
    }
}

/// A change does not fit the value that it was applied to: every place where it does not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the change does not fit in {} place(s), first {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
pub struct Mismatches(Vec<Mismatch>);

impl Mismatches {
    pub(crate) fn new(found: Vec<Mismatch>) -> Self {
        Self(found)
    }
    /// Every place where it does not fit; at least one.
    #[must_use]
    pub fn all(&self) -> &[Mismatch] {
        &self.0
    }
}
