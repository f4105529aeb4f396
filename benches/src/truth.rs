//! Two editions of which it is known what became of each item.

use qingdan::lineage::Lineage;
use qingdan::matching::{By, Options};
use qingdan::text::normal;
use qingdan::{AnyItem, Entry, LicensingItem, Text};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// From an id to an id.
pub(crate) type Pairing = (String, String);

/// Two lists, and the truth.
pub(crate) struct Pair {
    pub(crate) old: Vec<LicensingItem>,
    pub(crate) new: Vec<LicensingItem>,
    pub(crate) truth: HashSet<Pairing>,
}

/// Ids say nothing.
pub(crate) fn by_names() -> Options {
    let mut options = Options::default();
    options.by = By::Names;
    options
}

/// Items as matching takes them.
pub(crate) fn items_of(list: &[LicensingItem]) -> Vec<&dyn AnyItem> {
    list.iter().map(|item| item as &dyn AnyItem).collect()
}

/// Rows of a table by the names of their columns.
fn table<const N: usize>(path: &Path, columns: [&str; N]) -> Result<Vec<[String; N]>, String> {
    let said = |what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
    let mut reader = ::csv::Reader::from_path(path).map_err(|e| said(&e))?;
    let header = reader.headers().map_err(|e| said(&e))?.clone();
    let name = |at: usize| header.get(at).unwrap_or_default().trim_start_matches('\u{feff}');
    let places = columns.map(|column| (0..header.len()).find(|at| name(*at) == column));
    let mut rows = Vec::new();
    for row in reader.into_records() {
        let row = row.map_err(|e| said(&e))?;
        rows.push(places.map(|at| at.and_then(|at| row.get(at)).unwrap_or_default().to_owned()));
    }
    Ok(rows)
}

impl Pair {
    /// A folder with old.csv, new.csv (id, name, department) and truth.csv (from, to).
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let list = |name: &str| {
            table(&folder.join(name), ["id", "name", "department"])
                .map(|rows| rows.into_iter().map(item).collect())
        };
        let (old, new): (Vec<LicensingItem>, Vec<LicensingItem>) = (list("old.csv")?, list("new.csv")?);
        let truth = table(&folder.join("truth.csv"), ["from", "to"])?;
        let ids = |list: &[LicensingItem]| list.iter().map(|item| item.id.clone()).collect::<HashSet<_>>();
        let (of_old, of_new) = (ids(&old), ids(&new));
        let known = |(from, to): &Pairing| of_old.contains(from) && of_new.contains(to);
        Ok(Self { truth: truth.into_iter().map(|[from, to]| (from, to)).filter(known).collect(), old, new })
    }
    /// For how many items the one that carries them on is the right one, and a wrong one; and of those that have no
    /// link, for how many the best candidate is the right one.
    pub(crate) fn carried(&self, lineage: &Lineage) -> [usize; 3] {
        let (mut right, mut wrong, mut open) = (0, 0, 0);
        let mut told: HashSet<&str> = HashSet::new();
        for link in &lineage.links {
            let (Some(from), Some(to)) = (link.from.first(), link.to.first()) else { continue };
            told.extend(link.from.iter().map(String::as_str));
            if self.truth.contains(&(from.clone(), to.clone())) {
                right += 1;
            } else {
                wrong += 1;
            }
        }
        // The best stand first.
        for link in &lineage.candidates {
            let (Some(from), Some(to)) = (link.from.first(), link.to.first()) else { continue };
            if told.insert(from) && self.truth.contains(&(from.clone(), to.clone())) {
                open += 1;
            }
        }
        [right, wrong, open]
    }
    /// What names say of items, by id.
    pub(crate) fn names(&self) -> Names {
        Names { old: by_id(&self.old), new: by_id(&self.new) }
    }
    /// Rows of one name and department, to the letter or, under one id, in normal form: no link to find.
    pub(crate) fn needed(&self) -> HashSet<Pairing> {
        let names = self.names();
        self.truth.iter().filter(|link| !names.is_trivial(link)).cloned().collect()
    }
}

