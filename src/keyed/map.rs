//! Values by text, without an order of their own.

use super::ByKey;
use super::delta::present;
use crate::pairs::Pairs;
use crate::problem::Message;
use crate::sorting::Sorting as _;
use crate::value::{
    Atom, Cell, Choice, Clash, ClashKind, Held, Merging, Outcome, Patching, Path, Ruling, Settling, Shown,
    Side, Step, Value, VisitDelta,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// Values by text, sorted: the columns of an item that are no fields, by header.
///
/// An absent value is not held: to set one takes the key out, so that a map has one way to be empty.
///
/// ```
/// use qingdan::{Map, Text};
/// let mut extra = Map::new();
/// extra.set("备注列", Text::from("试点"));
/// assert_eq!(extra.get("备注列").map(Text::as_str), Some("试点"));
/// extra.set("备注列", Text::from(""));
/// assert!(extra.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Map<T> {
    // Few keys an item: a sorted slice is smaller and faster than a tree.
    entries: Box<[(crate::Text, T)]>,
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self { entries: Box::default() }
    }
}

impl<T> Map<T> {
    /// A map of nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.find(key).ok().map(|i| &self.entries[i].1)
    }
    /// The entries by key.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &T)> + ExactSizeIterator {
        self.entries.iter().map(|(k, v)| (k.as_str(), v))
    }
    /// How many keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
    fn find(&self, key: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|(k, _)| k.as_str().cmp(key))
    }
    /// Takes a key out.
    pub fn remove(&mut self, key: &str) -> Option<T> {
        self.find(key).ok().map(|i| self.edit(|entries| entries.remove(i).1))
    }
    /// Changes the entries as a `Vec`.
    fn edit<R>(&mut self, edit: impl FnOnce(&mut Vec<(crate::Text, T)>) -> R) -> R {
        let mut entries = std::mem::take(&mut self.entries).into_vec();
        let result = edit(&mut entries);
        self.entries = entries.into_boxed_slice();
        result
    }
}

impl<T: Value> Map<T> {
    /// Adds keys that are new, all at once: n log n for n keys, where one after the other moves the rest each time.
    ///
    /// # Errors
    /// The first key that stands twice; nothing is added then.
    pub(crate) fn add(
        &mut self,
        pairs: impl IntoIterator<Item = (crate::Text, T)>,
    ) -> Result<(), crate::Text> {
        let mut entries = self.entries.to_vec();
        entries.extend(pairs.into_iter().filter(|(_, value)| !value.is_absent()));
        entries.order_by(|a, b| a.0.cmp(&b.0));
        if let Some(twice) =
            entries.windows(2).find(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0.clone())
        {
            return Err(twice);
        }
        self.entries = entries.into_boxed_slice();
        Ok(())
    }
    /// Gives a key a value; an absent value takes the key out.
    pub fn set(&mut self, key: &str, value: T) {
        match (self.find(key), value.is_absent()) {
            (Ok(i), true) => drop(self.edit(|entries| entries.remove(i))),
            (Ok(i), false) => self.entries[i].1 = value,
            (Err(_), true) => {}
            (Err(i), false) => self.edit(|entries| entries.insert(i, (key.into(), value))),
        }
    }
}

/// What changed between two maps.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(bound = "")]
pub struct MapDelta<T: Value> {
    #[serde(skip_serializing_if = "ByKey::is_empty")]
    removed: ByKey<T>,
    #[serde(skip_serializing_if = "ByKey::is_empty")]
    added: ByKey<T>,
    #[serde(skip_serializing_if = "ByKey::is_empty")]
    changed: ByKey<T::Delta>,
}

impl<T: Value> MapDelta<T> {
    /// Keys that went, with what they had.
    #[must_use]
    pub fn removed(&self) -> &ByKey<T> {
        &self.removed
    }
    /// Keys that came, with what they have.
    #[must_use]
    pub fn added(&self) -> &ByKey<T> {
        &self.added
    }
    /// Keys whose value changed.
    #[must_use]
    pub fn changed(&self) -> &ByKey<T::Delta> {
        &self.changed
    }
    fn non_empty(self) -> Option<Self> {
        (!self.removed.is_empty() || !self.added.is_empty() || !self.changed.is_empty()).then_some(self)
    }
}

