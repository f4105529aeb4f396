//! The delta of a keyed list: what went, what came, what changed, and anchored runs of order.

use super::order::{NOWHERE, increasing};
use super::{ByKey, Entries, find};
use crate::problem::Message;
use crate::record::Entry;
use crate::value::{Patching, Path, Step, Value, VisitDelta};
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct KeyedDelta<T: Entry> {
    #[serde(skip_serializing_if = "ByKey::is_empty")]
    removed: ByKey<Arc<T>>,
    #[serde(skip_serializing_if = "ByKey::is_empty")]
    added: ByKey<Arc<T>>,
    #[serde(skip_serializing_if = "ByKey::is_empty")]
    changed: ByKey<Changed<T>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    order: Vec<Run>,
}

/// What changed in one entry: its key, what is in it, or both.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(bound = "")]
pub struct Changed<T: Value> {
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delta: Option<T::Delta>,
}

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
    pub(crate) fn new(after: Option<String>, was: Vec<String>, is: Vec<String>) -> Self {
        Self { after, was, is }
    }
    /// The unmoved entry (by its key before) behind which the run stands; `None`: at the head.
    #[must_use]
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }
    /// The keys that stood there.
    #[must_use]
    pub fn was(&self) -> &[String] {
        &self.was
    }
    /// The keys that stand there.
    #[must_use]
    pub fn is(&self) -> &[String] {
        &self.is
    }
}

/// Runs stand by anchor.
pub(super) fn sort_by_anchor(order: &mut [Run]) {
    order.sort_unstable_by(|x, y| x.after.cmp(&y.after));
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
    fn after_key(&self, before: &'a str) -> &'a str {
        self.changed.get(before).map_or(before, |(after, _)| after)
    }
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
    fn recoded(&self) -> HashMap<&'a str, &'a str> {
        self.changed.iter().filter(|(k, (to, _))| *k != to).map(|(k, (to, _))| (*to, *k)).collect()
    }
    /// Whether the parts fit together. Linear.
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
fn moved_keys<'a>(order: &'a [Run], removed: &dyn Fn(&str) -> bool) -> Vec<&'a str> {
    order.iter().flat_map(Run::was).map(String::as_str).filter(|key| !removed(key)).collect()
}

/// Shows the leaves of a whole entry as having come or gone.
pub(crate) struct Leaves<'a> {
    pub(crate) visitor: &'a mut dyn VisitDelta,
    pub(crate) gone: bool,
}

impl<'a> Leaves<'a> {
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
        changed_schema(&generator.subschema_for::<T::Delta>())
    }
}

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
        let changed = generator.subschema_for::<Changed<T>>();
        delta_schema(&entry, &changed, &generator.subschema_for::<Run>())
    }
}

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

// ------------------------------------------------------------------------------------------------
// Applying

/// What a change makes of a list, in positions and keys: the entries are the concern of [`patch`], so
/// that this is compiled once, not once a type.
struct Plan<'a> {
    key_at: &'a dyn Fn(usize) -> Cow<'a, str>,
    position: &'a dyn Fn(&str) -> Option<usize>,
    gone: Vec<bool>,
    /// By position: which of the renewed entries takes its place, and that one's key.
    renewed: HashMap<usize, (u32, String)>,
    /// Keys that come in, with their number among the added entries.
    arrivals: HashMap<&'a str, u32>,
}

