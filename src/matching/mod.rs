//! Which item of the old list became which of the new one, where ids do not say.
//!
//! Published lists mostly carry no codes. Names are reworded, items are split and merged, departments are reorganised.
//! [`lineage`] finds what became of each item, and how sure that is:
//!
//! 1. What ids say, where both lists have ids of their own ([`By::Auto`]) that do not merely count the rows, and what a
//!    person decided.
//! 2. Items whose name and department are equal in normal form on both sides, and in no other item.
//! 3. For what is left, candidates: by the rarest character n-grams of the name (an inverted index: never all pairs), by
//!    department, by place between the same neighbours.
//! 4. For each candidate a score: the logarithms of likelihood ratios of name, department, place, acts and other fields, summed.
//!    How often a signal agrees by chance is counted in the two lists, and so is which department became which.
//!    From the scores, how likely each partner is beside all others of the same item, seen from both sides.
//! 5. The assignment that is best as a whole; from it, what is learned is learned anew, three times.
//! 6. One to many and many to one, from what is left over.
//!
//! Nothing is set for one list: the constants are those of `evidence.rs`, one set for all lists.
//!
//! ```
//! use qingdan::matching::{self, Options};
//! use qingdan::{AnyItem, LicensingItem};
//! let old = ["林木采伐许可证核发", "取水许可", "食品经营许可"].map(|name| LicensingItem::new(name, name));
//! let new = ["食品经营许可", "林木采伐许可证核发（市级权限）", "取水许可"].map(|name| LicensingItem::new(name, name));
//! let [old, new] = [&old, &new].map(|items| items.iter().map(|item| item as &dyn AnyItem).collect::<Vec<_>>());
//! let lineage = matching::lineage(&old, &new, &Options::default());
//! assert_eq!(lineage.of_old("林木采伐许可证核发").unwrap().to, ["林木采伐许可证核发（市级权限）"]);
//! ```

#![expect(clippy::cast_precision_loss, reason = "counts of items are far below what a float holds exactly")]

mod assign;
mod decision;
mod evidence;
mod grams;
mod groups;
mod ids;
mod parts;
mod profile;

use crate::alias::Aliases;
use crate::lineage::{Lineage, Link, Reason};
use crate::name;
use crate::record::AnyItem;
use crate::sorting::Sorting as _;
use crate::watch::{Stopped, Watch};
use assign::Offer;
pub use decision::{Decided, Decision, DecisionClash, DecisionDelta, to_decide};
use evidence::{Names, Signals};
use foldhash::fast::FixedState;
use grams::{Gram, Index};
use hashbrown::HashMap;
use profile::Both;

/// What items are matched by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum By {
    /// By id where both lists have ids of their own, then what is left by name and content.
    #[default]
    Auto,
    /// By id alone.
    Codes,
    /// By name and content alone: ids say nothing.
    Names,
}

/// What two lists are to one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Between {
    /// Two editions of one list: what is in one and not in the other came or went, so that an item may have been merged
    /// into one that keeps its id, or split off it.
    #[default]
    Editions,
    /// Two lists of one time, of two levels or places: what only one of them has is its own, and what keeps its id is one
    /// with its partner, whatever else is there.
    Lists,
}

/// How items are matched. The defaults serve every list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// What items are matched by.
    pub by: By,
    /// What the two lists are to one another. [`Correspondence`](crate::correspondence::Correspondence) and
    /// [`align`](crate::align::align) set it themselves.
    pub between: Between,
    /// Links of less confidence are not told: from 0 to 1. The best of them stand among the candidates.
    pub min_confidence: f64,
    /// What people decided: it goes before everything.
    pub decided: Decided,
    /// Names of bodies that mean the same, whatever the day.
    pub aliases: Aliases,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            by: By::Auto,
            between: Between::Editions,
            min_confidence: MIN_CONFIDENCE,
            decided: Decided::default(),
            aliases: Aliases::default(),
        }
    }
}

/// Names of less similarity say nothing for a link.
const SIMILAR: f64 = 0.3;

/// Below this a link is rather not told: what is told is then right oftener than what is left out was.
pub const MIN_CONFIDENCE: f64 = 0.35;

