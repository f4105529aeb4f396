//! Links between pairs of lists, joined into groups that have one item of a list at most.

use crate::sorting::Sorting as _;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

/// A link between two items, by their numbers over all lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) one: usize,
    pub(super) other: usize,
    /// How strong it is; above zero.
    pub(super) weight: f64,
}

/// What is joined: how strong, and which of two equally strong ones comes first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Offer {
    /// The bits of a number above zero stand in its order.
    strength: u64,
    first: Reverse<(usize, usize)>,
    clusters: (usize, usize),
}

struct Cluster {
    /// In the order of numbers.
    members: Vec<usize>,
    /// How much links it to others.
    links: HashMap<usize, f64>,
}

/// The groups, each in the order of numbers, by their first: items without a link are groups of their own.
///
/// The strongest link is followed first. What links two groups is the sum of the links between their items, measured
/// against all that there could be: that two lists agree weighs more than what one of them says alone. Two groups that
/// both have an item of one list stay apart, and so do those between which a pair is refused.
///
/// `n log n` in the links, for few lists.
#[inline]
pub(super) fn join(list_of: &[usize], edges: &[Edge], refused: &HashSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Option<Cluster>> = (0..list_of.len())
        .map(|member| Some(Cluster { members: vec![member], links: HashMap::new() }))
        .collect();
    let mut offers = BinaryHeap::new();
    for edge in edges {
        for (one, other) in [(edge.one, edge.other), (edge.other, edge.one)] {
            if let Some(Some(cluster)) = clusters.get_mut(one) {
                *cluster.links.entry(other).or_default() += edge.weight;
            }
        }
    }
    for (at, cluster) in clusters.iter().enumerate() {
        let Some(cluster) = cluster else { continue };
        for (&other, &sum) in cluster.links.iter().filter(|(other, _)| at < **other) {
            offers.extend(offer(&clusters, at, other, sum));
        }
    }
    let fits = |one: &Cluster, other: &Cluster| {
        one.members.iter().all(|&a| {
            other.members.iter().all(|&b| {
                list_of[a] != list_of[b] && !refused.contains(&(a, b)) && !refused.contains(&(b, a))
            })
        })
    };
    while let Some(Offer { clusters: (one, other), .. }) = offers.pop() {
        let (Some(Some(a)), Some(Some(b))) = (clusters.get(one), clusters.get(other)) else { continue };
        if !fits(a, b) {
            continue;
        }
        let (Some(a), Some(b)) = (clusters[one].take(), clusters[other].take()) else { continue };
        let mut members = [a.members, b.members].concat();
        members.sort_unstable();
        let mut links = a.links;
        for (to, sum) in b.links {
            *links.entry(to).or_default() += sum;
        }
        links.retain(|to, _| clusters[*to].is_some());
        let joined = clusters.len();
        for (&to, &sum) in &links {
            if let Some(there) = &mut clusters[to] {
                there.links.retain(|from, _| *from != one && *from != other);
                there.links.insert(joined, sum);
            }
        }
        let neighbours: Vec<(usize, f64)> = links.iter().map(|(to, sum)| (*to, *sum)).collect();
        clusters.push(Some(Cluster { members, links }));
        for (to, sum) in neighbours {
            offers.extend(offer(&clusters, to, joined, sum));
        }
    }
    let mut groups: Vec<Vec<usize>> = clusters.into_iter().flatten().map(|cluster| cluster.members).collect();
    groups.order_by_key(|group| group[0]);
    groups
}

#[inline]
fn offer(clusters: &[Option<Cluster>], one: usize, other: usize, sum: f64) -> Option<Offer> {
    let (a, b) = (clusters[one].as_ref()?, clusters[other].as_ref()?);
    let pairs = u32::try_from(a.members.len() * b.members.len()).unwrap_or(u32::MAX);
    // The last digits of a sum say in which order it was made, and nothing else.
    let strength = (sum / f64::from(pairs) * 1e9).round() / 1e9;
    let (first, second) = (a.members[0].min(b.members[0]), a.members[0].max(b.members[0]));
    (strength > 0.0).then(|| Offer {
        strength: strength.to_bits(),
        first: Reverse((first, second)),
        clusters: (one, other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edges(of: &[(usize, usize, f64)]) -> Vec<Edge> {
        of.iter().map(|&(one, other, weight)| Edge { one, other, weight }).collect()
    }

    #[test]
    fn the_best_link_comes_first_and_no_list_has_two_items_in_a_group() {
        // Two items of the first list want one of the second.
        let groups = join(&[0, 0, 1], &edges(&[(0, 2, 0.8), (1, 2, 0.9)]), &HashSet::new());
        assert_eq!(groups, [vec![0], vec![1, 2]]);
        // 0 and 1 belong together; 2 is linked to both, 3 to one of them more strongly.
        let links = edges(&[(0, 1, 0.9), (0, 2, 0.7), (1, 2, 0.8), (0, 3, 0.85)]);
        assert_eq!(join(&[0, 1, 2, 2], &links, &HashSet::new()), [vec![0, 1, 2], vec![3]]);
        // Through one that both know.
        assert_eq!(join(&[0, 1, 2], &edges(&[(0, 1, 1.0), (1, 2, 1.0)]), &HashSet::new()), [vec![0, 1, 2]]);
        let refused = HashSet::from([(0, 2)]);
        assert_eq!(join(&[0, 1, 2], &edges(&[(0, 1, 1.0), (1, 2, 0.9)]), &refused), [vec![0, 1], vec![2]]);
    }

    proptest! {
        #[test]
        fn whatever_the_order_of_links_every_item_is_in_one_group_without_a_second_of_its_list(
            list_of in prop::collection::vec(0..4_usize, 1..14),
            raw in prop::collection::vec((0..14_usize, 0..14_usize, 1..5_u8), 0..40),
        ) {
            let n = list_of.len();
            let links: Vec<Edge> = raw.iter()
                .map(|&(one, other, weight)| Edge { one: one % n, other: other % n, weight: f64::from(weight) / 4.0 })
                .filter(|edge| list_of[edge.one] != list_of[edge.other])
                .collect();
            let groups = join(&list_of, &links, &HashSet::new());
            let mut all: Vec<usize> = groups.concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..n).collect::<Vec<_>>());
            for group in &groups {
                let lists: HashSet<usize> = group.iter().map(|member| list_of[*member]).collect();
                prop_assert_eq!(lists.len(), group.len());
            }
            let mut turned = links.clone();
            turned.reverse();
            prop_assert_eq!(join(&list_of, &turned, &HashSet::new()), groups);
        }
    }
}
