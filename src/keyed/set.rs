//! Sets of closed codes.

use crate::pairs::Pairs;
use crate::problem::Message;
use crate::value::{
    Atom, Cell, Clash, Merging, Never, Outcome, Part, Patching, Path, Settling, Side, Step, Value, VisitDelta,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A code that sets hold: levels, modes, service objects.
pub trait Code: Atom + Part + Ord {
    /// Reads the texts of a table's cell, which may name several codes at once (县级以上).
    fn read_all(text: &str) -> Vec<Self>;
    /// The codes that the list knows, in order: a set holds the first 64 of them as bits.
    #[doc(hidden)]
    const KNOWN: &'static [Self] = &[];
}

/// A set of codes, kept sorted. Merging joins both sides' changes: a set never clashes.
///
/// ```
/// use qingdan::{Set, codes::Level};
/// let levels = Set::of([Level::County, Level::City, Level::County]);
/// assert_eq!(levels.iter().collect::<Vec<_>>(), [&Level::City, &Level::County]);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Set<T> {
    /// By position in [`Code::KNOWN`].
    known: u64,
    /// The others, sorted; `None` where there are none. Rare, so that it takes one pointer.
    #[expect(clippy::box_collection, reason = "one pointer wide in every item")]
    others: Option<Box<Vec<T>>>,
}

/// The codes of a set, in order.
#[derive(Clone, Debug)]
pub struct Codes<'a, T> {
    known: u64,
    others: std::slice::Iter<'a, T>,
}

impl<'a, T: Code> Iterator for Codes<'a, T> {
    type Item = &'a T;
    fn next(&mut self) -> Option<&'a T> {
        if self.known == 0 {
            return self.others.next();
        }
        let first = self.known.trailing_zeros();
        self.known &= self.known - 1;
        Some(&T::KNOWN[first as usize])
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.known.count_ones() as usize + self.others.len();
        (left, Some(left))
    }
}
impl<T: Code> ExactSizeIterator for Codes<'_, T> {}

/// The bit of a code that the list knows.
fn bit<T: Code>(code: &T) -> Option<u64> {
    T::KNOWN.iter().take(64).position(|known| known == code).map(|i| 1 << i)
}

/// Codes that came and went.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SetDelta<T: Code> {
    removed: Set<T>,
    added: Set<T>,
}
write_parts!(SetDelta<T: Code>, [], [removed, added]);

impl<T: Code> SetDelta<T> {
    /// Codes that went.
    pub fn removed(&self) -> impl Iterator<Item = &T> {
        self.removed.iter()
    }
    /// Codes that came.
    pub fn added(&self) -> impl Iterator<Item = &T> {
        self.added.iter()
    }
    fn non_empty(self) -> Option<Self> {
        (!self.removed.is_empty() || !self.added.is_empty()).then_some(self)
    }
}

read_parts!(SetDelta<T: Code>, "codes that came and went", {
    removed: Set<T>,
    added: Set<T>,
} => {
    let (removed, added) = (removed.unwrap_or_default(), added.unwrap_or_default());
    if removed.iter().any(|code| added.contains(code)) {
        Err("a code comes and goes at once".into())
    } else {
        SetDelta { removed, added }.non_empty().ok_or_else(|| "a change that changes nothing".into())
    }
});
impl<T: Code> JsonSchema for SetDelta<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("SetDelta_{}", <T as Value>::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        delta_schema(&Set::<T>::json_schema(generator))
    }
}

fn delta_schema(codes: &Schema) -> Schema {
    schemars::json_schema!({
        "description": "Codes that came and went.",
        "type": "object",
        "properties": {"removed": codes, "added": codes},
        "minProperties": 1,
        "additionalProperties": false,
    })
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self { known: 0, others: None }
    }
}

impl<T: Code> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self).finish()
    }
}

