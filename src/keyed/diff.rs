//! Which entries of two lists are one, what changed in them, and what moved.

use super::delta::sort_by_anchor;
use super::order::{NOWHERE, increasing};
use super::{Changed, Entries, KeyedDelta, Pair, Run, Table, Two};
use crate::pairs::Pairs;
use crate::record::Entry;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;

/// How far the walk looks ahead on both sides where they part.
const LOOK_AHEAD: usize = 16;

/// Which entry of the list after is which entry of the list before.
pub(super) struct Pairing {
    /// By position after: the position before, or `NOWHERE`.
    pub(super) before: Vec<u32>,
    /// Pairs whose entries differ, by position before and after; in the order after.
    pub(super) differ: Vec<(u32, u32)>,
    /// Positions before that are paired with none, and positions after; in order.
    pub(super) removed: Vec<u32>,
    pub(super) added: Vec<u32>,
    /// Positions before of those that have another key after.
    pub(super) rekeyed: Vec<u32>,
    /// Whether no two pairs stand the other way round after.
    in_order: bool,
}

/// Which entries of two lists are equal to the letter, for the walk along both: it asks often.
trait Same {
    fn same(&self, a: usize, b: usize) -> bool;
    /// How many are equal from these positions on.
    fn run(&self, a: usize, b: usize) -> usize;
}

/// By prints: no call an entry.
struct Prints<'a>(&'a [u64], &'a [u64]);

impl Same for Prints<'_> {
    fn same(&self, a: usize, b: usize) -> bool {
        self.0[a] == self.1[b]
    }
    fn run(&self, a: usize, b: usize) -> usize {
        self.0[a..].iter().zip(&self.1[b..]).take_while(|(a, b)| a == b).count()
    }
}

/// By a look at both entries.
struct Looks<'t, 'a>(&'t dyn Two<'a>);

impl Same for Looks<'_, '_> {
    fn same(&self, a: usize, b: usize) -> bool {
        self.0.same(a, b)
    }
    fn run(&self, a: usize, b: usize) -> usize {
        let (n, m) = self.0.counts();
        (a..n).zip(b..m).take_while(|&(a, b)| self.0.same(a, b)).count()
    }
}

/// Pairs the entries of two lists: by `pairs`, by key, and where keys are texts by their normal form.
///
/// Walks both in order and looks a few entries ahead where they part; what stays unpaired is paired by
/// key at the end. Linear.
pub(super) fn pair_up(two: &dyn Two<'_>, loose: bool, pairs: &Pairs) -> Pairing {
    match two.prints() {
        Some((a, b)) => walk(&Prints(a, b), two, loose, pairs),
        None => walk(&Looks(two), two, loose, pairs),
    }
}

fn walk<S: Same>(entries: &S, two: &dyn Two<'_>, loose: bool, pairs: &Pairs) -> Pairing {
    let (n, m) = two.counts();
    let mut before = vec![NOWHERE; m];
    let mut differ = Vec::new();
    let (mut left_a, mut left_b): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    let plain = pairs.is_plain();
    let keeps = |i: usize| plain || pairs.keeps(&two.key_a(i));
    let meets = |p: usize, q: usize| p < n && q < m && entries.same(p, q) && keeps(p);
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        let run = if plain { entries.run(i, j) } else { usize::from(entries.same(i, j) && keeps(i)) };
        if run > 0 {
            for (before, i) in before[j..j + run].iter_mut().zip(i as u32..) {
                *before = i;
            }
            (i, j) = (i + run, j + run);
            continue;
        }
        // What came or went on one side alone is found without a look at any entry; unless the next
        // entries meet: then this one changed.
        let aside = |steps: usize| {
            if meets(i + steps, j) {
                return Some((i + steps, j));
            }
            meets(i, j + steps).then_some((i, j + steps))
        };
        let one_side = if meets(i + 1, j + 1) { None } else { (1..LOOK_AHEAD).find_map(aside) };
        if one_side.is_none() && two.key_a(i) == two.key_b(j) && keeps(i) {
            before[j] = i as u32;
            if !entries.same(i, j) {
                differ.push((i as u32, j as u32));
            }
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let both_sides = || {
            (2..LOOK_AHEAD)
                .find_map(|steps| (1..steps).map(|k| (i + k, j + steps - k)).find(|&(p, q)| meets(p, q)))
        };
        let (p, q) = one_side.or_else(both_sides).unwrap_or((i + 1, j + 1));
        left_a.extend(i as u32..p as u32);
        left_b.extend(j as u32..q as u32);
        (i, j) = (p, q);
    }
    left_a.extend(i as u32..n as u32);
    left_b.extend(j as u32..m as u32);
    let (mut in_order, mut rekeyed) = (true, Vec::new());
    if !left_a.is_empty() && !left_b.is_empty() {
        let mut taken = Vec::new();
        let pair = |i: u32, j: u32, keeps_key: bool| {
            before[j as usize] = i;
            taken.push(i);
            if !keeps_key {
                rekeyed.push(i);
            }
            if !two.same(i as usize, j as usize) {
                differ.push((i, j));
            }
        };
        pair_left_over(two, loose, pairs, [&left_a, &left_b], pair);
        if !taken.is_empty() {
            differ.sort_unstable_by_key(|&(_, j)| j);
            taken.sort_unstable();
            left_a.retain(|i| taken.binary_search(i).is_err());
            left_b.retain(|&j| before[j as usize] == NOWHERE);
            in_order = before.iter().filter(|i| **i != NOWHERE).is_sorted();
        }
    }
    Pairing { before, differ, removed: left_a, added: left_b, rekeyed, in_order }
}

