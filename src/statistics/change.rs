//! What a year changed, list by list.

use super::Figure;
use super::count::ListCount;
use crate::alias::Aliases;
use crate::codes::AdjustmentKind;
use crate::diff::{Comparing, Differences};
use crate::kind::{AnyCatalogue, DifferentKinds};
use crate::matching::Options;
use crate::portfolio::Portfolio;
use crate::record::Entry as _;
use std::collections::{HashMap, HashSet};

/// A list in both years, or in one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListChange {
    /// The list: its kind, and its series behind a full stop.
    pub list: String,
    /// Its title, or where it has none that of its kind.
    pub title: String,
    /// The list of the year before; `None`: it was not there.
    pub before: Option<ListCount>,
    /// The list of the year; `None`: it is not there any more.
    pub after: Option<ListCount>,
    /// Keys of the rows that are new.
    pub added: Vec<String>,
    /// Keys, in the list before, of the rows that are gone.
    pub removed: Vec<String>,
    /// Keys of the rows that bear another name, whatever else changed.
    pub renamed: Vec<String>,
    /// Keys of all other rows that changed. Spelling alone is no change.
    pub changed: Vec<String>,
    /// How the items of the year are counted apart: by department, level, type, mode, partner, as far as the list says.
    pub by: Vec<(super::By, Vec<super::Group>)>,
    /// Items that changed: keys before and after.
    became: Vec<(String, String)>,
}

/// Each list of either year: those of the year in their order, then those that are gone.
#[inline]
pub(super) fn lists(before: &Portfolio, after: &Portfolio, aliases: &Aliases) -> Vec<ListChange> {
    let gone = before.lists.iter().filter(|list| after.lists.get(&list.key()).is_none());
    let gone = gone.map(|list| of(Some(list), None, aliases));
    after
        .lists
        .iter()
        .map(|list| of(before.lists.get(&list.key()), Some(list), aliases))
        .chain(gone)
        .collect()
}

#[inline]
fn of(before: Option<&AnyCatalogue>, after: Option<&AnyCatalogue>, aliases: &Aliases) -> ListChange {
    let by = after.map(|list| {
        let groups = super::By::ALL.iter().map(|&by| (by, super::counts_by(list, by)));
        groups.filter(|(_, groups)| !groups.is_empty()).collect()
    });
    let list = after.or(before);
    let mut change = ListChange {
        list: list.map(|list| list.key().into_owned()).unwrap_or_default(),
        title: list.map(|list| list.title().to_owned()).unwrap_or_default(),
        before: before.map(ListCount::of),
        after: after.map(ListCount::of),
        added: Vec::new(),
        removed: Vec::new(),
        renamed: Vec::new(),
        changed: Vec::new(),
        by: by.unwrap_or_default(),
        became: Vec::new(),
    };
    // Lists of one key are of one kind.
    let Some(differences) =
        before.zip(after).and_then(|(before, after)| differences(before, after, aliases).ok())
    else {
        return change;
    };
    // Another spelling is no change, and may be another key.
    for adjustment in differences.adjustments.iter().chain(&differences.cosmetic) {
        for from in &adjustment.from {
            change.became.extend(adjustment.to.iter().map(|to| (from.clone(), to.clone())));
        }
    }
    for adjustment in differences.adjustments {
        let (ids, to) = match adjustment.kind {
            AdjustmentKind::Added => (adjustment.to, &mut change.added),
            AdjustmentKind::Removed => (adjustment.from, &mut change.removed),
            AdjustmentKind::Renamed => (adjustment.to, &mut change.renamed),
            _ => (adjustment.to, &mut change.changed),
        };
        to.extend(ids);
    }
    change
}

#[inline]
fn differences(
    before: &AnyCatalogue,
    after: &AnyCatalogue,
    aliases: &Aliases,
) -> Result<Differences, DifferentKinds> {
    // Figures that are reported stand on what needs no person.
    let mut lineage =
        before.lineage_to(after, &Options { aliases: aliases.clone(), ..Options::default() })?;
    lineage.links.retain(|link| link.certain);
    let comparing = Comparing { lineage, aliases: aliases.clone(), ..Comparing::default() };
    before.changes_to(after, &comparing.lineage.pairs())?.differences(before, after, &comparing)
}

