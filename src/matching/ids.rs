//! What ids say: which items keep theirs, and what came, went or was given an id that another one had.

use super::{Between, By, Fixed, Options, parts, profile};
use crate::alias::Aliases;
use crate::lineage::{Link, Reason};
use crate::record::AnyItem;
use crate::watch::{Stopped, Watch};
use crate::{citation, name};

/// Items that keep their id: where ids count, and both lists have ids of their own.
pub(super) fn kept(
    before: &[&dyn AnyItem],
    after: &[&dyn AnyItem],
    options: &Options,
) -> Vec<(usize, usize)> {
    let own = |items: &[&dyn AnyItem]| items.iter().any(|item| !item.is_derived());
    // By codes alone a derived id is as good as another: nothing else would find what it names.
    let count = options.by == By::Codes || own(before) && own(after);
    if options.by == By::Names || !count {
        return Vec::new();
    }
    let pairs = of_one_id(before, after, options);
    if options.by == By::Codes {
        pairs
    } else {
        without_running_numbers(before, after, pairs, &options.aliases)
    }
}

/// Items that have one id, unless a person says otherwise.
fn of_one_id(before: &[&dyn AnyItem], after: &[&dyn AnyItem], options: &Options) -> Vec<(usize, usize)> {
    let mut decided: Fixed<&str, ()> = Fixed::default();
    for link in &options.decided.links {
        decided.extend(link.from.iter().chain(&link.to).map(|id| (id.as_str(), ())));
    }
    decided.extend(options.decided.refused.iter().filter(|(a, b)| a == b).map(|(id, _)| (id.as_str(), ())));
    let counts = |item: &dyn AnyItem| options.by == By::Codes || !item.is_derived();
    let own = |item: &dyn AnyItem| counts(item) && !decided.contains_key(&*item.key());
    let there: Fixed<std::borrow::Cow<'_, str>, usize> =
        after.iter().enumerate().filter(|(_, item)| own(**item)).map(|(j, item)| (item.key(), j)).collect();
    let mut out = Vec::new();
    for (i, item) in before.iter().enumerate() {
        if own(*item)
            && let Some(&j) = there.get(&item.key())
        {
            out.push((i, j));
        }
    }
    out
}

/// Codes that were given anew, it seems: an item was cancelled, and another one got its code. Nothing in their names is alike,
/// and no legal basis is the same; a person says whether it is one item under another name.
pub(super) fn given_anew(
    before: &[&dyn AnyItem],
    after: &[&dyn AnyItem],
    kept: &[(usize, usize)],
    options: &Options,
) -> Vec<Link> {
    if options.by == By::Codes || options.between == Between::Lists {
        return Vec::new();
    }
    let unlike = |one: &dyn AnyItem, other: &dyn AnyItem| {
        let [one, other] = [one, other].map(|item| profile::named(item).1);
        one != other && name::similarity(&name::stem(&one), &name::stem(&other)) < UNLIKE
    };
    let acts = |item: &dyn AnyItem| -> Vec<String> {
        citation::bases(&item.text("basis")).cited.into_iter().map(|cited| cited.title).collect()
    };
    let other_basis = |one: &dyn AnyItem, other: &dyn AnyItem| {
        let [one, other] = [one, other].map(acts);
        let common = || one.iter().any(|title| other.iter().any(|act| citation::same_title(title, act)));
        !one.is_empty() && !other.is_empty() && !common()
    };
    let pairs = kept.iter().map(|&(i, j)| (before[i], after[j]));
    let differ = pairs.filter(|(old, new)| old.name() != new.name());
    differ
        .filter(|(old, new)| unlike(*old, *new) && other_basis(*old, *new))
        .map(|(old, new)| {
            let mut link = Link::new(old.key(), new.key(), Reason::SameId);
            link.reasons.extend([Reason::OtherName, Reason::OtherBasis]);
            link.confidence = GIVEN_ANEW;
            link.certain = false;
            link
        })
        .collect()
}

/// Names that have less in common than this have nothing in common.
const UNLIKE: f64 = 0.2;
/// How sure it is that items of one id are one where nothing else is the same (an estimate).
const GIVEN_ANEW: f64 = 0.5;

/// At least so many ids that went from name to name are no accident.
const RUN: usize = 3;

