//! Histories of real lists: divisions of China 1990 to 2012 with the official tables of changes, services of British local
//! authorities with the messages of their versions. Where the lists are absent the tests say that they skipped.

use crate::history::bytes_of;
use crate::programs::{code, run, told as told_by};
use crate::real_lists::{data, divisions, json, read};
use qingdan::AnyCatalogue;
use qingdan::codes::{AdjustmentKind, Verdict};
use qingdan::history::{Document, Grounds, History, HistoryFile, Life, Transition, verify};
use qingdan::lineage::{Lineage, Share};
use qingdan::matching::{By, Decision, Options};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::Path;

/// A row of a table of changes (`diff-spec.md`): what it says of the record, of which documents it is part.
struct Row {
    sign: char,
    code: String,
    /// `>` what it went to, `<` what it came from; `None` where nothing is said.
    selectors: Option<(char, Vec<String>)>,
    document: String,
    note: String,
}

fn rows(text: &str) -> Vec<Row> {
    let (mut rows, mut note, mut described) = (Vec::new(), Vec::<&str>::new(), false);
    for line in text.lines() {
        let Some(sign) = line.chars().next() else { continue };
        if sign == '#' {
            if described {
                note.clear();
                described = false;
            }
            note.push(line[1..].trim());
            continue;
        }
        described = true;
        let (code, rest) = line[1..].split_once(' ').unwrap();
        let at = rest.find(['>', '<']);
        let selectors = at.map(|at| {
            let all = rest[at + 1..].split(',').map(str::to_owned).collect();
            (rest.as_bytes()[at] as char, all)
        });
        // Several documents may describe one change.
        let numbers: Vec<&str> = note.iter().filter_map(|line| line.strip_prefix("文号：")).collect();
        let title = note.iter().find_map(|line| line.strip_prefix("# ")).or(note.first().copied());
        rows.push(Row {
            sign,
            code: code.to_owned(),
            selectors,
            document: if numbers.is_empty() {
                title.unwrap_or_default().to_owned()
            } else {
                numbers.join("、")
            },
            note: note.join("\n"),
        });
    }
    rows
}

/// The records of a year: names by code.
type Records = BTreeMap<String, String>;

fn records(list: &AnyCatalogue) -> Records {
    list.items().iter().map(|item| (item.id().to_owned(), item.name().to_owned())).collect()
}

fn parent(code: &str, of: &Records) -> String {
    let city = format!("{}00", &code[..4]);
    if city != code && of.contains_key(&city) { city } else { format!("{}0000", &code[..2]) }
}

/// The code that a selector means, as the specification says; `None`: it is disabled.
fn selected(selector: &str, row: &Row, own: &Records, other: &Records) -> Option<String> {
    if selector.ends_with('?') {
        return None;
    }
    let selector = selector.trim_end_matches('!');
    let one = |codes: Vec<&String>| -> Option<String> {
        assert!(codes.len() <= 1, "{selector} of {} is several: {codes:?}", row.code);
        codes.first().map(|code| (*code).clone())
    };
    let by_name =
        |name: &str| other.iter().filter(|(_, n)| *n == name).map(|(code, _)| code).collect::<Vec<_>>();
    let name = match selector {
        "." => return other.contains_key(&row.code).then(|| row.code.clone()),
        ".." => return Some(parent(&row.code, own)),
        "_" => own[&row.code].clone(),
        name => name.to_owned(),
    };
    let mut wanted = name.clone();
    match &by_name(&name)[..] {
        [only] => return Some((*only).clone()),
        [] => {}
        _ => wanted = own[&parent(&row.code, own)].clone() + &name,
    }
    // The name of a record above stands before its own.
    let mut above: Vec<String> = vec![String::new()];
    loop {
        let found = other.iter().find_map(|(code, name)| {
            let rest = wanted.strip_prefix(name.as_str()).filter(|rest| !rest.is_empty())?;
            let inside = above.last().unwrap().is_empty() || parent(code, other) == *above.last().unwrap();
            inside.then(|| (code.clone(), rest.to_owned()))
        });
        let Some((code, rest)) = found else { break };
        above.push(code);
        wanted = rest;
    }
    let above = above.last().unwrap();
    let codes = by_name(&wanted).into_iter().filter(|code| parent(code, other) == *above).collect();
    let found = one(codes);
    assert!(found.is_some(), "{selector} of {} selects nothing", row.code);
    found
}

