//! Figures, the yearly report and the checks between lists, on a made-up government with the figures of a real report.

use crate::government::{Sizes, edited, government, without};
use proptest::prelude::*;
use proptest::sample::Index;
use qingdan::codes::{CrossRegionMode, ItemType, ReformMode};
use qingdan::problem::Lang;
use qingdan::statistics::{self, Annual, By, Figure, Options, Reported, counts_by, figures};
use qingdan::term::ItemRef;
use qingdan::{AnyCatalogue, AnyItem, Entry, LicensingItem, List, Portfolio, Set, Text, check, report};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

const SEED: u64 = 2023;

/// Made once.
fn haidong() -> &'static Portfolio {
    static MADE: OnceLock<Portfolio> = OnceLock::new();
    MADE.get_or_init(|| government(&Sizes::haidong(), SEED))
}

/// The year before: three licences less, five that are new in the year, two that are gone in it, three of other names.
fn haidong_before() -> Portfolio {
    let mut before = edited(haidong(), "licensing.general", &mut |any| {
        let AnyCatalogue::Licensing(list) = any else { panic!() };
        for n in [10, 20, 30, 40, 50] {
            let key = haidong_key("licensing.general", n);
            assert!(list.items.remove(&key).is_some());
        }
        for n in [60, 70, 80] {
            let key = haidong_key("licensing.general", n);
            list.items.update(&key, |item| item.name = format!("{}（旧称）", item.name)).unwrap();
        }
        list.items.push(LicensingItem::new("000199001000", "药品零售企业筹建审批")).unwrap();
        list.items.push(LicensingItem::new("000199002000", "产品质量检验机构计量认证")).unwrap();
        list.header.declared = Some(320);
    });
    let lists = before.lists.iter().map(|list| {
        let mut list = list.clone();
        if !list.header().edition.is_empty() {
            list.header_mut().edition = "2022".into();
        }
        list.header_mut().title = list.header().title.replace("2023", "2022");
        list.header_mut().as_of = Some("2022-12-31".parse().unwrap());
        list
    });
    before.lists = List::of(lists.collect::<Vec<_>>()).unwrap();
    before
}

fn haidong_key(list: &str, n: usize) -> String {
    haidong().lists.get(list).unwrap().items()[n].key().into_owned()
}

fn told(of: &[Figure]) -> BTreeMap<&'static str, usize> {
    of.iter().map(|figure| (figure.name, figure.value)).collect()
}

fn annual() -> Annual {
    statistics::annual(&haidong_before(), haidong(), &Options::default())
}

