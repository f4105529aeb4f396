//! Checks: the portfolio that ships with the examples, whose faults are known, and real lists.

use crate::programs::{code, run, told};
use crate::real_lists::data;
use serde_json::Value;
use std::path::Path;

const BEFORE: &str = "examples/data/yuntai-2023";
const AFTER: &str = "examples/data/yuntai-2024";
const REPEALED: &str = "examples/data/yuntai/repealed.csv";

fn findings(arguments: &[&str]) -> (i32, Vec<Value>) {
    let mut all = vec!["--format", "json", "--lang", "zh"];
    all.extend(arguments);
    let output = run("list_check", &all);
    let document: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", told(&output)));
    assert_eq!(document["format"], "qingdan/check/1");
    let findings = document["findings"].as_array().unwrap().clone();
    for severity in ["error", "warning", "note"] {
        let counted = findings.iter().filter(|finding| finding["severity"] == severity).count();
        assert_eq!(document["summary"][severity], counted, "{severity}");
    }
    (code(&output), findings)
}

/// Rule, list and first item of each finding but those on amended acts.
fn in_short(findings: &[Value]) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut short: Vec<_> = findings
        .iter()
        .filter(|finding| finding["rule"] != "citation/amended")
        .map(|finding| (text(&finding["rule"]), text(&finding["list"]), text(&finding["items"][0])))
        .collect();
    short.sort();
    short
}

#[test]
fn the_first_year_of_the_example_has_no_faults() {
    let (code, findings) = findings(&[BEFORE, "--repealed", REPEALED, "--effective", "2023-05-31"]);
    assert_eq!((code, findings), (0, Vec::new()));
}

#[test]
fn every_fault_of_the_second_year_is_found_and_nothing_else() {
    let (code, found) = findings(&[AFTER, "--repealed", REPEALED, "--effective", "2025-01-31"]);
    assert_eq!(code, 1);
    // In the order of `examples/data/yuntai/FAULTS.md`: F01 to F18, and what follows from them.
    let expected = [
        ("structure/declared-count", "filing.general", ""),
        ("portfolio/own-beyond-general", "licensing.own", "在城市建筑物、设施上悬挂、张贴宣传品审批 / 市级"),
        (
            "portfolio/licence-not-in-power",
            "licensing.own",
            "在城市建筑物、设施上悬挂、张贴宣传品审批 / 市级",
        ),
        ("portfolio/dangling-reference", "package", "开办药店一件事"),
        ("portfolio/dangling-reference", "cross-region.regional", "药品零售企业筹建审批 / 行政许可 / 市级"),
        ("portfolio/abolished-still-licensed", "licence-reform", "城市建筑垃圾处置核准 / 全国"),
        ("portfolio/licence-and-filing", "filing.general", "道路旅客运输站经营备案 / 县级"),
        ("citation/repealed", "licensing.general", "燃气经营许可 / 市级、县级"),
        ("citation/repealed", "licensing.own", "燃气经营许可 / 市级"),
        ("citation/repealed", "power", "燃气经营许可 / 行政许可 / 市级、县级"),
        ("code/credit-check", "service", "12639900MB977001XJ3632017901000"),
        ("code/level-differs", "service", "11639900MB9105044J4632014901000"),
        ("limit/promise-longer", "service", "11639900MB9105044J3632014904000"),
        ("reform/one-mode", "licence-reform", "人力资源服务许可 / 全国"),
        ("package/components", "package", "我要开便利店一件事"),
        (
            "citation/licence-on-document",
            "licensing.general",
            "在云台湖一级保护区内举办大型水上活动审批 / 市级",
        ),
        ("citation/licence-on-document", "licensing.own", "在云台湖一级保护区内举办大型水上活动审批 / 市级"),
        (
            "citation/licence-on-document",
            "power",
            "在云台湖一级保护区内举办大型水上活动审批 / 行政许可 / 市级",
        ),
        ("citation/rank-label-differs", "power", "教师资格认定 / 行政许可 / 市级、县级"),
        ("portfolio/certification-unserved", "power", "食品经营许可 / 行政许可 / 市级、县级"),
        (
            "portfolio/inspection-without-power",
            "inspection",
            "经营性互联网文化单位经营情况的检查 / 经营性互联网文化单位的检查 / 市级",
        ),
        (
            "structure/duplicate-item",
            "power",
            "对未取得食品经营许可从事食品经营活动的处罚 / 行政处罚 / 市级、县级",
        ),
        ("structure/parent-missing", "licensing-norm", "630125905001"),
    ];
    let mut expected: Vec<_> =
        expected.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect();
    expected.sort();
    assert_eq!(in_short(&found), expected);
}

