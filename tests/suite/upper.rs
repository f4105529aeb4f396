//! A lower list held against its upper list: each rule by hand, and a real list of a prefecture and its districts.

use crate::rebasing::of_kind;
use qingdan::check::{self, Accepted, Finding, Report};
use qingdan::problem::Severity;
use qingdan::{AnyCatalogue, Portfolio, table};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

fn held(lower: AnyCatalogue, upper: AnyCatalogue, accepted: Vec<Accepted>) -> Report {
    let mut portfolio = Portfolio::default();
    portfolio.lists.push(lower).unwrap();
    let mut options = check::Options::default();
    options.uppers.lists.push(upper).unwrap();
    options.accepted = accepted;
    check::check(&portfolio, &options)
}

/// Severity, rule, items, what was expected and found.
fn told(lower: &Json, upper: &Json) -> Vec<String> {
    let report = held(of_kind("licensing", lower), of_kind("licensing", upper), Vec::new());
    in_short(&report)
}

fn in_short(report: &Report) -> Vec<String> {
    let text = |finding: &Finding| {
        let between =
            finding.expected.as_ref().zip(finding.found.as_ref()).map(|(a, b)| format!(" {a} → {b}"));
        format!(
            "{:?} {} {}{}",
            finding.severity,
            finding.rule.id,
            finding.items.join(","),
            between.unwrap_or_default()
        )
    };
    report.findings.iter().filter(|finding| finding.rule.id.starts_with("upper/")).map(text).collect()
}

fn item(id: &str, name: &str, more: &Json) -> Json {
    let mut item = json!({"id": id, "name": name});
    if let (Some(item), Some(more)) = (item.as_object_mut(), more.as_object()) {
        item.extend(more.clone());
    }
    item
}

#[test]
fn what_may_differ_is_no_finding() {
    let upper = json!([item(
        "1",
        "权限内林木采伐许可证核发",
        &json!({
            "authorities": [{"name": "县级林草部门"}], "basis": [{"text": "《中华人民共和国森林法》第五十六条"}],
            "statutory_limit": {"amount": 20, "unit": "working-day", "text": "20个工作日"},
            "promised_limit": {"amount": 10, "unit": "working-day", "text": "10个工作日"}, "contact": "省林草局"})
    ),]);
    let lower = json!([
        item(
            "1",
            "林木采伐许可证核发（县级）",
            &json!({
            "authorities": [{"name": "平安区林草局"}],
            "basis": [{"text": "《森林法》（2019年修订）第五十六条"}, {"text": "《青海省林地管理条例》第三条"}],
            "statutory_limit": {"amount": 20, "unit": "working-day", "text": "20个工作日"},
            "promised_limit": {"amount": 5, "unit": "working-day", "text": "5个工作日"}, "contact": "区林草局", "remarks": "窗口3"})
        ),
        item("9", "户外广告设置许可", &json!({"basis": [{"text": "《西宁市户外广告管理条例》第八条"}]})),
    ]);
    assert_eq!(told(&lower, &upper), ["Note upper/own-item 9"]);
}

