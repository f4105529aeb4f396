//! Sorting of rows that are few, or cold: compiled once for all types.
//!
//! Each sort of the standard library is two thousand lines of LLVM IR a type and a comparison. What is sorted once a
//! report is sorted here, by position; what is sorted once an item has a sort of its own.

use serde_json::{Map, Value as Json};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Stable sorts that are compiled once.
pub(crate) trait Sorting<T> {
    /// As `sort_by`.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);
    /// As `sort_by_key`.
    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }
    /// As `sort`.
    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }
}

impl<T> Sorting<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let swaps = swaps(self.len(), &mut |i, j| compare(&self[i], &self[j]));
        for (i, j) in swaps {
            self.swap(i, j);
        }
    }
}

/// The swaps that bring what stands at some positions into order, one after the other.
fn swaps(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    if (1..count).all(|i| compare(i - 1, i).is_le()) {
        return Vec::new();
    }
    // By position: which comes there.
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&i, &j| compare(i, j));
    let mut swaps = Vec::new();
    for start in 0..count {
        let mut here = start;
        loop {
            let from = std::mem::replace(&mut order[here], here);
            if from == start {
                break;
            }
            swaps.push((here, from));
            here = from;
        }
    }
    swaps
}

/// These pairs by key: what `collect` does by a sort.
pub(crate) fn tree<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut tree = BTreeMap::new();
    for (key, value) in pairs {
        tree.insert(key, value);
    }
    tree
}

/// A JSON object of these members.
pub(crate) fn object(members: &mut dyn Iterator<Item = (String, Json)>) -> Map<String, Json> {
    let mut object = Map::new();
    for (name, value) in members {
        object.insert(name, value);
    }
    object
}

#[cfg(test)]
mod tests {
    use super::Sorting as _;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_are_sorted_as_the_standard_library_sorts_them(
            row in proptest::collection::vec((0_u8..6, any::<u8>()), 0..40),
        ) {
            let (mut ours, mut theirs) = (row.clone(), row);
            ours.order_by_key(|pair| pair.0);
            theirs.sort_by_key(|pair| pair.0);
            prop_assert_eq!(&ours, &theirs);
            ours.order();
            theirs.sort_unstable();
            prop_assert_eq!(ours, theirs);
        }
    }
}