#[test]
fn the_figures_of_haidongs_report_stand_with_their_ids() {
    let annual = annual();
    let mut document = Vec::new();
    report::annual_json(&annual, None, Lang::Zh, &mut document).unwrap();
    let document: serde_json::Value = serde_json::from_slice(&document).unwrap();
    assert_eq!(document["format"], "qingdan/annual/1");
    let expected: &[(&str, usize, &str)] = &[
        ("L_GEN", 323, "licensing.general"),
        ("L_GEN_0", 320, "licensing.general"),
        ("L_ADD", 5, "licensing.general"),
        ("L_DEL", 2, "licensing.general"),
        ("L_CHG", 3, "licensing.general"),
        ("L_OWN", 254, "licensing.own"),
        ("F_GEN", 198, "filing.general"),
        ("F_OWN", 135, "filing.own"),
        ("P_ALL", 1028, "power"),
        ("C_KEEP", 293, "power"),
        ("C_MAT", 275, "power"),
        ("C_COMM", 117, "power"),
        ("R_ALL", 99, "licence-reform"),
        ("R_1", 3, "licence-reform"),
        ("R_2", 10, "licence-reform"),
        ("R_3", 21, "licence-reform"),
        ("R_4", 65, "licence-reform"),
        ("S_ALL", 23, "supervision"),
        ("I_ALL", 238, "inspection"),
        ("I_DEPT", 27, "inspection"),
        ("X_PROV", 13, "cross-region.province"),
        ("X_REG", 211, "cross-region.region"),
        ("X_M1", 130, "cross-region.region"),
        ("X_M2", 60, "cross-region.region"),
        ("X_M3", 30, "cross-region.region"),
        ("PK_ALL", 19, "package"),
        ("PK_ITEMS", 75, "package"),
        ("D_RULE", 10, "document.rules"),
        ("D_DOC", 74, "document.normative"),
        ("D_REV", 12, "document.normative"),
        ("DEC_ISSUES", 2, "decision.q1-3,decision.q4"),
        ("DEC_ITEMS", 16, "decision.q1-3,decision.q4"),
    ];
    let figures = document["figures"].as_array().unwrap();
    assert_eq!(figures.len(), expected.len());
    for (figure, (name, value, list)) in figures.iter().zip(expected) {
        assert_eq!((figure["name"].as_str(), figure["list"].as_str()), (Some(*name), Some(*list)));
        assert_eq!(figure["value"], *value, "{name}");
        let day = if *name == "L_GEN_0" { "2022-12-31" } else { "2023-12-31" };
        assert_eq!(figure["as_of"], day, "{name}");
        let ids: BTreeSet<&str> =
            figure["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        assert_eq!(ids.len(), *value, "{name}: each id once");
    }
    let named = |name: &str| figures.iter().find(|figure| figure["name"] == name).unwrap();
    assert_eq!(
        (&named("L_GEN")["scope"], &named("L_OWN")["scope"]),
        (&"general".into(), &"own-level".into())
    );
    assert_eq!(named("L_GEN")["before"], 320);
    // The ids are those of the items that the figure speaks of.
    let powers = haidong().lists.get("power").unwrap();
    let commitment: BTreeSet<String> = powers
        .items()
        .iter()
        .filter(|item| item.get::<Option<bool>>("commitment_optional") == Some(&Some(true)))
        .map(|item| item.key().into_owned())
        .collect();
    assert_eq!(annual.figure("C_COMM").unwrap().ids.iter().cloned().collect::<BTreeSet<_>>(), commitment);
    let shares: Vec<_> = document["shares"].as_array().unwrap().iter().take(3).collect();
    let percent = |n: usize| shares[n]["percent"].as_str().unwrap();
    assert_eq!([percent(0), percent(1), percent(2)], ["28.50", "93.86", "39.93"]);
    assert_eq!((&shares[0]["part_value"], &shares[0]["whole_value"]), (&293.into(), &1028.into()));
    assert!(document["warnings"].as_array().unwrap().is_empty(), "{}", document["warnings"]);
}

#[test]
fn the_paragraph_is_that_of_the_office() {
    assert_eq!(
        annual().paragraph,
        "2023年，对照《青海省行政许可事项清单（2023年版）》（青政办〔2023〕999号）及其实施规范，动态调整并公布《海东市行政许可事项通用清单（2023年版）》《海东市市本级行政许可事项通用清单（2023年版）》《海东市行政备案事项清单（2023年版）》《海东市市级各部门（单位）行政备案事项清单（2023年版）》，分别为323项（上年320项，新增5项、取消2项、调整3项）、254项（上年254项）、198项（上年198项）、135项（上年135项）。\
         梳理证明事项，权责清单事项1028项（上年1028项），其中涉及保留证明的293项、含有证明材料的275项、可选择告知承诺制办理的117项。\
         涉企经营许可“证照分离”改革事项99项（上年99项），其中直接取消审批3项、审批改为备案10项、实行告知承诺21项、优化审批服务65项。\
         建立跨部门综合监管重点事项清单23项（上年23项）；“双随机、一公开”抽查事项238项（上年238项），涉及27个部门。\
         与兰州市、临夏州、西宁市实现“跨省通办”13项（上年13项）、“区域通办”211项（其中全程网办130项、异地代收代办60项、多地联办30项；上年211项），审批权限保持不变。\
         编制“高效办成一件事”套餐19件（上年19件），涉及事项75项。\
         现行有效政府规章10部（上年10部）、行政规范性文件74件（上年74件），年内合法性审查并备案12件；公布重大行政决策事项目录2批16项。\
         完成抽查任务【待填】项，政务服务办件量【待填】件，政务服务“好差评”【待填】条。\
         （以上数据截至2023年12月31日）"
    );
}

#[test]
fn a_list_that_is_not_there_leaves_its_clause_out() {
    let mut one = Portfolio::default();
    let mut filing = haidong().lists.get("filing.general").unwrap().clone();
    filing.header_mut().as_of = None;
    one.lists.push(filing).unwrap();
    let annual = statistics::annual(&Portfolio::default(), &one, &Options::default());
    assert_eq!(told(&annual.figures), BTreeMap::from([("F_GEN", 198)]));
    assert_eq!(
        annual.paragraph,
        "2023年，对照【待填】（【待填】）及其实施规范，动态调整并公布《海东市行政备案事项清单（2023年版）》，为198项。（以上数据截至【待填】）"
    );
    let rules: Vec<&str> = annual.warnings.iter().map(|warning| warning.rule).collect();
    assert_eq!(rules, ["statistics/as-of-unknown"]);
    // A power list without the columns of certifications says nothing of them.
    let mut power = qingdan::Catalogue::<qingdan::PowerItem>::default();
    power.items.push(qingdan::PowerItem::new("1", "对学校的检查")).unwrap();
    let mut bare = Portfolio::default();
    bare.lists.push(power.into()).unwrap();
    let annual = statistics::annual(&Portfolio::default(), &bare, &Options::default());
    assert_eq!(told(&annual.figures), BTreeMap::from([("P_ALL", 1)]));
    assert!(annual.paragraph.contains("权责清单事项1项，其中涉及保留证明的【待填】项、"));
    let nothing = statistics::annual(&Portfolio::default(), &Portfolio::default(), &Options::default());
    assert!(nothing.figures.is_empty() && nothing.paragraph.is_empty() && nothing.lists.is_empty());
}

#[test]
fn what_a_list_is_its_header_or_its_rows_say() {
    let mut all = haidong().clone();
    let lists = all.lists.iter().enumerate().map(|(n, list)| {
        let mut list = list.clone();
        // Titles alone, and series that say nothing.
        list.header_mut().series = format!("{n}").into();
        list
    });
    all.lists = List::of(lists.collect::<Vec<_>>()).unwrap();
    assert_eq!(told(&figures(&all)), told(&figures(haidong())));
}

#[test]
fn lists_are_counted_by_what_they_name() {
    let of = |list: &str, by| {
        let groups = counts_by(haidong().lists.get(list).unwrap(), by);
        groups.into_iter().map(|group| (group.name, group.ids.len())).collect::<BTreeMap<_, _>>()
    };
    let of_types = of("power", By::ItemType);
    assert_eq!((of_types["行政许可"], of_types["行政检查"]), (323, 238));
    assert_eq!(of_types.values().sum::<usize>(), 1028);
    assert_eq!(
        of("cross-region.province", By::Partner),
        [("兰州市".into(), 13), ("临夏州".into(), 13)].into()
    );
    assert_eq!(
        of("cross-region.region", By::Partner),
        [("西宁市".into(), 211), ("兰州市".into(), 211)].into()
    );
    assert_eq!(of("licence-reform", By::Mode)["优化审批服务"], 65);
    assert_eq!(of("cross-region.region", By::Mode)["全程网办"], 130);
    assert_eq!(of("inspection", By::Department).len(), 27);
    let levels = of("licensing.general", By::Level);
    assert_eq!((levels["市级"], levels["县级"]), (323, 108));
}

#[test]
fn sub_items_are_counted_apart_and_a_cancelled_item_counts_no_more() {
    let mut list = qingdan::Catalogue::<LicensingItem>::default();
    let mut add = |id: &str, name: &str, sub: &str, parent: &str| {
        let mut item = LicensingItem::new(id, name);
        (item.sub_item, item.parent) = (sub.into(), parent.into());
        list.items.push(item).unwrap();
    };
    add("1", "教师资格认定", "", "");
    add("1-1", "教师资格认定", "小学", "1");
    add("1-2", "教师资格认定", "初中", "1");
    add("2", "取水许可", "", "");
    add("3-1", "校车使用许可", "甲", "");
    add("3-2", "校车使用许可", "乙", "");
    list.items.update("2", |item| item.state = Some(qingdan::codes::ItemState::Cancelled)).unwrap();
    list.header.declared = Some(6);
    let mut portfolio = Portfolio::default();
    portfolio.lists.push(list.into()).unwrap();
    let annual = statistics::annual(&Portfolio::default(), &portfolio, &Options::default());
    assert_eq!(annual.figure("L_GEN").unwrap().ids, ["1", "3-1"]);
    let count = annual.lists[0].after.as_ref().unwrap();
    assert_eq!((count.items, count.rows, count.main, count.sub, count.handling), (2, 6, 2, 4, 0));
    assert!(annual.warnings.iter().any(|warning| warning.rule == "statistics/counted-otherwise"));
}

#[test]
fn what_may_be_wrong_is_said_with_its_ids() {
    let rules = |portfolio: &Portfolio, options: &Options| {
        let annual = statistics::annual(&haidong_before(), portfolio, options);
        let told = annual.warnings.into_iter();
        told.map(|warning| (warning.rule, warning.figures.join(","), warning.ids)).collect::<Vec<_>>()
    };
    // Own-level beyond general.
    let more = edited(haidong(), "filing.own", &mut |any| {
        let AnyCatalogue::Filing(list) = any else { panic!() };
        for n in 0..64 {
            list.items.push(qingdan::FilingItem::new(format!("N{n}"), format!("新增事项{n}备案"))).unwrap();
        }
    });
    let found = rules(&more, &Options::default());
    assert_eq!((found[0].0, found[0].1.as_str()), ("statistics/own-beyond-general", "F_OWN,F_GEN"));
    assert_eq!(found[0].2.len(), 64);
    // A part beyond its whole.
    let fewer = edited(haidong(), "power", &mut |any| {
        let AnyCatalogue::Power(list) = any else { panic!() };
        let keys: Vec<String> = list.items.iter().map(|item| item.id.clone()).collect();
        for key in keys {
            list.items.update(&key, |item| item.retained_certifications = Some(false)).unwrap();
        }
    });
    let found = rules(&fewer, &Options::default());
    assert_eq!(
        found.iter().map(|found| (found.0, found.1.as_str(), found.2.len())).collect::<Vec<_>>(),
        [
            ("statistics/part-beyond-whole", "C_MAT,C_KEEP", 275),
            ("statistics/part-beyond-whole", "C_COMM,C_KEEP", 117)
        ]
    );
    // One that is marked as cancelled is gone; the title still counts its row.
    let key = haidong_key("licensing.general", 3);
    let marked = edited(haidong(), "licensing.general", &mut |any| {
        let AnyCatalogue::Licensing(list) = any else { panic!() };
        list.items.update(&key, |item| item.state = Some(qingdan::codes::ItemState::Cancelled)).unwrap();
    });
    let found = rules(&marked, &Options::default());
    assert_eq!(found, [("statistics/counted-otherwise", "L_GEN".to_owned(), Vec::new())]);
    let annual = statistics::annual(&haidong_before(), &marked, &Options::default());
    let numbers =
        ["L_GEN_0", "L_ADD", "L_DEL", "L_CHG", "L_GEN"].map(|name| annual.figure(name).unwrap().value);
    assert_eq!(numbers, [320, 5, 3, 3, 322]);
    // Modes that are not the total.
    let key = haidong_key("licence-reform", 7);
    let open = edited(haidong(), "licence-reform", &mut |any| {
        let AnyCatalogue::LicenceReform(list) = any else { panic!() };
        list.items.update(&key, |item| item.mode = None).unwrap();
    });
    assert_eq!(
        rules(&open, &Options::default()),
        [("statistics/modes-and-total", "R_ALL,R_1,R_2,R_3,R_4".to_owned(), vec![key])]
    );
    // Days that differ in one sentence, and the paragraph's end says none.
    let late = edited(haidong(), "licensing.own", &mut |any| {
        any.header_mut().as_of = Some("2023-11-30".parse().unwrap());
    });
    let found = rules(&late, &Options::default());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "statistics/as-of-differs");
    let annual = statistics::annual(&Portfolio::default(), &late, &Options::default());
    assert!(annual.paragraph.ends_with("（以上数据截至【待填】）"));
    // What last year's report printed.
    let mut options = Options::default();
    let mut of_list = Reported::new("items", 198);
    of_list.list = "filing.general".into();
    options.reported = vec![
        Reported::new("L_GEN", 318),
        Reported::new("P_ALL", 1028),
        Reported::new("L_OWN", 254),
        Reported::new("X", 1),
        of_list,
    ];
    let found = rules(haidong(), &options);
    assert_eq!(
        found.iter().map(|found| (found.0, found.1.as_str())).collect::<Vec<_>>(),
        [("statistics/reported-differs", "L_GEN"), ("statistics/reported-unknown", "")]
    );
}

