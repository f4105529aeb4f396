//! Lists of several places side by side: laws, real lists, and `list_align` as scripts call it.

use crate::programs::{code, run, told};
use crate::real_lists::data;
use proptest::prelude::*;
use qingdan::align::{AlignedItem, Alignment, Options, align};
use qingdan::codes::{ItemType, Verdict};
use qingdan::matching::Decision;
use qingdan::problem::Lang;
use qingdan::table::csv;
use qingdan::term::{Authority, Citation};
use qingdan::{AnyCatalogue, Catalogue, Header, Kind, LicensingItem, ServiceItem, SharedList};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::fs;

fn catalogue<T: qingdan::Item>(items: Vec<T>) -> AnyCatalogue
where
    AnyCatalogue: From<Catalogue<T>>,
{
    Catalogue::new(Header::default(), SharedList::of(items).unwrap()).into()
}

fn licences(items: &[(&str, &str)]) -> AnyCatalogue {
    catalogue(items.iter().map(|(id, name)| LicensingItem::new(*id, *name)).collect())
}

fn aligned(lists: &[&AnyCatalogue]) -> Alignment {
    let (alignment, problems) = align(lists, &Options::default()).unwrap();
    assert_eq!(problems, []);
    alignment
}

fn ids(item: &AlignedItem) -> Vec<&str> {
    item.ids.iter().map(|id| id.as_deref().unwrap_or("-")).collect()
}

/// The rows with the values of each list in another order of lists.
fn turned(alignment: &Alignment, order: &[usize]) -> BTreeSet<String> {
    let rows = alignment.items.iter().map(|item| {
        let by = |of: &[Option<String>]| order.iter().map(|at| of[*at].clone()).collect::<Vec<_>>();
        let differences: Vec<_> =
            item.differences.iter().map(|d| (d.field.clone(), by(&d.values), d.systematic)).collect();
        let (sure, why) = ((item.confidence, item.certain, item.cosmetic), item.why(Lang::En));
        format!("{:?} {:?} {differences:?} {sure:?} {why}", by(&item.ids), by(&item.names))
    });
    rows.collect()
}

const NAMES: [&str; 9] = [
    "取水许可",
    "权限内取水许可（市级）",
    "取水许可证核发",
    "林木采伐许可证核发",
    "林木采伐许可",
    "食品经营许可（变更）",
    "食品经营许可（注销）",
    "食品(含保健食品)经营许可注销",
    "户外广告设置审批",
];
const BODIES: [&str; 5] = ["广安市林业局", "资阳市林业和草原局", "区行政审批局", "市市场监管局", ""];

fn list() -> impl Strategy<Value = AnyCatalogue> {
    let item = (prop::option::of(0..8_usize), 0..NAMES.len(), 0..BODIES.len(), 0..4_usize, prop::bool::ANY);
    prop::collection::vec(item, 0..7).prop_map(|rows| {
        let mut items = SharedList::new();
        for (code, name, body, article, kind) in rows {
            let id = code.map_or_else(|| NAMES[name].to_owned(), |code| format!("00016421300{code}"));
            let mut item = ServiceItem::new(id, NAMES[name]);
            item.derived = code.is_none();
            item.item_type = Some(if kind { ItemType::Licence } else { ItemType::Confirmation });
            if !BODIES[body].is_empty() {
                item.authorities.push(Authority::new(BODIES[body])).unwrap();
            }
            if article > 0 {
                item.basis.push(Citation::new(format!("《甲法》第{article}条"))).unwrap();
            }
            // What repeats an id is left out.
            let _ = items.push(item);
        }
        Catalogue::new(Header::default(), items).into()
    })
}

