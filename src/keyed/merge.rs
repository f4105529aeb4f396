//! Three lists joined: entries by identity, keys kept distinct, references followed, orders joined.

use super::diff::pair_up;
use super::order::{NOWHERE, join};
use super::{Entries, Pair, Table, Two};
use crate::pairs::Pairs;
use crate::record::Entry;
use crate::value::{Choice, Clash, ClashKind, Merging, Outcome, Path, Shown, Side, Step, Value};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::marker::PhantomData;
use std::sync::Arc;

mod order_clash;
mod settling;

pub use order_clash::{Moved, OrderClash};
pub(crate) use settling::settle;

/// What two sides of a keyed list could not agree on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyedClash<T: Entry> {
    entries: Vec<EntryClash<T>>,
    order: Option<OrderClash>,
}
write_parts!(KeyedClash<T: Entry>, [], [entries, order]);
read_parts!(KeyedClash<T: Entry>, "what two sides of a list could not agree on", {
    entries: Vec<EntryClash<T>>,
    order: OrderClash,
} => Ok(KeyedClash { entries: entries.unwrap_or_default(), order }));

impl<T: Entry> JsonSchema for KeyedClash<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("ListClash_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = crate::parts::reference::<EntryClash<T>>(generator);
        clash_schema(&entry, &crate::parts::reference::<OrderClash>(generator))
    }
}

#[inline]
fn clash_schema(entry: &Schema, order: &Schema) -> Schema {
    schemars::json_schema!({
        "description": "What two sides of a keyed list could not agree on.",
        "type": "object",
        "properties": {"entries": {"type": "array", "items": entry}, "order": order},
        "additionalProperties": false,
    })
}

/// The clash of one entry: inside it, or about the entry as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EntryClash<T: Entry> {
    key: String,
    kind: ClashKind,
    inside: Option<T::Clash>,
    base: Option<Arc<T>>,
    ours: Option<Arc<T>>,
    theirs: Option<Arc<T>>,
    ours_after: Option<String>,
    theirs_after: Option<String>,
}
write_parts!(EntryClash<T: Entry>, [key, kind], [inside, base, ours, theirs, ours_after, theirs_after]);

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
            order.visit(path, visitor);
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
}

read_parts!(EntryClash<T: Entry>, "the clash of one entry", {
    key: String,
    kind: ClashKind,
    inside: T::Clash,
    base: Arc<T>,
    ours: Arc<T>,
    theirs: Arc<T>,
    ours_after: String,
    theirs_after: String,
} => {
    let (key, kind) = match (key, kind) {
        (None, _) => return Err(serde::de::Error::missing_field("key")),
        (_, None) => return Err(serde::de::Error::missing_field("kind")),
        (Some(key), Some(kind)) => (key, kind),
    };
    let is_inside = kind == ClashKind::EditEdit;
    if is_inside != inside.is_some() || is_inside && (base.is_some() || ours.is_some() || theirs.is_some()) {
        Err("a clash of kind edit-edit has `inside` alone, any other has the whole entries".into())
    } else {
        Ok(EntryClash { key, kind, inside, base, ours, theirs, ours_after, theirs_after })
    }
});
impl<T: Entry> JsonSchema for EntryClash<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("EntryClash_{}", T::type_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kind = crate::parts::reference::<ClashKind>(generator);
        let inside = crate::parts::reference::<T::Clash>(generator);
        entry_clash_schema(&kind, &inside, &T::field_schema(generator))
    }
}

#[inline]
fn entry_clash_schema(kind: &Schema, inside: &Schema, entry: &Schema) -> Schema {
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

// ------------------------------------------------------------------------------------------------
// References

/// What references inside a list mean on each side, while its entries are merged: by the text of a reference, what bears
/// that key, of what a side added, removed or called otherwise.
#[derive(Debug, Default)]
pub(crate) struct References {
    named: Table<String, Named>,
}

/// What bears a key.
#[derive(Clone, Copy, Debug, Default)]
struct Named {
    /// The entry of base that bears it there, and on each side, by position in base.
    base: Option<u32>,
    ours: Option<u32>,
    theirs: Option<u32>,
    /// Whether what a side added bears it.
    came_ours: bool,
    came_theirs: bool,
}

impl Named {
    /// The entry of base that bears it in a list.
    #[inline]
    fn on(&self, from: From) -> Option<u32> {
        match from {
            From::Ours => self.ours,
            From::Theirs => self.theirs,
            From::Base | From::Made => self.base,
        }
    }
    /// Whether a list has an entry of this key, of those.
    #[inline]
    fn is_in(&self, from: From) -> bool {
        let came = match from {
            From::Ours => self.came_ours,
            From::Theirs => self.came_theirs,
            From::Base | From::Made => false,
        };
        came || self.on(from).is_some()
    }
}

/// What a reference means: an entry of the base, or just its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Entry(u32),
    Text(String),
}

