//! Which of our bodies stands for which of the upper list's: learned from the items that both have.

use super::{Correspondence, Place};
use crate::alias::Aliases;
use crate::codes::AliasKind;
use crate::keyed::List;
use crate::organ;
use crate::record::AnyItem;
use crate::sorting::Sorting as _;
use crate::term::{Authority, Date};
use crate::{Text, text};
use std::collections::{BTreeMap, HashMap};

/// The fields that name bodies, and whose relation is learned.
pub(crate) const FIELDS: [&str; 2] = ["department", "authorities"];

/// Which of our bodies stands for which of theirs, field by field.
#[derive(Clone, Debug, Default)]
pub struct Bodies {
    learned: HashMap<(&'static str, String), Seen>,
    words: HashMap<&'static str, Words>,
    /// By field: in how many pairs the bodies are the upper list's, of how many.
    copied: HashMap<&'static str, (usize, usize)>,
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
    #[inline]
    pub fn share(&self) -> f64 {
        self.count as f64 / self.total.max(1) as f64
    }
}

impl Bodies {
    /// Learns it from the pairs of two lists. Linear.
    #[must_use]
    #[inline]
    pub fn learn(
        correspondence: &Correspondence,
        upper: &[&dyn AnyItem],
        lower: &[&dyn AnyItem],
        aliases: &Aliases,
        day: Option<Date>,
    ) -> Self {
        let mut learned: HashMap<(&'static str, String), Seen> = HashMap::new();
        let mut copied: HashMap<&'static str, (usize, usize)> = HashMap::new();
        let mut words: HashMap<&'static str, Words> = HashMap::new();
        for (above, below, link) in correspondence.pairs() {
            if !link.certain {
                continue;
            }
            for field in FIELDS {
                let (theirs, ours) = (cell(upper[above], field), cell(lower[below], field));
                if theirs.is_empty() || ours.is_empty() {
                    continue;
                }
                let count = copied.entry(field).or_default();
                count.0 += usize::from(text::normal(&theirs) == text::normal(&ours));
                count.1 += 1;
                words.entry(field).or_default().learn(&theirs, &ours);
                let seen = learned.entry((field, canonical(upper[above], field, aliases, day))).or_default();
                seen.total += 1;
                let entry =
                    seen.below.entry(canonical(lower[below], field, aliases, day)).or_insert((0, ours));
                entry.0 += 1;
            }
        }
        Self { learned, words, copied }
    }
    /// The share of pairs in which a field says the upper list's bodies themselves, from 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of items")]
    #[inline]
    pub fn copied(&self, field: &str) -> f64 {
        self.copied.get(field).map_or(0.0, |(same, all)| *same as f64 / (*all).max(1) as f64)
    }
    /// What would stand for the bodies of an upper item that no item here shows: named as the others are (省档案局, 市档案局).
    #[must_use]
    #[inline]
    pub fn by_analogy(&self, field: &'static str, upper: &dyn AnyItem) -> Option<String> {
        self.words.get(field)?.apply(&cell(upper, field))
    }
    /// What stands for the bodies of an upper item's field in most of the items that both lists have.
    #[must_use]
    #[inline]
    pub fn likely(
        &self,
        field: &'static str,
        upper: &dyn AnyItem,
        aliases: &Aliases,
        day: Option<Date>,
    ) -> Option<Likely> {
        let seen = self.learned.get(&(field, canonical(upper, field, aliases, day)))?;
        // Of two that are as frequent the first by name: the order of a list does not count.
        let (count, text) = seen.below.values().rev().max_by_key(|(count, _)| *count)?;
        Some(Likely { text: text.clone(), count: *count, total: seen.total })
    }
}

/// A field's bodies in one form: normal forms without order, each by its one name.
#[inline]
pub(crate) fn canonical(item: &dyn AnyItem, field: &str, aliases: &Aliases, day: Option<Date>) -> String {
    let one = |name: &str| aliases.canonical(&AliasKind::Organ, name, day).into_owned();
    let mut names: Vec<String> = match item.get::<List<Authority>>(field) {
        Some(list) => list.iter().map(|body| one(&body.name)).collect(),
        None => item.get::<List<Text>>(field).into_iter().flatten().map(|name| one(name)).collect(),
    };
    names.sort();
    names.join("；")
}

/// What the register of names says that a field's bodies are called by now, where that is not what the field says.
#[inline]
pub(crate) fn registered(
    item: &dyn AnyItem,
    field: &str,
    aliases: &Aliases,
    day: Option<Date>,
) -> Option<String> {
    let written = cell(item, field);
    let names = organ::cut(&written);
    let today: Vec<_> = names.iter().map(|name| aliases.canonical(&AliasKind::Organ, name, day)).collect();
    let changed = names.iter().zip(&today).any(|(name, today)| text::normal(name) != *today);
    changed.then(|| today.join("；"))
}

/// Whether each of some bodies is for the same as one of the others.
#[inline]
pub(crate) fn are_for_the_same(ours: &str, theirs: &str) -> bool {
    let [ours, theirs] = [ours, theirs].map(organ::bodies);
    !ours.is_empty() && ours.iter().all(|one| theirs.iter().any(|other| one.shares_function(other)))
}

/// A field as a table has it.
#[inline]
pub(crate) fn cell(item: &dyn AnyItem, field: &str) -> String {
    item.text(field).into_owned()
}

/// Whether our bodies are what the upper list's are here: of this place's level and for the same (县级林草部门, 区林业局),
/// or, where that is not told, each for the same as one of theirs (省林草局, 市林草局).
#[inline]
pub(crate) fn is_made_concrete(upper: &dyn AnyItem, lower: &dyn AnyItem, field: &str, place: &Place) -> bool {
    let [theirs, ours] = [upper, lower].map(|item| organ::bodies(&item.text(field)));
    let same = |one: &organ::Body, other: &organ::Body| {
        let function = one.function();
        let fits = place.region.as_ref().is_some_and(|region| other.may_be(one, region));
        fits || one.name == other.name || !function.is_empty() && function == other.function()
    };
    !ours.is_empty() && ours.iter().all(|one| theirs.iter().any(|other| same(one, other)))
}

/// What stands for a changed body by analogy: what changed in the upper list's words (人防 became 国动) is changed in ours,
/// where ours has it.
#[inline]
pub(crate) fn by_change(before: &str, after: &str, ours: &str) -> Option<String> {
    let [before, after] = [before, after].map(organ::cut);
    let mut text = ours.to_owned();
    for (old, new) in before.iter().zip(&after) {
        let [old, new] = [old, new].map(|one| without_bracket(one).chars().collect::<Vec<_>>());
        let front = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let rest = [&old[front..], &new[front..]];
        let back = rest[0].iter().rev().zip(rest[1].iter().rev()).take_while(|(a, b)| a == b).count();
        let [gone, came] = rest.map(|part| part[..part.len() - back].iter().collect::<String>());
        // One character stands in too many names.
        if gone.chars().count() > 1 {
            text = text.replace(&gone, &came);
        }
    }
    (text != ours).then_some(text)
}

/// Those of our bodies that the upper list still names, by name, or by level and what they are for; `None` where that is none
/// or all of them.
#[inline]
pub(crate) fn kept(after: &str, ours: &str) -> Option<String> {
    let theirs = organ::bodies(after);
    let all = organ::cut(ours);
    let named = |body: &str| {
        organ::bodies(body).iter().any(|one| {
            theirs.iter().any(|other| {
                let function = one.function();
                let same_level = one.levels == other.levels;
                same_level && (one.name == other.name || !function.is_empty() && function == other.function())
            })
        })
    };
    let kept: Vec<&str> = all.iter().copied().filter(|body| named(body)).collect();
    (!kept.is_empty() && kept.len() < all.len()).then(|| kept.join("；"))
}

#[inline]
fn without_bracket(body: &str) -> &str {
    let end = body.find(['(', '（']).filter(|at| *at > 0).unwrap_or(body.len());
    &body[..end]
}

/// What a body above becomes in most pairs: what stands around the words that both names share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words(BTreeMap<[String; 4], usize>);

impl Words {
    /// Learns it from bodies that stand for each other.
    #[inline]
    pub(crate) fn learn(&mut self, theirs: &str, ours: &str) {
        let [theirs, ours] = [theirs, ours].map(organ::cut);
        if theirs.len() != ours.len() {
            return;
        }
        for (above, below) in theirs.into_iter().zip(ours) {
            let [above, below] = [above, below].map(without_bracket);
            if above != below
                && let Some(shared) = longest_shared(above, below)
            {
                let around = |text: &str| text.split_once(shared).map(|(a, b)| (a.to_owned(), b.to_owned()));
                if let (Some((a, b)), Some((c, d))) = (around(above), around(below)) {
                    *self.0.entry([a, b, c, d]).or_default() += 1;
                }
            }
        }
    }
    /// What would stand for a body, as the most pairs have it; bodies that no pair says anything of stay.
    #[inline]
    pub(crate) fn apply(&self, theirs: &str) -> Option<String> {
        let mut pairs: Vec<(&[String; 4], &usize)> = self.0.iter().collect();
        pairs.order_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let mut changed = false;
        let bodies = organ::cut(theirs).into_iter().map(|body| {
            let found = pairs.iter().find_map(|([a, b, c, d], _)| {
                let shared = body.strip_prefix(&**a)?.strip_suffix(&**b)?;
                (shared.chars().count() > 1).then(|| format!("{c}{shared}{d}"))
            });
            changed |= found.is_some();
            found.unwrap_or_else(|| body.to_owned())
        });
        let text = bodies.collect::<Vec<_>>().join("；");
        changed.then_some(text)
    }
}

/// The longest run of characters that two short names share, if it is two or more.
#[inline]
fn longest_shared<'a>(one: &'a str, other: &str) -> Option<&'a str> {
    let starts: Vec<usize> = one.char_indices().map(|(at, _)| at).chain([one.len()]).collect();
    let mut best = "";
    for from in 0..starts.len() {
        for to in (from + 2..starts.len()).take(40) {
            let part = &one[starts[from]..starts[to]];
            if !other.contains(part) {
                break;
            }
            if part.len() > best.len() {
                best = part;
            }
        }
    }
    (!best.is_empty()).then_some(best)
}

/// Bodies of a list that may be the one that an upper item names: of its level, for the same (县级林草部门, 区林业局).
#[inline]
pub(crate) fn may_be<'a>(
    upper: &dyn AnyItem,
    field: &str,
    lower: &[&'a dyn AnyItem],
    place: &Place,
) -> Option<&'a str> {
    let theirs = organ::bodies(&upper.text(field));
    let region = place.region.as_ref()?;
    let mut found: Option<&'a str> = None;
    let mut seen: Vec<&str> = Vec::new();
    for item in lower {
        let names: Vec<&'a str> = match item.get::<List<Authority>>(field) {
            Some(list) => list.iter().map(|body| body.name.as_str()).collect(),
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
