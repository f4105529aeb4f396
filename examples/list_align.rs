//! Lists of several places side by side.
//!
//! ```sh
//! cargo run --release --example list_align -- --kind licensing \
//!     examples/data/licensing-2022.csv examples/data/licensing-2023.csv
//! ```

mod support;

use clap::Parser;
use qingdan::align::{self, Alignment};
use qingdan::diff::Selection;
use qingdan::matching::Decision;
use qingdan::problem::{Message, Problem};
use qingdan::report;
use qingdan::{AnyCatalogue, companion};
use qingdan_progress::Progress;
use qingdan_said::said;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::input::Input;
use support::known;
use support::output::{self, ListFormat, PageFormat as Format};
use support::{By, Common, DONE, End, NOT_AS_WISHED, refuse, run, tell};

/// Lists of several places side by side (区域通办): which items all have, which some, field by field where they differ;
/// one item under several names and one name for several items as tables of their own.
///
/// The lists are of equal rank and of one kind. Exit codes: 0 done (differences alone are no failure); 1 with
/// --exit-code, where there are any; 2 usage, an output error, or an error in an input: nothing is written then.
#[derive(Parser)]
#[command(name = "list_align", version)]
struct Arguments {
    /// Two lists or more: .json, .csv or .tsv, or - for our JSON on standard input
    #[arg(required_unless_present = "fields", value_name = "LIST")]
    lists: Vec<String>,
    #[command(flatten)]
    input: Input,
    /// Format: text, markdown, html, csv or json (default: by the ending of --out, else text)
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
    /// What items are matched by: the codes that places share, names and content, or first the one and then the other
    #[arg(long = "match", value_name = "BY", default_value = "auto")]
    by: By,
    /// Links that are less sure are not told (0 to 1)
    #[arg(long, value_name = "X", default_value_t = qingdan::matching::MIN_CONFIDENCE, value_parser = support::confidence)]
    min_confidence: f64,
    /// What people decided of links between any two lists: a table or JSON (from, to, decision, …)
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Write a decisions file to fill in: the links that a person should confirm, and what might be linked as well
    #[arg(long, value_name = "FILE")]
    to_decide: Option<PathBuf>,
    #[command(flatten)]
    names: known::Names,
    /// What a place is called, in the order of the lists (may repeat; default: the place in a list's header, else the
    /// file's name)
    #[arg(long, value_name = "NAME")]
    place: Vec<String>,
    /// Write the common list that follows (kind cross-region), JSON or CSV by its ending
    #[arg(long, value_name = "FILE")]
    common: Option<PathBuf>,
    /// Exit 1 where the lists differ (cosmetic, order and header differences count; a label alone does not)
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    options: Common,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    run(arguments.options.lang(), || program(&arguments))
}

fn program(arguments: &Arguments) -> Result<u8, End> {
    if arguments.input.print_fields()? {
        return Ok(DONE);
    }
    output::check(&[arguments.out.as_deref(), arguments.to_decide.as_deref(), arguments.common.as_deref()])?;
    let lang = arguments.options.lang();
    if arguments.lists.len() < 2 {
        return Err(said(
            "只有一份清单，无可对照：请给出两份或更多",
            "one list has nothing beside it: name two or more",
        )
        .into());
    }
    let format = Format::choose(arguments.format, arguments.out.as_deref())?;
    let common_format = ListFormat::choose(None, arguments.common.as_deref())?;
    let progress = Progress::new(arguments.options.quiet);
    let lists = arguments.input.read(&arguments.lists, lang, &progress)?;
    let lists: Vec<&AnyCatalogue> = lists.iter().collect();
    let (alignment, problems) = {
        let options = options(arguments, &lists)?;
        progress.working(|watch| align::align_watched(&lists, &options, watch))?
    };
    refuse(arguments.decisions.as_deref(), problems, lang)?;
    if let Some(path) = &arguments.common {
        let common = AnyCatalogue::from(alignment.common(&lists));
        tell(&output::write_list(&common, common_format, Some(path))?, lang);
        let left_out = alignment.summary.in_all - alignment.agreed().count();
        if left_out > 0 {
            let message = Message::new(
                format!("共同清单未列入待确认的{left_out}项；用 --to-decide 写出，确认后以 --decisions 给回"),
                format!(
                    "the common list leaves {left_out} items out that are to be confirmed: --to-decide writes them, \
                     --decisions reads what was decided"
                ),
            );
            tell(&[Problem::note("align/unconfirmed", message).in_file(path.display().to_string())], lang);
        }
    }
    output::write(arguments.out.as_deref(), |to| write(arguments, format, &alignment, to))?;
    if let Some(path) = &arguments.to_decide {
        output::write(Some(path), |to| companion::write_csv(&alignment.to_decide(lang), to))?;
    }
    Ok(if arguments.exit_code && alignment.any() { NOT_AS_WISHED } else { DONE })
}

fn options(arguments: &Arguments, lists: &[&AnyCatalogue]) -> Result<align::Options, End> {
    let (encoding, lang) = (arguments.input.encoding(), arguments.options.lang());
    let mut options = align::Options::default();
    options.matching.by = arguments.by.into();
    options.matching.min_confidence = arguments.min_confidence;
    let selection = match (&arguments.ignore[..], &arguments.only[..]) {
        ([], []) => Selection::All,
        (ignore, []) => Selection::Ignore(ignore.to_vec()),
        (_, only) => Selection::Only(only.to_vec()),
    };
    let headers: Vec<_> = lists.iter().map(|list| list.header()).collect();
    let fields = lists.first().map_or(&[][..], |list| list.kind().fields());
    options.selection = selection.named(fields, &headers, &|header| known::is_extra(lists, header))?;
    if let Some(path) = &arguments.decisions {
        options.decisions = known::read::<Decision>(path, encoding, lang)?;
    }
    options.aliases = arguments.names.read(encoding, lang)?;
    options.places.clone_from(&arguments.place);
    options.places.truncate(lists.len());
    for (at, path) in arguments.lists.iter().enumerate().skip(options.places.len()) {
        let header = lists[at].header();
        let says = [&*header.issuer, &*header.region, &header.title].iter().any(|text| !text.is_empty());
        let stem = Path::new(arguments.input.path_of(path)).file_stem().filter(|_| path != "-" && !says);
        options.places.push(stem.unwrap_or_default().to_string_lossy().into_owned());
    }
    Ok(options)
}

fn write(
    arguments: &Arguments,
    format: Format,
    alignment: &Alignment,
    to: &mut dyn Write,
) -> std::io::Result<()> {
    let lang = arguments.options.lang();
    match format {
        Format::Text => report::align_text(alignment, lang, to),
        Format::Markdown => report::align_markdown(alignment, lang, to),
        #[cfg(feature = "html")]
        Format::Html => report::align_html(alignment, lang, to),
        #[cfg(not(feature = "html"))]
        Format::Html => Err(std::io::Error::other("this program was built without the feature `html`")),
        Format::Csv => report::align_csv(alignment, to),
        Format::Json => report::align_json(alignment, lang, to),
    }
}
