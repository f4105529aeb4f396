//! The rows of the upper list that a lower list names itself (国家清单序号).

use super::Place;
use crate::codes::Level;
use crate::kind::AnyCatalogue;
use crate::name;
use crate::record::{AnyItem, base_names};
use crate::serial::serials;
use crate::term::UpperRef;
use crate::{List, code::Code};
use std::collections::HashMap;

/// A serial number names a row only where the names have so much in common: lists are numbered anew every year.
const LIKE: f64 = 0.3;

/// For each item below that names rows of this upper list, which they are.
#[inline]
pub(super) fn rows(upper: &AnyCatalogue, lower: &AnyCatalogue) -> Vec<(usize, Vec<usize>)> {
    let lowers = lower.items();
    if lowers.iter().all(|item| item.get::<List<UpperRef>>("upper_refs").is_none()) {
        return Vec::new();
    }
    let uppers = upper.items();
    let (level, year) = (Place::of(upper).level, upper.header().year().map(|year| year.to_string()));
    let by_serial = by_serial(&uppers);
    let mut by_code: HashMap<String, usize> = HashMap::new();
    for (at, item) in uppers.iter().enumerate().filter(|(_, item)| !item.is_derived()) {
        by_code.entry(item.id().to_owned()).or_insert(at);
    }
    let mut out = Vec::new();
    for (below, item) in lowers.iter().enumerate() {
        let Some(refs) = item.get::<List<UpperRef>>("upper_refs") else { continue };
        let mut found = Vec::new();
        for one in refs {
            let other_level = one.level.as_ref().zip(level.as_ref()).is_some_and(|(a, b)| a != b);
            let other_year =
                year.as_ref().is_some_and(|year| !one.edition.is_empty() && !one.edition.contains(&**year));
            if other_level || other_year {
                continue;
            }
            if let Some(&at) = by_code.get(&*one.text).or_else(|| by_code.get(&basic(&one.text)?)) {
                found.push(at);
                continue;
            }
            for serial in one.serials() {
                if let Some(&at) = by_serial.get(&serial)
                    && alike(uppers[at], *item)
                {
                    found.push(at);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        if !found.is_empty() {
            out.push((below, found));
        }
    }
    out
}

/// The rows of both editions of an upper list, by which references to the old one are written anew.
#[derive(Default)]
pub(crate) struct Rows<'a> {
    old: Vec<&'a dyn AnyItem>,
    new: Vec<&'a dyn AnyItem>,
    /// The level of the upper list.
    level: Option<Level>,
    /// The years of both editions, where they are told.
    years: Option<[String; 2]>,
}

impl<'a> Rows<'a> {
    #[inline]
    pub(crate) fn of(old: &'a AnyCatalogue, new: &'a AnyCatalogue) -> Self {
        let year = |list: &AnyCatalogue| list.header().year().map(|year| year.to_string());
        Self {
            old: old.items(),
            new: new.items(),
            level: Place::of(old).level,
            years: year(old).zip(year(new)).map(<[String; 2]>::from),
        }
    }
    /// A reference to one of `uppers`, by serial number or by code, as the new edition numbers what that became; any other
    /// as it is: ranges, rows of other lists, and rows that are gone.
    #[inline]
    pub(crate) fn renumbered(
        &self,
        one: &UpperRef,
        uppers: &[usize],
        goes_on: &dyn Fn(usize) -> Option<usize>,
    ) -> UpperRef {
        let other_level = one.level.as_ref().zip(self.level.as_ref()).is_some_and(|(a, b)| a != b);
        let of_old = !other_level
            && (one.edition.is_empty()
                || self.years.as_ref().is_some_and(|[old, _]| one.edition.contains(old.as_str())));
        let serials = one.serials();
        let found = uppers.iter().copied().filter(|_| of_old).find_map(|old| {
            let new = goes_on(old)?;
            let (before, after) = (self.old[old], self.new[new]);
            if !before.is_derived() && before.id() == one.text.as_str() {
                return (!after.is_derived()).then(|| after.id().to_owned());
            }
            let [was, is] = [(before, old), (after, new)].map(|(item, at)| serial_of(item, at));
            (serials.len() == 1 && serials[0] == was)
                .then(|| is.iter().map(ToString::to_string).collect::<Vec<_>>().join("."))
        });
        let Some(row) = found else { return one.clone() };
        let edition = match &self.years {
            Some([old, new]) => one.edition.replace(old.as_str(), new),
            None => one.edition.to_string(),
        };
        UpperRef { edition: edition.into(), text: row.into(), ..one.clone() }
    }
}

/// The serial number of an item: as written where the list keeps it, else by place.
#[inline]
fn serial_of(item: &dyn AnyItem, at: usize) -> Vec<u32> {
    let written = serials(&item.text("serial")).into_iter().next();
    written.unwrap_or_else(|| u32::try_from(at + 1).map(|place| vec![place]).unwrap_or_default())
}

#[inline]
fn basic(text: &str) -> Option<String> {
    Code::recognise(text).basic().map(|code| code.to_string())
}

/// By serial number: as written where the list keeps them, else by place.
#[inline]
fn by_serial(items: &[&dyn AnyItem]) -> HashMap<Vec<u32>, usize> {
    let mut out = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        let written = serials(&item.text("serial"));
        let place = u32::try_from(at + 1).map(|place| vec![vec![place]]).unwrap_or_default();
        for serial in if written.is_empty() { place } else { written } {
            out.entry(serial).or_insert(at);
        }
    }
    out
}

#[inline]
fn alike(upper: &dyn AnyItem, lower: &dyn AnyItem) -> bool {
    let (above, below) = (base_names(upper), base_names(lower));
    above.iter().any(|a| below.iter().any(|b| !a.is_empty() && name::similarity(a, b) >= LIKE))
}