#[test]
fn each_rule_finds_its_fault_and_nothing_else() {
    let base = |more: &Json| {
        let mut item = item(
            "1",
            "林木采伐许可证核发",
            &json!({
            "basis": [{"text": "《中华人民共和国森林法》第五十六条"}], "setting_basis": [{"text": "《中华人民共和国森林法》第五十六条"}],
            "statutory_limit": {"amount": 20, "unit": "working-day", "text": "20个工作日"},
            "promised_limit": {"amount": 10, "unit": "working-day", "text": "10个工作日"}}),
        );
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        item
    };
    let upper = base(&json!({}));
    let with = |field: &str, value: Json| json!([base(&json!({field: value}))]);
    for (lower, expected) in [
        (json!([base(&json!({}))]), vec![]),
        (
            with("name", json!("林木砍伐许可证核发")),
            vec!["Error upper/name-differs 1 林木采伐许可证核发 → 林木砍伐许可证核发"],
        ),
        (
            with("name", json!("外国人来华工作许可")),
            vec!["Note upper/code-means-other 1 林木采伐许可证核发 → 外国人来华工作许可"],
        ),
        (
            json!([base(
                &json!({"basis": [{"text": "《中华人民共和国森林法》第五十七条"}], "setting_basis": []})
            )]),
            vec!["Warning upper/article-differs 1 《森林法》第56条 → 《森林法》第57条"],
        ),
        (
            json!([base(
                &json!({"basis": [{"text": "《中华人民共和国种子法》第三条"}], "setting_basis": []})
            )]),
            vec!["Error upper/basis-missing 1"],
        ),
        (
            with("promised_limit", json!({"amount": 15, "unit": "working-day", "text": "15个工作日"})),
            vec!["Note upper/limit-longer 1 10个工作日 → 15个工作日"],
        ),
        // Units that differ are not compared.
        (with("promised_limit", json!({"amount": 1, "unit": "month", "text": "1个月"})), vec![]),
        (
            with("statutory_limit", json!({"amount": 30, "unit": "working-day", "text": "30个工作日"})),
            vec!["Warning upper/field-differs 1 20个工作日 → 30个工作日"],
        ),
        (
            json!([base(&json!({})), item("2", "来历不明的许可", &json!({}))]),
            vec!["Error upper/not-in-upper 2"],
        ),
    ] {
        assert_eq!(told(&lower, &json!([upper])), expected, "{lower}");
    }
    // What is missing is named by its id above.
    let more = item("2", "取水许可", &json!({}));
    assert_eq!(told(&json!([upper]), &json!([upper, more])), ["Note upper/missing 2"]);
}

#[test]
fn a_name_that_differs_and_a_partner_that_is_missing_are_one_finding() {
    let act = json!({"basis": [{"text": "《中华人民共和国野生动物保护法》第二十二条"}], "department": ["市林草局"]});
    let rows = |name: &str, id: &str| {
        let mut rows: Vec<Json> = (0..8)
            .map(|n| {
                item(&format!("S{n}"), &format!("{}号许可", n + 1), &json!({"department": ["市林草局"]}))
            })
            .collect();
        rows.insert(4, item(id, name, &act));
        Json::from(rows)
    };
    let found = told(&rows("猎捕陆生野生动物狩猎证的核发", "L"), &rows("猎捕陆生野生动物审批", "U"));
    let rules: Vec<&str> = found.iter().filter_map(|line| line.split(' ').nth(1)).collect();
    assert!(rules == ["upper/perhaps-same"] || rules == ["upper/name-differs"], "{found:?}");
}

#[test]
fn bodies_that_correspond_as_a_rule_are_one_note_and_what_departs_is_a_finding() {
    let rows = |body: &dyn Fn(usize) -> &'static str| {
        let rows = (0..30).map(|n| {
            item(
                &format!("{n}"),
                &format!("第{n}类设备使用登记"),
                &json!({"authorities": [{"name": body(n)}]}),
            )
        });
        Json::from(rows.collect::<Vec<_>>())
    };
    let upper = rows(&|_| "克拉玛依市林业和草原局");
    let lower = rows(&|n| if n == 7 { "各区绿化委员会" } else { "各区自然资源分局" });
    let found = told(&lower, &upper);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("Warning upper/authority-differs 7 "), "{found:?}");
    assert!(found[1].starts_with("Note upper/authority-differs 0,1,2,3,4,5,6,8,"), "{found:?}");
}

#[test]
fn more_materials_than_above_are_a_finding_other_words_for_as_many_are_none() {
    let list = |names: &[&str]| {
        let materials: Vec<Json> = names.iter().map(|name| json!({"name": name})).collect();
        of_kind("filing", &json!([{"id": "1", "name": "甲备案", "materials": materials}]))
    };
    let upper = ["身份证", "申请表"];
    for (lower, found) in [
        (&["申请表（原件1份）", "居民身份证"][..], 0),
        (&["申请表"], 0),
        (&["身份证", "申请表", "营业执照"], 1),
    ] {
        let report = held(list(lower), list(&upper), Vec::new());
        assert_eq!(report.of("upper/more-materials").count(), found, "{lower:?}");
    }
}

