//! Text that many items share.

use crate::problem::Message;
use crate::value::Atom;
use arcstr::ArcStr;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::{Borrow, Cow};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// An immutable text that is cheap to clone. Readers keep one copy of texts that repeat: departments,
/// authorities, citations, values of extra columns. The empty text is absent.
///
/// One pointer wide: an item has many such fields, and most of them are empty.
#[derive(Clone, Default)]
pub struct Text(
    // Count, length and text in one allocation behind a thin pointer; none for the empty text.
    ArcStr,
);

impl Text {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    fn alone(text: &str) -> Self {
        Self(ArcStr::from(text))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        ArcStr::ptr_eq(&self.0, &other.0) || self.as_str() == other.as_str()
    }
}
impl Eq for Text {}
impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}
impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}
impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}
impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}
impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl From<&str> for Text {
    fn from(text: &str) -> Self {
        pooled(text)
    }
}
impl From<String> for Text {
    fn from(text: String) -> Self {
        pooled(&text)
    }
}
impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}
impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(pooled(text))
            }
        }
        deserializer.deserialize_str(Read)
    }
}
impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}
impl Atom for Text {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }
    fn to_json(&self) -> serde_json::Value {
        self.as_str().into()
    }
    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn from_text(text: &str) -> Result<Self, Message> {
        Ok(pooled(text))
    }
    fn is_free_text() -> bool {
        true
    }
    fn type_name() -> Cow<'static, str> {
        "String".into()
    }
}

type Pool = hashbrown::HashSet<Text, foldhash::fast::RandomState>;

thread_local! {
    static POOL: RefCell<Option<Pool>> = const { RefCell::new(None) };
}

/// Texts longer than this are seldom repeated: they are not looked up.
const LONGEST_POOLED: usize = 400;

fn pooled(text: &str) -> Text {
    if text.is_empty() || text.len() > LONGEST_POOLED {
        return Text::alone(text);
    }
    POOL.with_borrow_mut(|pool| match pool {
        Some(pool) => pool.get_or_insert_with(text, Text::alone).clone(),
        None => Text::alone(text),
    })
}

/// While it lives, equal texts that this thread reads share one copy.
#[derive(Debug)]
pub(crate) struct Pooling {
    outermost: bool,
}

impl Pooling {
    pub(crate) fn start() -> Self {
        let outermost = POOL.with_borrow_mut(|pool| {
            let outermost = pool.is_none();
            pool.get_or_insert_with(Pool::default);
            outermost
        });
        Self { outermost }
    }
}
impl Drop for Pooling {
    fn drop(&mut self) {
        if self.outermost {
            POOL.with_borrow_mut(|pool| *pool = None);
        }
    }
}
