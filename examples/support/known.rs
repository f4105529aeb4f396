//! Files that people keep beside lists.

use super::{BAD, End, refuse, tell};
use qingdan::AnyCatalogue;
use qingdan::alias::{Alias, Aliases};
use qingdan::companion::{self, Companion, Format};
use qingdan::problem::Lang;
use qingdan::table::csv::{Delimiter, Dialect, Encoding};
use qingdan::term::Date;
use qingdan_said::About as _;
use std::path::{Path, PathBuf};

/// What is registered of names.
#[derive(Clone, Debug, clap::Args)]
pub struct Names {
    /// Names of bodies and materials that mean the same: kind (organ, material), name, `same_as`, since, until, note
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
}

impl Names {
    /// The names of the file; what is wrong with it is told, and ends the program where it is an error.
    pub fn read(&self, encoding: Encoding, lang: Lang) -> Result<Aliases, End> {
        let Some(path) = &self.aliases else { return Ok(Aliases::default()) };
        let aliases = Aliases::new(read::<Alias>(path, encoding, lang)?);
        refuse(Some(path), aliases.problems(), lang)?;
        Ok(aliases)
    }
}

/// The day of today.
pub fn today() -> Date {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Date::from_days_since_1970(i64::try_from(now.as_secs() / 86_400).unwrap_or_default())
}

/// Whether an item of one of the lists has an extra column of this header.
pub fn is_extra(lists: &[&AnyCatalogue], header: &str) -> bool {
    let items = lists.iter().flat_map(|list| list.items());
    items.into_iter().any(|item| item.extra().is_some_and(|extra| extra.get(header).is_some()))
}

/// The encoding in which people keep such a file beside lists in this one: it may be in UTF-8 all the same.
pub fn encoding_of(bytes: &[u8], lists: Encoding) -> Encoding {
    let is_utf8 = std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0);
    if is_utf8 { Encoding::Utf8 } else { lists }
}

/// The rows of such a file; what is wrong with it is told, and ends the program where it is an error.
pub fn read<T: Companion>(path: &Path, encoding: Encoding, lang: Lang) -> Result<Vec<T>, End> {
    let bytes = std::fs::read(path).about(path, "无法读取", "cannot be read")?;
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let delimiter = if ending.as_deref() == Some("tsv") { Delimiter::Tab } else { Delimiter::Comma };
    let format = match ending.as_deref() {
        Some("json") => Format::Json,
        _ => Format::Csv(Dialect::default().delimiter(delimiter).encoding(encoding_of(&bytes, encoding))),
    };
    let mut reading = companion::read::<T>(&bytes, &format);
    for problem in &mut reading.problems {
        problem.place.file = Some(path.display().to_string());
    }
    tell(&reading.problems, lang);
    reading.ok().map_err(|_| End::Code(BAD))
}