/// Before anything is looked at, so many of the items that are left over have a partner.
const HAVE_PARTNER: f64 = 0.75;
/// The same where others keep their ids: what is one has one id there, as a rule.
const HAVE_PARTNER_BESIDE_IDS: f64 = 0.3;
/// Names of less similarity need another signal beside them, which says so much at least.
const ALONE: f32 = 0.35;
const BESIDE: f64 = 0.5;
/// Of candidates by name, so many are looked at an item and side.
const NEAREST: usize = 12;
/// Postings that are read for one name: a tenth of the names, within these limits. Beyond, little is found.
const BUDGET: (usize, usize) = (2_000, 6_000);
/// Where a department or a gap leaves at most so many, all of them are candidates.
const FEW: usize = 24;
/// Of gaps that leave more rows, free or not, nothing is tried.
const WIDE: i64 = 96;
/// Pairs whose likelihood is less are not made.
const LEAST: f64 = 0.08;
/// How often what is learned from the links is learned anew.
const ROUNDS: usize = 3;
/// Of new items that seem to come from an item that lives on under another name, so many do.
const SPLIT: f64 = 0.85;
/// Of old items that seem to have gone into an item that had another name, so many did.
const MERGED: f64 = 0.6;
/// A likelihood of a best assignment, and how often such a link is true: measured (`BENCHMARKS.md`, «Matching»).
const CALIBRATED: [(f64, f64); 7] =
    [(0.08, 0.55), (0.2, 0.7), (0.5, 0.8), (0.8, 0.9), (0.95, 0.95), (0.99, 0.98), (1.0, 0.995)];
/// A link of this confidence needs no person, where names say something of their own.
const CERTAIN: f64 = 0.95;
/// Other fields say so much where hardly two items have them in common.
const RARE: f64 = 4.0;
/// Of links between a row of a department itself and one below it, so many are true at most.
const HEAD_AND_BELOW: f64 = 0.6;

/// Of the whole time, the share that has passed when the items are read, when candidates by name are found, and when
/// links are told: as progress has it.
const READ: f64 = 0.2;
const NAMED: f64 = 0.6;
const TOLD: f64 = 0.9;

type Fixed<K, V> = HashMap<K, V, FixedState>;

/// Takes the entries at the head that are so.
fn take_front<'a, T>(rest: &mut &'a [T], is_so: impl Fn(&T) -> bool) -> &'a [T] {
    let (front, behind) = rest.split_at(rest.iter().take_while(|entry| is_so(entry)).count());
    *rest = behind;
    front
}

/// A pair to be scored, with how alike its names are: the same from round to round.
#[derive(Clone, Copy)]
struct Near {
    old: u32,
    new: u32,
    similarity: f32,
}

/// A pair that may be one.
struct Candidate {
    old: u32,
    new: u32,
    similarity: f32,
    /// Whether the place speaks for it.
    in_place: bool,
    score: f64,
    /// What other fields say.
    content: f64,
    /// How likely it is among the partners of the old item, and among those of the new one.
    forward: f64,
    backward: f64,
}

impl Candidate {
    fn likelihood(&self) -> f64 {
        (self.forward * self.backward).sqrt()
    }
}

/// Of items that keep their id, so many teach what signals are worth.
const TEACHERS: usize = 20_000;

/// What became of each item that does not keep its id.
///
/// Time and room grow about linearly with the lists; each item has some dozens of candidates. The same lists give the
/// same lineage. Their order counts: an item between its old neighbours is likelier to be the same. Swapping old and new
/// mirrors the links of rows that are equal (confidence 1); the others are scored against what is in the new list, so that
/// one near a limit may be told one way alone.
#[must_use]
pub fn lineage(before: &[&dyn AnyItem], after: &[&dyn AnyItem], options: &Options) -> Lineage {
    // Nobody stops it.
    lineage_watched(before, after, options, &mut Watch::none()).unwrap_or_default()
}

