//! What changed between two editions of a list.
//!
//! ```sh
//! cargo run --release --example list_diff -- --kind licensing \
//!     examples/data/licensing-2022.csv examples/data/licensing-2023.csv
//! ```

mod support;

use clap::Parser;
use qingdan::alias::Aliases;
use qingdan::diff::{self, Comparing, Differences, Selection, UnknownFields};
use qingdan::matching::{self, Decided, Decision};
use qingdan::problem::{Lang, Problem};
use qingdan::report::{self, Colour, TextOptions};
use qingdan::table::csv::{Delimiter, Dialect};
use qingdan::{
    AnyCatalogue, AnyChangeSet, Entry as _, Kind, Notice, Portfolio, Reading, companion, conversion,
};
use qingdan_progress::Progress;
use qingdan_said::{About as _, no_format, said, said_of};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::input::Input;
use support::known;
use support::{BAD, By, Common, DONE, End, NOT_AS_WISHED, output, run, tell};

/// What changed between two editions of a list: in the words of an adjustment notice, as a table, or as
/// a change set that `list_apply` applies.
///
/// Exit codes: 0 done (differences alone are no failure); 1 with --exit-code, where there are any; 2 usage,
/// an output error, or an error in an input: nothing is written then.
#[derive(Parser)]
#[command(name = "list_diff", version)]
struct Arguments {
    /// The edition before: .json, .csv or .tsv, or - for our JSON on standard input; or a folder of lists
    #[arg(required_unless_present = "fields")]
    old: Option<String>,
    /// The edition after
    #[arg(required_unless_present = "fields")]
    new: Option<String>,
    #[command(flatten)]
    input: Input,
    /// Format: text, markdown, csv or json (default: by the ending of --out, else text)
    #[arg(long, value_name = "F")]
    format: Option<Format>,
    /// Where to write; a file is written whole or not at all
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Fields that take no part, separated by commas (extra columns by header)
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',', conflicts_with = "only")]
    ignore: Vec<String>,
    /// The only fields that take part
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',')]
    only: Vec<String>,
    /// What items are matched by: their codes, their names and content, or first the one and then the other
    #[arg(long = "match", value_name = "BY", default_value = "auto")]
    by: By,
    /// Links that are less sure are told as gone and new (0 to 1)
    #[arg(long, value_name = "X", default_value_t = qingdan::matching::MIN_CONFIDENCE, value_parser = support::confidence)]
    min_confidence: f64,
    /// What people decided of links: a table or JSON (from, to, decision, kind, document, date, note)
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Write a decisions file to fill in: the links that a person should confirm, and what might be linked as well
    #[arg(long, value_name = "FILE")]
    to_decide: Option<PathBuf>,
    #[command(flatten)]
    names: known::Names,
    /// This item alone
    #[arg(long, value_name = "ID")]
    item: Option<String>,
    /// The notice that published the change, a table (.csv, .tsv) or sentences (.txt): where it does not go with itself
    /// or with the lists is told on standard error; the exit code stays the same
    #[arg(long, value_name = "FILE")]
    notice: Option<PathBuf>,
    /// Exit 1 where the lists differ (cosmetic, order and header changes count; a label alone does not)
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    #[value(alias = "md")]
    Markdown,
    Csv,
    Json,
}

