//! Which measures stand beside which, and the tables of them.

use crate::data::{self, Temporary, Truth};
use crate::runs::{Measured, Process, Runner, interleaved, median};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What is asked for.
pub(crate) struct Plan {
    items: Vec<usize>,
    runs: usize,
    only: String,
}

impl Plan {
    pub(crate) fn items(&self) -> &[usize] {
        &self.items
    }
    /// # Errors
    /// An option is not known, or has no such value.
    pub(crate) fn of(options: &[&str]) -> Result<Self, String> {
        let mut plan = Self { items: vec![10_000, 100_000, 1_000_000], runs: 7, only: String::new() };
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

/// A row of the table: ours first, then its rivals.
struct Row {
    title: String,
    /// What a ratio of times to the first rival is to be at most.
    time: Option<f64>,
    /// What a ratio of peaks to the first rival is to be at most.
    memory: Option<f64>,
    runners: Vec<Runner>,
}

/// A measure of our own.
pub(crate) fn own(name: &'static str, measure: &'static str, process: Process, folder: &Path) -> Runner {
    let folder = folder.to_path_buf();
    Runner::new(name, process, move || {
        let me = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("qingdan-benches"));
        let mut command = Command::new(me);
        command.arg("work").arg(measure).arg(&folder);
        command
    })
}

/// The scripts of the peers, with a python that has them installed.
pub(crate) struct Peers {
    python: PathBuf,
    scripts: PathBuf,
}

impl Peers {
    /// # Errors
    /// They cannot be installed.
    pub(crate) fn install() -> Result<Self, String> {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
        let python = scripts.join("venv/bin/python");
        let peers = Self { python, scripts };
        let works = |peers: &Self| {
            let mut try_it = Command::new(&peers.python);
            try_it.args(["-c", "import polars, duckdb, rapidfuzz, sklearn"]).stderr(Stdio::null());
            try_it.status().is_ok_and(|status| status.success())
        };
        if !works(&peers) {
            let _ = Command::new("bash").arg(peers.scripts.join("install.sh")).stdout(Stdio::null()).status();
            if !works(&peers) {
                return Err("peers/install.sh did not install the peers".to_owned());
            }
        }
        Ok(peers)
    }
    /// A script with these arguments.
    pub(crate) fn script(&self, script: &str, arguments: &[&std::ffi::OsStr]) -> Command {
        let mut command = Command::new(&self.python);
        command.arg(self.scripts.join(script)).args(arguments);
        command
    }
    fn runner(&self, name: &'static str, script: &str, folder: &Path) -> Runner {
        let (python, script) = (self.python.clone(), self.scripts.join(script));
        let (before, after) = (folder.join("before.csv"), folder.join("after.csv"));
        Runner::new(name, Process::Warm, move || {
            let mut command = Command::new(&python);
            command.arg(&script).arg(&before).arg(&after);
            command
        })
    }
}

fn rows(folder: &Path, peers: Option<&Peers>) -> Vec<Row> {
    let fresh = |name, measure| own(name, measure, Process::Fresh, folder);
    let warm = |name, measure| own(name, measure, Process::Warm, folder);
    let row = |title: &str, runners| Row { title: title.to_owned(), time: None, memory: None, runners };
    let mut rows = vec![
        Row {
            time: Some(0.15),
            ..row(
                "compare two loaded lists, all deltas",
                vec![warm("qingdan", "compare"), warm("HashMap", "compare-plain")],
            )
        },
        Row {
            time: Some(3.0),
            ..row(
                "compare two equal lists, in passes over the prints",
                vec![warm("qingdan", "compare-equal"), warm("one pass", "one-pass")],
            )
        },
        Row {
            time: Some(1.0),
            memory: Some(0.4),
            ..row("read JSON", vec![fresh("qingdan", "read-json"), fresh("serde, slice", "read-json-plain")])
        },
        row("read CSV", vec![fresh("qingdan", "read-csv"), fresh("csv, texts", "read-csv-plain")]),
        row(
            "read JSON and compare",
            vec![fresh("qingdan", "read-compare-json"), fresh("serde, HashMap", "read-compare-json-plain")],
        ),
    ];
    if let Some(peers) = peers {
        rows.insert(
            1,
            Row {
                time: Some(0.2),
                ..row(
                    "compare two loaded lists, polars counting",
                    vec![warm("qingdan", "compare"), peers.runner("polars", "polars_join.py", folder)],
                )
            },
        );
        rows.push(row(
            "read CSV and compare",
            vec![
                fresh("qingdan", "read-compare-csv"),
                peers.runner("DuckDB, counting", "duckdb_join.py", folder),
            ],
        ));
        rows.push(row(
            "read JSON and compare, DuckDB from CSV",
            vec![
                fresh("qingdan", "read-compare-json"),
                peers.runner("DuckDB, counting", "duckdb_join.py", folder),
            ],
        ));
    } else {
        rows.push(row("read CSV and compare", vec![fresh("qingdan", "read-compare-csv")]));
    }
    for (title, measure) in [
        ("apply", "apply"),
        ("inverse", "inverse"),
        ("then", "then"),
        ("write JSON", "write-json"),
        ("write CSV", "write-csv"),
    ] {
        rows.push(row(title, vec![warm("qingdan", measure)]));
    }
    rows.push(merging("merge two sides, beside one diff with deltas".to_owned(), folder));
    rows
}

/// Merging, beside one comparison of base and theirs.
fn merging(title: String, folder: &Path) -> Row {
    let warm = |name, measure| own(name, measure, Process::Warm, folder);
    Row {
        title,
        time: Some(3.0),
        memory: None,
        runners: vec![warm("qingdan", "merge"), warm("one diff", "compare-theirs")],
    }
}

/// That row for one length.
pub(crate) fn merge_row(items: usize, folder: &Path, plan: &Plan, truth: Truth) -> Result<(), String> {
    line(
        merging(format!("merge, {items} items, beside one diff of base and theirs"), folder),
        plan.runs,
        truth,
    )
}

/// Makes the data, runs everything, and prints one table for each length.
///
/// # Errors
/// A measure failed, or two that count the same count differently.
pub(crate) fn all(plan: &Plan) -> Result<(), String> {
    let peers = Peers::install().inspect_err(|error| eprintln!("qingdan-benches: {error}")).ok();
    let temporary = Temporary::new().map_err(|e| e.to_string())?;
    println!("{}", machine());
    for &items in &plan.items {
        let folder = temporary.join(&items.to_string());
        let truth = data::make(items, &folder).map_err(|e| e.to_string())?;
        println!(
            "\n### {items} items\n\n{} differ, {} added, {} removed, {} moved.\n",
            truth.differing, truth.added, truth.removed, truth.moved
        );
        println!("| what | ours, s | peak | rival, s | peak | time | aim | peak ratio | aim |");
        println!("|---|---|---|---|---|---|---|---|---|");
        for row in rows(&folder, peers.as_ref()) {
            if row.title.contains(&plan.only) {
                line(row, plan.runs, truth)?;
            }
        }
        std::fs::remove_dir_all(&folder).map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn line(row: Row, runs: usize, truth: Truth) -> Result<(), String> {
    let Row { title, time, memory, runners } = row;
    let measured = interleaved(runners, runs)?;
    check(&title, &measured, truth)?;
    let show = |m: &Measured| {
        let (low, high) =
            m.seconds.iter().fold((f64::MAX, 0.0_f64), |(low, high), &s| (low.min(s), high.max(s)));
        (format!("{} ({}–{})", seconds(m.median()), seconds(low), seconds(high)), format!("{} MB", m.peak_mb))
    };
    let aim = |aim: Option<f64>, found: f64| match aim {
        None => String::new(),
        Some(aim) if found <= aim => format!("≤ {aim}: met"),
        Some(aim) => format!("≤ {aim}: **missed**"),
    };
    let ours = &measured[0];
    let (our_time, our_peak) = show(ours);
    let Some(rival) = measured.get(1) else {
        println!("| {title} | {our_time} | {our_peak} | | | | | | |");
        return Ok(());
    };
    let (their_time, their_peak) = show(rival);
    // Turn by turn: what slows the machine slows both.
    let ratios: Vec<f64> = ours.seconds.iter().zip(&rival.seconds).map(|(a, b)| a / b).collect();
    let ratio = median(&ratios);
    #[expect(clippy::cast_precision_loss, reason = "megabytes of one machine")]
    let peaks = ours.peak_mb as f64 / rival.peak_mb.max(1) as f64;
    println!(
        "| {title} | {our_time} | {our_peak} | {}: {their_time} | {their_peak} | {ratio:.2} | {} | {peaks:.2} | {} |",
        rival.name,
        aim(time, ratio),
        aim(memory, peaks),
    );
    Ok(())
}

/// Three figures that say something.
pub(crate) fn seconds(seconds: f64) -> String {
    match seconds {
        s if s >= 1.0 => format!("{s:.2}"),
        s if s >= 0.1 => format!("{s:.3}"),
        s if s >= 0.001 => format!("{s:.4}"),
        s => format!("{s:.6}"),
    }
}

/// What both count, and what the generator did, must be the same.
fn check(title: &str, measured: &[Measured], truth: Truth) -> Result<(), String> {
    let expected = [
        ("differing", truth.differing),
        ("added", truth.added),
        ("removed", truth.removed),
        ("moved", truth.moved),
    ];
    let compared = title.contains("compare two loaded") || title.contains("and compare");
    for m in measured {
        for (name, wanted) in expected {
            match m.counts.get(name) {
                Some(&found) if compared && found != wanted as u64 => {
                    return Err(format!("{title}: {} counts {found} {name}, not {wanted}", m.name));
                }
                _ => {}
            }
        }
        if let (Some(wanted), Some(found)) = (m.counts.get("wanted"), m.counts.get("items"))
            && wanted != found
        {
            return Err(format!("{title}: {found} items, not {wanted}"));
        }
    }
    if let [ours, rival] = measured
        && let (Some(a), Some(b)) = (ours.counts.get("items"), rival.counts.get("items"))
        && a != b
    {
        return Err(format!("{title}: {a} items by {}, {b} by {}", ours.name, rival.name));
    }
    Ok(())
}

/// The machine, in one line.
pub(crate) fn machine() -> String {
    let field = |file: &str, name: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_once(':')).map_or_else(String::new, |(_, it)| it.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{} ({cores} cores to use), {} of memory, {}.",
        field("/proc/cpuinfo", "model name"),
        field("/proc/meminfo", "MemTotal"),
        std::env::consts::OS
    )
}
