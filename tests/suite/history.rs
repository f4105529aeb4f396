//! Histories: what is appended comes back, byte for byte; days, lives, corrections; the file, whole and broken.

use crate::generated::{Edit, edited, edits, item_of, shared};
use proptest::prelude::*;
use qingdan::codes::{AdjustmentKind, ItemState, Verdict};
use qingdan::history::{
    Correction, Document, Grounds, History, HistoryError, HistoryFile, Knowledge, in_force_from, verify,
};
use qingdan::lineage::{Lineage, Link, Reason, Share};
use qingdan::matching::Decision;
use qingdan::{
    AnyCatalogue, Catalogue, CustomItem, DecisionItem, Header, Item, LicensingItem, List, Pairs, PowerItem,
    ServiceItem, SharedList, Text,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read, Seek, SeekFrom};

pub(crate) fn bytes_of(history: &History) -> Vec<u8> {
    let mut out = Vec::new();
    history.write(&mut out).unwrap();
    assert_eq!(out.len() as u64, history.bytes());
    out
}

fn json(list: &AnyCatalogue) -> String {
    let mut out = Vec::new();
    list.write_json(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A licensing list of these ids and names, in force from the first day of the year.
fn edition(label: &str, items: &[(&str, &str)]) -> AnyCatalogue {
    let items = items.iter().map(|(id, name)| LicensingItem::new(*id, *name));
    let mut list = Catalogue::new(Header::default(), SharedList::of(items).unwrap());
    list.header.edition = label.into();
    list.header.title = "示例市行政许可事项清单".into();
    list.into()
}

/// A decision with its document.
fn row(from: &str, to: &str, verdict: Verdict, document: &str) -> Decision {
    let mut row = Decision::new(from, to, verdict);
    row.document = document.into();
    row
}

fn day(text: &str) -> qingdan::term::Date {
    text.parse().unwrap()
}

/// Three editions with a link, a document, an edition without a change, and a correction.
fn small() -> History {
    let mut history = History::start(edition("2022", &[("A", "甲许可"), ("B", "乙许可")])).unwrap();
    let mut row = row("A", "C", Verdict::Same, "某政发〔2023〕1号");
    row.note = "改编码\n\"二\"".into();
    let problems = history.append(edition("2023", &[("C", "甲许可核发"), ("B", "乙许可")]), &[row]).unwrap();
    assert_eq!(problems, []);
    history.append(edition("2024", &[("C", "甲许可核发"), ("B", "乙许可")]), &[]).unwrap();
    let correction = Correction::new("2022", "录入有误").recorded(day("2024-03-01"));
    history
        .correct(edition("2022", &[("A", "甲许可"), ("B", "乙类许可")]), correction, &Grounds::default())
        .unwrap();
    history
}

/// Appends what edits make of a list, `steps` times; answers the history, the editions and the lineages.
fn grown<T: Item>(first: Vec<T>, steps: &[Vec<Edit<T>>]) -> (History, Vec<AnyCatalogue>, Vec<Lineage>)
where
    AnyCatalogue: From<Catalogue<T>>,
{
    let mut list = Catalogue::new(Header::default(), shared(first));
    list.header.edition = "0".into();
    let mut editions = vec![AnyCatalogue::from(list.clone())];
    let mut history = History::start(list.clone().into()).unwrap();
    let mut lineages = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let (items, pairs) = edited(&list.items, step);
        let lineage = lineage_of(&list.items, &items, &pairs);
        list = Catalogue::new(list.header.clone(), items);
        list.header.edition = (at + 1).to_string();
        list.header.parents = List::of([Text::from(at.to_string())]).unwrap();
        if at % 2 == 1 {
            list.header.document = format!("某发〔{at}〕号").into();
        }
        history.append_as(list.clone().into(), &lineage, &Grounds::default()).unwrap();
        editions.push(list.clone().into());
        lineages.push(lineage);
    }
    (history, editions, lineages)
}

fn lineage_of<T: Item>(before: &SharedList<T>, after: &SharedList<T>, pairs: &Pairs) -> Lineage {
    let mut lineage = Lineage::default();
    for (from, to) in pairs.links() {
        lineage.links.push(Link::new(from, to, Reason::Linked));
    }
    for item in before.iter() {
        let key = item.key().into_owned();
        if after.get(&key).is_some() && !pairs.keeps(&key) {
            let linked = pairs.after(&key).is_some() && pairs.before(&key).is_some();
            if !linked {
                lineage.parted.push(key);
            }
        }
    }
    lineage
}

fn comes_back<T: Item>(first: Vec<T>, steps: &[Vec<Edit<T>>])
where
    AnyCatalogue: From<Catalogue<T>>,
{
    let (history, editions, _) = grown(first, steps);
    let bytes = bytes_of(&history);
    assert_eq!(verify(&bytes[..]).unwrap().problems, []);
    let loaded = History::read(&bytes[..]).unwrap();
    assert_eq!(loaded.problems, []);
    let read = loaded.history.unwrap();
    assert_eq!(read, history);
    assert_eq!(bytes_of(&read), bytes);
    #[cfg(feature = "zstd")]
    compressed::comes_back(&history, &editions);
    let mut file = HistoryFile::open(Cursor::new(&bytes)).unwrap();
    for (at, edition) in editions.iter().enumerate() {
        let label = at.to_string();
        for found in
            [history.edition(&label).unwrap(), read.edition(&label).unwrap(), file.edition(&label).unwrap()]
        {
            assert_eq!(json(&found), json(edition), "edition {at}");
        }
    }
    for a in 0..editions.len() {
        for b in 0..editions.len() {
            let change = history.between(&a.to_string(), &b.to_string()).unwrap();
            assert_eq!(json(&change.apply(&editions[a]).unwrap()), json(&editions[b]), "{a} to {b}");
        }
    }
    // Appending to what was read is appending to what was written.
    let (mut one, mut other) = (history, read);
    let mut next = editions[0].clone();
    next.header_mut().edition = "next".into();
    for history in [&mut one, &mut other] {
        history.append(next.clone(), &[]).unwrap();
    }
    assert_eq!(one, other);
    assert!(bytes_of(&one).starts_with(&bytes));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 24 } else { 512 }))]
    #[test]
    fn every_edition_of_licences_comes_back_byte_for_byte(
        first in prop::collection::vec(item_of::<LicensingItem>(), 0..6),
        steps in prop::collection::vec(edits(item_of::<LicensingItem>()), 0..5),
    ) {
        comes_back(first, &steps);
    }
    #[test]
    fn every_edition_of_services_comes_back_byte_for_byte(
        first in prop::collection::vec(item_of::<ServiceItem>(), 0..6),
        steps in prop::collection::vec(edits(item_of::<ServiceItem>()), 0..5),
    ) {
        comes_back(first, &steps);
    }
    #[test]
    fn every_edition_of_powers_comes_back_byte_for_byte(
        first in prop::collection::vec(item_of::<PowerItem>(), 0..6),
        steps in prop::collection::vec(edits(item_of::<PowerItem>()), 0..5),
    ) {
        comes_back(first, &steps);
    }
    #[test]
    fn every_edition_of_a_list_of_ones_own_comes_back_byte_for_byte(
        first in prop::collection::vec(item_of::<CustomItem>(), 0..6),
        steps in prop::collection::vec(edits(item_of::<CustomItem>()), 0..5),
    ) {
        comes_back(first, &steps);
    }
    #[test]
    fn the_lineage_of_a_history_is_that_of_its_steps_joined(
        first in prop::collection::vec(item_of::<CustomItem>(), 0..6),
        steps in prop::collection::vec(edits(item_of::<CustomItem>()), 1..5),
    ) {
        let (history, editions, lineages) = grown(first, &steps);
        let joined = history.lineage_between("0", &steps.len().to_string()).unwrap();
        let relation = |lineage: &Lineage, before: &AnyCatalogue, after: &AnyCatalogue| -> BTreeSet<(String, String)> {
            let mut out = BTreeSet::new();
            let mut linked: BTreeSet<&str> = BTreeSet::new();
            for link in &lineage.links {
                linked.extend(link.from.iter().chain(&link.to).map(String::as_str));
                out.extend(link.from.iter().flat_map(|a| link.to.iter().map(|b| (a.clone(), b.clone()))));
            }
            for item in before.items() {
                let key = item.key().into_owned();
                let keeps = !linked.contains(key.as_str()) && !lineage.parted.contains(&key);
                if keeps && after.has(&key) {
                    out.insert((key.clone(), key));
                }
            }
            out
        };
        let mut composed: BTreeSet<(String, String)> =
            editions[0].items().iter().map(|item| (item.key().into_owned(), item.key().into_owned())).collect();
        for (at, lineage) in lineages.iter().enumerate() {
            let step: BTreeMap<String, Vec<String>> = relation(lineage, &editions[at], &editions[at + 1])
                .into_iter()
                .fold(BTreeMap::new(), |mut map, (a, b)| { map.entry(a).or_default().push(b); map });
            composed = composed
                .iter()
                .flat_map(|(a, b)| step.get(b).into_iter().flatten().map(|c| (a.clone(), c.clone())))
                .collect();
        }
        let last = editions.last().unwrap();
        prop_assert_eq!(relation(&joined, &editions[0], last), composed);
    }
    #[test]
    fn the_list_of_a_day_is_that_of_the_last_edition_in_force(
        days in prop::collection::vec(1_u32..29, 1..6),
        asked in 1_u32..29,
    ) {
        let mut editions = Vec::new();
        for (at, day) in days.iter().enumerate() {
            let mut list = edition(&format!("第{at}版"), &[("A", &format!("许可{at}"))]);
            list.header_mut().effective = format!("2024-02-{day:02}").parse().ok();
            editions.push(list);
        }
        let mut history = History::start(editions[0].clone()).unwrap();
        for list in &editions[1..] {
            history.append(list.clone(), &[]).unwrap();
        }
        let day = day(&format!("2024-02-{asked:02}"));
        let expected = (0..days.len()).filter(|at| days[*at] <= asked).max_by_key(|at| (days[*at], *at));
        match (history.as_of(day), expected) {
            (Ok(found), Some(at)) => {
                prop_assert_eq!(json(&found.list), json(&editions[at]));
                prop_assert_eq!(found.editions, vec![format!("第{at}版")]);
            }
            (Err(HistoryError::BeforeFirst { .. }), None) => {}
            (found, expected) => prop_assert!(false, "{found:?} {expected:?}"),
        }
    }
}