/// [`lineage`], which tells how far it is.
///
/// # Errors
/// It was stopped.
pub fn lineage_watched(
    before: &[&dyn AnyItem],
    after: &[&dyn AnyItem],
    options: &Options,
    watch: &mut Watch<'_>,
) -> Result<Lineage, Stopped> {
    watch.at(0, 1)?;
    let kept = ids::kept(before, after, options);
    let rest = |items: &[&dyn AnyItem], kept: &[bool]| (0..items.len()).filter(|at| !kept[*at]).count();
    let (mut is_kept_old, mut is_kept_new) = (vec![false; before.len()], vec![false; after.len()]);
    for &(i, j) in &kept {
        is_kept_old[i] = true;
        is_kept_new[j] = true;
    }
    let decided = !options.decided.links.is_empty();
    let none_left = rest(before, &is_kept_old) == 0 || rest(after, &is_kept_new) == 0;
    let parts = options.decided.parts.clone();
    if (none_left || options.by == By::Codes) && !decided {
        let parted = ids::parted(before, after, &is_kept_old, &[]);
        let mut links = ids::beside_kept(before, after, &kept, &parts, options, watch)?;
        links.extend(parts);
        doubt(&mut links, ids::given_anew(before, after, &kept, options));
        return Ok(Lineage { links, parted, ..Lineage::default() });
    }
    let keeps_id = is_kept_old.clone();
    // Items that keep their id only teach; of very many a part is enough.
    let every = kept.len().div_ceil(TEACHERS).max(1);
    for (at, &(i, j)) in kept.iter().enumerate() {
        let teaches = at % every == 0;
        is_kept_old[i] = !teaches;
        is_kept_new[j] = !teaches;
    }
    let taking_part = |items: &[&dyn AnyItem], left_out: &[bool]| -> Vec<usize> {
        (0..items.len()).filter(|at| !left_out[*at]).collect()
    };
    let (olds, news) = (taking_part(before, &is_kept_old), taking_part(after, &is_kept_new));
    let both = Both::of(
        &olds.iter().map(|at| before[*at]).collect::<Vec<_>>(),
        &news.iter().map(|at| after[*at]).collect::<Vec<_>>(),
        &options.aliases,
        &mut watch.part(0.0, READ),
    )?;
    let mut known = Known::new(&both);
    known.ids_count = !kept.is_empty();
    for &(i, j) in kept.iter().step_by(every) {
        if let (Ok(i), Ok(j)) = (olds.binary_search(&i), news.binary_search(&j)) {
            known.keep(i as u32, j as u32);
        }
    }
    known.decided(&both, options);
    if options.by != By::Codes {
        groups::pair(&both, &mut known, &options.decided.refused);
        let matcher = Matcher::new(&both, &known, options, &mut watch.part(READ, NAMED))?;
        let found = matcher.run(&mut watch.part(NAMED, TOLD))?;
        known.take(found, options);
    }
    known.links.order_by_key(|(at, _)| *at);
    known.candidates.order_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let mut links: Vec<Link> = known.links.into_iter().map(|(_, link)| link).collect();
    let parted = ids::parted(before, after, &keeps_id, &links);
    links.extend(parts);
    links.extend(ids::beside_kept(before, after, &kept, &links, options, &mut watch.part(TOLD, 1.0))?);
    doubt(&mut links, ids::given_anew(before, after, &kept, options));
    Ok(Lineage { links, parted, candidates: known.candidates })
}

/// Adds links of which neither end is linked already.
fn doubt(links: &mut Vec<Link>, mut more: Vec<Link>) {
    if more.is_empty() {
        return;
    }
    let from: Fixed<String, ()> =
        links.iter().flat_map(|link| &link.from).map(|id| (id.clone(), ())).collect();
    let to: Fixed<String, ()> = links.iter().flat_map(|link| &link.to).map(|id| (id.clone(), ())).collect();
    let is_linked = |ids: &[String], linked: &Fixed<String, ()>| ids.iter().any(|id| linked.contains_key(id));
    more.retain(|link| !is_linked(&link.from, &from) && !is_linked(&link.to, &to));
    links.extend(more);
}

/// Links that need no score.
struct Known {
    /// The partner of each old item.
    to: Vec<Option<u32>>,
    /// Items that take part in nothing more.
    settled_old: Vec<bool>,
    settled_new: Vec<bool>,
    /// Whether items keep their ids from list to list.
    ids_count: bool,
    links: Vec<(u32, Link)>,
    candidates: Vec<Link>,
}

