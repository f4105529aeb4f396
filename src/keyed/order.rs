//! What moved, and how two orders are joined.

use std::collections::{BTreeMap, BTreeSet};

/// Says «no position».
pub(crate) const NOWHERE: u32 = u32::MAX;

/// Which members of `sequence` are in a longest increasing subsequence: among the longest the one with
/// the smallest ends. `NOWHERE` is no member. O(n log n); linear where hardly anything is out of order.
#[inline]
pub(crate) fn increasing(sequence: &[u32]) -> Vec<bool> {
    let mut fixed = vec![false; sequence.len()];
    // ends[k]: the smallest value that ends an increasing run of length k + 1, and its position.
    let mut ends: Vec<(u32, u32)> = Vec::with_capacity(sequence.len());
    let mut previous: Vec<u32> = vec![NOWHERE; sequence.len()];
    let mut i = 0;
    while let Some(&value) = sequence.get(i) {
        let here = i as u32;
        i += 1;
        if value == NOWHERE {
            continue;
        }
        match ends.last() {
            Some(&(largest, _)) if largest > value => {
                let larger = ends.partition_point(|&(end, _)| end < value);
                if larger > 0 {
                    previous[here as usize] = ends[larger - 1].1;
                }
                ends[larger] = (value, here);
            }
            top => {
                if let Some(&(_, position)) = top {
                    previous[here as usize] = position;
                }
                ends.push((value, here));
                // What stands behind its neighbour on both sides needs no search.
                let next = sequence[i..].iter().zip(value + 1..NOWHERE);
                let run = next.take_while(|(next, wanted)| *next == wanted).count() as u32;
                ends.extend((1..=run).map(|k| (value + k, here + k)));
                for (previous, position) in previous[i..].iter_mut().zip(here..here + run) {
                    *previous = position;
                }
                i += run as usize;
            }
        }
    }
    let mut at = ends.last().map_or(NOWHERE, |&(_, position)| position);
    while at != NOWHERE {
        fixed[at as usize] = true;
        at = previous[at as usize];
    }
    fixed
}

/// The blocks common to `a` and `b` that stand in the same order in both: as many members as possible, and of those that
/// are as many the ones with the smallest ends. Blocks are numbers, each at most once in each. Answers by block.
/// O(n log n); linear where nothing is out of order.
#[inline]
fn common(a: &[u32], b: &[u32], sizes: &[u32]) -> Vec<bool> {
    let mut at = vec![NOWHERE; sizes.len()];
    for (i, &block) in a.iter().enumerate() {
        at[block as usize] = i as u32;
    }
    let shared: Vec<u32> = b.iter().copied().filter(|&block| at[block as usize] != NOWHERE).collect();
    let mut result = vec![false; sizes.len()];
    if shared.is_sorted_by_key(|&block| at[block as usize]) {
        for block in shared {
            result[block as usize] = true;
        }
        return result;
    }
    for place in heaviest(shared.iter().map(|&block| (at[block as usize], sizes[block as usize])), a.len()) {
        result[a[place as usize] as usize] = true;
    }
    result
}

/// Of places, each once and less than `end`, with how many members stand there: those of an increasing subsequence with the
/// most members, and of those with as many the one with the smallest ends; from the last to the first.
fn heaviest(places: impl Iterator<Item = (u32, u32)>, end: usize) -> Vec<u32> {
    // By place: the most members in order that end there or before, with the place, turned round so that of two
    // that are equal the smaller one counts.
    let mut most = Fenwick::new(end);
    let mut previous = vec![NOWHERE; end];
    for (place, size) in places {
        let best = most.best(place as usize);
        if best != 0 {
            previous[place as usize] = NOWHERE - best as u32;
        }
        let members = (best >> 32) + u64::from(size);
        most.raise(place as usize, members << 32 | u64::from(NOWHERE - place));
    }
    let mut out = Vec::new();
    let mut place = NOWHERE - most.best(end) as u32;
    while place != NOWHERE {
        out.push(place);
        place = previous[place as usize];
    }
    out
}

