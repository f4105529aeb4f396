//! What a year changed, list by list.

use super::Figure;
use super::count::ListCount;
use crate::codes::AdjustmentKind;
use crate::diff::{Comparing, Differences};
use crate::kind::{AnyCatalogue, DifferentKinds};
use crate::portfolio::Portfolio;
use crate::record::Entry as _;

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
    /// Keys of the items that are new.
    pub added: Vec<String>,
    /// Keys, in the list before, of the items that are gone.
    pub removed: Vec<String>,
    /// Keys of the items that bear another name, whatever else changed.
    pub renamed: Vec<String>,
    /// Keys of all other items that changed. Spelling alone is no change.
    pub changed: Vec<String>,
    /// How the items of the year are counted apart: by department, level, type, mode, partner, as far as the list says.
    pub by: Vec<(super::By, Vec<super::Group>)>,
}

/// Each list of either year: those of the year in their order, then those that are gone.
pub(super) fn lists(before: &Portfolio, after: &Portfolio) -> Vec<ListChange> {
    let gone = before.lists.iter().filter(|list| after.lists.get(&list.key()).is_none());
    let gone = gone.map(|list| of(Some(list), None));
    after.lists.iter().map(|list| of(before.lists.get(&list.key()), Some(list))).chain(gone).collect()
}

fn of(before: Option<&AnyCatalogue>, after: Option<&AnyCatalogue>) -> ListChange {
    let by = after.map(|list| {
        let groups = super::By::ALL.iter().map(|&by| (by, super::counts_by(list, by)));
        groups.filter(|(_, groups)| !groups.is_empty()).collect()
    });
    let list = after.or(before);
    let mut change = ListChange {
        list: list.map(|list| list.key().into_owned()).unwrap_or_default(),
        title: list.map(title).unwrap_or_default(),
        before: before.map(ListCount::of),
        after: after.map(ListCount::of),
        added: Vec::new(),
        removed: Vec::new(),
        renamed: Vec::new(),
        changed: Vec::new(),
        by: by.unwrap_or_default(),
    };
    // Lists of one key are of one kind.
    let differences = before.zip(after).and_then(|(before, after)| differences(before, after).ok());
    for adjustment in differences.into_iter().flat_map(|differences| differences.adjustments) {
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

fn title(list: &AnyCatalogue) -> String {
    let title = &list.header().title;
    if title.is_empty() { list.kind().title().to_owned() } else { title.clone() }
}

fn differences(before: &AnyCatalogue, after: &AnyCatalogue) -> Result<Differences, DifferentKinds> {
    let pairs = before.pair_items(after)?;
    before.changes_to(after, &pairs)?.differences(before, after, &Comparing::default())
}

/// The figures of the general licensing list that the year before is needed for.
pub(super) fn of_the_year(figures: &mut Vec<Figure>, old: &[Figure], lists: &[ListChange]) {
    let Some(before) = old.iter().find(|figure| figure.name == "L_GEN") else { return };
    let Some(now) = figures.iter().find(|figure| figure.name == "L_GEN").cloned() else { return };
    figures.push(Figure { name: "L_GEN_0", ..before.clone() });
    let changes: Vec<&ListChange> = lists
        .iter()
        .filter(|change| change.before.is_some() && now.lists.contains(&change.list))
        .filter(|change| change.after.is_some())
        .collect();
    // Lists that are not the same ones can be counted, not compared.
    if changes.len() != now.lists.len() || changes.len() != before.lists.len() {
        return;
    }
    let told =
        |of: &dyn Fn(&ListChange) -> Vec<String>| changes.iter().flat_map(|change| of(change)).collect();
    let told: [(&'static str, Vec<String>); 3] = [
        ("L_ADD", told(&|change| change.added.clone())),
        ("L_DEL", told(&|change| change.removed.clone())),
        ("L_CHG", told(&|change| change.renamed.iter().chain(&change.changed).cloned().collect())),
    ];
    for (name, ids) in told {
        figures.push(Figure { name, value: ids.len(), ids, before: None, ..now.clone() });
    }
}
