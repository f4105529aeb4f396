//! Three lists joined: entries by identity, keys kept distinct, references followed, orders joined.

use super::delta::present;
use super::diff::pair_up;
use super::order::{NOWHERE, join};
use super::{Entries, Index, find};
use crate::record::Entry;
use crate::value::{Choice, Clash, ClashKind, Merging, Outcome, Path, Shown, Side, Step, Value};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What two sides of a keyed list could not agree on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct KeyedClash<T: Entry> {
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    entries: Vec<EntryClash<T>>,
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "present")]
    order: Option<OrderClash>,
}

impl<T: Entry> JsonSchema for KeyedClash<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("ListClash_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = generator.subschema_for::<EntryClash<T>>();
        let order = generator.subschema_for::<OrderClash>();
        schemars::json_schema!({
            "description": "What two sides of a keyed list could not agree on.",
            "type": "object",
            "properties": {"entries": {"type": "array", "items": entry}, "order": order},
            "additionalProperties": false,
        })
    }
}

/// The clash of one entry: inside it, or about the entry as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(bound = "")]
pub struct EntryClash<T: Entry> {
    key: String,
    kind: ClashKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    inside: Option<T::Clash>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<Arc<T>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ours: Option<Arc<T>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theirs: Option<Arc<T>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ours_after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theirs_after: Option<String>,
}

/// Two orders of a list that cannot both hold. The merged list keeps base's; what was added is placed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderClash {
    contested: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    base: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    ours: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    theirs: Vec<String>,
}

impl OrderClash {
    /// The keys that both sides want elsewhere, in the order of the merged list.
    #[must_use]
    pub fn contested(&self) -> &[String] {
        &self.contested
    }
    /// The keys of the merged list in the order that one of the three lists gives them.
    #[must_use]
    pub fn order(&self, choice: Choice) -> &[String] {
        match choice {
            Choice::Base => &self.base,
            Choice::Ours => &self.ours,
            Choice::Theirs => &self.theirs,
        }
    }
}

impl<T: Entry> KeyedClash<T> {
    /// The clashes of entries: those in the merged list in its order, then those that are not in it.
    #[must_use]
    pub fn entries(&self) -> &[EntryClash<T>] {
        &self.entries
    }
    /// The clash of orders.
    #[must_use]
    pub fn order(&self) -> Option<&OrderClash> {
        self.order.as_ref()
    }

