//! `list_merge` as scripts call it.

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
    fn list(&self, name: &str, items: &Json) -> String {
        let document = json!({"format": "qingdan/catalogue/1", "kind": "licensing", "items": items});
        self.file(name, &document.to_string())
    }
    fn file(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }
    fn read(&self, name: &str) -> Json {
        serde_json::from_slice(&fs::read(self.path(name)).unwrap()).unwrap()
    }
}

fn report(arguments: &[&str]) -> (i32, Json) {
    let mut all = vec!["--format", "json"];
    all.extend(arguments);
    let output = run("list_merge", &all);
    let json = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", told(&output)));
    (code(&output), json)
}

/// One clash of each kind.
fn every_kind(desk: &Desk) -> [String; 3] {
    let base = json!([
        {"id": "1", "name": "甲许可", "extra": {"备注列": "旧"}}, {"id": "2", "name": "乙许可"},
        {"id": "3", "name": "丙许可"}, {"id": "4", "name": "丁许可"}, {"id": "5", "name": "戊许可"},
        {"id": "6", "name": "己许可"}, {"id": "7", "name": "庚许可"}, {"id": "8", "name": "辛许可"}]);
    // Ours: 3 becomes 30, 2 and 4 are gone, 6 goes before 5.
    let ours = json!([
        {"id": "1", "name": "甲许可核发", "extra": {"备注列": "我"}}, {"id": "30", "name": "丙许可"},
        {"id": "6", "name": "己许可"}, {"id": "5", "name": "戊许可"}, {"id": "7", "name": "庚许可"},
        {"id": "8", "name": "辛许可"}, {"id": "9", "name": "我方新增"}]);
    // Theirs: another item under 30, 8 belongs to 4, 7 goes before 6.
    let theirs = json!([
        {"id": "1", "name": "甲审批", "extra": {"备注列": "他"}}, {"id": "2", "name": "乙许可（试点）"},
        {"id": "3", "name": "丙许可"}, {"id": "4", "name": "丁许可"}, {"id": "5", "name": "戊许可"},
        {"id": "7", "name": "庚许可"}, {"id": "6", "name": "己许可"}, {"id": "8", "name": "辛许可", "parent": "4"},
        {"id": "9", "name": "对方另增的事项"}, {"id": "30", "name": "外国人来华工作批准"}]);
    [desk.list("base.json", &base), desk.list("ours.json", &ours), desk.list("theirs.json", &theirs)]
}