/// [`common`] of two short lists of blocks, in their order.
#[inline]
fn common_few(a: &[u32], b: &[u32], sizes: &[u32]) -> Vec<u32> {
    let mut sorted: Vec<(u32, u32)> = a.iter().enumerate().map(|(i, &block)| (block, i as u32)).collect();
    sorted.sort_unstable();
    let at = |block: u32| sorted.binary_search_by_key(&block, |pair| pair.0).ok().map(|i| sorted[i].1);
    let shared = b.iter().filter_map(|&block| Some((at(block)?, sizes[block as usize])));
    heaviest(shared, a.len()).into_iter().rev().map(|place| a[place as usize]).collect()
}

/// What a member is called.
pub(crate) type Name<'a> = dyn Fn(u32) -> std::borrow::Cow<'a, str> + 'a;

/// The order of a merged list.
pub(crate) struct Order {
    /// The members in order.
    pub(crate) merged: Vec<u32>,
    /// The members whose order the sides contest: where there are any, nothing moved.
    pub(crate) contested: Vec<u32>,
    /// The merged list in blocks.
    pressed: Vec<u32>,
    /// Ours and theirs in blocks.
    sides: [Vec<u32>; 2],
    blocks: Blocks,
}

/// Which of the sides that were joined.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mover {
    Ours,
    Theirs,
}

/// Members that stand elsewhere: behind this one, or at the head.
pub(crate) type Move = (Option<u32>, Vec<u32>);

impl Order {
    /// What makes the merged list's order that of a side, behind members that did not move. What the side does not have
    /// stays behind the one before it. Linear in the blocks, but for what moved.
    #[inline]
    pub(crate) fn moved(&self, side: Mover) -> Vec<Move> {
        let (merged, side) = (&self.pressed, &self.sides[side as usize]);
        let mut at = vec![NOWHERE; self.blocks.sizes.len()];
        for (i, &block) in (0..).zip(merged) {
            at[block as usize] = i;
        }
        if side.is_sorted_by_key(|&block| at[block as usize]) {
            return Vec::new();
        }
        let mut is_named = vec![false; merged.len()];
        for &block in side {
            is_named[at[block as usize] as usize] = true;
        }
        let behind = |from: usize| is_named[from..].iter().take_while(|named| !**named).count();
        let mut sequence: Vec<u32> = Vec::with_capacity(merged.len());
        sequence.extend_from_slice(&merged[..behind(0)]);
        for &block in side {
            let i = at[block as usize] as usize;
            sequence.extend_from_slice(&merged[i..=i + behind(i + 1)]);
        }
        let stays = common(merged, &sequence, &self.blocks.sizes);
        let mut out: Vec<Move> = Vec::new();
        // Behind which block the next one that moved stands; whether the one before it moved too.
        let (mut behind, mut open) = (None, false);
        for block in sequence {
            if stays[block as usize] {
                (behind, open) = (Some(block), false);
                continue;
            }
            let members = self.blocks.members(block);
            if open && let Some((_, moved)) = out.last_mut() {
                moved.extend(members);
            } else {
                let anchor = behind.and_then(|block| self.blocks.members(block).last());
                out.push((anchor, members.collect()));
            }
            open = true;
        }
        out
    }
}

