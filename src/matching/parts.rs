//! What came or went beside an item that keeps its id: merged into it, or split off it.
//!
//! Where one of two items that were merged keeps its id, ids alone tell of a new name and of an item that is gone. The
//! new name tells the rest: it says what the gone one's name said, and its own did not.

use super::evidence;
use super::grams::{Gram, Index};
use super::profile::{Both, Profile};
use crate::alias::Aliases;
use crate::lineage::{Link, Reason};
use crate::record::{AnyItem, base_names};
use crate::watch::{Stopped, Watch};
use std::collections::HashSet;

/// So much of what the name of the whole says beyond the one that keeps the id, the other's name says.
const GAINED: f32 = 0.4;
/// So much of the other's name stands in the name of the whole.
const COVERED: f32 = 0.75;
/// So much of the name of the whole is more than a new spelling of the one that keeps the id.
const BEYOND: f32 = 0.1;
/// Names of fewer n-grams are words that stand in anything.
const SAYS_SOMETHING: usize = 6;
/// How sure that is: a person confirms it.
const CONFIDENCE: f64 = 0.8;
/// So many are looked at for each item that came or went.
const NEAREST: usize = 4;
const BUDGET: usize = 2_000;

/// Groups of items of which one keeps its id under another name, by the places of those that keep theirs (`kept`) and of
/// what is left over of both lists. What a person refused is not found.
pub(super) fn find(
    before: &[&dyn AnyItem],
    after: &[&dyn AnyItem],
    kept: &[(usize, usize)],
    [gone, came]: [&[usize]; 2],
    refused: &HashSet<(String, String)>,
    watch: &mut Watch<'_>,
) -> Result<Vec<Link>, Stopped> {
    if gone.is_empty() && came.is_empty() {
        return Ok(Vec::new());
    }
    let renamed: Vec<(usize, usize)> = kept
        .iter()
        .copied()
        .filter(|&(i, j)| before[i].name() != after[j].name() || before[i].sub_item() != after[j].sub_item())
        .filter(|&(i, j)| base_names(before[i]) != base_names(after[j]))
        .collect();
    if renamed.is_empty() {
        return Ok(Vec::new());
    }
    let olds: Vec<&dyn AnyItem> =
        renamed.iter().map(|(i, _)| before[*i]).chain(gone.iter().map(|i| before[*i])).collect();
    let news: Vec<&dyn AnyItem> =
        renamed.iter().map(|(_, j)| after[*j]).chain(came.iter().map(|j| after[*j])).collect();
    let both = Both::of(&olds, &news, &Aliases::default(), &mut watch.part(0.0, 0.5))?;
    let n = renamed.len();
    let mut links: Vec<Link> = renamed
        .iter()
        .map(|&(i, j)| {
            let mut link = Link::new(before[i].key(), after[j].key(), Reason::SameId);
            link.reasons.push(Reason::PartOfName);
            link.confidence = CONFIDENCE;
            link.certain = false;
            link
        })
        .collect();
    let is_refused = |from: &Profile, to: &Profile| {
        !refused.is_empty() && refused.contains(&(from.key.clone(), to.key.clone()))
    };
    for (part, whole) in
        wholes([&both.new[..n], &both.old[..n], &both.old[n..]], both.kinds, &mut watch.part(0.5, 0.75))?
    {
        if !is_refused(&both.old[n + part], &both.new[whole]) {
            links[whole].from.push(both.old[n + part].key.clone());
        }
    }
    for (part, whole) in
        wholes([&both.old[..n], &both.new[..n], &both.new[n..]], both.kinds, &mut watch.part(0.75, 1.0))?
    {
        if !is_refused(&both.old[whole], &both.new[n + part]) && links[whole].from.len() == 1 {
            links[whole].to.push(both.new[n + part].key.clone());
        }
    }
    links.retain(|link| link.from.len() + link.to.len() > 2);
    Ok(links)
}

/// Of each part that is one: which whole it goes into, which the item at the same place of `carried` is the rest of.
fn wholes(
    [wholes, carried, parts]: [&[Profile]; 3],
    kinds: usize,
    watch: &mut Watch<'_>,
) -> Result<Vec<(usize, usize)>, Stopped> {
    let names: Vec<&[Gram]> = wholes.iter().map(|profile| profile.grams.as_slice()).collect();
    let mut index = Index::of(&names, kinds);
    let mut out = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        watch.at(at, parts.len())?;
        if part.grams.len() < SAYS_SOMETHING {
            continue;
        }
        let fits = |whole: usize| -> Option<f32> {
            let (rest, whole) = (&carried[whole], &wholes[whole]);
            let nobody = [part, whole, rest].iter().any(|profile| profile.department == 0);
            let of_others = !nobody && ![whole.department, rest.department].contains(&part.department);
            let of_other_acts = !part.acts.is_empty()
                && !whole.acts.is_empty()
                && evidence::common(&part.acts, &whole.acts).next().is_none();
            let covered = share(&part.grams, &[&whole.grams]);
            // What the whole says beyond the one that carries it on, and how much of that is the part's.
            let beyond = 1.0 - share(&whole.grams, &[&rest.grams]);
            let left = 1.0 - share(&whole.grams, &[&rest.grams, &part.grams]);
            let gained = if beyond >= BEYOND { 1.0 - left / beyond } else { 0.0 };
            (!of_others && !of_other_acts && covered >= COVERED && gained >= GAINED)
                .then_some(covered * gained)
        };
        let near = index.nearest(&part.grams, BUDGET, NEAREST).into_iter().map(|whole| whole as usize);
        let best = near.filter_map(|whole| Some((whole, fits(whole)?))).max_by(|a, b| a.1.total_cmp(&b.1));
        out.extend(best.map(|(whole, _)| (at, whole)));
    }
    Ok(out)
}

/// The share of a name that stands in any of the others, by weight.
fn share(name: &[Gram], others: &[&[Gram]]) -> f32 {
    let has = |number: u32| {
        others.iter().any(|other| other.binary_search_by_key(&number, |(number, _)| *number).is_ok())
    };
    let (mut inside, mut all) = (0.0, 0.0);
    for &(number, weight) in name {
        all += weight * weight;
        if has(number) {
            inside += weight * weight;
        }
    }
    if all > 0.0 { inside / all } else { 0.0 }
}