#[test]
fn a_label_is_given_once_and_asked_for_as_it_is() {
    let mut history = small();
    let again = history.append(edition("2023", &[]), &[]).unwrap_err();
    assert_eq!(again, HistoryError::LabelTaken { label: "2023".into() });
    assert_eq!(history.append(edition(" ", &[]), &[]).unwrap_err(), HistoryError::NoLabel);
    let unknown = history.edition("1999").unwrap_err();
    assert_eq!(unknown.to_string(), "no edition is labelled `1999`; there are 2022, 2023, 2024");
    assert!(matches!(history.as_of(day("2021-12-31")), Err(HistoryError::BeforeFirst { .. })));
    let other: AnyCatalogue = Catalogue::<PowerItem>::default().into();
    assert!(matches!(history.append(other, &[]), Err(HistoryError::OtherKind(_))));
    assert_eq!(history, small(), "nothing was taken in");
}

#[test]
fn a_torn_history_is_whole_up_to_its_last_line_wherever_it_was_cut() {
    let history = small();
    let bytes = bytes_of(&history);
    let ends: Vec<usize> =
        bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1).collect();
    assert_eq!(ends.len(), 4);
    for cut in 0..bytes.len() {
        let whole = ends.iter().copied().filter(|end| *end <= cut).max().unwrap_or_default();
        let loaded = History::read(&bytes[..cut]).unwrap();
        assert_eq!(loaded.whole, whole as u64, "cut at {cut}");
        let records = ends.iter().filter(|end| **end <= cut).count();
        assert_eq!(loaded.history.as_ref().map_or(0, |h| h.records().len()), records, "cut at {cut}");
        let rules: Vec<&str> = loaded.problems.iter().map(|p| &*p.rule).collect();
        let torn = if cut == whole { vec![] } else { vec!["history/torn"] };
        assert_eq!(rules, if cut == 0 { vec!["history/empty"] } else { torn }, "cut at {cut}");
        assert_eq!(
            verify(&bytes[..cut]).unwrap().problems.is_empty(),
            cut == whole && cut > 0,
            "cut at {cut}"
        );
        // Whoever cuts there appends.
        let mut kept = bytes[..whole].to_vec();
        if let Some(mut history) = loaded.history {
            let at = history.records().len() as u64;
            history.append(edition("另一版", &[("Z", "丁许可")]), &[]).unwrap();
            history.write_since(at, &mut kept).unwrap();
            assert_eq!(verify(&kept[..]).unwrap().problems, [], "cut at {cut}");
            let labels = HistoryFile::open(Cursor::new(&bytes[..cut])).unwrap().labels().len();
            assert_eq!(labels, records.min(3), "cut at {cut}");
        }
    }
}

