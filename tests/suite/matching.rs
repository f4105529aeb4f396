//! Matching by name and content, from outside: what it must do on lists of any kind, and how right it is on real pairs.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use qingdan::diff::{Comparing, Differences};
use qingdan::lineage::{Lineage, Link};
use qingdan::matching::{By, Options};
use qingdan::value::{diff_as, patched};
use qingdan::{AnyCatalogue, Catalogue, Header, LicensingItem, Pairs, SharedList};
use std::collections::{BTreeSet, HashMap, HashSet};
#[cfg(feature = "csv")]
use std::path::Path;

fn by(by: By) -> Options {
    let mut options = Options::default();
    options.by = by;
    options
}

/// A list of these items; keys that repeat are numbered, as tables without ids are read.
fn list(items: Vec<LicensingItem>) -> AnyCatalogue {
    let mut out = SharedList::new();
    let mut seen: HashMap<String, u32> = HashMap::new();
    for mut item in items {
        let times = seen.entry(item.id.clone()).or_default();
        *times += 1;
        item.occurrence = (*times > 1).then_some(*times);
        out.push(item).unwrap();
    }
    AnyCatalogue::Licensing(Catalogue::new(Header::default(), out))
}

/// An item whose id is derived from its name, as of lists without ids.
fn unnumbered(name: &str, department: &str, remarks: &str) -> LicensingItem {
    let mut item = numbered(name, name, department, remarks);
    item.derived = true;
    item
}

fn numbered(id: &str, name: &str, department: &str, remarks: &str) -> LicensingItem {
    let mut item = LicensingItem::new(id, name);
    if !department.is_empty() {
        item.department.push(department.into()).unwrap();
    }
    item.remarks = remarks.into();
    item
}

/// In an order that has nothing to do with the one before.
fn shuffled<T>(mut items: Vec<T>) -> Vec<T> {
    let mut state = 0x9E37_79B9_u64;
    for at in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(at, (state >> 33) as usize % (at + 1));
    }
    items
}

fn told(old: &AnyCatalogue, new: &AnyCatalogue, lineage: &Lineage) -> Differences {
    let changes = old.changes_to(new, &lineage.pairs()).unwrap();
    let mut comparing = Comparing::default();
    comparing.lineage = lineage.clone();
    changes.differences(old, new, &comparing).unwrap()
}

/// What holds of every lineage. Answers the differences that are told by it.
fn laws(old: &AnyCatalogue, new: &AnyCatalogue, options: &Options) -> (Lineage, Differences) {
    let lineage = old.lineage_to(new, options).unwrap();
    assert_eq!(lineage, old.lineage_to(new, options).unwrap(), "the same from run to run");
    let keys = |list: &AnyCatalogue| -> HashSet<String> {
        list.items().iter().map(|item| item.key().into_owned()).collect()
    };
    let (of_old, of_new) = (keys(old), keys(new));
    let (mut from, mut to) = (HashSet::new(), HashSet::new());
    for link in &lineage.links {
        assert!(!link.from.is_empty() && !link.to.is_empty(), "{link:?}");
        assert!(link.from.len() == 1 || link.to.len() == 1, "{link:?}");
        assert!((0.0..=1.0).contains(&link.confidence), "{link:?}");
        assert!(link.confidence >= options.min_confidence, "{link:?}");
        assert!(!link.certain || link.confidence >= 0.95, "{link:?}");
        assert!(!link.certain || link.from.len() == link.to.len(), "{link:?}");
        assert!(!link.reasons.is_empty(), "{link:?}");
        for id in &link.from {
            assert!(
                of_old.contains(id) && from.insert(id.clone()),
                "{id} stands in two links, or in no list"
            );
        }
        for id in &link.to {
            assert!(of_new.contains(id) && to.insert(id.clone()), "{id} stands in two links, or in no list");
        }
    }
    let mut last = 1.0;
    for candidate in &lineage.candidates {
        assert!(!candidate.certain, "{candidate:?}");
        assert!(candidate.confidence <= last, "the best first");
        last = candidate.confidence;
    }
    let delta = diff_as(old, new, &lineage.pairs());
    assert!(patched(old, delta.as_ref()).as_ref() == Ok(new), "made");
    let differences = told(old, new, &lineage);
    let s = differences.summary;
    let sum = |side: fn(&qingdan::Adjustment) -> usize, other: fn(&qingdan::Adjustment) -> usize| -> usize {
        differences.adjustments.iter().filter(|a| other(a) > 0).map(side).sum()
    };
    assert_eq!((s.before, s.after), (old.len(), new.len()));
    assert_eq!(s.before, s.unchanged + s.removed + sum(|a| a.from.len(), |a| a.to.len()), "{s:?}");
    assert_eq!(s.after, s.unchanged + s.added + sum(|a| a.to.len(), |a| a.from.len()), "{s:?}");
    let named = s.split + s.merged + s.renamed + s.recoded + s.edited;
    let both = differences.adjustments.iter().filter(|a| !a.from.is_empty() && !a.to.is_empty()).count();
    assert_eq!(named, both, "{s:?}");
    assert_eq!(s.uncertain, differences.adjustments.iter().filter(|a| !a.certain).count(), "{s:?}");
    (lineage, differences)
}

