//! Who exercises a power (实施机关, 实施主体).

use super::EntryText;
use crate::Record;
use crate::organ::{self, Body};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A body that implements an item, as the list writes it: with its level phrase, its scope in brackets,
/// its second name (设区的市级、县级林草部门; 市发改局(非技术改造类)).
///
/// In a cell authorities are separated by `；`, `;` or line ends outside brackets, by 、 or ， only behind a whole body:
/// 、 is part of 市、县级林草部门. [`bodies`](Self::bodies) reads what stands in one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "authority", text, key_with = canonical, cut_with = organ::cut)]
#[non_exhaustive]
pub struct Authority {
    /// The body as written.
    pub name: EntryText,
}

impl Authority {
    /// An authority of this name.
    pub fn new(name: impl Into<EntryText>) -> Self {
        Self { name: name.into() }
    }
    /// The bodies that it names, with level, scope and part: one for most, two for 市人民政府（市林草局承办）. Read anew
    /// on every call, linear in the text.
    #[must_use]
    pub fn bodies(&self) -> Vec<Body> {
        organ::bodies(&self.name)
    }
}

fn canonical(authority: &Authority) -> Cow<'_, str> {
    authority.name.canonical()
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
impl FromStr for Authority {
    type Err = crate::problem::Message;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}
