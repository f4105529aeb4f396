//! Collections whose entries are told apart by keys: sets of codes, keyed lists, maps.
//!
//! [`List`] and [`SharedList`] are one algebra over two layouts: a plain `Vec` for the few entries
//! inside an item, shared handles with prints for the many items of a catalogue.

/// What the two layouts have in common as values: each goes through [`Entries`].
macro_rules! list_algebra {
    ($t:ident) => {
        fn patch(&self, delta: &KeyedDelta<$t>, cx: &mut Patching) -> Self {
            delta::patch(self, delta, cx)
        }
        fn inverse(delta: &KeyedDelta<$t>) -> KeyedDelta<$t> {
            delta.inverse()
        }
        fn then(
            first: &KeyedDelta<$t>,
            second: &KeyedDelta<$t>,
            cx: &mut Patching,
        ) -> Option<KeyedDelta<$t>> {
            delta::then(first, second, cx)
        }
        fn tidy(delta: KeyedDelta<$t>) -> Option<KeyedDelta<$t>> {
            delta.tidy()
        }
        fn merge_in(
            base: &Self,
            ours: Side<'_, Self>,
            theirs: Side<'_, Self>,
            cx: &mut Merging,
        ) -> Outcome<Self> {
            let (value, clash) = merge::merge(base, ours, theirs, cx);
            Outcome { value, clash }
        }
        fn settle(&self, clash: &KeyedClash<$t>, cx: &mut Settling<'_>) -> Outcome<Self> {
            let (value, clash) = merge::settle(self, clash, cx);
            Outcome { value, clash }
        }
        fn visit_delta(delta: &KeyedDelta<$t>, path: &mut Path, visitor: &mut dyn VisitDelta) {
            delta.visit(path, visitor);
        }
        fn visit_clash(clash: &KeyedClash<$t>, path: &mut Path, visitor: &mut dyn FnMut(&Path, Clash<'_>)) {
            clash.visit(path, visitor);
        }
    };
}

/// Reads an object of parts, each of which may be missing but is never null: in `$make` it is an `Option`.
/// As serde's derive would, but for arrays of parts, which nobody writes and whose reader is as much code
/// again for each type of entries.
macro_rules! read_parts {
    ($out:ident<$t:ident: $bound:ident>, $what:literal, { $($field:ident: $ty:ty),* $(,)? } => $make:expr) => {
        impl<'de, $t: $bound> Deserialize<'de> for $out<$t> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Read<T>(std::marker::PhantomData<T>);
                impl<'de, $t: $bound> serde::de::Visitor<'de> for Read<$t> {
                    type Value = $out<$t>;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str($what)
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$out<$t>, A::Error> {
                        $(let mut $field: Option<$ty> = None;)*
                        crate::parts::read_parts::<_, crate::parts::AsData>(
                            &mut map,
                            &[$(stringify!($field)),*],
                            &mut [$(&mut $field),*],
                            None,
                        )?;
                        let made: Result<$out<$t>, Cow<'static, str>> = $make;
                        made.map_err(serde::de::Error::custom)
                    }
                }
                deserializer.deserialize_map(Read(std::marker::PhantomData))
            }
        }
    };
}

/// Writes an object of parts: those of the first row always, others where there is something in them.
macro_rules! write_parts {
    ($out:ident<$t:ident: $bound:ident>, [$($always:ident),*], [$($field:ident),* $(,)?]) => {
        impl<$t: $bound> Serialize for $out<$t> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut map = serializer.serialize_map(None)?;
                $(map.serialize_entry(stringify!($always), &self.$always)?;)*
                let names = &[$(stringify!($field)),*];
                crate::parts::write_parts::<_, crate::parts::AsData>(&mut map, names, &[], &[$(&self.$field),*])?;
                map.end()
            }
        }
    };
}

mod by_key;
pub(crate) mod delta;
mod diff;
mod index;
mod list;
mod map;
mod merge;
mod order;
mod set;
mod shared;
mod spread;

pub use by_key::{ByKey, ByKeyIter};
pub use delta::{Changed, Invalid, KeyedDelta, Run};
pub use list::{List, Repeated};
pub use map::{Map, MapClash, MapDelta};
pub use merge::{EntryClash, KeyedClash, Moved, OrderClash};
pub use set::{Code, Codes, Set, SetDelta};
pub use shared::{NotUpdated, SharedList};
pub use spread::{InColumn, Spread};

