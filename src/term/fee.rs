//! What an office charges (收费).

use crate::text::normal;
use crate::{Record, Text};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A fee. A table's cell holds names alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "fee", text, key_with = canonical, joint = "\n")]
#[non_exhaustive]
pub struct Fee {
    /// What is charged (收费项目).
    pub name: Text,
    /// How much (收费标准).
    pub standard: Text,
    /// On which ground (收费依据).
    pub basis: Text,
}

impl Fee {
    /// A fee of this name.
    pub fn new(name: impl Into<Text>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

fn canonical(fee: &Fee) -> Cow<'_, str> {
    normal(&fee.name)
}

impl fmt::Display for Fee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
impl FromStr for Fee {
    type Err = crate::problem::Message;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}