#[test]
fn every_flipped_byte_is_noticed() {
    let bytes = bytes_of(&small());
    assert_eq!(verify(&bytes[..]).unwrap().problems, []);
    for at in 0..bytes.len() {
        // Each byte in one bit, each bit in its turn: optimised in all of them.
        let bits = if cfg!(debug_assertions) { at % 8..at % 8 + 1 } else { 0..8 };
        for bit in bits {
            let mut altered = bytes.clone();
            altered[at] ^= 1 << bit;
            let verified = verify(&altered[..]).unwrap();
            assert_eq!(verified.problems.len(), 1, "byte {at}, bit {bit}");
            let line = bytes[..at].split(|byte| *byte == b'\n').count() as u64 - 1;
            assert_eq!(verified.records, line, "the first record that does not hold: byte {at}, bit {bit}");
        }
    }
}

#[test]
fn a_line_that_means_the_same_in_another_form_is_noticed() {
    let text = String::from_utf8(bytes_of(&small())).unwrap();
    let rules = |text: &str| -> Vec<String> {
        verify(text.as_bytes()).unwrap().problems.iter().map(|p| p.rule.to_string()).collect()
    };
    // The digest is over the bytes, so that another spelling needs another digest: made here as a forger would.
    let forged = |from: &str, to: &str| {
        use sha2::Digest as _;
        let line = text.lines().next().unwrap().replacen(from, to, 1);
        assert!(line.contains(to));
        let digest = sha2::Sha256::digest(format!("{{{}", &line[77..]));
        let hex = digest.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        format!("{{\"digest\":\"{hex}\",{}\n", &line[77..])
    };
    assert_eq!(rules(&forged("甲许可", "\\u7532许可")), ["history/not-canonical"]);
    assert_eq!(rules(&forged("\"head\":{", "\"head\": {")), ["history/not-canonical"]);
    assert_eq!(rules(&forged("甲许可", "丙许可")), ["history/content"]);
    assert_eq!(rules(&forged("\"number\":0", "\"number\":1")), ["history/chain"]);
    // A line taken out, two exchanged.
    let lines: Vec<&str> = text.lines().collect();
    let put =
        |order: &[usize]| order.iter().fold(String::new(), |text, at| format!("{text}{}\n", lines[*at]));
    assert_eq!(rules(&put(&[0, 1, 2, 3])), [] as [&str; 0]);
    assert_eq!(rules(&put(&[0, 2, 3])), ["history/chain"]);
    assert_eq!(rules(&put(&[0, 2, 1, 3])), ["history/chain"]);
    assert_eq!(rules(&put(&[1, 2, 3])), ["history/chain"]);
    assert_eq!(rules(&text.replace('\n', "\r\n")), ["history/line-ends"]);
}

