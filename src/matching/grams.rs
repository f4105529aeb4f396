//! Names as bags of character n-grams, and an index from n-grams to the items whose names have them.

#![expect(clippy::cast_precision_loss, reason = "counts of items are far below what a float holds exactly")]

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::hash::BuildHasher as _;

/// Of a name's n-grams, the rarest so many count: a name of 10,000 characters costs no more than this.
const MOST: usize = 192;

/// One name: its n-grams by rising number, with weights whose squares add up to one.
pub(super) type Gram = (u32, f32);

/// The n-grams of many names, numbered from the rarest to the most frequent.
pub(super) struct Grams {
    /// Of each name, its n-grams: the rarest first.
    pub(super) names: Vec<Vec<Gram>>,
    /// How many there are in all.
    pub(super) kinds: usize,
}

/// Whether words of this script are written without blanks, so that each character says something.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The hashes of a text's n-grams: characters and pairs of them in Chinese; words and their trigrams where words are
/// set apart. Case and punctuation say nothing here.
fn cut(text: &str, state: &FixedState, out: &mut Vec<u64>) {
    out.clear();
    let mut word: Vec<char> = Vec::new();
    let mut before: Option<char> = None;
    let end = |word: &mut Vec<char>, out: &mut Vec<u64>| {
        if word.is_empty() {
            return;
        }
        out.push(state.hash_one(('w', &word[..])));
        word.insert(0, '_');
        word.push('_');
        out.extend(word.windows(3).map(|three| state.hash_one(('3', three))));
        word.clear();
    };
    for c in text.chars().flat_map(char::to_lowercase) {
        if is_ideograph(c) {
            end(&mut word, out);
            out.push(state.hash_one(('1', c)));
            if let Some(before) = before {
                out.push(state.hash_one(('2', before, c)));
            }
            before = Some(c);
            continue;
        }
        before = None;
        if c.is_alphanumeric() || c == '\'' {
            word.push(c);
        } else {
            end(&mut word, out);
        }
    }
    end(&mut word, out);
}

impl Grams {
    /// The n-grams of these names, weighted by how rare they are among them.
    pub(super) fn of(names: &[&str]) -> Self {
        let state = FixedState::with_seed(0x7164);
        let total = names.len();
        let mut numbers: HashMap<u64, u32, FixedState> = HashMap::with_hasher(state.clone());
        let mut frequency: Vec<u32> = Vec::new();
        let mut counted: Vec<Vec<(u32, u32)>> = Vec::with_capacity(total);
        let mut hashes = Vec::new();
        for name in names {
            cut(name, &state, &mut hashes);
            let mut own: Vec<u32> = Vec::with_capacity(hashes.len());
            for hash in &hashes {
                let next = numbers.len() as u32;
                let number = *numbers.entry(*hash).or_insert(next);
                if number == next {
                    frequency.push(0);
                }
                own.push(number);
            }
            own.sort_unstable();
            let mut bag: Vec<(u32, u32)> = Vec::with_capacity(own.len());
            for number in own {
                match bag.last_mut() {
                    Some((last, count)) if *last == number => *count += 1,
                    _ => bag.push((number, 1)),
                }
            }
            for (number, _) in &bag {
                frequency[*number as usize] += 1;
            }
            counted.push(bag);
        }
        // Numbered anew by rarity, so that the rarest n-grams of a name stand first.
        let mut by_rarity: Vec<u32> = (0..frequency.len() as u32).collect();
        by_rarity.sort_by_key(|&number| (frequency[number as usize], number));
        let mut rank = vec![0_u32; by_rarity.len()];
        for (at, number) in by_rarity.iter().enumerate() {
            rank[*number as usize] = at as u32;
        }
        let names = counted
            .into_iter()
            .map(|bag| {
                let mut grams: Vec<Gram> = bag
                    .into_iter()
                    .map(|(number, count)| {
                        let often = f64::from(frequency[number as usize]);
                        let weight = (1.0 + f64::from(count).ln()) * (1.0 + total as f64 / often).ln();
                        (rank[number as usize], weight as f32)
                    })
                    .collect();
                grams.sort_unstable_by_key(|(number, _)| *number);
                grams.truncate(MOST);
                let norm = grams.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
                if norm > 0.0 {
                    for (_, w) in &mut grams {
                        *w /= norm;
                    }
                }
                grams
            })
            .collect();
        Self { names, kinds: frequency.len() }
    }
}

