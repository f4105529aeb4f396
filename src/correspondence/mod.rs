//! Who is who between an upper list and a lower one: which items stand on which, which level must have what, and which of
//! our bodies stands for which of theirs.
//!
//! A lower list is no edition of the upper one: an item of the upper list may stand below several times (a row for each
//! level), one lower item for several upper ones, and whatever is of one's own has no partner. What is known goes before
//! what is found: decisions, then references to the upper list's rows ([`UpperRef`](crate::term::UpperRef)), then ids, basic
//! codes, and [`matching`] for the rest.
//!
//! ```
//! use qingdan::correspondence::Correspondence;
//! use qingdan::{Catalogue, LicensingItem, SharedList, matching};
//! let list = |names: &[&str]| -> qingdan::AnyCatalogue {
//!     Catalogue::new(Default::default(), SharedList::of(names.iter().map(|name| LicensingItem::new(*name, *name))).unwrap()).into()
//! };
//! let upper = list(&["权限内林木采伐许可", "取水许可"]);
//! let lower = list(&["取水许可", "林木采伐许可（市级）", "林木采伐许可（县级）"]);
//! let (found, _) = Correspondence::find(&upper, &lower, &matching::Options::default(), &[]);
//! assert_eq!(found.uppers_of(1), [0]);
//! assert_eq!(found.lowers_of(0), [1, 2]);
//! ```

pub(crate) mod bodies;
mod place;
mod reference;

pub use bodies::{Bodies, Likely};
pub use place::Place;
pub(crate) use reference::Rows;

use crate::code::Code;
use crate::kind::AnyCatalogue;
use crate::lineage::{Lineage, Link, Reason};
use crate::matching::{self, Between, By, Decided, Decision};
use crate::name;
use crate::problem::Problem;
use crate::record::{AnyItem, base_names};
use crate::sorting::Sorting as _;
use crate::watch::{Stopped, Watch};
use std::collections::{HashMap, HashSet};

/// Which items of a lower list stand on which of the upper one.
#[derive(Clone, Debug, Default)]
pub struct Correspondence {
    links: Vec<Link>,
    /// Links that are too weak to be told, the best first.
    pub candidates: Vec<Link>,
    upper_of: Vec<Vec<(usize, usize)>>,
    lower_of: Vec<Vec<(usize, usize)>>,
}

/// Names of items that share a basic code and are less alike than this name two things.
const ONE_THING: f64 = 0.3;