impl<'a> Plan<'a> {
    /// A removed entry is not there, or is another one: `found`.
    fn refuse_removal(key: &str, expected: String, found: Option<String>, cx: &mut Patching) {
        let message = if found.is_some() {
            Message::new(
                "要取消的条目与变更所依据的不同",
                "the entry that is to go is not the one that the change was made from",
            )
        } else {
            Message::new("要取消的条目不在", "the entry that is to go is not there")
        };
        cx.mismatch_at(key, Some(expected), found, message);
    }
    /// Where the entry with this key is, which must be there to change.
    fn to_change(&self, key: &str, cx: &mut Patching) -> Option<usize> {
        let position = (self.position)(key);
        if position.is_none() {
            let message = Message::new("要改动的条目不在", "the entry that is to change is not there");
            cx.mismatch_at(key, None, None, message);
        }
        position
    }
    /// Puts a renewed entry in its place; answers whether it has the key that was said.
    fn renew(
        &mut self,
        i: usize,
        key: &str,
        wanted: &str,
        number: usize,
        is: &str,
        cx: &mut Patching,
    ) -> bool {
        if is == wanted {
            self.renewed.insert(i, (number as u32, is.to_owned()));
            return true;
        }
        let message = Message::new(
            "改动后的编码不是所说的",
            "the changed entry does not have the key that the change says",
        );
        cx.mismatch_at(key, Some(wanted.to_owned()), Some(is.to_owned()), message);
        false
    }
    /// Whether a key is free once the others have gone.
    fn is_free(&self, key: &str) -> bool {
        (self.position)(key)
            .is_none_or(|i| self.gone[i] || self.renewed.get(&i).is_some_and(|(_, is)| is != key))
    }
    /// Lets new keys in: those of `recoded` (key before and after) and of `added`. A key must be free by
    /// then. Answers the added ones that are refused.
    fn admit(&mut self, recoded: &[(&str, &'a str)], added: &[&'a str], cx: &mut Patching) -> Vec<usize> {
        let mut incoming: HashSet<&str> = HashSet::new();
        let mut refused = Vec::new();
        for &(key, to) in recoded {
            if let Some(i) = (self.position)(key)
                && self.renewed.contains_key(&i)
                && !(self.is_free(to) && incoming.insert(to))
            {
                let message = Message::new("新编码已被占用", "the new key is taken");
                cx.mismatch_at(key, None, Some(to.to_owned()), message);
                refused.push(i);
            }
        }
        for i in refused {
            self.renewed.remove(&i);
        }
        let mut refused = Vec::new();
        for (number, &key) in added.iter().enumerate() {
            if self.is_free(key) && incoming.insert(key) {
                self.arrivals.insert(key, number as u32);
            } else {
                refused.push(number);
            }
        }
        refused
    }
    /// Lets new keys in, and answers the entries of the changed list in order, and which were renewed.
    fn finish(
        mut self,
        added: Vec<&'a str>,
        recoded: &[(&str, &'a str)],
        order: &'a [Run],
        cell: &dyn Fn(usize) -> String,
        cx: &mut Patching,
    ) -> (Vec<u32>, HashMap<usize, (u32, String)>) {
        for number in self.admit(recoded, &added, cx) {
            let key = added[number];
            let message = Message::new("要新增的编码已存在", "the key that is to come is there already");
            cx.mismatch_at(key, None, (self.position)(key).map(cell), message);
        }
        let placed = self.placed(order, &added.into_iter().collect(), cx);
        (placed, self.renewed)
    }
    /// The key of the entry at a position, once it is renewed.
    fn key(&self, i: usize) -> Cow<'_, str> {
        match self.renewed.get(&i) {
            Some((_, key)) => Cow::Borrowed(key),
            None => (self.key_at)(i),
        }
    }
    /// The entries of the changed list, in order: positions in the list, and from its length on the
    /// numbers of added entries. One walk.
    fn placed(&mut self, order: &'a [Run], added: &HashSet<&str>, cx: &mut Patching) -> Vec<u32> {
        let n = self.gone.len();
        let mut lifted = vec![false; n];
        let mut runs: Vec<(usize, &Run)> = Vec::new();
        // Runs that do not fit: their additions go behind the anchor all the same, or to the end.
        let mut behind: HashMap<usize, Vec<&str>> = HashMap::new();
        let mut at_end: Vec<&str> = Vec::new();
        for run in order {
            // A slot is the position at which the run begins: 0 at the head.
            let slot = match run.after() {
                None => Some(0),
                Some(anchor) => (self.position)(anchor).filter(|&i| !self.gone[i]).map(|i| i + 1),
            };
            let fits = slot.is_some_and(|slot| {
                let mut keys = run.was.iter().enumerate();
                keys.all(|(k, key)| slot + k < n && (self.key_at)(slot + k) == key.as_str())
            });
            match slot {
                Some(slot) if fits => {
                    for flag in &mut lifted[slot..slot + run.was.len()] {
                        *flag = true;
                    }
                    runs.push((slot, run));
                }
                slot => {
                    let arriving = run.is.iter().map(String::as_str).filter(|k| added.contains(k));
                    match slot {
                        Some(slot) => behind.entry(slot).or_default().extend(arriving),
                        None => at_end.extend(arriving),
                    }
                    let message = Message::new(
                        "此处的次序与变更所依据的不同",
                        "the order here is not the one that the change was made from",
                    );
                    let place = run.after().unwrap_or_default();
                    cx.mismatch_at(place, Some(run.was.join("、")), None, message);
                }
            }
        }
        // Entries that leave a run that fits come back in another one, or stay if that one does not fit.
        let mut moving: HashMap<String, usize> = HashMap::new();
        for i in (0..n).filter(|&i| lifted[i] && !self.gone[i]) {
            moving.insert(self.key(i).into_owned(), i);
        }
        let arriving: HashSet<&str> =
            runs.iter().flat_map(|(_, run)| run.is.iter().map(String::as_str)).collect();
        for (key, i) in &moving {
            if !arriving.contains(key.as_str()) {
                lifted[*i] = false;
            }
        }
        runs.sort_unstable_by_key(|(slot, _)| *slot);
        let mut runs = runs.into_iter().peekable();
        let mut out: Vec<u32> = Vec::with_capacity(n + self.arrivals.len());
        let mut arrive = |key: &str| self.arrivals.remove(key).map(|number| n as u32 + number);
        for i in 0..=n {
            while let Some((_, run)) = runs.next_if(|(slot, _)| *slot == i) {
                for key in &run.is {
                    if let Some(entry) = arrive(key) {
                        out.push(entry);
                    } else if let Some(i) = moving.get(key).filter(|i| lifted[**i]) {
                        out.push(*i as u32);
                    }
                }
            }
            if let Some(keys) = behind.remove(&i) {
                out.extend(keys.into_iter().filter_map(&mut arrive));
            }
            if i < n && !self.gone[i] && !lifted[i] {
                out.push(i as u32);
            }
        }
        out.extend(at_end.into_iter().filter_map(arrive));
        out
    }
}

/// Takes out what is removed.
fn take_out<T: Entry, L: Entries<T>>(
    list: &L,
    delta: &KeyedDelta<T>,
    plan: &mut Plan<'_>,
    cx: &mut Patching,
) {
    for (key, entry) in &delta.removed {
        let found = (plan.position)(key);
        match found {
            Some(i) if *list.at(i) == **entry => plan.gone[i] = true,
            found => {
                let found = found.map(|i| list.at(i).to_cell().into_owned());
                Plan::refuse_removal(key, entry.to_cell().into_owned(), found, cx);
            }
        }
    }
}

/// Makes changed entries anew; answers the keys that change.
fn renew<'a, T: Entry, L: Entries<T>>(
    list: &L,
    delta: &'a KeyedDelta<T>,
    plan: &mut Plan<'_>,
    fresh: &mut Vec<Arc<T>>,
    cx: &mut Patching,
) -> Vec<(&'a str, &'a str)> {
    let mut recoded = Vec::new();
    for (key, changed) in &delta.changed {
        let Some(i) = plan.to_change(key, cx) else { continue };
        let before = list.at(i);
        cx.path.push(Step::Entry(key.to_owned()));
        let after = match &changed.delta {
            Some(delta) => before.patch(delta, cx),
            None => before.clone(),
        };
        cx.path.pop();
        if plan.renew(i, key, changed.to().unwrap_or(key), fresh.len(), &after.key(), cx) {
            fresh.push(Arc::new(after));
        }
        if let Some(to) = changed.to() {
            recoded.push((key, to));
        }
    }
    recoded
}

/// The list with the change made, as far as it fits: one walk; mismatches are said in `cx`.
pub(crate) fn patch<T: Entry, L: Entries<T>>(list: &L, delta: &KeyedDelta<T>, cx: &mut Patching) -> L {
    let n = list.count();
    let mut fresh: Vec<Arc<T>> = Vec::new();
    let (placed, renewed) = list.with_index(|index| {
        let position = |key: &str| find(list, index, key);
        let mut plan = Plan {
            key_at: &|i| list.at(i).key(),
            position: &position,
            gone: vec![false; n],
            renewed: HashMap::new(),
            arrivals: HashMap::new(),
        };
        take_out(list, delta, &mut plan, cx);
        let recoded = renew(list, delta, &mut plan, &mut fresh, cx);
        let cell = |i: usize| list.at(i).to_cell().into_owned();
        plan.finish(delta.added.key_list(), &recoded, &delta.order, &cell, cx)
    });
    let mut out = Vec::with_capacity(placed.len());
    for at in placed {
        let i = at as usize;
        out.push(if i >= n {
            (Arc::clone(delta.added.value_at(i - n)), None)
        } else if let Some((number, _)) = renewed.get(&i) {
            (Arc::clone(&fresh[*number as usize]), None)
        } else {
            let handle = list.handle(i);
            let print = list.print_of(i, &handle);
            (handle, print)
        });
    }
    L::from_handles(out)
}

// ------------------------------------------------------------------------------------------------
// Composing

/// Names of entries along a chain of two changes. An entry that stands in the middle list is known by
/// its key there; one that does not is known to one change alone.
#[derive(Default)]
struct Chain<'a> {
    middle: HashMap<&'a str, u32>,
    first: Vec<Option<&'a str>>,
    last: Vec<Option<&'a str>>,
}

