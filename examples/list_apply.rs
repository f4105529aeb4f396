//! Applies change sets to a list.

mod support;

use clap::Parser;
use qingdan::problem::Lang;
use qingdan::{AnyCatalogue, AnyChangeSet};
use qingdan_progress::Progress;
use qingdan_said::said;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::input::{Input, text_of};
use support::output::{ListFormat, write_list};
use support::{BAD, Common, DONE, End, NOT_AS_WISHED, run, tell};

/// Applies change sets in turn to a list, and writes the list.
///
/// Exit codes: 0 done; 1 a change set does not fit (each mismatch is named, nothing is written); 2 usage, an
/// output error, or an error in an input.
#[derive(Parser)]
#[command(name = "list_apply", version)]
struct Arguments {
    /// The list: .json, .csv or .tsv, or - for our JSON on standard input
    #[arg(required_unless_present = "fields")]
    list: Option<String>,
    /// Change sets: the whole JSON of `list_diff`, or its `changes`
    #[arg(required_unless_present = "fields")]
    changes: Vec<PathBuf>,
    #[command(flatten)]
    input: Input,
    /// Go back: the change sets are undone, the last first
    #[arg(long)]
    invert: bool,
    /// Apply what fits, name the rest, and write all the same (exit 1 where anything did not fit)
    #[arg(long)]
    force: bool,
    /// Format: json or csv (default: by the ending of --out, else json)
    #[arg(long, value_name = "F")]
    format: Option<ListFormat>,
    /// Where to write; a file is written whole or not at all
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
    let lang = arguments.common.lang();
    let Some(path) = &arguments.list else {
        return Err(said("请给出要变更的清单", "a list is changed: name it").into());
    };
    let format = ListFormat::choose(arguments.format, arguments.out.as_deref())?;
    let progress = Progress::new(arguments.common.quiet);
    let mut lists = arguments.input.read(std::slice::from_ref(path), lang, &progress)?;
    let mut list: AnyCatalogue = lists.pop().ok_or(End::Code(BAD))?;

    let mut sets = Vec::new();
    let mut bad = false;
    for path in &arguments.changes {
        match read_changes(&list, path)? {
            Ok(changes) => sets.push((path, changes)),
            Err(problem) => {
                tell(&[problem.in_file(path.display().to_string())], lang);
                bad = true;
            }
        }
    }
    if bad {
        return Err(End::Code(BAD));
    }
    if arguments.invert {
        sets.reverse();
        for (_, changes) in &mut sets {
            *changes = changes.inverse();
        }
    }
    let mut all_fit = true;
    for (path, changes) in &sets {
        let (changed, mismatches) = changes.apply_as_far_as_it_fits(&list)?;
        if let Some(mismatches) = &mismatches {
            all_fit = false;
            for mismatch in mismatches.all() {
                eprintln!("{}: {}: {}", path.display(), lang.pick("不符", "mismatch"), mismatch.line(lang));
            }
        } else if let Some(other) = other_digest(changes, &list, &changed, lang) {
            eprintln!("{}: {other}", path.display());
            all_fit &= arguments.force;
        }
        if !all_fit && !arguments.force {
            return Ok(NOT_AS_WISHED);
        }
        list = changed;
    }
    let problems = write_list(&list, format, arguments.out.as_deref())?;
    tell(&problems, lang);
    Ok(if all_fit { DONE } else { NOT_AS_WISHED })
}

/// What a digest says where every change fits: another list before, or another one behind.
fn other_digest(
    changes: &AnyChangeSet,
    before: &AnyCatalogue,
    after: &AnyCatalogue,
    lang: Lang,
) -> Option<&'static str> {
    let differs = |digest: &str, list: &AnyCatalogue| !digest.is_empty() && digest != list.digest();
    if differs(&changes.before().digest, before) {
        Some(lang.pick(
            "变更都能套用，但清单的摘要与变更集所记的不同：不是它所依据的清单（--force 照样套用）",
            "every change fits, but the list's digest is not the one that the change set was made from (--force applies it all the same)",
        ))
    } else if differs(&changes.after().digest, after) {
        Some(lang.pick(
            "变更都能套用，但结果的摘要与变更集所记的不同：变更集可能被改动过（--force 照样套用）",
            "every change fits, but the digest of what comes out is not the one that the change set promises: it may have been altered (--force applies it all the same)",
        ))
    } else {
        None
    }
}

fn read_changes(
    list: &AnyCatalogue,
    path: &Path,
) -> anyhow::Result<Result<AnyChangeSet, qingdan::problem::Problem>> {
    Ok(AnyChangeSet::read_json(list.kind(), &text_of(path)?))
}
