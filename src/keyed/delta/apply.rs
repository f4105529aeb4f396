//! Making a change: the list that comes of it, as far as it fits.

use super::super::{Entries, Fresh, Table, find};
use super::{KeyedDelta, Run};
use crate::problem::Message;
use crate::record::Entry;
use crate::value::{Patching, Step};
use std::borrow::Cow;
use std::sync::Arc;

/// It is removed.
const GONE: u8 = 1;
/// Another entry takes its place.
const RENEWED: u8 = 2;
/// It leaves its place, for another one or for good.
const LIFTED: u8 = 4;

/// What a change makes of a list, in positions and keys: the entries are the concern of [`patch`], so
/// that this is compiled once, not once a type.
struct Plan<'a> {
    key_at: &'a dyn Fn(usize) -> Cow<'a, str>,
    position: &'a dyn Fn(&str) -> Option<usize>,
    /// By position: what becomes of the entry. Most stay: the walk looks no further than here then.
    fate: Vec<u8>,
    /// By position: which of the fresh entries takes its place, and that one's key.
    renewed: Table<usize, (u32, String)>,
    /// Keys that come in, with their number among the fresh entries.
    arrivals: Table<&'a str, u32>,
}

impl<'a> Plan<'a> {
    /// A removed entry is not there, or is another one: `found`.
    #[inline]
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
    #[inline]
    fn to_change(&self, key: &str, cx: &mut Patching) -> Option<usize> {
        let position = (self.position)(key);
        if position.is_none() {
            let message = Message::new("要改动的条目不在", "the entry that is to change is not there");
            cx.mismatch_at(key, None, None, message);
        }
        position
    }
    /// Puts a renewed entry in its place; answers whether it has the key that was said.
    #[inline]
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
            self.fate[i] |= RENEWED;
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
    #[inline]
    fn is_free(&self, key: &str) -> bool {
        (self.position)(key)
            .is_none_or(|i| self.fate[i] & GONE != 0 || self.renewed.get(&i).is_some_and(|(_, is)| is != key))
    }
    /// Lets new keys in: those of `recoded` (key before and after) and of `added`. A key must be free by
    /// then. The first of the added ones has the number `first`. Answers those of them that are refused.
    #[inline]
    fn admit(
        &mut self,
        recoded: &[(&str, &'a str)],
        added: &[&'a str],
        first: usize,
        cx: &mut Patching,
    ) -> Vec<usize> {
        // Who takes which key. Who is refused keeps the key that it had, which another one may have taken: it is refused then
        // as well, and so on.
        let mut incoming: Table<&str, usize> = Table::default();
        let mut refused: Vec<usize> = Vec::new();
        for (number, &(key, to)) in recoded.iter().enumerate() {
            if let Some(i) = (self.position)(key)
                && self.renewed.contains_key(&i)
            {
                if self.is_free(to) && !incoming.contains_key(to) {
                    incoming.insert(to, number);
                } else {
                    refused.push(number);
                }
            }
        }
        let mut next = 0;
        while let Some(&number) = refused.get(next) {
            next += 1;
            let (key, to) = recoded[number];
            if let Some(i) = (self.position)(key)
                && self.renewed.remove(&i).is_some()
            {
                let message = Message::new("新编码已被占用", "the new key is taken");
                cx.mismatch_at(key, None, Some(to.to_owned()), message);
                self.fate[i] &= !RENEWED;
                if incoming.get(to) == Some(&number) {
                    incoming.remove(to);
                }
                refused.extend(incoming.get(key).copied());
            }
        }
        let mut refused = Vec::new();
        for (number, &key) in added.iter().enumerate() {
            if self.is_free(key) && !incoming.contains_key(key) && !self.arrivals.contains_key(key) {
                self.arrivals.insert(key, (first + number) as u32);
            } else {
                refused.push(number);
            }
        }
        refused
    }
    /// Lets new keys in, and answers the entries of the changed list in order: positions in the list, and from
    /// its length on the numbers of fresh entries, of which the first `first` are renewed ones.
    #[inline]
    fn finish(
        mut self,
        added: &[&'a str],
        recoded: &[(&str, &'a str)],
        order: &'a [Run],
        first: usize,
        cell: &dyn Fn(usize) -> String,
        cx: &mut Patching,
    ) -> Vec<u32> {
        for number in self.admit(recoded, added, first, cx) {
            let key = added[number];
            let message = Message::new("要新增的编码已存在", "the key that is to come is there already");
            cx.mismatch_at(key, None, (self.position)(key).map(cell), message);
        }
        self.placed(order, cx)
    }
    /// The key of the entry at a position, once it is renewed.
    #[inline]
    fn key(&self, i: usize) -> Cow<'_, str> {
        match self.renewed.get(&i) {
            Some((_, key)) => Cow::Borrowed(key),
            None => (self.key_at)(i),
        }
    }
    /// Where runs begin, in order, each with whether it fits; and the runs whose anchor is not there. What leaves a
    /// run that fits is lifted.
    #[inline]
    fn stops(&mut self, order: &'a [Run], cx: &mut Patching) -> (Vec<(usize, bool, &'a Run)>, Vec<&'a Run>) {
        let n = self.fate.len();
        let mut stops = Vec::with_capacity(order.len());
        let mut nowhere = Vec::new();
        for run in order {
            // A slot is the position at which the run begins: 0 at the head.
            let slot = match run.after() {
                None => Some(0),
                Some(anchor) => (self.position)(anchor).filter(|&i| self.fate[i] & GONE == 0).map(|i| i + 1),
            };
            let fits = slot.is_some_and(|slot| {
                let mut keys = run.was.iter().enumerate();
                keys.all(|(k, key)| slot + k < n && (self.key_at)(slot + k) == key.as_str())
            });
            match slot {
                Some(slot) => stops.push((slot, fits, run)),
                None => nowhere.push(run),
            }
            if let (Some(slot), true) = (slot, fits) {
                for fate in &mut self.fate[slot..slot + run.was.len()] {
                    *fate |= LIFTED;
                }
            } else {
                let message = Message::new(
                    "此处的次序与变更所依据的不同",
                    "the order here is not the one that the change was made from",
                );
                let place = run.after().unwrap_or_default();
                cx.mismatch_at(place, Some(run.was.join("、")), None, message);
            }
        }
        stops.sort_unstable_by_key(|(slot, ..)| *slot);
        (stops, nowhere)
    }
    /// The entries of the changed list, in order, as [`finish`](Self::finish) says. One walk, from run to run.
    #[inline]
    fn placed(&mut self, order: &'a [Run], cx: &mut Patching) -> Vec<u32> {
        let n = self.fate.len();
        let (stops, nowhere) = self.stops(order, cx);
        let mut arrivals = std::mem::take(&mut self.arrivals);
        let mut fate = std::mem::take(&mut self.fate);
        let fitting = || stops.iter().filter(|(_, fits, _)| *fits);
        let mut arriving: Table<&str, ()> = Table::default();
        for key in fitting().flat_map(|(.., run)| &run.is) {
            arriving.insert(key, ());
        }
        // Entries that leave a run that fits come back in another one, or stay if that one does not fit.
        let mut moving: Table<Cow<'_, str>, usize> = Table::default();
        for &(slot, _, run) in fitting() {
            for (i, fate) in fate.iter_mut().enumerate().skip(slot).take(run.was.len()) {
                if *fate & GONE != 0 {
                    continue;
                }
                let key = self.key(i);
                if arriving.contains_key(&*key) {
                    moving.insert(key, i);
                } else {
                    *fate &= !LIFTED;
                }
            }
        }
        let token = |i: usize| match self.renewed.get(&i) {
            Some((number, _)) => n as u32 + number,
            None => i as u32,
        };
        let mut out: Vec<u32> = Vec::with_capacity(n + arrivals.len());
        let mut arrive = |key: &str| arrivals.remove(key).map(|number| n as u32 + number);
        let mut from = 0;
        let end: (usize, bool, &[String]) = (n, false, &[]);
        for (to, fits, is) in stops.iter().map(|&(slot, fits, run)| (slot, fits, run.is())).chain([end]) {
            for (i, fate) in fate[from..to].iter().enumerate() {
                match *fate {
                    0 => out.push((from + i) as u32),
                    RENEWED => out.push(token(from + i)),
                    _ => {}
                }
            }
            from = to;
            // Of a run that does not fit the additions come all the same.
            for key in is {
                if let Some(entry) = arrive(key) {
                    out.push(entry);
                } else if fits && let Some(&i) = moving.get(key.as_str()) {
                    out.push(token(i));
                }
            }
        }
        for run in nowhere {
            out.extend(run.is.iter().filter_map(|key| arrive(key)));
        }
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
            Some(i) if *list.at(i) == **entry => plan.fate[i] |= GONE,
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
    fresh: &mut Vec<Fresh<T>>,
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
            fresh.push((Arc::new(after), None));
        }
        if let Some(to) = changed.to() {
            recoded.push((key, to));
        }
    }
    recoded
}

/// The list with the change made, as far as it fits: one walk; mismatches are said in `cx`.
pub(crate) fn patch<T: Entry, L: Entries<T>>(list: &L, delta: &KeyedDelta<T>, cx: &mut Patching) -> L {
    let mut fresh: Vec<Fresh<T>> = Vec::new();
    let index = list.index();
    let mut plan = Plan {
        key_at: &|i| list.at(i).key(),
        position: &|key| find(list, &index, key),
        fate: vec![0; list.count()],
        renewed: Table::default(),
        arrivals: Table::default(),
    };
    take_out(list, delta, &mut plan, cx);
    let recoded = renew(list, delta, &mut plan, &mut fresh, cx);
    let cell = |i: usize| list.at(i).to_cell().into_owned();
    let placed = plan.finish(&delta.added.key_list(), &recoded, &delta.order, fresh.len(), &cell, cx);
    for entry in delta.added.values() {
        fresh.push((Arc::clone(entry), None));
    }
    list.gathered(&placed, &fresh)
}