impl Correspondence {
    /// Finds it. The upper list's items are what links come from, the lower list's what they lead to; `decisions` are read
    /// that way round, and what is wrong with them is said.
    ///
    /// As [`matching::lineage`].
    #[must_use]
    #[inline]
    pub fn find(
        upper: &AnyCatalogue,
        lower: &AnyCatalogue,
        options: &matching::Options,
        decisions: &[Decision],
    ) -> (Self, Vec<Problem>) {
        // Nobody stops it.
        Self::find_watched(upper, lower, options, decisions, &mut Watch::none()).unwrap_or_default()
    }
    /// [`find`](Self::find), which tells how far it is.
    ///
    /// # Errors
    /// It was stopped.
    #[inline]
    pub fn find_watched(
        upper: &AnyCatalogue,
        lower: &AnyCatalogue,
        options: &matching::Options,
        decisions: &[Decision],
        watch: &mut Watch<'_>,
    ) -> Result<(Self, Vec<Problem>), Stopped> {
        let (uppers, lowers) = (upper.items(), lower.items());
        let (mut decided, problems) = Decided::of(decisions, &uppers, &lowers);
        let spoken: [HashSet<String>; 2] = [decided.old_ids(), decided.new_ids()];
        let mut known = Known { uppers: &uppers, lowers: &lowers, links: Vec::new(), spoken: &spoken };
        known.references(upper, lower);
        if options.by != By::Names {
            known.basic_codes();
        }
        // A link whose ends stand in no other is told to the matching, which learns from it; what overlaps stays out.
        let mut uses: [HashMap<&str, usize>; 2] = Default::default();
        for link in &known.links {
            for (side, ids) in [&link.from, &link.to].into_iter().enumerate() {
                for id in ids {
                    *uses[side].entry(id).or_default() += 1;
                }
            }
        }
        let alone = |link: &Link| {
            [&link.from, &link.to]
                .iter()
                .zip(&uses)
                .all(|(ids, uses)| ids.iter().all(|id| uses[id.as_str()] == 1))
        };
        let (single, overlapping): (Vec<Link>, Vec<Link>) = known.links.iter().cloned().partition(alone);
        for link in single {
            decided.know(link);
        }
        let held = |side: fn(&Link) -> &Vec<String>| -> HashSet<&str> {
            overlapping.iter().flat_map(|link| side(link).iter().map(String::as_str)).collect()
        };
        let (held_above, held_below) = (held(|link| &link.from), held(|link| &link.to));
        let above = without(&uppers, &held_above);
        let below = without(&lowers, &held_below);
        let options = matching::Options { decided, between: Between::Lists, ..options.clone() };
        let lineage = matching::lineage_watched(&above, &below, &options, watch)?;
        let mut found = Self {
            links: Vec::new(),
            candidates: Vec::new(),
            upper_of: vec![Vec::new(); lowers.len()],
            lower_of: vec![Vec::new(); uppers.len()],
        };
        let at = [by_key(&uppers), by_key(&lowers)];
        let Lineage { links, parted, candidates } = lineage;
        let mut named: [HashSet<String>; 2] = Default::default();
        for link in links.iter().chain(&overlapping) {
            named[0].extend(link.from.iter().cloned());
            named[1].extend(link.to.iter().cloned());
        }
        let parted: HashSet<&str> = parted.iter().map(String::as_str).collect();
        // Who keeps an id needs no link in a lineage.
        if options.by != By::Names {
            for item in &above {
                let key = item.key();
                let apart = named[0].contains(&*key) || named[1].contains(&*key);
                if !apart && !item.is_derived() && at[1].contains_key(&*key) && !parted.contains(&*key) {
                    found.push(Link::new(key.clone(), key.clone(), Reason::SameId), &at);
                }
            }
        }
        for link in links.into_iter().chain(overlapping) {
            found.push(link, &at);
        }
        found.candidates = candidates;
        found.levels_of_one(&uppers, &lowers, &spoken);
        Ok((found, problems))
    }
    #[inline]
    fn push(&mut self, link: Link, at: &[HashMap<String, usize>; 2]) {
        let place = |ids: &[String], side: usize| -> Vec<usize> {
            ids.iter().filter_map(|id| at[side].get(id).copied()).collect()
        };
        let (from, to) = (place(&link.from, 0), place(&link.to, 1));
        let number = self.links.len();
        for &above in &from {
            for &below in &to {
                if !self.upper_of[below].iter().any(|(known, _)| *known == above) {
                    self.upper_of[below].push((above, number));
                    self.lower_of[above].push((below, number));
                }
            }
        }
        self.links.push(link);
    }
    /// What is left over below stands on the upper item of its base name, which others below stand on already: rows for
    /// several levels.
    #[inline]
    fn levels_of_one(
        &mut self,
        uppers: &[&dyn AnyItem],
        lowers: &[&dyn AnyItem],
        spoken: &[HashSet<String>; 2],
    ) {
        let mut of_name: HashMap<[String; 2], Vec<usize>> = HashMap::new();
        for (at, item) in uppers.iter().enumerate() {
            of_name.entry(base_names(*item)).or_default().push(at);
        }
        let at = [by_key(uppers), by_key(lowers)];
        for (below, item) in lowers.iter().enumerate() {
            // Where a person has spoken nothing is added.
            if !self.upper_of[below].is_empty() || spoken[1].contains(&*item.key()) {
                continue;
            }
            if let Some([above]) = of_name.get(&base_names(*item)).map(Vec::as_slice)
                && !spoken[0].contains(&*uppers[*above].key())
            {
                let link = Link::new(uppers[*above].key(), item.key(), Reason::SameBaseName);
                self.push(link, &at);
            }
        }
    }
    /// The upper items that an item of the lower list stands on, by place; the first is the one that it carries on.
    #[must_use]
    #[inline]
    pub fn uppers_of(&self, lower: usize) -> Vec<usize> {
        self.upper_of[lower].iter().map(|(above, _)| *above).collect()
    }
    /// The items of the lower list that stand on an upper item, by place.
    #[must_use]
    #[inline]
    pub fn lowers_of(&self, upper: usize) -> Vec<usize> {
        self.lower_of[upper].iter().map(|(below, _)| *below).collect()
    }
    /// How it is known that two items correspond.
    #[must_use]
    #[inline]
    pub fn link(&self, upper: usize, lower: usize) -> Option<&Link> {
        let (_, number) = self.upper_of.get(lower)?.iter().find(|(above, _)| *above == upper)?;
        self.links.get(*number)
    }
    /// Every pair, in the order of the lower list: the places of the upper and of the lower item, and the link.
    #[inline]
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, &Link)> {
        self.upper_of.iter().enumerate().flat_map(move |(below, above)| {
            above.iter().filter_map(move |(above, number)| Some((*above, below, self.links.get(*number)?)))
        })
    }
}

