//! A list through its years: its editions kept as one history, and any question about it answered.
//!
//! ```sh
//! cargo run --release --example list_history -- --kind licensing --edition 2022 --edition 2023 \
//!     examples/data/licensing-2022.csv examples/data/licensing-2023.csv --out history.jsonl
//! cargo run --release --example list_history -- history.jsonl --item 000117001000
//! ```

mod support;

use clap::{ArgGroup, Parser};
use qingdan::diff::Comparing;
use qingdan::history::{self, Correction, Grounds, History, HistoryError, HistoryFile, Knowledge, NotOpened};
use qingdan::matching::{self, Decision};
use qingdan::problem::{Lang, Problem};
use qingdan::report::{self, Colour, TextOptions};
use qingdan::term::Date;
use qingdan_progress::Progress;
use qingdan_said::{About as _, Said, said, said_of};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::input::Input;
use support::known;
use support::output::{self, ListFormat, PageFormat as Format};
use support::{BAD, By, Common, DONE, End, NOT_AS_WISHED, run, tell};

/// A list through its years: its editions, oldest first, or a history file, to which the editions behind it are appended.
/// Prints the timeline, or what an option asks for.
///
/// Exit codes: 0 done; 1 with --verify, where a record does not hold; 2 usage, an output error, or an error in an input:
/// nothing is written then.
#[derive(Parser)]
#[command(name = "list_history", version)]
#[command(group = ArgGroup::new("question").args(["item", "today", "citation", "edition_of", "as_of", "between", "verify", "log"]))]
struct Arguments {
    /// The editions, oldest first (.json, .csv or .tsv, or - for our JSON on standard input); or a history (.jsonl, or
    /// .jsonl.zst where the program was built with --features zstd), and editions to append
    #[arg(required_unless_present = "fields", value_name = "EDITION")]
    editions: Vec<String>,
    #[command(flatten)]
    input: Input,
    /// What became of this item, from its origin to its successors, and which edition last changed each field
    #[arg(long, value_name = "ID")]
    item: Option<String>,
    /// What stands today for an id of any time
    #[arg(long, value_name = "ID")]
    today: Option<String>,
    /// The items that stood on a legal basis, and when
    #[arg(long, value_name = "TEXT")]
    citation: Option<String>,
    /// Write the edition of this label
    #[arg(long, value_name = "LABEL")]
    edition_of: Option<String>,
    /// Write the list of this day: the edition in force, without items that are not
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// How much of what is known of an edition counts, with --edition-of and --as-of: in-force (no correction), now, or a day
    /// (the corrections recorded up to then)
    #[arg(long, value_name = "WHEN", default_value = "in-force", value_parser = knowledge)]
    known: Knowledge,
    /// Record that the edition of this label was wrong: the one list behind the history is how it should have been
    #[arg(long, value_name = "LABEL", requires = "why")]
    correct: Option<String>,
    /// Why it was wrong
    #[arg(long, value_name = "TEXT", requires = "correct")]
    why: Option<String>,
    /// When that was recorded (default: today)
    #[arg(long, value_name = "DATE", requires = "correct")]
    recorded: Option<Date>,
    /// What changed from one edition to another, as one change set
    #[arg(long, value_names = ["A", "B"], num_args = 2)]
    between: Vec<String>,
    /// Check digests, the chain of records, and that each line is its canonical form
    #[arg(long)]
    verify: bool,
    /// The change log: every change of every edition as a row
    #[arg(long)]
    log: bool,
    /// What people decided of links, with their documents: a table or JSON (from, to, decision, kind, document, date, note,
    /// edition). One file for all steps, or one for each, in order
    #[arg(long, value_name = "FILE")]
    decisions: Vec<PathBuf>,
    #[command(flatten)]
    names: known::Names,
    /// The edition of the upper list that an edition followed: one for each edition behind the first, in order (JSON)
    #[arg(long, value_name = "LIST")]
    follows: Vec<String>,
    /// What items are matched by: their codes, their names and content, or first the one and then the other
    #[arg(long = "match", value_name = "BY", default_value = "auto")]
    by: By,
    /// Links that are less sure are told as gone and new (0 to 1)
    #[arg(long, value_name = "X", default_value_t = matching::MIN_CONFIDENCE, value_parser = support::confidence)]
    min_confidence: f64,
    /// Format: text, markdown, html, json or csv (default: by the ending of --out, else text; of lists json)
    #[arg(long, value_name = "F")]
    format: Option<Format>,
    /// Where to write; a file is written whole or not at all. A .jsonl is the history itself, a .jsonl.zst
    /// its compressed form (--features zstd)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

fn knowledge(text: &str) -> Result<Knowledge, String> {
    match text {
        "in-force" => Ok(Knowledge::InForce),
        "now" => Ok(Knowledge::Now),
        day => day.parse().map(Knowledge::On).map_err(|_| "in-force, now, or a day as 2024-11-10".to_owned()),
    }
}

/// The list that an option asks for, if one does.
enum Wanted<'a> {
    Edition(&'a str),
    OfDay(Date),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = arguments.common.lang();
    // What the library says of a history is said in the language that is asked for.
    let in_words = |end| match end {
        End::Error(error) => match error.downcast_ref::<HistoryError>() {
            Some(known) => End::Error(Said::from(known.message()).into()),
            None => End::Error(error),
        },
        end @ End::Code(_) => end,
    };
    run(lang, || program(&arguments).map_err(in_words))
}

fn program(arguments: &Arguments) -> Result<u8, End> {
    if arguments.input.print_fields()? {
        return Ok(DONE);
    }
    let out = arguments.out.as_deref();
    let to_history = out.is_some_and(is_history);
    let wanted = match (&arguments.edition_of, arguments.as_of) {
        (Some(label), _) => Some(Wanted::Edition(label)),
        (_, Some(day)) => Some(Wanted::OfDay(day)),
        _ => None,
    };
    let asks = arguments.item.is_some()
        || arguments.today.is_some()
        || arguments.citation.is_some()
        || arguments.log
        || !arguments.between.is_empty();
    if to_history && (asks || wanted.is_some() || arguments.verify) {
        return Err(said(
            ".jsonl 是历史本身：所问的结果请另给文件名",
            ".jsonl is the history itself: name another file for what is asked",
        )
        .into());
    }
    // What cannot be written is said before anything is read.
    if let (Some(out), false) = (out.filter(|out| is_compressed(out)), cfg!(feature = "zstd")) {
        return Err(said_of(
            out,
            "此程序编译时没有启用 zstd 特性，不能写压缩形式；请写为 .jsonl，或以 --features zstd 编译",
            "this program was built without its feature `zstd` and writes no compressed form; write a .jsonl, \
             or build it with --features zstd",
        )
        .into());
    }
    let format = match &wanted {
        Some(_) => None,
        None if to_history => None,
        None => Some(checked(arguments, Format::choose(arguments.format, out)?)?),
    };
    let list_format = match &wanted {
        Some(_) => Some(list_format(arguments.format, out)?),
        None => None,
    };
    let (file, editions) = match arguments.editions.split_first() {
        Some((first, rest)) if is_history(Path::new(first)) => (Some(Path::new(first)), rest),
        _ => (None, &arguments.editions[..]),
    };
    if let Some(other) = editions.iter().find(|path| is_history(Path::new(path))) {
        return Err(said_of(
            other,
            "历史须排在追加的各版之前",
            "a history stands in front of the editions that are appended to it",
        )
        .into());
    }
    if arguments.verify {
        return match file {
            Some(path) if editions.is_empty() => verify(arguments, path),
            _ => Err(said("--verify 只接一个历史文件（.jsonl）", "--verify takes one history file (.jsonl)")
                .into()),
        };
    }
    // One edition of a file is opened without the others.
    if let (Some(path), [], Some(Wanted::Edition(label)), Some(format)) =
        (file, editions, &wanted, list_format)
    {
        let list = open(path)?.edition_as(label, arguments.known).map_err(|error| in_words(path, error))?;
        tell(&output::write_list(&list, format, out)?, arguments.common.lang());
        return Ok(DONE);
    }
    let Kept { history, bytes } = history(arguments, file, editions)?;
    if let (Some(wanted), Some(format)) = (wanted, list_format) {
        let list = match wanted {
            Wanted::Edition(label) => history.edition_as(label, arguments.known)?,
            Wanted::OfDay(day) => {
                let found = history.as_of_as(day, arguments.known)?;
                tell_of_day(arguments, &found);
                found.list
            }
        };
        tell(&output::write_list(&list, format, out)?, arguments.common.lang());
        return Ok(DONE);
    }
    let Some(format) = format else {
        write(&history, &bytes, out)?;
        return Ok(DONE);
    };
    answer(arguments, &history, format)?;
    Ok(DONE)
}

/// Refuses a format that what is asked for does not have.
fn checked(arguments: &Arguments, format: Format) -> anyhow::Result<Format> {
    let known: &[Format] = if arguments.log {
        &[Format::Text, Format::Csv, Format::Json]
    } else if !arguments.between.is_empty() {
        &[Format::Text, Format::Markdown, Format::Csv, Format::Json]
    } else if arguments.today.is_some() || arguments.citation.is_some() {
        &[Format::Text, Format::Json]
    } else {
        &[Format::Text, Format::Markdown, Format::Html, Format::Json]
    };
    if known.contains(&format) || arguments.verify {
        return Ok(format);
    }
    let names: Vec<String> = known.iter().map(|format| format!("{format:?}").to_lowercase()).collect();
    Err(said(
        format!("所问的结果可写为 {}", names.join("、")),
        format!("what is asked for is written as {}", names.join(", ")),
    )
    .into())
}

fn list_format(told: Option<Format>, out: Option<&Path>) -> anyhow::Result<ListFormat> {
    match told {
        None => ListFormat::choose(None, out),
        Some(Format::Json) => Ok(ListFormat::Json),
        Some(Format::Csv) => Ok(ListFormat::Csv),
        Some(_) => Err(said("清单写为 json 或 csv", "lists are written as json or csv").into()),
    }
}

fn is_history(path: &Path) -> bool {
    let ends = |path: &Path, ending: &str| path.extension().is_some_and(|it| it.eq_ignore_ascii_case(ending));
    ends(path, "jsonl") || is_compressed(path)
}

fn is_compressed(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    name.to_ascii_lowercase().ends_with(".jsonl.zst")
}

/// Writes the history itself. To what is there in compressed form is added, as frames cannot be gone on with; without anything
/// to add it is written anew, with as few frames as can be.
fn write(history: &History, bytes: &Bytes, out: Option<&Path>) -> anyhow::Result<()> {
    output::write(out, |to| match bytes {
        #[cfg(feature = "zstd")]
        _ if out.is_some_and(is_compressed) => write_compressed(history, bytes, to),
        _ => history.write(to),
    })
}

#[cfg(feature = "zstd")]
fn write_compressed(history: &History, bytes: &Bytes, to: &mut dyn std::io::Write) -> std::io::Result<()> {
    match bytes {
        Bytes::Compressed { bytes, records } if *records < history.records().len() as u64 => {
            to.write_all(bytes)?;
            history.write_compressed_since(*records, to)
        }
        _ => history.write_compressed(to),
    }
}

fn opened(path: &Path) -> anyhow::Result<File> {
    let file = File::open(path).about(path, "无法打开文件", "the file cannot be opened")?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(said_of(path, "这是文件夹，不是文件", "this is a folder, not a file").into());
    }
    Ok(file)
}