impl<'a> Chain<'a> {
    fn alone(&mut self) -> u32 {
        self.first.push(None);
        self.last.push(None);
        self.first.len() as u32 - 1
    }
    fn of(&mut self, middle: &'a str) -> u32 {
        if let Some(&token) = self.middle.get(middle) {
            return token;
        }
        let token = self.alone();
        self.middle.insert(middle, token);
        // An entry that a change does not speak of keeps its key.
        self.first[token as usize] = Some(middle);
        self.last[token as usize] = Some(middle);
        token
    }
}

/// A run in tokens; the head is `NOWHERE`.
type Runs = BTreeMap<u32, (Vec<u32>, Vec<u32>)>;

/// Two changes of a list as one. Needs no list; says in `cx` where the second does not begin where the
/// first ends.
pub(crate) fn then<T: Entry>(
    d1: &KeyedDelta<T>,
    d2: &KeyedDelta<T>,
    cx: &mut Patching,
) -> Option<KeyedDelta<T>> {
    let known = cx.count();
    let entries = then_entries(d1, d2, cx);
    let order = then_order(&d1.shape(), &d2.shape());
    let (Some((removed, added, changed)), Some(order), true) = (entries, order, known == cx.count()) else {
        if known == cx.count() {
            orders_part(cx);
        }
        return None;
    };
    let delta = KeyedDelta {
        removed: ByKey::of(removed),
        added: ByKey::of(added),
        changed: ByKey::of(changed),
        order,
    };
    if let Err(invalid) = delta.check() {
        changes_part(&invalid, cx);
        return None;
    }
    delta.tidy()
}