#[test]
fn a_sub_item_that_comes_or_goes_changes_its_main_item() {
    let list = |rows: &[(&str, &str, &str)]| {
        let mut list = qingdan::Catalogue::<LicensingItem>::default();
        for (id, name, parent) in rows {
            let mut item = LicensingItem::new(*id, *name);
            item.parent = (*parent).into();
            list.items.push(item).unwrap();
        }
        let mut portfolio = Portfolio::default();
        portfolio.lists.push(list.into()).unwrap();
        portfolio
    };
    let before = list(&[
        ("1", "教师资格认定", ""),
        ("1-1", "小学", "1"),
        ("1-2", "初中", "1"),
        ("2", "取水许可", ""),
        ("2-1", "地下水", "2"),
        ("3-1", "甲", "3"),
        ("3-2", "乙", "3"),
        ("4", "排污许可", ""),
    ]);
    let after = list(&[
        ("1", "教师资格认定", ""),
        ("1-2", "初中", "1"),
        ("3-2", "乙", "3"),
        ("4", "排污许可", ""),
        ("4-1", "废水", "4"),
        ("5", "校车使用许可", ""),
        ("5-1", "幼儿园", "5"),
    ]);
    let annual = statistics::annual(&before, &after, &Options::default());
    let ids = |name: &str| annual.figure(name).unwrap().ids.clone();
    assert_eq!(ids("L_GEN_0"), ["1", "2", "3-1", "4"]);
    assert_eq!(ids("L_GEN"), ["1", "3-2", "4", "5"]);
    assert_eq!((ids("L_ADD"), ids("L_DEL")), (vec!["5".to_owned()], vec!["2".to_owned()]));
    assert_eq!(ids("L_CHG"), ["1", "3-2", "4"]);
    assert!(annual.warnings.iter().all(|warning| warning.rule != "statistics/bridge-open"));
}