/// Joins the orders of two sides. Members are numbers; `base`, `ours`, `theirs` hold each member at
/// most once, and only members that are kept; there are `members` of them. `name` decides ties, and must not depend on the
/// side; it is asked for entries alone that both sides place behind one.
///
/// An entry is fixed if base has it and neither side moved it. Every other entry hangs behind the
/// fixed entry that precedes it on the side that placed it. Behind one fixed entry each side keeps its
/// order, common entries are joints, and between joints the run with the smaller first name comes
/// first. Where a pair that a side reordered does not stand so, or an entry was placed twice, the
/// order is contested, and nothing moves: additions are placed.
#[inline]
pub(crate) fn join(base: &[u32], ours: &[u32], theirs: &[u32], members: usize, name: &Name<'_>) -> Order {
    let blocks = Blocks::of([base, ours, theirs], members);
    let [base, ours, theirs] = [base, ours, theirs].map(|side| blocks.pressed(side));
    let of_first = |block: u32| name(blocks.starts[block as usize]);
    let (pressed, contested) = join_blocks(&base, &ours, &theirs, &blocks.sizes, &of_first);
    let (merged, contested) = (blocks.spread(&pressed), blocks.spread(&contested));
    Order { merged, contested, pressed, sides: [ours, theirs], blocks }
}

/// Members that stand behind one another in all three lists: what holds of one holds of all. Two editions of a list have
/// few, however long they are.
struct Blocks {
    /// By member: its block.
    block_of: Vec<u32>,
    /// By block: its first member, and how many.
    starts: Vec<u32>,
    sizes: Vec<u32>,
    /// By member: the one behind it in base.
    next: Vec<u32>,
}

impl Blocks {
    #[inline]
    fn of([base, ours, theirs]: [&[u32]; 3], members: usize) -> Self {
        let followed_by = |side: &[u32]| {
            let mut next = vec![NOWHERE; members];
            for pair in side.windows(2) {
                next[pair[0] as usize] = pair[1];
            }
            next
        };
        let (in_ours, in_theirs) = (followed_by(ours), followed_by(theirs));
        let next = followed_by(base);
        let mut out = Self { block_of: vec![NOWHERE; members], starts: Vec::new(), sizes: Vec::new(), next };
        let mut open = false;
        for &m in base {
            let at = m as usize;
            if open && let Some(size) = out.sizes.last_mut() {
                *size += 1;
            } else {
                out.starts.push(m);
                out.sizes.push(1);
            }
            out.block_of[at] = out.starts.len() as u32 - 1;
            let next = out.next[at];
            open = next != NOWHERE && in_ours[at] == next && in_theirs[at] == next;
        }
        for &m in ours.iter().chain(theirs) {
            if out.block_of[m as usize] == NOWHERE {
                out.block_of[m as usize] = out.starts.len() as u32;
                out.starts.push(m);
                out.sizes.push(1);
            }
        }
        out
    }
    /// A list of members as one of blocks.
    #[inline]
    fn pressed(&self, side: &[u32]) -> Vec<u32> {
        let mut out = Vec::with_capacity(self.starts.len());
        for &m in side {
            let block = self.block_of[m as usize];
            if self.starts[block as usize] == m {
                out.push(block);
            }
        }
        out
    }
    /// The members of a block in their order.
    #[inline]
    fn members(&self, block: u32) -> impl Iterator<Item = u32> {
        let mut next = self.starts[block as usize];
        (0..self.sizes[block as usize]).map(move |_| {
            let member = next;
            next = self.next[member as usize];
            member
        })
    }
    #[inline]
    fn spread(&self, blocks: &[u32]) -> Vec<u32> {
        let mut out = Vec::with_capacity(self.block_of.len());
        for &block in blocks {
            out.extend(self.members(block));
        }
        out
    }
}

/// The merged list in blocks, and those that are contested.
#[inline]
fn join_blocks(
    base: &[u32],
    ours: &[u32],
    theirs: &[u32],
    sizes: &[u32],
    name: &Name<'_>,
) -> (Vec<u32>, Vec<u32>) {
    let members = sizes.len();
    let in_base = membership(base, members);
    let placed_by = |side: &[u32], moves: bool| -> Vec<bool> {
        let fixed = if moves { common(base, side, sizes) } else { in_base.clone() };
        let mut placed = vec![false; members];
        for &m in side {
            placed[m as usize] = !fixed[m as usize];
        }
        placed
    };
    let (by_ours, by_theirs) = (placed_by(ours, true), placed_by(theirs, true));
    let (merged, mut contested) = place(base, ours, theirs, [&by_ours, &by_theirs], sizes, name);
    for side in [ours, theirs] {
        broken_promises(base, side, &merged, members, &mut contested);
    }
    if !contested.iter().any(|c| *c) {
        return (merged, Vec::new());
    }
    let (by_ours, by_theirs) = (placed_by(ours, false), placed_by(theirs, false));
    let (merged, _) = place(base, ours, theirs, [&by_ours, &by_theirs], sizes, name);
    let contested = merged.iter().copied().filter(|&m| contested[m as usize]).collect();
    (merged, contested)
}