impl<T: Code> Set<T> {
    /// The set of these codes.
    pub fn of(codes: impl IntoIterator<Item = T>) -> Self {
        let mut set = Self::default();
        for code in codes {
            set.insert(code);
        }
        set
    }
    /// Whether it holds a code.
    #[must_use]
    pub fn contains(&self, code: &T) -> bool {
        match bit(code) {
            Some(bit) => self.known & bit != 0,
            None => self.others.as_ref().is_some_and(|others| others.binary_search(code).is_ok()),
        }
    }
    /// Adds a code; answers whether it is new.
    pub fn insert(&mut self, code: T) -> bool {
        if let Some(bit) = bit(&code) {
            let new = self.known & bit == 0;
            self.known |= bit;
            return new;
        }
        let others = self.others.get_or_insert_default();
        match others.binary_search(&code) {
            Ok(_) => false,
            Err(at) => {
                others.insert(at, code);
                true
            }
        }
    }
    /// The codes that the other set does not hold.
    fn without(&self, other: &Self) -> Self {
        let mut rest = self.clone();
        for code in other {
            rest.remove(code);
        }
        rest
    }
    /// Takes a code out; answers whether it was there.
    fn remove(&mut self, code: &T) -> bool {
        if let Some(bit) = bit(code) {
            let there = self.known & bit != 0;
            self.known &= !bit;
            return there;
        }
        let Some(others) = &mut self.others else { return false };
        let Ok(at) = others.binary_search(code) else { return false };
        others.remove(at);
        if others.is_empty() {
            self.others = None;
        }
        true
    }
    /// The codes, in order.
    pub fn iter(&self) -> Codes<'_, T> {
        Codes { known: self.known, others: self.others.as_deref().map_or(&[][..], Vec::as_slice).iter() }
    }
}
impl<T> Set<T> {
    /// How many codes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.count_ones() as usize + self.others.as_ref().map_or(0, |others| others.len())
    }
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known == 0 && self.others.is_none()
    }
}
impl<'a, T: Code> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = Codes<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Code> Value for Set<T> {
    type Delta = SetDelta<T>;
    type Clash = Never;

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn alike(&self, other: &Self) -> bool {
        self == other
    }
    fn diff_as(&self, after: &Self, _: &Pairs) -> Option<SetDelta<T>> {
        if self == after {
            return None;
        }
        SetDelta { removed: self.without(after), added: after.without(self) }.non_empty()
    }
    fn patch(&self, delta: &SetDelta<T>, cx: &mut Patching) -> Self {
        let mut value = self.clone();
        for code in &delta.removed {
            if !value.remove(code) {
                let message = Message::new("要去掉的值不在", "the code that is to go is not there");
                cx.mismatch_at(&code.text(), None, None, message);
            }
        }
        for code in &delta.added {
            if !value.insert(code.clone()) {
                let message = Message::new("要增加的值已在", "the code that is to come is there already");
                cx.mismatch_at(&code.text(), None, None, message);
            }
        }
        value
    }
    fn inverse(delta: &SetDelta<T>) -> SetDelta<T> {
        SetDelta { removed: delta.added.clone(), added: delta.removed.clone() }
    }
    fn then(first: &SetDelta<T>, second: &SetDelta<T>, cx: &mut Patching) -> Option<SetDelta<T>> {
        for (one, other) in [(&first.added, &second.added), (&first.removed, &second.removed)] {
            for code in one.iter().filter(|code| other.contains(code)) {
                cx.mismatch_at(&code.text(), None, None, Message::apart());
            }
        }
        let joined = |x: &Self, y: &Self, undone_x: &Self, undone_y: &Self| {
            let mut codes = x.without(undone_x);
            for code in &y.without(undone_y) {
                codes.insert(code.clone());
            }
            codes
        };
        SetDelta {
            removed: joined(&first.removed, &second.removed, &second.added, &first.added),
            added: joined(&first.added, &second.added, &second.removed, &first.removed),
        }
        .non_empty()
    }
    fn tidy(delta: SetDelta<T>) -> Option<SetDelta<T>> {
        let (removed, added) = (delta.removed.without(&delta.added), delta.added.without(&delta.removed));
        SetDelta { removed, added }.non_empty()
    }
    fn merge_in(base: &Self, ours: Side<'_, Self>, theirs: Side<'_, Self>, _: &mut Merging) -> Outcome<Self> {
        let (o, t) = (ours.value, theirs.value);
        let kept = |c: &&T| if base.contains(c) { o.contains(c) && t.contains(c) } else { true };
        let value = Self::of(o.iter().chain(t).filter(kept).cloned());
        Outcome { value, clash: None }
    }
    fn settle(&self, clash: &Never, _: &mut Settling<'_>) -> Outcome<Self> {
        match *clash {}
    }
    fn visit(&self, path: &mut Path, visitor: &mut dyn FnMut(&Path, &dyn Atom)) {
        for code in self {
            path.push(Step::Entry(code.text().into_owned()));
            visitor(path, code);
            path.pop();
        }
    }
    fn visit_delta(delta: &SetDelta<T>, path: &mut Path, visitor: &mut dyn VisitDelta) {
        for (codes, gone) in [(&delta.removed, true), (&delta.added, false)] {
            for code in codes {
                path.push(Step::Entry(code.text().into_owned()));
                let (before, after) = if gone { (Some(code), None) } else { (None, Some(code)) };
                if visitor.entry(path, before.map(|c| c as _), after.map(|c| c as _)) {
                    visitor.leaf(path, before.map(|c| c as _), after.map(|c| c as _));
                }
                path.pop();
            }
        }
    }
    fn visit_clash(clash: &Never, _: &mut Path, _: &mut dyn FnMut(&Path, Clash<'_>)) {
        match *clash {}
    }
    fn recover(json: &crate::json::Tree, cx: &mut crate::json::Recovering<'_>) -> Option<Self> {
        let mut set = Self::default();
        for code in cx.elements::<T>(json)? {
            if set.contains(&code) {
                cx.repeated_code(&code.text());
            } else {
                set.insert(code);
            }
        }
        Some(set)
    }
    fn field_schema(generator: &mut SchemaGenerator) -> Schema {
        Self::json_schema(generator)
    }
    fn type_name() -> Cow<'static, str> {
        format!("Set_{}", <T as Value>::type_name()).into()
    }
    fn to_cell(&self) -> Cow<'_, str> {
        let mut codes = self.iter();
        match (codes.next(), codes.len()) {
            (None, _) => Cow::Borrowed(""),
            (Some(one), 0) => one.text(),
            _ => Cow::Owned(self.iter().map(Atom::text).collect::<Vec<_>>().join("、")),
        }
    }
    fn from_cell(text: &str, _: &mut Cell<'_>) -> Option<Self> {
        Some(Self::of(T::read_all(text)))
    }
}

impl<T: Code> Serialize for Set<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}
impl<'de, T: Code> Deserialize<'de> for Set<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<'de, T: Code> Visitor<'de> for Read<T> {
            type Value = Set<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of distinct codes")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Set<T>, A::Error> {
                let mut set = Set::default();
                while let Some(code) = seq.next_element::<T>()? {
                    if !set.insert(code) {
                        return Err(A::Error::custom("a code stands twice"));
                    }
                }
                Ok(set)
            }
        }
        deserializer.deserialize_seq(Read(PhantomData))
    }
}
impl<T: Code> JsonSchema for Set<T> {
    fn schema_name() -> Cow<'static, str> {
        <Self as Value>::type_name()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        super::list_schema(&<T as Value>::field_schema(generator), true)
    }
}
