//! `cargo run --release -p qingdan-benches -- history`: a history of many editions beside the same editions as JSON files and as
//! a packed git repository: size, time to append, time to open the first, the middle and the last edition, peak memory; the
//! compressed form of the history beside.
//!
//! A hundred editions of 100,000 items are 5 GB of JSON files in the temporary folder (`TMPDIR`), 7 GB with all else; they are
//! removed at the end. What other programs make of the JSON files, and git's most thorough packing, are left out where the files
//! are more than [`LARGE`]: they would take hours.
//!
//! Every measure is a process of its own. What is opened is compared byte for byte before times are told.

#![expect(clippy::cast_precision_loss, reason = "bytes and counts are far below what a float holds exactly")]

use crate::data::Temporary;
use crate::{generate, work, write};
use qingdan::history::{Grounds, History, HistoryFile};
use qingdan::{AnyCatalogue, document::Options};
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// More bytes than this are not given to other programs whole.
const LARGE: u64 = 1_000_000_000;
/// The history in its forms: as lines, compressed at once, and compressed edition by edition.
const PLAIN: &str = "history.jsonl";
const AT_ONCE: &str = "history.jsonl.zst";
const ONE_BY_ONE: &str = "appended.jsonl.zst";

/// How much is measured.
pub(crate) struct Plan {
    editions: usize,
    items: usize,
}

