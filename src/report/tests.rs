//! Reports of one small pair of lists that has each kind of adjustment, to the letter; and figures that
//! must add up whatever the lists.

use super::outline::{Bridge, Sign, items};
use super::{Colour, TextOptions, json, markdown, text};
use crate::codes::AdjustmentKind;
use crate::diff::{Comparing, Differences, Selection};
use crate::problem::Lang;
use crate::term::{Authority, Citation};
use crate::{AnyCatalogue, AnyChangeSet, Catalogue, Entry, LicensingItem, List, Pairs};
use proptest::prelude::*;

fn item(id: &str, name: &str, department: &str, authority: &str, basis: &[&str]) -> LicensingItem {
    let mut item = LicensingItem::new(id, name);
    item.department = entries([department.into()]);
    item.authorities = entries([Authority::new(authority)]);
    item.basis = entries(basis.iter().map(|text| Citation::new(*text)));
    item
}

/// Those of equal keys but the first are left out.
fn entries<T: Entry>(entries: impl IntoIterator<Item = T>) -> List<T> {
    let mut list = List::new();
    for entry in entries {
        let _ = list.push(entry);
    }
    list
}

fn list(title: &str, edition: &str, items: Vec<LicensingItem>) -> Catalogue<LicensingItem> {
    let mut list = Catalogue::<LicensingItem>::default();
    list.header.title = title.into();
    list.header.edition = edition.into();
    for item in items {
        list.items.push(item).expect("ids differ");
    }
    list
}

fn compare(
    before: Catalogue<LicensingItem>,
    after: Catalogue<LicensingItem>,
    pairs: &Pairs,
    comparing: &Comparing,
) -> (Differences, AnyChangeSet) {
    let (before, after) = (AnyCatalogue::from(before), AnyCatalogue::from(after));
    let changes = before.changes_to(&after, pairs).expect("one kind");
    let differences = changes.differences(&before, &after, comparing).expect("one kind");
    (differences, changes)
}

/// Lists that differ in every way that is derived today.
fn pair() -> (Catalogue<LicensingItem>, Catalogue<LicensingItem>) {
    let edu = |id, name| item(id, name, "市教育局", "市教育局", &["《教育法》第一条"]);
    let agri = |id, name, basis: &[&str]| item(id, name, "市农业农村局", "市农业农村局", basis);
    let mut remarked = agri("108", "农药经营许可", &["《农药管理条例》第二十四条"]);
    remarked.remarks = "由县级实施|试点".into();
    let mut noted = remarked.clone();
    noted.remarks = "由市级实施|试点\n另行公布".into();
    let before = vec![
        edu("101", "民办职业学校设立"),
        edu("102", "校车使用许可（县级）。"),
        edu("103", "教师资格认定"),
        edu("104", "适龄儿童延缓入学审批"),
        agri("105", "种畜禽生产经营许可", &["《畜牧法》第二十二条", "《种畜禽管理条例》第十五条"]),
        agri("106", "生猪定点屠宰厂设置审查", &["《生猪屠宰管理条例》第九条"]),
        agri("107", "=蚕种生产经营许可", &["《畜牧法》第二条"]),
        remarked,
        agri("109", "兽药经营许可", &["《兽药管理条例》第二十二条"]),
    ];
    let mut slaughter = agri("106", "生猪定点屠宰厂设置审查", &["《生猪屠宰管理条例》第九条"]);
    slaughter.authorities = entries([Authority::new("市政府")]);
    let mut renamed = edu("101", "民办学校设立");
    renamed.basis = entries([Citation::new("《教育法》第一条"), Citation::new("《民办教育促进法》第十二条")]);
    let after = vec![
        renamed,
        edu("102", "校车使用许可(县级)"),
        edu("203", "教师资格认定"),
        item("110", "营利性民办培训学校设立", "市教育局", "市教育局", &["《民办教育促进法》第十二条"]),
        agri("109", "兽药经营许可", &["《兽药管理条例》第二十二条"]),
        agri("105", "种畜禽生产经营许可", &["《畜牧法》第二十四条", "《蚕种管理办法》第三条"]),
        slaughter,
        noted,
    ];
    let mut before = list("示例市行政许可事项清单", "2023", before);
    before.header.declared = Some(9);
    let mut after = list("示例市行政许可事项清单", "2024", after);
    after.header.declared = Some(8);
    (before, after)
}

