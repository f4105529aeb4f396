//! Where items of the proposal stand: the local order, new ones behind their upper neighbours.

use crate::sorting::Sorting as _;
use std::collections::{BTreeMap, HashMap};

/// An item of the proposal.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slot {
    /// Its place in the lower list; `None`: new.
    pub(super) lower: Option<usize>,
    /// Its place in the new upper list; `None`: it is the lower list's own.
    pub(super) upper: Option<usize>,
}

/// The places of slots in the order of the proposal. Those of the lower list stand in its order; where that was the upper
/// list's order all along (`as_above`), they follow it, and what is local stays behind what it stood behind. What is new
/// stands behind its nearest neighbour above that is here, else in front of the next, else at the end.
///
/// `n log n`.
#[inline]
pub(super) fn order(slots: &[Slot], as_above: bool) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..slots.len()).filter(|at| slots[*at].lower.is_some()).collect();
    kept.order_by_key(|at| slots[*at].lower);
    if as_above {
        // What stands in front of all that is linked stays there; each of several rows of one keeps what stood behind it.
        let mut last = None;
        let groups: HashMap<usize, Option<(usize, Option<usize>)>> = kept
            .iter()
            .map(|at| {
                last = slots[*at].upper.map(|upper| (upper, slots[*at].lower)).or(last);
                (*at, last)
            })
            .collect();
        kept.order_by_key(|at| (groups[at], slots[*at].lower));
    }
    let by_upper: BTreeMap<usize, usize> =
        crate::sorting::tree(kept.iter().filter_map(|at| Some((slots[*at].upper?, *at))));
    let mut new: Vec<usize> = (0..slots.len()).filter(|at| slots[*at].lower.is_none()).collect();
    new.order_by_key(|at| slots[*at].upper);
    let (mut in_front, mut behind): (HashMap<usize, Vec<usize>>, HashMap<usize, Vec<usize>>) =
        Default::default();
    let mut at_end = Vec::new();
    for at in new {
        let upper = slots[at].upper.unwrap_or(usize::MAX);
        if let Some((_, neighbour)) = by_upper.range(..upper).next_back() {
            behind.entry(*neighbour).or_default().push(at);
        } else if let Some((_, neighbour)) = by_upper.range(upper..).next() {
            in_front.entry(*neighbour).or_default().push(at);
        } else {
            at_end.push(at);
        }
    }
    let mut out = Vec::with_capacity(slots.len());
    for at in kept {
        out.extend(in_front.remove(&at).unwrap_or_default());
        out.push(at);
        out.extend(behind.remove(&at).unwrap_or_default());
    }
    out.extend(at_end);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(slots: &[(Option<usize>, Option<usize>)], as_above: bool) -> Vec<usize> {
        let slots: Vec<Slot> =
            slots.iter().map(|(lower, upper)| Slot { lower: *lower, upper: *upper }).collect();
        order(&slots, as_above)
    }

    #[test]
    fn what_is_new_stands_behind_its_nearest_neighbour_that_is_here() {
        let slots =
            [(Some(0), Some(5)), (Some(1), Some(1)), (Some(2), None), (None, Some(2)), (None, Some(0))];
        assert_eq!(ordered(&slots, false), [0, 4, 1, 3, 2]);
    }
    #[test]
    fn a_list_that_stands_as_the_upper_one_follows_its_order_and_keeps_its_own_rows_where_they_were() {
        let slots = [(Some(0), None), (Some(1), Some(4)), (Some(2), None), (Some(3), Some(2))];
        assert_eq!(ordered(&slots, true), [0, 3, 1, 2]);
        assert_eq!(ordered(&slots, false), [0, 1, 2, 3]);
        // Two rows of one upper item, and one of its own between them.
        assert_eq!(ordered(&[(Some(0), Some(0)), (Some(1), None), (Some(2), Some(0))], true), [0, 1, 2]);
    }
}