#[test]
fn an_error_of_the_past_is_mended_beside_what_was_in_force() {
    let mut history = small();
    let name = |history: &History, knowledge| {
        history.edition_as("2022", knowledge).unwrap().item("B").unwrap().name().to_owned()
    };
    assert_eq!(name(&history, Knowledge::InForce), "乙许可");
    assert_eq!(name(&history, Knowledge::Now), "乙类许可");
    assert_eq!(name(&history, Knowledge::On(day("2024-02-29"))), "乙许可");
    assert_eq!(name(&history, Knowledge::On(day("2024-03-01"))), "乙类许可");
    assert_eq!(
        json(&history.as_of(day("2022-06-01")).unwrap().list),
        json(&history.edition("2022").unwrap())
    );
    let known = history.as_of_as(day("2022-06-01"), Knowledge::Now).unwrap();
    assert_eq!(known.list.item("B").unwrap().name(), "乙类许可");
    // One more, on top of it; nothing before is touched.
    let bytes = bytes_of(&history);
    let next = edition("2022", &[("A", "甲许可"), ("B", "乙类许可"), ("D", "丁许可")]);
    history.correct(next.clone(), Correction::new("2022", "漏印一项"), &Grounds::default()).unwrap();
    assert_eq!(history.edition_as("2022", Knowledge::Now).unwrap().len(), 3);
    assert!(bytes_of(&history).starts_with(&bytes));
    // Opened from the file it is the same, whatever is known.
    let mut file = HistoryFile::open(Cursor::new(bytes_of(&history))).unwrap();
    for label in ["2022", "2023", "2024"] {
        for on in ["2024-02-29", "2024-03-01", "2030-01-01"] {
            for knowledge in [Knowledge::InForce, Knowledge::Now, Knowledge::On(day(on))] {
                let found = file.edition_as(label, knowledge).unwrap();
                assert_eq!(
                    json(&found),
                    json(&history.edition_as(label, knowledge).unwrap()),
                    "{label} {knowledge:?}"
                );
            }
        }
    }
    assert_eq!(verify(&bytes_of(&history)[..]).unwrap().problems, []);
    let nothing = history.correct(next, Correction::new("2022", "无"), &Grounds::default()).unwrap_err();
    assert_eq!(nothing, HistoryError::NothingCorrected { label: "2022".into() });
    // Editions go on behind it.
    history.append(edition("2025", &[("C", "甲许可核发")]), &[]).unwrap();
    assert_eq!(History::read(&bytes_of(&history)[..]).unwrap().history, Some(history));
}

#[test]
fn items_with_days_of_their_own_go_by_them() {
    let item = |id: &str, name: &str, from: &str, until: &str, state: Option<ItemState>| {
        let mut item = ServiceItem::new(id, name);
        item.effective = from.parse().ok();
        item.until = until.parse().ok();
        item.state = state;
        item
    };
    let list = |label: &str, items: Vec<ServiceItem>| -> AnyCatalogue {
        let mut list = Catalogue::new(Header::default(), SharedList::of(items).unwrap());
        list.header.edition = label.into();
        list.into()
    };
    let mut history = History::start(list(
        "2023",
        vec![
            item("A", "甲", "2020-01-01", "", None),
            item("B", "乙", "", "2024-03-31", None),
            item("X", "己", "", "", None),
        ],
    ))
    .unwrap();
    history
        .append(
            list(
                "2024",
                vec![
                    item("C", "丙", "2024-07-01", "", None),
                    item("A", "甲（新）", "2024-07-01", "", None),
                    item("B", "乙", "", "2024-03-31", None),
                    item("D", "丁", "", "", Some(ItemState::Suspended)),
                    item("E", "戊", "", "", Some(ItemState::Cancelled)),
                ],
            ),
            &[],
        )
        .unwrap();
    let on = |text: &str| {
        let found = history.as_of(day(text)).unwrap();
        let names: Vec<String> = found.list.items().iter().map(|item| item.name().to_owned()).collect();
        (names, found.waiting, found.ended, found.suspended)
    };
    let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        on("2024-03-31"),
        (texts(&["甲", "乙", "丁"]), texts(&["C", "A"]), texts(&["E"]), texts(&["D"]))
    );
    assert_eq!(
        on("2024-06-30"),
        (texts(&["甲", "丁"]), texts(&["C", "A"]), texts(&["B", "E"]), texts(&["D"]))
    );
    assert_eq!(
        on("2024-07-01"),
        (texts(&["丙", "甲（新）", "丁"]), vec![], texts(&["B", "E"]), texts(&["D"]))
    );
    assert_eq!(on("2023-07-01").0, ["甲", "乙", "己"]);
}

#[test]
fn quarters_of_a_year_are_united() {
    let part = |label: &str, ids: &[&str]| -> AnyCatalogue {
        let items = ids.iter().map(|id| DecisionItem::new(*id, format!("{label}的规划{id}")));
        let mut list = Catalogue::new(Header::default(), SharedList::of(items).unwrap());
        list.header.edition = label.into();
        list.into()
    };
    let mut history = History::start(part("2023年", &["0"])).unwrap();
    history.append(part("2024年1—3季度", &["1", "2"]), &[]).unwrap();
    history.append(part("2024年第四季度", &["2", "3"]), &[]).unwrap();
    assert_eq!(in_force_from(history.last().header()), Some(day("2024-10-01")));
    let ids = |list: &AnyCatalogue| list.items().iter().map(|item| item.id().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(&history.as_of(day("2024-09-30")).unwrap().list), ["1", "2"]);
    let all = history.as_of(day("2024-12-31")).unwrap();
    assert_eq!(
        (ids(&all.list), all.editions.len()),
        (vec!["1".to_owned(), "2".to_owned(), "3".to_owned()], 2)
    );
    assert_eq!(all.list.item("2").unwrap().name(), "2024年第四季度的规划2", "as the last part says");
    assert_eq!(ids(&history.year(2024).unwrap()), ["1", "2", "3"]);
    assert_eq!(ids(&history.year(2023).unwrap()), ["0"]);
    assert!(history.year(2022).is_err());
    // A revision inside the year has a label of its own.
    history.append(part("2024年（12月修订）", &["9"]), &[]).unwrap();
    assert_eq!(ids(&history.year(2024).unwrap()), ["9"]);
}

