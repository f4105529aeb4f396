//! The upper list changed: what the lower list should say now.
//!
//! ```sh
//! cargo run --release --example list_rebase -- CITY-2022.json PROVINCE-2022.json PROVINCE-2023.json --out CITY-2023.json
//! ```

mod support;

use clap::Parser;
use qingdan::merge::Resolution;
use qingdan::rebase::{Options, Rebased};
use qingdan::{companion, report};
use qingdan_progress::Progress;
use std::path::PathBuf;
use std::process::ExitCode;
use support::input::Input;
use support::merging::{Format, Merging, text_options, write};
use support::output::ListFormat;
use support::{BAD, Common, DONE, End, NOT_AS_WISHED, known, output, refuse, run};

/// The dynamic adjustment of a lower list after its upper list changed: a proposed lower list, each adjustment with the
/// upper change that it follows, and what needs a person.
///
/// What both lists changed is decided by what the field may be in a lower list (equal, at most, made concrete, free); what
/// is left clashes: the lower list is `ours`, the upper one `theirs`.
///
/// Exit codes: 0 done (what is pending may be left); 1 clashes are left (a table is not written then); 2 usage, an output
/// error, or an error in an input: nothing is written then.
#[derive(Parser)]
#[command(name = "list_rebase", version)]
struct Arguments {
    /// The lower list (.json, .csv or .tsv, or - for our JSON on standard input)
    #[arg(required_unless_present = "fields")]
    lower: Option<String>,
    /// The upper list that it was made from
    #[arg(required_unless_present = "fields")]
    old_upper: Option<String>,
    /// The upper list as it is now
    #[arg(required_unless_present = "fields")]
    new_upper: Option<String>,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    merging: Merging,
    /// Where to write the proposed list (.json, .csv or .tsv)
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
    let Arguments { input, merging, common, .. } = arguments;
    if input.print_fields()? {
        return Ok(DONE);
    }
    let (lang, progress) = (common.lang(), Progress::new(common.quiet));
    let format = match &arguments.out {
        Some(out) => Some(ListFormat::choose(None, Some(out))?),
        None => None,
    };
    output::check(&[arguments.out.as_deref(), merging.to_resolve.as_deref()])?;
    let paths: Vec<String> = [&arguments.lower, &arguments.old_upper, &arguments.new_upper]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let lists = input.read(&paths, lang, &progress)?;
    let [lower, old_upper, new_upper] = &lists[..] else { return Err(End::Code(BAD)) };
    merging.fields(&[lower, old_upper, new_upper])?;
    let mut options = Options::default();
    options.matching = merging.matching(input, common)?;
    options.aliases.clone_from(&options.matching.aliases);
    options.decisions = merging.decisions(input, common)?;
    options.resolutions = merging.resolutions(input, common)?;
    options.day = Some(known::today());
    let rebased =
        progress.working(|watch| Rebased::of_watched(lower, old_upper, new_upper, &options, watch))?;
    refuse(merging.decisions.as_deref(), rebased.problems.clone(), common.lang())?;
    refuse(merging.resolutions.as_deref(), rebased.unresolved.clone(), common.lang())?;
    let policies = merging.policies(&[rebased.merged.list()])?;
    let merged = rebased.merged.follow(&policies);
    let open = !merged.conflicts().is_empty();
    let rebased = rebased.with_merged(merged);
    write(&rebased.merged, format, arguments.out.as_deref(), common)?;
    if let Some(path) = &merging.to_resolve {
        let pending = rebased.pending.iter().map(qingdan::rebase::Pending::to_decide);
        let clashes = rebased.merged.conflicts().iter().map(Resolution::to_decide);
        let rows: Vec<Resolution> = pending.chain(clashes).collect();
        output::write(Some(path), |to| companion::write_csv(&rows, to))?;
    }
    output::write(None, |to| match merging.format {
        Format::Json => report::rebase_json(&rebased, lang, to),
        Format::Text => report::rebase_text(&rebased, &text_options(common), to),
    })?;
    Ok(if open { NOT_AS_WISHED } else { DONE })
}