impl References {
    #[inline]
    fn of(&self, text: &str) -> Named {
        self.named.get(text).copied().unwrap_or_default()
    }
    #[inline]
    fn name(&mut self, key: &str) -> &mut Named {
        self.named.entry_ref(key).or_default()
    }
    /// What a list means by `text`, where base has `before`: a text that meant nothing in base and that
    /// the side has not touched means nothing still, whatever else came under that key.
    #[inline]
    fn target(&self, from: From, text: &str, before: Option<&str>) -> Target {
        let named = self.of(text);
        if before == Some(text) && named.base.is_none() {
            return Target::Text(text.to_owned());
        }
        named.on(from).map_or_else(|| Target::Text(text.to_owned()), Target::Entry)
    }
    /// Whether a text names one of them.
    #[inline]
    fn knows(&self, text: &str) -> bool {
        self.named.contains_key(text)
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
        let before = Some(base.as_ref());
        let b = references.target(From::Base, base.as_ref(), before);
        let o = references.target(From::Ours, ours.value.as_ref(), before);
        let t = references.target(From::Theirs, theirs.value.as_ref(), before);
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

/// A list that takes part in a merge, or `Made`: the entries that were merged on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Base,
    Ours,
    Theirs,
    Made,
}

/// One entry of the merged list on its way: where it comes from and what became of it. Positions and
/// keys alone, so that what follows from them is compiled once, not once a type.
#[derive(Debug, Default)]
struct Slot {
    base: Option<u32>,
    ours: Option<u32>,
    theirs: Option<u32>,
    /// `None`: not in the merged list.
    value: Option<(From, u32)>,
    /// Of kind edit-edit, it stands with the entry that was made.
    clash: Option<ClashKind>,
    /// Whether it stays as base has it for want of an agreement: no side places it then.
    held: bool,
    /// Whether both sides have it to the letter as base has it, and the merged list too.
    plain: bool,
}

/// The lists of a merge, without their type.
trait Lists {
    fn count(&self, from: From) -> usize;
    fn key(&self, entry: (From, u32)) -> Cow<'_, str>;
    fn reference(&self, entry: (From, u32)) -> Option<&str>;
    /// Whether an entry has a reference: known without a look at it where it has a print.
    fn refers(&self, entry: (From, u32)) -> bool;
    /// Whether any entry of a list has one.
    fn any_refers(&self, from: From) -> bool;
    /// Key and JSON of an entry, for an order that does not depend on the side.
    fn form(&self, entry: (From, u32)) -> (String, String);
    /// An entry as a table's cell has it.
    fn cell(&self, entry: (From, u32)) -> String;
    /// Whether two entries of the three lists are equal to the letter.
    fn same(&self, a: (From, u32), b: (From, u32)) -> bool;
    /// Whether two entries are equal in normal form.
    fn alike(&self, a: (From, u32), b: (From, u32)) -> bool;
    /// Merges an entry of each list, by position; answers where the merged one stands, and whether
    /// something is undecided inside it.
    fn make(&mut self, at: [u32; 3], pairs: [&Pairs; 2], cx: &mut Merging) -> ((From, u32), bool);
    /// Gives an entry another reference; answers where it stands now.
    fn refer(&mut self, entry: (From, u32), key: String) -> (From, u32);
}

impl dyn Lists + '_ {
    /// The key of the entry that a slot has in the merged list.
    #[inline]
    fn key_of(&self, slot: &Slot) -> Option<Cow<'_, str>> {
        slot.value.map(|value| self.key(value))
    }
    /// What the keys of each list mean: entries of base that a side removed or called otherwise, and what came. The others are
    /// called the same on all sides, so that a text which names one of them means one thing everywhere.
    #[inline]
    fn meanings(&self, sides: &Sides) -> References {
        let mut references = References::default();
        for &i in &sides.unkept {
            references.name(&self.key((From::Base, i))).base = Some(i);
            if let Some(j) = sides.in_ours[i as usize] {
                references.name(&self.key((From::Ours, j))).ours = Some(i);
            }
            if let Some(j) = sides.in_theirs[i as usize] {
                references.name(&self.key((From::Theirs, j))).theirs = Some(i);
            }
        }
        for &j in &sides.added_ours {
            references.name(&self.key((From::Ours, j))).came_ours = true;
        }
        for &j in &sides.added_theirs {
            references.name(&self.key((From::Theirs, j))).came_theirs = true;
        }
        references
    }
}

