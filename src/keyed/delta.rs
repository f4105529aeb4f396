//! The delta of a keyed list: what went, what came, what changed, and anchored runs of order.

mod apply;
mod compose;

pub(crate) use apply::patch;
pub(crate) use compose::then;

use super::ByKey;
use super::order::{NOWHERE, increasing};
use crate::record::Entry;
use crate::sorting::Sorting as _;
use crate::value::{Path, Step, Value, VisitDelta};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// What changed between two lists of keyed entries.
///
/// Removed and added entries are held whole, so that the delta inverts. Read from outside, its
/// invariant is checked in linear time: each removed key stands in one run's `was`, each added key in
/// one run's `is`, a moved entry in one of each; an anchor stands in no run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyedDelta<T: Entry> {
    removed: ByKey<Arc<T>>,
    added: ByKey<Arc<T>>,
    changed: ByKey<Changed<T>>,
    order: Vec<Run>,
}
write_parts!(KeyedDelta<T: Entry>, [], [removed, added, changed, order]);

/// What changed in one entry: its key, what is in it, or both.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Changed<T: Value> {
    to: Option<String>,
    delta: Option<T::Delta>,
}
write_parts!(Changed<T: Value>, [], [to, delta]);

impl<T: Value> Changed<T> {
    pub(crate) fn new(to: Option<String>, delta: Option<T::Delta>) -> Self {
        Self { to, delta }
    }
    /// The new key, if it changed.
    #[must_use]
    pub fn to(&self) -> Option<&str> {
        self.to.as_deref()
    }
    /// What changed inside.
    #[must_use]
    pub fn delta(&self) -> Option<&T::Delta> {
        self.delta.as_ref()
    }
}

/// Behind an unmoved entry, or at the head: the keys that stood there and the keys that stand there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "present")]
    #[schemars(schema_with = "String::json_schema")]
    after: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    was: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    is: Vec<String>,
}

impl Run {
    #[inline]
    pub(crate) fn new(after: Option<String>, was: Vec<String>, is: Vec<String>) -> Self {
        Self { after, was, is }
    }
    /// The unmoved entry (by its key before) behind which the run stands; `None`: at the head.
    #[must_use]
    #[inline]
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }
    /// The keys that stood there.
    #[must_use]
    #[inline]
    pub fn was(&self) -> &[String] {
        &self.was
    }
    /// The keys that stand there.
    #[must_use]
    #[inline]
    pub fn is(&self) -> &[String] {
        &self.is
    }
}

/// Runs stand by anchor.
#[inline]
pub(super) fn sort_by_anchor(order: &mut [Run]) {
    order.order_by(|x, y| x.after.cmp(&y.after));
}

/// What a delta says of keys and places, without its entries: what is checked and composed of it is
/// compiled once, not once a type.
#[derive(Default)]
struct Shape<'a> {
    removed: HashSet<&'a str>,
    added: HashSet<&'a str>,
    /// By key before: the key after, and whether anything changed at all.
    changed: BTreeMap<&'a str, (&'a str, bool)>,
    order: &'a [Run],
}