fn open(path: &Path) -> Result<HistoryFile<File>, End> {
    HistoryFile::open(opened(path)?).map_err(|error| in_words(path, error))
}

fn in_words(path: &Path, error: NotOpened) -> End {
    match error {
        NotOpened::History(error) => error.into(),
        NotOpened::Broken(problem) => {
            let line = |lang| problem.clone().in_file(path.to_string_lossy()).line(lang);
            said(line(Lang::Zh), line(Lang::En)).into()
        }
        error => said_of(path, "无法读取", "cannot be read").because(error).into(),
    }
}

fn verify(arguments: &Arguments, path: &Path) -> Result<u8, End> {
    let lang = arguments.common.lang();
    let progress = Progress::new(arguments.common.quiet);
    let mut verified = history::verify(progress.reading(opened(path)?))?;
    for problem in &mut verified.problems {
        problem.place.file = Some(path.display().to_string());
    }
    tell(&verified.problems, lang);
    let holds = verified.problems.is_empty();
    let records = verified.records;
    output::write(arguments.out.as_deref(), |to| match (holds, lang) {
        (true, Lang::Zh) => writeln!(to, "{records}条记录全部相符"),
        (true, Lang::En) => writeln!(to, "all {records} records hold"),
        (false, Lang::Zh) => writeln!(to, "前{records}条记录相符，其后不符"),
        (false, Lang::En) => writeln!(to, "{records} records hold, the next does not"),
    })?;
    Ok(if holds { DONE } else { NOT_AS_WISHED })
}

