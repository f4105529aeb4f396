//! The many entries of a catalogue: shared handles with prints.

use super::index::hasher;
use super::{Entries, Fresh, Index, KeyedClash, KeyedDelta, Repeated, delta, diff, find, merge};
use crate::pairs::Pairs;
use crate::record::Entry;
use crate::value::{
    Atom, Cell, Clash, Merging, Outcome, Patching, Path, Settling, Side, Step, Value, VisitDelta,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::hash::{BuildHasher as _, Hash, Hasher};
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};

/// A list of many entries with distinct keys, in order: the items of a catalogue.
///
/// A clone is the same list until one of the two is changed: cloning takes no time, and changing a list that was cloned
/// copies its handles once. Beside the entries stands a print of each (a keyed 64-bit hash of the exact
/// entry, made when the entry comes in, valid in this process alone), so that equal lists are compared
/// at the speed of memory. No `&mut T` is handed out: [`update`](SharedList::update) makes the print
/// anew. Lookups by key are constant after the first, which builds an index.
pub struct SharedList<T> {
    rows: Arc<Rows<T>>,
}

/// Handles of entries with their prints, and where each key stands.
struct Rows<T> {
    handles: Vec<Arc<T>>,
    prints: Vec<u64>,
    index: OnceLock<Index>,
}

/// An entry was not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotUpdated {
    /// No entry has the key.
    #[error("no entry has the key `{key}`")]
    #[non_exhaustive]
    Missing {
        /// The key.
        key: String,
    },
    /// Another entry has the new key.
    #[error(transparent)]
    Repeated(#[from] Repeated),
}

/// The print of an entry: its last bit says whether it has a reference, which is asked of all entries at once.
fn print<T: Entry>(entry: &T) -> u64 {
    hasher().hash_one(entry) & !1 | u64::from(entry.reference().is_some())
}

impl<T> Rows<T> {
    fn of(handles: Vec<Arc<T>>, prints: Vec<u64>) -> Self {
        Self { handles, prints, index: OnceLock::new() }
    }
}
// Not derived: entries themselves are not cloned.
impl<T> Clone for Rows<T> {
    fn clone(&self) -> Self {
        Self { handles: self.handles.clone(), prints: self.prints.clone(), index: self.index.clone() }
    }
}
impl<T> Clone for SharedList<T> {
    fn clone(&self) -> Self {
        Self { rows: Arc::clone(&self.rows) }
    }
}
impl<T> Default for SharedList<T> {
    fn default() -> Self {
        Self::with(Vec::new(), Vec::new())
    }
}
impl<T: fmt::Debug> fmt::Debug for SharedList<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.handles.fmt(f)
    }
}
impl<T: PartialEq> PartialEq for SharedList<T> {
    fn eq(&self, other: &Self) -> bool {
        let (ours, theirs) = (&self.rows, &other.rows);
        Arc::ptr_eq(ours, theirs)
            || ours.prints == theirs.prints
                && ours.handles.iter().zip(&theirs.handles).all(|(a, b)| Arc::ptr_eq(a, b) || a == b)
    }
}
impl<T: Eq> Eq for SharedList<T> {}
impl<T: Hash> Hash for SharedList<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.rows.prints.hash(state);
    }
}

impl<T> SharedList<T> {
    fn with(handles: Vec<Arc<T>>, prints: Vec<u64>) -> Self {
        Self { rows: Arc::new(Rows::of(handles, prints)) }
    }
    /// A list of nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
    /// How many entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.handles.len()
    }
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.handles.is_empty()
    }
    /// The entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.rows.handles.iter().map(Arc::as_ref)
    }
    /// The handles of the entries in order: cheap to keep.
    #[must_use]
    pub fn handles(&self) -> &[Arc<T>] {
        &self.rows.handles
    }
    /// The entry at a position.
    #[must_use]
    pub fn at(&self, position: usize) -> Option<&T> {
        self.rows.handles.get(position).map(Arc::as_ref)
    }
}