#[test]
fn another_spelling_is_neither_new_nor_gone() {
    let list = |name: &str| {
        let mut item = LicensingItem::new(name, name);
        item.derived = true;
        let mut list = qingdan::Catalogue::<LicensingItem>::default();
        list.items.push(item).unwrap();
        let mut portfolio = Portfolio::default();
        portfolio.lists.push(list.into()).unwrap();
        portfolio
    };
    let annual =
        statistics::annual(&list("取水许可(地下水)"), &list("取水许可（地下水）"), &Options::default());
    let numbers =
        ["L_GEN_0", "L_ADD", "L_DEL", "L_CHG", "L_GEN"].map(|name| annual.figure(name).unwrap().value);
    assert_eq!(numbers, [1, 0, 0, 0, 1]);
}

#[test]
fn the_year_is_told_list_by_list() {
    let mut before = haidong_before();
    before.lists.remove("supervision").unwrap();
    let after = {
        let mut after = haidong().clone();
        after.lists.remove("package").unwrap();
        after
    };
    let annual = statistics::annual(&before, &after, &Options::default());
    let of = |list: &str| annual.lists.iter().find(|change| change.list == list).unwrap();
    let general = of("licensing.general");
    let counts = [&general.added, &general.removed, &general.renamed, &general.changed].map(Vec::len);
    assert_eq!(counts, [5, 2, 3, 0]);
    assert_eq!(general.removed, ["000199001000", "000199002000"]);
    assert!(of("supervision").before.is_none() && of("package").after.is_none());
    let mut page = Vec::new();
    report::annual_text(&annual, None, Lang::Zh, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("上年没有的清单：海东市跨部门综合监管重点事项清单（supervision）"), "{page}");
    assert!(page.contains("本年没有的清单：海东市“一件事一次办”套餐清单（package）"), "{page}");
    assert!(annual.figure("S_ALL").unwrap().before.is_none());
    assert!(annual.figure("PK_ALL").is_none() && !annual.paragraph.contains("套餐"));
}