fn orders_part(cx: &mut Patching) {
    let message = Message::new("两次变更的次序不相衔接", "the orders of the two changes do not join");
    cx.mismatch(None, None, message);
}

fn changes_part(invalid: &Invalid, cx: &mut Patching) {
    let message = Message::new(
        format!("两次变更不相衔接：{invalid}"),
        format!("the two changes do not join: {invalid}"),
    );
    cx.mismatch(None, None, message);
}

/// The entries of two changes, by their position among what is removed, added or changed; and what both
/// changes together make of them. Where one follows the other is found by keys alone, once for all types.
trait Joining<'a> {
    fn keys(&self, of: Of) -> Vec<&'a str>;
    fn find(&self, of: Of, key: &str) -> Option<usize>;
    /// The new key of a changed entry, if it changed.
    fn to(&self, of: Of, i: usize) -> Option<&'a str>;
    /// Takes over what one change says alone.
    fn keep(&mut self, of: Of, i: usize);
    /// How the entry that the first change adds and the one that the second removes differ.
    fn differ(&self, added: usize, removed: usize) -> Option<(String, String)>;
    /// Added, then changed.
    fn add(&mut self, added: usize, change: usize, cx: &mut Patching);
    /// Changed, then removed.
    fn remove(&mut self, change: usize, removed: usize, cx: &mut Patching);
    /// Changed, then changed.
    fn change(&mut self, first: usize, second: Option<usize>, to: Option<&str>, cx: &mut Patching);
    /// The keys of what is added by both together.
    fn come(&self) -> Vec<&str>;
}