pub(crate) use delta::present;
pub(crate) use index::Index;
pub(crate) use merge::References;

use crate::record::Entry;
use schemars::Schema;
use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

/// What the algebra of lists needs of a layout.
pub(crate) trait Entries<T: Entry>: Sized + Clone {
    /// The number of entries.
    fn count(&self) -> usize;
    /// The entry at a position.
    fn at(&self, position: usize) -> &T;
    /// A handle of the entry at a position.
    fn handle(&self, position: usize) -> Arc<T>;
    /// Whether two entries are equal to the letter.
    fn same(&self, position: usize, other: &Self, there: usize) -> bool;
    /// Whether all entries are equal, in the same order.
    fn all_same(&self, other: &Self) -> bool {
        self.count() == other.count() && (0..self.count()).all(|i| self.same(i, other, i))
    }
    /// What is known of the entry at a position without a look at it, if this handle is that entry's.
    fn print_of(&self, position: usize, handle: &Arc<T>) -> Option<u64>;
    /// Whether the entry at a position has a reference.
    fn refers(&self, position: usize) -> bool {
        self.at(position).reference().is_some()
    }
    /// A list of these entries, whose keys are distinct, with the prints of those whose print is known.
    fn from_handles(handles: Vec<Fresh<T>>) -> Self;
    /// A list of some of these entries and of fresh ones, whose keys are distinct: by position here, and from the
    /// length of this list on by position among the fresh, with the prints of those whose print is known.
    fn gathered(&self, placed: &[u32], fresh: &[Fresh<T>]) -> Self;
    /// What tells at once which entries are equal to the letter, if something does: a number for each.
    fn prints(&self) -> Option<&[u64]> {
        None
    }
    /// Positions by key: kept, or made here.
    fn index(&self) -> Cow<'_, Index>;
    /// The positions of some keys.
    fn positions(&self, keys: &[&str]) -> Vec<Option<usize>> {
        let index = self.index();
        keys.iter().map(|key| find(self, &index, key)).collect()
    }
}

/// An entry that comes into a list, and its print where that is known.
pub(crate) type Fresh<T> = (Arc<T>, Option<u64>);

/// The position of the entry with this key.
pub(crate) fn find<T: Entry, L: Entries<T>>(list: &L, index: &Index, key: &str) -> Option<usize> {
    index.find(key, &|i| list.at(i).key())
}

/// Two lists without their type: what only looks at keys and at which entries are equal is compiled once,
/// not once a type.
trait Two<'a> {
    /// How many entries each has.
    fn counts(&self) -> (usize, usize);
    /// The key of an entry of the first list.
    fn key_a(&self, position: usize) -> Cow<'a, str>;
    /// The key of an entry of the second list.
    fn key_b(&self, position: usize) -> Cow<'a, str>;
    /// Whether two entries are equal to the letter.
    fn same(&self, a: usize, b: usize) -> bool;
    /// The prints of both, if there are any: what walks along both lists reads these and asks for no entry.
    fn prints(&self) -> Option<(&'a [u64], &'a [u64])>;
}

/// Tables of a walk, never written: hashed anew in each process.
type Table<K, V> = hashbrown::HashMap<K, V, foldhash::fast::RandomState>;

/// Two lists.
struct Pair<'a, L, T>(&'a L, &'a L, PhantomData<T>);

impl<'a, T: Entry, L: Entries<T>> Two<'a> for Pair<'a, L, T> {
    fn counts(&self) -> (usize, usize) {
        (self.0.count(), self.1.count())
    }
    fn key_a(&self, position: usize) -> Cow<'a, str> {
        self.0.at(position).key()
    }
    fn key_b(&self, position: usize) -> Cow<'a, str> {
        self.1.at(position).key()
    }
    fn same(&self, a: usize, b: usize) -> bool {
        self.0.same(a, self.1, b)
    }
    fn prints(&self) -> Option<(&'a [u64], &'a [u64])> {
        self.0.prints().zip(self.1.prints())
    }
}

/// The schema of entries or codes.
fn list_schema(entry: &Schema, distinct: bool) -> Schema {
    let mut schema = schemars::json_schema!({"type": "array", "items": entry});
    if distinct {
        schema.insert("uniqueItems".into(), true.into());
    }
    schema
}
