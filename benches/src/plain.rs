//! The rivals inside the process: what a Rust programmer writes without a
//! library. Plain structs that serde reads from a slice, and a comparison by a
//! map from id to place that builds the same deltas as a typed diff.

use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;
use std::{fs, io};

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Document {
    pub(crate) format: String,
    pub(crate) kind: String,
    pub(crate) header: Header,
    pub(crate) items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Header {
    pub(crate) title: String,
    pub(crate) edition: String,
}

#[expect(clippy::struct_field_names, reason = "the keys of the document")]
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) sub_item: String,
    #[serde(default)]
    pub(crate) department: Vec<String>,
    #[serde(default)]
    pub(crate) authorities: Vec<Authority>,
    #[serde(default)]
    pub(crate) basis: Vec<Citation>,
    #[serde(default)]
    pub(crate) levels: Vec<Level>,
    pub(crate) statutory_limit: Option<Limit>,
    pub(crate) promised_limit: Option<Limit>,
    #[serde(default)]
    pub(crate) remarks: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Authority {
    pub(crate) name: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Citation {
    pub(crate) text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    Nation,
    Province,
    City,
    County,
    Township,
    Village,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) struct Limit {
    pub(crate) amount: u32,
    pub(crate) unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unit {
    WorkingDay,
    Day,
    Month,
}

/// Reads a document the plain way: the whole file, then serde from its bytes.
///
/// # Errors
/// If the file cannot be read or is no such document.
pub(crate) fn read(path: &Path) -> io::Result<Document> {
    let bytes = fs::read(path)?;
    Ok(serde_json::from_slice(&bytes)?)
}

/// A value before and after; boxed, since most fields do not change.
pub(crate) type Change<T> = Option<Box<(T, T)>>;

/// What changed in one item.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ItemDelta {
    pub(crate) id: String,
    pub(crate) name: Change<String>,
    pub(crate) sub_item: Change<String>,
    pub(crate) department: Change<Vec<String>>,
    pub(crate) authorities: Change<Vec<Authority>>,
    pub(crate) basis: Change<Vec<Citation>>,
    pub(crate) levels: Change<Vec<Level>>,
    pub(crate) statutory_limit: Change<Option<Limit>>,
    pub(crate) promised_limit: Change<Option<Limit>>,
    pub(crate) remarks: Change<String>,
}

/// What changed between two lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Delta {
    pub(crate) changed: Vec<ItemDelta>,
    pub(crate) added: Vec<Item>,
    pub(crate) removed: Vec<Item>,
    /// Ids of the fewest items that explain the new order.
    pub(crate) moved: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) changed: usize,
    pub(crate) added: usize,
    pub(crate) removed: usize,
    pub(crate) moved: usize,
}

impl Delta {
    #[must_use]
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            changed: self.changed.len(),
            added: self.added.len(),
            removed: self.removed.len(),
            moved: self.moved.len(),
        }
    }
}

/// Compares two lists by id. Ids are unique in each.
#[must_use]
pub(crate) fn compare(before: &[Item], after: &[Item]) -> Delta {
    let mut delta = Delta::default();
    let places: HashMap<&str, usize> =
        before.iter().enumerate().map(|(place, item)| (item.id.as_str(), place)).collect();
    let mut kept = vec![false; before.len()];
    // Places before, in the order after.
    let mut order = Vec::with_capacity(after.len());
    for new in after {
        match places.get(new.id.as_str()) {
            None => delta.added.push(new.clone()),
            Some(&place) => {
                let old = &before[place];
                kept[place] = true;
                order.push(place);
                if old != new {
                    delta.changed.push(item_delta(old, new));
                }
            }
        }
    }
    let gone = before.iter().zip(&kept).filter(|(_, kept)| !**kept);
    delta.removed = gone.map(|(item, _)| item.clone()).collect();
    let stays = longest_increasing(&order);
    let moved = order.iter().zip(&stays).filter(|(_, stays)| !**stays);
    delta.moved = moved.map(|(&place, _)| before[place].id.clone()).collect();
    delta
}

fn item_delta(old: &Item, new: &Item) -> ItemDelta {
    ItemDelta {
        id: old.id.clone(),
        name: change(&old.name, &new.name),
        sub_item: change(&old.sub_item, &new.sub_item),
        department: change(&old.department, &new.department),
        authorities: change(&old.authorities, &new.authorities),
        basis: change(&old.basis, &new.basis),
        levels: change(&old.levels, &new.levels),
        statutory_limit: change(&old.statutory_limit, &new.statutory_limit),
        promised_limit: change(&old.promised_limit, &new.promised_limit),
        remarks: change(&old.remarks, &new.remarks),
    }
}

fn change<T: Clone + PartialEq>(old: &T, new: &T) -> Change<T> {
    (old != new).then(|| Box::new((old.clone(), new.clone())))
}

/// Marks the members of a longest increasing subsequence of distinct numbers.
fn longest_increasing(numbers: &[usize]) -> Vec<bool> {
    const NONE: usize = usize::MAX;
    // For each length, where the subsequence with the smallest end ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous = vec![NONE; numbers.len()];
    for (at, &number) in numbers.iter().enumerate() {
        // In a list that is nearly in order most numbers go to the end.
        let len = match ends.last() {
            Some(&end) if numbers[end] > number => ends.partition_point(|&end| numbers[end] < number),
            _ => ends.len(),
        };
        if len > 0 {
            previous[at] = ends[len - 1];
        }
        match ends.get_mut(len) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut members = vec![false; numbers.len()];
    let mut at = ends.last().copied().unwrap_or(NONE);
    while at != NONE {
        members[at] = true;
        at = previous[at];
    }
    members
}

#[cfg(test)]
mod tests {
    use super::longest_increasing;

    fn kept(numbers: &[usize]) -> usize {
        let members = longest_increasing(numbers);
        let kept = numbers.iter().zip(&members).filter(|(_, kept)| **kept);
        let kept: Vec<_> = kept.map(|(number, _)| *number).collect();
        assert!(kept.is_sorted());
        kept.len()
    }

    #[test]
    fn the_longest_increasing_subsequence_is_found() {
        assert_eq!(kept(&[]), 0);
        assert_eq!(kept(&[7]), 1);
        assert_eq!(kept(&[0, 1, 2, 3]), 4);
        assert_eq!(kept(&[3, 2, 1, 0]), 1);
        assert_eq!(kept(&[0, 4, 1, 2, 3]), 4);
        assert_eq!(kept(&[3, 0, 1, 2, 5, 4]), 4);
        assert_eq!(kept(&[5, 6, 7, 0, 1, 2, 3, 4]), 5);
    }
}