/// The lists, and what is made on the way.
struct Three<'a, T: Entry, L> {
    base: &'a L,
    ours: &'a L,
    theirs: &'a L,
    made: Made<T>,
}

impl<'a, T: Entry, L: Entries<T>> Three<'a, T, L> {
    /// The list that an entry stands in; what was made stands in none.
    fn list(&self, from: From) -> &'a L {
        match from {
            From::Ours => self.ours,
            From::Theirs => self.theirs,
            From::Base | From::Made => self.base,
        }
    }
    fn entry(&self, (from, i): (From, u32)) -> &T {
        match from {
            From::Made => &self.made[i as usize].0,
            from => self.list(from).at(i as usize),
        }
    }
    /// What is known of an entry of a list without a look at it.
    fn print(&self, (from, i): (From, u32)) -> Option<u64> {
        match from {
            From::Made => None,
            from => self.list(from).prints().map(|prints| prints[i as usize]),
        }
    }
    fn handle(&self, (from, i): (From, u32)) -> Arc<T> {
        match from {
            From::Made => Arc::clone(&self.made[i as usize].0),
            from => self.list(from).handle(i as usize),
        }
    }
}

impl<T: Entry, L: Entries<T>> Lists for Three<'_, T, L> {
    fn count(&self, from: From) -> usize {
        match from {
            From::Made => self.made.len(),
            from => self.list(from).count(),
        }
    }
    fn key(&self, entry: (From, u32)) -> Cow<'_, str> {
        self.entry(entry).key()
    }
    fn reference(&self, entry: (From, u32)) -> Option<&str> {
        self.entry(entry).reference()
    }
    fn refers(&self, (from, i): (From, u32)) -> bool {
        match from {
            From::Made => self.reference((from, i)).is_some(),
            from => self.list(from).refers(i as usize),
        }
    }
    fn any_refers(&self, from: From) -> bool {
        let list = self.list(from);
        (0..list.count()).any(|i| list.refers(i))
    }
    fn form(&self, entry: (From, u32)) -> (String, String) {
        let entry = self.entry(entry);
        (entry.key().into_owned(), entry.json().to_string())
    }
    fn cell(&self, entry: (From, u32)) -> String {
        self.entry(entry).to_cell().into_owned()
    }
    fn same(&self, (a, i): (From, u32), (b, j): (From, u32)) -> bool {
        self.list(a).same(i as usize, self.list(b), j as usize)
    }
    fn alike(&self, a: (From, u32), b: (From, u32)) -> bool {
        self.entry(a).alike(self.entry(b))
    }
    fn make(
        &mut self,
        [i, p, q]: [u32; 3],
        [ours, theirs]: [&Pairs; 2],
        cx: &mut Merging,
    ) -> ((From, u32), bool) {
        let base = self.base.at(i as usize);
        let key = base.key();
        let left = Side { value: self.ours.at(p as usize), pairs: ours.inside(&key) };
        let right = Side { value: self.theirs.at(q as usize), pairs: theirs.inside(&key) };
        cx.path.push(Step::Entry(key.into_owned()));
        let Outcome { value, clash } = T::merge_in(base, left, right, cx);
        cx.path.pop();
        let undecided = clash.is_some();
        self.made.push((Arc::new(value), clash));
        ((From::Made, self.made.len() as u32 - 1), undecided)
    }
    fn refer(&mut self, entry: (From, u32), key: String) -> (From, u32) {
        let mut new = self.entry(entry).clone();
        new.set_reference(key);
        if let (From::Made, i) = entry {
            self.made[i as usize].0 = Arc::new(new);
            return entry;
        }
        self.made.push((Arc::new(new), None));
        (From::Made, self.made.len() as u32 - 1)
    }
}