/// What the table of a step says went where, with its document: old code, new code.
struct Told {
    edges: BTreeMap<(String, String), String>,
    gone: BTreeSet<String>,
    new: BTreeSet<String>,
    documents: BTreeMap<String, String>,
}

fn told(text: &str, before: &Records, after: &Records) -> Told {
    let mut told = Told {
        edges: BTreeMap::new(),
        gone: BTreeSet::new(),
        new: BTreeSet::new(),
        documents: BTreeMap::new(),
    };
    for row in rows(text) {
        match row.sign {
            '-' => drop(told.gone.insert(row.code.clone())),
            '+' => drop(told.new.insert(row.code.clone())),
            _ => {}
        }
        told.documents.entry(row.document.clone()).or_insert_with(|| row.note.clone());
        let Some((direction, selectors)) = &row.selectors else { continue };
        for selector in selectors {
            let (own, other) = if *direction == '>' { (before, after) } else { (after, before) };
            let Some(code) = selected(selector, &row, own, other) else { continue };
            let edge = if *direction == '>' { (row.code.clone(), code) } else { (code, row.code.clone()) };
            told.edges.entry(edge).or_insert_with(|| row.document.clone());
        }
    }
    told
}

/// The table as decisions: what is gone and what is new by `same`, where they are one to one, one to several or several to one;
/// everything else is a part that went over.
fn decisions(told: &Told, edition: &str) -> Vec<Decision> {
    let mut out = Vec::new();
    let row = |from: String, to: String, verdict: Verdict, document: &str| {
        let mut row = Decision::new(from, to, verdict);
        row.document = document.into();
        row.note = told.documents.get(document).cloned().unwrap_or_default().into();
        row.edition = edition.into();
        row
    };
    let moved = |edge: &(String, String)| told.gone.contains(&edge.0) && told.new.contains(&edge.1);
    let targets = |old: &str| {
        told.edges.keys().filter(|e| e.0 == old && moved(e)).map(|e| e.1.clone()).collect::<Vec<_>>()
    };
    let sources = |new: &str| {
        told.edges.keys().filter(|e| e.1 == new && moved(e)).map(|e| e.0.clone()).collect::<Vec<_>>()
    };
    let mut done: BTreeSet<(String, String)> = BTreeSet::new();
    for (edge, document) in &told.edges {
        if done.contains(edge) {
            continue;
        }
        let (to, from) = (targets(&edge.0), sources(&edge.1));
        let alone = moved(edge)
            && match (from.len(), to.len()) {
                (1, _) => to.iter().all(|to| sources(to).len() == 1),
                (_, 1) => from.iter().all(|from| targets(from).len() == 1),
                _ => false,
            };
        if alone {
            for a in &from {
                done.extend(to.iter().map(|b| (a.clone(), b.clone())));
            }
            out.push(row(from.join(";"), to.join(";"), Verdict::Same, document));
        } else if edge.0 != edge.1 {
            out.push(row(edge.0.clone(), edge.1.clone(), Verdict::Part, document));
        }
    }
    // A code that was given to another record is another thing.
    for code in told.gone.intersection(&told.new) {
        if !done.contains(&(code.clone(), code.clone())) {
            out.push(row(code.clone(), code.clone(), Verdict::Different, ""));
        }
    }
    out
}

struct Divisions {
    history: History,
    editions: Vec<AnyCatalogue>,
    told: Vec<Told>,
    /// All decisions, for the program.
    decisions: Vec<Decision>,
}