proptest! {
    #[test]
    fn giving_lists_in_another_order_gives_the_same_in_that_order(
        lists in prop::collection::vec(list(), 2..5), seed in 0..24_usize
    ) {
        let mut order: Vec<usize> = (0..lists.len()).collect();
        let (mut rest, mut seed) = (std::mem::take(&mut order), seed);
        while !rest.is_empty() {
            order.push(rest.remove(seed % rest.len()));
            seed /= 2;
        }
        let given: Vec<&AnyCatalogue> = lists.iter().collect();
        let other: Vec<&AnyCatalogue> = order.iter().map(|at| &lists[*at]).collect();
        let (one, two) = (aligned(&given), aligned(&other));
        // Two lists that are equal stand for one another.
        prop_assert_eq!(turned(&one, &order), turned(&two, &(0..lists.len()).collect::<Vec<_>>()));
        prop_assert_eq!(one.summary, two.summary);
        prop_assert_eq!(one.same_name_other_item.len(), two.same_name_other_item.len());
    }

    #[test]
    fn every_item_stands_in_one_row_and_counts_are_those_of_rows(lists in prop::collection::vec(list(), 0..4)) {
        let given: Vec<&AnyCatalogue> = lists.iter().collect();
        let alignment = aligned(&given);
        for (at, list) in lists.iter().enumerate() {
            let mut told: Vec<&String> = alignment.items.iter().filter_map(|item| item.ids[at].as_ref()).collect();
            told.sort();
            let mut all: Vec<String> = list.items().iter().map(|item| item.key().into_owned()).collect();
            all.sort();
            prop_assert_eq!(told, all.iter().collect::<Vec<_>>());
        }
        let s = alignment.summary;
        prop_assert_eq!(s.items, alignment.items.len());
        if lists.len() > 1 {
            prop_assert_eq!(s.items, s.in_all + s.in_some + s.in_one);
            prop_assert_eq!(s.in_all + s.in_some, s.alike + s.different);
        }
        for item in &alignment.items {
            prop_assert!(item.count() > 0 && (item.count() > 1 || item.differences.is_empty() && item.certain));
        }
        // A common list is a list that can be written and read.
        let common = AnyCatalogue::from(alignment.common(&given));
        let mut bytes = Vec::new();
        common.write_json(&mut bytes).unwrap();
        let again = AnyCatalogue::read_json(std::io::Cursor::new(&bytes), &qingdan::document::Options::default()).unwrap();
        prop_assert_eq!(again.value, Some(common));
    }

    #[test]
    fn a_list_beside_itself_corresponds_item_by_item_without_a_difference(list in list()) {
        let alignment = aligned(&[&list, &list, &list]);
        for item in &alignment.items {
            prop_assert!(item.ids.iter().all(|id| id.is_some() && *id == item.ids[0]), "{:?}", item.ids);
        }
        prop_assert!(!alignment.any(), "{:?}", alignment.summary);
    }
}

#[test]
fn one_item_under_several_names_and_one_name_for_several_items() {
    let city = |organ: &str, rows: &[(&str, &str, &str)]| {
        let items = rows.iter().map(|(id, name, basis)| {
            let mut item = LicensingItem::new(*id, *name);
            item.authorities
                .push(Authority::new(format!("{organ}{}", if *id == "9" { "公安局" } else { "林业局" })))
                .unwrap();
            item.basis.push(Citation::new(*basis)).unwrap();
            item
        });
        catalogue(items.collect())
    };
    let one = city(
        "广安市",
        &[
            ("000164213000", "林木采伐许可证核发", "《森林法》第五十六条"),
            ("000164105000", "种子经营许可（市级）", "《种子法》第三十一条"),
            ("9", "户外活动审批", "《治安法》第三条"),
        ],
    );
    let other = city(
        "资阳市",
        &[
            ("000164213000", "林木采伐审批", "《中华人民共和国森林法》（2019年修订）第五十六条"),
            ("000164105000", "权限内种子经营许可", "《种子法》第三十二条"),
            ("8", "户外活动审批", "《草原法》第五条"),
        ],
    );
    let alignment = aligned(&[&one, &other]);
    let rows: Vec<_> = alignment.items.iter().map(ids).collect();
    assert_eq!(
        rows,
        [
            vec!["000164213000", "000164213000"],
            vec!["000164105000", "000164105000"],
            vec!["9", "-"],
            vec!["-", "8"]
        ]
    );
    let other_names: Vec<_> = alignment.same_item_other_name().map(|item| item.names.clone()).collect();
    assert_eq!(other_names, [[Some("林木采伐许可证核发".to_owned()), Some("林木采伐审批".to_owned())]]);
    let fields: Vec<_> = alignment.items[1].differences.iter().map(|d| d.field.as_str()).collect();
    assert_eq!(fields, ["basis"], "an article; words of scope and organs of one function are no difference");
    let [namesakes] = &alignment.same_name_other_item[..] else {
        panic!("{:?}", alignment.same_name_other_item)
    };
    assert_eq!(
        (namesakes.name.as_str(), &namesakes.ids),
        ("户外活动审批", &vec![vec!["9".to_owned()], vec!["8".to_owned()]])
    );
    assert_eq!(namesakes.differs, ["basis", "department"]);
}

