//! Two changes of a list as one.

use super::super::ByKey;
use super::super::order::NOWHERE;
use super::{Changed, Invalid, KeyedDelta, Run, Shape, sort_by_anchor};
use crate::problem::Message;
use crate::record::Entry;
use crate::value::{Patching, Step};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Names of entries along a chain of two changes. An entry that stands in the middle list is known by
/// its key there; one that does not is known to one change alone.
#[derive(Default)]
struct Chain<'a> {
    middle: HashMap<&'a str, u32>,
    first: Vec<Option<&'a str>>,
    last: Vec<Option<&'a str>>,
}

impl<'a> Chain<'a> {
    #[inline]
    fn alone(&mut self) -> u32 {
        self.first.push(None);
        self.last.push(None);
        self.first.len() as u32 - 1
    }
    #[inline]
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

#[inline]
fn orders_part(cx: &mut Patching) {
    let message = Message::new("两次变更的次序不相衔接", "the orders of the two changes do not join");
    cx.mismatch(None, None, message);
}

#[inline]
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
#[inline]
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
    let mut runs = Runs::new();
    for run in delta.order {
        let anchor = run.after().map_or(NOWHERE, &mut before);
        let was = run.was.iter().map(|k| before(k)).collect();
        let is = run.is.iter().map(|k| after(k)).collect();
        runs.insert(anchor, (was, is));
    }
    runs
}

/// `None` where the two orders contradict each other.
#[inline]
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
#[inline]
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
    // The fixed entry before each anchor; anchors of runs that follow one another lead to it through the same ones.
    let mut found: HashMap<u32, u32> = HashMap::new();
    let mut fixed_before = |anchor: u32| -> Option<u32> {
        let (mut at, mut passed) = (anchor, Vec::new());
        let fixed = loop {
            if at == NOWHERE {
                break at;
            }
            if let Some(&fixed) = found.get(&at) {
                break fixed;
            }
            match (middle2.get(&at), middle1.get(&at)) {
                (Some(&(anchor, _)), _) | (None, Some(&(anchor, _))) => {
                    passed.push(at);
                    at = anchor;
                }
                (None, None) => break at,
            }
            if passed.len() > tokens {
                return None;
            }
        };
        found.extend(passed.into_iter().map(|at| (at, fixed)));
        Some(fixed)
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