#[test]
fn a_known_deviation_is_no_finding_until_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("accept.csv");
    let rows = "rule,item,field,reason,until\n\
                code/credit-check,,,已报更正,2099-12-31\n\
                limit/promise-longer,11639900MB9105044J3632014904000,,试点,2020-12-31\n\
                code/level-differs,没有的,,,\n没有/的规则,,,,\n";
    std::fs::write(&path, rows).unwrap();
    let service = "service:examples/data/yuntai-2024/service.csv";
    let output = run("list_check", &["--lang", "en", service, "--accept", path.to_str().unwrap()]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!text.contains("code/credit-check"), "{text}");
    assert!(text.contains("limit/promise-longer"), "it ended: {text}");
    assert!(text.contains("accepted as they are"), "{text}");
    let notes = told(&output);
    for part in ["it ended on 2020-12-31", "nothing found that it covers", "there is no such rule"] {
        assert!(notes.contains(part), "{part}: {notes}");
    }
}

#[test]
fn the_rules_are_listed_with_severity_and_source() {
    let output = run("list_check", &["--rules", "--lang", "en"]);
    assert_eq!(code(&output), 0);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().count() == qingdan::check::RULES.len());
    assert!(text.contains("code/credit-check\terror\tGB 32100-2015\t"), "{text}");
    let mut ids: Vec<_> = qingdan::check::RULES.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), qingdan::check::RULES.len(), "each id once");
}

#[test]
fn bad_input_of_a_check_ends_with_2_and_leaves_the_output_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.json");
    std::fs::write(&out, "before").unwrap();
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let strange = folder.path().join("strange");
    std::fs::create_dir(&strange).unwrap();
    std::fs::write(strange.join("aliases.csv"), "a,b\n1,2\n").unwrap();
    let no_rows = folder.path().join("bad.csv");
    std::fs::write(&no_rows, "rule,until\ncode/credit-check,tomorrow\n").unwrap();
    let cases: [(&[&str], &str); 5] = [
        (&[empty.to_str().unwrap()], "holds no list"),
        (&[strange.to_str().unwrap()], "is no kind of list"),
        (&["no-such-file.json"], "no-such-file.json"),
        (&[AFTER, "--accept", no_rows.to_str().unwrap()], "bad.csv"),
        (&[AFTER, "--repealed", "no-such-file.csv"], "no-such-file.csv"),
    ];
    for (arguments, part) in cases {
        let mut all = vec!["--out", out.to_str().unwrap()];
        all.extend(arguments);
        let output = run("list_check", &all);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", told(&output));
        assert!(told(&output).contains(part), "{part}: {}", told(&output));
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "before");
    }
}

const GUANGDONG: &str = "id=TASK_CODE,basic_code=CATAID,parent=parentCatalogId,name=TASK_NAME,department=DEPT_NAME,\
    item_type=TASK_TYPE_TEXT,levels=matter_level,statutory_limit=handle_time,promised_limit=handle_time_limit,\
    conditions=accept_standard,materials=material_intro,service_objects=service_object_name";

fn real(path: &Path, kind: &str, columns: &str) -> Vec<Value> {
    let named = format!("{kind}:{}", path.display());
    findings(&[&named, "--columns", columns]).1
}

