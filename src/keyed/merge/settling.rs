//! Deciding what clashes in a merged list: what becomes of each entry, and what is left of the clash.

use super::{EntryClash, KeyedClash, shown};
use crate::keyed::{Entries, Fresh};
use crate::problem::Message;
use crate::record::Entry;
use crate::value::{Choice, Clash, ClashKind, Repeating, Ruling, Settling, Step};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// An entry that a decision is about, without its type.
#[derive(Clone, Copy, Debug)]
enum At {
    /// Of the list, by position.
    List(usize),
    /// Of a clash, by its number.
    Side(usize, Choice),
    /// Made by a decision.
    Made(usize),
}

/// What stands where an entry that clashes stood.
enum Here {
    /// That entry.
    Kept,
    /// This one.
    Now(At),
    /// Nothing more.
    Gone,
}

/// What is left of a clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Nothing,
    /// What is left inside the entry.
    Inside,
    All,
}

/// What becomes of an entry that clashes.
struct Fate {
    /// Where it stands in the list.
    at: Option<usize>,
    /// Whether anything is decided.
    decided: bool,
    /// What stands at its place.
    place: Here,
    /// What comes into the list, and behind which entry.
    come: Vec<(Option<String>, At)>,
    left: Left,
}

impl Fate {
    #[inline]
    fn open(at: Option<usize>) -> Self {
        Self { at, decided: false, place: Here::Kept, come: Vec::new(), left: Left::All }
    }
    #[inline]
    fn decided(at: Option<usize>) -> Self {
        Self { at, decided: true, place: Here::Kept, come: Vec::new(), left: Left::Nothing }
    }
}

/// What is known of a clash beside its entries.
#[expect(clippy::struct_excessive_bools, reason = "whether each of four things is there")]
struct Head<'a> {
    key: &'a str,
    kind: ClashKind,
    /// Whether it is inside the entry.
    inside: bool,
    /// Whether there is an entry of base, of ours, of theirs.
    base: bool,
    ours: bool,
    theirs: bool,
    ours_after: Option<&'a str>,
    theirs_after: Option<&'a str>,
}

/// A list and what clashes in it, without the type: what is decided is worked out once, not once a type.
trait Contest {
    /// How many clashes of entries there are.
    fn clashes(&self) -> usize;
    fn head(&self, clash: usize) -> Head<'_>;
    fn positions(&self, keys: &[&str]) -> Vec<Option<usize>>;
    fn key(&self, entry: At) -> Cow<'_, str>;
    /// What the judge says of a clash about whole entries; the path is the entry's.
    fn rule(&self, clash: usize, cx: &mut Settling<'_>) -> Ruling;
    /// Settles a clash inside the entry that stands at a position.
    fn inside(&mut self, clash: usize, at: usize, cx: &mut Settling<'_>) -> (At, Left);
    /// The entry under another key, where it can have one.
    fn rekeyed(&mut self, entry: At, key: String) -> Option<At>;
    /// The entry with another reference.
    fn referring(&mut self, entry: At, key: String) -> At;
    /// An entry out of a text that was given.
    fn read(&mut self, text: &str, cx: &mut Settling<'_>) -> Option<At>;
}

/// The list, its clashes, and what is made on the way.
struct Contested<'a, T: Entry, L> {
    list: &'a L,
    clashes: &'a [EntryClash<T>],
    made: Vec<Arc<T>>,
    /// By the number of the clash: what is left inside.
    inside: Vec<Option<T::Clash>>,
}

impl<T: Entry, L: Entries<T>> Contested<'_, T, L> {
    fn entry(&self, entry: At) -> Option<&T> {
        match entry {
            At::List(i) => Some(self.list.at(i)),
            At::Side(clash, choice) => self.clashes[clash].whole(choice),
            At::Made(i) => Some(&self.made[i]),
        }
    }
    fn handle(&self, entry: At) -> Option<Arc<T>> {
        match entry {
            At::List(i) => Some(self.list.handle(i)),
            At::Side(clash, choice) => self.clashes[clash].handle(choice).cloned(),
            At::Made(i) => Some(Arc::clone(&self.made[i])),
        }
    }
    fn make(&mut self, entry: T) -> At {
        self.made.push(Arc::new(entry));
        At::Made(self.made.len() - 1)
    }
    /// What is left of a clash.
    fn left(&mut self, clash: usize, left: Left) -> Option<EntryClash<T>> {
        let whole = &self.clashes[clash];
        match left {
            Left::Nothing => None,
            Left::All => Some(whole.clone()),
            Left::Inside => {
                let inside = self.inside.get_mut(clash)?.take();
                Some(EntryClash { inside, ..whole.clone() })
            }
        }
    }
}

impl<T: Entry, L: Entries<T>> Contest for Contested<'_, T, L> {
    fn clashes(&self) -> usize {
        self.clashes.len()
    }
    fn head(&self, clash: usize) -> Head<'_> {
        let clash = &self.clashes[clash];
        Head {
            key: &clash.key,
            kind: clash.kind,
            inside: clash.inside.is_some(),
            base: clash.base.is_some(),
            ours: clash.ours.is_some(),
            theirs: clash.theirs.is_some(),
            ours_after: clash.ours_after.as_deref(),
            theirs_after: clash.theirs_after.as_deref(),
        }
    }
    fn positions(&self, keys: &[&str]) -> Vec<Option<usize>> {
        self.list.positions(keys)
    }
    fn key(&self, entry: At) -> Cow<'_, str> {
        match self.entry(entry) {
            Some(entry) => entry.key(),
            None => Cow::Borrowed(""),
        }
    }
    fn rule(&self, clash: usize, cx: &mut Settling<'_>) -> Ruling {
        let clash = &self.clashes[clash];
        let sides = (shown(&clash.base), shown(&clash.ours), shown(&clash.theirs));
        cx.judge.rule(&cx.path, Clash::new(clash.kind, sides.0, sides.1, sides.2))
    }
    fn inside(&mut self, clash: usize, at: usize, cx: &mut Settling<'_>) -> (At, Left) {
        let Some(inside) = &self.clashes[clash].inside else { return (At::List(at), Left::All) };
        let outcome = self.list.at(at).settle(inside, cx);
        let left = if outcome.clash.is_some() { Left::Inside } else { Left::Nothing };
        self.inside.resize_with(clash + 1, || None);
        self.inside[clash] = outcome.clash;
        (self.make(outcome.value), left)
    }
    fn rekeyed(&mut self, entry: At, key: String) -> Option<At> {
        let mut other = self.entry(entry)?.clone();
        if other.set_key(key) { Some(self.make(other)) } else { None }
    }
    fn referring(&mut self, entry: At, key: String) -> At {
        let Some(mut other) = self.entry(entry).cloned() else { return entry };
        other.set_reference(key);
        self.make(other)
    }
    fn read(&mut self, text: &str, cx: &mut Settling<'_>) -> Option<At> {
        cx.read(|cell| crate::json::in_cell(text, cell)).map(|entry| self.make(entry))
    }
}

