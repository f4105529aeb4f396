//! Items whose name and department are equal: paired without a score.

use super::Known;
use super::evidence::fields_of_both;
use super::profile::{Both, Profile};
use crate::lineage::Reason;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::collections::HashSet;
use std::hash::BuildHasher as _;

/// Within one name and department, so many pairs are looked at one by one; of more rows the order decides.
const LOOKED_AT: usize = 1_024;

/// Rows of the old list and of the new one.
type Sides = (Vec<u32>, Vec<u32>);
/// Fields in common, fields at all, old row, new row.
type Compared = (usize, usize, u32, u32);

/// Pairs items of one name and department: where they stand once, and of several rows those whose other fields are
/// equal, then those that have most fields in common, then in order, which a person should look at. Rows of which a person
/// refused a pair are left to the scores.
pub(super) fn pair(both: &Both, known: &mut Known, refused: &HashSet<(String, String)>) {
    let left_out = |side: usize, key: &str| {
        !refused.is_empty() && refused.iter().any(|pair| [&pair.0, &pair.1][side] == key)
    };
    let mut groups: HashMap<(u32, u32), Sides, FixedState> = HashMap::default();
    let mut order: Vec<(u32, u32)> = Vec::new();
    for (at, profile) in both.old.iter().enumerate() {
        if !known.settled_old[at] && !left_out(0, &profile.key) {
            let key = (profile.name, profile.department);
            let group = groups.entry(key).or_default();
            if group.0.is_empty() {
                order.push(key);
            }
            group.0.push(at as u32);
        }
    }
    for (at, profile) in both.new.iter().enumerate() {
        if !known.settled_new[at]
            && !left_out(1, &profile.key)
            && let Some(group) = groups.get_mut(&(profile.name, profile.department))
        {
            group.1.push(at as u32);
        }
    }
    let reasons = |department: u32, more: Option<Reason>| {
        let mut reasons = vec![Reason::SameName];
        if department != 0 {
            reasons.push(Reason::SameDepartment);
        }
        reasons.extend(more);
        reasons
    };
    for key in order {
        let Some((mut olds, mut news)) = groups.remove(&key) else { continue };
        let alone = olds.len() == 1 && news.len() == 1;
        if alone {
            known.link(both, olds[0], news[0], 1.0, true, reasons(key.1, None));
            continue;
        }
        if news.is_empty() {
            continue;
        }
        // Rows that are equal are one another's, in order.
        let mut equal: HashMap<u64, Vec<u32>, FixedState> = HashMap::default();
        for &j in news.iter().rev() {
            equal.entry(whole(&both.new[j as usize])).or_default().push(j);
        }
        let mut taken: Vec<u32> = Vec::new();
        olds.retain(|&i| {
            let Some(j) = equal.get_mut(&whole(&both.old[i as usize])).and_then(Vec::pop) else {
                return true;
            };
            taken.push(j);
            known.link(both, i, j, 1.0, true, reasons(key.1, None));
            false
        });
        taken.sort_unstable();
        news.retain(|j| taken.binary_search(j).is_err());
        if olds.len() == 1 && news.len() == 1 {
            known.link(both, olds[0], news[0], 0.97, false, reasons(key.1, None));
            continue;
        }
        if olds.len() * news.len() <= LOOKED_AT {
            by_fields(both, known, key.1, &mut olds, &mut news, &reasons);
        }
        for (&i, &j) in olds.iter().zip(&news) {
            known.link(both, i, j, 0.5, false, reasons(key.1, Some(Reason::InOrder)));
        }
    }
}

/// A number of everything that is compared beside name and department.
fn whole(profile: &Profile) -> u64 {
    FixedState::with_seed(11).hash_one((&profile.acts, &profile.content))
}

/// Pairs that have more fields in common than any other pair of either row.
fn by_fields(
    both: &Both,
    known: &mut Known,
    department: u32,
    olds: &mut Vec<u32>,
    news: &mut Vec<u32>,
    reasons: &dyn Fn(u32, Option<Reason>) -> Vec<Reason>,
) {
    let mut pairs: Vec<Compared> = Vec::new();
    for &i in olds.iter() {
        for &j in news.iter() {
            let (a, b) = (&both.old[i as usize], &both.new[j as usize]);
            let (mut same, mut of) = (usize::from(a.acts == b.acts), 1);
            for (_, equal) in fields_of_both(a, b) {
                of += 1;
                same += usize::from(equal);
            }
            pairs.push((same, of, i, j));
        }
    }
    loop {
        let best = |row: &dyn Fn(&Compared) -> bool| {
            let mut most: Vec<usize> = pairs.iter().filter(|p| row(p)).map(|p| p.0).collect();
            most.sort_unstable_by(|a, b| b.cmp(a));
            // The best, where it is the only one.
            (most.len() == 1 || most.len() > 1 && most[0] > most[1]).then(|| most[0])
        };
        let mut linked = Vec::new();
        for &(same, of, i, j) in &pairs {
            if same > 0 && best(&|p| p.2 == i) == Some(same) && best(&|p| p.3 == j) == Some(same) {
                known.link(both, i, j, 0.9, false, reasons(department, Some(Reason::SameFields(same, of))));
                linked.push((i, j));
            }
        }
        if linked.is_empty() {
            return;
        }
        let is_linked = |i: u32, j: u32| linked.iter().any(|(a, b)| *a == i || *b == j);
        pairs.retain(|(_, _, i, j)| !is_linked(*i, *j));
        olds.retain(|i| !linked.iter().any(|(a, _)| a == i));
        news.retain(|j| !linked.iter().any(|(_, b)| b == j));
    }
}