#[test]
fn a_power_of_another_kind_is_another_item_whatever_it_is_called() {
    let list = |kind: ItemType, organ: &str| {
        let mut item = ServiceItem::new("检查", "医疗器械经营");
        (item.derived, item.item_type) = (true, Some(kind));
        item.department.push(organ.into()).unwrap();
        catalogue(vec![item])
    };
    let (one, other) = (list(ItemType::Licence, "广安市药监局"), list(ItemType::Penalty, "资阳市药监局"));
    let alignment = aligned(&[&one, &other]);
    assert_eq!(alignment.items.len(), 2);
    assert_eq!(alignment.same_name_other_item[0].differs, ["item_type"]);
    let same = aligned(&[&one, &list(ItemType::Licence, "资阳市药监局")]);
    assert_eq!(same.items.len(), 1);
}

#[test]
fn handling_items_of_one_basic_code_are_told_apart_by_their_situations() {
    let one = licences(&[
        ("00016421300101", "林木采伐许可证核发（新办）"),
        ("00016421300102", "林木采伐许可证核发（变更）"),
        ("00016421300103", "林木采伐许可证核发（延续）"),
    ]);
    let other = licences(&[
        ("00016421300101", "林木采伐许可证核发（变更）"),
        ("00016421300102", "林木采伐许可证核发（新办）"),
    ]);
    let alignment = aligned(&[&one, &other]);
    let rows: Vec<_> = alignment.items.iter().map(ids).collect();
    assert_eq!(
        rows,
        [["00016421300101", "00016421300102"], ["00016421300102", "00016421300101"], ["00016421300103", "-"]]
    );
    assert!(alignment.items[0].certain);
}

#[test]
fn numbers_of_one_list_alone_say_nothing() {
    let one = licences(&[
        ("1", "取水许可"),
        ("2", "食品经营许可"),
        ("3", "户外广告设置审批"),
        ("4", "林木采伐许可"),
    ]);
    let other = licences(&[
        ("1", "林木采伐许可"),
        ("2", "户外广告设置审批"),
        ("3", "食品经营许可"),
        ("4", "取水许可"),
    ]);
    let alignment = aligned(&[&one, &other]);
    let rows: Vec<_> = alignment.items.iter().map(ids).collect();
    assert_eq!(rows, [["1", "4"], ["2", "3"], ["3", "2"], ["4", "1"]]);
}

/// No codes, and no body of one city is one of the other's: names and functions alone.
#[test]
fn departments_of_two_places_are_compared_by_what_they_are_for() {
    let city = |place: &str, rows: &[(&str, &str)]| {
        let items = rows.iter().map(|(name, body)| {
            let mut item = ServiceItem::new(*name, *name);
            item.derived = true;
            item.department.push(format!("{place}{body}").into()).unwrap();
            item
        });
        catalogue(items.collect())
    };
    let one = city(
        "广安市",
        &[("取水许可", "水务局"), ("变更登记", "民政局"), ("变更登记（分支机构）", "市场监管局")],
    );
    let other = city(
        "资阳市",
        &[("变更登记（分支机构）", "市场监督管理局"), ("变更登记", "民政局"), ("取水许可", "水务局")],
    );
    let alignment = aligned(&[&one, &other]);
    let all: Vec<_> =
        alignment.items.iter().map(|item| (ids(item)[0] == ids(item)[1], item.certain)).collect();
    assert_eq!(all, [(true, true); 3]);
    assert_eq!(alignment.items[0].why(Lang::En), "same name, departments of one function");
    assert_eq!(alignment.summary.alike, 3);
}