impl Known {
    fn new(both: &Both) -> Self {
        let (old, new) = (both.old.len(), both.new.len());
        Self {
            to: vec![None; old],
            settled_old: vec![false; old],
            settled_new: vec![false; new],
            ids_count: false,
            links: Vec::new(),
            candidates: Vec::new(),
        }
    }
    fn keep(&mut self, old: u32, new: u32) {
        self.to[old as usize] = Some(new);
        self.settled_old[old as usize] = true;
        self.settled_new[new as usize] = true;
    }
    fn link(
        &mut self,
        both: &Both,
        old: u32,
        new: u32,
        confidence: f64,
        certain: bool,
        reasons: Vec<Reason>,
    ) {
        self.keep(old, new);
        let mut link = Link::new(
            both.old[old as usize].key.as_str(),
            both.new[new as usize].key.as_str(),
            Reason::Decided,
        );
        link.confidence = confidence;
        link.certain = certain;
        link.reasons = reasons;
        self.links.push((old, link));
    }
    /// What a person said goes before everything.
    fn decided(&mut self, both: &Both, options: &Options) {
        if options.decided.links.is_empty() && options.decided.parts.is_empty() {
            return;
        }
        let (old, new) = (numbers(&both.old), numbers(&both.new));
        for link in &options.decided.links {
            let from: Vec<u32> = link.from.iter().filter_map(|id| old.get(id.as_str()).copied()).collect();
            let to: Vec<u32> = link.to.iter().filter_map(|id| new.get(id.as_str()).copied()).collect();
            for &i in &from {
                self.settled_old[i as usize] = true;
            }
            for &j in &to {
                self.settled_new[j as usize] = true;
            }
            if let (Some(&i), Some(&j)) = (from.first(), to.first()) {
                self.to[i as usize] = Some(j);
            }
            self.links.push((from.first().copied().unwrap_or(u32::MAX), link.clone()));
        }
        // What came or went in parts, as a person says, was no other item before or after.
        for link in &options.decided.parts {
            for i in link.from.iter().filter_map(|id| old.get(id.as_str())) {
                self.settled_old[*i as usize] = true;
            }
            for j in link.to.iter().filter_map(|id| new.get(id.as_str())) {
                self.settled_new[*j as usize] = true;
            }
        }
    }
    fn take(&mut self, found: Vec<Found>, options: &Options) {
        for Found { old, link, weak } in found {
            if !weak && link.confidence >= options.min_confidence {
                self.links.push((old, link));
            } else {
                self.candidates.push(link);
            }
        }
    }
}

/// Items by key.
fn numbers(list: &[profile::Profile]) -> Fixed<&str, u32> {
    list.iter().enumerate().map(|(at, profile)| (profile.key.as_str(), at as u32)).collect()
}

/// A link with the place of its first old item.
struct Found {
    old: u32,
    link: Link,
    /// Whether it is only shown to a person.
    weak: bool,
}

/// Finds partners for what is left over.
struct Matcher<'a> {
    both: &'a Both,
    /// The believed partner of each old item.
    linked: Vec<Option<u32>>,
    free_old: Vec<u32>,
    free_new: Vec<u32>,
    is_free_new: Vec<bool>,
    refused: Fixed<(u32, u32), ()>,
    /// How many of the items that are left over have a partner, before anything is looked at.
    partners: f64,
    names: Names,
    /// Candidates by name, by the numbers of both: they do not change from round to round.
    by_name: Vec<Near>,
}

impl<'a> Matcher<'a> {
    fn new(both: &'a Both, known: &Known, options: &Options, watch: &mut Watch<'_>) -> Result<Self, Stopped> {
        let free = |settled: &[bool]| -> Vec<u32> {
            (0..settled.len() as u32).filter(|at| !settled[*at as usize]).collect()
        };
        let (free_old, free_new) = (free(&known.settled_old), free(&known.settled_new));
        let empty = free_old.is_empty() || free_new.is_empty();
        let all: Vec<&[Gram]> =
            if empty { Vec::new() } else { both.new.iter().map(|p| p.grams.as_slice()).collect() };
        let names = Names::learn(both, &known.to, &mut Index::of(&all, both.kinds));
        let mut is_free_new = vec![false; both.new.len()];
        for &j in &free_new {
            is_free_new[j as usize] = true;
        }
        let mut refused: Fixed<(u32, u32), ()> = Fixed::default();
        if !options.decided.refused.is_empty() {
            let (old, new) = (numbers(&both.old), numbers(&both.new));
            for (from, to) in &options.decided.refused {
                if let (Some(&i), Some(&j)) = (old.get(from.as_str()), new.get(to.as_str())) {
                    refused.insert((i, j), ());
                }
            }
        }
        let mut matcher = Self {
            both,
            linked: known.to.clone(),
            free_old,
            free_new,
            is_free_new,
            refused,
            partners: if known.ids_count { HAVE_PARTNER_BESIDE_IDS } else { HAVE_PARTNER },
            names,
            by_name: Vec::new(),
        };
        if !empty {
            matcher.by_name = matcher.candidates_by_name(watch)?;
        }
        Ok(matcher)
    }