impl<T: Entry> SharedList<T> {
    /// A list of these entries.
    ///
    /// # Errors
    /// Two of them have one key.
    pub fn of(entries: impl IntoIterator<Item = T>) -> Result<Self, Repeated> {
        let handles: Vec<Arc<T>> = entries.into_iter().map(Arc::new).collect();
        let mut list = Self::default();
        list.reserve(handles.len());
        for handle in handles {
            let print = print(&*handle);
            list.push_printed(handle, print)
                .map_err(|(handle, _)| Repeated { key: handle.key().into_owned() })?;
        }
        Ok(list)
    }
    pub(crate) fn reserve(&mut self, more: usize) {
        let rows = Arc::make_mut(&mut self.rows);
        rows.handles.reserve(more);
        rows.prints.reserve(more);
    }
    /// Adds an entry at the end.
    ///
    /// # Errors
    /// Its key is taken.
    pub fn push(&mut self, entry: T) -> Result<(), Repeated> {
        let print = print(&entry);
        self.push_printed(Arc::new(entry), print)
            .map_err(|(handle, _)| Repeated { key: handle.key().into_owned() })
    }
    /// Adds an entry at the end; gives it back with the position of the one that has its key.
    pub(crate) fn try_push(&mut self, entry: T) -> Result<(), (Arc<T>, usize)> {
        let print = print(&entry);
        self.push_printed(Arc::new(entry), print)
    }
    fn push_printed(&mut self, handle: Arc<T>, print: u64) -> Result<(), (Arc<T>, usize)> {
        self.by_key();
        let Rows { handles, prints, index } = Arc::make_mut(&mut self.rows);
        let index = index.get_mut().expect("made in the line before");
        let position = handles.len();
        handles.push(handle);
        prints.push(print);
        match index.insert(&handles[position].key(), position, &|i| handles[i].key()) {
            None => Ok(()),
            Some(there) => {
                prints.pop();
                handles.pop().map_or(Ok(()), |handle| Err((handle, there)))
            }
        }
    }
    fn by_key(&self) -> &Index {
        let rows = &self.rows;
        rows.index.get_or_init(|| Index::of(rows.handles.len(), &|i| rows.handles[i].key()))
    }
    /// The entry with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.position(key).map(|i| &*self.rows.handles[i])
    }
    /// The position of the entry with this key.
    #[must_use]
    pub fn position(&self, key: &str) -> Option<usize> {
        find(self, self.by_key(), key)
    }
    /// Changes an entry; its key may change too. Answers what `change` answers.
    ///
    /// # Errors
    /// No entry has the key, or the new key is taken; the list is as before then.
    pub fn update<R>(&mut self, key: &str, change: impl FnOnce(&mut T) -> R) -> Result<R, NotUpdated> {
        let position = self.position(key).ok_or_else(|| NotUpdated::Missing { key: key.to_owned() })?;
        let mut entry = T::clone(&self.rows.handles[position]);
        let result = change(&mut entry);
        let new_key = entry.key().into_owned();
        let renamed = new_key != key;
        if renamed && self.position(&new_key).is_some() {
            return Err(NotUpdated::Repeated(Repeated { key: new_key }));
        }
        let rows = Arc::make_mut(&mut self.rows);
        if renamed {
            rows.index = OnceLock::new();
        }
        rows.prints[position] = print(&entry);
        rows.handles[position] = Arc::new(entry);
        Ok(result)
    }
    /// Keeps the entries of which this is so. Linear, however many go.
    ///
    /// ```
    /// use qingdan::{LicensingItem, SharedList};
    /// let mut list = SharedList::of(["1", "2", "3"].map(|id| LicensingItem::new(id, "许可")))?;
    /// list.retain(|item| item.id != "2");
    /// assert_eq!(list.iter().map(|item| item.id.to_string()).collect::<Vec<_>>(), ["1", "3"]);
    /// # Ok::<(), qingdan::Repeated>(())
    /// ```
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        let rows = Arc::make_mut(&mut self.rows);
        rows.index = OnceLock::new();
        let kept: Vec<bool> = rows.handles.iter().map(|entry| keep(entry)).collect();
        let (mut of_prints, mut of_handles) = (kept.iter(), kept.iter());
        rows.prints.retain(|_| of_prints.next() == Some(&true));
        rows.handles.retain(|_| of_handles.next() == Some(&true));
    }
    /// Takes an entry out. Linear in the list, and the index is made anew by whoever looks for a key next: many are taken out by
    /// [`retain`](Self::retain).
    pub fn remove(&mut self, key: &str) -> Option<Arc<T>> {
        let position = self.position(key)?;
        let rows = Arc::make_mut(&mut self.rows);
        rows.index = OnceLock::new();
        rows.prints.remove(position);
        Some(rows.handles.remove(position))
    }
}