#[test]
fn every_format_says_the_same_figures() {
    let annual = annual();
    let checks = check::check(haidong(), &check::Options::default());
    assert_eq!(checks.findings.iter().map(|f| (f.rule.id, &f.list)).collect::<Vec<_>>(), []);
    for lang in [Lang::Zh, Lang::En] {
        let mut pages = vec![Vec::new(), Vec::new()];
        report::annual_text(&annual, Some(&checks), lang, &mut pages[0]).unwrap();
        report::annual_markdown(&annual, Some(&checks), lang, &mut pages[1]).unwrap();
        #[cfg(feature = "html")]
        {
            pages.push(Vec::new());
            report::annual_html(&annual, Some(&checks), lang, &mut pages[2]).unwrap();
        }
        for page in pages {
            let page = String::from_utf8(page).unwrap();
            for figure in &annual.figures {
                assert!(
                    page.contains(figure.name) || page.contains(&figure.name.replace('_', "\\_")),
                    "{}",
                    figure.name
                );
                assert!(page.contains(&figure.value.to_string()), "{}", figure.name);
            }
            assert!(page.contains("28.50"), "{page}");
        }
    }
    let mut page = Vec::new();
    report::annual_text(&annual, Some(&checks), Lang::Zh, &mut page).unwrap();
    assert!(String::from_utf8(page).unwrap().contains("清单之间没有发现问题。"));
}