fn item([id, name, department]: [String; 3]) -> LicensingItem {
    let mut item = LicensingItem::new(id, name);
    if !department.is_empty() {
        let _ = item.department.push(department.into());
    }
    item
}

fn by_id(list: &[LicensingItem]) -> HashMap<String, (String, String)> {
    let holder =
        |item: &LicensingItem| item.department.iter().map(Text::as_str).collect::<Vec<_>>().join("、");
    list.iter().map(|item| (Entry::key(item).into_owned(), (item.name.clone(), holder(item)))).collect()
}

/// Names and departments by id.
pub(crate) struct Names {
    old: HashMap<String, (String, String)>,
    new: HashMap<String, (String, String)>,
}

impl Names {
    fn of(&self, link: &Pairing) -> Option<[&(String, String); 2]> {
        Some([self.old.get(link.0.as_str())?, self.new.get(link.1.as_str())?])
    }
    /// As `match_score.py` leaves links out.
    pub(crate) fn is_trivial(&self, link: &Pairing) -> bool {
        let Some([a, b]) = self.of(link) else { return false };
        a == b || link.0 == link.1 && normal(&a.0) == normal(&b.0) && normal(&a.1) == normal(&b.1)
    }
    /// Whether the names share no character but the last.
    pub(crate) fn say_nothing(&self, link: &Pairing) -> bool {
        let Some([a, b]) = self.of(link) else { return false };
        let body = |name: &str| {
            let mut body: Vec<char> = name.chars().collect();
            body.pop();
            body
        };
        let (a, b) = (body(&a.0), body(&b.0));
        !a.iter().any(|c| b.contains(c))
    }
}

/// A link of a lineage, one old and one new id at a time.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) link: Pairing,
    pub(crate) confidence: f64,
    pub(crate) certain: bool,
}

/// What a lineage says, one old and one new id at a time.
pub(crate) fn said(links: &[qingdan::lineage::Link]) -> Vec<Said> {
    let mut out = Vec::new();
    for link in links {
        for from in &link.from {
            for to in &link.to {
                let pairing = (from.clone(), to.clone());
                out.push(Said { link: pairing, confidence: link.confidence, certain: link.certain });
            }
        }
    }
    out
}

/// Pairings that take part in a split or a merge.
pub(crate) fn several(links: &HashSet<Pairing>) -> HashSet<Pairing> {
    let (mut out, mut back): (HashMap<&str, usize>, HashMap<&str, usize>) = (HashMap::new(), HashMap::new());
    for (from, to) in links {
        *out.entry(from).or_default() += 1;
        *back.entry(to).or_default() += 1;
    }
    links.iter().filter(|(from, to)| out[from.as_str()] > 1 || back[to.as_str()] > 1).cloned().collect()
}

/// Precision, recall and F1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Score {
    pub(crate) found: usize,
    pub(crate) truth: usize,
    pub(crate) hit: usize,
}

impl Score {
    pub(crate) fn of(found: &HashSet<Pairing>, truth: &HashSet<Pairing>) -> Self {
        Self { found: found.len(), truth: truth.len(), hit: found.intersection(truth).count() }
    }
    pub(crate) fn precision(self) -> f64 {
        share(self.hit, self.found)
    }
    pub(crate) fn recall(self) -> f64 {
        share(self.hit, self.truth)
    }
    pub(crate) fn f1(self) -> f64 {
        share(2 * self.hit, self.found + self.truth)
    }
}

/// A part of a whole; of nothing, none.
#[expect(clippy::cast_precision_loss, reason = "counts of lists")]
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_share_only_their_last_character_say_nothing() {
        let pair = Pair {
            old: vec![item(["1", "东城县", ""].map(str::to_owned))],
            new: vec![
                item(["1", "西山县", ""].map(str::to_owned)),
                item(["2", "东山县", ""].map(str::to_owned)),
            ],
            truth: HashSet::new(),
        };
        let link = |to: &str| ("1".to_owned(), to.to_owned());
        assert!(pair.names().say_nothing(&link("1")));
        assert!(!pair.names().say_nothing(&link("2")));
    }
}