impl<'de, T: Value> Deserialize<'de> for MapDelta<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, bound = "")]
        struct Read<T: Value> {
            #[serde(default)]
            removed: ByKey<Held<T>>,
            #[serde(default)]
            added: ByKey<Held<T>>,
            #[serde(default)]
            changed: ByKey<T::Delta>,
        }
        let Read { removed, added, changed } = Read::<T>::deserialize(deserializer)?;
        let unheld = |map: ByKey<Held<T>>| {
            let mut held = ByKey::default();
            for (key, value) in map.into_pairs() {
                held.insert(key, value.0);
            }
            held
        };
        let delta = Self { removed: unheld(removed), added: unheld(added), changed };
        for (whole, other) in [(&delta.removed, &delta.added), (&delta.added, &delta.removed)] {
            for (key, value) in whole {
                if value.is_absent() {
                    return Err(D::Error::custom(format!(
                        "the value of `{key}` is empty: leave the key out"
                    )));
                }
                if other.contains(key) || delta.changed.contains(key) {
                    return Err(D::Error::custom(format!("`{key}` is named as two things at once")));
                }
            }
        }
        delta.non_empty().ok_or_else(|| D::Error::custom("a change that changes nothing"))
    }
}
impl<T: Value> JsonSchema for MapDelta<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("MapDelta_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = T::field_schema(generator);
        delta_schema(value, T::absent().is_some(), &crate::parts::reference::<T::Delta>(generator))
    }
}

#[inline]
fn delta_schema(mut value: Schema, may_be_absent: bool, delta: &Schema) -> Schema {
    // An empty text is no value of a map: its key is left out.
    if may_be_absent && value.get("type").is_some_and(|t| t == "string") {
        value.insert("minLength".into(), 1.into());
    }
    schemars::json_schema!({
        "description": "What changed between two maps.",
        "type": "object",
        "properties": {
            "removed": {"type": "object", "additionalProperties": value},
            "added": {"type": "object", "additionalProperties": value},
            "changed": {"type": "object", "additionalProperties": delta},
        },
        "minProperties": 1,
        "additionalProperties": false,
    })
}

/// What two sides of a map could not agree on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub struct MapClash<T: Value> {
    keys: ByKey<KeyClash<T>>,
}

/// The clash of one key: inside its value, or whether it is there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub(crate) struct KeyClash<T: Value> {
    kind: ClashKind,
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "present")]
    inside: Option<T::Clash>,
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "present")]
    base: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "present")]
    ours: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "present")]
    theirs: Option<T>,
}

impl<T: Value> JsonSchema for MapClash<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("MapClash_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let clash = crate::parts::reference::<KeyClash<T>>(generator);
        schemars::json_schema!({
            "description": "What two sides of a map could not agree on, by key.",
            "type": "object",
            "additionalProperties": clash,
        })
    }
}
impl<T: Value> JsonSchema for KeyClash<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("KeyClash_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kind = crate::parts::reference::<ClashKind>(generator);
        let inside = crate::parts::reference::<T::Clash>(generator);
        clash_schema(&kind, &inside, &T::field_schema(generator))
    }
}

#[inline]
fn clash_schema(kind: &Schema, inside: &Schema, value: &Schema) -> Schema {
    schemars::json_schema!({
        "description": "The clash of one key: inside its value, or whether it is there.",
        "type": "object",
        "properties": {"kind": kind, "inside": inside, "base": value, "ours": value, "theirs": value},
        "required": ["kind"],
        "additionalProperties": false,
    })
}

/// Distinct keys, in order.
#[inline]
fn distinct(mut keys: Vec<&str>) -> Vec<&str> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn inverses<T: Value>(changed: &ByKey<T::Delta>) -> ByKey<T::Delta> {
    let mut inverses = ByKey::default();
    for (key, change) in changed {
        inverses.insert(key.to_owned(), T::inverse(change));
    }
    inverses
}

fn shown<T: Value>(side: &Option<T>) -> Option<&dyn Shown> {
    side.as_ref().map(|v| v as &dyn Shown)
}

impl<T: Value> Value for Map<T> {
    type Delta = MapDelta<T>;
    type Clash = MapClash<T>;