/// A part of the first or the second of two changes.
#[derive(Clone, Copy)]
enum Of {
    Removed1,
    Added1,
    Changed1,
    Removed2,
    Added2,
    Changed2,
}

type Parts<T> = (Vec<(String, Arc<T>)>, Vec<(String, Arc<T>)>, Vec<(String, Changed<T>)>);

struct Joined<'a, T: Entry> {
    first: &'a KeyedDelta<T>,
    second: &'a KeyedDelta<T>,
    parts: Parts<T>,
}

impl<'a, T: Entry> Joined<'a, T> {
    /// The change that a part is of.
    fn of(&self, of: Of) -> &'a KeyedDelta<T> {
        match of {
            Of::Removed1 | Of::Added1 | Of::Changed1 => self.first,
            Of::Removed2 | Of::Added2 | Of::Changed2 => self.second,
        }
    }
}

impl<'a, T: Entry> Joining<'a> for Joined<'a, T> {
    fn keys(&self, of: Of) -> Vec<&'a str> {
        let delta = self.of(of);
        match of {
            Of::Removed1 | Of::Removed2 => delta.removed.key_list(),
            Of::Added1 | Of::Added2 => delta.added.key_list(),
            Of::Changed1 | Of::Changed2 => delta.changed.key_list(),
        }
    }
    fn find(&self, of: Of, key: &str) -> Option<usize> {
        let delta = self.of(of);
        match of {
            Of::Removed1 | Of::Removed2 => delta.removed.position(key),
            Of::Added1 | Of::Added2 => delta.added.position(key),
            Of::Changed1 | Of::Changed2 => delta.changed.position(key),
        }
    }
    fn to(&self, of: Of, i: usize) -> Option<&'a str> {
        self.of(of).changed.value_at(i).to()
    }
    fn keep(&mut self, of: Of, i: usize) {
        let delta = self.of(of);
        let (removed, added, changed) = &mut self.parts;
        match of {
            Of::Removed1 | Of::Removed2 => removed.push(delta.removed.pair_at(i).clone()),
            Of::Added1 | Of::Added2 => added.push(delta.added.pair_at(i).clone()),
            Of::Changed1 | Of::Changed2 => changed.push(delta.changed.pair_at(i).clone()),
        }
    }
    fn differ(&self, added: usize, removed: usize) -> Option<(String, String)> {
        let (come, gone) = (self.first.added.value_at(added), self.second.removed.value_at(removed));
        (gone != come).then(|| (gone.to_cell().into_owned(), come.to_cell().into_owned()))
    }
    fn add(&mut self, added: usize, change: usize, cx: &mut Patching) {
        let (key, entry) = self.first.added.pair_at(added);
        let change = self.second.changed.value_at(change);
        let after = match &change.delta {
            Some(delta) => Arc::new(entry.patch(delta, cx)),
            None => Arc::clone(entry),
        };
        self.parts.1.push((change.to().unwrap_or(key).to_owned(), after));
    }
    fn remove(&mut self, change: usize, removed: usize, cx: &mut Patching) {
        let (key, change) = self.first.changed.pair_at(change);
        let gone = self.second.removed.value_at(removed);
        let before = match &change.delta {
            Some(delta) => Arc::new(gone.patch(&T::inverse(delta), cx)),
            None => Arc::clone(gone),
        };
        self.parts.0.push((key.clone(), before));
    }
    fn change(&mut self, first: usize, second: Option<usize>, to: Option<&str>, cx: &mut Patching) {
        let (key, first) = self.first.changed.pair_at(first);
        let second = second.and_then(|i| self.second.changed.value_at(i).delta());
        let delta = match (&first.delta, second) {
            (Some(x), Some(y)) => T::then(x, y, cx),
            (one, None) => one.clone(),
            (None, other) => other.cloned(),
        };
        if to.is_some() || delta.is_some() {
            self.parts.2.push((key.clone(), Changed { to: to.map(str::to_owned), delta }));
        }
    }
    fn come(&self) -> Vec<&str> {
        let mut keys = Vec::with_capacity(self.parts.1.len());
        for (key, _) in &self.parts.1 {
            keys.push(key.as_str());
        }
        keys
    }
}

fn then_entries<T: Entry>(
    first: &KeyedDelta<T>,
    second: &KeyedDelta<T>,
    cx: &mut Patching,
) -> Option<Parts<T>> {
    let mut joined = Joined { first, second, parts: Default::default() };
    join(&mut joined, cx).then_some(joined.parts)
}