/// A history, and what of its file stays as it is.
struct Kept {
    history: History,
    bytes: Bytes,
}

/// What stays as it is.
enum Bytes {
    /// What is written again is the same.
    Plain,
    /// The whole groups of a compressed file, and how many records they hold.
    #[cfg_attr(not(feature = "zstd"), expect(dead_code, reason = "no compressed form is written then"))]
    Compressed { bytes: Vec<u8>, records: u64 },
}

/// The history: of a file, of editions, or of both.
fn history(arguments: &Arguments, file: Option<&Path>, editions: &[String]) -> Result<Kept, End> {
    let lang = arguments.common.lang();
    let progress = Progress::new(arguments.common.quiet);
    let mut history = None;
    let mut bytes = Bytes::Plain;
    if let Some(path) = file {
        let mut source = BufReader::new(progress.reading(opened(path)?));
        let mut whole = Vec::new();
        let mut loaded = if is_compressed(path) {
            source.read_to_end(&mut whole)?;
            History::read(&whole[..])?
        } else {
            History::read(source)?
        };
        for problem in &mut loaded.problems {
            problem.place.file = Some(path.display().to_string());
        }
        tell(&loaded.problems, lang);
        if loaded.problems.iter().any(Problem::is_error) {
            return Err(End::Code(BAD));
        }
        history = loaded.history;
        if history.is_none() {
            return Err(said_of(path, "没有一条完整的记录", "holds no whole record").into());
        }
        if loaded.is_compressed {
            whole.truncate(usize::try_from(loaded.whole).unwrap_or(usize::MAX));
            let records = history.as_ref().map_or(0, |history| history.records().len() as u64);
            bytes = Bytes::Compressed { bytes: whole, records };
        }
    }
    let mut lists = arguments.input.read(editions, lang, &progress)?;
    if let Some(label) = &arguments.correct {
        let (Some(mut history), Some(list), true) = (history, lists.pop(), lists.is_empty()) else {
            return Err(said(
                "--correct 须给出历史（.jsonl）和一份清单：该版本来应有的样子",
                "--correct takes a history (.jsonl) and one list: the edition as it should have been",
            )
            .into());
        };
        let why = arguments.why.clone().unwrap_or_default();
        let correction =
            Correction::new(label, why).recorded(arguments.recorded.unwrap_or_else(known::today));
        history.correct(list, correction, &Grounds::default())?;
        return Ok(Kept { history, bytes });
    }
    let steps = lists.len() - usize::from(history.is_none() && !lists.is_empty());
    let decisions = decisions(arguments, steps)?;
    let names = arguments.names.read(arguments.input.encoding(), lang)?;
    let follows = match arguments.follows.len() {
        0 => Vec::new(),
        n if n == steps => arguments.input.read(&arguments.follows, lang, &progress)?,
        n => {
            return Err(said(
                format!("上级清单{n}版，而追加{steps}步：每步须有一版"),
                format!("{n} upper editions for {steps} steps: name one for each"),
            )
            .into());
        }
    };
    let mut step = 0;
    for list in lists {
        match &mut history {
            None => history = Some(History::start(list)?),
            Some(history) => {
                let mut options = matching::Options::default();
                options.by = arguments.by.into();
                options.min_confidence = arguments.min_confidence;
                options.aliases.clone_from(&names);
                let file = if decisions.len() > 1 { step } else { 0 };
                let rows = decisions.get(file).map(Vec::as_slice).unwrap_or_default();
                let label = list.header().edition.clone();
                let grounds = match follows.get(step) {
                    Some(upper) => Grounds::default().following(upper),
                    None => Grounds::default(),
                };
                match progress.working(|watch| history.append_watched(list, rows, options, &grounds, watch)) {
                    Ok(mut problems) => {
                        // One file for all steps has rows for the others.
                        if decisions.len() == 1 && steps > 1 {
                            problems.retain(|problem| problem.rule != "decisions/unknown-id");
                        }
                        tell_decisions(arguments, file, &mut problems);
                    }
                    Err(HistoryError::Decisions(mut problems)) => {
                        tell_decisions(arguments, file, &mut problems);
                        return Err(End::Code(BAD));
                    }
                    Err(error) => return Err(Said::from(error.message()).before(&label).into()),
                }
                step += 1;
            }
        }
    }
    let history = history.ok_or_else(|| said("没有给出任何一版", "no edition is named"))?;
    Ok(Kept { history, bytes })
}

