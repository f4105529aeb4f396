//! Two names for one thing: bodies that were renamed or are written in short, materials that are called otherwise.
//!
//! A name is followed from row to row, each with the days for which it holds. Nothing is taken for another name
//! unless a row says so: the built-in table ([`Aliases::general`]) is there for whoever asks for it.
//!
//! ```
//! use qingdan::alias::{Alias, AliasKind, Aliases};
//!
//! let aliases = Aliases::new([
//!     Alias::new(AliasKind::Organ, "市工商局", "市市场监管局").since("2019-01-10".parse()?),
//!     Alias::new(AliasKind::Organ, "市市场监管局", "市市场监督管理局"),
//! ]);
//! let name = |day: &str| aliases.canonical(&AliasKind::Organ, "市工商局", day.parse().ok());
//! assert_eq!(name("2018-06-01"), "市工商局");
//! assert_eq!(name("2024-06-01"), "市市场监督管理局");
//! # Ok::<(), qingdan::term::NotADate>(())
//! ```

pub use crate::codes::AliasKind;

use crate::problem::{Message, Problem};
use crate::term::Date;
use crate::text::normal;
use crate::{Map, Record, Text};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

mod general;

/// One row: a name that is another name for something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "alias")]
#[non_exhaustive]
pub struct Alias {
    /// What is named; where it is left out, anything of that name.
    #[record(column("kind", "类型"))]
    pub kind: Option<AliasKind>,
    /// The name as it is found in lists.
    #[record(column("name", "名称"))]
    pub name: Text,
    /// The name that it stands for.
    #[record(column("same_as", "标准名称", "规范名称"))]
    pub same_as: Text,
    /// First day on which it does.
    #[record(column("since", "起始日期"))]
    pub since: Option<Date>,
    /// Last day on which it does.
    #[record(column("until", "截止日期"))]
    pub until: Option<Date>,
    /// Why, or from where.
    #[record(column("note", "备注"))]
    pub note: Text,
    /// Columns that are none of these.
    pub extra: Map<Text>,
}

impl Alias {
    /// A row without days.
    pub fn new(kind: AliasKind, name: impl Into<Text>, same_as: impl Into<Text>) -> Self {
        Self { kind: Some(kind), name: name.into(), same_as: same_as.into(), ..Self::default() }
    }
    /// The same from a day on.
    #[must_use]
    #[inline]
    pub fn since(mut self, day: Date) -> Self {
        self.since = Some(day);
        self
    }
    /// The same up to a day, that day included.
    #[must_use]
    #[inline]
    pub fn until(mut self, day: Date) -> Self {
        self.until = Some(day);
        self
    }
    /// Whether it holds on a day; without a day every row does.
    #[must_use]
    #[inline]
    pub fn holds(&self, on: Option<Date>) -> bool {
        let Some(day) = on else { return true };
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A name in normal form, its row's place, and what it stands for in normal form.
#[derive(Clone, Debug)]
struct Entry {
    row: usize,
    same_as: String,
}

/// Aliases by name.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    rows: Vec<Alias>,
    by_name: HashMap<String, Vec<Entry>>,
}

impl Aliases {
    /// Aliases of these rows. Rows without a name, or without what it stands for, say nothing.
    #[must_use]
    pub fn new(rows: impl IntoIterator<Item = Alias>) -> Self {
        let mut aliases = Self::default();
        aliases.extend(rows);
        aliases
    }

    /// Short names of ministries and the reforms of 2018 and 2023, as general knowledge: for bodies of the nation, not
    /// of places. It is applied by nobody unless asked for.
    #[must_use]
    #[inline]
    pub fn general() -> Self {
        Self::new(general::rows())
    }

    /// The rows in their order.
    #[must_use]
    #[inline]
    pub fn rows(&self) -> &[Alias] {
        &self.rows
    }