#[inline]
fn without<'a>(items: &[&'a dyn AnyItem], held: &HashSet<&str>) -> Vec<&'a dyn AnyItem> {
    items.iter().copied().filter(|item| !held.contains(&*item.key())).collect()
}

#[inline]
fn by_key(items: &[&dyn AnyItem]) -> HashMap<String, usize> {
    items.iter().enumerate().map(|(at, item)| (item.key().into_owned(), at)).collect()
}

/// What is known before names are looked at.
struct Known<'a> {
    uppers: &'a [&'a dyn AnyItem],
    lowers: &'a [&'a dyn AnyItem],
    links: Vec<Link>,
    /// Ids of which people have spoken, above and below.
    spoken: &'a [HashSet<String>; 2],
}

impl Known<'_> {
    #[inline]
    fn is_spoken(&self, upper: &dyn AnyItem, lower: &dyn AnyItem) -> bool {
        self.spoken[0].contains(&*upper.key()) || self.spoken[1].contains(&*lower.key())
    }
    /// What the lower list says of the rows of the upper one.
    #[inline]
    fn references(&mut self, upper: &AnyCatalogue, lower: &AnyCatalogue) {
        for (below, rows) in reference::rows(upper, lower) {
            let lower = self.lowers[below];
            if rows.iter().any(|above| self.is_spoken(self.uppers[*above], lower)) {
                continue;
            }
            let mut link = Link::new("", lower.key(), Reason::UpperReference);
            link.from = rows.iter().map(|above| self.uppers[*above].key().into_owned()).collect();
            self.links.push(link);
        }
    }
    /// Items whose ids hold one basic code that one upper item has alone: the lower ids say more (implementation codes,
    /// codes of their own).
    #[inline]
    fn basic_codes(&mut self) {
        let basic = |item: &dyn AnyItem| -> Option<String> {
            let own = item.text("basic_code");
            if !own.is_empty() {
                return Some(own.into_owned());
            }
            if item.is_derived() {
                None
            } else {
                Code::recognise(item.id()).basic().map(|code| code.to_string())
            }
        };
        let mut above: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, item) in self.uppers.iter().enumerate() {
            if let Some(code) = basic(*item) {
                above.entry(code).or_default().push(at);
            }
        }
        let linked: HashSet<String> = self.links.iter().flat_map(|link| link.to.iter().cloned()).collect();
        let ids: HashSet<String> = self.uppers.iter().map(|item| item.key().into_owned()).collect();
        let mut below: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, item) in self.lowers.iter().enumerate() {
            let key = item.key();
            // An equal id is told by the matching.
            if linked.contains(&*key) || ids.contains(&*key) && !item.is_derived() {
                continue;
            }
            let Some([above]) = basic(*item).and_then(|code| above.get(&code)).map(Vec::as_slice) else {
                continue;
            };
            let names = [self.uppers[*above].name(), item.name()].map(|name| name::read(name).base);
            if !self.is_spoken(self.uppers[*above], *item)
                && name::similarity(&names[0], &names[1]) >= ONE_THING
            {
                below.entry(*above).or_default().push(at);
            }
        }
        let mut below: Vec<(usize, Vec<usize>)> = below.into_iter().collect();
        below.order();
        for (above, rows) in below {
            let mut link = Link::new(self.uppers[above].key(), "", Reason::SameBasicCode);
            link.to = rows.iter().map(|row| self.lowers[*row].key().into_owned()).collect();
            self.links.push(link);
        }
    }
}