/// Leaves out the ids that only count the rows: one item cancelled, and each behind it has the id of the one before it. Of
/// the items of one id whose names differ, half or more bear a name then that another one of them bears on the other side.
/// Two that exchanged their names to the letter exchanged their ids, however many others there are.
fn without_running_numbers(
    before: &[&dyn AnyItem],
    after: &[&dyn AnyItem],
    mut pairs: Vec<(usize, usize)>,
    aliases: &Aliases,
) -> Vec<(usize, usize)> {
    let same_name = |(i, j): &(usize, usize)| {
        before[*i].name() == after[*j].name() && before[*i].sub_item() == after[*j].sub_item()
    };
    let differing: Vec<(usize, usize)> = pairs.iter().filter(|pair| !same_name(pair)).copied().collect();
    if differing.len() < 2 {
        return pairs;
    }
    let (mut stays_old, mut stays_new) = (vec![false; before.len()], vec![false; after.len()]);
    for &(i, j) in pairs.iter().filter(|pair| same_name(pair)) {
        stays_old[i] = true;
        stays_new[j] = true;
    }
    let named = |item: &dyn AnyItem| (profile::named(item).0, profile::holder(item, aliases));
    // Of each name the one item that bears it; none where several do.
    let by_name = |items: &[&dyn AnyItem], stays: &[bool]| {
        let mut by_name: Fixed<(String, String), Option<usize>> = Fixed::default();
        for (at, item) in items.iter().enumerate().filter(|(at, _)| !stays[*at]) {
            by_name.entry(named(*item)).and_modify(|one| *one = None).or_insert(Some(at));
        }
        by_name
    };
    let (olds, news) = (by_name(before, &stays_old), by_name(after, &stays_new));
    let alone = |names: &Fixed<(String, String), Option<usize>>, name: &(String, String)| {
        names.get(name).copied().flatten()
    };
    let went = |&(i, j): &(usize, usize)| {
        let (old, new) = (named(before[i]), named(after[j]));
        let to = alone(&olds, &old).and_then(|_| alone(&news, &old));
        let from = alone(&news, &new).and_then(|_| alone(&olds, &new));
        old != new && (to.is_some() || from.is_some())
    };
    let mut gone: Fixed<(usize, usize), ()> =
        differing.iter().filter(|pair| went(pair)).map(|pair| (*pair, ())).collect();
    if gone.len() < RUN || 2 * gone.len() < differing.len() {
        let partner: Fixed<usize, usize> = differing.iter().copied().collect();
        let exchanged = |&(i, j): &(usize, usize)| {
            let (old, new) = (named(before[i]), named(after[j]));
            alone(&olds, &new).is_some_and(|i2| {
                old != new && partner.get(&i2).is_some_and(|&j2| alone(&news, &old) == Some(j2))
            })
        };
        gone.retain(|pair, ()| exchanged(pair));
    }
    pairs.retain(|pair| !gone.contains_key(pair));
    pairs
}

/// What came or went beside an item that keeps its id, of what no other link explains.
pub(super) fn beside_kept(
    before: &[&dyn AnyItem],
    after: &[&dyn AnyItem],
    kept: &[(usize, usize)],
    links: &[Link],
    options: &Options,
    watch: &mut Watch<'_>,
) -> Result<Vec<Link>, Stopped> {
    if options.by == By::Codes || options.between == Between::Lists || kept.is_empty() {
        return Ok(Vec::new());
    }
    let (mut old, mut new): (Fixed<&str, ()>, Fixed<&str, ()>) = (Fixed::default(), Fixed::default());
    for link in links {
        old.extend(link.from.iter().map(|id| (id.as_str(), ())));
        new.extend(link.to.iter().map(|id| (id.as_str(), ())));
    }
    let (mut is_kept_old, mut is_kept_new) = (vec![false; before.len()], vec![false; after.len()]);
    for &(i, j) in kept {
        is_kept_old[i] = true;
        is_kept_new[j] = true;
    }
    let left = |items: &[&dyn AnyItem], kept: &[bool], linked: &Fixed<&str, ()>| -> Vec<usize> {
        (0..items.len()).filter(|at| !kept[*at] && !linked.contains_key(&*items[*at].key())).collect()
    };
    let (gone, came) = (left(before, &is_kept_old, &old), left(after, &is_kept_new, &new));
    parts::find(before, after, kept, [&gone, &came], &options.decided.refused, watch)
}

/// Keys that stand in both lists, are not kept, and whose ends no links join to something else: two things.
pub(super) fn parted(
    before: &[&dyn AnyItem],
    after: &[&dyn AnyItem],
    kept: &[bool],
    links: &[Link],
) -> Vec<String> {
    let open: Vec<&&dyn AnyItem> =
        before.iter().zip(kept).filter(|(_, kept)| !**kept).map(|(item, _)| item).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let mut from: Fixed<&str, ()> = Fixed::default();
    let mut to: Fixed<&str, ()> = Fixed::default();
    for link in links {
        if let (Some(old), Some(new)) = (link.from.first(), link.to.first()) {
            from.insert(old, ());
            to.insert(new, ());
        }
    }
    let there: Fixed<std::borrow::Cow<'_, str>, ()> = after.iter().map(|item| (item.key(), ())).collect();
    let mut out = Vec::new();
    for item in open {
        let key = item.key();
        // Where either end is free of links, the key alone would make one of two things.
        if there.contains_key(&key) && !(from.contains_key(&*key) && to.contains_key(&*key)) {
            out.push(key.into_owned());
        }
    }
    out
}