/// The figures of the general licensing list that the year before is needed for: items as reports count them, so that
/// what came and went leads from one count to the other. A sub item that comes or goes is a change of its main item.
#[inline]
pub(super) fn of_the_year(
    figures: &mut Vec<Figure>,
    old: &[Figure],
    lists: &[ListChange],
    before: &Portfolio,
    after: &Portfolio,
) {
    let find = |of: &[Figure]| of.iter().find(|figure| figure.name == "L_GEN").cloned();
    let (Some(was), Some(now)) = (find(old), find(figures)) else { return };
    figures.push(Figure { name: "L_GEN_0", ..was.clone() });
    // Lists that are not the same ones can be counted, not compared.
    if was.lists != now.lists {
        return;
    }
    let [mut added, mut removed, mut changed] = [const { Vec::new() }; 3];
    for change in lists.iter().filter(|change| now.lists.contains(&change.list)) {
        let pair = before.lists.get(&change.list).zip(after.lists.get(&change.list));
        let Some((before, after)) = pair else { continue };
        let told = Year::of(change, before, after);
        added.extend(told.added);
        removed.extend(told.removed);
        changed.extend(told.changed);
    }
    for (name, ids) in [("L_ADD", added), ("L_DEL", removed), ("L_CHG", changed)] {
        figures.push(Figure { name, value: ids.len(), ids, before: None, ..now.clone() });
    }
}

/// What a year changed of the items that reports count.
#[derive(Default)]
struct Year {
    added: Vec<String>,
    removed: Vec<String>,
    changed: Vec<String>,
}

impl Year {
    #[inline]
    fn of(change: &ListChange, before: &AnyCatalogue, after: &AnyCatalogue) -> Self {
        let keys = |list| -> Vec<Vec<String>> {
            let trees = super::count::trees(list).into_iter();
            trees.map(|tree| tree.into_iter().map(|item| item.key().into_owned()).collect()).collect()
        };
        let (olds, news) = (keys(before), keys(after));
        let mut place: HashMap<&str, usize> = HashMap::new();
        for (at, tree) in news.iter().enumerate() {
            place.extend(tree.iter().map(|key| (key.as_str(), at)));
        }
        let mut became: HashMap<&str, Vec<&str>> = HashMap::new();
        for (from, to) in &change.became {
            became.entry(from).or_default().push(to);
        }
        let new: HashSet<&str> = change.added.iter().map(String::as_str).collect();
        let gone: HashSet<&str> = change.removed.iter().map(String::as_str).collect();
        let edited: HashSet<&str> =
            change.renamed.iter().chain(&change.changed).map(String::as_str).collect();
        let mut out = Self::default();
        // Which items come from before, and which of these lost a row.
        let [mut known, mut torn] = [const { Vec::new() }; 2];
        known.resize(news.len(), false);
        torn.resize(news.len(), false);
        for tree in &olds {
            let stays = tree.iter().filter(|key| !gone.contains(key.as_str())).flat_map(|key| {
                let same = !became.contains_key(key.as_str()) && !new.contains(key.as_str());
                let moved = became.get(key.as_str()).into_iter().flatten().copied();
                moved.chain(same.then_some(key.as_str()))
            });
            let places: Vec<usize> = stays.filter_map(|key| place.get(key).copied()).collect();
            if places.is_empty() {
                out.removed.extend(tree.first().cloned());
            }
            let fewer = tree.iter().any(|key| gone.contains(key.as_str()));
            for at in places {
                known[at] = true;
                torn[at] |= fewer;
            }
        }
        for (at, tree) in news.iter().enumerate() {
            let touched = |key: &String| new.contains(key.as_str()) || edited.contains(key.as_str());
            if !known[at] {
                out.added.extend(tree.first().cloned());
            } else if torn[at] || tree.iter().any(touched) {
                out.changed.extend(tree.first().cloned());
            }
        }
        out
    }
}