#[inline]
fn membership(side: &[u32], members: usize) -> Vec<bool> {
    let mut inside = vec![false; members];
    for &m in side {
        inside[m as usize] = true;
    }
    inside
}

/// Places the entries that sides placed behind the fixed ones.
#[inline]
fn place(
    base: &[u32],
    ours: &[u32],
    theirs: &[u32],
    [by_ours, by_theirs]: [&[bool]; 2],
    sizes: &[u32],
    name: &Name<'_>,
) -> (Vec<u32>, Vec<bool>) {
    let members = sizes.len();
    let mut contested = vec![false; members];
    // The rank of each fixed entry, from 1; 0 is the head.
    let mut rank = vec![NOWHERE; members];
    let mut fixed = Vec::new();
    for &m in base {
        if !by_ours[m as usize] && !by_theirs[m as usize] {
            fixed.push(m);
            rank[m as usize] = fixed.len() as u32;
        }
    }
    let behind = |side: &[u32], placed: &[bool]| {
        let mut homes = vec![NOWHERE; members];
        let mut current = 0;
        for &m in side {
            if rank[m as usize] != NOWHERE {
                current = rank[m as usize];
            } else if placed[m as usize] {
                homes[m as usize] = current;
            }
        }
        homes
    };
    let (home_ours, home_theirs) = (behind(ours, by_ours), behind(theirs, by_theirs));
    let mut home = vec![NOWHERE; members];
    for m in 0..members {
        let (o, t) = (home_ours[m], home_theirs[m]);
        contested[m] = o != NOWHERE && t != NOWHERE && o != t;
        home[m] = o.min(t);
    }
    let gather = |side: &[u32], placed: &[bool]| {
        let mut runs: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for &m in side {
            if placed[m as usize] && home[m as usize] != NOWHERE {
                runs.entry(home[m as usize] as usize).or_default().push(m);
            }
        }
        runs
    };
    let (mut runs_ours, mut runs_theirs) = (gather(ours, by_ours), gather(theirs, by_theirs));
    let mut merged = Vec::with_capacity(members);
    let homes: BTreeSet<usize> = runs_ours.keys().chain(runs_theirs.keys()).copied().collect();
    let mut done = 0;
    for home in homes {
        merged.extend_from_slice(&fixed[done..home]);
        done = home;
        let run = |runs: &mut BTreeMap<usize, Vec<u32>>| runs.remove(&home).unwrap_or_default();
        let (x, y) = (run(&mut runs_ours), run(&mut runs_theirs));
        weave(x, y, sizes, name, &mut contested, &mut merged);
    }
    merged.extend_from_slice(&fixed[done..]);
    (merged, contested)
}