impl Plan {
    pub(crate) fn of(options: &[&str]) -> Result<Self, String> {
        let mut plan = Self { editions: 100, items: 100_000 };
        let mut options = options.iter();
        while let Some(option) = options.next() {
            let value = options.next().ok_or_else(|| format!("{option} needs a value"))?;
            let number: usize = value.parse().map_err(|_| format!("{value} is no number"))?;
            match *option {
                "--editions" if number > 1 => plan.editions = number,
                "--items" if number > 0 => plan.items = number,
                _ => return Err(format!("{option} {value} is no option")),
            }
        }
        Ok(plan)
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn list_file(folder: &Path, at: usize) -> PathBuf {
    folder.join(format!("{at:04}.json"))
}

fn label(at: usize) -> String {
    format!("第{at}版")
}

/// The editions as JSON files, as the library writes them.
fn make(plan: &Plan, folder: &Path) -> Result<(), String> {
    let mut rows = generate::edition(plan.items);
    for at in 0..plan.editions {
        if at > 0 {
            rows = generate::next_edition(&rows);
        }
        let mut bytes = Vec::new();
        write::write_json_as(&rows, &label(at), &mut bytes).map_err(text)?;
        let list = read(&bytes)?;
        let mut to = BufWriter::new(File::create(list_file(folder, at)).map_err(text)?);
        list.write_json(&mut to).and_then(|()| to.flush()).map_err(text)?;
    }
    Ok(())
}

fn read(bytes: &[u8]) -> Result<AnyCatalogue, String> {
    let reading = AnyCatalogue::read_json(std::io::Cursor::new(bytes), &Options::default()).map_err(text)?;
    if let Some(problem) = reading.problems.iter().find(|problem| problem.is_error()) {
        return Err(problem.message.en.clone());
    }
    reading.value.ok_or_else(|| "no list".to_owned())
}

/// A part of the work, in a process of its own; prints its seconds and its peak in megabytes.
pub(crate) fn serve(what: &str, folder: &Path, editions: usize) -> Result<(), String> {
    let history_file = folder.join(PLAIN);
    let load = |name: &str| {
        History::read(BufReader::new(File::open(folder.join(name)).map_err(text)?)).map_err(text)
    };
    let (seconds, checked) = match what {
        "append" => {
            let mut history: Option<History> = None;
            let mut seconds = 0.0;
            let mut to = BufWriter::new(File::create(&history_file).map_err(text)?);
            for at in 0..editions {
                let list = read(&fs::read(list_file(folder, at)).map_err(text)?)?;
                let begun = Instant::now();
                match &mut history {
                    None => history = Some(History::start(list).map_err(text)?),
                    Some(history) => drop(history.append(list, &[]).map_err(text)?),
                }
                if let Some(history) = &history {
                    history.write_since(at as u64, &mut to).map_err(text)?;
                }
                seconds += begun.elapsed().as_secs_f64();
            }
            (seconds / editions as f64, true)
        }
        "compress" => {
            let history = load(PLAIN)?.history.ok_or("no history")?;
            let begun = Instant::now();
            let to = BufWriter::new(File::create(folder.join(AT_ONCE)).map_err(text)?);
            history.write_compressed(to).map_err(text)?;
            let seconds = begun.elapsed().as_secs_f64();
            (seconds, load(AT_ONCE)?.history.as_ref() == Some(&history))
        }
        "append-compressed" => {
            let whole = load(PLAIN)?.history.ok_or("no history")?;
            let mut seconds = 0.0;
            let mut grown: Option<History> = None;
            let mut to = BufWriter::new(File::create(folder.join(ONE_BY_ONE)).map_err(text)?);
            for (at, record) in whole.editions().enumerate() {
                let list = whole.edition(record.head.label()).map_err(text)?;
                match &mut grown {
                    None => grown = Some(History::start(list).map_err(text)?),
                    Some(grown) => grown
                        .append_as(list, &record.lineage, &Grounds::documents(record.documents.clone()))
                        .map_err(text)?,
                }
                let begun = Instant::now();
                if let Some(grown) = &grown {
                    grown.write_compressed_since(at as u64, &mut to).map_err(text)?;
                }
                seconds += begun.elapsed().as_secs_f64();
            }
            (seconds / editions as f64, grown.as_ref() == Some(&whole))
        }
        "read" | "read-compressed" => {
            let begun = Instant::now();
            let loaded = load(if what == "read" { PLAIN } else { AT_ONCE })?;
            (begun.elapsed().as_secs_f64(), loaded.problems.is_empty())
        }
        "verify" | "verify-compressed" => {
            let begun = Instant::now();
            let name = if what == "verify" { PLAIN } else { AT_ONCE };
            let file = BufReader::new(File::open(folder.join(name)).map_err(text)?);
            let verified = qingdan::history::verify(file).map_err(text)?;
            (begun.elapsed().as_secs_f64(), verified.problems.is_empty())
        }
        _ => {
            let (way, at) = what.split_once('-').ok_or("no such work")?;
            let at: usize = at.parse().map_err(text)?;
            let begun = Instant::now();
            let list = match way {
                "history" | "compressed" | "appended" => {
                    let name = match way {
                        "history" => PLAIN,
                        "compressed" => AT_ONCE,
                        _ => ONE_BY_ONE,
                    };
                    let file = File::open(folder.join(name)).map_err(text)?;
                    HistoryFile::open(file).map_err(text)?.edition(&label(at)).map_err(text)?
                }
                "json" => read(&fs::read(list_file(folder, at)).map_err(text)?)?,
                "git" => {
                    let revision = format!("HEAD~{}:list.json", editions - 1 - at);
                    let output = git(folder, &["show", &revision]).output().map_err(text)?;
                    read(&output.stdout)?
                }
                _ => return Err(format!("{way} is no way")),
            };
            let seconds = begun.elapsed().as_secs_f64();
            let mut bytes = Vec::new();
            list.write_json(&mut bytes).map_err(text)?;
            (seconds, bytes == fs::read(list_file(folder, at)).map_err(text)?)
        }
    };
    if !checked {
        return Err(format!("{what}: what came is not what went in"));
    }
    println!("{seconds} {}", work::peak_megabytes());
    Ok(())
}

fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder.join("git"))
        .args(["-c", "user.name=b", "-c", "user.email=b@b"])
        .args(arguments);
    command.stdin(Stdio::null());
    command
}

fn done(mut command: Command) -> Result<(), String> {
    let output = command.output().map_err(text)?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

fn size_of(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |data| data.len())
}

/// The length of what a program makes of files one after the other; `None` where there is no such program.
fn compressed(program: &[&str], paths: &[PathBuf]) -> Option<u64> {
    let (name, arguments) = program.split_first()?;
    let output = Command::new(name).args(arguments).args(paths).stderr(Stdio::null()).output().ok()?;
    output.status.success().then_some(output.stdout.len() as u64)
}

fn megabytes(bytes: u64) -> String {
    format!("{:.2} MB", bytes as f64 / 1e6)
}