#[test]
fn each_kind_of_clash_is_told_kept_and_decided() {
    let desk = Desk::new();
    let [base, ours, theirs] = &every_kind(&desk);
    let merged = desk.path("merged.json");
    let (exit, json) = report(&[base, ours, theirs, "--out", &merged]);
    assert_eq!((exit, &json["format"]), (1, &json!("qingdan/merge/1")));
    let conflicts = json["conflicts"].as_array().unwrap();
    let rows: Vec<String> = conflicts
        .iter()
        .map(|c| {
            format!(
                "{} {} {}",
                c["item"].as_str().unwrap(),
                c["kind"].as_str().unwrap(),
                c["field"].as_str().unwrap_or("-")
            )
        })
        .collect();
    for row in [
        "1 edit-edit name",
        "1 edit-edit 备注列",
        "2 edit-remove -",
        "3 same-id -",
        "30 same-id -",
        "8 dangling -",
        "9 add-add -",
        " order -",
    ] {
        assert!(rows.iter().any(|found| found == row), "{row}: {rows:?}");
    }
    assert_eq!(rows.len(), 8, "{rows:?}");
    assert_eq!(json["summary"]["conflicts"], 8);
    assert_eq!(
        conflicts[0],
        json!({"item": "1", "kind": "edit-edit", "field": "name", "base": "甲许可", "ours": "甲许可核发", "theirs": "甲审批"})
    );
    let removed = conflicts.iter().find(|c| c["kind"] == "edit-remove").unwrap();
    assert_eq!((removed.get("ours"), &removed["theirs"]["name"]), (None, &json!("乙许可（试点）")));
    for key in ["resolved", "notes"] {
        assert_eq!(json[key], json!([]));
    }
    // The merged list has the base's values, and keeps the clashes.
    let kept = desk.read("merged.json");
    assert_eq!((&kept["format"], &kept["items"][0]["name"]), (&json!("qingdan/merged/1"), &json!("甲许可")));
    assert_eq!(report(&[&merged]).1["conflicts"], json["conflicts"]);
    // No table holds it.
    let table = desk.path("merged.csv");
    let output = run("list_merge", &[base, ours, theirs, "--out", &table]);
    assert_eq!(code(&output), 1);
    assert!(told(&output).contains("clashes are left") && !fs::exists(&table).unwrap());
    // In part, stored, and wholly.
    let part = desk.file("part.csv", "item,kind,field,choice,value,who,note\n1,edit-edit,name,value,甲核准,王,会议\n9,add-add,,both,10,,\n");
    let (exit, json) = report(&[&merged, "--resolutions", &part, "--out", &merged]);
    assert_eq!((exit, json["conflicts"].as_array().unwrap().len()), (1, 6));
    assert_eq!(
        (&json["resolved"][0]["who"], &json["resolved"][0]["value"]),
        (&json!("王"), &json!("甲核准"))
    );
    let rest = desk.file(
        "rest.json",
        &json!([
            {"item": "1", "field": "备注列", "choice": "ours"}, {"item": "2", "choice": "theirs"},
            {"item": "3", "choice": "ours"}, {"item": "30", "choice": "value", "value": "31"},
            {"item": "8", "kind": "dangling", "choice": "value", "value": "1"}, {"kind": "order", "choice": "theirs"}])
        .to_string(),
    );
    let list = desk.path("list.csv");
    let (exit, json) = report(&[&merged, "--resolutions", &rest, "--out", &list]);
    assert_eq!((exit, &json["conflicts"], json["resolved"].as_array().unwrap().len()), (0, &json!([]), 8));
    let text = fs::read_to_string(&list).unwrap();
    for part in ["甲核准", "乙许可（试点）", "31,", "10,", "30,"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // All of it at once for one side.
    let (exit, json) = report(&[base, ours, theirs, "--prefer", "ours", "--out", &list]);
    assert_eq!((exit, &json["conflicts"]), (0, &json!([])));
    assert!(
        json["resolved"]
            .as_array()
            .unwrap()
            .iter()
            .all(|r| r["choice"] == "ours" && r["who"] == "policy: ours")
    );
    // One field alone.
    let (exit, json) = report(&[base, ours, theirs, "--prefer", "theirs", "--prefer-fields", "name,备注列"]);
    assert_eq!(
        (exit, json["resolved"].as_array().unwrap().len(), json["conflicts"].as_array().unwrap().len()),
        (1, 2, 6)
    );
}

#[test]
fn a_clash_is_shown_with_its_three_values_and_what_changed() {
    let desk = Desk::new();
    let [base, ours, theirs] = &every_kind(&desk);
    let output = run("list_merge", &["--lang", "zh", base, ours, theirs]);
    let text = String::from_utf8(output.stdout).unwrap();
    for part in [
        "原　：甲许可\n",
        "我方：甲许可〔＋核发＋〕",
        "对方：甲〔－许可－〕〔＋审批＋〕",
        "我方：（已删除）",
        "多项争用一个编码",
        "双方次序不能并存",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains('\u{1b}'), "no colours in a pipe");
    let output = run("list_merge", &["--lang", "en", "--color", "always", base, ours, theirs]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("\u{1b}[0;32m核发"));
    // A file to fill in, which as it is decides nothing.
    let rows = desk.path("rows.csv");
    assert_eq!(code(&run("list_merge", &[base, ours, theirs, "--to-resolve", &rows])), 1);
    let (exit, json) = report(&[base, ours, theirs, "--resolutions", &rows]);
    assert_eq!((exit, json["conflicts"].as_array().unwrap().len()), (1, 8));
}

#[test]
fn bad_input_leaves_the_output_as_it_was() {
    let desk = Desk::new();
    let [base, ours, theirs] = &every_kind(&desk);
    let out = desk.file("out.json", "as it was");
    let broken = desk.file(
        "broken.json",
        "{\"format\":\"qingdan/catalogue/1\",\"kind\":\"licensing\",\"items\":[{\"id\":\"1\"",
    );
    let filing =
        desk.file("filing.json", "{\"format\":\"qingdan/catalogue/1\",\"kind\":\"filing\",\"items\":[]}");
    let two = desk.file("two.csv", "item,field,choice\n1,name,ours\n1,name,theirs\n");
    let unread = desk.file("unread.csv", "item,kind,field,choice,value\n2,edit-remove,,value,乙\n");
    let many = desk.file("many.csv", "from,to,decision\n1;2,1;5,same\n");
    let merged = desk.path("merged.json");
    assert_eq!(code(&run("list_merge", &[base, ours, theirs, "--out", &merged])), 1);
    let bad: &[&[&str]] = &[
        &[base, ours, &broken],
        &[base, ours, &filing],
        &[base, ours, &merged],
        &[base, ours, "nowhere.json"],
        &[base, ours],
        &[base],
        &[&broken],
        &[base, ours, theirs, "--resolutions", &two],
        &[base, ours, theirs, "--resolutions", &unread],
        &[base, ours, theirs, "--resolutions", "nowhere.csv"],
        &[base, ours, theirs, "--decisions", &many],
        &[base, ours, theirs, "--prefer", "ours", "--prefer-fields", "nothing"],
        &[base, ours, theirs, "--prefer-fields", "name"],
        &["examples/data", ours, theirs],
    ];
    for arguments in bad {
        let mut all = arguments.to_vec();
        all.extend(["--out", &out]);
        let output = run("list_merge", &all);
        assert_eq!((code(&output), output.stdout.len()), (2, 0), "{arguments:?}: {}", told(&output));
        assert!(!told(&output).is_empty());
        assert_eq!(fs::read_to_string(&out).unwrap(), "as it was", "{arguments:?}");
    }
    let output = run("list_merge", &[base, ours, theirs, "--out", &desk.path("out.xlsx")]);
    assert_eq!(code(&output), 2);
    // A row that speaks of no clash is told, no more.
    let other = desk.file("other.csv", "item,field,choice\n77,name,ours\n1,name,ours\n");
    let output = run("list_merge", &[base, ours, theirs, "--resolutions", &other, "--out", &out]);
    assert_eq!((code(&output), told(&output).lines().count()), (1, 1), "{}", told(&output));
}

#[test]
fn what_one_side_did_and_what_both_did_is_taken() {
    let desk = Desk::new();
    let base = desk.list(
        "b.json",
        &json!([{"id": "1", "name": "甲"}, {"id": "2", "name": "乙"}, {"id": "3", "name": "丙"}]),
    );
    let ours = desk.list(
        "o.json",
        &json!([{"id": "1", "name": "甲甲"}, {"id": "2", "name": "乙乙"}, {"id": "3", "name": "丙"}]),
    );
    let theirs = desk.list(
        "t.json",
        &json!([{"id": "1", "name": "甲甲"}, {"id": "2", "name": "乙"}, {"id": "4", "name": "丁"}]),
    );
    let out = desk.path("m.json");
    let (exit, json) = report(&[&base, &ours, &theirs, "--match", "codes", "--out", &out]);
    assert_eq!(exit, 0);
    assert_eq!(
        json["summary"],
        json!({"items": 3, "changed_by_ours": 1, "changed_by_theirs": 2, "changed_alike": 1, "conflicts": 0, "conflicted_items": 0})
    );
    let ids = |json: &Json| {
        json["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&desk.read("m.json")), ["1", "2", "4"]);
    assert_eq!(desk.read("m.json")["format"], "qingdan/catalogue/1");
    // base, x, base is x, byte for byte, but for the label.
    assert_eq!(report(&[&base, &ours, &base, "--out", &out]).0, 0);
    let canonical = desk.path("c.json");
    assert_eq!(code(&run("list_convert", &[&ours, "--out", &canonical])), 0);
    assert!(fs::read(&out).unwrap() == fs::read(&canonical).unwrap());
}

#[test]
fn folders_are_merged_list_by_list() {
    let desk = Desk::new();
    let (old, new) = ("examples/data/yuntai-2023", "examples/data/yuntai-2024");
    let out = desk.path("merged");
    let (exit, json) = report(&[old, new, old, "--out", &out]);
    assert_eq!((exit, &json["format"]), (0, &json!("qingdan/portfolio-merge/1")));
    let lists = json["lists"].as_object().unwrap();
    assert_eq!(fs::read_dir(&out).unwrap().count(), lists.len());
    assert_eq!(lists["filing.general"]["summary"]["items"], 16);
}

#[test]
fn folders_are_merged_into_a_folder_that_has_none_of_their_lists_as_tables() {
    let desk = Desk::new();
    let folder = desk.path("2024");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(format!("{folder}/licensing.csv"), "事项编码,事项名称\n1,甲许可\n").unwrap();
    let merged = desk.path("merged");
    assert_eq!(code(&run("list_merge", &[&folder, &folder, &folder, "--out", &merged])), 0);
    assert!(std::fs::exists(format!("{merged}/licensing.json")).unwrap());
    for out in [folder.clone(), desk.path("merged.csv")] {
        let output = run("list_merge", &[&folder, &folder, &folder, "--out", &out]);
        assert_eq!(code(&output), 2, "{}", told(&output));
    }
    assert!(!std::fs::exists(format!("{folder}/licensing.json")).unwrap());
    assert!(!std::fs::exists(desk.path("merged.csv")).unwrap());
}

#[test]
fn a_decision_is_about_the_side_that_changed_the_item() {
    let desk = Desk::new();
    let (gone, stays) = (json!({"id": "1", "name": "甲许可"}), json!({"id": "2", "name": "乙许可"}));
    let base = desk.list("base.json", &json!([gone, stays]));
    let ours = desk.list("ours.json", &json!([gone, stays]));
    let theirs = desk.list("theirs.json", &json!([stays]));
    let decisions = desk.file("gone.csv", "from,to,decision\n1,,same\n");
    let out = desk.path("out.json");
    let (code, _) = report(&[&base, &ours, &theirs, "--decisions", &decisions, "--out", &out]);
    assert_eq!((code, desk.read("out.json")["items"].clone()), (0, json!([stays])));
}