    fn near(&self, old: u32, new: u32) -> Near {
        let (a, b) = (&self.both.old[old as usize], &self.both.new[new as usize]);
        Near { old, new, similarity: grams::cosine(&a.grams, &b.grams) }
    }

    fn candidates_by_name(&self, watch: &mut Watch<'_>) -> Result<Vec<Near>, Stopped> {
        let both = self.both;
        let olds: Vec<&[Gram]> =
            self.free_old.iter().map(|&i| both.old[i as usize].grams.as_slice()).collect();
        let news: Vec<&[Gram]> =
            self.free_new.iter().map(|&j| both.new[j as usize].grams.as_slice()).collect();
        let mut pairs = Vec::with_capacity(NEAREST * (olds.len() + news.len()));
        let budget = (olds.len().max(news.len()) / 10).clamp(BUDGET.0, BUDGET.1);
        let mut index = Index::of(&news, both.kinds);
        let all = olds.len() + news.len();
        for (done, (query, &i)) in olds.iter().zip(&self.free_old).enumerate() {
            watch.at(done, all)?;
            for at in index.nearest(query, budget, NEAREST) {
                pairs.push((i, self.free_new[at as usize]));
            }
        }
        drop(index);
        let mut index = Index::of(&olds, both.kinds);
        for (done, (query, &j)) in news.iter().zip(&self.free_new).enumerate() {
            watch.at(olds.len() + done, all)?;
            for at in index.nearest(query, budget, NEAREST) {
                pairs.push((self.free_old[at as usize], j));
            }
        }
        drop(index);
        // Equal names, few of a kind: whatever their n-grams.
        let mut named: Fixed<u32, (Vec<u32>, Vec<u32>)> = Fixed::default();
        for &i in &self.free_old {
            named.entry(both.old[i as usize].name).or_default().0.push(i);
        }
        for &j in &self.free_new {
            if let Some(of) = named.get_mut(&both.new[j as usize].name) {
                of.1.push(j);
            }
        }
        for (olds, news) in named.values() {
            for &i in olds {
                for &j in news.iter().take(FEW) {
                    pairs.push((i, j));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs.retain(|pair| !self.refused.contains_key(pair));
        // One old name is laid out by n-gram, and all that are near it are read against that.
        let mut weights = vec![0.0_f32; both.kinds];
        let mut near = Vec::with_capacity(pairs.len());
        for own in pairs.chunk_by(|a, b| a.0 == b.0) {
            let grams = &both.old[own[0].0 as usize].grams;
            for &(number, weight) in grams {
                weights[number as usize] = weight;
            }
            for &(old, new) in own {
                let parts =
                    both.new[new as usize].grams.iter().map(|(number, w)| weights[*number as usize] * w);
                near.push(Near { old, new, similarity: parts.sum::<f32>().clamp(0.0, 1.0) });
            }
            for &(number, _) in grams {
                weights[number as usize] = 0.0;
            }
        }
        Ok(near)
    }

    /// Candidates by name, and those by place and by department, which follow from what is believed. `last`: the
    /// candidates of the round before, where similarities are known.
    fn candidates(&self, signals: &Signals<'_>, last: &[Candidate]) -> Vec<Near> {
        let mut pairs: Vec<Near> = Vec::with_capacity(self.by_name.len().max(last.len()));
        let (mut by_name, mut last) = (self.by_name.as_slice(), last);
        let mut more: Vec<u32> = Vec::new();
        for &i in &self.free_old {
            let own = take_front(&mut by_name, |near| near.old == i);
            let before = take_front(&mut last, |candidate| candidate.old == i);
            more.clear();
            let (low, high) = signals.room(i);
            if high - low - 1 <= WIDE {
                let inside = (low + 1..high).filter_map(|j| u32::try_from(j).ok());
                more.extend(inside.filter(|j| self.is_free_new[*j as usize]).take(FEW + 1));
                if more.len() > FEW {
                    more.clear();
                }
            }
            let department = self.both.old[i as usize].department;
            if department != 0 {
                for to in [Some(department), signals.went_to(department)].into_iter().flatten() {
                    let there = signals.free_of(to);
                    if there.len() <= FEW {
                        more.extend_from_slice(there);
                    }
                }
            }
            more.sort_unstable();
            more.dedup();
            let mut own = own.iter().peekable();
            for &j in &more {
                while let Some(near) = own.next_if(|near| near.new < j) {
                    pairs.push(*near);
                }
                if own.peek().is_some_and(|near| near.new == j) || self.refused.contains_key(&(i, j)) {
                    continue;
                }
                pairs.push(match before.binary_search_by_key(&j, |candidate| candidate.new) {
                    Ok(at) => Near { old: i, new: j, similarity: before[at].similarity },
                    Err(_) => self.near(i, j),
                });
            }
            pairs.extend(own);
        }
        pairs
    }

    fn score(
        &self,
        signals: &Signals<'_>,
        last: Vec<Candidate>,
        watch: &mut Watch<'_>,
    ) -> Result<Vec<Candidate>, Stopped> {
        let pairs = self.candidates(signals, &last);
        drop(last);
        let mut scored: Vec<Candidate> = Vec::with_capacity(pairs.len());
        let mut room = (u32::MAX, (0, 0));
        let all = pairs.len();
        for (done, Near { old, new, similarity }) in pairs.into_iter().enumerate() {
            watch.at(done, all)?;
            if room.0 != old {
                room = (old, signals.room(old));
            }
            let believed = self.linked[old as usize] == Some(new);
            let Some(parts) = signals.say((old, new), similarity, room.1, believed) else { continue };
            scored.push(Candidate {
                old,
                new,
                similarity,
                in_place: parts.place > 1.0,
                score: parts.sum(),
                content: parts.content,
                forward: 0.0,
                backward: 0.0,
            });
        }
        // Beside all partners that an item might have, and none at all.
        let none = |free: usize| ((1.0 - self.partners) / self.partners * free.max(1) as f64).ln();
        let (none_old, none_new) = (none(self.free_new.len()), none(self.free_old.len()));
        let mut most_new = vec![none_new; self.both.new.len()];
        for candidate in &scored {
            let most = &mut most_new[candidate.new as usize];
            *most = most.max(candidate.score);
        }
        let mut sum_new: Vec<f64> = most_new.iter().map(|most| (none_new - most).exp()).collect();
        for candidate in &scored {
            sum_new[candidate.new as usize] += (candidate.score - most_new[candidate.new as usize]).exp();
        }
        for own in scored.chunk_by_mut(|a, b| a.old == b.old) {
            let most = own.iter().map(|c| c.score).fold(none_old, f64::max);
            let sum = (none_old - most).exp() + own.iter().map(|c| (c.score - most).exp()).sum::<f64>();
            for candidate in own {
                let score = candidate.score;
                candidate.forward = (score - most).exp() / sum;
                let new = candidate.new as usize;
                candidate.backward = (score - most_new[new]).exp() / sum_new[new];
            }
        }
        Ok(scored)
    }

    /// The best partner of each old item, by the number of the candidate.
    fn assign(&self, scored: &[Candidate]) -> Vec<(u32, usize)> {
        let mut rows: Vec<Vec<Offer>> = Vec::new();
        let mut numbers: Vec<usize> = Vec::new();
        let mut at = 0;
        for own in scored.chunk_by(|a, b| a.old == b.old) {
            let offers = own.iter().filter_map(|candidate| {
                let worth = (candidate.likelihood() / LEAST).ln();
                (worth > 0.0).then_some(Offer { column: candidate.new, worth })
            });
            rows.push(offers.collect());
            numbers.push(at);
            at += own.len();
        }
        let given = assign::best(&rows, self.both.new.len());
        let mut out = Vec::new();
        for (row, column) in given.into_iter().enumerate() {
            let Some(column) = column else { continue };
            let mut number = numbers[row];
            while scored[number].new != column {
                number += 1;
            }
            out.push((scored[number].old, number));
        }
        out
    }

    fn run(mut self, watch: &mut Watch<'_>) -> Result<Vec<Found>, Stopped> {
        if self.free_old.is_empty() || self.free_new.is_empty() {
            return Ok(Vec::new());
        }
        // Names that stand once on both sides are believed at first, whatever their department.
        for (i, j) in self.once_each() {
            self.linked[i as usize] = Some(j);
        }
        let mut scored: Vec<Candidate> = Vec::new();
        for round in 1..=ROUNDS {
            let signals = Signals::learn(self.both, &self.names, &self.linked, &self.free_new);
            scored = self.score(&signals, scored, &mut watch.one_of(round - 1, ROUNDS))?;
            let assigned = self.assign(&scored);
            if round == ROUNDS {
                return Ok(self.tell(&signals, &scored, &assigned));
            }
            for &i in &self.free_old {
                self.linked[i as usize] = None;
            }
            for (i, number) in assigned {
                let candidate = &scored[number];
                if candidate.likelihood() > 0.7 {
                    self.linked[i as usize] = Some(candidate.new);
                }
            }
        }
        Ok(Vec::new())
    }

    fn once_each(&self) -> Vec<(u32, u32)> {
        let mut seen: Fixed<u32, [Option<u32>; 4]> = Fixed::default();
        for (side, free, list) in [(0, &self.free_old, &self.both.old), (1, &self.free_new, &self.both.new)] {
            for &at in free {
                let of = seen.entry(list[at as usize].name).or_default();
                let place = if of[side].is_none() { side } else { side + 2 };
                of[place] = Some(at);
            }
        }
        let once = seen.values().filter_map(|of| match of {
            [Some(i), Some(j), None, None] => Some((*i, *j)),
            _ => None,
        });
        once.filter(|pair| !self.refused.contains_key(pair)).collect()
    }

    fn tell(&self, signals: &Signals<'_>, scored: &[Candidate], assigned: &[(u32, usize)]) -> Vec<Found> {
        let both = self.both;
        let link = |candidate: &Candidate, confidence: f64, part: bool| {
            let mut link = Link::new(
                both.old[candidate.old as usize].key.as_str(),
                both.new[candidate.new as usize].key.as_str(),
                Reason::Decided,
            );
            // Three places are more than anyone can tell apart.
            link.confidence = (confidence * 1_000.0).round() / 1_000.0;
            link.certain = !part && confidence >= CERTAIN && self.is_independent(candidate);
            link.reasons = self.reasons(signals, candidate, part);
            link
        };
        let mut found: Vec<Found> = Vec::new();
        // Of linked items, the place of the link, and whether the name stays.
        let mut carried: Fixed<u32, (usize, bool)> = Fixed::default();
        let mut origin: Fixed<u32, (usize, bool)> = Fixed::default();
        for &(old, number) in assigned {
            let candidate = &scored[number];
            let stays = both.old[old as usize].base == both.new[candidate.new as usize].base;
            carried.insert(old, (found.len(), stays));
            origin.insert(candidate.new, (found.len(), stays));
            found.push(Found { old, link: link(candidate, self.confidence(candidate), false), weak: false });
        }
        // What is left over may be a part of an item that lives on under another name, or have gone into one. Beside an
        // item that keeps its name, another one like it has nearly always stood before.
        let mut extra: Vec<(f64, &Candidate, Option<usize>, bool)> = Vec::new();
        for candidate in scored {
            match (carried.get(&candidate.old), origin.get(&candidate.new)) {
                (Some(&(at, stays)), None) => {
                    let by = if stays { SPLIT / 4.0 } else { SPLIT };
                    extra.push((candidate.backward * by, candidate, Some(at), true));
                }
                (None, Some(&(at, stays))) => {
                    let by = if stays { MERGED / 12.0 } else { MERGED };
                    extra.push((candidate.forward * by, candidate, Some(at), false));
                }
                (None, None) => extra.push((candidate.likelihood(), candidate, None, false)),
                _ => {}
            }
        }
        extra.retain(|(confidence, ..)| *confidence >= 0.05);
        extra.order_by(|a, b| b.0.total_cmp(&a.0).then((a.1.old, a.1.new).cmp(&(b.1.old, b.1.new))));
        let (mut taken_old, mut taken_new): (Fixed<u32, ()>, Fixed<u32, ()>) =
            (Fixed::default(), Fixed::default());
        for (confidence, candidate, at, is_split) in extra {
            let (old, new) = (candidate.old, candidate.new);
            if taken_old.contains_key(&old) || taken_new.contains_key(&new) {
                continue;
            }
            let group = at.filter(|_| confidence >= MIN_CONFIDENCE).map(|at| &mut found[at].link);
            let group = group.filter(|g| if is_split { g.from.len() == 1 } else { g.to.len() == 1 });
            let Some(group) = group else {
                found.push(Found { old, link: link(candidate, confidence, true), weak: true });
                continue;
            };
            // The whole is as sure as what is least sure in it.
            group.confidence = group.confidence.min((confidence * 1_000.0).round() / 1_000.0);
            group.certain = false;
            if is_split {
                group.to.push(both.new[new as usize].key.clone());
                taken_new.insert(new, ());
            } else {
                group.from.push(both.old[old as usize].key.clone());
                taken_old.insert(old, ());
            }
        }
        found
    }

    /// Whether names speak for the link, and are not the names of departments, which would be counted twice. Where a word of
    /// content stands in the place of another, an item may have gone and one like it come, as alike as they are: a person
    /// says it, unless other fields do that hardly two items have in common.
    fn is_independent(&self, candidate: &Candidate) -> bool {
        let (old, new) = (&self.both.old[candidate.old as usize], &self.both.new[candidate.new as usize]);
        let [from, to] = [old, new].map(|profile| self.both.names[profile.base as usize].as_str());
        let speaks = || {
            f64::from(candidate.similarity) >= SIMILAR
                && (candidate.content >= RARE || !name::exchanges_content(from, to))
        };
        !old.head && !new.head && (old.base == new.base || speaks())
    }

    /// How sure the link is, from how likely it is: what was measured over lists whose truth is known.
    fn confidence(&self, candidate: &Candidate) -> f64 {
        let likelihood = candidate.likelihood();
        if self.both.old[candidate.old as usize].head != self.both.new[candidate.new as usize].head {
            return HEAD_AND_BELOW * likelihood;
        }
        let at = CALIBRATED.partition_point(|(from, _)| *from <= likelihood).clamp(1, CALIBRATED.len() - 1);
        let ((low, under), (high, over)) = (CALIBRATED[at - 1], CALIBRATED[at]);
        under + (over - under) * ((likelihood - low) / (high - low)).clamp(0.0, 1.0)
    }

    fn reasons(&self, signals: &Signals<'_>, candidate: &Candidate, part: bool) -> Vec<Reason> {
        let (old, new) = (&self.both.old[candidate.old as usize], &self.both.new[candidate.new as usize]);
        let similar = f64::from(candidate.similarity);
        let mut reasons = vec![if old.name == new.name {
            Reason::SameName
        } else if old.base == new.base {
            Reason::SameBaseName
        } else if similar >= SIMILAR {
            Reason::SimilarName(similar)
        } else {
            Reason::OtherName
        }];
        if part && similar >= SIMILAR {
            reasons.push(Reason::PartOfName);
        }
        if old.department != 0 && new.department != 0 {
            reasons.push(match signals.moves(old.department, new.department) {
                _ if old.department == new.department => Reason::SameDepartment,
                n if n > 1 => Reason::DepartmentBecame(n),
                _ => Reason::OtherDepartment,
            });
        }
        if !old.acts.is_empty() && !new.acts.is_empty() {
            let same = evidence::common(&old.acts, &new.acts).next().is_some();
            reasons.push(if same { Reason::SameBasis } else { Reason::OtherBasis });
        }
        let (mut same, mut of) = (0, 0);
        for (_, equal) in evidence::fields_of_both(old, new) {
            of += 1;
            same += usize::from(equal);
        }
        if of > 0 {
            reasons.push(Reason::SameFields(same, of));
        }
        if candidate.in_place {
            reasons.push(Reason::SamePlace);
        }
        reasons
    }
}
