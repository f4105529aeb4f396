//! Two offices edited one list: both edits joined.
//!
//! ```sh
//! cargo run --release --example list_merge -- BASE.json OURS.json THEIRS.json --out MERGED.json
//! cargo run --release --example list_merge -- MERGED.json --resolutions decided.csv --out LIST.json
//! ```

mod support;

use anyhow::{Context as _, anyhow, bail};
use clap::Parser;
use qingdan::diff::Selection;
use qingdan::matching::{self, Decision};
use qingdan::merge::{Identity, MergedCatalogue, MergedPortfolio, Policy, Resolution, Take};
use qingdan::problem::Problem;
use qingdan::report::{self, Colour, TextOptions};
use qingdan::value::Choice;
use qingdan::{AnyCatalogue, Reading, companion};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::input::Input;
use support::known;
use support::output::ListFormat;
use support::progress::Progress;
use support::{BAD, By, Common, DONE, End, NOT_AS_WISHED, output, run, tell};

/// Joins two descendants of a list. Where both sides say different things of one value the merged list has the base's, and
/// what clashes stands in the report until people (--resolutions) or a policy (--prefer) decide it.
///
/// MERGED alone is a list that an earlier run wrote with its clashes: more of them are decided.
///
/// Exit codes: 0 done; 1 clashes are left (a table is not written then); 2 usage, an output error, or an error in an input:
/// nothing is written then.
#[derive(Parser)]
#[command(
    name = "list_merge",
    version,
    override_usage = "list_merge [OPTIONS] BASE OURS THEIRS\n       list_merge [OPTIONS] MERGED"
)]
struct Arguments {
    /// The list that both sides began with (.json, .csv or .tsv, or - for our JSON on standard input; or a folder of
    /// lists); alone, a merged list with its clashes
    #[arg(required_unless_present = "fields")]
    base: Option<String>,
    /// Our list
    #[arg(requires = "theirs")]
    ours: Option<String>,
    /// Their list
    theirs: Option<String>,
    #[command(flatten)]
    input: Input,
    /// What people decided of clashes: a table or JSON (item, kind, field, choice, value, who, note)
    #[arg(long, value_name = "FILE")]
    resolutions: Option<PathBuf>,
    /// Write a resolutions file to fill in: a row for each clash that is left
    #[arg(long, value_name = "FILE")]
    to_resolve: Option<PathBuf>,
    /// Decides for this side what is left: the fields of --prefer-fields, or every clash
    #[arg(long, value_name = "SIDE")]
    prefer: Option<Prefer>,
    /// The fields that --prefer decides, separated by commas (extra columns by header)
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',', requires = "prefer")]
    prefer_fields: Vec<String>,
    /// What items are matched by: their codes, their names and content, or first the one and then the other
    #[arg(long = "match", value_name = "BY", default_value = "auto")]
    by: By,
    /// Links that are less sure are none: gone and new (0 to 1)
    #[arg(long, value_name = "X", default_value_t = matching::MIN_CONFIDENCE, value_parser = support::confidence)]
    min_confidence: f64,
    /// What people decided of links between the base and either side: a table or JSON (from, to, decision, …)
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Format of the report on standard output
    #[arg(long, value_name = "F", default_value = "text")]
    format: Format,
    /// Where to write the merged list (.json, .csv or .tsv; of folders a folder, for .json)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Prefer {
    Ours,
    Theirs,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    run(arguments.common.lang(), || program(&arguments))
}

