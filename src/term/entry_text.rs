//! The text of an entry of a cell.

use crate::problem::Message;
use crate::serial::unnumbered;
use crate::text::normal;
use crate::text_atom::Text;
use crate::value::Atom;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// A [`Text`] that is one of several in a cell, as it is written. The number that may stand in front of it (3.平面图, （2）公安局)
/// is spelling: where one before it goes, each behind it gets another one, and none of them has changed.
///
/// ```
/// use qingdan::{Text, term::EntryText, value::alike};
/// let [before, after] = ["3.平面图", "2.平面图"];
/// assert!(alike(&EntryText::from(before), &EntryText::from(after)));
/// assert!(!alike(&Text::from(before), &Text::from(after)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryText(Text);

impl EntryText {
    /// Without its number, in normal form.
    pub(crate) fn canonical(&self) -> Cow<'_, str> {
        normal(unnumbered(&self.0))
    }
}

impl Deref for EntryText {
    type Target = Text;
    fn deref(&self) -> &Text {
        &self.0
    }
}

impl fmt::Display for EntryText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Into<Text>> From<T> for EntryText {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl PartialEq<str> for EntryText {
    fn eq(&self, other: &str) -> bool {
        self.0 == *other
    }
}
impl PartialEq<&str> for EntryText {
    fn eq(&self, other: &&str) -> bool {
        self.0 == **other
    }
}

impl JsonSchema for EntryText {
    fn schema_name() -> Cow<'static, str> {
        Text::schema_name()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Text::json_schema(generator)
    }
}

impl Atom for EntryText {
    fn text(&self) -> Cow<'_, str> {
        self.0.text()
    }
    fn to_json(&self) -> serde_json::Value {
        self.0.to_json()
    }
    fn normal(&self) -> Cow<'_, str> {
        self.canonical()
    }
    fn is_absent(&self) -> bool {
        self.0.is_absent()
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn from_text(text: &str) -> Result<Self, Message> {
        Text::from_text(text).map(Self)
    }
    fn is_free_text() -> bool {
        true
    }
    fn type_name() -> Cow<'static, str> {
        Text::type_name()
    }
}
