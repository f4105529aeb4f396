//! How much each signal says for or against a pair: logarithms of likelihood ratios.
//!
//! Each signal asks how much oftener it looks like this where two items are one than where they are not (Fellegi and
//! Sunter 1969). How often it does where they are not is counted in the two lists themselves, and so is how often it
//! does where they are, as far as items of equal names can tell. What cannot be counted is a constant of this file, one
//! for all lists.

#![expect(clippy::cast_precision_loss, reason = "counts of items are far below what a float holds exactly")]
#![expect(clippy::cast_sign_loss, reason = "steps and positions are never negative where they index")]

use super::grams::{Index, cosine};
use super::profile::{Both, Profile};
use foldhash::fast::FixedState;
use hashbrown::HashMap;

type Map<K, V> = HashMap<K, V, FixedState>;

/// The steps of similarity that are told apart.
const STEPS: usize = 20;
/// Of items that are renamed, so many bear a name that has nothing in common with the one before; the rest are spread
/// evenly over the steps of similarity. Counted over five pairs of lists of China, Canada and North America: a quarter.
const RENAMED_WHOLLY: f64 = 0.25;
/// Of pairs that are not one, so many have names of the first step of similarity, and of each further step so many of
/// those before. Near to what five pairs of lists show; in a list of some hundred items it weighs as much as what is counted.
const USUAL: f64 = 0.1;
const FADES: f64 = 0.68;
/// As if it had been counted over so many pairs.
const USUAL_PAIRS: f64 = 1_000.0;
/// Of items that are one, so many bear one name.
const SAME_NAME: f64 = 0.9;
/// Of items that are one, so many change to a department that nothing links to theirs.
const STRAY: f64 = 0.05;
/// Of items that stay in order, so many stand between the neighbours that they had.
const IN_PLACE: f64 = 0.75;
/// Of items that are one, so many change between a row of a department itself and one below it.
const HEAD_CHANGES: f64 = 0.0005;
/// What other fields say counts half: they say it together.
const TOGETHER: f64 = 0.5;

/// The parts of a score.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    pub(super) name: f64,
    pub(super) department: f64,
    pub(super) place: f64,
    pub(super) acts: f64,
    pub(super) content: f64,
}

impl Parts {
    pub(super) fn sum(&self) -> f64 {
        self.name + self.department + self.place + self.acts + self.content
    }
}

/// What names say: learned once.
pub(super) struct Names {
    /// By step of similarity.
    steps: [f64; STEPS],
    /// How many items of a list bear the name of another one in it.
    repeated: f64,
    /// How often each name stands in both lists together.
    count: Vec<u32>,
}

fn step(similarity: f32) -> f64 {
    f64::from(similarity.clamp(0.0, 1.0)) * (STEPS - 1) as f64
}

impl Names {
    /// Counts how alike names are that do not belong together: those of known items and all others.
    pub(super) fn learn(both: &Both, linked: &[Option<u32>], index: &mut Index) -> Self {
        let (old, new) = (&both.old, &both.new);
        let known: Vec<usize> = (0..old.len()).filter(|&i| linked[i].is_some()).collect();
        let sure = known.len() >= 20;
        let pool: Vec<usize> = if sure { known } else { (0..old.len()).collect() };
        let most = (20_000_000 / new.len().max(1)).clamp(24, 300);
        let every = pool.len().div_ceil(most).max(1);
        let (mut seen, mut rows) = ([0.0_f64; STEPS], 0.0);
        for &i in pool.iter().step_by(every) {
            let mut best = (0.0_f32, None);
            for (j, similarity) in index.all(&old[i].grams) {
                let own = linked[i] == Some(j);
                if similarity > best.0 && !own {
                    best = (similarity, Some(j));
                }
                if !own {
                    seen[step(similarity).round() as usize] += 1.0;
                }
            }
            // Without known items the nearest one may be the item itself.
            if !sure && best.1.is_some() {
                seen[step(best.0).round() as usize] -= 1.0;
            }
            rows += 1.0;
        }
        let total = rows * new.len() as f64;
        seen[0] += total - seen.iter().sum::<f64>();
        // What lists show in general, which weighs where these are small.
        let mut usual = USUAL * FADES;
        for (at, seen) in seen.iter_mut().enumerate() {
            *seen += USUAL_PAIRS * if at == 0 { 1.0 - USUAL * FADES / (1.0 - FADES) } else { usual };
            usual *= FADES;
        }
        let total = total + USUAL_PAIRS;
        let mut steps = [0.0; STEPS];
        for at in 0..STEPS {
            let where_one =
                if at == 0 { RENAMED_WHOLLY } else { (1.0 - RENAMED_WHOLLY) / (STEPS - 1) as f64 };
            steps[at] = (where_one / ((seen[at] + 0.5) / (total + STEPS as f64))).ln();
            if at > 0 {
                // More alike is never less.
                steps[at] = steps[at].max(steps[at - 1]);
            }
        }
        let mut count = vec![0_u32; both.names.len()];
        let mut repeated = 1.0;
        let mut seen_in = vec![0_u8; both.names.len()];
        for (mark, list) in [(1, old), (2, new)] {
            for profile in list {
                let name = profile.name as usize;
                count[name] += 1;
                repeated += f64::from(u8::from(seen_in[name] == mark));
                seen_in[name] = mark;
            }
        }
        Self { steps, repeated: repeated / (old.len() + new.len() + 2) as f64, count }
    }
    fn say(&self, old: &Profile, new: &Profile, similarity: f32, free: f64) -> f64 {
        if old.name == new.name {
            // By chance another item of that name stands there as often as names repeat in these lists.
            let others = f64::from(self.count[old.name as usize].saturating_sub(2));
            return (SAME_NAME * free / (self.repeated + others)).ln();
        }
        let similarity = if old.base == new.base { 1.0 } else { similarity.min(0.999) };
        let at = step(similarity);
        let (low, part) = (at.floor(), at.fract());
        let low = low as usize;
        let high = (low + 1).min(STEPS - 1);
        self.steps[low] + (self.steps[high] - self.steps[low]) * part
    }
}

