//! Values that laws are tried on: a record that nests every kind of field, and items of any kind.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use qingdan::codes::Level;
use qingdan::value::Cell;
use qingdan::{Entry, Item, List, Map, Pairs, Record, Set, SharedList, Text};
use std::borrow::Cow;

/// The innermost record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "leaf")]
pub(crate) struct Leaf {
    #[record(key)]
    pub(crate) name: String,
    pub(crate) number: Option<u32>,
    pub(crate) levels: Set<Level>,
}

/// A record that is no entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "inner")]
pub(crate) struct Inner {
    pub(crate) text: Text,
    pub(crate) leaves: List<Leaf>,
}

/// An entry of a list that has an order of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "sorted", key_with = Self::whole, order_with = Self::by_group)]
pub(crate) struct Sorted {
    pub(crate) group: u32,
    pub(crate) name: String,
    pub(crate) number: Option<u32>,
}

impl Sorted {
    fn whole(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}/{}", self.group, self.name))
    }
    fn by_group(&self, other: &Self) -> std::cmp::Ordering {
        self.group.cmp(&other.group)
    }
}

/// An entry with every kind of field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "nested")]
pub(crate) struct Nested {
    #[record(key)]
    pub(crate) id: String,
    pub(crate) occurrence: Option<u32>,
    pub(crate) name: String,
    pub(crate) flag: bool,
    pub(crate) inner: Inner,
    pub(crate) leaves: List<Leaf>,
    pub(crate) sorted: List<Sorted>,
    pub(crate) department: List<Text>,
    pub(crate) levels: Set<Level>,
    pub(crate) deep: Map<Inner>,
    #[record(reference)]
    pub(crate) parent: String,
    pub(crate) extra: Map<Text>,
}

/// What holds entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "root")]
pub(crate) struct Root {
    #[record(apart)]
    pub(crate) label: String,
    pub(crate) inner: Inner,
    pub(crate) items: SharedList<Nested>,
}

/// Texts that are often equal, often equal in normal form alone.
fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "甲", "乙", "甲。", "丙", "（甲）", "(甲)", "甲 "]).prop_map(str::to_owned)
}

fn key() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c", "d", "e"]).prop_map(str::to_owned)
}

/// A list of these entries; of equal keys the first stays.
fn list<T: Entry>(entries: Vec<T>) -> List<T> {
    let mut list = List::new();
    for entry in entries {
        let _ = list.push(entry);
    }
    list
}

pub(crate) fn shared<T: Entry>(entries: Vec<T>) -> SharedList<T> {
    let mut list = SharedList::new();
    for entry in entries {
        let _ = list.push(entry);
    }
    list
}

fn levels() -> impl Strategy<Value = Set<Level>> {
    vec(prop::sample::select(vec![Level::City, Level::County, Level::Province]), 0..3).prop_map(Set::of)
}

fn leaf() -> impl Strategy<Value = Leaf> {
    (key(), prop::option::of(0..2_u32), levels()).prop_map(|(name, number, levels)| Leaf {
        name,
        number,
        levels,
    })
}

fn inner() -> impl Strategy<Value = Inner> {
    (word(), vec(leaf(), 0..3)).prop_map(|(text, leaves)| Inner { text: text.into(), leaves: list(leaves) })
}

fn sorted() -> impl Strategy<Value = Sorted> {
    (0..3_u32, key(), prop::option::of(0..2_u32)).prop_map(|(group, name, number)| Sorted {
        group,
        name,
        number,
    })
}

fn map<T: qingdan::Value>(entries: Vec<(String, T)>) -> Map<T> {
    let mut map = Map::new();
    for (key, value) in entries {
        map.set(&key, value);
    }
    map
}

pub(crate) fn nested() -> BoxedStrategy<Nested> {
    (
        (key(), prop::option::weighted(0.1, Just(2_u32)), word(), any::<bool>(), inner()),
        (vec(leaf(), 0..3), vec(word(), 0..3), levels(), vec((key(), inner()), 0..2), vec(sorted(), 0..4)),
        (prop_oneof![Just(String::new()), key()], vec((key(), word().prop_map(Text::from)), 0..2)),
    )
        .prop_map(
            |(
                (id, occurrence, name, flag, inner),
                (leaves, department, levels, deep, sorted),
                (parent, extra),
            )| {
                Nested {
                    id,
                    occurrence,
                    name,
                    flag,
                    inner,
                    leaves: list(leaves),
                    sorted: list(sorted),
                    department: list(department.into_iter().map(Text::from).collect()),
                    levels,
                    deep: map(deep),
                    parent,
                    extra: map(extra),
                }
            },
        )
        .boxed()
}

pub(crate) fn root() -> impl Strategy<Value = Root> {
    (word(), inner(), vec(nested(), 0..5)).prop_map(|(label, inner, items)| Root {
        label,
        inner,
        items: shared(items),
    })
}

/// One edit of a list: what to do, where, and with what.
#[derive(Clone, Debug)]
pub(crate) enum Edit<T> {
    Remove(Index),
    Add(Index, T),
    Replace(Index, T),
    Move(Index, Index),
    Recode(Index, String),
    TakeField(Index, Index, T),
    /// One cause that changes many items at once.
    Event(Event),
}

/// What changes many items in one way: an act amended, an organ renamed, a campaign, a typist.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// What stands in cells before and after.
    from: &'static str,
    to: &'static str,
    /// The row that is forgotten, as in one of twenty real events.
    forgotten: Option<Index>,
}

