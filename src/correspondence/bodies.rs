//! Which of our bodies stands for which of the upper list's: learned from the items that both have.

use super::{Correspondence, Place};
use crate::alias::Aliases;
use crate::codes::AliasKind;
use crate::keyed::List;
use crate::organ;
use crate::record::AnyItem;
use crate::term::{Authority, Date};
use crate::{Text, text};
use std::collections::{BTreeMap, HashMap};

/// The fields that name bodies, and whose relation is learned.
pub(crate) const FIELDS: [&str; 2] = ["department", "authorities"];

/// Which of our bodies stands for which of theirs, field by field.
#[derive(Clone, Debug, Default)]
pub struct Bodies {
    learned: HashMap<(&'static str, String), Seen>,
}

#[derive(Clone, Debug, Default)]
struct Seen {
    total: usize,
    /// By canonical form below: how often, and as it is written.
    below: BTreeMap<String, (usize, String)>,
}

/// What most items say of a body.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Likely {
    /// Our body, or bodies, as the list writes them.
    pub text: String,
    /// How many items show this pair.
    pub count: usize,
    /// Of how many in which both lists name a body.
    pub total: usize,
}

impl Likely {
    /// The share of the items that show it, from 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of items")]
    pub fn share(&self) -> f64 {
        self.count as f64 / self.total.max(1) as f64
    }
}

impl Bodies {
    /// Learns it from the pairs of two lists. Linear.
    #[must_use]
    pub fn learn(
        correspondence: &Correspondence,
        upper: &[&dyn AnyItem],
        lower: &[&dyn AnyItem],
        aliases: &Aliases,
        day: Option<Date>,
    ) -> Self {
        let mut learned: HashMap<(&'static str, String), Seen> = HashMap::new();
        for (above, below, link) in correspondence.pairs() {
            if !link.certain {
                continue;
            }
            for field in FIELDS {
                let (theirs, ours) = (cell(upper[above], field), cell(lower[below], field));
                if theirs.is_empty() || ours.is_empty() {
                    continue;
                }
                let seen = learned.entry((field, canonical(upper[above], field, aliases, day))).or_default();
                seen.total += 1;
                let entry = seen.below.entry(canonical(lower[below], field, aliases, day)).or_insert((0, ours));
                entry.0 += 1;
            }
        }
        Self { learned }
    }
    /// What stands for the bodies of an upper item's field in most of the items that both lists have.
    #[must_use]
    pub fn likely(&self, field: &'static str, upper: &dyn AnyItem, aliases: &Aliases, day: Option<Date>) -> Option<Likely> {
        let seen = self.learned.get(&(field, canonical(upper, field, aliases, day)))?;
        // Of two that are as frequent the first by name: the order of a list does not count.
        let (count, text) = seen.below.values().rev().max_by_key(|(count, _)| *count)?;
        Some(Likely { text: text.clone(), count: *count, total: seen.total })
    }
}

/// A field's bodies in one form: normal forms without order, each by its one name.
pub(crate) fn canonical(item: &dyn AnyItem, field: &str, aliases: &Aliases, day: Option<Date>) -> String {
    let one = |name: &str| aliases.canonical(&AliasKind::Organ, name, day).into_owned();
    let mut names: Vec<String> = match item.get::<List<Authority>>(field) {
        Some(list) => list.iter().map(|body| one(&body.name)).collect(),
        None => item.get::<List<Text>>(field).into_iter().flatten().map(|name| one(name)).collect(),
    };
    names.sort();
    names.join("；")
}

/// A field as a table has it.
pub(crate) fn cell(item: &dyn AnyItem, field: &str) -> String {
    item.text(field).into_owned()
}

/// Bodies of a list that may be the one that an upper item names: of its level, for the same (县级林草部门, 区林业局).
pub(crate) fn may_be<'a>(upper: &dyn AnyItem, field: &str, lower: &[&'a dyn AnyItem], place: &Place) -> Option<&'a str> {
    let theirs = organ::bodies(&upper.text(field));
    let region = place.region.as_ref()?;
    let mut found: Option<&'a str> = None;
    let mut seen: Vec<&str> = Vec::new();
    for item in lower {
        let names: Vec<&'a str> = match item.get::<List<Authority>>(field) {
            Some(list) => list.iter().map(|body| &*body.name).collect(),
            None => item.get::<List<Text>>(field).into_iter().flatten().map(|name| &**name).collect(),
        };
        for name in names {
            if seen.contains(&name) || text::normal(name).is_empty() {
                continue;
            }
            seen.push(name);
            let ours = organ::bodies(name);
            let fits = theirs.iter().any(|one| ours.iter().any(|other| one.may_be(other, region)));
            if fits {
                if found.is_some() {
                    // Two might be meant: nothing is proposed.
                    return None;
                }
                found = Some(name);
            }
        }
    }
    found
}