fn history_of_divisions(data: &Path) -> Divisions {
    let mut editions: Vec<AnyCatalogue> = Vec::new();
    for year in 1990..=2012 {
        let mut list = divisions(data, year);
        list.header_mut().edition = year.to_string();
        editions.push(list);
    }
    let mut history = History::start(editions[0].clone()).unwrap();
    let (mut all, mut steps) = (Vec::new(), Vec::new());
    let mut options = Options::default();
    options.by = By::Codes;
    for pair in editions.windows(2) {
        let labels = [0, 1].map(|at| pair[at].header().edition.clone());
        let text = fs::read_to_string(data.join(format!("areacodes/diff/{}-{}.diff", labels[0], labels[1])))
            .unwrap();
        let told = told(&text, &records(&pair[0]), &records(&pair[1]));
        let decisions = decisions(&told, &labels[1]);
        let problems = history
            .append_matched(pair[1].clone(), &decisions, options.clone(), &Grounds::default())
            .unwrap();
        assert_eq!(problems, [], "{labels:?}");
        all.extend(decisions);
        steps.push(told);
    }
    Divisions { history, editions, told: steps, decisions: all }
}

/// What a life says of one code in one step: everything that it went to or came from, by code, with the document.
fn went(life: &Life, code: &str, edition: &str) -> (BTreeSet<String>, BTreeSet<String>, BTreeSet<String>) {
    let (mut to, mut from, mut documents) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let here = |change: &&Transition| change.edition == edition;
    for change in life.changes.iter().filter(here) {
        let has = |ends: &[qingdan::history::End]| ends.iter().any(|end| end.id == code);
        let ids = |ends: &[qingdan::history::End]| ends.iter().map(|end| end.id.clone()).collect::<Vec<_>>();
        if has(&change.from) && !change.to.is_empty() {
            to.extend(ids(&change.to));
        }
        if has(&change.to) && !change.from.is_empty() {
            from.extend(ids(&change.from));
        }
        if has(&change.from) || has(&change.to) {
            documents.extend(change.documents.iter().map(|document| document.number.clone()));
        }
    }
    (to, from, documents)
}

