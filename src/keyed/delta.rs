//! The delta of a keyed list: what went, what came, what changed, and anchored runs of order.

use super::order::{NOWHERE, increasing};
use super::{Entries, find};
use crate::problem::Message;
use crate::record::Entry;
use crate::value::{Patching, Path, Step, Value, VisitDelta};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// What changed between two lists of keyed entries.
///
/// Removed and added entries are held whole, so that the delta inverts. Read from outside, its
/// invariant is checked in linear time: each removed key stands in one run's `was`, each added key in
/// one run's `is`, a moved entry in one of each; an anchor stands in no run.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct KeyedDelta<T: Entry> {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    removed: BTreeMap<String, Arc<T>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    added: BTreeMap<String, Arc<T>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    changed: BTreeMap<String, Changed<T>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    order: Vec<Run>,
}

/// What changed in one entry: its key, what is in it, or both.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Changed<T: Value> {
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "present")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "present")]
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
struct Shape<'a> {
    removed: HashSet<&'a str>,
    added: HashSet<&'a str>,
    /// By key before: the key after, and whether anything changed at all.
    changed: BTreeMap<&'a str, (&'a str, bool)>,
    order: &'a [Run],
}

impl<'a> Shape<'a> {
    fn after_key(&self, before: &'a str) -> &'a str {
        self.changed.get(before).map_or(before, |(after, _)| after)
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
        removed: BTreeMap<String, Arc<T>>,
        added: BTreeMap<String, Arc<T>>,
        changed: BTreeMap<String, Changed<T>>,
        order: Vec<Run>,
    ) -> Option<Self> {
        let delta = Self { removed, added, changed, order };
        debug_assert_eq!(delta.check(), Ok(()));
        (!delta.is_empty()).then_some(delta)
    }
    fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty() && self.changed.is_empty() && self.order.is_empty()
    }
    /// Removed entries by key.
    #[must_use]
    pub fn removed(&self) -> &BTreeMap<String, Arc<T>> {
        &self.removed
    }
    /// Added entries by key.
    #[must_use]
    pub fn added(&self) -> &BTreeMap<String, Arc<T>> {
        &self.added
    }
    /// Changed entries by their key before.
    #[must_use]
    pub fn changed(&self) -> &BTreeMap<String, Changed<T>> {
        &self.changed
    }
    /// The runs, by anchor.
    #[must_use]
    pub fn order(&self) -> &[Run] {
        &self.order
    }
    /// The keys (before) of entries that moved: that stand in a run before and in a run after.
    pub fn moved(&self) -> impl Iterator<Item = &str> {
        self.order.iter().flat_map(Run::was).map(String::as_str).filter(|k| !self.removed.contains_key(*k))
    }
    fn after_key<'a>(&'a self, before: &'a str) -> &'a str {
        self.changed.get(before).and_then(Changed::to).unwrap_or(before)
    }
    /// Whether the parts fit together. Linear.
    pub(crate) fn check(&self) -> Result<(), Invalid> {
        let own = |map: &BTreeMap<String, Arc<T>>| {
            map.iter()
                .find(|(k, v)| v.key() != k.as_str())
                .map_or(Ok(()), |(k, _)| Err(Invalid::Key(k.clone())))
        };
        own(&self.removed)?;
        own(&self.added)?;
        self.shape().check()
    }
    fn shape(&self) -> Shape<'_> {
        let mut changed = BTreeMap::new();
        for (key, c) in &self.changed {
            let says_something = (c.to.is_some() || c.delta.is_some()) && c.to() != Some(key);
            changed.insert(key.as_str(), (c.to().unwrap_or(key), says_something));
        }
        Shape {
            removed: self.removed.keys().map(String::as_str).collect(),
            added: self.added.keys().map(String::as_str).collect(),
            changed,
            order: &self.order,
        }
    }

    pub(crate) fn inverse(&self) -> Self {
        let changed = self.changed.iter().map(|(key, changed)| {
            let to = changed.to.is_some().then(|| key.clone());
            let delta = changed.delta.as_ref().map(T::inverse);
            (self.after_key(key).to_owned(), Changed { to, delta })
        });
        let order = self.order.iter().map(|run| Run {
            after: run.after().map(|a| self.after_key(a).to_owned()),
            was: run.is.clone(),
            is: run.was.clone(),
        });
        let mut order: Vec<Run> = order.collect();
        sort_by_anchor(&mut order);
        Self { removed: self.added.clone(), added: self.removed.clone(), changed: changed.collect(), order }
    }

    pub(crate) fn tidy(mut self) -> Option<Self> {
        self.changed = std::mem::take(&mut self.changed)
            .into_iter()
            .map(|(key, Changed { to, delta })| (key, Changed { to, delta: delta.and_then(T::tidy) }))
            .collect();
        // What stands in one run before and after, in the same order, has not moved.
        let mut order = Vec::new();
        for run in &self.order {
            split_run(
                run,
                |key| (!self.removed.contains_key(key)).then(|| self.after_key(key)),
                |key| !self.added.contains_key(key),
                &mut order,
            );
        }
        sort_by_anchor(&mut order);
        self.order = order;
        self.changed.retain(|_, c| c.to.is_some() || c.delta.is_some());
        (!self.is_empty()).then_some(self)
    }

    pub(crate) fn visit(&self, path: &mut Path, visitor: &mut dyn VisitDelta) {
        for (key, entry) in &self.removed {
            path.push(Step::Entry(key.clone()));
            if visitor.entry(path, Some(&**entry), None) {
                entry.visit(path, &mut Leaves { visitor, gone: true }.each());
            }
            path.pop();
        }
        for (key, changed) in &self.changed {
            path.push(Step::Entry(key.clone()));
            if let Some(to) = &changed.to {
                visitor.recoded(path, key, to);
            }
            if let Some(delta) = &changed.delta {
                T::visit_delta(delta, path, visitor);
            }
            path.pop();
        }
        for (key, entry) in &self.added {
            path.push(Step::Entry(key.clone()));
            if visitor.entry(path, None, Some(&**entry)) {
                entry.visit(path, &mut Leaves { visitor, gone: false }.each());
            }
            path.pop();
        }
        let moved: Vec<&str> = self.moved().collect();
        if !moved.is_empty() {
            visitor.moved(path, &moved);
        }
    }
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
struct Read<T: Entry> {
    #[serde(default)]
    removed: BTreeMap<String, Arc<T>>,
    #[serde(default)]
    added: BTreeMap<String, Arc<T>>,
    #[serde(default)]
    changed: BTreeMap<String, Changed<T>>,
    #[serde(default)]
    order: Vec<Run>,
}