impl dyn Contest + '_ {
    /// What becomes of a clash, as the judge says; the path is the entry's.
    #[inline]
    fn settle(&mut self, clash: usize, at: Option<usize>, cx: &mut Settling<'_>) -> Fate {
        let head = self.head(clash);
        let (kind, both) = (head.kind, head.ours && head.theirs);
        if head.inside {
            let Some(here) = at else { return Fate::open(at) };
            let (now, left) = self.inside(clash, here, cx);
            return Fate { left, place: Here::Now(now), ..Fate::decided(at) };
        }
        let there = |choice: Choice| match choice {
            Choice::Base => (head.base, None),
            Choice::Ours => (head.ours, head.ours_after),
            Choice::Theirs => (head.theirs, head.theirs_after),
        };
        let after = |after: Option<&str>| after.map(str::to_owned);
        let sides = [Choice::Base, Choice::Ours, Choice::Theirs].map(|choice| {
            let (there, behind) = there(choice);
            (there.then_some(At::Side(clash, choice)), after(behind))
        });
        let given_after = after(head.ours_after.or(head.theirs_after));
        let stand = |entry: Option<At>, after: Option<String>| match (at, entry) {
            // What dangles has no base to go back to: base's choice leaves it.
            (Some(_), None) if kind == ClashKind::Dangling => Fate::decided(at),
            (Some(_), Some(entry)) => Fate { place: Here::Now(entry), ..Fate::decided(at) },
            (Some(_), None) => Fate { place: Here::Gone, ..Fate::decided(at) },
            (None, Some(entry)) => Fate { come: vec![(after, entry)], ..Fate::decided(at) },
            (None, None) => Fate::decided(at),
        };
        let [base, ours, theirs] = sides;
        match self.rule(clash, cx) {
            Ruling::Open => Fate::open(at),
            Ruling::Side(choice) => {
                let (entry, after) = match choice {
                    Choice::Base => base,
                    Choice::Ours => ours,
                    Choice::Theirs => theirs,
                };
                stand(entry, after)
            }
            Ruling::Value(text) => match self.given(kind, at, [base.0, ours.0, theirs.0], &text, cx) {
                Some(entry) => stand(Some(entry), given_after),
                None => Fate::open(at),
            },
            Ruling::Both(key) => {
                if both && kind == ClashKind::AddAdd && !key.is_empty() {
                    let other = self.rekeyed(At::Side(clash, Choice::Theirs), key);
                    if let Some(other) = other {
                        let ours_too = (ours.1, At::Side(clash, Choice::Ours));
                        return Fate { come: vec![ours_too, (theirs.1, other)], ..Fate::decided(at) };
                    }
                }
                cx.refuse(Message::no_room());
                Fate::open(at)
            }
        }
    }
    /// The entry that a value given makes.
    #[inline]
    fn given(
        &mut self,
        kind: ClashKind,
        at: Option<usize>,
        [base, ours, theirs]: [Option<At>; 3],
        text: &str,
        cx: &mut Settling<'_>,
    ) -> Option<At> {
        match kind {
            ClashKind::SameId => {
                // The side that wants the key.
                let before = base.map(|base| self.key(base));
                let wants = |side: &At| Some(self.key(*side)) != before;
                let side = [ours, theirs].into_iter().flatten().find(wants).or(ours)?;
                let entry = if text.is_empty() { None } else { self.rekeyed(side, text.to_owned()) };
                if entry.is_none() {
                    cx.refuse(Message::no_room());
                }
                entry
            }
            ClashKind::Dangling => Some(self.referring(At::List(at?), text.to_owned())),
            _ => self.read(text, cx),
        }
    }
    /// What becomes of each clash.
    #[inline]
    fn fates(&mut self, cx: &mut Settling<'_>) -> Vec<Fate> {
        let count = self.clashes();
        let mut fates = Vec::with_capacity(count);
        let wanted: Vec<&str> = (0..count).map(|clash| self.head(clash).key).collect();
        for (clash, found) in self.positions(&wanted).into_iter().enumerate() {
            let head = self.head(clash);
            // An entry that is not in the list may want a key that another one has.
            let may_be = head.kind != ClashKind::AddAdd
                && (head.base || head.inside || head.kind == ClashKind::Dangling);
            let at = found.filter(|_| may_be);
            cx.path.push(Step::Entry(head.key.to_owned()));
            fates.push(self.settle(clash, at, cx));
            cx.path.pop();
        }
        if cx.keys == Repeating::Refused {
            for clash in self.undone(&fates) {
                let head = self.head(clash);
                cx.path.push(Step::Entry(head.key.to_owned()));
                cx.judge.undone(&cx.path, head.kind, Message::key_taken());
                cx.path.pop();
                fates[clash] = Fate::open(fates[clash].at);
            }
        }
        fates
    }
    /// The clashes whose decisions cannot be: two entries would have one key.
    #[inline]
    fn undone(&self, fates: &[Fate]) -> Vec<usize> {
        let claim = |(clash, fate): (usize, &Fate)| {
            let now = match fate.place {
                Here::Now(entry) => Some(entry),
                Here::Kept | Here::Gone => None,
            };
            let entries = now.into_iter().chain(fate.come.iter().map(|(_, entry)| *entry));
            let keys = entries.map(|entry| self.key(entry).into_owned()).collect();
            Claim { before: fate.at.map(|_| self.head(clash).key), keys, moves: fate.decided }
        };
        let mut claims: Vec<Claim<'_>> = fates.iter().enumerate().map(claim).collect();
        let find = |key: &str| self.positions(&[key]).first().copied().flatten().is_some();
        repeating(&mut claims, &find)
    }
}