    /// Whether there is no row.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The one name, in normal form, of what is called `name` on a day; where no row says otherwise the name itself.
    ///
    /// Rows are followed as far as they lead. Of several that hold on the day the first counts. Rows that lead in a
    /// circle end at the least of its names, wherever one entered.
    #[must_use]
    #[inline]
    pub fn canonical<'a>(&self, kind: &AliasKind, name: &'a str, on: Option<Date>) -> Cow<'a, str> {
        let form = normal(name);
        let Some(mut next) = self.step(kind, &form, on) else { return form };
        let mut seen: Vec<&str> = vec![&form];
        while !seen.contains(&next) {
            // A chain of more names than this is followed with a set at hand.
            if seen.len() == 32 {
                return Cow::Owned(self.far(kind, next, on));
            }
            seen.push(next);
            match self.step(kind, next, on) {
                Some(further) => next = further,
                None => return Cow::Owned(next.to_owned()),
            }
        }
        let circle = seen.iter().position(|name| *name == next).unwrap_or(0);
        Cow::Owned(seen[circle..].iter().min().unwrap_or(&next).to_string())
    }

    /// The end of a long chain.
    #[inline]
    fn far(&self, kind: &AliasKind, from: &str, on: Option<Date>) -> String {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut seen: Vec<&str> = Vec::new();
        let mut name = from;
        loop {
            if let Some(&circle) = places.get(name) {
                return (*seen[circle..].iter().min().unwrap_or(&name)).to_owned();
            }
            places.insert(name, seen.len());
            seen.push(name);
            match self.step(kind, name, on) {
                Some(next) => name = next,
                None => return name.to_owned(),
            }
        }
    }

    /// What the first row says that holds.
    #[inline]
    fn step(&self, kind: &AliasKind, form: &str, on: Option<Date>) -> Option<&str> {
        let holds = |entry: &&Entry| {
            let row = &self.rows[entry.row];
            row.kind.as_ref().is_none_or(|of| of == kind) && row.holds(on)
        };
        self.by_name.get(form)?.iter().find(holds).map(|entry| &*entry.same_as)
    }

    /// What is wrong with the rows: circles, names that stand for two things on one day. Each names its row by its
    /// place from 0 (`/3`), as in a JSON file.
    #[must_use]
    #[inline]
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (place, row) in self.rows.iter().enumerate() {
            let form = normal(&row.name);
            let entries = self.by_name.get(&*form).map_or(&[][..], Vec::as_slice);
            let Some(own) = entries.iter().find(|entry| entry.row == place) else { continue };
            let rival = entries
                .iter()
                .take_while(|entry| entry.row < place)
                .find(|entry| entry.same_as != own.same_as && overlap(&self.rows[entry.row], row));
            if let Some(rival) = rival {
                let (name, one, other) = (&row.name, &self.rows[rival.row].same_as, &row.same_as);
                problems.push(
                    Problem::warning(
                        "alias/two-meanings",
                        Message::new(
                            format!("“{name}”在同一天既指“{one}”又指“{other}”；以前者为准，请给出起止日期"),
                            format!("`{name}` stands for `{one}` and for `{other}` on one day: the first counts; give both their days"),
                        ),
                    )
                    .at_path(format!("/{place}")),
                );
            }
        }
        for circle in self.circles() {
            let names: Vec<&str> = circle.iter().map(|&row| &*self.rows[row].name).collect();
            let names = names.join(" → ");
            problems.push(
                Problem::warning(
                    "alias/circle",
                    Message::new(
                        format!("别名循环：{names}；请删去其中一行"),
                        format!("these names stand for each other in a circle: {names}; take one row out"),
                    ),
                )
                .at_path(format!("/{}", circle[0])),
            );
        }
        problems
    }

    /// The rows of each circle that is closed on some day, from its first row on; each circle once.
    #[inline]
    fn circles(&self) -> Vec<Vec<usize>> {
        let alive = self.in_circles();
        // A circle is closed on the first day of one of its rows, or before all days.
        let mut days: BTreeSet<Date> = alive.iter().filter_map(|&row| self.rows[row].since).collect();
        days.extend(alive.iter().filter_map(|&row| self.rows[row].until));
        let mut found: BTreeSet<Vec<usize>> = BTreeSet::new();
        for day in days {
            self.circles_on(Some(day), &alive, &mut found);
        }
        if alive.iter().all(|&row| self.rows[row].since.is_none() && self.rows[row].until.is_none()) {
            self.circles_on(None, &alive, &mut found);
        }
        found.into_iter().collect()
    }

    /// The rows that may be in a circle, days aside: without those whose name no row leads to, and those that lead to
    /// no row, one after the other.
    #[inline]
    fn in_circles(&self) -> BTreeSet<usize> {
        let mut alive: BTreeSet<usize> = self.by_name.values().flatten().map(|entry| entry.row).collect();
        let ends = |row: usize| (normal(&self.rows[row].name), normal(&self.rows[row].same_as));
        let mut meant: HashMap<Cow<'_, str>, Vec<usize>> = HashMap::new();
        for &row in &alive {
            meant.entry(ends(row).1).or_default().push(row);
        }
        // How many rows go out of a name, and how many lead to it.
        let mut out: HashMap<&str, usize> =
            self.by_name.iter().map(|(name, rows)| (&**name, rows.len())).collect();
        let mut into: HashMap<Cow<'_, str>, usize> =
            meant.iter().map(|(name, rows)| (name.clone(), rows.len())).collect();
        let mut doubted: Vec<usize> = alive.iter().copied().collect();
        while let Some(row) = doubted.pop() {
            let (name, same_as) = ends(row);
            let open = into.get(&name).is_none_or(|n| *n == 0) || out.get(&*same_as).is_none_or(|n| *n == 0);
            if !open || !alive.remove(&row) {
                continue;
            }
            if let Some(count) = out.get_mut(&*name) {
                *count -= 1;
                if *count == 0 {
                    doubted.extend(meant.get(&name).into_iter().flatten());
                }
            }
            if let Some(count) = into.get_mut(&same_as) {
                *count -= 1;
                if *count == 0 {
                    doubted.extend(self.by_name.get(&*same_as).into_iter().flatten().map(|entry| entry.row));
                }
            }
        }
        alive
    }

    #[inline]
    fn circles_on(&self, on: Option<Date>, alive: &BTreeSet<usize>, found: &mut BTreeSet<Vec<usize>>) {
        let next = |row: usize| {
            let kind = self.rows[row].kind.clone();
            let entries = self.by_name.get(&*normal(&self.rows[row].same_as))?;
            let fits = |entry: &&Entry| {
                let of = &self.rows[entry.row];
                of.holds(on) && (of.kind.is_none() || kind.is_none() || of.kind == kind)
            };
            entries.iter().find(fits).map(|entry| entry.row)
        };
        let mut done: BTreeSet<usize> = BTreeSet::new();
        for &start in alive.iter().filter(|&&row| self.rows[row].holds(on)) {
            let mut path: Vec<usize> = Vec::new();
            let mut here: HashMap<usize, usize> = HashMap::new();
            let mut row = Some(start);
            while let Some(at) = row.filter(|at| !done.contains(at)) {
                if let Some(&from) = here.get(&at) {
                    let mut circle = path[from..].to_vec();
                    let least = circle.iter().enumerate().min_by_key(|(_, row)| **row).map_or(0, |(i, _)| i);
                    circle.rotate_left(least);
                    found.insert(circle);
                    break;
                }
                here.insert(at, path.len());
                path.push(at);
                row = next(at);
            }
            done.extend(path);
        }
    }
}