impl<'de, T: Entry> Deserialize<'de> for KeyedDelta<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Read { removed, added, changed, order } = Read::deserialize(deserializer)?;
        let delta = Self { removed, added, changed, order };
        delta.check().map_err(serde::de::Error::custom)?;
        if delta.is_empty() {
            return Err(serde::de::Error::custom("a change that changes nothing"));
        }
        Ok(delta)
    }
}

impl<T: Value> JsonSchema for Changed<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Changed_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let delta = generator.subschema_for::<T::Delta>();
        schemars::json_schema!({
            "description": "What changed in one entry: its key, what is in it, or both.",
            "type": "object",
            "properties": {"to": {"type": "string"}, "delta": delta},
            "minProperties": 1,
            "additionalProperties": false,
        })
    }
}

impl<T: Entry> JsonSchema for KeyedDelta<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("ListDelta_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = T::field_schema(generator);
        let changed = generator.subschema_for::<Changed<T>>();
        let run = generator.subschema_for::<Run>();
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
}

// ------------------------------------------------------------------------------------------------
// Applying

fn not_there() -> Message {
    Message::new("要改动的条目不在", "the entry that is to change is not there")
}

/// The list with the change made, as far as it fits: one walk; mismatches are said in `cx`.
pub(crate) fn patch<T: Entry, L: Entries<T>>(list: &L, delta: &KeyedDelta<T>, cx: &mut Patching) -> L {
    let n = list.count();
    let (mut gone, mut lifted) = (vec![false; n], vec![false; n]);
    let mut renewed: HashMap<usize, Arc<T>> = HashMap::new();
    let mut arrivals: BTreeMap<&str, Arc<T>> = BTreeMap::new();
    let mut runs: Vec<(usize, &Run)> = Vec::new();
    // Runs that do not fit: their additions go behind the anchor all the same, or to the end.
    let mut behind: HashMap<usize, Vec<&str>> = HashMap::new();
    let mut at_end: Vec<&str> = Vec::new();
    list.with_index(|index| {
        let position = |key: &str| find(list, index, key);
        for (key, entry) in &delta.removed {
            match position(key) {
                Some(i) if *list.at(i) == **entry => gone[i] = true,
                found => cx.within(Step::Entry(key.clone()), |cx| {
                    let message = if found.is_some() {
                        Message::new(
                            "要取消的条目与变更所依据的不同",
                            "the entry that is to go is not the one that the change was made from",
                        )
                    } else {
                        Message::new("要取消的条目不在", "the entry that is to go is not there")
                    };
                    cx.mismatch(
                        Some(entry.to_cell().into_owned()),
                        found.map(|i| list.at(i).to_cell().into_owned()),
                        message,
                    );
                }),
            }
        }
        for (key, changed) in &delta.changed {
            cx.within(Step::Entry(key.clone()), |cx| {
                let Some(i) = position(key) else {
                    cx.mismatch(None, None, not_there());
                    return;
                };
                let before = list.at(i);
                let after = changed.delta.as_ref().map_or_else(|| before.clone(), |d| before.patch(d, cx));
                let wanted = changed.to.as_deref().unwrap_or(key);
                if after.key() == wanted {
                    renewed.insert(i, Arc::new(after));
                } else {
                    cx.mismatch(
                        Some(wanted.to_owned()),
                        Some(after.key().into_owned()),
                        Message::new(
                            "改动后的编码不是所说的",
                            "the changed entry does not have the key that the change says",
                        ),
                    );
                }
            });
        }
        // A key that comes in must be free by then.
        let mut incoming: HashSet<&str> = HashSet::new();
        let is_free = |key: &str, gone: &[bool], renewed: &HashMap<usize, Arc<T>>| {
            position(key).is_none_or(|i| gone[i] || renewed.get(&i).is_some_and(|entry| entry.key() != key))
        };
        let mut refused = Vec::new();
        for (key, changed) in &delta.changed {
            if let (Some(to), Some(i)) = (&changed.to, position(key))
                && renewed.contains_key(&i)
                && !(is_free(to, &gone, &renewed) && incoming.insert(to))
            {
                cx.within(Step::Entry(key.clone()), |cx| {
                    cx.mismatch(
                        None,
                        Some(to.clone()),
                        Message::new("新编码已被占用", "the new key is taken"),
                    );
                });
                refused.push(i);
            }
        }
        for i in refused {
            renewed.remove(&i);
        }
        for (key, entry) in &delta.added {
            if is_free(key, &gone, &renewed) && incoming.insert(key) {
                arrivals.insert(key, Arc::clone(entry));
            } else {
                cx.within(Step::Entry(key.clone()), |cx| {
                    let found = position(key).map(|i| list.at(i).to_cell().into_owned());
                    cx.mismatch(
                        None,
                        found,
                        Message::new("要新增的编码已存在", "the key that is to come is there already"),
                    );
                });
            }
        }
        for run in &delta.order {
            // A slot is the position at which the run begins: 0 at the head.
            let slot = match run.after() {
                None => Some(0),
                Some(anchor) => position(anchor).filter(|&i| !gone[i]).map(|i| i + 1),
            };
            let fits = slot.is_some_and(|slot| {
                run.was
                    .iter()
                    .enumerate()
                    .all(|(k, key)| slot + k < n && list.at(slot + k).key() == key.as_str())
            });
            match slot {
                Some(slot) if fits => {
                    for flag in &mut lifted[slot..slot + run.was.len()] {
                        *flag = true;
                    }
                    runs.push((slot, run));
                }
                slot => {
                    let arriving = run.is.iter().map(String::as_str).filter(|k| delta.added.contains_key(*k));
                    match slot {
                        Some(slot) => behind.entry(slot).or_default().extend(arriving),
                        None => at_end.extend(arriving),
                    }
                    let expected = run.was.join("、");
                    let place = run.after.clone().unwrap_or_default();
                    cx.within(Step::Entry(place), |cx| {
                        cx.mismatch(
                            Some(expected),
                            None,
                            Message::new(
                                "此处的次序与变更所依据的不同",
                                "the order here is not the one that the change was made from",
                            ),
                        );
                    });
                }
            }
        }
    });
    // Entries that leave a run that fits come back in another one, or stay if that one does not fit.
    let entry_at = |i: usize| {
        if let Some(entry) = renewed.get(&i) {
            return (Arc::clone(entry), None);
        }
        let handle = list.handle(i);
        let print = list.print_of(i, &handle);
        (handle, print)
    };
    let mut moving: HashMap<String, usize> = HashMap::new();
    for i in (0..n).filter(|&i| lifted[i] && !gone[i]) {
        moving.insert(entry_at(i).0.key().into_owned(), i);
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
    let mut out = Vec::with_capacity(n + arrivals.len());
    for i in 0..=n {
        while let Some((_, run)) = runs.next_if(|(slot, _)| *slot == i) {
            for key in &run.is {
                if let Some(entry) = arrivals.remove(key.as_str()) {
                    out.push((entry, None));
                } else if let Some(i) = moving.get(key).filter(|i| lifted[**i]) {
                    out.push(entry_at(*i));
                }
            }
        }
        for key in behind.remove(&i).unwrap_or_default() {
            out.extend(arrivals.remove(key).map(|entry| (entry, None)));
        }
        if i < n && !gone[i] && !lifted[i] {
            out.push(entry_at(i));
        }
    }
    for key in at_end {
        out.extend(arrivals.remove(key).map(|entry| (entry, None)));
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
            cx.mismatch(
                None,
                None,
                Message::new("两次变更的次序不相衔接", "the orders of the two changes do not join"),
            );
        }
        return None;
    };
    let delta = KeyedDelta { removed, added, changed, order };
    if let Err(invalid) = delta.check() {
        cx.mismatch(
            None,
            None,
            Message::new(
                format!("两次变更不相衔接：{invalid}"),
                format!("the two changes do not join: {invalid}"),
            ),
        );
        return None;
    }
    delta.tidy()
}