    pub(crate) fn visit(&self, path: &mut Path, visitor: &mut dyn FnMut(&Path, Clash<'_>)) {
        for entry in &self.entries {
            path.push(Step::Entry(entry.key.clone()));
            match &entry.inside {
                Some(clash) => T::visit_clash(clash, path, visitor),
                None => visitor(
                    path,
                    Clash::new(entry.kind, shown(&entry.base), shown(&entry.ours), shown(&entry.theirs)),
                ),
            }
            path.pop();
        }
        if let Some(order) = &self.order {
            let contested: std::collections::HashSet<&str> =
                order.contested.iter().map(String::as_str).collect();
            let text = |keys: &[String]| {
                let keys = keys.iter().map(String::as_str).filter(|k| contested.contains(k));
                keys.collect::<Vec<_>>().join("、")
            };
            let (base, ours, theirs) = (text(&order.base), text(&order.ours), text(&order.theirs));
            let clash = Clash::new(ClashKind::Order, Some(&base), Some(&ours), Some(&theirs));
            visitor(path, clash);
        }
    }
}

fn shown<T: Entry>(side: &Option<Arc<T>>) -> Option<&dyn Shown> {
    side.as_ref().map(|entry| &**entry as &dyn Shown)
}

impl<T: Entry> EntryClash<T> {
    /// The entry's key in the merged list, or the key that was wanted.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
    /// Its kind: [`ClashKind::EditEdit`] is inside the entry, all others are about the whole.
    #[must_use]
    pub fn kind(&self) -> ClashKind {
        self.kind
    }
    /// What clashes inside the entry.
    #[must_use]
    pub fn inside(&self) -> Option<&T::Clash> {
        self.inside.as_ref()
    }
    /// The whole entry of one of the three lists.
    #[must_use]
    pub fn whole(&self, choice: Choice) -> Option<&T> {
        self.handle(choice).map(Arc::as_ref)
    }
    fn handle(&self, choice: Choice) -> Option<&Arc<T>> {
        match choice {
            Choice::Base => self.base.as_ref(),
            Choice::Ours => self.ours.as_ref(),
            Choice::Theirs => self.theirs.as_ref(),
        }
    }
    /// Behind which entry of the merged list a side has it, where the merged list does not.
    fn after(&self, choice: Choice) -> Option<&str> {
        match choice {
            Choice::Base => None,
            Choice::Ours => self.ours_after.as_deref(),
            Choice::Theirs => self.theirs_after.as_deref(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
struct ReadEntryClash<T: Entry> {
    key: String,
    kind: ClashKind,
    #[serde(default, deserialize_with = "present")]
    inside: Option<T::Clash>,
    #[serde(default, deserialize_with = "present")]
    base: Option<Arc<T>>,
    #[serde(default, deserialize_with = "present")]
    ours: Option<Arc<T>>,
    #[serde(default, deserialize_with = "present")]
    theirs: Option<Arc<T>>,
    #[serde(default, deserialize_with = "present")]
    ours_after: Option<String>,
    #[serde(default, deserialize_with = "present")]
    theirs_after: Option<String>,
}

impl<'de, T: Entry> Deserialize<'de> for EntryClash<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ReadEntryClash { key, kind, inside, base, ours, theirs, ours_after, theirs_after } =
            ReadEntryClash::deserialize(deserializer)?;
        let is_inside = kind == ClashKind::EditEdit;
        if is_inside != inside.is_some()
            || is_inside && (base.is_some() || ours.is_some() || theirs.is_some())
        {
            return Err(serde::de::Error::custom(
                "a clash of kind edit-edit has `inside` alone, any other has the whole entries",
            ));
        }
        Ok(Self { key, kind, inside, base, ours, theirs, ours_after, theirs_after })
    }
}
impl<T: Entry> JsonSchema for EntryClash<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("EntryClash_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kind = generator.subschema_for::<ClashKind>();
        let inside = generator.subschema_for::<T::Clash>();
        let entry = T::field_schema(generator);
        schemars::json_schema!({
            "description": "The clash of one entry: inside it (edit-edit), or about the entry as a whole.",
            "type": "object",
            "properties": {
                "key": {"type": "string"},
                "kind": kind,
                "inside": inside,
                "base": entry,
                "ours": entry,
                "theirs": entry,
                "ours_after": {"type": "string"},
                "theirs_after": {"type": "string"},
            },
            "required": ["key", "kind"],
            "additionalProperties": false,
            "if": {"properties": {"kind": {"const": "edit-edit"}}},
            "then": {"required": ["inside"], "properties": {"base": false, "ours": false, "theirs": false}},
            "else": {"properties": {"inside": false}},
        })
    }
}

// ------------------------------------------------------------------------------------------------
// References

/// What references inside a list mean on each side, while its entries are merged.
#[derive(Debug, Default)]
pub(crate) struct References {
    base: HashMap<String, u32>,
    ours: HashMap<String, u32>,
    theirs: HashMap<String, u32>,
}

/// What a reference means: an entry of the base, or just its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Entry(u32),
    Text(String),
}

impl References {
    fn target(side: &HashMap<String, u32>, text: &str) -> Target {
        side.get(text).map_or_else(|| Target::Text(text.to_owned()), |&i| Target::Entry(i))
    }
    /// What a side means by `text`, where base has `before`: a text that meant nothing in base and that
    /// the side has not touched means nothing still, whatever else came under that key.
    fn target_on(&self, side: &HashMap<String, u32>, text: &str, before: Option<&str>) -> Target {
        if before == Some(text) && !self.base.contains_key(text) {
            return Target::Text(text.to_owned());
        }
        Self::target(side, text)
    }
}

impl Merging {
    /// Merges a reference by what it means: a side that only follows the new key of what it refers to
    /// has not changed it.
    #[doc(hidden)]
    pub fn reference<V: Value + AsRef<str>>(
        &mut self,
        base: &V,
        ours: Side<'_, V>,
        theirs: Side<'_, V>,
    ) -> Outcome<V> {
        let Some(references) = self.references.last().cloned() else {
            return V::merge_in(base, ours, theirs, self);
        };
        let b = References::target(&references.base, base.as_ref());
        let before = Some(base.as_ref());
        let o = references.target_on(&references.ours, ours.value.as_ref(), before);
        let t = references.target_on(&references.theirs, theirs.value.as_ref(), before);
        // Which texts are taken where the meanings do not clash; the list names them anew afterwards.
        if o == t {
            let first = ours.value.as_ref() <= theirs.value.as_ref();
            return Outcome { value: if first { ours.value } else { theirs.value }.clone(), clash: None };
        }
        if t == b {
            return Outcome { value: ours.value.clone(), clash: None };
        }
        if o == b {
            return Outcome { value: theirs.value.clone(), clash: None };
        }
        V::merge_in(base, ours, theirs, self)
    }
}

// ------------------------------------------------------------------------------------------------
// Merging

/// One entry of the merged list on its way: where it comes from and what became of it.
struct Slot<T: Entry> {
    base: Option<u32>,
    ours: Option<u32>,
    theirs: Option<u32>,
    /// `None`: not in the merged list.
    value: Option<Arc<T>>,
    clash: Option<(ClashKind, Option<T::Clash>)>,
    /// Whether it stays as base has it for want of an agreement: no side places it then.
    held: bool,
}

/// Joins two descendants of a list.
pub(crate) fn merge<T: Entry, L: Entries<T>>(
    base: &L,
    ours: Side<'_, L>,
    theirs: Side<'_, L>,
    cx: &mut Merging,
) -> (L, Option<KeyedClash<T>>) {
    let (o, t) = (ours.value, theirs.value);
    if t.all_same(base) && theirs.pairs.is_plain() || o.all_same(t) {
        return (o.clone(), None);
    }
    if o.all_same(base) && ours.pairs.is_plain() {
        return (t.clone(), None);
    }
    let (in_ours, added_ours) = sides(base, o, ours);
    let (in_theirs, added_theirs) = sides(base, t, theirs);
    let refers = (0..base.count()).any(|i| base.at(i).reference().is_some())
        || (0..o.count()).any(|i| o.at(i).reference().is_some())
        || (0..t.count()).any(|i| t.at(i).reference().is_some());
    if refers {
        let names = |list: &L, at: &dyn Fn(usize) -> Option<u32>| {
            (0..base.count())
                .filter_map(|i| at(i).map(|j| (list.at(j as usize).key().into_owned(), i as u32)))
                .collect()
        };
        cx.references.push(Arc::new(References {
            base: names(base, &|i| Some(i as u32)),
            ours: names(o, &|i| in_ours[i]),
            theirs: names(t, &|i| in_theirs[i]),
        }));
    }
    let mut slots = merge_entries(base, ours, theirs, &in_ours, &in_theirs, cx);
    merge_additions(o, t, &added_ours, &added_theirs, &mut slots, cx);
    keep_keys_distinct(base, &mut slots);
    let references = if refers { cx.references.pop() } else { None };
    if let Some(references) = references {
        follow_references(base, o, t, &references, &mut slots);
    }
    finish(base, o, t, &slots)
}

/// By position in base: the position on a side; and the positions that the side added.
fn sides<T: Entry, L: Entries<T>>(base: &L, side: &L, with: Side<'_, L>) -> (Vec<Option<u32>>, Vec<u32>) {
    let pairing = pair_up(base, side, with.pairs);
    let mut at = vec![None; base.count()];
    let mut added = Vec::new();
    for (j, &i) in pairing.before.iter().enumerate() {
        if i == NOWHERE {
            added.push(j as u32);
        } else {
            at[i as usize] = Some(j as u32);
        }
    }
    (at, added)
}

fn merge_entries<T: Entry, L: Entries<T>>(
    base: &L,
    ours: Side<'_, L>,
    theirs: Side<'_, L>,
    in_ours: &[Option<u32>],
    in_theirs: &[Option<u32>],
    cx: &mut Merging,
) -> Vec<Slot<T>> {
    let (o, t) = (ours.value, theirs.value);
    let same_as_base = |list: &L, j: u32, i: usize| base.same(i, list, j as usize);
    (0..base.count())
        .map(|i| {
            let (at_o, at_t) = (in_ours[i], in_theirs[i]);
            let mut slot = Slot {
                base: Some(i as u32),
                ours: at_o,
                theirs: at_t,
                value: None,
                clash: None,
                held: false,
            };
            match (at_o, at_t) {
                (None, None) => {}
                (Some(x), Some(y)) => {
                    if same_as_base(t, y, i) || o.same(x as usize, t, y as usize) {
                        slot.value = Some(o.handle(x as usize));
                    } else if same_as_base(o, x, i) {
                        slot.value = Some(t.handle(y as usize));
                    } else {
                        let b = base.at(i);
                        let key = b.key();
                        let (x, y) = (ours.part(o.at(x as usize), &key), theirs.part(t.at(y as usize), &key));
                        let Outcome { value, clash } =
                            cx.within(Step::Entry(key.into_owned()), |cx| T::merge_in(b, x, y, cx));
                        slot.value = Some(Arc::new(value));
                        slot.clash = clash.map(|clash| (ClashKind::EditEdit, Some(clash)));
                    }
                }
                (Some(left), None) | (None, Some(left)) => {
                    let (list, side) = if at_o.is_some() { (o, Choice::Ours) } else { (t, Choice::Theirs) };
                    let (b, left) = (base.at(i), list.at(left as usize));
                    if b == left {
                        // Removed by the other side.
                    } else if b.alike(left) {
                        let given_up = left.to_cell().into_owned();
                        cx.within(Step::Entry(b.key().into_owned()), |cx| cx.note(None, given_up, side));
                    } else {
                        slot.value = Some(base.handle(i));
                        slot.clash = Some((ClashKind::EditRemove, None));
                        slot.held = true;
                    }
                }
            }
            slot
        })
        .collect()
}

fn merge_additions<T: Entry, L: Entries<T>>(
    o: &L,
    t: &L,
    added_ours: &[u32],
    added_theirs: &[u32],
    slots: &mut Vec<Slot<T>>,
    cx: &mut Merging,
) {
    let mut taken = vec![false; t.count()];
    let partners = partners(o, t, added_ours, added_theirs);
    let slot = |ours, theirs, value, clash| Slot { base: None, ours, theirs, value, clash, held: false };
    for &i in added_ours {
        let entry = o.at(i as usize);
        let Some(&j) = partners.get(&i) else {
            slots.push(slot(Some(i), None, Some(o.handle(i as usize)), None));
            continue;
        };
        taken[j as usize] = true;
        let other = t.at(j as usize);
        if entry == other {
            slots.push(slot(Some(i), Some(j), Some(o.handle(i as usize)), None));
        } else if entry.alike(other) {
            let spelling = |e: &T| (e.to_cell().into_owned(), e.json().to_string());
            let ours_first = spelling(entry) <= spelling(other);
            let (kept, given_up, side) = if ours_first {
                (o.handle(i as usize), other, Choice::Theirs)
            } else {
                (t.handle(j as usize), entry, Choice::Ours)
            };
            let (text, lost) = (kept.to_cell().into_owned(), given_up.to_cell().into_owned());
            cx.within(Step::Entry(kept.key().into_owned()), |cx| cx.note(Some(text), lost, side));
            slots.push(slot(Some(i), Some(j), Some(kept), None));
        } else {
            slots.push(slot(Some(i), Some(j), None, Some((ClashKind::AddAdd, None))));
        }
    }
    for &j in added_theirs.iter().filter(|&&j| !taken[j as usize]) {
        slots.push(slot(None, Some(j), Some(t.handle(j as usize)), None));
    }
}

/// Which addition of ours is which addition of theirs: by key, and texts by normal form, each form's in
/// the order of their spelling.
fn partners<T: Entry, L: Entries<T>>(o: &L, t: &L, ours: &[u32], theirs: &[u32]) -> HashMap<u32, u32> {
    let by_key: HashMap<Cow<'_, str>, u32> = theirs.iter().map(|&j| (t.at(j as usize).key(), j)).collect();
    let mut partners: HashMap<u32, u32> =
        ours.iter().filter_map(|&i| by_key.get(&o.at(i as usize).key()).map(|&j| (i, j))).collect();
    if T::LOOSE {
        let taken: std::collections::HashSet<u32> = partners.values().copied().collect();
        let open = |list: &L, at: &[u32], is_taken: &dyn Fn(u32) -> bool| {
            let mut forms: BTreeMap<String, Vec<(String, u32)>> = BTreeMap::new();
            for &i in at.iter().filter(|i| !is_taken(**i)) {
                let key = list.at(i as usize).key().into_owned();
                forms.entry(crate::text::normal(&key).into_owned()).or_default().push((key, i));
            }
            for spellings in forms.values_mut() {
                spellings.sort();
            }
            forms
        };
        let open_theirs = open(t, theirs, &|j| taken.contains(&j));
        for (form, spellings) in open(o, ours, &|i| partners.contains_key(&i)) {
            let others = open_theirs.get(&form).into_iter().flatten();
            partners.extend(spellings.iter().zip(others).map(|((_, i), (_, j))| (*i, *j)));
        }
    }
    partners
}

/// Where several entries want one key, every one that came to it goes back to what base has, until
/// keys are distinct.
fn keep_keys_distinct<T: Entry, L: Entries<T>>(base: &L, slots: &mut [Slot<T>]) {
    let key_of = |slot: &Slot<T>| slot.value.as_ref().map(|v| v.key().into_owned());
    let came = |slot: &Slot<T>| match (slot.base, &slot.value) {
        (Some(i), Some(value)) => value.key() != base.at(i as usize).key(),
        (None, Some(_)) => true,
        (_, None) => false,
    };
    // Those that came to a key, by key; those that stayed are looked up in base.
    let mut claims: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (s, slot) in slots.iter().enumerate() {
        if came(slot)
            && let Some(key) = key_of(slot)
        {
            claims.entry(key).or_default().push(s);
        }
    }
    if claims.is_empty() {
        return;
    }
    base.with_index(|index| {
        let mut contested: Vec<String> = claims.keys().cloned().collect();
        while let Some(key) = contested.pop() {
            let Some(claimants) = claims.get(&key) else { continue };
            let stayed = find(base, index, &key)
                .is_some_and(|i| slots[i].value.as_ref().is_some_and(|v| v.key() == key.as_str()));
            if claimants.len() + usize::from(stayed) < 2 {
                continue;
            }
            for s in claims.remove(&key).unwrap_or_default() {
                let slot = &mut slots[s];
                slot.clash = Some((ClashKind::SameId, None));
                slot.value = slot.base.map(|i| base.handle(i as usize));
                slot.held = slot.base.is_some();
                // Its key in base may be wanted by another.
                contested.extend(key_of(slot));
            }
        }
    });
}

/// Gives each reference the key that its target has in the merged list; one whose target is gone, and
/// was there on the side it comes from, dangles.
fn follow_references<T: Entry, L: Entries<T>>(
    base: &L,
    o: &L,
    t: &L,
    references: &References,
    slots: &mut [Slot<T>],
) {
    let keys: Vec<Option<String>> =
        slots.iter().take(base.count()).map(|s| s.value.as_ref().map(|v| v.key().into_owned())).collect();
    let present: std::collections::HashSet<String> =
        slots.iter().filter_map(|s| s.value.as_ref().map(|v| v.key().into_owned())).collect();
    let has = |list: &L, key: &str| list.with_index(|index| find(list, index, key).is_some());
    for slot in slots.iter_mut() {
        let Some(value) = slot.value.clone() else { continue };
        let Some(text) = value.reference() else { continue };
        let before = slot.base.map(|i| base.at(i as usize).reference().unwrap_or_default().to_owned());
        let side = |list: &L, at: Option<u32>, names: &HashMap<String, u32>| {
            let reference = list.at(at? as usize).reference().unwrap_or_default().to_owned();
            let there = has(list, &reference);
            Some((references.target_on(names, &reference, before.as_deref()), reference, there))
        };
        let from_base = side(base, slot.base, &references.base);
        let from_ours = side(o, slot.ours, &references.ours);
        let from_theirs = side(t, slot.theirs, &references.theirs);
        let sides: Vec<&(Target, String, bool)> = if slot.held {
            from_base.iter().collect()
        } else {
            [&from_ours, &from_theirs, &from_base].into_iter().flatten().collect()
        };
        let meaning = |side: &Option<(Target, String, bool)>| side.as_ref().map(|s| s.0.clone());
        let (b, x, y) = (meaning(&from_base), meaning(&from_ours), meaning(&from_theirs));
        let chosen = if slot.held || b.is_some() && x == b {
            if slot.held { b } else { y }
        } else if b.is_some() && y == b || x == y {
            x
        } else {
            // Both changed it, or one side has the entry: the text that was taken tells, if it means one thing.
            let mut meant = sides.iter().filter(|s| s.1 == text).map(|s| &s.0);
            let first = meant.next();
            if meant.all(|other| Some(other) == first) { first.cloned() } else { None }
        };
        let Some(target) = chosen else { continue };
        let new = match &target {
            Target::Entry(i) => keys[*i as usize].clone(),
            Target::Text(text) => present.contains(text).then(|| text.clone()),
        };
        match new {
            Some(key) if key != text => {
                let mut entry = T::clone(&value);
                entry.set_reference(key);
                slot.value = Some(Arc::new(entry));
            }
            Some(_) => {}
            None => {
                let there_before = sides.iter().any(|s| s.0 == target && s.2);
                if there_before && slot.clash.is_none() {
                    slot.clash = Some((ClashKind::Dangling, None));
                }
            }
        }
    }
}

/// Joins the orders and puts the list together.
fn finish<T: Entry, L: Entries<T>>(base: &L, o: &L, t: &L, slots: &[Slot<T>]) -> (L, Option<KeyedClash<T>>) {
    let kept: Vec<usize> = (0..slots.len()).filter(|&s| slots[s].value.is_some()).collect();
    let mut member = vec![NOWHERE; slots.len()];
    for (m, &s) in kept.iter().enumerate() {
        member[s] = m as u32;
    }
    let keys: Vec<Cow<'_, str>> =
        kept.iter().filter_map(|&s| slots[s].value.as_ref().map(|v| v.key())).collect();
    let names: Vec<&str> = keys.iter().map(AsRef::as_ref).collect();
    let in_base: Vec<u32> = (0..base.count()).map(|i| member[i]).filter(|&m| m != NOWHERE).collect();
    let side = |count: usize, at: &dyn Fn(&Slot<T>) -> Option<u32>| {
        let mut slot_at = vec![usize::MAX; count];
        for (s, slot) in slots.iter().enumerate() {
            if let Some(j) = at(slot) {
                slot_at[j as usize] = s;
            }
        }
        slot_at
    };
    let (slots_ours, slots_theirs) = (side(o.count(), &|s| s.ours), side(t.count(), &|s| s.theirs));
    let order_of = |slot_at: &[usize]| -> Vec<u32> {
        let there = |&s: &usize| s != usize::MAX && member[s] != NOWHERE && !slots[s].held;
        slot_at.iter().filter(|s| there(s)).map(|&s| member[s]).collect()
    };
    let (in_ours, in_theirs) = (order_of(&slots_ours), order_of(&slots_theirs));
    let order = join(&in_base, &in_ours, &in_theirs, &names);
    let named = |members: &[u32]| members.iter().map(|&m| names[m as usize].to_owned()).collect::<Vec<_>>();
    let order_clash = (!order.contested.is_empty()).then(|| OrderClash {
        contested: named(&order.contested),
        base: named(&in_base),
        ours: named(&in_ours),
        theirs: named(&in_theirs),
    });
    // Behind which entry of the merged list a side has what is not in it.
    let behind = |slot_at: &[usize], at: Option<u32>| -> Option<String> {
        let before = &slot_at[..at? as usize];
        let last = before.iter().rev().find(|&&s| s != usize::MAX && member[s] != NOWHERE)?;
        Some(names[member[*last] as usize].to_owned())
    };
    let mut entries = Vec::new();
    let merged_slots = order.merged.iter().map(|&m| kept[m as usize]);
    // What is not in the list, in an order that does not depend on the side.
    let mut others: Vec<usize> =
        (0..slots.len()).filter(|&s| slots[s].value.is_none() && slots[s].clash.is_some()).collect();
    others.sort_by_cached_key(|&s| {
        let mut forms = [(o, slots[s].ours), (t, slots[s].theirs)].map(|(list, at)| {
            at.map(|j| list.at(j as usize)).map(|e| (e.key().into_owned(), e.json().to_string()))
        });
        forms.sort();
        forms
    });
    for s in merged_slots.chain(others) {
        let slot = &slots[s];
        let Some((kind, inside)) = &slot.clash else { continue };
        let whole = inside.is_none();
        let get = |list: &L, at: Option<u32>| at.filter(|_| whole).map(|j| list.handle(j as usize));
        let missing = slot.value.is_none();
        let (ours, theirs) = (get(o, slot.ours), get(t, slot.theirs));
        let wanted = || {
            let keys = ours.iter().chain(&theirs).map(|e| e.key().into_owned());
            keys.min().unwrap_or_default()
        };
        entries.push(EntryClash {
            key: slot.value.as_ref().map_or_else(wanted, |v| v.key().into_owned()),
            kind: *kind,
            inside: inside.clone(),
            base: get(base, slot.base),
            ours_after: if missing { behind(&slots_ours, slot.ours) } else { None },
            theirs_after: if missing { behind(&slots_theirs, slot.theirs) } else { None },
            ours,
            theirs,
        });
    }
    let handles = order.merged.iter().filter_map(|&m| {
        let slot = &slots[kept[m as usize]];
        let handle = slot.value.clone()?;
        let sides = [(base, slot.base), (o, slot.ours), (t, slot.theirs)];
        let print = sides.into_iter().find_map(|(list, at)| list.print_of(at? as usize, &handle));
        Some((handle, print))
    });
    let handles = handles.collect();
    let clash =
        (!entries.is_empty() || order_clash.is_some()).then_some(KeyedClash { entries, order: order_clash });
    (L::from_handles(handles), clash)
}

/// The list with every clash decided for one side.
pub(crate) fn settle<T: Entry, L: Entries<T>>(list: &L, clash: &KeyedClash<T>, choice: Choice) -> L {
    let mut entries: Vec<Option<Arc<T>>> = (0..list.count()).map(|i| Some(list.handle(i))).collect();
    let mut come: Vec<(Option<String>, Arc<T>)> = Vec::new();
    list.with_index(|index: &Index| {
        for entry in &clash.entries {
            let found = find(list, index, &entry.key).filter(|&i| {
                // An entry that is not in the list may want a key that another one has.
                entry.kind != ClashKind::AddAdd
                    && (entry.base.is_some() || entry.inside.is_some() || entry.kind == ClashKind::Dangling)
                    && entries[i].is_some()
            });
            match (found, &entry.inside) {
                (Some(i), Some(inside)) => {
                    entries[i] = entries[i].as_ref().map(|e| Arc::new(e.settle(inside, choice)));
                }
                (Some(i), None) => match (entry.kind, entry.handle(choice)) {
                    // What dangles has no base to go back to: base's choice leaves it.
                    (ClashKind::Dangling, None) => {}
                    (_, whole) => entries[i] = whole.cloned(),
                },
                (None, _) => {
                    if let Some(whole) = entry.handle(choice) {
                        come.push((entry.after(choice).map(str::to_owned), Arc::clone(whole)));
                    }
                }
            }
        }
    });
    // The order by the keys that the list had, then what comes behind its neighbour.
    let mut positions: Vec<usize> = (0..list.count()).collect();
    if let Some(order) = &clash.order {
        let wanted: HashMap<&str, usize> =
            order.order(choice).iter().enumerate().map(|(i, k)| (k.as_str(), i)).collect();
        let mut last = 0;
        let ranks: Vec<(usize, usize)> = positions
            .iter()
            .map(|&i| {
                if let Some(&rank) = wanted.get(&*list.at(i).key()) {
                    last = rank;
                }
                (last, i)
            })
            .collect();
        positions.sort_by_key(|&i| ranks[i]);
    }
    let mut out: Vec<Arc<T>> = Vec::with_capacity(list.count() + come.len());
    let mut keys: std::collections::HashSet<String> = std::collections::HashSet::new();
    let mut put = |entry: Arc<T>, out: &mut Vec<Arc<T>>| {
        if keys.insert(entry.key().into_owned()) {
            out.push(entry);
        }
    };
    let mut behind: BTreeMap<Option<String>, Vec<Arc<T>>> = BTreeMap::new();
    for (after, entry) in come {
        behind.entry(after).or_default().push(entry);
    }
    for entry in behind.remove(&None).unwrap_or_default() {
        put(entry, &mut out);
    }
    for i in positions {
        if let Some(entry) = entries[i].take() {
            put(entry, &mut out);
        }
        for entry in behind.remove(&Some(list.at(i).key().into_owned())).unwrap_or_default() {
            put(entry, &mut out);
        }
    }
    L::from_handles(out.into_iter().map(|handle| (handle, None)).collect())
}