/// Names as lists have them: all different.
fn names(count: usize) -> Vec<String> {
    const OBJECTS: [&str; 8] =
        ["林木", "取水", "食品", "药品", "道路运输", "医疗机构", "烟花爆竹", "危险化学品"];
    const ACTIONS: [&str; 6] = ["采伐", "经营", "生产", "设立", "仓储", "进口"];
    const ENDINGS: [&str; 4] = ["许可", "审批", "许可证核发", "核准"];
    (0..count)
        .map(|at| {
            let (object, action, ending) = (OBJECTS[at % 8], ACTIONS[at / 8 % 6], ENDINGS[at / 48 % 4]);
            let round = at / 192;
            let scope = if round == 0 { String::new() } else { format!("（第{round}类）") };
            format!("{object}{action}{ending}{scope}")
        })
        .collect()
}

#[test]
fn a_person_may_part_two_items_of_one_name() {
    use qingdan::AnyItem;
    use qingdan::matching::{self, Decided, Decision};
    let items = |ids: &[&str]| -> Vec<LicensingItem> {
        ids.iter().map(|id| LicensingItem::new(*id, "取水许可")).collect()
    };
    let (old, new) = (items(&["A"]), items(&["B"]));
    let old: Vec<&dyn AnyItem> = old.iter().map(|item| item as &dyn AnyItem).collect();
    let new: Vec<&dyn AnyItem> = new.iter().map(|item| item as &dyn AnyItem).collect();
    let mut options = matching::Options::default();
    assert_eq!(matching::lineage(&old, &new, &options).links.len(), 1);
    let rows = [Decision::new("A", "B", qingdan::codes::Verdict::Different)];
    (options.decided, _) = Decided::of(&rows, &old, &new);
    assert_eq!(matching::lineage(&old, &new, &options).links, []);
}

#[test]
fn a_shuffled_list_without_ids_has_no_adjustment() {
    let items = |order: Vec<String>| {
        list(
            order
                .iter()
                .map(|name| unnumbered(name, &name.chars().take(2).collect::<String>(), ""))
                .collect(),
        )
    };
    let (old, new) = (items(names(500)), items(shuffled(names(500))));
    for options in [by(By::Auto), by(By::Names)] {
        let (lineage, differences) = laws(&old, &new, &options);
        assert_eq!(differences.adjustments.len() + differences.cosmetic.len(), 0);
        assert_eq!(differences.summary.unchanged, 500);
        assert!(lineage.links.iter().all(|link| link.certain));
        assert!(lineage.candidates.is_empty());
    }
}