#[test]
fn what_people_decided_goes_before_codes_and_names() {
    let one = licences(&[
        ("000164213000", "林木采伐许可"),
        ("000164105000", "种子经营许可"),
        ("a", "木材运输证核发"),
    ]);
    let other = licences(&[
        ("000164213000", "林木采伐许可"),
        ("000164105000", "种子经营许可"),
        ("b", "野生动物驯养许可"),
    ]);
    let mut options = Options::default();
    options.decisions = vec![
        Decision::new("000164213000", "000164213000", Verdict::Different),
        // Whichever list stands first in the row.
        Decision::new("b", "a", Verdict::Same),
        Decision::new("000164105000", "", Verdict::Same),
        Decision::new("zz", "a", Verdict::Same),
    ];
    let (alignment, problems) = align(&[&one, &other], &options).unwrap();
    let rows: Vec<_> = alignment.items.iter().map(ids).collect();
    assert_eq!(
        rows,
        [
            vec!["000164213000", "-"],
            vec!["000164105000", "-"],
            vec!["a", "b"],
            vec!["-", "000164213000"],
            vec!["-", "000164105000"]
        ]
    );
    assert_eq!(problems.iter().map(|p| &*p.rule).collect::<Vec<_>>(), ["decisions/unknown-id"]);
    assert!(alignment.items[2].certain);
    // Of three lists what two of them say holds for the third.
    let third = licences(&[("c", "野生动物驯养繁殖许可")]);
    options.decisions = vec![Decision::new("a", "b", Verdict::Same), Decision::new("b", "c", Verdict::Same)];
    let (alignment, _) = align(&[&one, &other, &third], &options).unwrap();
    assert!(alignment.items.iter().any(|item| ids(item) == ["a", "b", "c"] && item.certain));
}

#[test]
fn lists_of_two_kinds_are_refused_and_no_lists_are_none() {
    let other = catalogue(vec![ServiceItem::new("1", "取水许可")]);
    let error = align(&[&licences(&[]), &other], &Options::default()).unwrap_err();
    assert_eq!(error.to_string(), "the lists are of different kinds: licensing and service");
    for empty in [aligned(&[]), aligned(&[&licences(&[])]), aligned(&[&licences(&[]), &licences(&[])])] {
        assert!(empty.items.is_empty() && !empty.any());
    }
}

/// A difference that nearly all items have is told once.
#[test]
fn what_most_items_have_alike_is_systematic() {
    let list = |organ: &str| {
        let items = (0..10).map(|n| {
            let mut item = LicensingItem::new(format!("00016421{n}000"), format!("第{n}类经营许可"));
            item.authorities.push(Authority::new(if n == 9 { "市公安局" } else { organ })).unwrap();
            item
        });
        catalogue(items.collect())
    };
    let alignment = aligned(&[&list("广安市行政审批局"), &list("资阳市市场监管局")]);
    let [told] = &alignment.systematic[..] else { panic!("{:?}", alignment.systematic) };
    assert_eq!((told.field.as_str(), told.items, told.of), ("authorities", 9, 10));
    assert_eq!(alignment.summary.different, 9);
}

fn read(path: &str, columns: &str) -> AnyCatalogue {
    let mut options = csv::Options::default();
    options.columns = columns.parse().unwrap();
    options.duplicates = qingdan::document::Duplicates::Keep;
    let bytes = fs::read(path).unwrap();
    let reading = AnyCatalogue::read_csv(Kind::Service, bytes.as_slice(), &options).unwrap();
    assert!(reading.problems.iter().all(|p| !p.is_error()), "{:?}", reading.problems);
    reading.value
}