/// How alike two names are: the cosine of their n-grams, from 0 to 1.
pub(super) fn cosine(one: &[Gram], other: &[Gram]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < one.len() && j < other.len() {
        match one[i].0.cmp(&other[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += one[i].1 * other[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum.clamp(0.0, 1.0)
}

/// From n-grams to the names that have them.
pub(super) struct Index {
    /// Where the postings of each n-gram begin.
    starts: Vec<u32>,
    postings: Vec<(u32, f32)>,
    /// Room for one query's sums, and which of them are in use.
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Index {
    /// Of these names.
    pub(super) fn of(names: &[&[Gram]], kinds: usize) -> Self {
        let mut starts = vec![0_u32; kinds + 1];
        for (number, _) in names.iter().copied().flatten() {
            starts[*number as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut postings = vec![(0, 0.0); starts[kinds] as usize];
        for (at, name) in names.iter().enumerate() {
            for (number, weight) in *name {
                let place = &mut next[*number as usize];
                postings[*place as usize] = (at as u32, *weight);
                *place += 1;
            }
        }
        Self { starts, postings, sums: vec![0.0; names.len()], touched: Vec::new() }
    }
    /// Calls with each name that shares an n-gram with `query` and the sum of their common weights. The rarest n-grams
    /// are looked up first, until `budget` postings have been read.
    fn walk(&mut self, query: &[Gram], budget: usize) {
        self.touched.drain(..).for_each(|at| self.sums[at as usize] = 0.0);
        let mut read = 0;
        for (number, weight) in query {
            let (from, to) =
                (self.starts[*number as usize] as usize, self.starts[*number as usize + 1] as usize);
            if read + (to - from) > budget && read > 0 || to - from > budget.saturating_mul(4) {
                break;
            }
            read += to - from;
            for (at, other) in &self.postings[from..to] {
                let sum = &mut self.sums[*at as usize];
                if *sum == 0.0 {
                    self.touched.push(*at);
                }
                *sum += weight * other;
            }
        }
    }
    /// The `most` names that seem most like `query`, best first; equally good ones in their order.
    pub(super) fn nearest(&mut self, query: &[Gram], budget: usize, most: usize) -> Vec<u32> {
        self.walk(query, budget);
        // Few of those that are touched come near: what is no better than the last of the best is passed by.
        let mut best: Vec<(f32, u32)> = Vec::with_capacity(most + 1);
        let mut least = 0.0;
        for &at in &self.touched {
            let sum = self.sums[at as usize];
            if sum < least {
                continue;
            }
            let place = best.partition_point(|other| other.0.total_cmp(&sum).then(at.cmp(&other.1)).is_gt());
            if place == most {
                continue;
            }
            best.insert(place, (sum, at));
            best.truncate(most);
            if best.len() == most {
                least = best[most - 1].0;
            }
        }
        best.into_iter().map(|(_, at)| at).collect()
    }
    /// How alike `query` is to all names that share anything with it.
    pub(super) fn all(&mut self, query: &[Gram]) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.walk(query, usize::MAX);
        self.touched.iter().map(|&at| (at, self.sums[at as usize]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more_than_the_verb_that_all_names_share() {
        let names = ["林木采伐许可证核发", "取水许可证核发", "林木采伐许可", "食品经营许可证核发"];
        let grams = Grams::of(&names);
        let by = |i: usize, j: usize| cosine(&grams.names[i], &grams.names[j]);
        assert!(by(0, 2) > by(0, 1), "{} {}", by(0, 2), by(0, 1));
        let all: Vec<&[Gram]> = grams.names.iter().map(Vec::as_slice).collect();
        let mut index = Index::of(&all, grams.kinds);
        assert_eq!(index.nearest(&grams.names[0], 1_000, 2), [0, 2]);
        assert_eq!(index.all(&grams.names[0]).count(), 4);
    }

    #[test]
    fn the_nearest_are_those_that_sorting_all_gives() {
        // Many are equally near: the first of them count.
        let names: Vec<String> =
            (0..200).map(|at| format!("{}水{}证", ["取", "引", "排"][at % 3], at % 7)).collect();
        let grams = Grams::of(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let all: Vec<&[Gram]> = grams.names.iter().map(Vec::as_slice).collect();
        let mut index = Index::of(&all, grams.kinds);
        for query in &all {
            let mut sorted: Vec<(u32, f32)> = index.all(query).collect();
            sorted.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            for most in [1, 12, 500] {
                let nearest: Vec<u32> = sorted.iter().take(most).map(|(at, _)| *at).collect();
                assert_eq!(index.nearest(query, usize::MAX, most), nearest);
            }
        }
    }
}