/// Joins two changes entry by entry; answers whether they fit.
fn join(joining: &mut dyn Joining<'_>, cx: &mut Patching) -> bool {
    for (i, _) in joining.keys(Of::Removed1).iter().enumerate() {
        joining.keep(Of::Removed1, i);
    }
    let mut spoken: HashSet<&str> = HashSet::new();
    let known = cx.count();
    for (i, key) in joining.keys(Of::Added1).into_iter().enumerate() {
        spoken.insert(key);
        if let Some(gone) = joining.find(Of::Removed2, key) {
            if let Some((expected, found)) = joining.differ(i, gone) {
                cx.mismatch_at(key, Some(expected), Some(found), Message::apart());
            }
            continue;
        }
        match joining.find(Of::Changed2, key) {
            Some(change) => {
                cx.path.push(Step::Entry(key.to_owned()));
                joining.add(i, change, cx);
                cx.path.pop();
            }
            None => joining.keep(Of::Added1, i),
        }
    }
    for (i, key) in joining.keys(Of::Changed1).into_iter().enumerate() {
        let middle = joining.to(Of::Changed1, i).unwrap_or(key);
        spoken.insert(middle);
        cx.path.push(Step::Entry(key.to_owned()));
        if let Some(gone) = joining.find(Of::Removed2, middle) {
            joining.remove(i, gone, cx);
        } else {
            let second = joining.find(Of::Changed2, middle);
            let to = second.and_then(|j| joining.to(Of::Changed2, j)).unwrap_or(middle);
            joining.change(i, second, (to != key).then_some(to), cx);
        }
        cx.path.pop();
    }
    // What the second change says of entries that the first does not speak of.
    for of in [Of::Removed2, Of::Changed2] {
        for (i, key) in joining.keys(of).into_iter().enumerate() {
            if spoken.contains(key) {
                continue;
            }
            let recoded = joining.find(Of::Changed1, key).and_then(|j| joining.to(Of::Changed1, j));
            if recoded.is_some() || joining.find(Of::Removed1, key).is_some() {
                cx.mismatch_at(key, None, None, Message::apart());
            }
            joining.keep(of, i);
        }
    }
    for (i, _) in joining.keys(Of::Added2).iter().enumerate() {
        joining.keep(Of::Added2, i);
    }
    // A list that the second change can be made from has each key once.
    let mut come: HashSet<&str> = HashSet::new();
    for key in joining.come() {
        if !come.insert(key) {
            cx.mismatch_at(key, None, None, Message::apart());
        }
    }
    known == cx.count()
}

