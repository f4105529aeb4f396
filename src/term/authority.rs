//! Who exercises a power (实施机关, 实施主体).

use crate::text::normal;
use crate::{Record, Text};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A body that implements an item, as the list writes it: with its level phrase, its scope in brackets,
/// its second name (设区的市级、县级林草部门; 市发改局(非技术改造类)).
///
/// In a cell authorities are separated by `；`, `;` or line ends outside brackets: 、 is part of names
/// such as 市、县级林草部门.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "authority", text, key_with = canonical)]
#[non_exhaustive]
pub struct Authority {
    /// The body as written.
    pub name: Text,
}

impl Authority {
    /// An authority of this name.
    pub fn new(name: impl Into<Text>) -> Self {
        Self { name: name.into() }
    }
}

fn canonical(authority: &Authority) -> Cow<'_, str> {
    normal(&authority.name)
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