/// Entries that were merged, each with what is undecided inside it.
type Made<T> = Vec<(Arc<T>, Option<<T as Value>::Clash>)>;

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
    let mut three: Three<'_, T, L> = Three { base, ours: o, theirs: t, made: Vec::new() };
    let (to_ours, to_theirs) = (Pair(base, o, PhantomData), Pair(base, t, PhantomData));
    let pairs = [ours.pairs, theirs.pairs];
    let (slots, joined) = merge_lists(&mut three, [&to_ours, &to_theirs], pairs, T::LOOSE, cx);
    let mut entries = Vec::with_capacity(joined.clashes.len());
    for clash in joined.clashes {
        let slot = &slots[clash.slot];
        let Some(kind) = slot.clash else { continue };
        let inside = match (kind, slot.value) {
            (ClashKind::EditEdit, Some((From::Made, i))) => three.made[i as usize].1.clone(),
            _ => None,
        };
        let whole = inside.is_none();
        let get = |list: &L, at: Option<u32>| at.filter(|_| whole).map(|j| list.handle(j as usize));
        entries.push(EntryClash {
            key: clash.key,
            kind,
            inside,
            base: get(base, slot.base),
            ours: get(o, slot.ours),
            theirs: get(t, slot.theirs),
            ours_after: clash.ours_after,
            theirs_after: clash.theirs_after,
        });
    }
    // What is base's is taken from there; prints go along, so that only what was made is hashed.
    let (n, mut placed, mut fresh) =
        (base.count() as u32, Vec::with_capacity(joined.merged.len()), Vec::new());
    for s in joined.merged {
        let slot = &slots[s as usize];
        let Some(value) = slot.value else { continue };
        match (value, slot.base) {
            (_, Some(i)) if slot.plain => placed.push(i),
            _ => {
                placed.push(n + fresh.len() as u32);
                fresh.push((three.handle(value), three.print(value)));
            }
        }
    }
    let order = joined.order;
    let clash = (!entries.is_empty() || order.is_some()).then_some(KeyedClash { entries, order });
    (base.gathered(&placed, &fresh), clash)
}

/// Joins two descendants of a list in positions.
#[inline]
fn merge_lists(
    lists: &mut dyn Lists,
    [to_ours, to_theirs]: [&dyn Two<'_>; 2],
    pairs: [&Pairs; 2],
    loose: bool,
    cx: &mut Merging,
) -> (Vec<Slot>, Joined) {
    let sides = Sides::of(to_ours, to_theirs, loose, pairs);
    let mut slots =
        Vec::with_capacity(sides.in_ours.len() + sides.added_ours.len() + sides.added_theirs.len());
    let refers = sides.refer(lists);
    if refers {
        cx.references.push(Arc::new(lists.meanings(&sides)));
    }
    merge_entries(lists, pairs, &sides, &mut slots, cx);
    let partners = partners(loose, lists, &sides.added_ours, &sides.added_theirs);
    merge_additions(lists, (&sides.added_ours, &sides.added_theirs), &partners, &mut slots, cx);
    let rekeyed = sides.rekeyed(&slots);
    keep_keys_distinct(lists, &rekeyed, &mut slots);
    let references = if refers { cx.references.pop() } else { None };
    if let Some(references) = references {
        for (s, key) in follow_references(lists, &rekeyed, &references, &mut slots) {
            let Some(value) = slots[s].value else { continue };
            slots[s].value = Some(lists.refer(value, key));
            slots[s].plain = false;
        }
    }
    let joined = finish(lists, &slots);
    (slots, joined)
}

/// Where the entries of base stand on both sides, what the sides added, and what they touched.
struct Sides {
    /// By position in base.
    in_ours: Vec<Option<u32>>,
    in_theirs: Vec<Option<u32>>,
    added_ours: Vec<u32>,
    added_theirs: Vec<u32>,
    /// By position in base: whether both sides have the entry to the letter as base has it, wherever it stands.
    plain: Vec<bool>,
    /// The positions in base of the others.
    touched: Vec<u32>,
    /// The positions in base of those that a side removed, or gave another key. All others bear in each list the key that no
    /// other entry can have there.
    unkept: Vec<u32>,
}

impl Sides {
    #[inline]
    fn of<'a>(to_ours: &dyn Two<'a>, to_theirs: &dyn Two<'a>, loose: bool, pairs: [&Pairs; 2]) -> Self {
        let (mut plain, mut unkept) = (vec![true; to_ours.counts().0], Vec::new());
        let (in_ours, added_ours) = side(to_ours, loose, pairs[0], &mut plain, &mut unkept);
        let (in_theirs, added_theirs) = side(to_theirs, loose, pairs[1], &mut plain, &mut unkept);
        unkept.sort_unstable();
        unkept.dedup();
        let touched = plain.iter().enumerate().filter(|(_, plain)| !**plain).map(|(i, _)| i as u32).collect();
        Self { in_ours, in_theirs, added_ours, added_theirs, plain, touched, unkept }
    }
    /// The slots whose key is not what it is in all three lists: of what was not kept, of what was made of both sides (a
    /// key of several fields may be one that no side knows), and of what came.
    #[inline]
    fn rekeyed(&self, slots: &[Slot]) -> Vec<u32> {
        let made = |i: &u32| matches!(slots[*i as usize].value, Some((From::Made, _)));
        let mut out = self.unkept.clone();
        out.extend(self.touched.iter().copied().filter(made));
        out.sort_unstable();
        out.dedup();
        out.extend(self.in_ours.len() as u32..slots.len() as u32);
        out
    }
    /// Whether references have to be looked at: there are some, and something was touched.
    #[inline]
    fn refer(&self, lists: &dyn Lists) -> bool {
        if self.touched.is_empty() && self.added_ours.is_empty() && self.added_theirs.is_empty() {
            return false;
        }
        [From::Base, From::Ours, From::Theirs].into_iter().any(|from| lists.any_refers(from))
    }
}