/// Weaves the runs that both sides hang behind one fixed entry.
#[inline]
fn weave(
    x: Vec<u32>,
    y: Vec<u32>,
    sizes: &[u32],
    name: &Name<'_>,
    contested: &mut [bool],
    merged: &mut Vec<u32>,
) {
    if y.is_empty() {
        merged.extend(x);
        return;
    }
    if x.is_empty() {
        merged.extend(y);
        return;
    }
    let named = |run: &[u32]| run.iter().map(|&m| name(m)).collect::<Vec<_>>();
    let joints = if named(&x) < named(&y) { common_few(&x, &y, sizes) } else { common_few(&y, &x, sizes) };
    let sorted = |run: &[u32]| {
        let mut sorted = run.to_vec();
        sorted.sort_unstable();
        sorted
    };
    let (in_x, in_y, in_joints) = (sorted(&x), sorted(&y), sorted(&joints));
    let has = |sorted: &[u32], m: u32| sorted.binary_search(&m).is_ok();
    // What both placed and no joint holds stands out of order on one side.
    let mut both: Vec<u32> = x.iter().copied().filter(|&m| has(&in_y, m) && !has(&in_joints, m)).collect();
    for &m in &both {
        contested[m as usize] = true;
    }
    let split = |run: Vec<u32>, other: &[u32]| {
        let mut pieces = vec![Vec::new()];
        for m in run {
            if has(&in_joints, m) {
                pieces.push(Vec::new());
            } else if !has(other, m)
                && let Some(piece) = pieces.last_mut()
            {
                piece.push(m);
            }
        }
        pieces
    };
    let (xs, ys) = (split(x, &in_y), split(y, &in_x));
    for (i, (p, q)) in xs.into_iter().zip(ys).enumerate() {
        if i > 0 {
            merged.push(joints[i - 1]);
        }
        let p_first = match (p.first(), q.first()) {
            (Some(&p), Some(&q)) => name(p) < name(q),
            _ => true,
        };
        let (first, second) = if p_first { (p, q) } else { (q, p) };
        merged.extend(first);
        merged.extend(second);
    }
    both.sort_by_cached_key(|&m| name(m));
    merged.extend(both);
}

/// Marks the members of pairs that `side` reordered against `base`, or placed, and that `merged` has
/// the other way round. O(n log n): a pair `p` before `q` on the side is broken where `merged` has `q`
/// first, unless base had `p` before `q` too (then it was the other side's doing).
#[inline]
fn broken_promises(base: &[u32], side: &[u32], merged: &[u32], members: usize, contested: &mut [bool]) {
    let mut in_merged = vec![NOWHERE; members];
    for (i, &m) in merged.iter().enumerate() {
        in_merged[m as usize] = i as u32;
    }
    let sequence: Vec<u32> = side.iter().copied().filter(|&m| in_merged[m as usize] != NOWHERE).collect();
    if sequence.windows(2).all(|w| in_merged[w[0] as usize] < in_merged[w[1] as usize]) {
        return;
    }
    let mut in_base = vec![NOWHERE; members];
    for (i, &m) in base.iter().enumerate() {
        in_base[m as usize] = i as u32;
    }
    let n = merged.len();
    // Later member of a broken pair: an earlier one of the side stands behind it in merged, and stood
    // behind it in base (an addition counts as last there, and as first when it is the later one).
    let mut latest = Fenwick::new(n);
    for &q in &sequence {
        let at = in_merged[q as usize] as usize;
        let before = if in_base[q as usize] == NOWHERE { 0 } else { u64::from(in_base[q as usize]) + 1 };
        if latest.best(n - 1 - at) > before {
            contested[q as usize] = true;
        }
        let own = if in_base[q as usize] == NOWHERE { u64::MAX } else { u64::from(in_base[q as usize]) + 1 };
        latest.raise(n - 1 - at, own);
    }
    // Earlier member: the same from the other end, with base turned round.
    let last = base.len() as u64 + 1;
    let mut latest = Fenwick::new(n);
    for &p in sequence.iter().rev() {
        let at = in_merged[p as usize] as usize;
        let turned = |m: u32| last - u64::from(in_base[m as usize]) - 1;
        let before = if in_base[p as usize] == NOWHERE { 0 } else { turned(p) };
        if latest.best(at) > before {
            contested[p as usize] = true;
        }
        let own = if in_base[p as usize] == NOWHERE { u64::MAX } else { turned(p) };
        latest.raise(at, own);
    }
}