/// A to B; B splits into B and C; C and D merge into E; F goes; G gives a part to B.
fn eventful() -> History {
    let mut history = History::start(edition(
        "2020",
        &[("A", "甲许可"), ("D", "丁许可"), ("F", "己许可"), ("G", "庚许可")],
    ))
    .unwrap();
    let rows = [row("A", "B", Verdict::Same, "一号")];
    history
        .append(edition("2021", &[("B", "甲许可"), ("D", "丁许可"), ("F", "己许可"), ("G", "庚许可")]), &rows)
        .unwrap();
    let rows = [row("B", "B;C", Verdict::Same, "二号"), row("G", "B", Verdict::Part, "三号")];
    history
        .append(
            edition(
                "2022",
                &[("B", "甲许可"), ("C", "甲许可（二）"), ("D", "丁许可"), ("F", "己许可"), ("G", "庚许可")],
            ),
            &rows,
        )
        .unwrap();
    let rows = [row("C;D", "E", Verdict::Same, "四号"), row("F", "", Verdict::Same, "五号")];
    history.append(edition("2023", &[("B", "甲类许可"), ("E", "戊许可"), ("G", "庚许可")]), &rows).unwrap();
    history
        .append(
            edition("2024", &[("B", "甲类许可"), ("E", "戊许可"), ("G", "庚许可"), ("F", "另一个己")]),
            &[],
        )
        .unwrap();
    history
}

#[test]
fn a_life_is_told_from_its_origin_to_its_successors() {
    let history = eventful();
    let life = history.lineage("C").unwrap();
    let forms: Vec<String> = life
        .forms
        .iter()
        .map(|form| format!("{} {} {}-{}", form.id, form.name, form.first, form.last))
        .collect();
    assert_eq!(
        forms,
        ["A 甲许可 2020-2020", "B 甲许可 2021-2021", "C 甲许可（二） 2022-2022", "E 戊许可 2023-2024"]
    );
    let told: Vec<String> = life
        .changes
        .iter()
        .map(|change| {
            let ids = |ends: &[qingdan::history::End]| {
                ends.iter().map(|end| end.id.as_str()).collect::<Vec<_>>().join("+")
            };
            let kind = change.kind.as_ref().map_or("part", AdjustmentKind::as_str);
            let documents: Vec<&str> = change.documents.iter().map(|document| &*document.number).collect();
            format!(
                "{} {kind} {}>{} {}",
                change.edition,
                ids(&change.from),
                ids(&change.to),
                documents.join(",")
            )
        })
        .collect();
    assert_eq!(told, ["2021 recoded A>B 一号", "2022 split B>B+C 二号", "2023 merged C+D>E 四号"]);
    // A part that went over is told, and does not make two lives one.
    let given = history.lineage("G").unwrap();
    assert_eq!((given.forms.len(), given.changes.len()), (1, 1));
    assert_eq!((given.changes[0].share, given.changes[0].to[0].id.as_str()), (Share::Part, "B"));
    assert_eq!(given.changes[0].to[0].form, None);
    // What went in parts alone lives on in those that took them, which were there before.
    let mut parts = History::start(edition("1", &[("A", "甲"), ("B", "乙")])).unwrap();
    parts.append(edition("2", &[("A", "甲"), ("B", "乙")]), &[]).unwrap();
    parts
        .append(edition("3", &[("B", "乙"), ("C", "丙")]), &[row("A", "B;C", Verdict::Part, "六号")])
        .unwrap();
    let life = parts.lineage("A").unwrap();
    let spans: Vec<_> = life.forms.iter().map(|form| (form.id.as_str(), form.span)).collect();
    assert_eq!(spans, [("A", (0, 1)), ("B", (0, 2)), ("C", (2, 2))]);
    let now = &parts.today("A").unwrap().things[0].now;
    assert_eq!(
        now.iter().map(|now| (now.id.as_str(), now.is_part)).collect::<Vec<_>>(),
        [("B", true), ("C", true)]
    );
    assert_eq!(parts.differences().unwrap().last().unwrap().adjustments[0].document, "六号");
    // Without a change.
    let still = edition("a", &[("1", "甲")]);
    let mut history = History::start(still.clone()).unwrap();
    for label in ["b", "c"] {
        let mut next = still.clone();
        next.header_mut().edition = label.into();
        history.append(next, &[]).unwrap();
    }
    let life = history.lineage("1").unwrap();
    assert_eq!((life.forms.len(), life.forms[0].span, life.changes.len()), (1, (0, 2), 0));
    assert_eq!(history.lineage("2").unwrap_err(), HistoryError::UnknownItem { id: "2".into() });
}

#[test]
fn an_old_id_finds_what_stands_for_it_today() {
    let history = eventful();
    let now = |id: &str| -> Vec<Vec<String>> {
        let today = history.today(id).unwrap();
        today.things.iter().map(|thing| thing.now.iter().map(|now| now.id.clone()).collect()).collect()
    };
    assert_eq!(now("A"), [["B", "E"]]);
    assert_eq!(now("B"), [["B", "E"]]);
    assert_eq!(now("D"), [["E"]]);
    // The id was given to another thing.
    let today = history.today("F").unwrap();
    assert_eq!(today.things.len(), 2);
    let gone = today.things[0].gone.as_ref().unwrap();
    assert_eq!((gone.edition.as_str(), gone.documents[0].number.as_str()), ("2023", "五号"));
    assert_eq!((today.things[1].name.as_str(), today.things[1].now[0].id.as_str()), ("另一个己", "F"));
}

