//! What comes into the lower list because the upper one has it now.

use super::follow::{SURE, each_once};
use super::pending::Pending;
use super::view::{Became, LOWER, Made, NEW, OLD, View, is_followed};
use crate::codes::Level;
use crate::correspondence::bodies;
use crate::keyed::Set;
use crate::kind::Recipe;
use crate::lineage::Link;
use crate::matching;
use crate::name;
use crate::problem::Message;
use crate::record::{AnyItem, Field, full_name};
use crate::text::normal;
use std::collections::{HashMap, HashSet};

/// Of the items above whose level is not told, a lower list that has so many takes what is new as well.
const TAKES: f64 = 0.5;

impl View<'_> {
    /// What comes into the lower list because it is new in the upper one, or came down to this level.
    #[inline]
    pub(super) fn additions(&self, became: &Became, made: &mut [Made]) -> Vec<Made> {
        let unmatched: Vec<usize> =
            (0..self.items[LOWER].len()).filter(|at| self.found.uppers_of(*at).is_empty()).collect();
        let untold = self.takes_untold();
        let carried: HashSet<usize> = made.iter().filter_map(|item| item.upper).collect();
        // Codes that rows of ours have which stand on something already.
        let matched = self.items[LOWER]
            .iter()
            .enumerate()
            .filter(|(at, item)| !item.is_derived() && !self.found.uppers_of(*at).is_empty());
        let taken: HashSet<&str> = matched.map(|(_, item)| item.id()).collect();
        let mut fresh: Vec<usize> = Vec::new();
        for new in 0..self.items[NEW].len() {
            let has = self.place.has(self.upper(new));
            if has == Some(false) {
                continue;
            }
            let before = &became.before[new];
            let here = before.iter().any(|old| !self.found.lowers_of(*old).is_empty());
            let came_down =
                has == Some(true) && before.iter().all(|old| self.place.has(self.old(*old)) == Some(false));
            // A part of what was split off an item that is here, and that no row of ours carries on.
            let parted = before.len() == 1 && became.next[before[0]].len() > 1;
            let split_off = here && parted && !carried.contains(&new);
            // What bears a code that a row of ours has is here, whatever it was called.
            let is_taken = taken.contains(self.upper(new).id());
            if !is_taken && (before.is_empty() || (came_down && !here) || split_off) {
                fresh.push(new);
            }
        }
        let ours: Vec<&dyn AnyItem> = unmatched.iter().map(|at| self.lower(*at)).collect();
        let theirs: Vec<&dyn AnyItem> = fresh.iter().map(|at| self.upper(*at)).collect();
        let options = matching::Options {
            decided: matching::Decided::default(),
            between: matching::Between::Lists,
            ..self.options.matching.clone()
        };
        let known = matching::lineage(&theirs, &ours, &options);
        let parted: HashSet<&str> = known.parted.iter().map(String::as_str).collect();
        let links: HashMap<&str, &Link> =
            known.links.iter().flat_map(|link| link.from.iter().map(move |id| (id.as_str(), link))).collect();
        let here: HashMap<String, usize> =
            unmatched.iter().map(|at| (self.lower(*at).key().into_owned(), *at)).collect();
        let mut already: HashMap<usize, (usize, bool)> = HashMap::new();
        for (i, new) in fresh.iter().enumerate() {
            let key = theirs[i].key();
            let partner =
                links.get(&*key).map(|link| (link.to.first().cloned(), link.certain)).or_else(|| {
                    let kept = !theirs[i].is_derived() && !parted.contains(&*key);
                    kept.then(|| (Some(key.clone().into_owned()), true))
                });
            if let Some((Some(to), certain)) = partner
                && let Some(at) = here.get(&to)
            {
                already.insert(*new, (*at, certain));
            }
        }
        let mut out = Vec::new();
        for new in fresh {
            match already.get(&new) {
                Some((below, certain)) => self.is_here_already(*below, new, *certain, made),
                None => out.push(self.addition(new, became, untold)),
            }
        }
        out
    }
    /// Whether a list that takes items whose level is not told takes what is new of them too.
    #[expect(clippy::cast_precision_loss, reason = "counts of items")]
    #[inline]
    pub(super) fn takes_untold(&self) -> bool {
        let untold: Vec<usize> =
            (0..self.items[OLD].len()).filter(|at| self.place.has(self.old(*at)).is_none()).collect();
        let here = untold.iter().filter(|at| !self.found.lowers_of(**at).is_empty()).count();
        untold.is_empty() || here as f64 >= TAKES * untold.len() as f64
    }
    /// The upper list added what the lower one had: it follows in what is bound.
    #[inline]
    pub(super) fn is_here_already(&self, below: usize, new: usize, certain: bool, made: &mut [Made]) {
        let Some(item) = made.iter_mut().find(|item| item.lower == Some(below)) else { return };
        let (l, n) = (self.lower(below), self.upper(new));
        if !certain {
            item.pending.push(Pending {
                item: l.key().into_owned(),
                field: String::new(),
                why: Message::new(
                    format!("上级新增“{}”，是否即本级此项，请确认", full_name(n)),
                    format!("the upper list added `{}`: is it this item", full_name(n)),
                ),
                proposals: vec![n.key().into_owned()],
            });
            return;
        }
        item.upper = Some(new);
        item.recipe.derive = true;
        for (at, field) in l.fields().iter().enumerate() {
            if field.lower == Some("equal") && is_followed(field) && self.is_told(at) && n.value(at).is_some()
            {
                let (ours, theirs) = (l.text(field.name), n.text(field.name));
                if name::read(&ours).base != name::read(&theirs).base {
                    item.recipe.fields.push((at, (NEW, new)));
                }
            }
        }
    }
    /// An item that the lower list has not had.
    #[inline]
    pub(super) fn addition(&self, new: usize, became: &Became, untold: bool) -> Made {
        let n = self.upper(new);
        let mut recipe = Recipe { derive: true, ..Recipe::default() };
        let mut pending = Vec::new();
        let mut ask = |field: &str, why: Message, proposals: Vec<String>| {
            pending.push(Pending { item: n.key().into_owned(), field: field.to_owned(), why, proposals });
        };
        // What a row of ours says beyond the upper list holds for its parts as well.
        let before = became.before[new].first().copied();
        let from = before.and_then(|old| self.found.lowers_of(old).first().copied());
        let is_ours = |field: &Field| match (from, before) {
            (Some(from), Some(before)) => {
                normal(&self.lower(from).text(field.name)) != normal(&self.old(before).text(field.name))
            }
            _ => false,
        };
        for (at, field) in n.fields().iter().enumerate() {
            let needed = matches!(field.name, "id" | "derived" | "occurrence" | "name" | "sub_item");
            if field.name == "extra" || n.value(at).is_none() {
                continue;
            }
            if bodies::FIELDS.contains(&field.name) {
                let concrete = from.filter(|_| is_ours(field));
                if from.is_some() && concrete.is_none() {
                    recipe.fields.push((at, (NEW, new)));
                } else {
                    self.add_bodies(field, at, new, concrete, &mut recipe, &mut ask);
                }
            } else if field.name == "parent" {
                recipe.cells.push((at, self.parent_here(n)));
            } else if let Some(level) = self.level_of_rows(field) {
                recipe.cells.push((at, level));
            } else if needed || self.is_told(at) {
                recipe.fields.push((at, (NEW, new)));
            }
        }
        if let Some(from) = from {
            for (at, field) in n.fields().iter().enumerate() {
                let told = n.value(at).is_none() && self.lower(from).value(at).is_some();
                if is_followed(field) && told && is_ours(field) {
                    recipe.fields.push((at, (LOWER, from)));
                }
            }
        }
        for (header, text) in n.extra().into_iter().flat_map(crate::keyed::Map::iter) {
            if self.has_column(header) {
                recipe.extra.push((header.to_owned(), Some(text.to_string())));
            }
        }
        if self.place.has(n).is_none() && !untold && from.is_none() {
            ask(
                "",
                Message::new(
                    "上级新增，未写明层级；是否属于本级权限，请确认",
                    "new in the upper list, which does not say whose level has it: is it this one's",
                ),
                vec!["keep".to_owned(), "remove".to_owned()],
            );
        }
        Made { recipe, lower: None, upper: Some(new), pending, joined: Vec::new(), split_off: from }
    }
    #[inline]
    pub(super) fn add_bodies(
        &self,
        field: &'static Field,
        at: usize,
        new: usize,
        from: Option<usize>,
        recipe: &mut Recipe,
        ask: &mut dyn FnMut(&str, Message, Vec<String>),
    ) {
        if let Some(from) = from {
            recipe.fields.push((at, (LOWER, from)));
            return;
        }
        if !self.is_told(at) {
            return;
        }
        let n = self.upper(new);
        let name = bodies::FIELDS.iter().find(|name| **name == field.name).copied().unwrap_or_default();
        let likely = self.bodies.likely(name, n, &self.options.aliases, self.options.day);
        if let Some(likely) = &likely
            && likely.share() >= SURE
        {
            recipe.cells.push((at, likely.text.clone()));
            return;
        }
        if self.bodies.copied(name) >= SURE {
            recipe.fields.push((at, (NEW, new)));
            return;
        }
        let written = n.text(field.name).into_owned();
        let found = bodies::may_be(n, field.name, &self.items[LOWER], &self.place).map(str::to_owned);
        let known = [likely.map(|likely| likely.text), found, self.bodies.by_analogy(name, n)];
        let proposals = each_once(known.into_iter().flatten());
        match proposals.first() {
            Some(first) => recipe.cells.push((at, first.clone())),
            None => recipe.fields.push((at, (NEW, new))),
        }
        ask(
            field.name,
            Message::new(
                format!("上级新增，{}为“{written}”，本级应为何机关，请填写", field.title()),
                format!(
                    "new in the upper list with {} `{written}`: say which body it is here",
                    field.title()
                ),
            ),
            proposals,
        );
    }
    /// The id here of what a new item belongs to.
    #[inline]
    pub(super) fn parent_here(&self, new: &dyn AnyItem) -> String {
        let parent = new.parent();
        let above = self.told.old_ids.get(parent).copied();
        let below = above.and_then(|above| self.found.lowers_of(above).first().copied());
        below.map_or_else(|| parent.to_owned(), |below| self.lower(below).id().to_owned())
    }
    /// The level that our rows write, where nearly all of them write one alone.
    #[inline]
    pub(super) fn level_of_rows(&self, field: &Field) -> Option<String> {
        if field.name != "levels" {
            return None;
        }
        let level = self.place.level.as_ref()?;
        let told: Vec<&Set<Level>> =
            self.items[LOWER].iter().filter_map(|item| item.get(field.name)).collect();
        let alone = told.iter().filter(|levels| levels.iter().eq([level])).count();
        (!told.is_empty() && alone * 10 >= told.len() * 9).then(|| level.label().to_owned())
    }
}
