//! Structs of every shape.

use qingdan::{Item, Record, Text, Value};

/// Parameters, with bounds in a where clause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "pair")]
pub struct Pair<A, B>
where
    A: Value,
    B: Value,
{
    /// One.
    pub one: A,
    /// The other.
    pub other: qingdan::List<Keyed<B>>,
}

/// A parameter with a bound of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "keyed")]
pub struct Keyed<B: Value> {
    /// Key.
    #[record(key)]
    pub key: String,
    /// Value.
    pub value: B,
}

/// A list of items, as `Catalogue` is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "listing")]
pub struct Listing<T>
where
    T: Item,
{
    /// Items.
    pub items: qingdan::SharedList<T>,
}

/// A constant parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "sized")]
pub struct Sized<const N: usize> {
    /// A text.
    pub text: String,
}

/// Words of Rust as names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "words")]
pub struct r#Words {
    /// 类型.
    #[record(key)]
    pub r#type: String,
    /// 匹配.
    pub r#match: Option<u32>,
    /// Names that the expansion uses itself.
    pub base: Text,
    /// Ours.
    pub ours: Text,
    /// Theirs.
    pub theirs: Text,
    /// Context.
    pub cx: Text,
    /// Clash.
    pub clash: Text,
    /// Self.
    pub this: Text,
    /// Map.
    pub map: Text,
    /// Out.
    pub out: Text,
    /// Key.
    pub key: Text,
    /// Path.
    pub path: Text,
    /// Visitor.
    pub visitor: Text,
    /// Pairs.
    pub pairs: Text,
    /// Delta.
    pub delta: Text,
    /// Members.
    pub members: Text,
    /// Json.
    pub json: Text,
    /// Upper.
    pub upper: Text,
}

/// No field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
pub struct Empty {}

/// No field and no braces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
pub struct Bare;

/// A struct that outsiders see, with parts that they do not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
pub struct Outer {
    /// Seen.
    pub seen: String,
    inner: Inner,
    pub(crate) near: Near,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Inner {
    text: String,
}

/// For this crate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
pub(crate) struct Near {
    pub(crate) inner: Inner2Named,
}

/// A digit is no harm where the name in schemas has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "inner-two")]
pub(crate) struct Inner2Named {
    pub(super) flag: bool,
}

impl Outer {
    /// One with all its parts.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            seen: text.to_owned(),
            inner: Inner { text: text.to_owned() },
            near: Near { inner: Inner2Named { flag: true } },
        }
    }
}