/// What all other signals say: learned anew from the links that are believed.
pub(super) struct Signals<'a> {
    both: &'a Both,
    names: &'a Names,
    /// How many new items are free.
    free: f64,
    /// From department to department, and from department at all.
    became: Map<(u32, u32), u32>,
    left: Map<u32, u32>,
    /// Of a department, how many went to the one that most went to, and that one, counted down from the highest number.
    most_went: Map<u32, (u32, u32)>,
    /// Departments of the old list that the new one has not, with those that are called alike.
    gone: Map<u32, Vec<(u32, f64)>>,
    /// Free new items by department, in their order.
    by_department: Vec<Vec<u32>>,
    heads: f64,
    /// Believed links that keep their order, by rising position on both sides.
    chain: Vec<(u32, u32)>,
    orderly: f64,
    acts: Map<u32, u32>,
    acts_there: Map<(u32, u32), u32>,
    same_acts: f64,
    /// Of each other field, how often it is equal where items are one.
    stays: Vec<Option<f64>>,
    values: Map<(u16, u64), u32>,
}

/// The longest part of these links in which both sides rise.
fn rising(links: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; links.len()];
    for (at, (_, to)) in links.iter().enumerate() {
        let place = tails.partition_point(|&tail| links[tail].1 < *to);
        before[at] = place.checked_sub(1).map(|p| tails[p]);
        if place == tails.len() {
            tails.push(at);
        } else {
            tails[place] = at;
        }
    }
    let mut out = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(at) = next {
        out.push(links[at]);
        next = before[at];
    }
    out.reverse();
    out
}

impl<'a> Signals<'a> {
    pub(super) fn learn(both: &'a Both, names: &'a Names, linked: &[Option<u32>], free: &[u32]) -> Self {
        let links: Vec<(u32, u32)> =
            linked.iter().enumerate().filter_map(|(i, j)| Some((i as u32, (*j)?))).collect();
        let chain = rising(&links);
        let orderly = (chain.len() + 1) as f64 / (links.len() + 2) as f64;
        let (mut became, mut left): (Map<(u32, u32), u32>, Map<u32, u32>) = (Map::default(), Map::default());
        let (mut with_acts, mut same_acts) = (2.0, 1.7);
        let mut fields = vec![(0_u32, 0_u32); both.fields];
        for &(i, j) in &links {
            let (a, b) = (&both.old[i as usize], &both.new[j as usize]);
            if a.department != 0 && b.department != 0 {
                *became.entry((a.department, b.department)).or_default() += 1;
                *left.entry(a.department).or_default() += 1;
            }
            if !a.acts.is_empty() && !b.acts.is_empty() {
                with_acts += 1.0;
                same_acts += f64::from(u8::from(common(&a.acts, &b.acts).next().is_some()));
            }
            for (field, equal) in fields_of_both(a, b) {
                let of = &mut fields[usize::from(field)];
                of.0 += 1;
                of.1 += u32::from(equal);
            }
        }
        // A field that few known items have says nothing.
        let stays = fields
            .iter()
            .map(|(of, equal)| (*of >= 8).then(|| f64::from(equal + 1) / f64::from(of + 2)))
            .collect();
        let mut by_department: Vec<Vec<u32>> = vec![Vec::new(); both.departments.len()];
        let (mut acts, mut acts_there): (Map<u32, u32>, Map<(u32, u32), u32>) =
            (Map::default(), Map::default());
        let mut values: Map<(u16, u64), u32> = Map::default();
        let mut heads = 1.0;
        for &j in free {
            let new = &both.new[j as usize];
            by_department[new.department as usize].push(j);
            heads += f64::from(u8::from(new.head));
        }
        for new in &both.new {
            for act in &new.acts {
                *acts.entry(*act).or_default() += 1;
                *acts_there.entry((*act, new.department)).or_default() += 1;
            }
            for value in &new.content {
                *values.entry(*value).or_default() += 1;
            }
        }
        let mut most_went: Map<u32, (u32, u32)> = Map::default();
        for (&(from, to), &n) in &became {
            let most = most_went.entry(from).or_default();
            *most = (*most).max((n, u32::MAX - to));
        }
        let heads = heads / (free.len() + 2) as f64;
        let gone = gone(both);
        Self {
            both,
            names,
            free: free.len() as f64,
            became,
            left,
            most_went,
            gone,
            by_department,
            heads,
            chain,
            orderly,
            acts,
            acts_there,
            same_acts: same_acts / with_acts,
            stays,
            values,
        }
    }