#[test]
fn a_shuffled_list_with_ids_has_no_adjustment_whatever_it_is_matched_by() {
    let items =
        |order: Vec<String>| list(order.iter().map(|n| numbered(&format!("0{n}"), n, "", "")).collect());
    let (old, new) = (items(names(300)), items(shuffled(names(300))));
    for options in [by(By::Auto), by(By::Codes), by(By::Names)] {
        let (_, differences) = laws(&old, &new, &options);
        assert_eq!(differences.adjustments.len() + differences.cosmetic.len(), 0, "{options:?}");
    }
}

#[test]
fn a_shuffled_list_with_other_ids_is_recoded_and_nothing_else() {
    let items = |prefix: &str, order: Vec<String>| {
        list(order.iter().map(|name| numbered(&format!("{prefix}{name}"), name, "", "")).collect())
    };
    let (old, new) = (items("1", names(300)), items("2", shuffled(names(300))));
    for options in [by(By::Auto), by(By::Names)] {
        let (_, differences) = laws(&old, &new, &options);
        assert_eq!((differences.summary.recoded, differences.adjustments.len()), (300, 300));
        assert_eq!(differences.summary.uncertain, 0);
    }
}

#[test]
fn ids_that_were_given_to_other_items_say_nothing_by_names() {
    // Each item bears the id that its neighbour had.
    let names = names(60);
    let old = list(names.iter().enumerate().map(|(at, n)| numbered(&at.to_string(), n, "", "")).collect());
    let new = list(
        names.iter().enumerate().map(|(at, n)| numbered(&((at + 1) % 60).to_string(), n, "", "")).collect(),
    );
    let (_, differences) = laws(&old, &new, &by(By::Names));
    assert_eq!((differences.summary.recoded, differences.adjustments.len()), (60, 60));
    // By codes they say all.
    let (_, differences) = laws(&old, &new, &by(By::Codes));
    assert_eq!((differences.summary.renamed, differences.adjustments.len()), (60, 60));
}

#[test]
fn a_list_against_an_empty_one() {
    let some = list(names(200).iter().map(|name| unnumbered(name, "", "")).collect());
    let none = list(Vec::new());
    for options in [by(By::Auto), by(By::Codes), by(By::Names)] {
        let (lineage, differences) = laws(&some, &none, &options);
        assert_eq!(lineage, Lineage::default());
        assert_eq!(differences.summary.removed, 200);
        let (lineage, differences) = laws(&none, &some, &options);
        assert_eq!(lineage, Lineage::default());
        assert_eq!(differences.summary.added, 200);
        assert_eq!(laws(&none, &none, &options).0, Lineage::default());
    }
}

#[test]
fn ten_thousand_equal_rows_are_equal() {
    let rows = |count: usize| list((0..count).map(|_| unnumbered("取水许可", "水利局", "")).collect());
    let (_, differences) = laws(&rows(10_000), &rows(10_000), &by(By::Names));
    assert!(!differences.any());
    let (_, differences) = laws(&rows(10_000), &rows(9_990), &by(By::Names));
    assert_eq!((differences.summary.removed, differences.adjustments.len()), (10, 10));
}

#[test]
fn of_ten_thousand_rows_with_one_name_none_is_guessed_for_certain() {
    let rows = |edition: &str| {
        list((0..10_000).map(|at| unnumbered("取水许可", "水利局", &format!("{edition}{at}"))).collect())
    };
    let (lineage, _) = laws(&rows("甲"), &rows("乙"), &by(By::Names));
    assert!(lineage.links.iter().all(|link| !link.certain));
    // Equal content is no guess, wherever it stands.
    let rows = |order: Vec<usize>| {
        list(order.iter().map(|at| unnumbered("取水许可", "水利局", &format!("{at}类"))).collect())
    };
    let (old, new) = (rows((0..10_000).collect()), rows(shuffled((0..10_000).collect())));
    let (lineage, differences) = laws(&old, &new, &by(By::Names));
    assert!(lineage.links.iter().all(|link| link.certain));
    let content = differences.adjustments.iter().flat_map(|a| &a.fields);
    assert!(content.clone().all(|field| field != "remarks"), "{:?}", content.collect::<HashSet<_>>());
}

