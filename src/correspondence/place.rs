//! Where a list is kept: its region and its level.

use super::Correspondence;
use crate::code::DivisionCode;
use crate::codes::{BodyRole, Level};
use crate::keyed::{List, Set};
use crate::kind::AnyCatalogue;
use crate::record::AnyItem;
use crate::term::{Authority, LevelBody};
use std::collections::HashMap;

/// Where a list is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Its region (GB/T 2260), where the header gives one.
    pub region: Option<DivisionCode>,
    /// Its level: the region's, else the one that nearly all of its items name.
    pub level: Option<Level>,
}

impl Place {
    /// The place of a list. Linear.
    #[must_use]
    pub fn of(list: &AnyCatalogue) -> Self {
        let region: Option<DivisionCode> = list.header().region.trim().parse().ok();
        let level = region.as_ref().map(DivisionCode::level).or_else(|| common_level(&list.items()));
        Self { region, level }
    }
    /// The same, without its level where the upper list's levels do not say whose an item is: of the items that both lists
    /// have most are not this level's by them (each row names the level of the list itself). Linear.
    #[must_use]
    pub fn as_told_by(mut self, found: &Correspondence, upper: &[&dyn AnyItem]) -> Self {
        let told: Vec<bool> = found.pairs().filter_map(|(above, ..)| self.has(upper[above])).collect();
        if told.iter().filter(|has| **has).count() * 2 < told.len() {
            self.level = None;
        }
        self
    }
    /// Whether an item of an upper list is one that a list of this place has as well (应领尽领): its levels, else the level
    /// phrases of its authorities say so. `None`: neither is told, or the place's level is not known.
    #[must_use]
    pub fn has(&self, upper: &dyn AnyItem) -> Option<bool> {
        let level = self.level.as_ref()?;
        if let Some(levels) = upper.get::<Set<Level>>("levels") {
            let told: Vec<&Level> =
                levels.iter().filter(|one| !matches!(one, Level::Other(_) | Level::Graded)).collect();
            if !told.is_empty() {
                return Some(told.contains(&level));
            }
        }
        if let Some(bodies) = upper.get::<List<LevelBody>>("bodies_by_level") {
            let mut levels =
                bodies.iter().filter(|body| body.role == BodyRole::Authority).map(|body| &body.level);
            if levels.clone().next().is_some() {
                return Some(levels.any(|one| one == level));
            }
        }
        let bodies = upper.get::<List<Authority>>("authorities")?.iter().flat_map(Authority::bodies);
        let mut said = None;
        for body in bodies {
            let covers = match &self.region {
                Some(region) => body.covers(region),
                None if body.levels.is_empty() || body.levels.contains(&Level::Graded) => None,
                None => Some(body.levels.contains(level)),
            };
            match covers {
                Some(true) => return Some(true),
                Some(false) => said = Some(false),
                None => return None,
            }
        }
        said
    }
}

/// The level that nine in ten of the items name, alone.
fn common_level(items: &[&dyn AnyItem]) -> Option<Level> {
    let mut counts: HashMap<&Level, usize> = HashMap::new();
    for item in items {
        if let Some(levels) = item.get::<Set<Level>>("levels")
            && let [level] = &levels.iter().collect::<Vec<_>>()[..]
        {
            *counts.entry(*level).or_default() += 1;
        }
    }
    let (level, count) = counts.into_iter().max_by_key(|(level, count)| (*count, (*level).clone()))?;
    (count * 10 >= items.len() * 9 && !matches!(level, Level::Other(_))).then(|| level.clone())
}
