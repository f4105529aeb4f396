//! Two orders of one list that cannot both hold: what each moves, told behind unmoved entries as a delta tells
//! it, so that a list of a million entries in which ten moved says ten.

use super::super::List;
use super::super::order::{Mover, Name, Order};
use crate::problem::Message;
use crate::text_atom::Text;
use crate::value::{Choice, Clash, ClashKind, Path, Ruling, Settling};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Entries that stand elsewhere in one order than in another: behind an entry that did not move, or at the head.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "crate::keyed::present")]
    #[schemars(schema_with = "String::json_schema")]
    after: Option<String>,
    keys: Vec<String>,
}

impl Moved {
    /// The unmoved entry behind which they stand; `None`: at the head.
    #[must_use]
    #[inline]
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }
    /// The keys, in their order.
    #[must_use]
    #[inline]
    pub fn keys(&self) -> &[String] {
        &self.keys
    }
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
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    ours_moved: Vec<Moved>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    theirs_moved: Vec<Moved>,
}

/// The key that an entry of a list has, by position.
type KeyAt<'a, 'k> = dyn Fn(usize) -> Cow<'k, str> + 'a;

impl OrderClash {
    /// Of the joined order of lists whose members are numbers that `name` knows.
    #[inline]
    pub(super) fn of(
        order: &Order,
        [base, ours, theirs]: [&[u32]; 3],
        members: usize,
        name: &Name<'_>,
    ) -> Self {
        let mut is_contested = vec![false; members];
        for &m in &order.contested {
            is_contested[m as usize] = true;
        }
        let moved = |side: Mover| -> Vec<Moved> {
            let named = |m: u32| name(m).into_owned();
            let moves = order.moved(side).into_iter();
            let told = moves.map(|(after, moved)| Moved {
                after: after.map(named),
                keys: moved.into_iter().map(named).collect(),
            });
            told.collect()
        };
        let named = |side: &[u32]| -> Vec<String> {
            let contested = side.iter().filter(|m| is_contested[**m as usize]);
            contested.map(|&m| name(m).into_owned()).collect()
        };
        Self {
            contested: named(&order.contested),
            base: named(base),
            ours: named(ours),
            theirs: named(theirs),
            ours_moved: moved(Mover::Ours),
            theirs_moved: moved(Mover::Theirs),
        }
    }
    #[inline]
    pub(super) fn visit(&self, path: &Path, visitor: &mut dyn FnMut(&Path, Clash<'_>)) {
        let [base, ours, theirs] = [Choice::Base, Choice::Ours, Choice::Theirs].map(|choice| {
            List::of(self.order(choice).iter().map(|key| Text::from(key.as_str()))).unwrap_or_default()
        });
        visitor(path, Clash::new(ClashKind::Order, Some(&base), Some(&ours), Some(&theirs)));
    }
    /// The keys that both sides want elsewhere, in the order of the merged list.
    #[must_use]
    #[inline]
    pub fn contested(&self) -> &[String] {
        &self.contested
    }
    /// The contested keys in the order that one of the three lists gives them.
    #[must_use]
    #[inline]
    pub fn order(&self, choice: Choice) -> &[String] {
        match choice {
            Choice::Base => &self.base,
            Choice::Ours => &self.ours,
            Choice::Theirs => &self.theirs,
        }
    }
    /// What makes the merged list's order that of one of the three, contested or not: nothing for base.
    #[must_use]
    #[inline]
    pub fn moved(&self, choice: Choice) -> &[Moved] {
        match choice {
            Choice::Base => &[],
            Choice::Ours => &self.ours_moved,
            Choice::Theirs => &self.theirs_moved,
        }
    }

    /// The positions of a list of `count` entries in the order that the judge decides for; `None` where it
    /// stays a clash.
    #[inline]
    pub(super) fn settle(
        &self,
        count: usize,
        key_at: &KeyAt<'_, '_>,
        cx: &mut Settling<'_>,
    ) -> Option<Vec<usize>> {
        let mut ruling = Ruling::Open;
        let path = cx.path.clone();
        self.visit(&path, &mut |path, clash| ruling = cx.judge.rule(path, clash));
        let as_it_is = || (0..count).collect::<Vec<usize>>();
        match ruling {
            Ruling::Open => None,
            Ruling::Side(choice) => Some(reordered(as_it_is(), key_at, self.moved(choice))),
            // Ours, and in it what theirs moved behind the entry that stands before it in theirs.
            Ruling::Both(_) => {
                let ours = reordered(as_it_is(), key_at, &self.ours_moved);
                Some(reordered(ours, key_at, &self.theirs_moved))
            }
            Ruling::Value(text) => {
                let order = given(&text, count, key_at);
                if order.is_none() {
                    cx.refuse(Message::new(
                        "次序应为清单中的编码，以“；”分隔，每个一次",
                        "an order is keys of the list with `;` between them, each once",
                    ));
                }
                order
            }
        }
    }

    /// Speaks of the list as it stands once its entries are settled. `sequence` is that list: positions among the
    /// `count` entries that it had, in their order, and from `count` on what came in behind them; `now` is the key
    /// that each has by now, if it still stands. Answers whether anything is contested still.
    #[inline]
    pub(super) fn follow<'n>(
        &mut self,
        count: usize,
        key_at: &KeyAt<'_, '_>,
        sequence: &[usize],
        now: &dyn Fn(usize) -> Option<Cow<'n, str>>,
    ) -> bool {
        let mut mentioned: HashMap<&str, Option<usize>> = HashMap::new();
        for key in [&self.contested, &self.base, &self.ours, &self.theirs].into_iter().flatten() {
            mentioned.insert(key, None);
        }
        for moved in self.ours_moved.iter().chain(&self.theirs_moved) {
            for key in moved.after.iter().chain(&moved.keys) {
                mentioned.insert(key, None);
            }
        }
        // By position in the list that it had: the place in the sequence.
        let mut place = vec![0; count];
        for (s, &at) in sequence.iter().enumerate().filter(|(_, at)| **at < count) {
            place[at] = s;
        }
        for (i, place) in place.into_iter().enumerate() {
            if let Some(found) = mentioned.get_mut(&*key_at(i)) {
                *found = Some(place);
            }
        }
        let settled = Settled { count, sequence, now, places: &mentioned };
        let keys = |keys: &[String]| keys.iter().filter_map(|key| settled.key(key)).collect::<Vec<String>>();
        let contested = keys(&self.contested);
        let (base, ours, theirs) = (keys(&self.base), keys(&self.ours), keys(&self.theirs));
        let ours_moved = settled.followed(&self.ours_moved);
        let theirs_moved = settled.followed(&self.theirs_moved);
        *self = Self { contested, base, ours, theirs, ours_moved, theirs_moved };
        !self.contested.is_empty()
    }
}