pub(crate) fn all(plan: &Plan) -> Result<(), String> {
    let folder = Temporary::new().map_err(text)?;
    let folder = folder.join("history");
    fs::create_dir_all(&folder).map_err(text)?;
    make(plan, &folder)?;
    let own = std::env::current_exe().map_err(text)?;
    let measure = |what: &str| -> Result<(f64, u64), String> {
        let output = Command::new(&own)
            .arg("history-work")
            .arg(what)
            .arg(&folder)
            .arg(plan.editions.to_string())
            .output()
            .map_err(text)?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let numbers = said.trim().split_once(' ').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        numbers.ok_or_else(|| format!("{what}: {}", String::from_utf8_lossy(&output.stderr)))
    };
    let append = measure("append")?;
    let compress = measure("compress")?;
    let append_compressed = measure("append-compressed")?;
    let files: Vec<PathBuf> = (0..plan.editions).map(|at| list_file(&folder, at)).collect();
    let plain: u64 = files.iter().map(|path| size_of(path)).sum();
    // The rival: a commit an edition, then all of it packed.
    fs::create_dir_all(folder.join("git")).map_err(text)?;
    done(git(&folder, &["init", "-q"]))?;
    // No packing of git's own accord while it is timed.
    done(git(&folder, &["config", "gc.auto", "0"]))?;
    let mut commit = 0.0;
    for (at, path) in files.iter().enumerate() {
        fs::copy(path, folder.join("git/list.json")).map_err(text)?;
        let begun = Instant::now();
        done(git(&folder, &["add", "list.json"]))?;
        done(git(&folder, &["commit", "-qm", &label(at)]))?;
        commit += begun.elapsed().as_secs_f64();
    }
    let commit = commit / plan.editions as f64;
    let begun = Instant::now();
    let packing: &[&str] = if plain > LARGE {
        &["repack", "-adfq", "--window=6", "--depth=50"]
    } else {
        &["gc", "--aggressive", "--prune=now", "-q"]
    };
    done(git(&folder, packing))?;
    let pack_time = begun.elapsed().as_secs_f64();
    let packs = fs::read_dir(folder.join("git/.git/objects/pack")).map_err(text)?;
    let pack: u64 = packs.filter_map(|entry| Some(size_of(&entry.ok()?.path()))).sum();
    let of_pack =
        |bytes: u64| format!("{}, {:.2} of git's pack", megabytes(bytes), bytes as f64 / pack as f64);
    println!("## {} editions of {} items\n", plan.editions, plan.items);
    println!("git: {}\n", packing.join(" "));
    println!("| what | history | compressed history | JSON files | git, packed |\n|---|---|---|---|---|");
    let sizes = [PLAIN, AT_ONCE, ONE_BY_ONE].map(|name| size_of(&folder.join(name)));
    println!(
        "| size | {} | {}; appended one by one {} | {} | {} |",
        megabytes(sizes[0]),
        of_pack(sizes[1]),
        of_pack(sizes[2]),
        megabytes(plain),
        megabytes(pack)
    );
    let programs = [&["gzip", "-9c"][..], &["zstd", "-19", "--long=27", "-c"], &["xz", "-9e", "-c"]];
    for program in if plain > LARGE { &programs[..1] } else { &programs[..] } {
        let Some(own) = compressed(program, &[folder.join(PLAIN)]) else { continue };
        let of_files = if plain > LARGE { None } else { compressed(program, &files) };
        let of_files = of_files.map(megabytes).unwrap_or_default();
        println!("| size, {} | {} | | {of_files} | |", program.join(" "), of_pack(own));
    }
    println!(
        "| append an edition, s | {:.3}, peak {} MB | and {:.3}, peak {} MB; all of it at once {:.1}, peak {} MB | | {commit:.3}, then packing {pack_time:.1} |",
        append.0, append.1, append_compressed.0, append_compressed.1, compress.0, compress.1
    );
    for (name, at) in [("first", 0), ("middle", plan.editions / 2), ("last", plan.editions - 1)] {
        let told =
            |way: &str| measure(&format!("{way}-{at}")).map(|(s, peak)| format!("{s:.3}, peak {peak} MB"));
        println!(
            "| open the {name} edition, s | {} | {}; appended {} | {} | {} |",
            told("history")?,
            told("compressed")?,
            told("appended")?,
            told("json")?,
            told("git")?
        );
    }
    for (what, words) in [("read", "read all of it, s"), ("verify", "verify all of it, s")] {
        let (seconds, peak) = measure(what)?;
        let (packed, packed_peak) = measure(&format!("{what}-compressed"))?;
        println!("| {words} | {seconds:.3}, peak {peak} MB | {packed:.3}, peak {packed_peak} MB | | |");
    }
    Ok(())
}
