//! Text that many items share.

use crate::problem::Message;
use crate::value::Atom;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::{Borrow, Cow};
use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// An immutable text that is cheap to clone. Readers keep one copy of texts that repeat: departments,
/// authorities, citations, values of extra columns. The empty text is absent.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text(Arc<str>);

impl Text {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Text {
    fn default() -> Self {
        pooled("")
    }
}
impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}
impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}
impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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
        &*self.0 == other
    }
}
impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
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
        Cow::Borrowed(&self.0)
    }
    fn to_json(&self) -> serde_json::Value {
        (*self.0).into()
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

type Pool = hashbrown::HashSet<Arc<str>, foldhash::fast::RandomState>;

thread_local! {
    static POOL: RefCell<Option<Pool>> = const { RefCell::new(None) };
}

/// Texts longer than this are seldom repeated: they are not looked up.
const LONGEST_POOLED: usize = 400;

fn pooled(text: &str) -> Text {
    POOL.with_borrow_mut(|pool| match pool {
        Some(pool) if text.len() <= LONGEST_POOLED => {
            Text(Arc::clone(pool.get_or_insert_with(text, |text| Arc::from(text))))
        }
        _ => Text(Arc::from(text)),
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
