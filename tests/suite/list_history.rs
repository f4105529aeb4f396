//! `list_history` as scripts call it.

use crate::programs::{code, run, told};
use serde_json::{Value as Json, json};
use std::fs;
use tempfile::TempDir;

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }
    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }
    fn file(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }
    fn list(&self, edition: &str, effective: &str, items: &Json) -> String {
        let header = json!({"title": "示例市行政许可事项清单", "edition": edition, "effective": effective});
        let document =
            json!({"format": "qingdan/catalogue/1", "kind": "licensing", "header": header, "items": items});
        let read = self.file("raw.json", &document.to_string());
        // As the library writes it, to be compared byte for byte.
        let path = self.path(&format!("{edition}.json"));
        let output = run("list_convert", &[&read, "--out", &path]);
        assert_eq!(code(&output), 0, "{}", told(&output));
        path
    }
    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }
}

fn item(id: &str, name: &str, basis: &str) -> Json {
    json!({"id": id, "name": name, "department": ["市林草局"], "basis": [{"text": basis}]})
}

/// Three editions, and what was decided.
fn three(desk: &Desk) -> ([String; 3], String) {
    let forest = "《中华人民共和国森林法》第五十六条";
    let editions = [
        desk.list(
            "2022",
            "2022-03-01",
            &json!([item("A", "林木采伐许可", forest), item("W", "取水许可", "《水法》第四十八条")]),
        ),
        desk.list(
            "2023",
            "2023-03-01",
            &json!([item("B", "林木采伐许可证核发", forest), item("W", "取水许可", "《水法》第四十八条")]),
        ),
        desk.list("2024", "2024-03-01", &json!([item("B", "林木采伐许可证核发", forest)])),
    ];
    let decisions = desk.file(
        "decisions.csv",
        "from,to,decision,kind,document,date,note,edition\nA,B,same,,某政发〔2023〕2号,2023-02-01,统一编码,2023\nW,,same,,某政发〔2024〕7号,2024-02-01,,2024\n",
    );
    (editions, decisions)
}

fn made(desk: &Desk) -> (String, [String; 3]) {
    let (editions, decisions) = three(desk);
    let out = desk.path("h.jsonl");
    let [a, b, c] = &editions;
    let output = run("list_history", &[a, b, c, "--decisions", &decisions, "--out", &out]);
    assert_eq!((code(&output), told(&output).as_str()), (0, ""));
    (out, editions)
}

