//! What is wrong with a list, and between the lists of one government.
//!
//! ```sh
//! cargo run --release --example list_check -- examples/data/yuntai-2024
//! ```

mod support;

use clap::Parser;
use qingdan::check::{self, Options};
use qingdan::document::Duplicates;
use qingdan::problem::Severity;
use qingdan::report::{self, CheckOptions, Colour};
use qingdan_progress::Progress;
use qingdan_said::{no_format, said};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::input::Input;
use support::{Common, DONE, End, NOT_AS_WISHED, known, output, run};

/// Findings in lists: structure, codes and check digits, legal bases, declared counts; and, of a folder that holds all
/// lists of one government, what does not fit between them.
///
/// Lists are read as with `--duplicates keep`: a doubled id is a finding.
///
/// Exit codes: 0 done; 1 where there are findings of severity error (of warning too, with --deny warning); 2 usage, an
/// output error, or an error in an input: nothing is written then.
#[derive(Parser)]
#[command(name = "list_check", version)]
struct Arguments {
    /// Lists (.json, .csv, .tsv, or - for our JSON on standard input) and folders of lists
    #[arg(required_unless_present_any = ["fields", "rules"])]
    lists: Vec<String>,
    #[command(flatten)]
    input: Input,
    /// Lists that others point to: looked up, not checked (may repeat)
    #[arg(long, value_name = "LIST")]
    references: Vec<String>,
    /// Lists of the level above: each list is held against the one of its kind (may repeat)
    #[arg(long, value_name = "LIST")]
    upper: Vec<String>,
    /// Legal texts and what became of them: title, number, status, date, `replaced_by`, note
    #[arg(long, value_name = "FILE")]
    repealed: Option<PathBuf>,
    #[command(flatten)]
    names: known::Names,
    /// Known deviations: rule, item, field, reason, until
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
    /// Print every rule with its severity and source, and end
    #[arg(long)]
    rules: bool,
    /// Name all items of each finding, not the first five
    #[arg(long)]
    all: bool,
    /// Exit 1 from this severity: error or warning
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    deny: Deny,
    /// Format: text or json (default: by the ending of --out, else text)
    #[arg(long, value_name = "F")]
    format: Option<Format>,
    /// Where to write; a file is written whole or not at all
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    Error,
    Warning,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Format {
    fn choose(told: Option<Self>, out: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(format) = told {
            return Ok(format);
        }
        match output::ending(out).as_deref() {
            None | Some("txt" | "text") => Ok(Self::Text),
            Some("json") => Ok(Self::Json),
            Some(other) => Err(no_format(other, &["text", "json"]).into()),
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    run(arguments.common.lang(), || program(arguments))
}

fn program(mut arguments: Arguments) -> Result<u8, End> {
    let lang = arguments.common.lang();
    if arguments.rules {
        report::rules(lang, std::io::stdout().lock())?;
        return Ok(DONE);
    }
    if arguments.input.print_fields()? {
        return Ok(DONE);
    }
    let format = Format::choose(arguments.format, arguments.out.as_deref())?;
    let progress = Progress::new(arguments.common.quiet);
    arguments.input.duplicates = Duplicates::Keep;
    let mut options = Options::default();
    options.today = Some(known::today());
    if let Some(path) = &arguments.repealed {
        options.laws = known::read(path, arguments.input.encoding(), lang)?;
    }
    if let Some(path) = &arguments.accept {
        options.accepted = known::read(path, arguments.input.encoding(), lang)?;
    }
    options.aliases = arguments.names.read(arguments.input.encoding(), lang)?;
    if !arguments.references.is_empty() {
        options.references = arguments.input.read_portfolio(&arguments.references, lang, &progress)?;
    }
    if !arguments.upper.is_empty() {
        options.uppers = arguments.input.read_portfolio(&arguments.upper, lang, &progress)?;
    }
    let portfolio = arguments.input.read_portfolio(&arguments.lists, lang, &progress)?;
    if portfolio.lists.is_empty() {
        return Err(said("没有读到清单", "no list was read").into());
    }
    let findings = progress.working(|watch| check::check_watched(&portfolio, &options, watch))?;
    for note in &findings.notes {
        eprintln!("{}: {}", Severity::Warning.label(lang), note.text(lang));
    }
    output::write(arguments.out.as_deref(), |to| match format {
        Format::Text => {
            let mut options = CheckOptions::default();
            options.lang = lang;
            options.items = (!arguments.all).then_some(5);
            let colours = arguments.out.is_none() && arguments.common.color.on();
            options.colour = if colours { Colour::Ansi } else { Colour::Brackets };
            report::check_text(&findings, &portfolio, &options, to)
        }
        Format::Json => report::check_json(&findings, lang, to),
    })?;
    let least = if arguments.deny == Deny::Warning { Severity::Warning } else { Severity::Error };
    let denied = findings.findings.iter().any(|finding| finding.severity >= least && !finding.systematic);
    Ok(if denied { NOT_AS_WISHED } else { DONE })
}