/// What people decided: for all steps, or step by step.
fn decisions(arguments: &Arguments, steps: usize) -> Result<Vec<Vec<Decision>>, End> {
    let files = &arguments.decisions;
    if files.len() > 1 && files.len() != steps {
        return Err(said(
            format!("结论文件{}个，而追加{steps}步：请给一个，或每步一个", files.len()),
            format!(
                "{} files of decisions for {steps} steps: name one for all of them, or one for each",
                files.len()
            ),
        )
        .into());
    }
    files.iter().map(|path| known::read(path, arguments.input.encoding(), arguments.common.lang())).collect()
}

fn tell_decisions(arguments: &Arguments, file: usize, problems: &mut [Problem]) {
    for problem in &mut *problems {
        problem.place.file = arguments.decisions.get(file).map(|path| path.display().to_string());
    }
    tell(problems, arguments.common.lang());
}

/// Items that are left out of the list of a day are named on standard error.
fn tell_of_day(arguments: &Arguments, day: &history::OfDay) {
    let lang = arguments.common.lang();
    for (ids, zh, en) in [
        (&day.waiting, "尚未施行", "not in force yet"),
        (&day.ended, "已失效或取消，未列入", "in force no more, left out"),
        (&day.suspended, "暂停", "suspended"),
    ] {
        if !ids.is_empty() && !arguments.common.quiet {
            let (words, colon) = (lang.pick(zh, en), lang.pick("：", ": "));
            let shown: Vec<&str> = ids.iter().take(20).map(String::as_str).collect();
            let more = if ids.len() > shown.len() { " …" } else { "" };
            eprintln!("{words}{colon}{}{more}", shown.join(lang.pick("、", ", ")));
        }
    }
}