fn out(arguments: &[&str]) -> String {
    let output = run("list_history", arguments);
    assert_eq!(code(&output), 0, "{arguments:?}: {}", told(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn report(arguments: &[&str]) -> Json {
    let mut all = arguments.to_vec();
    all.extend(["--format", "json"]);
    serde_json::from_str(&out(&all)).unwrap()
}

#[test]
fn a_history_is_made_asked_and_verified() {
    let desk = Desk::new();
    let (history, editions) = made(&desk);
    let timeline = report(&[&history]);
    assert_eq!(timeline["format"], "qingdan/timeline/1");
    let rows = timeline["editions"].as_array().unwrap();
    let counts: Vec<[u64; 4]> = rows
        .iter()
        .map(|row| ["items", "renamed", "removed", "unchanged"].map(|name| row[name].as_u64().unwrap()))
        .collect();
    assert_eq!(counts, [[2, 0, 0, 0], [2, 1, 0, 1], [1, 0, 1, 1]]);
    assert_eq!(timeline["corrections"], json!([]));
    // Every edition as it was given, by label and by day.
    for (edition, label) in editions.iter().zip(["2022", "2023", "2024"]) {
        assert_eq!(out(&[&history, "--edition-of", label]).as_bytes(), fs::read(edition).unwrap(), "{label}");
        let day = format!("{label}-12-31");
        assert_eq!(out(&[&history, "--as-of", &day]).as_bytes(), fs::read(edition).unwrap(), "{day}");
    }
    let life = report(&[&history, "--item", "A"]);
    assert_eq!(life["format"], "qingdan/lineage/1");
    let ids: Vec<&str> =
        life["forms"].as_array().unwrap().iter().map(|form| form["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["A", "B"]);
    assert_eq!(life["changes"][0]["documents"][0]["number"], "某政发〔2023〕2号");
    assert_eq!(life["changes"][0]["from"][0]["form"], 0);
    for key in ["also", "from", "to", "fields", "documents"] {
        assert!(life["changes"][0][key].is_array(), "{key}");
    }
    let blame = life["blame"].as_array().unwrap();
    let department = blame.iter().find(|field| field["field"] == "department").unwrap();
    assert_eq!(department["edition"], "2022");
    assert_eq!(report(&[&history, "--today", "A"])["things"][0]["now"][0]["id"], "B");
    assert_eq!(
        report(&[&history, "--today", "W"])["things"][0]["gone"]["documents"][0]["number"],
        "某政发〔2024〕7号"
    );
    let cited = report(&[&history, "--citation", "森林法"]);
    assert_eq!((cited["items"].as_array().unwrap().len(), &cited["items"][0]["id"]), (1, &json!("B")));
    assert_eq!((&cited["items"][0]["first"], &cited["items"][0]["stands"]), (&json!("2022"), &json!(true)));
    let between = report(&[&history, "--between", "2022", "2024"]);
    assert_eq!((&between["format"], &between["summary"]["removed"]), (&json!("qingdan/diff/1"), &json!(1)));
    let changes = desk.file("changes.json", &between.to_string());
    let applied = run("list_apply", &[&editions[0], &changes]);
    assert_eq!(applied.stdout, fs::read(&editions[2]).unwrap(), "{}", told(&applied));
    let log = out(&[&history, "--log", "--format", "csv"]);
    let lines: Vec<&str> = log.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "edition,effective,item,field,previous,replacement,document");
    assert!(lines.contains(&"2023,2023-03-01,B,id,A,B,某政发〔2023〕2号"), "{lines:?}");
    assert!(lines.contains(&"2024,2024-03-01,W,,取水许可,,某政发〔2024〕7号"), "{lines:?}");
    assert_eq!(report(&[&history, "--log"])["rows"].as_array().unwrap().len(), lines.len() - 1);
    for format in ["text", "markdown", "html"] {
        for question in [&[][..], &["--item", "B"]] {
            let mut arguments = vec![history.as_str(), "--format", format, "--lang", "zh"];
            arguments.extend(question);
            let page = out(&arguments);
            assert!(page.contains("林木采伐许可证核发") || question.is_empty(), "{page}");
            assert!(page.contains("沿革") && !page.contains("<script"), "{page}");
            assert_eq!(page.contains("<svg"), format == "html", "{format}");
        }
    }
    let output = run("list_history", &[&history, "--verify"]);
    assert_eq!(
        (code(&output), String::from_utf8_lossy(&output.stdout).as_ref()),
        (0, "all 3 records hold\n")
    );
}

#[test]
fn editions_are_appended_to_a_file_that_stays_as_it_was() {
    let desk = Desk::new();
    let (editions, decisions) = three(&desk);
    let [a, b, c] = &editions;
    let file = desk.path("h.jsonl");
    let run_to = |arguments: &[&str]| {
        let mut all = arguments.to_vec();
        all.extend(["--decisions", &decisions, "--out", &file]);
        let output = run("list_history", &all);
        assert_eq!(code(&output), 0, "{}", told(&output));
    };
    run_to(&[a]);
    let first = desk.bytes("h.jsonl");
    run_to(&[&file, b, c]);
    let all = desk.bytes("h.jsonl");
    assert!(all.starts_with(&first));
    let whole = desk.path("whole.jsonl");
    let output = run("list_history", &[a, b, c, "--decisions", &decisions, "--out", &whole]);
    assert_eq!(code(&output), 0);
    assert_eq!(desk.bytes("whole.jsonl"), all, "at once or one by one");
    // A torn line: reading says so and goes on, verifying does not hold, appending mends.
    fs::write(&file, &all[..all.len() - 20]).unwrap();
    let output = run("list_history", &[&file, "--today", "B"]);
    assert_eq!(code(&output), 0);
    assert!(
        told(&output).contains("h.jsonl:3: warning:") || told(&output).contains("warning"),
        "{}",
        told(&output)
    );
    let output = run("list_history", &[&file, "--verify"]);
    assert_eq!(code(&output), 1);
    run_to(&[&file, c]);
    assert_eq!(desk.bytes("h.jsonl"), all);
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_written() {
    let desk = Desk::new();
    let (history, editions) = made(&desk);
    let before = desk.bytes("h.jsonl");
    let bad = |arguments: &[&str], says: &str| {
        let output = run("list_history", arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(told(&output).contains(says), "{arguments:?}: {}", told(&output));
        assert!(output.stdout.is_empty(), "{arguments:?}");
    };
    bad(&[&history, &editions[0], "--out", &history], "already");
    bad(&[&history, "--edition-of", "1999"], "no edition is labelled `1999`");
    bad(&[&history, "--as-of", "2022-02-28"], "before the first edition");
    bad(&[&history, "--as-of", "gestern"], "gestern");
    bad(&[&history, "--item", "nobody"], "no edition has an item nobody");
    bad(&[&history, "--today", "nobody"], "no edition has an item nobody");
    bad(&[&history, "--between", "2022", "1999"], "1999");
    bad(&[&history, "--item", "A", "--today", "A"], "cannot be used with");
    bad(&[&history, "--item", "A", "--format", "csv"], "text, markdown, html, json");
    bad(&[&editions[0], &history], "stands in front");
    bad(&[&editions[0], "--verify"], "one history file");
    bad(&["--kind", "licensing", "examples/data/licensing-2022.csv", "--out", &history], "needs a label");
    bad(&[&desk.path("none.jsonl")], "none.jsonl");
    assert_eq!(desk.bytes("h.jsonl"), before);
    // A record that was altered: reading ends with 2, verifying with 1, and both name it.
    let text = String::from_utf8(before).unwrap().replacen("林木采伐许可证核发", "林木采伐许可证核废", 1);
    let altered = desk.file("altered.jsonl", &text);
    bad(&[&altered], "record 1 (2023)");
    let output = run("list_history", &[&altered, "--verify"]);
    assert_eq!(code(&output), 1);
    assert!(told(&output).contains("altered.jsonl:2: error: record 1 (2023)"), "{}", told(&output));
}

#[test]
fn the_directories_of_parts_of_a_year_are_one_list() {
    let desk = Desk::new();
    let history = desk.path("decisions.jsonl");
    let parts = ["examples/data/yuntai-2024/decision.q1-3.csv", "examples/data/yuntai-2024/decision.q4.csv"];
    let output = run("list_history", &["--kind", "decision", parts[0], parts[1], "--out", &history]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    let count = |day: &str| {
        let list: Json = serde_json::from_str(&out(&[&history, "--as-of", day])).unwrap();
        (list["items"].as_array().unwrap().len(), list["header"]["parents"].clone())
    };
    assert_eq!(count("2024-09-30"), (6, Json::Null));
    assert_eq!(count("2024-12-31"), (8, json!(["2024年1—3季度", "2024年第四季度"])));
}

#[test]
fn the_lists_of_the_readme_are_a_history() {
    let desk = Desk::new();
    let history = desk.path("h.jsonl");
    let arguments = ["--kind", "licensing", "--edition", "2022", "--edition", "2023"];
    let lists = ["examples/data/licensing-2022.csv", "examples/data/licensing-2023.csv"];
    let output = run("list_history", &[&arguments[..], &lists[..], &["--out", &history]].concat());
    assert_eq!(code(&output), 0, "{}", told(&output));
    let page = out(&[&history, "--lang", "zh", "--format", "html"]);
    for part in ["各版项数", "各版变动", "分部门项数", "<svg"] {
        assert!(page.contains(part), "{part}");
    }
    let cited = report(&[&history, "--citation", "中华人民共和国体育法"]);
    assert!(!cited["items"].as_array().unwrap().is_empty());
}

#[test]
fn an_error_of_the_past_is_mended_and_both_readings_stay() {
    let desk = Desk::new();
    let (history, editions) = made(&desk);
    let before = desk.bytes("h.jsonl");
    let text = fs::read_to_string(&editions[0]).unwrap().replace("取水许可", "取水许可证核发");
    let right = desk.file("right.json", &text);
    let correction = ["--correct", "2022", "--why", "漏印“证核发”", "--recorded", "2023-05-01"];
    let output =
        run("list_history", &[&[history.as_str(), &right], &correction[..], &["--out", &history]].concat());
    assert_eq!(code(&output), 0, "{}", told(&output));
    assert!(desk.bytes("h.jsonl").starts_with(&before), "nothing is rewritten");
    let of = |known: &str| out(&[&history, "--edition-of", "2022", "--known", known]);
    let wrong = fs::read_to_string(&editions[0]).unwrap();
    assert_eq!((of("in-force"), of("2023-04-30")), (wrong.clone(), wrong));
    assert_eq!((of("now"), of("2023-05-01")), (text.clone(), text));
    assert_eq!(code(&run("list_history", &[&history, "--verify"])), 0);
    let told_of = report(&[&history]);
    assert_eq!(told_of["corrections"][0]["why"], "漏印“证核发”");
    assert_eq!(told_of["editions"].as_array().unwrap().len(), 3);
    // Nothing to mend, no such edition, no list, no reason: said.
    for arguments in [
        &[history.as_str(), &right, "--correct", "2022", "--why", "x"][..],
        &[&history, &right, "--correct", "1999", "--why", "x"],
        &[&history, "--correct", "2022", "--why", "x"],
        &[&history, &right, "--correct", "2022"],
    ] {
        assert_eq!(code(&run("list_history", arguments)), 2, "{arguments:?}");
    }
}

#[cfg(not(feature = "zstd"))]
#[test]
fn a_program_without_the_compressed_form_says_so_and_writes_nothing() {
    let desk = Desk::new();
    let (plain, _) = made(&desk);
    let packed = desk.path("h.jsonl.zst");
    // An index begins with this byte.
    fs::write(&packed, b"Q*M\x18").unwrap();
    for arguments in [&[plain.as_str(), "--out", packed.as_str()][..], &[&packed], &[&packed, "--today", "A"]]
    {
        let output = run("list_history", arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(told(&output).contains("--features zstd"), "{}", told(&output));
    }
    assert_eq!(desk.bytes("h.jsonl.zst"), b"Q*M\x18");
}

#[cfg(feature = "zstd")]
#[test]
fn a_compressed_history_is_asked_appended_to_and_converted_as_any_other() {
    let desk = Desk::new();
    let (plain, editions) = made(&desk);
    let packed = desk.path("h.jsonl.zst");
    let done = |arguments: &[&str]| {
        let output = run("list_history", arguments);
        assert_eq!((code(&output), told(&output).as_str()), (0, ""), "{arguments:?}");
    };
    done(&[&plain, "--out", &packed]);
    let at_once = desk.bytes("h.jsonl.zst");
    assert_eq!(zstd::decode_all(&at_once[..]).unwrap(), desk.bytes("h.jsonl"));
    assert!(at_once.len() < desk.bytes("h.jsonl").len());
    let back = desk.path("back.jsonl");
    done(&[&packed, "--out", &back]);
    assert_eq!(desk.bytes("back.jsonl"), desk.bytes("h.jsonl"));
    for question in [
        &[][..],
        &["--item", "A"],
        &["--today", "W"],
        &["--citation", "森林法"],
        &["--log"],
        &["--between", "2022", "2024"],
        &["--edition-of", "2023"],
        &["--edition-of", "2022", "--known", "now"],
        &["--as-of", "2023-12-31"],
        &["--verify"],
    ] {
        let of = |file: &str| out(&[&[file], question].concat());
        assert_eq!(of(&packed), of(&plain), "{question:?}");
    }
    // What is appended stands behind what was there, which stays; written anew it is one frame again.
    let [a, b, c] = &editions;
    let decisions = desk.path("decisions.csv");
    let grown = desk.path("grown.jsonl.zst");
    done(&[a, "--out", &grown]);
    let first = desk.bytes("grown.jsonl.zst");
    done(&[&grown, b, "--decisions", &decisions, "--out", &grown]);
    done(&[&grown, c, "--decisions", &decisions, "--out", &grown]);
    let all = desk.bytes("grown.jsonl.zst");
    assert!(all.starts_with(&first) && all.len() > at_once.len());
    assert_eq!(zstd::decode_all(&all[..]).unwrap(), desk.bytes("h.jsonl"));
    assert_eq!(out(&[&grown, "--verify"]), "all 3 records hold\n");
    let anew = desk.path("anew.jsonl.zst");
    done(&[&grown, "--out", &anew]);
    assert_eq!(desk.bytes("anew.jsonl.zst"), at_once);
    // Torn: told as a torn line is, and mended by the next append.
    fs::write(&grown, &all[..all.len() - 20]).unwrap();
    let output = run("list_history", &[&grown, "--today", "B"]);
    assert_eq!(code(&output), 0);
    assert!(told(&output).contains("the last group of records"), "{}", told(&output));
    assert_eq!(code(&run("list_history", &[&grown, "--verify"])), 1);
    let output = run("list_history", &[&grown, c, "--decisions", &decisions, "--out", &grown]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    assert_eq!(desk.bytes("grown.jsonl.zst"), all);
    // Altered: reading ends with 2, verifying with 1.
    let mut altered = all;
    let at = altered.len() - 20;
    altered[at] ^= 1;
    fs::write(&grown, altered).unwrap();
    let output = run("list_history", &[&grown]);
    assert_eq!(code(&output), 2);
    assert!(told(&output).contains("was altered"), "{}", told(&output));
    assert_eq!(code(&run("list_history", &[&grown, "--verify"])), 1);
}