fn program(arguments: &Arguments) -> Result<u8, End> {
    if arguments.input.print_fields() {
        return Ok(DONE);
    }
    let lang = arguments.common.lang();
    let progress = Progress::new(arguments.common.quiet);
    let base = arguments.base.as_deref().unwrap_or_default();
    let (Some(ours), Some(theirs)) = (&arguments.ours, &arguments.theirs) else {
        let merged = stored(arguments, base)?;
        return one_list(arguments, &merged);
    };
    let paths = [base, ours.as_str(), theirs.as_str()];
    let folders = paths.map(|path| Path::new(path).is_dir());
    if folders == [true; 3] {
        let groups = paths.map(|path| [path.to_owned()]);
        let groups: Vec<&[String]> = groups.iter().map(<[String; 1]>::as_slice).collect();
        let portfolios = arguments.input.read_portfolios(&groups, lang, &progress)?;
        let [base, ours, theirs] = &portfolios[..] else { return Err(End::Code(BAD)) };
        let lists: Vec<&AnyCatalogue> =
            portfolios.iter().flat_map(|portfolio| portfolio.lists.iter()).collect();
        check_fields(arguments, &lists)?;
        let decisions = decisions(arguments)?;
        let options = options(arguments);
        let (merged, problems) = MergedPortfolio::of([base, ours, theirs], &mut |_, lists| {
            Identity::find(lists, &options, &decisions)
        });
        refuse(arguments, arguments.decisions.as_deref(), problems)?;
        return all_lists(arguments, &merged);
    }
    if folders.contains(&true) {
        return Err(anyhow!("folders are merged with folders, lists with lists").into());
    }
    for path in paths {
        if is_stored(path) {
            return Err(anyhow!(
                "{path}: clashes are left in this list: decide them first (list_merge {path} --resolutions FILE)"
            )
            .into());
        }
    }
    let lists = arguments.input.read(&paths.map(str::to_owned), lang, &progress)?;
    let [base, ours, theirs] = &lists[..] else { return Err(End::Code(BAD)) };
    for side in [ours, theirs] {
        if side.kind() != base.kind() {
            return Err(
                anyhow!("the lists are of different kinds: {} and {}", base.kind(), side.kind()).into()
            );
        }
    }
    check_fields(arguments, &[base, ours, theirs])?;
    let (identity, problems) =
        Identity::find([base, ours, theirs], &options(arguments), &decisions(arguments)?);
    refuse(arguments, arguments.decisions.as_deref(), problems)?;
    one_list(arguments, &MergedCatalogue::of(base, ours, theirs, &identity))
}

/// Whether a file is a merged list with its clashes.
fn is_stored(path: &str) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(200).read_to_end(&mut head));
    read.is_ok() && MergedCatalogue::is_stored(&head)
}

/// A merged list that was written with its clashes.
fn stored(arguments: &Arguments, path: &str) -> Result<MergedCatalogue, End> {
    let mut text = String::new();
    if path == "-" {
        std::io::stdin().lock().read_to_string(&mut text).context("standard input cannot be read")?;
    } else {
        let is_list = || anyhow!("{path}: no merged list with clashes; a merge takes BASE OURS THEIRS");
        if Path::new(path).exists() && !is_stored(path) {
            return Err(is_list().into());
        }
        text = std::fs::read_to_string(path).with_context(|| format!("{path}: cannot be read"))?;
    }
    let Reading { value, mut problems } = MergedCatalogue::read_json(&text);
    for problem in &mut problems {
        problem.place.file = Some(path.to_owned());
    }
    tell(&problems, arguments.common.lang());
    let merged = value.filter(|_| !problems.iter().any(Problem::is_error)).ok_or(End::Code(BAD))?;
    check_fields(arguments, &[merged.list()])?;
    Ok(merged)
}

/// Refuses a field that no list has: neither its kind nor, as an extra column, one of its items.
fn check_fields(arguments: &Arguments, lists: &[&AnyCatalogue]) -> anyhow::Result<()> {
    for field in &arguments.prefer_fields {
        let only = Selection::Only(vec![field.clone()]);
        let is_extra = |list: &AnyCatalogue| {
            list.items().iter().any(|item| item.extra().is_some_and(|extra| extra.get(field).is_some()))
        };
        let knows = |list: &&AnyCatalogue| {
            only.unknown(list.kind().fields(), &[list.header()]).is_empty() || is_extra(list)
        };
        if !lists.iter().any(knows) {
            bail!("no field and no column is called {field}; --fields KIND prints the fields");
        }
    }
    Ok(())
}

fn options(arguments: &Arguments) -> matching::Options {
    let mut options = matching::Options::default();
    options.by = arguments.by.into();
    options.min_confidence = arguments.min_confidence;
    options
}

fn decisions(arguments: &Arguments) -> Result<Vec<Decision>, End> {
    match &arguments.decisions {
        Some(path) => known::read(path, arguments.input.encoding, arguments.common.lang()),
        None => Ok(Vec::new()),
    }
}

fn resolutions(arguments: &Arguments) -> Result<Vec<Resolution>, End> {
    match &arguments.resolutions {
        Some(path) => known::read(path, arguments.input.encoding, arguments.common.lang()),
        None => Ok(Vec::new()),
    }
}