    fn is_absent(&self) -> bool {
        self.entries.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
    fn alike(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other.iter()).all(|(a, b)| a.0 == b.0 && a.1.alike(b.1))
    }
    fn diff_as(&self, after: &Self, pairs: &Pairs) -> Option<MapDelta<T>> {
        if self == after && pairs.is_plain() {
            return None;
        }
        let mut delta =
            MapDelta { removed: ByKey::default(), added: ByKey::default(), changed: ByKey::default() };
        for (key, before) in self.iter() {
            match after.get(key) {
                None => drop(delta.removed.insert(key.to_owned(), before.clone())),
                Some(after) => {
                    if let Some(change) = before.diff_as(after, pairs.inside(key)) {
                        delta.changed.insert(key.to_owned(), change);
                    }
                }
            }
        }
        for (key, value) in after.iter() {
            if self.get(key).is_none() {
                delta.added.insert(key.to_owned(), value.clone());
            }
        }
        delta.non_empty()
    }
    fn patch(&self, delta: &MapDelta<T>, cx: &mut Patching) -> Self {
        let mut value = self.clone();
        let cell = |key: &str| self.get(key).map(|v| v.to_cell().into_owned());
        for (key, before) in &delta.removed {
            if self.get(key) == Some(before) {
                value.remove(key);
                continue;
            }
            let message = Message::new(
                "要去掉的值与变更所依据的不同",
                "the value that is to go is not the one that the change was made from",
            );
            cx.mismatch_at(key, Some(before.to_cell().into_owned()), cell(key), message);
        }
        for (key, change) in &delta.changed {
            if let Some(before) = self.get(key) {
                cx.path.push(Step::Entry(key.to_owned()));
                let after = before.patch(change, cx);
                cx.path.pop();
                value.set(key, after);
                continue;
            }
            let message = Message::new("要改动的值不在", "the value that is to change is not there");
            cx.mismatch_at(key, None, None, message);
        }
        for (key, after) in &delta.added {
            if self.get(key).is_none() {
                value.set(key, after.clone());
                continue;
            }
            let message = Message::new("要增加的值已在", "the value that is to come is there already");
            cx.mismatch_at(key, None, cell(key), message);
        }
        value
    }
    fn inverse(delta: &MapDelta<T>) -> MapDelta<T> {
        MapDelta {
            removed: delta.added.clone(),
            added: delta.removed.clone(),
            changed: inverses::<T>(&delta.changed),
        }
    }
    fn then(first: &MapDelta<T>, second: &MapDelta<T>, cx: &mut Patching) -> Option<MapDelta<T>> {
        let mut delta =
            MapDelta { removed: ByKey::default(), added: ByKey::default(), changed: ByKey::default() };
        let mut all = Vec::new();
        for d in [first, second] {
            for keys in [d.removed.keys(), d.added.keys()] {
                all.extend(keys);
            }
            all.extend(d.changed.keys());
        }
        for key in distinct(all) {
            cx.path.push(Step::Entry(key.to_owned()));
            let (gone1, came1, inside1) =
                (first.removed.get(key), first.added.get(key), first.changed.get(key));
            let (gone2, came2, inside2) =
                (second.removed.get(key), second.added.get(key), second.changed.get(key));
            let (mut gone, mut came, mut inside) = (None, None, None);
            let mut apart = false;
            match ((gone1, came1, inside1), (gone2, came2, inside2)) {
                ((None, None, None), _) => {
                    (gone, came, inside) = (gone2.cloned(), came2.cloned(), inside2.cloned());
                }
                (_, (None, None, None)) => {
                    (gone, came, inside) = (gone1.cloned(), came1.cloned(), inside1.cloned());
                }
                ((Some(before), ..), (_, Some(after), _)) => inside = before.diff_as(after, &Pairs::none()),
                ((_, Some(came), _), (Some(gone), ..)) => apart = came != gone,
                ((_, Some(before), _), (.., Some(change))) => came = Some(before.patch(change, cx)),
                ((.., Some(change)), (Some(after), ..)) => gone = Some(after.patch(&T::inverse(change), cx)),
                ((.., Some(x)), (.., Some(y))) => inside = T::then(x, y, cx),
                _ => apart = true,
            }
            if apart {
                cx.mismatch(None, None, Message::apart());
            }
            cx.path.pop();
            if let Some(value) = gone {
                delta.removed.insert(key.to_owned(), value);
            }
            if let Some(value) = came {
                delta.added.insert(key.to_owned(), value);
            }
            if let Some(change) = inside {
                delta.changed.insert(key.to_owned(), change);
            }
        }
        delta.non_empty()
    }
    fn tidy(delta: MapDelta<T>) -> Option<MapDelta<T>> {
        let mut changed = ByKey::default();
        for (key, change) in delta.changed.into_pairs() {
            if let Some(change) = T::tidy(change) {
                changed.insert(key, change);
            }
        }
        MapDelta { changed, ..delta }.non_empty()
    }
    fn merge_in(
        base: &Self,
        ours: Side<'_, Self>,
        theirs: Side<'_, Self>,
        cx: &mut Merging,
    ) -> Outcome<Self> {
        let (o, t) = (ours.value, theirs.value);
        let mut keys = Vec::new();
        for map in [base, o, t] {
            for (key, _) in &map.entries {
                keys.push(key.as_str());
            }
        }
        let mut value = Self::new();
        let mut clashes = ByKey::default();
        for key in distinct(keys) {
            cx.path.push(Step::Entry(key.to_owned()));
            let (kept, clash) = merge_key(
                base.get(key),
                (o.get(key), ours.pairs.inside(key)),
                (t.get(key), theirs.pairs.inside(key)),
                cx,
            );
            cx.path.pop();
            if let Some(kept) = kept {
                value.set(key, kept);
            }
            if let Some(clash) = clash {
                clashes.insert(key.to_owned(), clash);
            }
        }
        let clash = (!clashes.is_empty()).then_some(MapClash { keys: clashes });
        Outcome { value, clash }
    }
    fn settle(&self, clash: &MapClash<T>, cx: &mut Settling<'_>) -> Outcome<Self> {
        let mut value = self.clone();
        let mut left = ByKey::default();
        for (key, clash) in &clash.keys {
            cx.path.push(Step::Entry(key.to_owned()));
            // What is decided, or what is left.
            let settled = if let (Some(inside), Some(here)) = (&clash.inside, self.get(key)) {
                let Outcome { value: there, clash: open } = here.settle(inside, cx);
                if let Some(inside) = open {
                    left.insert(key.to_owned(), KeyClash { inside: Some(inside), ..clash.clone() });
                }
                Some(Some(there))
            } else {
                let sides = (shown(&clash.base), shown(&clash.ours), shown(&clash.theirs));
                match cx.judge.rule(&cx.path, Clash::new(clash.kind, sides.0, sides.1, sides.2)) {
                    Ruling::Side(Choice::Base) => Some(clash.base.clone()),
                    Ruling::Side(Choice::Ours) => Some(clash.ours.clone()),
                    Ruling::Side(Choice::Theirs) => Some(clash.theirs.clone()),
                    Ruling::Value(text) => cx.read(|cell| T::from_cell(&text, cell)).map(Some),
                    Ruling::Both(_) => {
                        cx.refuse(Message::no_room());
                        None
                    }
                    Ruling::Open => None,
                }
            };
            cx.path.pop();
            match settled {
                Some(Some(settled)) => value.set(key, settled),
                Some(None) => drop(value.remove(key)),
                None => drop(left.insert(key.to_owned(), clash.clone())),
            }
        }
        Outcome { value, clash: (!left.is_empty()).then_some(MapClash { keys: left }) }
    }
    fn visit(&self, path: &mut Path, visitor: &mut dyn FnMut(&Path, &dyn Atom)) {
        for (key, value) in self.iter() {
            path.push(Step::Entry(key.to_owned()));
            value.visit(path, visitor);
            path.pop();
        }
    }
    fn visit_delta(delta: &MapDelta<T>, path: &mut Path, visitor: &mut dyn VisitDelta) {
        for (whole, gone) in [(&delta.removed, true), (&delta.added, false)] {
            for (key, value) in whole {
                path.push(Step::Entry(key.to_owned()));
                let shown: &dyn Shown = value;
                let (before, after) = if gone { (Some(shown), None) } else { (None, Some(shown)) };
                if visitor.entry(path, before, after) {
                    value.visit(path, &mut super::delta::Leaves { visitor, gone }.each());
                }
                path.pop();
            }
        }
        for (key, change) in &delta.changed {
            path.push(Step::Entry(key.to_owned()));
            T::visit_delta(change, path, visitor);
            path.pop();
        }
    }
    fn visit_clash(clash: &MapClash<T>, path: &mut Path, visitor: &mut dyn FnMut(&Path, Clash<'_>)) {
        for (key, clash) in &clash.keys {
            path.push(Step::Entry(key.to_owned()));
            match &clash.inside {
                Some(inside) => T::visit_clash(inside, path, visitor),
                None => visitor(
                    path,
                    Clash::new(clash.kind, shown(&clash.base), shown(&clash.ours), shown(&clash.theirs)),
                ),
            }
            path.pop();
        }
    }
    fn recover(json: &crate::json::Tree, cx: &mut crate::json::Recovering<'_>) -> Option<Self> {
        let members = cx.members::<T>(json)?;
        let mut map = Self::new();
        // Of a key that stands twice the members have one.
        let _ = map.add(members.into_iter().map(|(key, value)| (key.into(), value)));
        Some(map)
    }
    fn field_schema(generator: &mut SchemaGenerator) -> Schema {
        Self::json_schema(generator)
    }
    fn type_name() -> Cow<'static, str> {
        format!("Map_{}", T::type_name()).into()
    }
    fn to_cell(&self) -> Cow<'_, str> {
        if self.is_empty() { Cow::Borrowed("") } else { Cow::Owned(self.json().to_string()) }
    }
    fn from_cell(text: &str, cx: &mut Cell<'_>) -> Option<Self> {
        crate::__private::cell_from_json(text, cx)
    }
}