fn differences() -> (Differences, AnyChangeSet) {
    let (before, after) = pair();
    let mut pairs = Pairs::none();
    pairs.at("items").link("103", "203").expect("both are free");
    let comparing = Comparing { selection: Selection::Ignore(vec!["sector".into()]), ..Comparing::default() };
    compare(before, after, &pairs, &comparing)
}

fn text_of(differences: &Differences, options: &TextOptions) -> String {
    let mut page = Vec::new();
    text(differences, options, &mut page).expect("a vector takes all");
    String::from_utf8(page).expect("text")
}

fn zh() -> TextOptions {
    TextOptions { lang: Lang::Zh, ..TextOptions::default() }
}

fn markdown_of(differences: &Differences, lang: Lang) -> String {
    let mut page = Vec::new();
    markdown(differences, lang, &mut page).expect("a vector takes all");
    String::from_utf8(page).expect("text")
}

#[test]
fn the_text_of_each_kind() {
    let (differences, _) = differences();
    assert_eq!(text_of(&differences, &zh()), include_str!("tests/pair.txt"));
}

#[test]
fn the_text_of_each_kind_in_english() {
    let (differences, _) = differences();
    assert_eq!(text_of(&differences, &TextOptions::default()), include_str!("tests/pair.en.txt"));
}

#[test]
fn the_markdown_of_each_kind() {
    let (differences, _) = differences();
    assert_eq!(markdown_of(&differences, Lang::Zh), include_str!("tests/pair.md"));
}

#[test]
fn colours_stand_for_brackets() {
    let (differences, _) = differences();
    let page = text_of(&differences, &TextOptions { colour: Colour::Ansi, ..zh() });
    assert!(page.contains("民办\x1b[0;9;31m职业\x1b[0m学校设立"));
    assert!(!page.contains('〔'));
}

#[test]
fn a_line_is_no_wider_than_asked_for() {
    let (differences, _) = differences();
    let page = text_of(&differences, &TextOptions { width: Some(60), ..zh() });
    let body = page.split("附件").next().expect("a first part");
    for line in body.lines() {
        let width: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        assert!(width <= 60, "{width}: {line}");
        assert!(!line.trim_start().starts_with(['、', '，', '。', '）']), "{line}");
    }
    let letters = |page: &str| page.split_whitespace().collect::<String>();
    assert_eq!(letters(&page), letters(&text_of(&differences, &zh())));
}

#[test]
fn equal_lists_are_said_to_be_equal() {
    let (before, _) = pair();
    let mut after = before.clone();
    after.header.edition = "2024".into();
    let (differences, _) = compare(before, after, &Pairs::none(), &Comparing::default());
    assert_eq!(
        text_of(&differences, &zh()),
        "示例市行政许可事项清单（2024年版）调整对照表\n对照2023年版（9项）\n\n两版清单内容一致。\n"
    );
}

#[test]
fn one_item_alone_has_no_bridge() {
    let (before, after) = pair();
    let comparing = Comparing { item: Some("110".into()), ..Comparing::default() };
    let (differences, _) = compare(before, after, &Pairs::none(), &comparing);
    let page = text_of(&differences, &zh());
    assert!(page.contains("仅列事项110。本次共调整1项：新增1项。"), "{page}");
    assert!(!page.contains("调整后共"));
}

#[test]
fn a_decision_that_is_known_stands_in_every_row() {
    let (before, after) = pair();
    let comparing = Comparing { document: "示政发〔2024〕3号".into(), ..Comparing::default() };
    let (differences, _) = compare(before, after, &Pairs::none(), &comparing);
    for page in [text_of(&differences, &zh()), markdown_of(&differences, Lang::Zh)] {
        assert!(page.contains("；依据示政发〔2024〕3号"));
        assert!(!page.contains("待补"), "{page}");
    }
}

