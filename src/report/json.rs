//! The report as JSON, for programs.

use super::DIFF_FORMAT;
use crate::diff::Differences;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// An end of a comparison.
#[derive(Serialize)]
struct End<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    edition: &'a str,
}

/// Writes the comparison's document (`qingdan/diff/1`): figures, adjustments, and the change set itself.
///
/// List keys and zeros are always written; `ignore` and `only`, the fields that took no part or alone took part, where there are
/// any. `changes` is written as it serializes: the change set that
/// the differences were read from, digests and all. Streams; one adjustment a line.
///
/// # Errors
/// The writer failed, or `changes` cannot be serialized.
///
/// # Example
/// ```
/// use qingdan::{Catalogue, AnyCatalogue, LicensingItem, Pairs, diff::Comparing, report};
/// let old = AnyCatalogue::from(Catalogue::<LicensingItem>::default());
/// let changes = old.changes_to(&old, &Pairs::none())?;
/// let differences = changes.differences(&old, &old, &Comparing::default())?;
/// let mut document = Vec::new();
/// report::json(&differences, &changes, &mut document)?;
/// let document = String::from_utf8(document)?;
/// assert!(document.starts_with("{\n  \"format\": \"qingdan/diff/1\",\n  \"kind\": \"licensing\","));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn json(differences: &Differences, changes: &impl Serialize, to: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(to);
    out.write_all(b"{\n  \"format\": ")?;
    crate::json::write(&mut out, DIFF_FORMAT)?;
    out.write_all(b",\n  \"kind\": ")?;
    crate::json::write(&mut out, differences.kind)?;
    out.write_all(b",\n  \"before\": ")?;
    crate::json::write(&mut out, &End { edition: &differences.before.edition })?;
    out.write_all(b",\n  \"after\": ")?;
    crate::json::write(&mut out, &End { edition: &differences.after.edition })?;
    for (key, fields) in ["ignore", "only"].into_iter().zip(differences.selection.fields()) {
        if !fields.is_empty() {
            write!(out, ",\n  \"{key}\": ")?;
            crate::json::write(&mut out, fields)?;
        }
    }
    out.write_all(b",\n  \"summary\": ")?;
    crate::json::write(&mut out, &differences.summary)?;
    out.write_all(b",\n  \"adjustments\": [")?;
    for (at, adjustment) in differences.adjustments.iter().enumerate() {
        out.write_all(if at == 0 { b"\n    " } else { b",\n    " })?;
        crate::json::write(&mut out, adjustment)?;
    }
    out.write_all(if differences.adjustments.is_empty() { b"]" } else { b"\n  ]" })?;
    out.write_all(b",\n  \"events\": [")?;
    for (at, event) in differences.events.iter().enumerate() {
        out.write_all(if at == 0 { b"\n    " } else { b",\n    " })?;
        crate::json::write(&mut out, event)?;
    }
    out.write_all(if differences.events.is_empty() { b"]" } else { b"\n  ]" })?;
    out.write_all(b",\n  \"changes\": ")?;
    crate::json::write(&mut out, changes)?;
    out.write_all(b"\n}\n")?;
    out.flush()
}
