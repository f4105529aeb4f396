//! What the example programs share: reading lists, writing results, telling what is wrong.
//!
//! The library opens no file: this does.

#![allow(dead_code, unreachable_pub, reason = "each program uses its part of this module")]

pub mod input;
pub mod known;
pub mod merging;
pub mod output;

use qingdan::problem::{Lang, Problem};
use qingdan_said::in_words;
use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;

/// Everything done.
pub const DONE: u8 = 0;
/// Differences where they were asked for, clashes, a change set that does not fit.
pub const NOT_AS_WISHED: u8 = 1;
/// Usage, an output error, an error in an input: nothing was written.
pub const BAD: u8 = 2;

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ColorWhen {
    /// Whether standard output gets colours.
    pub fn on(self) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) && std::io::stdout().is_terminal()
            }
        }
    }
}

/// The language of headings and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LangChoice {
    /// 中文
    Zh,
    /// English
    En,
}

/// What items are matched by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum By {
    /// By id, then what is left over by name and content
    Auto,
    /// By id alone
    Codes,
    /// By name and content alone
    Names,
}

impl From<By> for qingdan::matching::By {
    fn from(by: By) -> Self {
        match by {
            By::Auto => Self::Auto,
            By::Codes => Self::Codes,
            By::Names => Self::Names,
        }
    }
}

/// A confidence as an option says it.
pub fn confidence(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("a confidence is a number from 0 to 1".to_owned()),
    }
}

/// Options of every program.
#[derive(Clone, Debug, clap::Args)]
pub struct Common {
    /// Language of headings and messages (default: from the locale)
    #[arg(long, value_name = "LANG")]
    pub lang: Option<LangChoice>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
    /// No progress on standard error
    #[arg(long)]
    pub quiet: bool,
}

impl Common {
    /// The language: as told, or of the locale.
    pub fn lang(&self) -> Lang {
        match self.lang {
            Some(LangChoice::Zh) => Lang::Zh,
            Some(LangChoice::En) => Lang::En,
            None => {
                let set =
                    ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| std::env::var(name).ok());
                let locale = set.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
                qingdan::kind::language_of(&locale)
            }
        }
    }
}

/// Why a program ends early, with its exit code.
#[derive(Debug)]
pub enum End {
    /// Said already, or nothing to say.
    Code(u8),
    /// To be said on standard error.
    Error(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// Runs a program: errors go to standard error with exit code 2; a reader that goes away ends it quietly.
pub fn run(lang: Lang, program: impl FnOnce() -> Result<u8, End>) -> ExitCode {
    match program() {
        Ok(code) | Err(End::Code(code)) => ExitCode::from(code),
        Err(End::Error(error)) => {
            let broken_pipe = |e: &(dyn std::error::Error + 'static)| {
                e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
            };
            if error.chain().any(broken_pipe) {
                return ExitCode::from(DONE);
            }
            eprintln!("{}: {}", lang.pick("错误", "error"), in_words(&error, lang));
            ExitCode::from(BAD)
        }
    }
}

/// Prints problems to standard error, a line each.
pub fn tell(problems: &[Problem], lang: Lang) {
    use std::io::Write as _;
    let mut stderr = std::io::stderr().lock();
    for problem in problems {
        let _ = writeln!(stderr, "{}", problem.line(lang));
    }
}

/// Tells what is wrong with a file that people keep; ends where it is an error.
pub fn refuse(file: Option<&Path>, mut problems: Vec<Problem>, lang: Lang) -> Result<(), End> {
    for problem in &mut problems {
        problem.place.file = file.map(|path| path.display().to_string());
    }
    tell(&problems, lang);
    if problems.iter().any(Problem::is_error) { Err(End::Code(BAD)) } else { Ok(()) }
}