/// The list with those clashes decided that the judge decides, and what is left of them.
pub(crate) fn settle<T: Entry, L: Entries<T>>(
    list: &L,
    clash: &KeyedClash<T>,
    cx: &mut Settling<'_>,
) -> (L, Option<KeyedClash<T>>) {
    let mut contest = Contested { list, clashes: &clash.entries, made: Vec::new(), inside: Vec::new() };
    let fates = (&mut contest as &mut dyn Contest).fates(cx);
    let n = list.count();
    let mut entries: Vec<Option<Arc<T>>> = Vec::with_capacity(n);
    for i in 0..n {
        entries.push(Some(list.handle(i)));
    }
    let (mut after, mut come, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for (number, fate) in fates.into_iter().enumerate() {
        let at = fate.at;
        match (at, fate.place) {
            (Some(i), Here::Now(entry)) => entries[i] = contest.handle(entry),
            (Some(i), Here::Gone) => entries[i] = None,
            (_, Here::Kept) | (None, _) => {}
        }
        for (neighbour, entry) in fate.come {
            if let Some(entry) = contest.handle(entry) {
                after.push(neighbour);
                come.push(entry);
            }
        }
        if let Some(mut clash) = contest.left(number, fate.left) {
            if let Some(here) = at.and_then(|i| entries[i].as_ref()) {
                clash.key = here.key().into_owned();
            }
            left.push(clash);
        }
    }
    let key_at = |i: usize| list.at(i).key();
    let positions = clash.order.as_ref().and_then(|order| order.settle(n, &key_at, cx));
    let mut open_order = clash.order.clone().filter(|_| positions.is_none());
    let there = |at: usize| if at < n { entries[at].as_ref() } else { Some(&come[at - n]) };
    let new_key = |at: usize| there(at).map(|entry| entry.key());
    let sequence = interleaved(positions.unwrap_or_else(|| (0..n).collect()), &key_at, &after);
    if let Some(order) = &mut open_order
        && !order.follow(n, &key_at, &sequence, &new_key)
    {
        open_order = None;
    }
    let mut out: Vec<Fresh<T>> = Vec::with_capacity(sequence.len());
    for at in distinct(sequence, &new_key) {
        if let Some(entry) = there(at) {
            let print = if at < n { list.print_of(at, entry) } else { None };
            out.push((Arc::clone(entry), print));
        }
    }
    let mut clash = KeyedClash { entries: left, order: open_order };
    if !clash.entries.is_empty() {
        let find = |key: &str| list.positions(&[key]).first().copied().flatten();
        clash.follow(&|key| {
            let Some(at) = find(key) else { return Some(key.to_owned()) };
            let mut standing = (0..=at).rev().filter_map(|i| entries[i].as_ref());
            standing.next().map(|entry| entry.key().into_owned())
        });
    }
    let clash = (!clash.entries.is_empty() || clash.order.is_some()).then_some(clash);
    (L::from_handles(out), clash)
}

impl<T: Entry> KeyedClash<T> {
    /// What is left of a clash speaks of the keys that entries have now: behind one that is gone means behind the
    /// one in front of it.
    fn follow(&mut self, now: &dyn Fn(&str) -> Option<String>) {
        for entry in &mut self.entries {
            for after in [&mut entry.ours_after, &mut entry.theirs_after] {
                *after = after.as_deref().and_then(now);
            }
        }
    }
}

/// A decision about an entry, by the keys that it wants.
struct Claim<'a> {
    /// The key that the entry has in the list.
    before: Option<&'a str>,
    /// The keys that it gets, or that come with it.
    keys: Vec<String>,
    /// Whether anything is decided.
    moves: bool,
}