#[test]
fn the_last_change_of_each_field_is_known_with_its_document() {
    let history = eventful();
    let blame = history.blame("B").unwrap();
    let told: Vec<String> = blame
        .fields
        .iter()
        .map(|field| {
            let document = field.documents.first().map_or("", |document| &document.number);
            format!("{} {} {} {document}", field.field, field.value, field.edition)
        })
        .collect();
    assert_eq!(told, ["id B 2022 二号", "name 甲类许可 2023 "]);
    let rows: Vec<String> = history.log().unwrap().iter().map(|row| row.cells().join("|")).collect();
    assert_eq!(
        rows,
        [
            "2021||B|id|A|B|一号",
            "2022||B|id|B|B;C|二号",
            "2023||B|name|甲许可|甲类许可|",
            "2023||E|id|C;D|E|四号",
            "2023||E|name|甲许可（二）|戊许可|四号",
            "2023||F||己许可||五号",
            "2024||F|||另一个己|",
        ]
    );
}

#[test]
fn what_stood_on_an_act_and_when() {
    let item = |id: &str, basis: &str| {
        let mut item = LicensingItem::new(id, format!("许可{id}"));
        item.basis = List::of([qingdan::term::Citation::new(basis)]).unwrap();
        item
    };
    let list = |label: &str, items: Vec<LicensingItem>| -> AnyCatalogue {
        let mut list = Catalogue::new(Header::default(), SharedList::of(items).unwrap());
        list.header.edition = label.into();
        list.into()
    };
    let (forest, water) = ("《中华人民共和国森林法》第三十二条", "《中华人民共和国水法》第四十八条");
    let mut history =
        History::start(list("2019", vec![item("1", forest), item("2", water), item("3", forest)])).unwrap();
    let amended = "《中华人民共和国森林法》（2019年修订）第五十六条";
    history.append(list("2020", vec![item("1", amended), item("2", water)]), &[]).unwrap();
    history.append(list("2021", vec![item("1", water), item("2", forest)]), &[]).unwrap();
    let told = |text: &str| -> Vec<String> {
        let found = history.citation(text).unwrap();
        let told = found.iter().map(|cited| {
            format!("{} {}-{} {} {}", cited.id, cited.first, cited.last, cited.stands, cited.citations.len())
        });
        told.collect()
    };
    assert_eq!(told("森林法"), ["1 2019-2020 false 2", "3 2019-2019 false 1", "2 2021-2021 true 1"]);
    assert_eq!(told("《森林法》第五十六条"), ["1 2020-2020 false 1"]);
    assert!(told("《草原法》").is_empty());
}

#[test]
fn decisions_for_several_editions_count_where_they_lead() {
    let rows = [row("A", "B", Verdict::Same, ""), row("B", "A", Verdict::Same, "")];
    let [mut first, mut second] = rows;
    (first.edition, second.edition) = ("2022".into(), "2023".into());
    let rows = [first, second];
    let mut history = History::start(edition("2021", &[("A", "甲"), ("B", "乙")])).unwrap();
    history.append(edition("2022", &[("A", "丙"), ("B", "甲")]), &rows).unwrap();
    history.append(edition("2023", &[("A", "甲"), ("B", "丁")]), &rows).unwrap();
    let forms: Vec<String> =
        history.lineage("A").unwrap().forms.iter().map(|form| format!("{}{}", form.id, form.name)).collect();
    assert!(forms.starts_with(&["A甲".to_owned(), "A丙".to_owned(), "B甲".to_owned()]), "{forms:?}");
    let contradiction = [Decision::new("A", "A", Verdict::Same), Decision::new("A", "B", Verdict::Same)];
    let error = history.append(edition("2024", &[("A", "甲"), ("B", "丁")]), &contradiction).unwrap_err();
    assert!(matches!(error, HistoryError::Decisions(_)), "{error:?}");
}

#[test]
fn a_lower_list_names_the_upper_edition_that_it_followed() {
    let upper = edition("省2023", &[("A", "甲许可")]);
    let grounds = Grounds::documents([Document::new("市政发〔2023〕5号")]).following(&upper);
    let mut history = History::start(edition("2022", &[])).unwrap();
    history.append_as(edition("2023", &[("A", "甲许可")]), &Lineage::default(), &grounds).unwrap();
    let followed = history.records()[1].head.followed.clone().unwrap();
    assert_eq!((followed.edition.as_str(), followed.digest.as_str()), ("省2023", upper.digest().as_str()));
    assert_eq!(History::read(&bytes_of(&history)[..]).unwrap().history, Some(history));
}

/// Counts what is read.
struct Counted<R>(R, u64);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.0.read(buffer)?;
        self.1 += n as u64;
        Ok(n)
    }
}
impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

/// Forty editions of 400 items, of which each year another twentieth is renamed.
fn renamed_each_year() -> (History, Vec<AnyCatalogue>) {
    let list = |at: usize| -> AnyCatalogue {
        let items = (0..400).map(|id| {
            let named = if id % 20 < at { at - (at - id % 20 - 1) % 20 } else { 0 };
            LicensingItem::new(format!("{id:06}"), format!("第{named}年起名为事项{id}的许可"))
        });
        let mut list = Catalogue::new(Header::default(), SharedList::of(items).unwrap());
        list.header.edition = format!("{}", 2000 + at);
        list.into()
    };
    let editions: Vec<AnyCatalogue> = (0..40).map(list).collect();
    let mut history = History::start(editions[0].clone()).unwrap();
    for edition in &editions[1..] {
        history.append(edition.clone(), &[]).unwrap();
    }
    (history, editions)
}