#[test]
fn guangan_and_ziyang_share_64_basic_codes_under_58_names() {
    let Some(data) = data() else { return };
    let path = |name: &str| data.join(name).to_str().unwrap().to_owned();
    let (guangan, ziyang) = (path("guangan/guangan_items.csv"), path("ziyang/ziyang_v2.csv"));
    // The basic code as the id, in a column of its own, and within the platform's code.
    for (id, more) in [("basic_code", ""), ("item_code", ",basic_code=basic_code"), ("item_code", "")] {
        let one = read(&guangan, &format!("id={id},name=name,department=department{more}"));
        let other = read(&ziyang, &format!("id={id},name=title{more}"));
        let (ours, theirs) = (one.items(), other.items());
        let code = |id: &str| id.split("-51").next().unwrap_or_default().to_owned();
        let codes = |items: &[&dyn qingdan::AnyItem]| -> BTreeSet<String> {
            items.iter().filter(|item| !item.is_derived()).map(|item| code(item.id())).collect()
        };
        let shared: BTreeSet<String> = codes(&ours).intersection(&codes(&theirs)).cloned().collect();
        assert_eq!(shared.len(), 64);
        let alignment = aligned(&[&one, &other]);
        let common: Vec<&AlignedItem> = alignment.items.iter().filter(|item| item.is_in_all()).collect();
        let by_code = |item: &&&AlignedItem| {
            let [one, other] = [0, 1].map(|at| code(item.ids[at].as_deref().unwrap_or_default()));
            one == other && shared.contains(&one)
        };
        let found: Vec<&&AlignedItem> = common.iter().filter(by_code).collect();
        assert_eq!(found.len(), 64, "every shared code is one item ({id}{more})");
        assert!(found.iter().all(|item| item.certain));
        let renamed: Vec<&str> = found
            .iter()
            .filter(|item| item.has_other_name())
            .filter_map(|item| item.names[1].as_deref())
            .collect();
        assert_eq!(renamed.len(), 6, "{renamed:?}");
        assert_eq!(renamed.iter().filter(|name| name.starts_with("食品经营许可")).count(), 5);
        // The 65th row, which repeats a code, is by its name another item of the other city; for a person to confirm.
        let twice =
            common.iter().find(|item| item.names[1].as_deref() == Some("非公司企业法人分支机构注销登记"));
        let twice = twice.expect("it has a partner of its name");
        assert_eq!((twice.names[0] == twice.names[1], twice.certain), (true, false));
        let all: Vec<_> = common.iter().filter(|item| item.certain).collect();
        assert_eq!(all.len(), 64, "nothing else is told for certain");
    }
}

#[test]
fn lists_without_codes_of_their_own_and_three_lists_at_once() {
    let Some(data) = data() else { return };
    let path = |name: &str| data.join(name).to_str().unwrap().to_owned();
    let guangan = read(&path("guangan/guangan_items.csv"), "id=basic_code,name=name,department=department");
    let ziyang = read(&path("ziyang/ziyang_v2.csv"), "id=basic_code,name=title");
    let first = read(&path("ziyang/ziyang_v1.csv"), "id=basic_code,name=title");
    let alignment = aligned(&[&guangan, &ziyang, &first]);
    // An earlier edition of one of them: all but the item that moved to another department are in both.
    let both = alignment.items.iter().filter(|item| item.ids[1].is_some() && item.ids[2].is_some()).count();
    assert!(both >= 53, "{both}");
    let again = aligned(&[&first, &guangan, &ziyang]);
    assert_eq!(turned(&alignment, &[2, 0, 1]), turned(&again, &[0, 1, 2]));
}

