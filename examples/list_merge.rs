//! Two offices edited one list: both edits joined.
//!
//! ```sh
//! cargo run --release --example list_merge -- BASE.json OURS.json THEIRS.json --out MERGED.json
//! cargo run --release --example list_merge -- MERGED.json --resolutions decided.csv --out LIST.json
//! ```

mod support;

use clap::Parser;
use qingdan::kind::DifferentKinds;
use qingdan::merge::{self, Identity, MergedCatalogue, MergedPortfolio};
use qingdan::problem::Problem;
use qingdan::{AnyCatalogue, Reading, report};
use qingdan_progress::Progress;
use qingdan_said::{About as _, said, said_of};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::input::{Input, text_of};
use support::merging::{Format, Merging, text_options, write, write_list};
use support::output::ListFormat;
use support::{BAD, Common, DONE, End, NOT_AS_WISHED, output, refuse, run, tell};

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
    #[command(flatten)]
    merging: Merging,
    /// Where to write the merged list (.json, .csv or .tsv; of folders a folder, for .json)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    run(arguments.common.lang(), || program(&arguments))
}

fn program(arguments: &Arguments) -> Result<u8, End> {
    if arguments.input.print_fields()? {
        return Ok(DONE);
    }
    let Arguments { common, merging, .. } = arguments;
    let lang = common.lang();
    let progress = Progress::new(common.quiet);
    output::check(&[arguments.out.as_deref(), merging.to_resolve.as_deref()])?;
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
        merging.fields(&lists)?;
        let decisions = merging.decisions(&arguments.input, common)?;
        let options = merging.matching(&arguments.input, common)?;
        let (merged, problems) = MergedPortfolio::of([base, ours, theirs], &mut |key, lists| {
            let mut doubts = merge::doubts(lists[0], lists[1], lists[2]);
            for doubt in &mut doubts {
                doubt.place.file = Some(key.to_owned());
            }
            tell(&doubts, lang);
            let found = progress.working(|watch| Identity::find_watched(lists, &options, &decisions, watch));
            found.unwrap_or_default()
        });
        refuse(merging.decisions.as_deref(), problems, common.lang())?;
        return all_lists(arguments, &merged);
    }
    if folders.contains(&true) {
        return Err(said(
            "文件夹与文件夹合并，清单与清单合并",
            "folders are merged with folders, lists with lists",
        )
        .into());
    }
    for path in paths {
        if is_stored(path) {
            return Err(said(
                format!("{path}：清单中还有待定的冲突：请先定下（list_merge {path} --resolutions FILE）"),
                format!("{path}: clashes are left in this list: decide them first (list_merge {path} --resolutions FILE)"),
            )
            .into());
        }
    }
    let lists = arguments.input.read(&paths.map(str::to_owned), lang, &progress)?;
    let [base, ours, theirs] = &lists[..] else { return Err(End::Code(BAD)) };
    for side in [ours, theirs] {
        if side.kind() != base.kind() {
            return Err(DifferentKinds { left: base.kind(), right: side.kind() }.into());
        }
    }
    merging.fields(&[base, ours, theirs])?;
    let (options, decisions) =
        (merging.matching(&arguments.input, common)?, merging.decisions(&arguments.input, common)?);
    let (identity, problems) = progress
        .working(|watch| Identity::find_watched([base, ours, theirs], &options, &decisions, watch))
        .map_err(anyhow::Error::from)?;
    refuse(merging.decisions.as_deref(), problems, common.lang())?;
    tell(&merge::doubts(base, ours, theirs), lang);
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
    if path != "-" && Path::new(path).exists() && !is_stored(path) {
        return Err(said_of(
            path,
            "不是带冲突的合并结果；合并须给出 BASE OURS THEIRS 三份清单",
            "no merged list with clashes; a merge takes BASE OURS THEIRS",
        )
        .into());
    }
    let text = text_of(Path::new(path))?;
    let Reading { value, mut problems } = MergedCatalogue::read_json(&text);
    for problem in &mut problems {
        problem.place.file = Some(path.to_owned());
    }
    tell(&problems, arguments.common.lang());
    let merged = value.filter(|_| !problems.iter().any(Problem::is_error)).ok_or(End::Code(BAD))?;
    arguments.merging.fields(&[merged.list()])?;
    Ok(merged)
}

fn one_list(arguments: &Arguments, merged: &MergedCatalogue) -> Result<u8, End> {
    let Arguments { input, common, merging, .. } = arguments;
    let format = match &arguments.out {
        Some(out) => Some(ListFormat::choose(None, Some(out))?),
        None => None,
    };
    let merged = merging.settled(merged, input, common)?;
    write(&merged, format, arguments.out.as_deref(), common)?;
    merging.write_to_resolve(std::iter::once(&merged))?;
    output::write(None, |to| match merging.format {
        Format::Json => report::merge_json(&merged, to),
        Format::Text => report::merge_text(&merged, &text_options(common), to),
    })?;
    Ok(if merged.conflicts().is_empty() { DONE } else { NOT_AS_WISHED })
}

/// Whether lists may be written into a folder: beside a table of the same list each would be read twice from then on.
fn is_free_for(folder: &Path, merged: &MergedPortfolio) -> Result<(), End> {
    let is_file = folder.extension().is_some_and(|it| it == "json" || it == "csv" || it == "tsv");
    if is_file && !folder.is_dir() {
        return Err(said_of(
            folder,
            "文件夹合并的结果写为文件夹，这却是文件的名字",
            "of folders a folder is written, and this is called as a file",
        )
        .into());
    }
    for key in merged.lists.keys() {
        for ending in ["csv", "tsv"] {
            let table = folder.join(format!("{key}.{ending}"));
            if table.exists() {
                return Err(said_of(
                    table,
                    &format!("这份清单会在此处出现两次（还有 {key}.json）；请另给文件夹，或移走此表"),
                    &format!("this list would stand there twice, as {key}.json too; name another folder, or take the table out"),
                )
                .into());
            }
        }
    }
    Ok(())
}

/// Folders: list by list.
fn all_lists(arguments: &Arguments, merged: &MergedPortfolio) -> Result<u8, End> {
    let Arguments { input, common, merging, .. } = arguments;
    let (merged, problems) = merged.resolve(&merging.resolutions(input, common)?);
    refuse(merging.resolutions.as_deref(), problems, common.lang())?;
    let lists: Vec<&AnyCatalogue> = merged.lists.values().map(MergedCatalogue::list).collect();
    let policies = merging.policies(&lists)?;
    let merged = merged.follow(&policies);
    if let Some(folder) = &arguments.out {
        is_free_for(folder, &merged)?;
        std::fs::create_dir_all(folder).about(folder, "无法建立文件夹", "cannot be made")?;
        for (key, list) in &merged.lists {
            let path = folder.join(format!("{key}.json"));
            write_list(list, ListFormat::Json, Some(&path), common)?;
        }
    }
    merging.write_to_resolve(merged.lists.values())?;
    output::write(None, |to| match merging.format {
        Format::Json => report::portfolio_merge_json(&merged, to),
        Format::Text => report::portfolio_merge_text(&merged, &text_options(common), to),
    })?;
    Ok(if merged.is_settled() { DONE } else { NOT_AS_WISHED })
}