/// The largest value in front of a position, kept while values are raised.
struct Fenwick {
    largest: Vec<u64>,
}

impl Fenwick {
    #[inline]
    fn new(size: usize) -> Self {
        Self { largest: vec![0; size + 1] }
    }
    #[inline]
    fn raise(&mut self, position: usize, value: u64) {
        let mut i = position + 1;
        while i < self.largest.len() {
            self.largest[i] = self.largest[i].max(value);
            i += i & i.wrapping_neg();
        }
    }
    /// The largest value at the positions before `end`.
    #[inline]
    fn best(&self, end: usize) -> u64 {
        let (mut i, mut best) = (end, 0);
        while i > 0 {
            best = best.max(self.largest[i]);
            i -= i & i.wrapping_neg();
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn of_two_that_change_places_the_first_stays() {
        // In the order after: positions before.
        assert_eq!(increasing(&[1, 0]), [false, true]);
        assert_eq!(increasing(&[2, 0, 1, 3]), [false, true, true, true]);
        assert_eq!(increasing(&[NOWHERE - 1, NOWHERE]), [true, false]);
    }

    /// What a side moved in the merged list, member by member.
    fn moved_by_hand(merged: &[u32], side: &[u32]) -> Vec<Move> {
        let mut sequence = Vec::new();
        let place = |m: u32| merged.iter().position(|&x| x == m).unwrap();
        let others = |from: usize| merged[from..].iter().copied().take_while(|m| !side.contains(m));
        sequence.extend(others(0));
        for &m in side {
            sequence.push(m);
            sequence.extend(others(place(m) + 1));
        }
        let stays = increasing(&sequence.iter().map(|&m| place(m) as u32).collect::<Vec<_>>());
        let mut out: Vec<Move> = Vec::new();
        let (mut anchor, mut open) = (None, false);
        for (m, stays) in sequence.into_iter().zip(stays) {
            match (stays, out.last_mut()) {
                (true, _) => anchor = Some(m),
                (false, Some((_, moved))) if open => moved.push(m),
                (false, _) => out.push((anchor, vec![m])),
            }
            open = !stays;
        }
        out
    }

    /// The pairs that the side reordered or placed and that merged has the other way round, one by one.
    fn broken_by_hand(base: &[u32], side: &[u32], merged: &[u32]) -> BTreeSet<u32> {
        let at = |list: &[u32], m: u32| list.iter().position(|&x| x == m);
        let mut broken = BTreeSet::new();
        for (i, &p) in side.iter().enumerate() {
            for &q in &side[i + 1..] {
                let (Some(rp), Some(rq)) = (at(merged, p), at(merged, q)) else { continue };
                let as_in_base = matches!((at(base, p), at(base, q)), (Some(p), Some(q)) if p < q);
                if rp > rq && !as_in_base {
                    broken.extend([p, q]);
                }
            }
        }
        broken
    }

    fn side(members: u32) -> impl Strategy<Value = Vec<u32>> {
        let all: Vec<u32> = (0..members).collect();
        proptest::sample::subsequence(all, 0..=members as usize).prop_shuffle()
    }

    /// Most of eight members in pieces that stay together, in some order, and two newcomers.
    fn in_pieces() -> impl Strategy<Value = Vec<u32>> {
        let cuts = proptest::sample::subsequence((1..8_usize).collect::<Vec<_>>(), 0..4);
        let pieces = cuts.prop_flat_map(|cuts| {
            let bounds: Vec<usize> = [0].into_iter().chain(cuts).chain([8]).collect();
            let pieces: Vec<Vec<u32>> =
                bounds.windows(2).map(|w| (w[0] as u32..w[1] as u32).collect()).collect();
            prop_oneof![Just(pieces.clone()), Just(pieces).prop_shuffle()]
        });
        let newcomers = proptest::sample::subsequence(vec![8_u32, 9], 0..=2);
        (pieces, any::<[bool; 8]>(), newcomers, any::<prop::sample::Index>()).prop_map(
            |(pieces, kept, newcomers, at)| {
                let mut pieces: Vec<Vec<u32>> =
                    pieces.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(piece, _)| piece).collect();
                let at = at.index(pieces.len() + 1);
                pieces.splice(at..at, newcomers.into_iter().map(|m| vec![m]));
                pieces.concat()
            },
        )
    }

    /// Each member in its turn, as the words say: the smallest end of each length, and what stood before it.
    fn increasing_by_hand(sequence: &[u32]) -> Vec<bool> {
        let mut ends: Vec<Vec<usize>> = Vec::new();
        for (i, value) in sequence.iter().enumerate().filter(|(_, value)| **value != NOWHERE) {
            let larger = ends.iter().position(|run| run.last().is_some_and(|&end| sequence[end] > *value));
            let length = larger.unwrap_or(ends.len());
            let mut run = if length == 0 { Vec::new() } else { ends[length - 1].clone() };
            run.push(i);
            match ends.get_mut(length) {
                Some(end) => *end = run,
                None => ends.push(run),
            }
        }
        let longest = ends.pop().unwrap_or_default();
        (0..sequence.len()).map(|i| longest.contains(&i)).collect()
    }

    proptest! {
        #[test]
        fn what_has_not_moved_is_found_in_runs_as_one_by_one(
            pieces in prop::collection::vec((0_u32..6, 1_u32..5, any::<bool>()), 0..6)
        ) {
            let mut sequence: Vec<u32> = Vec::new();
            for (start, length, gap) in pieces {
                sequence.extend((start * 5..start * 5 + length).filter(|i| !sequence.contains(i)).collect::<Vec<_>>());
                sequence.extend(gap.then_some(NOWHERE));
            }
            prop_assert_eq!(increasing(&sequence), increasing_by_hand(&sequence));
        }
        #[test]
        fn what_stays_together_is_joined_as_one_by_one(ours in in_pieces(), theirs in in_pieces()) {
            let base: Vec<u32> = (0..8).collect();
            // What a side does not have and is kept all the same is held: neither side places it.
            let both = |side: &[u32], other: &[u32]| -> Vec<u32> {
                side.iter().copied().filter(|m| *m >= 8 || other.contains(m)).collect()
            };
            let (ours, theirs) = (both(&ours, &theirs), both(&theirs, &ours));
            let name = |m: u32| std::borrow::Cow::Owned(((m * 7) % 11).to_string());
            let joined = join(&base, &ours, &theirs, 10, &name);
            let (merged, contested) = join_blocks(&base, &ours, &theirs, &[1; 10], &name);
            prop_assert_eq!(&joined.merged, &merged);
            prop_assert_eq!(&joined.contested, &contested);
            for (which, side) in [(Mover::Ours, &ours), (Mover::Theirs, &theirs)] {
                prop_assert_eq!(joined.moved(which), moved_by_hand(&merged, side));
            }
        }
        #[test]
        fn as_many_as_possible_stay(a in side(7), b in side(7)) {
            let at = |m: &u32| a.iter().position(|x| x == m).map_or(NOWHERE, |i| i as u32);
            let by_hand = increasing_by_hand(&b.iter().map(at).collect::<Vec<_>>());
            let mut expected = vec![false; 7];
            b.iter().zip(by_hand).for_each(|(&m, stays)| expected[m as usize] = stays);
            prop_assert_eq!(common(&a, &b, &[1; 7]), expected);
        }
        #[test]
        fn broken_promises_are_found_without_looking_at_every_pair(
            base in side(7), ours in side(7), merged in side(7)
        ) {
            let mut found = vec![false; 7];
            broken_promises(&base, &ours, &merged, 7, &mut found);
            let found: BTreeSet<u32> = (0..7).filter(|&m| found[m as usize]).collect();
            prop_assert_eq!(found, broken_by_hand(&base, &ours, &merged));
        }
    }
}