const HEAD: &str = "编码,名称,部门,材料,备注栏";
const ONE: &str = "\
000164213000,林木采伐许可证核发,广安市林业局,申请表；身份证,同\n\
000164105000,种子经营许可,广安市农业农村局,申请表,同\n\
000117999000,广安特有的许可,广安市水利局,,\n";
const OTHER: &str = "\
000164105000,种子经营许可,资阳市农业农村局,申请表；章程,同\n\
000164213000,林木采伐审批,资阳市林业局,1.申请表；2.居民身份证,异\n";
const COLUMNS: &str = "id=编码,name=名称,department=部门,materials=材料";

fn desk() -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, rows: &str| {
        let path = folder.path().join(name);
        fs::write(&path, format!("{HEAD}\n{rows}")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (one, other) = (file("广安.csv", ONE), file("资阳.csv", OTHER));
    (folder, one, other)
}

#[test]
fn list_align_writes_each_format_and_the_common_list() {
    let (folder, one, other) = desk();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let align = |more: &[&str]| {
        let mut arguments = vec!["--kind", "service", "--columns", COLUMNS, "--lang", "zh", &one, &other];
        arguments.extend(more);
        run("list_align", &arguments)
    };
    let (document, common) = (path("align.json"), path("common.json"));
    let output = align(&["--out", &document, "--common", &common]);
    assert_eq!((code(&output), told(&output).as_str()), (0, ""));
    let json = |path: &str| -> Json { serde_json::from_slice(&fs::read(path).unwrap()).unwrap() };
    let told_of = json(&document);
    assert_eq!((&told_of["format"], &told_of["kind"]), (&json!("qingdan/align/1"), &json!("service")));
    assert_eq!(told_of["items"][0]["ids"], json!(["000164213000", "000164213000"]));
    assert_eq!(told_of["items"][0]["differences"], json!(["name", "备注栏"]));
    assert_eq!(told_of["items"][0]["values"]["备注栏"], json!(["同", "异"]));
    assert_eq!(told_of["items"][1]["differences"], json!(["materials"]));
    assert_eq!(told_of["items"][2]["ids"], json!(["000117999000", null]));
    assert_eq!(told_of["lists"][1]["place"], "资阳");
    assert_eq!((&told_of["summary"]["in_all"], &told_of["summary"]["in_one"]), (&json!(2), &json!(1)));
    assert_eq!(told_of["same_item_other_name"][0]["names"], json!(["林木采伐许可证核发", "林木采伐审批"]));
    for key in ["same_name_other_item", "systematic", "candidates"] {
        assert_eq!(told_of[key], json!([]), "{key}");
    }
    // Who decides stays at home.
    let list = json(&common);
    assert_eq!((&list["kind"], list["items"].as_array().unwrap().len()), (&json!("cross-region"), 4));
    let entry = &list["items"][1];
    assert_eq!(
        (&entry["home"], &entry["receiving"], &entry["decision_authority"]),
        (&json!("资阳"), &json!(["广安"]), &json!("资阳市林业局"))
    );
    assert_eq!(entry["remarks"], "待统一：事项名称、备注栏");
    // Everything for people, and tables.
    let text = String::from_utf8(align(&[]).stdout).unwrap();
    for part in ["同事不同名（共1项）", "要素差异（共2项）", "只在一份清单的事项（共1项）", "广安特有的许可"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    for (format, part) in
        [("markdown", "| 序号 |"), ("html", "<!DOCTYPE html>"), ("csv", "same-item-other-name")]
    {
        let output = align(&["--format", format]);
        assert_eq!(code(&output), 0, "{}", told(&output));
        assert!(String::from_utf8(output.stdout).unwrap().contains(part), "{format}");
    }
    let table = path("common.csv");
    assert_eq!(code(&align(&["--common", &table])), 0);
    assert!(fs::read_to_string(&table).unwrap().contains("资阳市林业局"));
    let output = run("list_check", &[&common]);
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stdout));
    // Fields that take no part are said.
    let output = align(&["--ignore", "备注栏,name", "--format", "json"]);
    let less: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&less["items"][0]["differences"], &less["ignore"]), (&json!([]), &json!(["备注栏", "name"])));
}