#[test]
fn findings_in_guangdong_fit_on_a_screen_and_are_true() {
    let Some(data) = data() else { return };
    let found = real(&data.join("guangdong/guangdong_items.csv"), "service", GUANGDONG);
    let rules: Vec<_> = found.iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
    // Two bodies without a right credit code: one whose check character is wrong, one with a placeholder. The list holds
    // leaves only: one note. Every implementation code holds its basic code; codes with several names are no finding.
    assert_eq!(rules, ["code/credit-check", "structure/leaves-only", "code/credit-check"], "{found:#?}");
    assert_eq!(found[0]["found"], "13440000515356094L");
    assert_eq!((&found[0]["severity"], &found[0]["count"]), (&Value::from("error"), &Value::from(3)));
    assert_eq!(found[2]["found"], "TE440000GD030003VV");
    assert_eq!(found[2]["severity"], "note");
}

#[test]
fn what_is_entrusted_stands_in_the_list_of_delegations_where_there_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let found = || {
        let all = findings(&[folder.path().to_str().unwrap()]).1;
        let about = |finding: &&Value| finding["rule"].as_str().unwrap().starts_with("portfolio/entrusted");
        let told = |finding: &Value| (finding["rule"].as_str().unwrap().to_owned(), finding["items"].clone());
        all.iter().filter(about).map(told).collect::<Vec<_>>()
    };
    write(
        "licensing.csv",
        "编码,事项名称,主管部门,委托情况\n1,取水许可,市水利局,委托县水利局实施\n2,河道采砂许可,市水利局,委托县水利局实施\n3,排污许可,市生态环境局,\n",
    );
    let unlisted = ("portfolio/entrusted-unlisted".to_owned(), serde_json::json!(["1", "2"]));
    assert_eq!(found(), [unlisted]);
    write("custom.csv", "市级行政许可事项委托清单,,\n序号,事项,受托机关\n1,取水许可审批,县水利局\n");
    let missing = ("portfolio/entrusted-not-in-list".to_owned(), serde_json::json!(["2"]));
    assert_eq!(found(), [missing]);
}

#[test]
fn a_package_is_held_against_limits_of_its_own_unit_alone() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let package =
        |limit: &str| format!("一件事名称,涉及事项,办理时限\n甲一件事,子许可；丑备案办理,{limit}\n");
    let service = |other: &str| format!("事项名称,承诺办结时限\n子许可,10个工作日\n丑备案办理,{other}\n");
    let found = |limit: &str, other: &str| {
        write("package.csv", &package(limit));
        write("service.csv", &service(other));
        let all = findings(&[folder.path().to_str().unwrap()]).1;
        all.iter().filter(|finding| finding["rule"] == "portfolio/package-limit").count()
    };
    assert_eq!(found("20个工作日", "5个工作日"), 1);
    assert_eq!(found("10个工作日", "5个工作日"), 0);
    // Two months may be longer than 20 working days.
    assert_eq!(found("20个工作日", "2个月"), 0);
    assert_eq!(found("20个工作日", "即办"), 0);
}

#[test]
fn what_offices_write_in_codes_and_cells_is_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "licensing.csv",
        "主管部门,事项名称\n教育局,社会团体前置审查\n民政局,社会团体前置审查\n教育局,校车使用许可\n",
    );
    write("package.csv", "一件事名称,涉及事项\n上学一件事,\"1.校车使用许可\n2.社会团体前置审查\"\n");
    write(
        "service.csv",
        "事项编码,事项名称,实施主体编码\n1,甲,/\n2,乙,无\n3,丙,待编\n4,丁,11440300MB2C93012\n",
    );
    let (_, found) = findings(&[folder.path().to_str().unwrap()]);
    let short: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap_or_default();
            (text("rule"), text("severity"), text("message"))
        })
        .filter(|(rule, ..)| !rule.starts_with("package/"))
        .collect();
    assert!(short.iter().all(|(rule, ..)| *rule == "code/credit-check"), "{short:?}");
    let error = short.iter().filter(|(_, severity, _)| *severity == "error");
    let messages: Vec<&str> = error.map(|(.., message)| *message).collect();
    assert_eq!(messages.len(), 1, "{short:?}");
    assert!(messages[0].contains("有17位，应为18位"), "{messages:?}");
}
