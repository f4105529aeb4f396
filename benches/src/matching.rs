//! Matching without ids: time, memory and growth over reworded names, peers beside it, and how right it is over
//! pairs of real lists whose truth is known.

use crate::data::Temporary;
use crate::generate;
use crate::report::{Peers, machine, own, seconds};
use crate::runs::{Measured, Process, Run, Runner, interleaved, median};
use crate::truth::{Pair, Pairing, Said, Score, by_names, items_of, said, several, share};
use qingdan::lineage::Lineage;
use qingdan::table::csv;
use qingdan::{AnyCatalogue, Kind, document, matching};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The pairs with known truth, and what a rival that was tuned for the pair is said to reach (README.md of the data).
const PAIRS: [(&str, f64); 4] = [
    ("areacodes-1990-2000", 0.82),
    ("areacodes-2000-2012", 0.73),
    ("gbt4754-2002-2011", 0.62),
    ("naics-2002-2007", 0.60),
];
/// Lists of peers: all pairs of longer ones take too long.
const BESIDE_PEERS: usize = 20_000;
/// From how many items on one run must do.
const LONG: usize = 100_000;

/// What is asked for.
pub(crate) struct Plan {
    items: Vec<usize>,
    runs: usize,
    only: String,
}

impl Plan {
    /// # Errors
    /// An option is not known, or has no such value.
    pub(crate) fn of(options: &[&str]) -> Result<Self, String> {
        let mut plan = Self { items: vec![10_000, 30_000, 100_000, 300_000], runs: 3, only: String::new() };
        let mut options = options.iter();
        while let Some(option) = options.next() {
            let value = options.next().ok_or_else(|| format!("{option} needs a value"))?;
            let number = |text: &str| text.parse().map_err(|_| format!("{option}: {text} is no number"));
            match *option {
                "--items" => plan.items = value.split(',').map(number).collect::<Result<_, _>>()?,
                "--runs" => plan.runs = number(value)?,
                "--only" => plan.only = (*value).to_owned(),
                _ => return Err(format!("there is no option {option}")),
            }
        }
        Ok(plan)
    }
}

/// Measures all, and prints tables.
///
/// # Errors
/// A measure failed.
pub(crate) fn all(plan: &Plan) -> Result<(), String> {
    let peers = Peers::install().inspect_err(|error| eprintln!("qingdan-benches: {error}")).ok();
    let temporary = Temporary::new().map_err(|e| e.to_string())?;
    println!("{}", machine());
    let wanted = |section: &str| section.contains(&plan.only);
    if wanted("growth") {
        growth(plan, &temporary)?;
    }
    if wanted("peers") {
        beside_peers(plan, peers.as_ref(), &temporary)?;
    }
    let Some(data) = data() else { return Ok(()) };
    let known: Vec<Known> =
        PAIRS.iter().map(|&(name, rival)| Known::of(&data, name, rival)).collect::<Result<_, _>>()?;
    if wanted("pairs") {
        pairs(&known, &data, peers.as_ref(), &temporary)?;
    }
    let canada = if wanted("canada") || wanted("calibration") { canada(&data)? } else { Vec::new() };
    if wanted("canada") {
        println!(
            "\n### Canada, ids hidden\n\nScored by service_id; links of items whose names and departments are equal on both sides are left out. A service that got another id counts as wrong: such links are in the last column.\n"
        );
        println!(
            "| editions | fields | to find | found | precision | recall | F1 | certain: precision | recall | wrong: an id that lives on | not found | old id gone, new id new: all, certain |"
        );
        println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
        canada.iter().for_each(Year::line);
    }
    if wanted("splits") {
        splits(&known);
    }
    if wanted("calibration") {
        calibration(&known, &canada);
    }
    Ok(())
}

/// The folder of real lists.
fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("QINGDAN_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no real lists at {} (name their folder with QINGDAN_DATA)", folder.display());
    None
}

// ── reworded names ──────────────────────────────────────────────────────────