#[test]
#[cfg(feature = "html")]
fn the_page_stands_by_itself() {
    let mut odd = haidong().clone();
    odd.name = "<script>alert(1)</script>&\"".into();
    let annual = statistics::annual(&haidong_before(), &odd, &Options::default());
    let mut page = Vec::new();
    report::annual_html(&annual, None, Lang::Zh, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    // Two plots, of which the one by list is too long for half a sheet.
    assert_eq!(page.matches("<svg ").count(), 3);
    for never in ["<script", "http-equiv", "<link", "@import", "src="] {
        assert!(!page.contains(never), "{never}");
    }
    // Names of the page's own vocabulary alone are addresses.
    for (at, _) in page.match_indices("http") {
        assert!(page[at..].starts_with("http://www.w3.org/2000/svg"), "{}", &page[at..at + 40]);
    }
    assert!(page.contains("@media print"));
}

/// The figures that stand on an item of a list, with by how much they fall. This is the table of dependencies: list kind →
/// figures.
fn depending(list: &str, item: &dyn AnyItem, portfolio: &Portfolio) -> BTreeMap<&'static str, usize> {
    let says = |field: &str| item.get::<Option<bool>>(field) == Some(&Some(true));
    let others = |key: &str| {
        let list = portfolio.lists.get(key).unwrap();
        list.items().into_iter().filter(|other| other.key() != item.key()).collect::<Vec<_>>()
    };
    let mut out = BTreeMap::new();
    let mut add = |name, n: usize| {
        if n > 0 {
            out.insert(name, n);
        }
    };
    match list {
        "licensing.general" => add("L_GEN", 1),
        "licensing.own" => add("L_OWN", 1),
        "filing.general" => add("F_GEN", 1),
        "filing.own" => add("F_OWN", 1),
        "power" => {
            add("P_ALL", 1);
            add("C_KEEP", says("retained_certifications").into());
            add("C_MAT", says("with_material").into());
            add("C_COMM", says("commitment_optional").into());
        }
        "licence-reform" => {
            add("R_ALL", 1);
            let mode = item.get::<Option<ReformMode>>("mode").cloned().flatten();
            let at = ReformMode::ALL.iter().position(|known| Some(known) == mode.as_ref()).unwrap();
            add(["R_1", "R_2", "R_3", "R_4"][at], 1);
        }
        "supervision" => add("S_ALL", 1),
        "inspection" => {
            add("I_ALL", 1);
            let own = item.department();
            add("I_DEPT", others(list).iter().all(|other| other.department() != own).into());
        }
        "cross-region.province" => add("X_PROV", 1),
        "cross-region.region" => {
            add("X_REG", 1);
            let modes = item.get::<Set<CrossRegionMode>>("modes").unwrap();
            for (name, mode) in ["X_M1", "X_M2", "X_M3"].into_iter().zip(CrossRegionMode::ALL) {
                add(name, modes.contains(mode).into());
            }
        }
        "package" => {
            add("PK_ALL", 1);
            let parts = |item: &dyn AnyItem| -> BTreeSet<String> {
                item.get::<List<ItemRef>>("items").unwrap().iter().map(|part| part.id.to_string()).collect()
            };
            let elsewhere: BTreeSet<String> = others(list).into_iter().flat_map(parts).collect();
            add("PK_ITEMS", parts(item).difference(&elsewhere).count());
        }
        "document.rules" => add("D_RULE", 1),
        "document.normative" => {
            add("D_DOC", 1);
            add("D_REV", (!item.text("legality_review").is_empty()).into());
        }
        "decision.q1-3" | "decision.q4" => {
            // What the other issue holds as well still stands.
            let other = if list == "decision.q4" { "decision.q1-3" } else { "decision.q4" };
            add("DEC_ITEMS", (others(other).len() == portfolio.lists.get(other).unwrap().len()).into());
        }
        "certification" => {}
        other => panic!("{other}: which figures stand on it?"),
    }
    out
}