/// Pairs by links, by key, by normal form; says of each pair whether both have one key.
fn pair_left_over<'a>(
    two: &dyn Two<'a>,
    loose: bool,
    pairs: &Pairs,
    [left_a, left_b]: [&[u32]; 2],
    mut pair: impl FnMut(u32, u32, bool),
) {
    let mut by_key: Table<Cow<'a, str>, u32> = Table::default();
    by_key.reserve(left_a.len());
    for &i in left_a {
        by_key.insert(two.key_a(i as usize), i);
    }
    // A link first, and else the key itself, unless it is parted or a link took it.
    let mut open = Vec::new();
    for &j in left_b {
        let key = two.key_b(j as usize);
        let wanted = match pairs.before(&key) {
            Some(before) => by_key.remove(before).map(|i| (i, before == &*key)),
            None if pairs.keeps(&key) => by_key.remove(&*key).map(|i| (i, true)),
            None => None,
        };
        match wanted {
            Some((i, keeps_key)) => pair(i, j, keeps_key),
            None => open.push(j),
        }
    }
    // Texts that are their own keys: a new spelling is a cosmetic change of the key.
    if loose && !by_key.is_empty() && !open.is_empty() {
        let mut by_form: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for &i in left_a {
            let key = two.key_a(i as usize);
            if by_key.contains_key(&key) {
                by_form.entry(crate::text::normal(&key).into_owned()).or_default().push(i);
            }
        }
        for j in open {
            let key = two.key_b(j as usize);
            let Some(candidates) = by_form.get_mut(&*crate::text::normal(&key)) else { continue };
            let allowed = candidates.iter().position(|&i| pairs.allows(&two.key_a(i as usize), &key));
            if let Some(found) = allowed {
                pair(candidates.remove(found), j, false);
            }
        }
    }
}

/// What changes `a` into `b`.
pub(crate) fn diff<T: Entry, L: Entries<T>>(a: &L, b: &L, pairs: &Pairs) -> Option<KeyedDelta<T>> {
    let two = Pair(a, b, PhantomData);
    let pairing = pair_up(&two, T::LOOSE, pairs);
    let mut changed = Vec::new();
    for &(i, j) in &pairing.differ {
        let (x, y) = (a.at(i as usize), b.at(j as usize));
        let (key, after) = (x.key(), y.key());
        let delta = x.diff_as(y, pairs.inside(&key));
        let to = (key != after).then(|| after.into_owned());
        if to.is_some() || delta.is_some() {
            changed.push((key.into_owned(), Changed::new(to, delta)));
        }
    }
    let order = order(&two, &pairing);
    KeyedDelta::checked_by_construction(whole(a, &pairing.removed), whole(b, &pairing.added), changed, order)
}

/// The entries at some positions, with their keys.
fn whole<T: Entry, L: Entries<T>>(list: &L, at: &[u32]) -> Vec<(String, Arc<T>)> {
    let mut entries = Vec::with_capacity(at.len());
    for &i in at {
        entries.push((list.at(i as usize).key().into_owned(), list.handle(i as usize)));
    }
    entries
}

/// The anchored runs of a pairing.
fn order(two: &dyn Two<'_>, pairing: &Pairing) -> Vec<Run> {
    let Pairing { before, removed, added, in_order, .. } = pairing;
    if *in_order && removed.is_empty() && added.is_empty() {
        return Vec::new();
    }
    let fixed_b: Vec<bool> =
        if *in_order { before.iter().map(|&i| i != NOWHERE).collect() } else { increasing(before) };
    let mut fixed_a = vec![false; two.counts().0];
    for (&i, &fixed) in before.iter().zip(&fixed_b) {
        if fixed {
            fixed_a[i as usize] = true;
        }
    }
    runs(two, &fixed_a, &fixed_b)
}

/// The anchored runs: between unmoved entries, what stood there before and what stands there after.
fn runs(two: &dyn Two<'_>, fixed_a: &[bool], fixed_b: &[bool]) -> Vec<Run> {
    let mut order = Vec::new();
    let (mut i, mut j) = (0, 0);
    let mut anchor: Option<usize> = None;
    loop {
        let (from_i, from_j) = (i, j);
        while i < fixed_a.len() && !fixed_a[i] {
            i += 1;
        }
        while j < fixed_b.len() && !fixed_b[j] {
            j += 1;
        }
        if from_i < i || from_j < j {
            order.push(Run::new(
                anchor.map(|i| two.key_a(i).into_owned()),
                (from_i..i).map(|i| two.key_a(i).into_owned()).collect(),
                (from_j..j).map(|j| two.key_b(j).into_owned()).collect(),
            ));
        }
        if i >= fixed_a.len() || j >= fixed_b.len() {
            break;
        }
        // Behind an unmoved entry mostly stands another one.
        let more = fixed_a[i + 1..].iter().zip(&fixed_b[j + 1..]).take_while(|(a, b)| **a && **b).count();
        anchor = Some(i + more);
        (i, j) = (i + more + 1, j + more + 1);
    }
    sort_by_anchor(&mut order);
    order
}