/// Events as they come (the shares are general knowledge): each touches whatever cell says the first text.
const EVENTS: &[(&str, &str)] = &[
    // An act is amended, and its articles are renumbered.
    ("《甲法》第三条", "《甲法》（2024年修正）第四条"),
    ("《甲法》", "《丙法》"),
    // A department is renamed, merged into another.
    ("市教育局", "市教育体育局"),
    ("市公安局", "市教育局"),
    // Limits are shortened in a campaign.
    ("20个工作日", "10个工作日"),
    // A decision delegates a list of items.
    ("市级、县级", "县级"),
    // A typist's brackets, a full stop: spelling alone.
    ("（甲）", "(甲)"),
    ("乙。", "乙"),
];

fn event() -> impl Strategy<Value = Event> {
    (prop::sample::select(EVENTS), prop::option::weighted(0.2, any::<Index>()))
        .prop_map(|((from, to), forgotten)| Event { from, to, forgotten })
}

impl Event {
    fn befalls<T: Item>(&self, entries: &mut [(Option<String>, T)]) {
        let forgotten = self.forgotten.map(|index| index.index(entries.len()));
        for (row, (_, entry)) in entries.iter_mut().enumerate() {
            if forgotten == Some(row) {
                continue;
            }
            for (field, spec) in T::FIELDS.iter().enumerate() {
                let cell =
                    entry.shown_field(field).map(|shown| shown.shown().into_owned()).unwrap_or_default();
                if spec.name != "id" && cell.contains(self.from) {
                    let mut said = Vec::new();
                    entry.set_cell(field, &cell.replace(self.from, self.to), &mut Cell { said: &mut said });
                }
            }
        }
    }
}

pub(crate) fn edits<T: Clone + std::fmt::Debug + 'static>(
    entry: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Vec<Edit<T>>> {
    let one = prop_oneof![
        any::<Index>().prop_map(Edit::Remove),
        (any::<Index>(), entry.clone()).prop_map(|(i, e)| Edit::Add(i, e)),
        (any::<Index>(), entry.clone()).prop_map(|(i, e)| Edit::Replace(i, e)),
        (any::<Index>(), any::<Index>()).prop_map(|(i, j)| Edit::Move(i, j)),
        (any::<Index>(), key()).prop_map(|(i, k)| Edit::Recode(i, k)),
        (any::<Index>(), any::<Index>(), entry).prop_map(|(i, f, e)| Edit::TakeField(i, f, e)),
        event().prop_map(Edit::Event),
        // Most of what changes changes in events.
        event().prop_map(Edit::Event),
    ];
    vec(one, 0..4)
}

/// The list after the edits, and which entries became which.
pub(crate) fn edited<T: Item>(list: &SharedList<T>, edits: &[Edit<T>]) -> (SharedList<T>, Pairs) {
    let mut entries: Vec<(Option<String>, T)> =
        list.iter().map(|e| (Some(e.key().into_owned()), e.clone())).collect();
    for edit in edits {
        let n = entries.len();
        match edit {
            Edit::Add(at, entry) => entries.insert(at.index(n + 1), (None, entry.clone())),
            _ if n == 0 => {}
            Edit::Event(event) => event.befalls(&mut entries),
            Edit::Remove(at) => drop(entries.remove(at.index(n))),
            Edit::Replace(at, entry) => entries[at.index(n)].1 = entry.clone(),
            Edit::Move(from, to) => {
                let entry = entries.remove(from.index(n));
                entries.insert(to.index(n), entry);
            }
            Edit::Recode(at, id) => entries[at.index(n)].1.set_id(id.clone()),
            Edit::TakeField(at, field, from) => {
                let field = field.index(T::FIELDS.len());
                entries[at.index(n)].1.copy_field(field, from);
            }
        }
    }
    let mut out = SharedList::new();
    let mut pairs = Pairs::none();
    for (before, entry) in entries {
        let key = entry.key().into_owned();
        if out.push(entry).is_err() {
            continue;
        }
        match before {
            Some(before) => drop(pairs.link(before, key)),
            // A new entry under an old key is another thing.
            None if list.get(&key).is_some() => pairs.part(key),
            None => {}
        }
    }
    (out, pairs)
}

/// Items of any kind, made from cells: a new kind or field is tried without a word here.
pub(crate) fn item_of<T: Item>() -> BoxedStrategy<T> {
    let texts = prop::sample::select(vec![
        "",
        "甲",
        "乙。",
        "（甲）",
        "市级、县级",
        "20个工作日",
        "《甲法》第三条；《乙条例》",
        "2024-01-02",
        "是",
        "3",
        "市教育局、市公安局",
        "甲；乙",
        "企业法人",
        "行政许可",
        "=1+1",
    ]);
    let cells = vec((any::<Index>(), texts), 0..6);
    (key(), prop::option::weighted(0.1, Just(2_u32)), cells)
        .prop_map(|(id, occurrence, cells)| {
            let mut item = T::default();
            for (field, text) in cells {
                let (mut said, at) = (Vec::new(), field.index(T::FIELDS.len()));
                let mut cx = Cell { said: &mut said };
                // What stands in columns by level says by its column which level's it is.
                let columns = T::FIELDS[at].spread;
                if let (false, Some(spread)) = (columns.is_empty(), item.spread_field_mut(at)) {
                    spread.add(columns[field.index(columns.len())].key, text, &mut cx);
                    continue;
                }
                item.set_cell(at, text, &mut cx);
            }
            item.set_id(id);
            if let Some(occurrence) = occurrence {
                item.set_occurrence(occurrence);
            }
            item
        })
        .boxed()
}