impl Format {
    fn choose(told: Option<Self>, out: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(format) = told {
            return Ok(format);
        }
        match output::ending(out).as_deref() {
            None | Some("txt" | "text") => Ok(Self::Text),
            Some("md" | "markdown") => Ok(Self::Markdown),
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some(other) => Err(no_format(other, &["text", "markdown", "csv", "json"]).into()),
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    run(arguments.common.lang(), || program(&arguments))
}

fn program(arguments: &Arguments) -> Result<u8, End> {
    if arguments.input.print_fields()? {
        return Ok(DONE);
    }
    let lang = arguments.common.lang();
    let (Some(old), Some(new)) = (&arguments.old, &arguments.new) else {
        return Err(said(
            "请给出两份清单：上一版与本版",
            "two lists are compared: name the edition before and the one after",
        )
        .into());
    };
    let format = Format::choose(arguments.format, arguments.out.as_deref())?;
    output::check(&[arguments.out.as_deref(), arguments.to_decide.as_deref()])?;
    let progress = Progress::new(arguments.common.quiet);
    match (Path::new(old).is_dir(), Path::new(new).is_dir()) {
        (true, true) if arguments.notice.is_some() => {
            return Err(said(
                "调整通知只与一份清单核对，不与文件夹核对",
                "a notice is held against one list, not against folders",
            )
            .into());
        }
        (true, true) => {
            let groups = [std::slice::from_ref(old), std::slice::from_ref(new)];
            let portfolios = arguments.input.read_portfolios(&groups, lang, &progress)?;
            let [before, after] = &portfolios[..] else { return Err(End::Code(BAD)) };
            return list_by_list(arguments, format, before, after, &progress);
        }
        (false, false) => {}
        _ => {
            return Err(said(
                "文件夹与文件夹相比，清单与清单相比",
                "a folder is compared with a folder, a list with a list",
            )
            .into());
        }
    }
    let (input, document) = arguments.input.with_document_of(new);
    let lists = input.read(&[old.clone(), new.clone()], lang, &progress)?;
    let [before, after] = &lists[..] else { return Err(End::Code(BAD)) };
    let notice = arguments.notice.as_deref().map(|path| read_notice(arguments, path)).transpose()?;

    let decisions = decisions(arguments)?;
    let names = arguments.names.read(arguments.input.encoding(), lang)?;
    let (selection, unknown) = selection(arguments, before, after);
    if !unknown.is_empty() {
        return Err(UnknownFields::new(unknown).into());
    }
    let Compared { differences, mut changes, after, to_decide } =
        compare(arguments, (&decisions, &names), (before, after), selection, document, &progress)?;
    let after = &after;
    if let Some(item) = &arguments.item
        && !before.has(item)
        && !after.has(item)
    {
        return Err(
            said(format!("两份清单都没有事项 {item}"), format!("neither list has an item {item}")).into()
        );
    }
    tell(&differences.warnings, lang);
    // A table has no room for it.
    if let (Format::Csv, Some(selected)) = (format, report::selection(&differences, lang)) {
        eprintln!("{selected}");
    }
    if let (Some(notice), Some(path)) = (&notice, &arguments.notice) {
        let findings = notice.check().into_iter().chain(notice.held_against(&differences));
        let found: Vec<Problem> =
            findings.map(|finding| finding.problem.in_file(path.to_string_lossy())).collect();
        tell(&found, lang);
    }
    if format == Format::Json {
        changes = changes.with_digests(before, after);
    }
    output::write(arguments.out.as_deref(), |to| write(arguments, format, &differences, &changes, to))?;
    write_to_decide(arguments, &to_decide)?;
    Ok(if arguments.exit_code && differences.any() { NOT_AS_WISHED } else { DONE })
}

/// What people decided, where they did.
fn decisions(arguments: &Arguments) -> Result<Vec<Decision>, End> {
    match &arguments.decisions {
        Some(path) => known::read(path, arguments.input.encoding(), arguments.common.lang()),
        None => Ok(Vec::new()),
    }
}

fn write_to_decide(arguments: &Arguments, rows: &[Decision]) -> Result<(), End> {
    match arguments.to_decide.as_deref() {
        Some(path) => Ok(output::write(Some(path), |to| companion::write_csv(rows, to))?),
        None => Ok(()),
    }
}

/// Reads a notice, with its problems told.
fn read_notice(arguments: &Arguments, path: &Path) -> Result<Notice, End> {
    let bytes = std::fs::read(path).about(path, "无法读取", "cannot be read")?;
    let dialect = Dialect::default().encoding(known::encoding_of(&bytes, arguments.input.encoding()));
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let Reading { value, mut problems } = match ending.as_deref() {
        Some("csv") => Notice::read_csv(&bytes, &dialect),
        Some("tsv") => Notice::read_csv(&bytes, &dialect.delimiter(Delimiter::Tab)),
        Some("txt") => {
            let text = std::str::from_utf8(&bytes).about(path, "不是 UTF-8 文本", "no UTF-8")?;
            Notice::read_prose(text)
        }
        _ => {
            return Err(said_of(
                path,
                "调整通知须是 .csv、.tsv 或 .txt 文件",
                "a notice is a .csv, .tsv or .txt file",
            )
            .into());
        }
    };
    for problem in &mut problems {
        problem.place.file = Some(path.to_string_lossy().into_owned());
    }
    tell(&problems, arguments.common.lang());
    if problems.iter().any(Problem::is_error) { Err(End::Code(BAD)) } else { Ok(value) }
}

/// Two lists compared, with the second as it takes part.
struct Compared {
    differences: Differences,
    changes: AnyChangeSet,
    after: AnyCatalogue,
    to_decide: Vec<Decision>,
}

/// Which fields of two lists take part, and the names that mean no field of theirs.
fn selection(arguments: &Arguments, before: &AnyCatalogue, after: &AnyCatalogue) -> (Selection, Vec<String>) {
    let is_extra = |header: &str| known::is_extra(&[before, after], header);
    let lists = [before.header(), after.header()];
    let (mut fields, mut unknown) = (Vec::new(), Vec::new());
    for name in arguments.ignore.iter().chain(&arguments.only) {
        match diff::named_fields(std::slice::from_ref(name), after.kind().fields(), &lists, &is_extra) {
            Ok(meant) => fields.extend(meant),
            Err(_) => unknown.push(name.clone()),
        }
    }
    let selection = match (arguments.ignore.is_empty(), arguments.only.is_empty()) {
        (true, true) => Selection::All,
        (false, _) => Selection::Ignore(fields),
        (true, false) => Selection::Only(fields),
    };
    (selection, unknown)
}

fn compare(
    arguments: &Arguments,
    (decisions, names): (&[Decision], &Aliases),
    (before, after): (&AnyCatalogue, &AnyCatalogue),
    selection: Selection,
    document: Option<String>,
    progress: &Progress,
) -> Result<Compared, End> {
    let lang = arguments.common.lang();
    let mut options = matching::Options::default();
    options.by = arguments.by.into();
    options.min_confidence = arguments.min_confidence;
    if !decisions.is_empty() {
        let (decided, mut problems) = Decided::of(decisions, &before.items(), &after.items());
        for problem in &mut problems {
            problem.place.file = arguments.decisions.as_ref().map(|path| path.display().to_string());
        }
        tell(&problems, lang);
        if problems.iter().any(Problem::is_error) {
            return Err(End::Code(BAD));
        }
        options.decided = decided;
    }
    options.aliases.clone_from(names);
    let lineage = progress.working(|watch| before.lineage_to_watched(after, &options, watch))?;
    let to_decide = match arguments.to_decide {
        Some(_) => matching::to_decide(&lineage, &before.items(), &after.items(), lang),
        None => Vec::new(),
    };
    let pairs = lineage.pairs();
    let after = after.with_unselected_fields_of(before, &selection, &pairs)?;
    let changes = before.changes_to(&after, &pairs)?;
    let mut comparing = Comparing::default();
    comparing.selection = selection;
    comparing.lineage = lineage;
    comparing.aliases.clone_from(names);
    comparing.item.clone_from(&arguments.item);
    comparing.document = document.unwrap_or_else(|| after.header().document.to_string());
    let differences = changes.differences(before, &after, &comparing)?;
    Ok(Compared { differences, changes, after, to_decide })
}

fn write(
    arguments: &Arguments,
    format: Format,
    differences: &Differences,
    changes: &AnyChangeSet,
    to: &mut dyn Write,
) -> std::io::Result<()> {
    let lang = arguments.common.lang();
    match format {
        Format::Text => {
            let colours = arguments.out.is_none() && arguments.common.color.on();
            let mut options = TextOptions::default();
            options.lang = lang;
            options.colour = if colours { Colour::Ansi } else { Colour::Brackets };
            report::text(differences, &options, to)
        }
        Format::Markdown => report::markdown(differences, lang, to),
        Format::Csv => report::csv(differences, to),
        Format::Json => report::json(differences, changes, to),
    }
}

/// All lists of one government in two years, list by list: lists of one kind and one series are the same list.
fn list_by_list(
    arguments: &Arguments,
    format: Format,
    before: &Portfolio,
    after: &Portfolio,
    progress: &Progress,
) -> Result<u8, End> {
    let lang = arguments.common.lang();
    if format == Format::Csv {
        return Err(said(
            "文件夹的比较写为 text、markdown 或 json；一张表只装一份清单",
            "folders are compared as text, markdown or json; a table holds one list",
        )
        .into());
    }
    let decisions = decisions(arguments)?;
    let names = arguments.names.read(arguments.input.encoding(), arguments.common.lang())?;
    if let Some(item) = &arguments.item
        && !before.lists.iter().chain(after.lists.iter()).any(|list| list.has(item))
    {
        return Err(said(format!("各清单都没有事项 {item}"), format!("no list has an item {item}")).into());
    }
    let pairs: Vec<_> =
        after.lists.iter().filter_map(|new| Some((before.lists.get(&new.key())?, new))).collect();
    let selections: Vec<_> = pairs.iter().map(|(old, new)| selection(arguments, old, new)).collect();
    // A field that one kind lacks takes no part there.
    let nowhere = |name: &&String| selections.iter().all(|(_, unknown)| unknown.contains(name));
    let unknown: Vec<String> =
        arguments.ignore.iter().chain(&arguments.only).filter(nowhere).cloned().collect();
    if !unknown.is_empty() && !pairs.is_empty() {
        return Err(UnknownFields::new(unknown).into());
    }
    let mut compared = Vec::new();
    for ((old, new), (selection, _)) in pairs.into_iter().zip(selections) {
        if arguments.item.as_ref().is_some_and(|item| !old.has(item) && !new.has(item)) {
            continue;
        }
        let mut pair = compare(arguments, (&decisions, &names), (old, new), selection, None, progress)?;
        tell(&pair.differences.warnings, lang);
        if format == Format::Json {
            pair.changes = pair.changes.with_digests(old, &pair.after);
        }
        compared.push((new.key().into_owned(), pair));
    }
    let only = |one: &Portfolio, other: &Portfolio| -> Vec<String> {
        let keys = one.lists.iter().map(|list| list.key().into_owned());
        keys.filter(|key| other.lists.get(key).is_none()).collect()
    };
    let (gone, new) = (only(before, after), only(after, before));
    let converted = {
        let mut lists: Vec<conversion::Compared<'_>> = Vec::new();
        for (key, pair) in &mut compared {
            lists.push(conversion::Compared {
                list: key,
                before: before.lists.get(key),
                after: after.lists.get(key),
                differences: Some(&mut pair.differences),
            });
        }
        for key in gone.iter().chain(&new) {
            lists.push(conversion::Compared {
                list: key,
                before: before.lists.get(key),
                after: after.lists.get(key),
                differences: None,
            });
        }
        conversion::conversions(&mut lists)
    };
    output::write(arguments.out.as_deref(), |to| {
        if format == Format::Json {
            write!(to, "{{\n\"format\": \"qingdan/portfolio-diff/1\",\n\"removed\": ")?;
            serde_json::to_writer(&mut *to, &gone)?;
            write!(to, ",\n\"added\": ")?;
            serde_json::to_writer(&mut *to, &new)?;
            write!(to, ",\n\"converted\": ")?;
            serde_json::to_writer(&mut *to, &converted)?;
            write!(to, ",\n\"lists\": {{")?;
            for (i, (key, pair)) in compared.iter().enumerate() {
                writeln!(to, "{}", if i == 0 { "" } else { "," })?;
                serde_json::to_writer(&mut *to, key)?;
                write!(to, ": ")?;
                write_json(pair, to)?;
            }
            return writeln!(to, "}}}}");
        }
        for (keys, words) in [
            (&gone, lang.pick("不再有的清单", "lists that are gone")),
            (&new, lang.pick("新的清单", "new lists")),
        ] {
            if !keys.is_empty() {
                let names: Vec<_> = keys.iter().map(|key| list_name(key, lang)).collect();
                writeln!(to, "{words}{}{}\n", lang.pick("：", ": "), names.join(lang.pick("、", ", ")))?;
            }
        }
        if !converted.is_empty() {
            writeln!(to, "{}", lang.pick("转为其他清单：", "Converted to another list:"))?;
            for one in &converted {
                let names = match &one.names {
                    [before, after] if before == after => before.clone(),
                    [before, after] => format!("{before} → {after}"),
                };
                let check =
                    if one.certain { "" } else { lang.pick("（待人工确认）", " (to be confirmed)") };
                let [from, to_list] = [&one.from.list, &one.to.list].map(|key| list_name(key, lang));
                writeln!(to, "- {from} → {to_list}{}{names}{check}", lang.pick("：", ": "))?;
            }
            writeln!(to)?;
        }
        for (key, pair) in &compared {
            let key = list_name(key, lang);
            if pair.differences.any() {
                writeln!(to, "{}{key}\n", if format == Format::Markdown { "# " } else { "── " })?;
                write(arguments, format, &pair.differences, &pair.changes, to)?;
                writeln!(to)?;
            } else {
                writeln!(to, "── {key}{}\n", lang.pick("：没有变化", ": no change"))?;
            }
        }
        Ok(())
    })?;
    let rows: Vec<Decision> = compared.iter().flat_map(|(_, pair)| pair.to_decide.clone()).collect();
    write_to_decide(arguments, &rows)?;
    let any = !gone.is_empty() || !new.is_empty() || compared.iter().any(|(_, pair)| pair.differences.any());
    Ok(if arguments.exit_code && any { NOT_AS_WISHED } else { DONE })
}

/// A list of a folder as people call it: by its kind, and which of that kind it is.
fn list_name(key: &str, lang: Lang) -> String {
    let (kind, series) = key.split_once('.').unwrap_or((key, ""));
    match kind.parse::<Kind>() {
        Ok(kind) if lang == Lang::Zh && series.is_empty() => kind.title().to_owned(),
        Ok(kind) if lang == Lang::Zh => format!("{}（{series}）", kind.title()),
        _ => key.to_owned(),
    }
}

fn write_json(pair: &Compared, to: &mut dyn Write) -> std::io::Result<()> {
    report::json(&pair.differences, &pair.changes, to)
}
