//! Converts a list between formats.

mod support;

use clap::Parser;
use qingdan_progress::Progress;
use qingdan_said::said;
use std::path::PathBuf;
use std::process::ExitCode;
use support::input::Input;
use support::output::{ListFormat, write_list};
use support::{BAD, Common, DONE, End, run, tell};

/// Converts a list between JSON and CSV.
///
/// Exit codes: 0 done; 2 usage, an output error, or an error in the input: nothing is written then.
#[derive(Parser)]
#[command(name = "list_convert", version)]
struct Arguments {
    /// The list: .json, .csv or .tsv, or - for our JSON on standard input
    #[arg(required_unless_present = "fields")]
    list: Option<String>,
    #[command(flatten)]
    input: Input,
    /// Format: json or csv (default: by the ending of --out, else json)
    #[arg(long, value_name = "F")]
    format: Option<ListFormat>,
    /// Where to write; a file is written whole or not at all, and may be the input
    #[arg(long, value_name = "FILE", required_unless_present = "fields")]
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
        return Err(said("请给出要转换的清单", "a list is converted: name it").into());
    };
    let out = arguments.out.as_deref().filter(|out| out.as_os_str() != "-");
    let format = ListFormat::choose(arguments.format, out)?;
    let progress = Progress::new(arguments.common.quiet);
    let mut lists = arguments.input.read(std::slice::from_ref(path), lang, &progress)?;
    let list = lists.pop().ok_or(End::Code(BAD))?;
    let problems = write_list(&list, format, out)?;
    tell(&problems, lang);
    Ok(DONE)
}