/// The way of one key through a merge.
fn merge_key<T: Value>(
    base: Option<&T>,
    (o, ours): (Option<&T>, &Pairs),
    (t, theirs): (Option<&T>, &Pairs),
    cx: &mut Merging,
) -> (Option<T>, Option<KeyClash<T>>) {
    let whole =
        |kind| KeyClash { kind, inside: None, base: base.cloned(), ours: o.cloned(), theirs: t.cloned() };
    if o == t || t == base {
        return (o.cloned(), None);
    }
    if o == base {
        return (t.cloned(), None);
    }
    match (base, o, t) {
        (Some(base), Some(x), Some(y)) => {
            let (x, y) = (Side { value: x, pairs: ours }, Side { value: y, pairs: theirs });
            let Outcome { value, clash } = T::merge_in(base, x, y, cx);
            let clash = clash.map(|inside| KeyClash {
                kind: ClashKind::EditEdit,
                inside: Some(inside),
                base: None,
                ours: None,
                theirs: None,
            });
            (Some(value), clash)
        }
        (Some(base), left, other) => {
            let side = if left.is_some() { Choice::Ours } else { Choice::Theirs };
            match left.or(other) {
                Some(left) if base.alike(left) => {
                    cx.note(None, left.to_cell().into_owned(), side);
                    (None, None)
                }
                _ => (Some(base.clone()), Some(whole(ClashKind::EditRemove))),
            }
        }
        (None, Some(x), Some(y)) if x.alike(y) => {
            let spelling = |v: &T| (v.to_cell().into_owned(), v.json().to_string());
            let (kept, lost, side) =
                if spelling(x) <= spelling(y) { (x, y, Choice::Theirs) } else { (y, x, Choice::Ours) };
            cx.note(Some(kept.to_cell().into_owned()), lost.to_cell().into_owned(), side);
            (Some(kept.clone()), None)
        }
        (None, ..) => (None, Some(whole(ClashKind::AddAdd))),
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.entries.iter().map(|(k, v)| (k.as_str(), v)))
    }
}
impl<'de, T: Value> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<'de, T: Value> Visitor<'de> for Read<T> {
            type Value = Map<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("values by name")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Map<T>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    pairs.push((crate::Text::from(&*key), map.next_value::<Held<T>>()?.0));
                }
                let mut out = Map::new();
                out.add(pairs).map_err(|key| A::Error::custom(format!("`{key}` stands twice")))?;
                Ok(out)
            }
        }
        deserializer.deserialize_map(Read(PhantomData))
    }
}
impl<T: Value> JsonSchema for Map<T> {
    fn schema_name() -> Cow<'static, str> {
        <Self as Value>::type_name()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = T::field_schema(generator);
        schemars::json_schema!({"type": "object", "additionalProperties": value})
    }
}