/// A list whose entries are settled while its order is open.
struct Settled<'a, 'n> {
    count: usize,
    sequence: &'a [usize],
    now: &'a dyn Fn(usize) -> Option<Cow<'n, str>>,
    /// By key that an entry had: its place in the sequence.
    places: &'a HashMap<&'a str, Option<usize>>,
}

impl Settled<'_, '_> {
    #[inline]
    fn place(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied().flatten()
    }
    #[inline]
    fn key(&self, key: &str) -> Option<String> {
        self.place(key).and_then(|s| (self.now)(self.sequence[s])).map(Cow::into_owned)
    }
    /// Where the entries end that came in from a place of the sequence on.
    #[inline]
    fn end(&self, from: usize) -> usize {
        from + self.sequence[from..].iter().take_while(|at| **at >= self.count).count()
    }
    /// What came in behind an entry goes where that goes: as if the order had been decided first.
    #[inline]
    fn followed(&self, moved: &[Moved]) -> Vec<Moved> {
        let mut lifted = vec![false; self.sequence.len()];
        for s in moved.iter().flat_map(|moved| &moved.keys).filter_map(|key| self.place(key)) {
            lifted[s..self.end(s + 1)].fill(true);
        }
        // By place: the nearest one up to it that stands and has not moved.
        let mut anchors = Vec::with_capacity(self.sequence.len());
        let mut anchor = None;
        for (s, &at) in self.sequence.iter().enumerate() {
            if !lifted[s] && (self.now)(at).is_some() {
                anchor = Some(at);
            }
            anchors.push(anchor);
        }
        let mut out: Vec<Moved> = Vec::new();
        for Moved { after, keys } in moved {
            let end = match after {
                None => self.end(0),
                Some(after) => self.place(after).map_or(self.sequence.len(), |s| self.end(s + 1)),
            };
            let anchor = end.checked_sub(1).and_then(|s| anchors[s]);
            let after = anchor.and_then(|at| (self.now)(at)).map(Cow::into_owned);
            let places = keys.iter().filter_map(|key| self.place(key)).flat_map(|s| s..self.end(s + 1));
            let keys: Vec<String> =
                places.filter_map(|s| (self.now)(self.sequence[s])).map(Cow::into_owned).collect();
            match out.last_mut() {
                _ if keys.is_empty() => {}
                Some(last) if last.after == after => last.keys.extend(keys),
                _ => out.push(Moved { after, keys }),
            }
        }
        out
    }
}