/// The findings that come when an item of a list goes: of each rule, in which list, at which items. Written from what the
/// rules ask, not from how they are checked: plain names and ids.
fn findings_after(list: &str, gone: &dyn AnyItem, left: &Portfolio) -> BTreeSet<(String, String, String)> {
    let rows = |key: &str| left.lists.get(key).unwrap().items();
    let stands = |key: &str, id: &str| rows(key).iter().any(|item| item.id() == id);
    let named = |key: &str, name: &str| rows(key).iter().any(|item| item.name() == name);
    let is = |item: &dyn AnyItem, of: &ItemType| {
        item.get::<Option<ItemType>>("item_type").and_then(Option::as_ref) == Some(of)
    };
    let mut out = BTreeSet::new();
    let mut add = |rule: &str, list: &str, item: &str| {
        out.insert((rule.to_owned(), list.to_owned(), item.to_owned()));
    };
    // Titles that say how many there are; the decisions' do not.
    if left.lists.get(list).unwrap().header().declared.is_some() {
        add("structure/declared-count", list, "");
    }
    let (id, name) = (gone.id(), gone.name());
    let twins = [("licensing.general", "licensing.own"), ("filing.general", "filing.own")];
    for (general, own) in twins {
        if list == general && stands(own, id) {
            add("portfolio/own-beyond-general", own, id);
        }
    }
    let licensed = |name: &str| named("licensing.general", name) || named("licensing.own", name);
    if list.starts_with("licensing") && !licensed(name) {
        for item in rows("power").iter().filter(|item| is(**item, &ItemType::Licence) && item.name() == name)
        {
            add("portfolio/licence-outside-list", "power", item.id());
        }
        for item in rows("licence-reform").iter().filter(|item| item.name() == name) {
            add("portfolio/reform-not-licensed", "licence-reform", item.id());
        }
    }
    if list == "power" && is(gone, &ItemType::Licence) {
        for key in ["licensing.general", "licensing.own"] {
            for item in rows(key).iter().filter(|item| item.name() == name) {
                add("portfolio/licence-not-in-power", key, item.id());
            }
        }
    }
    if list == "certification" {
        for power in gone.get::<List<ItemRef>>("items").unwrap() {
            add("portfolio/certification-unserved", "power", &power.id);
        }
    }
    // References that end nowhere: by id or name in the lists that they may point to.
    let base = ["licensing.general", "licensing.own", "filing.general", "filing.own", "power"];
    for (from, field, to) in [
        ("package", "items", &base[..]),
        ("cross-region.province", "item", &base[..]),
        ("cross-region.region", "item", &base[..]),
        ("certification", "items", &base[..]),
        ("inspection", "items", &base[4..]),
        ("licence-reform", "replaced_by", &base[2..4]),
    ] {
        for item in rows(from) {
            for part in item.get::<List<ItemRef>>(field).into_iter().flatten() {
                if !to.iter().any(|key| stands(key, &part.id) || named(key, &part.name)) {
                    add("portfolio/dangling-reference", from, item.id());
                }
            }
        }
    }
    out
}

fn findings_of(portfolio: &Portfolio) -> BTreeSet<(String, String, String)> {
    let report = check::check(portfolio, &check::Options::default());
    let rows = report.findings.iter().flat_map(|finding| {
        let items = if finding.items.is_empty() { vec![String::new()] } else { finding.items.clone() };
        items.into_iter().map(|item| (finding.rule.id.to_owned(), finding.list.clone(), item))
    });
    rows.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn an_item_taken_out_changes_what_stands_on_it_and_nothing_else(list: Index, item: Index) {
        let lists: Vec<&AnyCatalogue> = haidong().lists.iter().collect();
        let list = list.get(&lists);
        let items = list.items();
        let item = *item.get(&items);
        let (list, key) = (list.key().into_owned(), item.key().into_owned());
        let left = without(haidong(), &list, &key);

        let (before, after) = (figures(haidong()), figures(&left));
        let mut expected = depending(&list, item, haidong());
        prop_assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            let fall = expected.remove(before.name).unwrap_or_default();
            prop_assert_eq!(before.value - fall, after.value, "{} of {} without {}", before.name, &list, &key);
            let ids = |figure: &Figure| figure.ids.iter().cloned().collect::<BTreeSet<_>>();
            let (had, has) = (ids(before), ids(after));
            prop_assert!(has.is_subset(&had) && had.len() - has.len() == fall, "{}", before.name);
            prop_assert_eq!((&before.lists, &before.scope, before.as_of), (&after.lists, &after.scope, after.as_of));
        }
        prop_assert!(expected.is_empty(), "{:?}", expected);
        prop_assert_eq!(findings_of(&left), findings_after(&list, item, &left), "{} without {}", &list, &key);
    }
}

