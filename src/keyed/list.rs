//! The few keyed entries inside an item.

use super::{Entries, Fresh, Index, KeyedClash, KeyedDelta, delta, diff, merge};
use crate::pairs::Pairs;
use crate::problem::{Message, Severity, shortened};
use crate::record::Entry;
use crate::value::{
    Atom, Cell, Clash, Merging, Outcome, Patching, Path, Settling, Side, Step, Value, VisitDelta,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// A list of entries with distinct keys, in order: the authorities, citations, materials of an item.
///
/// Compared and merged entry by entry, and by order; entries that have an order of their own (`order_with`) stand in it,
/// however they come. A plain slice inside; lookups are linear.
///
/// ```
/// use qingdan::{List, Text};
/// let mut departments = List::new();
/// departments.push(Text::from("市教育局")).unwrap();
/// assert!(departments.push(Text::from("市教育局")).is_err());
/// assert_eq!(departments.len(), 1);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct List<T> {
    entries: Box<[T]>,
}

/// Two entries of a list have one key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key `{key}` stands twice; give each entry a key of its own")]
#[non_exhaustive]
pub struct Repeated {
    /// The key.
    pub key: String,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { entries: Box::default() }
    }
}
impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.fmt(f)
    }
}

impl<T> List<T> {
    /// A list of nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
    /// How many entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
    /// The entries in order.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.entries
    }
    /// The entries in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }
    /// The entries in order, as a `Vec`.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.entries.into_vec()
    }
    /// Changes the entries as a `Vec`.
    fn edit<R>(&mut self, edit: impl FnOnce(&mut Vec<T>) -> R) -> R {
        let mut entries = std::mem::take(&mut self.entries).into_vec();
        let result = edit(&mut entries);
        self.entries = entries.into_boxed_slice();
        result
    }
}

impl<T: Entry> List<T> {
    /// A list of entries whose keys are known to be distinct, in the order that they ask for.
    fn ordered(mut entries: Vec<T>) -> Self {
        if T::ORDERED {
            entries.sort_by(T::stands);
        }
        Self { entries: entries.into_boxed_slice() }
    }
    /// A list of these entries.
    ///
    /// # Errors
    /// Two of them have one key.
    pub fn of(entries: impl IntoIterator<Item = T>) -> Result<Self, Repeated> {
        let entries: Vec<T> = entries.into_iter().collect();
        match repeated(&entries) {
            None => Ok(Self::ordered(entries)),
            Some((_, later)) => Err(Repeated { key: entries[later].key().into_owned() }),
        }
    }
    /// Adds an entry at the end. Linear in the list, which is short: a list of many is a [`SharedList`](crate::SharedList).
    ///
    /// # Errors
    /// Its key is taken.
    pub fn push(&mut self, entry: T) -> Result<(), Repeated> {
        if self.get(&entry.key()).is_some() {
            return Err(Repeated { key: entry.key().into_owned() });
        }
        self.edit(|entries| {
            // Behind all that stand before it or beside it.
            let behind = |e: &T| T::ORDERED && e.stands(&entry).is_gt();
            let at = entries.iter().rposition(|e| !behind(e)).map_or(0, |last| last + 1);
            entries.insert(at, entry);
        });
        Ok(())
    }
    /// The entry with this key. Linear.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.entries.iter().find(|e| e.key() == key)
    }
    /// Takes an entry out. Linear.
    pub fn remove(&mut self, key: &str) -> Option<T> {
        let position = self.entries.iter().position(|e| e.key() == key)?;
        Some(self.edit(|entries| entries.remove(position)))
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// That an entry stands twice in a cell.
pub(super) fn repeated_entry(piece: &str, cell: &str) -> Message {
    let (piece, cell) = (shortened(piece, 40), shortened(cell, 80));
    Message::new(
        format!("单元格“{cell}”中“{piece}”重复，只保留一次"),
        format!("`{piece}` stands twice in the cell `{cell}` and is kept once"),
    )
}

/// The first two positions with one key. Linear for many entries, without a table for few.
fn repeated<T: Entry>(entries: &[T]) -> Option<(usize, usize)> {
    if entries.len() < 2 {
        return None;
    }
    if entries.len() <= 8 {
        let mut keys: [Cow<'_, str>; 8] = Default::default();
        return entries.iter().enumerate().find_map(|(i, e)| {
            keys[i] = e.key();
            keys[..i].iter().position(|earlier| *earlier == keys[i]).map(|j| (j, i))
        });
    }
    let mut index = Index::with_capacity(entries.len());
    entries
        .iter()
        .enumerate()
        .find_map(|(i, e)| index.insert(&e.key(), i, &|j| entries[j].key()).map(|j| (j, i)))
}

impl<T: Entry> Entries<T> for List<T> {
    fn count(&self) -> usize {
        self.entries.len()
    }
    fn at(&self, position: usize) -> &T {
        &self.entries[position]
    }
    fn handle(&self, position: usize) -> Arc<T> {
        Arc::new(self.entries[position].clone())
    }
    fn same(&self, position: usize, other: &Self, there: usize) -> bool {
        self.entries[position] == other.entries[there]
    }
    fn print_of(&self, _: usize, _: &Arc<T>) -> Option<u64> {
        None
    }
    fn from_handles(handles: Vec<Fresh<T>>) -> Self {
        Self::ordered(handles.into_iter().map(|(handle, _)| Arc::unwrap_or_clone(handle)).collect())
    }
    fn gathered(&self, placed: &[u32], fresh: &[Fresh<T>]) -> Self {
        let mut entries = Vec::with_capacity(placed.len());
        for &at in placed {
            let i = at as usize;
            let entry = self.entries.get(i).unwrap_or_else(|| &fresh[i - self.entries.len()].0);
            entries.push(entry.clone());
        }
        Self::ordered(entries)
    }
    fn index(&self) -> Cow<'_, Index> {
        Cow::Owned(Index::of(self.entries.len(), &|i| self.entries[i].key()))
    }
}

impl<T: Entry> Value for List<T> {
    type Delta = KeyedDelta<T>;
    type Clash = KeyedClash<T>;

    fn is_absent(&self) -> bool {
        self.entries.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
    fn alike(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(a, b)| a.alike(b))
    }
    fn diff_as(&self, after: &Self, pairs: &Pairs) -> Option<KeyedDelta<T>> {
        if self.entries == after.entries && pairs.is_plain() {
            return None;
        }
        diff::diff(self, after, pairs)
    }
    list_algebra!(T);
    fn visit(&self, path: &mut Path, visitor: &mut dyn FnMut(&Path, &dyn Atom)) {
        for entry in &self.entries {
            path.push(Step::Entry(entry.key().into_owned()));
            entry.visit(path, visitor);
            path.pop();
        }
    }
    fn recover(json: &crate::json::Tree, cx: &mut crate::json::Recovering<'_>) -> Option<Self> {
        let entries: Vec<T> = cx.entries(json)?;
        Some(Self::ordered(entries))
    }
    fn field_schema(generator: &mut SchemaGenerator) -> Schema {
        Self::json_schema(generator)
    }
    fn type_name() -> Cow<'static, str> {
        format!("List_{}", T::type_name()).into()
    }
    fn to_cell(&self) -> Cow<'_, str> {
        match &self.entries[..] {
            [] => Cow::Borrowed(""),
            [one] => one.to_cell(),
            many => Cow::Owned(many.iter().map(Value::to_cell).collect::<Vec<_>>().join(T::JOINT)),
        }
    }
    fn from_cell(text: &str, cx: &mut Cell<'_>) -> Option<Self> {
        let mut entries: Vec<T> = Vec::new();
        let mut keys = Keys::default();
        let mut last: HashMap<String, u32> = HashMap::new();
        for piece in T::cut(text) {
            let Some(mut entry) = T::from_cell(piece, cx) else { continue };
            if keys.hold(&entry, &entries) {
                let last = last.entry(entry.key().into_owned()).or_insert(1);
                loop {
                    *last += 1;
                    if !entry.set_occurrence(*last) || !keys.hold(&entry, &entries) {
                        break;
                    }
                }
                if keys.hold(&entry, &entries) {
                    cx.say("table/repeated-entry", Severity::Warning, repeated_entry(piece, text));
                    continue;
                }
            }
            entries.push(entry);
            keys.follow(&entries);
        }
        Some(Self::ordered(entries))
    }
}