#[test]
fn any_edition_opens_from_two_editions_bytes_and_the_file_stays_small() {
    let (history, editions) = renamed_each_year();
    let checkpoints = history.records().iter().filter(|record| record.is_checkpoint()).count();
    assert!((2..20).contains(&checkpoints), "{checkpoints}");
    let bytes = bytes_of(&history);
    let whole = history.records()[0].bytes();
    let largest = history.records().iter().map(qingdan::history::Record::bytes).max().unwrap();
    for edition in &editions {
        let mut counted = Counted(Cursor::new(&bytes), 0);
        let mut file = HistoryFile::open(&mut counted).unwrap();
        let found = file.edition(&edition.header().edition).unwrap();
        assert_eq!(json(&found), json(edition));
        drop(file);
        let heads = 40 * 4096 + 65;
        assert!(counted.1 <= 2 * largest + heads, "{} of {}", counted.1, 2 * whole);
    }
}

#[test]
fn another_language_computes_the_same_digests() {
    let python = std::process::Command::new("python3").arg("--version").output();
    if !python.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: there is no python3");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let said = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify_history.py");
        let output = std::process::Command::new("python3").arg(script).arg(&path).output().unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    // Texts whose order and escapes differ between languages.
    let mut odd = LicensingItem::new("1", "\u{1}\t\"\\/\u{7f}\u{2028}\u{1f600}\u{e000}");
    odd.extra.set("\u{1f600}", "甲".into());
    odd.extra.set("\u{fb33}", "乙\r\n".into());
    odd.extra.set("\u{e9}", "é".into());
    let mut list = Catalogue::new(Header::default(), SharedList::of([odd]).unwrap());
    list.header.edition = "\u{1f600}版".into();
    let mut history = History::start(list.clone().into()).unwrap();
    list.header.edition = "二".into();
    list.items.update("1", |item| item.name = "乙".into()).unwrap();
    history.append(list.into(), &[]).unwrap();
    for (name, history) in [("odd.jsonl", history), ("small.jsonl", small()), ("eventful.jsonl", eventful())]
    {
        let bytes = bytes_of(&history);
        let (code, text) = said(name, &bytes);
        assert_eq!(code, Some(0), "{text}");
        let mut altered = bytes.clone();
        let at = altered.len() / 2;
        altered[at] ^= 1;
        assert_eq!(said(name, &altered).0, Some(1));
        assert_eq!(said(name, &bytes[..bytes.len() - 1]).0, Some(1));
    }
}

// ------------------------------------------------------------------------------------------------
// The compressed form

#[cfg(feature = "zstd")]
mod compressed {
    use super::*;

    fn compressed(history: &History) -> Vec<u8> {
        let mut out = Vec::new();
        history.write_compressed(&mut out).unwrap();
        out
    }

    /// What any decoder makes of a file: all frames one after the other, without those that are skipped.
    fn decompressed(bytes: &[u8]) -> Vec<u8> {
        zstd::decode_all(bytes).unwrap()
    }