#[test]
fn a_government_may_be_of_any_size_and_is_the_same_for_the_same_seed() {
    let mut sizes = Sizes::haidong();
    sizes.licences = [1200, 900];
    sizes.powers = [3000, 600, 500, 100];
    let portfolio = government(&sizes, 7);
    assert!(portfolio == government(&sizes, 7));
    let told = told(&figures(&portfolio));
    assert_eq!((told["L_GEN"], told["P_ALL"], told["C_MAT"]), (1200, 3000, 500));
    let findings = findings_of(&portfolio);
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn the_funnel_and_the_subsets_are_checked() {
    let key = haidong().lists.get("power").unwrap().items().iter().find_map(|item| {
        (item.get::<Option<bool>>("with_material") == Some(&Some(true))).then(|| item.key().into_owned())
    });
    let key = key.unwrap();
    let torn = edited(haidong(), "power", &mut |any| {
        let AnyCatalogue::Power(list) = any else { panic!() };
        list.items.update(&key, |item| item.retained_certifications = Some(false)).unwrap();
    });
    assert!(findings_of(&torn).contains(&("power/funnel".into(), "power".into(), key)));
    let own = edited(haidong(), "licensing.own", &mut |any| {
        let AnyCatalogue::Licensing(list) = any else { panic!() };
        let mut item = LicensingItem::new("000199003000", "本级独有事项许可");
        item.department.push(Text::from("市林草局")).unwrap();
        list.items.push(item).unwrap();
    });
    let found = findings_of(&own);
    let of = |rule: &str, item: &str| found.contains(&(rule.into(), "licensing.own".into(), item.into()));
    assert!(of("portfolio/own-beyond-general", "000199003000"));
    assert!(of("structure/declared-count", ""));
}

#[cfg(feature = "csv")]
mod program {
    use super::{haidong, haidong_before};
    use crate::programs::{code, run, told};
    use qingdan::{Entry as _, Portfolio};
    use std::fs;
    use std::path::Path;

    fn write(portfolio: &Portfolio, folder: &Path) -> String {
        fs::create_dir(folder).unwrap();
        for list in &portfolio.lists {
            let file = fs::File::create(folder.join(format!("{}.json", list.key()))).unwrap();
            list.write_json(std::io::BufWriter::new(file)).unwrap();
        }
        folder.to_str().unwrap().to_owned()
    }

    #[test]
    fn annual_report_prints_the_figures_in_every_format() {
        let folder = tempfile::tempdir().unwrap();
        let old = write(&haidong_before(), &folder.path().join("2022"));
        let new = write(haidong(), &folder.path().join("2023"));
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let reported = path("reported.csv");
        fs::write(&reported, "\u{feff}list,figure,value\nlicensing.general,L_GEN,318\n,P_ALL,1028\n")
            .unwrap();
        let json = path("report.json");
        let output =
            run("annual_report", &[&old, &new, "--reported", &reported, "--lang", "zh", "--out", &json]);
        assert_eq!((code(&output), told(&output).as_str()), (0, ""));
        let report: serde_json::Value = serde_json::from_slice(&fs::read(&json).unwrap()).unwrap();
        assert_eq!((&report["before"]["year"], &report["after"]["year"]), (&2022.into(), &2023.into()));
        let figure = report["figures"].as_array().unwrap().iter().find(|f| f["name"] == "C_KEEP").unwrap();
        assert_eq!((&figure["value"], figure["ids"].as_array().unwrap().len()), (&293.into(), 293));
        assert_eq!(report["warnings"][0]["rule"], "statistics/reported-differs");
        assert_eq!(report["checks"]["error"], 0);
        for (format, part) in [
            ("text", "权责清单事项1028项"),
            ("markdown", "# 海东市2023年清单年度报告"),
            ("html", "<h1>海东市2023年清单年度报告</h1>"),
        ] {
            let output = run("annual_report", &[&old, &new, "--lang", "zh", "--format", format]);
            assert_eq!((code(&output), told(&output).as_str()), (0, ""), "{format}");
            let page = String::from_utf8(output.stdout).unwrap();
            assert!(page.contains(part), "{format}: {page}");
        }
        let output = run("annual_report", &[&old]);
        assert_eq!(code(&output), 2);
        let output = run("annual_report", &[&old, &path("nowhere")]);
        assert_eq!(code(&output), 2);
    }
}