#[test]
fn what_split_and_merged_counts_in_the_bridge() {
    let (mut differences, _) = differences();
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let mut like = differences.adjustments.first().cloned().expect("there are adjustments");
    like.also.clear();
    let mut with = |kind, from: &[&str], to: &[&str]| {
        like.kind = kind;
        (like.from, like.to) = (ids(from), ids(to));
        differences.adjustments.push(like.clone());
    };
    with(AdjustmentKind::Split, &["1"], &["2", "3", "4"]);
    with(AdjustmentKind::Merged, &["5", "6"], &["7"]);
    differences.summary.before += 3;
    differences.summary.after += 4;
    let bridge = Bridge::of(&differences).expect("it adds up");
    assert_eq!((bridge.before, bridge.after), (12, 12));
    let plus = |n| (Sign::Plus, n);
    let minus = |n| (Sign::Minus, n);
    assert_eq!(bridge.terms, [plus(1), minus(2), plus(3), minus(1), plus(1), minus(2)]);
    let page = text_of(&differences, &zh());
    assert!(page.contains("拆分1项（分为3项）、合并2项（并为1项）"), "{page}");
    assert!(page.contains("调整后共12项（12＋1－2＋3－1＋1－2＝12）。"), "{page}");
    assert!(page.contains("、拆分（共1项分为3项）") && page.contains("、合并（共2项并为1项）"));
}

#[test]
fn hostile_cells_break_no_line_and_no_table() {
    let (before, _) = pair();
    let mut after = before.clone();
    let name = "|甲\n| 乙 |\u{1b}[31m`*_<b>\\";
    after.items.update("101", |item| item.name = name.into()).expect("it is there");
    let (differences, _) = compare(before, after, &Pairs::none(), &Comparing::default());
    let page = text_of(&differences, &zh());
    assert!(!page.contains('\u{1b}') && page.contains("1. |甲⏎| 乙 |␛[31m"));
    let page = markdown_of(&differences, Lang::Zh);
    for row in page.lines().filter(|line| line.starts_with('|') && line.contains("101")) {
        let bars = row.replace("\\\\", "").replace("\\|", "").matches('|').count();
        assert_eq!(bars, 8, "{row}");
    }
}

#[cfg(feature = "csv")]
#[test]
fn the_csv_is_read_back() {
    use crate::table::csv::{Dialect, Row, Rows, unmark};
    let (differences, _) = differences();
    let mut table = Vec::new();
    super::csv(&differences, &mut table).expect("a vector takes all");
    assert!(table.starts_with("\u{feff}kind,also,from,to,department,field,before,after,".as_bytes()));
    let mut rows = Rows::open(table.as_slice(), &Dialect::default()).expect("a header");
    let mut row = Row::default();
    let mut read = Vec::new();
    while rows.next_row(&mut row).expect("rows") {
        read.push(row.iter().map(|cell| unmark(cell).into_owned()).collect::<Vec<_>>());
    }
    let wanted: usize = differences.adjustments.iter().map(|a| a.fields.len().max(1)).sum();
    assert_eq!(read.len(), wanted);
    assert!(read.iter().all(|row| row.len() == 12));
    let of = |id: &str| read.iter().filter(|row| row[2] == id).cloned().collect::<Vec<_>>();
    assert_eq!(of("101").iter().map(|row| row[5].as_str()).collect::<Vec<_>>(), ["name", "basis"]);
    assert_eq!(of("103")[0][..8], ["recoded", "", "103", "203", "市教育局", "id", "103", "203"]);
    assert_eq!(of("108")[0][7], "由市级实施|试点\n另行公布");
    assert_eq!(of("107")[0][8..], ["1.0", "true", "no item of that id", "待补"]);
}