/// Decisions by which two entries would have one key: each is undone, until keys are distinct.
#[inline]
fn repeating(claims: &mut [Claim<'_>], in_list: &dyn Fn(&str) -> bool) -> Vec<usize> {
    let mut undone = Vec::new();
    let clashing: HashSet<String> =
        claims.iter().filter_map(|claim| claim.before).map(str::to_owned).collect();
    loop {
        let mut holders: HashMap<String, usize> = HashMap::new();
        for claim in claims.iter() {
            if claim.moves && !(claim.keys.is_empty() && claim.before.is_none()) {
                for key in &claim.keys {
                    *holders.entry(key.clone()).or_default() += 1;
                }
            } else if let Some(before) = claim.before {
                *holders.entry(before.to_owned()).or_default() += 1;
            }
        }
        let taken = |key: &str| {
            let others = usize::from(!clashing.contains(key) && in_list(key));
            holders.get(key).copied().unwrap_or_default() + others > 1
        };
        let now: Vec<usize> = (0..claims.len())
            .filter(|&f| claims[f].moves)
            .filter(|&f| claims[f].keys.iter().any(|key| claims[f].before != Some(key) && taken(key)))
            .collect();
        if now.is_empty() {
            return undone;
        }
        for f in now {
            claims[f].moves = false;
            undone.push(f);
        }
    }
}

/// What stands in a settled list, in order: positions in the list that it was, and from its length on the
/// numbers of what comes in, behind the neighbours that `after` names by the keys that they had.
#[inline]
fn interleaved<'a>(
    positions: Vec<usize>,
    key_at: &dyn Fn(usize) -> Cow<'a, str>,
    after: &[Option<String>],
) -> Vec<usize> {
    if after.is_empty() {
        return positions;
    }
    let count = positions.len();
    let mut out: Vec<usize> = Vec::with_capacity(count + after.len());
    let mut behind: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, after) in after.iter().enumerate() {
        match after.as_deref() {
            Some(after) => behind.entry(after).or_default().push(count + number),
            None => out.push(count + number),
        }
    }
    for i in positions {
        out.push(i);
        out.extend(behind.remove::<str>(&key_at(i)).unwrap_or_default());
    }
    // Neighbours that no list has: at the end.
    let mut others: Vec<usize> = behind.into_values().flatten().collect();
    others.sort_unstable();
    out.extend(others);
    out
}

/// What still stands, of equal keys the first.
#[inline]
fn distinct<'a>(mut sequence: Vec<usize>, new_key: &dyn Fn(usize) -> Option<Cow<'a, str>>) -> Vec<usize> {
    let mut keys: HashSet<Cow<'a, str>> = HashSet::with_capacity(sequence.len());
    sequence.retain(|&at| new_key(at).is_some_and(|key| keys.insert(key)));
    sequence
}
