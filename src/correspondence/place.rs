//! Where a list is kept: its region and its level.

use super::Correspondence;
use crate::code::DivisionCode;
use crate::codes::{BodyRole, Level};
use crate::keyed::{List, Set};
use crate::kind::AnyCatalogue;
use crate::record::AnyItem;
use crate::sorting::Sorting as _;
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
    /// The levels whose items it holds: its own, and those that a tenth of its items name (a city's general list has the
    /// counties' too).
    pub levels: Vec<Level>,
}

impl Place {
    /// The place of a list. Linear.
    #[must_use]
    #[inline]
    pub fn of(list: &AnyCatalogue) -> Self {
        let region: Option<DivisionCode> = list.header().region.trim().parse().ok();
        let (common, mut levels) = levels_of(&list.items());
        let level = region.as_ref().map(DivisionCode::level).or(common);
        levels.extend(level.clone());
        levels.order();
        levels.dedup();
        Self { region, level, levels }
    }
    /// The same, without its level where the upper list's levels do not say whose an item is: of the items that both lists
    /// have most are not this level's by them (each row names the level of the list itself). Linear.
    #[must_use]
    #[inline]
    pub fn as_told_by(mut self, found: &Correspondence, upper: &[&dyn AnyItem]) -> Self {
        let told: Vec<bool> = found.pairs().filter_map(|(above, ..)| self.has(upper[above])).collect();
        if told.iter().filter(|has| **has).count() * 2 < told.len() {
            self.level = None;
            self.levels = Vec::new();
        }
        self
    }
    /// Whether an item of an upper list is one that a list of this place has as well (应领尽领): its levels, else the level
    /// phrases of its authorities say so. `None`: neither is told, or the place's level is not known.
    #[must_use]
    #[inline]
    pub fn has(&self, upper: &dyn AnyItem) -> Option<bool> {
        if self.levels.is_empty() {
            return None;
        }
        if let Some(levels) = upper.get::<Set<Level>>("levels") {
            let told: Vec<&Level> =
                levels.iter().filter(|one| !matches!(one, Level::Other(_) | Level::Graded)).collect();
            if !told.is_empty() {
                return Some(told.iter().any(|level| self.levels.contains(level)));
            }
        }
        if let Some(bodies) = upper.get::<List<LevelBody>>("bodies_by_level") {
            let mut levels =
                bodies.iter().filter(|body| body.role == BodyRole::Authority).map(|body| &body.level);
            if levels.clone().next().is_some() {
                return Some(levels.any(|one| self.levels.contains(one)));
            }
        }
        let bodies = upper.get::<List<Authority>>("authorities")?.iter().flat_map(Authority::bodies);
        let mut said = None;
        for body in bodies {
            let ours = self.region.as_ref().and_then(|region| body.covers(region));
            let covers = match ours {
                Some(true) => Some(true),
                _ if body.levels.contains(&Level::Graded) => None,
                _ if body.levels.is_empty() => {
                    own_level(&body.name).map(|level| self.levels.contains(&level))
                }
                _ => Some(body.levels.iter().any(|one| self.levels.contains(one))),
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

/// The level that nine in ten of the items name alone, and all that one in ten of those that name any names.
#[inline]
fn levels_of(items: &[&dyn AnyItem]) -> (Option<Level>, Vec<Level>) {
    let mut alone: HashMap<&Level, usize> = HashMap::new();
    let mut named: HashMap<&Level, usize> = HashMap::new();
    let mut told = 0;
    for item in items {
        let Some(levels) = item.get::<Set<Level>>("levels") else { continue };
        let levels: Vec<&Level> =
            levels.iter().filter(|level| !matches!(level, Level::Other(_) | Level::Graded)).collect();
        if levels.is_empty() {
            continue;
        }
        told += 1;
        for level in &levels {
            *named.entry(*level).or_default() += 1;
        }
        if let [level] = levels[..] {
            *alone.entry(level).or_default() += 1;
        }
    }
    let common =
        alone.into_iter().find(|(_, count)| count * 10 >= items.len() * 9).map(|(level, _)| level.clone());
    let often = named.into_iter().filter(|(_, count)| count * 10 >= told);
    (common, often.map(|(level, _)| level.clone()).collect())
}

/// The level of a body that bears it in front: 省林草局, 市林草局, 国家林草局. Names of places say nothing here.
#[inline]
fn own_level(name: &str) -> Option<Level> {
    let levels = [
        ("国家", Level::National),
        ("国务院", Level::National),
        ("省", Level::Province),
        ("自治区", Level::Province),
        ("市", Level::City),
        ("县", Level::County),
    ];
    levels.into_iter().find(|(word, _)| name.starts_with(word)).map(|(_, level)| level)
}