/// The runs of a delta in tokens, and which tokens its runs name.
fn runs_in_tokens<'a>(
    delta: &Shape<'a>,
    mut before: impl FnMut(&'a str) -> u32,
    mut after: impl FnMut(&'a str) -> u32,
) -> Runs {
    delta
        .order
        .iter()
        .map(|run| {
            let anchor = run.after().map_or(NOWHERE, &mut before);
            let was = run.was.iter().map(|k| before(k)).collect();
            let is = run.is.iter().map(|k| after(k)).collect();
            (anchor, (was, is))
        })
        .collect()
}

/// `None` where the two orders contradict each other.
fn then_order(d1: &Shape<'_>, d2: &Shape<'_>) -> Option<Vec<Run>> {
    let mut chain = Chain::default();
    let mut only_first: HashMap<&str, u32> = HashMap::new();
    for &key in &d1.removed {
        let token = chain.alone();
        chain.first[token as usize] = Some(key);
        only_first.insert(key, token);
    }
    for key in &d1.added {
        let token = chain.of(key);
        chain.first[token as usize] = None;
    }
    for (key, (to, _)) in &d1.changed {
        let token = chain.of(to);
        chain.first[token as usize] = Some(key);
    }
    let mut only_last: HashMap<&str, u32> = HashMap::new();
    for key in &d2.removed {
        let token = chain.of(key);
        chain.last[token as usize] = None;
    }
    for (key, (to, _)) in &d2.changed {
        let token = chain.of(key);
        chain.last[token as usize] = Some(to);
    }
    for &key in &d2.added {
        let token = chain.alone();
        chain.last[token as usize] = Some(key);
        only_last.insert(key, token);
    }
    let recoded = d2.recoded();
    let mut chain_cell = std::cell::RefCell::new(chain);
    let runs1 = runs_in_tokens(
        d1,
        |k| match only_first.get(k) {
            Some(&token) => token,
            None => chain_cell.borrow_mut().of(d1.after_key(k)),
        },
        |k| chain_cell.borrow_mut().of(k),
    );
    let runs2 = runs_in_tokens(
        d2,
        |k| chain_cell.borrow_mut().of(k),
        |k| match only_last.get(k) {
            Some(&token) => token,
            None => chain_cell.borrow_mut().of(recoded.get(k).copied().unwrap_or(k)),
        },
    );
    let chain = chain_cell.get_mut();
    let composed = compose(&runs1, &runs2, chain.first.len())?;
    let mut order = Vec::new();
    for (anchor, (was, is)) in composed {
        let names = |tokens: &[u32], side: &[Option<&str>]| {
            tokens.iter().map(|&t| side[t as usize].map(str::to_owned)).collect::<Option<Vec<_>>>()
        };
        let after = if anchor == NOWHERE { None } else { Some(chain.first[anchor as usize]?.to_owned()) };
        order.push(Run { after, was: names(&was, &chain.first)?, is: names(&is, &chain.last)? });
    }
    sort_by_anchor(&mut order);
    Some(order)
}

/// Anchored runs of two changes as one, without the lists: between two anchors that neither change
/// moves, the middle list is walked along both changes' runs.
fn compose(runs1: &Runs, runs2: &Runs, tokens: usize) -> Option<Runs> {
    // Where a token stands in the middle list's runs: anchor and place.
    let mut middle1: HashMap<u32, (u32, usize)> = HashMap::new();
    let mut middle2: HashMap<u32, (u32, usize)> = HashMap::new();
    for (&anchor, (_, is)) in runs1 {
        middle1.extend(is.iter().enumerate().map(|(i, &t)| (t, (anchor, i))));
    }
    for (&anchor, (was, _)) in runs2 {
        middle2.extend(was.iter().enumerate().map(|(i, &t)| (t, (anchor, i))));
    }
    let empty = (Vec::new(), Vec::new());
    let run1 = |anchor: u32| runs1.get(&anchor).unwrap_or(&empty);
    let run2 = |anchor: u32| runs2.get(&anchor).unwrap_or(&empty);
    // The entry behind `at` in the middle list, if the other change moves it.
    let next2 = |at: u32| match middle2.get(&at) {
        Some(&(anchor, i)) => run2(anchor).0.get(i + 1).copied(),
        None => run2(at).0.first().copied(),
    };
    let next1 = |at: u32| match middle1.get(&at) {
        Some(&(anchor, i)) => run1(anchor).1.get(i + 1).copied(),
        None => run1(at).1.first().copied(),
    };
    let walk = |start: u32, first: bool| -> Option<Vec<u32>> {
        let mut out = Vec::new();
        let mut at = start;
        for _ in 0..=tokens {
            let (mine, inner) = if first { (&run1(at).0, &run1(at).1) } else { (&run2(at).1, &run2(at).0) };
            out.extend(mine);
            let end = inner.last().copied().unwrap_or(at);
            match if first { next2(end) } else { next1(end) } {
                None => return Some(out),
                Some(next) => {
                    out.push(next);
                    at = next;
                }
            }
        }
        None
    };
    let fixed_before = |anchor: u32| -> Option<u32> {
        let mut at = anchor;
        for _ in 0..=tokens {
            if at == NOWHERE {
                return Some(at);
            }
            at = match (middle2.get(&at), middle1.get(&at)) {
                (Some(&(anchor, _)), _) | (None, Some(&(anchor, _))) => anchor,
                (None, None) => return Some(at),
            };
        }
        None
    };
    let mut out = Runs::new();
    for &anchor in runs1.keys().chain(runs2.keys()) {
        let start = fixed_before(anchor)?;
        if out.contains_key(&start) {
            continue;
        }
        let (was, is) = (walk(start, true)?, walk(start, false)?);
        out.insert(start, (was, is));
    }
    out.retain(|_, (was, is)| was != is);
    Some(out)
}
