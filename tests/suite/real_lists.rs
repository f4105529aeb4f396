//! Real lists, by path: the folder that `QINGDAN_DATA` names, else ../shared/data. Where it is absent the
//! tests say that they skipped.

use qingdan::document::{self, Duplicates, Reading};
use qingdan::matching::{By, Options};
use qingdan::table::csv;
use qingdan::{AnyCatalogue, AnyChangeSet, Kind};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// The folder of real lists.
pub(crate) fn data() -> Option<PathBuf> {
    let folder = match std::env::var_os("QINGDAN_DATA") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
    };
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no real lists at {} (name their folder with QINGDAN_DATA)", folder.display());
    None
}

fn read_text(text: &str, columns: &str) -> AnyCatalogue {
    let mut options = csv::Options::default();
    options.columns = columns.parse().unwrap();
    let Reading { value, problems } =
        AnyCatalogue::read_csv(Kind::Service, text.as_bytes(), &options).unwrap();
    let errors: Vec<_> = problems.iter().filter(|p| p.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    value
}

pub(crate) fn read(path: &Path, columns: &str) -> AnyCatalogue {
    read_text(&fs::read_to_string(path).unwrap(), columns)
}

pub(crate) fn json(list: &AnyCatalogue) -> Vec<u8> {
    let mut out = Vec::new();
    list.write_json(&mut out).unwrap();
    out
}

/// Compares, takes the change set through JSON, applies it both ways, byte for byte. Answers added,
/// removed, changed.
fn there_and_back(old: &AnyCatalogue, new: &AnyCatalogue) -> (usize, usize, usize) {
    let pairs = old.lineage_to(new, &by_codes()).unwrap().pairs();
    let changes = old.changes_to(new, &pairs).unwrap().with_digests(old, new);
    let text = serde_json::to_string(&changes).unwrap();
    let changes = AnyChangeSet::read_json(old.kind(), &text).unwrap();
    assert!(json(&changes.apply(old).unwrap()) == json(new), "applied");
    assert!(json(&changes.inverse().apply(new).unwrap()) == json(old), "undone");
    for list in [old, new] {
        let bytes = json(list);
        let again = AnyCatalogue::read_json(Cursor::new(&bytes), &document::Options::default()).unwrap();
        assert_eq!(again.problems, []);
        assert!(again.value.as_ref() == Some(list), "read back");
        // Through a table and back: equal, but for what a table does not hold.
        let mut table = Vec::new();
        let not_held = list.write_csv(&mut table, csv::Delimiter::Comma).unwrap();
        assert_eq!(not_held, []);
    }
    let differences = changes.differences(old, new, &qingdan::diff::Comparing::default()).unwrap();
    let s = differences.summary;
    assert_eq!(
        s.before,
        s.unchanged
            + s.removed
            + differences
                .adjustments
                .iter()
                .filter(|a| !a.to.is_empty())
                .map(|a| a.from.len())
                .sum::<usize>()
    );
    assert_eq!(
        s.after,
        s.unchanged
            + s.added
            + differences
                .adjustments
                .iter()
                .filter(|a| !a.from.is_empty())
                .map(|a| a.to.len())
                .sum::<usize>()
    );
    let items = match &changes {
        AnyChangeSet::Service(changes) => {
            changes.items().map(|d| (d.added().len(), d.removed().len(), d.changed().len()))
        }
        _ => unreachable!("service lists are compared here"),
    };
    items.unwrap_or_default()
}

#[test]
fn canadian_services_of_two_years() {
    let Some(data) = data() else { return };
    let columns = "id=service_id,name=service_name_en";
    let list = |year: &str| read(&data.join(format!("canada-services/{year}_services.csv")), columns);
    let (old, new) = (list("2018-2019"), list("2019-2020"));
    assert_eq!(there_and_back(&old, &new), (163, 182, 1068));
    let changes = old.changes_to(&new, &old.lineage_to(&new, &by_codes()).unwrap().pairs()).unwrap();
    let differences = changes.differences(&old, &new, &qingdan::diff::Comparing::default()).unwrap();
    assert_eq!(differences.summary.unchanged, 0, "the year's column");
    // Of 231 that differ by bytes four are equal in normal form: three by white space, one (1897) by the
    // full stop at its end.
    assert_eq!(differences.summary.renamed, 227, "in normal form");
    let by_bytes = differences.adjustments.iter().filter(|a| a.changes.iter().any(|c| c.field == "name"));
    assert_eq!(by_bytes.count(), 231);
    let warned = differences.warnings.iter().any(|w| w.message.en.contains("fiscal_yr"));
    assert!(warned, "{:?}", differences.warnings);
}

#[test]
fn services_of_british_local_authorities_version_by_version() {
    let Some(data) = data() else { return };
    let mut paths: Vec<PathBuf> = fs::read_dir(data.join("uk-local-services/versions"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    // The order of the history, which the file names alone do not tell within one day.
    let order = fs::read_to_string(data.join("uk-local-services/versions.psv")).unwrap();
    let rank = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let commit = name.split('_').next_back().unwrap().to_owned();
        order.lines().position(|line| line.starts_with(&commit))
    };
    paths.sort_by_key(|path| path.file_name().unwrap().to_owned());
    if paths.iter().all(|p| rank(p).is_some()) {
        paths.sort_by_key(rank);
        let dated = |path: &PathBuf| path.file_name().unwrap().to_string_lossy()[..10].to_owned();
        if dated(&paths[0]) > dated(&paths[paths.len() - 1]) {
            paths.reverse();
        }
    }
    let lists: Vec<AnyCatalogue> = paths.iter().map(|path| read(path, "id=LGSL,name=Description")).collect();
    let counts: Vec<_> = lists.windows(2).map(|pair| there_and_back(&pair[0], &pair[1])).collect();
    assert_eq!(
        counts,
        [
            (1, 0, 0),
            (0, 0, 2),
            (9, 0, 1),
            (1, 0, 0),
            (1, 0, 0),
            (1, 1, 0),
            (1, 0, 0),
            (1, 0, 0),
            (0, 0, 1),
            (1, 1, 0),
            (1, 0, 0),
            (0, 137, 0),
            (0, 8, 0),
            (1, 0, 0),
            (0, 1, 0),
        ]
    );
}

/// `code name` lines as a table.
pub(crate) fn divisions(data: &Path, year: u32) -> AnyCatalogue {
    let text = fs::read_to_string(data.join(format!("areacodes/data/{year}.txt"))).unwrap();
    let mut table = String::from("code,name\n");
    for line in text.lines() {
        if let Some((code, name)) = line.split_once(' ') {
            table += &format!("{code},{name}\n");
        }
    }
    read_text(&table, "id=code,name=name")
}

#[test]
fn divisions_of_china_from_year_to_year() {
    let Some(data) = data() else { return };
    assert_eq!(there_and_back(&divisions(&data, 2011), &divisions(&data, 2012)), (13, 16, 0));
    assert_eq!(there_and_back(&divisions(&data, 1995), &divisions(&data, 1996)), (130, 120, 12));
    assert_eq!(there_and_back(&divisions(&data, 2007), &divisions(&data, 2008)), (0, 0, 0));
}

#[test]
fn items_of_guangdong_with_edits_of_our_own() {
    let Some(data) = data() else { return };
    let columns = "id=TASK_CODE,name=TASK_NAME,basic_code=CATAID,department=DEPT_NAME,\
                   statutory_limit=handle_time,promised_limit=handle_time_limit,service_objects=service_object_name";
    let old = read(&data.join("guangdong/guangdong_items.csv"), columns);
    assert_eq!(old.len(), 2024);
    let AnyCatalogue::Service(list) = &old else { unreachable!("read as such") };
    let mut new = list.clone();
    let ids: Vec<String> = list.items.iter().map(|item| item.id.clone()).collect();
    for id in ids.iter().step_by(50) {
        new.items.update(id, |item| item.promised_limit = "5个工作日".parse().ok()).unwrap();
    }
    for id in ids.iter().skip(3).step_by(200) {
        new.items.update(id, |item| item.name.push_str("（试点）")).unwrap();
    }
    for id in ids.iter().skip(7).step_by(300) {
        new.items.remove(id);
    }
    new.items.update(&ids[1], |item| item.id = "11440000000000000X2440101007000".to_owned()).unwrap();
    let moved = new.items.remove(&ids[10]).unwrap();
    new.items.push((*moved).clone()).unwrap();
    new.header.title = "广东省政务服务事项".to_owned();
    let new = AnyCatalogue::Service(new);
    let (added, removed, changed) = there_and_back(&old, &new);
    assert_eq!((added, removed), (1, 8));
    assert!(changed > 45, "{changed}");
}

#[test]
fn a_doubled_code_is_an_error_that_names_both_rows() {
    let Some(data) = data() else { return };
    let text = fs::read(data.join("ziyang/ziyang_v2.csv")).unwrap();
    let mut options = csv::Options::default();
    options.columns = "id=item_code,name=title".parse().unwrap();
    let reading = AnyCatalogue::read_csv(Kind::Service, &text[..], &options).unwrap();
    let errors: Vec<_> = reading.problems.iter().filter(|p| p.is_error()).collect();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].message.en.contains("lines 84 and 87"), "{}", errors[0].message.en);
    options.duplicates = Duplicates::Keep;
    let reading = AnyCatalogue::read_csv(Kind::Service, &text[..], &options).unwrap();
    assert!(!reading.has_errors());
    assert_eq!(reading.value.len(), 135);
}

#[test]
fn every_real_table_is_read_without_a_panic() {
    let Some(data) = data() else { return };
    let mut folders = vec![data];
    let mut tables = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "csv") {
                tables += 1;
                let text = fs::read(&path).unwrap();
                for kind in Kind::ALL {
                    let mut options = csv::Options::default();
                    options.columns = "name=#2".parse().unwrap();
                    let reading = AnyCatalogue::read_csv(*kind, &text[..], &options).unwrap();
                    assert!(!reading.value.is_empty() || reading.has_errors(), "{}", path.display());
                }
            }
        }
    }
    assert!(tables > 20, "{tables}");
}

/// Their codes alone say which item is which: what is counted here is what came and went by code.
pub(crate) fn by_codes() -> Options {
    let mut options = Options::default();
    options.by = By::Codes;
    options
}