/// Writes a pair of generated lists, in the form of the real pairs.
fn make(items: usize, percent: usize, with_departments: bool, folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    let before = generate::named(items);
    let after = generate::reworded(&before, percent);
    let department = |name: &str| if with_departments { name.to_owned() } else { String::new() };
    let (mut old, mut new, mut truth) = (
        vec![row(["id", "name", "department"])],
        vec![row(["id", "name", "department"])],
        vec![row(["from", "to"])],
    );
    for (at, (name, holder)) in before.iter().enumerate() {
        old.push(row([&format!("a{at}"), name, &department(holder)]));
    }
    for (at, (from, name, holder)) in after.iter().enumerate() {
        new.push(row([&format!("b{at}"), name, &department(holder)]));
        truth.push(row([&format!("a{from}"), &format!("b{at}")]));
    }
    for (file, rows) in [("old.csv", old), ("new.csv", new), ("truth.csv", truth)] {
        fs::write(folder.join(file), rows.concat()).map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn row<const N: usize>(cells: [&str; N]) -> String {
    let quoted = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
    quoted.join(",") + "\n"
}

fn growth(plan: &Plan, temporary: &Temporary) -> Result<(), String> {
    println!(
        "\n### Reworded names\n\nOne old item to one new one, in another order. With open ones: also those that are not linked and whose best candidate, listed for a person, is the right one. Growth: the power of the length by which time grew.\n"
    );
    println!(
        "| names edited | departments | items | s | growth | top-1 right | with open ones | wrong | none | peak |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for (percent, edited) in [(30, "30 %"), (100, "all")] {
        for (with_departments, departments) in [(false, "no"), (true, "yes")] {
            let mut last: Option<(usize, f64)> = None;
            for &items in &plan.items {
                let folder = temporary.join("names");
                make(items, percent, with_departments, &folder)?;
                let mut runner = own("qingdan", "match", Process::Fresh, &folder);
                let count = if items >= LONG { 1 } else { plan.runs.max(1) };
                let runs: Vec<Run> = (0..count).map(|_| runner.run()).collect::<Result<_, _>>()?;
                let time = median(&runs.iter().map(|run| run.seconds).collect::<Vec<_>>());
                let grew = last.map_or_else(String::new, |(before, then)| {
                    format!("{:.2}", (time / then).ln() / share(items, before).ln())
                });
                last = Some((items, time));
                let count = |name: &str| runs[0].counts.get(name).copied().unwrap_or_default();
                println!(
                    "| {edited} | {departments} | {items} | {} | {grew} | {:.4} | {:.4} | {} | {} | {} MB |",
                    seconds(time),
                    share(count("right") as usize, items),
                    share((count("right") + count("open")) as usize, items),
                    count("wrong"),
                    count("none"),
                    runs[0].peak_mb
                );
            }
        }
    }
    Ok(())
}

fn beside_peers(plan: &Plan, peers: Option<&Peers>, temporary: &Temporary) -> Result<(), String> {
    let Some(peers) = peers else { return Ok(()) };
    println!("\n### Beside peers: {BESIDE_PEERS} by {BESIDE_PEERS} names\n");
    println!("| names edited | what | s | peak | top-1 right | with open ones | our time to its |");
    println!("|---|---|---|---|---|---|---|");
    for (percent, edited) in [(30, "30 %"), (100, "all")] {
        let folder = temporary.join("names");
        make(BESIDE_PEERS, percent, false, &folder)?;
        let peer = |name: &'static str, method: &'static str| {
            let (python, folder) = (peers.script("match_names.py", &[]), folder.clone());
            let (program, script) =
                (python.get_program().to_owned(), python.get_args().map(OsStr::to_owned).collect::<Vec<_>>());
            Runner::new(name, Process::Fresh, move || {
                let mut command = Command::new(&program);
                command.args(&script).arg(method).arg(&folder);
                command
            })
        };
        let measured = interleaved(
            vec![
                own("qingdan", "match", Process::Fresh, &folder),
                peer("rapidfuzz `cdist`, ratio, best", "cdist"),
                peer("TF-IDF of 1-2-grams (scikit-learn), best", "tfidf"),
            ],
            plan.runs.max(1),
        )?;
        for m in &measured {
            let ratios: Vec<f64> = measured[0].seconds.iter().zip(&m.seconds).map(|(a, b)| a / b).collect();
            let count = |name: &str| m.counts.get(name).copied().unwrap_or_default() as usize;
            println!(
                "| {edited} | {} | {} | {} MB | {:.4} | {:.4} | {} |",
                m.name,
                spread(m),
                m.peak_mb,
                share(count("right"), BESIDE_PEERS),
                share(count("right") + count("open"), BESIDE_PEERS),
                if m.name == "qingdan" { String::new() } else { format!("{:.3}", median(&ratios)) }
            );
        }
    }
    Ok(())
}

/// The median, with the smallest and the largest.
fn spread(m: &Measured) -> String {
    let (low, high) = m.seconds.iter().fold((f64::MAX, 0.0_f64), |(low, high), &s| (low.min(s), high.max(s)));
    format!("{} ({}–{})", seconds(m.median()), seconds(low), seconds(high))
}

// ── pairs whose truth is known ──────────────────────────────────────────────

/// A pair, and what was found.
struct Known {
    name: &'static str,
    /// What the README of the data says of the rival.
    rival: f64,
    pair: Pair,
    lineage: Lineage,
}

impl Known {
    fn of(data: &Path, name: &'static str, rival: f64) -> Result<Self, String> {
        let pair = Pair::read(&data.join("pairs").join(name))?;
        let lineage = matching::lineage(&items_of(&pair.old), &items_of(&pair.new), &by_names());
        Ok(Self { name, rival, pair, lineage })
    }
    /// The links that are not trivial.
    fn found(&self) -> Vec<Said> {
        let names = self.pair.names();
        let mut all = said(&self.lineage.links);
        all.retain(|said| !names.is_trivial(&said.link));
        all
    }
}

/// One line of `match_score.py`: precision, recall, F1.
type Line = (f64, f64, f64);

/// Scores links by the script of the data, by the name of its lines.
fn score(data: &Path, pair: &Path, links: &Path) -> Result<HashMap<String, Line>, String> {
    let script = data.join("../tools/match_score.py");
    let done = Command::new("python3")
        .arg(&script)
        .args([pair, links])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("python3: {e}"))?;
    if !done.status.success() {
        return Err(format!("{} failed", script.display()));
    }
    let mut lines = HashMap::new();
    for line in String::from_utf8_lossy(&done.stdout).lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let after = |word: &str| {
            let at = words.iter().position(|w| *w == word)?;
            words.get(at + 1)?.parse().ok()
        };
        if let (Some(what), Some(p), Some(r), Some(f)) =
            (words.first(), after("precision"), after("recall"), after("F1"))
        {
            lines.insert((*what).to_owned(), (p, r, f));
        }
    }
    Ok(lines)
}