#[test]
fn a_level_that_the_upper_list_does_not_name_is_a_finding() {
    let rows = |levels: &[&[&str]]| {
        let rows = levels.iter().enumerate().map(|(n, levels)| {
            item(&format!("{n}"), &format!("第{n}类设备登记"), &json!({"levels": levels}))
        });
        Json::from(rows.collect::<Vec<_>>())
    };
    let upper = rows(&[&["city", "county"], &["county"], &["province"], &["city", "county"]]);
    let lower = rows(&[&["city"], &["city", "county"], &["city"], &["city", "county"]]);
    assert_eq!(
        told(&lower, &upper),
        ["Warning upper/level-beyond 1 县级 → 市级、县级", "Warning upper/level-beyond 2 省级 → 市级"]
    );
}

#[test]
fn a_list_without_an_upper_list_says_so_and_guides_are_held_against_the_list() {
    let report = held(
        of_kind("filing", &json!([{"id": "1", "name": "甲备案"}])),
        of_kind("licensing", &json!([])),
        Vec::new(),
    );
    assert_eq!(in_short(&report), ["Note upper/no-upper-list "]);
    // One thing told in two kinds of list (三级八同).
    let report = held(
        of_kind("service", &json!([{"id": "1", "name": "取水审批"}])),
        of_kind("licensing", &json!([{"id": "1", "name": "取水许可"}])),
        Vec::new(),
    );
    assert!(in_short(&report)[0].starts_with("Error upper/name-differs 1"), "{:?}", in_short(&report));
}

#[test]
fn why_an_item_is_not_here_is_registered_once() {
    let upper =
        of_kind("licensing", &json!([{"id": "1", "name": "甲许可"}, {"id": "2", "name": "海域使用许可"}]));
    let lower = of_kind("licensing", &json!([{"id": "1", "name": "甲许可"}]));
    assert_eq!(in_short(&held(lower.clone(), upper.clone(), Vec::new())), ["Note upper/missing 2"]);
    let mut row = Accepted::default();
    row.rule = "upper/missing".into();
    row.item = "2".into();
    row.reason = "无此对象".into();
    let report = held(lower, upper, vec![row]);
    assert_eq!((in_short(&report).len(), report.accepted), (0, 1));
}

#[test]
fn rows_of_the_upper_list_that_a_list_names_are_its_partners() {
    let upper = json!([
        item("U1", "甲类设备登记", &json!({})),
        item("U2", "乙类设备登记", &json!({})),
        item("U3", "取水许可", &json!({}))
    ]);
    let lower = json!([
        item("L1", "设备登记", &json!({"upper_refs": [{"text": "1"}, {"text": "2", "relation": "wider"}]})),
        item("L2", "取水许可", &json!({"upper_refs": [{"text": "3"}]}))
    ]);
    assert_eq!(told(&lower, &upper), Vec::<String>::new());
}