/// By position in base: the position on a side; and the positions that the side added. What it changed is not plain, and
/// what it did not keep is noted.
#[inline]
fn side(
    two: &dyn Two<'_>,
    loose: bool,
    pairs: &Pairs,
    plain: &mut [bool],
    unkept: &mut Vec<u32>,
) -> (Vec<Option<u32>>, Vec<u32>) {
    let pairing = pair_up(two, loose, pairs);
    let mut at = vec![None; two.counts().0];
    for (j, &i) in pairing.before.iter().enumerate() {
        if i != NOWHERE {
            at[i as usize] = Some(j as u32);
        }
    }
    for i in pairing.differ.iter().map(|(i, _)| i).chain(&pairing.removed) {
        plain[*i as usize] = false;
    }
    unkept.extend(pairing.removed);
    unkept.extend(pairing.rekeyed);
    (at, pairing.added)
}

#[inline]
fn merge_entries(
    lists: &mut dyn Lists,
    pairs: [&Pairs; 2],
    sides: &Sides,
    slots: &mut Vec<Slot>,
    cx: &mut Merging,
) {
    for (i, plain) in sides.plain.iter().copied().enumerate() {
        let (ours, theirs) = (sides.in_ours[i], sides.in_theirs[i]);
        let mut slot = Slot { base: Some(i as u32), ours, theirs, plain, ..Slot::default() };
        let base = (From::Base, i as u32);
        if plain {
            slot.value = Some(base);
            slots.push(slot);
            continue;
        }
        match (ours, theirs) {
            (None, None) => {}
            (Some(p), Some(q)) => {
                let (x, y) = ((From::Ours, p), (From::Theirs, q));
                if lists.same(base, y) || lists.same(x, y) {
                    slot.value = Some(x);
                } else if lists.same(base, x) {
                    slot.value = Some(y);
                } else {
                    let (made, undecided) = lists.make([i as u32, p, q], pairs, cx);
                    slot.value = Some(made);
                    slot.clash = undecided.then_some(ClashKind::EditEdit);
                }
            }
            (Some(left), None) | (None, Some(left)) => {
                let (left, side) = match ours {
                    Some(_) => ((From::Ours, left), Choice::Ours),
                    None => ((From::Theirs, left), Choice::Theirs),
                };
                if lists.same(base, left) {
                    // Removed by the other side.
                } else if lists.alike(base, left) {
                    cx.path.push(Step::Entry(lists.key(base).into_owned()));
                    cx.note(None, lists.cell(left), side);
                    cx.path.pop();
                } else {
                    slot.value = Some(base);
                    slot.clash = Some(ClashKind::EditRemove);
                    slot.held = true;
                }
            }
        }
        slots.push(slot);
    }
}