    /// The free new items of a department.
    pub(super) fn free_of(&self, department: u32) -> &[u32] {
        &self.by_department[department as usize]
    }
    /// The department that most items of this one went to.
    pub(super) fn went_to(&self, department: u32) -> Option<u32> {
        self.most_went.get(&department).map(|(_, to)| u32::MAX - to)
    }
    /// How many believed links lead from one department to another.
    pub(super) fn moves(&self, old: u32, new: u32) -> usize {
        self.became.get(&(old, new)).map_or(0, |n| *n as usize)
    }
    /// Between which positions of the new list an old item's neighbours leave room for it.
    pub(super) fn room(&self, old: u32) -> (i64, i64) {
        let at = self.chain.partition_point(|(i, _)| *i < old);
        let own = self.chain.get(at).is_some_and(|(i, _)| *i == old);
        let low = at.checked_sub(1).map_or(-1, |p| i64::from(self.chain[p].1));
        let next = self.chain.get(at + usize::from(own)).map(|(_, j)| *j);
        let high = i64::from(next.unwrap_or(self.both.new.len() as u32));
        (low, high)
    }
    /// What all signals say of a pair; nothing where all that speaks for it is a name that is not very like. `believed`: the pair is among the links that they were learned from.
    pub(super) fn say(
        &self,
        (i, j): (u32, u32),
        similarity: f32,
        room: (i64, i64),
        believed: bool,
    ) -> Option<Parts> {
        let (old, new) = (&self.both.old[i as usize], &self.both.new[j as usize]);
        let heads = |head: bool| if head { self.heads } else { 1.0 - self.heads };
        let mut department = if old.head == new.head {
            ((1.0 - HEAD_CHANGES) / heads(new.head)).ln()
        } else {
            (HEAD_CHANGES / heads(new.head)).ln()
        };
        // The row of a department bears its name: that department and name agree is then one fact, not two.
        if !(old.head && new.head) {
            department += self.departments(old.department, new.department, believed);
        }
        let parts = Parts {
            name: self.names.say(old, new, similarity, self.free),
            department,
            place: self.place(j, room),
            acts: self.acts_say(old, new),
            content: self.content(old, new),
        };
        let beside = parts.department.max(parts.place).max(parts.acts).max(parts.content);
        let alone = similarity < super::ALONE && old.base != new.base && beside < super::BESIDE;
        (!alone).then_some(parts)
    }
    fn departments(&self, old: u32, new: u32, believed: bool) -> f64 {
        if old == 0 || new == 0 {
            return 0.0;
        }
        let share = self.free_of(new).len().max(1) as f64 / self.free.max(1.0);
        let own = u32::from(believed);
        let count = |n: Option<&u32>| f64::from(n.map_or(0, |n| n.saturating_sub(own)));
        let (moved, left) = (count(self.became.get(&(old, new))), count(self.left.get(&old)));
        let guess = match self.gone.get(&old) {
            Some(alike) => {
                let like = alike.iter().find(|(department, _)| *department == new).map_or(0.0, |(_, by)| *by);
                0.3 * like + 0.7 * share
            }
            None => 0.6 * f64::from(u8::from(old == new)) + 0.4 * share,
        };
        let chance = (1.0 - STRAY) * (moved + guess) / (left + 1.0) + STRAY * share;
        (chance / share).ln()
    }
    /// Given the department: how much the place says besides.
    fn place(&self, j: u32, (low, high): (i64, i64)) -> f64 {
        let rows = self.free_of(self.both.new[j as usize].department);
        if rows.len() < 2 || self.chain.is_empty() {
            return 0.0;
        }
        let at = |limit: i64| rows.partition_point(|row| i64::from(*row) < limit);
        let inside = IN_PLACE * self.orderly;
        let here = i64::from(j);
        if low < here && here < high {
            let room = at(high) - at(low + 1);
            return (inside * rows.len() as f64 / room.max(1) as f64).ln();
        }
        let edge = if here <= low { at(low + 1) } else { at(high) };
        let far = edge.abs_diff(at(here)) as f64 + 1.0;
        let spread = 2.0 * ((rows.len() + 1) as f64).ln();
        ((1.0 - inside) * rows.len() as f64 / (far * spread)).max(1e-3).ln().min(3.0)
    }
    fn acts_say(&self, old: &Profile, new: &Profile) -> f64 {
        if old.acts.is_empty() || new.acts.is_empty() {
            return 0.0;
        }
        let there = self.both.new.len().max(1) as f64;
        let in_department = self.free_of(new.department).len().max(1) as f64;
        let rarest = common(&old.acts, &new.acts)
            .map(|act| {
                let count = |n: Option<&u32>| f64::from(n.copied().unwrap_or(1));
                let everywhere = count(self.acts.get(&act)) / there;
                // Within one department acts repeat.
                let near = (count(self.acts_there.get(&(act, new.department))) / in_department).min(1.0);
                everywhere.max(if new.department == 0 { 0.0 } else { near })
            })
            .min_by(f64::total_cmp);
        match rarest {
            Some(share) => (self.same_acts / share.min(1.0)).ln().clamp(0.0, 4.0),
            None => (1.0 - self.same_acts).max(0.02).ln().max(-2.5),
        }
    }
    fn content(&self, old: &Profile, new: &Profile) -> f64 {
        let there = self.both.new.len().max(1) as f64;
        let mut sum = 0.0;
        let mut values = new.content.iter();
        for (field, equal) in fields_of_both(old, new) {
            let Some(stays) = self.stays.get(usize::from(field)).copied().flatten() else { continue };
            if !equal {
                sum += (1.0 - stays).max(0.05).ln().max(-2.5);
                continue;
            }
            let value = values.find(|(f, _)| *f == field);
            let share = value.and_then(|v| self.values.get(v)).map_or(1.0, |n| f64::from(*n) / there);
            sum += (stays / share).ln().clamp(0.0, 5.0);
        }
        (TOGETHER * sum).clamp(-4.0, 5.0)
    }
}