#[test]
fn a_prefecture_and_its_districts_are_told_in_ten_findings() {
    let Some(folder) = crate::real_lists::data() else { return };
    let text = std::fs::read_to_string(folder.join("karamay/karamay_items.csv")).unwrap();
    let list = |sheet: &str| -> AnyCatalogue {
        let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let headers = rows.headers().unwrap().clone();
        let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
        let columns = ["item", "subitem", "type", "basis", "body", "undertaker", "level", "duty", "remark"];
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record([
            "职权名称",
            "子项",
            "职权类型",
            "法定依据",
            "实施机关",
            "承办机构",
            "行使层级",
            "责任事项内容",
            "备注",
        ])
        .unwrap();
        for row in rows.records().map(Result::unwrap) {
            if row[at("file")].contains("林业和草原") && &row[at("sheet")] == sheet {
                out.write_record(columns.map(|name| row[at(name)].to_owned())).unwrap();
            }
        }
        let bytes = out.into_inner().unwrap();
        AnyCatalogue::read_csv(qingdan::Kind::Power, &bytes[..], &table::csv::Options::default())
            .unwrap()
            .value
    };
    let (upper, lower) = (list("地州级"), list("区县级"));
    assert_eq!((upper.len(), lower.len()), (149, 161));
    let report = held(lower, upper, Vec::new());
    let found: Vec<&Finding> = report.findings.iter().filter(|f| f.rule.id.starts_with("upper/")).collect();
    let systematic = found.iter().filter(|finding| finding.systematic).count();
    assert!(found.len() - systematic <= 10 && systematic <= 3, "{:#?}", in_short(&report));
    let article: Vec<&&Finding> = found.iter().filter(|f| f.rule.id == "upper/article-differs").collect();
    assert_eq!(article.len(), 1);
    assert!(article[0].items[0].starts_with("建设项目使用草原审批"));
    assert_eq!(
        (article[0].expected.as_deref(), article[0].found.as_deref()),
        (Some("《草原法》第41条"), Some("《草原法》第40条"))
    );
    // Sixteen below and four above bear names that the other list has not; two of these pairs are one item.
    let named: BTreeSet<&String> = found
        .iter()
        .filter(|f| {
            ["upper/not-in-upper", "upper/own-item", "upper/perhaps-same", "upper/name-differs"]
                .contains(&f.rule.id)
        })
        .flat_map(|f| &f.items)
        .collect();
    assert_eq!(named.len(), 15, "{named:#?}");
    let same = report.of("upper/perhaps-same").chain(report.of("upper/name-differs"));
    assert!(same.flat_map(|f| &f.items).count() >= 2);
    assert!(report.findings.iter().all(|f| f.severity != Severity::Error || !f.systematic));
}

/// Between editions the second list would tell of a merger; a lower list that lacks an item tells of none.
#[test]
fn what_keeps_its_id_is_one_item_whatever_else_one_of_two_lists_has() {
    let upper = json!([
        item("U-1", "建设项目使用草原审批", &json!({"basis": [{"text": "《草原法》第三十八条"}]})),
        item(
            "U-2",
            "修建直接为草原保护服务的工程设施审批",
            &json!({"basis": [{"text": "《草原法》第四十一条"}]})
        ),
    ]);
    let lower = json!([item(
        "U-1",
        "建设项目使用草原、修建直接为草原保护服务的工程设施审批",
        &json!({"basis": [{"text": "《草原法》第三十八条"}]})
    )]);
    let editions = qingdan::matching::lineage(
        &of_kind("licensing", &upper).items(),
        &of_kind("licensing", &lower).items(),
        &qingdan::matching::Options::default(),
    );
    assert!(editions.links.iter().any(|link| link.from.len() == 2), "{editions:?}");
    let (found, _) = qingdan::correspondence::Correspondence::find(
        &of_kind("licensing", &upper),
        &of_kind("licensing", &lower),
        &qingdan::matching::Options::default(),
        &[],
    );
    assert_eq!(found.uppers_of(0), [0]);
    assert!(found.link(0, 0).unwrap().certain);
    assert!(!told(&lower, &upper).iter().any(|line| line.contains("perhaps-same")));
}

/// A number of a platform's own scheme says nothing beside a word; two words say two things.
#[test]
fn what_says_the_same_in_the_words_of_its_place_is_no_difference() {
    let power = |item_type: &str| {
        of_kind(
            "power",
            &json!([item("1", "房屋安全鉴定", &json!({"item_type": item_type, "department": ["市住建局"]}))]),
        )
    };
    let told = |lower: &str, upper: &str| in_short(&held(power(lower), power(upper), Vec::new()));
    assert_eq!(told("77", "行政确认"), [""; 0]);
    assert_eq!(told("行政奖励", "行政确认"), ["Warning upper/field-differs 1 行政确认 → 行政奖励"]);
}
