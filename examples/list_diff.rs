//! What changed between two editions of a list.
//!
//! ```sh
//! cargo run --release --example list_diff -- --kind licensing \
//!     examples/data/licensing-2022.csv examples/data/licensing-2023.csv
//! ```

mod support;

use anyhow::{anyhow, bail};
use clap::Parser;
use qingdan::diff::{Comparing, Selection};
use qingdan::report::{self, Colour, TextOptions};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::input::Input;
use support::progress::Progress;
use support::{BAD, Common, DONE, End, NOT_AS_WISHED, output, run, tell};

/// What changed between two editions of a list: in the words of an adjustment notice, as a table, or as
/// a change set that `list_apply` applies.
///
/// Exit codes: 0 done (differences alone are no failure); 1 with --exit-code, where there are any; 2 usage,
/// an output error, or an error in an input: nothing is written then.
#[derive(Parser)]
#[command(name = "list_diff", version)]
struct Arguments {
    /// The edition before: .json, .csv or .tsv, or - for our JSON on standard input
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
    /// This item alone
    #[arg(long, value_name = "ID")]
    item: Option<String>,
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
        match out.and_then(Path::extension).and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            None | Some("txt" | "text") => Ok(Self::Text),
            Some("md" | "markdown") => Ok(Self::Markdown),
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some(other) => {
                bail!("no format is known by the ending .{other}; say --format text, markdown, csv or json")
            }
        }
    }
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
    let (Some(old), Some(new)) = (&arguments.old, &arguments.new) else {
        return Err(anyhow!("two lists are compared").into());
    };
    let format = Format::choose(arguments.format, arguments.out.as_deref())?;
    let progress = Progress::new(arguments.common.quiet);
    let lists = arguments.input.read(&[old.clone(), new.clone()], lang, &progress)?;
    let [before, after] = &lists[..] else { return Err(End::Code(BAD)) };

    let selection = match (&arguments.ignore[..], &arguments.only[..]) {
        ([], []) => Selection::All,
        (ignore, []) => Selection::Ignore(ignore.to_vec()),
        (_, only) => Selection::Only(only.to_vec()),
    };
    let unknown = selection.unknown(after.kind().fields(), &[before.header(), after.header()]);
    if !unknown.is_empty() {
        return Err(anyhow!(
            "no field and no column is called {}; --fields {} prints the fields",
            unknown.join(", "),
            after.kind()
        )
        .into());
    }
    let pairs = before.pair_items(after)?;
    let after = &after.with_unselected_fields_of(before, &selection, &pairs)?;
    let mut changes = before.changes_to(after, &pairs)?;
    let mut comparing = Comparing::default();
    comparing.selection = selection;
    comparing.item.clone_from(&arguments.item);
    comparing.document = after.header().document.to_string();
    let differences = changes.differences(before, after, &comparing)?;
    if let Some(item) = &arguments.item
        && !before.has(item)
        && !after.has(item)
    {
        return Err(anyhow!("neither list has an item {item}").into());
    }
    tell(&differences.warnings, lang);
    if format == Format::Json {
        changes = changes.with_digests(before, after);
    }
    output::write(arguments.out.as_deref(), |to| match format {
        Format::Text => {
            let colours = arguments.out.is_none() && arguments.common.color.on();
            let mut options = TextOptions::default();
            options.lang = lang;
            options.colour = if colours { Colour::Ansi } else { Colour::Brackets };
            report::text(&differences, &options, to)
        }
        Format::Markdown => report::markdown(&differences, lang, to),
        Format::Csv => report::csv(&differences, to),
        Format::Json => report::json(&differences, &changes, to),
    })?;
    Ok(if arguments.exit_code && differences.any() { NOT_AS_WISHED } else { DONE })
}