fn pairs(known: &[Known], data: &Path, peers: Option<&Peers>, temporary: &Temporary) -> Result<(), String> {
    println!("\n### Pairs whose truth is known, scored by `match_score.py`\n");
    println!(
        "The rival: rows of equal name and department, then the ratio, the direction and the threshold that suit the pair best, chosen with the truth in hand.\n"
    );
    println!(
        "| pair | F1 | precision | recall | rival F1 | as stated | rival's precision | recall | difference | certain: precision | recall | splits, merges: F1 | rival's |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    let (mut means, mut sum) = (Vec::new(), (0.0, 0.0));
    for one in known {
        let folder = data.join("pairs").join(one.name);
        let file = temporary.join("links.json");
        let adjustments: Vec<serde_json::Value> = (one.lineage.links.iter())
            .map(|link| serde_json::json!({"from": link.from, "to": link.to, "certain": link.certain}))
            .collect();
        let text = serde_json::json!({ "adjustments": adjustments }).to_string();
        fs::write(&file, text).map_err(|e| e.to_string())?;
        let ours = score(data, &folder, &file)?;
        let theirs = match peers {
            None => HashMap::new(),
            Some(peers) => {
                let mut rival = peers.script("match_rival.py", &[folder.as_os_str(), file.as_os_str()]);
                let done = rival.stderr(Stdio::inherit()).output().map_err(|e| e.to_string())?;
                let told: serde_json::Value =
                    serde_json::from_slice(&done.stdout).map_err(|e| format!("match_rival.py: {e}"))?;
                means.push(format!("- {}: {}", one.name, told["means"].as_str().unwrap_or_default()));
                score(data, &folder, &file)?
            }
        };
        let line = |lines: &HashMap<String, Line>, what: &str| {
            lines.get(what).copied().unwrap_or((f64::NAN, f64::NAN, f64::NAN))
        };
        let (a, c, s) = (line(&ours, "all"), line(&ours, "certain"), line(&ours, "split/merge"));
        let (ra, rs) = (line(&theirs, "all"), line(&theirs, "split/merge"));
        sum = (sum.0 + a.2, sum.1 + ra.2);
        println!(
            "| {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.2} | {:.3} | {:.3} | {:+.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
            one.name,
            a.2,
            a.0,
            a.1,
            ra.2,
            one.rival,
            ra.0,
            ra.1,
            a.2 - ra.2,
            c.0,
            c.1,
            s.2,
            rs.2
        );
    }
    let of = share(1, known.len());
    println!(
        "| mean | {:.3} | | | {:.3} | | | | {:+.3} | | | | |",
        sum.0 * of,
        sum.1 * of,
        (sum.0 - sum.1) * of
    );
    println!("\nThe rival's means:\n\n{}", means.join("\n"));
    Ok(())
}

// ── Canada ──────────────────────────────────────────────────────────────────

/// Two editions of Canada's services, their ids hidden.
struct Year {
    title: String,
    fields: &'static str,
    /// Of items whose name or department changed.
    truth: HashSet<Pairing>,
    found: Vec<Said>,
    old: HashSet<String>,
    new: HashSet<String>,
}

fn canada(data: &Path) -> Result<Vec<Year>, String> {
    let mut years = Vec::new();
    for (before, after) in [("2017-2018", "2018-2019"), ("2018-2019", "2019-2020")] {
        let read = |year: &str| services(&data.join(format!("canada-services/{year}_services.csv")));
        let (old, new) = (read(before)?, read(after)?);
        let whole = [&old, &new]
            .map(|list| list.items().into_iter().map(|item| item.key().into_owned()).collect::<Vec<_>>());
        let there: HashSet<&String> = whole[1].iter().collect();
        let truth =
            whole[0].iter().filter(|id| there.contains(id)).map(|id| (id.clone(), id.clone())).collect();
        let pair = Pair { old: bare(&old), new: bare(&new), truth };
        let names = pair.names();
        let needed = pair.needed();
        let with = old.lineage_to(&new, &by_names()).map_err(|e| e.to_string())?;
        let without = matching::lineage(&items_of(&pair.old), &items_of(&pair.new), &by_names());
        for (fields, lineage) in [("all", &with), ("name, department", &without)] {
            let mut found = said(&lineage.links);
            found.retain(|said| !names.is_trivial(&said.link));
            years.push(Year {
                title: format!("{before} → {after}"),
                fields,
                truth: needed.clone(),
                found,
                old: whole[0].iter().cloned().collect(),
                new: whole[1].iter().cloned().collect(),
            });
        }
    }
    Ok(years)
}

fn services(path: &Path) -> Result<AnyCatalogue, String> {
    let mut options = csv::Options::default();
    options.columns = "id=service_id,name=service_name_en,department=department_name_en"
        .parse()
        .map_err(|e| format!("{e:?}"))?;
    options.duplicates = document::Duplicates::Keep;
    let text = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let reading = AnyCatalogue::read_csv(Kind::Service, &text[..], &options).map_err(|e| e.to_string())?;
    Ok(reading.value)
}

/// The same items by id, name and department alone.
fn bare(list: &AnyCatalogue) -> Vec<qingdan::LicensingItem> {
    let mut out = Vec::new();
    for item in list.items() {
        let key = item.key();
        let (id, occurrence) = key.split_once('#').unwrap_or((&*key, ""));
        let mut bare = qingdan::LicensingItem::new(id, item.name());
        bare.occurrence = occurrence.parse().ok();
        for department in item.department() {
            let _ = bare.department.push(department.clone());
        }
        out.push(bare);
    }
    out
}

impl Year {
    fn line(&self) {
        let set = |certain: bool| -> HashSet<Pairing> {
            self.found.iter().filter(|said| said.certain || !certain).map(|said| said.link.clone()).collect()
        };
        let (all, certain) = (set(false), set(true));
        let (a, c) = (Score::of(&all, &self.truth), Score::of(&certain, &self.truth));
        // An id that lives on was sent elsewhere; or both ids stand in one edition alone.
        let (mut another, mut renumbered, mut sure) = (0, 0, 0);
        for link in all.iter().filter(|link| !self.truth.contains(*link)) {
            if self.new.contains(&link.0) || self.old.contains(&link.1) {
                another += 1;
            } else {
                renumbered += 1;
                sure += usize::from(certain.contains(link));
            }
        }
        println!(
            "| {} | {} | {} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {another} | {} | {renumbered}, {sure} |",
            self.title,
            self.fields,
            a.truth,
            a.found,
            a.precision(),
            a.recall(),
            a.f1(),
            c.precision(),
            c.recall(),
            a.truth - a.hit
        );
    }
}

// ── splits, and confidence ──────────────────────────────────────────────────

fn splits(known: &[Known]) {
    println!("\n### Splits and merges, ids hidden\n");
    println!(
        "Those that names cannot tell: old and new name share no character but the last. Open: not among the links, but among the candidates, for a person.\n"
    );
    println!(
        "| pair | links of splits, merges | found | certain | open | names cannot tell | found, not certain | found, certain | open | not told | of these both ends in other links |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for one in known {
        let names = one.pair.names();
        let truth: Vec<Pairing> =
            several(&one.pair.truth).into_iter().filter(|link| !names.is_trivial(link)).collect();
        let links: HashMap<Pairing, bool> =
            one.found().into_iter().map(|said| (said.link, said.certain)).collect();
        let open: HashSet<Pairing> =
            said(&one.lineage.candidates).into_iter().map(|said| said.link).collect();
        let count = |among: &[&Pairing]| {
            let (mut certain, mut unsure, mut candidates) = (0, 0, 0);
            for link in among {
                match links.get(*link) {
                    Some(true) => certain += 1,
                    Some(false) => unsure += 1,
                    None => candidates += usize::from(open.contains(*link)),
                }
            }
            (certain, unsure, candidates)
        };
        let told = said(&one.lineage.links);
        let from: HashSet<&str> = told.iter().map(|said| said.link.0.as_str()).collect();
        let to: HashSet<&str> = told.iter().map(|said| said.link.1.as_str()).collect();
        let all: Vec<&Pairing> = truth.iter().collect();
        let silent: Vec<&Pairing> = truth.iter().filter(|link| names.say_nothing(link)).collect();
        let ((certain, unsure, candidates), (c, u, k)) = (count(&all), count(&silent));
        let taken = silent.iter().filter(|link| {
            let is_told = links.contains_key(**link) || open.contains(**link);
            !is_told && from.contains(link.0.as_str()) && to.contains(link.1.as_str())
        });
        println!(
            "| {} | {} | {} ({:.2}) | {certain} | {candidates} | {} | {u} | {c} | {k} | {} | {} |",
            one.name,
            all.len(),
            certain + unsure,
            share(certain + unsure, all.len()),
            silent.len(),
            silent.len() - c - u - k,
            taken.count()
        );
    }
}

/// Links by confidence.
type Bins = BTreeMap<usize, (usize, usize)>;

fn bins(found: &[Said], truth: &HashSet<Pairing>) -> Bins {
    let mut bins = Bins::new();
    for said in found {
        let at = STEPS.partition_point(|step| *step <= said.confidence).saturating_sub(1);
        let bin = bins.entry(at).or_default();
        bin.0 += 1;
        bin.1 += usize::from(truth.contains(&said.link));
    }
    bins
}

/// Where the steps of confidence begin.
const STEPS: [f64; 7] = [0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.995];

fn calibration(known: &[Known], canada: &[Year]) {
    println!("\n### How many links are true, by confidence\n");
    println!(
        "| confidence | {} | Canada, all fields | Canada, name, department | all |",
        PAIRS.map(|(name, _)| name).join(" | ")
    );
    println!("|---|{}", "---|".repeat(PAIRS.len() + 3));
    let mut columns: Vec<Bins> = known.iter().map(|one| bins(&one.found(), &one.pair.needed())).collect();
    for fields in ["all", "name, department"] {
        let mut sum = Bins::new();
        for year in canada.iter().filter(|year| year.fields == fields) {
            add(&mut sum, &bins(&year.found, &year.truth));
        }
        columns.push(sum);
    }
    let mut all = Bins::new();
    for column in &columns {
        add(&mut all, column);
    }
    columns.push(all);
    for (at, from) in STEPS.iter().enumerate() {
        let to = STEPS.get(at + 1).map_or(1.0, |to| *to);
        let cells = columns.iter().map(|column| match column.get(&at) {
            Some(&(of, hit)) => format!("{:.3} ({hit}/{of})", share(hit, of)),
            None => String::new(),
        });
        println!("| {from}–{to} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}

fn add(to: &mut Bins, other: &Bins) {
    for (at, (of, hit)) in other {
        let bin = to.entry(*at).or_default();
        bin.0 += of;
        bin.1 += hit;
    }
}