fn answer(arguments: &Arguments, history: &History, format: Format) -> Result<(), End> {
    let lang = arguments.common.lang();
    let out = arguments.out.as_deref();
    if let Some(id) = &arguments.item {
        // Said before anything is written.
        history.lineage(id)?;
        output::write(out, |to| match format {
            Format::Json => report::lineage_json(history, id, to),
            Format::Markdown => report::lineage_markdown(history, id, lang, to),
            Format::Html => report::lineage_html(history, id, lang, to),
            Format::Text | Format::Csv => report::lineage_text(history, id, lang, to),
        })?;
    } else if let Some(id) = &arguments.today {
        let today = history.today(id)?;
        output::write(out, |to| match format {
            Format::Json => report::today_json(&today, to),
            _ => report::today_text(&today, lang, to),
        })?;
    } else if let Some(text) = &arguments.citation {
        let items = history.citation(text)?;
        output::write(out, |to| match format {
            Format::Json => report::citation_json(text, &items, to),
            _ => report::citation_text(text, &items, lang, to),
        })?;
    } else if arguments.log {
        let rows = history.log()?;
        output::write(out, |to| match format {
            Format::Json => report::history_log_json(&rows, to),
            _ => report::history_log_csv(&rows, to),
        })?;
    } else if let [from, to] = &arguments.between[..] {
        between(arguments, history, [from, to], format)?;
    } else {
        output::write(out, |to| match format {
            Format::Json => report::history_json(history, to),
            Format::Markdown => report::history_markdown(history, lang, to),
            Format::Html => report::history_html(history, lang, to),
            Format::Text | Format::Csv => report::history_text(history, lang, to),
        })?;
    }
    Ok(())
}

fn between(arguments: &Arguments, history: &History, ends: [&String; 2], format: Format) -> Result<(), End> {
    let lang = arguments.common.lang();
    let changes = history.between(ends[0], ends[1])?;
    let [before, after] = [history.edition(ends[0])?, history.edition(ends[1])?];
    let mut comparing = Comparing::default();
    comparing.lineage = history.lineage_between(ends[0], ends[1])?;
    let differences = changes.differences(&before, &after, &comparing)?;
    let out = arguments.out.as_deref();
    output::write(out, |to| match format {
        Format::Json => report::json(&differences, &changes, to),
        Format::Markdown => report::markdown(&differences, lang, to),
        Format::Csv => report::csv(&differences, to),
        Format::Text | Format::Html => {
            let mut options = TextOptions::default();
            options.lang = lang;
            let colours = out.is_none() && arguments.common.color.on();
            options.colour = if colours { Colour::Ansi } else { Colour::Brackets };
            report::text(&differences, &options, to)
        }
    })?;
    Ok(())
}