    /// Where the groups of a file end, by the lengths in their indexes.
    fn ends(bytes: &[u8]) -> Vec<usize> {
        let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize;
        let mut ends = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            at += 96 + number(at + 16) + number(at + 24);
            ends.push(at);
        }
        ends
    }

    /// Written at once, and appended record by record: as plain bytes, read, opened edition by edition.
    pub(super) fn comes_back(history: &History, editions: &[AnyCatalogue]) {
        let plain = bytes_of(history);
        let mut one_by_one = Vec::new();
        for record in history.records() {
            let (start, number) = (record.start as usize, record.head.number);
            let before = History::read(&plain[..start + record.bytes() as usize]).unwrap().history.unwrap();
            before.write_compressed_since(number, &mut one_by_one).unwrap();
        }
        assert_eq!(ends(&one_by_one).len(), history.records().len());
        let at_once = compressed(history);
        let checkpoints = history.records().iter().filter(|record| record.is_checkpoint()).count();
        assert_eq!(ends(&at_once).len(), checkpoints, "a group a checkpoint");
        for bytes in [at_once, one_by_one] {
            assert_eq!(decompressed(&bytes), plain);
            assert_eq!(verify(&bytes[..]).unwrap().problems, []);
            let loaded = History::read(&bytes[..]).unwrap();
            assert_eq!((loaded.problems.len(), loaded.whole), (0, bytes.len() as u64));
            assert!(loaded.is_compressed && !History::read(&plain[..]).unwrap().is_compressed);
            let read = loaded.history.unwrap();
            assert_eq!(&read, history);
            assert_eq!((bytes_of(&read), compressed(&read)), (plain.clone(), compressed(history)));
            let mut file = HistoryFile::open(Cursor::new(&bytes)).unwrap();
            assert!(file.is_compressed());
            assert_eq!(file.whole(), bytes.len() as u64);
            assert_eq!(file.labels(), history.labels());
            for edition in editions {
                assert_eq!(json(&file.edition(&edition.header().edition).unwrap()), json(edition));
            }
            for label in history.labels() {
                for knowledge in [Knowledge::InForce, Knowledge::Now, Knowledge::On(day("2024-02-01"))] {
                    let found = file.edition_as(label, knowledge).unwrap();
                    assert_eq!(found, history.edition_as(label, knowledge).unwrap());
                }
            }
        }
    }

    #[test]
    fn a_compressed_history_is_the_plain_one() {
        comes_back(&small(), &[]);
        comes_back(&eventful(), &[]);
    }

    #[test]
    fn a_torn_group_is_told_wherever_it_was_cut_and_the_next_append_succeeds() {
        let history = small();
        let mut bytes = Vec::new();
        // Two groups: the first edition, and three records.
        let first = History::start(history.edition("2022").unwrap()).unwrap();
        first.write_compressed(&mut bytes).unwrap();
        history.write_compressed_since(1, &mut bytes).unwrap();
        let ends = ends(&bytes);
        assert_eq!((ends.len(), ends[1]), (2, bytes.len()));
        for cut in 0..=bytes.len() {
            let whole = ends.iter().copied().filter(|end| *end <= cut).max().unwrap_or_default();
            let records = [0, 1, 4][ends.iter().filter(|end| **end <= cut).count()];
            let loaded = History::read(&bytes[..cut]).unwrap();
            assert_eq!(loaded.whole, whole as u64, "cut at {cut}");
            assert_eq!(loaded.history.as_ref().map_or(0, |h| h.records().len()), records, "cut at {cut}");
            let rules: Vec<&str> = loaded.problems.iter().map(|p| &*p.rule).collect();
            let torn = if cut == whole { vec![] } else { vec!["history/torn"] };
            assert_eq!(rules, if cut == 0 { vec!["history/empty"] } else { torn }, "cut at {cut}");
            assert_eq!(verify(&bytes[..cut]).unwrap().problems.is_empty(), cut == whole && cut > 0);
            match HistoryFile::open(Cursor::new(&bytes[..cut])) {
                Ok(file) => assert_eq!((file.whole(), file.heads().len()), (whole as u64, records)),
                Err(error) => assert_eq!(records, 0, "cut at {cut}: {error}"),
            }
            let mut kept = bytes[..whole].to_vec();
            if let Some(mut history) = loaded.history {
                let at = history.records().len() as u64;
                history.append(edition("另一版", &[("Z", "丁许可")]), &[]).unwrap();
                history.write_compressed_since(at, &mut kept).unwrap();
                assert_eq!(verify(&kept[..]).unwrap().problems, [], "cut at {cut}");
                assert_eq!(decompressed(&kept), bytes_of(&history), "cut at {cut}");
            }
        }
    }

    #[test]
    fn every_flipped_byte_of_a_compressed_history_is_noticed() {
        let history = small();
        let mut bytes = compressed(&History::start(history.edition("2022").unwrap()).unwrap());
        history.write_compressed_since(1, &mut bytes).unwrap();
        let ends = ends(&bytes);
        for at in 0..bytes.len() {
            let bits = if cfg!(debug_assertions) { at % 8..at % 8 + 1 } else { 0..8 };
            for bit in bits {
                let mut altered = bytes.clone();
                altered[at] ^= 1 << bit;
                let verified = verify(&altered[..]).unwrap();
                assert_eq!(verified.problems.len(), 1, "byte {at}, bit {bit}");
                // What is altered is no end that came too early: nobody is to cut there.
                assert!(verified.problems[0].is_error(), "byte {at}, bit {bit}: {:?}", verified.problems);
                let whole = ends.iter().copied().filter(|end| *end <= at).max().unwrap_or_default();
                assert_eq!(verified.whole, whole as u64, "byte {at}, bit {bit}");
                // Opened edition by edition it is noticed, too.
                let opened = HistoryFile::open(Cursor::new(&altered)).and_then(|mut file| {
                    ["2022", "2023", "2024"]
                        .map(|label| file.edition(label))
                        .into_iter()
                        .find_map(Result::err)
                        .map_or(Ok(()), Err)
                });
                assert!(opened.is_err(), "byte {at}, bit {bit}");
            }
        }
    }

    #[test]
    fn what_zstd_itself_made_is_told_what_to_do() {
        let bytes = zstd::encode_all(&bytes_of(&small())[..], 3).unwrap();
        let loaded = History::read(&bytes[..]).unwrap();
        assert!(loaded.history.is_none());
        assert_eq!(loaded.problems[0].rule, "history/compressed");
        assert!(loaded.problems[0].message.en.contains("zstd -d"), "{:?}", loaded.problems);
        let error = HistoryFile::open(Cursor::new(bytes)).unwrap_err().to_string();
        assert!(error.contains("zstd -d"), "{error}");
    }

    #[test]
    fn an_edition_is_read_from_its_own_frames() {
        let (history, editions) = super::renamed_each_year();
        let bytes = compressed(&history);
        let ends = ends(&bytes);
        assert!(ends.len() > 2);
        comes_back(&history, &editions[..5]);
        let begin = |group: usize| if group == 0 { 0 } else { ends[group - 1] };
        let largest = (0..ends.len()).map(|group| ends[group] - begin(group)).max().unwrap();
        let mut counted = Counted(Cursor::new(&bytes), 0);
        drop(HistoryFile::open(&mut counted).unwrap());
        let indexes = counted.1;
        assert!(indexes < bytes.len() as u64 / 2, "{indexes} of {}", bytes.len());
        for edition in &editions {
            let mut counted = Counted(Cursor::new(&bytes), 0);
            let found = HistoryFile::open(&mut counted).unwrap().edition(&edition.header().edition).unwrap();
            assert_eq!(json(&found), json(edition));
            assert!(counted.1 <= indexes + largest as u64, "{} of {}", counted.1, bytes.len());
        }
    }
}