#[inline]
fn merge_additions(
    lists: &dyn Lists,
    (added_ours, added_theirs): (&[u32], &[u32]),
    partners: &HashMap<u32, u32>,
    slots: &mut Vec<Slot>,
    cx: &mut Merging,
) {
    let mut taken = vec![false; lists.count(From::Theirs)];
    for &i in added_ours {
        let entry = (From::Ours, i);
        let ours = Some(i);
        let Some(&j) = partners.get(&i) else {
            slots.push(Slot { ours, value: Some(entry), ..Slot::default() });
            continue;
        };
        let theirs = Some(j);
        taken[j as usize] = true;
        let other = (From::Theirs, j);
        if lists.same(entry, other) {
            slots.push(Slot { ours, theirs, value: Some(entry), ..Slot::default() });
        } else if lists.alike(entry, other) {
            let spelling = |e: (From, u32)| (lists.cell(e), lists.form(e).1);
            let (kept, given_up, side) = if spelling(entry) <= spelling(other) {
                (entry, other, Choice::Theirs)
            } else {
                (other, entry, Choice::Ours)
            };
            cx.path.push(Step::Entry(lists.key(kept).into_owned()));
            cx.note(Some(lists.cell(kept)), lists.cell(given_up), side);
            cx.path.pop();
            slots.push(Slot { ours, theirs, value: Some(kept), ..Slot::default() });
        } else {
            slots.push(Slot { ours, theirs, clash: Some(ClashKind::AddAdd), ..Slot::default() });
        }
    }
    for &j in added_theirs.iter().filter(|&&j| !taken[j as usize]) {
        slots.push(Slot { theirs: Some(j), value: Some((From::Theirs, j)), ..Slot::default() });
    }
}

/// Which addition of ours is which addition of theirs: by key, and texts by normal form, each form's in
/// the order of their spelling.
#[inline]
fn partners(loose: bool, lists: &dyn Lists, ours: &[u32], theirs: &[u32]) -> HashMap<u32, u32> {
    let by_key: HashMap<Cow<'_, str>, u32> =
        theirs.iter().map(|&j| (lists.key((From::Theirs, j)), j)).collect();
    let mut partners: HashMap<u32, u32> =
        ours.iter().filter_map(|&i| by_key.get(&lists.key((From::Ours, i))).map(|&j| (i, j))).collect();
    if loose {
        let taken: HashSet<u32> = partners.values().copied().collect();
        let open = |from: From, at: &[u32], is_taken: &dyn Fn(u32) -> bool| {
            let mut forms: BTreeMap<String, Vec<(String, u32)>> = BTreeMap::new();
            for &i in at.iter().filter(|i| !is_taken(**i)) {
                let key = lists.key((from, i)).into_owned();
                forms.entry(crate::text::normal(&key).into_owned()).or_default().push((key, i));
            }
            for spellings in forms.values_mut() {
                spellings.sort();
            }
            forms
        };
        let open_theirs = open(From::Theirs, theirs, &|j| taken.contains(&j));
        for (form, spellings) in open(From::Ours, ours, &|i| partners.contains_key(&i)) {
            let others = open_theirs.get(&form).into_iter().flatten();
            partners.extend(spellings.iter().zip(others).map(|((_, i), (_, j))| (*i, *j)));
        }
    }
    partners
}