/// The keys of entries that are gathered. Few entries, mostly one: a table is made for many alone.
#[derive(Default)]
struct Keys(HashSet<String>);

impl Keys {
    const FEW: usize = 16;
    /// Whether one of the entries so far has this one's key.
    fn hold<T: Entry>(&self, entry: &T, entries: &[T]) -> bool {
        if self.0.is_empty() {
            entries.iter().any(|one| one.key() == entry.key())
        } else {
            self.0.contains(&*entry.key())
        }
    }
    /// Takes up those that were added.
    fn follow<T: Entry>(&mut self, entries: &[T]) {
        if entries.len() >= Self::FEW {
            let known = self.0.len();
            self.0.extend(entries[known..].iter().map(|entry| entry.key().into_owned()));
        }
    }
}

impl<T: Entry> List<T> {
    /// Adds entries whose keys are new, all at once: linear. Answers the places of those that are not.
    pub(super) fn add(&mut self, new: Vec<T>) -> Vec<usize> {
        let mut entries = std::mem::take(&mut self.entries).into_vec();
        let mut keys = Keys::default();
        keys.follow(&entries);
        let mut refused = Vec::new();
        for (at, entry) in new.into_iter().enumerate() {
            if keys.hold(&entry, &entries) {
                refused.push(at);
            } else {
                entries.push(entry);
                keys.follow(&entries);
            }
        }
        *self = Self::ordered(entries);
        refused
    }
}

impl<T: Entry> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.entries)
    }
}
impl<'de, T: Entry> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<'de, T: Entry> Visitor<'de> for Read<T> {
            type Value = List<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<List<T>, A::Error> {
                // Most lists are of one entry: a place for one is all that is asked for.
                let Some(first) = seq.next_element::<T>()? else { return Ok(List::default()) };
                let mut entries = vec![first];
                while let Some(entry) = seq.next_element::<T>()? {
                    entries.push(entry);
                }
                List::of(entries).map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_seq(Read(PhantomData))
    }
}
impl<T: Entry> JsonSchema for List<T> {
    fn schema_name() -> Cow<'static, str> {
        <Self as Value>::type_name()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // Equal entries have equal keys.
        super::list_schema(&T::field_schema(generator), true)
    }
}

macro_rules! own_keys {
    ($($ty:ty),*) => {$(
        impl Entry for $ty {
            fn key(&self) -> Cow<'_, str> {
                Cow::Borrowed(self)
            }
            const LOOSE: bool = true;
            fn cut(text: &str) -> Vec<&str> {
                crate::cell::cut(text, &['、', '；', ';', '\n', '\r'])
            }
            const JOINT: &'static str = "、";
        }
    )*};
}
own_keys!(String, crate::Text);