impl<'a> Shape<'a> {
    /// Of changed entries: the key, the new key if it changed, and whether anything changed inside.
    #[inline]
    fn of(
        removed: Vec<&'a str>,
        added: Vec<&'a str>,
        changed: Vec<(&'a str, Option<&'a str>, bool)>,
        order: &'a [Run],
    ) -> Self {
        let mut shape = Self { order, ..Self::default() };
        shape.removed.extend(removed);
        shape.added.extend(added);
        for (key, to, inside) in changed {
            let says_something = (to.is_some() || inside) && to != Some(key);
            shape.changed.insert(key, (to.unwrap_or(key), says_something));
        }
        shape
    }
    #[inline]
    fn after_key(&self, before: &'a str) -> &'a str {
        self.changed.get(before).map_or(before, |(after, _)| after)
    }
    #[inline]
    fn inverse_order(&self) -> Vec<Run> {
        let mut order: Vec<Run> = Vec::with_capacity(self.order.len());
        for run in self.order {
            let after = run.after().map(|a| self.after_key(a).to_owned());
            order.push(Run { after, was: run.is.clone(), is: run.was.clone() });
        }
        sort_by_anchor(&mut order);
        order
    }
    /// What stands in one run before and after, in the same order, has not moved.
    #[inline]
    fn tidy_order(&self) -> Vec<Run> {
        let mut order = Vec::new();
        for run in self.order {
            split_run(
                run,
                |key| (!self.removed.contains(key)).then(|| self.after_key(key)),
                |key| !self.added.contains(key),
                &mut order,
            );
        }
        sort_by_anchor(&mut order);
        order
    }
    /// Keys before by key after, where they differ.
    #[inline]
    fn recoded(&self) -> HashMap<&'a str, &'a str> {
        self.changed.iter().filter(|(k, (to, _))| *k != to).map(|(k, (to, _))| (*to, *k)).collect()
    }
    /// Whether the parts fit together. Linear.
    #[inline]
    fn check(&self) -> Result<(), Invalid> {
        let mut after: HashSet<&str> = self.added.clone();
        for (&key, (to, says_something)) in &self.changed {
            if self.removed.contains(key) {
                return Err(Invalid::Twice(key.to_owned()));
            }
            if !says_something {
                return Err(Invalid::Empty(key.to_owned()));
            }
            if !after.insert(to) {
                return Err(Invalid::Twice((*to).to_owned()));
            }
        }
        let recoded = self.recoded();
        let mut was: HashSet<&str> = HashSet::new();
        for key in self.order.iter().flat_map(Run::was) {
            if !was.insert(key) {
                return Err(Invalid::Twice(key.clone()));
            }
        }
        let mut is: HashSet<&str> = HashSet::new();
        for key in self.order.iter().flat_map(Run::is) {
            if !is.insert(key) {
                return Err(Invalid::Twice(key.clone()));
            }
            if self.added.contains(key.as_str()) {
                continue;
            }
            // A moved entry: it stood somewhere, and under this key it is this entry.
            let before = recoded.get(key.as_str()).copied().unwrap_or(key);
            if !was.contains(before) || self.removed.contains(before) || self.after_key(before) != key {
                return Err(Invalid::Unplaced((*key).clone()));
            }
        }
        for key in &self.removed {
            if !was.contains(key) {
                return Err(Invalid::Unplaced((*key).to_string()));
            }
        }
        for key in &self.added {
            if !is.contains(key) {
                return Err(Invalid::Unplaced((*key).to_string()));
            }
        }
        for key in &was {
            if !self.removed.contains(*key) && !is.contains(self.after_key(key)) {
                return Err(Invalid::Unplaced((*key).to_owned()));
            }
        }
        let mut anchors: HashSet<Option<&str>> = HashSet::new();
        for run in self.order {
            let name = || run.after.clone().unwrap_or_default();
            if run.was.is_empty() && run.is.is_empty() {
                return Err(Invalid::Empty(name()));
            }
            if !anchors.insert(run.after()) || run.after().is_some_and(|a| was.contains(a)) {
                return Err(Invalid::Anchor(name()));
            }
        }
        if !self.order.is_sorted_by(|x, y| x.after <= y.after) {
            return Err(Invalid::Anchor("(not in order of anchors)".into()));
        }
        Ok(())
    }
}

/// Reads a field that may be missing but is never null.
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// A delta of a list contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Invalid {
    /// An entry stands under a key that is not its own.
    #[error("the entry under `{0}` has another key")]
    Key(String),
    /// An entry is named as two things at once.
    #[error("`{0}` is named twice, or as two things at once")]
    Twice(String),
    /// A removed, added or moved entry does not stand in the runs that say where.
    #[error("the order does not say where `{0}` stood or stands")]
    Unplaced(String),
    /// A run hangs behind an entry that moves, or that another run hangs behind.
    #[error("no run can hang behind `{0}`")]
    Anchor(String),
    /// A change that changes nothing.
    #[error("the change of `{0}` changes nothing")]
    Empty(String),
}