/// Whether two rows hold on one day, and are about one kind.
#[inline]
fn overlap(one: &Alias, other: &Alias) -> bool {
    let kinds = one.kind.is_none() || other.kind.is_none() || one.kind == other.kind;
    let before =
        |a: &Alias, b: &Alias| matches!((a.until, b.since), (Some(until), Some(since)) if until < since);
    kinds && !before(one, other) && !before(other, one)
}

impl Extend<Alias> for Aliases {
    fn extend<I: IntoIterator<Item = Alias>>(&mut self, rows: I) {
        for row in rows {
            let (name, same_as) = (normal(&row.name).into_owned(), normal(&row.same_as).into_owned());
            if !name.is_empty() && !same_as.is_empty() {
                self.by_name.entry(name).or_default().push(Entry { row: self.rows.len(), same_as });
            }
            self.rows.push(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AliasKind::{Material, Organ};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn names_are_followed_from_row_to_row() {
        let aliases = Aliases::new([
            Alias::new(Organ, "甲", "乙"),
            Alias::new(Organ, "乙", "丙"),
            Alias::new(Material, "甲", "丁"),
        ]);
        assert_eq!(aliases.canonical(&Organ, "甲", None), "丙");
        assert_eq!(aliases.canonical(&Material, "甲", None), "丁");
        assert_eq!(aliases.canonical(&Organ, "戊（己）", None), "戊(己)");
        assert_eq!(aliases.canonical(&Organ, " 甲 ", None), "丙");
        assert_eq!(aliases.problems(), []);
        // A row that does not say what is meant is about anything.
        let mut any = Alias::new(Organ, "身份证", "居民身份证");
        any.kind = None;
        assert_eq!(Aliases::new([any]).canonical(&Material, "身份证", None), "居民身份证");
    }

    #[test]
    fn both_days_of_a_row_count() {
        let row = Alias::new(Organ, "甲", "乙").since(day("2018-03-17")).until(day("2023-03-09"));
        let aliases = Aliases::new([row, Alias::new(Organ, "甲", "丙").since(day("2023-03-10"))]);
        let name = |text: &str| aliases.canonical(&Organ, "甲", Some(day(text)));
        assert_eq!(name("2018-03-16"), "甲");
        assert_eq!(name("2018-03-17"), "乙");
        assert_eq!(name("2023-03-09"), "乙");
        assert_eq!(name("2023-03-10"), "丙");
        assert_eq!(aliases.canonical(&Organ, "甲", None), "乙");
        assert_eq!(aliases.problems(), []);
    }

    #[test]
    fn a_circle_ends_and_is_a_problem() {
        let aliases = Aliases::new([
            Alias::new(Organ, "丁", "乙"),
            Alias::new(Organ, "乙", "甲"),
            Alias::new(Organ, "甲", "丙"),
            Alias::new(Organ, "丙", "乙"),
            Alias::new(Organ, "戊", "戊"),
        ]);
        for name in ["甲", "乙", "丙", "丁"] {
            assert_eq!(aliases.canonical(&Organ, name, None), "丙", "{name}");
        }
        assert_eq!(aliases.canonical(&Organ, "戊", None), "戊");
        let said: Vec<_> = aliases.problems().iter().map(|p| p.message.en.clone()).collect();
        assert_eq!(said.len(), 2);
        assert!(said[0].contains("乙 → 甲 → 丙"), "{said:?}");
        // There and back at different times is no circle.
        let aliases = Aliases::new([
            Alias::new(Organ, "甲", "乙").until(day("2018-12-31")),
            Alias::new(Organ, "乙", "甲").since(day("2019-01-01")),
        ]);
        assert_eq!(aliases.problems(), []);
        assert_eq!(aliases.canonical(&Organ, "甲", Some(day("2019-05-01"))), "甲");
        assert_eq!(aliases.canonical(&Organ, "甲", None), aliases.canonical(&Organ, "乙", None));
    }

    #[test]
    fn a_chain_of_any_length_is_followed() {
        let link = |n: u32| Alias::new(Organ, format!("名{n}"), format!("名{}", n + 1));
        let aliases = Aliases::new((0..5000).map(link));
        assert_eq!(aliases.canonical(&Organ, "名0", None), "名5000");
        assert_eq!(aliases.problems(), []);
        let aliases = Aliases::new((0..100).map(link).chain([Alias::new(Organ, "名100", "名50")]));
        assert_eq!(aliases.canonical(&Organ, "名0", None), "名100");
        assert_eq!(aliases.problems().len(), 1);
    }

    #[test]
    fn two_meanings_on_one_day_are_said() {
        let aliases = Aliases::new([Alias::new(Organ, "甲", "乙"), Alias::new(Organ, "甲", "丙")]);
        assert_eq!(aliases.problems().len(), 1);
        assert_eq!(aliases.canonical(&Organ, "甲", None), "乙");
    }

    #[test]
    fn the_general_table_is_sound_and_applied_by_nobody_else() {
        let general = Aliases::general();
        assert_eq!(general.problems(), []);
        assert!(general.rows().iter().all(|row| !row.note.is_empty()));
        let name = |text: &str, on: &str| general.canonical(&Organ, text, Some(day(on))).into_owned();
        assert_eq!(name("国家发改委", "2024-01-01"), "国家发展和改革委员会");
        assert_eq!(name("银保监会", "2022-01-01"), "中国银行保险监督管理委员会");
        assert_eq!(name("银保监会", "2024-01-01"), "国家金融监督管理总局");
        assert_eq!(name("银监会", "2024-01-01"), "国家金融监督管理总局");
        assert_eq!(name("国家工商行政管理总局", "2017-01-01"), "国家工商行政管理总局");
        assert_eq!(name("国家工商行政管理总局", "2019-01-01"), "国家市场监督管理总局");
        assert_eq!(Aliases::default().canonical(&Organ, "国家发改委", None), "国家发改委");
    }
}