type Parts<T> = (BTreeMap<String, Arc<T>>, BTreeMap<String, Arc<T>>, BTreeMap<String, Changed<T>>);

fn then_entries<T: Entry>(d1: &KeyedDelta<T>, d2: &KeyedDelta<T>, cx: &mut Patching) -> Option<Parts<T>> {
    let (mut removed, mut added, mut changed) = (d1.removed.clone(), BTreeMap::new(), BTreeMap::new());
    let apart = || Message::new("两次变更不相衔接", "the second change does not begin where the first ends");
    let mut spoken: BTreeSet<&str> = BTreeSet::new();
    let known = cx.count();
    for (key, entry) in &d1.added {
        spoken.insert(key);
        cx.within(Step::Entry(key.clone()), |cx| {
            if let Some(gone) = d2.removed.get(key) {
                if gone != entry {
                    cx.mismatch(
                        Some(gone.to_cell().into_owned()),
                        Some(entry.to_cell().into_owned()),
                        apart(),
                    );
                }
            } else if let Some(c) = d2.changed.get(key) {
                let after = c.delta.as_ref().map_or_else(|| T::clone(entry), |d| entry.patch(d, cx));
                added.insert(c.to.clone().unwrap_or_else(|| key.clone()), Arc::new(after));
            } else {
                added.insert(key.clone(), Arc::clone(entry));
            }
        });
    }
    for (key, c1) in &d1.changed {
        let middle = c1.to().unwrap_or(key);
        spoken.insert(middle);
        cx.within(Step::Entry(key.clone()), |cx| {
            if let Some(gone) = d2.removed.get(middle) {
                let before =
                    c1.delta.as_ref().map_or_else(|| T::clone(gone), |d| gone.patch(&T::inverse(d), cx));
                removed.insert(key.clone(), Arc::new(before));
                return;
            }
            let c2 = d2.changed.get(middle);
            let to = c2.and_then(Changed::to).unwrap_or(middle);
            let delta = match (&c1.delta, c2.and_then(|c| c.delta.as_ref())) {
                (Some(x), Some(y)) => T::then(x, y, cx),
                (one, None) => one.clone(),
                (None, other) => other.cloned(),
            };
            let to = (to != key).then(|| to.to_owned());
            if to.is_some() || delta.is_some() {
                changed.insert(key.clone(), Changed { to, delta });
            }
        });
    }
    // What the second change says of entries that the first does not speak of.
    let absent =
        |key: &str| d1.removed.contains_key(key) || d1.changed.get(key).is_some_and(|c| c.to.is_some());
    for (key, entry) in d2.removed.iter().filter(|(k, _)| !spoken.contains(k.as_str())) {
        if absent(key) {
            cx.within(Step::Entry(key.clone()), |cx| cx.mismatch(None, None, apart()));
        } else {
            removed.insert(key.clone(), Arc::clone(entry));
        }
    }
    for (key, c) in d2.changed.iter().filter(|(k, _)| !spoken.contains(k.as_str())) {
        if absent(key) {
            cx.within(Step::Entry(key.clone()), |cx| cx.mismatch(None, None, apart()));
        } else {
            changed.insert(key.clone(), c.clone());
        }
    }
    for (key, entry) in &d2.added {
        if added.insert(key.clone(), Arc::clone(entry)).is_some() {
            cx.within(Step::Entry(key.clone()), |cx| cx.mismatch(None, None, apart()));
        }
    }
    (known == cx.count()).then_some((removed, added, changed))
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
