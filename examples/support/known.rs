//! Files that people keep beside lists.

use anyhow::{Context as _, bail};
use qingdan::problem::Lang;
use qingdan::term::Date;
use serde::de::DeserializeOwned;
use std::path::Path;

/// The day of today.
pub fn today() -> Date {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Date::from_days_since_1970(i64::try_from(now.as_secs() / 86_400).unwrap_or_default())
}

/// The rows of such a file: a table with the names of the fields as headers, or JSON.
pub fn read<T: DeserializeOwned>(path: &Path, _: Lang) -> anyhow::Result<Vec<T>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        return serde_json::from_str(&text).with_context(|| path.display().to_string());
    }
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().with_context(|| path.display().to_string())?.clone();
    let mut rows = Vec::new();
    for (i, record) in reader.records().enumerate() {
        let record = record.with_context(|| path.display().to_string())?;
        let filled = headers.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
        let object: serde_json::Map<_, _> =
            filled.map(|(header, cell)| (header.trim().to_owned(), cell.into())).collect();
        if object.is_empty() {
            continue;
        }
        match serde_json::from_value(object.into()) {
            Ok(row) => rows.push(row),
            Err(error) => bail!("{}:{}: {error}", path.display(), i + 2),
        }
    }
    Ok(rows)
}