impl<T: Entry> KeyedDelta<T> {
    /// A delta whose parts are known to fit; `None` where there are none.
    pub(crate) fn checked_by_construction(
        removed: Vec<(String, Arc<T>)>,
        added: Vec<(String, Arc<T>)>,
        changed: Vec<(String, Changed<T>)>,
        order: Vec<Run>,
    ) -> Option<Self> {
        let delta =
            Self { removed: ByKey::of(removed), added: ByKey::of(added), changed: ByKey::of(changed), order };
        debug_assert_eq!(delta.check(), Ok(()));
        delta.non_empty()
    }
    fn non_empty(self) -> Option<Self> {
        (!self.is_empty()).then_some(self)
    }
    fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty() && self.changed.is_empty() && self.order.is_empty()
    }
    /// Removed entries by key.
    #[must_use]
    pub fn removed(&self) -> &ByKey<Arc<T>> {
        &self.removed
    }
    /// Added entries by key.
    #[must_use]
    pub fn added(&self) -> &ByKey<Arc<T>> {
        &self.added
    }
    /// Changed entries by their key before.
    #[must_use]
    pub fn changed(&self) -> &ByKey<Changed<T>> {
        &self.changed
    }
    /// The runs, by anchor.
    #[must_use]
    pub fn order(&self) -> &[Run] {
        &self.order
    }
    /// The keys (before) of entries that moved: that stand in a run before and in a run after.
    pub fn moved(&self) -> impl Iterator<Item = &str> {
        moved_keys(&self.order, &|key| self.removed.contains(key)).into_iter()
    }
    /// The same, if the parts fit together and there are any.
    fn checked(self) -> Result<Self, Cow<'static, str>> {
        match self.check() {
            Err(invalid) => Err(invalid.to_string().into()),
            Ok(()) if self.is_empty() => Err("a change that changes nothing".into()),
            Ok(()) => Ok(self),
        }
    }
    /// Whether the parts fit together. Linear.
    pub(crate) fn check(&self) -> Result<(), Invalid> {
        for entries in [&self.removed, &self.added] {
            for (key, entry) in entries {
                if entry.key() != key {
                    return Err(Invalid::Key(key.to_owned()));
                }
            }
        }
        self.shape().check()
    }
    fn shape(&self) -> Shape<'_> {
        let mut changed = Vec::with_capacity(self.changed.len());
        for (key, c) in &self.changed {
            changed.push((key, c.to(), c.delta.is_some()));
        }
        Shape::of(self.removed.key_list(), self.added.key_list(), changed, &self.order)
    }

    pub(crate) fn inverse(&self) -> Self {
        let mut changed = Vec::with_capacity(self.changed.len());
        for (key, c) in &self.changed {
            let to = c.to.is_some().then(|| key.to_owned());
            let after = c.to().unwrap_or(key).to_owned();
            changed.push((after, Changed { to, delta: c.delta.as_ref().map(T::inverse) }));
        }
        Self {
            removed: self.added.clone(),
            added: self.removed.clone(),
            changed: ByKey::of(changed),
            order: self.shape().inverse_order(),
        }
    }

    pub(crate) fn tidy(mut self) -> Option<Self> {
        self.changed = self.changed.filtered(|change| {
            change.delta = change.delta.take().and_then(T::tidy);
            change.to.is_some() || change.delta.is_some()
        });
        self.order = self.shape().tidy_order();
        self.non_empty()
    }

    pub(crate) fn visit(&self, path: &mut Path, visitor: &mut dyn VisitDelta) {
        self.visit_whole(true, path, visitor);
        for (key, changed) in &self.changed {
            path.push(Step::Entry(key.to_owned()));
            if let Some(to) = &changed.to {
                visitor.recoded(path, key, to);
            }
            if let Some(delta) = &changed.delta {
                T::visit_delta(delta, path, visitor);
            }
            path.pop();
        }
        self.visit_whole(false, path, visitor);
        let moved = moved_keys(&self.order, &|key| self.removed.contains(key));
        if !moved.is_empty() {
            visitor.moved(path, &moved);
        }
    }
    fn visit_whole(&self, gone: bool, path: &mut Path, visitor: &mut dyn VisitDelta) {
        for (key, entry) in if gone { &self.removed } else { &self.added } {
            path.push(Step::Entry(key.to_owned()));
            let shown: &dyn crate::value::Shown = &**entry;
            let (before, after) = if gone { (Some(shown), None) } else { (None, Some(shown)) };
            if visitor.entry(path, before, after) {
                entry.visit(path, &mut Leaves { visitor, gone }.each());
            }
            path.pop();
        }
    }
}