#[test]
fn list_align_exits_as_it_says() {
    let (folder, one, other) = desk();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let align = |lists: &[&str], more: &[&str]| {
        let mut arguments = vec!["--kind", "service", "--columns", COLUMNS, "--exit-code"];
        arguments.extend(lists);
        arguments.extend(more);
        run("list_align", &arguments)
    };
    assert_eq!(code(&align(&[&one, &other], &[])), 1);
    assert_eq!(code(&align(&[&one, &one, &one], &["--edition", "2022", "--edition", "2023"])), 0);
    let shuffled = path("shuffled.csv");
    let mut rows: Vec<&str> = ONE.lines().collect();
    rows.reverse();
    fs::write(&shuffled, format!("{HEAD}\n{}\n", rows.join("\n"))).unwrap();
    assert_eq!(code(&align(&[&one, &shuffled], &[])), 1, "order counts");
    // What is wrong: said, exit 2, nothing written.
    let out = path("out.json");
    let bad = |arguments: &[&str], parts: &[&str]| {
        let mut all = arguments.to_vec();
        all.extend(["--out", &out]);
        let output = run("list_align", &all);
        assert_eq!(code(&output), 2, "{arguments:?}");
        for part in parts {
            assert!(told(&output).contains(part), "{part}: {}", told(&output));
        }
        assert!(!fs::exists(&out).unwrap());
    };
    bad(&[&one], &["name two or more"]);
    bad(&[&one, &other], &["--kind"]);
    bad(
        &[&format!("service:{one}"), &format!("licensing:{other}"), "--columns", "id=编码,name=名称"],
        &["different kinds"],
    );
    bad(&["--kind", "service", "--columns", COLUMNS, &one, &other, "--only", "无此栏"], &["无此栏"]);
    bad(&["--kind", "service", "--columns", COLUMNS, &one, &other, "--format", "docx"], &["docx"]);
    let common = path("common.xlsx");
    bad(&["--kind", "service", "--columns", COLUMNS, &one, &other, "--common", &common], &["xlsx"]);
    bad(&["--kind", "service", "--columns", "id=编码,name=没有这列", &one, &other], &["没有这列"]);
    let decisions = path("decisions.csv");
    fs::write(
        &decisions,
        "from,to,decision\n000164213000,000164213000,same\n000164213000,000164105000,same\n",
    )
    .unwrap();
    bad(
        &["--kind", "service", "--columns", COLUMNS, &one, &other, "--decisions", &decisions],
        &["decisions.csv", "stands in two decisions"],
    );
}

/// Lists of several places have other headers: one call names them all.
#[test]
fn a_header_that_is_named_need_not_be_in_every_table() {
    let (folder, one, _) = desk();
    let other = folder.path().join("other.csv");
    fs::write(&other, "code,title\n000164213000,林木采伐许可\n").unwrap();
    let other = other.to_str().unwrap();
    let columns = format!("{COLUMNS},id=code,name=title");
    let output =
        run("list_align", &["--kind", "service", "--columns", &columns, &one, other, "--format", "json"]);
    // Said where a table has no header for a field, not where it has another one of those that are named.
    let said = told(&output);
    assert_eq!((code(&output), said.lines().count()), (0, 2), "{said}");
    assert!(said.contains("other.csv: warning: there is no column `部门`"), "{said}");
    let json: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["items"][0]["ids"], json!(["000164213000", "000164213000"]));
    // What is left to decide can be written, filled in and given back.
    let decide = folder.path().join("decide.csv");
    let decide = decide.to_str().unwrap();
    let arguments = ["--kind", "service", "--columns", &columns, "--match", "names", &one, other];
    assert_eq!(code(&run("list_align", &[&arguments[..], &["--to-decide", decide]].concat())), 0);
    assert!(fs::read_to_string(decide).unwrap().contains("from,to,decision"));
}
