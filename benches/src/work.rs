//! What is measured: a worker loads what its measure needs, then makes one run
//! for each line that it is sent, and says what it took.

use crate::plain;
use crate::truth::{Pair, by_names, items_of};
use qingdan::merge::{Identity, MergedCatalogue};
use qingdan::table::csv;
use qingdan::{AnyCatalogue, Catalogue, ChangeSet, LicensingItem, Reading, document, matching, value};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufRead as _, Write as _};
use std::path::Path;
use std::time::Instant;

type List = Catalogue<LicensingItem>;
type Counts = Vec<(&'static str, usize)>;

/// Serves one measure on standard input and output.
///
/// # Errors
/// There is no such measure, or its input cannot be read.
pub(crate) fn serve(measure: &str, folder: &Path) -> Result<(), String> {
    let file = |name: &str| folder.join(name);
    match measure {
        "read-json" => each(|| json(&file("before.json")), items),
        "read-json-plain" => each(|| read_plain(&file("before.json")), |it| vec![("items", it.items.len())]),
        "read-csv" => each(|| table(&file("before.csv")), items),
        "read-csv-plain" => each(|| rows(&file("before.csv")), |it| vec![("items", it.len())]),
        "read-compare-json" => each(
            || {
                let (before, after) = (json(&file("before.json"))?, json(&file("after.json"))?);
                Ok(ChangeSet::between(&before, &after))
            },
            changes,
        ),
        "read-compare-json-plain" => each(
            || {
                let (before, after) = (read_plain(&file("before.json"))?, read_plain(&file("after.json"))?);
                Ok(plain::compare(&before.items, &after.items))
            },
            plain_changes,
        ),
        "read-compare-csv" => each(
            || {
                let (before, after) = (table(&file("before.csv"))?, table(&file("after.csv"))?);
                Ok(ChangeSet::between(&before, &after))
            },
            changes,
        ),
        "compare" => {
            let (before, after) = (json(&file("before.json"))?, json(&file("after.json"))?);
            each(|| Ok(ChangeSet::between(&before, &after)), changes)
        }
        "compare-plain" => {
            let (before, after) = (read_plain(&file("before.json"))?, read_plain(&file("after.json"))?);
            each(|| Ok(plain::compare(&before.items, &after.items)), plain_changes)
        }
        "compare-equal" => {
            // Read twice: no handle is shared.
            let (before, after) = (json(&file("before.json"))?, json(&file("before.json"))?);
            each(|| Ok(ChangeSet::between(&before, &after)), changes)
        }
        "one-pass" => {
            // What one pass over the prints of two equal lists takes.
            let items = json(&file("before.json"))?.items.len() as u64;
            let prints = || (0..items).map(|i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect::<Vec<_>>();
            let (before, after) = (prints(), prints());
            each(|| Ok(black_box(&before) == black_box(&after)), |equal| vec![("equal", usize::from(*equal))])
        }
        "apply" => {
            let (before, after) = (json(&file("before.json"))?, json(&file("after.json"))?);
            let change_set = ChangeSet::between(&before, &after);
            let wanted = after.items.len();
            drop(after);
            each(
                || change_set.apply(&before).map_err(|e| e.to_string()),
                |list| vec![("wanted", wanted), ("items", list.items.len())],
            )
        }
        "inverse" => {
            let (before, after) = (json(&file("before.json"))?, json(&file("after.json"))?);
            let change_set = ChangeSet::between(&before, &after);
            each(|| Ok(change_set.inverse()), changes)
        }
        "then" => {
            let (before, after) = (json(&file("before.json"))?, json(&file("after.json"))?);
            let later = json(&file("later.json"))?;
            let (first, second) = (ChangeSet::between(&before, &after), ChangeSet::between(&after, &later));
            each(|| first.then(&second).map_err(|e| e.to_string()), changes)
        }
        "merge" => {
            let (before, after) = (json(&file("before.json"))?, json(&file("after.json"))?);
            let theirs = json(&file("theirs.json"))?;
            each(
                || Ok(value::merge(&before, &after, &theirs)),
                |merged| {
                    let mut clashes = 0;
                    merged.visit_clashes(&mut |_, _| clashes += 1);
                    vec![("clashes", clashes)]
                },
            )
        }
        "compare-theirs" => {
            let (before, theirs) = (json(&file("before.json"))?, json(&file("theirs.json"))?);
            each(|| Ok(ChangeSet::between(&before, &theirs)), changes)
        }
        // Once, from file to file, and which items clash.
        "merge-files" => {
            let any = |name| table(&file(name)).map(AnyCatalogue::from);
            let [base, ours, theirs] = [any("before.csv")?, any("after.csv")?, any("theirs.csv")?];
            let merged = MergedCatalogue::of(&base, &ours, &theirs, &Identity::default());
            let items: std::collections::BTreeSet<&str> =
                merged.conflicts().iter().map(|row| &*row.item).filter(|item| !item.is_empty()).collect();
            let clashing = serde_json::to_string(&items).map_err(|e| e.to_string())?;
            fs::write(file("clashing.json"), clashing).map_err(text)?;
            let to = File::create(file("merged.json")).map_err(text)?;
            merged.write_json(io::BufWriter::new(to)).map_err(text)
        }
        "write-json" => {
            let list = json(&file("before.json"))?;
            let out = file("written.json");
            each(
                || {
                    let mut to = io::BufWriter::new(File::create(&out).map_err(text)?);
                    document::write(&list, &mut to).map_err(text)?;
                    to.flush().map_err(text)
                },
                |()| vec![("bytes", size(&out))],
            )
        }
        "write-csv" => {
            let list = json(&file("before.json"))?;
            let out = file("written.csv");
            each(
                || {
                    let to = io::BufWriter::new(File::create(&out).map_err(text)?);
                    csv::write(&list, to, csv::Delimiter::Comma).map_err(text)
                },
                |problems| vec![("problems", problems.len()), ("bytes", size(&out))],
            )
        }
        "match" => {
            let pair = Pair::read(folder)?;
            each(
                || Ok(matching::lineage(&items_of(&pair.old), &items_of(&pair.new), &by_names())),
                |lineage| {
                    let [right, wrong, open] = pair.carried(lineage);
                    vec![
                        ("right", right),
                        ("wrong", wrong),
                        ("none", pair.old.len() - right - wrong),
                        ("open", open),
                    ]
                },
            )
        }
        _ => Err(format!("there is no measure {measure}")),
    }
}

/// One timed run for each line of the standard input. What a run gives is
/// counted and freed outside of its time.
fn each<R>(mut run: impl FnMut() -> Result<R, String>, counts: impl Fn(&R) -> Counts) -> Result<(), String> {
    for line in io::stdin().lock().lines() {
        line.map_err(text)?;
        let start = Instant::now();
        let result = run()?;
        let seconds = start.elapsed().as_secs_f64();
        let peak = peak_megabytes();
        let mut said = String::new();
        for (name, count) in counts(&result) {
            let comma = if said.is_empty() { "" } else { "," };
            let _ = write!(said, r#"{comma}"{name}":{count}"#);
        }
        drop(result);
        println!(r#"{{"seconds":{seconds:.9},"peak_mb":{peak},"counts":{{{said}}}}}"#);
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "given to `map_err`")]
fn text(error: io::Error) -> String {
    error.to_string()
}

fn size(path: &Path) -> usize {
    fs::metadata(path).map_or(0, |it| it.len() as usize)
}

fn json(path: &Path) -> Result<List, String> {
    let file = File::open(path).map_err(text)?;
    whole(document::read(file, &document::Options::default()).map_err(text)?)
}

fn table(path: &Path) -> Result<List, String> {
    let file = File::open(path).map_err(text)?;
    whole(csv::read(file, &csv::Options::default()).map_err(text)?)
}

fn whole(reading: Reading<List>) -> Result<List, String> {
    reading.ok().map_err(|e| e.to_string())
}

fn read_plain(path: &Path) -> Result<plain::Document, String> {
    plain::read(path).map_err(text)
}

/// All rows of a table, as texts.
fn rows(path: &Path) -> Result<Vec<Vec<String>>, String> {
    let mut reader = ::csv::Reader::from_path(path).map_err(|e| e.to_string())?;
    let mut record = ::csv::StringRecord::new();
    let mut rows = Vec::new();
    while reader.read_record(&mut record).map_err(|e| e.to_string())? {
        rows.push(record.iter().map(str::to_owned).collect());
    }
    Ok(rows)
}

fn items(list: &List) -> Counts {
    vec![("items", list.items.len())]
}

fn changes(changes: &ChangeSet<LicensingItem>) -> Counts {
    changes.items().map_or_else(
        || vec![("differing", 0), ("added", 0), ("removed", 0), ("moved", 0)],
        |delta| {
            vec![
                ("differing", delta.changed().len()),
                ("added", delta.added().len()),
                ("removed", delta.removed().len()),
                ("moved", delta.moved().count()),
            ]
        },
    )
}

fn plain_changes(delta: &plain::Delta) -> Counts {
    let counts = delta.counts();
    vec![
        ("differing", counts.changed),
        ("added", counts.added),
        ("removed", counts.removed),
        ("moved", counts.moved),
    ]
}

/// Peak resident memory of this process; 0 where the system does not tell.
pub(crate) fn peak_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    kilobytes.and_then(|it| it.parse().ok()).map_or(0, |kb: u64| kb / 1024)
}
