//! What becomes of each item of the lower list: it goes on, goes into another one, or goes.

use super::view::{Became, LOWER, View, is_followed};
use crate::citation::short_title;
use crate::codes::AdjustmentKind;
use crate::keyed::List;
use crate::name;
use crate::problem::Message;
use crate::record::{AnyItem, Field};
use crate::term::Citation;
use crate::text::normal;
use std::collections::{HashMap, HashSet};

/// What becomes of a lower item.
pub(super) enum Fate {
    /// It goes on as this new upper item; `others` are the other upper items that it stands for.
    Follows { upper: usize, new: usize, others: Vec<usize> },
    /// The upper list merged it into what another item of ours stands on.
    Joined { with: usize },
    /// The upper list does not have it any more, or not for this level.
    Gone { upper: usize, left: Message },
}

impl<'a> View<'a> {
    /// Which new upper item each lower one goes on as, or why it goes.
    #[inline]
    pub(super) fn taken(&self, became: &Became) -> HashMap<usize, Fate> {
        let mut out: HashMap<usize, Fate> = HashMap::new();
        // Which lower item a new upper one is carried on by, by the old upper item that brought it there.
        let mut carried: HashMap<usize, (usize, usize)> = HashMap::new();
        for below in 0..self.items[LOWER].len() {
            let uppers = self.found.uppers_of(below);
            if uppers.is_empty() {
                continue;
            }
            let stem = name::read(self.lower(below).name()).base;
            let like = |upper: &usize| name::read(self.old(*upper).name()).base == stem;
            let alive: Vec<usize> = uppers.iter().copied().filter(|u| !became.next[*u].is_empty()).collect();
            let Some(&upper) = alive.iter().find(|u| like(u)).or(alive.first()) else {
                let left = Message::new("上级已取消", "the upper list cancelled it");
                out.insert(below, Fate::Gone { upper: uppers[0], left });
                continue;
            };
            let new = self.nearest(below, &became.next[upper]);
            if self.place.has(self.old(upper)) == Some(true) && self.place.has(self.upper(new)) == Some(false)
            {
                let left = Message::new("上级已将其调整出本级", "the upper list took it from this level");
                out.insert(below, Fate::Gone { upper, left });
                continue;
            }
            match carried.get(&new) {
                // Rows of one upper item stay rows; of two that were merged one goes into the other.
                Some((with, by)) if *by != upper && became.before[new].len() > 1 => {
                    out.insert(below, Fate::Joined { with: *with });
                }
                _ => {
                    carried.entry(new).or_insert((below, upper));
                    let others = uppers.iter().copied().filter(|u| *u != upper).collect();
                    out.insert(below, Fate::Follows { upper, new, others });
                }
            }
        }
        out
    }
    /// Of several that an upper item became the one whose name is nearest to ours; as a rule the first.
    #[inline]
    pub(super) fn nearest(&self, below: usize, next: &[usize]) -> usize {
        let ours = name::read(self.lower(below).name()).base;
        let like = |at: &usize| name::similarity(&ours, &name::read(self.upper(*at).name()).base);
        let item = self.lower(below);
        if !item.is_derived()
            && let Some(same) = next.iter().find(|at| self.upper(**at).id() == item.id())
        {
            return *same;
        }
        let mut best = next[0];
        let rows = self.found.uppers_of(below).first().map_or(0, |upper| self.found.lowers_of(*upper).len());
        if next.len() > 1 && rows > 1 {
            for at in next {
                if like(at) > like(&best) {
                    best = *at;
                }
            }
        }
        best
    }
    /// Local regulations and rules behind a lower item that no upper one of its has.
    #[inline]
    pub(super) fn own_bases(&self, below: usize, uppers: &[usize]) -> Vec<String> {
        let acts = |item: &dyn AnyItem| -> Vec<(String, bool)> {
            let cited = item
                .all::<List<Citation>>()
                .flat_map(|(_, list)| list.iter().flat_map(|one| one.read().cited));
            cited.map(|cited| (short_title(&cited.title), cited.is_local())).collect()
        };
        let theirs: HashSet<String> =
            uppers.iter().flat_map(|upper| acts(self.old(*upper))).map(|(title, _)| title).collect();
        let mut own: Vec<String> = acts(self.lower(below))
            .into_iter()
            .filter(|(_, local)| *local)
            .map(|(title, _)| title)
            .filter(|title| !theirs.contains(title))
            .collect();
        own.dedup();
        own
    }
    /// Fields bound to be equal that the lower list says otherwise.
    #[inline]
    pub(super) fn changed_of_its_own(
        &self,
        below: usize,
        upper: usize,
    ) -> impl Iterator<Item = usize> + use<'a, '_> {
        let (lower, upper) = (self.lower(below), self.old(upper));
        let bound = lower.fields().iter().enumerate().filter(|(_, field)| {
            field.lower == Some("equal") && field.adjusts != Some(AdjustmentKind::BasisChanged)
        });
        bound
            .filter(move |(at, field)| {
                upper.value(*at).is_some()
                    && name::read(&lower.text(field.name)).base != name::read(&upper.text(field.name)).base
            })
            .map(|(at, _)| at)
    }
    /// Fields in which two of our items differ, and that are content.
    #[inline]
    pub(super) fn differing(&self, one: usize, other: usize) -> Vec<&'static Field> {
        let (one, other) = (self.lower(one), self.lower(other));
        let fields = one.fields().iter().filter(|field| {
            is_followed(field) && !matches!(field.name, "name" | "sub_item") && field.lower != Some("equal")
        });
        let differ = |field: &&Field| {
            let (a, b) = (one.text(field.name), other.text(field.name));
            !a.is_empty() && !b.is_empty() && normal(&a) != normal(&b)
        };
        // Bases are joined by nobody: what stands behind the merged item is the upper list's.
        fields.filter(differ).filter(|field| field.adjusts != Some(AdjustmentKind::BasisChanged)).collect()
    }
}