#[test]
fn the_json_has_every_key_in_its_order() {
    let (differences, changes) = differences();
    let mut document = Vec::new();
    json(&differences, &changes, &mut document).expect("a vector takes all");
    let document = String::from_utf8(document).expect("text");
    assert!(document.ends_with("}\n"));
    let mut from = 0;
    for key in ["format", "kind", "before", "after", "summary", "adjustments", "events", "changes"] {
        let at = document[from..].find(&format!("\n  \"{key}\": ")).expect(key);
        from += at + 1;
    }
    let read: serde_json::Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(read["format"], super::DIFF_FORMAT);
    assert_eq!(read["after"], serde_json::json!({"edition": "2024"}));
    assert_eq!(read["events"], serde_json::json!([]));
    let kind = |kind: &str| {
        let all = read["adjustments"].as_array().expect("a list");
        all.iter().filter(|a| a["kind"] == kind).count()
    };
    for word in ["added", "removed", "renamed", "recoded"] {
        assert_eq!(read["summary"][word], kind(word), "{word}");
    }
    let edited = ["authority-changed", "basis-changed", "edited"].map(kind).iter().sum::<usize>();
    assert_eq!(read["summary"]["edited"], edited);
    assert_eq!(read["summary"]["split"], 0);
    // The change set inside is the one that was made.
    let again = AnyChangeSet::read_json(crate::Kind::Licensing, &document).expect("a change set");
    assert_eq!(again, changes);
}

#[test]
fn an_edition_without_a_label_has_none_in_json() {
    let empty = Catalogue::default();
    let (differences, changes) = compare(empty.clone(), empty, &Pairs::none(), &Comparing::default());
    let mut document = Vec::new();
    json(&differences, &changes, &mut document).expect("a vector takes all");
    let document = String::from_utf8(document).expect("text");
    assert!(document.contains("\"before\": {},\n  \"after\": {},\n"));
    assert!(document.contains("\"adjustments\": [],\n  \"events\": [],\n"));
}

fn any_list() -> impl Strategy<Value = Catalogue<LicensingItem>> {
    let entry =
        (0..12_u8, "[甲乙（） 。丙]{1,6}", "[子丑]", prop::collection::vec("《[法例]》第[一二]条", 0..3));
    prop::collection::vec(entry, 0..10).prop_map(|entries| {
        let mut list = Catalogue::<LicensingItem>::default();
        for (id, name, department, basis) in entries {
            let basis: Vec<&str> = basis.iter().map(String::as_str).collect();
            // One that repeats is left out.
            let _ = list.items.push(item(&id.to_string(), &name, &department, &department, &basis));
        }
        list
    })
}

proptest! {
    #[test]
    fn figures_add_up_whatever_the_lists(before in any_list(), after in any_list(), link in 0..144_usize) {
        let mut pairs = Pairs::none();
        let _ = pairs.at("items").link((link / 12).to_string(), (link % 12).to_string());
        let (differences, changes) = compare(before, after, &pairs, &Comparing::default());
        let bridge = Bridge::of(&differences);
        prop_assert!(bridge.is_some());
        let summary = &differences.summary;
        let count = |kind| differences.adjustments.iter().filter(|a| a.kind == kind).count();
        prop_assert_eq!(summary.added, count(AdjustmentKind::Added));
        prop_assert_eq!(summary.removed, count(AdjustmentKind::Removed));
        prop_assert_eq!(summary.renamed, count(AdjustmentKind::Renamed));
        prop_assert_eq!(summary.recoded, count(AdjustmentKind::Recoded));
        let all = summary.added + summary.removed + summary.renamed + summary.recoded
            + summary.split + summary.merged + summary.edited;
        prop_assert_eq!(all, differences.adjustments.len());
        prop_assert_eq!(summary.before + summary.added, summary.after + summary.removed);
        let told: usize = differences.adjustments.iter().map(items).sum();
        let page = text_of(&differences, &zh());
        if differences.adjustments.is_empty() {
            prop_assert!(!page.contains("本次共调整"));
        } else {
            let start = format!("本次共调整{told}项：");
            prop_assert!(page.contains(&start));
            let total = page.lines().find(|line| line.starts_with("  合计")).expect("a total");
            prop_assert!(total.ends_with(&format!(" {told}")), "{}", total);
        }
        prop_assert!(!markdown_of(&differences, Lang::En).is_empty());
        let mut document = Vec::new();
        json(&differences, &changes, &mut document).expect("a vector takes all");
        let read: serde_json::Value = serde_json::from_slice(&document).expect("JSON");
        prop_assert_eq!(read["adjustments"].as_array().map(Vec::len), Some(all));
        prop_assert_eq!(&read["summary"]["after"], &serde_json::json!(summary.after));
    }
}