/// The keys in runs before that are not removed.
#[inline]
fn moved_keys<'a>(order: &'a [Run], removed: &dyn Fn(&str) -> bool) -> Vec<&'a str> {
    order.iter().flat_map(Run::was).map(String::as_str).filter(|key| !removed(key)).collect()
}

/// Shows the leaves of a whole entry as having come or gone.
pub(crate) struct Leaves<'a> {
    pub(crate) visitor: &'a mut dyn VisitDelta,
    pub(crate) gone: bool,
}

impl<'a> Leaves<'a> {
    #[inline]
    pub(crate) fn each(self) -> impl FnMut(&Path, &dyn crate::value::Atom) + 'a {
        move |path, atom| {
            if atom.is_absent() {
                return;
            }
            let (before, after) = if self.gone { (Some(atom), None) } else { (None, Some(atom)) };
            self.visitor.leaf(path, before, after);
        }
    }
}

/// Cuts a run at the entries that stand in it before and after in the same order. `stays` gives the key
/// after of an entry that is not removed, `stayed` says whether one is not added: one key may be two things.
fn split_run<'a>(
    run: &'a Run,
    stays: impl Fn(&'a str) -> Option<&'a str>,
    stayed: impl Fn(&str) -> bool,
    out: &mut Vec<Run>,
) {
    let positions: HashMap<&str, u32> =
        run.was.iter().enumerate().filter_map(|(i, k)| Some((stays(k)?, i as u32))).collect();
    let position = |k: &String| positions.get(k.as_str()).copied().filter(|_| stayed(k)).unwrap_or(NOWHERE);
    let sequence: Vec<u32> = run.is.iter().map(position).collect();
    let fixed = increasing(&sequence);
    let mut anchor = run.after.clone();
    let (mut was_from, mut is_from) = (0, 0);
    let ends = fixed.iter().enumerate().filter(|(_, f)| **f).map(|(j, _)| (sequence[j] as usize, j));
    for (i, j) in ends.chain([(run.was.len(), run.is.len())]) {
        let piece = Run {
            after: anchor.clone(),
            was: run.was[was_from..i].to_vec(),
            is: run.is[is_from..j].to_vec(),
        };
        if !piece.was.is_empty() || !piece.is.is_empty() {
            out.push(piece);
        }
        anchor = run.was.get(i).cloned();
        (was_from, is_from) = (i + 1, j + 1);
    }
}

// ------------------------------------------------------------------------------------------------
// Reading and schema

read_parts!(Changed<T: Value>, "what changed in one entry", {
    to: String,
    delta: T::Delta,
} => Ok(Changed { to, delta }));

read_parts!(KeyedDelta<T: Entry>, "what changed between two lists", {
    removed: ByKey<Arc<T>>,
    added: ByKey<Arc<T>>,
    changed: ByKey<Changed<T>>,
    order: Vec<Run>,
} => KeyedDelta {
    removed: removed.unwrap_or_default(),
    added: added.unwrap_or_default(),
    changed: changed.unwrap_or_default(),
    order: order.unwrap_or_default(),
}
.checked());

impl<T: Value> JsonSchema for Changed<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Changed_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        changed_schema(&crate::parts::reference::<T::Delta>(generator))
    }
}

#[inline]
fn changed_schema(delta: &Schema) -> Schema {
    schemars::json_schema!({
        "description": "What changed in one entry: its key, what is in it, or both.",
        "type": "object",
        "properties": {"to": {"type": "string"}, "delta": delta},
        "minProperties": 1,
        "additionalProperties": false,
    })
}

impl<T: Entry> JsonSchema for KeyedDelta<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("ListDelta_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = T::field_schema(generator);
        let changed = crate::parts::reference::<Changed<T>>(generator);
        delta_schema(&entry, &changed, &crate::parts::reference::<Run>(generator))
    }
}

#[inline]
fn delta_schema(entry: &Schema, changed: &Schema, run: &Schema) -> Schema {
    schemars::json_schema!({
        "description": "What changed between two lists: entries by key, and the order in runs behind unmoved entries.",
        "type": "object",
        "properties": {
            "removed": {"type": "object", "additionalProperties": entry},
            "added": {"type": "object", "additionalProperties": entry},
            "changed": {"type": "object", "additionalProperties": changed},
            "order": {"type": "array", "items": run},
        },
        "minProperties": 1,
        "additionalProperties": false,
    })
}