impl<T: Entry> Entries<T> for SharedList<T> {
    fn count(&self) -> usize {
        self.rows.handles.len()
    }
    fn at(&self, position: usize) -> &T {
        &self.rows.handles[position]
    }
    fn handle(&self, position: usize) -> Arc<T> {
        Arc::clone(&self.rows.handles[position])
    }
    fn same(&self, position: usize, other: &Self, there: usize) -> bool {
        self.rows.prints[position] == other.rows.prints[there]
    }
    fn all_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rows, &other.rows) || self.rows.prints == other.rows.prints
    }
    fn print_of(&self, position: usize, handle: &Arc<T>) -> Option<u64> {
        Arc::ptr_eq(&self.rows.handles[position], handle).then(|| self.rows.prints[position])
    }
    fn from_handles(handles: Vec<Fresh<T>>) -> Self {
        let known = |(handle, known): Fresh<T>| {
            let print = known.unwrap_or_else(|| print(&*handle));
            (handle, print)
        };
        let (handles, prints) = handles.into_iter().map(known).unzip();
        Self::with(handles, prints)
    }
    fn gathered(&self, placed: &[u32], fresh: &[Fresh<T>]) -> Self {
        let n = self.rows.handles.len();
        let mut handles = Vec::with_capacity(placed.len());
        handles.extend(placed.iter().map(|&at| {
            let i = at as usize;
            Arc::clone(self.rows.handles.get(i).unwrap_or_else(|| &fresh[i - n].0))
        }));
        let mut prints = Vec::with_capacity(placed.len());
        prints.extend(placed.iter().map(|&at| {
            let i = at as usize;
            self.rows.prints.get(i).copied().unwrap_or_else(|| {
                let (entry, known) = &fresh[i - n];
                known.unwrap_or_else(|| print(&**entry))
            })
        }));
        Self::with(handles, prints)
    }
    fn refers(&self, position: usize) -> bool {
        self.rows.prints[position] & 1 == 1
    }
    fn prints(&self) -> Option<&[u64]> {
        Some(&self.rows.prints)
    }
    fn index(&self) -> Cow<'_, Index> {
        Cow::Borrowed(self.by_key())
    }
}

impl<T: Entry> Value for SharedList<T> {
    type Delta = KeyedDelta<T>;
    type Clash = KeyedClash<T>;

    fn is_absent(&self) -> bool {
        self.rows.handles.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
    fn alike(&self, other: &Self) -> bool {
        self.rows.prints == other.rows.prints
            || self.len() == other.len() && self.iter().zip(other.iter()).all(|(a, b)| a.alike(b))
    }
    fn diff_as(&self, after: &Self, pairs: &Pairs) -> Option<KeyedDelta<T>> {
        if self.all_same(after) && pairs.is_plain() {
            return None;
        }
        diff::diff(self, after, pairs)
    }
    list_algebra!(T);
    fn visit(&self, path: &mut Path, visitor: &mut dyn FnMut(&Path, &dyn Atom)) {
        for entry in self.iter() {
            path.push(Step::Entry(entry.key().into_owned()));
            entry.visit(path, visitor);
            path.pop();
        }
    }
    fn recover(json: &crate::json::Tree, cx: &mut crate::json::Recovering<'_>) -> Option<Self> {
        let entries: Vec<T> = cx.entries(json)?;
        Some(Self::from_handles(entries.into_iter().map(|entry| (Arc::new(entry), None)).collect()))
    }
    fn field_schema(generator: &mut SchemaGenerator) -> Schema {
        Self::json_schema(generator)
    }
    fn type_name() -> Cow<'static, str> {
        format!("List_{}", T::type_name()).into()
    }
    fn to_cell(&self) -> Cow<'_, str> {
        Cow::Owned(self.iter().map(Value::to_cell).collect::<Vec<_>>().join(T::JOINT))
    }
    fn from_cell(text: &str, cx: &mut Cell<'_>) -> Option<Self> {
        let list = super::List::<T>::from_cell(text, cx)?;
        Some(Self::from_handles(list.into_vec().into_iter().map(|entry| (Arc::new(entry), None)).collect()))
    }
}

impl<T: Entry> Serialize for SharedList<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}
impl<'de, T: Entry> Deserialize<'de> for SharedList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<'de, T: Entry> Visitor<'de> for Read<T> {
            type Value = SharedList<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<SharedList<T>, A::Error> {
                let mut list = SharedList::default();
                while let Some(entry) = seq.next_element::<T>()? {
                    list.push(entry).map_err(A::Error::custom)?;
                }
                Ok(list)
            }
        }
        deserializer.deserialize_seq(Read(PhantomData))
    }
}
impl<T: Entry> JsonSchema for SharedList<T> {
    fn schema_name() -> Cow<'static, str> {
        <Self as Value>::type_name()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        super::list_schema(&T::field_schema(generator), false)
    }
}
