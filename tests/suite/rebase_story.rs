//! `list_rebase` as scripts call it, and the worked story that ships with the examples.

use crate::programs::{code, run, told};
use serde_json::Value as Json;
use std::fs;

const STORY: &str = "examples/data/rebase";

fn in_story(name: &str) -> String {
    format!("{STORY}/{name}")
}

fn lists() -> [String; 3] {
    ["city-2022.csv", "province-2022.csv", "province-2023.csv"].map(in_story)
}

fn rebase(more: &[&str]) -> std::process::Output {
    let editions = ["--edition", "2022", "--edition", "2022", "--edition", "2023"];
    let lists = lists();
    let mut all = vec!["--kind", "licensing", "--lang", "zh"];
    all.extend(editions);
    all.extend(lists.iter().map(String::as_str));
    all.extend(more);
    run("list_rebase", &all)
}

#[test]
fn the_story_of_the_examples_is_as_it_is_told() {
    let desk = tempfile::tempdir().unwrap();
    let path = |name: &str| desk.path().join(name).to_str().unwrap().to_owned();
    let same = |name: &str| {
        assert_eq!(
            fs::read_to_string(path(name)).unwrap(),
            fs::read_to_string(in_story(name)).unwrap(),
            "{name} is out of date"
        );
    };
    let proposed =
        rebase(&["--out", &path("city-2023-proposed.csv"), "--to-resolve", &path("to-resolve.csv")]);
    assert_eq!(code(&proposed), 0, "{}", told(&proposed));
    fs::write(path("rebase.txt"), &proposed.stdout).unwrap();
    ["city-2023-proposed.csv", "to-resolve.csv", "rebase.txt"].into_iter().for_each(same);
    let decided = rebase(&["--resolutions", &in_story("resolutions.csv"), "--out", &path("city-2023.csv")]);
    assert_eq!(code(&decided), 0, "{}", told(&decided));
    same("city-2023.csv");
    let compared = run(
        "list_diff",
        &[
            "--kind",
            "licensing",
            "--lang",
            "zh",
            "--edition",
            "2022",
            "--edition",
            "2023",
            &in_story("city-2022.csv"),
            &path("city-2023.csv"),
            "--format",
            "markdown",
            "--out",
            &path("comparison.md"),
        ],
    );
    assert_eq!(code(&compared), 0, "{}", told(&compared));
    same("comparison.md");
}

#[test]
fn the_json_has_what_a_merge_has_and_what_is_pending() {
    let output = rebase(&["--format", "json"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    let json: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["format"], "qingdan/rebase/1");
    assert_eq!((&json["summary"]["items"], &json["summary"]["conflicts"]), (&31.into(), &0.into()));
    for list in ["adjustments", "conflicts", "resolved", "notes", "pending"] {
        assert!(json[list].is_array(), "{list}");
    }
    let renamed =
        json["adjustments"].as_array().unwrap().iter().find(|one| one["kind"] == "renamed").unwrap();
    assert_eq!(renamed["follows"][0]["kind"], "renamed");
    let pending = json["pending"].as_array().unwrap();
    assert_eq!(pending.len(), 7);
    assert!(pending.iter().all(|row| row["why"].is_string() && row["proposals"].is_array()));
}

#[test]
fn clashes_and_wrong_input_end_as_they_do_in_a_merge() {
    let desk = tempfile::tempdir().unwrap();
    let path = |name: &str| desk.path().join(name).to_str().unwrap().to_owned();
    let list = |name: &str, remarks: &str| {
        let text = format!(
            r#"{{"format":"qingdan/catalogue/1","kind":"licensing","items":[{{"id":"1","name":"甲许可","remarks":"{remarks}"}}]}}"#
        );
        fs::write(path(name), text).unwrap();
        path(name)
    };
    let (lower, old, new) = (list("lower.json", "本市"), list("old.json", "旧"), list("new.json", "新"));
    // Of remarks no relation says who is right.
    let csv = path("out.csv");
    let table = run("list_rebase", &["--format", "json", &lower, &old, &new, "--out", &csv]);
    assert_eq!(code(&table), 1, "{}", told(&table));
    assert!(!std::path::Path::new(&csv).exists(), "no table holds clashes");
    let json: Json = serde_json::from_slice(&table.stdout).unwrap();
    assert_eq!(json["conflicts"][0]["field"], "remarks");
    let kept = run("list_rebase", &[&lower, &old, &new, "--out", &path("out.json")]);
    assert_eq!(code(&kept), 1);
    let decided =
        run("list_merge", &[&path("out.json"), "--prefer", "theirs", "--out", &path("settled.json")]);
    assert_eq!(code(&decided), 0, "{}", told(&decided));
    let filing = path("filing.json");
    fs::write(&filing, r#"{"format":"qingdan/catalogue/1","kind":"filing","items":[]}"#).unwrap();
    for wrong in [&[&*lower, &*old][..], &[&*lower, &*old, &*filing], &[&*lower, &*old, "absent.json"]] {
        let mut all = wrong.to_vec();
        let settled = path("settled.json");
        let before = fs::read(&settled).unwrap();
        all.extend(["--out", &settled]);
        assert_eq!(code(&run("list_rebase", &all)), 2, "{wrong:?}");
        assert_eq!(fs::read(&settled).unwrap(), before, "what was there stays");
    }
}

#[test]
fn outputs_are_two_files_and_a_link_stays_one() {
    let desk = tempfile::tempdir().unwrap();
    let path = |name: &str| desk.path().join(name).to_str().unwrap().to_owned();
    for to_resolve in [path("one.csv"), path("nowhere/two.csv")] {
        let output = rebase(&["--out", &path("one.csv"), "--to-resolve", &to_resolve]);
        assert_eq!(code(&output), 2, "{}", told(&output));
        assert!(!std::path::Path::new(&path("one.csv")).exists(), "nothing is written");
    }
    #[cfg(unix)]
    {
        fs::write(path("target.csv"), "").unwrap();
        std::os::unix::fs::symlink(path("target.csv"), path("link.csv")).unwrap();
        assert_eq!(code(&rebase(&["--out", &path("link.csv")])), 0);
        assert!(fs::symlink_metadata(path("link.csv")).unwrap().is_symlink());
        assert!(fs::read_to_string(path("target.csv")).unwrap().contains("取水许可"));
    }
}
