//! The yearly report of all lists of one government: figures, what the year changed, the paragraph.
//!
//! ```sh
//! cargo run --release --example annual_report -- examples/data/yuntai-2023 examples/data/yuntai-2024
//! ```

mod support;

use clap::Parser;
use qingdan::statistics::{self, Options};
use qingdan::{check, report};
use qingdan_progress::Progress;
use qingdan_said::{no_format, said};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::input::Input;
use support::{BAD, Common, DONE, End, known, output, run};

/// The yearly report of all lists of one government, of two folders of lists: counts per list, what the year changed, the
/// cross-checks between lists, and the paragraph with these figures. What the lists do not say is 【待填】.
///
/// A table in a folder is named after its kind, and what tells lists of one kind apart: filing.own.csv.
///
/// Exit codes: 0 done (warnings and findings are no failure); 2 usage, an output error, or an error in an input: nothing
/// is written then.
#[derive(Parser)]
#[command(name = "annual_report", version)]
struct Arguments {
    /// The folder of the lists of the year before
    #[arg(value_name = "OLD_DIR", required_unless_present = "fields")]
    old: Option<String>,
    /// The folder of the lists of the year
    #[arg(value_name = "NEW_DIR", required_unless_present = "fields")]
    new: Option<String>,
    #[command(flatten)]
    input: Input,
    /// What last year's report printed: list, figure, value (a figure's name is its placeholder, as `L_GEN`)
    #[arg(long, value_name = "FILE")]
    reported: Option<PathBuf>,
    #[command(flatten)]
    names: known::Names,
    /// Format: text, markdown, html or json (default: by the ending of --out, else text)
    #[arg(long, value_name = "F")]
    format: Option<Format>,
    /// Where to write; a file is written whole or not at all
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    #[value(alias = "md")]
    Markdown,
    Html,
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
            Some("html" | "htm") => Ok(Self::Html),
            Some("json") => Ok(Self::Json),
            Some(other) => Err(no_format(other, &["text", "markdown", "html", "json"]).into()),
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
        return Err(said("须有两个文件夹：上年与本年的各清单", "two folders of lists are compared").into());
    };
    let format = Format::choose(arguments.format, arguments.out.as_deref())?;
    let progress = Progress::new(arguments.common.quiet);
    let mut options = Options::default();
    if let Some(path) = &arguments.reported {
        options.reported = known::read(path, arguments.input.encoding(), lang)?;
    }
    options.aliases = arguments.names.read(arguments.input.encoding(), lang)?;
    let groups = [std::slice::from_ref(old), std::slice::from_ref(new)];
    let portfolios = arguments.input.read_portfolios(&groups, lang, &progress)?;
    let [before, after] = &portfolios[..] else { return Err(End::Code(BAD)) };
    let annual = statistics::annual(before, after, &options);
    let mut checking = check::Options::default();
    checking.aliases = options.aliases;
    let checks = check::check(after, &checking);
    output::write(arguments.out.as_deref(), |to| match format {
        Format::Text => report::annual_text(&annual, Some(&checks), lang, to),
        Format::Markdown => report::annual_markdown(&annual, Some(&checks), lang, to),
        #[cfg(feature = "html")]
        Format::Html => report::annual_html(&annual, Some(&checks), lang, to),
        #[cfg(not(feature = "html"))]
        Format::Html => Err(std::io::Error::other("this program was built without the feature `html`")),
        Format::Json => report::annual_json(&annual, Some(&checks), lang, to),
    })?;
    Ok(DONE)
}