/// Where several entries want one key, every one that came to it goes back to what base has, until
/// keys are distinct. An entry that bears its key in all lists keeps it to itself, so that nothing comes to it but what was
/// made of both sides: a key of several fields may be one that no side knows.
#[inline]
fn keep_keys_distinct(lists: &dyn Lists, rekeyed: &[u32], slots: &mut [Slot]) {
    // Those that came to a key, by key.
    let mut claims: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &s in rekeyed {
        let (s, slot) = (s as usize, &slots[s as usize]);
        let Some(key) = lists.key_of(slot) else { continue };
        let came = match (slot.base, slot.value) {
            // The very entry of base.
            (_, Some((From::Base, _))) => false,
            (Some(i), _) => key != lists.key((From::Base, i)),
            (None, _) => true,
        };
        if came {
            claims.entry(key.into_owned()).or_default().push(s);
        }
    }
    if claims.is_empty() {
        return;
    }
    let mut in_base: Table<Cow<'_, str>, u32> = Table::default();
    let count = lists.count(From::Base) as u32;
    for &i in rekeyed.iter().take_while(|i| **i < count) {
        in_base.insert(lists.key((From::Base, i)), i);
    }
    let is_mixed = |key: &str, slot: &Slot| {
        let of = |from: From, at: Option<u32>| at.is_some_and(|at| lists.key((from, at)) == key);
        !of(From::Ours, slot.ours) && !of(From::Theirs, slot.theirs)
    };
    let mixed = |key: &String| claims[key].iter().any(|&s| is_mixed(key, &slots[s]));
    let mixed: HashSet<&str> = claims.keys().filter(|key| mixed(key)).map(String::as_str).collect();
    if !mixed.is_empty() {
        for i in 0..count {
            let key = lists.key((From::Base, i));
            if mixed.contains(key.as_ref()) {
                in_base.insert(key, i);
            }
        }
    }
    let mut contested: Vec<String> = claims.keys().cloned().collect();
    while let Some(key) = contested.pop() {
        let Some(claimants) = claims.get(&key) else { continue };
        let stayed = in_base
            .get(key.as_str())
            .is_some_and(|&i| lists.key_of(&slots[i as usize]).is_some_and(|there| there == key.as_str()));
        if claimants.len() + usize::from(stayed) < 2 {
            continue;
        }
        for s in claims.remove(&key).unwrap_or_default() {
            let slot = &mut slots[s];
            slot.clash = Some(ClashKind::SameId);
            slot.value = slot.base.map(|i| (From::Base, i));
            slot.held = slot.base.is_some();
            // Its key in base may be wanted by another.
            contested.extend(lists.key_of(slot).map(Cow::into_owned));
        }
    }
}

/// Which entries get a reference anew: the key that its target has in the merged list. One whose target is
/// gone, and was there on the side it comes from, dangles.
#[inline]
fn follow_references(
    lists: &dyn Lists,
    rekeyed: &[u32],
    references: &References,
    slots: &mut [Slot],
) -> Vec<(usize, String)> {
    // A text that names none of these means the same everywhere, and stays.
    let mut present: Table<Cow<'_, str>, u32> = Table::default();
    for &s in rekeyed {
        present.extend(lists.key_of(&slots[s as usize]).map(|key| (key, s)));
    }
    let (mut named, mut dangling) = (Vec::new(), Vec::new());
    for (s, slot) in slots.iter().enumerate() {
        let value = slot.value.filter(|value| lists.refers(*value));
        let Some(text) = value.and_then(|value| lists.reference(value)) else { continue };
        if slot.plain && !references.knows(text) {
            continue;
        }
        let before = slot.base.map(|i| lists.reference((From::Base, i)).unwrap_or_default());
        let side = |from: From, at: Option<u32>| {
            let reference = lists.reference((from, at?)).unwrap_or_default();
            let there = references.of(reference).is_in(from);
            Some((references.target(from, reference, before), reference, there))
        };
        let from_base = side(From::Base, slot.base);
        let from_ours = side(From::Ours, slot.ours);
        let from_theirs = side(From::Theirs, slot.theirs);
        let sides: Vec<&(Target, &str, bool)> = if slot.held {
            from_base.iter().collect()
        } else {
            [&from_ours, &from_theirs, &from_base].into_iter().flatten().collect()
        };
        let meaning = |side: &Option<(Target, &str, bool)>| side.as_ref().map(|s| s.0.clone());
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
            Target::Entry(i) => lists.key_of(&slots[*i as usize]),
            // What nobody touched is where it was, or nowhere on any side.
            Target::Text(text) if !references.knows(text) => continue,
            Target::Text(text) => present.contains_key(text.as_str()).then_some(Cow::Borrowed(text.as_str())),
        };
        match new {
            Some(key) if key != text => named.push((s, key.into_owned())),
            Some(_) => {}
            None => {
                let there_before = sides.iter().any(|s| s.0 == target && s.2);
                if there_before && slot.clash.is_none() {
                    dangling.push(s);
                }
            }
        }
    }
    drop(present);
    for s in dangling {
        slots[s].clash = Some(ClashKind::Dangling);
    }
    named
}

/// The merged list in slots, and its clashes.
struct Joined {
    /// The slots in the order of the merged list.
    merged: Vec<u32>,
    clashes: Vec<Clashing>,
    order: Option<OrderClash>,
}