/// The acts that both stand on. Both are sorted.
pub(super) fn common<'a>(one: &'a [u32], other: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    one.iter().copied().filter(move |act| other.binary_search(act).is_ok())
}

/// The other fields that both have, and whether they are equal. Both are sorted.
pub(super) fn fields_of_both<'a>(
    one: &'a Profile,
    other: &'a Profile,
) -> impl Iterator<Item = (u16, bool)> + 'a {
    let mut rest = other.content.iter().peekable();
    one.content.iter().filter_map(move |(field, value)| {
        while rest.next_if(|(f, _)| f < field).is_some() {}
        rest.peek().filter(|(f, _)| f == field).map(|(_, other)| (*field, value == other))
    })
}

/// Departments that the new list has not, each with those of the new list whose names are like its own.
fn gone(both: &Both) -> Map<u32, Vec<(u32, f64)>> {
    let numbers = |list: &[Profile]| {
        let mut numbers: Vec<u32> = list.iter().map(|p| p.department).filter(|d| *d != 0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    };
    let (old, new) = (numbers(&both.old), numbers(&both.new));
    let mut out = Map::default();
    let lost: Vec<u32> = old.iter().copied().filter(|d| new.binary_search(d).is_err()).collect();
    // All pairs of names: for as many departments as a list of one place has.
    if lost.len().saturating_mul(new.len()) > 4_000_000 {
        return out;
    }
    let name = |number: u32| both.departments[number as usize].as_str();
    let grams = super::grams::Grams::of(&lost.iter().chain(&new).map(|d| name(*d)).collect::<Vec<_>>());
    for (at, department) in lost.iter().enumerate() {
        let mut like: Vec<(u32, f64)> = Vec::new();
        for (to, other) in new.iter().enumerate() {
            let by = f64::from(cosine(&grams.names[at], &grams.names[lost.len() + to])).powi(4);
            if by > 1e-4 {
                like.push((*other, by));
            }
        }
        let sum: f64 = like.iter().map(|(_, by)| by).sum();
        for (_, by) in &mut like {
            *by /= sum.max(1e-9);
        }
        out.insert(*department, like);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rising_part_is_kept() {
        assert_eq!(rising(&[(0, 3), (1, 0), (2, 1), (3, 2)]), [(1, 0), (2, 1), (3, 2)]);
        assert!(rising(&[]).is_empty());
    }
}