fn policies(arguments: &Arguments) -> Vec<Policy> {
    let side = arguments.prefer.map(|prefer| match prefer {
        Prefer::Ours => Choice::Ours,
        Prefer::Theirs => Choice::Theirs,
    });
    let policy = |side| Policy::new(Take::Side(side)).for_fields(arguments.prefer_fields.clone());
    side.map(policy).into_iter().collect()
}

/// Tells what is wrong with a file that people keep; ends where it is an error.
fn refuse(arguments: &Arguments, file: Option<&Path>, mut problems: Vec<Problem>) -> Result<(), End> {
    for problem in &mut problems {
        problem.place.file = file.map(|path| path.display().to_string());
    }
    tell(&problems, arguments.common.lang());
    if problems.iter().any(Problem::is_error) { Err(End::Code(BAD)) } else { Ok(()) }
}

fn one_list(arguments: &Arguments, merged: &MergedCatalogue) -> Result<u8, End> {
    let format = match &arguments.out {
        Some(out) => Some(ListFormat::choose(None, Some(out))?),
        None => None,
    };
    let (merged, problems) = merged.resolve(&resolutions(arguments)?);
    refuse(arguments, arguments.resolutions.as_deref(), problems)?;
    let merged = merged.follow(&policies(arguments));
    let open = !merged.conflicts().is_empty();
    match (format, &arguments.out) {
        (Some(ListFormat::Csv), Some(out)) if open => {
            let out = out.display();
            let words = arguments.common.lang().pick(
                "有待定的冲突，表格不能保存冲突，未写出；请先定下冲突（--resolutions、--prefer），或写为 .json",
                "clashes are left, which no table holds: not written; decide them (--resolutions, --prefer), or write .json",
            );
            eprintln!("{out}: {words}");
        }
        (Some(format), out) => write_list(arguments, &merged, format, out.as_deref())?,
        (None, _) => {}
    }
    write_to_resolve(arguments, std::iter::once(&merged))?;
    output::write(None, |to| match arguments.format {
        Format::Json => report::merge_json(&merged, to),
        Format::Text => report::merge_text(&merged, &text_options(arguments), to),
    })?;
    Ok(if open { NOT_AS_WISHED } else { DONE })
}

/// A list that is settled as any other, one that is not with its clashes.
fn write_list(
    arguments: &Arguments,
    merged: &MergedCatalogue,
    format: ListFormat,
    out: Option<&Path>,
) -> Result<(), End> {
    if merged.conflicts().is_empty() {
        let list: &AnyCatalogue = merged.list();
        tell(&output::write_list(list, format, out)?, arguments.common.lang());
    } else {
        output::write(out, |to| merged.write_json(to))?;
    }
    Ok(())
}

fn text_options(arguments: &Arguments) -> TextOptions {
    let mut options = TextOptions::default();
    options.lang = arguments.common.lang();
    options.colour = if arguments.common.color.on() { Colour::Ansi } else { Colour::Brackets };
    options
}

fn write_to_resolve<'a>(
    arguments: &Arguments,
    merged: impl Iterator<Item = &'a MergedCatalogue>,
) -> anyhow::Result<()> {
    let Some(path) = &arguments.to_resolve else { return Ok(()) };
    let rows: Vec<Resolution> =
        merged.flat_map(MergedCatalogue::conflicts).map(Resolution::to_decide).collect();
    output::write(Some(path), |to| companion::write_csv(&rows, to))
}

/// Folders: list by list.
fn all_lists(arguments: &Arguments, merged: &MergedPortfolio) -> Result<u8, End> {
    let (merged, problems) = merged.resolve(&resolutions(arguments)?);
    refuse(arguments, arguments.resolutions.as_deref(), problems)?;
    let merged = merged.follow(&policies(arguments));
    if let Some(folder) = &arguments.out {
        std::fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
        for (key, list) in &merged.lists {
            let path = folder.join(format!("{key}.json"));
            write_list(arguments, list, ListFormat::Json, Some(&path))?;
        }
    }
    write_to_resolve(arguments, merged.lists.values())?;
    output::write(None, |to| match arguments.format {
        Format::Json => report::portfolio_merge_json(&merged, to),
        Format::Text => {
            for (at, list) in merged.lists.values().enumerate() {
                if at > 0 {
                    writeln!(to)?;
                }
                report::merge_text(list, &text_options(arguments), &mut *to)?;
            }
            Ok(())
        }
    })?;
    Ok(if merged.is_settled() { DONE } else { NOT_AS_WISHED })
}
