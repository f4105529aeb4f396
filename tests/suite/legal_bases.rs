//! Legal bases of a real city's power lists, against labels made by hand, by a reader who saw no parser
//! (`tests/fixtures/karamay_bases.json`: 200 texts, drawn evenly over the workbooks, one reader).

use qingdan::citation::{Bases, bases};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

#[derive(Deserialize)]
struct Labelled {
    file: String,
    sheet: String,
    row: u32,
    heads: Vec<Head>,
}

#[derive(Deserialize)]
struct Head {
    title: String,
    locators: Vec<String>,
    #[serde(default)]
    unsure: bool,
}

/// Round brackets of both widths are one.
fn form(title: &str) -> String {
    title.replace('（', "(").replace('）', ")")
}

#[derive(Default, Debug)]
struct Score {
    heads: usize,
    whole: usize,
    locators: usize,
    missing: usize,
    wrong: usize,
    surplus: usize,
}

impl Score {
    fn count(&mut self, labelled: &Labelled, read: &Bases) {
        let mut left: Vec<(String, Vec<String>)> = read
            .cited
            .iter()
            .map(|cited| (form(&cited.title), cited.locators.iter().map(ToString::to_string).collect()))
            .collect();
        let say = |what: &str, head: &str, places: &[String]| {
            println!("{} {} {}: {what} {head} {places:?}", labelled.file, labelled.sheet, labelled.row);
        };
        for head in &labelled.heads {
            let found = left.iter().position(|(title, _)| *title == form(&head.title));
            if head.unsure {
                found.map(|at| left.remove(at));
                continue;
            }
            self.heads += 1;
            self.locators += head.locators.len();
            let Some(at) = found else {
                self.missing += head.locators.len();
                say("not found:", &head.title, &head.locators);
                continue;
            };
            let (_, places) = left.remove(at);
            let missing: Vec<String> =
                head.locators.iter().filter(|p| !places.contains(p)).cloned().collect();
            let wrong: Vec<String> = places.iter().filter(|p| !head.locators.contains(p)).cloned().collect();
            if missing.is_empty() && wrong.is_empty() {
                self.whole += 1;
            } else {
                say("missing", &head.title, &missing);
                say("wrong", &head.title, &wrong);
            }
            self.missing += missing.len();
            self.wrong += wrong.len();
        }
        if labelled.heads.iter().any(|head| head.unsure) {
            return;
        }
        for (title, places) in left {
            self.surplus += 1;
            self.wrong += places.len();
            say("surplus:", &title, &places);
        }
    }
}

#[test]
fn bases_of_karamay_are_read_as_a_person_reads_them() {
    let Some(data) = crate::real_lists::data() else { return };
    let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/karamay_bases.json");
    let labels: Vec<Labelled> =
        serde_json::from_str(&std::fs::read_to_string(labels).expect("the labels")).expect("labels");
    let mut reader = csv::Reader::from_path(data.join("karamay/karamay_items.csv")).expect("the items");
    let headers = reader.headers().expect("headers").clone();
    let column =
        |name: &str| headers.iter().position(|h| h.trim_start_matches('\u{feff}') == name).expect(name);
    let (file, sheet, row, basis) = (column("file"), column("sheet"), column("row"), column("basis"));
    let texts: HashMap<(String, String, u32), String> = reader
        .records()
        .map(|record| {
            let record = record.expect("a record");
            let place =
                (record[file].to_owned(), record[sheet].to_owned(), record[row].parse().expect("a row"));
            (place, record[basis].to_owned())
        })
        .collect();
    let mut score = Score::default();
    for labelled in &labels {
        let place = (labelled.file.clone(), labelled.sheet.clone(), labelled.row);
        score.count(labelled, &bases(&texts[&place]));
    }
    println!("{score:?}");
    assert!(score.whole * 1000 >= score.heads * 970, "97 % of the heads to title and places: {score:?}");
    assert!(score.wrong * 1000 < score.locators * 3, "wrong places below 0.3 %: {score:?}");
}