/// Positions, of which those that moved stand behind the entries that did not. What is not in the list is passed
/// over; what hangs behind nothing comes last.
#[inline]
fn reordered(positions: Vec<usize>, key_at: &KeyAt<'_, '_>, moves: &[Moved]) -> Vec<usize> {
    if moves.is_empty() {
        return positions;
    }
    let mut lifted: HashMap<&str, Option<usize>> = HashMap::new();
    lifted.extend(moves.iter().flat_map(|moved| &moved.keys).map(|key| (key.as_str(), None)));
    let (mut first, mut behind): (Vec<&Moved>, HashMap<&str, Vec<&Moved>>) = (Vec::new(), HashMap::new());
    for moved in moves {
        match moved.after() {
            None => first.push(moved),
            Some(after) => behind.entry(after).or_default().push(moved),
        }
    }
    let mut unmoved = Vec::with_capacity(positions.len());
    for &i in &positions {
        match lifted.get_mut(&*key_at(i)) {
            Some(found) => *found = Some(i),
            None => unmoved.push(i),
        }
    }
    let mut out = Vec::with_capacity(positions.len());
    let mut land = |moves: &[&Moved], out: &mut Vec<usize>| {
        for key in moves.iter().flat_map(|moved| &moved.keys) {
            out.extend(lifted.get_mut(key.as_str()).and_then(Option::take));
        }
    };
    land(&first, &mut out);
    for i in unmoved {
        out.push(i);
        if let Some(moves) = behind.get::<str>(&key_at(i)) {
            land(moves, &mut out);
        }
    }
    land(&moves.iter().collect::<Vec<_>>(), &mut out);
    out
}

/// Positions in the order that a person gave for some of the keys: these stand in it at the places that they have
/// together.
#[inline]
fn given(text: &str, count: usize, key_at: &KeyAt<'_, '_>) -> Option<Vec<usize>> {
    let keys: Vec<&str> = crate::cell::cut(text, &['；', ';', '、', '\n', '\r'])
        .into_iter()
        .map(str::trim)
        .filter(|key| !key.is_empty())
        .collect();
    let distinct: HashSet<&str> = keys.iter().copied().collect();
    let mut found: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(keys.len());
    for i in 0..count {
        let key = key_at(i);
        if distinct.contains(&*key) {
            found.insert(key, i);
        }
    }
    if keys.is_empty() || distinct.len() < keys.len() || found.len() < keys.len() {
        return None;
    }
    let mut places: Vec<usize> = found.values().copied().collect();
    places.sort_unstable();
    let mut order: Vec<usize> = (0..count).collect();
    for (place, key) in places.into_iter().zip(keys) {
        order[place] = found[key];
    }
    Some(order)
}