#[test]
fn divisions_of_china_through_23_years() {
    let Some(data) = data() else { return };
    let Divisions { history, editions, told, decisions } = history_of_divisions(&data);
    let bytes = bytes_of(&history);
    assert_eq!(verify(&bytes[..]).unwrap().problems, []);
    assert_eq!(history.labels().len(), 23);

    // 平安县: one unbroken life.
    let life = history.lineage("632121").unwrap();
    assert_eq!((life.forms.len(), life.forms[0].span, life.changes.len()), (1, (0, 22), 0));
    assert_eq!(life.forms[0].name, "平安县");
    let today = history.today("632121").unwrap();
    assert_eq!((today.things.len(), today.things[0].now[0].id.as_str()), (1, "632121"));

    // Any year, byte for byte: by label, by day, from the file.
    let mut file = HistoryFile::open(Cursor::new(&bytes)).unwrap();
    for (edition, year) in editions.iter().zip(1990..) {
        let label = year.to_string();
        assert!(json(&history.edition(&label).unwrap()) == json(edition), "{year}");
        assert!(json(&file.edition(&label).unwrap()) == json(edition), "{year} from the file");
        if [1990, 2000, 2008, 2012].contains(&year) {
            assert!(
                json(&history.as_of(format!("{year}-12-31").parse().unwrap()).unwrap().list) == json(edition)
            );
        }
    }
    assert!(history.as_of("1989-12-31".parse().unwrap()).is_err());
    let summaries: Vec<_> = history.differences().unwrap().map(|step| step.summary).collect();
    assert_eq!(summaries[17].unchanged, editions[17].len(), "2007 to 2008: nothing changed");
    assert!(!history.records()[18].is_checkpoint());
    assert!(history.between("2007", "2008").unwrap().is_empty());

    // All that went somewhere in ten steps of the tables, of single codes told one by one.
    let check = |code: &str, edition: &str, to: &[&str], from: &[&str], documents: &[&str]| {
        let set = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<BTreeSet<_>>();
        let found = went(&history.lineage(code).unwrap(), code, edition);
        assert_eq!(found, (set(to), set(from), set(documents)), "{code} in {edition}");
    };
    for (code, edition, to, from, documents) in TEN {
        check(code, edition, to, from, documents);
    }

    // And every code of every table against what the table says, without the history's help.
    let mut checked = 0;
    for (step, table) in told.iter().enumerate() {
        let edition = (1991 + step).to_string();
        let codes: BTreeSet<&String> = table.edges.keys().flat_map(|(a, b)| [a, b]).collect();
        // Lives are long to draw without optimisation: a part of them then.
        let every = if cfg!(debug_assertions) { 25 } else { 1 };
        for code in codes.into_iter().step_by(every) {
            let (mut to, mut from, _) = went(&history.lineage(code).unwrap(), code, &edition);
            // That it became itself is said of those that changed otherwise.
            to.remove(code);
            from.remove(code);
            let expected_to: BTreeSet<String> =
                table.edges.keys().filter(|(a, b)| a == code && b != a).map(|(_, b)| b.clone()).collect();
            let expected_from: BTreeSet<String> =
                table.edges.keys().filter(|(a, b)| b == code && b != a).map(|(a, _)| a.clone()).collect();
            assert_eq!((to, from), (expected_to, expected_from), "{code} in {edition}");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");

    by_the_program(&editions, &decisions, &bytes);

    // The size: at most one edition and twice the changes, documents and lineage aside.
    let (mut deltas, mut rest) = (0, 0);
    for record in history.records() {
        rest += serde_json::to_string(&record.documents).unwrap().len() as u64;
        deltas += if record.is_checkpoint() { 0 } else { record.bytes() };
    }
    deltas -= rest;
    let whole = history.records()[0].bytes();
    assert!(bytes.len() as u64 - rest <= whole + 2 * deltas, "{} {rest} {whole} {deltas}", bytes.len());
    let checkpoints = history.records().iter().filter(|record| record.is_checkpoint()).count();
    eprintln!(
        "areacodes: 23 editions of about {} bytes in {} bytes, documents {rest} of these, {checkpoints} whole lists",
        json(&editions[0]).len(),
        bytes.len()
    );
}

/// The same through the program: editions as files, the tables as one file of decisions.
fn by_the_program(editions: &[AnyCatalogue], decisions: &[Decision], history: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mut arguments = Vec::new();
    for edition in editions {
        let file = path(&format!("{}.json", edition.header().edition));
        fs::write(&file, json(edition)).unwrap();
        arguments.push(file);
    }
    let mut table = Vec::new();
    qingdan::companion::write_csv(decisions, &mut table).unwrap();
    fs::write(path("decisions.csv"), table).unwrap();
    arguments.extend(["--match".into(), "codes".into(), "--decisions".into(), path("decisions.csv")]);
    arguments.extend(["--out".into(), path("history.jsonl")]);
    let output = run("list_history", &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((code(&output), told_by(&output).as_str()), (0, ""));
    assert!(fs::read(path("history.jsonl")).unwrap() == history, "as the library makes it");
    let output = run("list_history", &[&path("history.jsonl"), "--item", "632121", "--lang", "zh"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("历版没有变动。") && text.contains("平安县"), "{text}");
    let output = run("list_history", &[&path("history.jsonl"), "--item", "440525", "--lang", "zh"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for part in
        ["拆分；更名；编码调整：440525 揭阳县 → 445202 榕城区、445221 揭东县", "依据：国函〔1991〕84号"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
}

type Case =
    (&'static str, &'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// Codes that split, merged, moved: code, edition, what it went to, what it came from, by which documents; read off the tables
/// by hand.
const TEN: &[Case] = &[
    // 揭阳县 and 潮州市 split, 饶平县 got another code.
    ("440525", "1991", &["445202", "445221"], &[], &["国函〔1991〕84号"]),
    ("440581", "1991", &["445102", "445121"], &[], &["国函〔1991〕84号"]),
    ("440522", "1991", &["445122"], &[], &["国函〔1991〕84号"]),
    // Districts of 汕头 were cut anew: several to several.
    ("440505", "1991", &["440507", "440508", "440509"], &[], &["民行批〔1991〕53号"]),
    ("440509", "1991", &[], &["440502", "440503", "440504", "440505", "440511"], &["民行批〔1991〕53号"]),
    ("310221", "1992", &["310112", "310115"], &[], &["国函〔1992〕130号、国函〔1992〕146号"]),
    // Three districts of 苏州 became one, 吴江市 a district.
    ("320508", "2012", &[], &["320502", "320503", "320504"], &["国函〔2012〕102号"]),
    ("320584", "2012", &["320509"], &[], &["国函〔2012〕102号"]),
    // 番禺区 lives on, and gave a part to 南沙区.
    ("440113", "2012", &["440115"], &[], &["国函〔2012〕152号"]),
    // New, of one that went and a part of one that lives on.
    ("130209", "2012", &[], &["130207", "130230"], &["国函〔2012〕85号"]),
    ("445203", "2012", &[], &["445202", "445221"], &["国函〔2012〕207号"]),
];

#[test]
fn services_of_british_local_authorities_with_their_messages() {
    let Some(data) = data() else { return };
    let folder = data.join("uk-local-services");
    let order = fs::read_to_string(folder.join("versions.psv")).unwrap();
    let mut versions: Vec<Vec<&str>> = order.lines().map(|line| line.split('|').collect()).collect();
    // The newest stands first.
    versions.reverse();
    let mut history: Option<History> = None;
    let mut editions = Vec::new();
    for version in &versions {
        let [commit, date, message, ..] = version[..] else { panic!("{version:?}") };
        let path = folder.join(format!("versions/{date}_{commit}.csv"));
        let mut list = read(&path, "id=LGSL,name=Description");
        list.header_mut().edition = commit.to_owned();
        list.header_mut().effective = date.parse().ok();
        let document = Document::new(commit).titled(message).of_day(date.parse().unwrap());
        let grounds = Grounds::documents([document]);
        editions.push(list.clone());
        match &mut history {
            None => history = Some(History::start_as(list, &grounds).unwrap()),
            Some(history) => {
                let mut options = Options::default();
                options.by = By::Codes;
                let lineage: Lineage = history.last().lineage_to(&list, &options).unwrap();
                history.append_as(list, &lineage, &grounds).unwrap();
            }
        }
    }
    let history = history.unwrap();
    assert_eq!(history.labels().len(), 16);
    let bytes = bytes_of(&history);
    assert_eq!(verify(&bytes[..]).unwrap().problems, []);
    let messages: Vec<&str> = history.editions().map(|record| record.documents[0].title.as_str()).collect();
    assert_eq!(messages[0], "Refactor local services code. Add LGIL fallback.");
    assert_eq!(messages[15], "Remove LGSL 230 (sheltered housing) from the csv");
    for edition in &editions {
        assert!(json(&history.edition(&edition.header().edition).unwrap()) == json(edition));
    }
    // Two versions of one day: the last wins.
    let day = history.as_of("2014-07-09".parse().unwrap()).unwrap();
    assert_eq!(day.editions, ["a23a51c2c"]);
    // 230 went in the last version, by its message; 107 came the day before.
    let life = history.lineage("230").unwrap();
    let last = life.changes.last().unwrap();
    assert_eq!((last.kind.clone(), last.share), (Some(AdjustmentKind::Removed), Share::Whole));
    assert_eq!(last.documents[0].title, "Remove LGSL 230 (sheltered housing) from the csv");
    let came = &history.lineage("107").unwrap().changes;
    assert!(
        came.iter().any(|change| change.edition == "9d341ac0c" && change.kind == Some(AdjustmentKind::Added))
    );
    let gone = history.today("1748").unwrap();
    assert!(gone.things[0].gone.is_some() || !gone.things[0].now.is_empty());
}