/// A slot that clashes.
struct Clashing {
    slot: usize,
    key: String,
    ours_after: Option<String>,
    theirs_after: Option<String>,
}

/// Joins the orders.
#[inline]
fn finish(lists: &dyn Lists, slots: &[Slot]) -> Joined {
    let mut kept: Vec<u32> = Vec::with_capacity(slots.len());
    let mut member = vec![NOWHERE; slots.len()];
    let mut slots_ours = vec![NOWHERE; lists.count(From::Ours)];
    let mut slots_theirs = vec![NOWHERE; lists.count(From::Theirs)];
    for (s, slot) in slots.iter().enumerate() {
        if slot.value.is_some() {
            member[s] = kept.len() as u32;
            kept.push(s as u32);
        }
        if let Some(j) = slot.ours {
            slots_ours[j as usize] = s as u32;
        }
        if let Some(j) = slot.theirs {
            slots_theirs[j as usize] = s as u32;
        }
    }
    let name = |m: u32| lists.key_of(&slots[kept[m as usize] as usize]).unwrap_or_default();
    let mut in_base: Vec<u32> = Vec::with_capacity(kept.len());
    in_base.extend(member[..lists.count(From::Base)].iter().copied().filter(|&m| m != NOWHERE));
    let order_of = |slot_at: &[u32]| -> Vec<u32> {
        let mut order = Vec::with_capacity(slot_at.len());
        for &s in slot_at.iter().filter(|s| **s != NOWHERE) {
            let m = member[s as usize];
            if m != NOWHERE && !slots[s as usize].held {
                order.push(m);
            }
        }
        order
    };
    let (in_ours, in_theirs) = (order_of(&slots_ours), order_of(&slots_theirs));
    let order = join(&in_base, &in_ours, &in_theirs, kept.len(), &name);
    let order_clash = (!order.contested.is_empty()).then(|| {
        let sides = [&*in_base, &*in_ours, &*in_theirs];
        OrderClash::of(&order, sides, kept.len(), &name)
    });
    // Behind which entry of the merged list a side has what is not in it.
    let behind = |slot_at: &[u32], at: Option<u32>| -> Option<String> {
        let before = &slot_at[..at? as usize];
        let last = before.iter().rev().find(|&&s| s != NOWHERE && member[s as usize] != NOWHERE)?;
        Some(name(member[*last as usize]).into_owned())
    };
    let merged: Vec<u32> = order.merged.iter().map(|&m| kept[m as usize]).collect();
    // What is not in the list, in an order that does not depend on the side.
    let mut others: Vec<usize> =
        (0..slots.len()).filter(|&s| slots[s].value.is_none() && slots[s].clash.is_some()).collect();
    let sides = |s: usize| [(From::Ours, slots[s].ours), (From::Theirs, slots[s].theirs)];
    let keys = |s: usize| {
        let mut keys = sides(s).map(|(from, at)| at.map(|i| lists.key((from, i))));
        keys.sort();
        keys
    };
    others.sort_by_cached_key(|&s| keys(s));
    // By what they are where the keys do not tell: seldom.
    for equal in others.chunk_by_mut(|&a, &b| keys(a) == keys(b)).filter(|equal| equal.len() > 1) {
        equal.sort_by_cached_key(|&s| {
            let mut forms = sides(s).map(|(from, at)| at.map(|i| lists.form((from, i))));
            forms.sort();
            forms
        });
    }
    let mut clashes = Vec::new();
    for s in merged.iter().map(|&s| s as usize).chain(others) {
        let slot = &slots[s];
        if slot.clash.is_none() {
            continue;
        }
        let wanted = || {
            let ours = slot.ours.map(|i| lists.key((From::Ours, i)));
            let theirs = slot.theirs.map(|i| lists.key((From::Theirs, i)));
            ours.into_iter().chain(theirs).min().unwrap_or_default()
        };
        let missing = slot.value.is_none();
        clashes.push(Clashing {
            slot: s,
            key: lists.key_of(slot).unwrap_or_else(wanted).into_owned(),
            ours_after: if missing { behind(&slots_ours, slot.ours) } else { None },
            theirs_after: if missing { behind(&slots_theirs, slot.theirs) } else { None },
        });
    }
    Joined { merged, clashes, order: order_clash }
}