#[test]
fn where_all_rows_of_one_name_come_to_bear_another_none_is_certain() {
    let rows = |name: &str| list((0..3_000).map(|at| unnumbered(name, "水利局", &at.to_string())).collect());
    let (lineage, _) = laws(&rows("取水许可"), &rows("取水审批"), &by(By::Names));
    assert!(lineage.links.iter().all(|link| !link.certain), "{:?}", lineage.links.iter().find(|l| l.certain));
}

#[test]
fn names_of_ten_thousand_characters() {
    let long = |at: usize, edit: &str| {
        let mut name = String::new();
        for part in names(600).iter().skip(at) {
            name += &format!("{part}{at}{edit}、");
        }
        name.chars().cycle().take(10_000).collect::<String>()
    };
    let old = list((0..30).map(|at| numbered(&format!("a{at}"), &long(at, ""), "", "")).collect());
    let new = list((0..30).rev().map(|at| numbered(&format!("b{at}"), &long(at, "类"), "", "")).collect());
    let (lineage, _) = laws(&old, &new, &by(By::Names));
    for link in &lineage.links {
        assert!(!link.certain || link.from[0][1..] == link.to[0][1..], "{link:?}");
    }
}

// ── generated lists ─────────────────────────────────────────────────────────

/// An edit of one edition.
#[derive(Clone, Debug)]
enum Edit {
    Remove(Index),
    Add(Index, Box<LicensingItem>),
    Rename(Index, &'static str),
    Recode(Index),
    Split(Index, usize),
    Merge(Index, Index),
    Move(Index, Index),
    Reorganise(&'static str, &'static str),
    Remark(Index),
}

const DEPARTMENTS: [&str; 4] = ["", "市水利局", "市林业局", "市林业和草原局"];
const ENDS: [&str; 4] = ["（市级权限）", "审批", "（试点）", "及变更"];

fn item() -> impl Strategy<Value = LicensingItem> {
    let name = prop::sample::select(names(100));
    let remarks = prop::sample::select(vec!["", "", "甲", "乙"]);
    (name, prop::sample::select(DEPARTMENTS.to_vec()), remarks, "[a-z]{6}")
        .prop_map(|(name, department, remarks, id)| numbered(&id, &name, department, remarks))
}

fn edit() -> impl Strategy<Value = Edit> {
    let end = prop::sample::select(ENDS.to_vec());
    let department = || prop::sample::select(DEPARTMENTS.to_vec());
    prop_oneof![
        any::<Index>().prop_map(Edit::Remove),
        (any::<Index>(), item()).prop_map(|(at, item)| Edit::Add(at, Box::new(item))),
        (any::<Index>(), end).prop_map(|(at, end)| Edit::Rename(at, end)),
        any::<Index>().prop_map(Edit::Recode),
        (any::<Index>(), 2..4_usize).prop_map(|(at, parts)| Edit::Split(at, parts)),
        (any::<Index>(), any::<Index>()).prop_map(|(at, other)| Edit::Merge(at, other)),
        (any::<Index>(), any::<Index>()).prop_map(|(at, to)| Edit::Move(at, to)),
        (department(), department()).prop_map(|(from, to)| Edit::Reorganise(from, to)),
        any::<Index>().prop_map(Edit::Remark),
    ]
}

fn edited(mut items: Vec<LicensingItem>, edits: &[Edit]) -> Vec<LicensingItem> {
    for edit in edits {
        let n = items.len();
        match edit {
            Edit::Add(at, item) => items.insert(at.index(n + 1), (**item).clone()),
            _ if n == 0 => {}
            Edit::Remove(at) => drop(items.remove(at.index(n))),
            Edit::Rename(at, end) => items[at.index(n)].name.push_str(end),
            Edit::Recode(at) => items[at.index(n)].id.push('x'),
            Edit::Split(at, parts) => {
                let at = at.index(n);
                let whole = items.remove(at);
                for part in 0..*parts {
                    let mut item = whole.clone();
                    item.name.push_str(["（一）", "（二）", "（三）"][part]);
                    item.id.push_str(&part.to_string());
                    items.insert(at + part, item);
                }
            }
            Edit::Merge(at, other) => {
                let gone = items[other.index(n)].name.clone();
                let name = &mut items[at.index(n)].name;
                *name = format!("{name}、{gone}");
                items.remove(other.index(n));
            }
            Edit::Move(at, to) => {
                let item = items.remove(at.index(n));
                items.insert(to.index(n), item);
            }
            Edit::Reorganise(from, to) => {
                for item in &mut items {
                    if item.department.iter().any(|d| d.as_str() == *from) {
                        item.department = numbered("", "", to, "").department;
                    }
                }
            }
            Edit::Remark(at) => items[at.index(n)].remarks = "丙".into(),
        }
    }
    items
}

/// Ids of the list, or derived ones.
fn as_read(items: &[LicensingItem], derived: bool) -> AnyCatalogue {
    let mut items = items.to_vec();
    if derived {
        for item in &mut items {
            item.id = item.name.clone();
            item.derived = true;
        }
    }
    list(items)
}

/// Certain one-to-one links of this confidence at least, by what they join.
fn joined(lineage: &Lineage, least: f64, mirrored: bool) -> BTreeSet<(String, String)> {
    let links = lineage.links.iter().filter(|l| l.certain && l.confidence >= least);
    let pair = |link: &Link| (link.from[0].clone(), link.to[0].clone());
    links.map(pair).map(|(a, b)| if mirrored { (b, a) } else { (a, b) }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_was_edited_the_lineage_keeps_its_laws(
        items in vec(item(), 0..40), edits in vec(edit(), 0..12), derived in any::<(bool, bool)>(),
    ) {
        let old = as_read(&items, derived.0);
        let new = as_read(&edited(items, &edits), derived.1);
        for options in [by(By::Auto), by(By::Names), by(By::Codes)] {
            laws(&old, &new, &options);
        }
    }

    #[test]
    fn unrelated_lists_keep_the_laws_too(a in vec(item(), 0..25), b in vec(item(), 0..25)) {
        laws(&as_read(&a, true), &as_read(&b, true), &by(By::Names));
    }

    #[test]
    fn rows_that_stand_once_on_both_sides_are_linked_in_any_order(
        items in vec(item(), 0..30), edits in vec(edit(), 0..8),
    ) {
        let new = edited(items.clone(), &edits);
        let once = |items: &[LicensingItem]| -> HashSet<(String, String)> {
            let mut count: HashMap<(String, String), usize> = HashMap::new();
            for item in items {
                let holder = item.department.iter().map(qingdan::Text::as_str).collect::<String>();
                *count.entry((item.name.clone(), holder)).or_default() += 1;
            }
            count.into_iter().filter(|(_, n)| *n == 1).map(|(row, _)| row).collect()
        };
        let both: HashSet<_> = once(&items).intersection(&once(&new)).cloned().collect();
        for order in [new.clone(), shuffled(new)] {
            let (a, b) = (as_read(&items, false), as_read(&order, false));
            let lineage = a.lineage_to(&b, &by(By::Names)).unwrap();
            let certain = lineage.links.iter().filter(|l| l.certain && l.from.len() == 1 && l.to.len() == 1);
            prop_assert!(certain.count() >= both.len(), "{both:?} {:?}", lineage.links);
        }
    }

    #[test]
    fn swapping_the_lists_mirrors_what_is_equal_and_contradicts_nothing_certain(
        items in vec(item(), 0..40), edits in vec(edit(), 0..12),
    ) {
        let (old, new) = (as_read(&items, false), as_read(&edited(items, &edits), false));
        let there = old.lineage_to(&new, &by(By::Names)).unwrap();
        let back = new.lineage_to(&old, &by(By::Names)).unwrap();
        // Scores are not mirrored to the last digit: what names and places say is counted in the list that is new.
        prop_assert_eq!(joined(&there, 1.0, false), joined(&back, 1.0, true));
        let (there, back) = (joined(&there, 0.0, false), joined(&back, 0.0, true));
        let forward: HashMap<&String, &String> = back.iter().map(|(a, b)| (a, b)).collect();
        let backward: HashMap<&String, &String> = back.iter().map(|(a, b)| (b, a)).collect();
        for (from, to) in &there {
            prop_assert!(forward.get(from).is_none_or(|other| *other == to), "{} {}", from, to);
            prop_assert!(backward.get(to).is_none_or(|other| *other == from), "{} {}", from, to);
        }
    }
}

// ── real pairs ──────────────────────────────────────────────────────────────

/// Rows of a table with these columns, whose cells hold no line breaks.
#[cfg(feature = "csv")]
fn rows<const N: usize>(path: &Path, columns: [&str; N]) -> Vec<[String; N]> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = columns
        .map(|column| header.iter().position(|name| name.trim_start_matches('\u{feff}') == column).unwrap());
    reader.records().map(|row| row.unwrap()).map(|row| at.map(|at| row[at].to_owned())).collect()
}

/// What is found of a pair: links found, true ones to find, those found that are true; and the same of certain links.
/// As `match_score.py` counts: rows that are equal to the letter, or under one id in normal form, are no link to find.
#[cfg(feature = "csv")]
fn scored(folder: &Path) -> [(usize, usize, usize); 2] {
    use qingdan::text::normal;
    let read = |name: &str| rows(&folder.join(name), ["id", "name", "department"]);
    let (old, new) = (read("old.csv"), read("new.csv"));
    let as_list = |rows: &[[String; 3]]| {
        list(rows.iter().map(|[id, name, department]| numbered(id, name, department, "")).collect())
    };
    let lineage = as_list(&old).lineage_to(&as_list(&new), &by(By::Names)).unwrap();
    let by_id = |rows: &[[String; 3]]| -> HashMap<String, [String; 2]> {
        rows.iter().map(|[id, name, holder]| (id.clone(), [name.clone(), holder.clone()])).collect()
    };
    let (old, new) = (by_id(&old), by_id(&new));
    let trivial = |(from, to): &(String, String)| {
        let (a, b) = (&old[from], &new[to]);
        a == b || from == to && (0..2).all(|at| normal(&a[at]) == normal(&b[at]))
    };
    let truth: HashSet<(String, String)> = rows(&folder.join("truth.csv"), ["from", "to"])
        .into_iter()
        .map(|[from, to]| (from, to))
        .filter(|(from, to)| old.contains_key(from) && new.contains_key(to))
        .filter(|link| !trivial(link))
        .collect();
    [false, true].map(|certain| {
        let links = lineage.links.iter().filter(|link| link.certain || !certain);
        let found: HashSet<(String, String)> = links
            .flat_map(|link| link.from.iter().flat_map(|a| link.to.iter().map(|b| (a.clone(), b.clone()))))
            .filter(|link| !trivial(link))
            .collect();
        (found.len(), truth.len(), found.intersection(&truth).count())
    })
}

#[cfg(feature = "csv")]
#[test]
#[expect(clippy::cast_precision_loss, reason = "counts of links")]
fn real_pairs_are_matched_better_than_by_a_rival_that_was_tuned_for_each() {
    let Some(data) = crate::real_lists::data() else { return };
    // What the rival reaches with the truth in hand (README.md of the data).
    for (pair, rival) in [
        ("areacodes-1990-2000", 0.82),
        ("areacodes-2000-2012", 0.73),
        ("gbt4754-2002-2011", 0.62),
        ("naics-2002-2007", 0.60),
    ] {
        let [(found, truth, hit), (certain, _, sure)] = scored(&data.join("pairs").join(pair));
        let f1 = 2.0 * hit as f64 / (found + truth) as f64;
        let (precision, recall) = (sure as f64 / certain as f64, sure as f64 / truth as f64);
        assert!(f1 >= rival, "{pair}: F1 {f1:.3}");
        assert!(precision >= 0.99, "{pair}: of certain links {precision:.3} are true");
        assert!(!pair.starts_with("areacodes") || recall >= 0.5, "{pair}: {recall:.3} are certain");
    }
}

#[test]
fn codes_that_only_count_the_rows_are_no_ids() {
    let names = [
        "校车使用许可",
        "教师资格认定",
        "民办学校设立审批",
        "适龄儿童少年延缓入学审批",
        "举办自学考试助学审批",
    ];
    let of = |names: &[&str]| {
        let rows = names.iter().enumerate();
        list(rows.map(|(at, name)| numbered(&format!("JY-{at:03}"), name, "市教育局", "")).collect())
    };
    let (before, after) = (of(&names), of(&names[1..]));
    let lineage = before.lineage_to(&after, &Options::default()).unwrap();
    for at in 1..names.len() {
        let link = lineage.of_old(&format!("JY-{at:03}")).unwrap();
        assert_eq!((link.to.as_slice(), link.certain), ([format!("JY-{:03}", at - 1)].as_slice(), true));
    }
    assert!(lineage.of_old("JY-000").is_none());
    // By codes alone they are what they say.
    assert!(before.lineage_to(&after, &by(By::Codes)).unwrap().links.is_empty());
}

#[test]
fn two_codes_that_were_exchanged_are_two_items_with_other_codes() {
    let of = |rows: [[&str; 2]; 3]| list(rows.map(|[id, name]| numbered(id, name, "县住建局", "")).into());
    let before = of([["1", "固定资产投资项目节能审查"], ["2", "建筑工程施工许可"], ["3", "取水许可"]]);
    let after = of([["2", "固定资产投资项目节能审查"], ["1", "建筑工程施工许可"], ["3", "取水许可"]]);
    let lineage = before.lineage_to(&after, &Options::default()).unwrap();
    let to = |id: &str| lineage.of_old(id).map(|link| (link.to.clone(), link.certain));
    assert_eq!(to("1"), Some((vec!["2".to_owned()], true)));
    assert_eq!(to("2"), Some((vec!["1".to_owned()], true)));
    let changes = before.changes_to(&after, &lineage.pairs()).unwrap();
    assert_eq!(changes.apply(&before).unwrap(), after);
}

#[test]
fn a_code_that_another_item_seems_to_have_got_is_for_a_person_to_say() {
    let of = |name: &str, basis: &str| {
        let others =
            ["教师资格认定", "校车使用许可", "取水许可"].map(|name| numbered(name, name, "县公安局", ""));
        let mut first = numbered("1", name, "县公安局", "");
        first.basis.push(basis.parse().unwrap()).unwrap();
        list(std::iter::once(first).chain(others).collect())
    };
    let before = of("剧毒化学品道路运输通行许可", "《危险化学品安全管理条例》第五十条");
    for (name, basis, is_told) in [
        ("保安员证核发", "《保安服务管理条例》第十六条", true),
        ("保安员证核发", "《危险化学品安全管理条例》第五十条", false),
        ("剧毒化学品公路运输通行证核发", "《剧毒化学品购买和公路运输许可证件管理办法》第二十条", false),
    ] {
        let lineage = before.lineage_to(&of(name, basis), &Options::default()).unwrap();
        assert_eq!(
            lineage.of_old("1").is_some_and(|link| !link.certain && link.to == ["1"]),
            is_told,
            "{name}"
        );
    }
}

#[test]
fn a_word_of_content_in_the_place_of_another_is_for_a_person_to_say() {
    let rest = ["动物防疫条件合格证核发", "生鲜乳收购站许可", "种畜禽生产经营许可"];
    let of = |first: &str| {
        let names = std::iter::once(first).chain(rest);
        list(names.map(|name| unnumbered(name, "市农业农村局", "")).collect())
    };
    for (old, new, is_certain) in [
        ("农药经营许可", "兽药经营许可", false),
        ("农药经营许可", "农药经营许可证核发", true),
        ("农药经营许可", "限制使用农药经营许可", true),
    ] {
        let lineage = of(old).lineage_to(&of(new), &Options::default()).unwrap();
        let certain = lineage.links.iter().any(|link| link.from == [old] && link.to == [new] && link.certain);
        assert_eq!(certain, is_certain, "{old} → {new}: {:?}", lineage.links);
    }
}

#[test]
fn a_list_with_derived_ids_is_itself_by_codes() {
    let mut items: Vec<_> = ["甲许可", "乙许可"].map(|name| unnumbered(name, "", "")).into();
    items.push(numbered("1", "丙许可", "", ""));
    let list = list(items);
    let lineage = list.lineage_to(&list, &by(By::Codes)).unwrap();
    assert!(list.changes_to(&list, &lineage.pairs()).unwrap().is_empty());
}

#[test]
fn of_thousands_that_are_gone_each_is_told_at_its_place() {
    let of = |from: usize, to: usize| {
        list((from..to).map(|i| numbered(&format!("{i:06}"), &format!("第{i}事项"), "", "")).collect())
    };
    let (before, after) = (of(0, 20_000), of(19_999, 20_001));
    let lineage = before.lineage_to(&after, &by(By::Codes)).unwrap();
    let changes = before.changes_to(&after, &lineage.pairs()).unwrap();
    let mut comparing = Comparing::default();
    comparing.lineage = lineage;
    let told = changes.differences(&before, &after, &comparing).unwrap();
    assert_eq!((told.summary.removed, told.summary.added), (19_999, 1));
    let ids: Vec<&str> = told.adjustments.iter().flat_map(|a| &a.from).map(String::as_str).collect();
    assert!(ids.is_sorted(), "in the order of the old list");
}

#[test]
fn numbers_of_rows_and_of_parts_are_spelling_and_marks_of_nothing_one() {
    let of = |serial: &str, part: &str, remarks: &str| {
        let mut item = numbered("1", "甲许可", "", remarks);
        item.serial = serial.into();
        item.part = part.into();
        list(vec![item])
    };
    let (before, after) = (of("（一）", "一、县教育局", "无"), of("（二）", "二、县教育局", "/"));
    let told = before.changes_to(&after, &Pairs::default()).unwrap();
    let told = told.differences(&before, &after, &Comparing::default()).unwrap();
    assert_eq!((told.summary.edited, told.summary.cosmetic), (0, 1));
    let other = of("（二）", "二、县民政局", "/");
    let told = before.changes_to(&other, &Pairs::default()).unwrap();
    assert_eq!(told.differences(&before, &other, &Comparing::default()).unwrap().summary.edited, 1);
}

#[test]
fn one_item_is_told_alone() {
    let of = |ids: &[&str]| list(ids.iter().map(|id| numbered(id, id, "", "")).collect());
    let (before, after) = (of(&["1", "2", "3", "4"]), of(&["1", "3", "2"]));
    let told = |item: &str| {
        let mut comparing = Comparing::default();
        comparing.item = Some(item.into());
        let changes = before.changes_to(&after, &Pairs::default()).unwrap();
        changes.differences(&before, &after, &comparing).unwrap()
    };
    let one = told("1");
    assert!(!one.any());
    assert_eq!((one.summary.before, one.summary.after, one.summary.unchanged), (1, 1, 1));
    let gone = told("4");
    assert_eq!((gone.summary.before, gone.summary.after, gone.summary.removed), (1, 0, 1));
}
